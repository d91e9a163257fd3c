//! Mistakes in the immediates of instructions.

use super::context::ErrorContext;
use super::operands::{expected_heap_type, expected_type_at, value_of_name};
use super::sigils;
use crate::diagnostic::{Code, edit};
use crate::explain::repair::quote::one_line;
use crate::explain::repair::recoverable::Recoverable;
use crate::instr::Op;
use crate::lex::{Token, TokenKind};
use crate::span::Span;

/// The type of the literals of an instruction.
pub(super) fn number_type(op: Op) -> &'static str {
    match op.mnemonic().split('.').next() {
        Some("i64") => "i64",
        Some("f32") => "f32",
        Some("f64") => "f64",
        _ => "i32",
    }
}

/// Whether the token is a literal or an identifier.
pub(super) fn is_literal(token: Token) -> bool {
    matches!(
        token.kind,
        TokenKind::Nat | TokenKind::Int | TokenKind::Float | TokenKind::Id | TokenKind::String
    )
}

/// Returns the span of the token and of the tokens after it that can be its immediates.
pub(super) fn with_immediates(cx: &ErrorContext<'_>) -> Span {
    let mut end = cx.token().span().end;
    let mut index = cx.at + 1;
    while let Some(token) = cx.tokens.get(index) {
        let is_immediate = is_literal(*token)
            || matches!(
                token.kind,
                TokenKind::OffsetEq
                    | TokenKind::AlignEq
                    | TokenKind::RefType
                    | TokenKind::AbsHeapType
                    | TokenKind::Shape
            )
            || matches!(
                token.kind,
                TokenKind::ParenType | TokenKind::ParenParam | TokenKind::ParenResult | TokenKind::ParenRef
            );
        if !is_immediate {
            break;
        }
        end = cx.group(index).end;
        index = cx.close_or(index) + 1;
    }
    Span::new(cx.token().start, end)
}

/// Whether the instruction has a mandatory immediate.
fn needs_immediate(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::OpIndex
            | TokenKind::OpIndex2
            | TokenKind::OpSwitch
            | TokenKind::OpInit
            | TokenKind::OpLabels
            | TokenKind::OpMemLane
            | TokenKind::OpLane
            | TokenKind::OpInt
            | TokenKind::OpFloat
            | TokenKind::OpV128
            | TokenKind::OpShuffle
            | TokenKind::OpHeapType
            | TokenKind::OpRefType
            | TokenKind::OpBrOnCast
            | TokenKind::OpResume
            | TokenKind::OpResumeThrow
            | TokenKind::OpOrdIndex
            | TokenKind::OpOrdIndex2
    )
}

/// Describes the immediates of an instruction.
fn immediates_of(instr: Token) -> &'static str {
    match instr.kind {
        TokenKind::OpIndex2 if instr.op().mnemonic() == "array.new_fixed" => {
            "an array type and a count of elements"
        }
        TokenKind::OpIndex2 if instr.op().mnemonic().starts_with("struct.") => "a struct type and a field",
        TokenKind::OpIndex2 if instr.op().mnemonic() == "cont.bind" => "two continuation types",
        TokenKind::OpIndex2 if instr.op().mnemonic() == "array.copy" => "two array types",
        TokenKind::OpIndex2 if instr.op().mnemonic().starts_with("array.") => "an array type and a segment",
        TokenKind::OpSwitch => "a continuation type and a tag",
        TokenKind::OpInit => "a segment",
        TokenKind::OpResume => "a continuation type",
        TokenKind::OpResumeThrow => "a continuation type and a tag",
        TokenKind::OpIndex | TokenKind::OpOrdIndex => "an index or a name",
        TokenKind::OpIndex2 | TokenKind::OpOrdIndex2 => "two indices or names",
        TokenKind::OpLabels => "labels",
        TokenKind::OpMemLane | TokenKind::OpLane => "the number of a lane",
        TokenKind::OpInt => "an integer",
        TokenKind::OpFloat => "a number",
        TokenKind::OpV128 => "a shape and its numbers",
        TokenKind::OpShuffle => "sixteen numbers of lanes",
        TokenKind::OpHeapType => "a heap type",
        TokenKind::OpRefType => "a reference type",
        TokenKind::OpBrOnCast => "a label and two reference types",
        _ => "immediates",
    }
}

