//! Writes the sections of an object.

use super::code::Code;
use super::data::Segment;
use super::entities::section;
use super::entry::{Input, Object, Relocation};
use super::parts::{Folded, Parts, fold, is_64, read_u32};
use super::relocation::{Format, Method};
use super::symbols::{ENV, FUNCTION_TABLE, Symbols, flags};
use super::types::Types;
use super::{features, linking, names};
use crate::lower::site::{padded, padded_64, padded_signed, padded_signed_64};
use crate::lower::{Origins, Relocated, SiteKind};
use crate::span::Span;
use hashbrown::HashMap;
use wasm_encoder::{Encode, Module, SectionId};
use wasmparser::{ConstExpr, GlobalType, MemoryType, Operator, TableType, TypeRef, ValType};

/// The name of the memory in objects.
const MEMORY: &str = "__linear_memory";

// The kinds of imports and exports.
const FUNC: u8 = 0;
const TABLE: u8 = 1;
const MEMORY_KIND: u8 = 2;
const GLOBAL: u8 = 3;
const TAG: u8 = 4;

// Opcodes of constant expressions.
const I32_CONST: u8 = 0x41;
const I64_CONST: u8 = 0x42;
const END: u8 = 0x0b;

pub(super) struct Writer<'a, 's> {
    pub(super) input: &'a Input<'a, 's>,
    pub(super) parts: &'a Parts<'a>,
    pub(super) types: &'a Types,
    pub(super) symbols: &'a Symbols,
    pub(super) segments: Vec<Segment<'a>>,
    pub(super) code: Code,
    /// Whether the function table is imported although the text does not import it.
    pub(super) has_function_table: bool,
}

/// The sections that are written.
struct Out {
    bytes: Vec<u8>,
    /// The number of sections so far.
    sections: u32,
}

impl Out {
    /// Adds a section. Returns its number.
    fn section(&mut self, id: SectionId, contents: &[u8]) -> u32 {
        self.bytes.push(id.into());
        contents.encode(&mut self.bytes);
        self.sections += 1;
        self.sections - 1
    }

    /// Adds a section of a number of items, unless it is empty.
    fn items(&mut self, id: SectionId, count: u32, items: &[u8]) {
        if count > 0 {
            let mut contents = Vec::with_capacity(items.len() + 5);
            count.encode(&mut contents);
            contents.extend_from_slice(items);
            self.section(id, &contents);
        }
    }

    fn custom(&mut self, name: &str, data: &[u8]) {
        let mut contents = Vec::with_capacity(data.len() + name.len() + 5);
        name.encode(&mut contents);
        contents.extend_from_slice(data);
        self.section(SectionId::Custom, &contents);
    }
}

impl Writer<'_, '_> {
    pub(super) fn write(mut self) -> Object {
        let mut out = Out { bytes: Module::HEADER.to_vec(), sections: 0 };
        let mut places = Origins::default();
        let slots = self.slots();
        self.head(&mut out, &mut places);
        let relocated_code = self.code(&slots, &mut out, &mut places);
        let relocated_data = self.data(&slots, &mut out, &mut places);
        for (name, data) in &self.parts.customs {
            let is_last = matches!(*name, "producers" | "target_features");
            if !is_last && !name.starts_with("metadata.code.") {
                out.custom(name, data);
            }
        }
        out.custom("linking", &linking::section(self.input, self.symbols, &self.segments, self.parts.start));
        for (name, relocated) in [("reloc.CODE", relocated_code), ("reloc.DATA", relocated_data)] {
            if let Some((section, entries)) = relocated.filter(|(_, entries)| !entries.is_empty()) {
                out.custom(name, &linking::relocations(section, &entries));
            }
        }
        self.last(&mut out);
        Object { bytes: out.bytes, places }
    }

    /// The position of each function in the function table, in the order of their first uses.
    fn slots(&self) -> HashMap<u32, u32> {
        let mut slots = HashMap::new();
        let data = self.segments.iter().flat_map(|segment| &segment.entries);
        for entry in self.code.entries.iter().chain(data).filter(|entry| entry.kind.is_table_index()) {
            let next = slots.len() as u32 + 1;
            slots.entry(entry.symbol).or_insert(next);
        }
        slots
    }

