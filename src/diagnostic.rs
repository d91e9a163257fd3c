//! Errors and warnings, as data.
//!
//! A [`Diagnostic`] has a location, a message and suggestions. How it is shown is decided in `report`.

pub(crate) mod lints;

pub(crate) mod code;
pub(crate) mod edit;
pub(crate) mod edit_rule;
pub(crate) mod group;
pub(crate) mod list;
pub(crate) mod message;
pub(crate) mod wording;

pub use code::{Code, Lint, UnknownCode, UnknownLint};
pub use edit::{Applicability, Edit, Suggestion};
pub(crate) use edit::{Origin, apply, edit};
pub(crate) use edit_rule::{Lexeme, LexemeKind, Neighbours};
pub use group::{UnknownWarning, WarningGroup, Warnings};
pub use list::Diagnostics;
pub use message::{Diagnostic, Label, Level};
pub(crate) use wording::{counted, with_article};
