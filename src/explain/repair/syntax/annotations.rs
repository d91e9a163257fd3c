//! Annotations with a meaning where they have none.

use super::context::ErrorContext;
use crate::diagnostic::Code;
use crate::explain::repair::recoverable::Recoverable;
use crate::lex::TokenKind;

/// `(data (@metadata.code.x "") "a")`, `(func (@custom "a" "b"))`, `(func nop (@name "f"))`.
pub(super) fn misplaced(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let place = match cx.kind() {
        TokenKind::AtName => "must follow the keyword or the identifier of what it names",
        TokenKind::FieldAnnotation => "must be between the fields of a module",
        TokenKind::CodeAnnotation => "must precede a function or an instruction",
        _ => return None,
    };
    let head = cx.token().span();
    let name = cx.slice(head).trim_start_matches("(@");
    let fault = cx.error(Code::BadAnnotation, head, format!("the annotation `@{name}` {place}"));
    Some(fault.read_as(cx.group(cx.at), ""))
}
