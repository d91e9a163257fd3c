//! Words and forms of other languages, of other tools, and of earlier proposals.

use super::context::Around;
use super::instrs::{incomplete, snake_case, with_immediates};
use super::types::{UNKNOWN_TYPE, is_type};
use crate::diagnostic::{Code, Fault, edit};
use crate::explain::nonstandard;
use crate::explain::nonstandard::nonstandard_type;
use crate::explain::similar::alias;
use crate::explain::spelling::with_letters;
use crate::explain::vocabulary::{Meaning, meaning, type_remark};
use crate::instr::Op;
use crate::lex::{TokenKind, op};
use crate::span::Span;

/// The two instructions that a name without a sign stands for: `i32.div`, `i64.load_32`.
pub(crate) fn with_signs(word: &str) -> Option<[&'static str; 2]> {
    let named = |sign: &str| with_letters(&format!("{word}{sign}"));
    Some([named("_s")?, named("_u")?])
}

/// Whether the word at the token is rather an instruction than the head of a part of a function.
pub(crate) fn is_instruction_meant(around: &Around<'_>) -> bool {
    let names_something = around.near(1).is_some_and(|next| {
        is_type(next.kind) || matches!(next.kind, TokenKind::Id | TokenKind::String | TokenKind::ParenParam)
    });
    !names_something && meaning(around.word()).is_some()
}

/// An instruction of another language or tool.
pub(crate) fn instruction(around: &Around<'_>) -> Option<Fault> {
    let (word, span) = (around.word(), around.token().span());
    let unknown = |more: &str| {
        around.error(Code::UnknownInstruction, span, format!("unknown instruction `{word}`{more}"))
    };
    let poisoned =
        |fault: Fault| Fault { changes: vec![edit(with_immediates(around), "unreachable")], ..fault };
    let noted = |fault: Fault, note: Option<String>| match note {
        Some(note) => Fault { diagnostic: fault.diagnostic.with_note(note), ..fault },
        None => fault,
    };
    // Without a type it is the `pop` of other machines.
    let is_plain_pop = word == "pop" && !around.near(1).is_some_and(|next| is_type(next.kind));
    if let Some((origin, instead)) = nonstandard::nonstandard(word).filter(|_| !is_plain_pop) {
        let fault = noted(unknown(&format!(": it {}", origin.describe())), Some(instead.to_owned()));
        return Some(if word == "pop" { without_pop(around, fault) } else { poisoned(fault) });
    }
    let meant = meaning(word).or_else(|| meaning(&snake_case(word)))?;
    let is_folded = around.near_kind(-1) == Some(TokenKind::Open);
    Some(match meant {
        Meaning::Missing(remark) => {
            let fault = noted(unknown(""), Some(remark));
            let is_else_if = matches!(word, "elif" | "elseif" | "elsif" | "else_if");
            if is_else_if && !is_folded { fault.read_as(rest_of_arm(around), "") } else { poisoned(fault) }
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
                    Fault { diagnostic, ..fault }
                }
                _ => {
                    let meant = meant[0];
                    let fault = unknown(&format!("; did you mean `{meant}`?"));
                    fault.guessed(format!("write `{meant}`"), vec![edit(span, meant)])
                }
            };
            let fault = noted(fault, remark);
            // What opens or closes a block must do so all the same.
            match meant[0] {
                "block" | "loop" | "end" if !is_folded => fault,
                _ => poisoned(fault),
            }
        }
    })
}

/// From the token up to the `else` or `end` of the flat block around it.
fn rest_of_arm(around: &Around<'_>) -> Span {
    let mut depth = 0;
    let mut last = around.at;
    while let Some(token) = around.tokens.get(last + 1) {
        match token.kind {
            TokenKind::OpElse if depth == 0 => break,
            TokenKind::OpEnd | TokenKind::Close if depth == 0 => break,
            TokenKind::OpEnd => depth -= 1,
            TokenKind::OpBlock | TokenKind::OpIf | TokenKind::OpTry | TokenKind::OpTryTable => depth += 1,
            _ => {}
        }
        last = around.close_or(last + 1);
    }
    around.token().span().to(around.tokens[last].span())
}

/// `(pop i32)` of Binaryen is the value that is on the stack already.
fn without_pop(around: &Around<'_>, fault: Fault) -> Fault {
    let whole = match around.enclosing() {
        Some(open) if open + 1 == around.at => around.group(open),
        _ => around.token().span().to(around.group(around.at + 1)),
    };
    let mut fault = fault.guessed("remove it", vec![edit(around.with_space(whole), "")]);
    // What is on the stack there is known only if the tag is.
    let is_folded = around.slice(whole).starts_with('(');
    fault.changes = vec![edit(whole, if is_folded { "(unreachable)" } else { "unreachable" })];
    fault
}