    /// Writes the sections before the code.
    fn head(&self, out: &mut Out, places: &mut Origins) {
        let Input { module, .. } = *self.input;
        let old = &module.places;
        let place = |section: u8, nth: usize| old.item(section, nth).unwrap_or_default();
        let mut items = Vec::new();
        let mut count = 0;
        for (nth, ty) in self.parts.types.iter().enumerate() {
            if self.types.map.get(nth).copied().flatten().is_some() {
                items.extend_from_slice(&module.bytes[ty.range.clone()]);
                count += 1;
                if let Some(at) = old.item(section::TYPE, nth) {
                    places.push(SectionId::Type, at);
                }
            }
        }
        out.items(SectionId::Type, count, &items);
        self.imports(out, places);

        let mut items = Vec::with_capacity(2 * self.parts.funcs.len());
        for (nth, &ty) in self.parts.funcs.iter().enumerate() {
            self.types.index(ty).encode(&mut items);
            places.push(SectionId::Function, place(section::FUNCTION, nth));
        }
        places.funcs.clone_from(&old.funcs);
        out.items(SectionId::Function, self.parts.funcs.len() as u32, &items);

        items.clear();
        for (nth, (ty, _)) in self.parts.tables.iter().enumerate() {
            table_type(ty, &mut items);
            places.push(SectionId::Table, place(section::TABLE, nth));
        }
        out.items(SectionId::Table, self.parts.tables.len() as u32, &items);

        items.clear();
        for (nth, &ty) in self.parts.tags.iter().enumerate() {
            items.push(0);
            self.types.index(ty).encode(&mut items);
            places.push(SectionId::Tag, place(section::TAG, nth));
        }
        out.items(SectionId::Tag, self.parts.tags.len() as u32, &items);

        items.clear();
        for (nth, (ty, init)) in self.parts.globals.iter().enumerate() {
            global_type(ty, &mut items);
            initializer(init, &mut items);
            places.push(SectionId::Global, place(section::GLOBAL, nth));
        }
        out.items(SectionId::Global, self.parts.globals.len() as u32, &items);

        items.clear();
        for (name, index) in &self.symbols.exports {
            name.as_str().encode(&mut items);
            items.push(FUNC);
            index.encode(&mut items);
            let nth = self.parts.exports.iter().position(|export| export.name == name);
            places.push(SectionId::Export, nth.map_or(Span::default(), |nth| place(section::EXPORT, nth)));
        }
        out.items(SectionId::Export, self.symbols.exports.len() as u32, &items);
    }

    fn imports(&self, out: &mut Out, places: &mut Origins) {
        let old = &self.input.module.places;
        let mut items = Vec::new();
        let mut count = 0;
        let mut import = |module: &str, name: &str, at: Span, items: &mut Vec<u8>| {
            module.encode(items);
            name.encode(items);
            places.push(SectionId::Import, at);
            count += 1;
        };
        for (nth, item) in self.parts.imports.iter().enumerate() {
            let at = old.item(section::IMPORT, nth).unwrap_or_default();
            match item.ty {
                TypeRef::Memory(_) => import(ENV, MEMORY, at, &mut items),
                _ => import(item.module, item.name, at, &mut items),
            }
            match &item.ty {
                TypeRef::Func(ty) | TypeRef::FuncExact(ty) => {
                    items.push(FUNC);
                    self.types.index(*ty).encode(&mut items);
                }
                TypeRef::Table(ty) => {
                    items.push(TABLE);
                    table_type(ty, &mut items);
                }
                TypeRef::Memory(ty) => memory_type(ty, &mut items),
                TypeRef::Global(ty) => {
                    items.push(GLOBAL);
                    global_type(ty, &mut items);
                }
                TypeRef::Tag(ty) => {
                    items.extend([TAG, 0]);
                    self.types.index(ty.func_type_idx).encode(&mut items);
                }
            }
        }
        let is_memory = |item: &wasmparser::Import<'_>| matches!(item.ty, TypeRef::Memory(_));
        if !self.parts.imports.iter().any(is_memory)
            && let Some(ty) = self.parts.memories.first()
        {
            let at = old.item(section::MEMORY, 0).unwrap_or_default();
            import(ENV, MEMORY, at, &mut items);
            memory_type(ty, &mut items);
        }
        if self.has_function_table {
            /// The first byte of limits with 64-bit addresses.
            const LARGE: u8 = 4;
            /// The type of references to functions.
            const FUNCREF: u8 = 0x70;
            import(ENV, FUNCTION_TABLE, Span::default(), &mut items);
            items.extend([TABLE, FUNCREF, if is_64(self.parts) { LARGE } else { 0 }, 0]);
        }
        out.items(SectionId::Import, count, &items);
    }

