//! A local with the wrong type: one report instead of one for each instruction that reads it.

use super::context::{Context, LocalMismatch, Site};
use super::operands::expected_operands;
use super::stack::mismatched_operand;
use super::verdict::Verdict;
use crate::diagnostic::{Applicability, Code, Diagnostic, counted, edit};
use crate::span::Span;
use hashbrown::HashMap;
use wasmparser::{Operator, ValType};

/// The maximum number of further reads with a label.
const SHOWN: usize = 3;

/// The minimum number of reads that must have one cause.
const FEWEST: usize = 2;

/// Returns the read of the local that is the operand with the wrong type.
pub(super) fn read(
    context: &Context<'_>,
    site: &Site<'_>,
    verdict: &Verdict,
    diagnostic: &Diagnostic,
) -> Option<LocalMismatch> {
    if diagnostic.code != Code::TypeMismatch || !diagnostic.message.starts_with("type mismatch") {
        return None;
    }
    let expected = expected_operands(site.operator, site.op, site.validator)?;
    let (depth, _) = mismatched_operand(site, &expected, verdict)?;
    let expected = expected[expected.len() - 1 - depth]?;
    let read = site.producer(depth)?;
    let Operator::LocalGet { local_index } = context.operator_at(read)? else { return None };
    Some(LocalMismatch { error: 0, local: local_index, read, expected })
}

/// Merges the errors about each local whose reads all expect the same other type.
pub(super) fn merge(context: &Context<'_>, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let found = context.of_locals.take();
    let mut by_local: HashMap<u32, Vec<LocalMismatch>> = HashMap::new();
    for mismatch in found {
        by_local.entry(mismatch.local).or_default().push(mismatch);
    }
    by_local.retain(|_, found| {
        found.len() >= FEWEST && found.iter().all(|other| other.expected == found[0].expected)
    });
    if by_local.is_empty() {
        return diagnostics;
    }
    let mut reads: HashMap<u32, usize> = HashMap::new();
    for mark in context.body.marks {
        if let Some(Operator::LocalGet { local_index }) = context.operator_at(mark.at.into()) {
            *reads.entry(local_index).or_default() += 1;
        }
    }
    let set = context.well_set.borrow();
    let mut merged: Vec<Option<Diagnostic>> = diagnostics.into_iter().map(Some).collect();
    for (local, found) in by_local {
        let is_each = reads.get(&local) == Some(&found.len()) && !set.contains(&local);
        let Some((span, ty)) = declared_type(context, local, found[0].expected).filter(|_| is_each) else {
            continue;
        };
        let Some(mut first) = merged[found[0].error].take() else { continue };
        for mismatch in &found[1..] {
            merged[mismatch.error] = None;
        }
        for mismatch in found[1..].iter().take(SHOWN) {
            first = first.with_label(context.spans.instr(mismatch.read), "also used here");
        }
        if let Some(more) = (found.len() - 1).checked_sub(SHOWN).filter(|more| *more > 0) {
            first = first.with_note(format!("and {}", counted(more as u64, "more use")));
        }
        first.suggestions.clear();
        let name = context.spans.source.get(span.0.range()).unwrap_or_default();
        let message = match name.starts_with('$') {
            true => format!("declare `{name}` with the type `{ty}`"),
            false => format!("declare the local with the type `{ty}`"),
        };
        let edits = vec![edit(span.1, ty)];
        merged[found[0].error] = Some(first.with_edits(message, edits, Applicability::MaybeIncorrect));
    }
    merged.into_iter().flatten().collect()
}

/// The declaration of a local and its type, if that is the name of a number or vector, and the name of the expected type.
fn declared_type(context: &Context<'_>, local: u32, expected: ValType) -> Option<((Span, Span), String)> {
    if matches!(expected, ValType::Ref(_)) {
        return None;
    }
    let source = context.spans.source;
    let declaration = *context.body.locals.get(local as usize)?;
    let start = match source[declaration.range()].starts_with('$') {
        true => {
            let rest = &source[declaration.end as usize..];
            declaration.end as usize + (rest.len() - rest.trim_start().len())
        }
        false => declaration.start as usize,
    };
    let word = ["i32", "i64", "f32", "f64", "v128"].into_iter().find(|ty| source[start..].starts_with(ty))?;
    let ty = Span::new(start as u32, (start + word.len()) as u32);
    Some(((declaration, ty), expected.to_string()))
}
