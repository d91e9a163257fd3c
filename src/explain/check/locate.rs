//! Finds the spans of instructions, immediates and types by reading tokens again.
//!
//! The tree keeps few spans, since only errors need them.

use crate::lex::{Lexer, Token, TokenKind};
use crate::lower::CodeOrigin;
use crate::span::{Span, ceil_boundary};
use std::cell::{Cell, OnceCell};

/// The number of tokens after an instruction in which its immediates are searched.
const NEAR: usize = 12;

/// The maximum length of the text before a place that is read.
const LONGEST: usize = 4096;

/// The spans of the instructions of one body or constant expression.
#[derive(Clone, Copy)]
pub(super) struct InstrSpans<'a> {
    pub(crate) source: &'a str,
    /// The bytes of the source that may still be read again.
    pub(crate) left: &'a Cell<usize>,
    /// The parentheses of the form, found when an end is needed.
    pub(crate) pairs: &'a OnceCell<Pairs>,
    /// The form that has the instructions.
    pub(crate) form: Span,
    /// The code origins. Offsets are relative to the first byte of the body.
    pub(crate) marks: &'a [CodeOrigin],
}

impl InstrSpans<'_> {
    /// The keyword of the instruction at a byte of the body.
    pub(crate) fn instr(&self, at: u64) -> Span {
        match self.marks.partition_point(|mark| u64::from(mark.at) <= at).checked_sub(1) {
            Some(place) => Span::new(self.marks[place].start, self.marks[place].end),
            None => Span::new(self.form.start + 1, self.form.start + 1),
        }
    }

    /// Whether the source has this instruction, so that it is not a substitute.
    pub(super) fn is_written(&self, at: u64, mnemonic: &str) -> bool {
        &self.source[self.instr(at).range()] == mnemonic
    }

    /// The tokens after the keyword of an instruction.
    fn after(&self, at: u64) -> impl Iterator<Item = Token> {
        self.tokens(Span::new(self.instr(at).end, self.form.end))
    }

    fn tokens(&self, span: Span) -> impl Iterator<Item = Token> {
        limited_tokens(self.source, span, self.left)
    }

    fn closed(&self, open: Span) -> Span {
        closed_in(self.tokens(Span::new(open.start, self.source.len() as u32)), open)
    }

    /// The `n`th of the indices or numbers that follow the keyword of an instruction.
    pub(crate) fn immediate(&self, at: u64, n: usize) -> Option<Span> {
        let is_immediate = |token: &Token| {
            matches!(token.kind, TokenKind::Id | TokenKind::Nat | TokenKind::Int | TokenKind::Float)
        };
        self.after(at).take_while(is_immediate).nth(n).map(Token::span)
    }

    /// The `offset=` or `align=` of an instruction.
    pub(crate) fn memarg(&self, at: u64, kind: TokenKind) -> Option<Span> {
        let is_part = |token: &Token| {
            matches!(token.kind, TokenKind::Id | TokenKind::Nat | TokenKind::OffsetEq | TokenKind::AlignEq)
        };
        self.after(at).take_while(is_part).find(|token| token.kind == kind).map(Token::span)
    }

    /// The block type or the results after the keyword that opens a block; the keyword if it has none.
    pub(crate) fn block_type(&self, at: u64) -> Span {
        let own = self.instr(at);
        let mut tokens = self.after(at);
        let first = tokens.next();
        let first =
            if first.is_some_and(|token| token.kind == TokenKind::Id) { tokens.next() } else { first };
        match first {
            Some(token)
                if matches!(
                    token.kind,
                    TokenKind::ParenParam | TokenKind::ParenResult | TokenKind::ParenType
                ) =>
            {
                own.to(self.closed(token.span()))
            }
            _ => own,
        }
    }

    /// The keyword that opens a block and its label.
    pub(crate) fn label(&self, at: u64) -> Span {
        let own = self.instr(at);
        match self.after(at).next() {
            Some(token) if token.kind == TokenKind::Id => own.to(token.span()),
            _ => own,
        }
    }

    /// The results after the keyword that opens a block; the keyword if it has none.
    pub(super) fn result_type(&self, at: u64) -> Span {
        let whole = self.block_type(at);
        inner(self.source, whole, TokenKind::ParenResult).unwrap_or(whole)
    }

    /// The catch clauses after `try_table`.
    pub(crate) fn clauses(&self, at: u64) -> Vec<Span> {
        let mut clauses = Vec::new();
        let mut from = self.block_type(at).end;
        while let Some(token) = self.tokens(Span::new(from, self.form.end)).next() {
            from = match token.kind {
                kind if kind.begins_clause() => {
                    let clause = self.closed(token.span());
                    clauses.push(clause);
                    clause.end
                }
                TokenKind::Id => token.span().end,
                _ => break,
            };
        }
        clauses
    }

    /// The values and the spans of the numbers in the next tokens after the keyword of an instruction.
    pub(crate) fn numbers(&self, at: u64) -> impl Iterator<Item = (u64, Span)> {
        let after = Span::new(self.instr(at).end, self.form.end);
        let near = self.tokens(after).take(NEAR).filter(|token| token.kind == TokenKind::Nat);
        near.filter_map(|token| {
            let (_, value) = crate::lex::number::magnitude(&self.source[token.span().range()])?;
            Some((value, token.span()))
        })
    }

    /// Returns the number of `nat` tokens that directly follow the keyword of an instruction.
    pub(crate) fn leading_numbers(&self, at: u64) -> usize {
        self.after(at).take_while(|token| token.kind == TokenKind::Nat).count()
    }

    /// The types in parentheses after the keyword of an instruction, such as those of a cast.
    pub(crate) fn types(&self, at: u64) -> Vec<Span> {
        let mut types = Vec::new();
        let mut from = self.instr(at).end;
        while let Some(token) = self.tokens(Span::new(from, self.form.end)).next() {
            let span = match token.kind {
                TokenKind::ParenRef | TokenKind::ParenShared => self.closed(token.span()),
                TokenKind::RefType => token.span(),
                TokenKind::Id | TokenKind::Nat if types.is_empty() => {
                    from = token.span().end;
                    continue;
                }
                _ => break,
            };
            from = span.end;
            types.push(span);
        }
        types
    }

    /// The number `value` after the keyword of an instruction, also within types.
    pub(crate) fn number_after(&self, at: u64, value: u64) -> Option<Span> {
        let own = self.with_immediates(at);
        any(self.source, Span::new(self.instr(at).end, own.end), |token| self.is_number(token, value))
    }

    /// The number `value` anywhere in the form, such as an index in the type of a local.
    pub(crate) fn number(&self, value: u64) -> Option<Span> {
        any(self.source, self.form, |token| self.is_number(token, value))
    }

    fn is_number(&self, token: &Token, value: u64) -> bool {
        let text = &self.source[token.span().range()];
        token.kind == TokenKind::Nat && crate::lex::number::magnitude(text) == Some((false, value))
    }

    /// The last of the numbers that follow the keyword of an instruction.
    pub(super) fn last_number(&self, at: u64) -> Option<Span> {
        let is_immediate = |token: &Token| {
            matches!(
                token.kind,
                TokenKind::Id | TokenKind::Nat | TokenKind::Int | TokenKind::OffsetEq | TokenKind::AlignEq
            )
        };
        self.after(at)
            .take_while(is_immediate)
            .filter(|token| token.kind == TokenKind::Nat)
            .last()
            .map(Token::span)
    }

    /// The use of a type by its name after the keyword of an instruction.
    pub(crate) fn type_use(&self, at: u64, name: &str) -> Option<Span> {
        let own = self.with_immediates(at);
        any(self.source, Span::new(self.instr(at).end, own.end), |token| {
            &self.source[token.span().range()] == name
        })
    }

    /// The whole instruction, or `None` if it is not folded.
    pub(crate) fn folded(&self, at: u64) -> Option<Span> {
        let start = self.instr(at).start;
        let open = start.checked_sub(1).filter(|&open| self.source.as_bytes()[open as usize] == b'(')?;
        let pairs = self.pairs.get_or_init(|| Pairs::of(self.source, self.form));
        pairs.closed(open)
    }

    /// The keyword of an instruction and its immediates, without operands.
    pub(crate) fn with_immediates(&self, at: u64) -> Span {
        let own = self.instr(at);
        let mut end = own.end;
        while let Some(token) = self.tokens(Span::new(end, self.form.end)).next() {
            end = match token.kind {
                TokenKind::Id
                | TokenKind::Nat
                | TokenKind::Int
                | TokenKind::Float
                | TokenKind::OffsetEq
                | TokenKind::AlignEq
                | TokenKind::Shape
                | TokenKind::RefType
                | TokenKind::AbsHeapType
                | TokenKind::Func => token.span().end,
                TokenKind::ParenRef
                | TokenKind::ParenParam
                | TokenKind::ParenResult
                | TokenKind::ParenType
                | TokenKind::ParenShared => self.closed(token.span()).end,
                _ => break,
            };
        }
        Span::new(own.start, end)
    }
}

