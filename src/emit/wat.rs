//! The text format, in its standard form: made from the bytes, with the names they have.

use super::Emitter;
use std::io::{self, Write};

pub(super) fn write(emitter: &Emitter<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    out.write_all(print(emitter.bytes()).map_err(io::Error::other)?.as_bytes())
}

/// The text of a binary.
pub(crate) fn print(bytes: &[u8]) -> Result<String, String> {
    let mut text = String::new();
    let printed = wasmprinter::Config::new().print(bytes, &mut wasmprinter::PrintFmtWrite(&mut text));
    match printed {
        Ok(()) => Ok(text),
        // The chain of causes has it all.
        Err(error) => Err(format!("{error:#}")),
    }
}