/// Returns the index of the instruction before the token if its immediates are incomplete.
pub(super) fn incomplete(cx: &ErrorContext<'_>) -> Option<usize> {
    let mut index = cx.at;
    let mut depth = 0;
    while index > 0 {
        index -= 1;
        let token = cx.tokens[index];
        match token.kind {
            TokenKind::Close => depth += 1,
            kind if kind.is_open() => {
                if depth == 0 {
                    return None;
                }
                depth -= 1;
            }
            kind if depth == 0 && kind.is_op() => return needs_immediate(kind).then_some(index),
            _ => {}
        }
    }
    None
}

/// An instruction without its immediates.
pub(super) fn immediate(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    if cx.expected.instruction {
        return None;
    }
    let index = incomplete(cx)?;
    let instr = cx.tokens[index];
    let name = cx.text(instr);
    let token = cx.token();
    let so_far = Span::new(instr.start, cx.tokens[cx.at - 1].span().end);
    let is_in_place = is_literal(token)
        || matches!(
            token.kind,
            TokenKind::Word
                | TokenKind::NumType
                | TokenKind::I32
                | TokenKind::I64
                | TokenKind::RefType
                | TokenKind::AbsHeapType
        );
    let poisoned = |fault: Recoverable| {
        let end = if is_in_place { token.span().end } else { so_far.end };
        fault.read_as(Span::new(instr.start, end), "unreachable")
    };
    let needs = immediates_of(instr);
    if instr.kind == TokenKind::OpIndex && token.kind == TokenKind::String {
        let meant = format!("${}", cx.word().trim_matches('"'));
        let message = format!("`{name}` needs {needs}, found the string {}", cx.word());
        let fault = cx.unexpected(message);
        return Some(fault.with_guess(format!("write `{meant}`"), vec![edit(token.span(), meant)]));
    }
    let takes_names = matches!(
        instr.kind,
        TokenKind::OpIndex | TokenKind::OpIndex2 | TokenKind::OpLabels | TokenKind::OpInit
    );
    if takes_names && token.kind == TokenKind::Word {
        return Some(sigils::with_dollar(cx, &format!("`{name}` needs {needs}")));
    }
    // The operands show the count.
    if name == "array.new_fixed"
        && token.kind == TokenKind::Open
        && cx.at == index + 2
        && let Some(open) = cx.enclosing().filter(|open| open + 1 == index)
    {
        let parts = cx.parts(open, cx.close_of(open));
        let operands = parts.iter().filter(|&&part| cx.tokens[part].kind == TokenKind::Open).count();
        let message = format!("`{name}` needs {needs}, found no count");
        let place = cx.tokens[cx.at - 1].span().after();
        let fault = cx.error(Code::UnexpectedToken, place, message);
        let count = edit(place, format!(" {operands}"));
        return Some(fault.with_fix(format!("write the count `{operands}`"), vec![count]));
    }
    // `br_table ($a $b)`, `i32.const (1)`
    if token.kind == TokenKind::Open
        && matches!(
            instr.kind,
            TokenKind::OpLabels
                | TokenKind::OpIndex
                | TokenKind::OpIndex2
                | TokenKind::OpInt
                | TokenKind::OpFloat
        )
        && cx.parts(cx.at, cx.close_of(cx.at)).iter().all(|&part| is_literal(cx.tokens[part]))
        && cx.near(1).is_some_and(is_literal)
    {
        let group = cx.group(cx.at);
        let inner = cx.slice(Span::new(group.start + 1, group.end - 1)).trim();
        let message = format!("`{name}` needs {needs}, without parentheses");
        return Some(cx.unexpected(message).with_fix("remove the parentheses", vec![edit(group, inner)]));
    }
    if instr.kind == TokenKind::OpV128 && token.kind == TokenKind::Nat {
        let numbers = cx.tokens[cx.at..].iter().take_while(|token| is_literal(**token)).count();
        let shape = match numbers {
            16 => "i8x16",
            8 => "i16x8",
            2 => "i64x2",
            _ => "i32x4",
        };
        let message =
            format!("`{name}` needs the shape of the vector, such as `{shape}`, before its numbers");
        let place = token.span().before();
        return Some(
            cx.unexpected(message).with_guess("add the shape", vec![edit(place, format!("{shape} "))]),
        );
    }
    if instr.kind == TokenKind::OpV128 && token.kind == TokenKind::Word {
        let numbers = cx.tokens[cx.at + 1..].iter().take_while(|token| is_literal(**token));
        let kinds: Vec<TokenKind> = numbers.map(|token| token.kind).collect();
        let is_float = cx.word().starts_with('f') || kinds.contains(&TokenKind::Float);
        let shape = match kinds.len() {
            16 => "i8x16",
            8 => "i16x8",
            4 if is_float => "f32x4",
            4 => "i32x4",
            2 if is_float => "f64x2",
            2 => "i64x2",
            _ => "",
        };
        if !shape.is_empty() {
            let message = format!("`{name}` needs {needs}, found `{}`", cx.word());
            let edits = vec![edit(token.span(), shape)];
            return Some(cx.unexpected(message).with_guess(format!("write `{shape}`"), edits));
        }
    }
    // `(i32x4.extract_lane (local.get $v) (i32.const 1))`
    if instr.kind == TokenKind::OpLane
        && token.kind == TokenKind::Open
        && let Some(open) = cx.enclosing().filter(|open| open + 1 == index)
        && let Some(&last) = cx.parts(open, cx.close_of(open)).last()
        && let Some(lane) = constant(cx, last)
    {
        let message = format!("`{name}` needs {needs} before its operands, found `(`");
        let edits =
            vec![edit(instr.span().after(), format!(" {lane}")), edit(cx.with_space(cx.group(last)), "")];
        let fault = cx.unexpected(message).with_label(instr.span(), "it is needed here");
        return Some(fault.with_guess("move the number there", edits));
    }
    if name == "ref.null"
        && !is_in_place
        && let Some(heap) = expected_heap_type(cx, index)
    {
        let found = if token.kind == TokenKind::Close { ")".into() } else { one_line(cx.word()) };
        let message = format!("`{name}` needs {needs}, found `{found}`");
        let edits = vec![edit(instr.span().after(), format!(" {heap}"))];
        let fault = cx.unexpected(message).with_label(instr.span(), "it is needed here");
        return Some(fault.with_guess(format!("write `ref.null {heap}`"), edits));
    }
    if let Some(number) = number_meant(instr.kind, cx.word()) {
        let message = format!("`{name}` needs {needs}, found `{}`", cx.word());
        let fault = cx.unexpected(message);
        return Some(fault.with_guess(format!("write `{number}`"), vec![edit(token.span(), number)]));
    }
    if instr.kind == TokenKind::OpInt && token.kind == TokenKind::Float {
        let message = format!("`{name}` needs {needs}, found `{}`", cx.word());
        let float = name.replace('i', "f");
        let fault = poisoned(cx.unexpected(message));
        // The place of the number may show which one is meant.
        let by_context = expected_type_at(cx, index).map(|ty| ty.starts_with('f'));
        let whole = cx.word().parse::<f64>().ok().filter(|value| value.fract() == 0.0 && value.abs() < 1e9);
        let mut diagnostic = fault.diagnostic;
        if let Some(whole) = whole.filter(|_| by_context != Some(true)) {
            diagnostic = diagnostic.with_guess(format!("write `{whole}`"), token.span(), format!("{whole}"));
        }
        if by_context != Some(false) {
            let message = format!("for a floating-point number, write `{float}`");
            diagnostic = diagnostic.with_guess(message, instr.span(), float);
        }
        return Some(Recoverable { diagnostic, ..fault });
    }
    if instr.kind == TokenKind::OpInt && token.kind == TokenKind::Id {
        let message = format!("`{name}` needs {needs}, found the name `{}`", cx.word());
        let fault = poisoned(cx.unexpected(message));
        let span = instr.span().to(token.span());
        let read = value_of_name(cx, cx.word()).filter(|read| read.ends_with(".get"));
        let read = read.unwrap_or("global.get");
        let what = read.trim_end_matches(".get");
        let message = format!("for the value of a {what}, write");
        let meant = format!("{read} {}", cx.word());
        return Some(Recoverable { diagnostic: fault.diagnostic.with_guess(message, span, meant), ..fault });
    }
    if instr.kind == TokenKind::OpBrOnCast && index + 2 < cx.at && !is_type_token(token.kind) {
        let ty = cx.group(index + 2);
        let message =
            format!("`{name}` needs two reference types, the type of the operand and the target type");
        let fault = poisoned(cx.unexpected(message));
        let diagnostic = fault.diagnostic.with_label(instr.span(), "it is needed here").with_guess(
            "add the type of the operand, such as `anyref`",
            ty.before(),
            "anyref ",
        );
        return Some(Recoverable { diagnostic, ..fault });
    }
    let message = match token.kind {
        TokenKind::Close => format!("`{name}` needs {needs}, found `)`"),
        _ => format!("`{name}` needs {needs}, found `{}`", one_line(cx.word())),
    };
    let mut fault = poisoned(cx.unexpected(message));
    fault = fault.with_label(instr.span(), "it is needed here");
    Some(fault)
}

