//! Mistakes in fields of a module, outside of instructions.

use super::context::Around;
use crate::diagnostic::{Code, Fault, edit};
use crate::explain::similar::{alias, near};
use crate::explain::spelling::nearest_word;
use crate::instr::Op;
use crate::lex::{Token, TokenKind, op};
use crate::span::Span;

/// The words that fields of a module begin with.
pub(crate) const FIELDS: &[&str] =
    &["type", "rec", "import", "func", "table", "memory", "global", "tag", "export", "start", "elem", "data"];

/// The word that begins a field and is meant by another one, as far as can be told.
pub(crate) fn field_meant(word: &str) -> Option<&'static str> {
    let fields = || FIELDS.iter().copied();
    let is_longer = |field: &&str| word.len() > 3 && (word.starts_with(*field) || field.starts_with(word));
    alias(word)
        .and_then(|meant| fields().find(|field| *field == meant))
        .or_else(|| nearest_word(word, fields()))
        .or_else(|| fields().find(is_longer))
}

/// A form that is no field of a module.
pub(crate) fn unknown_field(around: &Around<'_>) -> Option<Fault> {
    // The grammar stops at the parenthesis if no field begins with one, and else at the word.
    let is_first = around.at == 0 && around.kind() == TokenKind::Open;
    if !is_first {
        return None;
    }
    let Some(word) = around.near(1) else {
        return Some(around.unexpected("expected a module field"));
    };
    let (span, text) = (word.span(), around.text(word));
    if word.kind.is_open() {
        let message = "expected a word behind the parenthesis, found another one";
        return Some(around.error(Code::UnknownField, around.form.head(), message));
    }
    if word.kind == TokenKind::Close {
        let message = "these parentheses are empty; expected a module field";
        let fault = around.error(Code::UnknownField, around.form, message);
        return Some(fault.guessed("take them away", vec![edit(around.form, "")]));
    }
    if text == "component" {
        return Some(around.error(Code::Component, span, "this is a component, and not a module"));
    }
    let error = |message: String| around.error(Code::UnknownField, span, message);
    if op(text).is_some() {
        let message = format!("the instruction `{text}` cannot stand outside of a function");
        return Some(error(message).read_as(around.form, ""));
    }
    if matches!(text, "struct" | "array" | "sub") {
        return None;
    }
    Some(match field_meant(text) {
        Some(meant) => {
            let fault = error(format!("unknown module field `{text}`; did you mean `{meant}`?"));
            let (message, edits) = (format!("write `{meant}`"), vec![edit(span, meant)]);
            match near(text, FIELDS.iter().copied()) {
                Some(near) if near.is_sure => fault.mended(message, edits),
                _ => fault.guessed(message, edits),
            }
        }
        None => error(format!("unknown module field `{text}`")),
    })
}

/// `struct` without a `type` around it.
pub(crate) fn composite_type(around: &Around<'_>) -> Option<Fault> {
    let (first, kind) = (around.tokens.first()?, around.kind());
    if around.at != 0 || !matches!(kind, TokenKind::ParenStruct | TokenKind::ParenArray | TokenKind::ParenSub)
    {
        return None;
    }
    let word = around.slice(Span::new(first.start + 1, first.span().end)).trim();
    let message = format!("`({word}` is a type, which is defined within `(type ...)`");
    let (name, rest) = match around.near(1).filter(|token| token.kind == TokenKind::Id) {
        Some(id) => (format!(" {}", around.text(id)), id.span().end),
        None => (String::new(), first.span().end),
    };
    let opening = edit(Span::new(first.start, rest), format!("(type{name} ({word}"));
    let fault = around.error(Code::UnknownField, first.span().head(), message);
    let close = Span::new(around.form.end - 1, around.form.end);
    Some(fault.guessed("put a `type` around it", vec![opening, edit(close, "))")]))
}

/// In which order the parts of a function, a type of functions and a block stand.
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

/// Whether parameters and results may stand behind an instruction.
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

