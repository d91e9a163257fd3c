//! Mistakes in instructions.

use super::context::Around;
use super::fields::{is_literal, number_type};
use super::{arms, foreign};
use crate::diagnostic::{Code, Fault, edit};
use crate::explain::renamed::{Successor, successor};
use crate::explain::similar::alias;
use crate::explain::spelling::{near_instruction, nearest_word};
use crate::instr::Op;
use crate::lex::{Token, TokenKind, kind_of, op};
use crate::span::Span;

/// `()`, and a call with parentheses behind it.
pub(crate) fn empty_parentheses(around: &Around<'_>) -> Option<Fault> {
    let open = match (around.near_kind(-1), around.kind()) {
        (Some(TokenKind::Open), TokenKind::Close) => around.at - 1,
        (_, TokenKind::Open) if around.near_kind(1) == Some(TokenKind::Close) => around.at,
        _ => return None,
    };
    let span = around.group(open);
    let fault = around.error(
        Code::UnexpectedToken,
        span,
        "these parentheses are empty; expected an instruction in them",
    );
    Some(fault.guessed("take them away", vec![edit(around.with_space(span), "")]))
}

/// An instruction that is called otherwise now.
pub(crate) fn renamed(around: &Around<'_>) -> Option<Fault> {
    let (word, span) = (around.word(), around.token().span());
    if around.kind() != TokenKind::Word {
        return None;
    }
    let what = if word.contains(['.', '_']) { "instruction" } else { "word" };
    match successor(word)? {
        Successor::Renamed(now) => {
            let message = format!("the {what} `{word}` is now called `{now}`");
            let fault = around.error(Code::Renamed, span, message);
            let mut edits = vec![edit(span, now.clone())];
            // Nor is there a runtime type any more.
            if word.ends_with("_with_rtt")
                && let Some(open) = around.enclosing()
                && let Some(&last) = around.parts(open, around.close_of(open)).last()
                && around.tokens.get(last + 1).is_some_and(|next| around.text(*next).starts_with("rtt."))
            {
                edits.push(edit(around.with_space(around.group(last)), ""));
            }
            Some(fault.mended(format!("write `{now}`"), edits))
        }
        Successor::Changed(now) => {
            let message = format!("the {what} `{word}` is gone; `{now}` is like it");
            let fault = around.error(Code::Renamed, span, message);
            Some(fault.guessed(format!("write `{now}`"), vec![edit(span, now)]))
        }
        Successor::Rewritten(op, types) => {
            let message = format!("the {what} `{word}` is gone: it is `{op}` now");
            let fault = around.error(Code::Renamed, span, message);
            let label = around.near(1).filter(|_| op.starts_with("br_"));
            let mended = match label.filter(|label| matches!(label.kind, TokenKind::Id | TokenKind::Nat)) {
                Some(label) => {
                    let whole = span.to(label.span());
                    (whole, format!("{op} {} {types}", around.text(label)))
                }
                None => (span, format!("{op} {types}")),
            };
            let message = format!("write `{}`", mended.1);
            let edits = vec![edit(mended.0, mended.1)];
            // The type of the operand may be another one.
            Some(fault.guessed_if(op.starts_with("br_") || word.ends_with("_data"), message, edits))
        }
        Successor::Replaced(advice) => {
            let message = format!("the {what} `{word}` is gone");
            let fault =
                around.error(Code::Renamed, span, message).read_as(with_immediates(around), "unreachable");
            Some(Fault { diagnostic: fault.diagnostic.with_note(advice), ..fault })
        }
    }
}

/// The token and what may be meant as the immediates of an instruction behind it.
pub(crate) fn with_immediates(around: &Around<'_>) -> Span {
    let mut end = around.token().span().end;
    let mut index = around.at + 1;
    while let Some(token) = around.tokens.get(index) {
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
        end = around.group(index).end;
        index = around.close_or(index) + 1;
    }
    Span::new(around.token().start, end)
}

