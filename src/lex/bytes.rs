//! Byte classes: for a block of bytes, a mask with one bit per byte, set if the byte belongs to the class.

/// Whether the source text is so small that processor feature detection would take longer than processing it. Under a
/// hypervisor, detection is slow.
#[inline]
pub(crate) fn is_small(bytes: &[u8]) -> bool {
    bytes.len() < 1 << 12
}

/// Returns the position of the first of the two bytes.
pub(crate) fn find(bytes: &[u8], [one, other]: [u8; 2]) -> Option<usize> {
    match is_small(bytes) {
        true => bytes.iter().position(|&byte| byte == one || byte == other),
        false => memchr::memchr2(one, other, bytes),
    }
}

/// Whether the byte is an `idchar`, the characters of identifiers, keywords and numbers.
#[inline]
pub(crate) const fn is_idchar(byte: u8) -> bool {
    IDCHARS[byte as usize]
}

static IDCHARS: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = is_idchar_slowly(byte as u8);
        byte += 1;
    }
    table
};

const fn is_idchar_slowly(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'!' | b'#' | b'$' | b'%' | b'&'
        | b'\'' | b'*' | b'+' | b'-' | b'.' | b'/' | b':' | b'<' | b'=' | b'>' | b'?' | b'@'
        | b'\\' | b'^' | b'_' | b'`' | b'|' | b'~')
}

/// Returns the number of `idchar`s at the start of `rest`.
#[inline]
pub(crate) fn idchars_len(rest: &[u8]) -> usize {
    let mut len = 0;
    while let Some(bytes) = rest[len..].first_chunk() {
        let others = others(bytes);
        if others != 0 {
            return len + others.trailing_zeros() as usize;
        }
        len += 16;
    }
    while rest.get(len).is_some_and(|&byte| is_idchar(byte)) {
        len += 1;
    }
    len
}

/// The number of bytes in a block.
pub(crate) const BLOCK: usize = 64;

