//! Instructions that were read lately, by their bytes: nine of ten have been read not long ago.

use super::mask;
use crate::ast::Instr;
use crate::instr::Op;

/// What was read last of what is short, and of what is not.
#[derive(Default)]
pub(super) struct Recent {
    pub(super) short: Table<2>,
    pub(super) long: Table<4>,
    /// How many were read before there was a place for any: a small text is over before it pays.
    before: u32,
}

/// Instructions of which at most so many times eight bytes are kept, their length among them.
#[derive(Default)]
pub(super) struct Table<const WORDS: usize>(Vec<Slot<WORDS>>);

#[derive(Clone, Copy)]
#[repr(align(32))]
struct Slot<const WORDS: usize> {
    bytes: [u64; WORDS],
    /// The instruction, but for where it starts.
    instr: u64,
    /// The list of names that it refers to; 0 if it refers to none.
    names_id: u32,
}

/// The bytes of an instruction with its immediate.
#[derive(Clone, Copy)]
pub(super) struct Key<const WORDS: usize> {
    pub(super) len: usize,
    /// Whether more of the instruction follows for sure.
    pub(super) is_part: bool,
    /// They and their number.
    bytes: [u64; WORDS],
}

/// For each length up to fifteen bytes, those of sixteen.
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

/// Sixteen bytes as two words.
#[inline(always)]
fn words(bytes: &[u8; 16]) -> [u64; 2] {
    let [first, last] = [bytes.first_chunk().unwrap_or(&[0; 8]), bytes.last_chunk().unwrap_or(&[0; 8])];
    [u64::from_le_bytes(*first), u64::from_le_bytes(*last)]
}

impl Key<2> {
    /// The instruction at the start of some bytes with its immediate, or the keyword and the space behind it
    /// if the immediate is long.
    #[inline(always)]
    pub(super) fn of(bytes: &[u8; 16]) -> Option<Key<2>> {
        let ends = mask::ends(bytes);
        let first = ends.trailing_zeros() as usize;
        if first == 0 || first > 14 {
            return None;
        }
        // Behind the keyword there is one space, or it is alone.
        let space = ends & ends.wrapping_neg() & !mask::not_spaces(bytes);
        let more = ends ^ space;
        let len = if more == 0 { first + 1 } else { more.trailing_zeros() as usize };
        let ([low, high], [first, last]) = (FIRST_BYTES[len % 16], words(bytes));
        let bytes = [first & low, last & high | (len as u64) << 56];
        Some(Key { len, is_part: more == 0, bytes })
    }
}

impl Key<4> {
    /// The instruction at the start of some bytes with its one immediate, which ends within the last sixteen of
    /// them.
    #[inline]
    pub(super) fn of_long(bytes: &[u8; 32]) -> Option<Key<4>> {
        let [start, end] = [bytes.first_chunk().unwrap_or(&[0; 16]), bytes.last_chunk().unwrap_or(&[0; 16])];
        let ends = mask::ends(end);
        if ends == 0 {
            return None;
        }
        let last = ends.trailing_zeros() as usize;
        let ([low, high], [a, b], [c, d]) = (FIRST_BYTES[last], words(start), words(end));
        let len = last + start.len();
        Some(Key { len, is_part: false, bytes: [a, b, c & low, d & high | (len as u64) << 56] })
    }
}

impl<const WORDS: usize> Key<WORDS> {
    /// Where it may be found.
    #[inline(always)]
    fn slot(&self) -> usize {
        let mut mixed = 0u64;
        for (word, &bytes) in (0..).zip(&self.bytes) {
            mixed ^= bytes.rotate_left(32 * (word & 1) + 11 * (word & 2));
        }
        (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - BITS)) as usize
    }
}

/// The logarithm of the number of slots.
const BITS: u32 = 11;
/// How many are read before there is a place for any; where all is checked, that is soon.
const FROM: u32 = if cfg!(debug_assertions) { 2 } else { 256 };
/// A bit that no instruction has in `aux` that is read here: immediates may follow that are not among
/// the bytes.
const MAY_GO_ON: u64 = 1 << 63;

impl Recent {
    /// Whether enough was read for it to pay to keep some.
    #[inline]
    pub(super) fn pays(&mut self) -> bool {
        self.before += u32::from(self.before < FROM);
        self.before == FROM
    }
}

impl<const WORDS: usize> Table<WORDS> {
    /// The instruction with these bytes, if it is there, starting there; and whether immediates may follow.
    #[inline(always)]
    pub(super) fn get(&self, key: &Key<WORDS>, start: usize, names_id: u32) -> Option<(Instr, bool)> {
        let slot = self.0.get(key.slot()).filter(|slot| slot.bytes == key.bytes)?;
        if slot.names_id != 0 && slot.names_id != names_id {
            return None;
        }
        let (imm, op) = (slot.instr as u32, Op::from_index((slot.instr >> 32) as u16));
        let aux = ((slot.instr & !MAY_GO_ON) >> 48) as u16;
        Some((Instr { start: start as u32, imm, op, aux }, slot.instr & MAY_GO_ON != 0))
    }

    #[inline]
    pub(super) fn put(&mut self, key: &Key<WORDS>, instr: Instr, may_go_on: bool, names_id: u32) {
        if self.0.is_empty() {
            // No key has no bytes.
            self.0 = vec![Slot { bytes: [0; WORDS], instr: 0, names_id: 0 }; 1 << BITS];
        }
        if let Some(slot) = self.0.get_mut(key.slot()) {
            let parts = u64::from(instr.imm) | u64::from(instr.op.index()) << 32 | u64::from(instr.aux) << 48;
            let parts = parts | if may_go_on { MAY_GO_ON } else { 0 };
            *slot = Slot { bytes: key.bytes, instr: parts, names_id };
        }
    }
}
