//! Workflow commands of GitHub Actions, which annotate the lines of a pull request.

use super::edits;
use super::source::Source;
use crate::diagnostic::Diagnostic;
use crate::escape;
use std::io::{self, Write};

pub(super) fn write(source: &Source<'_>, diagnostic: &Diagnostic, out: &mut dyn Write) -> io::Result<()> {
    let start = source.lines.position(source.text, diagnostic.span.start);
    let end = source.lines.position(source.text, diagnostic.span.end);
    write!(out, "::{} file={},line={}", diagnostic.level, property(source.name), start.line)?;
    // The runner ignores columns unless the annotation is on a single line.
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

/// Writes a note about all diagnostics.
pub(super) fn write_note(source: &Source<'_>, note: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "::notice file={}::{}", property(source.name), data(note))
}

/// Escapes the message of a command.
fn data(text: &str) -> String {
    escape::lines(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
