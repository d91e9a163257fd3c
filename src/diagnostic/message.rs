//! One error or warning.

use super::code::Code;
use super::edit::{Applicability, Edit, Suggestion};
use crate::span::Span;
use std::fmt;

/// The severity of a diagnostic.
///
/// ```
/// use gcwat::Level;
///
/// assert_eq!(Level::Warning.to_string(), "warning");
/// assert!(Level::Error < Level::Warning);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Level {
    /// The text is malformed or the module is invalid. There is no output.
    Error,
    /// The module is assembled, but may not be what the author intended.
    Warning,
}

/// One error or warning.
///
/// `{}` prints `level: message [code]`. The position is not included, since it depends on the text;
/// [`Diagnostics::with_positions`](crate::Diagnostics::with_positions) has it.
///
/// ```
/// let text = "(module (func call $f))";
/// let diagnostics = gcwat::check(text);
/// let diagnostic = diagnostics.iter().next().unwrap();
/// assert_eq!(diagnostic.to_string(), "error: unknown function `$f` [E0301]");
/// assert_eq!(&text[diagnostic.span.range()], "$f");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Diagnostic {
    /// The kind of the error or warning. Codes are stable across versions.
    pub code: Code,
    /// The severity.
    pub level: Level,
    /// The message: one line without a full stop.
    pub message: String,
    /// The offending source text.
    pub span: Span,
    /// The label of `span`. May be empty.
    pub label: String,
    /// Labels of related locations.
    pub labels: Vec<Label>,
    /// Notes, each on one or more lines.
    pub notes: Vec<String>,
    /// Suggested fixes.
    pub suggestions: Vec<Suggestion>,
    /// Whether the cause is within the function, so that the same message about another function has another cause.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) is_of_function: bool,
}

/// A location that is related to a diagnostic.
///
/// ```
/// let text = "(func $f) (func $f)";
/// let diagnostics = gcwat::check(text);
/// let label = &diagnostics.as_slice()[0].labels[0];
/// assert_eq!(label.span.range(), 6..8);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Label {
    /// The location.
    pub span: Span,
    /// How the location is related.
    pub message: String,
}

impl Diagnostic {
    /// Creates an error.
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
            is_of_function: false,
        }
    }

    /// Creates a warning.
    pub(crate) fn warning(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic { level: Level::Warning, ..Diagnostic::error(code, span, message) }
    }

    /// Adds a label, unless the location has a label already.
    pub(crate) fn with_label(mut self, span: Span, message: impl Into<String>) -> Diagnostic {
        if self.labels.iter().all(|label| label.span != span) {
            self.labels.push(Label { span, message: message.into() });
        }
        self
    }

    /// Adds a note.
    pub(crate) fn with_note(mut self, note: impl Into<String>) -> Diagnostic {
        self.notes.push(note.into());
        self
    }

    /// Adds a machine-applicable suggestion.
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

    /// Adds a suggestion with several edits.
    pub(crate) fn with_edits(
        mut self,
        message: impl Into<String>,
        edits: Vec<Edit>,
        applicability: Applicability,
    ) -> Diagnostic {
        self.suggestions.push(Suggestion { message: message.into(), edits, applicability });
        self
    }

    /// Adds a suggestion that may be incorrect.
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

    /// Whether the level is [`Level::Error`].
    pub fn is_error(&self) -> bool {
        self.level == Level::Error
    }

    /// Moves all locations by `offset` bytes, for a text that is a part of another text.
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

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Diagnostic { level, message, code, .. } = self;
        write!(f, "{level}: {message} [{code}]")
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
