//! Type mismatches of operands: missing ones, those of another type, values that are left over.

use super::context::{Context, Point};
use super::describe::{SHOWN, block_name, expected_type, given, in_names, in_words_of, name, shown_stack};
use super::instruction_specific::special;
use super::operands::{MOST_OPERANDS, Operand, wanted};
use super::origin;
use super::related::{with_block, with_declaration};
use super::verdict::{Rule, Verdict};
use crate::diagnostic::{Code, Diagnostic, counted};
use wasmparser::{Operator, ValType, WasmModuleResources};

pub(super) fn mismatch(context: &Context<'_>, point: &Point<'_>, verdict: &Verdict) -> Diagnostic {
    let own = context.places.instr(point.at);
    let is_end = matches!(point.operator, Operator::End | Operator::Else);
    let diagnostic = special(context, point, verdict).unwrap_or_else(|| {
        let wanted = wanted(point.operator, point.op, point.validator).or_else(|| {
            let count = point.arity.map_or(0, |(operands, _)| operands as usize);
            (count > 0).then(|| vec![None; count.min(MOST_OPERANDS)])
        });
        match wanted {
            Some(wanted) if *verdict == Verdict::ValuesRemaining => values_left(context, point, &wanted),
            // Verdicts begin with the last operand, and may find the first one in its place.
            Some(wanted)
                if matches!(
                    verdict,
                    Verdict::MissingOperand { .. } | Verdict::Rule(Rule::LabelWithoutReference)
                ) || (point.own() < wanted.len() && !is_end && !point.is_unreachable()) =>
            {
                missing(context, point, &wanted, verdict)
            }
            Some(wanted) => operand_mismatch(context, point, &wanted, verdict),
            None => Diagnostic::error(Code::TypeMismatch, own, in_words_of(context, point, verdict)),
        }
    });
    let diagnostic = match is_end {
        true if diagnostic.span != own && context.body.constant_of.is_none() => diagnostic,
        true => with_block(context, point, diagnostic),
        false => with_declaration(context, point, diagnostic),
    };
    let stack = shown_stack(context, point);
    diagnostic.with_note(format!("the operand stack here: {stack}"))
}

/// Of how many values it is shown who left them.
const SHOWN_VALUES: usize = 3;

/// What left a value, and what a function without results may have meant.
fn values_left(context: &Context<'_>, point: &Point<'_>, wanted: &[Operand]) -> Diagnostic {
    let (own, expected) = (point.own(), wanted.len());
    let what = block_name(point, context);
    let surplus = own.saturating_sub(expected);
    let left = if surplus == 1 { "a value is".to_owned() } else { format!("{surplus} values are") };
    let message = format!(
        "{left} left over at the end of the {what}: expected {}, found {}",
        context.list(wanted.iter().copied()),
        shown_stack(context, point),
    );
    let mut diagnostic = Diagnostic::error(Code::ValuesLeft, context.places.instr(point.at), message);
    // The lowest ones are those that nobody has taken.
    let depth = if expected == 0 { 0 } else { own.saturating_sub(1) };
    if surplus > 0
        && let Some(pusher) = point.pusher(depth)
    {
        let t = given(context, point, depth);
        diagnostic =
            diagnostic.with_place(context.places.instr(pusher), format!("this leaves a value of type {t}"));
    }
    for depth in (0..own.min(SHOWN_VALUES)).filter(|&other| other != depth) {
        if let Some(pusher) = point.pusher(depth) {
            let message = format!("and this one of type {}", given(context, point, depth));
            diagnostic = diagnostic.with_place(context.places.instr(pusher), message);
        }
    }
    diagnostic
}

/// How many operands the instruction takes, of which not all are in `wanted` if they are many.
fn operand_count(point: &Point<'_>, wanted: &[Operand]) -> usize {
    match point.arity {
        Some((operands, _)) if wanted.len() == MOST_OPERANDS => wanted.len().max(operands as usize),
        _ => wanted.len(),
    }
}

