//! What to say where the grammar does not go on.

use super::SyntaxError;
use crate::diagnostic::{Code, Diagnostic};
use crate::instr::Op;
use crate::lex::{How, Kind, Repair, Token, Tokens, explain as explain_token, words};
use crate::span::Span;
use crate::suggest::{Successor, successor};
use lalrpop_util::ParseError;

/// Turns an error of the generated parser into one for people. `form` is what was parsed.
#[cold]
pub(super) fn explain(source: &str, form: Span, error: SyntaxError) -> Diagnostic {
    match error {
        ParseError::UnrecognizedToken { token: ((), token, ()), expected } => {
            unexpected(source, form, token, &expected)
        }
        ParseError::ExtraToken { token: ((), token, ()) } => unexpected(source, form, token, &[]),
        ParseError::UnrecognizedEof { .. } => {
            let open = Span::new(form.start, form.start + 1);
            Diagnostic::error(Code::UnclosedParenthesis, open, "this parenthesis is never closed")
        }
        ParseError::InvalidToken { .. } | ParseError::User { .. } => {
            Diagnostic::error(Code::UnexpectedToken, form, "this cannot be read")
        }
    }
}

/// Whether the parser stopped at a character literal without exactly one character, and `other`, the
/// error of the standard reading, is that there is nothing in its place.
pub(super) fn is_bad_char_literal(source: &str, literal: &SyntaxError, other: &SyntaxError) -> bool {
    match (literal, other) {
        (
            ParseError::UnrecognizedToken { token: ((), literal, ()), .. },
            ParseError::UnrecognizedToken { token: ((), other, ()), expected },
        ) => {
            literal.kind == Kind::BadCharLiteral
                && source
                    .get(literal.span().end as usize..other.start as usize)
                    .is_some_and(|between| between.trim().is_empty())
                && expected.iter().any(|terminal| terminal == "nat" || terminal == "int")
        }
        _ => false,
    }
}

/// How to go on behind an error; nothing if there is no way.
#[cold]
pub(super) fn repair(source: &str, error: &SyntaxError, last_ops: [Option<u32>; 2]) -> Vec<Repair> {
    let ParseError::UnrecognizedToken { token: ((), token, ()), expected } = error else { return Vec::new() };
    let at = token.start;
    if expected.iter().any(|terminal| terminal == "instrs" || terminal == "instr") {
        let how = match token.kind {
            Kind::Word => match successor(&source[token.span().range()]) {
                Some(Successor::Renamed(now)) => Op::named(&now).map_or(How::Poison, How::Rename),
                _ => How::Poison,
            },
            Kind::Nat | Kind::Int | Kind::Float | Kind::Id | Kind::String | Kind::Reserved => How::Drop,
            _ => return Vec::new(),
        };
        return vec![Repair { at, how }];
    }
    // An instruction without the immediates it needs.
    let op = if last_ops[0] == Some(at) { last_ops[1] } else { last_ops[0] };
    let mut repairs: Vec<Repair> = op.into_iter().map(|at| Repair { at, how: How::Poison }).collect();
    if !repairs.is_empty() && !token.kind.is_op() && !token.kind.is_open() && token.kind != Kind::Close {
        // What stands in the place of an immediate is nothing else.
        repairs.push(Repair { at, how: How::Drop });
    }
    repairs
}

fn unexpected(source: &str, form: Span, token: Token, expected: &[String]) -> Diagnostic {
    if let Some(diagnostic) = explain_token(source, token) {
        return diagnostic;
    }
    let span = token.span();
    let text = &source[span.range()];
    let expected = Expected::of(expected);
    if token.kind == Kind::Word
        && let Some(successor) = successor(text)
    {
        let what = if text.contains(['.', '_']) { "instruction" } else { "word" };
        return match successor {
            Successor::Renamed(now) => {
                let message = format!("the {what} `{text}` is now called `{now}`");
                Diagnostic::error(Code::Renamed, span, message).with_fix(format!("write `{now}`"), span, now)
            }
            Successor::Replaced(advice) => {
                let message = format!("the {what} `{text}` is gone");
                Diagnostic::error(Code::Renamed, span, message).with_note(advice)
            }
        };
    }
    if token.kind == Kind::Word && expected.instruction {
        let diagnostic =
            Diagnostic::error(Code::UnknownInstruction, span, format!("unknown instruction `{text}`"));
        let mnemonics = crate::instr::Op::all().map(crate::instr::Op::mnemonic);
        return match crate::suggest::nearest(text, mnemonics) {
            Some(near) => diagnostic.with_guess("there is a similar instruction", span, near),
            None => diagnostic,
        };
    }
    if token.kind == Kind::Open && token.start == form.start {
        return unknown_field(source, form);
    }
    let shown: String = match token.kind {
        Kind::Close => "`)`".into(),
        _ => format!("`{}`", one_line(text)),
    };
    let message = match expected.list() {
        Some(list) => format!("expected {list}, found {shown}"),
        None => format!("unexpected {shown}"),
    };
    let diagnostic = Diagnostic::error(Code::UnexpectedToken, span, message);
    match token.kind {
        Kind::Word => match crate::suggest::nearest(text, words()) {
            Some(near) => diagnostic.with_guess("there is a similar word", span, near),
            None => diagnostic,
        },
        _ => diagnostic,
    }
}

