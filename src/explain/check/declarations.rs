//! The declarations of a module, against which its parts are checked.

use super::declared::Declared;
use super::skeleton::{Declarations, NO_TYPE};
use super::type_section::type_section;
use super::type_uses::not_a_func_type;
use crate::ast::{
    Ast, ElemItems, Export, ExternDesc, ExternType, Field, GlobalType, Idx, Import, MemoryInit, MemoryType,
    TableInit, TableType, TypeUseId, ValType,
};
use crate::diagnostic::Diagnostic;
use crate::explain::explainer::{Explainer, LoweredForms};
use crate::outline::Item;
use crate::resolve::{IndexSpace, SymbolTable};
use crate::span::Span;
use wasm_encoder as enc;

impl Explainer<'_> {
    /// Returns what the module declares. Errors about the types of imports and tags are added to `wrong`.
    pub(crate) fn declarations(
        &self,
        forms: &LoweredForms,
        func_types: &[Option<u32>],
        wrong: &mut Vec<Diagnostic>,
    ) -> Declarations {
        let scope = &self.outline.symbols;
        let implicit = &forms.lowered.implicit;
        let mut declarations =
            Declarations { types: type_section(&forms.lowered.bytes), ..Declarations::default() };
        let mut func_types = func_types.iter();
        let mut type_of = |ast: &Ast, id: TypeUseId, form: Span, declared: &Declared<'_>| {
            let index = crate::resolve::type_use::known_type(scope, ast, id, implicit)?;
            if scope.is_func_type(index, implicit) {
                return Some(index);
            }
            wrong.extend(not_a_func_type(declared, scope, ast, id, form, index));
            None
        };
        for item in &self.outline.items {
            match item {
                Item::Func(..) => {
                    let ty = func_types.next().copied().flatten();
                    declarations.entities.push(enc::EntityType::Function(ty.unwrap_or(NO_TYPE)));
                }
                Item::Broken(run) => {
                    for space in &self.outline.broken[run.range()] {
                        declarations.push_any(*space);
                    }
                }
                Item::Data(_) | Item::Metadata(_) => {}
                Item::Fields(run) => {
                    for field in &self.outline.fields.fields[run.range()] {
                        let ast = &self.outline.fields;
                        let mut desc_type = |desc: &ExternDesc| match &desc.ty {
                            ExternType::Func { type_use, .. } => {
                                let ty = type_of(ast, *type_use, desc.span, &self.declared);
                                enc::EntityType::Function(ty.unwrap_or(NO_TYPE))
                            }
                            ExternType::Table(ty) => table_type(scope, ast, ty),
                            ExternType::Memory(ty) => memory_type(ty),
                            ExternType::Global(ty) => global_type(scope, ast, ty),
                            ExternType::Tag(type_use) => {
                                tag_type(type_of(ast, *type_use, desc.span, &self.declared))
                            }
                        };
                        match field {
                            Field::Import(Import::Single { desc, .. }) => {
                                let ty = desc_type(desc);
                                declarations.entities.push(ty);
                            }
                            Field::Import(Import::Items { items, .. }) => {
                                for item in &ast.import_items[items.range()] {
                                    declarations.entities.extend(item.desc.as_ref().map(&mut desc_type));
                                }
                            }
                            Field::Import(Import::Names { items, desc, .. }) => {
                                let ty = desc_type(desc);
                                declarations.entities.extend(items.range().map(|_| ty));
                            }
                            Field::Table(table) => {
                                declarations.entities.push(table_type(scope, ast, &table.ty));
                                if let TableInit::Elems(_) = table.init {
                                    declarations.elems.push(element_type(scope, ast, table.ty.elem));
                                }
                            }
                            Field::Memory(memory) => {
                                declarations.entities.push(memory_type(&memory.ty));
                                declarations.datas += u32::from(matches!(memory.init, MemoryInit::Data(_)));
                            }
                            Field::Global(global) => {
                                declarations.entities.push(global_type(scope, ast, &global.ty));
                            }
                            Field::Tag(tag) => {
                                let ty = type_of(ast, tag.type_use, tag.span, &self.declared);
                                declarations.entities.push(tag_type(ty));
                            }
                            Field::Elem(elem) => declarations.elems.push(match &elem.items {
                                ElemItems::Exprs(ty, _) => element_type(scope, ast, *ty),
                                // `(ref func)`
                                ElemItems::Funcs(_) => {
                                    enc::RefType { nullable: false, ..enc::RefType::FUNCREF }
                                }
                            }),
                            Field::Data(_) => declarations.datas += 1,
                            _ => {}
                        }
                    }
                }
            }
        }
        declarations.referable = self.referable(&forms.exports);
        declarations
    }

    /// The functions that are exported, or mentioned outside of bodies.
    fn referable(&self, exports: &[(Export, Option<u32>)]) -> Vec<u32> {
        let scope = &self.outline.symbols;
        let mut is_unsure = false;
        let mut index = |idx: Idx| {
            let index = scope.index(&self.outline.fields, idx, IndexSpace::Func, &mut Vec::new());
            is_unsure |= index.is_none();
            index
        };
        let mut funcs = Vec::new();
        for (export, own) in exports {
            match own {
                Some(own) => funcs.push(*own),
                None if export.kind == enc::ExportKind::Func => funcs.extend(index(export.idx)),
                None => {}
            }
        }
        for field in &self.outline.fields.fields {
            let items = match field {
                Field::Elem(elem) => &elem.items,
                Field::Table(table) => match &table.init {
                    TableInit::Elems(items) => items,
                    _ => continue,
                },
                _ => continue,
            };
            if let ElemItems::Funcs(run) = items {
                let raw = self.outline.fields.extra[run.range()].iter();
                funcs.extend(raw.filter_map(|&raw| index(Idx::from_raw(raw))));
            }
        }
        let ref_func = crate::instr::Op::named("ref.func");
        let instrs = self.outline.fields.instrs.iter().filter(|instr| Some(instr.op) == ref_func);
        funcs.extend(instrs.filter_map(|instr| index(Idx::from_raw(instr.imm))));
        if is_unsure {
            // An unknown name may be meant for any function.
            return (0..scope.names(IndexSpace::Func).len()).collect();
        }
        funcs
    }
}

