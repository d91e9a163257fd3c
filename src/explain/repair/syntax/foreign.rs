//! Words and forms of other languages, of other tools, and of earlier proposals.

use super::context::ErrorContext;
use super::immediates::{incomplete, with_immediates};
use super::operands::{expected_type, type_meant, value_of_name};
use super::types::{UNKNOWN_TYPE, is_type};
use crate::diagnostic::{Code, edit};
use crate::explain::nonstandard;
use crate::explain::nonstandard::nonstandard_type;
use crate::explain::repair::quote::one_line;
use crate::explain::repair::recoverable::Recoverable;
use crate::explain::spelling::{snake_case, with_letters};
use crate::explain::vocabulary::{Meaning, alias, expressed, meaning, type_remark};
use crate::instr::Op;
use crate::lex::{TokenKind, op};
use crate::span::Span;

/// Returns the two instructions that a name without a sign can mean: `i32.div`, `i64.load_32`.
pub(super) fn with_signs(word: &str) -> Option<[&'static str; 2]> {
    let named = |sign: &str| with_letters(&format!("{word}{sign}"));
    Some([named("_s")?, named("_u")?])
}

/// Returns the two instructions that a name without the width of its value can mean.
pub(super) fn with_widths(word: &str) -> Option<[&'static str; 2]> {
    let named =
        |width: &str| op(&format!("memory.{}{width}", word.trim_start_matches("memory."))).map(Op::mnemonic);
    Some([named("32")?, named("64")?])
}

/// Whether the word at the token probably means an instruction, not a part of a function.
pub(super) fn is_instruction_meant(cx: &ErrorContext<'_>) -> bool {
    let names_something = cx.near(1).is_some_and(|next| {
        is_type(next.kind) || matches!(next.kind, TokenKind::Id | TokenKind::String | TokenKind::ParenParam)
    });
    !names_something && meaning(cx.word()).is_some()
}

/// An instruction of another language or tool.
pub(super) fn instruction(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let (word, span) = (cx.word(), cx.token().span());
    let unknown =
        |more: &str| cx.error(Code::UnknownInstruction, span, format!("unknown instruction `{word}`{more}"));
    let poisoned =
        |fault: Recoverable| Recoverable { edits: vec![edit(with_immediates(cx), "unreachable")], ..fault };
    let noted = |fault: Recoverable, note: Option<String>| match note {
        Some(note) => fault.with_note(note),
        None => fault,
    };
    // Without a type, it is the `pop` of other machines.
    let is_plain_pop = word == "pop" && !cx.near(1).is_some_and(|next| is_type(next.kind));
    if let Some((origin, instead)) = nonstandard::nonstandard(word).filter(|_| !is_plain_pop) {
        let fault = noted(unknown(&format!(": it {}", origin.describe())), Some(instead.to_owned()));
        return Some(if word == "pop" { without_pop(cx, fault) } else { poisoned(fault) });
    }
    let meant = meaning(word).or_else(|| meaning(&snake_case(word)))?;
    let is_folded = cx.near_kind(-1) == Some(TokenKind::Open);
    Some(match meant {
        Meaning::Missing(remark) => {
            if let Some(fault) = rewritten(cx).or_else(|| pushed(cx)) {
                return Some(fault);
            }
            let fault = noted(unknown(""), Some(remark));
            let is_else_if = matches!(word, "elif" | "elseif" | "elsif" | "else_if");
            if is_else_if && !is_folded { fault.read_as(rest_of_arm(cx), "") } else { poisoned(fault) }
        }
        Meaning::Instructions(meant, remark) => {
            let fault = match meant[..] {
                [s, u] => {
                    let fault =
                        unknown(&format!(": it is `{s}` for signed numbers, `{u}` for unsigned ones"));
                    let diagnostic = fault
                        .diagnostic
                        .with_guess(format!("for signed numbers, write `{s}`"), span, s)
                        .with_guess(format!("for unsigned numbers, write `{u}`"), span, u);
                    Recoverable { diagnostic, ..fault }
                }
                _ => {
                    let meant = meant[0];
                    let fault = unknown(&format!("; did you mean `{meant}`?"));
                    fault.with_guess(format!("write `{meant}`"), vec![edit(span, meant)])
                }
            };
            let fault = noted(fault, remark);
            // An instruction that opens or closes a block must still do so.
            match meant[0] {
                "block" | "loop" | "end" if !is_folded => fault,
                _ => poisoned(fault),
            }
        }
    })
}

