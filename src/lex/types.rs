//! Types, read by the lexer of sound forms where they are written as usual.

use super::keyword;
use super::run::{Store, ends_token, index, is_end, skip};
use super::token::idchars_len;
use super::{Kind, Token};
use crate::ast::{Idx, Naming, Param, ValType, flags};
use crate::span::Span;

/// What a group of types in parentheses is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) kind: Kind,
    /// Whether an identifier may stand before the type.
    has_id: bool,
    /// Whether the types are storage types, and may be within `(mut`.
    has_fields: bool,
}

impl Group {
    /// The group that begins with that parenthesis.
    pub(super) fn of(paren: Kind) -> Option<Group> {
        let (kind, has_id, has_fields) = match paren {
            Kind::ParenParam => (Kind::Params, true, false),
            Kind::ParenResult => (Kind::Results, false, false),
            Kind::ParenLocal => (Kind::Locals, true, false),
            Kind::ParenField => (Kind::Fields, true, true),
            _ => return None,
        };
        Some(Group { kind, has_id, has_fields })
    }

    /// Enters what is in one pair of parentheses, from behind the keyword on. What comes back is where that ends;
    /// none if it is not as usual.
    pub(super) fn read(self, text: &[u8], keyword_end: usize, store: &mut Store) -> Option<usize> {
        if !ends_token(text, keyword_end) {
            return None;
        }
        let mut at = skip(text, keyword_end)?;
        let mut id = None;
        if self.has_id && text[at] == b'$' {
            let end = at + idchars_len(&text[at..]);
            if end == at + 1 || !ends_token(text, end) {
                return None;
            }
            id = Some(Span::new(at as u32, end as u32));
            at = skip(text, end)?;
        }
        let before = store.params.list.len();
        while text[at] != b')' {
            let (ty, end) =
                if self.has_fields { field_type(text, at, store) } else { val_type(text, at, store) }?;
            store.params.list.push(Param { naming: Naming { id, name: None }, ty });
            at = skip(text, end)?;
        }
        let count = store.params.list.len() - before;
        let is_whole = if id.is_some() { count == 1 } else { count > 0 };
        is_whole.then_some(at + 1)
    }
}

/// The code of the number type that begins at `at`, if there is one.
#[inline]
pub(super) fn num_type(text: &[u8], at: usize) -> Option<u8> {
    let word: &[u8; 4] = text.get(at..)?.first_chunk()?;
    let code = match word[..3] {
        [b'i', b'3', b'2'] => 0x7f,
        [b'i', b'6', b'4'] => 0x7e,
        [b'f', b'3', b'2'] => 0x7d,
        [b'f', b'6', b'4'] => 0x7c,
        _ => return None,
    };
    is_end(word[3]).then_some(code)
}

/// The token of a number type.
pub(super) fn num_type_token(code: u8, start: usize) -> Token {
    let kind = match code {
        0x7f => Kind::I32,
        0x7e => Kind::I64,
        _ => Kind::NumType,
    };
    Token { code: code.into(), ..Token::new(kind, start, start + "i32".len()) }
}

/// The value type at `at`, and where it ends.
pub(super) fn val_type(text: &[u8], at: usize, store: &mut Store) -> Option<(ValType, usize)> {
    let start = at as u32;
    if let Some(code) = num_type(text, at) {
        return Some((ValType { start, idx: Idx::NONE, code, flags: 0 }, at + "i32".len()));
    }
    if text[at..].starts_with(b"(ref") {
        return ref_type(text, at, store);
    }
    let (kind, code, end) = word(text, at)?;
    let flags = match kind {
        Kind::V128 => 0,
        Kind::RefType => flags::REF | flags::NULL,
        _ => return None,
    };
    Some((ValType { start, idx: Idx::NONE, code, flags }, end))
}

/// The reference type in parentheses at `at`, and where it ends.
fn ref_type(text: &[u8], at: usize, store: &mut Store) -> Option<(ValType, usize)> {
    let mut flags = 0;
    let mut end = at + "(ref".len();
    if text[end..].starts_with(b" null ") {
        flags = flags::NULL;
        end += " null".len();
    }
    let (heap_type, end) = heap_type(text, end, store)?;
    let end = skip(text, end)?;
    let ty = ValType { start: at as u32, flags: heap_type.flags | flags, ..heap_type };
    (text[end] == b')').then_some((ty, end + 1))
}

/// The heap type behind the word that ends at `end`, and where it ends.
pub(super) fn heap_type(text: &[u8], end: usize, store: &mut Store) -> Option<(ValType, usize)> {
    let at = skip(text, end)?;
    if let b'$' | b'0'..=b'9' = text[at] {
        let (idx, end) = index(text, end, store)?;
        return Some((ValType { start: 0, idx, code: 0, flags: flags::REF | flags::CONCRETE }, end));
    }
    let (kind, code, behind) = word(text, at)?;
    let is_heap_type = at > end && matches!(kind, Kind::Func | Kind::AbsHeapType);
    let ty = ValType { start: at as u32, idx: Idx::NONE, code, flags: flags::REF };
    is_heap_type.then_some((ty, behind))
}

/// The field type at `at`, and where it ends.
fn field_type(text: &[u8], at: usize, store: &mut Store) -> Option<(ValType, usize)> {
    if !text[at..].starts_with(b"(mut ") {
        return storage_type(text, at, store);
    }
    let start = skip(text, at + "(mut".len())?;
    let (ty, end) = storage_type(text, start, store)?;
    let end = skip(text, end)?;
    let ty = ValType { flags: ty.flags | flags::MUT, ..ty };
    (text[end] == b')').then_some((ty, end + 1))
}

/// The storage type at `at`, and where it ends.
fn storage_type(text: &[u8], at: usize, store: &mut Store) -> Option<(ValType, usize)> {
    match word(text, at) {
        Some((Kind::PackedType, code, end)) => {
            Some((ValType { start: at as u32, idx: Idx::NONE, code, flags: 0 }, end))
        }
        _ => val_type(text, at, store),
    }
}

/// What the keyword at `at` is, with its byte in the binary format, and where it ends.
fn word(text: &[u8], at: usize) -> Option<(Kind, u8, usize)> {
    let end = at + idchars_len(&text[at..]);
    let word = keyword::known(text, at, end).filter(|_| end > at && ends_token(text, end))?;
    Some((word.kind, word.code as u8, end))
}
