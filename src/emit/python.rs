//! A constant for Python.

use super::array::{self, Comments};
use super::emitter::Emitter;
use std::io::{self, Write};

const COMMENTS: Comments = Comments { start: "# ", end: "" };

pub(super) fn write(emitter: &Emitter<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    writeln!(out, "# Made from {} by gcwat; do not edit.", emitter.shown_file_name())?;
    writeln!(out, "{} = bytes([", emitter.symbol_in_use())?;
    array::write(emitter, COMMENTS, out)?;
    writeln!(out, "])")
}
