//! Explains a verdict of wasmparser on an instruction, by the kind of the rule.

use super::context::{Context, Site};
use super::continuations;
use super::indices::out_of_range;
use super::limits;
use super::rules::non_stack_rule;
use super::stack::mismatch;
use super::verdict::Verdict;
use crate::diagnostic::Diagnostic;
use crate::resolve::IndexSpace;
use wasmparser::BinaryReaderError;

/// Explains an error before the first instruction.
pub(super) fn unplaced(context: &Context<'_>, error: &BinaryReaderError) -> Diagnostic {
    let verdict = Verdict::of(error);
    // The declaration of a local may have an unknown type.
    if let Verdict::UnknownIndex { space: IndexSpace::Type, index: Some(number) } = verdict
        && let Some(span) = context.spans.number(number)
    {
        let number = context.declared.number(IndexSpace::Type, number);
        return context.declared.unknown_index(IndexSpace::Type, number, span);
    }
    limits::error_at(context.body.form.head(), &verdict)
}

/// Explains an error in an instruction.
pub(super) fn fault(context: &Context<'_>, site: &Site<'_>, verdict: &Verdict) -> Diagnostic {
    if let Some(limit) = verdict.limit() {
        limits::warning(limit, context.spans.instr(site.at))
            .with_note("the rest of this function is not validated")
    } else if let Some(diagnostic) = out_of_range(context, site, verdict) {
        diagnostic
    } else if let Some(diagnostic) = continuations::explain(context, site, verdict) {
        diagnostic
    } else if verdict.is_type_mismatch() {
        mismatch(context, site, verdict)
    } else {
        non_stack_rule(context, site, verdict)
    }
}
