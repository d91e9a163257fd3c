//! A module for JavaScript, and its declarations for TypeScript.

use super::array::{self, Comments};
use super::emitter::Emitter;
use std::io::{self, Write};

const COMMENTS: Comments = Comments { start: "// ", end: "" };

pub(super) fn write(emitter: &Emitter<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    writeln!(out, "// Made from {} by gcwat; do not edit.", emitter.shown_file_name())?;
    writeln!(out, "export default new Uint8Array([")?;
    array::write(emitter, COMMENTS, out)?;
    writeln!(out, "]);")
}

/// Writes the declarations for TypeScript.
pub(super) fn declarations(emitter: &Emitter<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let name = emitter.symbol_in_use();
    writeln!(out, "// Made from {} by gcwat; do not edit.", emitter.shown_file_name())?;
    writeln!(out, "declare const {name}: Uint8Array<ArrayBuffer>;\nexport default {name};")
}
