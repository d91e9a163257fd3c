//! Number tokens: their kinds and values.

use super::token_kind::TokenKind;
use std::borrow::Cow;

/// Returns the kind of a number token: [`TokenKind::Nat`], [`TokenKind::Int`] (with a sign) or [`TokenKind::Float`]. Returns
/// [`TokenKind::Reserved`] if it is not a number. `text` must not be empty.
#[cfg_attr(for_size, optimize(speed))]
pub(crate) fn classify(text: &[u8]) -> TokenKind {
    if text.iter().all(u8::is_ascii_digit) {
        return TokenKind::Nat;
    }
    let (signed, magnitude) = match text {
        [b'+' | b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    if magnitude == b"inf" || magnitude == b"nan" {
        return TokenKind::Float;
    }
    if let Some(payload) = magnitude.strip_prefix(b"nan:0x") {
        return if digits(payload, true) == payload.len() && !payload.is_empty() {
            TokenKind::Float
        } else {
            TokenKind::Reserved
        };
    }
    let (hex, mut rest) = match magnitude.strip_prefix(b"0x") {
        Some(rest) => (true, rest),
        None => (false, magnitude),
    };
    let int = digits(rest, hex);
    if int == 0 {
        return TokenKind::Reserved;
    }
    rest = &rest[int..];
    if rest.is_empty() {
        return if signed { TokenKind::Int } else { TokenKind::Nat };
    }
    if let [b'.', fraction @ ..] = rest {
        rest = &fraction[digits(fraction, hex)..];
    }
    let exponent = match rest {
        [b'e' | b'E', exponent @ ..] if !hex => exponent,
        [b'p' | b'P', exponent @ ..] if hex => exponent,
        [] => return TokenKind::Float,
        _ => return TokenKind::Reserved,
    };
    let exponent = match exponent {
        [b'+' | b'-', digits @ ..] => digits,
        _ => exponent,
    };
    if !exponent.is_empty() && digits(exponent, false) == exponent.len() {
        TokenKind::Float
    } else {
        TokenKind::Reserved
    }
}

/// Returns the number that a malformed number was probably meant to be, or `None` if nothing similar is a number.
pub(crate) fn repaired(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    if let "infinity" | "inf" | "nan" = lower.trim_start_matches(['+', '-']) {
        let sign = if lower.starts_with('-') { "-" } else { "" };
        let plain = if lower.ends_with("nan") { "nan" } else { "inf" };
        return Some(format!("{sign}{plain}"));
    }
    let digits = lower.trim_start_matches(['+', '-']);
    let sign = if lower.starts_with('-') { "-" } else { "" };
    if let Some(value) = [("0b", 2), ("0o", 8)].into_iter().find_map(|(prefix, radix)| {
        u64::from_str_radix(&digits.strip_prefix(prefix)?.replace('_', ""), radix).ok()
    }) {
        return Some(format!("{sign}{value}"));
    }
    // Only single underscores between digits are kept.
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_hexdigit());
    let mut plain = String::new();
    let mut rest = digits.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '_' || (is_digit(plain.chars().next_back()) && is_digit(rest.peek().copied())) {
            plain.push(c);
        }
    }
    if plain.starts_with('.') {
        plain.insert(0, '0');
    }
    let is_hex = plain.starts_with("0x");
    let suffixes =
        ["u32", "u64", "i32", "i64", "f32", "f64", "ull", "ul", "ll", "u", "l", "f", "d", "n", "h"];
    let without_suffix = suffixes.iter().filter(|_| !is_hex).find_map(|suffix| plain.strip_suffix(suffix));
    let without_exponent = plain.trim_end_matches(['e', 'p']);
    let as_hex = format!("0x{}", plain.trim_end_matches('h'));
    [Some(plain.as_str()), without_suffix, Some(without_exponent), Some(as_hex.as_str()).filter(|_| !is_hex)]
        .into_iter()
        .flatten()
        .map(|number| format!("{sign}{number}"))
        .find(|number| {
            number != text && !number.is_empty() && classify(number.as_bytes()) != TokenKind::Reserved
        })
}

