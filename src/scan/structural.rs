//! Structural characters as bit masks: parentheses, and the characters that may start or end a string or comment.

use crate::lex::BLOCK;

/// The structural bit masks of a block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    /// `(`
    pub(crate) opens: u64,
    /// `)`
    pub(crate) closes: u64,
    /// The characters that start or end a string or comment: `"` and `;`.
    pub(crate) others: u64,
}

/// The number of blocks that are classified at once.
const BATCH: usize = 16;

/// The structural bit masks of consecutive blocks.
pub(crate) type Batch = [Marks; BATCH];

/// The number of bytes in a batch.
pub(crate) const BATCH_LEN: usize = BATCH * BLOCK;

impl Marks {
    /// The union of all masks.
    #[inline]
    pub(crate) fn all(self) -> u64 {
        self.opens | self.closes | self.others
    }

    /// The intersection with `these`.
    #[inline]
    pub(crate) fn among(self, these: u64) -> Marks {
        Marks { opens: self.opens & these, closes: self.closes & these, others: self.others & these }
    }

    /// The union with `more`.
    #[inline]
    fn and(self, more: Marks) -> Marks {
        Marks {
            opens: self.opens | more.opens,
            closes: self.closes | more.closes,
            others: self.others | more.others,
        }
    }
}

/// Computes the bit masks of the blocks at the start of some bytes. They are empty after the end of the bytes.
///
/// The bytes must not start within a comment. If they do not start within a string either, most bits in comments are
/// cleared.
#[cfg_attr(for_size, optimize(speed))]
pub(crate) fn find_marks(bytes: &[u8], in_string: bool, batch: &mut Batch) {
    let mut kinds = [Kinds::default(); BATCH];
    Kinds::find(bytes, &mut kinds);
    if !in_string && kinds.iter().any(|kinds| kinds.semicolons != 0) {
        return without_comments(&kinds, batch);
    }
    for (marks, kinds) in batch.iter_mut().zip(&kinds) {
        *marks = kinds.marks();
    }
}

/// The positions of each structural character in a block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Kinds {
    opens: u64,
    closes: u64,
    quotes: u64,
    semicolons: u64,
    line_ends: u64,
}

impl Kinds {
    fn find(bytes: &[u8], kinds: &mut [Kinds; BATCH]) {
        #[cfg(target_arch = "x86_64")]
        let is_small = crate::lex::is_small(bytes);
        let mut padded = [0; BATCH_LEN];
        let bytes = bytes.first_chunk().unwrap_or_else(|| {
            padded[..bytes.len()].copy_from_slice(bytes);
            &padded
        });
        #[cfg(target_arch = "x86_64")]
        #[allow(unsafe_code, reason = "the portable twin is much slower")]
        // SAFETY: AVX-512 and AVX2 are detected, and every x86-64 processor has SSE2.
        unsafe {
            match () {
                () if is_small => sse2::find(bytes, kinds),
                #[cfg(has_avx512)]
                () if is_x86_feature_detected!("avx512bw") => avx512::find(bytes, kinds),
                () if is_x86_feature_detected!("avx2") => avx2::find(bytes, kinds),
                () => sse2::find(bytes, kinds),
            }
        }
        #[cfg(target_feature = "simd128")]
        simd128::find(bytes, kinds);
        #[cfg(not(any(target_arch = "x86_64", target_feature = "simd128")))]
        for (kinds, block) in kinds.iter_mut().zip(bytes.as_chunks().0) {
            *kinds = Kinds::slowly(block);
        }
    }

    #[cfg(any(test, not(any(target_arch = "x86_64", target_feature = "simd128"))))]
    fn slowly(block: &[u8; BLOCK]) -> Kinds {
        use crate::lex::bytes;
        Kinds {
            opens: bytes::slowly(block, |byte| byte == b'('),
            closes: bytes::slowly(block, |byte| byte == b')'),
            quotes: bytes::slowly(block, |byte| byte == b'"'),
            semicolons: bytes::slowly(block, |byte| byte == b';'),
            line_ends: bytes::slowly(block, |byte| matches!(byte, b'\n' | b'\r')),
        }
    }

    #[inline]
    fn marks(&self) -> Marks {
        Marks { opens: self.opens, closes: self.closes, others: self.quotes | self.semicolons }
    }
}

