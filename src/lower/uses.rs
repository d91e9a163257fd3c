//! The features of WebAssembly that a module uses, recorded while it is lowered.
//!
//! Features that depend on the immediates of an instruction are recorded in [`super::instr`], all others here. Whether
//! the module may use them is decided elsewhere.

use crate::ast::{
    Ast, CompType, DataItem, DataMode, ElemItems, ElemMode, Export, ExternDesc, ExternType, Field,
    GlobalType, Idx, Import, Instr, MemoryInit, MemoryType, RecGroup, Run, TableInit, TableType, TypeDef,
    TypeUseId, ValType, flags,
};
use crate::features::{Feature, FeatureSet, features_of};
use crate::instr::{Op, Proposal};
use crate::lex::{Lexer, TokenKind};
use crate::resolve::{IndexSpace, SymbolTable};
use crate::span::Span;
use wasm_encoder::ExportKind;

/// The used features.
#[derive(Default)]
pub(crate) struct Uses {
    pub(crate) set: FeatureSet,
    /// The features whose uses are recorded with their places.
    pub(crate) located: FeatureSet,
    /// The uses of these features: the starts of their tokens, in no particular order.
    pub(crate) places: Vec<(Feature, u32)>,
}

/// Facts about earlier fields that decide whether a field uses a feature.
#[derive(Default)]
pub(super) struct Seen {
    has_empty_group: bool,
    types: u32,
    tables: u32,
    memories: u32,
    imported_globals: u32,
    /// Whether each global is mutable.
    globals: Vec<bool>,
    /// The exported globals, and the places of the exports.
    exported: Vec<(u32, u32)>,
    /// The first export whose field is still to come.
    open_export: Option<u32>,
}

// The bytes of types in the binary format.
/// Only that of `i32` is larger.
const I64: u8 = 0x7e;
const F32: u8 = 0x7d;
const F64: u8 = 0x7c;
const V128: u8 = 0x7b;

impl Uses {
    /// Records a use whose token begins at `at`.
    #[inline]
    pub(crate) fn note(&mut self, feature: Feature, at: u32) {
        self.set = self.set.with(FeatureSet::of(feature));
        if self.located.has(feature) {
            self.places.push((feature, at));
        }
    }

    /// Records a use at the first token of a form with that word, perhaps after a parenthesis.
    fn note_word(&mut self, feature: Feature, source: &str, form: Span, word: &str) {
        let mut at = form.start;
        if self.located.has(feature) {
            let is_it = |span: &Span| source[span.range()].trim_start_matches('(').trim() == word;
            let found = Lexer::plain(source, form).map(|token| token.span()).find(is_it);
            at = found.unwrap_or(form).start;
        }
        self.note(feature, at);
    }

    /// Adds what was recorded elsewhere.
    pub(crate) fn append(&mut self, other: &Uses) {
        self.set = self.set.with(other.set);
        self.places.extend_from_slice(&other.places);
    }

    /// Removes all uses.
    pub(crate) fn clear(&mut self) {
        self.set = FeatureSet::EMPTY;
        self.places.clear();
    }

    /// Records instructions without regard to their immediates.
    #[inline]
    pub(super) fn instrs(&mut self, instrs: &[Instr]) {
        let sets = instrs.iter().map(|instr| features_of(instr.op));
        self.set = sets.fold(self.set, FeatureSet::with);
    }

    /// Records an instruction without regard to its immediates.
    #[inline]
    pub(super) fn op(&mut self, op: Op, at: u32) {
        let set = features_of(op);
        self.set = self.set.with(set);
        let located = set.common(self.located);
        if !located.is_empty() {
            self.places.extend(located.named().map(|feature| (feature, at)));
        }
    }

    // -------------------------------------------------------------------------------------- Types