/// `add` and `eqz` without their type.
pub(crate) fn bare_operation(around: &Around<'_>) -> Option<Fault> {
    let (word, span) = (around.word(), around.token().span());
    if word.contains('.') {
        return None;
    }
    let suffix = format!(".{word}");
    let mut whole = Op::all().map(Op::mnemonic).filter(|mnemonic| mnemonic.ends_with(&suffix));
    let only = whole.next().filter(|_| whole.next().is_none());
    let number = ["i32", "f32", "v128"].into_iter().find_map(|ty| {
        let named = |sign: &str| op(&format!("{ty}.{word}{sign}")).map(Op::mnemonic);
        named("").or_else(|| named("_s"))
    });
    let meant = only.or(number)?;
    let message = match only {
        Some(meant) => format!("unknown instruction `{word}`; did you mean `{meant}`?"),
        None => format!("unknown instruction `{word}`: the type is part of the name, as in `{meant}`"),
    };
    let fault = around.error(Code::UnknownInstruction, span, message);
    Some(fault.guessed(format!("write `{meant}`"), vec![edit(span, meant)]))
}

/// `stringref`, `(tuple i32 i64)`, `(param string)`, `(result void)`.
pub(crate) fn value_type(around: &Around<'_>) -> Option<Fault> {
    if around.expected.instruction {
        return None;
    }
    let is_group = around.kind() == TokenKind::Open;
    let token = if is_group { around.near(1)? } else { around.token() };
    let (word, within) = (around.text(token), around.within()?);
    let is_heap =
        matches!(token.kind, TokenKind::AbsHeapType | TokenKind::Func) || matches!(word, "struct" | "array");
    if token.kind != TokenKind::Word && !is_heap {
        return None;
    }
    let whole = if is_group { around.group(around.at) } else { token.span() };
    let is_heap_type = within == TokenKind::ParenRef || around.near_kind(-1) == Some(TokenKind::OpHeapType);
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
    let unknown = |more: &str| {
        around.error(Code::UnexpectedToken, token.span(), format!("unknown type `{word}`{more}"))
    };
    let read_as = if is_heap_type { "$\"?\"" } else { UNKNOWN_TYPE };
    let of_strings = nonstandard_type("stringref").filter(|_| is_heap_type && word == "string");
    if let Some((origin, instead)) = nonstandard_type(word).or(of_strings) {
        let fault = unknown(&format!(": it {}", origin.describe())).read_as(whole, read_as);
        return Some(Fault { diagnostic: fault.diagnostic.with_note(instead), ..fault });
    }
    if is_heap && !is_heap_type && !is_group {
        let meant = match word.strip_prefix("no") {
            Some("ne") => "nullref".to_owned(),
            Some(rest) => format!("null{rest}ref"),
            None => format!("{word}ref"),
        };
        let message = format!("expected a value type, found the heap type `{word}`; did you mean `{meant}`?");
        let fault = around.error(Code::UnexpectedToken, token.span(), message);
        return Some(fault.guessed(format!("write `{meant}`"), vec![edit(token.span(), meant)]));
    }
    // Packed types are for fields and elements only.
    let is_stored = matches!(
        within,
        TokenKind::ParenField | TokenKind::ParenStruct | TokenKind::ParenArray | TokenKind::ParenMut
    );
    let of_other = alias(word).filter(|meant| is_type_name(meant) && !is_heap_type && !is_group);
    if let Some(meant) = of_other {
        let meant = if matches!(meant, "i8" | "i16") && !is_stored { "i32" } else { meant };
        let fault = unknown(&format!("; did you mean `{meant}`?"));
        return Some(fault.guessed(format!("write `{meant}`"), vec![edit(token.span(), meant)]));
    }
    let remark = type_remark(word)?;
    let fault = unknown("");
    let fault = match around.enclosing() {
        Some(open)
            if matches!(word, "void" | "unit" | "none")
                && matches!(within, TokenKind::ParenParam | TokenKind::ParenResult)
                && around.close_of(open) == around.at + 1 =>
        {
            let group = around.group(open);
            fault.guessed("remove it", vec![edit(around.with_space(group), "")])
        }
        _ => fault.read_as(whole, read_as),
    };
    Some(Fault { diagnostic: fault.diagnostic.with_note(remark), ..fault })
}