fn element_type(scope: &SymbolTable<'_>, ast: &Ast, ty: ValType) -> enc::RefType {
    match scope.val_type(ast, ty, &mut Vec::new()) {
        Some(enc::ValType::Ref(ty)) => ty,
        _ => enc::RefType::FUNCREF,
    }
}

// Types of declarations. Limits may have errors and are left out.

fn table_type(scope: &SymbolTable<'_>, ast: &Ast, ty: &TableType) -> enc::EntityType {
    enc::EntityType::Table(enc::TableType {
        element_type: element_type(scope, ast, ty.elem),
        table64: ty.limits.is_64,
        minimum: 0,
        maximum: None,
        shared: ty.shared,
    })
}

fn memory_type(ty: &MemoryType) -> enc::EntityType {
    enc::EntityType::Memory(enc::MemoryType {
        minimum: 0,
        maximum: ty.shared.then_some(0),
        memory64: ty.limits.is_64,
        shared: ty.shared,
        page_size_log2: None,
    })
}

fn global_type(scope: &SymbolTable<'_>, ast: &Ast, ty: &GlobalType) -> enc::EntityType {
    let val_type = scope.val_type(ast, ty.ty, &mut Vec::new()).unwrap_or(enc::ValType::I32);
    enc::EntityType::Global(enc::GlobalType { val_type, mutable: ty.mutable, shared: ty.shared })
}

fn tag_type(ty: Option<u32>) -> enc::EntityType {
    enc::EntityType::Tag(enc::TagType { kind: enc::TagKind::Exception, func_type_idx: ty.unwrap_or(NO_TYPE) })
}
