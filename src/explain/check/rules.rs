//! The rules of instructions that are not about the operand stack.

use super::context::{Context, Site};
use super::describe::{in_names, in_words_of, name};
use super::operands::{self, array_type, struct_field, struct_type};
use super::related::with_declaration;
use super::verdict::{Rule, Verdict};
use crate::diagnostic::{Applicability, Code, Diagnostic, edit};
use crate::lex::TokenKind;
use crate::resolve::IndexSpace;
use crate::span::Span;
use wasmparser::{Operator, StorageType, ValType};

/// Explains a verdict that is not a type mismatch.
pub(super) fn non_stack_rule(context: &Context<'_>, site: &Site<'_>, verdict: &Verdict) -> Diagnostic {
    use Operator as O;
    let spans = context.spans;
    let declared = context.declared;
    let own = spans.instr(site.at);
    let error = |code, span, text: String| Diagnostic::error(code, span, text);
    let first = spans.immediate(site.at, 0).unwrap_or(own);
    if *verdict == Verdict::Rule(Rule::GlobalImmutable)
        && let O::GlobalSet { global_index } = *site.operator
    {
        let name = declared.name_of(IndexSpace::Global, global_index);
        let diagnostic =
            error(Code::Immutable, own, format!("the global {name} is immutable and cannot be set"));
        return declared.with_mutability(diagnostic, global_index);
    }
    if *verdict == Verdict::Rule(Rule::FieldImmutable)
        && let Some((ty, field)) = struct_field(site.operator)
    {
        let diagnostic = error(
            Code::Immutable,
            own,
            format!(
                "the field {} of {} is immutable and cannot be set",
                declared.field_name(ty, field),
                declared.type_name(ty)
            ),
        );
        return declared.with_mutable_field(diagnostic, ty, Some(field));
    }
    if *verdict == Verdict::Rule(Rule::ArrayImmutable)
        && let Some(ty) = array_type(site.operator)
    {
        let diagnostic = error(
            Code::Immutable,
            own,
            format!(
                "the elements of the array type {} are immutable: {} cannot change them",
                declared.type_name(ty),
                name(context, site)
            ),
        );
        return declared.with_mutable_field(diagnostic, ty, None);
    }
    if *verdict == Verdict::Rule(Rule::UndeclaredFunction)
        && let O::RefFunc { function_index } = *site.operator
    {
        let name = declared.name_of(IndexSpace::Func, function_index);
        let diagnostic = error(
            Code::UndeclaredFunction,
            first,
            format!("the function {name} is not declared as one that `ref.func` may refer to"),
        )
        .with_note("a function must be in an element segment, an export or a global's initial value before `ref.func` in a body may refer to it");
        let diagnostic = declared.with_declaration(diagnostic, IndexSpace::Func, function_index);
        let at = Span::new(context.body.form.start, context.body.form.start);
        let indent = declared.indentation(at.start);
        let message = format!("add `(elem declare func {name})`");
        let segment = format!("(elem declare func {name})\n{indent}");
        // The segment changes the indices of the following ones.
        return match declared.count(IndexSpace::Elem) {
            0 => diagnostic.with_fix(message, at, segment),
            _ => diagnostic.with_guess(message, at, segment),
        };
    }
    if let Verdict::Rule(rule @ (Rule::AlignmentTooLarge | Rule::AlignmentNotMaximal)) = *verdict {
        let natural =
            site.op.and_then(|op| op.immediates().natural_alignment()).map_or(0, |log2| 1u64 << log2);
        let span = spans.memarg(site.at, TokenKind::AlignEq).unwrap_or(own);
        let written = &spans.source[span.range()];
        let found = written.strip_prefix("align=").unwrap_or("none");
        let text = if rule == Rule::AlignmentNotMaximal {
            format!("the alignment of {} must be exactly {natural}, found {found}", name(context, site))
        } else {
            format!(
                "the alignment {found} is larger than the natural one of {}, which is {natural}",
                name(context, site)
            )
        };
        let diagnostic = error(Code::AlignmentTooLarge, span, text);
        return match written.starts_with("align=") {
            true => {
                diagnostic.with_guess(format!("write `align={natural}`"), span, format!("align={natural}"))
            }
            false => diagnostic,
        };
    }
    if *verdict == Verdict::Rule(Rule::OffsetOutOfRange) {
        let span = spans.memarg(site.at, TokenKind::OffsetEq).unwrap_or(own);
        return error(
            Code::OutOfRange,
            span,
            format!(
                "the offset of {} is out of range: a 32-bit memory takes at most 4294967295",
                name(context, site)
            ),
        );
    }
    if let Verdict::UninitializedLocal(index) = *verdict {
        let name = spans.source[first.range()].to_owned();
        let t = site.validator.get_local_type(index);
        let diagnostic = error(
            Code::UninitializedLocal,
            first,
            format!(
                "the local {name} is read before it is set: its type {} has no default value",
                context.operand(t)
            ),
        );
        let diagnostic = match set_before(context, site.at, index) {
            Some(set) => diagnostic.with_label(set, "it is set here, in a block that ends before"),
            None => diagnostic,
        };
        return match context.body.locals.get(index as usize) {
            Some(&span) => diagnostic.with_label(span, "the local is declared here").with_note(
                "set it first in the same block or one around it, or declare it with a nullable type",
            ),
            None => diagnostic,
        };
    }
    if *verdict == Verdict::Rule(Rule::LaneOutOfRange) {
        let lanes = site.op.and_then(|op| op.immediates().lanes());
        let span = spans.last_number(site.at).unwrap_or(own);
        let number = &spans.source[span.range()];
        let text = match lanes {
            Some(lanes) => format!(
                "lane {number} is out of range: {} has {lanes} lanes, numbered 0 to {}",
                name(context, site),
                lanes - 1
            ),
            None => format!("{} has a lane out of range", name(context, site)),
        };
        return error(Code::LaneOutOfRange, span, text);
    }
    if *verdict == Verdict::Rule(Rule::PackedAccess) {
        return packed(context, site);
    }
    if *verdict == Verdict::Rule(Rule::NotDefaultable) {
        let ty = struct_type(site.operator).or(array_type(site.operator));
        let name = ty.map_or_else(String::new, |ty| declared.type_name(ty));
        let mismatched_operand = ty.and_then(|ty| context.checker.not_defaultable(ty));
        let (which, t) = mismatched_operand.unwrap_or((0, ValType::I32));
        let t = context.val_type(t);
        let text = match (site.operator, ty) {
            (O::StructNewDefault { .. }, Some(ty)) => format!(
                "the field {} of {name} has type {t}, which has no default value",
                declared.field_name(ty, which)
            ),
            _ => format!("the elements of {name} have type {t}, which has no default value"),
        };
        let diagnostic = error(Code::NoDefault, own, text);
        let declared_at =
            ty.and_then(|ty| declared.field(ty, which).or(declared.span_of(IndexSpace::Type, ty)));
        let diagnostic = match declared_at {
            Some(span) => diagnostic.with_label(span, format!("declared here with type {t}")),
            None => diagnostic,
        };
        let replacement = site.op.map_or("", |op| op.mnemonic()).replace("_default", "");
        let edits = vec![edit(own, replacement.as_str())];
        let message = format!("write `{replacement}` with the values");
        return diagnostic.with_edits(message, edits, Applicability::HasPlaceholders);
    }
    if let Verdict::WrongKindOfType { expected, index: ty } = *verdict {
        let kind = expected.describe();
        let found = ty.and_then(|ty| context.checker.kind_of(ty)).unwrap_or("another");
        let name = ty.map_or_else(String::new, |ty| declared.type_name(ty));
        let span = ty.and_then(|ty| spans.type_use(site.at, &declared.type_name(ty))).unwrap_or(first);
        let article = |kind: &str| if kind == "array" || kind == "another" { "" } else { "a " };
        let shown_found =
            if found == "array" { "an array".to_owned() } else { format!("{}{found}", article(found)) };
        let shown_kind = if kind == "array" { "an array".to_owned() } else { format!("a {kind}") };
        let instr = site.op.map_or_else(|| "this".to_owned(), |op| format!("`{}`", op.mnemonic()));
        let diagnostic = error(
            Code::WrongKindOfType,
            span,
            format!(
                "{instr} takes {shown_kind} type: expected {shown_kind} type, found {name}, which is {shown_found} type"
            ),
        );
        return match ty {
            Some(ty) => declared.with_declaration(diagnostic, IndexSpace::Type, ty),
            None => diagnostic,
        };
    }
    if matches!(verdict, Verdict::SegmentMismatch { .. } | Verdict::Rule(Rule::InitDataOfReferences)) {
        let ty = array_type(site.operator);
        let text = match verdict {
            Verdict::SegmentMismatch { expected, found } => format!(
                "type mismatch in {}: the segment has elements of another type: expected {}, found {}",
                name(context, site),
                in_names(context, expected),
                in_names(context, found)
            ),
            _ => in_words_of(context, site, verdict),
        };
        let diagnostic = error(Code::TypeMismatch, own, text);
        let diagnostic = match ty.and_then(|ty| declared.field(ty, 0)) {
            Some(span) => diagnostic.with_label(span, "the element type is declared here"),
            None => diagnostic,
        };
        let diagnostic = match *site.operator {
            O::ArrayNewElem { array_elem_index, .. } | O::ArrayInitElem { array_elem_index, .. } => {
                declared.with_declaration(diagnostic, IndexSpace::Elem, array_elem_index)
            }
            _ => diagnostic,
        };
        return match ty {
            Some(ty) => declared.with_declaration(diagnostic, IndexSpace::Type, ty),
            None => diagnostic,
        };
    }
    let code = if verdict.is_about_types() { Code::TypeMismatch } else { Code::Invalid };
    let diagnostic = error(code, own, in_words_of(context, site, verdict));
    with_declaration(context, site, diagnostic)
}

