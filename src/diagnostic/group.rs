//! Groups of warnings.

use super::code::{Lint, UnknownLint};
use crate::similar::nearest;
use std::fmt;
use std::str::FromStr;

/// A group of warnings.
///
/// ```
/// use gcwat::{Lint, WarningGroup};
///
/// assert!(WarningGroup::Default.contains(Lint::UnreachableCode));
/// assert!(WarningGroup::Unused.contains(Lint::UnusedLocal));
/// assert!(!WarningGroup::Default.contains(Lint::UnusedLocal));
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

    /// Whether a warning belongs to the group.
    pub const fn contains(self, lint: Lint) -> bool {
        use Lint::*;
        let is_on_request = matches!(
            lint,
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
                is_on_request || matches!(lint, UnreachableCode | UnusedValue | UnreadLocal)
            }
            WarningGroup::Suspicious => matches!(
                lint,
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
/// use gcwat::{Assembler, Lint, WarningGroup, Warnings};
///
/// assert_eq!("unused".parse(), Ok(Warnings::Group(WarningGroup::Unused)));
/// assert_eq!("w0012".parse(), Ok(Warnings::Lint(Lint::UnreachableCode)));
/// assert!("E0101".parse::<Warnings>().is_err());
/// let assembler = Assembler::new().warn(WarningGroup::Unused).allow(Lint::UnusedParameter);
/// assert_eq!(assembler.check("(func $f)").to_string(), "1:7: warning: function `$f` is never used [W0028]");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Warnings {
    /// One warning.
    Lint(Lint),
    /// The warnings of this group.
    Group(WarningGroup),
}

impl Warnings {
    /// Whether the set contains a warning.
    pub fn contains(self, lint: Lint) -> bool {
        match self {
            Warnings::Lint(own) => own == lint,
            Warnings::Group(group) => group.contains(lint),
        }
    }

    /// The precedence of a setting for the set: a warning before a group, a smaller group before a larger one.
    pub(crate) const fn precedence(self) -> u8 {
        match self {
            Warnings::Group(WarningGroup::All) => 0,
            Warnings::Group(WarningGroup::Default) => 1,
            Warnings::Group(WarningGroup::Unused | WarningGroup::Suspicious) => 2,
            Warnings::Lint(_) => 3,
        }
    }
}

impl From<Lint> for Warnings {
    fn from(lint: Lint) -> Warnings {
        Warnings::Lint(lint)
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
        match Lint::from_str(text) {
            Ok(lint) => Ok(Warnings::Lint(lint)),
            Err(error) => Err(match nearest(text, WarningGroup::ALL.iter().map(|group| group.as_str())) {
                Some(group) => UnknownWarning::Group(text.to_owned(), group),
                None => UnknownWarning::Lint(error),
            }),
        }
    }
}

/// The error for a text that is neither the code of a warning nor the name of a group.
///
/// ```
/// let error = "unusd".parse::<gcwat::Warnings>().unwrap_err();
/// assert_eq!(error.to_string(), "unknown group of warnings `unusd`; did you mean `unused`?");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnknownWarning {
    /// An unknown code, or the code of an error.
    Lint(UnknownLint),
    /// A misspelled name of a group, and the name that may be meant.
    Group(String, &'static str),
}

impl fmt::Display for UnknownWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UnknownWarning::Lint(error) => error.fmt(f),
            UnknownWarning::Group(text, near) => {
                write!(f, "unknown group of warnings `{text}`; did you mean `{near}`?")
            }
        }
    }
}

impl std::error::Error for UnknownWarning {}
