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
            #[cfg(target_feature = "simd128")]
            let mask = simd128::$name(bytes);
            #[cfg(not(any(target_arch = "x86_64", target_feature = "simd128")))]
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
#[cfg(any(test, not(any(target_arch = "x86_64", target_feature = "simd128"))))]
pub(crate) fn slowly(bytes: &[u8], is: impl Fn(u8) -> bool) -> u64 {
    bytes.iter().rev().fold(0, |mask, &byte| mask << 1 | u64::from(is(byte)))
}

/// Defines the byte classes for one set of SIMD instructions, from functions on sixteen bytes.
#[cfg(any(target_arch = "x86_64", target_feature = "simd128"))]
macro_rules! classes {
    ($(#[$attribute:meta])*) => {
        /// Whether each byte is a parenthesis. The two parentheses differ in one bit.
        $(#[$attribute])*
        fn is_parenthesis(bytes: Bytes) -> Bytes {
            is(without_bit(bytes, 1), b'(')
        }

        /// The mask of the bytes of a block that satisfy a predicate on sixteen bytes.
        $(#[$attribute])*
        pub(crate) fn of_block(block: &[u8; BLOCK], is: impl Fn(Bytes) -> Bytes) -> u64 {
            let parts = block.as_chunks().0.iter().rev();
            parts.fold(0, |mask, bytes| mask << 16 | u64::from(bits(is(load(bytes)))))
        }

        $(#[$attribute])*
        pub(crate) fn semicolons(bytes: &[u8; 16]) -> u32 {
            bits(is(load(bytes), b';'))
        }

        $(#[$attribute])*
        pub(crate) fn line_ends(block: &[u8; BLOCK]) -> u64 {
            of_block(block, |bytes| or(is(bytes, b'\n'), is(bytes, b'\r')))
        }

        $(#[$attribute])*
        pub(crate) fn not_spaces(bytes: &[u8; 16]) -> u32 {
            bits(is(load(bytes), b' ')) ^ 0xffff
        }

        $(#[$attribute])*
        pub(crate) fn ends(bytes: &[u8; 16]) -> u32 {
            let bytes = load(bytes);
            bits(or(is_below_or_not_ascii(bytes, b'!'), is_parenthesis(bytes)))
        }

        $(#[$attribute])*
        pub(crate) fn not_plain(bytes: &[u8; 16]) -> u32 {
            let bytes = load(bytes);
            let control = or(is_at_most(bytes, 0x1f), is(bytes, 0x7f));
            bits(or(control, or(is(bytes, b'"'), is(bytes, b'\\'))))
        }

        $(#[$attribute])*
        pub(crate) fn others(bytes: &[u8; 16]) -> u32 {
            let bytes = load(bytes);
            let control = or(is_below_or_not_ascii(bytes, 0x21), is(bytes, 0x7f));
            // Brackets and braces differ in one bit.
            let lower = without_bit(bytes, 0x20);
            let brackets = or(is(lower, b'['), is(lower, b']'));
            let marks = or(is(bytes, b'"'), or(is(bytes, b','), is(bytes, b';')));
            let marks = or(marks, is_parenthesis(bytes));
            bits(or(or(control, marks), brackets))
        }
    };
}

#[cfg(target_arch = "x86_64")]
pub(crate) mod sse2 {
    use crate::lex::bytes::BLOCK;
    use std::arch::x86_64::{
        __m128i as Bytes, _mm_and_si128, _mm_cmpeq_epi8, _mm_cmplt_epi8, _mm_min_epu8, _mm_movemask_epi8,
        _mm_or_si128, _mm_set_epi64x, _mm_set1_epi8,
    };

    #[inline]
    #[target_feature(enable = "sse2")]
    pub(crate) fn load(bytes: &[u8; 16]) -> Bytes {
        let both = u128::from_le_bytes(*bytes);
        _mm_set_epi64x((both >> 64) as i64, both as i64)
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    pub(crate) fn is(bytes: Bytes, byte: u8) -> Bytes {
        _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte as i8))
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    pub(crate) fn or(one: Bytes, other: Bytes) -> Bytes {
        _mm_or_si128(one, other)
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    fn without_bit(bytes: Bytes, bit: i8) -> Bytes {
        _mm_and_si128(bytes, _mm_set1_epi8(!bit))
    }

    /// Whether each byte is less than `byte`, or at least 0x80, which is negative here.
    #[inline]
    #[target_feature(enable = "sse2")]
    fn is_below_or_not_ascii(bytes: Bytes, byte: u8) -> Bytes {
        _mm_cmplt_epi8(bytes, _mm_set1_epi8(byte as i8))
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    fn is_at_most(bytes: Bytes, byte: u8) -> Bytes {
        _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(byte as i8)), bytes)
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    fn bits(found: Bytes) -> u32 {
        _mm_movemask_epi8(found) as u32
    }

    classes!(#[inline] #[target_feature(enable = "sse2")]);
}

/// The functions for WebAssembly. They are inlined even if the library is compiled for size.
#[cfg(target_feature = "simd128")]
pub(crate) mod simd128 {
    use crate::lex::bytes::BLOCK;
    use std::arch::wasm32::{
        i8x16_lt, i8x16_splat, u8x16_bitmask, u8x16_eq, u8x16_le, u8x16_splat, u64x2, v128 as Bytes,
        v128_and, v128_or,
    };

    #[inline(always)]
    pub(crate) fn load(bytes: &[u8; 16]) -> Bytes {
        let both = u128::from_le_bytes(*bytes);
        u64x2(both as u64, (both >> 64) as u64)
    }

    #[inline(always)]
    pub(crate) fn is(bytes: Bytes, byte: u8) -> Bytes {
        u8x16_eq(bytes, u8x16_splat(byte))
    }

    #[inline(always)]
    pub(crate) fn or(one: Bytes, other: Bytes) -> Bytes {
        v128_or(one, other)
    }

    #[inline(always)]
    fn without_bit(bytes: Bytes, bit: i8) -> Bytes {
        v128_and(bytes, i8x16_splat(!bit))
    }

    /// Whether each byte is less than `byte`, or at least 0x80, which is negative here.
    #[inline(always)]
    fn is_below_or_not_ascii(bytes: Bytes, byte: u8) -> Bytes {
        i8x16_lt(bytes, i8x16_splat(byte as i8))
    }

    #[inline(always)]
    fn is_at_most(bytes: Bytes, byte: u8) -> Bytes {
        u8x16_le(bytes, u8x16_splat(byte))
    }

    #[inline(always)]
    fn bits(found: Bytes) -> u32 {
        u8x16_bitmask(found).into()
    }

    classes!(#[inline(always)]);
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
