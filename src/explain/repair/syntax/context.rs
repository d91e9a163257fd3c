//! The context of a syntax error: the token at which the grammar stopped, and the tokens around it.

use super::expected::Expected;
use super::names::Names;
use crate::diagnostic::{Code, Diagnostic};
use crate::explain::repair::recoverable::Recoverable;
use crate::instr::Op;
use crate::lex::{Lexer, Token, TokenKind};
use crate::span::Span;

/// The tokens of a form, and the one at which the grammar stopped.
pub(super) struct ErrorContext<'s> {
    pub(super) source: &'s str,
    pub(super) names: &'s Names<'s>,
    pub(super) form: Span,
    pub(super) tokens: Vec<Token>,
    /// The index of the unexpected token.
    pub(super) at: usize,
    pub(super) expected: Expected,
    /// The parentheses that are open at that token, innermost last.
    open: Vec<usize>,
    /// The unexpected token as the grammar read it.
    pub(super) stopped: Token,
}

impl<'s> ErrorContext<'s> {
    pub(super) fn new(
        source: &'s str,
        form: Span,
        names: &'s Names<'s>,
        token: Token,
        expected: Expected,
    ) -> ErrorContext<'s> {
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
        ErrorContext { source, names, form, tokens, at, expected, open, stopped: token }
    }

    /// Moves to the token at an index, which must not be before the current one.
    pub(super) fn stop_at(&mut self, at: usize) {
        for passed in self.at..at {
            match self.tokens[passed].kind {
                TokenKind::Close => _ = self.open.pop(),
                kind if kind.is_open() => self.open.push(passed),
                _ => {}
            }
        }
        self.at = at;
        self.stopped = self.tokens[at];
    }

    /// The unexpected token.
    pub(super) fn token(&self) -> Token {
        self.tokens.get(self.at).copied().unwrap_or(self.stopped)
    }

    pub(super) fn kind(&self) -> TokenKind {
        self.token().kind
    }

    /// The token at a distance from the unexpected one; a negative distance is before it.
    pub(super) fn near(&self, offset: isize) -> Option<Token> {
        self.tokens.get(self.at.checked_add_signed(offset)?).copied()
    }

    pub(super) fn near_kind(&self, offset: isize) -> Option<TokenKind> {
        self.near(offset).map(|token| token.kind)
    }

    pub(super) fn text(&self, token: Token) -> &'s str {
        &self.source[token.span().range()]
    }

    pub(super) fn slice(&self, span: Span) -> &'s str {
        &self.source[span.range()]
    }

    /// The text of the unexpected token.
    pub(super) fn word(&self) -> &'s str {
        self.text(self.token())
    }

    pub(super) fn error(&self, code: Code, span: Span, message: impl Into<String>) -> Recoverable {
        Recoverable::new(Diagnostic::error(code, span, message))
    }

    /// Creates an error at the unexpected token.
    pub(super) fn unexpected(&self, message: impl Into<String>) -> Recoverable {
        let token = self.token();
        let span = if token.kind.is_open() { Span::new(token.start, token.start + 1) } else { token.span() };
        self.error(Code::UnexpectedToken, span, message)
    }

    // -------------------------------------------------------------------------------- Parentheses

    /// The parentheses that are open at the token, innermost last.
    pub(super) fn opens(&self) -> &[usize] {
        &self.open
    }

    /// The index of the innermost parenthesis that is open at the token.
    pub(super) fn enclosing(&self) -> Option<usize> {
        self.open.last().copied()
    }

    /// The index of the parenthesis around the innermost one.
    pub(super) fn outer(&self) -> Option<usize> {
        self.open.len().checked_sub(2).map(|at| self.open[at])
    }

    /// The kind of the keyword of a form, fused with its parenthesis if the lexer does so.
    pub(super) fn head(&self, open: usize) -> TokenKind {
        match self.tokens[open].kind {
            TokenKind::Open => self.tokens.get(open + 1).map_or(TokenKind::Open, |token| token.kind),
            kind => kind,
        }
    }

    /// The kind of the keyword of the innermost form.
    pub(super) fn within(&self) -> Option<TokenKind> {
        self.enclosing().map(|open| self.head(open))
    }

    /// The instruction at the start of a form.
    pub(super) fn op_of(&self, open: usize) -> Option<Op> {
        let word = self.tokens.get(open + 1).filter(|_| self.tokens[open].kind == TokenKind::Open)?;
        word.kind.is_op().then(|| word.op())
    }

    /// Returns the index of the parenthesis that closes the one at `open`, or that of the last token if none
    /// does.
    pub(super) fn close_of(&self, open: usize) -> usize {
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

    /// Whether a parenthesis closes the form. In a script, it may be missing.
    pub(super) fn is_closed(&self) -> bool {
        self.tokens.get(self.close_of(0)).is_some_and(|token| token.kind == TokenKind::Close)
            && self.open_of(self.close_of(0)) == Some(0)
    }

    /// Returns the index of the parenthesis that the one at `close` closes.
    pub(super) fn open_of(&self, close: usize) -> Option<usize> {
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

    /// Returns the span of the form that begins at an index, or that of the token there.
    pub(super) fn group(&self, open: usize) -> Span {
        match self.tokens.get(open) {
            Some(token) if token.kind.is_open() => token.span().to(self.tokens[self.close_of(open)].span()),
            Some(token) => token.span(),
            None => self.stopped.span(),
        }
    }

    /// Returns the indices of the direct parts of the form at `open`, before `end`.
    pub(super) fn parts(&self, open: usize, end: usize) -> Vec<usize> {
        let mut parts = Vec::new();
        let mut index = open + 1;
        while index < end.min(self.tokens.len()) && self.tokens[index].kind != TokenKind::Close {
            parts.push(index);
            index = if self.tokens[index].kind.is_open() { self.close_of(index) + 1 } else { index + 1 };
        }
        parts
    }

    /// Returns the span together with the white space before it, for removal. The line break after a comment
    /// is kept.
    pub(super) fn with_space(&self, span: Span) -> Span {
        let before = &self.source[..span.start as usize];
        let on_line = before.trim_end_matches([' ', '\t']);
        let token = self.tokens.partition_point(|token| token.start < span.start).checked_sub(1);
        let from = token.map_or(self.form.start, |at| self.tokens[at].span().end);
        let has_comment = self.source[from as usize..span.start as usize].contains(";;");
        let kept = if has_comment { on_line } else { before.trim_end() };
        Span::new(kept.len() as u32, span.end)
    }

    /// Whether the grammar accepts a word instead of the token, alone or as the keyword of a form.
    pub(super) fn accepts(&self, word: &str) -> bool {
        let class = match word {
            "i32" | "i64" | "v128" => word,
            "f32" | "f64" => "num_type",
            "i8" | "i16" => "packed_type",
            word if word.ends_with("ref") => "ref_type",
            word => word,
        };
        match self.near_kind(-1) {
            Some(TokenKind::Open) => self.expected.terminals.is_empty() || self.may_begin(word),
            _ => self.expected.has(class),
        }
    }

    /// Whether a form with this keyword can occur in the form around the innermost one.
    fn may_begin(&self, word: &str) -> bool {
        self.outer().is_some_and(|outer| begins_in(self.head(outer), word))
    }

    /// Returns the index of the last token of the form or token at an index.
    pub(super) fn close_or(&self, at: usize) -> usize {
        match self.tokens.get(at) {
            Some(token) if token.kind.is_open() => self.close_of(at),
            _ => at,
        }
    }
}

/// Whether a form with a keyword other than an instruction can occur in a form of kind `head`.
pub(super) fn begins_in(head: TokenKind, word: &str) -> bool {
    match head {
        TokenKind::ParenFunc => matches!(word, "param" | "result" | "local" | "export" | "import" | "type"),
        TokenKind::ParenType | TokenKind::ParenSub => {
            matches!(word, "func" | "struct" | "array" | "sub" | "cont")
        }
        TokenKind::ParenStruct => word == "field",
        TokenKind::ParenField | TokenKind::ParenGlobal => matches!(word, "mut" | "ref" | "export" | "import"),
        TokenKind::ParenParam | TokenKind::ParenResult | TokenKind::ParenLocal | TokenKind::ParenMut => {
            word == "ref"
        }
        TokenKind::OpIf => matches!(word, "then" | "else" | "param" | "result" | "type"),
        TokenKind::OpBlock => matches!(word, "param" | "result" | "type"),
        TokenKind::OpTry => {
            matches!(word, "do" | "catch" | "catch_all" | "delegate" | "param" | "result" | "type")
        }
        TokenKind::OpTryTable => {
            matches!(
                word,
                "catch" | "catch_ref" | "catch_all" | "catch_all_ref" | "param" | "result" | "type"
            )
        }
        TokenKind::OpCallIndirect => matches!(word, "param" | "result" | "type"),
        TokenKind::ParenExport | TokenKind::ParenImport => {
            matches!(word, "func" | "table" | "memory" | "global" | "tag")
        }
        TokenKind::ParenTable | TokenKind::ParenMemory => {
            matches!(word, "export" | "import" | "elem" | "data")
        }
        TokenKind::ParenElem => matches!(word, "offset" | "item" | "table"),
        TokenKind::ParenData => matches!(word, "offset" | "memory"),
        TokenKind::ParenRec => word == "type",
        TokenKind::ParenArray => matches!(word, "mut" | "ref"),
        _ => false,
    }
}
