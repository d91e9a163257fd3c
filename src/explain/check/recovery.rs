//! Continues after an instruction that lacks operands in its parentheses, as if it had them.
//!
//! After other errors the operand stack is unknown. Here the parentheses say what each instruction takes, so the errors
//! after this one are found, too.

use super::context::{Context, Trace, Validator};
use super::folds::Folds;
use super::operands::expected_operands;
use super::shape::{GroupKind, Item};
use wasmparser::{Operator, ValType};

/// The operands that an instruction lacks in its parentheses.
#[derive(Clone, Copy)]
pub(super) struct Lacking {
    pub(super) count: usize,
    /// The last instruction of the operands, if they are after the parentheses.
    pub(super) moved: Option<u64>,
}

/// Returns the position of the last instruction of an item, if it is not a block.
pub(super) fn last_instr(folds: &Folds<'_>, item: Item) -> Option<u64> {
    let group = folds.shape.group(item)?;
    if group.kind == GroupKind::Plain { folds.code(group.word) } else { None }
}

impl Context<'_> {
    /// Runs an instruction that lacks the last operands. Returns whether the state of the validator is now that after
    /// the instruction.
    pub(super) fn run_lacking(
        &self,
        lacking: Lacking,
        at: u64,
        operator: &Operator<'_>,
        validator: &mut Validator,
        trace: &mut Trace,
    ) -> bool {
        // An instruction without a list takes values of any type.
        let expected =
            expected_operands(operator, self.op(at), validator).unwrap_or_else(|| vec![None; lacking.count]);
        let Some(first) = expected.len().checked_sub(lacking.count) else { return false };
        let values = expected[first..].iter().flat_map(|ty| value(ty.unwrap_or(ValType::I32)));
        for value in values {
            if validator.try_op(at, &value).is_err() {
                return false;
            }
        }
        if validator.try_op(at, operator).is_err() {
            return false;
        }
        trace.producers.resize(trace.producers.len() + lacking.count, at);
        trace.surplus.extend(lacking.moved.map(|last| (last, lacking.count)));
        true
    }

    /// Removes the values of operands that were taken from where they are, after their last instruction.
    pub(super) fn remove_moved(&self, at: u64, validator: &mut Validator, trace: &mut Trace) {
        let Some(found) = trace.surplus.iter().position(|(last, _)| *last == at) else { return };
        let (_, count) = trace.surplus.swap_remove(found);
        for _ in 0..count {
            let _ = validator.try_op(at, &Operator::Drop);
        }
        trace.producers.truncate(validator.operand_stack_height() as usize);
    }
}

/// Instructions that leave a value of a type.
fn value(ty: ValType) -> Vec<Operator<'static>> {
    match ty {
        ValType::I32 => vec![Operator::I32Const { value: 0 }],
        ValType::I64 => vec![Operator::I64Const { value: 0 }],
        ValType::F32 => vec![Operator::F32Const { value: 0.0.into() }],
        ValType::F64 => vec![Operator::F64Const { value: 0.0.into() }],
        ValType::V128 => vec![Operator::V128Const { value: 0i128.into() }],
        ValType::Ref(ty) => {
            let null = Operator::RefNull { hty: ty.heap_type() };
            if ty.is_nullable() { vec![null] } else { vec![null, Operator::RefAsNonNull] }
        }
    }
}
