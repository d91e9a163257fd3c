//! White space and comments.

use super::bytes::{self, find};

/// How many bytes at the start of `rest` are white space. Half of a printed module is its indentation,
/// so spaces go by eight.
#[inline]
pub(crate) fn white_space_len(rest: &[u8]) -> usize {
    const SPACES: u64 = u64::from_le_bytes([b' '; 8]);
    let mut len = 0;
    while let Some(chunk) = rest[len..].first_chunk::<8>() {
        let other = u64::from_le_bytes(*chunk) ^ SPACES;
        if other == 0 {
            len += 8;
            continue;
        }
        len += other.trailing_zeros() as usize / 8;
        if !matches!(rest[len], b'\n' | b'\r' | b'\t') {
            return len;
        }
        len += 1;
    }
    let more = rest[len..].iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t'));
    len + more.count()
}

/// How many bytes of `rest`, which is within a line comment, belong to it. The usual one is short.
#[inline]
pub(crate) fn line_comment_len(rest: &[u8]) -> usize {
    match rest.first_chunk().map_or(0, bytes::line_ends) {
        0 => find(rest, [b'\n', b'\r']).unwrap_or(rest.len()),
        ends => ends.trailing_zeros() as usize,
    }
}

/// How many bytes of `rest`, which begins behind `(;`, belong to the block comment; none if it never
/// ends. The usual one is short and has none within.
#[inline]
pub(crate) fn comment_len(rest: &[u8]) -> Option<usize> {
    let first = rest.first_chunk().map_or(16, |bytes| bytes::semicolons(bytes).trailing_zeros() as usize);
    match first {
        0..16 if rest[first..].starts_with(b";)") && !rest[..first].ends_with(b"(") => Some(first + 2),
        _ => block_comment_len(rest),
    }
}

/// How many bytes of `rest`, which begins behind `(;`, belong to the block comment; none if it
/// never ends.
pub(crate) fn block_comment_len(rest: &[u8]) -> Option<usize> {
    let mut depth = 1usize;
    // The end of the last delimiter: `(;)` is an opening one and a parenthesis.
    let mut done = 0;
    let mut from = 0;
    loop {
        let at = from + find(&rest[from..], [b';'; 2])?;
        from = at + 1;
        if at > done && rest[at - 1] == b'(' {
            depth += 1;
            done = at + 1;
        } else if at >= done && rest.get(at + 1) == Some(&b')') {
            depth -= 1;
            done = at + 2;
            from = done;
            if depth == 0 {
                return Some(done);
            }
        }
    }
}