/// `(i32.neg A)`, which other instructions express.
fn rewritten(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let (word, span) = (cx.word(), cx.token().span());
    let (instr, before, after) = expressed(word)?;
    let open = cx.enclosing().filter(|open| open + 1 == cx.at)?;
    let &[operand] = &cx.parts(cx.at, cx.close_of(open))[..] else { return None };
    if cx.tokens[operand].kind != TokenKind::Open {
        return None;
    }
    let operand = cx.group(operand);
    let edits = match before.is_empty() {
        true => vec![edit(span, instr.clone()), edit(operand.after(), format!(" {after}"))],
        false => vec![edit(span, format!("{instr} {before}"))],
    };
    let shown = [&instr, &before, "...", &after].into_iter().filter(|part| !part.is_empty());
    let meant = shown.collect::<Vec<&str>>().join(" ");
    let fault = cx.error(Code::UnknownInstruction, span, format!("unknown instruction `{word}`"));
    Some(fault.with_guess(format!("write `({meant})`"), edits))
}

/// `push 1`, `push $x`
fn pushed(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    if !matches!(cx.word(), "push" | "ldc") {
        return None;
    }
    let (word, span, value) = (cx.word(), cx.token().span(), cx.near(1)?);
    let meant = match value.kind {
        TokenKind::Id => value_of_name(cx, cx.text(value))?.to_owned(),
        TokenKind::Nat | TokenKind::Int => format!("{}.const", expected_type(cx).unwrap_or("i32")),
        TokenKind::Float => format!("{}.const", expected_type(cx).unwrap_or("f64")),
        _ => return None,
    };
    let fault = cx.error(
        Code::UnknownInstruction,
        span,
        format!("unknown instruction `{word}`; did you mean `{meant}`?"),
    );
    Some(fault.with_guess(format!("write `{meant}`"), vec![edit(span, meant)]))
}

/// Returns the span from the token to the `else` or `end` of the flat block around it.
fn rest_of_arm(cx: &ErrorContext<'_>) -> Span {
    let mut depth = 0;
    let mut last = cx.at;
    while let Some(token) = cx.tokens.get(last + 1) {
        match token.kind {
            TokenKind::OpElse if depth == 0 => break,
            TokenKind::OpEnd | TokenKind::Close if depth == 0 => break,
            TokenKind::OpEnd => depth -= 1,
            TokenKind::OpBlock | TokenKind::OpIf | TokenKind::OpTry | TokenKind::OpTryTable => depth += 1,
            _ => {}
        }
        last = cx.close_or(last + 1);
    }
    cx.token().span().to(cx.tokens[last].span())
}

/// `(pop i32)` of Binaryen, which means the value that is on the stack already.
fn without_pop(cx: &ErrorContext<'_>, fault: Recoverable) -> Recoverable {
    let whole = match cx.enclosing() {
        Some(open) if open + 1 == cx.at => cx.group(open),
        _ => cx.token().span().to(cx.group(cx.at + 1)),
    };
    let mut fault = fault.with_guess("remove it", vec![edit(cx.with_space(whole), "")]);
    // The type of that value depends on the tag.
    let is_folded = cx.slice(whole).starts_with('(');
    fault.edits = vec![edit(whole, if is_folded { "(unreachable)" } else { "unreachable" })];
    fault
}

/// `add` and `load` without their type, where the operands or the instruction around it show it.
pub(super) fn typed_operation(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let (word, span) = (cx.word(), cx.token().span());
    if word.contains('.') {
        return None;
    }
    let ty = type_meant(cx)?;
    let named = |sign: &str| op(&format!("{ty}.{word}{sign}")).map(Op::mnemonic);
    let unknown = |meant: &str| {
        let message = format!("unknown instruction `{word}`: the type is part of the name, as in `{meant}`");
        cx.error(Code::UnknownInstruction, span, message)
    };
    if let Some(meant) = named("") {
        return Some(unknown(meant).with_fix(format!("write `{meant}`"), vec![edit(span, meant)]));
    }
    let (s, u) = (named("_s")?, named("_u")?);
    let fault = unknown(s);
    let diagnostic = fault.diagnostic.with_guess(format!("for signed numbers, write `{s}`"), span, s);
    let diagnostic = diagnostic.with_guess(format!("for unsigned numbers, write `{u}`"), span, u);
    Some(Recoverable { diagnostic, edits: vec![edit(span, s)] })
}

