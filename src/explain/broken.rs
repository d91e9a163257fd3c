//! What a form that cannot be parsed would define, so that uses of it are not unknown, too.

use crate::ast::{CompType, Field, Idx, Naming, RecGroup, Run, TypeDef};
use crate::lex::{Lexer, TokenKind};
use crate::outline::{Definition, Item, Outline};
use crate::resolve::Space;
use crate::span::Span;

/// Declares what the words of a form say that it defines. All of it is poisoned.
pub(crate) fn declare(outline: &mut Outline<'_>, form: Span) {
    let source = outline.source();
    let definitions = definitions(source, form);
    let is_func = Lexer::plain(source, form).next().is_some_and(|token| token.kind == TokenKind::ParenFunc);
    if let [(Space::Func, _)] = definitions[..]
        && is_func
    {
        // The parser rejects it again, and then it is poisoned.
        return outline.add_func(form);
    }
    let start = outline.fields.fields.len();
    let first = outline.broken.len() as u32;
    for (space, id) in definitions {
        if space == Space::Type {
            declare_type(outline, form, id);
            continue;
        }
        outline.symbols.define_faulty(space, id);
        outline.definitions.push(space, Definition { id, form, is_imported: false });
        outline.broken.push(space);
    }
    if outline.fields.fields.len() > start {
        let first_type = outline.symbols.names(Space::Type).len();
        outline.declare_fields(start);
        for index in first_type..outline.symbols.names(Space::Type).len() {
            outline.symbols.set_faulty(Space::Type, index);
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

/// Returns what a form would define, as far as its words tell: index spaces and identifiers.
fn definitions(source: &str, form: Span) -> Vec<(Space, Option<Span>)> {
    let mut tokens = Lexer::plain(source, form).peekable();
    let mut things = Vec::new();
    let Some(first) = tokens.next() else { return things };
    let space = |kind: TokenKind| match kind {
        TokenKind::ParenType => Some(Space::Type),
        TokenKind::ParenFunc => Some(Space::Func),
        TokenKind::ParenTable => Some(Space::Table),
        TokenKind::ParenMemory => Some(Space::Memory),
        TokenKind::ParenGlobal => Some(Space::Global),
        TokenKind::ParenTag => Some(Space::Tag),
        TokenKind::ParenElem => Some(Space::Elem),
        TokenKind::ParenData => Some(Space::Data),
        _ => None,
    };
    match first.kind {
        TokenKind::ParenRec | TokenKind::ParenImport => {
            let mut last = first.kind;
            for token in tokens {
                let of = space(last).filter(|of| (first.kind == TokenKind::ParenRec) == (*of == Space::Type));
                if let Some(of) = of {
                    let id = (token.kind == TokenKind::Id).then(|| token.span());
                    things.push((of, id));
                    if first.kind == TokenKind::ParenImport {
                        break;
                    }
                }
                last = token.kind;
            }
        }
        // A misspelt word.
        TokenKind::Open => {
            if let Some(word) = tokens.next()
                && let Some(near) = crate::explain::repair::syntax::field_meant(&source[word.span().range()])
                && let Some(of) = match near {
                    "type" => Some(Space::Type),
                    "func" => Some(Space::Func),
                    "table" => Some(Space::Table),
                    "memory" => Some(Space::Memory),
                    "global" => Some(Space::Global),
                    "tag" => Some(Space::Tag),
                    "elem" => Some(Space::Elem),
                    "data" => Some(Space::Data),
                    _ => None,
                }
            {
                let id = tokens.peek().filter(|token| token.kind == TokenKind::Id).map(|token| token.span());
                things.push((of, id));
            }
        }
        kind => {
            if let Some(of) = space(kind) {
                let id = tokens.peek().filter(|token| token.kind == TokenKind::Id).map(|token| token.span());
                things.push((of, id));
            }
        }
    }
    things
}
