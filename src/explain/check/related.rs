//! Labels at the declarations and blocks that an instruction uses.

use super::context::{Context, Site};
use super::describe::signature;
use super::operands::{self, array_type, struct_field, struct_type};
use crate::diagnostic::Diagnostic;
use crate::resolve::IndexSpace;
use wasmparser::{BlockType, Operator, WasmModuleResources};

/// Adds a label at the block that ends here, with its results.
pub(super) fn with_block(context: &Context<'_>, site: &Site<'_>, diagnostic: Diagnostic) -> Diagnostic {
    let results = operands::results(site.validator, 0).unwrap_or_default();
    let declared = context.list(results.into_iter().map(Some));
    match site.trace.blocks.last() {
        Some(&opened) => {
            let span = context.spans.block_type(opened);
            diagnostic.with_label(span, format!("the block opened here has the results {declared}"))
        }
        None if context.body.constant_of.is_some() => match context.constant_type() {
            Some((ty, what)) => diagnostic.with_label(ty, what),
            None => diagnostic,
        },
        None => {
            let span = context.declared.func_results(context.body.form).unwrap_or_else(|| {
                context
                    .declared
                    .span_of(IndexSpace::Func, context.body.func)
                    .unwrap_or(context.body.form.head())
            });
            diagnostic.with_label(span, format!("the function has the results {declared}"))
        }
    }
}

/// Adds a label at the declaration that an instruction uses.
pub(super) fn with_declaration(context: &Context<'_>, site: &Site<'_>, diagnostic: Diagnostic) -> Diagnostic {
    use Operator as O;
    let declared = context.declared;
    let resources = site.validator.resources();
    match *site.operator {
        O::Call { function_index } | O::ReturnCall { function_index } => {
            let Some(span) = declared.span_of(IndexSpace::Func, function_index) else { return diagnostic };
            let ty = resources.type_index_of_function(function_index);
            let signature = ty.and_then(|ty| signature(context, ty)).unwrap_or_default();
            diagnostic.with_label(span, format!("the function is declared here: {signature}"))
        }
        O::CallIndirect { type_index, .. }
        | O::ReturnCallIndirect { type_index, .. }
        | O::CallRef { type_index }
        | O::ReturnCallRef { type_index } => {
            let signature = signature(context, type_index).unwrap_or_default();
            match declared.span_of(IndexSpace::Type, type_index) {
                Some(span) => diagnostic.with_label(span, format!("the type is declared here: {signature}")),
                None => diagnostic.with_note(format!("the type of the callee is {signature}")),
            }
        }
        O::LocalSet { local_index } | O::LocalTee { local_index } | O::LocalGet { local_index } => {
            let t = site.validator.get_local_type(local_index);
            match context.body.locals.get(local_index as usize) {
                Some(&span) => diagnostic
                    .with_label(span, format!("the local is declared here with type {}", context.operand(t))),
                None => diagnostic,
            }
        }
        O::GlobalSet { global_index } | O::GlobalGet { global_index } => {
            let t = resources.global_at(global_index).map(|global| global.content_type);
            match declared.span_of(IndexSpace::Global, global_index) {
                Some(span) => diagnostic.with_label(
                    span,
                    format!("the global is declared here with type {}", context.operand(t)),
                ),
                None => diagnostic,
            }
        }
        O::Throw { tag_index } => declared.with_declaration(diagnostic, IndexSpace::Tag, tag_index),
        O::TableSet { table } | O::TableGet { table } | O::TableGrow { table } | O::TableFill { table } => {
            declared.with_declaration(diagnostic, IndexSpace::Table, table)
        }
        O::Br { relative_depth }
        | O::BrIf { relative_depth }
        | O::BrOnNull { relative_depth }
        | O::BrOnNonNull { relative_depth }
        | O::BrOnCast { relative_depth, .. }
        | O::BrOnCastFail { relative_depth, .. } => with_label(context, site, diagnostic, relative_depth),
        O::BrTable { ref targets } => with_label(context, site, diagnostic, targets.default()),
        O::Block { blockty } | O::Loop { blockty } | O::If { blockty } => match blockty {
            BlockType::FuncType(ty) => {
                let span = context.spans.block_type(site.at);
                let diagnostic = match span == context.spans.instr(site.at) {
                    true => diagnostic,
                    false => diagnostic.with_label(span, "the parameters of the block"),
                };
                declared.with_declaration(diagnostic, IndexSpace::Type, ty)
            }
            _ => diagnostic,
        },
        O::Return => {
            let list = site
                .validator
                .control_stack_height()
                .checked_sub(1)
                .and_then(|outermost| operands::results(site.validator, outermost))
                .map(|types| context.list(types.into_iter().map(Some)))
                .unwrap_or_default();
            diagnostic.with_label(context.function_results(), format!("the function has the results {list}"))
        }
        _ if site.op.is_some_and(|op| op.immediates().natural_alignment().is_some()) => {
            // With several memories, the verdict does not contain the index.
            match declared.count(IndexSpace::Memory) {
                1 => declared.with_declaration(diagnostic, IndexSpace::Memory, 0),
                _ => diagnostic,
            }
        }
        O::ArrayCopy { array_type_index_dst, array_type_index_src } => {
            let diagnostic = declared.with_declaration(diagnostic, IndexSpace::Type, array_type_index_dst);
            declared.with_declaration(diagnostic, IndexSpace::Type, array_type_index_src)
        }
        O::MemoryGrow { mem } | O::MemoryFill { mem } | O::MemoryInit { mem, .. } => {
            declared.with_declaration(diagnostic, IndexSpace::Memory, mem)
        }
        O::MemoryCopy { dst_mem, src_mem } => {
            let diagnostic = declared.with_declaration(diagnostic, IndexSpace::Memory, dst_mem);
            declared.with_declaration(diagnostic, IndexSpace::Memory, src_mem)
        }
        _ => {
            if let Some((ty, field)) = struct_field(site.operator) {
                return match declared.field(ty, field) {
                    Some(span) => diagnostic.with_label(span, "the field is declared here"),
                    None => declared.with_declaration(diagnostic, IndexSpace::Type, ty),
                };
            }
            match struct_type(site.operator).or(array_type(site.operator)) {
                Some(ty) => declared.with_declaration(diagnostic, IndexSpace::Type, ty),
                None => diagnostic,
            }
        }
    }
}

/// Adds a label at the block that a branch goes to, with the values that it takes.
pub(super) fn with_label(
    context: &Context<'_>,
    site: &Site<'_>,
    diagnostic: Diagnostic,
    depth: u32,
) -> Diagnostic {
    let label = operands::label(site.validator, depth).unwrap_or_default();
    let list = context.list(label.into_iter().map(Some));
    let blocks = &site.trace.blocks;
    match blocks.len().checked_sub(depth as usize + 1) {
        Some(at) => {
            let span = context.spans.block_type(blocks[at]);
            diagnostic.with_label(span, format!("a branch to this block takes {list}"))
        }
        None => diagnostic
            .with_label(context.function_results(), format!("a branch out of the function takes {list}")),
    }
}
