//! Strings: their escapes, and the bytes they stand for.

use super::token::plain_len;
use std::borrow::Cow;

/// How long the escape at the start of `rest` is, backslash included; none if it is not a sound one.
#[inline]
pub(super) fn escape_len(rest: &[u8]) -> Option<usize> {
    if hex_escape(rest).is_some() {
        return Some(3);
    }
    match rest.get(1)? {
        b't' | b'n' | b'r' | b'"' | b'\'' | b'\\' => Some(2),
        b'u' => {
            if rest.get(2) != Some(&b'{') {
                return None;
            }
            let len = memchr::memchr(b'}', &rest[3..])?;
            scalar_value(&rest[3..3 + len])?;
            Some(3 + len + 1)
        }
        _ => None,
    }
}

/// The character that hexadecimal digits, perhaps with underscores between them, stand for.
fn scalar_value(digits: &[u8]) -> Option<char> {
    let mut value = 0u32;
    let mut after_digit = false;
    for &byte in digits {
        match (byte as char).to_digit(16) {
            Some(digit) => {
                value = value.checked_mul(16)?.checked_add(digit)?;
                after_digit = true;
            }
            None if byte == b'_' && after_digit => after_digit = false,
            None => return None,
        }
    }
    if after_digit { char::from_u32(value) } else { None }
}

/// The bytes a sound string token stands for. `token` has its quotes.
pub(crate) fn decode(token: &str) -> Cow<'_, [u8]> {
    let inner = &token.as_bytes()[1..token.len() - 1];
    if memchr::memchr(b'\\', inner).is_none() {
        return Cow::Borrowed(inner);
    }
    let mut bytes = Vec::with_capacity(inner.len());
    decode_into(token, &mut bytes);
    Cow::Owned(bytes)
}

/// Appends the bytes a sound string token stands for. `token` has its quotes.
pub(crate) fn decode_into(token: &str, out: &mut Vec<u8>) {
    let mut rest = &token.as_bytes()[1..token.len() - 1];
    while !rest.is_empty() {
        let plain = plain_len(rest);
        out.extend_from_slice(&rest[..plain]);
        rest = &rest[plain..];
        while let Some(byte) = hex_escape(rest) {
            out.push(byte);
            rest = &rest[3..];
        }
        let Some(&first) = rest.first() else { break };
        if first != b'\\' {
            out.push(first);
            rest = &rest[1..];
            continue;
        }
        let len = escape_len(rest).unwrap_or(2).min(rest.len());
        match rest.get(1) {
            Some(b't') => out.push(b'\t'),
            Some(b'n') => out.push(b'\n'),
            Some(b'r') => out.push(b'\r'),
            Some(b'u') => {
                let value = scalar_value(&rest[3..len - 1]).unwrap_or(char::REPLACEMENT_CHARACTER);
                out.extend_from_slice(value.encode_utf8(&mut [0; 4]).as_bytes());
            }
            other => out.extend(other),
        }
        rest = &rest[len..];
    }
}

/// The byte that a backslash and two hexadecimal digits at the start of `rest` stand for.
#[inline]
pub(super) fn hex_escape(rest: &[u8]) -> Option<u8> {
    let [b'\\', high, low, ..] = *rest else { return None };
    let (high, low) = (HEX_DIGITS[usize::from(high)], HEX_DIGITS[usize::from(low)]);
    (high | low < 16).then_some(high << 4 | low)
}

/// The values of hexadecimal digits; for other bytes something larger.
static HEX_DIGITS: [u8; 256] = {
    let mut table = [u8::MAX; 256];
    let mut digit = 0;
    while digit < 16 {
        table[b"0123456789abcdef"[digit] as usize] = digit as u8;
        table[b"0123456789ABCDEF"[digit] as usize] = digit as u8;
        digit += 1;
    }
    table
};

/// Where the next fault of an unsound string token lies from `at` on, as a range of its bytes, and what
/// it is.
pub(super) fn find_fault(token: &str, mut at: usize) -> Option<(std::ops::Range<usize>, Fault)> {
    let bytes = token.as_bytes();
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => match escape_len(&bytes[at..]) {
                Some(len) => at += len,
                None => {
                    let next = token[at + 1..].chars().next().map_or(0, char::len_utf8);
                    return Some((at..at + 1 + next, Fault::Escape));
                }
            },
            0..=0x1f | 0x7f => return Some((at..at + 1, Fault::Control(bytes[at]))),
            _ => at += 1,
        }
    }
    None
}

/// What can be wrong within a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// An escape that has no meaning.
    Escape,
    /// A control character that must be written as an escape.
    Control(u8),
}
