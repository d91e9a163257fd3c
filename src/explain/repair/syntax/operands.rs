//! The types of operands, as far as the tokens show them.

use super::context::ErrorContext;
use crate::diagnostic::{Code, edit};
use crate::explain::repair::recoverable::Recoverable;
use crate::instr::Op;
use crate::lex::TokenKind;
use crate::span::Span;

/// The maximum number of tokens that are searched for a declaration or a parenthesis.
const MOST: usize = 1 << 10;

/// The maximum number of tokens between an instruction and the one before it.
const NEAR: usize = 64;

/// The maximum depth of nested instructions without a type that are read.
const DEEPEST: usize = 8;

/// The type that an instruction without its type means, at the token: `add`, `load`, `const`.
pub(super) fn type_meant(cx: &ErrorContext<'_>) -> Option<&'static str> {
    type_of_bare(cx, cx.at, DEEPEST, true)
}

/// The type that the instruction around the token expects there, or that of the value that is left there.
pub(super) fn expected_type(cx: &ErrorContext<'_>) -> Option<&'static str> {
    expected(cx, cx.at, DEEPEST)
}

/// The type that the instruction around the one at an index expects from it.
pub(super) fn expected_type_at(cx: &ErrorContext<'_>, at: usize) -> Option<&'static str> {
    expected(cx, at, DEEPEST)
}

/// The heap type of the reference that the function or variable around the instruction at an index takes.
pub(super) fn expected_heap_type<'s>(cx: &ErrorContext<'s>, at: usize) -> Option<&'s str> {
    let around = if is_folded(cx, at) { parent(cx, at - 1)? } else { cx.enclosing()? };
    let ty = match cx.head(around) {
        TokenKind::ParenFunc => {
            let mut results =
                parts(cx, around).into_iter().filter(|&part| cx.tokens[part].kind == TokenKind::ParenResult);
            let result = results.next().filter(|_| results.next().is_none())?;
            let &[only] = &parts(cx, result)[..] else { return None };
            cx.slice(cx.group(only))
        }
        kind if kind.is_op() => {
            let name = immediate(cx, around + 1)?;
            match cx.tokens[around + 1].op().mnemonic() {
                "local.set" | "local.tee" => local_type(cx, name)?,
                "global.set" => cx.names.global_type(name)?,
                _ => return None,
            }
        }
        _ => return None,
    };
    let heap = match ty.strip_prefix("(ref") {
        Some(inner) => inner.trim_start().trim_start_matches("null").trim_end_matches(')').trim(),
        None => ty.strip_suffix("ref").filter(|heap| !heap.is_empty() && !heap.starts_with("null"))?,
    };
    (!heap.is_empty()).then_some(heap)
}

/// `(sub (local.get $a) (local.get $b))`: the keyword is also one of types.
pub(super) fn bare_sub(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    if cx.kind() != TokenKind::ParenSub || !cx.expected.instruction {
        return None;
    }
    let ty = operands(cx, cx.at, DEEPEST).into_iter().flatten().next();
    let ty = ty.or_else(|| expected(cx, cx.at, DEEPEST));
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

/// The type of the operands of the word at a token, or of its result if it has no operands of its type. The
/// instruction around it is read only `in_context`.
fn type_of_bare(cx: &ErrorContext<'_>, at: usize, depth: usize, in_context: bool) -> Option<&'static str> {
    let depth = depth.checked_sub(1)?;
    let expected = |depth| expected(cx, at, depth).filter(|_| in_context);
    let word = cx.text(cx.tokens[at]);
    match word {
        "const" => {
            let number = *cx.tokens.get(at + 1)?;
            let is_float = number.kind == TokenKind::Float;
            let by_context = expected(depth).filter(|ty| !is_float || ty.starts_with('f'));
            by_context.or(is_float.then_some("f64"))
        }
        _ if word.starts_with("load") => expected(depth),
        _ if word.starts_with("store") => match is_folded(cx, at) {
            true => operands(cx, at, depth).get(1).copied().flatten(),
            false => before(cx, at, depth),
        },
        _ => {
            let of_operands = match is_folded(cx, at) {
                true => operands(cx, at, depth).into_iter().flatten().next(),
                false => before(cx, at, depth),
            };
            of_operands.or_else(|| expected(depth).filter(|_| !gives_truth(word)))
        }
    }
}

/// Whether an operation gives 0 or 1, whatever the type of its operands is.
fn gives_truth(word: &str) -> bool {
    let stem = word.trim_end_matches("_s").trim_end_matches("_u");
    matches!(stem, "eq" | "ne" | "lt" | "gt" | "le" | "ge" | "eqz" | "==" | "!=" | "<" | ">" | "<=" | ">=")
}

fn is_folded(cx: &ErrorContext<'_>, at: usize) -> bool {
    cx.tokens[at].kind.is_open() || at > 0 && cx.tokens[at - 1].kind == TokenKind::Open
}

/// The types of the operands in the parentheses of a folded instruction.
fn operands(cx: &ErrorContext<'_>, at: usize, depth: usize) -> Vec<Option<&'static str>> {
    let open = if cx.tokens[at].kind.is_open() { at } else { at - 1 };
    let groups = parts(cx, open).into_iter().filter(|&part| cx.tokens[part].kind == TokenKind::Open);
    groups.take(NEAR).map(|group| type_of(cx, group + 1, depth)).collect()
}

/// The type that the instruction before a flat one leaves.
fn before(cx: &ErrorContext<'_>, at: usize, depth: usize) -> Option<&'static str> {
    let is_instr = |kind: TokenKind| kind.is_op() || kind == TokenKind::Word;
    let before =
        cx.tokens[at.saturating_sub(NEAR)..at].iter().rev().position(|token| is_instr(token.kind))?;
    type_of(cx, at - 1 - before, depth)
}

/// The type that the instruction at a token leaves.
fn type_of(cx: &ErrorContext<'_>, at: usize, depth: usize) -> Option<&'static str> {
    let token = *cx.tokens.get(at)?;
    if token.kind == TokenKind::Word {
        let word = cx.text(token);
        return if gives_truth(word) { Some("i32") } else { type_of_bare(cx, at, depth, false) };
    }
    if !token.kind.is_op() {
        return None;
    }
    let name = || immediate(cx, at);
    match token.op().mnemonic() {
        "local.get" | "local.tee" => number(local_type(cx, name()?)?),
        "global.get" => number(cx.names.global_type(name()?)?),
        "call" => match &cx.names.signature(name()?)?[1][..] {
            [only] => number(only),
            _ => None,
        },
        _ => {
            let (_, results) = token.op().row().signature.split_once("->")?;
            number(results.trim())
        }
    }
}

/// The type of the value of the instruction at a token, for a local.
pub(super) fn local_value_type(cx: &ErrorContext<'_>, at: usize) -> Option<&'static str> {
    type_of(cx, at, DEEPEST)
}

/// The first immediate of the instruction at a token.
fn immediate<'s>(cx: &ErrorContext<'s>, at: usize) -> Option<&'s str> {
    match cx.tokens[at].immediate() {
        span if span.is_empty() => Some(cx.text(*cx.tokens.get(at + 1)?)),
        span => Some(cx.slice(span)),
    }
}

/// The type of a local or parameter of the function.
fn local_type<'s>(cx: &ErrorContext<'s>, name: &str) -> Option<&'s str> {
    let declared = cx.tokens.windows(3).take(MOST).find(|three| {
        matches!(three[0].kind, TokenKind::ParenParam | TokenKind::ParenLocal)
            && three[1].kind == TokenKind::Id
            && cx.text(three[1]) == name
    })?;
    Some(cx.text(declared[2]))
}

/// The instruction that reads a variable or calls a function.
pub(super) fn value_of_name(cx: &ErrorContext<'_>, name: &str) -> Option<&'static str> {
    if local_type(cx, name).is_some() {
        return Some("local.get");
    }
    match cx.names.kind(name)? {
        "global" => Some("global.get"),
        "func" => Some("call"),
        _ => None,
    }
}

/// The type that the surroundings of an instruction expect from it.
fn expected(cx: &ErrorContext<'_>, at: usize, depth: usize) -> Option<&'static str> {
    let depth = depth.checked_sub(1)?;
    if !is_folded(cx, at) {
        return expected_after(cx, at);
    }
    let own = if cx.tokens[at].kind.is_open() { at } else { at - 1 };
    let parent = parent(cx, own)?;
    let parts = parts(cx, parent);
    let is_last = parts.last() == Some(&own);
    let nth = parts.iter().filter(|&&part| part < own && cx.tokens[part].kind == TokenKind::Open).count();
    let head = cx.tokens[if cx.tokens[parent].kind == TokenKind::Open { parent + 1 } else { parent }];
    let with_result = match head.kind {
        // An arm gives the results of its `if`.
        TokenKind::ParenThen | TokenKind::ParenElse => self::parent(cx, parent)?,
        _ => parent,
    };
    match head.kind {
        TokenKind::ParenFunc
        | TokenKind::ParenThen
        | TokenKind::ParenElse
        | TokenKind::OpBlock
        | TokenKind::OpTryTable => only_result(cx, with_result).filter(|_| is_last),
        TokenKind::Word => {
            let word = cx.text(head);
            let of_others = || operands(cx, parent + 1, depth).into_iter().flatten().next();
            let of_result = || expected(cx, parent + 1, depth).filter(|_| !gives_truth(word));
            of_others().or_else(of_result)
        }
        kind if kind.is_op() => match immediate(cx, parent + 1) {
            Some(name) if head.op().mnemonic() == "call" => {
                number(cx.names.signature(name)?[0].get(nth).copied()?)
            }
            name => operand_of(cx, head.op(), name, nth),
        },
        _ => None,
    }
}

/// The type that the instruction after a flat one expects from it.
fn expected_after(cx: &ErrorContext<'_>, at: usize) -> Option<&'static str> {
    let is_part = |kind: TokenKind| !(kind.is_op() || kind == TokenKind::Word || kind == TokenKind::Close);
    let after = cx.tokens[at + 1..].iter().take(NEAR).position(|token| !is_part(token.kind))?;
    let next = cx.tokens[at + 1 + after];
    match next.kind {
        TokenKind::Close => only_result(cx, cx.opens().first().copied()?),
        kind if kind.is_op() => {
            let (operands, _) = next.op().row().signature.split_once("->").unwrap_or_default();
            let last = operands.split_whitespace().count().saturating_sub(1);
            operand_of(cx, next.op(), immediate(cx, at + 1 + after), last)
        }
        _ => None,
    }
}

/// The type of an operand of an instruction.
fn operand_of(cx: &ErrorContext<'_>, op: Op, name: Option<&str>, nth: usize) -> Option<&'static str> {
    match op.mnemonic() {
        "local.set" | "local.tee" => number(local_type(cx, name?)?),
        "global.set" => number(cx.names.global_type(name?)?),
        "return" => only_result(cx, cx.opens().first().copied()?),
        "if" | "br_if" | "select" => None,
        _ => {
            let (operands, _) = op.row().signature.split_once("->")?;
            match operands.split_whitespace().nth(nth)? {
                "addr" => Some("i32"),
                ty => number(ty),
            }
        }
    }
}

/// The only result in the head of a function or block.
fn only_result(cx: &ErrorContext<'_>, open: usize) -> Option<&'static str> {
    let mut results =
        parts(cx, open).into_iter().filter(|&part| cx.tokens[part].kind == TokenKind::ParenResult);
    let result = results.next().filter(|_| results.next().is_none())?;
    match parts(cx, result)[..] {
        [only] => number(cx.text(cx.tokens[only])),
        _ => None,
    }
}

/// The direct parts of a form, as far as it is searched.
fn parts(cx: &ErrorContext<'_>, open: usize) -> Vec<usize> {
    let mut parts = Vec::new();
    let mut depth = 0;
    for (index, token) in cx.tokens.iter().enumerate().skip(open + 1).take(MOST) {
        if token.kind == TokenKind::Close {
            depth -= 1;
            if depth < 0 {
                break;
            }
            continue;
        }
        if depth == 0 {
            parts.push(index);
        }
        depth += i32::from(token.kind.is_open());
    }
    parts
}

/// The parenthesis around the one at an index.
fn parent(cx: &ErrorContext<'_>, open: usize) -> Option<usize> {
    let mut depth = 0;
    let before = cx.tokens[open.saturating_sub(MOST)..open].iter().rev().position(|token| {
        depth += i32::from(token.kind == TokenKind::Close) - i32::from(token.kind.is_open());
        depth < 0
    })?;
    Some(open - 1 - before)
}

fn number(name: &str) -> Option<&'static str> {
    ["i32", "i64", "f32", "f64", "v128"].into_iter().find(|ty| *ty == name)
}
