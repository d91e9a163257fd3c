//! Operands in the wrong order.

use super::context::{Context, Site};
use super::describe::name;
use super::folds::Folds;
use super::operands::Operand;
use super::origin;
use crate::diagnostic::{Applicability, Code, Diagnostic, edit};
use crate::span::Span;
use wasmparser::{Operator, ValType, WasmModuleResources};

/// The maximum number of operands whose orders are tried.
const MOST: usize = 6;

/// Explains a type mismatch by the only other order of the operands that fits.
pub(super) fn explain(context: &Context<'_>, site: &Site<'_>, expected: &[Operand]) -> Option<Diagnostic> {
    let count = expected.len();
    let is_end = matches!(site.operator, Operator::End | Operator::Else);
    if is_end || !(2..=MOST).contains(&count) || site.own() < count {
        return None;
    }
    let found: Vec<ValType> = (0..count).rev().map(|depth| site.operand(depth)).collect::<Option<_>>()?;
    let of_select = if matches!(site.operator, Operator::Select) { selected(&found) } else { None };
    let expected = match of_select {
        // The condition comes last.
        Some(ty) => vec![ty, ty, ValType::I32],
        None => expected.iter().copied().collect::<Option<Vec<ValType>>>()?,
    };
    let resources = site.validator.resources();
    let fits = |from: usize, to: usize| resources.is_subtype(found[from], expected[to]);
    let misplaced = (0..count).filter(|&at| !fits(at, at)).count();
    let order = match misplaced {
        0 => return None,
        // A subtype fits in the other place, too.
        1 => swapped(count, &fits)?,
        _ => {
            // Operands of one type keep their order.
            let mut order: Vec<usize> = Vec::new();
            for to in 0..count {
                order.push((0..count).find(|from| !order.contains(from) && fits(*from, to))?);
            }
            order
        }
    };
    let is_only = orders(count, &fits, &mut Vec::new()) == 1;
    let folds = Folds::new(context, site);
    let spans: Option<Vec<Span>> = (0..count).rev().map(|depth| operand_span(&folds, depth)).collect();
    let message = format!(
        "the operands of {} are in the wrong order: expected {}, found {}",
        name(context, site),
        context.list(expected.iter().copied().map(Some)),
        context.list(found.iter().copied().map(Some)),
    );
    let mut diagnostic = Diagnostic::error(Code::TypeMismatch, context.spans.instr(site.at), message);
    for at in 0..count {
        if let Some(producer) = site.producer(count - 1 - at).filter(|_| order[at] != at) {
            let found = context.actual_type(found[at], Some(producer));
            diagnostic =
                diagnostic.with_label(context.spans.instr(producer), format!("this has type {found}"));
        }
    }
    if let Some(nth) = (0..count).rfind(|&at| order[at] != at) {
        diagnostic = origin::with_operand_declaration(context, site, diagnostic, nth as u32);
        if let Some(producer) = site.producer(count - 1 - nth) {
            diagnostic = origin::with_value_declaration(context, diagnostic, producer);
        }
    }
    let Some(spans) = spans.filter(|spans| spans.is_sorted_by(|a, b| a.end <= b.start)) else {
        return Some(diagnostic);
    };
    let source = context.spans.source;
    let edits = (0..count)
        .filter(|&at| order[at] != at)
        .map(|at| edit(spans[at], &source[spans[order[at]].range()]))
        .collect();
    let moved = (0..count).filter(|&at| order[at] != at).count();
    let message = if moved == 2 { "swap them" } else { "change the order" };
    // A memory with 64-bit addresses may be meant.
    let is_address = site.op.is_some_and(|op| op.mnemonic().contains("store")) && found[0] == ValType::I64;
    let is_sure = is_only
        && misplaced > 1
        && !is_address
        && (0..count).all(|at| is_pure(&folds, count - 1 - at, spans[at]));
    let applicability =
        if is_sure { Applicability::MachineApplicable } else { Applicability::MaybeIncorrect };
    Some(diagnostic.with_edits(message, edits, applicability))
}

