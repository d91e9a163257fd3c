//! Where the type of an operand comes from: what declares that it is wanted, and what declares that it
//! is given.

use super::body::{Context, Point};
use super::declared::DeclaredThings;
use super::locate;
use crate::diagnostic::Diagnostic;
use crate::lex::TokenKind;
use crate::resolve::Space;
use crate::span::Span;
use wasmparser::{BinaryReader, Operator, WasmModuleResources};

/// Adds the parameter or field that the `nth` operand of an instruction is for.
pub(crate) fn with_wanted(
    context: &Context<'_>,
    point: &Point<'_>,
    diagnostic: Diagnostic,
    nth: u32,
) -> Diagnostic {
    match wanted(context, point, nth) {
        (Some(span), what) => diagnostic.with_place(span, what),
        (None, _) => diagnostic,
    }
}

/// The parameter or field that the `nth` operand of an instruction is for, and what to say there.
pub(crate) fn wanted(context: &Context<'_>, point: &Point<'_>, nth: u32) -> (Option<Span>, &'static str) {
    let declared = context.declared;
    match *point.operator {
        Operator::Call { function_index } | Operator::ReturnCall { function_index } => {
            (param(declared, Space::Func, function_index, nth), "the parameter is declared here")
        }
        Operator::CallRef { type_index }
        | Operator::ReturnCallRef { type_index }
        | Operator::CallIndirect { type_index, .. }
        | Operator::ReturnCallIndirect { type_index, .. } => {
            (param(declared, Space::Type, type_index, nth), "the parameter is declared here")
        }
        Operator::Throw { tag_index } => {
            (param(declared, Space::Tag, tag_index, nth), "the parameter is declared here")
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

/// Adds what declares the type of a value that the instruction at `pusher` gave.
pub(crate) fn with_given(context: &Context<'_>, diagnostic: Diagnostic, pusher: u64) -> Diagnostic {
    let declared = context.declared;
    let Some(operator) = operator_at(context, pusher) else { return diagnostic };
    let (span, what) = match operator {
        Operator::Call { function_index } => {
            (result(declared, Space::Func, function_index), "the result is declared here")
        }
        Operator::CallRef { type_index } | Operator::CallIndirect { type_index, .. } => {
            (result(declared, Space::Type, type_index), "the result is declared here")
        }
        Operator::RefFunc { function_index } => {
            (declared.place(Space::Func, function_index), "the function is declared here")
        }
        Operator::GlobalGet { global_index } => {
            let thing = declared.thing(Space::Global, global_index);
            (thing.and_then(|thing| declared.type_in_head(thing.form)), "the global has this type")
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
        Some(span) => diagnostic.with_place(span, what),
        None => diagnostic,
    }
}

/// Adds why there is no operand: the instruction before gives none, or all are outside of the block.
pub(crate) fn with_reason(context: &Context<'_>, point: &Point<'_>, diagnostic: Diagnostic) -> Diagnostic {
    let outside = (point.validator.operand_stack_height() as usize).saturating_sub(point.own());
    let is_first = context.body.marks.partition_point(|mark| u64::from(mark.at) < point.at);
    let before = is_first.checked_sub(1).map(|at| u64::from(context.body.marks[at].at));
    if let Some(before) = before
        && let Some(Operator::Call { function_index }) = operator_at(context, before)
        && let Some(ty) = point.validator.resources().type_index_of_function(function_index)
        && crate::explain::check::operands::result_count(point.validator, ty) == Some(0)
    {
        let diagnostic = diagnostic.with_place(context.places.instr(before), "this gives nothing");
        return context.declared.with_declaration(diagnostic, Space::Func, function_index);
    }
    match point.trace.blocks.last() {
        Some(&block) if outside > 0 => {
            let message = "what is on the stack before this block cannot be taken within it";
            diagnostic.with_place(context.places.instr(block), message)
        }
        _ => diagnostic,
    }
}

pub(crate) fn operator_at<'a>(context: &Context<'a>, at: u64) -> Option<Operator<'a>> {
    let mut reader = BinaryReader::new(context.body.bytes.get(at as usize..)?, at);
    reader.set_features(wasmparser::WasmFeatures::all());
    wasmparser::OperatorsReader::new(reader).read().ok()
}

/// Where the `nth` parameter of a function, a type or a tag is declared.
fn param(declared: &DeclaredThings<'_>, space: Space, index: u32, nth: u32) -> Option<Span> {
    let form = declared.thing(space, index)?.form;
    let mut left = nth;
    for group in parts(declared, form, TokenKind::ParenParam)? {
        let mut tokens = declared.tokens(Span::new(group.start + 1, group.end)).peekable();
        // The word and what is behind it, up to the end.
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

/// Where the results of a function, a type or a tag are declared.
fn result(declared: &DeclaredThings<'_>, space: Space, index: u32) -> Option<Span> {
    let form = declared.thing(space, index)?.form;
    parts(declared, form, TokenKind::ParenResult)?.first().copied()
}

/// The parameters or results in the head of a form, or in that of the type that it uses.
fn parts(declared: &DeclaredThings<'_>, form: Span, kind: TokenKind) -> Option<Vec<Span>> {
    let own = declared.parts_of_head(form, kind);
    if !own.is_empty() {
        return Some(own);
    }
    let used = declared.parts_of_head(form, TokenKind::ParenType).first().copied()?;
    let name = locate::tokens(declared.source, used).nth(1)?;
    let index = declared.index_of(Space::Type, &declared.source[name.span().range()])?;
    let ty = declared.thing(Space::Type, index)?.form;
    Some(declared.parts_of_head(ty, kind)).filter(|found| !found.is_empty())
}
