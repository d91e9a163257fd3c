//! Writes strings of the text format.

use std::fmt::Write as _;

/// Writes bytes as a string of the text format. Only printable ASCII characters are not escaped.
pub(super) fn quoted(bytes: &[u8]) -> String {
    let mut out = String::from("\"");
    bytes.iter().for_each(|byte| push_byte(*byte, &mut out));
    out.push('"');
    out
}

/// Writes a byte in a string of the text format.
pub(super) fn push_byte(byte: u8, out: &mut String) {
    match byte {
        b'"' | b'\\' => out.extend(['\\', char::from(byte)]),
        b' '..=b'~' => out.push(char::from(byte)),
        _ => _ = write!(out, "\\{byte:02x}"),
    }
}
