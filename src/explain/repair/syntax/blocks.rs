//! Mistakes in blocks: their clauses, and where they begin and end.

use super::arms;
use super::context::ErrorContext;
use super::ends;
use super::loops;
use crate::diagnostic::{Code, edit};
use crate::explain::repair::quote::one_line;
use crate::explain::repair::recoverable::Recoverable;
use crate::instr::Op;
use crate::lex::{Token, TokenKind};
use crate::span::Span;

/// `(catch $tag)` without a label.
pub(super) fn catch_clause(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let open = cx.enclosing()?;
    let needs = match cx.head(open) {
        TokenKind::ParenCatch | TokenKind::ParenCatchRef => "a tag and a label",
        TokenKind::ParenCatchAll | TokenKind::ParenCatchAllRef => "a label",
        TokenKind::ParenOn => "a tag and a label or `switch`",
        _ => return None,
    };
    let clause = cx.text(cx.tokens[open]);
    let found = if cx.kind() == TokenKind::Close { ")" } else { cx.word() };
    let message = format!("`{clause}` needs {needs}, found `{}`", one_line(found));
    let whole = cx.group(open);
    let fault = cx.unexpected(message);
    let word = cx.tokens[open].span();
    let word = Span::new(word.start + 1, word.end);
    let parts = cx.parts(open, cx.close_of(open)).len();
    // `(catch $tag)`
    if parts == 1
        && cx.kind() == TokenKind::Close
        && cx.near(-1).is_some_and(|name| cx.names.kind(cx.text(name)) == Some("tag"))
    {
        let tag = cx.near(-1)?.span();
        let fault = match enclosing_label(cx, open) {
            Some(label) => fault
                .with_guess(format!("add a label: `{label}`"), vec![edit(tag.after(), format!(" {label}"))]),
            None => fault,
        };
        return Some(Recoverable { edits: vec![edit(whole, "")], ..fault });
    }
    let meant = match (cx.head(open), parts) {
        (TokenKind::ParenCatch, 1) => "catch_all",
        (TokenKind::ParenCatchRef, 1) => "catch_all_ref",
        (TokenKind::ParenCatchAll, 2) => "catch",
        (TokenKind::ParenCatchAllRef, 2) => "catch_ref",
        _ => return Some(fault.read_as(whole, "")),
    };
    Some(fault.with_guess(format!("write `{meant}`"), vec![edit(word, meant)]))
}

/// The label of the innermost folded block around the `try_table` of a clause.
fn enclosing_label<'s>(cx: &ErrorContext<'s>, clause: usize) -> Option<&'s str> {
    let around = cx.opens().iter().rev().skip_while(|open| **open >= clause).skip(1);
    let label = |open: usize| {
        let is_block = matches!(cx.head(open), TokenKind::OpBlock);
        cx.tokens.get(open + 2).filter(|label| is_block && label.kind == TokenKind::Id)
    };
    around.copied().find_map(label).map(|label| cx.text(*label))
}