/// `add` and `eqz` without their type, which is unknown.
pub(super) fn bare_operation(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let (word, span) = (cx.word(), cx.token().span());
    if word.contains('.') {
        return None;
    }
    let suffix = format!(".{word}");
    let mut whole = Op::all().map(Op::mnemonic).filter(|mnemonic| mnemonic.ends_with(&suffix));
    let only = whole.next().filter(|_| whole.next().is_none());
    let named = |ty: &str, sign: &str| op(&format!("{ty}.{word}{sign}")).map(Op::mnemonic);
    let number = ["i32", "f32", "v128"].into_iter().find_map(|ty| named(ty, "").or_else(|| named(ty, "_s")));
    let meant = only.or(number)?;
    let message = match only {
        Some(meant) => format!("unknown instruction `{word}`; did you mean `{meant}`?"),
        None => format!("unknown instruction `{word}`: the type is part of the name, as in `{meant}`"),
    };
    let fault = cx.error(Code::UnknownInstruction, span, message);
    Some(fault.with_guess(format!("write `{meant}`"), vec![edit(span, meant)]))
}

/// `stringref`, `(tuple i32 i64)`, `(param string)`, `(result void)`.
pub(super) fn value_type(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    if cx.expected.instruction {
        return None;
    }
    let is_group = cx.kind() == TokenKind::Open;
    let token = if is_group { cx.near(1)? } else { cx.token() };
    let (word, within) = (cx.text(token), cx.within()?);
    let is_heap =
        matches!(token.kind, TokenKind::AbsHeapType | TokenKind::Func) || matches!(word, "struct" | "array");
    if token.kind != TokenKind::Word && !is_heap {
        return None;
    }
    let whole = if is_group { cx.group(cx.at) } else { token.span() };
    let is_heap_type = within == TokenKind::ParenRef || cx.near_kind(-1) == Some(TokenKind::OpHeapType);
    let holds_types = is_heap_type
        || matches!(
            within,
            TokenKind::ParenParam
                | TokenKind::ParenResult
                | TokenKind::ParenLocal
                | TokenKind::ParenField
                | TokenKind::ParenStruct
                | TokenKind::ParenArray
                | TokenKind::ParenMut
                | TokenKind::ParenGlobal
                | TokenKind::ParenTable
        );
    if !holds_types {
        return None;
    }
    let unknown =
        |more: &str| cx.error(Code::UnexpectedToken, token.span(), format!("unknown type `{word}`{more}"));
    let read_as = if is_heap_type { "$\"?\"" } else { UNKNOWN_TYPE };
    let of_strings = nonstandard_type("stringref").filter(|_| is_heap_type && word == "string");
    if let Some((origin, instead)) = nonstandard_type(word).or(of_strings) {
        let fault = unknown(&format!(": it {}", origin.describe())).read_as(whole, read_as);
        return Some(fault.with_note(instead));
    }
    if is_heap && !is_heap_type && !is_group {
        let meant = match word.strip_prefix("no") {
            Some("ne") => "nullref".to_owned(),
            Some(rest) => format!("null{rest}ref"),
            None => format!("{word}ref"),
        };
        let message = format!("expected a value type, found the heap type `{word}`; did you mean `{meant}`?");
        let fault = cx.error(Code::UnexpectedToken, token.span(), message);
        return Some(fault.with_guess(format!("write `{meant}`"), vec![edit(token.span(), meant)]));
    }
    // Packed types occur in fields and elements only.
    let is_stored = matches!(
        within,
        TokenKind::ParenField | TokenKind::ParenStruct | TokenKind::ParenArray | TokenKind::ParenMut
    );
    let of_other = alias(word).filter(|meant| is_type_name(meant) && !is_heap_type && !is_group);
    if let Some(meant) = of_other {
        let meant = if matches!(meant, "i8" | "i16") && !is_stored { "i32" } else { meant };
        let fault = unknown(&format!("; did you mean `{meant}`?"));
        return Some(fault.with_guess(format!("write `{meant}`"), vec![edit(token.span(), meant)]));
    }
    let remark = type_remark(word)?;
    let fault = unknown("");
    let fault = match cx.enclosing() {
        Some(open)
            if matches!(word, "void" | "unit" | "none")
                && matches!(within, TokenKind::ParenParam | TokenKind::ParenResult)
                && cx.close_of(open) == cx.at + 1 =>
        {
            let group = cx.group(open);
            fault.with_guess("remove it", vec![edit(cx.with_space(group), "")])
        }
        _ => fault.read_as(whole, read_as),
    };
    Some(fault.with_note(remark))
}

fn is_type_name(word: &str) -> bool {
    matches!(word, "i32" | "i64" | "f32" | "f64" | "i8" | "i16") || word.ends_with("ref")
}