/// Computes the bit masks of blocks without the bits in comments. The first block must start outside of strings and
/// comments. From the first block with a string or a nested comment on, all bits are kept.
///
/// All bytes of a block are handled at once. Handling comments one by one would cost a branch misprediction for each.
#[cfg_attr(for_size, optimize(speed))]
fn without_comments(kinds: &[Kinds; BATCH], batch: &mut Batch) {
    // The first bit of each is set if the previous block ends in a line comment, in a block comment, between the two
    // characters that open a block comment, or between those that close it.
    let (mut line, mut block, mut opening, mut closing) = (0, 0, 0, 0);
    // The part of each block that is in a comment, without the end of block comments.
    let mut within = [0; BATCH];
    let mut done = 0;
    while done < BATCH {
        let this = &kinds[done];
        let next = kinds.get(done + 1).copied().unwrap_or_default();
        let before_semicolons = this.semicolons >> 1 | next.semicolons << 63;
        let before_closes = this.closes >> 1 | next.closes << 63;
        let blocks = this.opens & before_semicolons;
        // The second character of `(;` is not the first character of another delimiter.
        let semicolons = this.semicolons & !(blocks << 1 | opening);
        let lines = semicolons & before_semicolons;
        let ends = semicolons & before_closes;
        let in_lines = fill(lines | line, !this.line_ends);
        let in_blocks = fill(blocks | block, !ends);
        let ended = ends & (in_blocks << 1 | block);
        let comments = in_lines | in_blocks | ended | ended << 1 | closing;
        let nested = blocks & (in_lines | in_blocks << 1 | block) | lines & in_blocks;
        if nested | this.quotes & !comments != 0 {
            break;
        }
        batch[done] = this.marks().among(!comments);
        within[done] = in_lines | in_blocks;
        (line, block, opening, closing) = (in_lines >> 63, in_blocks >> 63, blocks >> 63, ended >> 63);
        done += 1;
    }
    let from = match done {
        // A comment ends after these blocks, or in a block with a string or nested comment. Keep its bits.
        _ if line | block != 0 => {
            let mut at = done - 1;
            while at > 0 && within[at] == u64::MAX && within[at - 1] >> 63 == 1 {
                at -= 1;
            }
            let comment = u64::MAX << (64 - within[at].leading_ones());
            batch[at] = batch[at].among(!comment).and(kinds[at].marks().among(comment));
            at + 1
        }
        BATCH => BATCH,
        _ => {
            batch[done] = kinds[done].marks().among(!closing);
            done + 1
        }
    };
    for (marks, kinds) in batch[from..].iter_mut().zip(&kinds[from..]) {
        *marks = kinds.marks();
    }
}

/// Extends each bit of `from` to the higher bits up to the first zero bit of `room`.
#[inline]
fn fill(from: u64, room: u64) -> u64 {
    let from = from & room;
    // The carry of the addition passes through `room` and clears it.
    (room.wrapping_add(from) ^ room | from) & room
}

