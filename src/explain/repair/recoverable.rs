//! An error together with the edits that let the analysis continue.

use crate::diagnostic::{Applicability, Diagnostic, Edit};
use crate::span::Span;

/// An error, and the edits after which the text around it can be analyzed.
///
/// The edits need not be what was meant. They are not shown, and errors that they cause are suppressed. If they may
/// be what was meant, they are the suggestion, too.
pub(crate) struct Recoverable {
    pub(crate) diagnostic: Diagnostic,
    pub(crate) edits: Vec<Edit>,
}

impl Recoverable {
    /// Creates an error without edits.
    pub(crate) fn new(diagnostic: Diagnostic) -> Recoverable {
        Recoverable { diagnostic, edits: Vec::new() }
    }

    /// Continues as if `text` replaced the text in `span`. Suggests nothing.
    pub(crate) fn read_as(mut self, span: Span, text: impl Into<String>) -> Recoverable {
        self.edits.push(Edit { span, replacement: text.into() });
        self
    }

    /// Suggests machine-applicable edits, and continues as if they were made.
    pub(crate) fn with_fix(self, message: impl Into<String>, edits: Vec<Edit>) -> Recoverable {
        self.with_suggestion(message, edits, Applicability::MachineApplicable)
    }

    /// Suggests edits that may be incorrect, and continues as if they were made.
    pub(crate) fn with_guess(self, message: impl Into<String>, edits: Vec<Edit>) -> Recoverable {
        self.with_suggestion(message, edits, Applicability::MaybeIncorrect)
    }

    /// Suggests edits that are machine-applicable unless `is_guess`, and continues as if they were made.
    pub(crate) fn with_guess_if(
        self,
        is_guess: bool,
        message: impl Into<String>,
        edits: Vec<Edit>,
    ) -> Recoverable {
        if is_guess { self.with_guess(message, edits) } else { self.with_fix(message, edits) }
    }

    /// Adds a note.
    pub(crate) fn with_note(self, note: impl Into<String>) -> Recoverable {
        Recoverable { diagnostic: self.diagnostic.with_note(note), ..self }
    }

    /// Adds the label of another location.
    pub(crate) fn with_label(self, span: Span, message: impl Into<String>) -> Recoverable {
        Recoverable { diagnostic: self.diagnostic.with_label(span, message), ..self }
    }

    fn with_suggestion(
        self,
        message: impl Into<String>,
        edits: Vec<Edit>,
        applicability: Applicability,
    ) -> Recoverable {
        Recoverable { diagnostic: self.diagnostic.with_edits(message, edits.clone(), applicability), edits }
    }
}