/// `(memory (shared 1 2))`, from the early threads proposal.
pub(super) fn shared_limits(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    if cx.kind() != TokenKind::ParenShared || cx.within()? != TokenKind::ParenMemory {
        return None;
    }
    let parts = cx.parts(cx.at, cx.close_of(cx.at));
    let (&first, &last) = (parts.first()?, parts.last()?);
    if parts.iter().any(|&part| cx.tokens[part].kind != TokenKind::Nat) {
        return None;
    }
    let limits = cx.slice(cx.tokens[first].span().to(cx.tokens[last].span()));
    let meant = format!("{limits} shared");
    let group = cx.group(cx.at);
    let message = format!("`shared` follows the limits: expected `{meant}`, found `{}`", cx.slice(group));
    let fault = cx.error(Code::Renamed, group, message);
    Some(fault.with_fix(format!("write `{meant}`"), vec![edit(group, meant)]))
}

/// `(cont (type $ft))`
pub(super) fn function_of_continuation(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    if cx.kind() != TokenKind::ParenType || cx.within()? != TokenKind::ParenCont {
        return None;
    }
    let &[index] = &cx.parts(cx.at, cx.close_of(cx.at))[..] else { return None };
    let (group, index) = (cx.group(cx.at), cx.tokens[index]);
    if !matches!(index.kind, TokenKind::Id | TokenKind::Nat) {
        return None;
    }
    let index = cx.text(index);
    let message = format!(
        "the type of a continuation is an index alone: expected `{index}`, found `{}`",
        cx.slice(group)
    );
    let fault = cx.error(Code::UnexpectedToken, group, message);
    Some(fault.with_fix(format!("write `{index}`"), vec![edit(group, index)]))
}

/// `(resume $ct (tag $e $l) ...)`, from the early stack switching proposal.
pub(super) fn handler(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    if cx.kind() != TokenKind::ParenTag {
        return None;
    }
    let close = cx.close_of(cx.at);
    let parts = cx.parts(cx.at, close);
    let is_index = |&part: &usize| matches!(cx.tokens[part].kind, TokenKind::Id | TokenKind::Nat);
    let is_handler = match parts[..] {
        [_, _] => parts.iter().all(is_index),
        _ => false,
    };
    let mut before = cx.at;
    // Other handlers may come between.
    while before > 0 && cx.tokens[before - 1].kind == TokenKind::Close {
        before = cx.open_of(before - 1)?;
        if !matches!(cx.tokens[before].kind, TokenKind::ParenOn | TokenKind::ParenTag | TokenKind::ParenType)
        {
            return None;
        }
    }
    if !matches!(cx.tokens[before.checked_sub(1)?].kind, TokenKind::Id | TokenKind::Nat) {
        return None;
    }
    let resumes = cx.tokens[..before].iter().rev().find(|token| token.kind.is_op())?;
    if !is_handler || !matches!(resumes.kind, TokenKind::OpResume | TokenKind::OpResumeThrow) {
        return None;
    }
    let head = cx.token().span();
    let meant = format!("(on{}", cx.slice(Span::new(head.end, cx.group(cx.at).end)));
    let word = cx.slice(Span::new(head.start + 1, head.end)).trim_start();
    let word = Span::new(head.end - word.len() as u32, head.end);
    let message = format!("a handler of `{}` begins with `on`, found `tag`", resumes.op().mnemonic());
    let fault = cx.error(Code::Renamed, word, message);
    Some(fault.with_fix(format!("write `{}`", one_line(&meant)), vec![edit(word, "on")]))
}

