//! Types without values: a struct that needs a value of itself before there is one.

use super::context::{Context, index_of, is_silenced};
use super::finding::Finding;
use crate::ast::{CompType, TypeDef, ValType, flags};
use crate::resolve::IndexSpace;
use crate::span::Span;

/// Checks all types of the module.
pub(super) fn check(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    let defs = &cx.fields.type_defs;
    let needs_others = |def: &TypeDef| needed(cx, def).next().is_some();
    if !defs.iter().any(needs_others) {
        return;
    }
    let inhabited = inhabited(cx);
    let is_empty = |index: u32| inhabited.get(index as usize) == Some(&false);
    // An empty type needs another one, so following the first needed type leads to a circle.
    let mut seen = vec![0u32; defs.len()];
    for start in 0..defs.len() as u32 {
        let mut path = Vec::new();
        let mut next = Some(start).filter(|&index| is_empty(index));
        while let Some(index) = next.filter(|&index| seen[index as usize] == 0) {
            seen[index as usize] = start + 1;
            path.push(index);
            next = needed(cx, &defs[index as usize]).map(|(_, ty)| ty).find(|&ty| is_empty(ty));
        }
        let is_new = next.is_some_and(|index| seen[index as usize] == start + 1);
        if let Some(first) = next.filter(|_| is_new)
            && let Some(begin) = path.iter().position(|&index| index == first)
            && let Some(&least) = path[begin..].iter().min()
        {
            let circle = path.len() - begin;
            findings.extend(found(cx, least, circle == 1, &is_empty));
        }
    }
}

fn found(cx: &Context<'_, '_>, index: u32, is_own: bool, is_empty: &dyn Fn(u32) -> bool) -> Option<Finding> {
    let def = &cx.fields.type_defs[index as usize];
    let (field, _) = needed(cx, def).find(|(_, ty)| is_empty(*ty))?;
    let id = def.naming.id;
    if is_silenced(cx.symbols.source, id) {
        return None;
    }
    let at = id.unwrap_or(Span::new(def.span.start, def.span.start + "(type".len() as u32));
    let field = Span::new(field.start, cx.symbols.source.len() as u32);
    Some(Finding::Uninhabitable { at, field, id, is_own })
}

/// The fields of a struct type that need a value of another type of the module, each with that type.
fn needed<'a>(cx: &'a Context<'_, '_>, def: &TypeDef) -> impl Iterator<Item = (ValType, u32)> + 'a {
    let fields = match def.comp {
        CompType::Struct(run) => &cx.fields.struct_fields[run.range()],
        _ => &[],
    };
    fields.iter().filter_map(move |field| {
        let ty = field.ty;
        if !ty.has(flags::REF) || ty.has(flags::NULL) || !ty.has(flags::CONCRETE) {
            return None;
        }
        Some((ty, index_of(cx, cx.fields, ty.idx.raw(), IndexSpace::Type)?))
    })
}

/// For each type, whether it or one of its subtypes may have a value.
fn inhabited(cx: &Context<'_, '_>) -> Vec<bool> {
    /// The largest number of supertypes of a valid type.
    const MOST_SUPERS: usize = 64;
    let defs = &cx.fields.type_defs;
    let mut inhabited = vec![false; defs.len()];
    // The types that wait for a value of each type, and the number of values that each type waits for.
    let mut waiting: Vec<Vec<u32>> = vec![Vec::new(); defs.len()];
    let mut missing = vec![0u32; defs.len()];
    let mut ready = Vec::new();
    for (index, def) in (0u32..).zip(defs) {
        for (_, ty) in needed(cx, def) {
            if let Some(list) = waiting.get_mut(ty as usize) {
                list.push(index);
                missing[index as usize] += 1;
            }
        }
        if missing[index as usize] == 0 {
            ready.push(index);
        }
    }
    while let Some(index) = ready.pop() {
        // A value of a type is a value of its supertypes.
        let mut next = Some(index);
        for _ in 0..MOST_SUPERS {
            let Some(ty) = next.filter(|&ty| inhabited.get(ty as usize) == Some(&false)) else { break };
            inhabited[ty as usize] = true;
            for waits in std::mem::take(&mut waiting[ty as usize]) {
                missing[waits as usize] -= 1;
                if missing[waits as usize] == 0 {
                    ready.push(waits);
                }
            }
            let supers = cx.fields.extra.get(defs[ty as usize].supers.range());
            next = supers
                .and_then(|supers| supers.first())
                .and_then(|raw| index_of(cx, cx.fields, *raw, IndexSpace::Type));
        }
    }
    inhabited
}
