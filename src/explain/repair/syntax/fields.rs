//! Mistakes in fields of a module, outside of instructions.

use super::context::ErrorContext;
use super::immediates::is_literal;
use super::types::is_type;
use crate::diagnostic::{Code, edit};
use crate::explain::repair::keywords::{FIELDS, field_meant};
use crate::explain::repair::lexical;
use crate::explain::repair::quote::one_line;
use crate::explain::repair::recoverable::Recoverable;
use crate::lex::{TokenKind, op};
use crate::similar::near;
use crate::span::Span;

/// A form that is not a module field.
pub(super) fn unknown_field(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    // The grammar stops at the parenthesis only if it is not fused with its keyword.
    let is_first = cx.at == 0 && cx.kind() == TokenKind::Open;
    if !is_first {
        return None;
    }
    let Some(word) = cx.near(1) else {
        return Some(cx.unexpected("expected a module field"));
    };
    let (span, text) = (word.span(), cx.text(word));
    if word.kind.is_open() {
        let message = "expected a keyword after `(`, found `(`";
        return Some(cx.error(Code::UnknownField, cx.form.head(), message));
    }
    if word.kind == TokenKind::Close {
        let message = "expected a module field, found empty parentheses";
        let fault = cx.error(Code::UnknownField, cx.form, message);
        return Some(fault.with_guess("remove the parentheses", vec![edit(cx.form, "")]));
    }
    if text == "component" {
        return Some(cx.error(Code::Component, span, "this is a component, not a module"));
    }
    // In a script, tokens are not repaired before.
    if let Some(fault) = lexical::explain(cx.source, word).into_iter().next() {
        return Some(fault);
    }
    let error = |message: String| cx.error(Code::UnknownField, span, message);
    if op(text).is_some() {
        let message = format!("the instruction `{text}` must be inside a function");
        return Some(error(message).read_as(cx.form, ""));
    }
    if matches!(text, "struct" | "array" | "sub") {
        return None;
    }
    Some(match field_meant(text) {
        Some(meant) => {
            let fault = error(format!("unknown module field `{text}`; did you mean `{meant}`?"));
            let (message, edits) = (format!("write `{meant}`"), vec![edit(span, meant)]);
            match near(text, FIELDS.iter().copied()) {
                Some(near) if near.is_sure => fault.with_fix(message, edits),
                _ => fault.with_guess(message, edits),
            }
        }
        None => error(format!("unknown module field `{text}`")),
    })
}

/// `struct` without a `type` around it.
pub(super) fn composite_type(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let (first, kind) = (cx.tokens.first()?, cx.kind());
    if cx.at != 0 || !matches!(kind, TokenKind::ParenStruct | TokenKind::ParenArray | TokenKind::ParenSub) {
        return None;
    }
    let word = cx.slice(Span::new(first.start + 1, first.span().end)).trim();
    let message = format!("the type `({word} ...)` must be inside `(type ...)`");
    let (name, rest) = match cx.near(1).filter(|token| token.kind == TokenKind::Id) {
        Some(id) => (format!(" {}", cx.text(id)), id.span().end),
        None => (String::new(), first.span().end),
    };
    let opening = edit(Span::new(first.start, rest), format!("(type{name} ({word}"));
    let fault = cx.error(Code::UnknownField, first.span().head(), message);
    if !cx.is_closed() {
        return Some(fault);
    }
    let close = Span::new(cx.form.end - 1, cx.form.end);
    Some(fault.with_guess("write `(type ...)` around it", vec![opening, edit(close, "))")]))
}

/// Returns the position of a part in the order that functions, function types and blocks require.
fn rank(kind: TokenKind) -> Option<u8> {
    Some(match kind {
        TokenKind::ParenExport => 1,
        TokenKind::ParenImport => 2,
        TokenKind::ParenType => 3,
        TokenKind::ParenParam => 4,
        TokenKind::ParenResult => 5,
        TokenKind::ParenLocal => 6,
        _ => return None,
    })
}

/// Whether this begins a definition that can be exported.
fn is_definition(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::ParenFunc
            | TokenKind::ParenTable
            | TokenKind::ParenMemory
            | TokenKind::ParenGlobal
            | TokenKind::ParenTag
    )
}

/// Whether parameters and results may follow an instruction.
fn has_type(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::OpBlock
            | TokenKind::OpIf
            | TokenKind::OpTry
            | TokenKind::OpTryTable
            | TokenKind::OpCallIndirect
            | TokenKind::OpSelect
    )
}

