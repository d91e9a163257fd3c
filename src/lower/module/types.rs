//! Types: the type section, and the types of fields.

use super::ModuleBuilder;
use crate::ast::{
    Ast, CompType, GlobalType, Idx, MemoryType, RecGroup, TableType, TypeDef, TypeUseId, ValType, flags,
};
use crate::lower::names::NameMap;
use crate::resolve::IndexSpace;
use crate::resolve::type_use::type_ref;
use crate::span::Span;
use wasm_encoder as enc;
use wasm_encoder::Encode;

// The first bytes of types in the type section.
pub(super) const FUNC: u8 = 0x60;
const STRUCT: u8 = 0x5f;
const ARRAY: u8 = 0x5e;
const CONT: u8 = 0x5d;
const SUB: u8 = 0x50;
const SUB_FINAL: u8 = 0x4f;
const REC_GROUP: u8 = 0x4e;
const DESCRIPTOR: u8 = 0x4d;
const DESCRIBES: u8 = 0x4c;
const SHARED: u8 = 0x65;

impl ModuleBuilder<'_> {
    pub(super) fn rec_group(&mut self, ast: &Ast, group: &RecGroup) {
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
            self.name(IndexSpace::Type, index, def.naming);
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

    /// Adds the type that stands for unknown types, after all defined types.
    pub(crate) fn add_unknown_type(&mut self) {
        unknown_type(&mut self.types);
        self.type_items += 1;
    }

    pub(super) fn param_names(&self, ast: &Ast, id: TypeUseId) -> NameMap {
        let params = ast.type_uses[id.0 as usize].params;
        self.naming_map(ast.params[params.range()].iter().map(|param| param.naming))
    }

    pub(super) fn sub_type(&mut self, ast: &Ast, def: &TypeDef) {
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

    pub(super) fn write_type_index(&mut self, ast: &Ast, idx: Idx) {
        self.type_index_of(ast, idx).unwrap_or(0).encode(&mut self.types);
    }

    pub(super) fn type_index_of(&mut self, ast: &Ast, idx: Idx) -> Option<u32> {
        self.scope.index(ast, idx, IndexSpace::Type, &mut self.faults)
    }

    pub(super) fn val_type(&mut self, ast: &Ast, t: ValType) -> Option<enc::ValType> {
        self.scope.val_type(ast, t, &mut self.faults)
    }

    pub(super) fn field_type(&mut self, ast: &Ast, t: ValType) {
        let element_type = match t.code {
            0x78 if !t.has(flags::REF) => enc::StorageType::I8,
            0x77 if !t.has(flags::REF) => enc::StorageType::I16,
            _ => enc::StorageType::Val(self.val_type(ast, t).unwrap_or(enc::ValType::I32)),
        };
        element_type.encode(&mut self.types);
        self.types.push(t.has(flags::MUT).into());
    }

    pub(super) fn ref_type(&mut self, ast: &Ast, t: ValType) -> enc::RefType {
        self.scope.ref_type(ast, t, &mut self.faults).unwrap_or(enc::RefType::FUNCREF)
    }

    pub(super) fn type_use(&mut self, ast: &Ast, id: TypeUseId, at: Span) -> u32 {
        let start = self.scratch.signatures.len();
        let signatures = &mut self.scratch.signatures;
        let ty = type_ref(self.scope, ast, id, at, signatures, &mut self.faults);
        let index = ty.map_or(0, |ty| self.implicit.index(ty, &self.scratch.signatures));
        self.scratch.signatures.truncate(start);
        index
    }

    pub(super) fn table_type(&mut self, ast: &Ast, t: &TableType) -> enc::TableType {
        enc::TableType {
            element_type: self.ref_type(ast, t.elem),
            table64: t.limits.is_64,
            minimum: t.limits.min,
            maximum: t.limits.max,
            shared: t.shared,
        }
    }

    pub(super) fn memory_type(t: &MemoryType) -> enc::MemoryType {
        enc::MemoryType {
            minimum: t.limits.min,
            maximum: t.limits.max,
            memory64: t.limits.is_64,
            shared: t.shared,
            page_size_log2: t.page_size,
        }
    }

    pub(super) fn global_type(&mut self, ast: &Ast, t: &GlobalType) -> enc::GlobalType {
        let val_type = self.val_type(ast, t.ty).unwrap_or(enc::ValType::I32);
        enc::GlobalType { val_type, mutable: t.mutable, shared: t.shared }
    }
}

/// Appends the type that stands for unknown types: a struct type that no source is likely to have.
pub(crate) fn unknown_type(out: &mut Vec<u8>) {
    let fields = [0x78, 0x77, 0x78, 0x77, 0x78, 0x77, 0x77, 0x78, 0x77];
    out.extend_from_slice(&[0x5f, fields.len() as u8]);
    for field in fields {
        out.extend_from_slice(&[field, 0]);
    }
}
