//! What would mend a type error: the instruction of the other type, a conversion, a cast, a `drop`.

use super::context::{Context, Point};
use super::operands::{self, Operand, wanted};
use super::stack::culprit;
use super::verdict::Verdict;
use crate::diagnostic::{Applicability, Code, Diagnostic, Edit};
use crate::instr::Op;
use crate::span::Span;
use wasmparser::{BlockType, FrameKind, Operator, RefType, ValType, WasmModuleResources};

/// Conversions of numbers: from, to, and the instruction.
#[rustfmt::skip]
const CONVERSIONS: &[(ValType, ValType, &str)] = &[
    (ValType::I32, ValType::I64, "i64.extend_i32_s"),
    (ValType::I32, ValType::F32, "f32.convert_i32_s"),
    (ValType::I32, ValType::F64, "f64.convert_i32_s"),
    (ValType::I64, ValType::I32, "i32.wrap_i64"),
    (ValType::I64, ValType::F32, "f32.convert_i64_s"),
    (ValType::I64, ValType::F64, "f64.convert_i64_s"),
    (ValType::F32, ValType::F64, "f64.promote_f32"),
    (ValType::F32, ValType::I32, "i32.trunc_f32_s"),
    (ValType::F32, ValType::I64, "i64.trunc_f32_s"),
    (ValType::F64, ValType::F32, "f32.demote_f64"),
    (ValType::F64, ValType::I32, "i32.trunc_f64_s"),
    (ValType::F64, ValType::I64, "i64.trunc_f64_s"),
];

/// Adds what would mend the fault, if anything would.
pub(crate) fn with_advice(
    context: &Context<'_>,
    point: &Point<'_>,
    verdict: &Verdict,
    diagnostic: Diagnostic,
) -> Diagnostic {
    if !diagnostic.suggestions.is_empty() {
        return diagnostic;
    }
    match diagnostic.code {
        Code::TypeMismatch => mend_operand(context, point, verdict, diagnostic),
        Code::ValuesLeft => mend_values_left(context, point, diagnostic),
        _ => diagnostic,
    }
}

fn mend_operand(
    context: &Context<'_>,
    point: &Point<'_>,
    verdict: &Verdict,
    diagnostic: Diagnostic,
) -> Diagnostic {
    let Some(wanted) = wanted(point.operator, point.op, point.validator) else { return diagnostic };
    let Some((depth, found)) = culprit(point, &wanted, verdict) else { return diagnostic };
    let Some(want) = wanted[wanted.len() - 1 - depth] else { return diagnostic };
    let diagnostic = with_other_instruction(context, point, diagnostic, &wanted);
    let Some(pusher) = point.pusher(depth) else { return diagnostic };
    if let Some(constant) = other_constant(context, pusher, want) {
        let span = context.places.instr(pusher);
        return diagnostic.with_guess(format!("write `{constant}`"), span, constant);
    }
    match conversion(context, point, want, found) {
        Some(conversion) => with_wrapped(context, diagnostic, pusher, &conversion, "convert it"),
        None => diagnostic,
    }
}

/// The same operation on the type that all operands have.
fn with_other_instruction(
    context: &Context<'_>,
    point: &Point<'_>,
    diagnostic: Diagnostic,
    wanted: &[Operand],
) -> Diagnostic {
    let Some(other) = other_instruction(point, wanted) else { return diagnostic };
    let span = context.places.instr(point.at);
    let now = other.mnemonic();
    diagnostic.with_guess(format!("write `{now}`"), span, now)
}

fn other_instruction(point: &Point<'_>, wanted: &[Operand]) -> Option<Op> {
    let mnemonic = point.op?.mnemonic();
    let (_, operation) = mnemonic.split_once('.')?;
    // A vector of what there is, and a conversion from it.
    if let (Some(found), [Some(want)]) = (point.operand(0), wanted) {
        let (found, want) = (found.to_string(), want.to_string());
        let splat = match found.as_str() {
            "i64" => "i64x2.splat",
            "f32" => "f32x4.splat",
            "f64" => "f64x2.splat",
            _ => "i32x4.splat",
        };
        let other = match operation {
            "splat" => crate::lex::op(splat),
            _ => crate::lex::op(&mnemonic.replace(&format!("_{want}"), &format!("_{found}"))),
        };
        let fits =
            |other: &Op| other.row().signature.split("->").next().is_some_and(|from| from.trim() == found);
        if let Some(other) = other.filter(|other| other.mnemonic() != mnemonic && fits(other)) {
            return Some(other);
        }
    }
    let found: Vec<Operand> =
        (0..wanted.len().min(point.own())).rev().map(|depth| point.operand(depth)).collect();
    if found.len() != wanted.len() {
        return None;
    }
    let prefix = found.iter().flatten().next_back()?.to_string();
    let stem = operation.trim_end_matches("_s").trim_end_matches("_u");
    [operation.to_owned(), stem.to_owned(), format!("{stem}_s")].iter().find_map(|operation| {
        let other = crate::lex::op(&format!("{prefix}.{operation}"))?;
        let (operands, _) = other.row().signature.split_once("->")?;
        let mut operands = operands.split_whitespace();
        let fits = found.iter().all(|found| {
            operands.next().is_some_and(|want| match found {
                Some(found) => found.to_string() == want || (want == "addr" && *found == ValType::I32),
                None => true,
            })
        });
        (fits && operands.next().is_none()).then_some(other)
    })
}