/// A `param` behind a `result`, a `local` behind instructions, an `export` behind a `param` ...
pub(crate) fn wrong_order(around: &Around<'_>) -> Option<Fault> {
    let own = rank(around.kind())?;
    let mut open = around.enclosing()?;
    if around.kind() == TokenKind::ParenLocal {
        // It belongs to the head of the function, wherever it stands.
        open = around.opens().iter().copied().find(|&open| around.head(open) == TokenKind::ParenFunc)?;
    }
    let within = around.head(open);
    let is_func = within == TokenKind::ParenFunc;
    let is_fit = match around.kind() {
        TokenKind::ParenParam | TokenKind::ParenResult | TokenKind::ParenType => is_func || has_type(within),
        TokenKind::ParenLocal => is_func,
        _ => matches!(
            within,
            TokenKind::ParenFunc
                | TokenKind::ParenTable
                | TokenKind::ParenMemory
                | TokenKind::ParenGlobal
                | TokenKind::ParenTag
        ),
    };
    if !is_fit {
        return None;
    }
    let mut parts = around.parts(open, around.at);
    // What stands behind a flat instruction is its own.
    if own != 6
        && let Some(last) = parts.iter().rposition(|&part| {
            rank(around.tokens[part].kind).is_none() && around.tokens[part].kind != TokenKind::Id
        })
        && around.tokens[parts[last]].kind.is_op()
    {
        if !has_type(around.tokens[parts[last]].kind) {
            return None;
        }
        parts.drain(..=last);
    }
    let behind = parts.iter().copied().find(|&part| match around.tokens[part].kind {
        TokenKind::Id if part == open + 1 => false,
        kind if part == open + 1 && kind.is_op() && !is_func => false,
        kind => rank(kind).is_none_or(|rank| rank > own),
    })?;
    // What goes before it: this one and those of its kind right behind.
    let mut last = around.at;
    loop {
        let next = around.close_of(last) + 1;
        match around.tokens.get(next) {
            Some(token) if token.kind == around.kind() => last = next,
            _ => break,
        }
    }
    let moved = around.group(around.at).to(around.group(last));
    let before = around.tokens[behind];
    let (word, other) = (word_of(around.kind()), before.kind);
    let message = match rank(other) {
        Some(_) => format!("`({word} ...)` must stand before `({} ...)`", word_of(other)),
        None => format!("`({word} ...)` must stand before the instructions"),
    };
    let head = Span::new(around.token().start, around.token().start + 1);
    let mut fault = around.error(Code::UnexpectedToken, head, message);
    fault.diagnostic = fault.diagnostic.with_place(before.span(), "what it must stand before");
    let text = format!("{} ", around.slice(moved));
    let edits = vec![edit(before.span().before(), text), edit(around.with_space(moved), "")];
    // A parameter moved before locals renumbers them.
    let crosses =
        parts.iter().any(|&part| part >= behind && around.tokens[part].kind == TokenKind::ParenLocal);
    let renumbers = around.kind() == TokenKind::ParenParam && crosses;
    Some(fault.guessed_if(renumbers, "move it there", edits))
}

