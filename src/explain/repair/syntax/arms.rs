//! The arms of an `if` as they were written before `then` was a word.

use super::context::Around;
use super::types::is_type;
use crate::diagnostic::{Code, Edit, Fault, edit};
use crate::lex::TokenKind;
use crate::span::Span;

/// Puts the arms of the `if` at `open` into `then` and `else`.
pub(crate) fn with_clauses(around: &Around<'_>, open: usize, fault: Fault, arms: &[Span]) -> Fault {
    let shown = match arms {
        [_] => "(then ...)",
        _ => "(then ...) (else ...)",
    };
    let mut edits = clauses(around, arms);
    let result = result(around, open, arms);
    if let Some(ty) = result {
        edits.insert(0, edit(label_end(around, open).behind(), format!(" (result {ty})")));
    }
    // One arm that gives a value lacks the other, and a value needs a type.
    let gives_value = has_type(around, open) || arms.iter().any(|arm| given(around, *arm).is_some());
    let is_known = match arms {
        [_] => !gives_value,
        _ => !gives_value || has_type(around, open) || result.is_some() && is_operand(around, open),
    };
    let fault = fault.guessed_if(!is_known, format!("write the arms as `{shown}`"), edits);
    if result.is_some() || has_type(around, open) && arms.len() > 1 {
        fault
    } else {
        with_any_values(around, open, fault)
    }
}

/// Goes on as if the arms gave whatever is needed.
fn with_any_values(around: &Around<'_>, open: usize, mut fault: Fault) -> Fault {
    for change in &mut fault.changes {
        if let Some(rest) = change.replacement.strip_prefix(')') {
            change.replacement = format!(" (unreachable)){rest}");
        }
    }
    fault.changes.push(edit(around.group(open).behind(), " (unreachable)"));
    fault
}

/// Whether the form at `open` says what it takes or gives.
fn has_type(around: &Around<'_>, open: usize) -> bool {
    around.parts(open, around.close_of(open)).iter().any(|&part| {
        matches!(
            around.tokens[part].kind,
            TokenKind::ParenResult | TokenKind::ParenType | TokenKind::ParenParam
        )
    })
}

/// The type of the value that an arm surely gives.
fn given(around: &Around<'_>, arm: Span) -> Option<&'static str> {
    let at = around.tokens.partition_point(|token| token.start < arm.start);
    let (_, results) = around.op_of(at)?.row().signature.split_once("->")?;
    Some(results.trim()).filter(|ty| matches!(*ty, "i32" | "i64" | "f32" | "f64" | "v128"))
}

fn clauses(around: &Around<'_>, arms: &[Span]) -> Vec<Edit> {
    let mut edits = vec![edit(arms[0].before(), "(then ")];
    if let [first, second] = arms {
        let between = Span::new(first.end, second.start);
        let space = if between.is_empty() { " " } else { around.slice(between) };
        edits.push(edit(between, format!("){space}(else ")));
    }
    edits.push(edit(arms[arms.len() - 1].behind(), ")"));
    edits
}

/// The keyword of the form at `open` and its label.
fn label_end(around: &Around<'_>, open: usize) -> Span {
    let word = around.tokens[open + 1].span();
    match around.tokens.get(open + 2) {
        Some(label) if label.kind == TokenKind::Id => word.to(label.span()),
        _ => word,
    }
}

/// The type of the values that two arms give, where the `if` does not say it and both surely do.
fn result(around: &Around<'_>, open: usize, arms: &[Span]) -> Option<&'static str> {
    let &[first, second] = arms else { return None };
    if has_type(around, open) {
        return None;
    }
    match (given(around, first), given(around, second)) {
        (Some(a), Some(b)) => (a == b).then_some(a),
        // If one arm gives a value, so does the other, unless it surely gives none.
        (Some(ty), None) => (!gives_nothing(around, second)).then_some(ty),
        (None, Some(ty)) => (!gives_nothing(around, first)).then_some(ty),
        (None, None) => None,
    }
}

/// Whether an arm surely gives no value.
fn gives_nothing(around: &Around<'_>, arm: Span) -> bool {
    let at = around.tokens.partition_point(|token| token.start < arm.start);
    around.op_of(at).is_some_and(|op| {
        op.row().signature.trim_end().ends_with("->")
            || matches!(op.mnemonic(), "local.set" | "global.set" | "drop")
    })
}

/// Whether the form at `open` is an operand.
fn is_operand(around: &Around<'_>, open: usize) -> bool {
    let parent = around.opens().iter().rev().copied().find(|&parent| parent < open);
    let op = parent.and_then(|parent| around.op_of(parent));
    op.is_some_and(|op| !matches!(op.mnemonic(), "block" | "loop" | "if" | "try" | "try_table"))
}

/// `(if_else c A B)`, of before `if` had an `else`.
pub(crate) fn if_else(around: &Around<'_>) -> Option<Fault> {
    let open = around.enclosing()?;
    if around.word() != "if_else" || around.kind() != TokenKind::Word || open + 1 != around.at {
        return None;
    }
    let span = around.token().span();
    let operands: Vec<Span> = around
        .parts(open, around.close_of(open))
        .into_iter()
        .filter(|&part| {
            let kind = around.tokens[part].kind;
            kind.is_open()
                && !matches!(kind, TokenKind::ParenParam | TokenKind::ParenResult | TokenKind::ParenType)
        })
        .map(|part| around.group(part))
        .collect();
    let fault = around.error(Code::Renamed, span, "the word `if_else` is gone: it is `if` with `else` now");
    let &[_, first, second] = &operands[..] else {
        return Some(fault.guessed("write `if`", vec![edit(span, "if")]));
    };
    let arms = [first, second];
    let mut edits = vec![edit(span, "if")];
    let label = label_end(around, open);
    let written =
        around.tokens.iter().find(|token| token.start >= label.end).filter(|next| is_type(next.kind));
    let result = written.map(|ty| around.text(*ty)).or_else(|| result(around, open, &arms));
    if let Some(ty) = result {
        // The label, if there is one, is between.
        let head = written.map_or(label, |ty| label.to(ty.span()));
        edits = vec![edit(head, format!("if{} (result {ty})", label_text(around, open)))];
    }
    edits.extend(clauses(around, &arms));
    // What the arms give was not written then.
    let is_statement = !is_operand(around, open) && result.is_none();
    let is_sure = is_statement || written.is_some() || result.is_some() && is_operand(around, open);
    let fault = fault.guessed_if(!is_sure, "write it as `if`, with `(then ...) (else ...)`", edits);
    Some(if result.is_some() { fault } else { with_any_values(around, open, fault) })
}

fn label_text<'s>(around: &Around<'s>, open: usize) -> &'s str {
    let word = around.tokens[open + 1].span();
    around.slice(Span::new(word.end, label_end(around, open).end))
}
