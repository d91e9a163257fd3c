//! Checks of active segments: their bounds, and names that only look like the name of what they initialize.

use super::context::{Context, Extent, constant, index_of, is_silenced};
use super::finding::Finding;
use super::place;
use crate::ast::{Ast, Data, DataItem, DataMode, Elem, ElemItems, ElemMode, Field, Idx, Run};
use crate::diagnostic::Code;
use crate::resolve::IndexSpace;
use crate::span::Span;

/// Checks the element segments of the module.
pub(super) fn check_elems(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    for field in &cx.fields.fields {
        let Field::Elem(Elem { span, naming, mode: ElemMode::Active { table, offset }, items }) = *field
        else {
            continue;
        };
        let len = match items {
            ElemItems::Funcs(run) | ElemItems::Exprs(_, run) => run.len(),
        };
        let target = Target { space: IndexSpace::Table, idx: table, offset };
        check(cx, cx.fields, span, naming.id, target, len.into(), findings);
    }
}

/// Checks a data segment whose strings are decoded.
pub(super) fn check_data(cx: &Context<'_, '_>, ast: &Ast, data: &Data, findings: &mut Vec<Finding>) {
    let DataMode::Active { memory, offset } = data.mode else { return };
    let len = ast.data_items[data.items.range()].iter().map(|item| match item {
        DataItem::Bytes(run) | DataItem::Decoded(run) => u64::from(run.len()),
        DataItem::String(_) => 0,
    });
    let target = Target { space: IndexSpace::Memory, idx: memory, offset };
    check(cx, ast, data.span, data.naming.id, target, len.sum(), findings);
}

/// What a segment initializes.
struct Target {
    space: IndexSpace,
    /// The index of the table or memory, which may be omitted.
    idx: Idx,
    offset: Run,
}

fn check(
    cx: &Context<'_, '_>,
    ast: &Ast,
    span: Span,
    id: Option<Span>,
    target: Target,
    len: u64,
    findings: &mut Vec<Finding>,
) {
    let Target { space, idx, offset } = target;
    let Some(index) = index_of(cx, ast, idx.raw(), space) else { return };
    let extents = if space == IndexSpace::Memory { &cx.memories } else { &cx.tables };
    let Some(extent) = extents.get(index as usize) else { return };
    if cx.enabled.has(Code::SegmentBeyondEnd)
        && let Some(found) = beyond(cx, ast, span, space, extent, offset, len)
    {
        findings.push(found);
    }
    if cx.enabled.has(Code::SegmentNamedAsTarget)
        && idx.is_none()
        && let Some(id) = id.filter(|id| !is_silenced(cx.symbols.source, Some(*id)))
        && let Some(target) = cx.symbols.names(space).get(&cx.symbols.source[id.range()])
    {
        findings.push(Finding::SegmentName { id, space, target });
    }
}

fn beyond(
    cx: &Context<'_, '_>,
    ast: &Ast,
    span: Span,
    space: IndexSpace,
    extent: &Extent,
    offset: Run,
    len: u64,
) -> Option<Finding> {
    let most = extent.most?;
    let size = u128::from(most).checked_shl(extent.page)?;
    let end = u128::from(constant(cx, ast, offset)?) + u128::from(len);
    let page = (space == IndexSpace::Memory).then_some(extent.page);
    let at = place::head(cx.symbols.source, span);
    (end > size).then_some(Finding::Segment {
        at,
        space,
        target: extent.span,
        end,
        size,
        is_exact: !extent.is_imported,
        page,
    })
}
