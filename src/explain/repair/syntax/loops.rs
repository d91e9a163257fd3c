//! Loops of other languages in folded code: `(while C ...)`, `(do ... (while C))` and `(for I C S ...)`.

use super::context::ErrorContext;
use crate::diagnostic::{Applicability, Code, edit};
use crate::explain::repair::recoverable::Recoverable;
use crate::lex::TokenKind;
use crate::span::Span;

/// Suggests a `block` with a `loop` that does the same.
pub(super) fn loop_of_other_languages(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let word = cx.word();
    if cx.kind() != TokenKind::Word || cx.near_kind(-1) != Some(TokenKind::Open) || !cx.expected.instruction {
        return None;
    }
    let open = cx.enclosing()?;
    let close = cx.close_of(open);
    let parts = cx.parts(open, close);
    let (_, operands) = parts.split_first()?;
    if operands.iter().any(|&part| cx.tokens[part].kind != TokenKind::Open) {
        return None;
    }
    let (first, condition, step, body) = match (word, operands) {
        ("while", [condition, body @ ..]) => (None, *condition, None, body),
        ("for", [first, condition, step, body @ ..]) => (Some(*first), *condition, Some(*step), body),
        _ => return None,
    };
    let whole = cx.group(open);
    let name = cx.token().span();
    let message = format!("unknown instruction `{word}`: a loop is a `loop` that a branch repeats");
    let fault = cx.error(Code::UnknownInstruction, name, message);
    let condition = cx.group(condition);
    let start = whole.start;
    let head = format!("(block $done (loop $next (br_if $done (i32.eqz {}))", cx.slice(condition));
    let end =
        body.last().map_or(step.map_or(condition.end, |step| cx.group(step).end), |&last| cx.group(last).end);
    let mut edits = Vec::new();
    match (first, step) {
        (Some(first), Some(step)) => {
            let (first, step) = (cx.group(first), cx.group(step));
            edits.push(edit(Span::new(start, first.start), ""));
            edits.push(edit(Span::new(condition.start, step.end), head));
            edits.push(edit(Span::new(end, whole.end), format!(" {} (br $next)))", cx.slice(step))));
        }
        _ => {
            edits.push(edit(Span::new(start, condition.end), head));
            edits.push(edit(Span::new(end, whole.end), " (br $next)))"));
        }
    }
    let fault = fault.read_as(whole, "(unreachable)");
    // Labels of the same names may be in use.
    let has_names = cx.slice(whole).contains("$done") || cx.slice(whole).contains("$next");
    if has_names {
        return Some(fault);
    }
    let diagnostic =
        fault.diagnostic.with_edits("write a `loop` in a `block`", edits, Applicability::MaybeIncorrect);
    Some(Recoverable { diagnostic, ..fault })
}

/// `(do A (while c))`
pub(super) fn do_while(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let last = *cx.parts(cx.at, cx.close_of(cx.at)).last()?;
    let word = cx.tokens.get(last + 1).filter(|_| cx.tokens[last].kind == TokenKind::Open)?;
    if !matches!(cx.text(*word), "while" | "until") {
        return None;
    }
    let head = cx.token().span();
    let head = Span::new(head.start + 1, head.end);
    let message = "unknown instruction `do`: a loop is a `loop` that a branch repeats";
    let fault = cx.error(Code::UnknownInstruction, head, message);
    let label = if cx.names.uses("$next") { "$again" } else { "$next" };
    let edits = vec![edit(head, format!("loop {label}")), edit(word.span(), format!("br_if {label}"))];
    let fault = fault.with_label(word.span(), "the condition of the loop");
    Some(match cx.text(*word) {
        "while" => fault.with_guess("write a `loop` with `br_if`", edits),
        _ => Recoverable { edits, ..fault },
    })
}
