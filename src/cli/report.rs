//! Diagnostics for people, by codespan-reporting.

use crate::{Diagnostic, Diagnostics, Level, LineIndex, Position, Span};
use codespan_reporting::diagnostic::{Diagnostic as Report, Label};
use codespan_reporting::files::{Error, Files, Location};
use codespan_reporting::term::termcolor::{ColorChoice, StandardStream, WriteColor};
use codespan_reporting::term::{Config, emit_to_write_style};
use std::io::IsTerminal;
use std::ops::Range;

/// How many errors are shown at most.
const MOST_ERRORS: usize = 50;

/// How many bytes of a line are shown before and behind what is wrong in it.
const WINDOW: usize = 200;

/// Prints diagnostics to standard error.
pub(super) fn human(name: &str, text: &[u8], diagnostics: &Diagnostics) {
    if diagnostics.is_empty() {
        return;
    }
    let text = String::from_utf8_lossy(text);
    let color = if std::io::stderr().is_terminal() { ColorChoice::Auto } else { ColorChoice::Never };
    let stream = StandardStream::stderr(color);
    // Without anybody to read, there is nothing to do about it.
    let _ = print(&mut stream.lock(), name, &text, diagnostics);
}

fn print(out: &mut dyn WriteColor, name: &str, text: &str, diagnostics: &Diagnostics) -> Result<(), Error> {
    let lines = LineIndex::new(text);
    let config = Config::default();
    let (mut errors, mut hidden) = (0, 0);
    for diagnostic in diagnostics.iter() {
        errors += usize::from(diagnostic.is_error());
        if errors > MOST_ERRORS {
            hidden += 1;
            continue;
        }
        let file = Shown::new(name, text, &lines, diagnostic);
        emit_to_write_style(out, &config, &file, &file.report(diagnostic))?;
    }
    if hidden > 0 {
        writeln!(out, "... and {hidden} more")?;
    }
    Ok(())
}

/// The text as far as it is shown for one diagnostic: all of it, or, where that has long lines, so
/// much of the one line as is near the culprit.
struct Shown<'a> {
    name: &'a str,
    text: &'a str,
    lines: &'a LineIndex,
    /// What is shown.
    window: Range<usize>,
    /// Where it starts, if it is only a part of a line.
    start: Option<Position>,
}

impl<'a> Shown<'a> {
    fn new(name: &'a str, text: &'a str, lines: &'a LineIndex, diagnostic: &Diagnostic) -> Shown<'a> {
        let whole = Shown { name, text, lines, window: 0..text.len(), start: None };
        let long = |span: Span| {
            let line = lines.line_range(text, span.start);
            line.len() > 2 * WINDOW || span.len() as usize > 2 * WINDOW
        };
        let others = diagnostic.labels.iter().map(|label| label.span);
        if !std::iter::once(diagnostic.span).chain(others).any(long) {
            return whole;
        }
        let line = lines.line_range(text, diagnostic.span.start);
        let at = (diagnostic.span.start as usize).min(text.len());
        let mut start = line.start.max(at.saturating_sub(WINDOW));
        let mut end = line.end.min(at + WINDOW);
        while !text.is_char_boundary(start) {
            start += 1;
        }
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let position = lines.position(text, start as u32);
        Shown { window: start..end.max(start), start: Some(position), ..whole }
    }

    /// Where a span is in what is shown; none if it is not.
    fn visible(&self, span: Span) -> Option<Range<usize>> {
        let Range { start, end } = span.range();
        if start < self.window.start || start > self.window.end {
            return None;
        }
        Some(start - self.window.start..end.min(self.window.end) - self.window.start)
    }

    fn report(&self, diagnostic: &Diagnostic) -> Report<()> {
        let report = match diagnostic.level {
            Level::Error => Report::error(),
            Level::Warning => Report::warning(),
        };
        let mut labels = Vec::new();
        let mut notes = Vec::new();
        if let Some(range) = self.visible(diagnostic.span) {
            labels.push(Label::primary((), range).with_message(&diagnostic.label));
        }
        for label in &diagnostic.labels {
            match self.visible(label.span) {
                Some(range) => labels.push(Label::secondary((), range).with_message(&label.message)),
                None => {
                    let Position { line, column } = self.lines.position(self.text, label.span.start);
                    notes.push(format!("at {line}:{column}: {}", label.message));
                }
            }
        }
        notes.extend(diagnostic.notes.iter().cloned());
        for suggestion in &diagnostic.suggestions {
            notes.push(match &suggestion.edits[..] {
                [edit] if !edit.replacement.is_empty() && !suggestion.message.contains(&edit.replacement) => {
                    format!("help: {}: `{}`", suggestion.message, edit.replacement)
                }
                _ => format!("help: {}", suggestion.message),
            });
        }
        report
            .with_code(diagnostic.code.as_str())
            .with_message(&diagnostic.message)
            .with_labels(labels)
            .with_notes(notes)
    }
}

impl<'a> Files<'a> for Shown<'a> {
    type FileId = ();
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, (): ()) -> Result<&'a str, Error> {
        Ok(self.name)
    }

    fn source(&'a self, (): ()) -> Result<&'a str, Error> {
        Ok(&self.text[self.window.clone()])
    }

    fn line_index(&'a self, (): (), byte: usize) -> Result<usize, Error> {
        match self.start {
            Some(_) => Ok(0),
            None => Ok(self.lines.position(self.text, byte.min(self.text.len()) as u32).line as usize - 1),
        }
    }

    fn line_range(&'a self, (): (), line: usize) -> Result<Range<usize>, Error> {
        match self.start {
            Some(_) => Ok(0..self.window.len()),
            None => Ok(self.lines.nth_range(self.text, line)),
        }
    }

    fn line_number(&'a self, (): (), line: usize) -> Result<usize, Error> {
        Ok(self.start.map_or(line + 1, |start| start.line as usize))
    }

    fn column_number(&'a self, (): (), _line: usize, byte: usize) -> Result<usize, Error> {
        let at = (self.window.start + byte).min(self.text.len());
        Ok(self.lines.position(self.text, at as u32).column as usize)
    }

    fn location(&'a self, (): (), byte: usize) -> Result<Location, Error> {
        let at = (self.window.start + byte).min(self.text.len());
        let Position { line, column } = self.lines.position(self.text, at as u32);
        Ok(Location { line_number: line as usize, column_number: column as usize })
    }
}
