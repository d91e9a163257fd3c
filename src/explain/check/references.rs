//! Suggestions for references: comparisons, and functions of another type with the same signature.

use super::context::{Context, Site};
use super::locate;
use crate::diagnostic::{Applicability, Diagnostic, edit};
use crate::resolve::IndexSpace;
use wasmparser::{CompositeInnerType, HeapType, Operator, RefType, ValType, WasmModuleResources};

/// Suggests `ref.eq` or `ref.is_null` for a comparison of references as numbers.
pub(super) fn compared(
    context: &Context<'_>,
    site: &Site<'_>,
    diagnostic: &Diagnostic,
) -> Option<Diagnostic> {
    let spans = context.spans;
    let own = spans.instr(site.at);
    let reference = |depth: usize| match site.operand(depth) {
        Some(ValType::Ref(t)) => Some(t),
        _ => None,
    };
    let (_, operation) = site.op?.mnemonic().split_once('.')?;
    match operation {
        "eqz" => {
            reference(0)?;
            Some(diagnostic.clone().with_fix("write `ref.is_null`", own, "ref.is_null"))
        }
        "eq" | "ne" => {
            let (a, b) = (reference(1)?, reference(0)?);
            let is_null = |depth: usize| {
                let producer = site.producer(depth)?;
                matches!(context.operator_at(producer), Some(Operator::RefNull { .. })).then_some(producer)
            };
            let whole = spans.folded(site.at);
            let negated = |instr: &str| match (operation, whole) {
                ("ne", Some(_)) => format!("i32.eqz ({instr}"),
                _ => instr.to_owned(),
            };
            let close = |edits: &mut Vec<crate::diagnostic::Edit>| match (operation, whole) {
                ("ne", Some(whole)) => edits.push(edit(whole.after(), ")")),
                ("ne", None) => edits.push(edit(own.after(), " i32.eqz")),
                _ => {}
            };
            let (instr, removed) = match is_null(0).or_else(|| is_null(1)) {
                Some(null) => {
                    let span = spans.folded(null).unwrap_or(spans.with_immediates(null));
                    ("ref.is_null", Some(locate::with_space_before(spans.source, span)))
                }
                None => {
                    let resources = site.validator.resources();
                    let eq = ValType::Ref(RefType::EQ.nullable());
                    let is_eq = |t: RefType| resources.is_subtype(ValType::Ref(t), eq);
                    (is_eq(a) && is_eq(b)).then_some(("ref.eq", None))?
                }
            };
            let mut edits = vec![edit(own, negated(instr))];
            edits.extend(removed.map(|span| edit(span, "")));
            close(&mut edits);
            edits.sort_by_key(|edit| edit.span.start);
            let message = format!("write `{instr}`");
            Some(diagnostic.clone().with_edits(message, edits, Applicability::MachineApplicable))
        }
        _ => None,
    }
}

/// Suggests the expected type for a function whose signature is that of this type.
pub(super) fn same_function_type(
    context: &Context<'_>,
    site: &Site<'_>,
    diagnostic: &Diagnostic,
    want: ValType,
    producer: u64,
) -> Option<Diagnostic> {
    let Operator::RefFunc { function_index } = context.operator_at(producer)? else { return None };
    let ValType::Ref(want) = want else { return None };
    let (HeapType::Concrete(index) | HeapType::Exact(index)) = want.heap_type() else { return None };
    let resources = site.validator.resources();
    let id = index.as_core_type_id()?;
    let expected = &resources.sub_type_at_id(id).composite_type.inner;
    let found = resources.type_index_of_function(function_index)?;
    let found = &resources.sub_type_at(found)?.composite_type.inner;
    let (CompositeInnerType::Func(expected), CompositeInnerType::Func(found)) = (expected, found) else {
        return None;
    };
    let declared = context.declared;
    let form = declared.definition(IndexSpace::Func, function_index)?.form;
    let has_type = !declared.parts_of_head(form, crate::lex::TokenKind::ParenType).is_empty();
    if expected != found || has_type {
        return None;
    }
    let number = *context.checker.indices_of(id).first()?;
    let name = declared.type_name(number);
    let head = declared.parts_of_head(form, crate::lex::TokenKind::ParenParam);
    let head = head.into_iter().chain(declared.parts_of_head(form, crate::lex::TokenKind::ParenResult));
    let place = match head.min_by_key(|part| part.start) {
        Some(part) => edit(part.before(), format!("(type {name}) ")),
        None => edit(declared.span_of(IndexSpace::Func, function_index)?.after(), format!(" (type {name})")),
    };
    let message = format!("give the function the type {name}, which is in a group or has a supertype");
    Some(diagnostic.clone().with_edits(message, vec![place], Applicability::MachineApplicable))
}
