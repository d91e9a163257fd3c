//! Indices in instructions that are out of range.

use super::context::{Context, Site};
use super::describe::name;
use super::operands::struct_type;
use super::verdict::Verdict;
use crate::diagnostic::{Code, Diagnostic, counted};
use crate::lex::TokenKind;
use crate::resolve::IndexSpace;
use crate::span::Span;
use wasmparser::Operator;

/// Explains an index that is out of range.
pub(super) fn out_of_range(context: &Context<'_>, site: &Site<'_>, verdict: &Verdict) -> Option<Diagnostic> {
    let &Verdict::UnknownIndex { space, index } = verdict else { return None };
    let spans = context.spans;
    let own = spans.instr(site.at);
    let number = index.or_else(|| index_of(site.operator, space));
    // The span of the immediate with the number, or `None` if it is implied. The only immediate of these instructions
    // may be the segment.
    let is_implied = matches!(site.operator, Operator::MemoryInit { .. } | Operator::TableInit { .. })
        && matches!(space, IndexSpace::Memory | IndexSpace::Table)
        && spans.immediate(site.at, 1).is_none();
    let written = |number: u64| {
        if is_implied {
            return None;
        }
        (0..MOST_IMMEDIATES)
            .map_while(|n| spans.immediate(site.at, n))
            .find(|span| crate::lex::number::magnitude(&spans.source[span.range()]) == Some((false, number)))
            .or_else(|| spans.number_after(site.at, number))
    };
    // Further uses of the same index in the instruction.
    let mut more: Vec<Span> = Vec::new();
    let (number, span) = match space {
        // The skeleton has more types than the module; the index is the one that the source has.
        IndexSpace::Type => {
            let others = indices_before_type(site.operator).min(spans.leading_numbers(site.at));
            let (number, span) = spans
                .numbers(site.at)
                .skip(others)
                .find(|(number, _)| *number >= context.declared.types.into())?;
            let end = spans.with_immediates(site.at).end;
            more.extend(
                spans
                    .numbers(site.at)
                    .skip(others)
                    .filter(|(other, at)| *other == number && at.start > span.start && at.end <= end)
                    .map(|(_, at)| at),
            );
            (number, Some(span).filter(|span| span.end <= end))
        }
        space => {
            let number = context.declared.number(space, number.unwrap_or(0));
            (number, written(number))
        }
    };
    Some(match space {
        IndexSpace::Local => {
            let count = context.body.locals.len();
            let message =
                format!("unknown local {number}: the function has {}", counted(count as u64, "local"));
            let mut diagnostic = Diagnostic::error(Code::UnknownIndex, span.unwrap_or(own), message);
            diagnostic.is_of_function = true;
            match count {
                0 => {}
                1 => {}
                _ => {
                    diagnostic = diagnostic
                        .with_note(format!("locals are numbered from 0 to {}, parameters first", count - 1));
                }
            }
            match (context.body.locals.last(), count) {
                (Some(&last), 1) => diagnostic.with_label(last, "the only local has the index 0"),
                (Some(&last), _) => {
                    diagnostic.with_label(last, format!("the last local has the index {}", count - 1))
                }
                _ => diagnostic,
            }
        }
        IndexSpace::Label => {
            let count = site.validator.control_stack_height();
            let message = format!(
                "unknown label {number}: there {} {} around `{}`",
                if count == 1 { "is" } else { "are" },
                counted(u64::from(count), "label"),
                site.op.map_or("br", |op| op.mnemonic())
            );
            let mut diagnostic = Diagnostic::error(Code::UnknownIndex, span.unwrap_or(own), message);
            diagnostic.is_of_function = true;
            diagnostic.with_note(match count.saturating_sub(1) {
                0 => "the only label, 0, is that of the function itself".to_owned(),
                last => format!("labels are numbered from 0, the innermost, to {last}, the function itself"),
            })
        }
        IndexSpace::Field => {
            let ty = struct_type(site.operator);
            let count = ty.and_then(|ty| context.checker.struct_len(ty)).unwrap_or(0);
            let name = ty.map_or_else(String::new, |ty| format!(" {}", context.declared.type_name(ty)));
            let mut diagnostic = Diagnostic::error(
                Code::UnknownIndex,
                spans.immediate(site.at, 1).unwrap_or(own),
                format!(
                    "unknown field {number}: the struct type{name} has {}",
                    counted(count as u64, "field")
                ),
            );
            if let Some(ty) = ty {
                diagnostic = context.declared.with_declaration(diagnostic, IndexSpace::Type, ty);
            }
            diagnostic
        }
        space => {
            let mut diagnostic = context.declared.unknown_index(space, number, span.unwrap_or(own));
            for span in more {
                diagnostic = diagnostic.with_label(span, "also used here");
            }
            // `i32.load 4`
            let is_access = site.op.is_some_and(|op| op.immediates().natural_alignment().is_some());
            let has_offset = spans.memarg(site.at, TokenKind::OffsetEq).is_some();
            if let Some(span) = span
                && space == IndexSpace::Memory
                && is_access
                && !has_offset
                && context.declared.count(IndexSpace::Memory) == 1
            {
                diagnostic.notes.clear();
                let meant = format!("offset={number}");
                return Some(diagnostic.with_fix(format!("for an offset, write `{meant}`"), span, meant));
            }
            if matches!(space, IndexSpace::Memory | IndexSpace::Table) && span.is_none() && number == 0 {
                let what = space.describe();
                diagnostic = diagnostic.with_note(format!("{} needs a {what}", name(context, site)));
                let form = context.body.form.start;
                diagnostic = context.declared.with_definition(diagnostic, space, form);
            }
            diagnostic
        }
    })
}

/// The maximum number of immediates that are searched.
const MOST_IMMEDIATES: usize = 10_000;

/// Returns the number of indices before the types of an instruction: its label or its table.
fn indices_before_type(operator: &Operator<'_>) -> usize {
    use Operator as O;
    match operator {
        O::BrOnCast { .. }
        | O::BrOnCastFail { .. }
        | O::BrOnCastDescEq { .. }
        | O::BrOnCastDescEqFail { .. }
        | O::CallIndirect { .. }
        | O::ReturnCallIndirect { .. } => 1,
        _ => 0,
    }
}

/// The index that an instruction has in an index space, for verdicts without the index.
fn index_of(operator: &Operator<'_>, space: IndexSpace) -> Option<u64> {
    use Operator as O;
    Some(match (operator, space) {
        (O::GlobalGet { global_index } | O::GlobalSet { global_index }, _) => (*global_index).into(),
        (O::Br { relative_depth } | O::BrIf { relative_depth }, _) => (*relative_depth).into(),
        (
            O::BrOnNull { relative_depth }
            | O::BrOnNonNull { relative_depth }
            | O::BrOnCast { relative_depth, .. }
            | O::BrOnCastFail { relative_depth, .. }
            | O::Delegate { relative_depth }
            | O::Rethrow { relative_depth },
            _,
        ) => (*relative_depth).into(),
        (O::BrTable { targets }, _) => {
            let all = targets.targets().filter_map(Result::ok).chain([targets.default()]);
            all.max()?.into()
        }
        (O::StructGet { field_index, .. }, IndexSpace::Field)
        | (O::StructGetS { field_index, .. }, IndexSpace::Field)
        | (O::StructGetU { field_index, .. }, IndexSpace::Field)
        | (O::StructSet { field_index, .. }, IndexSpace::Field) => (*field_index).into(),
        _ => return None,
    })
}
