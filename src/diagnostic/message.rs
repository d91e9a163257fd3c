//! One error or warning.

use super::code::Code;
use super::edit::{Applicability, Edit, Suggestion};
use crate::span::Span;
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

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Level::Error => "error",
            Level::Warning => "warning",
        })
    }
}
