//! Diagnostics for people, by codespan-reporting.

use super::edits;
use super::source::Source;
use crate::diagnostic::{Diagnostic, Level, counted};
use crate::span::{Position, Span};
use anstyle::{AnsiColor, Style};
use codespan_reporting::diagnostic::{Diagnostic as Shown, Label, LabelStyle, Severity};
use codespan_reporting::files::{Error, Files, Location};
use codespan_reporting::term::{Config, WriteStyle, emit_to_write_style};
use std::io::{self, Write};
use std::ops::Range;

/// The number of bytes of a long line that are shown before and after the label.
const WINDOW: usize = 200;

/// The maximum number of lines of a label. A longer label is at its first line only.
const MOST_LINES: u32 = 6;

pub(super) fn write(
    source: &Source<'_>,
    diagnostic: &Diagnostic,
    color: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let excerpt = Excerpt::new(source, diagnostic);
    let shown = excerpt.shown(diagnostic);
    match emit_to_write_style(&mut Styled { out, color }, &Config::default(), &excerpt, &shown) {
        Ok(()) => Ok(()),
        Err(Error::Io(error)) => Err(error),
        Err(error) => Err(io::Error::other(error)),
    }
}

/// Writes how many errors and warnings there are, and the command that explains the first of their codes.
pub(super) fn write_summary(
    source: &Source<'_>,
    diagnostics: &[&Diagnostic],
    out: &mut dyn Write,
) -> io::Result<()> {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let warnings = diagnostics.len() - errors;
    let Some(first) = diagnostics.iter().min_by_key(|diagnostic| !diagnostic.is_error()) else {
        return Ok(());
    };
    let counts: Vec<String> = [(errors, "error"), (warnings, "warning")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| counted(count as u64, what))
        .collect();
    let what = match (errors, warnings) {
        (1, _) => "this error",
        (0, 1) => "this warning",
        (0, _) => "a warning",
        _ => "an error",
    };
    writeln!(out, "{}: {}", source.shown_name, counts.join(", "))?;
    writeln!(out, "for more information about {what}, try `gcwat explain {}`", first.code.as_str())
}

/// The part of the text that is shown for one diagnostic. Each long line is cut to a window around its most important
/// label.
struct Excerpt<'a> {
    source: &'a Source<'a>,
    /// The windows of long lines, with line numbers counted from 0.
    windows: Vec<(usize, Range<usize>)>,
}

impl<'a> Excerpt<'a> {
    fn new(source: &'a Source<'a>, diagnostic: &Diagnostic) -> Excerpt<'a> {
        let mut excerpt = Excerpt { source, windows: Vec::new() };
        let labels = diagnostic.labels.iter().map(|label| label.span);
        for span in std::iter::once(diagnostic.span).chain(labels) {
            excerpt.open_window(span.start as usize, span.end as usize);
            excerpt.open_window(span.end as usize, span.end as usize);
        }
        excerpt
    }

    /// Opens a window on the line at `start`, if the line is long and has no window yet.
    fn open_window(&mut self, start: usize, end: usize) {
        let text = self.source.text;
        let line = self.line_of(start);
        let whole = self.source.lines.nth_range(text, line);
        if whole.len() <= 2 * WINDOW || self.windows.iter().any(|(other, _)| *other == line) {
            return;
        }
        let end = end.min(start + WINDOW);
        let mut window = whole.start.max(start.saturating_sub(WINDOW))..whole.end.min(end + WINDOW);
        while !text.is_char_boundary(window.start) {
            window.start += 1;
        }
        while !text.is_char_boundary(window.end) {
            window.end -= 1;
        }
        self.windows.push((line, window));
    }

    /// Returns the line of a byte, counted from 0.
    fn line_of(&self, at: usize) -> usize {
        self.source.lines.position(self.source.text, at as u32).line as usize - 1
    }

    /// Returns the range of a line that is shown.
    fn window(&self, line: usize) -> Range<usize> {
        match self.windows.iter().find(|(other, _)| *other == line) {
            Some((_, window)) => window.clone(),
            None => self.source.lines.nth_range(self.source.text, line),
        }
    }

    /// Returns the part of a span that can have a label. Returns `None` if its start is not shown.
    fn visible(&self, span: Span) -> Option<Range<usize>> {
        let text = self.source.text;
        let Range { start, end } = span.range();
        let (start, mut end) = (start.min(text.len()), end.min(text.len()));
        let (first, mut last) = (self.line_of(start), self.line_of(end));
        let window = self.window(first);
        if start < window.start || start > window.end {
            return None;
        }
        // A span that ends with a line does not extend into the next line.
        if last > first && self.source.lines.nth_range(text, last).start == end {
            (last, end) = (last - 1, end - 1);
        }
        if last - first >= MOST_LINES as usize {
            last = first;
        }
        let window = self.window(last);
        Some(start..end.clamp(window.start.max(start), window.end))
    }

    fn shown(&self, diagnostic: &Diagnostic) -> Shown<()> {
        let shown = match diagnostic.level {
            Level::Error => Shown::error(),
            Level::Warning => Shown::warning(),
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
                    let Position { line, column } =
                        self.source.lines.position(self.source.text, label.span.start);
                    notes.push(format!("at {line}:{column}: {}", label.message));
                }
            }
        }
        notes.extend(diagnostic.notes.iter().cloned());
        let helps = diagnostic.suggestions.iter();
        notes.extend(helps.map(|help| format!("help: {}", edits::with_lines(self.source, help))));
        shown
            .with_code(diagnostic.code.as_str())
            .with_message(&diagnostic.message)
            .with_labels(labels)
            .with_notes(notes)
    }
}

