//! Type mismatches of operands: missing ones, those of another type, and surplus values.

use super::context::{Context, Site};
use super::describe::{
    SHOWN, block_name, expected_type, in_names, in_words_of, name, shown_stack, type_at_depth,
};
use super::folded;
use super::instruction_specific::instruction_specific;
use super::lacking;
use super::operands::{MOST_OPERANDS, Operand, expected_operands};
use super::order;
use super::origin;
use super::related::{with_block, with_declaration};
use super::verdict::{Rule, Verdict};
use crate::diagnostic::{Code, Diagnostic, counted};
use wasmparser::{Operator, ValType, WasmModuleResources};

pub(super) fn mismatch(context: &Context<'_>, site: &Site<'_>, verdict: &Verdict) -> Diagnostic {
    let own = context.spans.instr(site.at);
    let is_end = matches!(site.operator, Operator::End | Operator::Else);
    if let Some(diagnostic) = folded::explain(context, site, verdict) {
        return match is_end {
            true => diagnostic,
            false => with_declaration(context, site, diagnostic),
        };
    }
    let diagnostic = instruction_specific(context, site, verdict).unwrap_or_else(|| {
        let expected_types = expected_operands(site.operator, site.op, site.validator).or_else(|| {
            let count = site.arity.map_or(0, |(operands, _)| operands as usize);
            (count > 0).then(|| vec![None; count.min(MOST_OPERANDS)])
        });
        match expected_types {
            Some(expected_types) if *verdict == Verdict::ValuesRemaining => {
                values_left(context, site, &expected_types)
            }
            // wasmparser checks the last operand first, and may find the first one in its place.
            Some(expected_types)
                if matches!(
                    verdict,
                    Verdict::MissingOperand { .. } | Verdict::Rule(Rule::LabelWithoutReference)
                ) || (site.own() < expected_types.len() && !is_end && !site.is_unreachable()) =>
            {
                missing(context, site, &expected_types, verdict)
            }
            Some(expected_types) => order::explain(context, site, &expected_types)
                .unwrap_or_else(|| operand_mismatch(context, site, &expected_types, verdict)),
            None => Diagnostic::error(Code::TypeMismatch, own, in_words_of(context, site, verdict)),
        }
    });
    let diagnostic = match is_end {
        true if diagnostic.span != own && context.body.constant_of.is_none() => diagnostic,
        true => with_block(context, site, diagnostic),
        false => with_declaration(context, site, diagnostic),
    };
    let stack = shown_stack(context, site);
    match is_said(context, site, &diagnostic, &stack) {
        true => diagnostic,
        false => diagnostic.with_note(format!("the operand stack here: {stack}")),
    }
}

/// Whether the message or the labels have the types of all operands already.
fn is_said(context: &Context<'_>, site: &Site<'_>, diagnostic: &Diagnostic, stack: &str) -> bool {
    // If no other values are on the stack, the operands that fit need no mention.
    let expected = expected_operands(site.operator, site.op, site.validator);
    let is_only = expected.is_some_and(|expected| expected.len() == site.own());
    let is_value = |label: &crate::diagnostic::Label| label.message.contains("has type");
    if is_only && diagnostic.code == Code::TypeMismatch && diagnostic.labels.iter().any(is_value) {
        return true;
    }
    let values = stack.trim_start_matches('[').trim_end_matches(']');
    let message = &diagnostic.message;
    // The error is about the instruction itself, not about its operands.
    if !message.contains("expected ") {
        return true;
    }
    // The operands of these are not at fault, or their types have labels.
    if matches!(site.operator, Operator::BrTable { .. } | Operator::Select)
        && diagnostic.code == Code::TypeMismatch
        && !diagnostic.labels.is_empty()
    {
        return true;
    }
    let is_labelled = |depth: usize| {
        site.producer(depth).is_some_and(|producer| {
            let span = context.spans.instr(producer);
            diagnostic.labels.iter().any(|label| label.span == span && label.message.contains("type"))
        })
    };
    message.contains(&format!("found {values}"))
        || message.contains(stack)
        || (0..site.own()).take(SHOWN).all(is_labelled) && site.own() <= SHOWN
}

/// The maximum number of surplus values with a label.
const SHOWN_VALUES: usize = 3;