/// The last instruction before the one at a byte that sets a local.
fn set_before(context: &Context<'_>, at: u64, local: u32) -> Option<Span> {
    /// The maximum number of instructions that are searched.
    const MOST: usize = 1 << 10;
    let marks = context.body.marks;
    let own = marks.partition_point(|mark| u64::from(mark.at) < at);
    let set = marks[..own].iter().rev().take(MOST).find(|mark| {
        matches!(
            context.operator_at(mark.at.into()),
            Some(Operator::LocalSet { local_index } | Operator::LocalTee { local_index }) if local_index == local
        )
    })?;
    Some(context.spans.instr(set.at.into()))
}

/// Explains a `get` without a sign for a packed field, or with one for another field.
fn packed(context: &Context<'_>, site: &Site<'_>) -> Diagnostic {
    let declared = context.declared;
    let own = context.spans.instr(site.at);
    let mnemonic = site.op.map_or("", |op| op.mnemonic());
    let stem = mnemonic.trim_end_matches("_s").trim_end_matches("_u");
    let field = struct_field(site.operator);
    let ty = struct_type(site.operator).or(array_type(site.operator)).unwrap_or(0);
    let storage = context.checker.storage(ty, field.map_or(0, |(_, field)| field));
    let what = match field {
        Some((ty, field)) => {
            format!("the field {} of {}", declared.field_name(ty, field), declared.type_name(ty))
        }
        None => format!("the element of {}", declared.type_name(ty)),
    };
    let place =
        field.and_then(|(ty, field)| declared.field(ty, field)).or(declared.span_of(IndexSpace::Type, ty));
    let diagnostic = if stem == mnemonic {
        let t = if storage == Some(StorageType::I8) { "i8" } else { "i16" };
        Diagnostic::error(
            Code::PackedAccess,
            own,
            format!("{what} is packed (`{t}`): expected `{stem}_s` or `{stem}_u`, found `{mnemonic}`"),
        )
        .with_guess(format!("write `{stem}_u` to zero-extend"), own, format!("{stem}_u"))
        .with_guess(format!("write `{stem}_s` to sign-extend"), own, format!("{stem}_s"))
    } else {
        let t =
            storage.map_or_else(|| "another type".to_owned(), |t| context.val_type(operands::unpacked(t)));
        Diagnostic::error(
            Code::PackedAccess,
            own,
            format!("{what} has type {t} and is not packed: expected `{stem}`, found `{mnemonic}`"),
        )
        .with_fix(format!("write `{stem}`"), own, stem)
    };
    let diagnostic = match place {
        Some(span) => diagnostic.with_label(span, "declared here"),
        None => diagnostic,
    };
    match declared.span_of(IndexSpace::Type, ty) {
        Some(span) => diagnostic.with_label(span, "the type is declared here"),
        None => diagnostic,
    }
}
