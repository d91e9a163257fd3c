//! Warnings about the meaning of a valid text: what its author probably did not mean.
//!
//! The checks run next to the pipeline: on the tree of each function and data segment right after it is lowered, on the
//! thread that lowered it, and on the outline. What they find is data ([`Finding`]); [`words`] has all messages, which
//! are made only if the module is valid. What depends on several functions is decided when all are merged, so the
//! results do not depend on the number of threads.
//!
//! A text without identifiers is the output of a program, and gets no warnings about its code. Nor does a large text, unless
//! they are asked for ([`crate::diagnostic::lints::Lints::enabled`]).

pub(crate) mod allow;
mod body;
mod casts;
mod context;
mod finding;
mod function;
mod names;
mod operands;
mod place;
mod recursion;
mod role;
mod segments;
mod types;
mod unused;
mod uses;
pub(crate) mod words;

pub(crate) use context::Context;
pub(crate) use finding::Finding;
pub(crate) use unused::{Uses, check_module};

use crate::ast::{Ast, Data, Field, Naming};
use crate::diagnostic::Code;
use crate::lex::id_name;
use crate::lower::FuncLowerer;
use body::BodyChecker;
use context::is_written_by_hand;
use function::Function;

/// The largest number of findings that become warnings.
pub(crate) const MOST: usize = 10_000;

/// The checks of functions, by one thread.
#[derive(Default)]
pub(crate) struct Linter {
    body: BodyChecker,
}

impl Linter {
    /// Forgets the names of earlier functions. It must be called when the names of the trees are removed.
    pub(crate) fn forget_names(&mut self) {
        self.body.forget_names();
    }

    /// Checks the function in a tree, after it was lowered.
    pub(crate) fn check_func<'s>(
        &mut self,
        cx: &Context<'_, 's>,
        ast: &Ast,
        index: u32,
        lowerer: &FuncLowerer<'s>,
        findings: &mut Vec<Finding>,
        uses: &mut Uses,
    ) {
        if !cx.checks_bodies {
            return;
        }
        // A text without identifiers has no names in any tree.
        if !cx.is_named && ast.names.len() == 0 && !has_names(cx, ast) {
            return;
        }
        for field in &ast.fields {
            let Field::Func(func) = field else { continue };
            if !cx.is_named && !has_names(cx, ast) && !has_labels(ast) {
                continue;
            }
            let Some(instrs) = ast.instrs.get(func.body.range()) else { continue };
            let function = Function { cx, ast, func, index, instrs, lowerer };
            let before = findings.len();
            self.body.check(&function, findings);
            names::check_locals(&function, findings);
            unused::check_func(&function, findings);
            uses.add_calls(&mut self.body.calls);
            if findings.len() > before {
                findings.truncate(before + MOST);
            }
        }
    }
}

/// Whether a parameter or local of the function has a name.
fn has_names(cx: &Context<'_, '_>, ast: &Ast) -> bool {
    let is_named = |naming: Naming| {
        naming.id.is_some_and(|id| is_written_by_hand(&id_name(&cx.symbols.source[id.range()])))
    };
    ast.params.iter().any(|param| is_named(param.naming))
}

/// Whether a block of the function has a label.
fn has_labels(ast: &Ast) -> bool {
    use crate::instr::Immediates as I;
    ast.instrs.iter().any(|instr| {
        matches!(instr.op.immediates(), I::Block | I::If | I::Try | I::TryTable)
            && function::label_in(ast, *instr).is_some()
    })
}

/// Checks a data segment.
pub(crate) fn check_data(cx: &Context<'_, '_>, ast: &Ast, data: &Data, findings: &mut Vec<Finding>) {
    segments::check_data(cx, ast, data, findings);
}

/// Checks the fields of the outline.
pub(crate) fn check_outline(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    segments::check_elems(cx, findings);
    if cx.is_named && cx.enabled.has(Code::UninhabitableType) {
        types::check(cx, findings);
    }
    if cx.is_named && cx.enabled.has(Code::SimilarNames) {
        names::check_module(cx, findings);
    }
}
