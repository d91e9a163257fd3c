//! Formats without source code: the binary, and its bytes as text on one line.

use super::emitter::Emitter;
use data_encoding::{BASE64, HEXLOWER};
use std::io::{self, Write};

/// The number of bytes that are encoded at once. A multiple of three, so that base 64 has no padding inside.
const CHUNK: usize = 3 << 13;

pub(super) fn wasm(emitter: &Emitter<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    out.write_all(emitter.bytes())
}

/// Writes an object. A module is an error, since a linker would reject it.
pub(super) fn object(emitter: &Emitter<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    if !emitter.is_object() {
        let message = "the text was not assembled as an object; see `Assembler::object`";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    }
    wasm(emitter, out)
}

pub(super) fn hex(emitter: &Emitter<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    hex_digits(emitter.bytes(), out)?;
    out.write_all(b"\n")
}

pub(super) fn hex_digits(bytes: &[u8], out: &mut (dyn Write + Send)) -> io::Result<()> {
    bytes.chunks(CHUNK).try_for_each(|chunk| out.write_all(HEXLOWER.encode(chunk).as_bytes()))
}

pub(super) fn base64(emitter: &Emitter<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let mut chunks = emitter.bytes().chunks(CHUNK);
    chunks.try_for_each(|chunk| out.write_all(BASE64.encode(chunk).as_bytes()))?;
    out.write_all(b"\n")
}

/// Writes an array of numbers.
pub(super) fn json(emitter: &Emitter<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let mut text = Vec::new();
    let mut separator = "";
    out.write_all(b"[")?;
    for chunk in emitter.bytes().chunks(CHUNK) {
        text.clear();
        for byte in chunk {
            write!(text, "{separator}{byte}")?;
            separator = ",";
        }
        out.write_all(&text)?;
    }
    out.write_all(b"]\n")
}

#[cfg(test)]
mod tests {
    use crate::Assembler;
    use crate::emit::{Emitter, Format};

    #[test]
    fn a_module_without_bytes_is_an_empty_array() {
        let text = r#"(module binary "")"#;
        let assembled = Assembler::new().validate(false).assemble(text).unwrap();
        let written = |format| Emitter::new(text, &assembled).to_vec(format).unwrap();
        assert_eq!(written(Format::Json), b"[]\n");
        assert_eq!(written(Format::Hex), b"\n");
        assert_eq!(written(Format::Base64), b"\n");
    }
}
