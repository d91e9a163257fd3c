//! Decodes strings that consist mostly of hexadecimal escapes, such as large data segments: sixteen characters at once,
//! if the processor supports it.

use std::arch::x86_64::{
    __m128i, _mm_add_epi8, _mm_and_si128, _mm_blendv_epi8, _mm_cmpeq_epi8, _mm_cmpgt_epi8, _mm_cvtsi128_si64,
    _mm_extract_epi64, _mm_min_epu8, _mm_movemask_epi8, _mm_or_si128, _mm_set_epi64x, _mm_set1_epi8,
    _mm_slli_epi16, _mm_srli_epi16, _mm_srli_si128, _pdep_u64, _pext_u64,
};

/// The number of characters that are decoded at once.
const WIDTH: usize = 16;

/// The bytes of the first characters of a string.
struct Decoded {
    /// The bytes. Only the first `len` have a meaning.
    bytes: [u8; WIDTH],
    len: usize,
    /// The number of characters that were decoded.
    read: usize,
}

/// Proof that the processor has the instructions that [`decode`] needs.
pub(crate) struct Supported(());

impl Supported {
    /// Asks the processor. Returns `None` if an instruction is missing.
    #[inline]
    pub(crate) fn detect() -> Option<Supported> {
        (is_x86_feature_detected!("bmi2") && is_x86_feature_detected!("sse4.1")).then_some(Supported(()))
    }

    /// Appends the bytes of a string without quotes: by [`decode`], or by `decode_some` where that returns `None`.
    /// `decode_some` appends the bytes of the start of a string and returns the rest. If it returns `None`, so does
    /// this function.
    #[inline]
    pub(crate) fn decode_string<'s>(
        &self,
        inner: &'s [u8],
        out: &mut Vec<u8>,
        decode_some: impl Fn(&'s [u8], &mut Vec<u8>) -> Option<&'s [u8]>,
    ) -> Option<()> {
        #[allow(unsafe_code, reason = "decoding takes a third of the time on large data segments")]
        // SAFETY: this value exists only if the processor has these instructions.
        unsafe {
            decode_string(inner, out, decode_some)
        }
    }
}

#[target_feature(enable = "bmi2,sse4.1")]
fn decode_string<'s>(
    inner: &'s [u8],
    out: &mut Vec<u8>,
    decode_some: impl Fn(&'s [u8], &mut Vec<u8>) -> Option<&'s [u8]>,
) -> Option<()> {
    let mut rest = inner;
    while !rest.is_empty() {
        match rest.first_chunk().and_then(|text| decode(text)) {
            Some(decoded) => {
                let len = out.len() + decoded.len;
                out.extend_from_slice(&decoded.bytes);
                out.truncate(len);
                rest = &rest[decoded.read..];
            }
            None => rest = decode_some(rest, out)?,
        }
    }
    Some(())
}

#[inline]
#[target_feature(enable = "sse4.1")]
fn all(byte: u8) -> __m128i {
    _mm_set1_epi8(byte as i8)
}

/// The bytes from `first` to `last`, which must both be ASCII.
#[inline]
#[target_feature(enable = "sse4.1")]
fn between(bytes: __m128i, first: u8, last: u8) -> __m128i {
    _mm_and_si128(_mm_cmpgt_epi8(bytes, all(first - 1)), _mm_cmpgt_epi8(all(last + 1), bytes))
}

#[inline]
#[target_feature(enable = "sse4.1")]
fn bits(found: __m128i) -> u32 {
    _mm_movemask_epi8(found) as u32
}

/// The bytes of a word that are in the mask, without gaps.
#[inline]
#[target_feature(enable = "bmi2")]
fn compress(word: i64, mask: u32) -> u64 {
    let bytes = _pdep_u64(mask.into(), 0x0101_0101_0101_0101) * 0xff;
    _pext_u64(word as u64, bytes)
}

/// Decodes at least fourteen of these characters, up to the end of an escape. Returns `None` if they contain an escape
/// that is not hexadecimal, or a character that is not allowed in a string.
#[inline]
#[target_feature(enable = "bmi2,sse4.1")]
fn decode(text: &[u8; WIDTH]) -> Option<Decoded> {
    let both = u128::from_le_bytes(*text);
    let text = _mm_set_epi64x((both >> 64) as i64, both as i64);
    let is_escape = _mm_cmpeq_epi8(text, all(b'\\'));
    // The last two characters may belong to an escape that starts before them.
    let escapes = bits(is_escape) & 0x3fff;
    let digits = escapes << 1 | escapes << 2;
    let read = WIDTH - 2 + (32 - (digits >> (WIDTH - 2)).leading_zeros()) as usize;
    let is_digit =
        _mm_or_si128(between(text, b'0', b'9'), between(_mm_or_si128(text, all(0x20)), b'a', b'f'));
    let control = _mm_cmpeq_epi8(_mm_min_epu8(text, all(0x1f)), text);
    let is_bad =
        _mm_or_si128(control, _mm_or_si128(_mm_cmpeq_epi8(text, all(0x7f)), _mm_cmpeq_epi8(text, all(b'"'))));
    if digits & !bits(is_digit) != 0 || bits(is_bad) & ((1 << read) - 1) != 0 {
        return None;
    }
    // Bit 6 is set in letters and clear in digits.
    let is_letter = _mm_and_si128(_mm_srli_epi16::<6>(text), all(1));
    let nine = _mm_or_si128(_mm_slli_epi16::<3>(is_letter), is_letter);
    let values = _mm_add_epi8(_mm_and_si128(text, all(0xf)), nine);
    let high = _mm_slli_epi16::<4>(_mm_and_si128(_mm_srli_si128::<1>(values), all(0xf)));
    let low = _mm_and_si128(_mm_srli_si128::<2>(values), all(0xf));
    let bytes = _mm_blendv_epi8(text, _mm_or_si128(high, low), is_escape);
    let kept = !digits & ((1 << read) - 1);
    let (first, last) = (kept & 0xff, kept >> 8);
    let first_len = first.count_ones();
    let first = u128::from(compress(_mm_cvtsi128_si64(bytes), first));
    let last_bytes = u128::from(compress(_mm_extract_epi64::<1>(bytes), last));
    let bytes = (first | last_bytes << (8 * first_len)).to_le_bytes();
    Some(Decoded { bytes, len: kept.count_ones() as usize, read })
}
