//! Groups of warnings.

use super::code::{Code, UnknownCode};
use crate::similar::nearest;
use std::fmt;
use std::str::FromStr;

/// A group of warnings.
///
/// ```
/// use gcwat::{Code, WarningGroup};
///
/// assert!(WarningGroup::Default.contains(Code::UnreachableCode));
/// assert!(WarningGroup::Unused.contains(Code::UnusedLocal));
/// assert!(!WarningGroup::Default.contains(Code::UnusedLocal));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WarningGroup {
    /// All warnings.
    All,
    /// The warnings that are on by default.
    Default,
    /// Definitions, values and code without an effect.
    Unused,
    /// Text that is valid but probably a mistake.
    Suspicious,
}

impl WarningGroup {
    /// The groups, the largest first.
    pub const ALL: [WarningGroup; 4] =
        [WarningGroup::All, WarningGroup::Default, WarningGroup::Unused, WarningGroup::Suspicious];

    /// Returns the name of the group.
    pub const fn as_str(self) -> &'static str {
        match self {
            WarningGroup::All => "all",
            WarningGroup::Default => "default",
            WarningGroup::Unused => "unused",
            WarningGroup::Suspicious => "suspicious",
        }
    }

    /// Whether a warning belongs to the group. A code of an error belongs to no group.
    pub const fn contains(self, code: Code) -> bool {
        use Code::*;
        if !code.is_warning() {
            return false;
        }
        let is_on_request = matches!(
            code,
            UnusedFunction
                | UnusedType
                | UnusedImport
                | UnusedLocal
                | UnusedLabel
                | UnusedParameter
                | UnusedDefinition
        );
        match self {
            WarningGroup::All => true,
            WarningGroup::Default => !is_on_request,
            WarningGroup::Unused => {
                is_on_request || matches!(code, UnreachableCode | UnusedValue | UnreadLocal)
            }
            WarningGroup::Suspicious => matches!(
                code,
                LabelNamedAsType
                    | BidirectionalText
                    | UnreachableCode
                    | UnusedValue
                    | UnsetLocal
                    | UnreadLocal
                    | KnownCast
                    | ConstantCondition
                    | ShiftCount
                    | TruncatedLiteral
                    | SegmentBeyondEnd
                    | DivisionByZero
                    | InfiniteRecursion
                    | UninhabitableType
                    | ShadowedLabel
                    | SegmentNamedAsTarget
                    | SimilarNames
            ),
        }
    }
}

impl fmt::Display for WarningGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One warning, or a group of warnings.
///
/// ```
/// use gcwat::{Assembler, Code, WarningGroup, Warnings};
///
/// assert_eq!("unused".parse(), Ok(Warnings::Group(WarningGroup::Unused)));
/// assert_eq!("w0012".parse(), Ok(Warnings::Code(Code::UnreachableCode)));
/// assert!("E0101".parse::<Warnings>().is_err());
/// let mut assembler = Assembler::new();
/// assembler.warn(WarningGroup::Unused).allow(Code::UnusedParameter);
/// assert_eq!(assembler.check("(func $f)").to_string(), "1:7: warning: function `$f` is never used [W0028]");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Warnings {
    /// The warning with this code.
    Code(Code),
    /// The warnings of this group.
    Group(WarningGroup),
}

impl Warnings {
    /// Whether the set contains a warning.
    pub const fn contains(self, code: Code) -> bool {
        match self {
            Warnings::Code(own) => own.is_warning() && own as u16 == code as u16,
            Warnings::Group(group) => group.contains(code),
        }
    }

    /// The precedence of a setting for the set: a code before a group, a smaller group before a larger one.
    pub(crate) const fn precedence(self) -> u8 {
        match self {
            Warnings::Group(WarningGroup::All) => 0,
            Warnings::Group(WarningGroup::Default) => 1,
            Warnings::Group(WarningGroup::Unused | WarningGroup::Suspicious) => 2,
            Warnings::Code(_) => 3,
        }
    }
}

impl From<Code> for Warnings {
    fn from(code: Code) -> Warnings {
        Warnings::Code(code)
    }
}

impl From<WarningGroup> for Warnings {
    fn from(group: WarningGroup) -> Warnings {
        Warnings::Group(group)
    }
}

impl FromStr for Warnings {
    type Err = UnknownWarning;

    /// Parses the code of a warning, such as `W0012`, or the name of a group.
    fn from_str(text: &str) -> Result<Warnings, UnknownWarning> {
        if let Some(group) = WarningGroup::ALL.iter().find(|group| group.as_str() == text) {
            return Ok(Warnings::Group(*group));
        }
        match Code::from_str(text) {
            Ok(code) if code.is_warning() => Ok(Warnings::Code(code)),
            Ok(code) => Err(UnknownWarning::Error(code)),
            Err(error) => Err(match nearest(text, WarningGroup::ALL.iter().map(|group| group.as_str())) {
                Some(group) => UnknownWarning::Group(text.to_owned(), group),
                None => UnknownWarning::Code(error),
            }),
        }
    }
}

/// The error for a text that is neither the code of a warning nor the name of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnknownWarning {
    /// An unknown code.
    Code(UnknownCode),
    /// A misspelled name of a group, and the name that may be meant.
    Group(String, &'static str),
    /// The code of an error.
    Error(Code),
}

impl fmt::Display for UnknownWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UnknownWarning::Code(error) => error.fmt(f),
            UnknownWarning::Group(text, near) => {
                write!(f, "unknown group of warnings `{text}`; did you mean `{near}`?")
            }
            UnknownWarning::Error(code) => {
                write!(f, "{code} is an error, whose level cannot be changed")
            }
        }
    }
}

impl std::error::Error for UnknownWarning {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_warning_is_in_the_group_of_all_warnings_and_no_error_is() {
        for &code in Code::ALL {
            assert_eq!(WarningGroup::All.contains(code), code.is_warning(), "{code}");
            assert!(
                WarningGroup::ALL.iter().all(|group| code.is_warning() || !group.contains(code)),
                "{code}"
            );
        }
    }

    #[test]
    fn a_misspelled_group_is_recognized() {
        let error = "unusd".parse::<Warnings>().unwrap_err();
        assert_eq!(error.to_string(), "unknown group of warnings `unusd`; did you mean `unused`?");
        let error = "W008".parse::<Warnings>().unwrap_err();
        assert!(error.to_string().starts_with("unknown code `W008`"), "{error}");
    }
}