/// Defines `find` for one set of SIMD instructions.
#[cfg(any(target_arch = "x86_64", target_feature = "simd128"))]
macro_rules! find {
    ($(#[$attribute:meta])* $or:path) => {
        $(#[$attribute])*
        pub(crate) fn find(bytes: &[u8; BATCH_LEN], kinds: &mut [Kinds; BATCH]) {
            for (kinds, block) in kinds.iter_mut().zip(bytes.as_chunks().0) {
                *kinds = Kinds {
                    opens: of_block(block, |bytes| is(bytes, b'(')),
                    closes: of_block(block, |bytes| is(bytes, b')')),
                    quotes: of_block(block, |bytes| is(bytes, b'"')),
                    semicolons: of_block(block, |bytes| is(bytes, b';')),
                    line_ends: of_block(block, |bytes| $or(is(bytes, b'\n'), is(bytes, b'\r'))),
                };
            }
        }
    };
}

#[cfg(target_arch = "x86_64")]
mod sse2 {
    use crate::lex::bytes::sse2::{is, of_block, or};
    use crate::scan::structural::{BATCH, BATCH_LEN, Kinds};

    find!(
        #[target_feature(enable = "sse2")]
        or
    );
}

/// The functions for WebAssembly.
#[cfg(target_feature = "simd128")]
mod simd128 {
    use crate::lex::bytes::simd128::{is, of_block, or};
    use crate::scan::structural::{BATCH, BATCH_LEN, Kinds};

    find!(or);
}

/// The functions for AVX2.
#[cfg(target_arch = "x86_64")]
mod avx2 {
    use crate::lex::bytes::{BLOCK, sse2};
    use crate::scan::structural::{BATCH, BATCH_LEN, Kinds};
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

    #[inline]
    #[target_feature(enable = "avx2")]
    fn of_block(block: &[u8; BLOCK], is: impl Fn(__m256i) -> __m256i) -> u64 {
        let parts = block.as_chunks().0.iter().rev();
        parts.fold(0, |mask, bytes| mask << 32 | u64::from(_mm256_movemask_epi8(is(load(bytes))) as u32))
    }

    find!(
        #[target_feature(enable = "avx2")]
        _mm256_or_si256
    );
}

/// The functions for AVX-512.
#[cfg(all(target_arch = "x86_64", has_avx512))]
#[allow(clippy::incompatible_msrv, reason = "the build script asks whether the compiler has AVX-512")]
mod avx512 {
    use crate::lex::bytes::BLOCK;
    use crate::scan::structural::{BATCH, BATCH_LEN, Kinds};
    use std::arch::x86_64::{__m512i, _mm512_cmpeq_epi8_mask, _mm512_loadu_si512, _mm512_set1_epi8};
    use std::ops::BitOr;

    #[inline]
    #[target_feature(enable = "avx512bw")]
    fn is(bytes: __m512i, byte: u8) -> u64 {
        _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(byte as i8))
    }

    #[inline]
    #[target_feature(enable = "avx512bw")]
    fn of_block(block: &[u8; BLOCK], is: impl Fn(__m512i) -> u64) -> u64 {
        #[allow(unsafe_code, reason = "there is no safe load of 64 bytes")]
        // SAFETY: a block has 64 bytes, the number of bytes that are loaded.
        is(unsafe { _mm512_loadu_si512(block.as_ptr().cast()) })
    }

    find!(
        #[target_feature(enable = "avx512bw")]
        BitOr::bitor
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_has_the_same_kind_at_each_position() {
        for byte in 0..=u8::MAX {
            for at in 0..BLOCK {
                let mut bytes = [b' '; BATCH_LEN];
                bytes[at] = byte;
                bytes[BATCH_LEN - BLOCK + at] = byte;
                let one = Kinds::slowly(bytes.first_chunk().unwrap());
                let mut expected = [Kinds::default(); BATCH];
                (expected[0], expected[BATCH - 1]) = (one, one);
                let check = |find: &dyn Fn(&mut [Kinds; BATCH])| {
                    let mut found = [Kinds::default(); BATCH];
                    find(&mut found);
                    assert_eq!(found, expected, "{byte} at {at}");
                };
                check(&|kinds| Kinds::find(&bytes, kinds));
                // This text is not small, so the processor is asked for its features.
                let long = [&bytes[..], &[b' '; 1 << 12]].concat();
                check(&|kinds| Kinds::find(&long, kinds));
                #[cfg(target_arch = "x86_64")]
                #[allow(unsafe_code, reason = "the functions are not used on this processor")]
                // SAFETY: AVX2 is detected, and every x86-64 processor has SSE2.
                unsafe {
                    check(&|kinds| sse2::find(&bytes, kinds));
                    if is_x86_feature_detected!("avx2") {
                        check(&|kinds| avx2::find(&bytes, kinds));
                    }
                }
                expected[BATCH - 1] = Kinds::default();
                let mut found = [Kinds::default(); BATCH];
                Kinds::find(&bytes[..BLOCK], &mut found);
                assert_eq!(found, expected, "{byte} at {at}");
            }
        }
    }

    /// The positions of all set bits.
    fn positions(batch: &Batch) -> Vec<usize> {
        let bits = batch.iter().map(|marks| marks.all());
        let positions = |(block, bits): (usize, u64)| {
            (0..BLOCK).filter(move |at| bits >> at & 1 == 1).map(move |at| block * BLOCK + at)
        };
        bits.enumerate().flat_map(positions).collect()
    }

    fn marked(text: &str) -> String {
        let mut batch = Batch::default();
        find_marks(text.as_bytes(), false, &mut batch);
        positions(&batch).into_iter().map(|at| char::from(text.as_bytes()[at])).collect()
    }

    #[test]
    fn bits_in_common_comments_are_cleared() {
        let long = "(so) it \"is\"; ".repeat(20);
        assert_eq!(marked("(a (;@1;) (b) ;; c (d)\n) ;; \"e\"\n"), "(())");
        assert_eq!(marked(&format!("(;{long};)(a);;{long}\r()")), "()()");
        for indent in 0..2 * BLOCK {
            let text = format!("{:indent$}((;x;)(;;);;;)\n(;);y\n;)) ;; (\n", "");
            assert_eq!(marked(&text), "()", "{indent}");
        }
    }

    #[test]
    fn bits_after_a_string_or_nested_comment_are_kept() {
        let calm = " ".repeat(BLOCK);
        for rare in ["\"x\"", "(;(;;);)", ";;(;\n", "(;;;;)"] {
            let all: String = rare.chars().filter(|c| "();\"".contains(*c)).collect();
            assert_eq!(marked(&format!("(;x;){calm}{rare}(;x;)")), format!("{all}(;;)"), "{rare}");
        }
    }

    #[test]
    fn bits_of_a_comment_that_ends_after_the_batch_are_kept() {
        let long = "x(".repeat(BATCH_LEN);
        for indent in 0..BATCH_LEN - 2 {
            for open in ["(;", ";;"] {
                let text = format!("{:indent$}{open}{long}", "");
                let mut batch = Batch::default();
                find_marks(text.as_bytes(), false, &mut batch);
                assert_eq!(positions(&batch).first(), Some(&indent), "{indent}");
            }
        }
    }
}
