//! The levels of warnings: which are errors, and which are suppressed.

use super::code::{Code, Lint};
use super::message::{Diagnostic, Level};

/// The settings for warnings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lints {
    /// Codes that have a setting, each with whether it is an error; otherwise it is suppressed.
    settings: Vec<(Code, bool)>,
    /// Whether all other warnings are errors.
    pub(crate) deny_warnings: bool,
}

impl Lints {
    pub(crate) fn set(&mut self, lint: Lint, is_error: bool) {
        let code = lint.code();
        self.settings.retain(|(other, _)| *other != code);
        self.settings.push((code, is_error));
    }

    /// Applies the settings to diagnostics.
    pub(crate) fn apply(&self, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        if self.settings.is_empty() && !self.deny_warnings {
            return diagnostics;
        }
        let setting =
            |code| self.settings.iter().find(|(other, _)| *other == code).map(|(_, is_error)| *is_error);
        diagnostics.retain_mut(|diagnostic| {
            if diagnostic.is_error() {
                return true;
            }
            match setting(diagnostic.code) {
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
