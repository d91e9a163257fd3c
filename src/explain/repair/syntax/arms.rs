//! The arms of an `if` without `then` and `else`, as in early versions of the text format.

use super::context::ErrorContext;
use super::ends;
use super::types::is_type;
use crate::diagnostic::{Code, Edit, edit};
use crate::explain::repair::recoverable::Recoverable;
use crate::lex::TokenKind;
use crate::span::Span;

/// Suggests `then` and `else` around the arms of the `if` at `open`.
pub(super) fn with_clauses(
    cx: &ErrorContext<'_>,
    open: usize,
    fault: Recoverable,
    arms: &[Span],
) -> Recoverable {
    let shown = match arms {
        [_] => "(then ...)",
        _ => "(then ...) (else ...)",
    };
    let mut edits = clauses(cx, arms);
    let result = result(cx, open, arms);
    if let Some(ty) = result {
        edits.insert(0, edit(label_end(cx, open).after(), format!(" (result {ty})")));
    }
    // If the only arm gives a value, the other arm is missing; and a value needs a type.
    let gives_value = has_type(cx, open) || arms.iter().any(|arm| given(cx, *arm).is_some());
    let is_known = match arms {
        [_] => !gives_value,
        _ => !gives_value || has_type(cx, open) || result.is_some() && is_operand(cx, open),
    };
    let fault = fault.with_guess_if(!is_known, format!("write the arms as `{shown}`"), edits);
    if result.is_some() || has_type(cx, open) && arms.len() > 1 {
        fault
    } else {
        with_any_values(cx, open, fault)
    }
}

/// Lets the arms have any results, to suppress follow-up errors.
fn with_any_values(cx: &ErrorContext<'_>, open: usize, mut fault: Recoverable) -> Recoverable {
    for change in &mut fault.edits {
        if let Some(rest) = change.replacement.strip_prefix(')') {
            change.replacement = format!(" (unreachable)){rest}");
        }
    }
    // In an outer `if` without `then`, this would be another arm. The outer `if` is repaired in the same way.
    let parent = cx.opens().iter().rev().copied().find(|&parent| parent < open);
    if parent.is_none_or(|parent| cx.head(parent) != TokenKind::OpIf) {
        fault.edits.push(edit(cx.group(open).after(), " (unreachable)"));
    }
    fault
}

/// Whether the form at `open` has a type.
fn has_type(cx: &ErrorContext<'_>, open: usize) -> bool {
    cx.parts(open, cx.close_of(open)).iter().any(|&part| {
        matches!(cx.tokens[part].kind, TokenKind::ParenResult | TokenKind::ParenType | TokenKind::ParenParam)
    })
}

