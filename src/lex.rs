//! The lexer: source text to the tokens the grammar is written in.
//!
//! [`raw`] has what logos makes of the characters; [`Lexer`] makes tokens of it; [`runs`] reads well-formed
//! instructions faster and makes one token of those that follow each other.
//! A token that cannot be one is a token too, of a kind no rule of the grammar mentions: the parser
//! stops there and [`explain`] says what is wrong with it.

pub(crate) mod buffer;
pub(crate) mod bytes;
#[cfg(target_arch = "x86_64")]
pub(crate) mod hex;
pub(crate) mod keyword;
pub(crate) mod lexeme;
pub(crate) mod lexer;
pub(crate) mod memo;
pub(crate) mod number;
mod options;
pub(crate) mod raw;
pub(crate) mod runs;
pub(crate) mod string;
pub(crate) mod token_kind;
mod trivia;

pub(crate) use buffer::TokenBuffer;
pub(crate) use bytes::{BLOCK, is_idchar, is_small};

pub(crate) use keyword::{kind_of, op, words};
pub(crate) use lexeme::lexemes;
pub(crate) use lexer::Lexer;
/// The name of [`Lexer`] where it is used without the grammar.
pub(crate) use lexer::Lexer as Tokens;

pub(crate) use options::{Chars, Mode, Options};
pub(crate) use string::{id_name, is_escaped, rest_of_string};
pub(crate) use token_kind::{Kind, Token};
pub(crate) use trivia::{block_comment_len, comment_len, line_comment_len};

use crate::ast::Interner;
use crate::span::Span;

/// Fills the buffer with the tokens of the form in `span`. Identifiers within runs become names.
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
