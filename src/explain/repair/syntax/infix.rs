//! Parentheses that do not begin with an instruction.

use super::context::ErrorContext;
use crate::diagnostic::{Code, edit};
use crate::explain::repair::recoverable::Recoverable;
use crate::lex::TokenKind;
use crate::span::Span;

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
