//! Mistakes in the offsets and items of segments, and in segments inside a memory or table.

use super::context::ErrorContext;
use crate::diagnostic::{Code, edit};
use crate::explain::repair::recoverable::Recoverable;
use crate::lex::TokenKind;
use crate::span::Span;

/// `(data i32.const 0 "...")`, `(data "..." (i32.const 0))`, `(data (offset 16) "...")`.
pub(super) fn offset(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let open = cx.enclosing()?;
    let within = cx.head(open);
    let is_segment = |kind: TokenKind| matches!(kind, TokenKind::ParenData | TokenKind::ParenElem);
    let is_const = |at: usize| {
        cx.tokens.get(at).is_some_and(|token| token.kind.is_op() && cx.text(*token).starts_with(['i', 'g']))
    };
    // Without parentheses.
    if is_segment(within) && cx.kind().is_op() && cx.text(cx.token()).contains(['.']) {
        let mut last = cx.at;
        while cx.tokens.get(last + 1).is_some_and(|next| matches!(next.kind, TokenKind::Nat | TokenKind::Int))
        {
            last += 1;
        }
        let whole = cx.token().span().to(cx.tokens[last].span());
        let meant = format!("({})", cx.slice(whole));
        let message = format!("the offset of a segment needs parentheses: `{meant}`");
        return Some(cx.unexpected(message).with_fix(format!("write `{meant}`"), vec![edit(whole, meant)]));
    }
    // After the strings.
    let outer = cx.outer().filter(|&outer| is_segment(cx.head(outer)));
    if let Some(outer) = outer
        && cx.tokens[open].kind == TokenKind::Open
        && is_const(open + 1)
        && let Some(&first) =
            cx.parts(outer, open).iter().find(|&&part| cx.tokens[part].kind == TokenKind::String)
    {
        let group = cx.group(open);
        let message = "the offset of a segment must come before its contents";
        let head = Span::new(group.start, group.start + 1);
        let place = cx.tokens[first].span().before();
        let edits = vec![edit(place, format!("{} ", cx.slice(group))), edit(cx.with_space(group), "")];
        return Some(cx.error(Code::UnexpectedToken, head, message).with_fix("move it there", edits));
    }
    None
}

/// `(elem (i32.const 0) (func $a) (func $b))`, `(elem (i32.const 0) (ref.func $a))`.
pub(super) fn items(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let open = cx.enclosing()?;
    if cx.head(open) != TokenKind::ParenElem {
        return None;
    }
    let parts = cx.parts(cx.at - 1, cx.close_of(open));
    if cx.kind() == TokenKind::ParenFunc {
        let mut names = Vec::new();
        for &part in &parts {
            let &[name] = &cx.parts(part, cx.close_or(part))[..] else { return None };
            let is_name = matches!(cx.tokens[name].kind, TokenKind::Id | TokenKind::Nat);
            names.push(cx.text(cx.tokens[name]));
            if cx.tokens[part].kind != TokenKind::ParenFunc || !is_name {
                return None;
            }
        }
        let whole = cx.group(cx.at).to(cx.group(*parts.last()?));
        let meant = format!("func {}", names.join(" "));
        let message = format!("the functions of a segment are a list without parentheses: `{meant}`");
        return Some(cx.unexpected(message).with_fix(format!("write `{meant}`"), vec![edit(whole, meant)]));
    }
    let is_expression = |part: usize| {
        cx.tokens[part].kind == TokenKind::Open
            && cx.tokens.get(part + 1).is_some_and(|op| op.kind.is_op() && cx.text(*op).starts_with("ref."))
    };
    if is_expression(cx.at) {
        let place = cx.token().span().before();
        let message = "expected the type of the elements before their expressions, as in `funcref`";
        return Some(cx.unexpected(message).with_guess("add `funcref`", vec![edit(place, "funcref ")]));
    }
    None
}

/// `(memory 1 (data "..."))`, `(table 2 funcref (elem $a $b))`: a size next to contents.
pub(super) fn contents(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let open = cx.enclosing()?;
    let what = match (cx.head(open), cx.kind()) {
        (TokenKind::ParenMemory, TokenKind::ParenData) => "memory",
        (TokenKind::ParenTable, TokenKind::ParenElem) => "table",
        _ => return None,
    };
    let parts = cx.parts(open, cx.at);
    let mut sizes = parts.into_iter().filter(|&part| cx.tokens[part].kind == TokenKind::Nat);
    let first = sizes.next()?;
    let last = sizes.next_back().unwrap_or(first);
    let limits = cx.tokens[first].span().to(cx.tokens[last].span());
    let message = format!("a {what} with its contents has no size: the contents determine it");
    let fault = cx.error(Code::UnexpectedToken, limits, message);
    let fault = fault.with_label(cx.token().span(), "the contents begin here");
    Some(fault.with_guess("remove the size", vec![edit(cx.with_space(limits), "")]))
}
