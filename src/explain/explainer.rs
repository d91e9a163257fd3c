//! The state of the explaining route, which the checks share.

use super::check::declared::Declared;
use super::repair::RepairedText;
use crate::ast::{Ast, Export, Naming};
use crate::diagnostic::Diagnostic;
use crate::features::FeatureSet;
use crate::lower::LoweredModule;
use crate::outline::Outline;
use crate::progress::Pace;
use crate::span::Span;
use hashbrown::HashSet;
use std::cell::Cell;

/// A function of the module.
pub(super) struct FuncItem {
    pub(super) form: Span,
    pub(super) index: u32,
    /// The tree, or `None` if the function cannot be parsed.
    pub(super) tree: Option<Ast>,
    /// Whether an error was found in it before its body is checked.
    pub(super) is_broken: bool,
}

/// The lowered module.
pub(super) struct LoweredForms {
    pub(super) lowered: LoweredModule,
    /// All exports; for an inline export of a function, also the index of that function.
    pub(super) exports: Vec<(Export, Option<u32>)>,
    /// Errors outside of functions, and errors in functions.
    pub(super) field_errors: Vec<Diagnostic>,
    pub(super) func_errors: Vec<Diagnostic>,
    /// The functions with an error in their body.
    pub(super) broken: HashSet<u32>,
}

/// The state of the explaining route for one module.
pub(super) struct Explainer<'s> {
    pub(super) source: &'s str,
    pub(super) whole: Span,
    pub(super) repaired: &'s RepairedText,
    pub(super) pace: &'s Pace<'s>,
    /// The features that the module may not use.
    pub(super) disabled: FeatureSet,
    /// The features that the instructions of all functions need, whatever their immediates.
    pub(super) instr_features: FeatureSet,
    pub(super) naming: Naming,
    pub(super) comparisons: Cell<usize>,
    pub(super) outline: Outline<'s>,
    pub(super) funcs: Vec<FuncItem>,
    pub(super) declared: Declared<'s>,
    pub(super) diagnostics: Vec<Diagnostic>,
}