fn word_of(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::ParenExport => "export",
        TokenKind::ParenImport => "import",
        TokenKind::ParenType => "type",
        TokenKind::ParenParam => "param",
        TokenKind::ParenResult => "result",
        _ => "local",
    }
}

/// A `param` after a `result`, a `local` after instructions, an `export` after a `param` ...
pub(super) fn wrong_order(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let own = rank(cx.kind())?;
    let mut open = cx.enclosing()?;
    if cx.kind() == TokenKind::ParenLocal {
        // It belongs to the head of the function.
        open = cx.opens().iter().copied().find(|&open| cx.head(open) == TokenKind::ParenFunc)?;
    }
    let within = cx.head(open);
    let is_func = within == TokenKind::ParenFunc;
    let is_fit = match cx.kind() {
        TokenKind::ParenParam | TokenKind::ParenResult | TokenKind::ParenType => is_func || has_type(within),
        TokenKind::ParenLocal => is_func,
        _ => is_definition(within),
    };
    if !is_fit {
        return None;
    }
    let mut parts = cx.parts(open, cx.at);
    // Parts after a flat instruction belong to that instruction.
    if own != 6
        && let Some(last) = parts
            .iter()
            .rposition(|&part| rank(cx.tokens[part].kind).is_none() && cx.tokens[part].kind != TokenKind::Id)
        && cx.tokens[parts[last]].kind.is_op()
    {
        if !has_type(cx.tokens[parts[last]].kind) {
            return None;
        }
        parts.drain(..=last);
    }
    let first_later = parts.iter().copied().find(|&part| match cx.tokens[part].kind {
        TokenKind::Id if part == open + 1 => false,
        kind if part == open + 1 && kind.is_op() && !is_func => false,
        kind => rank(kind).is_none_or(|rank| rank > own),
    })?;
    // Parts of the same kind that follow directly are moved along.
    let mut last = cx.at;
    loop {
        let next = cx.close_of(last) + 1;
        match cx.tokens.get(next) {
            Some(token) if token.kind == cx.kind() => last = next,
            _ => break,
        }
    }
    let moved = cx.group(cx.at).to(cx.group(last));
    let before = cx.tokens[first_later];
    let (word, other) = (word_of(cx.kind()), before.kind);
    let message = match rank(other) {
        Some(_) => format!("`({word} ...)` must come before `({} ...)`", word_of(other)),
        None => format!("`({word} ...)` must come before the instructions"),
    };
    let head = Span::new(cx.token().start, cx.token().start + 1);
    let mut fault = cx.error(Code::UnexpectedToken, head, message);
    fault = fault.with_label(before.span(), "it must come before this");
    let text = format!("{} ", cx.slice(moved));
    let edits = vec![edit(before.span().before(), text), edit(cx.with_space(moved), "")];
    // A parameter that is moved before locals renumbers them.
    let crosses =
        parts.iter().any(|&part| part >= first_later && cx.tokens[part].kind == TokenKind::ParenLocal);
    let renumbers = cx.kind() == TokenKind::ParenParam && crosses;
    Some(fault.with_guess_if(renumbers, "move it there", edits))
}

/// A field within a function.
pub(super) fn func_in_func(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let what = match cx.kind() {
        TokenKind::ParenFunc => "a function",
        TokenKind::ParenTable => "a table",
        TokenKind::ParenMemory => "a memory",
        TokenKind::ParenGlobal => "a global",
        TokenKind::ParenTag => "a tag",
        TokenKind::ParenElem => "an element segment",
        TokenKind::ParenData => "a data segment",
        TokenKind::ParenStart => "a `start`",
        TokenKind::ParenModule => "a module",
        TokenKind::ParenRec => "a `rec` group",
        _ => return None,
    };
    if !(cx.expected.instruction || cx.at == 0) {
        return None;
    }
    if cx.at == 0 {
        let message = "a module cannot be inside a module";
        return Some(cx.unexpected(message).read_as(cx.form, ""));
    }
    let group = cx.group(cx.at);
    let message = format!("{what} cannot be inside a function: it is a field of the module");
    // The field still defines its identifier.
    let moved = edit(cx.form.after(), format!("\n{}", cx.slice(group)));
    Some(
        cx.unexpected(message)
            .with_guess("move it after the function", vec![edit(cx.with_space(group), ""), moved]),
    )
}