/// The tokens in a span.
pub(crate) fn tokens(source: &str, span: Span) -> impl Iterator<Item = Token> {
    Lexer::plain(source, span)
}

/// The tokens in a span, as long as the budget `left` lasts: each of many errors may read the same text.
pub(super) fn limited_tokens<'t>(
    source: &'t str,
    span: Span,
    left: &'t Cell<usize>,
) -> impl Iterator<Item = Token> + use<'t> {
    let mut at = span.start;
    let mut tokens = Lexer::plain(source, span);
    std::iter::from_fn(move || {
        if left.get() == 0 {
            return None;
        }
        let token = tokens.next()?;
        let end = token.span().end;
        left.set(left.get().saturating_sub(end.saturating_sub(at) as usize));
        at = end;
        Some(token)
    })
}

/// The pairs of parentheses of a form in order: the offset of the opening one and the end of the closing one.
pub(crate) struct Pairs(Vec<(u32, u32)>);

impl Pairs {
    fn of(source: &str, form: Span) -> Pairs {
        let mut pairs = Vec::new();
        let mut open = Vec::new();
        for token in tokens(source, form) {
            if token.kind.is_open() {
                open.push(pairs.len());
                pairs.push((token.start, token.start));
            } else if token.kind == TokenKind::Close
                && let Some(at) = open.pop()
            {
                let pair: &mut (u32, u32) = &mut pairs[at];
                pair.1 = token.span().end;
            }
        }
        Pairs(pairs)
    }

