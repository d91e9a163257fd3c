//! What the text calls things, and where it declares them.

use super::locate;
use super::skeleton::Checker;
use crate::ast::{Ast, CompType, TypeDef};
use crate::diagnostic::{Code, Diagnostic, counted};
use crate::lex::{Token, TokenKind};
use crate::outline::{Definition, Definitions};
use crate::resolve::Space;
use crate::span::Span;
use hashbrown::HashMap;
use std::cell::Cell;
use wasmparser::{HeapType, RefType, ValType};

/// A field of a struct type in the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StructField {
    pub(crate) id: Option<Span>,
    /// Where its type starts.
    pub(crate) ty: u32,
}

/// What is declared in the text, by index space.
pub(crate) struct DeclaredThings<'a> {
    pub(crate) source: &'a str,
    definitions: Definitions,
    /// The fields of each struct type, and the element of each array type.
    fields: HashMap<u32, Vec<StructField>>,
    /// What stands for types that are unknown.
    pub(crate) unknown: u32,
    /// How many types there are, those that are only used among them.
    pub(crate) types: u32,
    /// How much text may still be read anew to say more of an error.
    pub(crate) left: Cell<usize>,
}

/// How much text is read anew in all to say more of errors: with one in each line of a long function the
/// time would otherwise grow with the square of its length.
const MOST_TEXT: usize = 1 << 26;

/// How long an identifier may be to be shown in messages: each of many errors may mention it.
const LONGEST_NAME: u32 = 1000;