/// The beginning of a text, on one line.
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(40).collect()
}

/// The words that fields of a module begin with.
const FIELDS: &[&str] =
    &["type", "rec", "import", "func", "table", "memory", "global", "tag", "export", "start", "elem", "data"];

/// The word that begins a field and is meant by another one, as far as can be told.
pub(crate) fn near_field(word: &str) -> Option<&'static str> {
    crate::suggest::nearest(word, FIELDS.iter().copied())
}

/// The complaint about a form that is no field of a module.
fn unknown_field(source: &str, form: Span) -> Diagnostic {
    let Some(word) = Tokens::plain(source, Span::new(form.start + 1, form.end)).next() else {
        return Diagnostic::error(Code::UnknownField, form, "expected a module field");
    };
    let (span, text) = (word.span(), &source[word.span().range()]);
    if text == "component" {
        return Diagnostic::error(Code::Component, span, "this is a component, and not a module");
    }
    if word.kind == Kind::Close {
        return Diagnostic::error(Code::UnknownField, span, "expected a module field, found `)`");
    }
    let diagnostic = Diagnostic::error(Code::UnknownField, span, format!("unknown module field `{text}`"));
    match crate::suggest::nearest(text, FIELDS.iter().copied()) {
        Some(near) => diagnostic.with_guess("there is a similar field", span, near),
        None => diagnostic,
    }
}

/// The terminals that could have stood somewhere, as a person would call them.
struct Expected {
    instruction: bool,
    names: Vec<&'static str>,
}

impl Expected {
    fn of(terminals: &[String]) -> Expected {
        let mut expected = Expected { instruction: false, names: Vec::new() };
        for terminal in terminals {
            let terminal = terminal.trim_matches('"');
            if terminal == "instr" || terminal == "instrs" {
                expected.instruction = true;
            }
            let name = match terminal {
                _ if terminal.starts_with("op") || terminal.starts_with("instr") => "an instruction",
                "(" if expected.instruction => continue,
                "nat" => "an unsigned integer",
                "int" => "an integer",
                "float" | "char" => continue,
                "id" => "an identifier",
                "string" => "a string",
                "num_type" => "a number type",
                "ref_type" => "a reference type",
                "abs_heap_type" => "a heap type",
                "packed_type" => "a packed type",
                "shape" => "a vector shape",
                "order" => "a memory order",
                "word" => "a word",
                "(@metadata.code" | "(@name" | "(@custom" | "(@producers" | "(@dylink.0" => continue,
                other => match TERMINALS.iter().find(|(raw, _)| *raw == other) {
                    Some((_, shown)) => shown,
                    None => continue,
                },
            };
            if !expected.names.contains(&name) {
                expected.names.push(name);
            }
        }
        expected
    }

    fn list(&self) -> Option<String> {
        let (last, rest) = self.names.split_last()?;
        if self.names.len() > 8 {
            return self.instruction.then(|| "an instruction".to_owned());
        }
        if rest.is_empty() {
            Some((*last).to_owned())
        } else {
            Some(format!("{} or {last}", rest.join(", ")))
        }
    }
}

/// Terminals that are shown as they are written.
const TERMINALS: &[(&str, &str)] = &[
    ("(", "`(`"),
    (")", "`)`"),
    ("offset=", "`offset=`"),
    ("align=", "`align=`"),
    ("i32", "`i32`"),
    ("i64", "`i64`"),
    ("v128", "`v128`"),
    ("func", "`func`"),
    ("null", "`null`"),
    ("mut", "`mut`"),
    ("final", "`final`"),
    ("shared", "`shared`"),
    ("declare", "`declare`"),
    ("(type", "`(type`"),
    ("(rec", "`(rec`"),
    ("(import", "`(import`"),
    ("(func", "`(func`"),
    ("(table", "`(table`"),
    ("(memory", "`(memory`"),
    ("(global", "`(global`"),
    ("(tag", "`(tag`"),
    ("(export", "`(export`"),
    ("(start", "`(start`"),
    ("(elem", "`(elem`"),
    ("(data", "`(data`"),
    ("(param", "`(param`"),
    ("(result", "`(result`"),
    ("(local", "`(local`"),
    ("(sub", "`(sub`"),
    ("(struct", "`(struct`"),
    ("(array", "`(array`"),
    ("(cont", "`(cont`"),
    ("(field", "`(field`"),
    ("(mut", "`(mut`"),
    ("(ref", "`(ref`"),
    ("(shared", "`(shared`"),
    ("(pagesize", "`(pagesize`"),
    ("(offset", "`(offset`"),
    ("(item", "`(item`"),
    ("(then", "`(then`"),
    ("(else", "`(else`"),
    ("(do", "`(do`"),
    ("(catch", "`(catch`"),
    ("(catch_all", "`(catch_all`"),
];
