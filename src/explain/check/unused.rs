//! Suggestions for unknown names: the only definition that is not used, or a new definition.

use super::declared::Declared;
use super::locate;
use crate::diagnostic::Diagnostic;
use crate::lex::{TokenKind, id_name};
use crate::resolve::names::Symbols;
use crate::resolve::{IndexSpace, SymbolTable};
use crate::span::Span;
use hashbrown::HashMap;
use std::borrow::Cow;
use std::cell::OnceCell;

/// The maximum number of definitions that are considered.
const MOST_DEFINITIONS: usize = 256;

/// The definitions of a module, and how often each identifier occurs in it.
pub(crate) struct Definitions<'a, 's> {
    pub(crate) declared: &'a Declared<'s>,
    pub(crate) scope: &'a SymbolTable<'s>,
    pub(crate) whole: Span,
    pub(crate) uses: OnceCell<HashMap<String, usize>>,
}

impl Definitions<'_, '_> {
    /// Adds a suggestion to the error for an unknown name in a function, unless it has one.
    pub(crate) fn suggested(
        &self,
        form: Span,
        locals: &Symbols<'_>,
        space: IndexSpace,
        diagnostic: Diagnostic,
    ) -> Diagnostic {
        if !diagnostic.suggestions.is_empty() {
            return diagnostic;
        }
        let name = &self.declared.source[diagnostic.span.range()];
        if space == IndexSpace::Memory && self.declared.count(IndexSpace::Memory) == 0 {
            let memory = format!("(memory {name} 1)");
            let text = format!("{memory}\n{}", self.declared.indentation(form.start));
            return diagnostic.with_guess(format!("add `{memory}`"), form.before(), text);
        }
        let unused = match space {
            IndexSpace::Label | IndexSpace::Field => None,
            IndexSpace::Local if !self.declared.may_read(form) => None,
            IndexSpace::Local => only_unused(locals, || Cow::Owned(identifiers(self.declared.source, form))),
            space => {
                let all = || self.uses.get_or_init(|| identifiers(self.declared.source, self.whole));
                only_unused(self.scope.names(space), || Cow::Borrowed(all()))
            }
        };
        match unused {
            Some(unused) => {
                let message = format!("`${unused}` is the only {} that is not used", space.describe());
                let span = diagnostic.span;
                diagnostic.with_guess(message, span, format!("${unused}"))
            }
            None => diagnostic,
        }
    }
}

/// How often each identifier occurs.
fn identifiers(source: &str, span: Span) -> HashMap<String, usize> {
    let mut uses = HashMap::new();
    for token in locate::tokens(source, span) {
        let id = match token.kind {
            TokenKind::Id => token.span(),
            TokenKind::Instr => token.immediate(),
            _ => continue,
        };
        let text = &source[id.range()];
        if text.starts_with('$') {
            *uses.entry(id_name(text).into_owned()).or_insert(0) += 1;
        }
    }
    uses
}

/// The only symbol that occurs once, in its definition. `uses` counts the identifiers.
fn only_unused<'u>(
    symbols: &Symbols<'_>,
    uses: impl FnOnce() -> Cow<'u, HashMap<String, usize>>,
) -> Option<String> {
    if symbols.name_count() > MOST_DEFINITIONS {
        return None;
    }
    let uses = uses();
    let mut unused = symbols.iter().filter(|name| uses.get(*name) == Some(&1));
    match (unused.next(), unused.next()) {
        (Some(only), None) if only.bytes().all(crate::lex::is_idchar) => Some(only.to_owned()),
        _ => None,
    }
}
