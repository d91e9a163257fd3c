//! The identifiers that the fields of a module define, collected from its tokens.
//!
//! The symbol table does not exist yet while syntax errors are explained.

use crate::lex::{Lexer, TokenKind};
use crate::span::Span;
use hashbrown::HashMap;
use std::cell::OnceCell;

/// The identifiers of a source text, collected on first use.
pub(crate) struct Names<'s> {
    source: &'s str,
    kinds: OnceCell<HashMap<Box<str>, &'static str>>,
}

impl<'s> Names<'s> {
    /// The identifiers of `source`.
    pub(crate) fn new(source: &'s str) -> Names<'s> {
        Names { source, kinds: OnceCell::new() }
    }

    /// Returns the keyword of the field that defines an identifier. `None` if no field does.
    pub(super) fn kind(&self, id: &str) -> Option<&'static str> {
        self.kinds.get_or_init(|| self.collect()).get(id).copied()
    }

    fn collect(&self) -> HashMap<Box<str>, &'static str> {
        let mut kinds = HashMap::new();
        let mut tokens = Lexer::plain(self.source, Span::new(0, self.source.len() as u32)).peekable();
        while let Some(token) = tokens.next() {
            let word = match token.kind {
                TokenKind::ParenFunc => "func",
                TokenKind::ParenTable => "table",
                TokenKind::ParenMemory => "memory",
                TokenKind::ParenGlobal => "global",
                TokenKind::ParenTag => "tag",
                _ => continue,
            };
            let Some(id) = tokens.next_if(|next| next.kind == TokenKind::Id) else { continue };
            // `(func $f)` may be a use, in an export.
            if word == "func" || tokens.peek().is_some_and(|next| next.kind != TokenKind::Close) {
                kinds.entry(self.source[id.span().range()].into()).or_insert(word);
            }
        }
        kinds
    }
}
