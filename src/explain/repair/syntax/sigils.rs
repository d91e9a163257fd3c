//! Names without their dollar sign.

use super::context::ErrorContext;
use super::types::is_type;
use crate::diagnostic::{Code, edit};
use crate::explain::repair::recoverable::Recoverable;
use crate::explain::spelling::{near_instruction, nearest_word};
use crate::explain::vocabulary::{alias, meaning};
use crate::lex::{Token, TokenKind};

/// The maximum number of tokens that are searched for a label.
const MOST: usize = 1 << 12;

/// `(func sum ...)`, `(block done ...)`, `(export "sum" (func sum))`, `(start main)`.
pub(super) fn name_of_definition(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    if cx.kind() != TokenKind::Word || !is_name(cx.word()) {
        return None;
    }
    let before = cx.near_kind(-1)?;
    let next = cx.near_kind(1);
    let is_name_here = match before {
        TokenKind::ParenFunc => {
            let begins_head = matches!(
                next,
                Some(
                    TokenKind::ParenParam
                        | TokenKind::ParenResult
                        | TokenKind::ParenExport
                        | TokenKind::ParenImport
                        | TokenKind::ParenType
                        | TokenKind::ParenLocal
                )
            );
            begins_head || is_no_instruction(cx.word()) && next.is_some_and(ends_name)
        }
        TokenKind::ParenGlobal
        | TokenKind::ParenMemory
        | TokenKind::ParenTable
        | TokenKind::ParenType
        | TokenKind::ParenTag
        | TokenKind::ParenStart => {
            next.is_some_and(|kind| ends_name(kind) || kind == TokenKind::Nat || is_type(kind))
        }
        TokenKind::OpBlock | TokenKind::OpIf | TokenKind::OpTry | TokenKind::OpTryTable => is_label(cx),
        // A heap type. Another word may be a misspelt one.
        TokenKind::ParenRef | TokenKind::OpHeapType => is_type_name(cx),
        TokenKind::Null => cx.within() == Some(TokenKind::ParenRef) && is_type_name(cx),
        // A function in a segment.
        TokenKind::Id | TokenKind::Func => cx.within() == Some(TokenKind::ParenElem),
        TokenKind::Close => cx.within() == Some(TokenKind::ParenElem) && is_function(cx, cx.token()),
        _ => false,
    };
    is_name_here.then(|| with_dollar(cx, "expected a name"))
}

fn is_type_name(cx: &ErrorContext<'_>) -> bool {
    cx.names.has_type(&format!("${}", cx.word()))
}

fn is_function(cx: &ErrorContext<'_>, token: Token) -> bool {
    token.kind == TokenKind::Word && cx.names.kind(&format!("${}", cx.text(token))) == Some("func")
}

/// `memory.grow m`: the name of a memory or table that may be left out.
pub(super) fn optional_index(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let before = cx.near(-1)?;
    let takes_index = matches!(before.kind, TokenKind::OpOptIndex | TokenKind::OpMemArg | TokenKind::OpCopy)
        || before.kind == TokenKind::Instr
            && before.immediate().is_empty()
            && is_memory(before.op().mnemonic());
    let name = format!("${}", cx.word());
    let is_known = takes_index && matches!(cx.names.kind(&name), Some("memory" | "table"));
    is_known.then(|| with_dollar(cx, "expected a name"))
}

fn is_memory(mnemonic: &str) -> bool {
    ["memory.", "table.", "load", "store"].iter().any(|part| mnemonic.contains(part))
}

/// `(a: i32)`, a parameter of other languages.
pub(super) fn foreign_param(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let open = cx.enclosing()?;
    let name = cx.word().strip_suffix(':')?;
    let [word, ty] = cx.parts(open, cx.close_of(open))[..] else { return None };
    let is_param = cx.kind() == TokenKind::Word && word == cx.at && is_type(cx.tokens[ty].kind);
    if !is_param || !is_name(name) {
        return None;
    }
    // `(result: i32)`
    if matches!(name, "param" | "result" | "local" | "field") {
        let span = cx.token().span();
        let fault = cx.error(Code::UnexpectedToken, span, format!("`{name}` is written without a colon"));
        return Some(fault.with_fix(format!("write `{name}`"), vec![edit(span, name)]));
    }
    let meant = format!("(param ${name} {})", cx.slice(cx.group(ty)));
    let fault =
        cx.error(Code::UnexpectedToken, cx.token().span(), "a parameter is written `(param $name type)`");
    Some(fault.with_fix(format!("write `{meant}`"), vec![edit(cx.group(open), meant)]))
}

