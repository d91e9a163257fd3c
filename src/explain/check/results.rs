//! Branches with a value to a block that has no results: the block lacks them.

use super::folds::Folds;
use super::shape::Item;
use crate::diagnostic::{Applicability, Diagnostic, edit};
use wasmparser::{BlockType, FrameKind, Operator, ValType};

/// Suggests results for the block that a branch goes to, if the branch has one operand too many for that
/// reason. `diagnostic` is the error about the operand.
pub(super) fn of_target(
    folds: &Folds<'_>,
    group: usize,
    surplus: usize,
    diagnostic: Diagnostic,
) -> Option<Diagnostic> {
    let site = folds.site;
    let operator = folds.operator(folds.shape.groups[group].word)?;
    let depth = match operator {
        Operator::Br { relative_depth } | Operator::BrIf { relative_depth } => relative_depth,
        _ => return None,
    };
    // At the end of a block, the branches in it that go to it.
    let is_own = folds.code(folds.shape.groups[group].word) == Some(site.at)
        || depth == 0 && matches!(site.operator, Operator::End);
    let frame = site.validator.get_control_frame(depth as usize)?;
    let height = site.validator.control_stack_height();
    // The operands of a branch out of the function are its results.
    let is_block = frame.kind == FrameKind::Block && depth + 1 < height;
    if !is_own || surplus != 1 || !is_block || !matches!(frame.block_type, BlockType::Empty) {
        return None;
    }
    let &first = folds.shape.groups[group].items.first()?;
    let &[ty] = &folds.types(first)?[..] else { return None };
    let is_last_condition = match operator {
        Operator::BrIf { .. } => folds.types(*folds.shape.groups[group].items.last()?)? == [ValType::I32],
        _ => true,
    };
    if !is_last_condition || !matches!(first, Item::Group(_)) {
        return None;
    }
    let opened = *site.trace.blocks.get(site.trace.blocks.len().checked_sub(depth as usize + 1)?)?;
    let context = folds.context;
    let result = format!("(result {})", context.val_type(ty));
    let place = context.spans.label(opened).after();
    context.lacks_results.set(Some(height - depth));
    let diagnostic = match site.operator {
        Operator::End => diagnostic.with_label(context.spans.block_type(opened), "this block has no results"),
        _ => super::related::with_declaration(context, site, diagnostic),
    };
    let edits = vec![edit(place, format!(" {result}"))];
    let message = format!("to give the block a result, add `{result}`");
    Some(diagnostic.with_edits(message, edits, Applicability::MaybeIncorrect))
}