/// Whether the text is an unsigned integer.
pub(crate) fn is_nat(text: &str) -> bool {
    !text.is_empty() && classify(text.as_bytes()) == TokenKind::Nat
}

/// Returns the number of bytes at the start of `text` that are digits or single underscores between digits.
fn digits(text: &[u8], hex: bool) -> usize {
    let is_digit = |byte: &u8| if hex { byte.is_ascii_hexdigit() } else { byte.is_ascii_digit() };
    let mut at = 0;
    while at < text.len() {
        let separates =
            text[at] == b'_' && at > 0 && text[at - 1] != b'_' && text.get(at + 1).is_some_and(is_digit);
        if !is_digit(&text[at]) && !separates {
            break;
        }
        at += 1;
    }
    at
}

/// Returns the value of at most nine decimal digits, or `None` for any other text.
#[inline]
fn short_decimal(bytes: &[u8]) -> Option<u32> {
    if bytes.len() > 9 {
        return None;
    }
    let mut value = 0;
    for &byte in bytes {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value * 10 + u32::from(digit);
    }
    Some(value)
}

/// Returns whether an integer token is negative, and its magnitude. Returns `None` if the magnitude exceeds 64 bits.
pub(crate) fn magnitude(text: &str) -> Option<(bool, u64)> {
    let bytes = text.as_bytes();
    if let Some(value) = short_decimal(bytes) {
        return Some((false, value.into()));
    }
    let (negative, rest) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, bytes),
    };
    let (radix, digits) = match rest.strip_prefix(b"0x") {
        Some(digits) => (16, digits),
        None => (10, rest),
    };
    let mut value = 0u64;
    for &byte in digits.iter().filter(|&&byte| byte != b'_') {
        let digit = (byte as char).to_digit(radix)?;
        value = value.checked_mul(u64::from(radix))?.checked_add(u64::from(digit))?;
    }
    Some((negative, value))
}

/// Returns the value of an integer token in `bits` bits, signed or unsigned, or `None` if it does not fit.
pub(crate) fn integer(text: &str, bits: u32) -> Option<u64> {
    let (negative, value) = magnitude(text)?;
    let mask = u64::MAX >> (64 - bits);
    if negative {
        (value <= 1 << (bits - 1)).then(|| value.wrapping_neg() & mask)
    } else {
        (value <= mask).then_some(value)
    }
}

/// A floating-point format.
#[derive(Clone, Copy)]
pub(crate) struct FloatFormat {
    /// The number of stored bits of the fraction.
    fraction: u32,
    /// The number of bits of the exponent.
    exponent: u32,
}

/// `f32`.
pub(crate) const F32: FloatFormat = FloatFormat { fraction: 23, exponent: 8 };
/// `f64`.
pub(crate) const F64: FloatFormat = FloatFormat { fraction: 52, exponent: 11 };

