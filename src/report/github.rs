//! Workflow commands of GitHub Actions, which make annotations at the lines of a change.

use super::edits;
use super::source::Source;
use crate::diagnostic::Diagnostic;
use crate::escape;
use std::io::{self, Write};

pub(super) fn write(source: &Source<'_>, diagnostic: &Diagnostic, out: &mut dyn Write) -> io::Result<()> {
    let start = source.lines.position(source.text, diagnostic.span.start);
    let end = source.lines.position(source.text, diagnostic.span.end);
    write!(out, "::{} file={},line={}", diagnostic.level, property(source.name), start.line)?;
    // Columns go with a single line only; the runner drops them otherwise.
    if start.line == end.line {
        write!(out, ",col={},endLine={},endColumn={}", start.column, end.line, end.column)?;
    } else {
        write!(out, ",endLine={}", end.line)?;
    }
    let mut message = diagnostic.message.clone();
    for note in &diagnostic.notes {
        message.push('\n');
        message.push_str(note);
    }
    for suggestion in &diagnostic.suggestions {
        message.push_str("\nhelp: ");
        message.push_str(&edits::in_words(source, suggestion));
    }
    writeln!(out, ",title={}::{}", diagnostic.code, data(&message))
}

/// What is said of the diagnostics as a whole.
pub(super) fn write_remark(source: &Source<'_>, remark: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "::notice file={}::{}", property(source.name), data(remark))
}

/// The message of a command.
fn data(text: &str) -> String {
    escape::lines(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
