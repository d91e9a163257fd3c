//! Operands as other languages write them: after the name of a function, or with the names of fields.

use super::context::ErrorContext;
use super::immediates::is_literal;
use crate::diagnostic::{Code, Edit, edit};
use crate::explain::repair::recoverable::Recoverable;
use crate::lex::TokenKind;

/// `call $f $a 1`, without parentheses.
pub(super) fn after_call(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let call = cx.at.checked_sub(1)?;
    let token = cx.tokens[call];
    // The index belongs to the token of a plain instruction, or follows it.
    let (call, name) = match token.kind {
        TokenKind::Instr => (token, token.immediate()),
        TokenKind::Id | TokenKind::Nat => (cx.near(-2)?, token.span()),
        _ => return None,
    };
    let is_call = call.kind.is_op() && call.op().mnemonic() == "call" && !name.is_empty();
    let is_folded =
        cx.enclosing().is_some_and(|open| cx.tokens.get(open + 1).map(|head| head.start) == Some(call.start));
    if !is_call || is_folded || !cx.expected.instruction || !is_argument(cx, cx.at) {
        return None;
    }
    let rest = (cx.at..cx.tokens.len()).take_while(|at| is_argument(cx, *at));
    let arguments: Vec<String> = rest
        .map(|at| match cx.tokens[at].kind {
            TokenKind::Id => format!("local.get {}", cx.text(cx.tokens[at])),
            _ => format!("i32.const {}", cx.text(cx.tokens[at])),
        })
        .collect();
    let last = cx.tokens[cx.at + arguments.len() - 1].span();
    let name = cx.slice(name);
    let meant = format!("{} call {name}", arguments.join(" "));
    let message = format!("the operands of `call {name}` must come before it");
    let span = cx.token().span().to(last);
    let fault = cx.error(Code::UnexpectedToken, span, message);
    let whole = call.span().to(last);
    Some(fault.with_guess(format!("write `{meant}`"), vec![edit(whole, meant)]))
}

/// Whether a token is a name or a number.
fn is_argument(cx: &ErrorContext<'_>, at: usize) -> bool {
    cx.tokens.get(at).is_some_and(|token| {
        is_literal(*token) && !matches!(token.kind, TokenKind::String | TokenKind::Float)
    })
}

/// `(struct.new $point $x (i32.const 1) $y (i32.const 2))`
pub(super) fn named(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let open = cx.enclosing()?;
    let op = cx.op_of(open)?;
    if !op.mnemonic().starts_with("struct.new") && !op.mnemonic().starts_with("call") {
        return None;
    }
    let parts = cx.parts(open, cx.close_of(open));
    let names: Vec<usize> = parts
        .windows(2)
        .filter(|pair| {
            pair[0] >= cx.at
                && cx.tokens[pair[0]].kind == TokenKind::Id
                && cx.tokens[pair[1]].kind == TokenKind::Open
        })
        .map(|pair| pair[0])
        .collect();
    let operands = parts.iter().filter(|&&part| cx.tokens[part].kind == TokenKind::Open).count();
    if cx.kind() != TokenKind::Id || names.len() < 2 || names.len() != operands || names[0] != cx.at {
        return None;
    }
    let edits: Vec<Edit> =
        names.iter().map(|&name| edit(cx.with_space(cx.tokens[name].span()), "")).collect();
    let message = format!("the operands of `{}` have no names", op.mnemonic());
    Some(cx.unexpected(message).with_guess("remove the names", edits))
}
