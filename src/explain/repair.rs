//! Error repair: edits a text that cannot be parsed so that it can.
//!
//! To find all errors, the analysis must recover from syntax errors. So each error of a token, of the
//! parentheses, of the module level or of the grammar comes with edits ([`recoverable::Recoverable`]). Each pass
//! looks for one kind of error and reads the text that the pass before it has edited. Afterwards every form
//! parses, unless it has too many errors, and later stages analyze the repaired text like any other.
//!
//! Diagnostics of the repaired text are mapped back to the original text. Those that concern inserted text only are
//! dropped.

pub(crate) mod keywords;
pub(crate) mod lexical;
pub(crate) mod quote;
pub(crate) mod syntax;

mod brackets;
mod forms;
mod module;
mod patch;
mod recoverable;
mod text;
mod tokens;

use crate::ast::Ast;
use crate::diagnostic::Diagnostic;
use crate::lex::TokenBuffer;
use crate::progress::Pace;
use crate::scan::ModuleText;
use crate::span::Span;
use text::PassResult;

pub(crate) use text::RepairedText;

/// Whether the text has no error of syntax, so that no pass would find one. `text` is the result of a scan without faults.
/// If the work is stopped, the result is `false`.
pub(crate) fn is_well_formed(source: &str, text: &ModuleText, pace: &Pace<'_>) -> bool {
    let mut buffer = TokenBuffer::default();
    let mut tree = Ast::default();
    text.forms.iter().all(|&form| {
        if !pace.goes_on(form.span.len() as usize) {
            return false;
        }
        tree.clear();
        let found = forms::accept(source, form, &mut buffer, &mut tree);
        found.is_some_and(|found| !found.iter().any(Diagnostic::is_error))
    })
}

/// Repairs the module in `whole`. In a script, `definition` may follow the keyword `module`. If the work is stopped, the
/// result is incomplete.
pub(crate) fn repair_source(source: &str, whole: Span, in_script: bool, pace: &Pace<'_>) -> RepairedText {
    let mut repaired = RepairedText::default();
    repaired.run_pass(source, whole, |source, whole, _| {
        let (errors, unread) = tokens::check(source, whole);
        PassResult { unread: unread.into_iter().collect(), ..PassResult::of(errors) }
    });
    if !pace.goes_on(whole.len() as usize) {
        return repaired;
    }
    repaired.run_pass(source, whole, |source, whole, _| PassResult::of(brackets::check(source, whole)));
    if !pace.goes_on(whole.len() as usize) {
        return repaired;
    }
    repaired
        .run_pass(source, whole, |source, whole, _| PassResult::of(module::check(source, whole, in_script)));
    repaired.run_pass(source, whole, |source, whole, before| {
        forms::check(source, whole, in_script, before, pace)
    });
    repaired
}