    /// From an opening parenthesis to the one that closes it.
    fn closed(&self, open: u32) -> Option<Span> {
        let at = self.0.binary_search_by_key(&open, |&(open, _)| open).ok()?;
        Some(Span::new(open, self.0[at].1)).filter(|pair| !pair.is_empty())
    }
}

/// From an opening parenthesis to the one that closes it.
pub(crate) fn closed(source: &str, open: Span) -> Span {
    closed_in(tokens(source, Span::new(open.start, source.len() as u32)), open)
}

/// The span from an opening parenthesis to the closing one, in the tokens from the opening one on.
pub(super) fn closed_in(tokens: impl Iterator<Item = Token>, open: Span) -> Span {
    let mut depth = 0;
    for token in tokens {
        if token.kind.is_open() {
            depth += 1;
        } else if token.kind == TokenKind::Close {
            depth -= 1;
            if depth == 0 {
                return Span::new(open.start, token.span().end);
            }
        }
    }
    open
}

/// The first token directly in a form, not in a nested one, for which `is_it` holds.
pub(crate) fn own(source: &str, form: Span, mut is_it: impl FnMut(&Token) -> bool) -> Option<Span> {
    let mut depth = 0;
    for token in tokens(source, form) {
        if token.kind.is_open() {
            depth += 1;
        } else if token.kind == TokenKind::Close {
            depth -= 1;
        } else if depth == 1 && is_it(&token) {
            return Some(token.span());
        }
    }
    None
}

/// The first token anywhere in a form for which `is_it` holds.
pub(crate) fn any(source: &str, form: Span, is_it: impl Fn(&Token) -> bool) -> Option<Span> {
    tokens(source, form).find(is_it).map(Token::span)
}

/// The first nested form that begins with a token of a kind.
pub(crate) fn inner(source: &str, form: Span, kind: TokenKind) -> Option<Span> {
    let head = Span::new(form.start + 1, form.end);
    let open = tokens(source, head).find(|token| token.kind == kind)?;
    Some(closed(source, open.span()))
}

/// The line before an offset, at most its last `LONGEST` bytes: all code may be on one line.
pub(super) fn line_before(source: &str, at: usize) -> &str {
    let from = ceil_boundary(source, at.saturating_sub(LONGEST));
    source[from..at].rsplit('\n').next().unwrap_or_default()
}

/// A span with the white space before it, so that the rest is well spaced after its removal. A line break after a comment
/// is not included: the comment would extend to what follows.
pub(super) fn with_space_before(source: &str, span: Span) -> Span {
    let same_line = source[..span.start as usize].trim_end_matches([' ', '\t']);
    let all = same_line.trim_end();
    let has_comment = line_before(all, all.len()).contains(';');
    let start = if has_comment { same_line.len() } else { all.len() };
    Span::new(start as u32, span.end)
}
