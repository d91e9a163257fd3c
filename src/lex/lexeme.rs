//! Lexemes: the source text split at its token boundaries, including comments, without fused tokens.
//!
//! The check of edits compares lexemes, so that it sees the same boundaries as the lexer. Nothing here
//! looks up the meaning of a word, except whether it is an instruction.

use super::keyword;
use super::raw::Raw;
use crate::diagnostic::{Lexeme, LexemeKind};
use crate::span::Span;
use logos::Logos;

/// Returns the lexemes of `source` from an offset, in order. White space is skipped.
pub(crate) fn lexemes(source: &str, from: u32) -> impl Iterator<Item = Lexeme> {
    let mut raw = Raw::lexer(source);
    raw.bump(from as usize);
    Lexemes { raw, ahead: None }
}

struct Lexemes<'s> {
    raw: logos::Lexer<'s, Raw>,
    ahead: Option<Part>,
}

/// A raw token of logos.
#[derive(Clone, Copy)]
struct Part {
    kind: LexemeKind,
    span: Span,
    /// Whether a word or string directly before it becomes part of the token.
    joins_before: bool,
    /// Whether a word or string directly after it becomes part of the token.
    joins_after: bool,
}

impl Lexemes<'_> {
    fn part(&mut self) -> Option<Part> {
        let raw = self.raw.next()?;
        let span = self.raw.span();
        let text = self.raw.slice();
        let (kind, joins) = match raw {
            Ok(Raw::Open | Raw::Annotation) => (LexemeKind::Open, false),
            Ok(Raw::Close) => (LexemeKind::Close, false),
            Ok(Raw::Comment(_)) => (LexemeKind::Comment, false),
            Ok(Raw::String(_)) => (LexemeKind::String, true),
            Ok(Raw::Id) => (LexemeKind::Id, true),
            Ok(Raw::Number) => (LexemeKind::Term, true),
            Ok(Raw::Keyword) => (kind_of_word(text), true),
            Ok(Raw::Reserved) => (kind_of_word(text), !text.starts_with([',', ';', '[', ']', '{', '}'])),
            Err(()) => (LexemeKind::Word, false),
        };
        Some(Part {
            kind,
            span: Span::new(span.start as u32, span.end as u32),
            joins_before: joins,
            joins_after: joins || raw == Ok(Raw::Annotation),
        })
    }
}

/// Returns the kind of a word, ignoring the punctuation around it: `//nop` contains an instruction.
fn kind_of_word(text: &str) -> LexemeKind {
    const LONGEST: usize = 64;
    let word = text.trim_matches(|c: char| !c.is_alphanumeric());
    let is_quoted = text.starts_with('\'') || text.ends_with('\'');
    if word.is_empty() {
        return LexemeKind::Term;
    }
    if is_quoted || word.len() > LONGEST {
        return LexemeKind::Word;
    }
    let lower = word.to_ascii_lowercase();
    if keyword::op(&lower).is_some() {
        LexemeKind::Instruction
    } else if word.contains(['.', '_', '=']) {
        LexemeKind::Code
    } else if lower.starts_with(|c: char| c.is_ascii_digit())
        || keyword::known(lower.as_bytes(), 0, lower.len()).is_some()
    {
        LexemeKind::Term
    } else {
        LexemeKind::Word
    }
}

impl Iterator for Lexemes<'_> {
    type Item = Lexeme;

    fn next(&mut self) -> Option<Lexeme> {
        let mut last = match self.ahead.take() {
            Some(part) => part,
            None => self.part()?,
        };
        let mut lexeme = Lexeme { kind: last.kind, span: last.span, strings: 0 };
        lexeme.strings += u32::from(last.kind == LexemeKind::String);
        while let Some(next) = self.part() {
            if !(last.joins_after && next.joins_before && next.span.start == last.span.end) {
                self.ahead = Some(next);
                break;
            }
            // `$"name"` is an identifier; any other string that touches a token makes a reserved one.
            let is_quoted_id = lexeme.kind == LexemeKind::Id && lexeme.span.len() == 1;
            if lexeme.kind != LexemeKind::Open && !is_quoted_id {
                lexeme.kind = LexemeKind::Word;
            }
            let is_name = is_quoted_id || lexeme.kind == LexemeKind::Open;
            lexeme.strings += u32::from(next.kind == LexemeKind::String && !is_name);
            lexeme.span.end = next.span.end;
            last = next;
        }
        Some(lexeme)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lex::lexer::Lexer;
    use crate::lex::token_kind::TokenKind;

    #[test]
    fn a_lexeme_ends_where_its_token_ends() {
        for source in [
            "(func $f (param i32) (local.get 0) ;; a comment\n(; one (; more ;) ;) nop)",
            r#"(data "a\"b" "c""d" $"a b" $"x"y x"y" "z"w) (@name "n") (@"q" 1 "s")"#,
            "(memory 1,2) br_table 0,1;x {a} [b] 3,14 #x3F 'a' a\u{201c}b\u{201d} \u{feff} (;; (",
            "\"never closed (\n",
        ] {
            let all: Vec<Lexeme> = lexemes(source, 0).collect();
            let starts: Vec<u32> = all.iter().map(|lexeme| lexeme.span.start).collect();
            let ends: Vec<u32> = all.iter().map(|lexeme| lexeme.span.end).collect();
            for token in Lexer::plain(source, Span::new(0, source.len() as u32)) {
                assert!(starts.contains(&token.start), "{source}: {token:?}, {all:?}");
                // A reserved token may join punctuation with the word after it.
                if token.kind != TokenKind::Reserved {
                    assert!(ends.contains(&token.span().end), "{source}: {token:?}, {all:?}");
                }
            }
        }
    }

    #[test]
    fn strings_and_comments_are_distinguished_from_words() {
        let kinds = |source| lexemes(source, 0).map(|lexeme| lexeme.kind).collect::<Vec<_>>();
        use LexemeKind as L;
        assert_eq!(kinds("(nop) ;; x"), [L::Open, L::Instruction, L::Close, L::Comment]);
        assert_eq!(kinds("\"a\" \"b\"c $\"d\" $e"), [L::String, L::Word, L::Id, L::Id]);
        assert_eq!(kinds("1,2"), [L::Term, L::Term, L::Term]);
        let words = "mut i32.mod_u //nop push #1 'nop'";
        assert_eq!(kinds(words), [L::Term, L::Code, L::Instruction, L::Word, L::Term, L::Word]);
        assert_eq!(kinds("(@x \"a\")"), [L::Open, L::String, L::Close]);
    }
}
