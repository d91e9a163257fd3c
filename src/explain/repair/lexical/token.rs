//! A token that no rule of the grammar mentions, and the text around it.

use crate::diagnostic::{Code, Diagnostic};
use crate::explain::repair::quote::shown;
use crate::explain::repair::recoverable::Recoverable;
use crate::lex::{TokenKind, keyword, number};
use crate::span::Span;

/// The maximum distance of the text that is considered: a line may be as long as the source.
pub(super) const NEAR: usize = 4096;

/// A malformed token and the source text around it.
pub(super) struct BadToken<'s> {
    pub(super) source: &'s str,
    pub(super) span: Span,
}

impl<'s> BadToken<'s> {
    pub(super) fn error(&self, code: Code, span: Span, message: impl Into<String>) -> Recoverable {
        Recoverable::new(Diagnostic::error(code, span, message))
    }

    pub(super) fn text(&self) -> &'s str {
        &self.source[self.span.range()]
    }

    /// The token as messages quote it.
    pub(super) fn shown(&self) -> String {
        shown(self.text())
    }

    /// The source text from the start of the token.
    pub(super) fn rest(&self) -> &'s str {
        &self.source[self.span.start as usize..]
    }

    pub(super) fn at(&self, offset: usize) -> u32 {
        self.span.start + offset as u32
    }

    /// The first `len` bytes of the token.
    pub(super) fn first(&self, len: usize) -> Span {
        Span::new(self.span.start, self.at(len))
    }

    /// The line before the token, `NEAR` bytes at most.
    pub(super) fn line_before(&self) -> &'s str {
        let mut from = (self.span.start as usize).saturating_sub(NEAR);
        while !self.source.is_char_boundary(from) {
            from += 1;
        }
        let before = &self.source[from..self.span.start as usize];
        before.rfind('\n').map_or(before, |at| &before[at + 1..])
    }

    /// The line from the start of the token without trailing white space, `NEAR` bytes at most.
    pub(super) fn line(&self) -> &'s str {
        let rest = self.rest();
        let mut near = rest.len().min(NEAR);
        while !rest.is_char_boundary(near) {
            near -= 1;
        }
        rest[..near].split(['\n', '\r']).next().unwrap_or_default().trim_end()
    }

    pub(super) fn line_end(&self) -> u32 {
        self.at(self.line().len())
    }

    /// Whether the token follows an instruction that needs a number.
    pub(super) fn is_number_expected(&self) -> bool {
        let before = self.line_before().trim_end();
        before.ends_with(".const") || before.ends_with("offset=") || before.ends_with("align=")
    }
}

/// Whether a text is a keyword or a number.
pub(super) fn is_known(text: &str) -> bool {
    let is_number = |text: &str| {
        let kind = text.starts_with(|c: char| c.is_ascii_digit() || "+-".contains(c));
        kind && number::classify(text.as_bytes()) != TokenKind::Reserved
    };
    keyword::op(text).is_some() || crate::lex::words().any(|word| word == text) || is_number(text)
}