/// Explains surplus values at the end of a block.
fn values_left(context: &Context<'_>, site: &Site<'_>, expected_types: &[Operand]) -> Diagnostic {
    let (own, expected) = (site.own(), expected_types.len());
    let what = block_name(site, context);
    let surplus = own.saturating_sub(expected);
    let left = if surplus == 1 { "a value is".to_owned() } else { format!("{surplus} values are") };
    let message = format!(
        "{left} left over at the end of the {what}: expected {}, found {}",
        context.list(expected_types.iter().copied()),
        shown_stack(context, site),
    );
    let mut diagnostic = Diagnostic::error(Code::ValuesLeft, context.spans.instr(site.at), message);
    // The lowest values are those that no instruction takes.
    let depth = if expected == 0 { 0 } else { own.saturating_sub(1) };
    if surplus > 0
        && let Some(producer) = site.producer(depth)
    {
        let t = type_at_depth(context, site, depth);
        diagnostic =
            diagnostic.with_label(context.spans.instr(producer), format!("this leaves a value of type {t}"));
    }
    for depth in (0..own.min(SHOWN_VALUES)).filter(|&other| other != depth) {
        if let Some(producer) = site.producer(depth) {
            let message = format!("and this one of type {}", type_at_depth(context, site, depth));
            diagnostic = diagnostic.with_label(context.spans.instr(producer), message);
        }
    }
    diagnostic
}

/// The number of operands of the instruction; `expected_types` may lack some of very many.
fn operand_count(site: &Site<'_>, expected_types: &[Operand]) -> usize {
    match site.arity {
        Some((operands, _)) if expected_types.len() == MOST_OPERANDS => {
            expected_types.len().max(operands as usize)
        }
        _ => expected_types.len(),
    }
}

/// Explains missing operands.
fn missing(
    context: &Context<'_>,
    site: &Site<'_>,
    expected_types: &[Operand],
    verdict: &Verdict,
) -> Diagnostic {
    let own = context.spans.instr(site.at);
    let found = shown_stack(context, site);
    let expected = if expected_types.iter().all(Option::is_none) {
        // Only the type of the first missing operand is known.
        let (expected, _) = verdict.expected_and_found();
        let first = expected.map_or_else(|| "any".to_owned(), |t| in_names(context, t));
        match expected_types.len() {
            count @ ..=SHOWN => format!("[{}]", vec![&*first; count.max(1)].join(" ")),
            _ => format!("[{} ...]", [&*first; SHOWN].join(" ")),
        }
    } else {
        context.list(expected_types.iter().copied())
    };
    let message = if matches!(site.operator, Operator::End | Operator::Else) {
        let what = block_name(site, context);
        if context.body.constant_of.is_some() && site.own() == 0 {
            let name = context.declared.name_in_head(context.body.form);
            let message = format!("missing {what}{name}: expected {expected}, found nothing");
            let diagnostic = Diagnostic::error(Code::MissingOperand, own, message);
            let value = match expected_types {
                [Some(ValType::Ref(t))] if t.is_nullable() => {
                    let t = context.val_type(ValType::Ref(*t));
                    let heap =
                        t.trim_start_matches("(ref null ").trim_end_matches(')').trim_end_matches("ref");
                    Some(format!(" (ref.null {heap})"))
                }
                [Some(t @ (ValType::I32 | ValType::I64 | ValType::F32 | ValType::F64))] => {
                    Some(format!(" ({t}.const 0)"))
                }
                _ => None,
            };
            return match value {
                Some(value) => {
                    diagnostic.with_guess(format!("write `{}`", value.trim_start()), own.before(), value)
                }
                None => diagnostic,
            };
        }
        format!("missing result at the end of the {what}: expected {expected}, found {found}")
    } else {
        let count = counted(operand_count(site, expected_types) as u64, "operand");
        let there = match site.own() {
            0 => "there is no operand".to_owned(),
            1 => "there is 1".to_owned(),
            n => format!("there are {n}"),
        };
        format!("{} takes {count}, but {there}: expected {expected}, found {found}", name(context, site))
    };
    let diagnostic =
        origin::with_reason(context, site, Diagnostic::error(Code::MissingOperand, own, message));
    match diagnostic.labels.is_empty() {
        true => lacking::with_operands_before(context, site, expected_types, diagnostic),
        false => diagnostic,
    }
}

