//! Mistakes in instructions.

use super::context::ErrorContext;
use super::immediates::{is_literal, number_type, with_immediates};
use super::operands::{expected_heap_type, expected_type, local_value_type, value_of_name};
use super::{foreign, sigils, types};
use crate::diagnostic::{Code, counted, edit};
use crate::explain::renamed::{Successor, successor};
use crate::explain::repair::quote::one_line;
use crate::explain::repair::recoverable::Recoverable;
use crate::explain::spelling::{near_instruction, nearest_word, snake_case};
use crate::explain::vocabulary::alias;
use crate::instr::Op;
use crate::lex::{TokenKind, kind_of, op};
use crate::span::Span;

/// `()`, also after the name of a function.
pub(super) fn empty_parentheses(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let open = match (cx.near_kind(-1), cx.kind()) {
        (Some(TokenKind::Open), TokenKind::Close) => cx.at - 1,
        (_, TokenKind::Open) if cx.near_kind(1) == Some(TokenKind::Close) => cx.at,
        _ => return None,
    };
    let span = cx.group(open);
    let fault = cx.error(Code::UnexpectedToken, span, "expected an instruction, found empty parentheses");
    Some(fault.with_guess("remove the parentheses", vec![edit(cx.with_space(span), "")]))
}

/// An instruction that has been renamed.
pub(super) fn renamed(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let (word, span) = (cx.word(), cx.token().span());
    if cx.kind() != TokenKind::Word {
        return None;
    }
    let what = if word.contains(['.', '_']) { "instruction" } else { "word" };
    if let Some(fault) = declared_local(cx) {
        return Some(fault);
    }
    match successor(word)? {
        Successor::Renamed(now) => {
            let message = format!("the {what} `{word}` is now called `{now}`");
            let fault = cx.error(Code::Renamed, span, message);
            let mut edits = vec![edit(span, now.clone())];
            // Runtime types do not exist any more.
            if word.ends_with("_with_rtt")
                && let Some(open) = cx.enclosing()
                && let Some(&last) = cx.parts(open, cx.close_of(open)).last()
                && cx.tokens.get(last + 1).is_some_and(|next| cx.text(*next).starts_with("rtt."))
            {
                edits.push(edit(cx.with_space(cx.group(last)), ""));
            }
            Some(fault.with_fix(format!("write `{now}`"), edits))
        }
        Successor::Changed(now) => {
            let message = format!("the {what} `{word}` was removed; `{now}` is similar");
            let fault = cx.error(Code::Renamed, span, message);
            Some(fault.with_guess(format!("write `{now}`"), vec![edit(span, now)]))
        }
        Successor::Rewritten(op, types) => {
            let message = format!("the {what} `{word}` was replaced by `{op}`");
            let fault = cx.error(Code::Renamed, span, message);
            let label = cx.near(1).filter(|_| op.starts_with("br_"));
            let replaced = match label.filter(|label| matches!(label.kind, TokenKind::Id | TokenKind::Nat)) {
                Some(label) => {
                    let whole = span.to(label.span());
                    (whole, format!("{op} {} {types}", cx.text(label)))
                }
                None => (span, format!("{op} {types}")),
            };
            let message = format!("write `{}`", replaced.1);
            let edits = vec![edit(replaced.0, replaced.1)];
            // The type of the operand may differ.
            Some(fault.with_guess_if(op.starts_with("br_") || word.ends_with("_data"), message, edits))
        }
        Successor::Replaced(advice) => {
            let message = format!("the {what} `{word}` was removed");
            let fault = cx.error(Code::Renamed, span, message);
            let fault = match cx.enclosing().filter(|open| open + 1 == cx.at) {
                // The indices in a `let` refer to its own locals.
                Some(open) if word == "let" => fault.read_as(cx.group(open), "(unreachable)"),
                _ => fault.read_as(with_immediates(cx), "unreachable"),
            };
            Some(fault.with_note(advice))
        }
    }
}

