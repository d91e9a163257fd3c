//! The characters: what logos makes of them, before keywords are looked up.

use super::bytes::idchars_len;
use super::string::{StringEnd, string_len};
use super::trivia::{block_comment_len, line_comment_len};
use logos::{Lexer, Logos};

/// A token as the characters alone tell it.
///
/// logos tells tokens apart by how they begin; where they end, the callbacks find: a loop over a
/// table is twice as fast as the state machine.
#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq)]
#[logos(skip r"[ \t\n\r]+")]
pub(crate) enum Raw {
    #[token("(")]
    Open,
    #[token(")")]
    Close,
    /// `keyword`: a lower-case letter and id characters.
    #[regex("[a-z]", idchars)]
    Keyword,
    /// `id`: a dollar sign and id characters; none where a string or nothing follows.
    #[token("$", idchars)]
    Id,
    /// What begins as a number does.
    #[regex(r"[0-9+\-]", idchars)]
    Number,
    /// `string`, escapes found sound.
    #[token("\"", string)]
    String(StringEnd),
    /// `(@` and the identifier of an annotation; none where a string or nothing follows.
    #[token("(@", idchars)]
    Annotation,
    /// Id characters that begin none of the above, and the punctuation that is kept in reserve.
    #[regex(r"[A-Z!#%&'*./:<=>?@\\^_`|~]", idchars)]
    #[regex(r"[,;\[\]{}]")]
    Reserved,
    /// A comment, and whether it ends. logos could skip it, but in a build without optimization each that
    /// it skips takes some more of the stack.
    #[token(";;", line_comment)]
    #[token("(;", block_comment)]
    Comment(bool),
}

/// Goes on behind all id characters.
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