/// `(if (c) (local.get 0) (else ...))`: `then` is missing or misplaced.
pub(super) fn folded_if(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let kind = cx.kind();
    let within = cx.enclosing()?;
    if kind == TokenKind::Word && cx.word() == "then" && cx.head(within) != TokenKind::OpIf {
        if let Some(fault) = condition_before_then(cx) {
            return Some(fault);
        }
        let fault =
            cx.unexpected("`then` is for an `if` in parentheses; here the instructions follow directly");
        return Some(fault.with_fix("remove it", vec![edit(cx.with_space(cx.token().span()), "")]));
    }
    let is_clause = matches!(kind, TokenKind::ParenThen | TokenKind::ParenElse);
    // A flat `if` with the clauses of a folded one.
    if kind == TokenKind::ParenThen
        && cx.head(within) != TokenKind::OpIf
        && ends::blocks(cx).is_some_and(|ends::Blocks { open: blocks, .. }| {
            blocks.last().is_some_and(|&block| cx.tokens[block].kind == TokenKind::OpIf)
        })
    {
        if let Some(fault) = arms::if_without_parenthesis(cx, within) {
            return Some(fault);
        }
        let inner = |index: usize| {
            let group = cx.group(index);
            cx.slice(Span::new(cx.tokens[index].span().end, group.end - 1)).trim()
        };
        let mut edits = vec![edit(cx.group(cx.at), inner(cx.at))];
        let next = cx.close_of(cx.at) + 1;
        if cx.tokens.get(next).is_some_and(|token| token.kind == TokenKind::ParenElse) {
            edits.push(edit(cx.group(next), format!("else {}", inner(next))));
        }
        let message = "`(then ...)` is for an `if` in parentheses; here the instructions follow directly";
        return Some(cx.unexpected(message).with_guess("remove the parentheses", edits));
    }
    if cx.head(within) != TokenKind::OpIf {
        if !is_clause || !cx.expected.instruction && cx.head(within) != TokenKind::ParenThen {
            return None;
        }
        if let Some(fault) = arms::else_in_then(cx, within).or_else(|| arms::arm_after_if(cx, cx.at - 1)) {
            return Some(fault);
        }
        let name = if kind == TokenKind::ParenThen { "then" } else { "else" };
        let message = format!("`({name} ...)` must be inside an `if`");
        let group = cx.group(cx.at);
        let inner = Span::new(cx.token().span().end, group.end - 1);
        let text = cx.slice(inner).trim().to_owned();
        return Some(cx.unexpected(message).read_as(group, text));
    }
    let is_then = |part: &usize| cx.tokens[*part].kind == TokenKind::ParenThen;
    let is_else = |part: &usize| cx.tokens[*part].kind == TokenKind::ParenElse;
    let parts = cx.parts(within, cx.at);
    let all = cx.parts(within, cx.close_of(within));
    // Operands: neither the instruction nor its type.
    let operands: Vec<usize> = parts
        .iter()
        .copied()
        .filter(|&part| {
            cx.tokens[part].kind.is_open()
                && !matches!(
                    cx.tokens[part].kind,
                    TokenKind::ParenThen
                        | TokenKind::ParenElse
                        | TokenKind::ParenParam
                        | TokenKind::ParenResult
                        | TokenKind::ParenType
                )
        })
        .collect();
    if let Some(then) = parts.iter().copied().find(is_then) {
        // A form after `then` is misplaced.
        if !kind.is_open() || is_clause {
            return None;
        }
        let group = cx.group(cx.at);
        let place = cx.tokens[then].span().before();
        let text = format!("{} ", cx.slice(group));
        let moved = vec![edit(place, text), edit(cx.with_space(group), "")];
        if operands.iter().all(|&operand| operand >= then) {
            let fault = cx.unexpected("the condition of an `if` must come before `(then ...)`");
            return Some(fault.with_guess("move it there", moved));
        }
        // The condition exists, so this is the `else` arm, or the next instruction.
        let last = all.iter().copied().rfind(|&part| cx.tokens[part].kind.is_open());
        let rest = group.to(cx.group(last.unwrap_or(cx.at)));
        let fault = cx.unexpected("an `if` ends with its `(then ...)` and `(else ...)`");
        if all.iter().any(is_else) {
            return Some(fault.with_guess("move it there", moved));
        }
        let edits = vec![edit(rest.before(), "(else "), edit(rest.after(), ")")];
        return Some(fault.with_guess("if it is the other arm, move it into `(else ...)`", edits));
    }
    if kind == TokenKind::ParenElse
        && let Some(then) = all.iter().copied().find(is_then)
    {
        let (first, second) = (cx.group(cx.at), cx.group(then));
        let mut fault = cx.unexpected("`(else ...)` must come after `(then ...)`");
        fault = fault.with_label(cx.tokens[then].span(), "`then` is here");
        let edits = vec![edit(first, cx.slice(second)), edit(second, cx.slice(first))];
        return Some(fault.with_fix("swap them", edits));
    }
    if kind != TokenKind::ParenElse && kind != TokenKind::Close {
        return None;
    }
    if kind == TokenKind::Close
        && let Some(fault) = arms::arm_after_if(cx, cx.at)
    {
        return Some(fault);
    }
    let has_else = kind == TokenKind::ParenElse || all.iter().any(is_else);
    let message = match has_else {
        true => "this `if` has an `else` and no `then`: expected `(then ...)` before it",
        false => "this `if` has no `(then ...)`",
    };
    let fault = match kind {
        TokenKind::ParenElse => cx.unexpected(message),
        _ => {
            let span = cx.tokens[within + 1].span();
            cx.error(Code::UnexpectedToken, span, message)
        }
    };
    // In early versions, one or two arms followed the condition directly.
    if kind == TokenKind::Close
        && let [_, arms @ ..] = &operands[..]
        && let [_] | [_, _] = arms
    {
        let arms: Vec<Span> = arms.iter().map(|&arm| cx.group(arm)).collect();
        return Some(arms::with_clauses(cx, within, fault, &arms));
    }
    let (from, to) = match operands[..] {
        [_, first, .., last] => (first, last),
        [_, only] => (only, only),
        _ => {
            let place = cx.near(-1)?.span().after();
            return Some(fault.with_guess("add an empty one", vec![edit(place, " (then)")]));
        }
    };
    let inner = cx.group(from).to(cx.group(to));
    let edits = vec![edit(inner.before(), "(then "), edit(inner.after(), ")")];
    let mut fault = fault.with_guess("move the instructions into `(then ...)`", edits);
    if kind == TokenKind::Close {
        // The result of the other arm is unknown.
        fault.edits[1].replacement = " (unreachable))".into();
        fault.edits.push(edit(cx.group(within).after(), " (unreachable)"));
    }
    Some(fault)
}

