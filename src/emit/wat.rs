//! The standard text format, printed from the binary with the names in its name section.

use super::emitter::Emitter;
use crate::disassemble::print;
use std::io::{self, Write};

pub(super) fn write(emitter: &Emitter<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    out.write_all(print(emitter.bytes()).map_err(io::Error::other)?.as_bytes())
}