/// The number of `(i32.const N)` at a token.
fn constant<'s>(cx: &ErrorContext<'s>, at: usize) -> Option<&'s str> {
    let op = cx.op_of(at).filter(|op| op.mnemonic() == "i32.const")?;
    let group = cx.slice(cx.group(at)).strip_prefix('(')?.strip_suffix(')')?;
    let number = group.trim().strip_prefix(op.mnemonic())?.trim();
    number.bytes().all(|byte| byte.is_ascii_digit()).then_some(number)
}

/// Returns the number that a word probably means.
fn number_meant(kind: TokenKind, word: &str) -> Option<String> {
    if !matches!(kind, TokenKind::OpInt | TokenKind::OpFloat | TokenKind::OpIndex) {
        return None;
    }
    match word {
        "true" if kind != TokenKind::OpIndex => return Some("1".into()),
        "false" | "null" if kind != TokenKind::OpIndex => return Some("0".into()),
        "infinity" | "Infinity" if kind == TokenKind::OpFloat => return Some("inf".into()),
        _ => {}
    }
    if let Some(inner) = word.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')) {
        return (kind != TokenKind::OpIndex && inner.parse::<f64>().is_ok()).then(|| inner.to_owned());
    }
    if kind != TokenKind::OpInt {
        return None;
    }
    // `1e6` instead of an integer, and hexadecimal digits without `0x`.
    if let Ok(value) = word.parse::<f64>()
        && value.fract() == 0.0
        && value.abs() < 1e15
        && word.contains(['e', 'E'])
    {
        return Some(format!("{value}"));
    }
    let is_hex = word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then(|| format!("0x{word}"))
}

