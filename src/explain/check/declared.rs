//! The names of definitions and the spans of their declarations.

use super::locate;
use super::skeleton::Checker;
use crate::ast::{Ast, CompType, TypeDef};
use crate::diagnostic::{Code, Diagnostic, counted};
use crate::lex::{Token, TokenKind};
use crate::outline::{Definition, Definitions};
use crate::resolve::IndexSpace;
use crate::span::Span;
use hashbrown::HashMap;
use std::cell::Cell;
use wasmparser::{CompositeInnerType, HeapType, RefType, ValType, WasmModuleResources};

/// A field of a struct type in the source.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StructField {
    pub(crate) id: Option<Span>,
    /// The offset of its type.
    pub(crate) ty: u32,
}

/// The definitions of a module, with their names and spans.
pub(crate) struct Declared<'a> {
    pub(crate) source: &'a str,
    definitions: Definitions,
    /// The fields of each struct type, and the element of each array type.
    fields: HashMap<u32, Vec<StructField>>,
    /// The index of the type that stands for unknown ones.
    pub(crate) unknown: u32,
    /// The number of types, including implicit ones.
    pub(crate) types: u32,
    /// The bytes of the source that may still be read again for details of errors.
    pub(crate) left: Cell<usize>,
}

/// The maximum number of bytes that are read again for details. Without a limit, one error in each line of a long
/// function would take time quadratic in its length.
const MOST_TEXT: usize = 1 << 26;

/// The maximum length of an identifier in messages, in bytes: each of many errors may mention it.
const LONGEST_NAME: u32 = 1000;

