//! Fields to sections.

use super::custom::{self, CustomSection, MetadataSections};
use super::func::{Funcs, LoweredFunc, name_bytes};
use super::instr::{Code, ExprLowerer, Mark};
use super::names::{ModuleNames, NameMap};
use super::uses::{Seen, Uses};
use crate::ast::{
    Ast, CompType, CustomPlace, Data, DataItem, DataMode, Elem, ElemItems, ElemMode, Export, ExternDesc,
    ExternType, Field, Global, GlobalType, Idx, Import, Memory, MemoryInit, MemoryType, Naming, RecGroup,
    Run, Section, Table, TableInit, TableType, Tag, TypeDef, TypeUseId, ValType, flags,
};
use crate::features::FeatureSet;
use crate::lex::string;
use crate::resolve::type_use::type_ref;
use crate::resolve::{Fault, ImplicitTypes, Scope, Space, TypeRef};
use crate::span::Span;
use std::borrow::Cow;
use wasm_encoder as enc;
use wasm_encoder::{Encode, ExportKind, Section as _};

/// A module in binary, and where its parts come from.
pub(crate) struct Lowered {
    pub(crate) bytes: Vec<u8>,
    pub(crate) implicit: ImplicitTypes,
    pub(crate) places: Places,
    pub(crate) uses: Uses,
}

/// Where the parts of a binary come from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    /// The fields or type definitions behind the items of each section, by section id.
    items: [Vec<Span>; SECTION_IDS],
    /// The field of each function that is defined.
    pub(crate) funcs: Vec<Span>,
    /// Each instruction of each body, where asked for; offsets are from the first byte of the binary.
    pub(crate) code: Vec<Mark>,
    /// Each body, where asked for: its bytes in the binary, and its instructions in `code`.
    pub(crate) bodies: Vec<(Run, Run)>,
}

const SECTION_IDS: usize = 14;

// The first bytes of types in the type section.
const FUNC: u8 = 0x60;
const STRUCT: u8 = 0x5f;
const ARRAY: u8 = 0x5e;
const CONT: u8 = 0x5d;
const SUB: u8 = 0x50;
const SUB_FINAL: u8 = 0x4f;
const REC_GROUP: u8 = 0x4e;
const DESCRIPTOR: u8 = 0x4d;
const DESCRIBES: u8 = 0x4c;
const SHARED: u8 = 0x65;

impl Places {
    /// The text of the item `index` of the section `id`.
    pub(crate) fn item(&self, id: u8, index: usize) -> Option<Span> {
        self.items.get(usize::from(id))?.get(index).copied()
    }

    fn push(&mut self, id: enc::SectionId, span: Span) {
        self.items[id as usize].push(span);
    }
}

/// Collects the sections of a module.
pub(crate) struct ModuleBuilder<'s> {
    scope: &'s Scope<'s>,
    with_names: bool,
    pub(crate) faults: Vec<Fault>,

    /// The items of the type section, and how many they are.
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
    /// The sections of code metadata: name, contents, how many functions, the last function and
    /// its entries.
    metadata: MetadataSections,
    customs: Vec<CustomSection>,
    names: ModuleNames,
    places: Places,
    uses: Uses,
    seen: Seen,

    /// How many things of each space there are so far; `counts[space]`.
    counts: [u32; 8],
    /// The first definition, behind which there can be no import.
    defined: Option<(Space, Span)>,
    /// Exports whose field is still to come.
    open_exports: Vec<Export>,
    /// Metadata of the function that is still to come.
    open_metadata: Vec<(Span, Vec<u8>)>,
    exprs: ExprLowerer<'s>,
    scratch: Code,
}

/// How much of functions that were lowered is added already.
#[derive(Clone, Copy, Default)]
pub(crate) struct Taken {
    funcs: usize,
    fixups: usize,
    exports: usize,
    metadata: usize,
    marks: usize,
    local_names: usize,
    label_names: usize,
}

impl Taken {
    /// All up to a function, and that function.
    fn behind(before: usize, func: &LoweredFunc) -> Taken {
        Taken {
            funcs: before + 1,
            fixups: func.fixups_end as usize,
            exports: func.exports_end as usize,
            metadata: func.metadata_end as usize,
            marks: func.marks_end as usize,
            local_names: func.local_names_end as usize,
            label_names: func.label_names_end as usize,
        }
    }
}