/// A field within a function.
pub(crate) fn func_in_func(around: &Around<'_>) -> Option<Fault> {
    let what = match around.kind() {
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
    if !(around.expected.instruction || around.at == 0) {
        return None;
    }
    if around.at == 0 {
        let message = "a module cannot stand within a module";
        return Some(around.unexpected(message).read_as(around.form, ""));
    }
    let group = around.group(around.at);
    let message = format!("{what} cannot stand within a function: it is a field of the module");
    // It defines what it defines all the same.
    let moved = edit(around.form.behind(), format!("\n{}", around.slice(group)));
    Some(
        around
            .unexpected(message)
            .guessed("move it behind the function", vec![edit(around.with_space(group), ""), moved]),
    )
}

/// `(func (export "run") $run`
pub(crate) fn name_behind_export(around: &Around<'_>) -> Option<Fault> {
    let open = around.enclosing()?;
    let is_field = matches!(
        around.head(open),
        TokenKind::ParenFunc
            | TokenKind::ParenTable
            | TokenKind::ParenMemory
            | TokenKind::ParenGlobal
            | TokenKind::ParenTag
    );
    let parts = around.parts(open, around.at);
    let is_behind = !parts.is_empty()
        && parts
            .iter()
            .all(|&part| matches!(around.tokens[part].kind, TokenKind::ParenExport | TokenKind::ParenImport));
    if !is_field || around.kind() != TokenKind::Id || !is_behind {
        return None;
    }
    let (name, span) = (around.word(), around.token().span());
    let message = format!("the name `{name}` must stand before the exports");
    let place = around.tokens[open].span().behind();
    let edits = vec![edit(place, format!(" {name}")), edit(around.with_space(span), "")];
    Some(around.unexpected(message).mended("move it there", edits))
}

/// `(func "add" ...)`
pub(crate) fn named_by_string(around: &Around<'_>) -> Option<Fault> {
    let open = around.enclosing()?;
    let is_named = matches!(
        around.head(open),
        TokenKind::ParenFunc
            | TokenKind::ParenTable
            | TokenKind::ParenMemory
            | TokenKind::ParenGlobal
            | TokenKind::ParenTag
    );
    let before = around.near(-1)?;
    if !is_named
        || around.kind() != TokenKind::String
        || !(around.at == open + 1 || before.kind == TokenKind::Id)
    {
        return None;
    }
    let (name, span) = (around.word(), around.token().span());
    let message = format!("{name} is a string, and names are identifiers, with a dollar sign");
    let fault = around.unexpected(message);
    let export = vec![edit(span, format!("(export {name})"))];
    Some(fault.guessed("to export it under that name, write", export))
}

/// Instructions in a function that is imported.
pub(crate) fn body_of_import(around: &Around<'_>) -> Option<Fault> {
    let open = around.enclosing()?;
    let parts = around.parts(open, around.at);
    let import = parts.iter().copied().find(|&part| around.tokens[part].kind == TokenKind::ParenImport)?;
    if around.head(open) != TokenKind::ParenFunc || around.expected.instruction {
        return None;
    }
    if !(around.kind().is_op() || around.kind().is_open())
        || crate::explain::repair::syntax::fields::rank(around.kind())
            .is_some_and(|_| around.kind() != TokenKind::ParenLocal)
    {
        return None;
    }
    let close = around.tokens[around.close_of(open)];
    let body = Span::new(around.token().start, close.start);
    let fault = around.unexpected("a function that is imported has no locals and no body");
    let import = around.group(import);
    let mut fault = fault.read_as(body, "");
    fault.diagnostic = fault.diagnostic.with_place(import, "it is imported here");
    Some(fault)
}

/// The strings right before the token, as indices.
fn strings_before(around: &Around<'_>) -> usize {
    around.tokens[..around.at].iter().rev().take_while(|token| token.kind == TokenKind::String).count()
}

/// A word where a string belongs.
fn unquoted(around: &Around<'_>) -> Option<Fault> {
    let is_word =
        !around.kind().is_open() && around.kind() != TokenKind::Close && around.kind() != TokenKind::String;
    if !is_word || !around.expected.has("string") || around.expected.instruction {
        return None;
    }
    let (word, span) = (around.word(), around.token().span());
    if word.contains(char::is_whitespace) {
        return None;
    }
    let message = format!("expected a string, found `{word}`");
    let name = word.trim_start_matches('$');
    Some(around.unexpected(message).guessed("put it in quotes", vec![edit(span, format!("\"{name}\""))]))
}

/// `(import "log" (func ...))`, `(import "env" "memory")`, `(import env log ...)`.
pub(crate) fn import(around: &Around<'_>) -> Option<Fault> {
    if around.within()? != TokenKind::ParenImport {
        return None;
    }
    let token = around.token();
    match (around.kind(), strings_before(around)) {
        (TokenKind::Close, 2) => {
            let message = "expected what is imported behind the two names, found `)`";
            let mut fault = around.unexpected(message);
            fault.diagnostic = fault.diagnostic.with_note(
                "it is one of `(func ...)`, `(table ...)`, `(memory ...)`, `(global ...)` and `(tag ...)`",
            );
            Some(fault)
        }
        (kind, 1) if kind.is_open() || kind == TokenKind::Close || kind == TokenKind::Id => {
            let name = around.text(around.near(-1)?);
            let message = "an import has two names, that of a module and that of what is in it; expected a second string";
            let fault = around.unexpected(message);
            let place = around.near(-1)?.span().before();
            Some(fault.guessed(
                format!("name the module too, as in `\"env\" {name}`"),
                vec![edit(place, "\"env\" ")],
            ))
        }
        (TokenKind::Id, 2) if around.near_kind(1).is_some_and(TokenKind::is_open) => {
            let (name, span) = (around.word(), token.span());
            let message = format!("the name `{name}` belongs into what is imported");
            let place = around.near(1)?.span().behind();
            let edits = vec![edit(span, ""), edit(place, format!(" {name}"))];
            Some(around.unexpected(message).mended("move it there", edits))
        }
        (TokenKind::Func, 2) => bare_kind(around),
        (TokenKind::Word, 2) if kind_word(around.word()) => bare_kind(around),
        (kind, 0) if kind.is_open() => {
            let fault = around.unexpected("expected the two names of the import, as strings");
            Some(fault.read_as(token.span().before(), "\"\" \"\" "))
        }
        _ => unquoted(around),
    }
}

fn kind_word(word: &str) -> bool {
    matches!(word, "func" | "table" | "memory" | "global" | "tag")
}

/// `func $f` without parentheses around it.
fn bare_kind(around: &Around<'_>) -> Option<Fault> {
    let close = around.tokens[around.close_of(around.enclosing()?)];
    let span = Span::new(around.token().start, close.start);
    let form = format!("({})", around.slice(span).trim_end());
    let message = format!("`{}` needs parentheses: `{form}`", around.word());
    Some(around.unexpected(message).mended("put them around it", vec![edit(span, form)]))
}

/// `(export go ...)`, `(export "go" func $go)`, `(export "go" $go)`, `(export (func $go))`.
pub(crate) fn export(around: &Around<'_>) -> Option<Fault> {
    if around.within()? != TokenKind::ParenExport {
        return None;
    }
    let has_name = around.near_kind(-1) == Some(TokenKind::String);
    match around.kind() {
        TokenKind::Func if has_name => bare_kind(around),
        TokenKind::Word if has_name && kind_word(around.word()) => bare_kind(around),
        TokenKind::Id | TokenKind::Nat if has_name => {
            let what = around.names.kind(around.word()).unwrap_or("func");
            let (name, span) = (around.word(), around.token().span());
            let form = format!("({what} {name})");
            let message = format!("expected what is exported, as in `{form}`, found `{name}`");
            Some(
                around
                    .unexpected(message)
                    .guessed(format!("say that it is a {what}"), vec![edit(span, form)]),
            )
        }
        TokenKind::ParenFunc
        | TokenKind::ParenTable
        | TokenKind::ParenMemory
        | TokenKind::ParenGlobal
        | TokenKind::ParenTag
            if !has_name =>
        {
            let token = around.token();
            let name = around.near(1).filter(|next| next.kind == TokenKind::Id);
            let name = name.map_or("name", |id| around.text(id).trim_start_matches('$'));
            let fault = around.unexpected("expected a string, the name of the export, found `(`");
            Some(fault.guessed("name it", vec![edit(token.span().before(), format!("\"{name}\" "))]))
        }
        TokenKind::Close if has_name && around.near_kind(-2) == Some(TokenKind::ParenExport) => {
            Some(around.unexpected("expected what is exported, as in `(func $f)`, found `)`"))
        }
        _ => unquoted(around),
    }
}

/// `(start (func $main))`, `(start "main")`.
pub(crate) fn start(around: &Around<'_>) -> Option<Fault> {
    let open = around.enclosing()?;
    if around.head(open) != TokenKind::ParenStart || around.at != open + 1 {
        return None;
    }
    match around.kind() {
        TokenKind::ParenFunc => {
            let name = around.near(1).filter(|token| matches!(token.kind, TokenKind::Id | TokenKind::Nat))?;
            let group = around.group(around.at);
            let name = around.text(name);
            let message = format!("expected an index of a function, `{name}` alone, found `(func`");
            let has_more = around.near_kind(2) != Some(TokenKind::Close);
            let edits = vec![edit(group, name)];
            Some(around.unexpected(message).guessed_if(has_more, format!("write `{name}`"), edits))
        }
        TokenKind::String | TokenKind::Word | TokenKind::Instr => {
            let word = around.word();
            let name = format!("${}", word.trim_matches('"'));
            let message = format!("expected an index of a function, found `{word}`");
            let span = around.token().span();
            Some(around.unexpected(message).guessed(format!("write `{name}`"), vec![edit(span, name)]))
        }
        _ => None,
    }
}

/// `(data 0 "abc")`, `(data (i32.const 0) hello)`.
pub(crate) fn segment(around: &Around<'_>) -> Option<Fault> {
    let open = around.enclosing()?;
    if !matches!(around.head(open), TokenKind::ParenData | TokenKind::ParenElem) {
        return None;
    }
    let before = around.near(-1)?;
    if around.kind() == TokenKind::String && before.kind == TokenKind::Nat {
        let number = around.text(before);
        let offset = format!("(i32.const {number})");
        let message =
            format!("the offset of a segment is an expression, as in `{offset}`; `{number}` is none");
        let fault = around.error(Code::UnexpectedToken, before.span(), message);
        return Some(fault.guessed(format!("write `{offset}`"), vec![edit(before.span(), offset)]));
    }
    if around.kind() == TokenKind::Id
        && around.expected.has("func")
        && around.head(open) == TokenKind::ParenElem
    {
        let message =
            format!("expected `func` before the functions of the segment, found `{}`", around.word());
        let place = around.token().span().before();
        let func = vec![edit(place, "func ")];
        // A name before it may be that of a table, and this a segment that fills it.
        if before.kind != TokenKind::Id || around.at != open + 2 {
            return Some(around.unexpected(message).mended("write it", func));
        }
        let fault = around.unexpected(message);
        let table = around.text(before);
        if around.names.kind(table) != Some("table") {
            return Some(fault.guessed("write it", func));
        }
        let active = format!("(table {table}) (i32.const 0)");
        let edits = vec![edit(before.span(), active.clone()), edit(place, "func ")];
        return Some(fault.guessed(format!("to fill the table, write `{active} func`"), edits));
    }
    unquoted(around)
}

/// `(table $t funcref 10)`, `(table $t 10)`, `(memory $m)`.
pub(crate) fn table_or_memory(around: &Around<'_>) -> Option<Fault> {
    let open = around.enclosing()?;
    let within = around.head(open);
    let before = around.near(-1)?;
    match around.kind() {
        TokenKind::Nat if within == TokenKind::ParenTable => {
            let parts = around.parts(open, around.at);
            let ty = around.group(*parts.last()?);
            let text = around.slice(ty);
            let is_type = text.ends_with("ref") || text.starts_with("(ref");
            let mut last = around.token();
            while let Some(next) = around.tokens.get(around.at + 1).filter(|next| next.kind == TokenKind::Nat)
            {
                if next.start == last.start {
                    break;
                }
                last = *next;
            }
            let limits = around.token().span().to(last.span());
            let swapped = format!("{} {text}", around.slice(limits));
            let message = format!("the limits of a table stand before its type: `{swapped}`");
            is_type
                .then(|| around.error(Code::UnexpectedToken, ty, message))
                .map(|fault| fault.mended("swap them", vec![edit(ty.to(limits), swapped)]))
        }
        TokenKind::I32 | TokenKind::I64
            if matches!(within, TokenKind::ParenTable | TokenKind::ParenMemory) =>
        {
            let parts = around.parts(open, around.at);
            let first = parts.iter().copied().find(|&part| around.tokens[part].kind == TokenKind::Nat)?;
            let (word, span) = (around.word(), around.token().span());
            let message = format!("the type of addresses, `{word}`, stands before the limits");
            let place = around.tokens[first].span().before();
            let edits = vec![edit(place, format!("{word} ")), edit(around.with_space(span), "")];
            Some(around.unexpected(message).mended("move it there", edits))
        }
        TokenKind::Int
            if matches!(within, TokenKind::ParenTable | TokenKind::ParenMemory)
                && !around.expected.instruction =>
        {
            let (word, span) = (around.word(), around.token().span());
            let message = format!(
                "the size of a table or memory is not negative: expected an unsigned integer, found `{word}`"
            );
            Some(around.unexpected(message).read_as(span, word.trim_start_matches(['-', '+'])))
        }
        TokenKind::Close if within == TokenKind::ParenTable && before.kind == TokenKind::Nat => {
            let message = "expected the type of the table's elements, found `)`";
            let place = before.span().behind();
            Some(around.unexpected(message).guessed("write `funcref`", vec![edit(place, " funcref")]))
        }
        TokenKind::Close
            if matches!(within, TokenKind::ParenTable | TokenKind::ParenMemory)
                && !around.expected.instruction =>
        {
            let (what, limits) =
                if within == TokenKind::ParenTable { ("table", " 1 funcref") } else { ("memory", " 1") };
            let message = format!("expected the size of the {what}, found `)`");
            let place = before.span().behind();
            Some(around.unexpected(message).guessed("give it one", vec![edit(place, limits)]))
        }
        _ => None,
    }
}

/// `(global $limit i32 100)`, `(global $count (mut i32))`.
pub(crate) fn global(around: &Around<'_>) -> Option<Fault> {
    let open = around.enclosing()?;
    let parts = around.parts(open, around.at);
    let has_type = parts.iter().any(|&part| {
        matches!(around.tokens[part].kind, TokenKind::ParenMut)
            || crate::explain::repair::syntax::types::is_type(around.tokens[part].kind)
    });
    if around.head(open) != TokenKind::ParenGlobal || !has_type {
        return None;
    }
    let ty =
        parts.iter().rev().map(|&part| around.slice(around.group(part))).find(|text| !text.starts_with('$'));
    let ty = ty.map_or("i32", |ty| ty.trim_start_matches("(mut").trim_end_matches(')').trim());
    match around.kind() {
        TokenKind::Nat | TokenKind::Int | TokenKind::Float => {
            let (number, span) = (around.word(), around.token().span());
            let value = format!("({ty}.const {number})");
            let message = format!(
                "the initial value of a global is an expression, as in `{value}`; `{number}` is none"
            );
            Some(around.unexpected(message).mended(format!("write `{value}`"), vec![edit(span, value)]))
        }
        TokenKind::Close if parts.len() <= 2 && !around.near_kind(-1).is_some_and(TokenKind::is_op) => {
            let name = around.tokens.get(open + 1).filter(|token| token.kind == TokenKind::Id);
            let name = name.map_or(String::new(), |name| format!(" {}", around.text(*name)));
            let message = format!("expected the initial value of the global{name}, found `)`");
            let fault = around.unexpected(message);
            let value = match ty {
                "i32" | "i64" | "f32" | "f64" => format!(" ({ty}.const 0)"),
                _ => return Some(fault.read_as(around.token().span().before(), " (unreachable)")),
            };
            Some(fault.guessed(
                format!("write `{}`", value.trim_start()),
                vec![edit(around.token().span().before(), value)],
            ))
        }
        _ => None,
    }
}

/// The type that literals of an instruction have.
pub(crate) fn number_type(op: Op) -> &'static str {
    match op.mnemonic().split('.').next() {
        Some("i64") => "i64",
        Some("f32") => "f32",
        Some("f64") => "f64",
        _ => "i32",
    }
}

/// Whether the token is a literal.
pub(crate) fn is_literal(token: Token) -> bool {
    matches!(
        token.kind,
        TokenKind::Nat | TokenKind::Int | TokenKind::Float | TokenKind::Id | TokenKind::String
    )
}
