//! The definitions that a tree refers to.

use super::context::{Context, index_of};
use crate::ast::{Ast, Idx, Instr, Run, TypeUse, TypeUseId, ValType, flags, has, memarg};
use crate::instr::Immediates;
use crate::resolve::IndexSpace;

/// Calls `f` with the index space and index of each definition that an instruction refers to, except types.
pub(super) fn of_instr(cx: &Context<'_, '_>, ast: &Ast, instr: Instr, mut f: impl FnMut(IndexSpace, u32)) {
    use IndexSpace::{Data, Elem, Func, Global, Memory, Table, Tag, Type};
    let Instr { op, imm, aux, .. } = instr;
    let extra = |at: u32| ast.extra.get(at as usize).copied().unwrap_or(Idx::NONE.raw());
    let mut use_of = |space, raw: u32| {
        if let Some(index) = index_of(cx, ast, raw, space) {
            f(space, index);
        }
    };
    match op.immediates() {
        Immediates::Func => use_of(Func, imm),
        Immediates::Type | Immediates::OrderedType => use_of(Type, imm),
        Immediates::Global | Immediates::OrderedGlobal => use_of(Global, imm),
        Immediates::Tag | Immediates::Catch => use_of(Tag, imm),
        Immediates::Data => use_of(Data, imm),
        Immediates::Elem => use_of(Elem, imm),
        Immediates::Table | Immediates::OrderedTable => use_of(Table, imm),
        Immediates::Memory => use_of(Memory, imm),
        Immediates::MemArg(_)
        | Immediates::AtomicMemArg(_)
        | Immediates::RmwMemArg(_)
        | Immediates::MemArgLane(_) => {
            let is_array = aux & memarg::EXTRA != 0 && aux & memarg::ARRAY != 0;
            let target = if aux & memarg::EXTRA == 0 { Idx::NONE.raw() } else { extra(imm + 2) };
            use_of(if is_array { Type } else { Memory }, target);
        }
        Immediates::Field | Immediates::OrderedField | Immediates::TypeLen => use_of(Type, extra(imm)),
        Immediates::TypeData => {
            use_of(Type, extra(imm));
            use_of(Data, extra(imm + 1));
        }
        Immediates::TypeElem => {
            use_of(Type, extra(imm));
            use_of(Elem, extra(imm + 1));
        }
        Immediates::TypeType => (imm..imm + 2).for_each(|at| use_of(Type, extra(at))),
        Immediates::TypeTag => {
            use_of(Type, extra(imm));
            use_of(Tag, extra(imm + 1));
        }
        Immediates::MemoryInit => {
            use_of(Memory, extra(imm));
            use_of(Data, extra(imm + 1));
        }
        Immediates::TableInit => {
            use_of(Table, extra(imm));
            use_of(Elem, extra(imm + 1));
        }
        Immediates::MemoryCopy => (imm..imm + 2).for_each(|at| use_of(Memory, extra(at))),
        Immediates::TableCopy => (imm..imm + 2).for_each(|at| use_of(Table, extra(at))),
        Immediates::CallIndirect => use_of(Table, extra(imm)),
        Immediates::Resume => {
            use_of(Type, extra(imm));
            tags(ast, imm + 1, 0, 2, &mut use_of);
        }
        Immediates::ResumeThrow => {
            use_of(Type, extra(imm));
            use_of(Tag, extra(imm + 1));
            tags(ast, imm + 2, 0, 2, &mut use_of);
        }
        Immediates::TryTable if aux & has::EXTRA != 0 => tags(ast, imm + 4, 1, 3, &mut use_of),
        _ => {}
    }
}

/// The tags in a list of which each element has `words` words, the tag among them.
fn tags(ast: &Ast, list: u32, tag: usize, words: usize, use_of: &mut impl FnMut(IndexSpace, u32)) {
    let Some(&count) = ast.extra.get(list as usize) else { return };
    let Some(items) = ast.extra.get(list as usize + 1..) else { return };
    for item in items.chunks_exact(words).take(count as usize) {
        if !Idx::from_raw(item[tag]).is_none() {
            use_of(IndexSpace::Tag, item[tag]);
        }
    }
}

/// Calls `f` with the index of the type that a value type refers to.
pub(super) fn of_type(cx: &Context<'_, '_>, ast: &Ast, ty: ValType, f: &mut impl FnMut(u32)) {
    if ty.has(flags::CONCRETE)
        && let Some(index) = index_of(cx, ast, ty.idx.raw(), IndexSpace::Type)
    {
        f(index);
    }
}

/// Calls `f` with the indices of the types that a type use refers to, by index or by its signature.
pub(super) fn of_type_use(cx: &Context<'_, '_>, ast: &Ast, id: TypeUseId, f: &mut impl FnMut(u32)) {
    let TypeUse { idx, params, results, .. } = ast.type_uses[id.0 as usize];
    if idx.is_none() {
        let mut signature = Vec::new();
        if cx.symbols.encode_signature(ast, id, &mut signature, &mut Vec::new())
            && let Some(index) = cx.symbols.plain_type(&signature)
        {
            f(index);
        }
    } else if let Some(index) = index_of(cx, ast, idx.raw(), IndexSpace::Type) {
        f(index);
    }
    of_signature(cx, ast, params, results, f);
}

/// Calls `f` with the indices of the types of parameters and results.
pub(super) fn of_signature(
    cx: &Context<'_, '_>,
    ast: &Ast,
    params: Run,
    results: Run,
    f: &mut impl FnMut(u32),
) {
    ast.params[params.range()].iter().for_each(|param| of_type(cx, ast, param.ty, f));
    ast.val_types[results.range()].iter().for_each(|ty| of_type(cx, ast, *ty, f));
}

/// Calls `f` with the indices of all types that the tree of a function refers to, except by instructions on types.
pub(super) fn types_of_func(cx: &Context<'_, '_>, ast: &Ast, f: &mut impl FnMut(u32)) {
    ast.params.iter().for_each(|param| of_type(cx, ast, param.ty, f));
    ast.val_types.iter().chain(&ast.immediate_types).for_each(|ty| of_type(cx, ast, *ty, f));
    (0..ast.type_uses.len() as u32).for_each(|id| of_type_use(cx, ast, TypeUseId(id), f));
}