/// `(func (export "run") $run`
pub(super) fn name_after_export(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let open = cx.enclosing()?;
    let is_field = is_definition(cx.head(open));
    let parts = cx.parts(open, cx.at);
    let follows_exports = !parts.is_empty()
        && parts
            .iter()
            .all(|&part| matches!(cx.tokens[part].kind, TokenKind::ParenExport | TokenKind::ParenImport));
    if !is_field || cx.kind() != TokenKind::Id || !follows_exports {
        return None;
    }
    let (name, span) = (cx.word(), cx.token().span());
    let message = format!("the name `{name}` must come before the exports");
    let place = cx.tokens[open].span().after();
    let edits = vec![edit(place, format!(" {name}")), edit(cx.with_space(span), "")];
    Some(cx.unexpected(message).with_fix("move it there", edits))
}

/// `(func "add" ...)`
pub(super) fn named_by_string(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let open = cx.enclosing()?;
    let is_named = is_definition(cx.head(open));
    let before = cx.near(-1)?;
    if !is_named || cx.kind() != TokenKind::String || !(cx.at == open + 1 || before.kind == TokenKind::Id) {
        return None;
    }
    let (name, span) = (cx.word(), cx.token().span());
    let message = format!("expected an identifier, which begins with a dollar sign, found the string {name}");
    let fault = cx.unexpected(message);
    let id = format!("${}", name.trim_matches('"'));
    if cx.at == open + 1 && cx.names.kind(&id).is_none() && cx.names.uses(&id) {
        return Some(fault.with_fix(format!("write `{id}`"), vec![edit(span, id)]));
    }
    let export = vec![edit(span, format!("(export {name})"))];
    Some(fault.with_guess("to export it under that name, write", export))
}

/// Instructions in an imported function.
pub(super) fn body_of_import(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let open = cx.enclosing()?;
    let parts = cx.parts(open, cx.at);
    let import = parts.iter().copied().find(|&part| cx.tokens[part].kind == TokenKind::ParenImport)?;
    if cx.head(open) != TokenKind::ParenFunc || cx.expected.instruction {
        return None;
    }
    if !(cx.kind().is_op() || cx.kind().is_open())
        || rank(cx.kind()).is_some_and(|_| cx.kind() != TokenKind::ParenLocal)
    {
        return None;
    }
    let close = cx.tokens[cx.close_of(open)];
    let body = Span::new(cx.token().start, close.start);
    let fault = cx.unexpected("an imported function has no locals and no body");
    let import = cx.group(import);
    let mut fault = fault.read_as(body, "");
    fault = fault.with_label(import, "it is imported here");
    Some(fault)
}

/// Returns the number of strings directly before the token.
fn strings_before(cx: &ErrorContext<'_>) -> usize {
    cx.tokens[..cx.at].iter().rev().take_while(|token| token.kind == TokenKind::String).count()
}

/// A word instead of a string.
fn unquoted(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let is_word = !cx.kind().is_open() && cx.kind() != TokenKind::Close && cx.kind() != TokenKind::String;
    if !is_word || !cx.expected.has("string") || cx.expected.instruction {
        return None;
    }
    let (word, span) = (cx.word(), cx.token().span());
    // `(data i8 1 2)`, `(data offset=0 "...")`
    let kind = cx.kind();
    if is_type(kind)
        && cx
            .near_kind(1)
            .is_some_and(|next| matches!(next, TokenKind::Nat | TokenKind::Int | TokenKind::Float))
    {
        let numbers = cx.tokens[cx.at + 1..].iter().take_while(|token| is_literal(**token)).last()?;
        let whole = span.to(numbers.span());
        let meant = format!("({})", cx.slice(whole));
        let message = format!("the numbers of a data segment need parentheses: `{}`", one_line(&meant));
        let edits = vec![edit(whole.before(), "("), edit(whole.after(), ")")];
        return Some(cx.unexpected(message).with_guess("add the parentheses", edits));
    }
    if kind == TokenKind::OffsetEq && cx.within() == Some(TokenKind::ParenData) {
        let number = word.trim_start_matches("offset=");
        let meant = format!("(i32.const {number})");
        let message = format!("the offset of a segment is an expression, `{meant}`, found `{word}`");
        return Some(cx.unexpected(message).with_guess(format!("write `{meant}`"), vec![edit(span, meant)]));
    }
    if word.contains(char::is_whitespace) {
        return None;
    }
    let message = format!("expected a string, found `{word}`");
    let name = word.trim_start_matches('$');
    Some(cx.unexpected(message).with_guess("write it in quotes", vec![edit(span, format!("\"{name}\""))]))
}

