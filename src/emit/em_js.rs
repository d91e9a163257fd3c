//! A C file for Emscripten with a JavaScript function that creates the module.
//!
//! The function throws an exception if the JavaScript engine does not support the module.

use super::array::{self, Comments};
use super::bytes;
use super::emitter::Emitter;
use std::io::{self, Write};

const COMMENTS: Comments = Comments { start: "// ", end: "" };

pub(super) fn write(emitter: &Emitter<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let name = emitter.symbol_in_use();
    writeln!(out, "// Made from {} by gcwat; do not edit.", emitter.shown_file_name())?;
    writeln!(out, "#include <emscripten.h>  // EM_JS\n")?;
    writeln!(out, "// Returns a WebAssembly.Module; for JavaScript only.")?;
    writeln!(out, "EM_JS(void, {name}, (void), {{")?;
    if emitter.annotate {
        writeln!(out, "  return new WebAssembly.Module(new Uint8Array([")?;
        array::write(emitter, COMMENTS, out)?;
        writeln!(out, "  ]));")?;
    } else {
        // Hexadecimal digits are half as long as an array.
        write!(out, "  const hex = \"")?;
        bytes::hex_digits(emitter.bytes(), out)?;
        writeln!(out, "\";")?;
        writeln!(out, "  const bytes = new Uint8Array(hex.length / 2);")?;
        writeln!(out, "  for (let i = 0; i < bytes.length; i++) {{")?;
        writeln!(out, "    bytes[i] = parseInt(hex.substr(2 * i, 2), 16);")?;
        writeln!(out, "  }}")?;
        writeln!(out, "  return new WebAssembly.Module(bytes);")?;
    }
    writeln!(out, "}});")
}
