//! The body that is checked, and the state of the check when an error is found.

use super::declared::Declared;
use super::locate::InstrSpans;
use super::operands::Operand;
use super::shape::Shape;
use super::skeleton::Checker;
use crate::instr::Op;
use crate::span::Span;
use hashbrown::HashSet;
use std::cell::{Cell, OnceCell, RefCell};
use wasmparser::{BinaryReader, FuncValidator, Operator, ValType, ValidatorResources, WasmModuleResources};

pub(crate) type Validator = FuncValidator<ValidatorResources>;

/// A body to check.
pub(crate) struct Body<'a> {
    /// The index of the function and its type.
    pub(crate) func: u32,
    pub(crate) ty: u32,
    /// The locals and instructions, encoded.
    pub(crate) bytes: &'a [u8],
    /// The code origins. Offsets are relative to the first byte of the body.
    pub(crate) marks: &'a [crate::lower::CodeOrigin],
    /// The form that has the body.
    pub(crate) form: Span,
    /// Whether lowering found an error in the body and wrote substitutes.
    pub(crate) is_broken: bool,
    /// The declarations of the parameters and locals.
    pub(crate) locals: &'a [Span],
    /// The name of the constant expression in messages, or `None` for the body of a function.
    pub(crate) constant_of: Option<&'a str>,
}

/// What the explanations of an error need.
pub(super) struct Context<'a> {
    pub(crate) body: &'a Body<'a>,
    pub(crate) checker: &'a Checker,
    pub(crate) declared: &'a Declared<'a>,
    pub(crate) spans: InstrSpans<'a>,
    /// Whether an error is reported already.
    pub(crate) found: Cell<bool>,
    /// The instructions that a message is about. Types get the names that these mention.
    pub(crate) near: RefCell<Vec<u64>>,
    /// The folded instructions, read when an error is found.
    pub(super) shape: OnceCell<Shape>,
    /// Whether values that are left in the block that opens here follow from an error.
    pub(super) is_inner_poisoned: Cell<bool>,
    /// Whether an operand of an instruction is after it, so that the end of the block has an error, too.
    pub(super) is_misplaced: Cell<bool>,
    /// What is wrong with the operands in the parentheses of the instruction with the error.
    pub(super) recovery: Cell<Option<Recovery>>,
    /// The height of the control stack in a block for which an error about a branch to it suggests results.
    pub(super) lacks_results: Cell<Option<u32>>,
    /// The parameters that no instruction uses.
    pub(super) unused_params: OnceCell<Vec<u32>>,
    /// The errors about the type of a local.
    pub(super) of_locals: RefCell<Vec<LocalMismatch>>,
    /// The locals that get a value of their own type.
    pub(super) well_set: RefCell<HashSet<u32>>,
}

/// What is wrong with the operands in the parentheses of an instruction.
#[derive(Clone, Copy)]
pub(super) struct Recovery {
    /// The number of operands that are there, but are wrong.
    pub(super) wrong: usize,
    /// The number of operands that are wrong or missing, which are the last ones.
    pub(super) lacking: usize,
    /// The last instruction of missing operands that are after the parentheses.
    pub(super) moved: Option<u64>,
}

/// An error about a local that is read where a value of another type is expected.
pub(super) struct LocalMismatch {
    /// The index of the error.
    pub(super) error: usize,
    pub(super) local: u32,
    /// The instruction that reads the local.
    pub(super) read: u64,
    pub(super) expected: ValType,
}

/// The instruction with an error, and the state of the validator before it.
pub(super) struct Site<'a> {
    pub(crate) at: u64,
    pub(crate) operator: &'a Operator<'a>,
    pub(crate) op: Option<Op>,
    pub(crate) validator: &'a Validator,
    pub(crate) trace: &'a Trace,
    pub(crate) arity: Option<(u32, u32)>,
}

/// The producer of each operand and the opener of each block.
#[derive(Default)]
pub(super) struct Trace {
    pub(crate) producers: Vec<u64>,
    pub(crate) blocks: Vec<u64>,
    /// Whether each block is poisoned, which makes surplus values in it follow-up errors.
    pub(super) poisoned: Vec<Poison>,
    /// The height of the control stack in a block for which results are suggested.
    pub(super) resultless: Option<u32>,
    /// The unset locals that are reported.
    pub(super) unset: HashSet<u32>,
    /// Values that are operands of an instruction before them: the last instruction of each group, and their number.
    pub(super) surplus: Vec<(u64, usize)>,
}

/// Whether surplus values at the end of a block are follow-up errors.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Poison {
    /// There is no error in the block.
    No,
    /// They are if the stack is polymorphic.
    Maybe,
    /// They are: an instruction in an inner block lacks operands.
    Yes,
    /// All errors at the end of the block are.
    End,
}

