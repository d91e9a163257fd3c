//! What a linker cannot take, other than types and annotations.

use super::annotations::Annotations;
use super::entities::{Kind, section};
use super::fault::{Fault, FaultKind, Init};
use super::parts::{Parts, fold, is_known};
use super::symbols::{ENV, FUNCTION_TABLE};
use crate::lower::{LoweredModule, SiteKind};
use crate::span::Span;
use wasmparser::{ConstExpr, DataKind, ElementKind, MemoryType, Operator, RefType, TypeRef, ValType};

/// Reports what cannot be in an object.
pub(super) fn check(parts: &Parts<'_>, module: &LoweredModule, notes: &Annotations, faults: &mut Vec<Fault>) {
    let mut check = Check { parts, module, notes, faults, memory: None };
    check.imports();
    check.definitions();
    check.exports();
    check.segments();
    check.customs();
}

struct Check<'a> {
    parts: &'a Parts<'a>,
    module: &'a LoweredModule,
    notes: &'a Annotations,
    faults: &'a mut Vec<Fault>,
    /// The first memory.
    memory: Option<Span>,
}

impl Check<'_> {
    fn place(&self, section: u8, nth: usize) -> Span {
        self.module.places.item(section, nth).unwrap_or_default()
    }

    fn fault(&mut self, at: Span, kind: FaultKind) {
        self.faults.push(Fault { at, kind });
    }

    fn imports(&mut self) {
        for (nth, import) in self.parts.imports.iter().enumerate() {
            let at = self.place(section::IMPORT, nth);
            if let "GOT.mem" | "GOT.func" = import.module {
                self.fault(at, FaultKind::PicImport);
            }
            match import.ty {
                TypeRef::FuncExact(_) => self.fault(at, FaultKind::ExactImport),
                TypeRef::Memory(ty) => self.memory(at, ty),
                TypeRef::Table(ty) if ty.shared => self.fault(at, FaultKind::Shared),
                TypeRef::Global(ty) if ty.shared => self.fault(at, FaultKind::Shared),
                _ => {}
            }
        }
    }

    fn memory(&mut self, at: Span, ty: MemoryType) {
        match self.memory {
            Some(first) => self.fault(at, FaultKind::SecondMemory(first)),
            None => self.memory = Some(at),
        }
        if ty.page_size_log2.is_some_and(|log2| log2 != 16) {
            self.fault(at, FaultKind::PageSize);
        }
    }

    fn definitions(&mut self) {
        for (nth, (ty, has_init)) in self.parts.tables.iter().enumerate() {
            let at = self.place(section::TABLE, nth);
            if *has_init {
                self.fault(at, FaultKind::TableInit);
            }
            if ty.shared {
                self.fault(at, FaultKind::Shared);
            }
        }
        for (nth, ty) in self.parts.memories.iter().enumerate() {
            let at = self.place(section::MEMORY, nth);
            self.memory(at, *ty);
        }
        for (nth, (ty, init)) in self.parts.globals.iter().enumerate() {
            let at = self.place(section::GLOBAL, nth);
            if ty.shared {
                self.fault(at, FaultKind::Shared);
            }
            // A type that linkers do not know has an error of its own.
            if let Some(init) = bad_init(init, ty.content_type).filter(|_| is_known(ty.content_type)) {
                self.fault(at, FaultKind::Initializer(init));
            }
        }
    }

    fn exports(&mut self) {
        let kinds = self.parts.imports.iter().filter_map(|import| Kind::of_import(&import.ty));
        let mut imported = [0; 4];
        kinds.for_each(|kind| imported[kind as usize] += 1);
        for (nth, export) in self.parts.exports.iter().enumerate() {
            let at = self.place(section::EXPORT, nth);
            let Some(kind) = Kind::of_export(export.kind) else {
                self.fault(at, FaultKind::ExportedMemory);
                continue;
            };
            // wasm-ld exports the memory under this name, unless an option says otherwise.
            if export.name == "memory" {
                self.fault(at, FaultKind::NameOfMemory);
            }
            if export.index < imported[kind as usize] {
                let is_left = kind == Kind::Table && self.is_function_table(export.index);
                self.fault(at, if is_left { FaultKind::ExportedMemory } else { FaultKind::ExportedImport });
            }
        }
    }

    /// Whether an imported table is that of function pointers.
    fn is_function_table(&self, index: u32) -> bool {
        let mut tables = self.parts.imports.iter().filter(|import| matches!(import.ty, TypeRef::Table(_)));
        tables.nth(index as usize).is_some_and(|import| import.module == ENV && import.name == FUNCTION_TABLE)
    }

    fn segments(&mut self) {
        for (nth, elem) in self.parts.elems.iter().enumerate() {
            if !matches!(elem.kind, ElementKind::Declared) {
                let at = self.place(section::ELEM, nth);
                self.fault(at, FaultKind::Elem);
            }
        }
        for (nth, data) in self.parts.datas.iter().enumerate() {
            if let DataKind::Active { offset_expr, .. } = &data.kind
                && fold(offset_expr).is_none()
            {
                let at = self.place(section::DATA, nth);
                self.fault(at, FaultKind::SegmentPlace);
            }
        }
        for site in &self.module.sites {
            if let SiteKind::Fixed(space) = site.kind {
                let at = Span::new(site.start, site.start);
                // An instruction is reported once.
                if self.faults.last().is_none_or(|last| last.at != at) {
                    self.fault(at, FaultKind::SegmentUse(space));
                }
            }
        }
    }

    fn customs(&mut self) {
        for (name, _) in &self.parts.customs {
            let at = self.notes.custom(name);
            if *name == "linking" || name.starts_with("reloc.") {
                self.fault(at, FaultKind::OwnCustom((*name).to_owned()));
            } else if *name == "dylink.0" {
                self.fault(at, FaultKind::Dylink);
            } else if name.starts_with("metadata.code.") {
                self.fault(at, FaultKind::CodeMetadata((*name).to_owned()));
            }
        }
    }
}

/// Returns the reason why an initializer cannot be in an object.
fn bad_init(init: &ConstExpr<'_>, ty: ValType) -> Option<Init> {
    if fold(init).is_some() {
        return None;
    }
    let mut reader = init.get_operators_reader();
    let first = reader.read().ok();
    let is_single = matches!(reader.read(), Ok(Operator::End));
    match first {
        Some(Operator::F32Const { .. } | Operator::F64Const { .. }) if is_single => None,
        Some(Operator::RefNull { .. }) if is_single && ty == ValType::Ref(RefType::EXTERNREF) => None,
        Some(Operator::RefNull { .. }) => Some(Init::Null),
        Some(Operator::RefFunc { .. }) => Some(Init::RefFunc),
        Some(Operator::GlobalGet { .. }) => Some(Init::GlobalGet),
        Some(Operator::V128Const { .. }) => Some(Init::V128),
        _ => Some(Init::Other),
    }
}