/// An unknown word instead of an instruction.
pub(super) fn unknown(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let token = cx.token();
    // `eq` is also a heap type.
    let is_word = token.kind == TokenKind::Word || cx.word() == "eq";
    if !is_word || !cx.expected.instruction {
        return None;
    }
    let (word, span) = (cx.word(), token.span());
    if let Some(fault) = sigils::optional_index(cx) {
        return Some(fault);
    }
    // It is probably a part of a function or of an `if`.
    let follows_open = cx.near_kind(-1) == Some(TokenKind::Open);
    let is_keyword = |meant: &&str| follows_open && cx.accepts(meant);
    let keywords =
        ["param", "result", "local", "export", "import", "type", "then", "else", "catch", "catch_all", "do"];
    let declares = cx.near_kind(1) == Some(TokenKind::Id) && cx.near_kind(2).is_some_and(types::is_type);
    let variable = || alias(word).filter(|meant| *meant == "global" && declares).map(|_| "local");
    if let Some(meant) = alias(word)
        .filter(is_keyword)
        .or_else(|| variable().filter(is_keyword))
        .or_else(|| nearest_word(word, keywords.into_iter().filter(is_keyword)))
        && !word.contains('.')
        && !foreign::is_instruction_meant(cx)
    {
        let message = format!("unknown word `{word}`; did you mean `{meant}`?");
        let fault = cx.error(Code::UnexpectedToken, span, message);
        return Some(fault.with_guess(format!("write `{meant}`"), vec![edit(span, meant)]));
    }
    // `(func result i32 ...)`
    if !follows_open
        && matches!(word, "param" | "result" | "local")
        && let types = cx.tokens[cx.at + 1..].iter().enumerate().take_while(|(at, token)| {
            types::is_type(token.kind) && !token.kind.is_open() || *at == 0 && token.kind == TokenKind::Id
        })
        && let Some((_, last)) = types.last()
        && types::is_type(last.kind)
    {
        let whole = span.to(last.span());
        let meant = format!("({})", cx.slice(whole));
        let message = format!("`{word}` needs parentheses: `{meant}`");
        let fault = cx.error(Code::UnexpectedToken, span, message);
        return Some(fault.with_guess(format!("write `{meant}`"), vec![edit(whole, meant)]));
    }
    let unknown =
        |more: &str| cx.error(Code::UnknownInstruction, span, format!("unknown instruction `{word}`{more}"));
    let poisoned =
        |fault: Recoverable| Recoverable { edits: vec![edit(with_immediates(cx), "unreachable")], ..fault };
    let special = foreign::typed_operation(cx).or_else(|| dotted_name(cx));
    if let Some(fault) = special.or_else(|| constant_of_shape(cx)).or_else(|| declared_local(cx)) {
        return Some(fault);
    }
    // Some instructions need a sign.
    if let Some([narrow, wide]) = foreign::with_widths(word) {
        let fault = unknown(&format!(": it is `{narrow}` for `i32`, `{wide}` for `i64`"));
        let diagnostic = fault.diagnostic.with_guess(format!("for `i32`, write `{narrow}`"), span, narrow);
        let diagnostic = diagnostic.with_guess(format!("for `i64`, write `{wide}`"), span, wide);
        return Some(poisoned(Recoverable { diagnostic, ..fault }));
    }
    if let Some([s, u]) = foreign::with_signs(word) {
        let fault = unknown(&format!(": it is `{s}` for signed numbers, `{u}` for unsigned ones"));
        let diagnostic = fault.diagnostic.with_guess(format!("for signed numbers, write `{s}`"), span, s);
        let diagnostic = diagnostic.with_guess(format!("for unsigned numbers, write `{u}`"), span, u);
        return Some(Recoverable { diagnostic, edits: vec![edit(span, s)] });
    }
    if let Some(fault) = foreign::instruction(cx) {
        return Some(fault);
    }
    // `nop//a comment`
    if let Some((instr, _)) = word.split_once("//").filter(|(instr, _)| op(instr).is_some()) {
        let start = span.start + instr.len() as u32;
        let slashes = Span::new(start, start + 2);
        let line = cx.source[start as usize..].find('\n').map_or(cx.source.len(), |len| start as usize + len);
        let fault = unknown(&format!(": a comment after `{instr}` begins with `;;`"));
        let is_last = cx.slice(Span::new(start, line as u32)).contains([')', '(', '"']);
        let mut fault = fault.with_guess_if(is_last, "write `;;`", vec![edit(slashes, " ;;")]);
        // The line may have closing parentheses.
        fault.edits = vec![edit(Span::new(start, span.end), "")];
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
        return Some(fault.with_fix(format!("write `{apart}`"), vec![edit(span, apart)]));
    }
    let snake = snake_case(word);
    if snake != word && op(&snake).is_some() {
        let fault = unknown(&format!("; did you mean `{snake}`?"));
        return Some(fault.with_fix(format!("write `{snake}`"), vec![edit(span, snake)]));
    }
    // Some instructions have no sign.
    if let Some(plain) = word.strip_suffix("_s").or(word.strip_suffix("_u"))
        && op(plain).is_some()
    {
        let fault = unknown(&format!(": `{plain}` has no sign"));
        return Some(fault.with_fix(format!("write `{plain}`"), vec![edit(span, plain)]));
    }
    if let Some(fault) = foreign::bare_operation(cx) {
        return Some(poisoned(fault));
    }
    Some(match near_instruction(word) {
        Some(near) => {
            let fault = unknown(&format!("; did you mean `{}`?", near.name));
            let message = format!("write `{}`", near.name);
            let edits = vec![edit(span, near.name)];
            let fault = fault.with_guess_if(!near.is_sure, message, edits);
            // An instruction that opens a block must still do so.
            let is_block =
                matches!(near.name, "block" | "loop" | "if" | "try" | "try_table" | "else" | "end");
            if is_block { fault } else { poisoned(fault) }
        }
        None => poisoned(unknown("")),
    })
}

