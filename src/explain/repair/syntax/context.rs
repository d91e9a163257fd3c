//! The token at which the grammar stopped, and what is around it.

use super::Expected;
use super::names::Names;
use crate::diagnostic::{Code, Diagnostic, Fault};
use crate::instr::Op;
use crate::lex::{Lexer, Token, TokenKind};
use crate::span::Span;

/// The tokens of a form, and which of them the grammar did not expect.
pub(crate) struct Around<'s> {
    pub(crate) source: &'s str,
    pub(crate) names: &'s Names<'s>,
    pub(crate) form: Span,
    pub(crate) tokens: Vec<Token>,
    /// Where among them the grammar stopped.
    pub(crate) at: usize,
    pub(crate) expected: Expected,
    /// The parentheses that are open there, the innermost last.
    open: Vec<usize>,
    /// The token as the grammar saw it.
    pub(crate) stopped: Token,
}

impl<'s> Around<'s> {
    pub(crate) fn new(
        source: &'s str,
        form: Span,
        names: &'s Names<'s>,
        token: Token,
        expected: Expected,
    ) -> Around<'s> {
        let tokens: Vec<Token> = Lexer::plain(source, form).collect();
        let at = tokens.partition_point(|other| other.start < token.start);
        let mut open = Vec::new();
        for (index, token) in tokens[..at].iter().enumerate() {
            match token.kind {
                TokenKind::Close => _ = open.pop(),
                kind if kind.is_open() => open.push(index),
                _ => {}
            }
        }
        Around { source, names, form, tokens, at, expected, open, stopped: token }
    }

    /// The token that was not expected.
    pub(crate) fn token(&self) -> Token {
        self.tokens.get(self.at).copied().unwrap_or(self.stopped)
    }

    pub(crate) fn kind(&self) -> TokenKind {
        self.token().kind
    }

    /// The token so many places behind, or before it.
    pub(crate) fn near(&self, offset: isize) -> Option<Token> {
        self.tokens.get(self.at.checked_add_signed(offset)?).copied()
    }

    pub(crate) fn near_kind(&self, offset: isize) -> Option<TokenKind> {
        self.near(offset).map(|token| token.kind)
    }

    pub(crate) fn text(&self, token: Token) -> &'s str {
        &self.source[token.span().range()]
    }

    pub(crate) fn slice(&self, span: Span) -> &'s str {
        &self.source[span.range()]
    }

    /// The text of the token.
    pub(crate) fn word(&self) -> &'s str {
        self.text(self.token())
    }

    pub(crate) fn error(&self, code: Code, span: Span, message: impl Into<String>) -> Fault {
        Fault::new(Diagnostic::error(code, span, message))
    }

    /// An error at the token.
    pub(crate) fn unexpected(&self, message: impl Into<String>) -> Fault {
        let token = self.token();
        let span = if token.kind.is_open() { Span::new(token.start, token.start + 1) } else { token.span() };
        self.error(Code::UnexpectedToken, span, message)
    }

    // -------------------------------------------------------------------------------- Parentheses

    /// The parentheses that are open at the token, the innermost last.
    pub(crate) fn opens(&self) -> &[usize] {
        &self.open
    }

    /// The innermost parenthesis that is open at the token, as an index.
    pub(crate) fn enclosing(&self) -> Option<usize> {
        self.open.last().copied()
    }

    /// The one around that.
    pub(crate) fn outer(&self) -> Option<usize> {
        self.open.len().checked_sub(2).map(|at| self.open[at])
    }

    /// What a form begins with: the kind of the parenthesis joined with its word, or that of the word.
    pub(crate) fn head(&self, open: usize) -> TokenKind {
        match self.tokens[open].kind {
            TokenKind::Open => self.tokens.get(open + 1).map_or(TokenKind::Open, |token| token.kind),
            kind => kind,
        }
    }

    /// What the innermost form begins with.
    pub(crate) fn within(&self) -> Option<TokenKind> {
        self.enclosing().map(|open| self.head(open))
    }

    /// The instruction that a form begins with.
    pub(crate) fn op_of(&self, open: usize) -> Option<Op> {
        let word = self.tokens.get(open + 1).filter(|_| self.tokens[open].kind == TokenKind::Open)?;
        word.kind.is_op().then(|| word.op())
    }

    /// The index of the parenthesis that closes the one at `open`; that of the last token if none does.
    pub(crate) fn close_of(&self, open: usize) -> usize {
        let mut depth = 0;
        for (index, token) in self.tokens.iter().enumerate().skip(open) {
            match token.kind {
                TokenKind::Close => {
                    depth -= 1;
                    if depth == 0 {
                        return index;
                    }
                }
                kind if kind.is_open() => depth += 1,
                _ => {}
            }
        }
        self.tokens.len() - 1
    }

    /// The index of the parenthesis that the one at `close` closes.
    pub(crate) fn open_of(&self, close: usize) -> Option<usize> {
        let mut depth = 0;
        self.tokens[..=close].iter().rposition(|token| {
            match token.kind {
                TokenKind::Close => depth += 1,
                kind if kind.is_open() => depth -= 1,
                _ => {}
            }
            depth == 0
        })
    }

    /// The whole of the form that begins at an index, or the token if there begins none.
    pub(crate) fn group(&self, open: usize) -> Span {
        match self.tokens.get(open) {
            Some(token) if token.kind.is_open() => token.span().to(self.tokens[self.close_of(open)].span()),
            Some(token) => token.span(),
            None => self.stopped.span(),
        }
    }

    /// The forms and tokens right within the one at `open`, up to an index.
    pub(crate) fn parts(&self, open: usize, end: usize) -> Vec<usize> {
        let mut parts = Vec::new();
        let mut index = open + 1;
        while index < end.min(self.tokens.len()) && self.tokens[index].kind != TokenKind::Close {
            parts.push(index);
            index = if self.tokens[index].kind.is_open() { self.close_of(index) + 1 } else { index + 1 };
        }
        parts
    }

    /// A stretch together with the white space before it, to be taken away. The end of a comment before
    /// it stays.
    pub(crate) fn with_space(&self, span: Span) -> Span {
        let before = &self.source[..span.start as usize];
        let on_line = before.trim_end_matches([' ', '\t']);
        let token = self.tokens.partition_point(|token| token.start < span.start).checked_sub(1);
        let from = token.map_or(self.form.start, |at| self.tokens[at].span().end);
        let has_comment = self.source[from as usize..span.start as usize].contains(";;");
        let kept = if has_comment { on_line } else { before.trim_end() };
        Span::new(kept.len() as u32, span.end)
    }
}
