//! Many bytes of the text at once: a bit for each of a block's bytes, set for those of some kind.

/// Whether a text is so small that it takes less time than to find out what the processor can do, which under
/// a hypervisor is a twentieth of the time of a whole small program.
#[inline]
pub(crate) fn is_small(bytes: &[u8]) -> bool {
    bytes.len() < 1 << 12
}

/// Where the first of the two bytes is.
pub(crate) fn find(bytes: &[u8], [one, other]: [u8; 2]) -> Option<usize> {
    match is_small(bytes) {
        true => bytes.iter().position(|&byte| byte == one || byte == other),
        false => memchr::memchr2(one, other, bytes),
    }
}

/// Whether the byte can stand in an identifier, a keyword or a number.
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

/// How many bytes at the start of `rest` are id characters.
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

/// How many bytes a block has.
pub(crate) const BLOCK: usize = 64;

/// Finds the bytes of one kind, which is defined by a function of a byte.
macro_rules! kind {
    ($(#[$doc:meta])* $name:ident: $bytes:ty, $mask:ty, $is:expr) => {
        $(#[$doc])*
        #[inline(always)]
        pub(crate) fn $name(bytes: &$bytes) -> $mask {
            #[cfg(target_arch = "x86_64")]
            #[allow(unsafe_code, reason = "byte by byte, these functions would take a fourth of all time")]
            // SAFETY: the function only asks for SSE2, which every processor of this architecture has.
            let mask = unsafe { sse2::$name(bytes) };
            #[cfg(not(target_arch = "x86_64"))]
            let mask = slowly(bytes, $is) as $mask;
            mask
        }

        #[cfg(test)]
        mod $name {
            use crate::lex::bytes::*;

            #[test]
            fn tells_the_same_wherever_a_byte_stands() {
                for byte in 0..=u8::MAX {
                    for place in 0..size_of::<$bytes>() {
                        let mut bytes = [b' '; size_of::<$bytes>()];
                        bytes[place] = byte;
                        let wanted = slowly(&bytes, $is) as $mask;
                        assert_eq!(crate::lex::bytes::$name(&bytes), wanted, "{byte} at {place}");
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
    /// Those that end a line.
    line_ends: [u8; BLOCK], u64, |byte| matches!(byte, b'\n' | b'\r')
}

kind! {
    /// Those that are no spaces.
    not_spaces: [u8; 16], u32, |byte| byte != b' '
}

kind! {
    /// Those that end a token where it is written as usual: white space and control characters,
    /// parentheses, and all beyond ASCII.
    ends: [u8; 16], u32, |byte| matches!(byte, 0..=b' ' | b'(' | b')' | 0x80..)
}

kind! {
    /// Those that are more than themselves within a string, or cannot stand there.
    not_plain: [u8; 16], u32, |byte| matches!(byte, b'"' | b'\\' | 0..=0x1f | 0x7f)
}

kind! {
    /// Those that are no id characters.
    others: [u8; 16], u32, |byte| !is_idchar(byte)
}

/// The same, byte by byte.
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

    /// Parentheses differ in one bit.
    #[inline]
    #[target_feature(enable = "sse2")]
    fn is_parenthesis(bytes: __m128i) -> __m128i {
        is(_mm_and_si128(bytes, _mm_set1_epi8(!1)), b'(')
    }

    /// Those of a block's bytes for which something is true, sixteen at a time.
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
    fn id_characters_are_told_one_by_one_and_together() {
        for byte in 0..=u8::MAX {
            for place in 0..20 {
                let mut text = [b'a'; 20];
                text[place] = byte;
                let len = if is_idchar_slowly(byte) { 20 } else { place };
                assert_eq!(idchars_len(&text), len, "{byte} at {place}");
            }
        }
    }
}
