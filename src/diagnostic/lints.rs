//! Which warnings count as errors and which are left out.

use super::code::Code;
use super::message::{Diagnostic, Level};

/// What becomes of warnings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lints {
    /// Codes with what was said last of each: whether it is an error.
    said: Vec<(Code, bool)>,
    /// Whether the others are errors.
    pub(crate) deny_warnings: bool,
}

impl Lints {
    pub(crate) fn set(&mut self, code: Code, is_error: bool) {
        self.said.retain(|(other, _)| *other != code);
        self.said.push((code, is_error));
    }

    /// The diagnostics as they count.
    pub(crate) fn apply(&self, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        if self.said.is_empty() && !self.deny_warnings {
            return diagnostics;
        }
        let said = |code| self.said.iter().find(|(other, _)| *other == code).map(|(_, is_error)| *is_error);
        diagnostics.retain_mut(|diagnostic| {
            if diagnostic.is_error() {
                return true;
            }
            match said(diagnostic.code) {
                Some(false) => return false,
                Some(true) => diagnostic.level = Level::Error,
                None if self.deny_warnings => diagnostic.level = Level::Error,
                None => {}
            }
            true
        });
        diagnostics
    }
}