    /// Records a value type, storage type or reference type. `at` is its place if the type has none of its own.
    #[inline]
    pub(super) fn val_type(&mut self, t: ValType, at: u32) {
        if !t.has(flags::REF) && t.code >= I64 {
            return;
        }
        let at = at.max(t.start);
        if t.has(flags::REF) {
            return self.ref_type(t, t.has(flags::NULL), at);
        }
        match t.code {
            F32 | F64 => self.note(Feature::Floats, at),
            V128 => self.note(Feature::Simd, at),
            _ => {}
        }
    }

    /// Records a type that is one byte in the binary format: a number, a vector or a nullable abstract reference.
    #[inline]
    pub(super) fn type_byte(&mut self, code: u8, at: u32) {
        let flags = if code >= V128 { 0 } else { flags::REF | flags::NULL };
        self.val_type(ValType { start: at, idx: Idx::NONE, code, flags }, at);
    }

    /// Records a heap type, as one of nullable references.
    pub(super) fn heap_type(&mut self, t: ValType, at: u32) {
        self.ref_type(t, true, at.max(t.start));
    }

    fn ref_type(&mut self, t: ValType, is_nullable: bool, at: u32) {
        self.note(Feature::ReferenceTypes, at);
        if t.has(flags::CONCRETE) {
            let is_exact = t.has(flags::EXACT);
            return self
                .note(if is_exact { Feature::CustomDescriptors } else { Feature::TypeReferences }, at);
        }
        if t.has(flags::SHARED) {
            self.note(Feature::SharedEverythingThreads, at);
        }
        if !matches!(t.code, FUNC | EXN) {
            self.note(Feature::GcTypes, at);
        }
        match t.code {
            FUNC | EXTERN if is_nullable => {}
            FUNC | EXTERN => self.note(Feature::FunctionReferences, at),
            EXN | NO_EXN => self.note(Feature::Exceptions, at),
            NO_CONT | CONT => self.note(Feature::StackSwitching, at),
            _ => self.note(Feature::Gc, at),
        }
    }

    /// Records the parameters and results of a type use or a function type.
    pub(super) fn signature(&mut self, ast: &Ast, id: TypeUseId) {
        let type_use = ast.type_uses[id.0 as usize];
        self.locals(ast, type_use.params);
        let results = &ast.val_types[type_use.results.range()];
        for &result in results {
            self.val_type(result, 0);
        }
        if let Some(second) = results.get(1) {
            self.note(Feature::MultiValue, second.start);
        }
    }

    /// Records the types of locals or parameters.
    pub(super) fn locals(&mut self, ast: &Ast, locals: Run) {
        for local in &ast.params[locals.range()] {
            self.val_type(local.ty, 0);
        }
    }

    fn rec_group(&mut self, scope: &SymbolTable<'_>, ast: &Ast, group: &RecGroup, seen: &mut Seen) {
        let source = scope.source;
        let defs = &ast.type_defs[group.types.range()];
        if group.explicit {
            self.explicit_group(source, defs.first(), seen);
        }
        for def in defs {
            if !group.explicit {
                self.recursion(scope, ast, def, seen.types);
            }
            self.type_def(source, ast, def);
        }
        seen.types += group.types.len();
    }

    /// Records a `rec` group, of which the first type is known.
    fn explicit_group(&mut self, source: &str, first: Option<&TypeDef>, seen: &mut Seen) {
        const NEAR: usize = 1 << 10;
        self.set = self.set.with(FeatureSet::of(Feature::Gc));
        if !self.located.has(Feature::Gc) {
            return;
        }
        let at = match first {
            Some(first) => {
                let end = first.span.start as usize;
                let start = end.saturating_sub(NEAR);
                let found = memchr::memmem::rfind(&source.as_bytes()[start..end], b"(rec");
                found.map_or(end, |found| start + found) as u32
            }
            // The tree does not say where an empty group is. The first group of the module is near enough.
            None if seen.has_empty_group => return,
            None => {
                seen.has_empty_group = true;
                let whole = Span::new(0, source.len() as u32);
                let first = Lexer::plain(source, whole).find(|token| token.kind == TokenKind::ParenRec);
                first.map_or(0, |token| token.span().start)
            }
        };
        self.note(Feature::Gc, at);
    }

