//! One line for each diagnostic, in the format of gcc, which problem matchers of editors read.

use super::source::Source;
use crate::diagnostic::Diagnostic;
use std::io::{self, Write};

pub(super) fn write(source: &Source<'_>, diagnostic: &Diagnostic, out: &mut dyn Write) -> io::Result<()> {
    let at = source.lines.position(source.text, diagnostic.span.start);
    let Diagnostic { level, code, message, .. } = diagnostic;
    writeln!(out, "{}:{}:{}: {level}: {message} [{code}]", source.shown_name, at.line, at.column)
}