impl<'a> Files<'a> for Excerpt<'a> {
    type FileId = ();
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, (): ()) -> Result<&'a str, Error> {
        Ok(&self.source.shown_name)
    }

    fn source(&'a self, (): ()) -> Result<&'a str, Error> {
        Ok(&self.source.shown)
    }

    fn line_index(&'a self, (): (), byte: usize) -> Result<usize, Error> {
        Ok(self.line_of(byte))
    }

    fn line_range(&'a self, (): (), line: usize) -> Result<Range<usize>, Error> {
        Ok(self.window(line))
    }

    fn location(&'a self, (): (), byte: usize) -> Result<Location, Error> {
        let Position { line, column } = self.source.lines.position(self.source.text, byte as u32);
        Ok(Location { line_number: line as usize, column_number: column as usize })
    }
}

/// Writes styles as ANSI escapes if colours are enabled.
struct Styled<'w> {
    out: &'w mut dyn Write,
    color: bool,
}

impl Styled<'_> {
    fn set(&mut self, style: Style) -> io::Result<()> {
        match self.color {
            true => write!(self.out, "{style}"),
            false => Ok(()),
        }
    }
}

/// Returns the style of a severity.
fn of_severity(severity: Severity) -> Style {
    let color = match severity {
        Severity::Warning => AnsiColor::BrightYellow,
        _ => AnsiColor::BrightRed,
    };
    color.on_default().bold()
}

/// The style of line numbers and borders.
const FRAME: Style = AnsiColor::BrightBlue.on_default().bold();

impl Write for Styled<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl WriteStyle for Styled<'_> {
    fn set_header(&mut self, severity: Severity) -> io::Result<()> {
        self.set(of_severity(severity))
    }

    fn set_header_message(&mut self) -> io::Result<()> {
        self.reset()?;
        self.set(Style::new().bold())
    }

    fn set_line_number(&mut self) -> io::Result<()> {
        self.set(FRAME)
    }

    fn set_note_bullet(&mut self) -> io::Result<()> {
        self.set(FRAME)
    }

    fn set_source_border(&mut self) -> io::Result<()> {
        self.set(FRAME)
    }

    fn set_label(&mut self, severity: Severity, style: LabelStyle) -> io::Result<()> {
        self.set(match style {
            LabelStyle::Primary => of_severity(severity),
            LabelStyle::Secondary => FRAME,
        })
    }

    fn reset(&mut self) -> io::Result<()> {
        match self.color {
            true => write!(self.out, "{}", anstyle::Reset),
            false => Ok(()),
        }
    }
}