impl<'a> Declared<'a> {
    /// Creates the value without the fields of struct types.
    pub(crate) fn new(source: &'a str, definitions: Definitions) -> Declared<'a> {
        Declared {
            source,
            definitions,
            fields: HashMap::new(),
            unknown: u32::MAX,
            types: 0,
            left: Cell::new(MOST_TEXT),
        }
    }

    /// Whether a form may be read again. Takes its length from the budget.
    pub(super) fn may_read(&self, form: Span) -> bool {
        let left = self.left.get().checked_sub(form.len() as usize);
        self.left.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Records the fields of a struct type, or the element of an array type.
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

    /// The tokens in a span, as long as the budget lasts.
    pub(crate) fn tokens(&self, span: Span) -> impl Iterator<Item = Token> {
        locate::limited_tokens(self.source, span, &self.left)
    }

    fn closed(&self, open: Span) -> Span {
        locate::closed_in(self.tokens(Span::new(open.start, self.source.len() as u32)), open)
    }

    /// Returns the definition with the index, or `None` if the index is out of range.
    pub(crate) fn definition(&self, space: IndexSpace, index: u32) -> Option<Definition> {
        self.definitions.get(space, index)
    }

    /// The number of definitions in an index space.
    pub(crate) fn count(&self, space: IndexSpace) -> usize {
        self.definitions.of(space).len()
    }

    /// The span of a declaration: its identifier, or the first word of the form.
    pub(super) fn span_of(&self, space: IndexSpace, index: u32) -> Option<Span> {
        // The memory of an object may be implied.
        let definition = self.definition(space, index).filter(|definition| !definition.form.is_empty())?;
        Some(definition.id.unwrap_or_else(|| self.head(definition.form)))
    }

    /// The parenthesis and the first word of a form.
    pub(crate) fn head(&self, form: Span) -> Span {
        locate::tokens(self.source, form).next().map_or(form.head(), |token| token.span())
    }

    pub(super) fn is_defined(&self, space: IndexSpace, index: u32) -> bool {
        self.definition(space, index).is_some_and(|definition| !definition.is_imported)
    }

    /// The name of a definition in messages: its identifier, or its index if that is missing or very long.
    pub(crate) fn name_of(&self, space: IndexSpace, index: u32) -> String {
        let id = self.definition(space, index).and_then(|definition| definition.id);
        match id.filter(|id| id.len() <= LONGEST_NAME) {
            Some(id) => self.source[id.range()].to_owned(),
            None => self.number(space, index.into()).to_string(),
        }
    }

    /// The index as the source counts. The skeleton has one type more before the implicit ones, and one function more
    /// after all others.
    pub(crate) fn number(&self, space: IndexSpace, index: u64) -> u64 {
        match space {
            IndexSpace::Type if index > u64::from(self.unknown) => index - 1,
            IndexSpace::Func if index > self.count(space) as u64 => index - 1,
            _ => index,
        }
    }

    pub(super) fn type_name(&self, index: u32) -> String {
        self.name_of(IndexSpace::Type, index)
    }

    /// The span of the declaration of a field.
    pub(crate) fn field(&self, ty: u32, field: u32) -> Option<Span> {
        let field = self.fields.get(&ty)?.get(field as usize)?;
        Some(field.id.unwrap_or_else(|| self.type_at(field.ty)))
    }

    /// The identifiers of the fields of a struct type.
    pub(super) fn field_ids(&self, ty: u32) -> impl Iterator<Item = Span> {
        self.fields.get(&ty).into_iter().flatten().filter_map(|field| field.id)
    }

    pub(super) fn field_name(&self, ty: u32, field: u32) -> String {
        let id = self.fields.get(&ty).and_then(|fields| fields.get(field as usize)?.id);
        match id.filter(|id| id.len() <= LONGEST_NAME) {
            Some(id) => self.source[id.range()].to_owned(),
            None => field.to_string(),
        }
    }

    /// The span of the type at an offset.
    pub(super) fn type_at(&self, start: u32) -> Span {
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

    /// A type as the source names it. `choose` selects one of several equal types.
    pub(super) fn val_type_by(
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
    pub(super) fn inner_type(&self, checker: &Checker, t: ValType) -> String {
        let ValType::Ref(ty) = t else { return t.to_string() };
        let (HeapType::Concrete(index) | HeapType::Exact(index)) = ty.heap_type() else {
            return t.to_string();
        };
        let number = index.as_core_type_id().and_then(|id| checker.indices_of(id).first().copied());
        match number.or(index.as_module_index()) {
            // The type may contain itself.
            Some(number) if number as usize >= self.count(IndexSpace::Type) => {
                let null = if ty.is_nullable() { "null " } else { "" };
                format!("(ref {null}{})", self.number(IndexSpace::Type, number.into()))
            }
            _ => self.val_type(checker, t),
        }
    }

    /// A function type in the text format. Returns `None` for other types.
    fn signature_of(&self, checker: &Checker, index: u32) -> Option<String> {
        let CompositeInnerType::Func(func) = &checker.resources.sub_type_at(index)?.composite_type.inner
        else {
            return None;
        };
        let list = |word: &str, types: &[ValType]| {
            let types: Vec<String> = types.iter().map(|t| self.inner_type(checker, *t)).collect();
            if types.is_empty() { String::new() } else { format!(" ({word} {})", types.join(" ")) }
        };
        Some(format!("(func{}{})", list("param", func.params()), list("result", func.results())))
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
            // The type has no definition.
            Some(number) if number as usize >= self.count(IndexSpace::Type) => {
                self.signature_of(checker, number).unwrap_or_else(|| number.to_string())
            }
            Some(number) => self.type_name(number),
            None => "type".to_owned(),
        };
        let name = if exact { format!("(exact {name})") } else { name };
        if t.is_nullable() { format!("(ref null {name})") } else { format!("(ref {name})") }
    }

    /// The error for a number that is out of range.
    pub(super) fn unknown_number(&self, space: IndexSpace, span: Span) -> Diagnostic {
        let number = crate::lex::number::magnitude(&self.source[span.range()]);
        self.unknown_index(space, number.map_or(u64::MAX, |(_, number)| number), span)
    }

    /// Suggests to define the memory or table that a form lacks, before the form.
    pub(super) fn with_definition(&self, diagnostic: Diagnostic, space: IndexSpace, form: u32) -> Diagnostic {
        let definition = if space == IndexSpace::Memory { "(memory 1)" } else { "(table 1 funcref)" };
        let text = format!("{definition}\n{}", self.indentation(form));
        diagnostic.with_guess(format!("add `{definition}`"), Span::new(form, form), text)
    }

    /// The error for an index that is out of range.
    pub(crate) fn unknown_index(&self, space: IndexSpace, number: u64, span: Span) -> Diagnostic {
        let count = self.count(space) as u64;
        let what = space.describe();
        let message = format!("unknown {what} {number}: the module has {}", counted(count, what));
        let diagnostic = Diagnostic::error(Code::UnknownIndex, span, message);
        match count {
            0 => diagnostic,
            1 => match self.span_of(space, 0) {
                Some(only) => diagnostic.with_label(only, format!("the only {what} has the index 0")),
                None => diagnostic.with_note(format!("the only {what} has the index 0")),
            },
            _ => diagnostic.with_note(format!("indices go from 0 to {}", count - 1)),
        }
    }

    /// Adds a label at a declaration.
    pub(super) fn with_declaration(
        &self,
        diagnostic: Diagnostic,
        space: IndexSpace,
        index: u32,
    ) -> Diagnostic {
        match self.span_of(space, index) {
            Some(span) => diagnostic.with_label(span, format!("the {} is declared here", space.describe())),
            None => diagnostic,
        }
    }

    /// Adds a label at the declaration of a global, and the suggestion to add `mut`.
    pub(super) fn with_mutability(&self, diagnostic: Diagnostic, global: u32) -> Diagnostic {
        let diagnostic = self.with_declaration(diagnostic, IndexSpace::Global, global);
        let Some(ty) = self
            .definition(IndexSpace::Global, global)
            .and_then(|definition| self.global_type(definition.form))
        else {
            return diagnostic;
        };
        let mutable = format!("(mut {})", &self.source[ty.range()]);
        diagnostic.with_guess(format!("add `mut`: `{mutable}`"), ty, mutable)
    }

    /// Adds a label at the declaration of a field or an element type, and the suggestion to add `mut`.
    pub(super) fn with_mutable_field(
        &self,
        diagnostic: Diagnostic,
        ty: u32,
        field: Option<u32>,
    ) -> Diagnostic {
        let found = self.fields.get(&ty).and_then(|fields| fields.get(field.unwrap_or(0) as usize));
        let Some(found) = found else { return self.with_declaration(diagnostic, IndexSpace::Type, ty) };
        let of_type = self.type_at(found.ty);
        let what = if field.is_some() { "field" } else { "element type" };
        let place = match (field, found.id) {
            (_, Some(id)) => id,
            (Some(_), None) => of_type,
            (None, None) => self.span_of(IndexSpace::Type, ty).unwrap_or(of_type),
        };
        let mutable = format!("(mut {})", &self.source[of_type.range()]);
        diagnostic.with_label(place, format!("the {what} is declared here, without `mut`")).with_guess(
            format!("add `mut`: `{mutable}`"),
            of_type,
            mutable,
        )
    }

    /// The type of an immutable global in the form that declares it.
    fn global_type(&self, form: Span) -> Option<Span> {
        self.head_parts(form).into_iter().find_map(|(kind, span)| match kind {
            kind if kind.begins_val_type() => Some(span),
            _ => None,
        })
    }

    /// The type in the head of the form of a global, a table or an element segment.
    pub(super) fn type_in_head(&self, form: Span) -> Option<Span> {
        self.head_parts(form).into_iter().find_map(|(kind, span)| match kind {
            kind if kind.begins_val_type() => Some(span),
            TokenKind::ParenMut => {
                let inner = Span::new(span.start + "(mut".len() as u32, span.end);
                let start = locate::tokens(self.source, inner).next()?.start;
                Some(self.type_at(start))
            }
            _ => None,
        })
    }

    /// The identifier in the head of a form, after a space, or an empty text.
    pub(super) fn name_in_head(&self, form: Span) -> String {
        let parts = self.head_parts(form);
        let id = parts.get(1).filter(|(kind, _)| *kind == TokenKind::Id);
        id.map_or_else(String::new, |(_, span)| format!(" {}", &self.source[span.range()]))
    }

    /// The index space and the declaration of the memory or table of a segment.
    pub(super) fn target_of(&self, form: Span) -> Option<(IndexSpace, Span)> {
        let parts = self.head_parts(form);
        let space =
            if parts.first()?.0 == TokenKind::ParenData { IndexSpace::Memory } else { IndexSpace::Table };
        let uses =
            parts.iter().find(|(kind, _)| matches!(kind, TokenKind::ParenMemory | TokenKind::ParenTable));
        let name = uses.and_then(|(_, span)| locate::tokens(self.source, *span).nth(1));
        let index = match name {
            Some(name) => self.index_of(space, &self.source[name.span().range()])?,
            None => 0,
        };
        Some((space, self.span_of(space, index)?))
    }

    /// The first results in the head of a function's form.
    pub(super) fn func_results(&self, form: Span) -> Option<Span> {
        self.head_parts(form)
            .into_iter()
            .find_map(|(kind, span)| (kind == TokenKind::ParenResult).then_some(span))
    }

    /// The parts of one kind in the head of a form.
    pub(super) fn parts_of_head(&self, form: Span, kind: TokenKind) -> Vec<Span> {
        self.head_parts(form).into_iter().filter(|(found, _)| *found == kind).map(|(_, span)| span).collect()
    }

    /// The index for a number or an identifier.
    pub(super) fn index_of(&self, space: IndexSpace, text: &str) -> Option<u32> {
        if !text.starts_with('$') {
            return text.parse().ok();
        }
        let is_it =
            |definition: &Definition| definition.id.is_some_and(|id| &self.source[id.range()] == text);
        self.definitions.of(space).iter().position(is_it).map(|at| at as u32)
    }

    /// The offset at which results would be added to the form of a function.
    pub(super) fn end_of_params(&self, form: Span) -> Option<u32> {
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
                // An inline import is around the rest.
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

    /// The white space before an offset, from the start of its line. Empty if there is other text.
    pub(crate) fn indentation(&self, at: u32) -> &'a str {
        let before = &self.source[..at as usize];
        let line = &before[before.rfind('\n').map_or(0, |end| end + 1)..];
        if line.trim().is_empty() { line } else { "" }
    }
}