/// `(local.$x)`, `global.count`: the name of a variable instead of `get`.
fn dotted_name(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let (word, span) = (cx.word(), cx.token().span());
    let (what, name) = word.split_once('.').filter(|(what, _)| matches!(*what, "local" | "global"))?;
    let name = format!("${}", name.trim_start_matches('$'));
    let instr = value_of_name(cx, &name).filter(|instr| instr.starts_with(what))?;
    let meant = format!("{instr} {name}");
    let message = format!("unknown instruction `{word}`: expected `get`, `set` or `tee` after the dot");
    let fault = cx.error(Code::UnknownInstruction, span, message);
    Some(fault.with_guess(format!("write `{meant}`"), vec![edit(span, meant)]))
}

/// `(i32x4.const 1 2 3 4)`
fn constant_of_shape(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let (word, span) = (cx.word(), cx.token().span());
    let shape = word.strip_suffix(".const")?;
    if !matches!(shape, "i8x16" | "i16x8" | "i32x4" | "i64x2" | "f32x4" | "f64x2") {
        return None;
    }
    let meant = format!("v128.const {shape}");
    let fault = cx.error(Code::UnknownInstruction, span, format!("unknown instruction `{word}`"));
    Some(fault.with_fix(format!("write `{meant}`"), vec![edit(span, meant)]))
}

/// `(let $x (i32.const 1))`, a variable of other languages.
pub(super) fn declared_local(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let (word, span) = (cx.word(), cx.token().span());
    let name = cx.near(1).filter(|next| next.kind == TokenKind::Id)?;
    let open = cx.enclosing().filter(|open| open + 1 == cx.at)?;
    let is_value = cx.near_kind(2) == Some(TokenKind::Open) && cx.parts(open, cx.close_of(open)).len() == 3;
    if !matches!(word, "let" | "var" | "const") || !is_value {
        return None;
    }
    let ty = local_value_type(cx, cx.at + 3)?;
    let func = cx.opens().first().copied()?;
    // Locals come after the head of the function.
    let is_head = |&part: &usize| {
        let kind = cx.tokens[part].kind;
        kind == TokenKind::Id || kind.is_open() && kind != TokenKind::Open && !kind.is_op()
    };
    let parts = cx.parts(func, cx.at);
    let last = parts.into_iter().take_while(is_head).last().unwrap_or(func);
    let place = if last == func { cx.tokens[func].span() } else { cx.group(last) }.after();
    let name = cx.text(name);
    let message = format!("`{word}` is not an instruction: a local is declared by `(local {name} {ty})`");
    let fault = cx.error(Code::UnknownInstruction, span, message);
    let edits = vec![edit(place, format!(" (local {name} {ty})")), edit(span, "local.set")];
    Some(fault.with_guess("declare it and write `local.set`", edits))
}

