//! The levels of warnings: which are reported, which are errors, and which are suppressed.

use super::code::{Code, Lint};
use super::group::{WarningGroup, Warnings};
use super::message::{Diagnostic, Level};

/// A setting for warnings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Setting {
    /// The warnings are not reported.
    Allow,
    /// The warnings are reported.
    Warn,
    /// The warnings are errors.
    Deny,
}

/// The settings for warnings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lints {
    /// The settings, in the order in which they were made.
    settings: Vec<(Warnings, Setting)>,
    /// Whether all warnings that are reported are errors.
    pub(crate) deny_warnings: bool,
}

/// A set of codes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct CodeSet([u64; 4]);

impl CodeSet {
    pub(crate) fn insert(&mut self, code: Code) {
        self.0[code as usize / 64 % 4] |= 1 << (code as usize % 64);
    }

    pub(crate) fn remove(&mut self, code: Code) {
        self.0[code as usize / 64 % 4] &= !(1 << (code as usize % 64));
    }

    #[inline]
    pub(crate) const fn has(self, code: Code) -> bool {
        self.0[code as usize / 64 % 4] >> (code as usize % 64) & 1 != 0
    }

    /// Whether any code of a group is in the set.
    pub(crate) fn has_any(self, codes: &[Code]) -> bool {
        codes.iter().any(|&code| self.has(code))
    }
}

/// The size of the largest text that is assumed to be written by hand, in bytes.
const LARGEST_BY_HAND: usize = 256 << 10;

impl Lints {
    pub(crate) fn set(&mut self, warnings: Warnings, setting: Setting) {
        self.settings.retain(|(other, _)| *other != warnings);
        self.settings.push((warnings, setting));
    }

    /// Returns the setting of a code: that of the smallest set, and of equal sets the last.
    fn setting(&self, lint: Lint) -> Option<Setting> {
        let own = self.settings.iter().filter(|(warnings, _)| warnings.contains(lint));
        own.max_by_key(|(warnings, _)| warnings.precedence()).map(|(_, setting)| *setting)
    }

    /// Returns the warnings that are looked for in a text of `len` bytes. A large text is the output of a program: by
    /// default, nothing is looked for.
    pub(crate) fn enabled(&self, len: usize) -> CodeSet {
        let mut set = CodeSet::default();
        for &lint in Lint::ALL {
            let is_on = match self.setting(lint) {
                None => len <= LARGEST_BY_HAND && WarningGroup::Default.contains(lint),
                Some(setting) => setting != Setting::Allow,
            };
            if is_on {
                set.insert(lint.code());
            }
        }
        set
    }

    /// Applies the settings to diagnostics.
    pub(crate) fn apply(&self, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        if self.settings.is_empty() && !self.deny_warnings {
            return diagnostics;
        }
        diagnostics.retain_mut(|diagnostic| {
            if diagnostic.is_error() {
                return true;
            }
            match diagnostic.code.lint().and_then(|lint| self.setting(lint)) {
                Some(Setting::Allow) => return false,
                Some(Setting::Deny) => diagnostic.level = Level::Error,
                _ if self.deny_warnings => diagnostic.level = Level::Error,
                _ => {}
            }
            true
        });
        diagnostics
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_precedence_over_a_group_and_a_small_group_over_a_large_one() {
        let mut lints = Lints::default();
        lints.set(Lint::UnusedLocal.into(), Setting::Allow);
        lints.set(WarningGroup::Unused.into(), Setting::Deny);
        lints.set(WarningGroup::All.into(), Setting::Warn);
        assert_eq!(lints.setting(Lint::UnusedLocal), Some(Setting::Allow));
        assert_eq!(lints.setting(Lint::UnusedType), Some(Setting::Deny));
        assert_eq!(lints.setting(Lint::ShiftCount), Some(Setting::Warn));
        lints.set(Lint::UnusedLocal.into(), Setting::Warn);
        assert!(lints.enabled(0).has(Code::UnusedLocal));
    }

    #[test]
    fn the_default_warnings_are_enabled() {
        let enabled = Lints::default().enabled(0);
        assert!(enabled.has(Code::UnreachableCode) && !enabled.has(Code::UnusedLocal));
    }
}