/// Returns the bits of a number token as a float, or `None` if it does not fit.
pub(crate) fn float(text: &str, format: FloatFormat) -> Option<u64> {
    let FloatFormat { fraction, exponent } = format;
    let (negative, rest) = match text.as_bytes()[0] {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let sign = u64::from(negative) << (fraction + exponent);
    let infinity = ((1u64 << exponent) - 1) << fraction;
    let bits = if rest == "inf" {
        infinity
    } else if rest == "nan" {
        infinity | 1 << (fraction - 1)
    } else if let Some(payload) = rest.strip_prefix("nan:0x") {
        let payload = magnitude_of_digits(payload)?;
        if payload == 0 || payload >= 1 << fraction {
            return None;
        }
        infinity | payload
    } else if let Some(digits) = rest.strip_prefix("0x") {
        hex_float(digits, format)?
    } else {
        let digits = plain_decimal(rest);
        // The standard library rounds to nearest, ties to even, for any number of digits.
        if format.fraction == F32.fraction {
            let value: f32 = digits.parse().ok()?;
            value.is_finite().then(|| u64::from(value.to_bits()))?
        } else {
            let value: f64 = digits.parse().ok()?;
            value.is_finite().then(|| value.to_bits())?
        }
    };
    Some(sign | bits)
}

/// Rewrites a decimal number for the standard library: without underscores and with a short exponent. The standard
/// library treats a large exponent as infinite even if the digits before it compensate for it.
fn plain_decimal(text: &str) -> Cow<'_, str> {
    let text: Cow<'_, str> = if text.contains('_') { text.replace('_', "").into() } else { text.into() };
    let Some(at) = text.find(['e', 'E']) else { return text };
    let (mantissa, exponent) = (&text[..at], &text[at + 1..]);
    if exponent.len() <= 4 {
        return text;
    }
    let is_negative = exponent.starts_with('-');
    let digits = exponent.bytes().filter(u8::is_ascii_digit);
    let exponent = digits.fold(0i64, |value, byte| (value * 10 + i64::from(byte & 15)).min(1 << 48));
    // The distance from the first nonzero digit to the decimal point.
    let point = mantissa.find('.').unwrap_or(mantissa.len());
    let Some(first) = mantissa.bytes().position(|byte| matches!(byte, b'1'..=b'9')) else {
        return "0".into();
    };
    let places = if first < point { (point - first) as i64 } else { point as i64 + 1 - first as i64 };
    let scale = places + if is_negative { -exponent } else { exponent };
    let digits: String = mantissa[first..].chars().filter(char::is_ascii_digit).collect();
    format!("0.{digits}e{}", scale.clamp(-9999, 9999)).into()
}

fn magnitude_of_digits(digits: &str) -> Option<u64> {
    digits.bytes().filter(|&byte| byte != b'_').try_fold(0u64, |value, byte| {
        let digit = (byte as char).to_digit(16)?;
        value.checked_mul(16)?.checked_add(u64::from(digit))
    })
}

