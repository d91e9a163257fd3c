//! One line for each diagnostic, as gcc writes it and the problem matchers of editors read it.

use super::Source;
use crate::Diagnostic;
use std::io::{self, Write};

pub(super) fn write(source: &Source<'_>, diagnostic: &Diagnostic, out: &mut dyn Write) -> io::Result<()> {
    let at = source.lines.position(source.text, diagnostic.span.start);
    let message = one_line(&diagnostic.message);
    let Diagnostic { level, code, .. } = diagnostic;
    writeln!(out, "{}:{}:{}: {level}: {message} [{code}]", source.name, at.line, at.column)
}

/// A message may quote the text, and that may be anything.
fn one_line(message: &str) -> String {
    message.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
