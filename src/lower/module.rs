//! Lowers fields to sections.

pub(crate) mod funcs;
mod sections;
pub(crate) mod types;

use super::custom::{self, CustomSection, MetadataSections};
use super::func::name_bytes;
use super::instr::{CodeBuffer, CodeOrigin, FuncLowerer};
use super::names::{ModuleNames, NameMap};
use super::site::Site;
use super::uses::{Seen, Uses};
use crate::ast::{
    Ast, Data, DataItem, DataMode, Elem, ElemItems, ElemMode, Export, ExternDesc, ExternType, Field, Global,
    Idx, Import, Memory, MemoryInit, Naming, Run, Table, TableInit, Tag,
};
use crate::features::FeatureSet;
use crate::lex::string;
use crate::resolve::{Fault, ImplicitTypes, IndexSpace, SymbolTable, TypeRef};
use crate::span::Span;
use std::borrow::Cow;
use wasm_encoder as enc;
use wasm_encoder::{Encode, ExportKind};

/// A lowered module.
pub(crate) struct LoweredModule {
    pub(crate) bytes: Vec<u8>,
    pub(crate) implicit: ImplicitTypes,
    pub(crate) places: Origins,
    pub(crate) uses: Uses,
    /// The features that functions use.
    pub(crate) code_features: FeatureSet,
    /// The places that a linker changes, with offsets in the binary, if asked for.
    pub(crate) sites: Vec<Site>,
}

/// The origins of the parts of a binary in the source.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origins {
    /// The field or type definition of each item, by section id.
    items: [Vec<Span>; SECTION_IDS],
    /// The field of each defined function.
    pub(crate) funcs: Vec<Span>,
    /// The origins of all instructions, if asked for, with offsets in the binary.
    pub(crate) code: Vec<CodeOrigin>,
    /// For each body, if asked for: its range in the binary, and its range in `code`.
    pub(crate) bodies: Vec<(Run, Run)>,
    /// The relocations of an object, in order.
    pub(crate) relocations: Vec<Relocated>,
}

/// A relocation, for people.
#[derive(Clone, Debug)]
#[cfg_attr(not(feature = "emit"), allow(dead_code, reason = "only listings show relocations"))]
pub(crate) struct Relocated {
    /// The offset in the binary.
    pub(crate) at: u32,
    /// The number of bytes that it changes.
    pub(crate) size: usize,
    /// The name of the relocation, without `R_WASM_`.
    pub(crate) kind: &'static str,
    /// The name of the symbol without special characters, and the addend.
    pub(crate) symbol: String,
}

/// Returns the index space of what an export refers to.
pub(crate) fn export_space(kind: ExportKind) -> IndexSpace {
    match kind {
        ExportKind::Func => IndexSpace::Func,
        ExportKind::Table => IndexSpace::Table,
        ExportKind::Memory => IndexSpace::Memory,
        ExportKind::Global => IndexSpace::Global,
        ExportKind::Tag => IndexSpace::Tag,
    }
}

const SECTION_IDS: usize = 14;

impl Origins {
    /// Returns the origin of an item of a section.
    pub(crate) fn item(&self, id: u8, index: usize) -> Option<Span> {
        self.items.get(usize::from(id))?.get(index).copied()
    }

    pub(crate) fn push(&mut self, id: enc::SectionId, span: Span) {
        self.items[id as usize].push(span);
    }
}

/// Collects the sections of a module.
pub(crate) struct ModuleBuilder<'s> {
    scope: &'s SymbolTable<'s>,
    with_names: bool,
    pub(crate) faults: Vec<Fault>,

    /// The items of the type section, and their number.
    types: Vec<u8>,
    type_items: u32,
    type_index: u32,
    implicit: ImplicitTypes,
    imports: enc::ImportSection,
    funcs: enc::FunctionSection,
    tables: enc::TableSection,
    memories: enc::MemorySection,
    tags: enc::TagSection,
    globals: enc::GlobalSection,
    exports: enc::ExportSection,
    start: Option<u32>,
    start_span: Option<Span>,
    elems: enc::ElementSection,
    code: Vec<u8>,
    needs_data_count: bool,
    datas: Vec<u8>,
    data_items: u32,
    /// The sections of code metadata.
    metadata: MetadataSections,
    customs: Vec<CustomSection>,
    names: ModuleNames,
    places: Origins,
    sites: Vec<Site>,
    uses: Uses,
    code_features: FeatureSet,
    seen: Seen,

    /// The number of definitions so far, by index space.
    counts: [u32; 8],
    /// The first definition. No import may come after it.
    defined: Option<(IndexSpace, Span)>,
    /// Inline exports of the next field.
    open_exports: Vec<Export>,
    /// Metadata of the next function.
    open_metadata: Vec<(Span, Vec<u8>)>,
    exprs: FuncLowerer<'s>,
    scratch: CodeBuffer,
}