/// The constant instruction of another type, where a constant was pushed whose literal fits it.
fn other_constant(context: &Context<'_>, pusher: u64, want: ValType) -> Option<String> {
    let places = context.places;
    let mnemonic = &places.source[places.instr(pusher).range()];
    if !mnemonic.ends_with(".const") || mnemonic == "v128.const" {
        return None;
    }
    let literal = &places.source[places.immediate(pusher, 0)?.range()];
    let is_integer = crate::lex::number::magnitude(literal).is_some();
    match want {
        ValType::I32 | ValType::I64 if is_integer => Some(format!("{want}.const")),
        ValType::F32 | ValType::F64 => Some(format!("{want}.const")),
        _ => None,
    }
}

/// The instruction that makes of one type the other.
fn conversion(context: &Context<'_>, point: &Point<'_>, want: ValType, found: ValType) -> Option<String> {
    // An address has no sign.
    let is_address = matches!(point.op, Some(op) if op.mnemonic().starts_with("table.")
        || op.mnemonic().starts_with("memory.")
        || op.immediates().natural_alignment().is_some())
        || matches!(point.operator, Operator::CallIndirect { .. } | Operator::ReturnCallIndirect { .. });
    if is_address && (want, found) == (ValType::I64, ValType::I32) {
        return Some("i64.extend_i32_u".to_owned());
    }
    if let Some((.., instr)) = CONVERSIONS.iter().find(|(from, to, _)| (*from, *to) == (found, want)) {
        return Some((*instr).to_owned());
    }
    let resources = point.validator.resources();
    let is = |a: RefType, b: RefType| resources.is_subtype(ValType::Ref(a), ValType::Ref(b));
    match (want, found) {
        (ValType::Ref(want), ValType::Ref(found)) => {
            let nullable = want.nullable();
            if is(found, nullable) {
                Some("ref.as_non_null".to_owned())
            } else if is(want, found.nullable()) {
                Some(format!("ref.cast {}", context.val_type(ValType::Ref(want))))
            } else if is(found, RefType::EXTERN.nullable()) && is(RefType::ANY, nullable) {
                Some("any.convert_extern".to_owned())
            } else if is(found, RefType::ANY.nullable()) && is(RefType::EXTERN, nullable) {
                Some("extern.convert_any".to_owned())
            } else {
                None
            }
        }
        (ValType::I32, ValType::Ref(found)) if is(found, RefType::I31.nullable()) => {
            Some("i31.get_s".to_owned())
        }
        (ValType::Ref(want), ValType::I32) if is(RefType::I31, want) => Some("ref.i31".to_owned()),
        _ => None,
    }
}

/// Puts an instruction behind the one at a byte, around it if that is folded.
fn with_wrapped(
    context: &Context<'_>,
    diagnostic: Diagnostic,
    at: u64,
    instr: &str,
    what: &str,
) -> Diagnostic {
    let places = context.places;
    let message = format!("{what}: `{instr}`");
    let edit = |at: u32, text: String| Edit { span: Span::new(at, at), replacement: text };
    let edits = match places.folded(at) {
        Some(whole) => vec![edit(whole.start, format!("({instr} ")), edit(whole.end, ")".to_owned())],
        // A folded block ends with a parenthesis that is no place to put anything.
        None if places.source[places.instr(at).range()].ends_with(')') => return diagnostic,
        None => vec![edit(places.with_immediates(at).end, format!(" {instr}"))],
    };
    diagnostic.with_edits(message, edits, Applicability::MaybeIncorrect)
}

/// Drops the one value too many where the others are what is wanted: the first, or the last of several
/// that one instruction gives.
fn with_lowest_dropped(
    context: &Context<'_>,
    point: &Point<'_>,
    diagnostic: Diagnostic,
    wanted: &[Operand],
) -> Diagnostic {
    let stack = point.stack();
    let fits = |rest: &[Operand]| {
        rest.iter().zip(wanted).all(|(found, wanted)| match (found, wanted) {
            (Some(found), Some(wanted)) => point.validator.resources().is_subtype(*found, *wanted),
            _ => true,
        })
    };
    let (first, second) = (point.pusher(wanted.len()), point.pusher(wanted.len() - 1));
    let is_fit = if first == second { fits(&stack[..wanted.len()]) } else { fits(&stack[1..]) };
    match first {
        Some(pusher) if is_fit => with_dropped(context, diagnostic, pusher),
        _ => diagnostic,
    }
}