    /// Writes the code. Returns the number of the section and its relocations, with offsets in the section.
    fn code(
        &mut self,
        slots: &HashMap<u32, u32>,
        out: &mut Out,
        places: &mut Origins,
    ) -> Option<(u32, Vec<Relocation>)> {
        let Input { module, .. } = *self.input;
        let range = self.parts.code.clone();
        if range.is_empty() {
            return None;
        }
        out.bytes.push(SectionId::Code.into());
        range.len().encode(&mut out.bytes);
        let here = out.bytes.len();
        out.bytes.extend_from_slice(&module.bytes[range.clone()]);
        let number = out.sections;
        out.sections += 1;
        let code = &mut out.bytes[here..];
        let moved = self.parts.imported(|ty| matches!(ty, TypeRef::Table(_)));
        if self.types.is_changed || self.has_function_table {
            for site in &module.sites {
                let at = site.at as usize - range.start;
                let old = read_u32(code, at);
                let new = match site.kind {
                    SiteKind::Type => self.types.index(old),
                    SiteKind::Table if self.has_function_table && old >= moved => old + 1,
                    _ => continue,
                };
                code[at..at + padded(new).len()].copy_from_slice(&padded(new));
            }
        }
        let mut entries = std::mem::take(&mut self.code.entries);
        for entry in &mut entries {
            entry.at -= range.start;
            if let Method::Data | Method::FuncTable = entry.kind.method() {
                self.overwrite(entry, slots, code);
            }
        }
        // Offsets in the binary change by the difference of what comes before the code.
        let moved = |at: u32| (at as usize - range.start + here) as u32;
        places.code = module
            .places
            .code
            .iter()
            .map(|mark| crate::lower::CodeOrigin { at: moved(mark.at), ..*mark })
            .collect();
        places.bodies = module.places.bodies.clone();
        for (body, _) in &mut places.bodies {
            (body.start, body.end) = (moved(body.start), moved(body.end));
        }
        if self.input.shows_relocations {
            places.relocations = entries.iter().map(|entry| self.shown(entry, here)).collect();
        }
        Some((number, entries))
    }

    /// Returns a relocation for people. `start` is the offset of the section.
    fn shown(&self, entry: &Relocation, start: usize) -> Relocated {
        let mut symbol = String::new();
        if entry.kind.method() != Method::Type
            && let Some(found) = self.symbols.get(entry.symbol)
        {
            let is_plain = |c: char| c.is_alphanumeric() || "_.$@<>:&~-".contains(c);
            symbol.extend(found.name.chars().map(|c| if is_plain(c) { c } else { '?' }));
        }
        if entry.addend != 0 {
            symbol.push_str(&format!(" {:+}", entry.addend));
        }
        let size = entry.kind.format().size();
        Relocated { at: (start + entry.at) as u32, size, kind: entry.kind.name, symbol }
    }

    /// Writes the provisional value of a relocation.
    fn overwrite(&self, entry: &Relocation, slots: &HashMap<u32, u32>, bytes: &mut [u8]) {
        let value = match entry.kind.method() {
            Method::FuncTable => slots.get(&entry.symbol).copied().unwrap_or(0).into(),
            Method::Data => self.address(entry.symbol).wrapping_add(entry.addend),
            _ => self.symbols.get(entry.symbol).map_or(0, |symbol| symbol.index.into()),
        };
        let at = entry.at;
        let mut write = |new: &[u8]| {
            if let Some(bytes) = bytes.get_mut(at..at + new.len()) {
                bytes.copy_from_slice(new);
            }
        };
        match entry.kind.format() {
            Format::I32 => write(&(value as u32).to_le_bytes()),
            Format::I64 => write(&value.to_le_bytes()),
            Format::Leb => write(&padded(value as u32)),
            Format::Sleb => write(&padded_signed(value as i32)),
            Format::Leb64 => write(&padded_64(value as u64)),
            Format::Sleb64 => write(&padded_signed_64(value)),
        }
    }

    /// The address of a data symbol in the memory of the object; 0 if it is undefined.
    fn address(&self, symbol: u32) -> i64 {
        let Some(symbol) = self.symbols.get(symbol) else { return 0 };
        if symbol.has(flags::UNDEFINED) {
            return 0;
        }
        let start = match symbol.has(flags::ABSOLUTE) {
            true => 0,
            false => self.segments.get(symbol.index as usize).map_or(0, |segment| segment.offset),
        };
        start.wrapping_add(symbol.offset) as i64
    }

