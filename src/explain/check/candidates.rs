//! Labels at the definition that an unknown name probably means.

use super::declared::Declared;
use super::locate;
use crate::diagnostic::Diagnostic;
use crate::lex::TokenKind;
use crate::resolve::{Fault, IndexSpace, SymbolTable};
use crate::span::Span;

/// The maximum number of errors outside of functions that get a label: each reads the definitions.
pub(crate) const MOST: usize = 64;

/// Adds a label at the definition that a suggestion names, or at one of another kind with the unknown name. `form` is
/// the function in which the fault is.
pub(crate) fn labelled(
    declared: &Declared<'_>,
    scope: &SymbolTable<'_>,
    form: Option<Span>,
    fault: &Fault,
    diagnostic: Diagnostic,
) -> Diagnostic {
    let suggested = diagnostic.suggestions.first().and_then(|suggestion| {
        let edit = suggestion.edits.iter().find(|edit| edit.span == diagnostic.span)?;
        edit.replacement.starts_with('$').then(|| edit.replacement.clone())
    });
    let place = match (fault, &suggested) {
        (Fault::UnknownName { space, .. }, Some(name)) => definition(declared, scope, *space, name),
        (Fault::UnknownName { space, at }, None) => {
            let name = &declared.source[at.range()];
            let others = IndexSpace::OF_MODULES.into_iter().filter(|other| other != space);
            others.into_iter().find_map(|other| definition(declared, scope, other, name))
        }
        (Fault::UnknownLocal { at }, None) => {
            definition(declared, scope, IndexSpace::Global, &declared.source[at.range()])
        }
        (Fault::UnknownLocal { .. }, Some(name)) => form.and_then(|form| local(declared, form, name)),
        (Fault::UnknownLabel { visible, .. }, Some(name)) => {
            visible.iter().copied().find(|label| &declared.source[label.range()] == name)
        }
        (Fault::UnknownField { ty, .. }, Some(name)) => declared
            .field_ids(*ty)
            .find(|id| &declared.source[id.range()] == name)
            .or_else(|| declared.span_of(IndexSpace::Type, *ty)),
        (Fault::UnknownField { ty, .. }, None) => declared.span_of(IndexSpace::Type, *ty),
        _ => None,
    };
    match place {
        Some(place) if diagnostic.labels.iter().all(|label| label.span != place) => {
            let name = &declared.source[place.range()];
            let message = match name.starts_with('$') {
                true => format!("`{name}` is declared here"),
                false => "the type is declared here".to_owned(),
            };
            diagnostic.with_label(place, message)
        }
        _ => diagnostic,
    }
}

/// The identifier of the definition with a name.
fn definition(
    declared: &Declared<'_>,
    scope: &SymbolTable<'_>,
    space: IndexSpace,
    name: &str,
) -> Option<Span> {
    let index = scope.names(space).get(name)?;
    declared.definition(space, index)?.id
}

/// The identifier of a parameter or local in the head of a function.
fn local(declared: &Declared<'_>, form: Span, name: &str) -> Option<Span> {
    if !declared.may_read(form) {
        return None;
    }
    let mut before = TokenKind::Close;
    locate::tokens(declared.source, form).find_map(|token| {
        let declares = matches!(before, TokenKind::ParenParam | TokenKind::ParenLocal);
        before = token.kind;
        (declares && &declared.source[token.span().range()] == name).then(|| token.span())
    })
}