/// Returns the bits of `h.hp±d`, rounded to nearest, ties to even, or `None` if the value is too large.
fn hex_float(text: &str, format: FloatFormat) -> Option<u64> {
    let (mantissa, exponent) = match text.find(['p', 'P']) {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, "0"),
    };
    // The significant digits go into 64 bits. The lowest bit is sticky: it is set if any later digit is nonzero.
    let mut significand = 0u64;
    let mut scale = 0i64;
    let mut after_point = false;
    for byte in mantissa.bytes() {
        let Some(digit) = (byte as char).to_digit(16) else {
            after_point |= byte == b'.';
            continue;
        };
        if significand >> 60 == 0 {
            significand = significand << 4 | u64::from(digit);
            scale -= 4 * i64::from(after_point);
        } else {
            significand |= u64::from(digit != 0);
            scale += 4 * i64::from(!after_point);
        }
    }
    if significand == 0 {
        return Some(0);
    }
    let negative = exponent.starts_with('-');
    let exponent = exponent
        .bytes()
        .filter(u8::is_ascii_digit)
        .fold(0i64, |value, byte| (value * 10 + i64::from(byte & 15)).min(1 << 48));
    scale += if negative { -exponent } else { exponent };

    let FloatFormat { fraction, exponent: exponent_bits } = format;
    let bias = (1i64 << (exponent_bits - 1)) - 1;
    let shift = significand.leading_zeros();
    significand <<= shift;
    // Now the value is `significand / 2^63 * 2^power`.
    let power = scale + 63 - i64::from(shift);
    let subnormal = (1 - bias - power).max(0);
    // The number of low bits that do not fit; more for subnormal numbers.
    let dropped = i64::from(63 - fraction) + subnormal;
    let (kept, rest, half) = if dropped > 64 {
        (0, 1, 2)
    } else if dropped == 64 {
        (0, significand, 1 << 63)
    } else {
        let mask = (1u64 << dropped) - 1;
        (significand >> dropped, significand & mask, 1u64 << (dropped - 1))
    };
    let round_up = rest > half || (rest == half && kept & 1 == 1);
    let kept = kept + u64::from(round_up);
    let biased = if subnormal > 0 { 0 } else { power + bias - 1 };
    if biased >= (1 << exponent_bits) - 1 {
        return None;
    }
    // The leading bit of a normal number and a carry from rounding are added to the exponent.
    let bits = ((biased as u64) << fraction) + kept;
    (bits < ((1u64 << exponent_bits) - 1) << fraction).then_some(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_exponent_and_many_digits_compensate_each_other() {
        let f64 = |text: &str| float(text, F64).map(f64::from_bits);
        assert_eq!(f64(&format!("3{}e-100000", "0".repeat(100_000))), Some(3.0));
        assert_eq!(f64(&format!("-0.{}25e1_00000", "0".repeat(100_000))), Some(-0.25));
        assert_eq!(f64(&format!("00.{}25e+100001", "0".repeat(100_000))), Some(2.5));
        assert_eq!(f64("0.000e99999999999999999999"), Some(0.0));
        assert_eq!(f64("1e-99999999999999999999"), Some(0.0));
        assert_eq!(f64("1e99999999999999999999"), None);
        assert_eq!(f64("12.5e00001"), Some(125.0));
    }

    #[test]
    fn hexadecimal_floats_round_to_nearest_even() {
        let f32 = |text| float(text, F32).map(|bits| f32::from_bits(bits as u32));
        assert_eq!(f32("0x1p0"), Some(1.0));
        assert_eq!(f32("-0x1.8p1"), Some(-3.0));
        assert_eq!(f32("0x1.000001p0"), Some(1.0));
        assert_eq!(f32("0x1.0000010000000000000001p0"), Some(1.0 + f32::EPSILON));
        assert_eq!(f32("0x1.000003p0"), Some(1.0 + 2.0 * f32::EPSILON));
        assert_eq!(f32("0x1p-149"), Some(f32::from_bits(1)));
        assert_eq!(f32("0x1p-150"), Some(0.0));
        assert_eq!(f32("0x1.8p-150"), Some(f32::from_bits(1)));
        assert_eq!(f32("0x1.fffffep127"), Some(f32::MAX));
        assert_eq!(f32("0x1.ffffffp127"), None);
        assert_eq!(f32("0x1p128"), None);
        assert_eq!(f32("0x0p99999999999999999999"), Some(0.0));
        assert_eq!(f32("0x1.fffffefffffffffffp127"), Some(f32::MAX));
        assert_eq!(float("0x1p-1074", F64), Some(1));
        assert_eq!(float("0x1.fffffffffffff8p-1023", F64), Some(1 << 52));
    }

    #[test]
    fn a_number_is_classified_by_its_characters() {
        for (text, kind) in [
            ("0", TokenKind::Nat),
            ("1_000", TokenKind::Nat),
            ("0xf_F", TokenKind::Nat),
            ("-1", TokenKind::Int),
            ("+0x1", TokenKind::Int),
            ("1.", TokenKind::Float),
            ("1.5e-3", TokenKind::Float),
            ("0x1.p1", TokenKind::Float),
            ("nan:0x1", TokenKind::Float),
            ("-inf", TokenKind::Float),
            ("1__0", TokenKind::Reserved),
            ("1_", TokenKind::Reserved),
            ("0x", TokenKind::Reserved),
            ("1e", TokenKind::Reserved),
            ("1x", TokenKind::Reserved),
            ("+", TokenKind::Reserved),
            ("0x1p", TokenKind::Reserved),
            ("1._5", TokenKind::Reserved),
            ("+nan:canonical", TokenKind::Reserved),
        ] {
            assert_eq!(classify(text.as_bytes()), kind, "{text}");
        }
    }
}
