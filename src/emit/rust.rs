//! A constant for Rust.

use super::array::{self, Comments};
use super::emitter::Emitter;
use std::io::{self, Write};

const COMMENTS: Comments = Comments { start: "// ", end: "" };

pub(super) fn write(emitter: &Emitter<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let name = emitter.symbol_in_use();
    writeln!(out, "// Made from {} by gcwat; do not edit.", emitter.shown_file_name())?;
    if name.bytes().any(|byte| byte.is_ascii_lowercase()) {
        writeln!(out, "#[allow(non_upper_case_globals)]")?;
    }
    writeln!(out, "#[rustfmt::skip]\npub const {name}: [u8; {}] = [", emitter.bytes().len())?;
    array::write(emitter, COMMENTS, out)?;
    writeln!(out, "];")
}