    /// Records references of a type, the first of its group, to itself or to types after it.
    fn recursion(&mut self, scope: &SymbolTable<'_>, ast: &Ast, def: &TypeDef, first: u32) {
        let is_known_later = |idx: Idx| {
            let index = scope.index(ast, idx, IndexSpace::Type, &mut Vec::new());
            index.is_some_and(|index| index >= first)
        };
        match def.comp {
            CompType::Func(id) => {
                let type_use = ast.type_uses[id.0 as usize];
                let params = ast.params[type_use.params.range()].iter().map(|param| param.ty);
                for t in params.chain(ast.val_types[type_use.results.range()].iter().copied()) {
                    if t.has(flags::CONCRETE) && is_known_later(t.idx) {
                        self.note(Feature::Gc, t.start);
                    }
                }
            }
            CompType::Cont(idx) if is_known_later(idx) => {
                self.note_word(Feature::Gc, scope.source, def.span, "cont");
            }
            // These belong to the proposal anyway.
            CompType::Struct(_) | CompType::Array(_) | CompType::Cont(_) => {}
        }
    }

    fn type_def(&mut self, source: &str, ast: &Ast, def: &TypeDef) {
        if !def.is_final || !def.supers.is_empty() {
            self.note_word(Feature::Gc, source, def.span, "sub");
        }
        if def.shared {
            self.note_word(Feature::SharedEverythingThreads, source, def.span, "shared");
        }
        for (idx, word) in [(def.describes, "describes"), (def.descriptor, "descriptor")] {
            if !idx.is_none() {
                self.note_word(Feature::CustomDescriptors, source, def.span, word);
            }
        }
        let mut of_gc = |word: &str| {
            self.note_word(Feature::Gc, source, def.span, word);
            self.note_word(Feature::GcTypes, source, def.span, word);
        };
        match def.comp {
            CompType::Func(id) => self.signature(ast, id),
            CompType::Struct(run) => {
                of_gc("struct");
                for field in &ast.struct_fields[run.range()] {
                    self.val_type(field.ty, 0);
                }
            }
            CompType::Array(t) => {
                of_gc("array");
                self.val_type(t, 0);
            }
            CompType::Cont(_) => {
                self.note_word(Feature::StackSwitching, source, def.span, "cont");
                self.note_word(Feature::GcTypes, source, def.span, "cont");
            }
        }
    }

    fn table_type(&mut self, source: &str, ty: &TableType, form: Span, seen: &mut Seen) {
        seen.tables += 1;
        if seen.tables > 1 {
            self.note(Feature::ReferenceTypes, form.start);
        }
        let is_funcref = ty.elem.code == FUNC
            && ty.elem.has(flags::NULL)
            && !ty.elem.has(flags::SHARED)
            && !ty.elem.has(flags::CONCRETE);
        if !is_funcref {
            self.val_type(ty.elem, 0);
        }
        if ty.limits.is_64 {
            self.note_word(Feature::Memory64, source, form, "i64");
        }
        if ty.shared {
            self.note_word(Feature::SharedEverythingThreads, source, form, "shared");
        }
    }

    fn memory_type(&mut self, source: &str, ty: &MemoryType, form: Span, seen: &mut Seen) {
        seen.memories += 1;
        if seen.memories > 1 {
            self.note(Feature::MultiMemory, form.start);
        }
        if ty.limits.is_64 {
            self.note_word(Feature::Memory64, source, form, "i64");
        }
        if ty.shared {
            self.note_word(Feature::Threads, source, form, "shared");
        }
        if ty.page_size.is_some() {
            self.note_word(Feature::CustomPageSizes, source, form, "pagesize");
        }
    }

    fn global_type(&mut self, source: &str, ty: &GlobalType, form: Span, seen: &mut Seen) {
        self.val_type(ty.ty, 0);
        if ty.shared {
            self.note_word(Feature::SharedEverythingThreads, source, form, "shared");
        }
        seen.globals.push(ty.mutable);
        if ty.mutable
            && let Some(at) = seen.open_export
        {
            self.note(Feature::MutableGlobal, at);
        }
    }