/// `if local.get $x then`: the condition of a flat `if` after it.
fn condition_before_then(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let own = ends::blocks(cx)?.open.pop().filter(|&block| cx.tokens[block].kind == TokenKind::OpIf)?;
    let is_type = |kind: TokenKind| {
        matches!(kind, TokenKind::ParenParam | TokenKind::ParenResult | TokenKind::ParenType)
    };
    let mut first = own + 1;
    while first < cx.at && (cx.tokens[first].kind == TokenKind::Id || is_type(cx.tokens[first].kind)) {
        first = cx.close_or(first) + 1;
    }
    if first >= cx.at {
        return None;
    }
    let (head, condition) = (cx.tokens[own].span(), cx.tokens[first].span().to(cx.tokens[cx.at - 1].span()));
    let then = cx.token().span();
    let line = cx.source[..head.start as usize].rsplit('\n').next().unwrap_or_default();
    let apart = if line.trim().is_empty() { format!("\n{line}") } else { " ".to_owned() };
    let text = format!("{}{apart}", cx.slice(condition));
    let edits = vec![edit(head.before(), text), edit(cx.with_space(condition.to(then)), "")];
    let span = Span::new(head.start, head.start + op_len(cx.tokens[own]));
    let fault = cx.error(Code::UnexpectedToken, span, "the condition of a flat `if` must come before it");
    let fault = fault.with_label(condition, "this is the condition");
    let fault = fault.with_label(then, "a flat `if` has no `then`");
    // The condition may be before the `if`, and the `then` alone may be wrong.
    Some(fault.with_guess("move it there", edits))
}

/// A flat block without `end`, or an `end` or `else` without a block.
pub(super) fn flat_block(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let kind = cx.kind();
    let token = cx.token();
    if !matches!(
        kind,
        TokenKind::Close
            | TokenKind::OpEnd
            | TokenKind::OpElse
            | TokenKind::OpCatch
            | TokenKind::OpCatchAll
            | TokenKind::OpDelegate
    ) {
        return None;
    }
    let found = ends::blocks(cx)?;
    let blocks = &found.open;
    let name = cx.word();
    let is_last_open = |block: &usize| found.unclosed.is_none_or(|unclosed| unclosed == *block);
    if kind == TokenKind::Close {
        let &innermost = blocks.last()?;
        if let Some(fault) = ends::end_after_parenthesis(cx, innermost).filter(|_| is_last_open(&innermost)) {
            return Some(fault);
        }
        // The lines may show which of the blocks lacks its `end`, otherwise the innermost is reported.
        let first = found.unclosed.unwrap_or(innermost);
        let block = cx.tokens[first];
        let word = cx.text(block);
        let message = format!("this `{word}` has no `end`");
        let fault =
            cx.error(Code::UnexpectedToken, Span::new(block.start, block.start + op_len(block)), message);
        let (place, end) = meant_end(cx, first);
        let mut fault = fault.with_guess("add `end`", vec![edit(place, end.clone())]);
        // The results of the block are unknown.
        fault.edits = vec![edit(place, format!("{end} unreachable"))];
        let close = token.span();
        fault = fault.with_label(close, "expected `end` before this");
        return Some(fault);
    }
    if let Some(fault) = ends::end_before_else(cx, &found) {
        return Some(fault);
    }
    if kind == TokenKind::OpEnd
        && blocks.is_empty()
        && let Some(fault) = ends::surplus_end(cx, &found)
    {
        return Some(fault);
    }
    let label = cx.near(1).filter(|next| next.kind == TokenKind::Id && kind != TokenKind::OpDelegate);
    let span = label.map_or(token.span(), |label| token.span().to(label.span()));
    let message = match (kind, blocks.last()) {
        (TokenKind::OpEnd, None) => {
            let within = cx.enclosing().filter(|open| open + 1 != cx.at);
            match within.and_then(|open| cx.op_of(open)) {
                Some(op) => {
                    format!("unexpected `end`: `({} ...)` ends with its parenthesis", op.mnemonic())
                }
                None => "unexpected `end`: no block is open".to_owned(),
            }
        }
        (_, Some(&block)) if cx.tokens[block].kind == TokenKind::OpTryTable && kind != TokenKind::OpElse => {
            format!("`{name}` is for the legacy `try`; a `try_table` has its clauses before its instructions")
        }
        (TokenKind::OpCatch | TokenKind::OpCatchAll, Some(&block))
            if cx.tokens[block].kind == TokenKind::OpTry =>
        {
            format!("`{name}` cannot follow the `catch_all` of its `try`, which is the last clause")
        }
        (_, Some(&block)) if kind == TokenKind::OpElse => match cx.tokens[block].kind {
            TokenKind::OpIf => "this `if` has an `else` already".to_owned(),
            _ => format!("`else` is for an `if`, found a `{}`", cx.text(cx.tokens[block])),
        },
        _ => format!("unexpected `{name}`: no block is open"),
    };
    let mut fault = cx.unexpected(message);
    match ends::end_after_else(cx).filter(|_| kind == TokenKind::OpElse && blocks.is_empty()) {
        // The `if` is missing, not only this word.
        Some(end) => {
            fault = fault.with_label(end, "this `end` has no block either").read_as(end, "");
        }
        None => fault = fault.with_guess("remove it", vec![edit(cx.with_space(span), "")]),
    }
    if kind == TokenKind::OpElse {
        // The stack is unknown.
        fault.edits.retain(|change| change.span.start > span.end);
        fault.edits.push(edit(span, "unreachable"));
    }
    if let Some(&block) = blocks.last() {
        let block = cx.tokens[block];
        let span = Span::new(block.start, block.start + op_len(block));
        fault = fault.with_label(span, "the block begins here");
    }
    Some(fault)
}

