//! Suggestions for missing operands and results: parameters that the function does not use, and a `drop` too many.

use super::context::{Context, Site};
use super::folds::Folds;
use super::locate::line_before;
use super::operands::{self, Operand, fixed_results};
use super::shape::Item;
use crate::diagnostic::{Applicability, Code, Diagnostic, edit};
use crate::span::Span;
use wasmparser::{CompositeInnerType, Operator, ValType, WasmModuleResources};

/// Suggests the unused parameters as the last operands of a folded instruction.
pub(super) fn with_operands(
    folds: &Folds<'_>,
    group: usize,
    lacks: &[Operand],
    diagnostic: Diagnostic,
) -> Diagnostic {
    let end = folds.shape.groups[group].span.end - 1;
    let source = folds.context.spans.source;
    let Some(reads) = unused(folds.context, folds.site, lacks) else { return diagnostic };
    let text: String = reads.iter().map(|read| format!(" ({read})")).collect();
    let at = source[..end as usize].trim_end().len() as u32;
    // After a comment the parenthesis is on a line of its own.
    let at = if line_before(source, at as usize).contains(";;") { end } else { at };
    with_suggestion(diagnostic, &reads, at, text)
}

/// Suggests the unused parameters as the last operands of an instruction without parentheses.
pub(super) fn with_operands_before(
    context: &Context<'_>,
    site: &Site<'_>,
    expected: &[Operand],
    diagnostic: Diagnostic,
) -> Diagnostic {
    let folds = Folds::new(context, site);
    let own = context.spans.instr(site.at);
    let is_flat = folds.shape.place(own.start).is_some_and(|place| place.group.is_none());
    let resources = site.validator.resources();
    let fits = |nth: usize| match (expected.get(nth), site.operand(site.own() - 1 - nth)) {
        (Some(Some(want)), Some(found)) => resources.is_subtype(found, *want),
        _ => true,
    };
    if !is_flat || site.is_unreachable() || site.own() >= expected.len() || !(0..site.own()).all(fits) {
        return diagnostic;
    }
    let Some(reads) = unused(context, site, &expected[site.own()..]) else { return diagnostic };
    let line = line_before(context.spans.source, own.start as usize);
    let apart = if line.trim().is_empty() { format!("\n{line}") } else { " ".to_owned() };
    let text: String = reads.iter().map(|read| format!("{read}{apart}")).collect();
    with_suggestion(diagnostic, &reads, own.start, text)
}

fn with_suggestion(diagnostic: Diagnostic, reads: &[String], at: u32, text: String) -> Diagnostic {
    let message = match reads {
        [read] => format!("the function does not use this parameter: add `{read}`"),
        _ => "the function does not use these parameters: add them".to_owned(),
    };
    diagnostic.with_edits(message, vec![edit(Span::new(at, at), text)], Applicability::MaybeIncorrect)
}

/// The parameters that the function does not read, as instructions, if they have the types of what is missing.
fn unused(context: &Context<'_>, site: &Site<'_>, lacks: &[Operand]) -> Option<Vec<String>> {
    if context.body.constant_of.is_some() || context.body.is_broken || lacks.is_empty() {
        return None;
    }
    let resources = site.validator.resources();
    let unused = context.unused_params.get_or_init(|| {
        let count = match resources.sub_type_at(context.body.ty).map(|ty| &ty.composite_type.inner) {
            Some(CompositeInnerType::Func(func)) => func.params().len(),
            _ => 0,
        };
        let mut is_used = vec![false; count];
        for mark in context.body.marks {
            if let Some(
                Operator::LocalGet { local_index }
                | Operator::LocalSet { local_index }
                | Operator::LocalTee { local_index },
            ) = context.operator_at(mark.at.into())
                && let Some(used) = is_used.get_mut(local_index as usize)
            {
                *used = true;
            }
        }
        (0..count as u32).filter(|at| !is_used[*at as usize]).collect()
    });
    let fits = unused.iter().zip(lacks).all(|(&param, want)| {
        let ty = site.validator.get_local_type(param);
        ty.zip(*want).is_some_and(|(ty, want)| resources.is_subtype(ty, want))
    });
    (unused.len() == lacks.len() && fits)
        .then(|| unused.iter().map(|&param| format!("local.get {}", local_name(context, param))).collect())
}

/// The name of a parameter, or its index.
fn local_name(context: &Context<'_>, param: u32) -> String {
    let name = context.body.locals.get(param as usize).map(|span| &context.spans.source[span.range()]);
    match name.filter(|name| name.starts_with('$')) {
        Some(name) => name.to_owned(),
        None => param.to_string(),
    }
}

/// Explains a missing result by a `drop` at the end of the block.
pub(super) fn drop_at_end(folds: &Folds<'_>) -> Option<Diagnostic> {
    let (context, site) = (folds.context, folds.site);
    let &[result] = &operands::results(site.validator, 0)?[..] else { return None };
    let marks = context.body.marks;
    let before = marks.partition_point(|mark| u64::from(mark.at) < site.at).checked_sub(1)?;
    let at = u64::from(marks[before].at);
    if !matches!(context.operator_at(at)?, Operator::Drop) || site.own() > 0 || site.is_unreachable() {
        return None;
    }
    let dropped = match folds.shape.place(marks[before].start)?.group {
        Some(group) => match folds.shape.groups[group].items[..] {
            [item @ Item::Group(_)] => folds.types(item)?,
            _ => return None,
        },
        None => flat_results(folds, u64::from(marks[before.checked_sub(1)?].at))?,
    };
    if dropped.len() != 1 || !site.validator.resources().is_subtype(dropped[0], result) {
        return None;
    }
    let span = context.spans.instr(at);
    let diagnostic = missing_result(folds, result)
        .with_label(span, format!("this drops a value of type {}", context.val_type(result)));
    let removed = match folds.shape.place(marks[before].start)?.group {
        Some(group) => {
            let Item::Group(inner) = folds.shape.groups[group].items[0] else { return None };
            let (whole, inner) = (folds.shape.groups[group].span, folds.shape.groups[inner].span);
            vec![edit(Span::new(whole.start, inner.start), ""), edit(Span::new(inner.end, whole.end), "")]
        }
        None => vec![edit(super::locate::with_space_before(context.spans.source, span), "")],
    };
    let diagnostic = diagnostic.with_edits("remove the `drop`", removed, Applicability::MaybeIncorrect);
    Some(super::related::with_block(context, site, diagnostic))
}

/// Creates the error for a block that lacks its only result.
pub(super) fn missing_result(folds: &Folds<'_>, result: ValType) -> Diagnostic {
    let (context, site) = (folds.context, folds.site);
    let what = super::describe::block_name(site, context);
    let expected = context.list([Some(result)]);
    let message = format!("missing result at the end of the {what}: expected {expected}, found []");
    Diagnostic::error(Code::MissingOperand, context.spans.instr(site.at), message)
}

/// The results of an instruction without parentheses, if they are known.
fn flat_results(folds: &Folds<'_>, at: u64) -> Option<Vec<ValType>> {
    match folds.context.operator_at(at)? {
        Operator::LocalGet { local_index } | Operator::LocalTee { local_index } => {
            Some(vec![folds.site.validator.get_local_type(local_index)?])
        }
        _ => fixed_results(folds.context.op(at)?),
    }
}