/// Explains an operand of another type than expected.
fn operand_mismatch(
    context: &Context<'_>,
    site: &Site<'_>,
    expected_types: &[Operand],
    verdict: &Verdict,
) -> Diagnostic {
    let own = context.spans.instr(site.at);
    let Some((depth, found)) = mismatched_operand(site, expected_types, verdict) else {
        return Diagnostic::error(Code::TypeMismatch, own, in_words_of(context, site, verdict));
    };
    let want = expected_types[expected_types.len() - 1 - depth];
    let expected = match want {
        Some(t) => {
            let declared =
                origin::operand_declaration(context, site, (expected_types.len() - 1 - depth) as u32).0;
            context.expected_type(t, declared)
        }
        None => verdict.expected_and_found().0.map_or_else(String::new, |t| expected_type(context, t)),
    };
    let found = context.actual_type(found, site.producer(depth));
    let where_ = match site.operator {
        Operator::End if context.body.constant_of.is_some() => {
            format!(" in the {}", block_name(site, context))
        }
        Operator::End | Operator::Else => format!(" at the end of the {}", block_name(site, context)),
        _ => format!(" in {}", name(context, site)),
    };
    let message = format!("type mismatch{where_}: expected {expected}, found {found}");
    let mut diagnostic = Diagnostic::error(Code::TypeMismatch, own, message);
    if expected_types.len() > 1 && !matches!(site.operator, Operator::End | Operator::Else) {
        let count = operand_count(site, expected_types);
        diagnostic.label = format!("operand {} of {count} must be {expected}", count - depth);
    }
    if let Some(producer) = site.producer(depth) {
        let place = context.spans.instr(producer);
        match context.constant_type() {
            // Users look at an initial value, not at its end.
            Some((ty, what)) if matches!(site.operator, Operator::End) => {
                diagnostic.span = place;
                diagnostic = diagnostic.with_label(ty, what);
            }
            _ => diagnostic = diagnostic.with_label(place, format!("this has type {found}")),
        }
        diagnostic = origin::with_value_declaration(context, diagnostic, producer);
    }
    let is_wrong = |depth: usize| {
        let want = expected_types[expected_types.len() - 1 - depth];
        want.zip(site.operand(depth))
            .is_some_and(|(want, found)| !site.validator.resources().is_subtype(found, want))
    };
    let is_all = !diagnostic.label.is_empty()
        && expected_types.iter().all(|other| *other == expected_types[0])
        && (0..expected_types.len()).all(is_wrong);
    if is_all {
        let all = if expected_types.len() == 2 { "both" } else { "all" };
        diagnostic.label = format!("{all} operands must be {expected}");
    }
    // The other operands that do not match: two may be swapped.
    let is_end = matches!(site.operator, Operator::End | Operator::Else);
    for other in (0..expected_types.len().min(site.own()).min(SHOWN)).filter(|&other| other != depth) {
        let (Some(want), Some(actual)) =
            (expected_types[expected_types.len() - 1 - other], site.operand(other))
        else {
            continue;
        };
        if !site.validator.resources().is_subtype(actual, want)
            && let Some(producer) = site.producer(other)
        {
            let actual = context.actual_type(actual, Some(producer));
            let message = match is_all {
                true => format!("and this has type {actual}"),
                false => format!("and this has type {actual}, expected {}", context.val_type(want)),
            };
            diagnostic = diagnostic.with_label(context.spans.instr(producer), message);
        }
    }
    if is_end {
        return diagnostic;
    }
    origin::with_operand_declaration(context, site, diagnostic, (expected_types.len() - 1 - depth) as u32)
}

/// The first operand, from the top, that does not match the expected type, and its type.
pub(super) fn mismatched_operand(
    site: &Site<'_>,
    expected_types: &[Operand],
    verdict: &Verdict,
) -> Option<(usize, ValType)> {
    let found_text = verdict.expected_and_found().1.unwrap_or_default();
    (0..expected_types.len().min(site.own())).find_map(|depth| {
        let found = site.operand(depth)?;
        let wrong = match expected_types[expected_types.len() - 1 - depth] {
            Some(expected_types) => !site.validator.resources().is_subtype(found, expected_types),
            // The verdict does not contain the type of a reference.
            None if matches!(found, ValType::Ref(_)) => found_text.contains("ref"),
            None => found.to_string() == found_text,
        };
        wrong.then_some((depth, found))
    })
}