/// `(import "log" (func ...))`, `(import "env" "memory")`, `(import env log ...)`.
pub(super) fn import(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    if cx.within()? != TokenKind::ParenImport {
        return None;
    }
    let token = cx.token();
    match (cx.kind(), strings_before(cx)) {
        (TokenKind::Close, 2) => {
            let message = "expected the imported item after the two names, found `)`";
            let mut fault = cx.unexpected(message);
            fault = fault.with_note(
                "it is one of `(func ...)`, `(table ...)`, `(memory ...)`, `(global ...)` and `(tag ...)`",
            );
            Some(fault)
        }
        (kind, 1) if kind.is_open() || kind == TokenKind::Close || kind == TokenKind::Id => {
            let name = cx.text(cx.near(-1)?);
            let message =
                "expected a second string: an import has the name of a module and the name of an item in it";
            let fault = cx.unexpected(message);
            let place = cx.near(-1)?.span().before();
            Some(fault.with_guess(
                format!("add the name of the module, as in `\"env\" {name}`"),
                vec![edit(place, "\"env\" ")],
            ))
        }
        (TokenKind::Id, 2) if cx.near_kind(1).is_some_and(TokenKind::is_open) => {
            let (name, span) = (cx.word(), token.span());
            let message = format!("the identifier `{name}` must be inside the import's description");
            let place = cx.near(1)?.span().after();
            let edits = vec![edit(span, ""), edit(place, format!(" {name}"))];
            Some(cx.unexpected(message).with_fix("move it there", edits))
        }
        (TokenKind::Func, 2) => bare_kind(cx),
        (TokenKind::Word, 2) if kind_word(cx.word()) => bare_kind(cx),
        (kind, 0) if kind.is_open() => {
            let fault = cx.unexpected("expected the two names of the import, as strings");
            Some(fault.read_as(token.span().before(), "\"\" \"\" "))
        }
        _ => unquoted(cx),
    }
}

fn kind_word(word: &str) -> bool {
    matches!(word, "func" | "table" | "memory" | "global" | "tag")
}

/// `func $f` without parentheses.
fn bare_kind(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let close = cx.tokens[cx.close_of(cx.enclosing()?)];
    let span = Span::new(cx.token().start, close.start);
    let form = format!("({})", cx.slice(span).trim_end());
    let message = format!("`{}` needs parentheses: `{form}`", cx.word());
    Some(cx.unexpected(message).with_fix("add the parentheses", vec![edit(span, form)]))
}

/// `(export go ...)`, `(export "go" func $go)`, `(export "go" $go)`, `(export (func $go))`.
pub(super) fn export(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    if cx.within()? != TokenKind::ParenExport {
        return None;
    }
    let has_name = cx.near_kind(-1) == Some(TokenKind::String);
    match cx.kind() {
        TokenKind::Func if has_name => bare_kind(cx),
        TokenKind::Word if has_name && kind_word(cx.word()) => bare_kind(cx),
        TokenKind::Id | TokenKind::Nat if has_name => {
            let what = cx.names.kind(cx.word()).unwrap_or("func");
            let (name, span) = (cx.word(), cx.token().span());
            let form = format!("({what} {name})");
            let message = format!("expected the exported item, as in `{form}`, found `{name}`");
            Some(cx.unexpected(message).with_guess(format!("write `{form}`"), vec![edit(span, form)]))
        }
        // `(export ($f))`
        TokenKind::Open if has_name && cx.near_kind(1).is_some_and(|next| next == TokenKind::Id) => {
            let name = cx.near(1)?;
            let what = cx.names.kind(cx.text(name)).unwrap_or("func");
            let message =
                format!("expected the exported item, as in `({what} {})`, found `(`", cx.text(name));
            let edits = vec![edit(name.span().before(), format!("{what} "))];
            Some(cx.unexpected(message).with_guess(format!("add `{what}`"), edits))
        }
        kind if !has_name && is_definition(kind) => {
            let token = cx.token();
            let after = cx.tokens.get(cx.close_of(cx.at) + 1).filter(|next| next.kind == TokenKind::String);
            if let Some(name) = after {
                let text = format!("{} ", cx.text(*name));
                let edits = vec![edit(token.span().before(), text), edit(cx.with_space(name.span()), "")];
                let fault = cx.unexpected("the name of an export must come before the exported item");
                return Some(fault.with_fix("move it there", edits));
            }
            let name = cx.near(1).filter(|next| next.kind == TokenKind::Id);
            let name = name.map_or("name", |id| cx.text(id).trim_start_matches('$'));
            let fault = cx.unexpected("expected a string, the name of the export, found `(`");
            Some(fault.with_guess("add a name", vec![edit(token.span().before(), format!("\"{name}\" "))]))
        }
        // `(export $f "f")`
        TokenKind::Id if !has_name && cx.near_kind(1) == Some(TokenKind::String) => {
            let (item, name) = (cx.token().span(), cx.near(1)?.span());
            let what = cx.names.kind(cx.word()).unwrap_or("func");
            let meant = format!("{} ({what} {})", cx.slice(name), cx.word());
            let fault = cx.unexpected("the name of an export must come before the exported item");
            Some(fault.with_guess(format!("write `{meant}`"), vec![edit(item.to(name), meant)]))
        }
        TokenKind::Close if has_name && cx.near_kind(-2) == Some(TokenKind::ParenExport) => {
            Some(cx.unexpected("expected the exported item, as in `(func $f)`, found `)`"))
        }
        _ => unquoted(cx),
    }
}

