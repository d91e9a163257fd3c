//! Suggestions for type errors: the instruction of the other type, a conversion, a cast, a `drop`.

use super::context::{Context, Site};
use super::operands::{self, Operand, expected_operands};
use super::references;
use super::stack::mismatched_operand;
use super::verdict::Verdict;
use crate::diagnostic::{Applicability, Code, Diagnostic, Edit};
use crate::instr::Op;
use crate::resolve::IndexSpace;
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

/// Adds suggestions that fix the error, if there are any.
pub(super) fn with_advice(
    context: &Context<'_>,
    site: &Site<'_>,
    verdict: &Verdict,
    diagnostic: Diagnostic,
) -> Diagnostic {
    if !diagnostic.suggestions.is_empty() {
        return diagnostic;
    }
    match diagnostic.code {
        Code::TypeMismatch => convert_operand(context, site, verdict, diagnostic),
        Code::ValuesLeft => drop_values_left(context, site, diagnostic),
        _ => diagnostic,
    }
}

fn convert_operand(
    context: &Context<'_>,
    site: &Site<'_>,
    verdict: &Verdict,
    diagnostic: Diagnostic,
) -> Diagnostic {
    let Some(expected_types) = expected_operands(site.operator, site.op, site.validator) else {
        return diagnostic;
    };
    let Some((depth, found)) = mismatched_operand(site, &expected_types, verdict) else { return diagnostic };
    let diagnostic = with_other_memory(context, site, diagnostic, depth, found);
    if !diagnostic.suggestions.is_empty() {
        return diagnostic;
    }
    let Some(want) = expected_types[expected_types.len() - 1 - depth] else { return diagnostic };
    if let Some(diagnostic) = references::compared(context, site, &diagnostic) {
        return diagnostic;
    }
    let diagnostic = with_other_instruction(context, site, diagnostic, &expected_types);
    let Some(producer) = site.producer(depth) else { return diagnostic };
    if let Some(constant) = other_constant(context, producer, want) {
        let span = context.spans.instr(producer);
        return diagnostic.with_guess(format!("write `{constant}`"), span, constant);
    }
    if let Some(diagnostic) = references::same_function_type(context, site, &diagnostic, want, producer) {
        return diagnostic;
    }
    // A comparison of vectors leaves a mask.
    let is_condition = matches!(
        site.operator,
        Operator::If { .. } | Operator::BrIf { .. } | Operator::Select | Operator::I32Eqz
    );
    if is_condition && (want, found) == (ValType::I32, ValType::V128) {
        let shape = context.op(producer).and_then(|op| op.mnemonic().split_once('.'));
        let all = match shape {
            Some((shape @ ("i8x16" | "i16x8" | "i32x4" | "i64x2"), _)) => format!("{shape}.all_true"),
            Some(("f32x4", _)) => "i32x4.all_true".to_owned(),
            Some(("f64x2", _)) => "i64x2.all_true".to_owned(),
            _ => String::new(),
        };
        let any = "v128.any_true".to_owned();
        return [(all, "all lanes"), (any, "any lane")]
            .into_iter()
            .filter(|(instr, _)| !instr.is_empty())
            .fold(diagnostic, |diagnostic, (instr, lanes)| {
                let message = format!("to test {lanes}, add `{instr}`");
                with_wrapped(context, diagnostic, producer, &instr, message)
            });
    }
    let is_branch = matches!(site.operator, Operator::If { .. } | Operator::BrIf { .. } | Operator::Select);
    if is_branch && want == ValType::I32 && matches!(found, ValType::I64 | ValType::F32 | ValType::F64) {
        let diagnostic = with_comparison(context, diagnostic, producer, found);
        let wrap = "i32.wrap_i64";
        return match found {
            ValType::I64 => {
                with_wrapped(context, diagnostic, producer, wrap, format!("add a conversion: `{wrap}`"))
            }
            _ => diagnostic,
        };
    }
    // No conversion of a null reference succeeds.
    if matches!(context.operator_at(producer), Some(Operator::RefNull { .. })) {
        return diagnostic;
    }
    if let Some(diagnostic) = other_cast(context, site, &diagnostic, producer, want) {
        return diagnostic;
    }
    // A comparison gives 0 or 1.
    let is_unsigned = context.op(producer).is_some_and(|op| {
        let operation = op.mnemonic().split_once('.').map_or("", |(_, operation)| operation);
        super::folded::is_test(op.mnemonic()) || operation.ends_with("_u")
    });
    let splat = splat(site, want, found).map(str::to_owned);
    match splat.or_else(|| conversion(context, site, want, found, is_unsigned)) {
        // In an initial value, few are allowed.
        Some(conversion)
            if context.body.constant_of.is_some()
                && !matches!(&*conversion, "any.convert_extern" | "extern.convert_any" | "ref.i31") =>
        {
            diagnostic
        }
        Some(conversion) => with_wrapped(
            context,
            diagnostic,
            producer,
            &conversion,
            format!("add a conversion: `{conversion}`"),
        ),
        None => diagnostic,
    }
}