/// `(call (func $f))`, `(i32.load (memory 1) ...)`, `(cont.new (type $ct) ...)`: an index in parentheses.
pub(super) fn index_in_parentheses(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let word = match cx.kind() {
        TokenKind::ParenFunc => "func",
        TokenKind::ParenTable => "table",
        TokenKind::ParenMemory => "memory",
        TokenKind::ParenGlobal => "global",
        TokenKind::ParenTag => "tag",
        TokenKind::ParenElem => "elem",
        TokenKind::ParenData => "data",
        TokenKind::ParenType => "type",
        TokenKind::ParenLocal => "local",
        _ => return None,
    };
    let parts = cx.parts(cx.at, cx.close_of(cx.at));
    let &[index] = &parts[..] else { return None };
    let index = cx.tokens[index];
    if !matches!(index.kind, TokenKind::Id | TokenKind::Nat) {
        return None;
    }
    let instr = match incomplete(cx) {
        Some(at) => at,
        // Indices of memories and tables are optional.
        None => {
            let is_part = |kind: TokenKind| {
                matches!(kind, TokenKind::OffsetEq | TokenKind::AlignEq | TokenKind::Id | TokenKind::Nat)
            };
            let at = cx.tokens[..cx.at].iter().rposition(|token| !is_part(token.kind))?;
            let takes_it = match cx.tokens[at].kind {
                TokenKind::OpMemArg | TokenKind::OpAtomic | TokenKind::OpMemLane => word == "memory",
                TokenKind::OpOptIndex | TokenKind::OpOrdOptIndex | TokenKind::OpInit | TokenKind::OpCopy => {
                    cx.tokens[at].op().mnemonic().starts_with(word)
                }
                TokenKind::OpCallIndirect => word == "table",
                _ => false,
            };
            if !takes_it {
                return None;
            }
            at
        }
    };
    let instr = cx.tokens[instr];
    let name = instr.op().mnemonic();
    let (group, index) = (cx.group(cx.at), cx.text(index));
    let what = match word {
        "func" => "function",
        "elem" | "data" => "segment",
        word => word,
    };
    let message =
        format!("the {what} of `{name}` is an index alone: expected `{index}`, found `{}`", cx.slice(group));
    let fault = cx.error(Code::UnexpectedToken, group, message);
    let is_next = cx.near(-1).is_some_and(|before| before.start == instr.start);
    let edits = if is_next
        || !matches!(instr.kind, TokenKind::OpMemArg | TokenKind::OpAtomic | TokenKind::OpMemLane)
    {
        vec![edit(group, index)]
    } else {
        // It must come before the offset.
        let place = Span::new(instr.start + name.len() as u32, instr.start + name.len() as u32);
        vec![edit(place, format!(" {index}")), edit(cx.with_space(group), "")]
    };
    Some(fault.with_fix(format!("write `{index}`"), edits))
}

/// `(data passive "...")`, `(elem passive $f)`, from the early bulk memory proposal.
pub(super) fn passive(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let within = cx.within()?;
    if cx.word() != "passive" || !matches!(within, TokenKind::ParenData | TokenKind::ParenElem) {
        return None;
    }
    let span = cx.token().span();
    let message = "a segment without an offset is passive: the word `passive` was removed";
    let fault = cx.error(Code::Renamed, span, message);
    let lists_functions =
        cx.near(1).is_some_and(|next| matches!(next.kind, TokenKind::Id | TokenKind::Nat | TokenKind::Close));
    Some(if within == TokenKind::ParenElem && lists_functions {
        fault.with_fix("write `func`", vec![edit(span, "func")])
    } else {
        fault.with_fix("remove it", vec![edit(cx.with_space(span), "")])
    })
}

/// `(data (i32.const 0) 1 2 3)`: numbers without a form for their type.
pub(super) fn numbers(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let open = cx.enclosing()?;
    if cx.head(open) != TokenKind::ParenData {
        return None;
    }
    // The grammar reads a number directly after the keyword as the index of the memory.
    let is_number = |kind: TokenKind| matches!(kind, TokenKind::Nat | TokenKind::Int | TokenKind::Float);
    let mut first = cx.at;
    while first > open + 1 && is_number(cx.tokens[first - 1].kind) {
        first -= 1;
    }
    let count = cx.tokens[first..].iter().take_while(|token| is_number(token.kind)).count();
    let last = first + count.checked_sub(1)?;
    let next = cx.tokens.get(last + 1)?.kind;
    let is_active = cx.parts(open, first).iter().any(|&part| cx.tokens[part].kind.is_open());
    // `(data 0 "...")` has an offset.
    if !is_active && next != TokenKind::Close || last < cx.at.saturating_sub(1) {
        return None;
    }
    let numbers = cx.tokens[first].span().to(cx.tokens[last].span());
    let text = cx.slice(numbers);
    let values = || text.split_whitespace().map(crate::lex::number::magnitude);
    let fits = |most: u64| values().all(|value| value.is_some_and(|(_, value)| value <= most));
    let ty = match () {
        () if fits(u8::MAX.into()) => "i8",
        () if fits(u32::MAX.into()) => "i32",
        () if fits(u64::MAX) => "i64",
        () => "f64",
    };
    let meant = format!("({ty} {})", one_line(text));
    let message = format!(
        "the numbers of a data segment need their type: expected `{meant}`, found `{}`",
        one_line(text)
    );
    let fault = cx.error(Code::UnexpectedToken, numbers, message);
    let edits = vec![edit(numbers.before(), format!("({ty} ")), edit(numbers.after(), ")")];
    Some(fault.with_guess(format!("write `{meant}`"), edits))
}