/// Returns where the missing `end` of a block probably belongs, and its text: before the first line that is
/// not indented more than the block, or else at the end.
fn meant_end(cx: &ErrorContext<'_>, block: usize) -> (Span, String) {
    let line_before = |at: u32| cx.source[..at as usize].rsplit('\n').next().unwrap_or_default();
    let start = cx.tokens[block].start;
    let column = line_before(start).len();
    let place = |index: usize| cx.tokens[index - 1].span().after();
    let is_own_line = line_before(start).trim().is_empty();
    let mut index = block + 1;
    while index < cx.at {
        let token = cx.tokens[index];
        let before = line_before(token.start);
        if is_own_line
            && before.trim().is_empty()
            && before.len() <= column
            && token.kind != TokenKind::OpElse
        {
            break;
        }
        index = cx.close_or(index) + 1;
    }
    let index = index.min(cx.at);
    let is_own_line = is_own_line && cx.slice(Span::new(start, place(index).end)).contains('\n');
    let end = if is_own_line { format!("\n{}end", " ".repeat(column)) } else { " end".to_owned() };
    (place(index), end)
}

fn op_len(token: Token) -> u32 {
    token.op().mnemonic().len() as u32
}

/// Clauses of a `try_table` after its instructions.
pub(super) fn late_catch(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let is_clause = TokenKind::begins_clause;
    let open = cx.enclosing()?;
    if !is_clause(cx.kind()) || cx.head(open) != TokenKind::OpTryTable {
        return None;
    }
    let parts = cx.parts(open, cx.at);
    let first = parts.iter().copied().find(|&part| cx.tokens[part].kind == TokenKind::Open)?;
    let mut last = cx.at;
    while cx.tokens.get(cx.close_of(last) + 1).is_some_and(|next| is_clause(next.kind)) {
        last = cx.close_of(last) + 1;
    }
    let group = cx.group(cx.at).to(cx.group(last));
    let place = cx.tokens[first].span().before();
    let text = format!("{} ", cx.slice(group));
    let fault = cx.unexpected("the clauses of a `try_table` must come before its instructions");
    Some(fault.with_fix("move it there", vec![edit(place, text), edit(cx.with_space(group), "")]))
}

/// `(try_table ... (do ...))`
pub(super) fn do_of_try_table(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let within = cx.enclosing()?;
    if cx.kind() != TokenKind::ParenDo || cx.head(within) == TokenKind::OpTry {
        return None;
    }
    if let Some(fault) = loops::do_while(cx) {
        return Some(fault);
    }
    let name = cx.op_of(within).map_or("function", Op::mnemonic);
    let message = format!("`do` is for the legacy `try`; the instructions of a `{name}` follow directly");
    let group = cx.group(cx.at);
    let close = Span::new(group.end - 1, group.end);
    let head = cx.token().span();
    let rest = cx.source[head.end as usize..].len() - cx.source[head.end as usize..].trim_start().len();
    let head = Span::new(head.start, head.end + rest as u32);
    let is_guess = cx.head(within) != TokenKind::OpTryTable;
    Some(cx.unexpected(message).with_guess_if(is_guess, "remove it", vec![edit(head, ""), edit(close, "")]))
}