/// Defines a function that finds the bytes of one class. A predicate on a byte defines the class.
macro_rules! kind {
    ($(#[$doc:meta])* $name:ident: $bytes:ty, $mask:ty, $is:expr) => {
        $(#[$doc])*
        #[inline(always)]
        pub(crate) fn $name(bytes: &$bytes) -> $mask {
            #[cfg(target_arch = "x86_64")]
            #[allow(unsafe_code, reason = "the portable twin is much slower")]
            // SAFETY: the function needs only SSE2, which every x86-64 processor has.
            let mask = unsafe { sse2::$name(bytes) };
            #[cfg(not(target_arch = "x86_64"))]
            let mask = slowly(bytes, $is) as $mask;
            mask
        }

        #[cfg(test)]
        mod $name {
            use crate::lex::bytes::*;

            #[test]
            fn agrees_with_the_portable_twin_for_each_byte_at_each_position() {
                for byte in 0..=u8::MAX {
                    for at in 0..size_of::<$bytes>() {
                        let mut bytes = [b' '; size_of::<$bytes>()];
                        bytes[at] = byte;
                        let expected = slowly(&bytes, $is) as $mask;
                        assert_eq!(crate::lex::bytes::$name(&bytes), expected, "{byte} at {at}");
                    }
                }
            }
        }
    };
}

kind! {
    /// Semicolons.
    semicolons: [u8; 16], u32, |byte| byte == b';'
}

kind! {
    /// The characters that end a line.
    line_ends: [u8; BLOCK], u64, |byte| matches!(byte, b'\n' | b'\r')
}

kind! {
    /// All bytes except spaces.
    not_spaces: [u8; 16], u32, |byte| byte != b' '
}

kind! {
    /// The bytes that end a token in the common case: white space, control characters, parentheses and
    /// non-ASCII bytes.
    ends: [u8; 16], u32, |byte| matches!(byte, 0..=b' ' | b'(' | b')' | 0x80..)
}

kind! {
    /// The bytes that do not represent themselves in a string, or are not allowed in one.
    not_plain: [u8; 16], u32, |byte| matches!(byte, b'"' | b'\\' | 0..=0x1f | 0x7f)
}

kind! {
    /// All bytes except `idchar`s.
    others: [u8; 16], u32, |byte| !is_idchar(byte)
}

/// The portable twin of all byte classes.
#[cfg(any(test, not(target_arch = "x86_64")))]
pub(crate) fn slowly(bytes: &[u8], is: impl Fn(u8) -> bool) -> u64 {
    bytes.iter().rev().fold(0, |mask, &byte| mask << 1 | u64::from(is(byte)))
}

#[cfg(target_arch = "x86_64")]
pub(crate) mod sse2 {
    use crate::lex::bytes::BLOCK;
    use std::arch::x86_64::{
        __m128i, _mm_and_si128, _mm_cmpeq_epi8, _mm_cmplt_epi8, _mm_min_epu8, _mm_movemask_epi8,
        _mm_or_si128, _mm_set_epi64x, _mm_set1_epi8,
    };

    #[inline]
    #[target_feature(enable = "sse2")]
    pub(crate) fn load(bytes: &[u8; 16]) -> __m128i {
        let both = u128::from_le_bytes(*bytes);
        _mm_set_epi64x((both >> 64) as i64, both as i64)
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    pub(crate) fn is(bytes: __m128i, byte: u8) -> __m128i {
        _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte as i8))
    }

    /// Whether each byte is a parenthesis. The two parentheses differ in one bit.
    #[inline]
    #[target_feature(enable = "sse2")]
    fn is_parenthesis(bytes: __m128i) -> __m128i {
        is(_mm_and_si128(bytes, _mm_set1_epi8(!1)), b'(')
    }

    /// The mask of the bytes of a block that satisfy a predicate on sixteen bytes.
    #[inline]
    #[target_feature(enable = "sse2")]
    pub(crate) fn of_block(block: &[u8; BLOCK], is: impl Fn(__m128i) -> __m128i) -> u64 {
        let parts = block.as_chunks().0.iter().rev();
        parts.fold(0, |mask, bytes| mask << 16 | u64::from(_mm_movemask_epi8(is(load(bytes))) as u32))
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    pub(crate) fn semicolons(bytes: &[u8; 16]) -> u32 {
        _mm_movemask_epi8(is(load(bytes), b';')) as u32
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    pub(crate) fn line_ends(block: &[u8; BLOCK]) -> u64 {
        of_block(block, |bytes| _mm_or_si128(is(bytes, b'\n'), is(bytes, b'\r')))
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    pub(crate) fn not_spaces(bytes: &[u8; 16]) -> u32 {
        _mm_movemask_epi8(is(load(bytes), b' ')) as u32 ^ 0xffff
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    pub(crate) fn ends(bytes: &[u8; 16]) -> u32 {
        let bytes = load(bytes);
        // Bytes from 0x80 on are negative here.
        let control = _mm_cmplt_epi8(bytes, _mm_set1_epi8(b'!' as i8));
        _mm_movemask_epi8(_mm_or_si128(control, is_parenthesis(bytes))) as u32
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    pub(crate) fn not_plain(bytes: &[u8; 16]) -> u32 {
        let bytes = load(bytes);
        let control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes);
        let control = _mm_or_si128(control, is(bytes, 0x7f));
        let marks = _mm_or_si128(is(bytes, b'"'), is(bytes, b'\\'));
        _mm_movemask_epi8(_mm_or_si128(control, marks)) as u32
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    pub(crate) fn others(bytes: &[u8; 16]) -> u32 {
        let bytes = load(bytes);
        // Bytes from 0x80 on are negative here.
        let control = _mm_or_si128(_mm_cmplt_epi8(bytes, _mm_set1_epi8(0x21)), is(bytes, 0x7f));
        // Brackets and braces differ in one bit.
        let lower = _mm_and_si128(bytes, _mm_set1_epi8(!0x20));
        let brackets = _mm_or_si128(is(lower, b'['), is(lower, b']'));
        let marks = _mm_or_si128(is(bytes, b'"'), _mm_or_si128(is(bytes, b','), is(bytes, b';')));
        let marks = _mm_or_si128(marks, is_parenthesis(bytes));
        let others = _mm_or_si128(_mm_or_si128(control, marks), brackets);
        _mm_movemask_epi8(others) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn id_characters_are_recognized_one_by_one_and_in_blocks() {
        for byte in 0..=u8::MAX {
            for at in 0..20 {
                let mut text = [b'a'; 20];
                text[at] = byte;
                let len = if is_idchar_slowly(byte) { 20 } else { at };
                assert_eq!(idchars_len(&text), len, "{byte} at {at}");
            }
        }
    }
}
