//! The keys of the memo table of instructions.

use super::bytes;
use crate::ast::MemoKey;

/// Returns the key of the instruction at the start of some bytes: the keyword and, after one space, its immediate. A
/// long immediate is left out. Returns `None` if the keyword is too long.
#[inline(always)]
#[cfg_attr(for_size, optimize(speed))]
pub(crate) fn key(bytes: &[u8; 16]) -> Option<MemoKey> {
    let ends = bytes::ends(bytes);
    let first = ends.trailing_zeros() as usize;
    if first == 0 || first > 14 {
        return None;
    }
    let space = ends & ends.wrapping_neg() & !bytes::not_spaces(bytes);
    let more = ends ^ space;
    let len = if more == 0 { first + 1 } else { more.trailing_zeros() as usize };
    let [low, high] = FIRST_BYTES[len % 16];
    let words = bytes.as_chunks().0;
    let (a, b) = (u64::from_le_bytes(words[0]), u64::from_le_bytes(words[1]));
    Some(MemoKey { len, words: [a & low, b & high | (len as u64) << 56] })
}

/// For each length up to fifteen, the mask of that many bytes.
static FIRST_BYTES: [[u64; 2]; 16] = {
    let mut masks = [[0; 2]; 16];
    let mut len = 0;
    while len < 16 {
        let mask = (1u128 << (8 * len)) - 1;
        masks[len] = [mask as u64, (mask >> 64) as u64];
        len += 1;
    }
    masks
};
