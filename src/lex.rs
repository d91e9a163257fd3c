//! The lexer: source text to the terminals of the grammar.
//!
//! [`raw`] defines the tokens that logos recognizes. [`Lexer`] turns them into terminals. [`runs`] reads consecutive
//! well-formed instructions faster and emits one token for them.
//!
//! A malformed token gets a kind that no rule of the grammar mentions. The parser stops there, and the explaining route
//! reports the cause.

mod atoms;
mod buffer;
pub(crate) mod bytes;
#[cfg(target_arch = "x86_64")]
mod hex;
pub(crate) mod keyword;
mod lexeme;
mod lexer;
mod memo;
pub(crate) mod number;
mod options;
mod raw;
mod runs;
pub(crate) mod string;
mod token_kind;
mod trivia;

pub(crate) use atoms::{Atom, AtomKind, atoms};
pub(crate) use buffer::TokenBuffer;
pub(crate) use bytes::{BLOCK, is_idchar, is_small};
pub(crate) use keyword::{kind_of, op, words};
pub(crate) use lexeme::lexemes;
pub(crate) use lexer::Lexer;
pub(crate) use options::{Chars, Mode, Options};
pub(crate) use string::{id_name, is_escaped, rest_of_string};
pub(crate) use token_kind::{Token, TokenKind};
pub(crate) use trivia::{block_comment_len, comment_len, line_comment_len};

use crate::ast::Interner;
use crate::span::Span;

/// Fills the buffer with the tokens of the form in `span`. Identifiers within runs are interned in `names`.
pub(crate) fn tokenize(
    source: &str,
    span: Span,
    options: Options,
    names: &mut Interner,
    buffer: &mut TokenBuffer,
) {
    buffer.clear();
    let mut lexer = Lexer::new(source, span, options.mode, options.chars);
    if options.runs {
        runs::tokenize(&mut lexer, span, names, buffer);
    } else {
        buffer.tokens.extend(&mut lexer);
    }
    buffer.saw_char = lexer.saw_char;
}