/// Too few operands.
fn missing(context: &Context<'_>, point: &Point<'_>, wanted: &[Operand], verdict: &Verdict) -> Diagnostic {
    let own = context.places.instr(point.at);
    let found = shown_stack(context, point);
    let expected = if wanted.iter().all(Option::is_none) {
        // Only the type that is missing first is known.
        let (expected, _) = verdict.expected_and_found();
        let first = expected.map_or_else(|| "any".to_owned(), |t| in_names(context, t));
        match wanted.len() {
            count @ ..=SHOWN => format!("[{}]", vec![&*first; count.max(1)].join(" ")),
            _ => format!("[{} ...]", [&*first; SHOWN].join(" ")),
        }
    } else {
        context.list(wanted.iter().copied())
    };
    let message = if matches!(point.operator, Operator::End | Operator::Else) {
        let what = block_name(point, context);
        if context.body.constant_of.is_some() && point.own() == 0 {
            let name = context.declared.name_in_head(context.body.form);
            let message = format!("missing {what}{name}: expected {expected}, found nothing");
            let diagnostic = Diagnostic::error(Code::MissingOperand, own, message);
            let value = match wanted {
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
        let count = counted(operand_count(point, wanted) as u64, "operand");
        let there = match point.own() {
            0 => "there is none".to_owned(),
            1 => "there is 1".to_owned(),
            n => format!("there are {n}"),
        };
        format!("{} takes {count}, but {there}: expected {expected}, found {found}", name(context, point))
    };
    origin::with_reason(context, point, Diagnostic::error(Code::MissingOperand, own, message))
}

/// An operand of another type than is wanted.
fn operand_mismatch(
    context: &Context<'_>,
    point: &Point<'_>,
    wanted: &[Operand],
    verdict: &Verdict,
) -> Diagnostic {
    let own = context.places.instr(point.at);
    let Some((depth, found)) = culprit(point, wanted, verdict) else {
        return Diagnostic::error(Code::TypeMismatch, own, in_words_of(context, point, verdict));
    };
    let want = wanted[wanted.len() - 1 - depth];
    let expected = match want {
        Some(t) => {
            let declared = origin::wanted(context, point, (wanted.len() - 1 - depth) as u32).0;
            context.wanted_type(t, declared)
        }
        None => verdict.expected_and_found().0.map_or_else(String::new, |t| expected_type(context, t)),
    };
    let found = context.given_type(found, point.pusher(depth));
    let where_ = match point.operator {
        Operator::End if context.body.constant_of.is_some() => {
            format!(" in the {}", block_name(point, context))
        }
        Operator::End | Operator::Else => format!(" at the end of the {}", block_name(point, context)),
        _ => format!(" in {}", name(context, point)),
    };
    let message = format!("type mismatch{where_}: expected {expected}, found {found}");
    let mut diagnostic = Diagnostic::error(Code::TypeMismatch, own, message);
    if wanted.len() > 1 && !matches!(point.operator, Operator::End | Operator::Else) {
        let count = operand_count(point, wanted);
        diagnostic.label = format!("operand {} of {count} must be {expected}", count - depth);
    }
    if let Some(pusher) = point.pusher(depth) {
        let place = context.places.instr(pusher);
        match context.constant_type() {
            // Nobody looks for the end of an initial value.
            Some((ty, what)) if matches!(point.operator, Operator::End) => {
                diagnostic.span = place;
                diagnostic = diagnostic.with_place(ty, what);
            }
            _ => diagnostic = diagnostic.with_place(place, format!("this gives {found}")),
        }
        diagnostic = origin::with_given(context, diagnostic, pusher);
    }
    // Others that do not fit, when operands have changed their places.
    let is_end = matches!(point.operator, Operator::End | Operator::Else);
    for other in (0..wanted.len().min(point.own()).min(SHOWN)).filter(|&other| other != depth) {
        let (Some(want), Some(given)) = (wanted[wanted.len() - 1 - other], point.operand(other)) else {
            continue;
        };
        if !point.validator.resources().is_subtype(given, want)
            && let Some(pusher) = point.pusher(other)
        {
            let given = context.given_type(given, Some(pusher));
            let message = format!("and this {given}, not {}", context.val_type(want));
            diagnostic = diagnostic.with_place(context.places.instr(pusher), message);
        }
    }
    if is_end {
        return diagnostic;
    }
    origin::with_wanted(context, point, diagnostic, (wanted.len() - 1 - depth) as u32)
}

/// The first operand, from the top, that is not what is wanted, and its type.
pub(super) fn culprit(point: &Point<'_>, wanted: &[Operand], verdict: &Verdict) -> Option<(usize, ValType)> {
    let found_text = verdict.expected_and_found().1.unwrap_or_default();
    (0..wanted.len().min(point.own())).find_map(|depth| {
        let found = point.operand(depth)?;
        let wrong = match wanted[wanted.len() - 1 - depth] {
            Some(wanted) => !point.validator.resources().is_subtype(found, wanted),
            // Of references the message does not say which.
            None if matches!(found, ValType::Ref(_)) => found_text.contains("ref"),
            None => found.to_string() == found_text,
        };
        wrong.then_some((depth, found))
    })
}
