//! String tokens: their ends, escapes and decoded bytes.

use super::bytes::{self, find};
#[cfg(target_arch = "x86_64")]
use super::{bytes::is_small, hex};
use std::borrow::Cow;

/// The end of a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StringEnd {
    /// Terminated, without escapes.
    Plain,
    /// Terminated, with escapes.
    Escaped,
    /// Terminated, but an escape is invalid or a character is not allowed.
    Malformed,
    /// Not terminated.
    Unterminated,
}

/// Returns the length of a string after its opening quote, including the closing quote. Does not check escapes.
pub(crate) fn rest_of_string(rest: &[u8]) -> usize {
    let mut from = 0;
    while let Some(at) = find(&rest[from..], [b'"'; 2]) {
        from += at + 1;
        if !is_escaped(&rest[..from - 1]) {
            return from;
        }
    }
    rest.len()
}

/// Whether the character after these bytes of a string is escaped: an odd number of backslashes precedes it.
#[inline]
pub(crate) fn is_escaped(before: &[u8]) -> bool {
    before.iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 1
}

/// Returns the length of a string after its opening quote, including the closing quote, and how it ends.
pub(crate) fn string_len(rest: &[u8]) -> (usize, StringEnd) {
    let mut end = StringEnd::Plain;
    let mut at = 0;
    loop {
        at += plain_len(&rest[at..]);
        let Some(&byte) = rest.get(at) else { return (rest.len(), StringEnd::Unterminated) };
        match byte {
            b'"' => return (at + 1, end),
            b'\\' => {
                if end == StringEnd::Plain {
                    end = StringEnd::Escaped;
                }
                match escape_len(&rest[at..]) {
                    Some(len) => {
                        at += len;
                        // Large data segments consist of hexadecimal escapes.
                        while hex_escape(&rest[at..]).is_some() {
                            at += 3;
                        }
                    }
                    None => {
                        end = StringEnd::Malformed;
                        // Continue after the escaped character, which may be a quote.
                        at += 1;
                        at += usize::from(at < rest.len());
                        while rest.get(at).is_some_and(|byte| byte & 0xc0 == 0x80) {
                            at += 1;
                        }
                    }
                }
            }
            _ => {
                end = StringEnd::Malformed;
                at += 1;
            }
        }
    }
}

/// The number of bytes of a string that are compared at once.
const PLAIN: usize = 16;

/// Returns the first bytes of `rest`, and how many of them represent themselves in a string.
#[inline]
fn plain_start(rest: &[u8]) -> ([u8; PLAIN], usize) {
    let bytes = rest.first_chunk().copied().unwrap_or_else(|| {
        // The padding does not represent itself.
        let mut bytes = [0; PLAIN];
        bytes[..rest.len()].copy_from_slice(rest);
        bytes
    });
    (bytes, (bytes::not_plain(&bytes) | 1 << PLAIN).trailing_zeros() as usize)
}

/// Returns the number of bytes at the start of `rest` that represent themselves in a string.
#[inline]
fn plain_len(rest: &[u8]) -> usize {
    let mut len = 0;
    loop {
        let (_, plain) = plain_start(&rest[len..]);
        len += plain;
        if plain < PLAIN {
            return len;
        }
    }
}

/// Returns the length of the escape at the start of `rest`, including the backslash, or `None` if it is invalid.
#[inline]
pub(crate) fn escape_len(rest: &[u8]) -> Option<usize> {
    if hex_escape(rest).is_some() {
        return Some(3);
    }
    match rest.get(1)? {
        b't' | b'n' | b'r' | b'"' | b'\'' | b'\\' => Some(2),
        b'u' => {
            if rest.get(2) != Some(&b'{') {
                return None;
            }
            // Stop at the first other byte: a search for the closing brace would take quadratic time.
            let len = rest[3..].iter().position(|&byte| !byte.is_ascii_hexdigit() && byte != b'_')?;
            if rest[3 + len] != b'}' {
                return None;
            }
            scalar_value(&rest[3..3 + len])?;
            Some(3 + len + 1)
        }
        _ => None,
    }
}

/// Returns the character with this hexadecimal number, or `None` if it is invalid. Single underscores may separate
/// digits.
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

/// Returns the bytes of a well-formed string token. `token` includes the quotes.
pub(crate) fn decode(token: &str) -> Cow<'_, [u8]> {
    let inner = &token.as_bytes()[1..token.len() - 1];
    if !inner.contains(&b'\\') {
        return Cow::Borrowed(inner);
    }
    let mut bytes = Vec::with_capacity(inner.len());
    decode_into(token, &mut bytes);
    Cow::Owned(bytes)
}

/// Appends the bytes of a well-formed string token. `token` includes the quotes.
pub(crate) fn decode_into(token: &str, out: &mut Vec<u8>) {
    let decoded = decode_checked(token, out);
    debug_assert!(decoded.is_some(), "{token} is malformed");
}

/// Appends the bytes of a string token. Returns `None` if it is malformed. `token` includes the quotes.
pub(crate) fn decode_checked(token: &str, out: &mut Vec<u8>) -> Option<()> {
    let inner = &token.as_bytes()[1..token.len() - 1];
    out.reserve(inner.len() + PLAIN);
    #[cfg(target_arch = "x86_64")]
    if !is_small(inner)
        && let Some(supported) = hex::Supported::detect()
    {
        return supported.decode_string(inner, out, decode_some);
    }
    let mut rest = inner;
    while !rest.is_empty() {
        rest = decode_some(rest, out)?;
    }
    Some(())
}

