//! The rules about fields: limits, exports, the start function, segments, tags.

use super::declared::Declared;
use super::locate;
use super::skeleton::Checker;
use crate::ast::{
    Ast, DataMode, ElemItems, ElemMode, Export, ExternDesc, ExternType, Field, GlobalType, Idx, IdxKind,
    Import, MemoryInit, MemoryType, TableInit, TableType, flags,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::lex::{TokenKind, number, string};
use crate::lower::export_space;
use crate::resolve::{IndexSpace, SymbolTable};
use crate::span::Span;
use hashbrown::HashMap;
use wasmparser::{CompositeInnerType, ValType, WasmModuleResources};

/// Checks the fields that are not functions, and all exports.
pub(crate) fn check(
    ast: &Ast,
    scope: &SymbolTable<'_>,
    declared: &Declared<'_>,
    checker: &Checker,
    exports: &[Export],
) -> Vec<Diagnostic> {
    let mut fields = Fields { ast, scope, declared, checker, diagnostics: Vec::new() };
    fields.exports(exports);
    let mut elems = 0;
    for field in &ast.fields {
        match field {
            Field::Import(Import::Single { desc, .. }) => fields.import(desc),
            Field::Import(Import::Items { items, .. }) => {
                for item in &ast.import_items[items.range()] {
                    if let Some(desc) = &item.desc {
                        fields.import(desc);
                    }
                }
            }
            Field::Import(Import::Names { desc, .. }) => fields.import(desc),
            Field::Table(table) => {
                let has_init = !matches!(table.init, TableInit::Default);
                fields.table(&table.ty, table.span, matches!(table.init, TableInit::Elems(_)), has_init);
                if let TableInit::Elems(items) = &table.init {
                    fields.elem_items(items, table.span);
                    elems += 1;
                }
            }
            Field::Memory(memory) => {
                fields.memory(&memory.ty, memory.span, matches!(memory.init, MemoryInit::Data(_)));
            }
            Field::Global(global) => fields.global(&global.ty),
            Field::Tag(tag) => fields.tag(tag.type_use, tag.span),
            Field::Start(span, idx) => fields.start(*span, *idx),
            Field::Elem(elem) => {
                if let ElemMode::Active { table, .. } = elem.mode {
                    fields.active_elem(table, elem.span, elems);
                }
                fields.elem_items(&elem.items, elem.span);
                elems += 1;
            }
            Field::Data(data) => {
                if let DataMode::Active { memory, .. } = data.mode {
                    fields.active_data(memory, data.span);
                }
            }
            _ => {}
        }
    }
    fields.diagnostics
}

struct Fields<'a, 's> {
    ast: &'a Ast,
    scope: &'a SymbolTable<'s>,
    declared: &'a Declared<'a>,
    checker: &'a Checker,
    diagnostics: Vec<Diagnostic>,
}

impl Fields<'_, '_> {
    fn error(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(code, span, message));
    }

    /// The index for an index use, or `None` if it is unknown and reported already.
    fn index(&self, idx: Idx, space: IndexSpace) -> Option<u32> {
        self.scope.index(self.ast, idx, space, &mut Vec::new())
    }

    /// Reports an index that is out of range. Returns `false` if it is.
    fn in_range(&mut self, idx: Idx, space: IndexSpace, form: Span) -> bool {
        let IdxKind::Number(index) = idx.get() else { return true };
        if (index as usize) < self.declared.count(space) {
            return true;
        }
        let span = number_in(self.declared.source, form, index.into()).unwrap_or(form.head());
        self.diagnostics.push(self.declared.unknown_index(space, index.into(), span));
        false
    }

    fn numbers(&self, form: Span) -> Vec<Span> {
        let mut numbers = Vec::new();
        locate::own(self.declared.source, form, |token| {
            if token.kind == TokenKind::Nat {
                numbers.push(token.span());
            }
            false
        });
        numbers
    }

    fn import(&mut self, desc: &ExternDesc) {
        match &desc.ty {
            ExternType::Table(ty) => self.table(ty, desc.span, false, true),
            ExternType::Memory(ty) => self.memory(ty, desc.span, false),
            ExternType::Tag(type_use) => self.tag(*type_use, desc.span),
            ExternType::Global(ty) => self.global(ty),
            ExternType::Func { .. } => {}
        }
    }

    fn table(&mut self, ty: &TableType, form: Span, is_inline: bool, has_init: bool) {
        self.shared(ty.shared, ty.elem, "the elements of a shared table must be shared");
        let numbers = self.numbers(form);
        if !is_inline {
            let most = if ty.limits.is_64 { u64::MAX } else { u32::MAX.into() };
            self.limits(ty.limits.min, ty.limits.max, &numbers, form, most, "table", "elements");
        }
        if !ty.elem.has(flags::NULL) && !has_init {
            let text = self.declared.type_at(ty.elem.start);
            let shown = &self.declared.source[text.range()];
            let nullable = shown.replacen("(ref ", "(ref null ", 1);
            let message = format!(
                "the elements of the table have type {shown}, which has no default value: the table needs an initial value"
            );
            let mut diagnostic = Diagnostic::error(Code::NoDefault, text, message);
            if nullable != shown {
                diagnostic = diagnostic.with_guess(format!("add `null`: `{nullable}`"), text, nullable);
            }
            self.diagnostics.push(diagnostic);
        }
    }

    fn global(&mut self, ty: &GlobalType) {
        self.shared(ty.shared, ty.ty, "a shared global must have a shared type");
    }

    /// Reports a type that is not shared where it must be.
    fn shared(&mut self, must_be: bool, ty: crate::ast::ValType, rule: &str) {
        let is_shared = match (ty.has(flags::REF), ty.has(flags::CONCRETE)) {
            (false, _) => true,
            (true, false) => ty.has(flags::SHARED),
            (true, true) => {
                let Some(index) = self.index(ty.idx, IndexSpace::Type) else { return };
                let ty = self.checker.resources.sub_type_at(index);
                self.checker.is_unknown_index(index) || ty.is_none_or(|ty| ty.composite_type.shared)
            }
        };
        if must_be && !is_shared {
            let span = self.declared.type_at(ty.start);
            let shown = &self.declared.source[span.range()];
            self.error(Code::Invalid, span, format!("{rule}: `{shown}` is not shared"));
        }
    }

    fn memory(&mut self, ty: &MemoryType, form: Span, is_inline: bool) {
        let page = ty.page_size.unwrap_or(16);
        if !matches!(page, 0 | 16) {
            let source = self.declared.source;
            let group = locate::inner(source, form, TokenKind::ParenPageSize);
            let number =
                group.and_then(|group| locate::own(source, group, |token| token.kind == TokenKind::Nat));
            let span = number.or(group).unwrap_or(form.head());
            self.error(
                Code::InvalidLimits,
                span,
                format!("invalid page size: expected 1 or 65536, found {}", 1u64 << page.min(63)),
            );
        }
        let bits = if ty.limits.is_64 { 64 } else { 32 };
        let largest = if ty.limits.is_64 { u64::MAX } else { u32::MAX.into() };
        let most = (1u128 << (bits - page.min(32))).min(largest.into()) as u64;
        let numbers = self.numbers(form);
        if !is_inline {
            self.limits(ty.limits.min, ty.limits.max, &numbers, form, most, "memory", "pages");
        }
        if ty.shared && ty.limits.max.is_none() {
            let span = locate::own(self.declared.source, form, |token| token.kind == TokenKind::Shared);
            let mut diagnostic = Diagnostic::error(
                Code::InvalidLimits,
                span.unwrap_or(form.head()),
                "a shared memory must have a maximum",
            );
            if let Some(min) = numbers.first() {
                diagnostic = diagnostic.with_guess(
                    "add a maximum after the minimum",
                    min.after(),
                    format!(" {}", &self.declared.source[min.range()]),
                );
            }
            self.diagnostics.push(diagnostic);
        }
    }

    #[allow(clippy::too_many_arguments, reason = "they are what limits are made of")]
    fn limits(
        &mut self,
        min: u64,
        max: Option<u64>,
        numbers: &[Span],
        form: Span,
        most: u64,
        what: &str,
        unit: &str,
    ) {
        let place = |n: usize| numbers.get(n).copied().unwrap_or(form.head());
        let too_large = |value: u64, which: &str| {
            let bytes = match (what, most) {
                ("memory", 65536) => " (4 GiB)",
                _ => "",
            };
            format!("the {which} of the {what} is too large: at most {most} {unit}{bytes}, found {value}")
        };
        if min > most {
            self.error(Code::InvalidLimits, place(0), too_large(min, "minimum"));
        }
        let Some(max) = max else { return };
        if max > most {
            let diagnostic = Diagnostic::error(Code::InvalidLimits, place(1), too_large(max, "maximum"));
            let message = format!("write {most}, the largest possible value");
            self.diagnostics.push(diagnostic.with_guess(message, place(1), most.to_string()));
        }
        if min > max {
            let (first, second) = (place(0), place(1));
            let mut diagnostic = Diagnostic::error(
                Code::InvalidLimits,
                first,
                format!("the minimum of the {what} is larger than its maximum: {min} {unit}, at most {max}"),
            )
            .with_label(second, "the maximum");
            if numbers.len() >= 2 {
                let source = self.declared.source;
                let swapped = format!("{} {}", &source[second.range()], &source[first.range()]);
                diagnostic = diagnostic.with_guess("swap minimum and maximum", first.to(second), swapped);
            }
            self.diagnostics.push(diagnostic);
        }
    }

    fn tag(&mut self, type_use: crate::ast::TypeUseId, form: Span) {
        if self.checker.features.contains(wasmparser::WasmFeatures::STACK_SWITCHING) {
            return;
        }
        let type_use = self.ast.type_uses[type_use.0 as usize];
        let source = self.declared.source;
        if !type_use.results.is_empty() {
            let span = locate::inner(source, form, TokenKind::ParenResult).unwrap_or(form.head());
            let message = "the type of a tag cannot have results";
            self.diagnostics.push(Diagnostic::error(Code::Invalid, span, message).with_guess(
                "remove the results",
                span,
                String::new(),
            ));
            return;
        }
        if type_use.idx.is_none() {
            return;
        }
        let Some(index) = self.index(type_use.idx, IndexSpace::Type) else { return };
        let results =
            self.checker.resources.sub_type_at(index).and_then(|ty| match &ty.composite_type.inner {
                CompositeInnerType::Func(func) => Some(func.results().len()),
                _ => None,
            });
        if results.is_some_and(|results| results > 0) {
            let span = locate::inner(source, form, TokenKind::ParenType).unwrap_or(form.head());
            let diagnostic = Diagnostic::error(Code::Invalid, span, "the type of a tag cannot have results");
            let diagnostic = self.declared.with_declaration(diagnostic, IndexSpace::Type, index);
            self.diagnostics.push(diagnostic);
        }
    }

    fn start(&mut self, form: Span, idx: Idx) {
        if !self.in_range(idx, IndexSpace::Func, form) {
            return;
        }
        let Some(func) = self.index(idx, IndexSpace::Func) else { return };
        let resources = &self.checker.resources;
        let Some(ty) = resources.type_index_of_function(func) else { return };
        let Some(sub_type) = resources.sub_type_at(ty) else { return };
        let CompositeInnerType::Func(signature) = &sub_type.composite_type.inner else { return };
        if signature.params().is_empty() && signature.results().is_empty() {
            return;
        }
        let parts = self.declared.definition(IndexSpace::Func, func).map_or_else(Vec::new, |func| {
            [TokenKind::ParenParam, TokenKind::ParenResult]
                .into_iter()
                .flat_map(|kind| self.declared.parts_of_head(func.form, kind))
                .collect()
        });
        let list = |types: &[ValType]| {
            let named = |t: &ValType| self.declared.val_type_in(self.checker, *t, &parts);
            format!("[{}]", types.iter().map(named).collect::<Vec<_>>().join(" "))
        };
        let span = self.index_span(form, idx).unwrap_or(form.head());
        let found = format!("{} -> {}", list(signature.params()), list(signature.results()));
        let name = self.declared.name_of(IndexSpace::Func, func);
        let message = format!(
            "the start function {name} must have no parameters and no results: expected [] -> [], found {found}"
        );
        let diagnostic = Diagnostic::error(Code::StartSignature, span, message);
        self.diagnostics.push(self.declared.with_declaration(diagnostic, IndexSpace::Func, func));
    }

    /// The span of an index use in a form.
    fn index_span(&self, form: Span, idx: Idx) -> Option<Span> {
        match idx.get() {
            IdxKind::Name(slot) => self.ast.names.get(slot as usize).copied(),
            IdxKind::Number(index) => number_in(self.declared.source, form, index.into()),
        }
    }

    fn exports(&mut self, exports: &[Export]) {
        let mut seen: HashMap<Vec<u8>, Span> = HashMap::new();
        let source = self.declared.source;
        for export in exports {
            let name = string::decode(&source[export.name.range()]).into_owned();
            if let Some(&first) = seen.get(&name) {
                let shown = String::from_utf8_lossy(&name).into_owned();
                let message = format!("duplicate export \"{shown}\"");
                self.diagnostics.push(
                    Diagnostic::error(Code::DuplicateExport, export.name, message)
                        .with_label(first, "the first export of this name"),
                );
            } else {
                seen.insert(name, export.name);
            }
            if export.idx.is_none() {
                continue;
            }
            let space = export_space(export.kind);
            self.in_range(export.idx, space, export.span);
        }
    }

    fn elem_items(&mut self, items: &ElemItems, form: Span) {
        if let ElemItems::Funcs(run) = items {
            for &raw in &self.ast.extra[run.range()] {
                self.in_range(Idx::from_raw(raw), IndexSpace::Func, form);
            }
        }
    }

    /// Checks that the table of an active segment exists and has elements of the same type.
    fn active_elem(&mut self, table: Idx, form: Span, elem: u32) {
        let index = if table.is_none() { Some(0) } else { self.index(table, IndexSpace::Table) };
        let Some(index) = index else { return };
        if !table.is_none() && !self.in_range(table, IndexSpace::Table, form) {
            return;
        }
        let resources = &self.checker.resources;
        let Some(ty) = resources.table_at(index) else {
            let head = self.declared.head(form);
            let diagnostic = self.declared.unknown_index(IndexSpace::Table, index.into(), head);
            let diagnostic = match self.declared.count(IndexSpace::Table) {
                0 => self.declared.with_definition(diagnostic, IndexSpace::Table, form.start),
                _ => diagnostic,
            };
            self.diagnostics.push(diagnostic.with_note("an active element segment needs a table"));
            return;
        };
        let Some(found) = resources.element_type_at(elem) else { return };
        let (expected, found) = (ValType::Ref(ty.element_type), ValType::Ref(found));
        let unknown = self.checker.is_unknown(expected) || self.checker.is_unknown(found);
        if unknown || resources.is_subtype(found, expected) || self.scope.is_faulty(IndexSpace::Table, index)
        {
            return;
        }
        let of_table = self.declared.definition(IndexSpace::Table, index);
        let of_table = of_table.and_then(|table| self.declared.type_in_head(table.form));
        let named = |t, part: Span| self.declared.val_type_in(self.checker, t, &[part]);
        let (expected, found) =
            (named(expected, of_table.unwrap_or_default()), named(found, self.elem_type_span(form)));
        let message = format!(
            "type mismatch: the table has elements of another type than the segment: expected {expected}, found {found}"
        );
        let span = self.elem_type_span(form);
        let diagnostic = Diagnostic::error(Code::TypeMismatch, span, message);
        let diagnostic = match self.declared.span_of(IndexSpace::Table, index) {
            Some(place) => diagnostic.with_label(place, format!("the table has elements of type {expected}")),
            None => diagnostic,
        };
        self.diagnostics.push(diagnostic);
    }

    /// The type of a segment's elements; its first word if it has none.
    fn elem_type_span(&self, form: Span) -> Span {
        let source = self.declared.source;
        let mut depth = 0;
        for token in locate::tokens(source, form) {
            if depth == 1 {
                match token.kind {
                    TokenKind::Func | TokenKind::RefType => return token.span(),
                    TokenKind::ParenRef => return locate::closed(source, token.span()),
                    _ => {}
                }
            }
            if token.kind.is_open() {
                depth += 1;
            } else if token.kind == TokenKind::Close {
                depth -= 1;
            }
        }
        self.declared.head(form)
    }

    fn active_data(&mut self, memory: Idx, form: Span) {
        if !memory.is_none() {
            self.in_range(memory, IndexSpace::Memory, form);
            return;
        }
        if self.declared.count(IndexSpace::Memory) == 0 {
            let head = self.declared.head(form);
            let diagnostic = self.declared.unknown_index(IndexSpace::Memory, 0, head);
            let diagnostic = self.declared.with_definition(diagnostic, IndexSpace::Memory, form.start);
            self.diagnostics.push(diagnostic.with_note("an active data segment needs a memory"));
        }
    }
}

/// The span of the number `value` in a form.
pub(super) fn number_in(source: &str, form: Span, value: u64) -> Option<Span> {
    locate::any(source, form, |token| {
        token.kind == TokenKind::Nat
            && number::magnitude(&source[token.span().range()]) == Some((false, value))
    })
}
