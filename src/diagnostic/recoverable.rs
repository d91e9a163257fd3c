//! A syntax error with edits that let parsing continue.

use super::edit::{Applicability, Edit};
use super::message::Diagnostic;
use crate::span::Span;

/// An error, and edits that let parsing continue after it.
///
/// The edits are not shown, and errors caused by them are suppressed. If they may be what the author intended, they are
/// also the suggestion.
pub(crate) struct Fault {
    pub(crate) diagnostic: Diagnostic,
    pub(crate) changes: Vec<Edit>,
}

impl Fault {
    /// An error without a way to go on.
    pub(crate) fn new(diagnostic: Diagnostic) -> Fault {
        Fault { diagnostic, changes: Vec::new() }
    }

    /// To go on as if something else stood there.
    pub(crate) fn read_as(mut self, span: Span, text: impl Into<String>) -> Fault {
        self.changes.push(Edit { span, replacement: text.into() });
        self
    }

    /// Suggests changes that are surely meant, and goes on as if they were made.
    pub(crate) fn mended(self, message: impl Into<String>, edits: Vec<Edit>) -> Fault {
        self.suggested(message, edits, Applicability::MachineApplicable)
    }

    /// Suggests changes that may be meant, and goes on as if they were made.
    pub(crate) fn guessed(self, message: impl Into<String>, edits: Vec<Edit>) -> Fault {
        self.suggested(message, edits, Applicability::MaybeIncorrect)
    }

    /// The one or the other.
    pub(crate) fn guessed_if(self, is_guess: bool, message: impl Into<String>, edits: Vec<Edit>) -> Fault {
        if is_guess { self.guessed(message, edits) } else { self.mended(message, edits) }
    }

    fn suggested(self, message: impl Into<String>, edits: Vec<Edit>, how: Applicability) -> Fault {
        Fault { diagnostic: self.diagnostic.with_edits(message, edits.clone(), how), changes: edits }
    }
}
