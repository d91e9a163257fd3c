//! The types of operands, as far as the tokens show them.

use super::context::ErrorContext;
use crate::diagnostic::{Code, edit};
use crate::explain::repair::recoverable::Recoverable;
use crate::lex::TokenKind;
use crate::span::Span;

/// The maximum number of tokens that are searched for a declaration.
const MOST: usize = 1 << 10;

/// The maximum number of tokens between an instruction and the one before it.
const NEAR: usize = 64;

/// The number type of the operands of the instruction at the token: that of the first operand in its
/// parentheses, or that of the instruction before it.
pub(super) fn operand_type(cx: &ErrorContext<'_>) -> Option<&'static str> {
    if cx.near_kind(-1) == Some(TokenKind::Open) {
        // The first operand is enough.
        return type_of(cx, cx.at + 2).filter(|_| cx.near_kind(1) == Some(TokenKind::Open));
    }
    let before =
        cx.tokens[cx.at.saturating_sub(NEAR)..cx.at].iter().rev().position(|token| token.kind.is_op())?;
    let before = cx.at - 1 - before;
    type_of(cx, before)
}

/// `(sub (local.get $a) (local.get $b))`: the keyword is also one of types.
pub(super) fn bare_sub(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    if cx.kind() != TokenKind::ParenSub || !cx.expected.instruction {
        return None;
    }
    let ty = type_of(cx, cx.at + 2).filter(|_| cx.near_kind(1) == Some(TokenKind::Open));
    let meant = format!("{}.sub", ty.unwrap_or("i32"));
    let end = cx.token().span().end;
    let word = Span::new(end - "sub".len() as u32, end);
    let message = format!("unknown instruction `sub`: the type is part of the name, as in `{meant}`");
    let fault = cx.error(Code::UnknownInstruction, word, message);
    let fault = fault.with_guess_if(ty.is_none(), format!("write `{meant}`"), vec![edit(word, meant)]);
    // The types of other operands are unknown.
    Some(match ty {
        Some(_) => fault,
        None => Recoverable { edits: vec![edit(word, "unreachable")], ..fault },
    })
}

/// The type that the instruction at a token leaves.
fn type_of(cx: &ErrorContext<'_>, at: usize) -> Option<&'static str> {
    let token = cx.tokens.get(at).filter(|token| token.kind.is_op())?;
    let op = token.op();
    if matches!(op.mnemonic(), "local.get" | "local.tee") {
        let name = match token.immediate() {
            span if span.is_empty() => cx.text(*cx.tokens.get(at + 1)?),
            span => cx.slice(span),
        };
        let declared = cx.tokens.windows(3).take(MOST).find(|three| {
            matches!(three[0].kind, TokenKind::ParenParam | TokenKind::ParenLocal)
                && three[1].kind == TokenKind::Id
                && cx.text(three[1]) == name
        })?;
        return number(cx.text(declared[2]));
    }
    let (_, results) = op.row().signature.split_once("->")?;
    number(results.trim())
}

fn number(name: &str) -> Option<&'static str> {
    ["i32", "i64", "f32", "f64"].into_iter().find(|ty| *ty == name)
}