/// Suggests another memory if the address is one of that memory and the instruction names none.
fn with_other_memory(
    context: &Context<'_>,
    site: &Site<'_>,
    diagnostic: Diagnostic,
    depth: usize,
    found: ValType,
) -> Diagnostic {
    let Some(op) = site.op else { return diagnostic };
    let is_access = op.immediates().natural_alignment().is_some();
    let is_size = matches!(op.mnemonic(), "memory.grow" | "memory.fill");
    let count = context.declared.count(IndexSpace::Memory);
    let is_first_operand = site.arity.is_some_and(|(operands, _)| depth + 1 == operands as usize);
    if !(is_access || is_size)
        || count < 2
        || !is_first_operand
        || context.spans.immediate(site.at, 0).is_some()
        || !matches!(found, ValType::I32 | ValType::I64)
    {
        return diagnostic;
    }
    let resources = site.validator.resources();
    let is_of_type = |memory: &u32| {
        resources.memory_at(*memory).is_some_and(|memory| operands::addr(memory.memory64) == found)
    };
    let mut fitting = (0..MOST_MEMORIES.min(count as u32)).filter(is_of_type);
    let (Some(only), None) = (fitting.next(), fitting.next()) else { return diagnostic };
    let declared = context.declared;
    let name = declared.name_of(IndexSpace::Memory, only);
    let diagnostic = declared.with_declaration(diagnostic, IndexSpace::Memory, only);
    let message = format!("the address is one of the memory {name}: name it");
    diagnostic.with_guess(message, context.spans.instr(site.at).after(), format!(" {name}"))
}

/// The maximum number of memories that are considered.
const MOST_MEMORIES: u32 = 100;

/// Suggests the same operation on the type that all operands have.
fn with_other_instruction(
    context: &Context<'_>,
    site: &Site<'_>,
    diagnostic: Diagnostic,
    expected_types: &[Operand],
) -> Diagnostic {
    let Some(other) = other_instruction(site, expected_types) else { return diagnostic };
    let span = context.spans.instr(site.at);
    let now = other.mnemonic();
    diagnostic.with_guess(format!("write `{now}`"), span, now)
}

