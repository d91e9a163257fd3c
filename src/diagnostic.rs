//! What gcwat has to say about a text: errors and warnings, as data.
//!
//! A [`Diagnostic`] knows its place, its cause and its fix, and nothing of how it will be shown.

pub(crate) mod lints;

pub(crate) mod code;
pub(crate) mod edit;
pub(crate) mod wording;

pub use code::{Code, UnknownCode};
pub(crate) use edit::{Lexeme, LexemeKind, Neighbours, Origin, apply, edit};
pub(crate) use wording::{counted, with_article};

use crate::escape;
use crate::span::{LineIndex, Position, Span};
use std::borrow::Cow;
use std::fmt;

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The text has no meaning, or not a valid one; there is no output.
    Error,
    /// The text has a meaning, but perhaps not the one that was meant.
    Warning,
}

/// One error or warning.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// What kind of mistake it is; stable from version to version.
    pub code: Code,
    /// Error or warning.
    pub level: Level,
    /// One line, without a full stop.
    pub message: String,
    /// The culprit.
    pub span: Span,
    /// What to say at the culprit; may be empty.
    pub label: String,
    /// Other places that have to do with it.
    pub labels: Vec<Label>,
    /// Further lines.
    pub notes: Vec<String>,
    /// What would mend it.
    pub suggestions: Vec<Suggestion>,
}

/// Another place that has to do with a diagnostic, and what it has to do with it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What to say about it.
    pub message: String,
}

/// A change of the text that would mend what a diagnostic complains of.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Suggestion {
    /// What the change does, in the imperative.
    pub message: String,
    /// Stretches and what to put in their place; in order, not overlapping.
    pub edits: Vec<Edit>,
    /// How sure it is.
    pub applicability: Applicability,
}

/// One stretch of text to replace.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edit {
    /// What to replace; may be empty.
    pub span: Span,
    /// The text to put there.
    pub replacement: String,
}

/// How sure a suggestion is; the meaning is that of rustc's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applicability {
    /// It is what was meant; a tool may apply it. It keeps the tokens around it, and with it applied the error is
    /// gone and there is no new one.
    MachineApplicable,
    /// It may be what was meant.
    MaybeIncorrect,
    /// It has gaps for a person to fill.
    HasPlaceholders,
}

impl Suggestion {
    /// Whether it changes the text that it is about; of a large change that is taken for granted.
    pub(crate) fn changes(&self, source: &str) -> bool {
        const MOST: u32 = 4096;
        let (Some(first), Some(last)) = (self.edits.first(), self.edits.last()) else { return false };
        let stretch = first.span.to(last.span);
        if stretch.len() > MOST {
            return true;
        }
        let mut changed = String::new();
        let mut at = stretch.start;
        for edit in &self.edits {
            changed.push_str(source.get(at as usize..edit.span.start as usize).unwrap_or(""));
            changed.push_str(&edit.replacement);
            at = edit.span.end;
        }
        source.get(stretch.range()) != Some(changed.as_str())
    }
}

impl Diagnostic {
    /// An error at a place.
    pub(crate) fn error(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            level: Level::Error,
            message: message.into(),
            span,
            label: String::new(),
            labels: Vec::new(),
            notes: Vec::new(),
            suggestions: Vec::new(),
        }
    }

    /// A warning at a place.
    pub(crate) fn warning(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic { level: Level::Warning, ..Diagnostic::error(code, span, message) }
    }

    /// Adds another place; at each there is one label.
    pub(crate) fn with_place(mut self, span: Span, message: impl Into<String>) -> Diagnostic {
        if self.labels.iter().all(|label| label.span != span) {
            self.labels.push(Label { span, message: message.into() });
        }
        self
    }

    /// Adds a further line.
    pub(crate) fn with_note(mut self, note: impl Into<String>) -> Diagnostic {
        self.notes.push(note.into());
        self
    }

    /// Adds a change that is surely meant.
    pub(crate) fn with_fix(
        mut self,
        message: impl Into<String>,
        span: Span,
        replacement: impl Into<String>,
    ) -> Diagnostic {
        self.suggestions.push(Suggestion {
            message: message.into(),
            edits: vec![Edit { span, replacement: replacement.into() }],
            applicability: Applicability::MachineApplicable,
        });
        self
    }

    /// Adds a change in several places.
    pub(crate) fn with_edits(
        mut self,
        message: impl Into<String>,
        edits: Vec<Edit>,
        applicability: Applicability,
    ) -> Diagnostic {
        self.suggestions.push(Suggestion { message: message.into(), edits, applicability });
        self
    }

    /// Adds a change that may be meant.
    pub(crate) fn with_guess(
        self,
        message: impl Into<String>,
        span: Span,
        replacement: impl Into<String>,
    ) -> Diagnostic {
        let mut diagnostic = self.with_fix(message, span, replacement);
        if let Some(last) = diagnostic.suggestions.last_mut() {
            last.applicability = Applicability::MaybeIncorrect;
        }
        diagnostic
    }

    /// Whether it is an error.
    pub fn is_error(&self) -> bool {
        self.level == Level::Error
    }

    /// The same for a text in front of which `offset` bytes were put.
    pub(crate) fn shifted(mut self, offset: u32) -> Diagnostic {
        self.span = self.span.shifted(offset);
        for label in &mut self.labels {
            label.span = label.span.shifted(offset);
        }
        for edit in self.suggestions.iter_mut().flat_map(|s| &mut s.edits) {
            edit.span = edit.span.shifted(offset);
        }
        self
    }
}

