//! The identifiers that the fields of a module define, collected from its tokens.
//!
//! The symbol table does not exist yet while syntax errors are explained.

use crate::lex::{Lexer, TokenKind, is_idchar};
use crate::span::Span;
use hashbrown::HashMap;
use std::cell::OnceCell;

/// The identifiers of a source text, collected on first use.
pub(crate) struct Names<'s> {
    source: &'s str,
    found: OnceCell<Found>,
}

/// A field: its keyword, and the offset of its parenthesis.
type Field = (&'static str, u32);

#[derive(Default)]
struct Found {
    fields: HashMap<Box<str>, Field>,
    /// The type definitions, which have an index space of their own, and the identifiers of their fields.
    types: HashMap<Box<str>, Vec<Box<str>>>,
    /// The types that have a field with an identifier.
    with_field: HashMap<Box<str>, Vec<Box<str>>>,
}

/// The maximum number of tokens in the head of a field that are searched for its types.
const MOST: usize = 1 << 8;

impl<'s> Names<'s> {
    /// The identifiers of `source`.
    pub(crate) fn new(source: &'s str) -> Names<'s> {
        Names { source, found: OnceCell::new() }
    }

    /// Returns the keyword of the field that defines an identifier. `None` if no field does, or only a type.
    pub(super) fn kind(&self, id: &str) -> Option<&'static str> {
        self.found().fields.get(id).map(|(word, _)| *word)
    }

    /// Whether a type definition has the identifier.
    pub(super) fn has_type(&self, id: &str) -> bool {
        self.found().types.contains_key(id)
    }

    /// The only field of a struct type that has an identifier.
    pub(super) fn only_field(&self, ty: &str) -> Option<&str> {
        match &self.found().types.get(ty)?[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The only struct type that has a field with the identifier.
    pub(super) fn only_type_with(&self, field: &str) -> Option<&str> {
        match &self.found().with_field.get(field)?[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// Whether the source uses an identifier.
    pub(super) fn uses(&self, id: &str) -> bool {
        let ends = |&(at, _): &(usize, &str)| {
            !self.source[at + id.len()..].starts_with(|c: char| u8::try_from(c).is_ok_and(is_idchar))
        };
        self.source.match_indices(id).any(|found| ends(&found))
    }

    /// The text of the type of a global.
    pub(super) fn global_type(&self, id: &str) -> Option<&'s str> {
        let &(_, start) = self.found().fields.get(id).filter(|(word, _)| *word == "global")?;
        self.head(start).find(|(kind, _)| kind.begins_val_type()).map(|(_, text)| text)
    }

    /// The texts of the parameters and of the results of a function, as far as they are single tokens.
    pub(super) fn signature(&self, id: &str) -> Option<[Vec<&'s str>; 2]> {
        let &(_, start) = self.found().fields.get(id).filter(|(word, _)| *word == "func")?;
        let mut types = [Vec::new(), Vec::new()];
        let mut part = None;
        let mut depth = 0;
        for (kind, text) in self.head(start) {
            match kind {
                TokenKind::ParenParam => part = Some(0),
                TokenKind::ParenResult => part = Some(1),
                TokenKind::ParenType | TokenKind::ParenLocal | TokenKind::Open => break,
                kind if kind.is_op() => break,
                kind if kind.begins_val_type() => types[part?].push(text),
                TokenKind::Close => part = None,
                _ => {}
            }
            depth += i32::from(kind.is_open()) - i32::from(kind == TokenKind::Close);
            if depth <= 0 {
                break;
            }
        }
        Some(types)
    }

    fn head(&self, start: u32) -> impl Iterator<Item = (TokenKind, &'s str)> {
        let tokens = Lexer::plain(self.source, Span::new(start, self.source.len() as u32));
        tokens.take(MOST).map(|token| (token.kind, &self.source[token.span().range()]))
    }

    fn found(&self) -> &Found {
        self.found.get_or_init(|| self.collect())
    }

    fn collect(&self) -> Found {
        let mut found = Found::default();
        let mut tokens = Lexer::plain(self.source, Span::new(0, self.source.len() as u32)).peekable();
        let mut ty: Option<Box<str>> = None;
        while let Some(token) = tokens.next() {
            let word = match token.kind {
                TokenKind::ParenField => {
                    let id = tokens.next_if(|next| next.kind == TokenKind::Id);
                    if let (Some(ty), Some(id)) = (&ty, id) {
                        let field: Box<str> = self.source[id.span().range()].into();
                        found.types.entry(ty.clone()).or_default().push(field.clone());
                        found.with_field.entry(field).or_default().push(ty.clone());
                    }
                    continue;
                }
                TokenKind::ParenFunc => "func",
                TokenKind::ParenTable => "table",
                TokenKind::ParenMemory => "memory",
                TokenKind::ParenGlobal => "global",
                TokenKind::ParenTag => "tag",
                TokenKind::ParenType => "type",
                _ => continue,
            };
            let Some(id) = tokens.next_if(|next| next.kind == TokenKind::Id) else { continue };
            let name: Box<str> = self.source[id.span().range()].into();
            // `(func $f)` may be a use, in an export.
            let is_use = tokens.peek().is_none_or(|next| next.kind == TokenKind::Close);
            match word {
                "type" if is_use => {}
                "type" => {
                    ty = Some(name.clone());
                    found.types.entry(name).or_default();
                }
                "func" => _ = found.fields.entry(name).or_insert((word, token.start)),
                // A tag without parameters is defined like it is used.
                _ if is_use && word != "tag" => {}
                _ => _ = found.fields.entry(name).or_insert((word, token.start)),
            }
        }
        found
    }
}
