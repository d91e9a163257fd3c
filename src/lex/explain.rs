//! What is wrong with a token that cannot be one.

use super::{Kind, Token, string};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;

/// What is wrong with `token` if it is of a kind that no rule of the grammar mentions.
pub(crate) fn explain(source: &str, token: Token) -> Option<Diagnostic> {
    let span = token.span();
    let text = &source[span.range()];
    let error = |code, message: String| Some(Diagnostic::error(code, span, message));
    match token.kind {
        Kind::BadCharacter => {
            let character = text.chars().next().unwrap_or_default();
            let span = Span::new(span.start, span.start + character.len_utf8() as u32);
            let message = format!("unexpected character `{}`", character.escape_debug());
            let mut diagnostic = Diagnostic::error(Code::UnexpectedCharacter, span, message);
            if let Some(plain) = plain_equivalent(character) {
                diagnostic = diagnostic.with_fix(format!("write `{plain}`"), span, plain);
            }
            Some(diagnostic)
        }
        Kind::OpenComment => {
            let span = Span::new(span.start, span.start + 2);
            Some(Diagnostic::error(Code::Unterminated, span, "this comment is never closed"))
        }
        Kind::OpenString => {
            let quote = Span::new(span.start, span.start + 1);
            Some(Diagnostic::error(Code::Unterminated, quote, "this string is never closed"))
        }
        Kind::OpenAnnotation => error(Code::Unterminated, "this annotation is never closed".into()),
        Kind::BadString => {
            let (range, fault) = string::find_fault(text);
            let at = Span::new(span.start + range.start as u32, span.start + range.end as u32);
            let bad = &text[range];
            Some(match fault {
                string::Fault::Escape => {
                    let message = format!("`{}` is no escape of a string", bad.escape_debug());
                    Diagnostic::error(Code::BadEscape, at, message).with_note(
                        "escapes are \\t \\n \\r \\\" \\' \\\\, two hexadecimal digits as in \\0a, \
                         and \\u{...} for a Unicode scalar value",
                    )
                }
                string::Fault::Control(byte) => {
                    let message = format!("the control character 0x{byte:02x} cannot stand in a string");
                    let escape = match byte {
                        b'\n' => "\\n".to_owned(),
                        b'\r' => "\\r".to_owned(),
                        b'\t' => "\\t".to_owned(),
                        byte => format!("\\{byte:02x}"),
                    };
                    Diagnostic::error(Code::UnexpectedCharacter, at, message).with_guess(
                        "write it as an escape",
                        at,
                        escape,
                    )
                }
            })
        }
        Kind::BadUtf8Id => error(Code::BadUtf8, format!("the name {text} is not UTF-8")),
        Kind::EmptyId => error(Code::BadToken, "an identifier cannot be empty".into()),
        Kind::EmptyAnnotation => {
            error(Code::BadToken, "the name of an annotation must follow `(@` at once".into())
        }
        Kind::BadCharLiteral => error(Code::BadToken, "a character literal has exactly one character".into()),
        Kind::Reserved => Some(reserved(span, text)),
        _ => None,
    }
}

fn reserved(span: Span, text: &str) -> Diagnostic {
    let first = text.as_bytes()[0];
    if matches!(first, b'0'..=b'9' | b'+' | b'-') && !text.contains('"') {
        return Diagnostic::error(Code::BadNumber, span, format!("`{text}` is not a number"));
    }
    let shown: String = text.escape_debug().take(40).collect();
    let shown = shown.replace("\\\"", "\"");
    let diagnostic = Diagnostic::error(Code::BadToken, span, format!("`{shown}` is not a token"));
    match text.find('"') {
        Some(_) => diagnostic.with_note("tokens must be separated by white space or parentheses"),
        None => diagnostic,
    }
}

/// The character of the text format that one from a word processor stands for.
fn plain_equivalent(character: char) -> Option<&'static str> {
    match character {
        '\u{201c}' | '\u{201d}' => Some("\""),
        '\u{a0}' | '\u{3000}' => Some(" "),
        '\u{2212}' | '\u{2013}' => Some("-"),
        '\u{ff08}' => Some("("),
        '\u{ff09}' => Some(")"),
        _ => None,
    }
}