fn other_instruction(site: &Site<'_>, expected_types: &[Operand]) -> Option<Op> {
    let mnemonic = site.op?.mnemonic();
    let (_, operation) = mnemonic.split_once('.')?;
    // A splat of the actual type, or a conversion from it.
    if let (Some(found), [Some(want)]) = (site.operand(0), expected_types) {
        let (found, want) = (found.to_string(), want.to_string());
        let other = match operation {
            "splat" => crate::lex::op(&format!("{}.splat", shape_of(&found))),
            _ => crate::lex::op(&mnemonic.replace(&format!("_{want}"), &format!("_{found}"))),
        };
        let fits =
            |other: &Op| other.row().signature.split("->").next().is_some_and(|from| from.trim() == found);
        if let Some(other) = other.filter(|other| other.mnemonic() != mnemonic && fits(other)) {
            return Some(other);
        }
    }
    let found: Vec<Operand> =
        (0..expected_types.len().min(site.own())).rev().map(|depth| site.operand(depth)).collect();
    if found.len() != expected_types.len() {
        return None;
    }
    let (number, _) = mnemonic.split_once('.')?;
    let prefix = match found.iter().flatten().next_back()? {
        ValType::V128 => shape_of(number).to_owned(),
        ty => ty.to_string(),
    };
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

/// The constant instruction of the expected type, if the operand is a constant whose literal fits that type.
fn other_constant(context: &Context<'_>, producer: u64, want: ValType) -> Option<String> {
    let spans = context.spans;
    let mnemonic = &spans.source[spans.instr(producer).range()];
    if !mnemonic.ends_with(".const") || mnemonic == "v128.const" {
        return None;
    }
    let literal = &spans.source[spans.immediate(producer, 0)?.range()];
    let is_integer = crate::lex::number::magnitude(literal).is_some();
    match want {
        ValType::I32 | ValType::I64 if is_integer => Some(format!("{want}.const")),
        ValType::F32 | ValType::F64 => Some(format!("{want}.const")),
        _ => None,
    }
}

/// Suggests a cast without `null` instead of one with it.
fn other_cast(
    context: &Context<'_>,
    site: &Site<'_>,
    diagnostic: &Diagnostic,
    producer: u64,
    want: ValType,
) -> Option<Diagnostic> {
    let Operator::RefCastNullable { hty } = context.operator_at(producer)? else { return None };
    let &span = context.spans.types(producer).first()?;
    let text = &context.spans.source[span.range()];
    let heap = text.strip_prefix("(ref null ")?;
    let mut cast = RefType::new(false, hty)?;
    let resources = site.validator.resources();
    resources.check_ref_type(&mut cast, 0).ok()?;
    let meant = format!("(ref {heap}");
    let fits = resources.is_subtype(ValType::Ref(cast), want);
    fits.then(|| diagnostic.clone().with_guess(format!("write `{meant}`"), span, meant))
}

/// The instruction that repeats a number in all lanes of the vector that an instruction expects.
fn splat(site: &Site<'_>, want: ValType, found: ValType) -> Option<&'static str> {
    let (shape, _) = site.op?.mnemonic().split_once('.')?;
    if want != ValType::V128 {
        return None;
    }
    match (shape, found) {
        ("i8x16", ValType::I32) => Some("i8x16.splat"),
        ("i16x8", ValType::I32) => Some("i16x8.splat"),
        ("i32x4", ValType::I32) => Some("i32x4.splat"),
        ("i64x2", ValType::I64) => Some("i64x2.splat"),
        ("f32x4", ValType::F32) => Some("f32x4.splat"),
        ("f64x2", ValType::F64) => Some("f64x2.splat"),
        _ => None,
    }
}

/// The shape of vectors with numbers of a type.
fn shape_of(number: &str) -> &'static str {
    match number {
        "i64" => "i64x2",
        "f32" => "f32x4",
        "f64" => "f64x2",
        _ => "i32x4",
    }
}

/// The instruction that converts one type to the other.
fn conversion(
    context: &Context<'_>,
    site: &Site<'_>,
    want: ValType,
    found: ValType,
    is_unsigned: bool,
) -> Option<String> {
    // Addresses are unsigned.
    let is_address = matches!(site.op, Some(op) if op.mnemonic().starts_with("table.")
        || op.mnemonic().starts_with("memory.")
        || op.immediates().natural_alignment().is_some())
        || matches!(site.operator, Operator::CallIndirect { .. } | Operator::ReturnCallIndirect { .. });
    if (is_address || is_unsigned) && (want, found) == (ValType::I64, ValType::I32) {
        return Some("i64.extend_i32_u".to_owned());
    }
    if let Some((.., instr)) = CONVERSIONS.iter().find(|(from, to, _)| (*from, *to) == (found, want)) {
        return Some((*instr).to_owned());
    }
    let resources = site.validator.resources();
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

/// Suggests an instruction after the one at a byte, or around it if that is folded.
fn with_wrapped(
    context: &Context<'_>,
    diagnostic: Diagnostic,
    at: u64,
    instr: &str,
    message: String,
) -> Diagnostic {
    let spans = context.spans;
    let edit = |at: u32, text: String| Edit { span: Span::new(at, at), replacement: text };
    let edits = match spans.folded(at) {
        Some(whole) => vec![edit(whole.start, format!("({instr} ")), edit(whole.end, ")".to_owned())],
        // A folded block has no place for an instruction after its `end`.
        None if spans.source[spans.instr(at).range()].ends_with(')') => return diagnostic,
        None => vec![edit(spans.with_immediates(at).end, format!(" {instr}"))],
    };
    diagnostic.with_edits(message, edits, Applicability::MaybeIncorrect)
}

/// Suggests a comparison with zero, which a condition of another type than `i32` needs.
fn with_comparison(context: &Context<'_>, diagnostic: Diagnostic, at: u64, ty: ValType) -> Diagnostic {
    let spans = context.spans;
    let edit = |at: u32, text: String| Edit { span: Span::new(at, at), replacement: text };
    let edits = match spans.folded(at) {
        Some(whole) => {
            vec![edit(whole.start, format!("({ty}.ne ")), edit(whole.end, format!(" ({ty}.const 0))"))]
        }
        None if spans.source[spans.instr(at).range()].ends_with(')') => return diagnostic,
        None => vec![edit(spans.with_immediates(at).end, format!(" {ty}.const 0 {ty}.ne"))],
    };
    diagnostic.with_edits(format!("compare it with zero: `{ty}.ne`"), edits, Applicability::MaybeIncorrect)
}

/// Suggests to drop the surplus value if the others match the expected types: the lowest one, or the topmost of
/// several results of one instruction.
fn with_lowest_dropped(
    context: &Context<'_>,
    site: &Site<'_>,
    diagnostic: Diagnostic,
    expected_types: &[Operand],
) -> Diagnostic {
    let stack = site.stack();
    let fits = |rest: &[Operand]| {
        rest.iter().zip(expected_types).all(|(found, expected_types)| match (found, expected_types) {
            (Some(found), Some(expected_types)) => {
                site.validator.resources().is_subtype(*found, *expected_types)
            }
            _ => true,
        })
    };
    let (first, second) = (site.producer(expected_types.len()), site.producer(expected_types.len() - 1));
    let is_fit = if first == second { fits(&stack[..expected_types.len()]) } else { fits(&stack[1..]) };
    match first {
        Some(producer) if is_fit => with_dropped(context, diagnostic, producer),
        _ => diagnostic,
    }
}

/// Suggests to drop the result of the instruction at a byte.
fn with_dropped(context: &Context<'_>, diagnostic: Diagnostic, producer: u64) -> Diagnostic {
    match context.spans.is_written(producer, "local.tee") {
        true => diagnostic.with_guess("write `local.set`", context.spans.instr(producer), "local.set"),
        false => with_wrapped(context, diagnostic, producer, "drop", "add `drop`".to_owned()),
    }
}

/// Whether the producer of the value at a depth is the last instruction.
fn is_last(context: &Context<'_>, site: &Site<'_>, depth: usize) -> bool {
    let marks = context.body.marks;
    let own = marks.partition_point(|mark| u64::from(mark.at) < site.at);
    let before = own.checked_sub(1).map(|at| u64::from(marks[at].at));
    site.producer(depth).is_none() || site.producer(depth) == before
}

/// Suggests the values that are left as the results of a block without results, if the function has these results or
/// the block is an arm of an `if` with `else`.
fn with_block_result(
    context: &Context<'_>,
    site: &Site<'_>,
    diagnostic: Diagnostic,
    expected_types: &[Operand],
) -> Diagnostic {
    let Some((opened, actual)) = results_meant(site).filter(|_| expected_types.is_empty()) else {
        return diagnostic;
    };
    let types: Vec<String> = actual.into_iter().map(|t| context.val_type(t)).collect();
    let result = format!("(result {})", types.join(" "));
    let at = context.spans.label(opened).end;
    diagnostic.with_guess(format!("add `{result}`"), Span::new(at, at), format!(" {result}"))
}

/// The block without results that ends here, and the types of the values that are left and probably its results.
pub(super) fn results_meant(site: &Site<'_>) -> Option<(u64, Vec<ValType>)> {
    let frame = site.validator.get_control_frame(0)?;
    let &opened = site.trace.blocks.last()?;
    if !matches!(frame.block_type, BlockType::Empty) {
        return None;
    }
    let actual: Option<Vec<ValType>> = site.stack().into_iter().collect();
    let actual = actual.filter(|actual| !actual.is_empty())?;
    let outermost = site.validator.control_stack_height() - 1;
    let is_result = operands::results(site.validator, outermost).is_some_and(|of| of == actual);
    let has_else = matches!(site.operator, Operator::Else) || frame.kind == FrameKind::Else;
    // An `if` without `else` has no results.
    (has_else || is_result && frame.kind != FrameKind::If).then_some((opened, actual))
}

fn drop_values_left(context: &Context<'_>, site: &Site<'_>, diagnostic: Diagnostic) -> Diagnostic {
    let Some(expected_types) = expected_operands(site.operator, site.op, site.validator) else {
        return diagnostic;
    };
    let surplus = site.own().saturating_sub(expected_types.len());
    if context.body.constant_of.is_some() || surplus == 0 {
        return diagnostic;
    }
    let depth = site.own() - 1;
    // A value that an instruction in the middle leaves lacks a `drop` there.
    if surplus == 1 && expected_types.is_empty() && !is_last(context, site, depth) {
        return match site.producer(depth) {
            Some(producer) => with_dropped(context, diagnostic, producer),
            None => diagnostic,
        };
    }
    if surplus == 1 && !expected_types.is_empty() {
        return with_lowest_dropped(context, site, diagnostic, &expected_types);
    }
    let diagnostic = with_block_result(context, site, diagnostic, &expected_types);
    // The values may be meant as the results of the function.
    let is_function = site.validator.control_stack_height() <= 1 && matches!(site.operator, Operator::End);
    let actual: Option<Vec<ValType>> = site.stack().into_iter().collect();
    let diagnostic = match (
        is_function && expected_types.is_empty(),
        actual,
        context.declared.end_of_params(context.body.form),
    ) {
        (true, Some(actual), Some(at)) => {
            let types: Vec<String> = actual.into_iter().map(|t| context.val_type(t)).collect();
            let result = format!("(result {})", types.join(" "));
            let edits = vec![Edit { span: Span::new(at, at), replacement: format!(" {result}") }];
            diagnostic.with_edits(format!("add `{result}`"), edits, Applicability::MaybeIncorrect)
        }
        _ => diagnostic,
    };
    let own = context.spans.instr(site.at);
    let source = context.spans.source;
    let drops = vec!["drop"; surplus].join(" ");
    let before = source[..own.start as usize].trim_end();
    // A `then` ends before its `else`.
    let own = match source[own.range()].starts_with('(') && before.ends_with(')') {
        true => Span::new(before.len() as u32 - 1, before.len() as u32),
        false => own,
    };
    let is_parenthesis = &source[own.range()] == ")";
    let (at, text) = match (is_parenthesis, expected_types.is_empty()) {
        (_, false) => return diagnostic,
        (true, true) => (own.start, format!(" {drops}")),
        (false, true) => (own.start, format!("{drops} ")),
    };
    let edits = vec![Edit { span: Span::new(at, at), replacement: text }];
    diagnostic.with_edits(format!("add `{drops}`"), edits, Applicability::MaybeIncorrect)
}
