//! Writes JSON without unsafe characters. Strings have escapes instead, so that their values are the same.

use super::is_unsafe;
use serde_json::Value;
use std::io::{self, Write};

/// Writes a value.
pub(crate) fn write(value: &Value, out: impl Write) -> io::Result<()> {
    Ok(serde_json::to_writer(Escaping(out), value)?)
}

/// Returns a value as JSON.
#[cfg_attr(not(feature = "emit"), allow(dead_code, reason = "only scripts need it as a string"))]
pub(crate) fn to_string(value: &Value) -> String {
    let mut out = Vec::new();
    // Writing to memory does not fail.
    let _ = write(value, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// Writes JSON with escapes. Characters outside ASCII are in strings only, and serde_json does not split them.
struct Escaping<W>(W);

impl<W: Write> Write for Escaping<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut rest =
            str::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        while let Some((at, c)) = next_unsafe(rest) {
            self.0.write_all(&rest.as_bytes()[..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(self.0, "\\u{unit:04x}")?;
            }
            rest = &rest[at + c.len_utf8()..];
        }
        self.0.write_all(rest.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn next_unsafe(text: &str) -> Option<(usize, char)> {
    // serde_json escapes the control characters of ASCII.
    let start = text.bytes().position(|byte| byte >= 0x7f)?;
    let (at, c) = text[start..].char_indices().find(|(_, c)| is_unsafe(*c))?;
    Some((start + at, c))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    #[test]
    fn strings_are_escaped_and_stay_the_same() {
        let value = json!({"\u{202e}": ["a\u{7f}\u{2028}b\"\n", "\u{e0041}\u{e9}", ""]});
        let text = crate::escape::json::to_string(&value);
        assert_eq!(text, r#"{"\u202e":["a\u007f\u2028b\"\n","\udb40\udc41é",""]}"#);
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}
