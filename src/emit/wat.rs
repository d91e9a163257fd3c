//! The text format, in its standard form: made from the bytes, with the names they have.

use super::emitter::Emitter;
use crate::disassemble::print;
use std::io::{self, Write};

pub(super) fn write(emitter: &Emitter<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    out.write_all(print(emitter.bytes()).map_err(io::Error::other)?.as_bytes())
}