fn is_type_name(word: &str) -> bool {
    matches!(word, "i32" | "i64" | "f32" | "f64" | "i8" | "i16") || word.ends_with("ref")
}

/// `(memory (shared 1 2))`, as threads had it.
pub(crate) fn shared_limits(around: &Around<'_>) -> Option<Fault> {
    if around.kind() != TokenKind::ParenShared || around.within()? != TokenKind::ParenMemory {
        return None;
    }
    let parts = around.parts(around.at, around.close_of(around.at));
    let (&first, &last) = (parts.first()?, parts.last()?);
    if parts.iter().any(|&part| around.tokens[part].kind != TokenKind::Nat) {
        return None;
    }
    let limits = around.slice(around.tokens[first].span().to(around.tokens[last].span()));
    let meant = format!("{limits} shared");
    let group = around.group(around.at);
    let message = format!("`shared` follows the limits: expected `{meant}`, found `{}`", around.slice(group));
    let fault = around.error(Code::Renamed, group, message);
    Some(fault.mended(format!("write `{meant}`"), vec![edit(group, meant)]))
}

/// `(cont (type $ft))`
pub(crate) fn function_of_continuation(around: &Around<'_>) -> Option<Fault> {
    if around.kind() != TokenKind::ParenType || around.within()? != TokenKind::ParenCont {
        return None;
    }
    let &[index] = &around.parts(around.at, around.close_of(around.at))[..] else { return None };
    let (group, index) = (around.group(around.at), around.tokens[index]);
    if !matches!(index.kind, TokenKind::Id | TokenKind::Nat) {
        return None;
    }
    let index = around.text(index);
    let message = format!(
        "the type of a continuation is an index alone: expected `{index}`, found `{}`",
        around.slice(group)
    );
    let fault = around.error(Code::UnexpectedToken, group, message);
    Some(fault.mended(format!("write `{index}`"), vec![edit(group, index)]))
}

/// `(resume $ct (tag $e $l) ...)`, as typed continuations had it.
pub(crate) fn handler(around: &Around<'_>) -> Option<Fault> {
    if around.kind() != TokenKind::ParenTag {
        return None;
    }
    let close = around.close_of(around.at);
    let parts = around.parts(around.at, close);
    let is_index = |&part: &usize| matches!(around.tokens[part].kind, TokenKind::Id | TokenKind::Nat);
    let is_handler = match parts[..] {
        [_, _] => parts.iter().all(is_index),
        _ => false,
    };
    let mut before = around.at;
    // Other handlers may stand between.
    while before > 0 && around.tokens[before - 1].kind == TokenKind::Close {
        before = around.open_of(before - 1)?;
        if !matches!(
            around.tokens[before].kind,
            TokenKind::ParenOn | TokenKind::ParenTag | TokenKind::ParenType
        ) {
            return None;
        }
    }
    if !matches!(around.tokens[before.checked_sub(1)?].kind, TokenKind::Id | TokenKind::Nat) {
        return None;
    }
    let resumes = around.tokens[..before].iter().rev().find(|token| token.kind.is_op())?;
    if !is_handler || !matches!(resumes.kind, TokenKind::OpResume | TokenKind::OpResumeThrow) {
        return None;
    }
    let head = around.token().span();
    let meant = format!("(on{}", around.slice(Span::new(head.end, around.group(around.at).end)));
    let word = around.slice(Span::new(head.start + 1, head.end)).trim_start();
    let word = Span::new(head.end - word.len() as u32, head.end);
    let message = format!("a handler of `{}` begins with `on`, found `tag`", resumes.op().mnemonic());
    let fault = around.error(Code::Renamed, word, message);
    Some(fault.mended(
        format!("write `{}`", crate::explain::repair::syntax::one_line(&meant)),
        vec![edit(word, "on")],
    ))
}