/// The only swap of two operands after which all of them fit.
fn swapped(count: usize, fits: &impl Fn(usize, usize) -> bool) -> Option<Vec<usize>> {
    let wrong = (0..count).find(|&at| !fits(at, at))?;
    let mut others = (0..count).filter(|&other| other != wrong && fits(wrong, other) && fits(other, wrong));
    let (other, None) = (others.next()?, others.next()) else { return None };
    let mut order: Vec<usize> = (0..count).collect();
    order.swap(wrong, other);
    Some(order)
}

/// The type of the two operands of `select` that are not the condition.
fn selected(found: &[ValType]) -> Option<ValType> {
    let mut others = found.iter().copied().filter(|ty| *ty != ValType::I32);
    match (others.next(), others.next(), others.next()) {
        (Some(first), Some(second), None) if first == second => Some(first),
        _ => None,
    }
}

/// Whether an operand has no effect and depends on no other operand, so that the order of evaluation makes no difference.
fn is_pure(folds: &Folds<'_>, depth: usize, span: Span) -> bool {
    let Some(producer) = folds.site.producer(depth) else { return false };
    let marks = folds.context.body.marks;
    let last = marks.partition_point(|mark| u64::from(mark.at) <= producer);
    let is_within = |start: u32| (span.start..span.end).contains(&start);
    // The instructions of an operand follow each other.
    let own = marks[..last].iter().rev().take_while(|mark| is_within(mark.start));
    own.take(LONGEST + 1).enumerate().all(|(nth, mark)| {
        nth < LONGEST
            && folds.context.op(u64::from(mark.at)).is_some_and(|op| {
                let name = op.mnemonic();
                let is_number = ["i32.", "i64.", "f32.", "f64."].iter().any(|ty| name.starts_with(ty));
                matches!(name, "local.get" | "global.get" | "ref.null" | "ref.func" | "v128.const")
                    || is_number && !name.contains("store") && !name.contains("atomic")
            })
    })
}

/// The number of orders that fit, at most 2.
fn orders(count: usize, fits: &impl Fn(usize, usize) -> bool, taken: &mut Vec<usize>) -> usize {
    let to = taken.len();
    if to == count {
        return 1;
    }
    let mut found = 0;
    for from in 0..count {
        if found < 2 && !taken.contains(&from) && fits(from, to) {
            taken.push(from);
            found += orders(count, fits, taken);
            taken.pop();
        }
    }
    found
}

/// The maximum number of instructions of one operand.
const LONGEST: usize = 64;

/// The source text of the operand at a depth, or `None` if it is not in one piece.
pub(super) fn operand_span(folds: &Folds<'_>, depth: usize) -> Option<Span> {
    let (context, site) = (folds.context, folds.site);
    let producer = site.producer(depth)?;
    let word = context.spans.instr(producer).start;
    let (takes, gives) = folds.arity(word)?;
    if gives != 1 {
        return None;
    }
    if let Some(group) = folds.shape.place(word)?.group {
        let is_whole = !folds.has_operands(group) || folds.own(group) == Some(takes);
        return is_whole.then_some(folds.shape.groups[group].span);
    }
    let marks = context.body.marks;
    let own = marks.partition_point(|mark| u64::from(mark.at) < producer);
    let mut needed = takes;
    let mut start = word;
    for mark in marks[..own].iter().rev().take(LONGEST) {
        if needed == 0 {
            break;
        }
        let (takes, gives) = folds.arity(mark.start)?;
        let place = folds.shape.place(mark.start)?;
        needed = needed.checked_sub(gives)? + takes;
        start = place.group.map_or(mark.start, |group| folds.shape.groups[group].span.start).min(start);
    }
    (needed == 0).then(|| Span::new(start, context.spans.with_immediates(producer).end))
}