    /// Writes the data. Returns the number of the section and its relocations, with offsets in the section.
    fn data(
        &mut self,
        slots: &HashMap<u32, u32>,
        out: &mut Out,
        places: &mut Origins,
    ) -> Option<(u32, Vec<Relocation>)> {
        if self.segments.is_empty() {
            return None;
        }
        let mut items = Vec::new();
        self.segments.len().encode(&mut items);
        let mut entries = Vec::new();
        for segment in &self.segments {
            items.push(0);
            match is_64(self.parts) {
                true => {
                    items.push(I64_CONST);
                    (segment.offset as i64).encode(&mut items);
                }
                false => {
                    items.push(I32_CONST);
                    (segment.offset as i32).encode(&mut items);
                }
            }
            items.push(END);
            segment.bytes.len().encode(&mut items);
            let start = items.len();
            items.extend_from_slice(&segment.bytes);
            for entry in &segment.entries {
                let entry = Relocation { at: entry.at + start, ..*entry };
                self.overwrite(&entry, slots, &mut items);
                entries.push(entry);
            }
            places.push(SectionId::Data, segment.place);
        }
        let number = out.section(SectionId::Data, &items);
        if self.input.shows_relocations {
            entries.sort_by_key(|entry| entry.at);
            let start = out.bytes.len() - items.len();
            places.relocations.extend(entries.iter().map(|entry| self.shown(entry, start)));
        }
        Some((number, entries))
    }

    /// Writes the sections after the relocations.
    fn last(&self, out: &mut Out) {
        let custom = |name: &str| self.parts.customs.iter().find(|(other, _)| *other == name);
        if let Some(data) = self.parts.names {
            let moved = self.parts.imported(|ty| matches!(ty, TypeRef::Table(_)));
            let moved = self.has_function_table.then_some(moved);
            out.custom("name", &names::adapted(data, self.types, moved));
        }
        if let Some((name, data)) = custom("producers") {
            out.custom(name, data);
        }
        match custom("target_features") {
            Some((name, data)) => out.custom(name, data),
            None => {
                let used = features::used(self.input.module, self.symbols);
                if let Some(data) = features::section(used, self.code.has_table) {
                    out.custom("target_features", &data);
                }
            }
        }
    }
}

fn val_type(ty: ValType, out: &mut Vec<u8>) {
    let byte = match ty {
        ValType::I32 => 0x7f,
        ValType::I64 => 0x7e,
        ValType::F32 => 0x7d,
        ValType::F64 => 0x7c,
        ValType::V128 => 0x7b,
        ValType::Ref(ty) if ty == wasmparser::RefType::EXTERNREF => 0x6f,
        ValType::Ref(ty) if ty == wasmparser::RefType::EXNREF => 0x69,
        ValType::Ref(_) => 0x70,
    };
    out.push(byte);
}

fn table_type(ty: &TableType, out: &mut Vec<u8>) {
    val_type(ValType::Ref(ty.element_type), out);
    out.push(u8::from(ty.maximum.is_some()) | u8::from(ty.table64) << 2);
    ty.initial.encode(out);
    if let Some(maximum) = ty.maximum {
        maximum.encode(out);
    }
}

fn memory_type(ty: &MemoryType, out: &mut Vec<u8>) {
    out.push(MEMORY_KIND);
    out.push(u8::from(ty.maximum.is_some()) | u8::from(ty.shared) << 1 | u8::from(ty.memory64) << 2);
    ty.initial.encode(out);
    if let Some(maximum) = ty.maximum {
        maximum.encode(out);
    }
}

fn global_type(ty: &GlobalType, out: &mut Vec<u8>) {
    val_type(ty.content_type, out);
    out.push(ty.mutable.into());
}

/// Writes an initializer. Integers are folded: linkers keep only the first constant.
fn initializer(init: &ConstExpr<'_>, out: &mut Vec<u8>) {
    match fold(init) {
        Some(Folded::I32(value)) => {
            out.push(I32_CONST);
            value.encode(out);
        }
        Some(Folded::I64(value)) => {
            out.push(I64_CONST);
            value.encode(out);
        }
        None => {
            let mut reader = init.get_operators_reader();
            match reader.read() {
                Ok(Operator::F32Const { value }) => {
                    out.push(0x43);
                    out.extend_from_slice(&value.bits().to_le_bytes());
                }
                Ok(Operator::F64Const { value }) => {
                    out.push(0x44);
                    out.extend_from_slice(&value.bits().to_le_bytes());
                }
                // Any other initializer was refused.
                _ => out.extend([0xd0, 0x6f]),
            }
        }
    }
    out.push(END);
}