/// The type of the value that an arm certainly gives.
fn given(cx: &ErrorContext<'_>, arm: Span) -> Option<&'static str> {
    let at = cx.tokens.partition_point(|token| token.start < arm.start);
    let (_, results) = cx.op_of(at)?.row().signature.split_once("->")?;
    Some(results.trim()).filter(|ty| matches!(*ty, "i32" | "i64" | "f32" | "f64" | "v128"))
}

fn clauses(cx: &ErrorContext<'_>, arms: &[Span]) -> Vec<Edit> {
    let mut edits = vec![edit(arms[0].before(), "(then ")];
    if let [first, second] = arms {
        let between = Span::new(first.end, second.start);
        let space = if between.is_empty() { " " } else { cx.slice(between) };
        edits.push(edit(between, format!("){space}(else ")));
    }
    edits.push(edit(arms[arms.len() - 1].after(), ")"));
    edits
}

/// The span of the keyword and the label of the form at `open`.
fn label_end(cx: &ErrorContext<'_>, open: usize) -> Span {
    let word = cx.tokens[open + 1].span();
    match cx.tokens.get(open + 2) {
        Some(label) if label.kind == TokenKind::Id => word.to(label.span()),
        _ => word,
    }
}

/// The result type of the `if` if it has no type, derived from its two arms.
fn result(cx: &ErrorContext<'_>, open: usize, arms: &[Span]) -> Option<&'static str> {
    let &[first, second] = arms else { return None };
    if has_type(cx, open) {
        return None;
    }
    match (given(cx, first), given(cx, second)) {
        (Some(a), Some(b)) => (a == b).then_some(a),
        // If one arm gives a value, so does the other, unless it certainly gives none.
        (Some(ty), None) => (!gives_nothing(cx, second)).then_some(ty),
        (None, Some(ty)) => (!gives_nothing(cx, first)).then_some(ty),
        (None, None) => None,
    }
}

/// Whether an arm certainly gives no value.
fn gives_nothing(cx: &ErrorContext<'_>, arm: Span) -> bool {
    let at = cx.tokens.partition_point(|token| token.start < arm.start);
    cx.op_of(at).is_some_and(|op| {
        op.row().signature.trim_end().ends_with("->")
            || matches!(op.mnemonic(), "local.set" | "global.set" | "drop")
    })
}

/// Whether the form at `open` is an operand of an instruction.
fn is_operand(cx: &ErrorContext<'_>, open: usize) -> bool {
    let parent = cx.opens().iter().rev().copied().find(|&parent| parent < open);
    let op = parent.and_then(|parent| cx.op_of(parent));
    op.is_some_and(|op| !matches!(op.mnemonic(), "block" | "loop" | "if" | "try" | "try_table"))
}

/// `(if_else c A B)`, which is now `if` with `else`.
pub(super) fn if_else(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let open = cx.enclosing()?;
    if cx.word() != "if_else" || cx.kind() != TokenKind::Word || open + 1 != cx.at {
        return None;
    }
    let span = cx.token().span();
    let operands: Vec<Span> = cx
        .parts(open, cx.close_of(open))
        .into_iter()
        .filter(|&part| {
            let kind = cx.tokens[part].kind;
            kind.is_open()
                && !matches!(kind, TokenKind::ParenParam | TokenKind::ParenResult | TokenKind::ParenType)
        })
        .map(|part| cx.group(part))
        .collect();
    let fault = cx.error(Code::Renamed, span, "the word `if_else` was replaced by `if` with `else`");
    let &[_, first, second] = &operands[..] else {
        return Some(fault.with_guess("write `if`", vec![edit(span, "if")]));
    };
    let arms = [first, second];
    let mut edits = vec![edit(span, "if")];
    let label = label_end(cx, open);
    let written = cx.tokens.iter().find(|token| token.start >= label.end).filter(|next| is_type(next.kind));
    let result = written.map(|ty| cx.text(*ty)).or_else(|| result(cx, open, &arms));
    if let Some(ty) = result {
        // The label, if there is one, is between them.
        let head = written.map_or(label, |ty| label.to(ty.span()));
        edits = vec![edit(head, format!("if{} (result {ty})", label_text(cx, open)))];
    }
    edits.extend(clauses(cx, &arms));
    // The results of the arms were not written.
    let is_statement = !is_operand(cx, open) && result.is_none();
    let is_sure = is_statement || written.is_some() || result.is_some() && is_operand(cx, open);
    let fault = fault.with_guess_if(!is_sure, "write it as `if`, with `(then ...) (else ...)`", edits);
    Some(if result.is_some() { fault } else { with_any_values(cx, open, fault) })
}

fn label_text<'s>(cx: &ErrorContext<'s>, open: usize) -> &'s str {
    let word = cx.tokens[open + 1].span();
    cx.slice(Span::new(word.end, label_end(cx, open).end))
}

/// `(else if (c) (then ...))`: an `if` with arms that lacks its own parentheses. It ends without an `end`.
pub(super) fn if_without_parenthesis(cx: &ErrorContext<'_>, within: usize) -> Option<Recoverable> {
    let block = ends::blocks(cx)?.open.pop().filter(|&block| cx.tokens[block].kind == TokenKind::OpIf)?;
    let rest = cx.parts(cx.at - 1, cx.close_of(within));
    if rest.iter().any(|&part| cx.tokens[part].kind == TokenKind::OpEnd) {
        return None;
    }
    let is_arm =
        |part: &&usize| matches!(cx.tokens[**part].kind, TokenKind::ParenThen | TokenKind::ParenElse);
    let &last = rest.iter().take_while(is_arm).last()?;
    let head = cx.tokens[block].span();
    let word = Span::new(head.start, head.start + "if".len() as u32);
    let fault =
        cx.error(Code::UnexpectedToken, word, "an `if` with `(then ...)` needs parentheses of its own");
    let fault = fault.with_label(cx.token().span(), "this is an arm of the `if`");
    let edits = vec![edit(word.before(), "("), edit(cx.group(last).after(), ")")];
    Some(fault.with_guess("add the parentheses", edits))
}

