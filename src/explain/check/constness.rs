//! Checks that the instructions of a constant expression are constant.

use super::context::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::IndexSpace;
use wasmparser::{Operator, WasmModuleResources};

/// Whether an instruction is allowed in a constant expression. Reports an error if it is not.
pub(super) fn is_constant(
    context: &Context<'_>,
    at: u64,
    operator: &Operator<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    use Operator as O;
    let what = context.body.constant_of.unwrap_or("constant expression");
    let own = context.spans.instr(at);
    match operator {
        O::End
        | O::I32Const { .. }
        | O::I64Const { .. }
        | O::F32Const { .. }
        | O::F64Const { .. }
        | O::V128Const { .. }
        | O::RefNull { .. }
        | O::RefFunc { .. }
        | O::RefI31
        | O::RefI31Shared
        | O::StructNew { .. }
        | O::StructNewDefault { .. }
        | O::StructNewDesc { .. }
        | O::StructNewDefaultDesc { .. }
        | O::ArrayNew { .. }
        | O::ArrayNewDefault { .. }
        | O::ArrayNewFixed { .. }
        | O::AnyConvertExtern
        | O::ExternConvertAny
        | O::I32Add
        | O::I32Sub
        | O::I32Mul
        | O::I64Add
        | O::I64Sub
        | O::I64Mul => true,
        O::GlobalGet { global_index } => {
            let index = *global_index;
            let Some(global) = context.checker.resources.global_at(index) else { return true };
            let name = context.declared.name_of(IndexSpace::Global, index);
            if global.mutable {
                let diagnostic = Diagnostic::error(
                    Code::NotConstant,
                    context.spans.immediate(at, 0).unwrap_or(own),
                    format!("the global {name} is mutable and cannot be used in the {what}"),
                );
                diagnostics.push(context.declared.with_declaration(diagnostic, IndexSpace::Global, index));
                return false;
            }
            let of_table = context.body.constant_of.is_some_and(|what| what.ends_with("of the table"));
            if of_table && context.declared.is_defined(IndexSpace::Global, index) {
                let message =
                    format!("the global {name} cannot be used in the {what}: only an imported one can");
                let diagnostic = Diagnostic::error(
                    Code::NotConstant,
                    context.spans.immediate(at, 0).unwrap_or(own),
                    message,
                )
                .with_note("in the binary the tables are before the globals that the module defines");
                diagnostics.push(context.declared.with_declaration(diagnostic, IndexSpace::Global, index));
                return false;
            }
            let declared = context.declared.span_of(IndexSpace::Global, index);
            let later = declared.is_some_and(|place| place.start >= context.body.form.start)
                && context.declared.is_defined(IndexSpace::Global, index);
            if later && context.body.constant_of.is_some() {
                let diagnostic = Diagnostic::error(
                    Code::NotConstant,
                    context.spans.immediate(at, 0).unwrap_or(own),
                    format!("unknown global {name} here: the {what} can only use globals defined before it"),
                );
                diagnostics.push(context.declared.with_declaration(diagnostic, IndexSpace::Global, index));
                return false;
            }
            true
        }
        _ => {
            let mnemonic = &context.spans.source[own.range()];
            let diagnostic = Diagnostic::error(
                Code::NotConstant,
                own,
                format!("constant expression required: `{mnemonic}` is not allowed in the {what}"),
            )
            .with_note(
                "a constant expression has only `t.const`, `ref.null`, `ref.func`, `ref.i31`, `global.get` of an \
                 immutable global defined before, `struct.new`, `array.new` and similar instructions, and additions, subtractions \
                 and multiplications of integers",
            );
            diagnostics.push(diagnostic);
            false
        }
    }
}