    // ------------------------------------------------------------------------------------- Fields

    /// Records a field that is not a function.
    pub(super) fn field(&mut self, scope: &SymbolTable<'_>, ast: &Ast, field: &Field, seen: &mut Seen) {
        let source = scope.source;
        match field {
            Field::Export(export) => return self.export(scope, ast, export, seen),
            Field::Rec(group) => self.rec_group(scope, ast, group, seen),
            Field::Import(import) => self.import(source, ast, import, seen),
            Field::Table(table) => {
                self.table_type(source, &table.ty, table.span, seen);
                match &table.init {
                    TableInit::Default => {}
                    TableInit::Expr(body) => {
                        let first = ast.instrs[body.range()].first();
                        let at = first.map_or(table.span.start, |instr| instr.start);
                        self.note(Feature::FunctionReferences, at);
                        self.const_expr(scope, ast, *body, seen);
                    }
                    TableInit::Elems(items) => self.elems(scope, ast, items, seen),
                }
            }
            Field::Memory(memory) => {
                self.memory_type(source, &memory.ty, memory.span, seen);
                if let MemoryInit::Data(items) = memory.init {
                    self.data_items(source, ast, items, memory.span);
                }
            }
            Field::Global(global) => {
                self.global_type(source, &global.ty, global.span, seen);
                self.const_expr(scope, ast, global.init, seen);
            }
            Field::Tag(tag) => {
                self.note(Feature::Exceptions, tag.span.start);
                self.signature(ast, tag.type_use);
            }
            Field::Elem(elem) => {
                match elem.mode {
                    ElemMode::Passive | ElemMode::Declare => self.note(Feature::BulkMemory, elem.span.start),
                    ElemMode::Active { offset, .. } => self.const_expr(scope, ast, offset, seen),
                }
                self.elems(scope, ast, &elem.items, seen);
            }
            Field::Data(data) => {
                match data.mode {
                    DataMode::Passive => self.note(Feature::BulkMemory, data.span.start),
                    DataMode::Active { offset, .. } => self.const_expr(scope, ast, offset, seen),
                }
                self.data_items(source, ast, data.items, data.span);
            }
            Field::Func(_) | Field::Start(..) | Field::Annotation(_) => {}
        }
        seen.open_export = None;
    }

    /// Records what only all fields together show.
    pub(super) fn all_fields(&mut self, seen: &Seen) {
        for &(global, at) in &seen.exported {
            if seen.globals.get(global as usize) == Some(&true) {
                self.note(Feature::MutableGlobal, at);
            }
        }
    }

    fn export(&mut self, scope: &SymbolTable<'_>, ast: &Ast, export: &Export, seen: &mut Seen) {
        if export.idx.is_none() {
            _ = seen.open_export.get_or_insert(export.span.start);
        } else if export.kind == ExportKind::Global
            && let Some(global) = scope.index(ast, export.idx, IndexSpace::Global, &mut Vec::new())
        {
            seen.exported.push((global, export.span.start));
        }
    }

    fn import(&mut self, source: &str, ast: &Ast, import: &Import, seen: &mut Seen) {
        match import {
            Import::Single { desc, .. } => self.desc(source, ast, desc, seen),
            Import::Items { span, items, .. } => {
                self.note(Feature::CompactImports, span.start);
                for item in &ast.import_items[items.range()] {
                    if let Some(desc) = &item.desc {
                        self.desc(source, ast, desc, seen);
                    }
                }
            }
            Import::Names { span, items, desc, .. } => {
                self.note(Feature::CompactImports, span.start);
                // The second shows whether there may be several; the description can be long.
                for _ in items.range().take(2) {
                    self.desc(source, ast, desc, seen);
                }
                if let ExternType::Global(ty) = desc.ty {
                    let more = items.len().saturating_sub(2);
                    seen.imported_globals += more;
                    seen.globals.extend(std::iter::repeat_n(ty.mutable, more as usize));
                }
            }
        }
    }