/// `(i32 42)`: a type instead of the instruction for a number.
pub(super) fn bare_type(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let is_type = matches!(cx.kind(), TokenKind::I32 | TokenKind::I64 | TokenKind::NumType);
    if !is_type || !cx.expected.instruction || cx.near_kind(-1) != Some(TokenKind::Open) {
        return None;
    }
    let (word, span, number) = (cx.word(), cx.token().span(), cx.near(1)?);
    let meant = format!("{word}.const");
    op(&meant).filter(|_| matches!(number.kind, TokenKind::Nat | TokenKind::Int | TokenKind::Float))?;
    let message = format!("expected an instruction, as in `{meant} {}`, found `{word}`", cx.text(number));
    let fault = cx.error(Code::UnexpectedToken, span, message);
    Some(fault.with_fix(format!("write `{meant}`"), vec![edit(span, meant)]))
}

/// `(return i32)` in the head of a function.
pub(super) fn result_of_function(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let open = cx.enclosing().filter(|open| open + 2 == cx.at)?;
    let word = cx.near(-1).filter(|before| cx.text(*before) == "return")?;
    let is_head = cx.outer().is_some_and(|outer| cx.head(outer) == TokenKind::ParenFunc);
    let are_types =
        cx.parts(open + 1, cx.close_of(open)).iter().all(|&part| types::is_type(cx.tokens[part].kind));
    if !is_head || !are_types {
        return None;
    }
    let message = "a result is declared by `result`; `return` is an instruction";
    let fault = cx.error(Code::UnexpectedToken, word.span(), message);
    Some(fault.with_fix("write `result`", vec![edit(word.span(), "result")]))
}

/// `(func $f (param $a i32) i32 ...)`
pub(super) fn result_without_parentheses(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let open = cx.enclosing().filter(|&open| cx.head(open) == TokenKind::ParenFunc)?;
    let is_type = |kind: TokenKind| types::is_type(kind) && !kind.is_open();
    let parts = cx.parts(open, cx.at);
    let is_in_head = parts.iter().all(|&part| {
        matches!(
            cx.tokens[part].kind,
            TokenKind::Id
                | TokenKind::ParenExport
                | TokenKind::ParenImport
                | TokenKind::ParenType
                | TokenKind::ParenParam
        )
    });
    if !is_type(cx.kind()) || !is_in_head {
        return None;
    }
    let rest = cx.tokens[cx.at..].iter().take_while(|token| is_type(token.kind));
    let whole = cx.token().span().to(rest.last()?.span());
    let meant = format!("(result {})", cx.slice(whole));
    let message = format!("expected `{meant}`, found `{}`", cx.slice(whole));
    let fault = cx.error(Code::UnexpectedToken, whole, message);
    Some(fault.with_guess(format!("write `{meant}`"), vec![edit(whole, meant)]))
}

/// Whether an instruction has this kind of index or number as its first immediate.
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

/// `null` instead of `ref.null` and its type.
pub(super) fn reference(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let is_null = cx.kind() == TokenKind::Null || matches!(cx.word(), "nil" | "NULL" | "nullptr");
    if !is_null || !cx.expected.instruction {
        return None;
    }
    let span = cx.token().span();
    let is_head = cx.near_kind(-1) == Some(TokenKind::Open);
    let wrap = |text: String| match (is_head, cx.enclosing()) {
        (false, Some(_)) => format!("({text})"),
        _ => text,
    };
    // The initial value of a global has its type before it.
    let heap = cx.near(-1).filter(|before| before.kind == TokenKind::RefType).and_then(|before| {
        let ty = cx.text(before);
        ty.strip_suffix("ref").filter(|heap| !heap.starts_with("null"))
    });
    let heap = heap.or_else(|| expected_heap_type(cx, cx.at)).unwrap_or("none");
    let message = format!(
        "expected an instruction, found `{}`: a null reference is `ref.null` with a heap type",
        cx.word()
    );
    let fault = cx.unexpected(message).read_as(span, wrap("unreachable".to_owned()));
    let meant = wrap(format!("ref.null {heap}"));
    let diagnostic = fault.diagnostic.with_guess(format!("write `{meant}`"), span, meant);
    Some(Recoverable { diagnostic, ..fault })
}

