//! The type and the field of instructions for structs, if one of them is missing.

use super::context::ErrorContext;
use super::immediates::incomplete;
use crate::diagnostic::{Code, edit};
use crate::explain::repair::recoverable::Recoverable;
use crate::lex::TokenKind;

/// `(struct.get $point (local.get $p))`, `(struct.get $x ...)`, `(struct.get $point.x ...)`.
pub(super) fn type_and_field(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    if cx.expected.instruction {
        return None;
    }
    let index = incomplete(cx).filter(|&index| index + 2 == cx.at)?;
    let (instr, given) = (cx.tokens[index], cx.tokens[index + 1]);
    let name = instr.op().mnemonic();
    if instr.kind != TokenKind::OpIndex2 || !name.starts_with("struct.") || given.kind != TokenKind::Id {
        return None;
    }
    let (text, span) = (cx.text(given), given.span());
    let fault = |message: String| cx.error(Code::UnexpectedToken, span, message);
    if let Some((ty, field)) = text.split_once('.').filter(|(ty, _)| cx.names.has_type(ty)) {
        let meant = format!("{ty} ${}", field.trim_start_matches('$'));
        let message = format!("`{name}` needs a struct type and a field, found `{text}`");
        return Some(fault(message).with_fix(format!("write `{meant}`"), vec![edit(span, meant)]));
    }
    if cx.names.has_type(text) {
        let only = cx.names.only_field(text)?;
        let message = format!("`{name}` needs a struct type and a field, found the type `{text}` only");
        return Some(fault(message).with_guess(
            format!("add the only field with a name, `{only}`"),
            vec![edit(span.after(), format!(" {only}"))],
        ));
    }
    let ty = cx.names.only_type_with(text)?;
    let message = format!("`{name}` needs a struct type and a field, found the field `{text}` only");
    Some(fault(message).with_guess(
        format!("add the type that has the field, `{ty}`"),
        vec![edit(span.before(), format!("{ty} "))],
    ))
}
