//! White space and comments.

use super::bytes::{self, find};

/// Returns the number of bytes at the start of `rest` that are white space. Indentation is common, so spaces are
/// compared eight at a time.
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

/// Returns the length of the rest of a line comment, without its line end. Most line comments are short.
#[inline]
pub(crate) fn line_comment_len(rest: &[u8]) -> usize {
    match rest.first_chunk().map_or(0, bytes::line_ends) {
        0 => find(rest, [b'\n', b'\r']).unwrap_or(rest.len()),
        ends => ends.trailing_zeros() as usize,
    }
}

/// Returns the length of a block comment after its `(;`, or `None` if it is not terminated. Optimized for comments that
/// are short and not nested.
#[inline]
pub(crate) fn comment_len(rest: &[u8]) -> Option<usize> {
    let first = rest.first_chunk().map_or(16, |bytes| bytes::semicolons(bytes).trailing_zeros() as usize);
    match first {
        0..16 if rest[first..].starts_with(b";)") && !rest[..first].ends_with(b"(") => Some(first + 2),
        _ => block_comment_len(rest),
    }
}

/// Returns the length of a block comment after its `(;`, or `None` if it is not terminated.
pub(crate) fn block_comment_len(rest: &[u8]) -> Option<usize> {
    let mut depth = 1usize;
    // The end of the last delimiter: in `(;)`, the `(;` opens a comment, and `;)` does not close it.
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