/// `(start (func $main))`, `(start "main")`.
pub(super) fn start(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let open = cx.enclosing()?;
    if cx.head(open) != TokenKind::ParenStart || cx.at != open + 1 {
        return None;
    }
    match cx.kind() {
        TokenKind::ParenFunc => {
            let name = cx.near(1).filter(|token| matches!(token.kind, TokenKind::Id | TokenKind::Nat))?;
            let group = cx.group(cx.at);
            let name = cx.text(name);
            let message = format!("expected a function index, as in `{name}`, found `(func`");
            let has_more = cx.near_kind(2) != Some(TokenKind::Close);
            let edits = vec![edit(group, name)];
            Some(cx.unexpected(message).with_guess_if(has_more, format!("write `{name}`"), edits))
        }
        TokenKind::String | TokenKind::Word | TokenKind::Instr => {
            let word = cx.word();
            let name = format!("${}", word.trim_matches('"'));
            let message = format!("expected a function index, found `{word}`");
            let span = cx.token().span();
            Some(cx.unexpected(message).with_guess(format!("write `{name}`"), vec![edit(span, name)]))
        }
        _ => None,
    }
}

/// `(data 0 "abc")`, `(data (i32.const 0) hello)`.
pub(super) fn segment(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let open = cx.enclosing()?;
    if !matches!(cx.head(open), TokenKind::ParenData | TokenKind::ParenElem) {
        return None;
    }
    let before = cx.near(-1)?;
    if cx.kind() == TokenKind::String && before.kind == TokenKind::Nat {
        let number = cx.text(before);
        let offset = format!("(i32.const {number})");
        let message = format!(
            "expected an expression for the offset of the segment, as in `{offset}`, found `{number}`"
        );
        let fault = cx.error(Code::UnexpectedToken, before.span(), message);
        return Some(fault.with_guess(format!("write `{offset}`"), vec![edit(before.span(), offset)]));
    }
    if cx.kind() == TokenKind::Id && cx.expected.has("func") && cx.head(open) == TokenKind::ParenElem {
        let message = format!("expected `func` before the functions of the segment, found `{}`", cx.word());
        let place = cx.token().span().before();
        let func = vec![edit(place, "func ")];
        // An identifier before it may be that of a table that the segment initializes.
        if before.kind != TokenKind::Id || cx.at != open + 2 {
            return Some(cx.unexpected(message).with_fix("add `func`", func));
        }
        let fault = cx.unexpected(message);
        let table = cx.text(before);
        if cx.names.kind(table) != Some("table") {
            return Some(fault.with_guess("add `func`", func));
        }
        let active = format!("(table {table}) (i32.const 0)");
        let edits = vec![edit(before.span(), active.clone()), edit(place, "func ")];
        return Some(fault.with_guess(format!("to fill the table, write `{active} func`"), edits));
    }
    // `(elem 0 $f)`, `(elem $f)`
    if cx.head(open) == TokenKind::ParenElem && cx.at == open + 2 {
        let (text, span) = (cx.text(before), before.span());
        let is_function = before.kind == TokenKind::Id && cx.names.kind(text) == Some("func");
        let edits = match cx.kind() {
            TokenKind::Id | TokenKind::Nat if before.kind == TokenKind::Nat => {
                vec![edit(span, format!("(i32.const {text})"))]
            }
            TokenKind::Close if is_function => vec![edit(span.before(), "(i32.const 0) ")],
            _ => return unquoted(cx),
        };
        let message = "expected the offset of the segment, as in `(i32.const 0)`, before its functions";
        return Some(cx.error(Code::UnexpectedToken, span, message).with_guess("write it", edits));
    }
    unquoted(cx)
}