    fn desc(&mut self, source: &str, ast: &Ast, desc: &ExternDesc, seen: &mut Seen) {
        match &desc.ty {
            ExternType::Func { type_use, exact } => {
                if *exact {
                    self.note_word(Feature::CustomDescriptors, source, desc.span, "exact");
                }
                self.signature(ast, *type_use);
            }
            ExternType::Table(ty) => self.table_type(source, ty, desc.span, seen),
            ExternType::Memory(ty) => self.memory_type(source, ty, desc.span, seen),
            ExternType::Global(ty) => {
                self.global_type(source, ty, desc.span, seen);
                seen.imported_globals += 1;
                if ty.mutable {
                    self.note_word(Feature::MutableGlobal, source, desc.span, "mut");
                }
            }
            ExternType::Tag(type_use) => {
                self.note(Feature::Exceptions, desc.span.start);
                self.signature(ast, *type_use);
            }
        }
    }

    /// Records the import of a function that has a form of its own.
    pub(super) fn exact_import(&mut self, source: &str, form: Span) {
        self.note_word(Feature::CustomDescriptors, source, form, "exact");
    }

    fn elems(&mut self, scope: &SymbolTable<'_>, ast: &Ast, items: &ElemItems, seen: &Seen) {
        if let ElemItems::Exprs(t, run) = items {
            let exprs = &ast.exprs[run.range()];
            let first = exprs.first().and_then(|expr| ast.instrs[expr.range()].first());
            self.val_type(*t, if t.start == 0 { first.map_or(0, |instr| instr.start) } else { 0 });
            for expr in exprs {
                self.const_expr(scope, ast, *expr, seen);
            }
        }
    }

    fn data_items(&mut self, source: &str, ast: &Ast, items: Run, form: Span) {
        let is_numeric = |item: &DataItem| matches!(item, DataItem::Bytes(_));
        if ast.data_items[items.range()].iter().any(is_numeric) {
            let at = match self.located.has(Feature::NumericValues) {
                true => numbers(source, form).unwrap_or(form.start),
                false => form.start,
            };
            self.note(Feature::NumericValues, at);
        }
    }

    /// Records what instructions use only because they are in a constant expression.
    fn const_expr(&mut self, scope: &SymbolTable<'_>, ast: &Ast, body: Run, seen: &Seen) {
        for instr in &ast.instrs[body.range()] {
            let mnemonic = instr.op.mnemonic();
            if instr.op.row().proposal != Proposal::Mvp {
                continue;
            }
            if Some(instr.op) == const { Op::named("global.get") } {
                let global = scope.index(ast, Idx::from_raw(instr.imm), IndexSpace::Global, &mut Vec::new());
                if global.is_some_and(|global| global >= seen.imported_globals) {
                    self.note(Feature::Gc, instr.start);
                }
            } else if matches!(
                mnemonic,
                "i32.add" | "i32.sub" | "i32.mul" | "i64.add" | "i64.sub" | "i64.mul"
            ) {
                self.note(Feature::ExtendedConst, instr.start);
            }
        }
    }
}

// The bytes of abstract heap types in the binary format.
const NO_CONT: u8 = 0x75;
const NO_EXN: u8 = 0x74;
const FUNC: u8 = 0x70;
const EXTERN: u8 = 0x6f;
const EXN: u8 = 0x69;
const CONT: u8 = 0x68;

/// The type of the first list of numbers among the data of a form.
fn numbers(source: &str, form: Span) -> Option<u32> {
    let mut is_after_open = false;
    for token in Lexer::plain(source, form) {
        let text = &source[token.span().range()];
        if is_after_open && matches!(text, "i8" | "i16" | "i32" | "i64" | "f32" | "f64" | "v128") {
            return Some(token.span().start);
        }
        is_after_open = token.kind == TokenKind::Open;
    }
    None
}
