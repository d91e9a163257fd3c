//! Parentheses that do not begin with an instruction.

use super::context::ErrorContext;
use super::types;
use crate::diagnostic::{Code, edit};
use crate::explain::repair::recoverable::Recoverable;
use crate::lex::TokenKind;
use crate::span::Span;

/// `(type $p ((struct (field i32))))`: parentheses around a part of a definition.
pub(super) fn doubled(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let next = cx.near_kind(1)?;
    if cx.at == 0 || cx.kind() != TokenKind::Open || !next.is_open() || next == TokenKind::Open {
        return None;
    }
    let close = cx.close_of(cx.at);
    let is_group = |part: &usize| cx.tokens[*part].kind.is_open();
    if cx.tokens[close].kind != TokenKind::Close || !cx.parts(cx.at, close).iter().all(is_group) {
        return None;
    }
    let edits = vec![edit(cx.token().span(), ""), edit(cx.tokens[close].span(), "")];
    let word = cx.slice(cx.near(1)?.span());
    let fault = cx.unexpected(format!("expected `{word}`, found another parenthesis before it"));
    let fault = fault.with_label(cx.tokens[close].span(), "it closes here");
    Some(fault.with_fix("remove the outer parentheses", edits))
}

/// `(br_if (i32.eqz (local.get $n)) $done)`, `(ref.test (local.get $r) (ref $t))`: the immediate after the operands.
pub(super) fn late_immediate(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let open = cx.enclosing()?;
    let instr = cx.op_of(open)?;
    let most = match cx.head(open) {
        TokenKind::OpIndex | TokenKind::OpLane | TokenKind::OpHeapType | TokenKind::OpRefType => 1,
        TokenKind::OpIndex2 => 2,
        TokenKind::OpLabels => usize::MAX,
        _ => return None,
    };
    let is_index = |part: &usize| matches!(cx.tokens[*part].kind, TokenKind::Id | TokenKind::Nat);
    let before = open + 2..cx.at;
    if cx.kind() != TokenKind::Open || !before.clone().all(|part| is_index(&part)) {
        return None;
    }
    let parts = cx.parts(cx.at - 1, cx.close_of(open));
    let is_operand = |part: &&usize| cx.tokens[**part].kind == TokenKind::Open;
    let (_, late) = parts.split_at(parts.iter().take_while(is_operand).count());
    let is_immediate = |part: &usize| match cx.head(open) {
        TokenKind::OpHeapType | TokenKind::OpRefType => types::is_type(cx.tokens[*part].kind),
        _ => is_index(part),
    };
    let (&first, &last) = (late.first()?, late.last()?);
    if !late.iter().all(is_immediate) || before.len() + late.len() > most {
        return None;
    }
    let span = cx.tokens[first].span().to(cx.group(last));
    let text = cx.slice(span);
    let message = format!("`{text}` must come before the operands of `{}`", instr.mnemonic());
    let fault = cx.error(Code::UnexpectedToken, span, message);
    let edits = vec![edit(cx.near(-1)?.span().after(), format!(" {text}")), edit(cx.with_space(span), "")];
    Some(fault.with_fix("move it there", edits))
}

/// `((local.get $a) i32.add (local.get $b))`, or `((i32.const 1))`.
pub(super) fn parentheses(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    if (cx.near_kind(-1), cx.kind()) != (Some(TokenKind::Open), TokenKind::Open) || !cx.expected.instruction {
        return None;
    }
    let open = cx.enclosing()?;
    let whole = cx.group(open);
    match cx.parts(open, cx.close_of(open))[..] {
        [left, op, ref immediates @ .., right]
            if cx.tokens[op].kind.is_op()
                && cx.tokens[right].kind == TokenKind::Open
                && immediates.iter().all(|&part| !cx.tokens[part].kind.is_open()) =>
        {
            let last = immediates.last().copied().unwrap_or(op);
            let name = cx.slice(cx.tokens[op].span().to(cx.tokens[last].span()));
            let message = format!("`{name}` must come before its operands");
            let meant = format!("({name} {} {})", cx.slice(cx.group(left)), cx.slice(cx.group(right)));
            let fault = cx.error(Code::UnexpectedToken, cx.tokens[op].span(), message);
            Some(fault.with_fix("move it there", vec![edit(whole, meant)]))
        }
        [only] => {
            let fault = cx.unexpected("expected an instruction, found another parenthesis");
            let inner = cx.slice(cx.group(only));
            Some(fault.with_fix("remove the outer parentheses", vec![edit(whole, inner)]))
        }
        // `(call $f ((i32.const 1) (i32.const 2)))`
        ref parts if parts.iter().all(|&part| cx.tokens[part].kind == TokenKind::Open) => {
            let edits = vec![
                edit(Span::new(whole.start, whole.start + 1), ""),
                edit(Span::new(whole.end - 1, whole.end), ""),
            ];
            let fault = cx.unexpected("expected an instruction, found another parenthesis");
            Some(fault.with_fix("remove the outer parentheses", edits))
        }
        _ => None,
    }
}