impl<'a> DeclaredThings<'a> {
    /// Of these definitions; of struct types, the fields are not known yet.
    pub(crate) fn new(source: &'a str, definitions: Definitions) -> DeclaredThings<'a> {
        DeclaredThings {
            source,
            definitions,
            fields: HashMap::new(),
            unknown: u32::MAX,
            types: 0,
            left: Cell::new(MOST_TEXT),
        }
    }

    /// Whether there is time to read a form anew.
    pub(crate) fn may_read(&self, form: Span) -> bool {
        let left = self.left.get().checked_sub(form.len() as usize);
        self.left.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Takes note of the fields of a struct type, or the element of an array type.
    pub(crate) fn set_fields_of(&mut self, ast: &Ast, index: u32, def: &TypeDef) {
        let fields = match def.comp {
            CompType::Struct(run) => ast.struct_fields[run.range()]
                .iter()
                .map(|field| StructField { id: field.naming.id, ty: field.ty.start })
                .collect(),
            CompType::Array(ty) => vec![StructField { id: None, ty: ty.start }],
            CompType::Func(_) | CompType::Cont(_) => return,
        };
        self.fields.insert(index, fields);
    }

    /// The tokens in a part of the text, as long as there is time to read them.
    pub(crate) fn tokens(&self, span: Span) -> impl Iterator<Item = Token> {
        locate::limited_tokens(self.source, span, &self.left)
    }

    fn closed(&self, open: Span) -> Span {
        locate::closed_in(self.tokens(Span::new(open.start, self.source.len() as u32)), open)
    }

    /// Returns the definition with the index, or `None` if the index is out of range.
    pub(crate) fn thing(&self, space: Space, index: u32) -> Option<Definition> {
        self.definitions.get(space, index)
    }

    /// How many there are.
    pub(crate) fn count(&self, space: Space) -> usize {
        self.definitions.of(space).len()
    }

    /// Where a thing is declared: its identifier, or the first word of the form.
    pub(crate) fn place(&self, space: Space, index: u32) -> Option<Span> {
        let thing = self.thing(space, index)?;
        Some(thing.id.unwrap_or_else(|| self.head(thing.form)))
    }

    /// The parenthesis and the word that begin a form.
    pub(crate) fn head(&self, form: Span) -> Span {
        locate::tokens(self.source, form).next().map_or(form.head(), |token| token.span())
    }

    pub(crate) fn is_defined(&self, space: Space, index: u32) -> bool {
        self.thing(space, index).is_some_and(|thing| !thing.is_imported)
    }

    /// What a thing is called: its identifier, or its number if it has none or a very long one.
    pub(crate) fn thing_name(&self, space: Space, index: u32) -> String {
        let id = self.thing(space, index).and_then(|thing| thing.id);
        match id.filter(|id| id.len() <= LONGEST_NAME) {
            Some(id) => self.source[id.range()].to_owned(),
            None => self.number(space, index.into()).to_string(),
        }
    }

    /// The number of an index in the text: implicit types are one behind, for that of unknown ones is
    /// before them, and so are functions that there are not.
    pub(crate) fn number(&self, space: Space, index: u64) -> u64 {
        match space {
            Space::Type if index > u64::from(self.unknown) => index - 1,
            Space::Func if index > self.count(space) as u64 => index - 1,
            _ => index,
        }
    }

    pub(crate) fn type_name(&self, index: u32) -> String {
        self.thing_name(Space::Type, index)
    }

    /// Where a field is declared.
    pub(crate) fn field(&self, ty: u32, field: u32) -> Option<Span> {
        let field = self.fields.get(&ty)?.get(field as usize)?;
        Some(field.id.unwrap_or_else(|| self.type_at(field.ty)))
    }

    pub(crate) fn field_name(&self, ty: u32, field: u32) -> String {
        let id = self.fields.get(&ty).and_then(|fields| fields.get(field as usize)?.id);
        match id.filter(|id| id.len() <= LONGEST_NAME) {
            Some(id) => self.source[id.range()].to_owned(),
            None => field.to_string(),
        }
    }

    /// The type that starts at a byte.
    pub(crate) fn type_at(&self, start: u32) -> Span {
        let from = Span::new(start, self.source.len() as u32);
        match self.tokens(from).next() {
            Some(token) if token.kind.is_open() => self.closed(token.span()),
            Some(token) => token.span(),
            None => Span::new(start, start),
        }
    }

    /// A type as the source names it.
    pub(crate) fn val_type(&self, checker: &Checker, t: ValType) -> String {
        self.val_type_by(checker, t, &|_| None)
    }

    /// A type, called what `choose` chooses among equal types.
    pub(crate) fn val_type_by(
        &self,
        checker: &Checker,
        t: ValType,
        choose: &dyn Fn(&[u32]) -> Option<u32>,
    ) -> String {
        match t {
            ValType::Ref(t) => self.ref_type(checker, t, choose),
            t => t.to_string(),
        }
    }

    /// A type within a function type that has no name.
    pub(crate) fn inner_type(&self, checker: &Checker, t: ValType) -> String {
        let ValType::Ref(ty) = t else { return t.to_string() };
        let (HeapType::Concrete(index) | HeapType::Exact(index)) = ty.heap_type() else {
            return t.to_string();
        };
        let number = index.as_core_type_id().and_then(|id| checker.indices_of(id).first().copied());
        match number.or(index.as_module_index()) {
            // It may be the same type again.
            Some(number) if number as usize >= self.count(Space::Type) => {
                let null = if ty.is_nullable() { "null " } else { "" };
                format!("(ref {null}{})", self.number(Space::Type, number.into()))
            }
            _ => self.val_type(checker, t),
        }
    }

    fn ref_type(&self, checker: &Checker, t: RefType, choose: &dyn Fn(&[u32]) -> Option<u32>) -> String {
        let (index, exact) = match t.heap_type() {
            HeapType::Concrete(index) => (index, false),
            HeapType::Exact(index) => (index, true),
            HeapType::Abstract { .. } => return t.to_string(),
        };
        let equal = index.as_core_type_id().map_or(&[][..], |id| checker.indices_of(id));
        let chosen = if equal.len() > 1 { choose(equal) } else { None };
        let number = chosen.or(equal.first().copied()).or(index.as_module_index());
        let name = match number {
            // One that no definition stands for.
            Some(number) if number as usize >= self.count(Space::Type) => {
                checker.signature_of(self, number).unwrap_or_else(|| number.to_string())
            }
            Some(number) => self.type_name(number),
            None => "type".to_owned(),
        };
        let name = if exact { format!("(exact {name})") } else { name };
        if t.is_nullable() { format!("(ref null {name})") } else { format!("(ref {name})") }
    }

    // ------------------------------------------------------------------------------ Diagnostics

    /// The complaint that the number at a place is too large.
    pub(crate) fn unknown_number(&self, space: Space, span: Span) -> Diagnostic {
        let number = crate::lex::number::magnitude(&self.source[span.range()]);
        self.unknown_index(space, number.map_or(u64::MAX, |(_, number)| number), span)
    }

    /// The complaint that an index is too large.
    pub(crate) fn unknown_index(&self, space: Space, number: u64, span: Span) -> Diagnostic {
        let count = self.count(space) as u64;
        let what = space.describe();
        let message = format!("unknown {what} {number}: the module has {}", counted(count, what));
        let diagnostic = Diagnostic::error(Code::UnknownIndex, span, message);
        match count {
            0 => diagnostic,
            1 => diagnostic.with_note(format!("the only {what} has the index 0")),
            _ => diagnostic.with_note(format!("indices go from 0 to {}", count - 1)),
        }
    }

    /// Adds where a thing is declared.
    pub(crate) fn with_declaration(&self, diagnostic: Diagnostic, space: Space, index: u32) -> Diagnostic {
        match self.place(space, index) {
            Some(span) => diagnostic.with_place(span, format!("the {} is declared here", space.describe())),
            None => diagnostic,
        }
    }

    /// Adds where a global is declared, and that it could be mutable.
    pub(crate) fn with_mutability(&self, diagnostic: Diagnostic, global: u32) -> Diagnostic {
        let diagnostic = self.with_declaration(diagnostic, Space::Global, global);
        let Some(ty) = self.thing(Space::Global, global).and_then(|thing| self.global_type(thing.form))
        else {
            return diagnostic;
        };
        let mutable = format!("(mut {})", &self.source[ty.range()]);
        diagnostic.with_guess(format!("make it mutable: `{mutable}`"), ty, mutable)
    }

    /// Adds where a field or an element is declared, and that it could be mutable.
    pub(crate) fn with_mutable_field(
        &self,
        diagnostic: Diagnostic,
        ty: u32,
        field: Option<u32>,
    ) -> Diagnostic {
        let found = self.fields.get(&ty).and_then(|fields| fields.get(field.unwrap_or(0) as usize));
        let Some(found) = found else { return self.with_declaration(diagnostic, Space::Type, ty) };
        let of_type = self.type_at(found.ty);
        let what = if field.is_some() { "field" } else { "element type" };
        let place = match (field, found.id) {
            (_, Some(id)) => id,
            (Some(_), None) => of_type,
            (None, None) => self.place(Space::Type, ty).unwrap_or(of_type),
        };
        let mutable = format!("(mut {})", &self.source[of_type.range()]);
        diagnostic.with_place(place, format!("the {what} is declared here, without `mut`")).with_guess(
            format!("make it mutable: `{mutable}`"),
            of_type,
            mutable,
        )
    }

    // ----------------------------------------------------------------------------------- Places

    /// The type of an immutable global in the form that declares it.
    fn global_type(&self, form: Span) -> Option<Span> {
        self.head_parts(form).into_iter().find_map(|(kind, span)| match kind {
            TokenKind::I32
            | TokenKind::I64
            | TokenKind::NumType
            | TokenKind::V128
            | TokenKind::RefType
            | TokenKind::ParenRef => Some(span),
            _ => None,
        })
    }

    /// The type in the head of the form of a global, a table or an element segment.
    pub(crate) fn type_in_head(&self, form: Span) -> Option<Span> {
        self.head_parts(form).into_iter().find_map(|(kind, span)| match kind {
            TokenKind::I32
            | TokenKind::I64
            | TokenKind::NumType
            | TokenKind::V128
            | TokenKind::RefType
            | TokenKind::ParenRef => Some(span),
            TokenKind::ParenMut => {
                let inner = Span::new(span.start + "(mut".len() as u32, span.end);
                let start = locate::tokens(self.source, inner).next()?.start;
                Some(self.type_at(start))
            }
            _ => None,
        })
    }

    /// The identifier in the head of a form, behind a space; nothing if it has none.
    pub(crate) fn name_in_head(&self, form: Span) -> String {
        let parts = self.head_parts(form);
        let id = parts.get(1).filter(|(kind, _)| *kind == TokenKind::Id);
        id.map_or_else(String::new, |(_, span)| format!(" {}", &self.source[span.range()]))
    }

    /// What the offset of a segment is in: a memory or a table, and where that is declared.
    pub(crate) fn target_of(&self, form: Span) -> Option<(Space, Span)> {
        let parts = self.head_parts(form);
        let space = if parts.first()?.0 == TokenKind::ParenData { Space::Memory } else { Space::Table };
        let uses =
            parts.iter().find(|(kind, _)| matches!(kind, TokenKind::ParenMemory | TokenKind::ParenTable));
        let name = uses.and_then(|(_, span)| locate::tokens(self.source, *span).nth(1));
        let index = match name {
            Some(name) => self.index_of(space, &self.source[name.span().range()])?,
            None => 0,
        };
        Some((space, self.place(space, index)?))
    }

    /// The first results in the head of a function's form.
    pub(crate) fn func_results(&self, form: Span) -> Option<Span> {
        self.head_parts(form)
            .into_iter()
            .find_map(|(kind, span)| (kind == TokenKind::ParenResult).then_some(span))
    }

    /// The parts of one kind in the head of a form.
    pub(crate) fn parts_of_head(&self, form: Span, kind: TokenKind) -> Vec<Span> {
        self.head_parts(form).into_iter().filter(|(found, _)| *found == kind).map(|(_, span)| span).collect()
    }

    /// The index that a number or a name stands for.
    pub(crate) fn index_of(&self, space: Space, text: &str) -> Option<u32> {
        if !text.starts_with('$') {
            return text.parse().ok();
        }
        let is_it = |thing: &Definition| thing.id.is_some_and(|id| &self.source[id.range()] == text);
        self.definitions.of(space).iter().position(is_it).map(|at| at as u32)
    }

    /// Where results would be written in the head of a function's form.
    pub(crate) fn end_of_params(&self, form: Span) -> Option<u32> {
        let parts = self.head_parts(form);
        if parts.iter().any(|(kind, _)| *kind == TokenKind::ParenType) {
            return None;
        }
        let before = parts.iter().take_while(|(kind, _)| *kind != TokenKind::ParenLocal);
        before.last().map(|(_, span)| span.end)
    }

    /// The tokens and forms at the head of a form, up to the first instruction.
    fn head_parts(&self, form: Span) -> Vec<(TokenKind, Span)> {
        let mut parts = Vec::new();
        let mut from = form.start;
        let mut is_first = true;
        while let Some(token) = self.tokens(Span::new(from, form.end)).next() {
            let span = match token.kind {
                _ if is_first => token.span(),
                TokenKind::Close => break,
                kind if kind.is_op() || kind == TokenKind::Open || kind == TokenKind::ParenThen => break,
                // An import around what is declared.
                TokenKind::ParenGlobal | TokenKind::ParenFunc | TokenKind::ParenSub => token.span(),
                kind if kind.is_open() => self.closed(token.span()),
                _ => token.span(),
            };
            is_first = false;
            if span.end <= from {
                break;
            }
            from = span.end;
            parts.push((token.kind, span));
        }
        parts
    }

    /// The white space before a place on its line.
    pub(crate) fn indentation(&self, at: u32) -> &'a str {
        let before = &self.source[..at as usize];
        let line = &before[before.rfind('\n').map_or(0, |end| end + 1)..];
        if line.trim().is_empty() { line } else { "" }
    }
}
