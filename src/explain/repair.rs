//! Mending: a text that cannot be parsed, changed so that it can.
//!
//! Whoever looks for all that is wrong must get past what cannot be read. So each error of a token, of
//! the parentheses or of the grammar comes with a change to the text ([`Recoverable`]), and the stages go on
//! with the text changed: the tree, the names and the types of it are looked at as those of any other.
//! What is said about it is carried back to the text as it was, and what is said about a change alone is
//! left out.

pub(crate) mod keywords;
pub(crate) mod lexical;
pub(crate) mod quote;
pub(crate) mod recoverable;
pub(crate) mod syntax;

mod brackets;
mod forms;
mod module;
mod patch;
mod text;
mod tokens;

use crate::span::Span;
use text::{PassResult, patched};

pub(crate) use text::RepairedText;

/// Mends a part of a text; in a script, `definition` may stand behind `module`.
pub(crate) fn repair_source(source: &str, whole: Span, in_script: bool) -> RepairedText {
    let mut mending = RepairedText::default();
    mending.stage(source, whole, |source, whole, _| {
        let (faults, unread) = tokens::check(source, whole);
        PassResult { unread: unread.into_iter().collect(), ..patched(faults) }
    });
    mending.stage(source, whole, |source, whole, _| patched(brackets::check(source, whole)));
    mending.stage(source, whole, |source, whole, _| patched(module::check(source, whole, in_script)));
    mending.stage(source, whole, |source, whole, before| forms::check(source, whole, in_script, before));
    mending
}