impl Context<'_> {
    /// A reference type of an instruction as the source names it.
    pub(crate) fn ref_type(&self, mut t: wasmparser::RefType) -> String {
        let _ = self.checker.resources.check_ref_type(&mut t, 0);
        self.val_type(ValType::Ref(t))
    }

    /// The `n`th label of an instruction as the source has it.
    pub(crate) fn label_text(&self, site: &Site<'_>, n: usize) -> String {
        match self.spans.immediate(site.at, n) {
            Some(span) => format!("`{}`", &self.spans.source[span.range()]),
            None => format!("number {n}"),
        }
    }

    /// The span that determines the type of a constant expression, and the label for it.
    pub(super) fn constant_type(&self) -> Option<(Span, String)> {
        self.body.constant_of?;
        let form = self.body.form;
        if self.body.constant_of.is_some_and(|what| what.starts_with("offset"))
            && let Some((space, span)) = self.declared.target_of(form)
        {
            return Some((span, format!("the {} is declared here", space.describe())));
        }
        Some(match self.declared.type_in_head(form) {
            Some(span) => (span, "the type is declared here".to_owned()),
            None => (self.declared.head(form), "in this field".to_owned()),
        })
    }

    /// The results of the function; its head if it has none.
    pub(super) fn function_results(&self) -> Span {
        self.declared.func_results(self.body.form).unwrap_or_else(|| self.declared.head(self.body.form))
    }

    pub(crate) fn operand(&self, t: Operand) -> String {
        t.map_or_else(|| "any".to_owned(), |t| self.val_type(t))
    }

    /// `[i32 i64]`
    pub(crate) fn list(&self, types: impl IntoIterator<Item = Operand>) -> String {
        let mut types = types.into_iter();
        let mut shown: Vec<String> = types.by_ref().take(MOST_LISTED).map(|t| self.operand(t)).collect();
        if types.next().is_some() {
            shown.push("...".to_owned());
        }
        format!("[{}]", shown.join(" "))
    }

    /// Reads the instruction at a byte again. Returns `None` if wasmparser does not know it.
    pub(super) fn operator_at(&self, at: u64) -> Option<Operator<'_>> {
        let mut reader = BinaryReader::new(self.body.bytes.get(at as usize..)?, at);
        reader.set_features(wasmparser::WasmFeatures::all());
        wasmparser::OperatorsReader::new(reader).read().ok()
    }
}

impl Site<'_> {
    /// The number of operands that belong to the current block.
    pub(crate) fn own(&self) -> usize {
        let base = self.validator.get_control_frame(0).map_or(0, |frame| frame.height);
        (self.validator.operand_stack_height() as usize).saturating_sub(base)
    }

    /// The type of the operand at a depth, or `None` if it is unknown.
    pub(crate) fn operand(&self, depth: usize) -> Operand {
        if depth < self.own() { self.validator.get_operand_type(depth).flatten() } else { None }
    }

    /// The types of the operands that belong to the current block, the topmost last.
    pub(crate) fn stack(&self) -> Vec<Operand> {
        (0..self.own()).rev().map(|depth| self.operand(depth)).collect()
    }

    /// The producer of the operand at a depth.
    pub(super) fn producer(&self, depth: usize) -> Option<u64> {
        let height = self.validator.operand_stack_height() as usize;
        self.trace.producers.get(height.checked_sub(depth + 1)?).copied()
    }

    /// Whether the stack is polymorphic.
    pub(crate) fn is_unreachable(&self) -> bool {
        self.validator.get_control_frame(0).is_some_and(|frame| frame.unreachable)
    }
}

impl Trace {
    /// Poisons all open blocks. The blocks around a poisoned one are poisoned already.
    pub(super) fn poison_all(&mut self) {
        for poison in self.poisoned.iter_mut().rev().take_while(|poison| **poison < Poison::Yes) {
            *poison = Poison::Yes;
        }
    }

    pub(super) fn step(
        &mut self,
        at: u64,
        operator: &Operator<'_>,
        arity: Option<(u32, u32)>,
        validator: &Validator,
    ) {
        let height = validator.operand_stack_height() as usize;
        let popped = arity.map_or(0, |(params, _)| params as usize);
        self.producers.truncate(self.producers.len().saturating_sub(popped).min(height));
        self.producers.resize(height, at);
        match operator {
            Operator::Block { .. }
            | Operator::Loop { .. }
            | Operator::If { .. }
            | Operator::Try { .. }
            | Operator::TryTable { .. } => self.blocks.push(at),
            Operator::End | Operator::Delegate { .. } => _ = self.blocks.pop(),
            _ => {}
        }
    }
}

/// The maximum number of types in a list; functions have up to 1000 parameters.
const MOST_LISTED: usize = 32;