/// A word that is no instruction, where one is expected.
pub(crate) fn unknown(around: &Around<'_>) -> Option<Fault> {
    let token = around.token();
    if token.kind != TokenKind::Word || !around.expected.instruction {
        return None;
    }
    let (word, span) = (around.word(), token.span());
    // A part of the head of the function, rather, or of an `if`.
    let is_behind_open = around.near_kind(-1) == Some(TokenKind::Open);
    let is_keyword = |meant: &&str| is_behind_open && around.accepts(meant);
    let keywords =
        ["param", "result", "local", "export", "import", "type", "then", "else", "catch", "catch_all", "do"];
    if let Some(meant) =
        alias(word).filter(is_keyword).or_else(|| nearest_word(word, keywords.into_iter().filter(is_keyword)))
        && !word.contains('.')
        && !foreign::is_instruction_meant(around)
    {
        let message = format!("unknown word `{word}`; did you mean `{meant}`?");
        let fault = around.error(Code::UnexpectedToken, span, message);
        return Some(fault.guessed(format!("write `{meant}`"), vec![edit(span, meant)]));
    }
    let unknown = |more: &str| {
        around.error(Code::UnknownInstruction, span, format!("unknown instruction `{word}`{more}"))
    };
    let poisoned =
        |fault: Fault| Fault { changes: vec![edit(with_immediates(around), "unreachable")], ..fault };
    // Some need a sign.
    if let Some([s, u]) = foreign::with_signs(word) {
        let fault = unknown(&format!(": it is `{s}` for signed numbers, `{u}` for unsigned ones"));
        let diagnostic = fault.diagnostic.with_guess(format!("for signed numbers, write `{s}`"), span, s);
        let diagnostic = diagnostic.with_guess(format!("for unsigned numbers, write `{u}`"), span, u);
        return Some(Fault { diagnostic, changes: vec![edit(span, s)] });
    }
    if let Some(fault) = foreign::instruction(around) {
        return Some(fault);
    }
    // `i32.const7`, `local.get$x`
    let name_len = word.find('$').unwrap_or(word.trim_end_matches(|c: char| c.is_ascii_digit()).len());
    if name_len < word.len()
        && name_len > 0
        && op(&word[..name_len]).is_some_and(|op| takes(op, &word[name_len..]))
    {
        let apart = format!("{} {}", &word[..name_len], &word[name_len..]);
        let fault = unknown(": a space is missing");
        return Some(fault.mended(format!("write `{apart}`"), vec![edit(span, apart)]));
    }
    let snake = snake_case(word);
    if snake != word && op(&snake).is_some() {
        let fault = unknown(&format!(": it is written `{snake}`"));
        return Some(fault.mended(format!("write `{snake}`"), vec![edit(span, snake)]));
    }
    // Others have none.
    if let Some(plain) = word.strip_suffix("_s").or(word.strip_suffix("_u"))
        && op(plain).is_some()
    {
        let fault = unknown(&format!(": `{plain}` has no sign"));
        return Some(fault.mended(format!("write `{plain}`"), vec![edit(span, plain)]));
    }
    if let Some(fault) = foreign::bare_operation(around) {
        return Some(poisoned(fault));
    }
    Some(match near_instruction(word) {
        Some(near) => {
            let fault = unknown(&format!("; did you mean `{}`?", near.name));
            let message = format!("there is `{}`", near.name);
            let edits = vec![edit(span, near.name)];
            let fault = fault.guessed_if(!near.is_sure, message, edits);
            // What opens a block must do so all the same.
            let is_block =
                matches!(near.name, "block" | "loop" | "if" | "try" | "try_table" | "else" | "end");
            if is_block { fault } else { poisoned(fault) }
        }
        None => poisoned(unknown("")),
    })
}

/// Whether an instruction takes this name or number right behind it.
fn takes(op: Op, immediate: &str) -> bool {
    let kind = kind_of(op);
    let is_index = matches!(
        kind,
        TokenKind::OpIndex
            | TokenKind::OpIndex2
            | TokenKind::OpSwitch
            | TokenKind::OpInit
            | TokenKind::OpLabels
            | TokenKind::OpOrdIndex
    );
    match immediate.starts_with('$') {
        true => is_index,
        false => is_index || matches!(kind, TokenKind::OpInt | TokenKind::OpFloat | TokenKind::OpLane),
    }
}