/// An identifier or a number instead of an instruction.
pub(super) fn operand(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let token = cx.token();
    if !cx.expected.instruction || !is_literal(token) {
        return None;
    }
    let (word, span) = (cx.word(), token.span());
    let enclosing = cx.enclosing()?;
    let of = cx.op_of(enclosing);
    let before = cx.near(-1)?;
    let in_operands = of.is_some_and(|op| !matches!(op.mnemonic(), "block" | "loop" | "try" | "try_table"));
    // `$f(...)`
    if token.kind == TokenKind::Id
        && cx.near(1).is_some_and(|next| next.kind.is_open() && next.start == span.end)
    {
        let message = format!(
            "a call is an instruction, `(call {word} ...)`, with its operands in parentheses of their own"
        );
        let whole = span.to(cx.group(cx.at + 1));
        return Some(cx.error(Code::UnexpectedToken, span, message).read_as(whole, "(unreachable)"));
    }
    // `call_indirect $table $type`
    if token.kind == TokenKind::Id
        && before.kind == TokenKind::Id
        && cx.near_kind(-2) == Some(TokenKind::OpCallIndirect)
    {
        let meant = format!("(type {word})");
        let message = format!("expected the type of the callee, as in `{meant}`, found `{word}`");
        return Some(cx.unexpected(message).with_fix(format!("write `{meant}`"), vec![edit(span, meant)]));
    }
    // `call_indirect (type $t) $table`
    if token.kind == TokenKind::Id
        && before.kind == TokenKind::Close
        && cx.names.kind(word) == Some("table")
        && let Some(open) = cx.open_of(cx.at - 1)
        && let Some(instr) = open.checked_sub(1).map(|at| cx.tokens[at])
        && instr.kind == TokenKind::OpCallIndirect
    {
        let message = format!("the table of `{}` must come before the type", instr.op().mnemonic());
        let place = cx.tokens[open].span().before();
        let edits = vec![edit(place, format!("{word} ")), edit(cx.with_space(span), "")];
        return Some(cx.unexpected(message).with_fix("move it there", edits));
    }
    // `i32.load offset=4 $memory`
    let is_memarg = |kind: TokenKind| matches!(kind, TokenKind::OffsetEq | TokenKind::AlignEq);
    if token.kind == TokenKind::Id
        && is_memarg(before.kind)
        && let Some(at) = cx.tokens[..cx.at].iter().rposition(|token| !is_memarg(token.kind))
        && matches!(cx.tokens[at].kind, TokenKind::OpMemArg | TokenKind::OpAtomic | TokenKind::OpMemLane)
    {
        let instr = cx.tokens[at];
        let place = instr.span().after();
        let message = format!("the memory of `{}` must come before `offset=` and `align=`", cx.text(instr));
        let edits = vec![edit(place, format!(" {word}")), edit(cx.with_space(span), "")];
        return Some(cx.unexpected(message).with_fix("move it there", edits));
    }
    // The type that the instruction took before garbage collection was standardized.
    if before.kind == TokenKind::Instr && before.immediate().is_empty() && once_took_type(before.op()) {
        let name = before.op().mnemonic();
        let message = format!("`{name}` takes no type any more, found `{word}`");
        let fault = cx.error(Code::UnexpectedToken, span, message);
        return Some(fault.with_fix("remove it", vec![edit(cx.with_space(span), "")]));
    }
    if token.kind == TokenKind::String {
        let fault = cx.unexpected(format!("expected an instruction, found the string {}", one_line(word)));
        let fault = match in_operands {
            true => fault.read_as(span, "(unreachable)"),
            false => fault.read_as(span, "unreachable"),
        };
        return Some(fault.with_note(
            "a string is put into memory by `(data (i32.const ADDRESS) ...)`; the operand is its address",
        ));
    }
    if let Some(op) = of.filter(|op| op.mnemonic().ends_with(".const")) {
        let message = format!("`{}` takes one number, found `{word}` after it", op.mnemonic());
        return Some(cx.unexpected(message).read_as(with_immediates(cx), ""));
    }
    let is_head = matches!(before.kind, TokenKind::Open | TokenKind::ParenOffset);
    let known = (token.kind == TokenKind::Id).then(|| value_of_name(cx, word)).flatten();
    let (instr, value) = match token.kind {
        TokenKind::Id => match known.filter(|instr| is_head || *instr != "call") {
            Some(instr) => (instr, format!("{instr} {word}")),
            None => ("local.get", format!("local.get {word}")),
        },
        kind => {
            let by_context = if is_head { expected_type(cx) } else { None };
            let ty = match (by_context, of) {
                (Some(ty), _) if kind != TokenKind::Float || ty.starts_with('f') => ty,
                (None, Some(op)) => number_type(op),
                _ if kind == TokenKind::Float => "f64",
                _ => "i32",
            };
            ("const", format!("{ty}.const {word}"))
        }
    };
    let meant = if in_operands { format!("({value})") } else { value };
    let message = match (of.filter(|_| in_operands), instr) {
        // An unknown instruction is read as `unreachable`, which is not in the original text.
        (Some(op), _) if op.mnemonic() != "unreachable" => {
            format!(
                "expected an instruction as the operand of `{}`, as in `{meant}`, found `{word}`",
                op.mnemonic()
            )
        }
        _ => format!("expected an instruction, as in `{meant}`, found `{word}`"),
    };
    // Several in a row are one error.
    let more = cx.tokens[cx.at + 1..].iter().take_while(|next| is_literal(**next)).count();
    if let Some(op) = of.or((before.kind == TokenKind::Instr).then(|| before.op()))
        && let Some(fault) = foreign_immediates(cx, op, more + 1)
    {
        return Some(fault);
    }
    let fault = cx.unexpected(message);
    // A number before the vector that is shifted.
    if let Some(op) = of.filter(|op| op.row().signature == "v128 i32 -> v128")
        && cx.at == enclosing + 2
        && cx.near_kind(1) == Some(TokenKind::Open)
    {
        let close = cx.tokens[cx.close_of(enclosing)].span();
        let message = format!("the count of `{}` is its second operand", op.mnemonic());
        let edits = vec![edit(cx.with_space(span), ""), edit(close.before(), format!(" {meant}"))];
        return Some(cx.unexpected(message).with_guess("move it there", edits));
    }
    if in_operands {
        let mut edits = vec![edit(span, meant.clone())];
        edits.extend(cx.tokens[cx.at + 1..][..more].iter().map(|next| {
            let word = cx.text(*next);
            let value = match next.kind {
                TokenKind::Id => format!("(local.get {word})"),
                _ => format!("({}.const {word})", of.map_or("i32", number_type)),
            };
            edit(next.span(), value)
        }));
        return Some(fault.with_guess(format!("write `{meant}`"), edits));
    }
    if is_head && (known.is_some() || instr == "const") {
        return Some(fault.with_guess(format!("write `{meant}`"), vec![edit(span, meant)]));
    }
    // In flat code, the operand comes before the instruction.
    let follows_op = before.kind == TokenKind::Instr && before.immediate().is_empty();
    let fault = fault.read_as(span, "");
    if follows_op {
        let edits = vec![edit(before.span().before(), format!("{meant} ")), edit(cx.with_space(span), "")];
        let diagnostic = fault.diagnostic.with_edits(
            "to use it as an operand, move it before the instruction",
            edits.clone(),
            crate::diagnostic::Applicability::MaybeIncorrect,
        );
        return Some(Recoverable { diagnostic, edits });
    }
    Some(fault)
}

