//! Many bytes of the text at once: a bit for each of a block's bytes, set for those of some kind.

/// Whether a text is so small that it takes less time than to find out what the processor can do, which under
/// a hypervisor is a twentieth of the time of a whole small program.
#[inline]
pub(crate) fn is_small(bytes: &[u8]) -> bool {
    bytes.len() < 1 << 12
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
            use super::*;

            #[test]
            fn tells_the_same_wherever_a_byte_stands() {
                for byte in 0..=u8::MAX {
                    for place in 0..size_of::<$bytes>() {
                        let mut bytes = [b' '; size_of::<$bytes>()];
                        bytes[place] = byte;
                        let wanted = slowly(&bytes, $is) as $mask;
                        assert_eq!(super::$name(&bytes), wanted, "{byte} at {place}");
                    }
                }
            }
        }
    };
}

kind! {
    /// Those that can be a parenthesis or begin or end a string or a comment.
    marks_16: [u8; 16], u32, |byte| matches!(byte, b'(' | b')' | b'"' | b';')
}

kind! {
    /// Those that end a line.
    line_ends: [u8; 16], u32, |byte| matches!(byte, b'\n' | b'\r')
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
    others: [u8; 16], u32, |byte| !crate::lex::is_idchar(byte)
}

/// The marks of a block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    /// `(`
    pub(crate) opens: u64,
    /// `)`
    pub(crate) closes: u64,
    /// What begins or ends a string or a comment: `"` and `;`.
    pub(crate) others: u64,
}

/// How many blocks are looked at together.
const BATCH: usize = 16;

/// The marks of some blocks that follow each other.
pub(crate) type Batch = [Marks; BATCH];

/// How many bytes these blocks have.
pub(crate) const BATCH_LEN: usize = BATCH * BLOCK;