/// `isNull` as `is_null`, `I32.ADD` as `i32.add`, `i32_const` as `i32.const`.
pub(crate) fn snake_case(word: &str) -> String {
    let mut snake = String::new();
    for c in word.chars() {
        if c.is_ascii_uppercase() && snake.ends_with(|c: char| c.is_ascii_lowercase()) {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    let lower = word.to_ascii_lowercase();
    if op(&snake).is_none() && op(&lower).is_some() {
        return lower;
    }
    match snake.split_once('_') {
        Some((ty, rest)) if op(&snake).is_none() && op(&format!("{ty}.{rest}")).is_some() => {
            format!("{ty}.{rest}")
        }
        _ => snake,
    }
}

/// Whether the grammar reads an immediate behind the instruction before it can go on.
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

/// What an instruction needs, in words.
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

/// The instruction before the token that is not complete.
pub(crate) fn incomplete(around: &Around<'_>) -> Option<usize> {
    let mut index = around.at;
    let mut depth = 0;
    while index > 0 {
        index -= 1;
        let token = around.tokens[index];
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

/// `(catch $tag)` without a label.
pub(crate) fn catch_clause(around: &Around<'_>) -> Option<Fault> {
    let open = around.enclosing()?;
    let needs = match around.head(open) {
        TokenKind::ParenCatch | TokenKind::ParenCatchRef => "a tag and a label",
        TokenKind::ParenCatchAll | TokenKind::ParenCatchAllRef => "a label",
        TokenKind::ParenOn => "a tag and a label or `switch`",
        _ => return None,
    };
    let clause = around.text(around.tokens[open]);
    let found = if around.kind() == TokenKind::Close { ")" } else { around.word() };
    let message =
        format!("`{clause}` needs {needs}, found `{}`", crate::explain::repair::syntax::one_line(found));
    let whole = around.group(open);
    Some(around.unexpected(message).read_as(whole, ""))
}

/// An instruction without what it needs behind it.
pub(crate) fn immediate(around: &Around<'_>) -> Option<Fault> {
    if around.expected.instruction {
        return None;
    }
    let index = incomplete(around)?;
    let instr = around.tokens[index];
    let name = around.text(instr);
    let token = around.token();
    let so_far = Span::new(instr.start, around.tokens[around.at - 1].span().end);
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
    let poisoned = |fault: Fault| {
        let end = if is_in_place { token.span().end } else { so_far.end };
        fault.read_as(Span::new(instr.start, end), "unreachable")
    };
    let needs = immediates_of(instr);
    if instr.kind == TokenKind::OpIndex && token.kind == TokenKind::String {
        let meant = format!("${}", around.word().trim_matches('"'));
        let message = format!("`{name}` needs {needs}, found the string {}", around.word());
        let fault = around.unexpected(message);
        return Some(fault.guessed(format!("write `{meant}`"), vec![edit(token.span(), meant)]));
    }
    if instr.kind == TokenKind::OpIndex && token.kind == TokenKind::Word {
        let meant = format!("${}", around.word());
        let message = format!("`{name}` needs {needs}, found `{}`", around.word());
        let fault = around.unexpected(message);
        return Some(fault.guessed("a name has a dollar sign", vec![edit(token.span(), meant)]));
    }
    // `br_table ($a $b)`
    if token.kind == TokenKind::Open
        && matches!(instr.kind, TokenKind::OpLabels | TokenKind::OpIndex | TokenKind::OpIndex2)
        && around
            .parts(around.at, around.close_of(around.at))
            .iter()
            .all(|&part| is_literal(around.tokens[part]))
        && around.near(1).is_some_and(is_literal)
    {
        let group = around.group(around.at);
        let inner = around.slice(Span::new(group.start + 1, group.end - 1)).trim();
        let message = format!("`{name}` needs {needs}, without parentheses");
        return Some(around.unexpected(message).mended("take them away", vec![edit(group, inner)]));
    }
    if instr.kind == TokenKind::OpV128 && token.kind == TokenKind::Nat {
        let numbers = around.tokens[around.at..].iter().take_while(|token| is_literal(**token)).count();
        let shape = match numbers {
            16 => "i8x16",
            8 => "i16x8",
            2 => "i64x2",
            _ => "i32x4",
        };
        let message = format!("`{name}` needs the shape of the vector, as `{shape}`, before its numbers");
        let place = token.span().before();
        return Some(around.unexpected(message).guessed("name it", vec![edit(place, format!("{shape} "))]));
    }
    if let Some(number) = number_meant(instr.kind, around.word()) {
        let message = format!("`{name}` needs {needs}, found `{}`", around.word());
        let fault = around.unexpected(message);
        return Some(fault.guessed(format!("write `{number}`"), vec![edit(token.span(), number)]));
    }
    if instr.kind == TokenKind::OpInt && token.kind == TokenKind::Float {
        let message = format!("`{name}` needs {needs}, and `{}` is none", around.word());
        let float = name.replace('i', "f");
        let fault = poisoned(around.unexpected(message));
        return Some(Fault {
            diagnostic: fault.diagnostic.with_guess(
                format!("for a floating-point number, write `{float}`"),
                instr.span(),
                float,
            ),
            ..fault
        });
    }
    if instr.kind == TokenKind::OpInt && token.kind == TokenKind::Id {
        let message = format!("`{name}` needs {needs}, found the name `{}`", around.word());
        let fault = poisoned(around.unexpected(message));
        let span = instr.span().to(token.span());
        let meant = format!("global.get {}", around.word());
        return Some(Fault {
            diagnostic: fault.diagnostic.with_guess("for the value of a global, write", span, meant),
            ..fault
        });
    }
    if instr.kind == TokenKind::OpBrOnCast && index + 2 < around.at && !is_type_token(token.kind) {
        let ty = around.group(index + 2);
        let message =
            format!("`{name}` needs two reference types, that of the operand and that it is cast to");
        let fault = poisoned(around.unexpected(message));
        let diagnostic = fault.diagnostic.with_place(instr.span(), "it is needed here").with_guess(
            "put the type of the operand first, `anyref` perhaps",
            ty.before(),
            "anyref ",
        );
        return Some(Fault { diagnostic, ..fault });
    }
    let message = match token.kind {
        TokenKind::Close => format!("`{name}` needs {needs}, found `)`"),
        _ => format!(
            "`{name}` needs {needs}, found `{}`",
            crate::explain::repair::syntax::one_line(around.word())
        ),
    };
    let mut fault = poisoned(around.unexpected(message));
    fault.diagnostic = fault.diagnostic.with_place(instr.span(), "it is needed here");
    Some(fault)
}

/// The number that may be meant by something else in its place.
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
    // `1e6` where an integer belongs, and digits of base sixteen without `0x`.
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

/// A name or a number where an instruction is expected.
pub(crate) fn operand(around: &Around<'_>) -> Option<Fault> {
    let token = around.token();
    if !around.expected.instruction || !is_literal(token) {
        return None;
    }
    let (word, span) = (around.word(), token.span());
    let enclosing = around.enclosing()?;
    let of = around.op_of(enclosing);
    let before = around.near(-1)?;
    let in_operands = of.is_some_and(|op| !matches!(op.mnemonic(), "block" | "loop" | "try" | "try_table"));
    // `$f(...)`
    if token.kind == TokenKind::Id
        && around.near(1).is_some_and(|next| next.kind.is_open() && next.start == span.end)
    {
        let message = format!(
            "a call is an instruction, `(call {word} ...)`, with its operands in parentheses of their own"
        );
        let whole = span.to(around.group(around.at + 1));
        return Some(around.error(Code::UnexpectedToken, span, message).read_as(whole, "(unreachable)"));
    }
    // `call_indirect $table $type`
    if token.kind == TokenKind::Id
        && before.kind == TokenKind::Id
        && around.near_kind(-2) == Some(TokenKind::OpCallIndirect)
    {
        let meant = format!("(type {word})");
        let message = format!("expected the type of the callee, as in `{meant}`, found `{word}`");
        return Some(around.unexpected(message).mended(format!("write `{meant}`"), vec![edit(span, meant)]));
    }
    // A type that the instruction took before garbage collection was standard.
    if before.kind == TokenKind::Instr && before.immediate().is_empty() && takes_type_no_more(before.op()) {
        let name = before.op().mnemonic();
        let message = format!("`{name}` takes no type any more, found `{word}`");
        let fault = around.error(Code::UnexpectedToken, span, message);
        return Some(fault.mended("take it away", vec![edit(around.with_space(span), "")]));
    }
    if token.kind == TokenKind::String {
        let fault = around.unexpected(format!(
            "expected an instruction, found the string {}",
            crate::explain::repair::syntax::one_line(word)
        ));
        return Some(fault.read_as(span, ""));
    }
    if let Some(op) = of.filter(|op| op.mnemonic().ends_with(".const")) {
        let message = format!("`{}` takes one number, found `{word}` behind it", op.mnemonic());
        return Some(around.unexpected(message).read_as(with_immediates(around), ""));
    }
    let (instr, value) = match token.kind {
        TokenKind::Id => ("local.get", format!("local.get {word}")),
        kind => {
            let ty = match of {
                Some(op) => number_type(op),
                None if kind == TokenKind::Float => "f64",
                None => "i32",
            };
            ("const", format!("{ty}.const {word}"))
        }
    };
    let meant = if in_operands { format!("({value})") } else { value };
    let message = match (of.filter(|_| in_operands), instr) {
        // An unknown instruction is read as `unreachable`, which is not in the text.
        (Some(op), _) if op.mnemonic() != "unreachable" => {
            format!("an operand of `{}` is an instruction, as in `{meant}`; `{word}` is none", op.mnemonic())
        }
        _ => format!("expected an instruction, as in `{meant}`, found `{word}`"),
    };
    let fault = around.unexpected(message);
    if in_operands {
        let mut edits = vec![edit(span, meant.clone())];
        // Names in a row are one mistake.
        let more = around.tokens[around.at + 1..]
            .iter()
            .take_while(|next| token.kind == TokenKind::Id && next.kind == TokenKind::Id);
        edits.extend(more.map(|next| edit(next.span(), format!("(local.get {})", around.text(*next)))));
        return Some(fault.guessed(format!("write `{meant}`"), edits));
    }
    // In flat text it would stand before the instruction.
    let is_behind_op = before.kind == TokenKind::Instr && before.immediate().is_empty();
    let fault = fault.read_as(span, "");
    if is_behind_op {
        let edits =
            vec![edit(before.span().before(), format!("{meant} ")), edit(around.with_space(span), "")];
        let diagnostic = fault.diagnostic.with_edits(
            "to give it as an operand, write before the instruction",
            edits.clone(),
            crate::diagnostic::Applicability::MaybeIncorrect,
        );
        return Some(Fault { diagnostic, changes: edits });
    }
    Some(fault)
}

/// Whether the instruction had the index of a type once.
fn takes_type_no_more(op: Op) -> bool {
    matches!(
        op.mnemonic(),
        "array.len"
            | "ref.as_non_null"
            | "ref.eq"
            | "ref.is_null"
            | "throw_ref"
            | "ref.i31"
            | "i31.get_s"
            | "i31.get_u"
    )
}

/// `(if (c) (local.get 0) (else ...))`: `then` is missing, or not where it belongs.
pub(crate) fn folded_if(around: &Around<'_>) -> Option<Fault> {
    let kind = around.kind();
    let within = around.enclosing()?;
    if kind == TokenKind::Word && around.word() == "then" && around.head(within) != TokenKind::OpIf {
        let fault = around
            .unexpected("`then` belongs to an `if` in parentheses; here the instructions follow at once");
        return Some(fault.mended("take it away", vec![edit(around.with_space(around.token().span()), "")]));
    }
    let is_clause = matches!(kind, TokenKind::ParenThen | TokenKind::ParenElse);
    // A flat `if` with the clauses of a folded one.
    if kind == TokenKind::ParenThen
        && around.head(within) != TokenKind::OpIf
        && open_blocks(around).is_some_and(|blocks| {
            blocks.last().is_some_and(|&block| around.tokens[block].kind == TokenKind::OpIf)
        })
    {
        let inner = |index: usize| {
            let group = around.group(index);
            around.slice(Span::new(around.tokens[index].span().end, group.end - 1)).trim()
        };
        let mut edits = vec![edit(around.group(around.at), inner(around.at))];
        let next = around.close_of(around.at) + 1;
        if around.tokens.get(next).is_some_and(|token| token.kind == TokenKind::ParenElse) {
            edits.push(edit(around.group(next), format!("else {}", inner(next))));
        }
        let message = "`(then ...)` belongs to an `if` in parentheses; here the instructions follow at once";
        return Some(around.unexpected(message).guessed("take the parentheses away", edits));
    }
    if around.head(within) != TokenKind::OpIf {
        if !is_clause || !around.expected.instruction && around.head(within) != TokenKind::ParenThen {
            return None;
        }
        let name = if kind == TokenKind::ParenThen { "then" } else { "else" };
        let message = format!("`({name} ...)` can only stand in an `if`");
        let group = around.group(around.at);
        let inner = Span::new(around.token().span().end, group.end - 1);
        let text = around.slice(inner).trim().to_owned();
        return Some(around.unexpected(message).read_as(group, text));
    }
    let is_then = |part: &usize| around.tokens[*part].kind == TokenKind::ParenThen;
    let is_else = |part: &usize| around.tokens[*part].kind == TokenKind::ParenElse;
    let parts = around.parts(within, around.at);
    let all = around.parts(within, around.close_of(within));
    // Operands: what is neither the instruction nor its type.
    let operands: Vec<usize> = parts
        .iter()
        .copied()
        .filter(|&part| {
            around.tokens[part].kind.is_open()
                && !matches!(
                    around.tokens[part].kind,
                    TokenKind::ParenThen
                        | TokenKind::ParenElse
                        | TokenKind::ParenParam
                        | TokenKind::ParenResult
                        | TokenKind::ParenType
                )
        })
        .collect();
    if let Some(then) = parts.iter().copied().find(is_then) {
        // What stands behind `then` is not in its place.
        if !kind.is_open() || is_clause {
            return None;
        }
        let group = around.group(around.at);
        let place = around.tokens[then].span().before();
        let text = format!("{} ", around.slice(group));
        let moved = vec![edit(place, text), edit(around.with_space(group), "")];
        if operands.iter().all(|&operand| operand >= then) {
            let fault = around.unexpected("the condition of an `if` must stand before `(then ...)`");
            return Some(fault.guessed("move it there", moved));
        }
        // The condition is there: this is what is done otherwise, or what comes next.
        let last = all.iter().copied().rfind(|&part| around.tokens[part].kind.is_open());
        let rest = group.to(around.group(last.unwrap_or(around.at)));
        let fault = around.unexpected("an `if` ends with its `(then ...)` and `(else ...)`");
        if all.iter().any(is_else) {
            return Some(fault.guessed("move it there", moved));
        }
        let edits = vec![edit(rest.before(), "(else "), edit(rest.behind(), ")")];
        return Some(fault.guessed("if it is what is done otherwise, put it into `(else ...)`", edits));
    }
    if kind == TokenKind::ParenElse
        && let Some(then) = all.iter().copied().find(is_then)
    {
        let (first, second) = (around.group(around.at), around.group(then));
        let mut fault = around.unexpected("`(else ...)` must stand behind `(then ...)`");
        fault.diagnostic = fault.diagnostic.with_place(around.tokens[then].span(), "`then` is here");
        let edits = vec![edit(first, around.slice(second)), edit(second, around.slice(first))];
        return Some(fault.mended("swap them", edits));
    }
    if kind != TokenKind::ParenElse && kind != TokenKind::Close {
        return None;
    }
    let has_else = kind == TokenKind::ParenElse || all.iter().any(is_else);
    let message = match has_else {
        true => "this `if` has an `else` and no `then`: expected `(then ...)` before it",
        false => "this `if` has no `(then ...)`",
    };
    let fault = match kind {
        TokenKind::ParenElse => around.unexpected(message),
        _ => {
            let span = around.tokens[within + 1].span();
            around.error(Code::UnexpectedToken, span, message)
        }
    };
    // Before `then` was a word, a condition and one or two arms stood side by side.
    if kind == TokenKind::Close
        && let [_, arms @ ..] = &operands[..]
        && let [_] | [_, _] = arms
    {
        let arms: Vec<Span> = arms.iter().map(|&arm| around.group(arm)).collect();
        return Some(arms::with_clauses(around, within, fault, &arms));
    }
    let (from, to) = match operands[..] {
        [_, first, .., last] => (first, last),
        [_, only] => (only, only),
        _ => {
            let place = around.near(-1)?.span().behind();
            return Some(fault.guessed("put an empty one there", vec![edit(place, " (then)")]));
        }
    };
    let inner = around.group(from).to(around.group(to));
    let edits = vec![edit(inner.before(), "(then "), edit(inner.behind(), ")")];
    let mut fault = fault.guessed("put what is to be done into `(then ...)`", edits);
    if kind == TokenKind::Close {
        // What is done otherwise is not known.
        fault.changes[1].replacement = " (unreachable))".into();
        fault.changes.push(edit(around.group(within).behind(), " (unreachable)"));
    }
    Some(fault)
}

/// The flat blocks that are open at the token within its parentheses, as indices.
fn open_blocks(around: &Around<'_>) -> Option<Vec<usize>> {
    let enclosing = around.enclosing()?;
    let mut open: Vec<usize> = Vec::new();
    let mut index = enclosing + 1;
    while index < around.at {
        let token = around.tokens[index];
        match token.kind {
            kind if kind.is_open() => {
                index = around.close_of(index) + 1;
                continue;
            }
            TokenKind::OpBlock | TokenKind::OpIf | TokenKind::OpTry | TokenKind::OpTryTable
                if index > enclosing + 1 || around.tokens[enclosing].kind != TokenKind::Open =>
            {
                open.push(index);
            }
            TokenKind::OpEnd | TokenKind::OpDelegate => _ = open.pop(),
            _ => {}
        }
        index += 1;
    }
    Some(open)
}

/// A flat block without `end`, an `end` or `else` without a block.
pub(crate) fn flat_block(around: &Around<'_>) -> Option<Fault> {
    let kind = around.kind();
    let token = around.token();
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
    let blocks = open_blocks(around)?;
    let name = around.word();
    if kind == TokenKind::Close {
        let &first = blocks.last()?;
        // The innermost is to blame unless its `end` is there and another's is not.
        let block = around.tokens[first];
        let word = around.text(block);
        let message = format!("this `{word}` has no `end`");
        let fault =
            around.error(Code::UnexpectedToken, Span::new(block.start, block.start + op_len(block)), message);
        let (place, end) = meant_end(around, first);
        let mut fault = fault.guessed("end it", vec![edit(place, end.clone())]);
        // What it leaves is not known.
        fault.changes = vec![edit(place, format!("{end} unreachable"))];
        let close = token.span();
        fault.diagnostic = fault.diagnostic.with_place(close, "an `end` is expected before this");
        return Some(fault);
    }
    let label = around.near(1).filter(|next| next.kind == TokenKind::Id && kind != TokenKind::OpDelegate);
    let span = label.map_or(token.span(), |label| token.span().to(label.span()));
    let message = match (kind, blocks.last()) {
        (TokenKind::OpEnd, None) => {
            let within = around.enclosing().filter(|open| open + 1 != around.at);
            match within.and_then(|open| around.op_of(open)) {
                Some(op) => {
                    format!("this `end` ends nothing: `({} ...)` ends with its parenthesis", op.mnemonic())
                }
                None => "this `end` ends nothing: no block is open".to_owned(),
            }
        }
        (_, Some(&block))
            if around.tokens[block].kind == TokenKind::OpTryTable && kind != TokenKind::OpElse =>
        {
            format!(
                "`{name}` belongs to the legacy `try`; a `try_table` has its clauses before its instructions"
            )
        }
        (TokenKind::OpCatch | TokenKind::OpCatchAll, Some(&block))
            if around.tokens[block].kind == TokenKind::OpTry =>
        {
            format!("`{name}` cannot follow the `catch_all` of its `try`, which is the last clause")
        }
        (_, Some(&block)) if kind == TokenKind::OpElse => match around.tokens[block].kind {
            TokenKind::OpIf => "this `if` has an `else` already".to_owned(),
            _ => format!("`else` belongs to an `if`, and this is a `{}`", around.text(around.tokens[block])),
        },
        _ => format!("this `{name}` belongs to no block"),
    };
    let mut fault =
        around.unexpected(message).guessed("take it away", vec![edit(around.with_space(span), "")]);
    if kind == TokenKind::OpElse {
        // Nothing is known of what is on the stack.
        fault.changes = vec![edit(span, "unreachable")];
    }
    if let Some(&block) = blocks.last() {
        let block = around.tokens[block];
        let span = Span::new(block.start, block.start + op_len(block));
        fault.diagnostic = fault.diagnostic.with_place(span, "it begins here");
    }
    Some(fault)
}

/// Where the `end` of a block is meant to be, and how it is written there: before the first line that is
/// not indented more than the block, or else at the end of all.
fn meant_end(around: &Around<'_>, block: usize) -> (Span, String) {
    let line_before = |at: u32| around.source[..at as usize].rsplit('\n').next().unwrap_or_default();
    let start = around.tokens[block].start;
    let column = line_before(start).len();
    let place = |index: usize| around.tokens[index - 1].span().behind();
    let is_own_line = line_before(start).trim().is_empty();
    let mut index = block + 1;
    while index < around.at {
        let token = around.tokens[index];
        let before = line_before(token.start);
        if is_own_line
            && before.trim().is_empty()
            && before.len() <= column
            && token.kind != TokenKind::OpElse
        {
            break;
        }
        index = around.close_or(index) + 1;
    }
    let index = index.min(around.at);
    let is_own_line = is_own_line && around.slice(Span::new(start, place(index).end)).contains('\n');
    let end = if is_own_line { format!("\n{}end", " ".repeat(column)) } else { " end".to_owned() };
    (place(index), end)
}

fn op_len(token: Token) -> u32 {
    token.op().mnemonic().len() as u32
}

/// Clauses of a `try_table` behind its instructions.
pub(crate) fn late_catch(around: &Around<'_>) -> Option<Fault> {
    let is_clause = |kind: TokenKind| {
        matches!(
            kind,
            TokenKind::ParenCatch
                | TokenKind::ParenCatchRef
                | TokenKind::ParenCatchAll
                | TokenKind::ParenCatchAllRef
        )
    };
    let open = around.enclosing()?;
    if !is_clause(around.kind()) || around.head(open) != TokenKind::OpTryTable {
        return None;
    }
    let parts = around.parts(open, around.at);
    let first = parts.iter().copied().find(|&part| around.tokens[part].kind == TokenKind::Open)?;
    let mut last = around.at;
    while around.tokens.get(around.close_of(last) + 1).is_some_and(|next| is_clause(next.kind)) {
        last = around.close_of(last) + 1;
    }
    let group = around.group(around.at).to(around.group(last));
    let place = around.tokens[first].span().before();
    let text = format!("{} ", around.slice(group));
    let fault = around.unexpected("the clauses of a `try_table` stand before its instructions");
    Some(fault.mended("move it there", vec![edit(place, text), edit(around.with_space(group), "")]))
}

/// `(try_table ... (do ...))`
pub(crate) fn do_of_try_table(around: &Around<'_>) -> Option<Fault> {
    let within = around.enclosing()?;
    if around.kind() != TokenKind::ParenDo || around.head(within) == TokenKind::OpTry {
        return None;
    }
    let name = around.op_of(within).map_or("function", Op::mnemonic);
    let message = format!("`do` belongs to the legacy `try`; the instructions of a `{name}` follow at once");
    let group = around.group(around.at);
    let close = Span::new(group.end - 1, group.end);
    let head = around.token().span();
    let rest =
        around.source[head.end as usize..].len() - around.source[head.end as usize..].trim_start().len();
    let head = Span::new(head.start, head.end + rest as u32);
    Some(around.unexpected(message).mended("take it away", vec![edit(head, ""), edit(close, "")]))
}

/// `offset = 4`, `offset:8`, `align=4 offset=8`, `offset=`.
pub(crate) fn memarg(around: &Around<'_>) -> Option<Fault> {
    let token = around.token();
    let (word, span) = (around.word(), token.span());
    let has_no_number = word == "offset=" || word == "align=";
    if matches!(token.kind, TokenKind::OffsetEq | TokenKind::AlignEq) && has_no_number
        || around.near(-1).is_some_and(|before| matches!(around.text(before), "offset=" | "align="))
    {
        let before = around.near(-1)?;
        let named = if has_no_number { token } else { before };
        let name = around.text(named);
        let message = format!("`{name}` needs a number right behind it");
        let fault = around.error(Code::UnexpectedToken, named.span(), message);
        return Some(match (has_no_number, token.kind) {
            (false, TokenKind::Nat) => {
                let whole = named.span().to(span);
                fault.mended("take the space away", vec![edit(whole, format!("{name}{word}"))])
            }
            _ => fault.read_as(named.span(), ""),
        });
    }
    if token.kind == TokenKind::OffsetEq
        && let Some(before) = around.near(-1)
        && (before.kind == TokenKind::AlignEq || around.text(before).contains("align="))
    {
        let text = around.text(before);
        let start = before.start + text.find("align=").unwrap_or(0) as u32;
        let align = Span::new(start, before.span().end);
        let swapped = format!("{word} {}", around.slice(align));
        let message = "`offset=` stands before `align=`";
        return Some(around.unexpected(message).mended("swap them", vec![edit(align.to(span), swapped)]));
    }
    // Behind the operands.
    if matches!(token.kind, TokenKind::OffsetEq | TokenKind::AlignEq)
        && let Some(open) = around.enclosing()
        && let Some(op) = around.op_of(open).filter(|op| op.immediates().natural_alignment().is_some())
        && let Some(&first) =
            around.parts(open, around.at).iter().find(|&&part| around.tokens[part].kind.is_open())
    {
        let mut last = around.at;
        while around
            .tokens
            .get(last + 1)
            .is_some_and(|next| matches!(next.kind, TokenKind::OffsetEq | TokenKind::AlignEq))
        {
            last += 1;
        }
        let memarg = span.to(around.tokens[last].span());
        let text = around.slice(memarg);
        let message = format!("`{text}` must stand right behind `{}`, before its operands", op.mnemonic());
        let place = around.tokens[first].span().before();
        let edits = vec![edit(place, format!("{text} ")), edit(around.with_space(memarg), "")];
        return Some(around.unexpected(message).mended("move it there", edits));
    }
    if token.kind != TokenKind::Word {
        return None;
    }
    let name = ["offset", "align"].into_iter().find(|name| word.starts_with(name))?;
    let number = word[name.len()..].trim_start_matches([':', '=', '(']);
    if number.starts_with(|c: char| !c.is_ascii_digit()) {
        return None;
    }
    let (number, end) = match (number, around.near(1)) {
        ("", Some(next)) if next.kind == TokenKind::Nat => (around.text(next), next.span().end),
        _ => (number, span.end),
    };
    let meant = format!("{name}={number}");
    let message = format!("`{word}`: it is written with an equals sign and no spaces, `{meant}`");
    let fault = around.error(Code::UnexpectedToken, span, message);
    let whole = Span::new(span.start, end);
    if number.is_empty() {
        return Some(fault.read_as(whole, ""));
    }
    Some(fault.mended(format!("write `{meant}`"), vec![edit(whole, meant)]))
}