impl<'s> ModuleBuilder<'s> {
    /// Returns a builder without fields. `implicit` has the implicit types with known indices, usually none.
    pub(crate) fn new(
        scope: &'s SymbolTable<'s>,
        naming: Naming,
        with_names: bool,
        implicit: ImplicitTypes,
    ) -> ModuleBuilder<'s> {
        let token = naming.name.or(naming.id);
        let names = ModuleNames {
            module: token.map(|token| name_bytes(scope.source, token)),
            ..ModuleNames::default()
        };
        ModuleBuilder {
            scope,
            with_names,
            faults: Vec::new(),
            types: Vec::new(),
            type_items: 0,
            type_index: 0,
            implicit,
            imports: enc::ImportSection::new(),
            funcs: enc::FunctionSection::new(),
            tables: enc::TableSection::new(),
            memories: enc::MemorySection::new(),
            tags: enc::TagSection::new(),
            globals: enc::GlobalSection::new(),
            exports: enc::ExportSection::new(),
            start: None,
            start_span: None,
            elems: enc::ElementSection::new(),
            code: Vec::new(),
            needs_data_count: false,
            datas: Vec::new(),
            data_items: 0,
            metadata: MetadataSections::default(),
            customs: Vec::new(),
            names,
            places: Origins::default(),
            sites: Vec::new(),
            uses: Uses::default(),
            code_features: FeatureSet::EMPTY,
            seen: Seen::default(),
            counts: [0; 8],
            defined: None,
            open_exports: Vec::new(),
            open_metadata: Vec::new(),
            exprs: FuncLowerer::default(),
            scratch: CodeBuffer::default(),
        }
    }

    /// Requests the places of the uses of these features.
    pub(crate) fn locate_uses(&mut self, of: FeatureSet) {
        self.uses.located = of;
        self.scratch.uses.located = of;
    }

    fn text(&self, span: Span) -> &'s str {
        &self.scope.source[span.range()]
    }

    fn decoded(&self, token: Span) -> Cow<'s, str> {
        match string::decode(self.text(token)) {
            Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
            Cow::Owned(bytes) => String::from_utf8_lossy(&bytes).into_owned().into(),
        }
    }

    // ------------------------------------------------------------------------------------ Fields

    /// Adds the fields of one form other than a function.
    pub(crate) fn add_fields(&mut self, ast: &Ast, fields: &[Field]) {
        for field in fields {
            self.uses.field(self.scope, ast, field, &mut self.seen);
            match field {
                Field::Rec(group) => self.rec_group(ast, group),
                Field::Import(import) => self.import(ast, import),
                // Functions are added by `add_func`.
                Field::Func(_) => {}
                Field::Table(table) => self.table(ast, table),
                Field::Memory(memory) => self.memory(ast, memory),
                Field::Global(global) => self.global(ast, global),
                Field::Tag(tag) => self.tag(ast, tag),
                Field::Export(export) => self.export(ast, export),
                Field::Start(span, idx) => {
                    if let Some(first) = self.start_span.replace(*span) {
                        self.faults.push(Fault::MultipleStart { at: *span, first });
                    }
                    self.start = self.scope.index(ast, *idx, IndexSpace::Func, &mut self.faults);
                    self.places.push(enc::SectionId::Start, *span);
                }
                Field::Elem(elem) => self.elem(ast, elem),
                Field::Data(data) => self.data(ast, data),
                Field::Annotation(annotation) => {
                    self.customs.extend(custom::section(self.scope, ast, annotation, &mut self.faults));
                }
            }
        }
    }

    /// Returns the index of the next definition of an index space, and adds its inline exports.
    fn next(&mut self, space: IndexSpace, span: Span, imported: bool) -> u32 {
        let index = self.counts[space as usize];
        self.counts[space as usize] += 1;
        let kind = match space {
            IndexSpace::Func => ExportKind::Func,
            IndexSpace::Table => ExportKind::Table,
            IndexSpace::Memory => ExportKind::Memory,
            IndexSpace::Global => ExportKind::Global,
            IndexSpace::Tag => ExportKind::Tag,
            _ => return index,
        };
        for export in std::mem::take(&mut self.open_exports) {
            self.exports.export(&self.decoded(export.name), kind, index);
            self.places.push(enc::SectionId::Export, export.span);
        }
        if imported {
            self.check_import_place(span);
        } else if self.defined.is_none() {
            self.defined = Some((space, span));
        }
        index
    }

    /// Checks that an import comes before all definitions.
    fn check_import_place(&mut self, at: Span) {
        if let Some((space, defined)) = self.defined {
            self.faults.push(Fault::ImportAfterDefinition { at, space, defined });
        }
    }

    fn name(&mut self, space: IndexSpace, index: u32, naming: Naming) {
        if !self.with_names {
            return;
        }
        let Some(token) = naming.name.or(naming.id) else { return };
        let name = name_bytes(self.scope.source, token);
        let map = match space {
            IndexSpace::Type => &mut self.names.types,
            IndexSpace::Func => &mut self.names.funcs,
            IndexSpace::Table => &mut self.names.tables,
            IndexSpace::Memory => &mut self.names.memories,
            IndexSpace::Global => &mut self.names.globals,
            IndexSpace::Tag => &mut self.names.tags,
            IndexSpace::Elem => &mut self.names.elems,
            _ => &mut self.names.datas,
        };
        map.push(index, &name);
    }

    fn naming_map(&self, namings: impl Iterator<Item = Naming>) -> NameMap {
        let mut map = NameMap::default();
        for (index, naming) in (0..).zip(namings) {
            if let Some(token) = naming.name.or(naming.id) {
                map.push(index, &name_bytes(self.scope.source, token));
            }
        }
        map
    }

    // ----------------------------------------------------------------------------------- Imports

    fn import(&mut self, ast: &Ast, import: &Import) {
        match import {
            Import::Single { span, module, name, desc } => {
                let ty = self.extern_type(ast, desc);
                let (module, name) = (self.decoded(*module), self.decoded(*name));
                let (module, name) = (module.as_ref(), name.as_ref());
                self.imports.imports(enc::Imports::Single(enc::Import { module, name, ty }));
                self.places.push(enc::SectionId::Import, *span);
                self.imported(ast, desc, *span);
            }
            Import::Items { span, module, items } => {
                let module = self.decoded(*module);
                let mut compact = Vec::new();
                for item in &ast.import_items[items.range()] {
                    if let Some(desc) = &item.desc {
                        let ty = self.extern_type(ast, desc);
                        compact.push((self.decoded(item.name), ty));
                        self.places.push(enc::SectionId::Import, desc.span);
                        self.imported(ast, desc, desc.span);
                    }
                }
                let items: Vec<_> =
                    compact.iter().map(|(name, ty)| enc::ImportCompact { name, ty: *ty }).collect();
                self.imports.imports(enc::Imports::Compact1 { module: &module, items: items.into() });
                self.check_import_place(*span);
            }
            Import::Names { span, module, items, desc } => {
                let module = self.decoded(*module);
                let ty = self.extern_type(ast, desc);
                let items = &ast.import_items[items.range()];
                let names: Vec<_> = items.iter().map(|item| self.decoded(item.name)).collect();
                let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
                self.imports.imports(enc::Imports::Compact2 { module: &module, ty, names: names.into() });
                self.check_import_place(*span);
                for _ in items {
                    self.places.push(enc::SectionId::Import, *span);
                    self.imported(ast, desc, *span);
                }
            }
        }
    }

    fn extern_type(&mut self, ast: &Ast, desc: &ExternDesc) -> enc::EntityType {
        match &desc.ty {
            ExternType::Func { type_use, exact } => {
                let index = self.type_use(ast, *type_use, desc.span);
                if *exact { enc::EntityType::FunctionExact(index) } else { enc::EntityType::Function(index) }
            }
            ExternType::Table(t) => enc::EntityType::Table(self.table_type(ast, t)),
            ExternType::Memory(t) => enc::EntityType::Memory(Self::memory_type(t)),
            ExternType::Global(t) => enc::EntityType::Global(self.global_type(ast, t)),
            ExternType::Tag(type_use) => {
                let func_type_idx = self.type_use(ast, *type_use, desc.span);
                enc::EntityType::Tag(enc::TagType { kind: enc::TagKind::Exception, func_type_idx })
            }
        }
    }

    /// Adds an imported definition and its name.
    fn imported(&mut self, ast: &Ast, desc: &ExternDesc, span: Span) {
        let space = match desc.ty {
            ExternType::Func { .. } => IndexSpace::Func,
            ExternType::Table(_) => IndexSpace::Table,
            ExternType::Memory(_) => IndexSpace::Memory,
            ExternType::Global(_) => IndexSpace::Global,
            ExternType::Tag(_) => IndexSpace::Tag,
        };
        let index = self.next(space, span, true);
        self.name(space, index, desc.naming);
        if self.with_names
            && let ExternType::Func { type_use, .. } = desc.ty
        {
            let map = self.param_names(ast, type_use);
            self.names.locals.push(index, &map);
        }
    }

    // ------------------------------------------------------------------------------- Definitions

    fn const_expr(&mut self, ast: &Ast, body: Run) -> enc::ConstExpr {
        let mut code = std::mem::take(&mut self.scratch);
        code.bytes.clear();
        code.fixups.clear();
        self.exprs.constant(self.scope, ast, body, &mut code);
        self.faults.append(&mut code.faults);
        let mut bytes = Vec::new();
        let mut from = 0;
        for fixup in &code.fixups {
            bytes.extend_from_slice(&code.bytes[from..fixup.at as usize]);
            from = fixup.at as usize;
            let index = self.implicit.index(TypeRef::Signature(fixup.signature), &code.signatures);
            fixup.encode(index, &mut bytes);
        }
        bytes.extend_from_slice(&code.bytes[from..]);
        code.metadata.clear();
        self.scratch = code;
        enc::ConstExpr::raw(bytes)
    }

    fn zero(is_64: bool) -> enc::ConstExpr {
        if is_64 { enc::ConstExpr::i64_const(0) } else { enc::ConstExpr::i32_const(0) }
    }

    fn table(&mut self, ast: &Ast, table: &Table) {
        let index = self.next(IndexSpace::Table, table.span, false);
        self.name(IndexSpace::Table, index, table.naming);
        let ty = self.table_type(ast, &table.ty);
        self.places.push(enc::SectionId::Table, table.span);
        match table.init {
            TableInit::Default => _ = self.tables.table(ty),
            TableInit::Expr(body) => {
                let init = self.const_expr(ast, body);
                self.tables.table_with_init(ty, &init);
            }
            TableInit::Elems(items) => {
                self.tables.table(ty);
                let elements = match items {
                    // Elements of another type must be expressions.
                    ElemItems::Funcs(run) if ty.element_type != enc::RefType::FUNCREF => {
                        let exprs = self.ref_funcs(ast, run);
                        enc::Elements::Expressions(ty.element_type, exprs.into())
                    }
                    _ => self.elements(ast, &items),
                };
                self.elems.active(Some(index), &Self::zero(ty.table64), elements);
                self.next(IndexSpace::Elem, table.span, false);
                self.places.push(enc::SectionId::Element, table.span);
            }
        }
    }

    fn func_indices(&mut self, ast: &Ast, run: Run) -> Vec<u32> {
        let indices = ast.extra[run.range()].iter();
        indices
            .filter_map(|&raw| {
                let idx = Idx::from_raw(raw);
                self.scope.index(ast, idx, IndexSpace::Func, &mut self.faults)
            })
            .collect()
    }

    fn ref_funcs(&mut self, ast: &Ast, run: Run) -> Vec<enc::ConstExpr> {
        self.func_indices(ast, run).into_iter().map(enc::ConstExpr::ref_func).collect()
    }

    fn elements(&mut self, ast: &Ast, items: &ElemItems) -> enc::Elements<'static> {
        match items {
            ElemItems::Funcs(run) => enc::Elements::Functions(self.func_indices(ast, *run).into()),
            ElemItems::Exprs(t, run) => {
                let exprs: Vec<_> =
                    ast.exprs[run.range()].iter().map(|&expr| self.const_expr(ast, expr)).collect();
                enc::Elements::Expressions(self.ref_type(ast, *t), exprs.into())
            }
        }
    }

    fn memory(&mut self, ast: &Ast, memory: &Memory) {
        let index = self.next(IndexSpace::Memory, memory.span, false);
        self.name(IndexSpace::Memory, index, memory.naming);
        let mut ty = Self::memory_type(&memory.ty);
        self.places.push(enc::SectionId::Memory, memory.span);
        if let MemoryInit::Data(items) = memory.init {
            let data = self.data_bytes(ast, items);
            let pages = (data.len() as u64).div_ceil(1 << ty.page_size_log2.unwrap_or(16));
            ty.minimum = pages;
            ty.maximum = Some(pages);
            self.data_segment(Some((index, Self::zero(ty.memory64))), &data);
            self.next(IndexSpace::Data, memory.span, false);
            self.places.push(enc::SectionId::Data, memory.span);
        }
        self.memories.memory(ty);
    }

    fn global(&mut self, ast: &Ast, global: &Global) {
        let index = self.next(IndexSpace::Global, global.span, false);
        self.name(IndexSpace::Global, index, global.naming);
        let ty = self.global_type(ast, &global.ty);
        let init = self.const_expr(ast, global.init);
        self.globals.global(ty, &init);
        self.places.push(enc::SectionId::Global, global.span);
    }

    fn tag(&mut self, ast: &Ast, tag: &Tag) {
        let index = self.next(IndexSpace::Tag, tag.span, false);
        self.name(IndexSpace::Tag, index, tag.naming);
        let func_type_idx = self.type_use(ast, tag.type_use, tag.span);
        self.tags.tag(enc::TagType { kind: enc::TagKind::Exception, func_type_idx });
        self.places.push(enc::SectionId::Tag, tag.span);
        if self.with_names {
            let map = self.param_names(ast, tag.type_use);
            self.names.tag_params.push(index, &map);
        }
    }

    fn export(&mut self, ast: &Ast, export: &Export) {
        if export.idx.is_none() {
            return self.open_exports.push(*export);
        }
        let space = export_space(export.kind);
        let index = self.scope.index(ast, export.idx, space, &mut self.faults);
        self.exports.export(&self.decoded(export.name), export.kind, index.unwrap_or(0));
        self.places.push(enc::SectionId::Export, export.span);
    }

    fn elem(&mut self, ast: &Ast, elem: &Elem) {
        let index = self.next(IndexSpace::Elem, elem.span, false);
        self.name(IndexSpace::Elem, index, elem.naming);
        self.places.push(enc::SectionId::Element, elem.span);
        match elem.mode {
            ElemMode::Passive => {
                let elements = self.elements(ast, &elem.items);
                self.elems.passive(elements);
            }
            ElemMode::Declare => {
                let elements = self.elements(ast, &elem.items);
                self.elems.declared(elements);
            }
            ElemMode::Active { table, offset } => {
                let table = match table.is_none() {
                    true => None,
                    false => self.scope.index(ast, table, IndexSpace::Table, &mut self.faults),
                };
                let offset = self.const_expr(ast, offset);
                let elements = self.elements(ast, &elem.items);
                self.elems.active(table, &offset, elements);
            }
        }
    }

    fn data_bytes<'a>(&self, ast: &'a Ast, items: Run) -> Cow<'a, [u8]> {
        let items = &ast.data_items[items.range()];
        if let [DataItem::Bytes(run) | DataItem::Decoded(run)] = items {
            return ast.bytes[run.range()].into();
        }
        // A decoded string is never longer than its token.
        let longest = items.iter().map(|item| match item {
            DataItem::String(token) => token.len() as usize,
            DataItem::Bytes(run) | DataItem::Decoded(run) => run.len() as usize,
        });
        let mut bytes = Vec::with_capacity(longest.sum());
        for item in items {
            match item {
                DataItem::String(token) => string::decode_into(self.text(*token), &mut bytes),
                DataItem::Bytes(run) | DataItem::Decoded(run) => {
                    bytes.extend_from_slice(&ast.bytes[run.range()]);
                }
            }
        }
        bytes.into()
    }

    fn data(&mut self, ast: &Ast, data: &Data) {
        let index = self.next(IndexSpace::Data, data.span, false);
        self.name(IndexSpace::Data, index, data.naming);
        self.places.push(enc::SectionId::Data, data.span);
        let bytes = self.data_bytes(ast, data.items);
        match data.mode {
            DataMode::Passive => self.data_segment(None, &bytes),
            DataMode::Active { memory, offset } => {
                let memory = match memory.is_none() {
                    true => Some(0),
                    false => self.scope.index(ast, memory, IndexSpace::Memory, &mut self.faults),
                };
                let offset = self.const_expr(ast, offset);
                self.data_segment(Some((memory.unwrap_or(0), offset)), &bytes);
            }
        }
    }

    /// Encodes a data segment; `place` has the memory and the offset of an active one. [`enc::DataSection`] is not used,
    /// because its memory cannot be moved into the binary.
    fn data_segment(&mut self, place: Option<(u32, enc::ConstExpr)>, bytes: &[u8]) {
        let out = &mut self.datas;
        match place {
            None => out.push(1),
            Some((0, offset)) => {
                out.push(0);
                offset.encode(out);
            }
            Some((memory, offset)) => {
                out.push(2);
                memory.encode(out);
                offset.encode(out);
            }
        }
        bytes.len().encode(out);
        out.extend_from_slice(bytes);
        self.data_items += 1;
    }
}