/// Appends the bytes of the start of a string and returns the rest, or `None` if the start is malformed.
#[inline]
fn decode_some<'s>(string: &'s [u8], out: &mut Vec<u8>) -> Option<&'s [u8]> {
    // Few bytes between escapes are plain, so a copy of fixed length is the fastest.
    let (bytes, plain) = plain_start(string);
    let len = out.len() + plain;
    out.extend_from_slice(&bytes);
    out.truncate(len);
    let mut rest = &string[plain..];
    if plain == PLAIN {
        return Some(rest);
    }
    while let Some(byte) = hex_escape(rest) {
        out.push(byte);
        rest = &rest[3..];
    }
    if out.len() == len && !rest.is_empty() {
        rest = &rest[decode_escape(rest, out)?..];
    }
    Some(rest)
}

/// Appends the bytes of the escape at the start of `rest` and returns its length. Returns `None` if there is no valid
/// escape.
fn decode_escape(rest: &[u8], out: &mut Vec<u8>) -> Option<usize> {
    if rest[0] != b'\\' {
        return None;
    }
    let len = escape_len(rest)?;
    match rest[1] {
        b't' => out.push(b'\t'),
        b'n' => out.push(b'\n'),
        b'r' => out.push(b'\r'),
        b'u' => {
            let value = scalar_value(&rest[3..len - 1])?;
            out.extend_from_slice(value.encode_utf8(&mut [0; 4]).as_bytes());
        }
        other => out.push(other),
    }
    Some(len)
}

/// Returns the byte of a backslash and two hexadecimal digits at the start of `rest`, or `None`.
#[inline]
pub(crate) fn hex_escape(rest: &[u8]) -> Option<u8> {
    let [b'\\', high, low, ..] = *rest else { return None };
    let (high, low) = (HEX_DIGITS[usize::from(high)], HEX_DIGITS[usize::from(low)]);
    (high | low < 16).then_some(high << 4 | low)
}

/// The values of hexadecimal digits. Other bytes have a value above 15.
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

/// Returns the first fault of a malformed string token from `at` on, with its byte range, or `None`.
pub(crate) fn find_fault(token: &str, mut at: usize) -> Option<(std::ops::Range<usize>, Fault)> {
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

/// A fault within a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// An invalid escape.
    Escape,
    /// A control character that must be written as an escape.
    Control(u8),
}

/// Returns the name of an identifier, without its dollar sign and quotes.
pub(crate) fn id_name(id: &str) -> Cow<'_, str> {
    let name = &id[1..];
    if !name.starts_with('"') {
        return name.into();
    }
    match decode(name) {
        Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
        Cow::Owned(bytes) => String::from_utf8_lossy(&bytes).into_owned().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Decodes a string byte by byte.
    fn slowly(string: &[u8]) -> Option<Vec<u8>> {
        let (mut rest, mut out) = (string, Vec::new());
        while let Some(&first) = rest.first() {
            match (first, hex_escape(rest)) {
                (_, Some(byte)) => {
                    out.push(byte);
                    rest = &rest[3..];
                }
                (b'\\', None) => rest = &rest[decode_escape(rest, &mut out)?..],
                (b'"' | 0..=0x1f | 0x7f, _) => return None,
                (byte, _) => {
                    out.push(byte);
                    rest = &rest[1..];
                }
            }
        }
        Some(out)
    }

    #[test]
    fn strings_are_decoded_one_by_one_and_in_blocks() {
        let parts =
            ["a", "\\4a", "\\fF", "\\09", " ", "g", "\\00", "\\n", "\u{e9}", "@[`{", "\\4", "\\g0", "\u{7f}"];
        let mut seed = 1u64;
        let mut well_formed = 0;
        for round in 0..40_000 {
            let mut text = String::from("\"");
            // Most strings are well-formed.
            let kinds = if round % 8 == 0 { parts.len() } else { 10 };
            while text.len() < if round % 16 == 1 { 5000 } else { 80 + round % 40 } {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text += parts[(seed >> 33) as usize % kinds];
            }
            text += "\"";
            let mut found = Vec::new();
            let found = decode_checked(&text, &mut found).map(|()| found);
            assert_eq!(found, slowly(&text.as_bytes()[1..text.len() - 1]), "{text}");
            well_formed += u32::from(found.is_some());
        }
        assert!((30_000..39_999).contains(&well_formed), "{well_formed} are well-formed");
    }

    #[test]
    fn decoding_and_lexing_agree_which_strings_are_well_formed() {
        let parts = [
            "a",
            "\\n",
            "\\",
            "\\00",
            "\\fF",
            "\\0g",
            "\\u{e9}",
            "\\u{d800}",
            "\n",
            "\u{7f}",
            "\u{e9}",
            "0123456789abcdef",
        ];
        let mut seed = 1u64;
        for _ in 0..20_000 {
            let mut text = "\"".to_string();
            for _ in 0..6 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text += parts[(seed >> 33) as usize % parts.len()];
            }
            text += "\"";
            let (len, end) = string_len(&text.as_bytes()[1..]);
            if len == text.len() - 1 && end != StringEnd::Unterminated {
                let decodes = decode_checked(&text, &mut Vec::new()).is_some();
                assert_eq!(decodes, end != StringEnd::Malformed, "{text}");
            }
        }
        assert_eq!(*decode(r#""\t\n\r\"\'\\\41\u{1_F600}b""#), *"\t\n\r\"'\\A\u{1f600}b".as_bytes());
    }

    #[test]
    fn a_string_has_the_same_end_with_and_without_a_check_of_escapes() {
        for text in
            [r#"a"b"#, r#"\\"b"#, r#"\\\"b"c"#, r#"\u{22}"b"#, r#"\00\zz"b"#, r"\", r#"\u{"}"#, r#"\é\"b\"#]
        {
            assert_eq!(rest_of_string(text.as_bytes()), string_len(text.as_bytes()).0, "{text}");
        }
    }
}
