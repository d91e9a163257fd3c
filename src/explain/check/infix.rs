//! Instructions that are written after or between their operands, in the parentheses of one of them.

use super::describe::name;
use super::folds::Folds;
use super::shape::{Item, Place};
use crate::diagnostic::{Code, Diagnostic};

/// Explains an instruction between its two operands, in the parentheses of another instruction.
pub(super) fn operator_in_middle(folds: &Folds<'_>, place: Place) -> Option<Diagnostic> {
    let (context, shape) = (folds.context, folds.shape);
    let parent = place.parent;
    let own = context.spans.instr(folds.site.at);
    if !folds.has_operands(parent) || folds.arity(own.start)?.0 != 2 {
        return None;
    }
    let source = context.spans.source;
    let text = &source[context.spans.with_immediates(folds.site.at).range()];
    let operand = |word: u32| {
        let at = folds.code(word)?;
        let is_leaf = folds.arity(word)? == (0, 1);
        is_leaf.then(|| context.spans.with_immediates(at))
    };
    let next = shape.after(place)?;
    let (second, second_text) = match next {
        Item::Group(_) => {
            let span = shape.group(next)?.span;
            (span, source[span.range()].to_owned())
        }
        Item::Flat(word) => {
            let span = operand(word)?;
            (span, format!("({})", &source[span.range()]))
        }
    };
    let (whole, first_text) = match place.nth.checked_sub(1) {
        // `(local.get $a i32.add local.get $b)`
        None => {
            let head = operand(shape.groups[parent].word)?;
            let is_all = shape.groups[parent].items.len() == 2;
            let whole = shape.groups[parent].span;
            (is_all.then_some(whole)?, format!("({})", &source[head.range()]))
        }
        Some(before) => {
            let span = shape.group(shape.groups[parent].items[before])?.span;
            (span.to(second), source[span.range()].to_owned())
        }
    };
    let message = format!("{} must come before its operands", name(context, folds.site));
    let meant = format!("({text} {first_text} {second_text})");
    Some(Diagnostic::error(Code::MissingOperand, own, message).with_guess("move it there", whole, meant))
}

/// Explains the last instruction in parentheses that begin with its first operand: `(local.get $x i32.const 3 i32.gt_s)`.
pub(super) fn operator_last(folds: &Folds<'_>, place: Place) -> Option<Diagnostic> {
    let (context, shape) = (folds.context, folds.shape);
    let parent = &shape.groups[place.parent];
    let own = context.spans.instr(folds.site.at);
    if !folds.has_operands(place.parent) || place.nth + 1 != parent.items.len() {
        return None;
    }
    let (takes, _) = folds.arity(own.start)?;
    let source = context.spans.source;
    let leaf = |word: u32| {
        let at = folds.code(word).filter(|_| folds.arity(word) == Some((0, 1)))?;
        Some(format!("({})", &source[context.spans.with_immediates(at).range()]))
    };
    let operands = match parent.items[..] {
        [_] => leaf(parent.word)?,
        [Item::Flat(second), _] => format!("{} {}", leaf(parent.word)?, leaf(second)?),
        _ => return None,
    };
    if takes != parent.items.len() {
        return None;
    }
    let text = &source[context.spans.with_immediates(folds.site.at).range()];
    let message = format!("{} must come before its operands in parentheses", name(context, folds.site));
    let head = folds.code(parent.word).map(|at| context.spans.instr(at))?;
    Some(
        Diagnostic::error(Code::MissingOperand, own, message)
            .with_label(head, "this is executed last")
            .with_guess("move it there", parent.span, format!("({text} {operands})")),
    )
}
