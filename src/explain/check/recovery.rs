//! Continues after an instruction with an error in its parentheses, as if its operands were right.
//!
//! After other errors the operand stack is unknown. Here the parentheses say which operands an instruction has, so the
//! errors after it are found, too.

use super::context::{Context, Recovery, Site, Trace, Validator};
use super::folds::Folds;
use super::operands::expected_operands;
use super::shape::{GroupKind, Item};
use super::verdict::Verdict;
use wasmparser::{
    AbstractHeapType, CompositeInnerType, HeapType, Operator, UnpackedIndex, ValType, WasmModuleResources,
};

/// The largest number of operands that are supplied. Only `array.new_fixed` can take more.
const MOST: usize = 1000;

/// Recovers from missing operands, which are the last ones. If they are after the parentheses, `moved` is their last
/// instruction.
pub(super) fn of_missing(lacking: usize, moved: Option<u64>) -> Recovery {
    Recovery { wrong: 0, lacking, moved }
}

/// Recovers from operands of wrong types that are all in the parentheses. `None` if that is not so, or the instruction
/// has results, whose types may be wrong as well.
pub(super) fn of_mismatch(context: &Context<'_>, site: &Site<'_>, verdict: &Verdict) -> Option<Recovery> {
    if !matches!(verdict, Verdict::TypeMismatch { .. }) {
        return None;
    }
    let folds = Folds::new(context, site);
    let group = folds.shape.place(context.spans.instr(site.at).start)?.group?;
    let (takes, 0) = folds.arity(folds.shape.groups[group].word)? else { return None };
    let is_whole = folds.has_operands(group) && folds.own(group) == Some(takes) && site.own() >= takes;
    is_whole.then_some(Recovery { wrong: takes, lacking: takes, moved: None })
}

/// Returns the position of the last instruction of an item, if it is not a block.
pub(super) fn last_instr(folds: &Folds<'_>, item: Item) -> Option<u64> {
    let group = folds.shape.group(item)?;
    if group.kind == GroupKind::Plain { folds.code(group.word) } else { None }
}

impl Context<'_> {
    /// Runs an instruction with other operands than it has. Returns whether the state of the validator is now that after
    /// the instruction.
    pub(super) fn recover(
        &self,
        recovery: Recovery,
        at: u64,
        operator: &Operator<'_>,
        validator: &mut Validator,
        trace: &mut Trace,
    ) -> bool {
        let Recovery { wrong, lacking, moved } = recovery;
        if lacking > MOST {
            return false;
        }
        // An instruction without a list takes values of any type.
        let expected =
            expected_operands(operator, self.op(at), validator).unwrap_or_else(|| vec![None; lacking]);
        let Some(first) = expected.len().checked_sub(lacking) else { return false };
        let values = expected[first..].iter().flat_map(|ty| value(validator, ty.unwrap_or(ValType::I32)));
        let values: Vec<Operator<'_>> = values.collect();
        let drops = std::iter::repeat_n(Operator::Drop, wrong);
        let mut operators = drops.chain(values).chain([operator.clone()]);
        if operators.any(|operator| validator.try_op(at, &operator).is_err()) {
            return false;
        }
        trace.producers.resize(trace.producers.len() + lacking - wrong, at);
        trace.surplus.extend(moved.map(|last| (last, lacking)));
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
fn value(validator: &Validator, ty: ValType) -> Vec<Operator<'static>> {
    match ty {
        ValType::I32 => vec![Operator::I32Const { value: 0 }],
        ValType::I64 => vec![Operator::I64Const { value: 0 }],
        ValType::F32 => vec![Operator::F32Const { value: 0.0.into() }],
        ValType::F64 => vec![Operator::F64Const { value: 0.0.into() }],
        ValType::V128 => vec![Operator::V128Const { value: 0i128.into() }],
        ValType::Ref(ty) => {
            let null = Operator::RefNull { hty: null_type(validator, ty.heap_type()) };
            if ty.is_nullable() { vec![null] } else { vec![null, Operator::RefAsNonNull] }
        }
    }
}

/// A heap type whose null reference has the given type. Types of the module have other indices in instructions.
fn null_type(validator: &Validator, ty: HeapType) -> HeapType {
    let (HeapType::Concrete(UnpackedIndex::Id(id)) | HeapType::Exact(UnpackedIndex::Id(id))) = ty else {
        return ty;
    };
    let composite = &validator.resources().sub_type_at_id(id).composite_type;
    let ty = match composite.inner {
        CompositeInnerType::Func(_) => AbstractHeapType::NoFunc,
        CompositeInnerType::Array(_) | CompositeInnerType::Struct(_) => AbstractHeapType::None,
        CompositeInnerType::Cont(_) => AbstractHeapType::NoCont,
    };
    HeapType::Abstract { shared: composite.shared, ty }
}
