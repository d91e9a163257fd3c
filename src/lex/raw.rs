//! The raw tokens that logos recognizes, before keywords are looked up.

use super::bytes::idchars_len;
use super::string::{StringEnd, string_len};
use super::trivia::{block_comment_len, line_comment_len};
use logos::{Lexer, Logos};

/// A raw token.
///
/// logos only recognizes how a token starts. Callbacks find its end, which is faster than the state machine.
#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq)]
#[logos(skip r"[ \t\n\r]+")]
pub(crate) enum Raw {
    #[token("(")]
    Open,
    #[token(")")]
    Close,
    /// `keyword`: a lower-case letter and `idchar`s.
    #[regex("[a-z]", idchars)]
    Keyword,
    /// `id`: a dollar sign and `idchar`s. Without `idchar`s, a string or nothing follows.
    #[token("$", idchars)]
    Id,
    /// A word that starts like a number.
    #[regex(r"[0-9+\-]", idchars)]
    Number,
    /// `string`, and how it ends.
    #[token("\"", string)]
    String(StringEnd),
    /// `(@` and the identifier of an annotation. Without `idchar`s, a string or nothing follows.
    #[token("(@", idchars)]
    Annotation,
    /// `idchar`s that do not start any of the tokens above, and reserved punctuation.
    #[regex(r"[A-Z!#%&'*./:<=>?@\\^_`|~]", idchars)]
    #[regex(r"[,;\[\]{}]")]
    Reserved,
    /// A comment, and whether it is terminated. logos could skip comments, but in a debug build every skipped
    /// comment uses more of the stack.
    #[token(";;", line_comment)]
    #[token("(;", block_comment)]
    Comment(bool),
}

/// Continues after all `idchar`s.
#[inline]
fn idchars(lexer: &mut Lexer<'_, Raw>) {
    lexer.bump(idchars_len(lexer.remainder().as_bytes()));
}

fn line_comment(lexer: &mut Lexer<'_, Raw>) -> bool {
    lexer.bump(line_comment_len(lexer.remainder().as_bytes()));
    true
}

fn block_comment(lexer: &mut Lexer<'_, Raw>) -> bool {
    let rest = lexer.remainder().as_bytes();
    let len = block_comment_len(rest);
    lexer.bump(len.unwrap_or(rest.len()));
    len.is_some()
}

fn string(lexer: &mut Lexer<'_, Raw>) -> StringEnd {
    let rest = lexer.remainder().as_bytes();
    let (len, end) = string_len(rest);
    lexer.bump(len);
    end
}