/// Drops the value that the instruction at a byte gives.
fn with_dropped(context: &Context<'_>, diagnostic: Diagnostic, pusher: u64) -> Diagnostic {
    match context.places.is_written(pusher, "local.tee") {
        true => diagnostic.with_guess("write `local.set`", context.places.instr(pusher), "local.set"),
        false => with_wrapped(context, diagnostic, pusher, "drop", "drop it"),
    }
}

/// Whether nothing is executed after what gave the value at a depth.
fn is_last(context: &Context<'_>, point: &Point<'_>, depth: usize) -> bool {
    let marks = context.body.marks;
    let own = marks.partition_point(|mark| u64::from(mark.at) < point.at);
    let before = own.checked_sub(1).map(|at| u64::from(marks[at].at));
    point.pusher(depth).is_none() || point.pusher(depth) == before
}

/// What a block without results gives may be meant as its result: if the function gives just that, or if
/// it is one arm of two.
fn with_block_result(
    context: &Context<'_>,
    point: &Point<'_>,
    diagnostic: Diagnostic,
    wanted: &[Operand],
) -> Diagnostic {
    let Some(frame) = point.validator.get_control_frame(0) else { return diagnostic };
    let (Some(&opened), BlockType::Empty) = (point.trace.blocks.last(), frame.block_type) else {
        return diagnostic;
    };
    let given: Option<Vec<ValType>> = point.stack().into_iter().collect();
    let Some(given) = given.filter(|_| wanted.is_empty()) else { return diagnostic };
    let outermost = point.validator.control_stack_height() as usize - 1;
    let is_result = operands::results(point.validator, outermost as u32).is_some_and(|of| of == given);
    let has_else = matches!(point.operator, Operator::Else) || frame.kind == FrameKind::Else;
    // Without an `else` there is nothing to give.
    let is_meant = has_else || is_result && frame.kind != FrameKind::If;
    if !is_meant {
        return diagnostic;
    }
    let types: Vec<String> = given.into_iter().map(|t| context.val_type(t)).collect();
    let result = format!("(result {})", types.join(" "));
    let at = context.places.label(opened).end;
    diagnostic.with_guess(format!("give it: `{result}`"), Span::new(at, at), format!(" {result}"))
}

fn mend_values_left(context: &Context<'_>, point: &Point<'_>, diagnostic: Diagnostic) -> Diagnostic {
    let Some(wanted) = wanted(point.operator, point.op, point.validator) else { return diagnostic };
    let surplus = point.own().saturating_sub(wanted.len());
    if context.body.constant_of.is_some() || surplus == 0 {
        return diagnostic;
    }
    let depth = point.own() - 1;
    // One that is left in the middle was forgotten there.
    if surplus == 1 && wanted.is_empty() && !is_last(context, point, depth) {
        return match point.pusher(depth) {
            Some(pusher) => with_dropped(context, diagnostic, pusher),
            None => diagnostic,
        };
    }
    if surplus == 1 && !wanted.is_empty() {
        return with_lowest_dropped(context, point, diagnostic, &wanted);
    }
    let diagnostic = with_block_result(context, point, diagnostic, &wanted);
    // What a function without results gives may be meant as its result.
    let is_function = point.validator.control_stack_height() <= 1 && matches!(point.operator, Operator::End);
    let given: Option<Vec<ValType>> = point.stack().into_iter().collect();
    let diagnostic =
        match (is_function && wanted.is_empty(), given, context.declared.end_of_params(context.body.form)) {
            (true, Some(given), Some(at)) => {
                let types: Vec<String> = given.into_iter().map(|t| context.val_type(t)).collect();
                let result = format!("(result {})", types.join(" "));
                let edits = vec![Edit { span: Span::new(at, at), replacement: format!(" {result}") }];
                diagnostic.with_edits(format!("give it: `{result}`"), edits, Applicability::MaybeIncorrect)
            }
            _ => diagnostic,
        };
    let own = context.places.instr(point.at);
    let source = context.places.source;
    let drops = vec!["drop"; surplus].join(" ");
    let before = source[..own.start as usize].trim_end();
    // A `then` ends before its `else`.
    let own = match source[own.range()].starts_with('(') && before.ends_with(')') {
        true => Span::new(before.len() as u32 - 1, before.len() as u32),
        false => own,
    };
    let is_parenthesis = &source[own.range()] == ")";
    let (at, text) = match (is_parenthesis, wanted.is_empty()) {
        (_, false) => return diagnostic,
        (true, true) => (own.start, format!(" {drops}")),
        (false, true) => (own.start, format!("{drops} ")),
    };
    let edits = vec![Edit { span: Span::new(at, at), replacement: text }];
    diagnostic.with_edits(format!("drop what is left: `{drops}`"), edits, Applicability::MaybeIncorrect)
}
