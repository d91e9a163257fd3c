//! The state of the builder for scripts.

use crate::ast::script::{Action, Command, CommandKind, Module, Value};
use crate::span::Span;

/// The pending parts of a command, and the finished commands.
#[derive(Default)]
pub(crate) struct ScriptParts {
    pub(crate) commands: Vec<Command>,
    pub(super) values: Vec<Value>,
    /// The start of each open `either` in `values`.
    pub(super) eithers: Vec<usize>,
    pub(super) action: Option<Action>,
    pub(super) module: Option<Module>,
    pub(super) instance: Option<(Span, CommandKind)>,
    pub(super) action_span: Span,
    pub(super) module_name: (bool, Option<String>),
    pub(super) in_thread: bool,
}