/// Words that begin the parts of a function before its body.
const PARTS: [&str; 6] = ["param", "result", "local", "export", "import", "type"];

/// `($a i32)`, `(a i32)` or `(i32 i32)` before the body of a function.
pub(super) fn bare_param(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let open = cx.enclosing()?;
    let parts = cx.parts(open, cx.close_of(open));
    let (name, types) = match &parts[..] {
        [first, types @ ..] if matches!(cx.tokens[*first].kind, TokenKind::Id | TokenKind::Word) => {
            (Some(first), types)
        }
        types => (None, types),
    };
    let is_misspelt = name.is_some()
        && cx.kind() == TokenKind::Word
        && (alias(cx.word()).is_some() || nearest_word(cx.word(), PARTS.into_iter()).is_some());
    let is_list =
        !is_misspelt && !types.is_empty() && types.iter().all(|part| is_type(cx.tokens[*part].kind));
    let is_param = is_list && (name.is_none() || types.len() == 1);
    if parts.first() != Some(&cx.at)
        || !is_param
        || cx.head(cx.outer()?) != TokenKind::ParenFunc
        || !cx.accepts("param")
    {
        return None;
    }
    let message = match name {
        Some(_) => "a parameter is written `(param $name type)`",
        None => "parameters are written `(param type ...)`",
    };
    let fault = cx.error(Code::UnexpectedToken, cx.token().span(), message);
    match cx.kind() {
        TokenKind::Word => {
            let meant = format!("param ${}", cx.word());
            Some(fault.with_guess(format!("write `{meant}`"), vec![edit(cx.token().span(), meant)]))
        }
        _ => Some(fault.with_guess("add `param`", vec![edit(cx.token().span().before(), "param ")])),
    }
}

/// Whether the word is used as a label later.
fn is_label(cx: &ErrorContext<'_>) -> bool {
    let is_use = |pair: &[Token]| {
        let text = match pair[0].kind {
            TokenKind::OpIndex | TokenKind::OpLabels => cx.text(pair[1]),
            TokenKind::Instr => cx.slice(pair[0].immediate()),
            _ => return false,
        };
        pair[0].op().mnemonic().starts_with("br") && text.strip_prefix('$').unwrap_or(text) == cx.word()
    };
    is_no_instruction(cx.word()) && cx.tokens[cx.at..].windows(2).take(MOST).any(is_use)
}

/// The error for a word that lacks a dollar sign, with the repair.
pub(super) fn with_dollar(cx: &ErrorContext<'_>, expected: &str) -> Recoverable {
    let (word, span) = (cx.word(), cx.token().span());
    let name = format!("${word}");
    let message = format!("{expected}, found `{word}`: a name has a dollar sign");
    let fault = cx.error(Code::UnexpectedToken, span, message);
    let mut edits = vec![edit(span, name.clone())];
    // All names of a list lack it.
    let is_of_labels = cx.near_kind(-1) == Some(TokenKind::OpLabels);
    let more = cx.tokens[cx.at + 1..].iter().take_while(|next| {
        let is_label = is_of_labels && next.kind == TokenKind::Word && names_label(cx, cx.text(**next));
        is_label || cx.within() == Some(TokenKind::ParenElem) && is_function(cx, **next)
    });
    edits.extend(more.map(|next| edit(next.span(), format!("${}", cx.text(*next)))));
    let help = if edits.len() > 1 { "add the dollar signs".to_owned() } else { format!("write `{name}`") };
    fault.with_fix(help, edits)
}

/// Whether a block of the form has the word as its label.
fn names_label(cx: &ErrorContext<'_>, word: &str) -> bool {
    let is_label = |pair: &[Token]| {
        pair[0].kind.is_op()
            && pair[1].kind == TokenKind::Id
            && cx.text(pair[1]).strip_prefix('$') == Some(word)
    };
    cx.tokens[..cx.at].windows(2).rev().take(MOST).any(is_label)
}

/// Whether the token can follow the name of a definition.
fn ends_name(kind: TokenKind) -> bool {
    kind.is_open() || kind == TokenKind::Close
}

fn is_no_instruction(word: &str) -> bool {
    near_instruction(word).is_none() && meaning(word).is_none()
}

/// Words that stand for something else than a name, in the text format or in other languages.
const KEYWORDS: &[&str] = &[
    "passive", "active", "mut", "mutable", "var", "let", "const", "shared", "final", "memory64", "table64",
    "wasm64", "index64", "idx64",
];

fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !KEYWORDS.contains(&word)
}
