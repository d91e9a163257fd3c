//! Malformed tokens: an error and a repair for each.

mod braces;
mod characters;
mod comments;
mod definitions;
mod foreign;
mod names;
mod operators;
mod reserved;
mod strings;
mod token;

use super::recoverable::Recoverable;
use crate::diagnostic::{Code, edit};
use crate::lex::{Token, TokenKind};
use crate::span::Span;
use token::BadToken;

/// Returns the errors of a token of a kind that no rule of the grammar mentions. A string may have several.
/// Returns none for a well-formed token.
pub(crate) fn explain(source: &str, token: Token) -> Vec<Recoverable> {
    let text = BadToken { source, span: token.span() };
    let fault = match token.kind {
        TokenKind::BadCharacter => text.bad_character(),
        TokenKind::OpenComment => text.open_comment(),
        TokenKind::OpenString => text.open_string(),
        TokenKind::OpenAnnotation => {
            let error = text.error(Code::Unterminated, text.span, "this annotation is never closed");
            error.with_guess("add `)`", vec![edit(Span::new(text.line_end(), text.line_end()), ")")])
        }
        TokenKind::BadString if text.runs_into_another() => text.open_string(),
        TokenKind::BadString => return text.bad_string(),
        TokenKind::BadUtf8Id => {
            let message = format!("the name {} is not UTF-8", text.shown());
            let plain: String = text.shown().chars().map(|c| if c == '\\' { '/' } else { c }).collect();
            text.error(Code::BadUtf8, text.span, message).read_as(text.span, plain)
        }
        TokenKind::EmptyId => text.empty_id(),
        TokenKind::EmptyAnnotation => text.empty_annotation(),
        TokenKind::BadCharLiteral => {
            let message = "a character literal has exactly one character";
            text.error(Code::BadToken, text.span, message).read_as(text.span, "0")
        }
        TokenKind::Reserved => text.reserved(),
        _ => return Vec::new(),
    };
    vec![fault]
}
