//! A header for C and C++.

use super::array::{self, Comments};
use super::emitter::Emitter;
use std::io::{self, Write};

/// The comments of C89.
const COMMENTS: Comments = Comments { start: "/* ", end: " */" };

pub(super) fn write(emitter: &Emitter<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let name = emitter.symbol_in_use();
    let guard = format!("{}_H", name.to_ascii_uppercase());
    let len = emitter.bytes().len();
    writeln!(out, "/* Made from {} by gcwat; do not edit. */", emitter.shown_file_name())?;
    writeln!(out, "#ifndef {guard}\n#define {guard}\n")?;
    writeln!(out, "static const unsigned char {name}[] = {{")?;
    array::write(emitter, COMMENTS, out)?;
    writeln!(out, "}};\nstatic const unsigned int {name}_len = {len};\n\n#endif")
}