/// All that gcwat has to say about one text, in the order of the text.
///
/// Printed with `{}`, each is a line `line:column: level: message [code]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    items: Vec<(Diagnostic, Position)>,
}

impl Diagnostics {
    /// Puts the diagnostics of `text` into its order and finds their lines.
    pub(crate) fn new(text: &str, items: Vec<Diagnostic>) -> Diagnostics {
        match items.is_empty() {
            true => Diagnostics::default(),
            false => Diagnostics::with_lines(text, &LineIndex::new(text), items),
        }
    }

    /// The same for a text whose lines are known.
    pub(crate) fn with_lines(text: &str, lines: &LineIndex, mut items: Vec<Diagnostic>) -> Diagnostics {
        items.iter_mut().for_each(fit);
        items.sort_by_key(|d| (d.span.start, d.span.end));
        items.dedup();
        let located = |diagnostic: Diagnostic| {
            let position = lines.position(text, diagnostic.span.start);
            (diagnostic, position)
        };
        Diagnostics { items: items.into_iter().map(located).collect() }
    }

    /// The diagnostics, in the order of the text.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Diagnostic> {
        self.items.iter().map(|(diagnostic, _)| diagnostic)
    }

    /// The diagnostics with the line and column at which each begins.
    pub fn with_positions(&self) -> impl ExactSizeIterator<Item = (&Diagnostic, Position)> {
        self.items.iter().map(|(diagnostic, position)| (diagnostic, *position))
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Whether one of them is an error.
    pub fn has_errors(&self) -> bool {
        self.iter().any(Diagnostic::is_error)
    }
}

/// Makes one line of each message of a diagnostic, and no longer one than anybody reads: it may quote the
/// text, and that may be anything.
fn fit(diagnostic: &mut Diagnostic) {
    fit_line(&mut diagnostic.message);
    fit_line(&mut diagnostic.label);
    diagnostic.labels.iter_mut().for_each(|label| fit_line(&mut label.message));
    diagnostic.suggestions.iter_mut().for_each(|suggestion| fit_line(&mut suggestion.message));
    // These may be lists, with a line for each.
    for note in &mut diagnostic.notes {
        replace_if_changed(note, escape::lines);
        fit_length(note);
    }
}

fn fit_line(line: &mut String) {
    if line.contains(char::is_control) {
        *line = line.split(char::is_control).map(str::trim).collect::<Vec<_>>().join(" ");
    }
    replace_if_changed(line, escape::line);
    fit_length(line);
}

fn replace_if_changed(text: &mut String, change: impl Fn(&str) -> Cow<'_, str>) {
    if let Cow::Owned(changed) = change(text) {
        *text = changed;
    }
}

fn fit_length(line: &mut String) {
    const LONGEST: usize = 2000;
    if line.len() > LONGEST {
        let behind = line.split_off(line.floor_char_boundary(LONGEST * 3 / 4));
        line.push_str(" ... ");
        line.push_str(&behind[behind.ceil_char_boundary(behind.len() - LONGEST / 4)..]);
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (diagnostic, position)) in self.items.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            let Position { line, column } = position;
            let Diagnostic { level, message, code, .. } = diagnostic;
            write!(f, "{line}:{column}: {level}: {message} [{code}]")?;
        }
        Ok(())
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Level::Error => "error",
            Level::Warning => "warning",
        })
    }
}

impl std::error::Error for Diagnostics {}