/// Finds the marks of the blocks at the start of some bytes. Behind the end of these there are none.
pub(crate) fn find_marks(bytes: &[u8], batch: &mut Batch) {
    let is_small = is_small(bytes);
    let mut padded = [0; BATCH_LEN];
    let bytes = bytes.first_chunk().unwrap_or_else(|| {
        padded[..bytes.len()].copy_from_slice(bytes);
        &padded
    });
    #[cfg(target_arch = "x86_64")]
    #[allow(unsafe_code, reason = "byte by byte, this would take a fourth of all time")]
    // SAFETY: the processor was asked for AVX2, and each one of this architecture has SSE2.
    unsafe {
        match !is_small && is_x86_feature_detected!("avx2") {
            true => avx2::find_marks(bytes, batch),
            false => sse2::find_marks(bytes, batch),
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    for (marks, block) in batch.iter_mut().zip(bytes.as_chunks().0) {
        *marks = Marks::slowly(block);
    }
}

impl Marks {
    #[cfg(any(test, not(target_arch = "x86_64")))]
    fn slowly(block: &[u8; BLOCK]) -> Marks {
        Marks {
            opens: slowly(block, |byte| byte == b'('),
            closes: slowly(block, |byte| byte == b')'),
            others: slowly(block, |byte| matches!(byte, b'"' | b';')),
        }
    }

    /// All of them.
    #[inline]
    pub(crate) fn all(self) -> u64 {
        self.opens | self.closes | self.others
    }

    /// Those whose bits `these` has.
    #[inline]
    pub(crate) fn among(self, these: u64) -> Marks {
        Marks { opens: self.opens & these, closes: self.closes & these, others: self.others & these }
    }
}

/// The same, byte by byte.
#[cfg(any(test, not(target_arch = "x86_64")))]
fn slowly(bytes: &[u8], is: impl Fn(u8) -> bool) -> u64 {
    bytes.iter().rev().fold(0, |mask, &byte| mask << 1 | u64::from(is(byte)))
}

#[cfg(target_arch = "x86_64")]
mod sse2 {
    use super::{BATCH_LEN, BLOCK, Batch, Marks};
    use std::arch::x86_64::{
        __m128i, _mm_and_si128, _mm_cmpeq_epi8, _mm_cmplt_epi8, _mm_min_epu8, _mm_movemask_epi8,
        _mm_or_si128, _mm_set_epi64x, _mm_set1_epi8,
    };

    #[inline]
    #[target_feature(enable = "sse2")]
    pub(super) fn load(bytes: &[u8; 16]) -> __m128i {
        let both = u128::from_le_bytes(*bytes);
        _mm_set_epi64x((both >> 64) as i64, both as i64)
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    fn is(bytes: __m128i, byte: u8) -> __m128i {
        _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte as i8))
    }

    /// Parentheses differ in one bit.
    #[inline]
    #[target_feature(enable = "sse2")]
    fn is_parenthesis(bytes: __m128i) -> __m128i {
        is(_mm_and_si128(bytes, _mm_set1_epi8(!1)), b'(')
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    pub(super) fn marks_16(bytes: &[u8; 16]) -> u32 {
        let bytes = load(bytes);
        let marks = _mm_or_si128(is(bytes, b'"'), is(bytes, b';'));
        _mm_movemask_epi8(_mm_or_si128(marks, is_parenthesis(bytes))) as u32
    }

    #[target_feature(enable = "sse2")]
    pub(super) fn find_marks(bytes: &[u8; BATCH_LEN], batch: &mut Batch) {
        for (marks, block) in batch.iter_mut().zip(bytes.as_chunks::<BLOCK>().0) {
            let mut found = Marks::default();
            for (part, bytes) in block.as_chunks().0.iter().enumerate() {
                let bytes = load(bytes);
                let bits = |found| u64::from(_mm_movemask_epi8(found) as u32) << (16 * part);
                found.opens |= bits(is(bytes, b'('));
                found.closes |= bits(is(bytes, b')'));
                found.others |= bits(_mm_or_si128(is(bytes, b'"'), is(bytes, b';')));
            }
            *marks = found;
        }
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    pub(super) fn line_ends(bytes: &[u8; 16]) -> u32 {
        let bytes = load(bytes);
        _mm_movemask_epi8(_mm_or_si128(is(bytes, b'\n'), is(bytes, b'\r'))) as u32
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    pub(super) fn not_spaces(bytes: &[u8; 16]) -> u32 {
        _mm_movemask_epi8(is(load(bytes), b' ')) as u32 ^ 0xffff
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    pub(super) fn ends(bytes: &[u8; 16]) -> u32 {
        let bytes = load(bytes);
        // Bytes from 0x80 on are negative here.
        let control = _mm_cmplt_epi8(bytes, _mm_set1_epi8(b'!' as i8));
        _mm_movemask_epi8(_mm_or_si128(control, is_parenthesis(bytes))) as u32
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    pub(super) fn not_plain(bytes: &[u8; 16]) -> u32 {
        let bytes = load(bytes);
        let control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes);
        let control = _mm_or_si128(control, is(bytes, 0x7f));
        let marks = _mm_or_si128(is(bytes, b'"'), is(bytes, b'\\'));
        _mm_movemask_epi8(_mm_or_si128(control, marks)) as u32
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    pub(super) fn others(bytes: &[u8; 16]) -> u32 {
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

/// The same with what newer processors have.
#[cfg(target_arch = "x86_64")]
mod avx2 {
    use super::{BATCH_LEN, BLOCK, Batch, Marks, sse2};
    use std::arch::x86_64::{
        __m256i, _mm256_cmpeq_epi8, _mm256_movemask_epi8, _mm256_or_si256, _mm256_set_m128i, _mm256_set1_epi8,
    };

    #[inline]
    #[target_feature(enable = "avx2")]
    fn load(bytes: &[u8; 32]) -> __m256i {
        let (low, high) = (bytes.first_chunk().unwrap_or(&[0; 16]), bytes.last_chunk().unwrap_or(&[0; 16]));
        _mm256_set_m128i(sse2::load(high), sse2::load(low))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn is(bytes: __m256i, byte: u8) -> __m256i {
        _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(byte as i8))
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn find_marks(bytes: &[u8; BATCH_LEN], batch: &mut Batch) {
        for (marks, block) in batch.iter_mut().zip(bytes.as_chunks::<BLOCK>().0) {
            let mut found = Marks::default();
            for (part, bytes) in block.as_chunks().0.iter().enumerate() {
                let bytes = load(bytes);
                let bits = |found| u64::from(_mm256_movemask_epi8(found) as u32) << (32 * part);
                found.opens |= bits(is(bytes, b'('));
                found.closes |= bits(is(bytes, b')'));
                found.others |= bits(_mm256_or_si256(is(bytes, b'"'), is(bytes, b';')));
            }
            *marks = found;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_the_same_wherever_a_byte_stands() {
        for byte in 0..=u8::MAX {
            for place in 0..BLOCK {
                let mut bytes = [b' '; BATCH_LEN];
                bytes[place] = byte;
                bytes[BATCH_LEN - BLOCK + place] = byte;
                let wanted = Marks::slowly(bytes.first_chunk().unwrap());
                let mut batch = [Marks::default(); BATCH];
                (batch[0], batch[BATCH - 1]) = (wanted, wanted);
                let mut found = Batch::default();
                find_marks(&bytes, &mut found);
                assert_eq!(found, batch, "{byte} at {place}");
                batch[BATCH - 1] = Marks::default();
                find_marks(&bytes[..BLOCK], &mut found);
                assert_eq!(found, batch, "{byte} at {place}");
                #[cfg(target_arch = "x86_64")]
                #[allow(unsafe_code, reason = "the processor at hand has something better")]
                // SAFETY: every processor of this architecture has SSE2.
                unsafe {
                    sse2::find_marks(&bytes, &mut found);
                }
                #[cfg(target_arch = "x86_64")]
                assert_eq!(found[BATCH - 1], wanted, "{byte} at {place}");
            }
        }
    }
}