/// `(table $t funcref 10)`, `(table $t 10)`, `(memory $m)`.
pub(super) fn table_or_memory(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let open = cx.enclosing()?;
    let within = cx.head(open);
    let before = cx.near(-1)?;
    match cx.kind() {
        TokenKind::Nat if within == TokenKind::ParenTable => {
            let parts = cx.parts(open, cx.at);
            let ty = cx.group(*parts.last()?);
            let text = cx.slice(ty);
            let is_type = text.ends_with("ref") || text.starts_with("(ref");
            let mut last = cx.token();
            while let Some(next) = cx.tokens.get(cx.at + 1).filter(|next| next.kind == TokenKind::Nat) {
                if next.start == last.start {
                    break;
                }
                last = *next;
            }
            let limits = cx.token().span().to(last.span());
            let swapped = format!("{} {text}", cx.slice(limits));
            let message = format!("the limits of a table must come before its type: `{swapped}`");
            is_type
                .then(|| cx.error(Code::UnexpectedToken, ty, message))
                .map(|fault| fault.with_fix("swap them", vec![edit(ty.to(limits), swapped)]))
        }
        _ if cx.word() == "shared" && matches!(within, TokenKind::ParenTable | TokenKind::ParenMemory) => {
            let last = cx.tokens[cx.at + 1..].iter().take_while(|next| next.kind == TokenKind::Nat).last()?;
            let span = cx.token().span();
            let rest = Span::new(span.start, cx.near(1)?.start);
            let edits = vec![edit(rest, ""), edit(last.span().after(), " shared")];
            Some(cx.unexpected("`shared` must come after the limits").with_fix("move it there", edits))
        }
        TokenKind::I32 | TokenKind::I64
            if matches!(within, TokenKind::ParenTable | TokenKind::ParenMemory) =>
        {
            let parts = cx.parts(open, cx.at);
            let first = parts.iter().copied().find(|&part| cx.tokens[part].kind == TokenKind::Nat)?;
            let (word, span) = (cx.word(), cx.token().span());
            let message = format!("the address type `{word}` must come before the limits");
            let place = cx.tokens[first].span().before();
            let edits = vec![edit(place, format!("{word} ")), edit(cx.with_space(span), "")];
            Some(cx.unexpected(message).with_fix("move it there", edits))
        }
        TokenKind::Int
            if matches!(within, TokenKind::ParenTable | TokenKind::ParenMemory)
                && !cx.expected.instruction =>
        {
            let (word, span) = (cx.word(), cx.token().span());
            let message = format!(
                "the size of a table or memory is not negative: expected an unsigned integer, found `{word}`"
            );
            Some(cx.unexpected(message).read_as(span, word.trim_start_matches(['-', '+'])))
        }
        TokenKind::Close if within == TokenKind::ParenTable && before.kind == TokenKind::Nat => {
            let message = "expected the type of the table's elements, found `)`";
            let place = before.span().after();
            Some(cx.unexpected(message).with_guess("write `funcref`", vec![edit(place, " funcref")]))
        }
        TokenKind::Close
            if matches!(within, TokenKind::ParenTable | TokenKind::ParenMemory)
                && !cx.expected.instruction =>
        {
            let (what, limits) =
                if within == TokenKind::ParenTable { ("table", " 1 funcref") } else { ("memory", " 1") };
            let message = format!("expected the size of the {what}, found `)`");
            let place = before.span().after();
            Some(cx.unexpected(message).with_guess("add a size", vec![edit(place, limits)]))
        }
        _ => None,
    }
}

