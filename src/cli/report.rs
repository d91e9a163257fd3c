//! Diagnostics for people, by codespan-reporting.

use crate::{Diagnostic, Diagnostics, Level};
use codespan_reporting::diagnostic::{Diagnostic as Report, Label};
use codespan_reporting::files::SimpleFile;
use codespan_reporting::term::termcolor::{ColorChoice, StandardStream};
use codespan_reporting::term::{Config, emit_to_write_style};
use std::io::IsTerminal;

/// Prints diagnostics to standard error.
pub(super) fn human(name: &str, text: &[u8], diagnostics: &Diagnostics) {
    if diagnostics.is_empty() {
        return;
    }
    let text = String::from_utf8_lossy(text);
    let color = if std::io::stderr().is_terminal() { ColorChoice::Auto } else { ColorChoice::Never };
    let stream = StandardStream::stderr(color);
    let file = SimpleFile::new(name, &text);
    let config = Config::default();
    for diagnostic in diagnostics.iter() {
        if emit_to_write_style(&mut stream.lock(), &config, &file, &report(diagnostic)).is_err() {
            return;
        }
    }
}

fn report(diagnostic: &Diagnostic) -> Report<()> {
    let report = match diagnostic.level {
        Level::Error => Report::error(),
        Level::Warning => Report::warning(),
    };
    let mut labels = vec![Label::primary((), diagnostic.span.range()).with_message(&diagnostic.label)];
    let others = diagnostic.labels.iter();
    labels.extend(others.map(|label| Label::secondary((), label.span.range()).with_message(&label.message)));
    let mut notes = diagnostic.notes.clone();
    for suggestion in &diagnostic.suggestions {
        match &suggestion.edits[..] {
            [edit] if !edit.replacement.is_empty() => {
                notes.push(format!("help: {}: `{}`", suggestion.message, edit.replacement));
            }
            _ => notes.push(format!("help: {}", suggestion.message)),
        }
    }
    report
        .with_code(diagnostic.code.as_str())
        .with_message(&diagnostic.message)
        .with_labels(labels)
        .with_notes(notes)
}
