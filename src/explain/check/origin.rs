//! Labels at the declarations that determine the expected and the actual type of an operand.

use super::context::{Context, Site};
use super::declared::Declared;
use super::locate;
use super::operands;
use crate::diagnostic::Diagnostic;
use crate::lex::TokenKind;
use crate::resolve::IndexSpace;
use crate::span::Span;
use wasmparser::{Operator, WasmModuleResources};

/// Adds a label at the parameter or field for the `nth` operand of an instruction.
pub(super) fn with_operand_declaration(
    context: &Context<'_>,
    site: &Site<'_>,
    diagnostic: Diagnostic,
    nth: u32,
) -> Diagnostic {
    match operand_declaration(context, site, nth) {
        (Some(span), what) => diagnostic.with_label(span, what),
        (None, _) => diagnostic,
    }
}

/// The declaration of the `nth` operand of an instruction, and the label for it.
pub(super) fn operand_declaration(
    context: &Context<'_>,
    site: &Site<'_>,
    nth: u32,
) -> (Option<Span>, &'static str) {
    let declared = context.declared;
    match *site.operator {
        Operator::Call { function_index } | Operator::ReturnCall { function_index } => {
            (param(declared, IndexSpace::Func, function_index, nth), "the parameter is declared here")
        }
        Operator::CallRef { type_index }
        | Operator::ReturnCallRef { type_index }
        | Operator::CallIndirect { type_index, .. }
        | Operator::ReturnCallIndirect { type_index, .. } => {
            (param(declared, IndexSpace::Type, type_index, nth), "the parameter is declared here")
        }
        Operator::Throw { tag_index } => {
            (param(declared, IndexSpace::Tag, tag_index, nth), "the parameter is declared here")
        }
        Operator::StructNew { struct_type_index } => {
            (declared.field(struct_type_index, nth), "the field is declared here")
        }
        Operator::ArrayNew { array_type_index }
        | Operator::ArrayNewFixed { array_type_index, .. }
        | Operator::ArraySet { array_type_index }
        | Operator::ArrayFill { array_type_index } => {
            (declared.field(array_type_index, 0), "the element type is declared here")
        }
        _ => (None, ""),
    }
}

/// Adds a label at the declaration of the value that the instruction at `producer` pushed.
pub(super) fn with_value_declaration(
    context: &Context<'_>,
    diagnostic: Diagnostic,
    producer: u64,
) -> Diagnostic {
    let declared = context.declared;
    let Some(operator) = context.operator_at(producer) else { return diagnostic };
    let (span, what) = match operator {
        Operator::Call { function_index } => {
            (result(declared, IndexSpace::Func, function_index), "the result is declared here")
        }
        Operator::CallRef { type_index } | Operator::CallIndirect { type_index, .. } => {
            (result(declared, IndexSpace::Type, type_index), "the result is declared here")
        }
        Operator::RefFunc { function_index } => {
            (declared.span_of(IndexSpace::Func, function_index), "the function is declared here")
        }
        Operator::GlobalGet { global_index } => {
            let definition = declared.definition(IndexSpace::Global, global_index);
            (
                definition.and_then(|definition| declared.type_in_head(definition.form)),
                "the global has this type",
            )
        }
        Operator::LocalGet { local_index } => {
            (context.body.locals.get(local_index as usize).copied(), "the local is declared here")
        }
        Operator::StructGet { struct_type_index, field_index }
        | Operator::StructGetS { struct_type_index, field_index }
        | Operator::StructGetU { struct_type_index, field_index } => {
            (declared.field(struct_type_index, field_index), "the field is declared here")
        }
        Operator::ArrayGet { array_type_index } => {
            (declared.field(array_type_index, 0), "the element type is declared here")
        }
        _ => return diagnostic,
    };
    match span {
        Some(span) => diagnostic.with_label(span, what),
        None => diagnostic,
    }
}

/// Adds a label that explains a missing operand: the instruction before has no results, or all operands are outside of
/// the block.
pub(super) fn with_reason(context: &Context<'_>, site: &Site<'_>, diagnostic: Diagnostic) -> Diagnostic {
    let outside = (site.validator.operand_stack_height() as usize).saturating_sub(site.own());
    let is_first = context.body.marks.partition_point(|mark| u64::from(mark.at) < site.at);
    let before = is_first.checked_sub(1).map(|at| u64::from(context.body.marks[at].at));
    if let Some(before) = before
        && let Some(Operator::Call { function_index }) = context.operator_at(before)
        && let Some(ty) = site.validator.resources().type_index_of_function(function_index)
        && operands::result_count(site.validator, ty) == Some(0)
    {
        let diagnostic = diagnostic.with_label(context.spans.instr(before), "this has no results");
        return context.declared.with_declaration(diagnostic, IndexSpace::Func, function_index);
    }
    match site.trace.blocks.last() {
        Some(&block) if outside > 0 => {
            let message = "operands from before this block are not available inside it";
            diagnostic.with_label(context.spans.instr(block), message)
        }
        _ => diagnostic,
    }
}

/// The declaration of the `nth` parameter of a function, a type or a tag.
fn param(declared: &Declared<'_>, space: IndexSpace, index: u32, nth: u32) -> Option<Span> {
    let form = declared.definition(space, index)?.form;
    let mut left = nth;
    for group in parts(declared, form, TokenKind::ParenParam)? {
        let mut tokens = declared.tokens(Span::new(group.start + 1, group.end)).peekable();
        // The keyword and the rest of the group.
        tokens.next();
        if tokens.peek().is_some_and(|token| token.kind == TokenKind::Id) {
            if left == 0 {
                return tokens.next().map(|token| token.span());
            }
            left -= 1;
            continue;
        }
        let mut depth = 0;
        for token in tokens {
            match token.kind {
                TokenKind::Close if depth == 0 => break,
                TokenKind::Close => depth -= 1,
                kind => {
                    if depth == 0 {
                        if left == 0 {
                            return Some(token.span());
                        }
                        left -= 1;
                    }
                    depth += i32::from(kind.is_open());
                }
            }
        }
    }
    None
}

/// The declaration of the results of a function, a type or a tag.
fn result(declared: &Declared<'_>, space: IndexSpace, index: u32) -> Option<Span> {
    let form = declared.definition(space, index)?.form;
    parts(declared, form, TokenKind::ParenResult)?.first().copied()
}

/// The parameters or results in the head of a form, or of the type that it uses.
fn parts(declared: &Declared<'_>, form: Span, kind: TokenKind) -> Option<Vec<Span>> {
    let own = declared.parts_of_head(form, kind);
    if !own.is_empty() {
        return Some(own);
    }
    let used = declared.parts_of_head(form, TokenKind::ParenType).first().copied()?;
    let name = locate::tokens(declared.source, used).nth(1)?;
    let index = declared.index_of(IndexSpace::Type, &declared.source[name.span().range()])?;
    let ty = declared.definition(IndexSpace::Type, index)?.form;
    Some(declared.parts_of_head(ty, kind)).filter(|found| !found.is_empty())
}