/// `(then (A) (else (B)))`: the `else` inside the `then`.
pub(super) fn else_in_then(cx: &ErrorContext<'_>, within: usize) -> Option<Recoverable> {
    let outer = cx.outer()?;
    let close = cx.close_of(within);
    let is_last = cx.close_of(cx.at) + 1 == close;
    if cx.kind() != TokenKind::ParenElse
        || cx.tokens[within].kind != TokenKind::ParenThen
        || cx.head(outer) != TokenKind::OpIf
        || !is_last
    {
        return None;
    }
    let fault = cx.unexpected("`(else ...)` must come after `(then ...)`, not inside it");
    let fault = fault.with_label(cx.tokens[within].span(), "this `then` is not closed before it");
    let edits = vec![edit(cx.near(-1)?.span().after(), ")"), edit(cx.tokens[close].span(), "")];
    Some(fault.with_fix("close the `then` before it", edits))
}

/// `(if (c) (then A)) (else B)`: an arm after the parentheses of its `if`, of which `close` is the last one.
pub(super) fn arm_after_if(cx: &ErrorContext<'_>, close: usize) -> Option<Recoverable> {
    if cx.tokens.get(close)?.kind != TokenKind::Close {
        return None;
    }
    let open = cx.open_of(close).filter(|&open| cx.head(open) == TokenKind::OpIf)?;
    let parts = cx.parts(open, close);
    let has = |kind: TokenKind| parts.iter().any(|&part| cx.tokens[part].kind == kind);
    let arm = *cx.tokens.get(close + 1)?;
    let (name, lacks) = match arm.kind {
        TokenKind::ParenThen => ("then", !has(TokenKind::ParenThen) && !has(TokenKind::ParenElse)),
        TokenKind::ParenElse => ("else", has(TokenKind::ParenThen) && !has(TokenKind::ParenElse)),
        _ => return None,
    };
    if !lacks || cx.tokens[open].kind != TokenKind::Open {
        return None;
    }
    let mut last = close + 1;
    let after = cx.close_of(last) + 1;
    if arm.kind == TokenKind::ParenThen
        && cx.tokens.get(after).is_some_and(|next| next.kind == TokenKind::ParenElse)
    {
        last = after;
    }
    let message = format!("`({name} ...)` must be inside its `if`");
    let closing = cx.tokens[close].span();
    let fault = cx.error(Code::UnexpectedToken, arm.span().head(), message);
    let fault = fault.with_label(closing, "the `if` closes here");
    let edits = vec![edit(closing, ""), edit(cx.group(last).after(), ")")];
    Some(fault.with_fix("close the `if` after it", edits))
}

/// `(if (c) then (A) else (B))`: arms without parentheses in a folded `if`.
pub(super) fn without_parentheses(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let within = cx.enclosing()?;
    let is_then = cx.kind() == TokenKind::Word && cx.word() == "then";
    let is_folded = cx.tokens[within].kind == TokenKind::Open && cx.head(within) == TokenKind::OpIf;
    if !is_folded || !is_then && cx.kind() != TokenKind::OpElse {
        return None;
    }
    let close = cx.close_of(within);
    let rest = cx.parts(cx.at, close);
    let next = rest.iter().copied().find(|&part| {
        matches!(cx.tokens[part].kind, TokenKind::OpElse | TokenKind::ParenElse | TokenKind::OpEnd)
    });
    let end = next.unwrap_or(close);
    // Each arm ends with the token before the next one.
    let arm = |from: usize, end: usize| {
        let last = cx.tokens[end - 1].span();
        [edit(cx.tokens[from].span().before(), "("), edit(last.after(), ")")]
    };
    let mut edits = arm(cx.at, end).to_vec();
    if let Some(other) = next.filter(|&other| cx.tokens[other].kind == TokenKind::OpElse) {
        if rest.iter().any(|&part| cx.tokens[part].kind == TokenKind::OpEnd) {
            return None;
        }
        edits.extend(arm(other, close));
    }
    let word = cx.word();
    let message = format!("the arms of an `if` in parentheses are written `({word} ...)`");
    let help = if edits.len() > 2 {
        "write `(then ...)` and `(else ...)`".to_owned()
    } else {
        format!("write `({word} ...)`")
    };
    Some(cx.unexpected(message).with_guess(help, edits))
}