fn is_type_token(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::ParenRef | TokenKind::RefType)
}

/// `offset = 4`, `offset:8`, `align=4 offset=8`, `offset=`.
pub(super) fn memarg(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let token = cx.token();
    let (word, span) = (cx.word(), token.span());
    let has_no_number = word == "offset=" || word == "align=";
    if matches!(token.kind, TokenKind::OffsetEq | TokenKind::AlignEq) && has_no_number
        || cx.near(-1).is_some_and(|before| matches!(cx.text(before), "offset=" | "align="))
    {
        let before = cx.near(-1)?;
        let named = if has_no_number { token } else { before };
        let name = cx.text(named);
        let message = format!("`{name}` must be directly followed by a number");
        let fault = cx.error(Code::UnexpectedToken, named.span(), message);
        return Some(match (has_no_number, token.kind) {
            (false, TokenKind::Nat) => {
                let whole = named.span().to(span);
                fault.with_fix("remove the space", vec![edit(whole, format!("{name}{word}"))])
            }
            _ => fault.read_as(named.span(), ""),
        });
    }
    if token.kind == TokenKind::OffsetEq
        && let Some(before) = cx.near(-1)
        && (before.kind == TokenKind::AlignEq || cx.text(before).contains("align="))
    {
        let text = cx.text(before);
        let start = before.start + text.find("align=").unwrap_or(0) as u32;
        let align = Span::new(start, before.span().end);
        let swapped = format!("{word} {}", cx.slice(align));
        let message = "`offset=` must come before `align=`";
        return Some(cx.unexpected(message).with_fix("swap them", vec![edit(align.to(span), swapped)]));
    }
    // After the operands.
    if matches!(token.kind, TokenKind::OffsetEq | TokenKind::AlignEq)
        && let Some(open) = cx.enclosing()
        && let Some(op) = cx.op_of(open).filter(|op| op.immediates().natural_alignment().is_some())
        && let Some(&first) = cx.parts(open, cx.at).iter().find(|&&part| cx.tokens[part].kind.is_open())
    {
        let mut last = cx.at;
        while cx
            .tokens
            .get(last + 1)
            .is_some_and(|next| matches!(next.kind, TokenKind::OffsetEq | TokenKind::AlignEq))
        {
            last += 1;
        }
        let memarg = span.to(cx.tokens[last].span());
        let text = cx.slice(memarg);
        let message = format!("`{text}` must directly follow `{}`, before its operands", op.mnemonic());
        let place = cx.tokens[first].span().before();
        let edits = vec![edit(place, format!("{text} ")), edit(cx.with_space(memarg), "")];
        return Some(cx.unexpected(message).with_fix("move it there", edits));
    }
    // `(offset 16)`
    if token.kind == TokenKind::ParenOffset
        && let Some(open) = cx.enclosing()
        && let Some(op) = cx.op_of(open).filter(|op| op.immediates().natural_alignment().is_some())
        && let [number] = cx.parts(cx.at, cx.close_of(cx.at))[..]
        && cx.tokens[number].kind == TokenKind::Nat
    {
        let meant = format!("offset={}", cx.text(cx.tokens[number]));
        let message = format!("the offset of `{}` is written `{meant}`", op.mnemonic());
        let edits = vec![edit(cx.group(cx.at), meant.clone())];
        return Some(cx.unexpected(message).with_fix(format!("write `{meant}`"), edits));
    }
    if token.kind != TokenKind::Word {
        return None;
    }
    let name = ["offset", "align"].into_iter().find(|name| word.starts_with(name))?;
    let number = word[name.len()..].trim_start_matches([':', '=', '(']);
    if number.starts_with(|c: char| !c.is_ascii_digit()) {
        return None;
    }
    let (number, end) = match (number, cx.near(1)) {
        ("", Some(next)) if next.kind == TokenKind::Nat => (cx.text(next), next.span().end),
        _ => (number, span.end),
    };
    let meant = format!("{name}={number}");
    let message = format!("expected `{meant}`, with an equals sign and no spaces, found `{word}`");
    let fault = cx.error(Code::UnexpectedToken, span, message);
    let whole = Span::new(span.start, end);
    if number.is_empty() {
        return Some(fault.read_as(whole, ""));
    }
    Some(fault.with_fix(format!("write `{meant}`"), vec![edit(whole, meant)]))
}
