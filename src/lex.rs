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
pub(crate) mod raw;
pub(crate) mod runs;
pub(crate) mod string;
pub(crate) mod token_kind;

pub(crate) use buffer::TokenBuffer;
pub(crate) use bytes::{BLOCK, is_small};

pub(crate) use keyword::{kind_of, op, words};
pub(crate) use lexeme::lexemes;
pub(crate) use lexer::Lexer;
/// The name of [`Lexer`] where it is used without the grammar.
pub(crate) use lexer::Lexer as Tokens;

pub(crate) use raw::{
    block_comment_len, comment_len, is_escaped, is_idchar, line_comment_len, rest_of_string,
};
pub(crate) use token_kind::{Kind, Token};

use crate::ast::Interner;
use crate::span::Span;

/// What the tokens are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// A field of a module.
    Field,
    /// A command of a script: a module within it is one token.
    Command,
}

/// How `(@char "A")` reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chars {
    /// As the standard has it: an annotation without a meaning.
    Annotation,
    /// As an integer literal.
    Literal,
}

/// How a form is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    pub(crate) mode: Mode,
    pub(crate) chars: Chars,
    /// Whether plain instructions that follow each other are one token. Nothing is reported of what is within.
    pub(crate) runs: bool,
}

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

/// The name of an identifier: without the dollar sign, and without the quotes it may have.
pub(crate) fn id_name(id: &str) -> std::borrow::Cow<'_, str> {
    let name = &id[1..];
    if !name.starts_with('"') {
        return name.into();
    }
    match string::decode(name) {
        std::borrow::Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
        std::borrow::Cow::Owned(bytes) => String::from_utf8_lossy(&bytes).into_owned().into(),
    }
}