/// `(call (func $f))`, `(i32.load (memory 1) ...)`, `(cont.new (type $ct) ...)`: an index alone is meant.
pub(crate) fn index_in_parentheses(around: &Around<'_>) -> Option<Fault> {
    let word = match around.kind() {
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
    let parts = around.parts(around.at, around.close_of(around.at));
    let &[index] = &parts[..] else { return None };
    let index = around.tokens[index];
    if !matches!(index.kind, TokenKind::Id | TokenKind::Nat) {
        return None;
    }
    let instr = match incomplete(around) {
        Some(at) => at,
        // Indices of memories and tables may be left out.
        None => {
            let is_part = |kind: TokenKind| {
                matches!(kind, TokenKind::OffsetEq | TokenKind::AlignEq | TokenKind::Id | TokenKind::Nat)
            };
            let at = around.tokens[..around.at].iter().rposition(|token| !is_part(token.kind))?;
            let takes_it = match around.tokens[at].kind {
                TokenKind::OpMemArg | TokenKind::OpAtomic | TokenKind::OpMemLane => word == "memory",
                TokenKind::OpOptIndex | TokenKind::OpOrdOptIndex | TokenKind::OpInit | TokenKind::OpCopy => {
                    around.tokens[at].op().mnemonic().starts_with(word)
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
    let instr = around.tokens[instr];
    let name = instr.op().mnemonic();
    let (group, index) = (around.group(around.at), around.text(index));
    let what = match word {
        "func" => "function",
        "elem" | "data" => "segment",
        word => word,
    };
    let message = format!(
        "the {what} of `{name}` is an index alone: expected `{index}`, found `{}`",
        around.slice(group)
    );
    let fault = around.error(Code::UnexpectedToken, group, message);
    let is_next = around.near(-1).is_some_and(|before| before.start == instr.start);
    let edits = if is_next
        || !matches!(instr.kind, TokenKind::OpMemArg | TokenKind::OpAtomic | TokenKind::OpMemLane)
    {
        vec![edit(group, index)]
    } else {
        // It stands before the offset.
        let place = Span::new(instr.start + name.len() as u32, instr.start + name.len() as u32);
        vec![edit(place, format!(" {index}")), edit(around.with_space(group), "")]
    };
    Some(fault.mended(format!("write `{index}`"), edits))
}

/// `(data passive "...")`, `(elem passive $f)`, as bulk memory operations had it.
pub(crate) fn passive(around: &Around<'_>) -> Option<Fault> {
    let within = around.within()?;
    if around.word() != "passive" || !matches!(within, TokenKind::ParenData | TokenKind::ParenElem) {
        return None;
    }
    let span = around.token().span();
    let message = "a segment without an offset is passive: there is no word `passive`";
    let fault = around.error(Code::Renamed, span, message);
    let lists_functions = around
        .near(1)
        .is_some_and(|next| matches!(next.kind, TokenKind::Id | TokenKind::Nat | TokenKind::Close));
    Some(if within == TokenKind::ParenElem && lists_functions {
        fault.mended("write `func`", vec![edit(span, "func")])
    } else {
        fault.mended("remove it", vec![edit(around.with_space(span), "")])
    })
}

/// `(data (i32.const 0) 1 2 3)`: numbers stand in a form with their type.
pub(crate) fn numbers(around: &Around<'_>) -> Option<Fault> {
    let open = around.enclosing()?;
    if around.head(open) != TokenKind::ParenData {
        return None;
    }
    // One right behind the head is read as the memory of the segment.
    let is_number = |kind: TokenKind| matches!(kind, TokenKind::Nat | TokenKind::Int | TokenKind::Float);
    let mut first = around.at;
    while first > open + 1 && is_number(around.tokens[first - 1].kind) {
        first -= 1;
    }
    let count = around.tokens[first..].iter().take_while(|token| is_number(token.kind)).count();
    let last = first + count.checked_sub(1)?;
    let next = around.tokens.get(last + 1)?.kind;
    let is_active = around.parts(open, first).iter().any(|&part| around.tokens[part].kind.is_open());
    // `(data 0 "...")` has an offset.
    if !is_active && next != TokenKind::Close || last < around.at.saturating_sub(1) {
        return None;
    }
    let numbers = around.tokens[first].span().to(around.tokens[last].span());
    let text = around.slice(numbers);
    let values = || text.split_whitespace().map(crate::lex::number::magnitude);
    let fits = |most: u64| values().all(|value| value.is_some_and(|(_, value)| value <= most));
    let ty = match () {
        () if fits(u8::MAX.into()) => "i8",
        () if fits(u32::MAX.into()) => "i32",
        () if fits(u64::MAX) => "i64",
        () => "f64",
    };
    let meant = format!("({ty} {})", crate::explain::repair::syntax::one_line(text));
    let message = format!(
        "the numbers of a data segment need their type: expected `{meant}`, found `{}`",
        crate::explain::repair::syntax::one_line(text)
    );
    let fault = around.error(Code::UnexpectedToken, numbers, message);
    let edits = vec![edit(numbers.before(), format!("({ty} ")), edit(numbers.behind(), ")")];
    Some(fault.guessed(format!("write `{meant}`"), edits))
}
