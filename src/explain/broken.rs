//! The definitions in a form that cannot be parsed, so that their uses are not reported as unknown.

use super::repair::keywords::field_meant;
use crate::ast::{CompType, Field, Idx, Naming, RecGroup, Run, TypeDef};
use crate::lex::{Lexer, TokenKind};
use crate::outline::{Definition, Item, Outline};
use crate::resolve::IndexSpace;
use crate::span::Span;

/// Declares the definitions that the keywords of a form suggest. All of them are poisoned.
pub(crate) fn declare(outline: &mut Outline<'_>, form: Span) {
    let source = outline.source();
    let definitions = definitions(source, form);
    let is_func = Lexer::plain(source, form).next().is_some_and(|token| token.kind == TokenKind::ParenFunc);
    if let [(IndexSpace::Func, _)] = definitions[..]
        && is_func
    {
        // The parser rejects it again, and then poisons it.
        return outline.add_func(form);
    }
    let start = outline.fields.fields.len();
    let first = outline.broken.len() as u32;
    for (space, id) in definitions {
        if space == IndexSpace::Type {
            declare_type(outline, form, id);
            continue;
        }
        outline.symbols.define_faulty(space, id);
        outline.definitions.push(space, Definition { id, form, is_imported: false });
        outline.broken.push(space);
    }
    if outline.fields.fields.len() > start {
        let first_type = outline.symbols.names(IndexSpace::Type).len();
        outline.declare_fields(start);
        for index in first_type..outline.symbols.names(IndexSpace::Type).len() {
            outline.symbols.set_faulty(IndexSpace::Type, index);
        }
    }
    outline.items.push(Item::Broken(Run { start: first, end: outline.broken.len() as u32 }));
}

/// Adds an empty struct type as a field, to be declared with the others.
fn declare_type(outline: &mut Outline<'_>, form: Span, id: Option<Span>) {
    let run = Run::default();
    outline.fields.type_defs.push(TypeDef {
        span: form,
        naming: Naming { id, name: None },
        comp: CompType::Struct(run),
        is_final: true,
        shared: false,
        supers: run,
        describes: Idx::NONE,
        descriptor: Idx::NONE,
    });
    let end = outline.fields.type_defs.len() as u32;
    let types = Run { start: end - 1, end };
    outline.fields.fields.push(Field::Rec(RecGroup { types, explicit: false }));
}

/// Returns the definitions that the keywords of a form suggest: index spaces and identifiers.
fn definitions(source: &str, form: Span) -> Vec<(IndexSpace, Option<Span>)> {
    let mut tokens = Lexer::plain(source, form).peekable();
    let mut definitions = Vec::new();
    let Some(first) = tokens.next() else { return definitions };
    let space = |kind: TokenKind| match kind {
        TokenKind::ParenType => Some(IndexSpace::Type),
        TokenKind::ParenFunc => Some(IndexSpace::Func),
        TokenKind::ParenTable => Some(IndexSpace::Table),
        TokenKind::ParenMemory => Some(IndexSpace::Memory),
        TokenKind::ParenGlobal => Some(IndexSpace::Global),
        TokenKind::ParenTag => Some(IndexSpace::Tag),
        TokenKind::ParenElem => Some(IndexSpace::Elem),
        TokenKind::ParenData => Some(IndexSpace::Data),
        _ => None,
    };
    match first.kind {
        TokenKind::ParenRec | TokenKind::ParenImport => {
            let mut last = first.kind;
            for token in tokens {
                let of =
                    space(last).filter(|of| (first.kind == TokenKind::ParenRec) == (*of == IndexSpace::Type));
                if let Some(of) = of {
                    let id = (token.kind == TokenKind::Id).then(|| token.span());
                    definitions.push((of, id));
                    if first.kind == TokenKind::ParenImport {
                        break;
                    }
                }
                last = token.kind;
            }
        }
        // A misspelt keyword.
        TokenKind::Open => {
            if let Some(word) = tokens.next()
                && let Some(near) = field_meant(&source[word.span().range()])
                && let Some(of) = match near {
                    "type" => Some(IndexSpace::Type),
                    "func" => Some(IndexSpace::Func),
                    "table" => Some(IndexSpace::Table),
                    "memory" => Some(IndexSpace::Memory),
                    "global" => Some(IndexSpace::Global),
                    "tag" => Some(IndexSpace::Tag),
                    "elem" => Some(IndexSpace::Elem),
                    "data" => Some(IndexSpace::Data),
                    _ => None,
                }
            {
                let id = tokens.peek().filter(|token| token.kind == TokenKind::Id).map(|token| token.span());
                definitions.push((of, id));
            }
        }
        kind => {
            if let Some(of) = space(kind) {
                let id = tokens.peek().filter(|token| token.kind == TokenKind::Id).map(|token| token.span());
                definitions.push((of, id));
            }
        }
    }
    definitions
}