/// `(global $g (i32.const 4))`, `(global $g (i32 mut) ...)`.
fn global_without_type(cx: &ErrorContext<'_>, parts: &[usize]) -> Option<Recoverable> {
    if cx.kind() != TokenKind::Open || parts.iter().any(|&part| cx.tokens[part].kind != TokenKind::Id) {
        return None;
    }
    let group = cx.group(cx.at);
    if let &[ty, word] = &cx.parts(cx.at, cx.close_of(cx.at))[..]
        && is_type(cx.tokens[ty].kind)
        && matches!(cx.text(cx.tokens[word]), "mut" | "mutable" | "var")
    {
        let meant = format!("(mut {})", cx.slice(cx.group(ty)));
        let message = format!("`mut` must come before the type: `{meant}`");
        return Some(cx.unexpected(message).with_fix(format!("write `{meant}`"), vec![edit(group, meant)]));
    }
    let (ty, _) = cx.near(1).map(|op| cx.text(op)).and_then(|text| text.split_once(".const"))?;
    let message = format!("expected the type of the global before its initial value, as in `{ty}`");
    let edits = vec![edit(group.before(), format!("{ty} "))];
    Some(cx.unexpected(message).with_fix(format!("add `{ty}`"), edits))
}

/// `(import "env" "log" (func $log) (param i32))`: parts of the description after it.
pub(super) fn parts_of_import(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let open = cx.enclosing()?;
    let is_part = |kind: TokenKind| {
        matches!(kind, TokenKind::ParenParam | TokenKind::ParenResult | TokenKind::ParenType)
    };
    let close = cx.near(-1).filter(|before| before.kind == TokenKind::Close)?;
    let item = cx.open_of(cx.at - 1)?;
    let is_item = matches!(cx.tokens[item].kind, TokenKind::ParenFunc | TokenKind::ParenTag);
    if cx.head(open) != TokenKind::ParenImport || !is_part(cx.kind()) || !is_item {
        return None;
    }
    let mut last = cx.at;
    while cx.tokens.get(cx.close_of(last) + 1).is_some_and(|next| is_part(next.kind)) {
        last = cx.close_of(last) + 1;
    }
    let what = word_of(cx.kind());
    let message = format!("`({what} ...)` must be inside the description of the import");
    let edits = vec![edit(close.span(), ""), edit(cx.group(last).after(), ")")];
    let fault = cx.unexpected(message).with_label(close.span(), "the description ends here");
    Some(fault.with_fix("close it after that", edits))
}

/// `(global $limit i32 100)`, `(global $count (mut i32))`.
pub(super) fn global(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let open = cx.enclosing()?;
    let parts = cx.parts(open, cx.at);
    let has_type = parts
        .iter()
        .any(|&part| matches!(cx.tokens[part].kind, TokenKind::ParenMut) || is_type(cx.tokens[part].kind));
    if cx.head(open) != TokenKind::ParenGlobal {
        return None;
    }
    if !has_type {
        return global_without_type(cx, &parts);
    }
    let ty = parts.iter().rev().map(|&part| cx.slice(cx.group(part))).find(|text| !text.starts_with('$'));
    let ty = ty.map_or("i32", |ty| ty.trim_start_matches("(mut").trim_end_matches(')').trim());
    match cx.kind() {
        TokenKind::Nat | TokenKind::Int | TokenKind::Float => {
            let (number, span) = (cx.word(), cx.token().span());
            let value = format!("({ty}.const {number})");
            let message = format!(
                "expected an expression for the initial value of the global, as in `{value}`, found `{number}`"
            );
            Some(cx.unexpected(message).with_fix(format!("write `{value}`"), vec![edit(span, value)]))
        }
        TokenKind::Close if parts.len() <= 2 && !cx.near_kind(-1).is_some_and(TokenKind::is_op) => {
            let name = cx.tokens.get(open + 1).filter(|token| token.kind == TokenKind::Id);
            let name = name.map_or(String::new(), |name| format!(" {}", cx.text(*name)));
            let message = format!("expected the initial value of the global{name}, found `)`");
            let fault = cx.unexpected(message);
            let value = match ty {
                "i32" | "i64" | "f32" | "f64" => format!(" ({ty}.const 0)"),
                _ => return Some(fault.read_as(cx.token().span().before(), " (unreachable)")),
            };
            Some(fault.with_guess(
                format!("write `{}`", value.trim_start()),
                vec![edit(cx.token().span().before(), value)],
            ))
        }
        _ => None,
    }
}