impl<'s> ModuleBuilder<'s> {
    /// `implicit` has the implicit types whose indices are known already; usually none.
    pub(crate) fn new(
        scope: &'s Scope<'s>,
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
            places: Places::default(),
            uses: Uses::default(),
            seen: Seen::default(),
            counts: [0; 8],
            defined: None,
            open_exports: Vec::new(),
            open_metadata: Vec::new(),
            exprs: ExprLowerer::default(),
            scratch: Code::default(),
        }
    }

    /// Has the uses of these features located.
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
                // Functions come through `add_funcs`, each from a form of its own.
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
                    self.start = self.scope.index(ast, *idx, Space::Func, &mut self.faults);
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

    /// The index of the next thing of a space, which gets the exports that wait.
    fn next(&mut self, space: Space, span: Span, imported: bool) -> u32 {
        let index = self.counts[space as usize];
        self.counts[space as usize] += 1;
        let kind = match space {
            Space::Func => ExportKind::Func,
            Space::Table => ExportKind::Table,
            Space::Memory => ExportKind::Memory,
            Space::Global => ExportKind::Global,
            Space::Tag => ExportKind::Tag,
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

    fn name(&mut self, space: Space, index: u32, naming: Naming) {
        if !self.with_names {
            return;
        }
        let Some(token) = naming.name.or(naming.id) else { return };
        let name = name_bytes(self.scope.source, token);
        let map = match space {
            Space::Type => &mut self.names.types,
            Space::Func => &mut self.names.funcs,
            Space::Table => &mut self.names.tables,
            Space::Memory => &mut self.names.memories,
            Space::Global => &mut self.names.globals,
            Space::Tag => &mut self.names.tags,
            Space::Elem => &mut self.names.elems,
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

    // ------------------------------------------------------------------------------------- Types

    fn rec_group(&mut self, ast: &Ast, group: &RecGroup) {
        let defs = &ast.type_defs[group.types.range()];
        if group.explicit {
            self.types.push(REC_GROUP);
            defs.len().encode(&mut self.types);
            self.type_items += 1;
        } else {
            self.type_items += defs.len() as u32;
        }
        for def in defs {
            self.sub_type(ast, def);
        }
        for def in defs {
            let index = self.type_index;
            self.type_index += 1;
            self.places.push(enc::SectionId::Type, def.span);
            self.name(Space::Type, index, def.naming);
            if self.with_names {
                match def.comp {
                    CompType::Struct(run) => {
                        let namings = ast.struct_fields[run.range()].iter().map(|field| field.naming);
                        let map = self.naming_map(namings);
                        self.names.fields.push(index, &map);
                    }
                    CompType::Func(id) => {
                        let map = self.param_names(ast, id);
                        self.names.type_params.push(index, &map);
                    }
                    CompType::Array(_) | CompType::Cont(_) => {}
                }
            }
        }
    }

    /// Adds the type that stands for unknown ones, behind all types of the text.
    pub(crate) fn add_unknown_type(&mut self) {
        unknown_type(&mut self.types);
        self.type_items += 1;
    }

    fn param_names(&self, ast: &Ast, id: TypeUseId) -> NameMap {
        let params = ast.type_uses[id.0 as usize].params;
        self.naming_map(ast.params[params.range()].iter().map(|param| param.naming))
    }

    fn sub_type(&mut self, ast: &Ast, def: &TypeDef) {
        if !def.is_final || !def.supers.is_empty() {
            self.types.push(if def.is_final { SUB_FINAL } else { SUB });
            let supers = ast.extra[def.supers.range()].iter();
            let supers: Vec<u32> =
                supers.filter_map(|&raw| self.type_index_of(ast, Idx::from_raw(raw))).collect();
            supers.len().encode(&mut self.types);
            supers.iter().for_each(|index| index.encode(&mut self.types));
        }
        if def.shared {
            self.types.push(SHARED);
        }
        if !def.describes.is_none() {
            self.types.push(DESCRIBES);
            self.write_type_index(ast, def.describes);
        }
        if !def.descriptor.is_none() {
            self.types.push(DESCRIPTOR);
            self.write_type_index(ast, def.descriptor);
        }
        match def.comp {
            CompType::Func(id) => {
                self.types.push(FUNC);
                self.scope.encode_signature(ast, id, &mut self.types, &mut self.faults);
            }
            CompType::Struct(run) => {
                self.types.push(STRUCT);
                run.len().encode(&mut self.types);
                for field in &ast.struct_fields[run.range()] {
                    self.field_type(ast, field.ty);
                }
            }
            CompType::Array(t) => {
                self.types.push(ARRAY);
                self.field_type(ast, t);
            }
            CompType::Cont(idx) => {
                self.types.push(CONT);
                let index = self.type_index_of(ast, idx).unwrap_or(0);
                i64::from(index).encode(&mut self.types);
            }
        }
    }

    fn write_type_index(&mut self, ast: &Ast, idx: Idx) {
        self.type_index_of(ast, idx).unwrap_or(0).encode(&mut self.types);
    }

    fn type_index_of(&mut self, ast: &Ast, idx: Idx) -> Option<u32> {
        self.scope.index(ast, idx, Space::Type, &mut self.faults)
    }

    fn val_type(&mut self, ast: &Ast, t: ValType) -> Option<enc::ValType> {
        self.scope.val_type(ast, t, &mut self.faults)
    }

    fn field_type(&mut self, ast: &Ast, t: ValType) {
        let element_type = match t.code {
            0x78 if !t.has(flags::REF) => enc::StorageType::I8,
            0x77 if !t.has(flags::REF) => enc::StorageType::I16,
            _ => enc::StorageType::Val(self.val_type(ast, t).unwrap_or(enc::ValType::I32)),
        };
        element_type.encode(&mut self.types);
        self.types.push(t.has(flags::MUT).into());
    }

    fn ref_type(&mut self, ast: &Ast, t: ValType) -> enc::RefType {
        self.scope.ref_type(ast, t, &mut self.faults).unwrap_or(enc::RefType::FUNCREF)
    }

    fn type_use(&mut self, ast: &Ast, id: TypeUseId, at: Span) -> u32 {
        let start = self.scratch.signatures.len();
        let signatures = &mut self.scratch.signatures;
        let ty = type_ref(self.scope, ast, id, at, signatures, &mut self.faults);
        let index = ty.map_or(0, |ty| self.implicit.index(ty, &self.scratch.signatures));
        self.scratch.signatures.truncate(start);
        index
    }

    fn table_type(&mut self, ast: &Ast, t: &TableType) -> enc::TableType {
        enc::TableType {
            element_type: self.ref_type(ast, t.elem),
            table64: t.limits.is_64,
            minimum: t.limits.min,
            maximum: t.limits.max,
            shared: t.shared,
        }
    }

    fn memory_type(t: &MemoryType) -> enc::MemoryType {
        enc::MemoryType {
            minimum: t.limits.min,
            maximum: t.limits.max,
            memory64: t.limits.is_64,
            shared: t.shared,
            page_size_log2: t.page_size,
        }
    }

    fn global_type(&mut self, ast: &Ast, t: &GlobalType) -> enc::GlobalType {
        let val_type = self.val_type(ast, t.ty).unwrap_or(enc::ValType::I32);
        enc::GlobalType { val_type, mutable: t.mutable, shared: t.shared }
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

    /// Counts and names what a description imports.
    fn imported(&mut self, ast: &Ast, desc: &ExternDesc, span: Span) {
        let space = match desc.ty {
            ExternType::Func { .. } => Space::Func,
            ExternType::Table(_) => Space::Table,
            ExternType::Memory(_) => Space::Memory,
            ExternType::Global(_) => Space::Global,
            ExternType::Tag(_) => Space::Tag,
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

    /// Notes what functions that were added need outside of them.
    pub(crate) fn add_needs(&mut self, funcs: &Funcs) {
        self.needs_data_count |= funcs.code.needs_data_count;
        self.uses.append(&funcs.code.uses);
    }

    /// Adds the next function of those that were lowered.
    pub(crate) fn add_func(&mut self, funcs: &Funcs, taken: &mut Taken) {
        let Some(func) = funcs.funcs.get(taken.funcs) else { return };
        let before = std::mem::replace(taken, Taken::behind(taken.funcs, func));
        self.open_exports.extend(&funcs.exports[before.exports..taken.exports]);
        let index = self.next(Space::Func, func.span, func.import.is_some());
        self.name(Space::Func, index, func.naming);
        let ty = self.implicit.index(func.ty, &funcs.code.signatures);
        if self.with_names {
            self.names.locals.push_encoded(index, &funcs.local_names[before.local_names..taken.local_names]);
            self.names.labels.push_encoded(index, &funcs.label_names[before.label_names..taken.label_names]);
        }
        if let Some((module, name, exact)) = func.import {
            let ty = match exact {
                true => enc::EntityType::FunctionExact(ty),
                false => enc::EntityType::Function(ty),
            };
            self.imports.import(&self.decoded(module), &self.decoded(name), ty);
            self.places.push(enc::SectionId::Import, func.span);
            return;
        }
        self.funcs.function(ty);
        self.places.push(enc::SectionId::Function, func.span);
        self.places.funcs.push(func.span);

        // The indices of implicit types are known now and go into the gaps.
        let mut gaps: Vec<(u32, Vec<u8>)> = Vec::new();
        for fixup in &funcs.code.fixups[before.fixups..taken.fixups] {
            let index = self.implicit.index(TypeRef::Signature(fixup.signature), &funcs.code.signatures);
            let mut bytes = Vec::new();
            fixup.encode(index, &mut bytes);
            gaps.push((fixup.at, bytes));
        }
        let Run { start, end } = func.body;
        let filled: usize = gaps.iter().map(|(_, bytes)| bytes.len()).sum();
        (func.body.len() as usize + filled).encode(&mut self.code);
        if let Some(marks) = &funcs.code.marks {
            let here = self.code.len() as u32;
            let first = self.places.code.len() as u32;
            let body = Run { start: here, end: here + func.body.len() + filled as u32 };
            let mut gaps = gaps.iter().peekable();
            let mut filled = 0;
            for mark in &marks[before.marks..taken.marks] {
                while let Some((_, bytes)) = gaps.next_if(|(at, _)| *at <= mark.at) {
                    filled += bytes.len() as u32;
                }
                self.places.code.push(Mark { at: mark.at - start + here + filled, ..*mark });
            }
            self.places.bodies.push((body, Run { start: first, end: self.places.code.len() as u32 }));
        }
        let mut from = start;
        for (at, bytes) in &gaps {
            self.code.extend_from_slice(&funcs.code.bytes[from as usize..*at as usize]);
            self.code.extend_from_slice(bytes);
            from = *at;
        }
        self.code.extend_from_slice(&funcs.code.bytes[from as usize..end as usize]);

        for (head, value) in std::mem::take(&mut self.open_metadata) {
            self.metadata.add(self.annotation_name(head), 0, &value);
        }
        // They are in the order of the body, as the gaps are.
        let mut gaps = gaps.iter().peekable();
        let mut filled = 0;
        for metadata in &funcs.metadata[before.metadata..taken.metadata] {
            while let Some((_, bytes)) = gaps.next_if(|(at, _)| *at <= metadata.at) {
                filled += bytes.len() as u32;
            }
            let value = &funcs.metadata_bytes[metadata.bytes.range()];
            let offset = metadata.at - start + filled;
            self.metadata.add(self.annotation_name(metadata.head), offset, value);
        }
        self.metadata.end_func(index);
    }

    /// The name in the head of an annotation.
    fn annotation_name(&self, head: Span) -> &'s str {
        self.text(head).trim_start_matches("(@").trim_matches('"')
    }

    /// Metadata of the function that comes next.
    pub(crate) fn add_func_metadata(&mut self, ast: &Ast, metadata: Run) {
        for metadata in &ast.code_metadata[metadata.range()] {
            let mut value = Vec::new();
            custom::metadata(self.scope, ast, metadata, &mut value, &mut self.faults);
            self.open_metadata.push((metadata.head, value));
        }
    }

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
        let index = self.next(Space::Table, table.span, false);
        self.name(Space::Table, index, table.naming);
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
                    // Only expressions can have another type.
                    ElemItems::Funcs(run) if ty.element_type != enc::RefType::FUNCREF => {
                        let exprs = self.ref_funcs(ast, run);
                        enc::Elements::Expressions(ty.element_type, exprs.into())
                    }
                    _ => self.elements(ast, &items),
                };
                self.elems.active(Some(index), &Self::zero(ty.table64), elements);
                self.next(Space::Elem, table.span, false);
                self.places.push(enc::SectionId::Element, table.span);
            }
        }
    }

    fn func_indices(&mut self, ast: &Ast, run: Run) -> Vec<u32> {
        let indices = ast.extra[run.range()].iter();
        indices
            .filter_map(|&raw| {
                let idx = Idx::from_raw(raw);
                self.scope.index(ast, idx, Space::Func, &mut self.faults)
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
        let index = self.next(Space::Memory, memory.span, false);
        self.name(Space::Memory, index, memory.naming);
        let mut ty = Self::memory_type(&memory.ty);
        self.places.push(enc::SectionId::Memory, memory.span);
        if let MemoryInit::Data(items) = memory.init {
            let data = self.data_bytes(ast, items);
            let pages = (data.len() as u64).div_ceil(1 << ty.page_size_log2.unwrap_or(16));
            ty.minimum = pages;
            ty.maximum = Some(pages);
            self.data_segment(Some((index, Self::zero(ty.memory64))), &data);
            self.next(Space::Data, memory.span, false);
            self.places.push(enc::SectionId::Data, memory.span);
        }
        self.memories.memory(ty);
    }

    fn global(&mut self, ast: &Ast, global: &Global) {
        let index = self.next(Space::Global, global.span, false);
        self.name(Space::Global, index, global.naming);
        let ty = self.global_type(ast, &global.ty);
        let init = self.const_expr(ast, global.init);
        self.globals.global(ty, &init);
        self.places.push(enc::SectionId::Global, global.span);
    }

    fn tag(&mut self, ast: &Ast, tag: &Tag) {
        let index = self.next(Space::Tag, tag.span, false);
        self.name(Space::Tag, index, tag.naming);
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
        let space = match export.kind {
            ExportKind::Func => Space::Func,
            ExportKind::Table => Space::Table,
            ExportKind::Memory => Space::Memory,
            ExportKind::Global => Space::Global,
            _ => Space::Tag,
        };
        let index = self.scope.index(ast, export.idx, space, &mut self.faults);
        self.exports.export(&self.decoded(export.name), export.kind, index.unwrap_or(0));
        self.places.push(enc::SectionId::Export, export.span);
    }

    fn elem(&mut self, ast: &Ast, elem: &Elem) {
        let index = self.next(Space::Elem, elem.span, false);
        self.name(Space::Elem, index, elem.naming);
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
                    false => self.scope.index(ast, table, Space::Table, &mut self.faults),
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
        // What a string stands for is never longer than the string.
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
        let index = self.next(Space::Data, data.span, false);
        self.name(Space::Data, index, data.naming);
        self.places.push(enc::SectionId::Data, data.span);
        let bytes = self.data_bytes(ast, data.items);
        match data.mode {
            DataMode::Passive => self.data_segment(None, &bytes),
            DataMode::Active { memory, offset } => {
                let memory = match memory.is_none() {
                    true => Some(0),
                    false => self.scope.index(ast, memory, Space::Memory, &mut self.faults),
                };
                let offset = self.const_expr(ast, offset);
                self.data_segment(Some((memory.unwrap_or(0), offset)), &bytes);
            }
        }
    }

    /// A data segment, with the memory it goes to and where, if it does by itself. It is encoded here, as the memory of
    /// an [`enc::DataSection`] cannot become that of the binary.
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

    // ----------------------------------------------------------------------------------- Sections

    /// The binary.
    pub(crate) fn finish(mut self) -> (Lowered, Vec<Fault>) {
        for (head, _) in std::mem::take(&mut self.open_metadata) {
            self.faults.push(Fault::MetadataWithoutTarget { head });
        }
        for signature in &self.implicit.signatures {
            self.types.push(FUNC);
            self.types.extend_from_slice(signature);
            self.type_items += 1;
        }
        let mut out = enc::Module::HEADER.to_vec();
        self.customs_at(&mut out, CustomPlace::Before(Section::First));
        let mut data = Vec::new();
        self.type_items.encode(&mut data);
        data.extend_from_slice(&self.types);
        let types = enc::RawSection { id: enc::SectionId::Type.into(), data: &data };
        self.section(&mut out, Section::Type, &types, self.type_items == 0);
        self.section(&mut out, Section::Import, &self.imports, self.imports.is_empty());
        self.section(&mut out, Section::Func, &self.funcs, self.funcs.is_empty());
        self.section(&mut out, Section::Table, &self.tables, self.tables.is_empty());
        self.section(&mut out, Section::Memory, &self.memories, self.memories.is_empty());
        self.section(&mut out, Section::Tag, &self.tags, self.tags.is_empty());
        self.section(&mut out, Section::Global, &self.globals, self.globals.is_empty());
        self.section(&mut out, Section::Export, &self.exports, self.exports.is_empty());
        let start = enc::StartSection { function_index: self.start.unwrap_or(0) };
        self.section(&mut out, Section::Start, &start, self.start.is_none());
        self.section(&mut out, Section::Elem, &self.elems, self.elems.is_empty());
        if self.needs_data_count {
            enc::DataCountSection { count: self.data_items }.append_to(&mut out);
        }
        self.customs_at(&mut out, CustomPlace::Before(Section::Code));
        for (name, data) in self.metadata.encoded() {
            enc::CustomSection { name: name.into(), data: data.into() }.append_to(&mut out);
        }
        if !self.funcs.is_empty() {
            let code = std::mem::take(&mut self.code);
            let len = code.len();
            out = with_large_section(out, enc::SectionId::Code, self.funcs.len(), code);
            let here = (out.len() - len) as u32;
            self.places.code.iter_mut().for_each(|mark| mark.at += here);
            for (body, _) in &mut self.places.bodies {
                *body = Run { start: body.start + here, end: body.end + here };
            }
        }
        self.customs_at(&mut out, CustomPlace::After(Section::Code));
        self.customs_at(&mut out, CustomPlace::Before(Section::Data));
        if self.data_items > 0 {
            let datas = std::mem::take(&mut self.datas);
            out = with_large_section(out, enc::SectionId::Data, self.data_items, datas);
        }
        self.customs_at(&mut out, CustomPlace::After(Section::Data));
        self.customs_at(&mut out, CustomPlace::After(Section::Last));
        if self.with_names && !self.customs.iter().any(|custom| custom.name == "name") {
            self.names.write(&mut out);
        }
        self.uses.append(&self.scratch.uses);
        self.uses.all_fields(&self.seen);
        let Self { implicit, places, uses, .. } = self;
        let lowered = Lowered { bytes: out, implicit, places, uses };
        (lowered, self.faults)
    }

    fn customs_at(&self, out: &mut Vec<u8>, at: CustomPlace) {
        for CustomSection { name, data, .. } in self.customs.iter().filter(|custom| custom.place == at) {
            enc::CustomSection { name: name.into(), data: data.into() }.append_to(out);
        }
    }

    /// A section with the custom sections before and behind it; left out if it is empty.
    fn section(&self, out: &mut Vec<u8>, name: Section, section: &impl enc::Section, is_empty: bool) {
        self.customs_at(out, CustomPlace::Before(name));
        if !is_empty {
            section.append_to(out);
        }
        self.customs_at(out, CustomPlace::After(name));
    }
}

/// The binary with one more section. Of what is there and what comes, the larger stays in its memory, so that hardly
/// more is needed than for both.
fn with_large_section(mut out: Vec<u8>, id: enc::SectionId, items: u32, mut contents: Vec<u8>) -> Vec<u8> {
    let mut count = Vec::new();
    items.encode(&mut count);
    out.push(id.into());
    (count.len() + contents.len()).encode(&mut out);
    out.extend_from_slice(&count);
    if out.len() >= contents.len() {
        out.extend_from_slice(&contents);
        return out;
    }
    let len = contents.len();
    contents.resize(len + out.len(), 0);
    contents.copy_within(..len, out.len());
    contents[..out.len()].copy_from_slice(&out);
    contents
}

/// The type that stands for what is unknown: a struct that nobody else has.
pub(crate) fn unknown_type(out: &mut Vec<u8>) {
    let fields = [0x78, 0x77, 0x78, 0x77, 0x78, 0x77, 0x77, 0x78, 0x77];
    out.extend_from_slice(&[0x5f, fields.len() as u8]);
    for field in fields {
        out.extend_from_slice(&[field, 0]);
    }
}