/// Numbers after an instruction that has no immediates and takes fewer operands.
fn foreign_immediates(cx: &ErrorContext<'_>, op: Op, count: usize) -> Option<Recoverable> {
    let (operands, _) = op.row().signature.split_once("->")?;
    let numbers = &cx.tokens[cx.at..cx.at + count];
    if kind_of(op) != TokenKind::Instr
        || count <= operands.split_whitespace().count()
        || numbers.iter().any(|token| !matches!(token.kind, TokenKind::Nat | TokenKind::Int))
    {
        return None;
    }
    let name = op.mnemonic();
    let whole = numbers[0].span().to(numbers[count - 1].span());
    let found = counted(count as u64, "number");
    let message = format!("`{name}` has no immediates, found {found}");
    let fault = cx.error(Code::UnexpectedToken, whole, message);
    let instr = cx.tokens[..cx.at].iter().rfind(|token| token.kind == TokenKind::Instr)?.span();
    if name == "i8x16.swizzle" && count == SHUFFLED {
        let fault = fault.with_note("`i8x16.swizzle` takes the lanes as its second operand");
        return Some(fault.with_guess("write `i8x16.shuffle`", vec![edit(instr, "i8x16.shuffle")]));
    }
    Some(fault.with_guess(
        if count == 1 { "remove it" } else { "remove them" },
        vec![edit(cx.with_space(whole), "")],
    ))
}

/// The number of lanes after `i8x16.shuffle`.
const SHUFFLED: usize = 16;

/// Whether early versions of the instruction had a type index.
fn once_took_type(op: Op) -> bool {
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
