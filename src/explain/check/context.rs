//! The body that is checked, and where the check is in it.

use super::declared::Declared;
use super::locate::InstrSpans;
use super::operands::Operand;
use super::skeleton::Checker;
use crate::instr::Op;
use crate::span::Span;
use hashbrown::HashSet;
use std::cell::{Cell, RefCell};
use wasmparser::{BinaryReader, FuncValidator, Operator, ValType, ValidatorResources, WasmModuleResources};

pub(crate) type Validator = FuncValidator<ValidatorResources>;

/// A body to check.
pub(crate) struct Body<'a> {
    /// The index of the function, and its type.
    pub(crate) func: u32,
    pub(crate) ty: u32,
    /// Locals and instructions in binary.
    pub(crate) bytes: &'a [u8],
    /// Where the instructions are, offsets being from the first byte.
    pub(crate) marks: &'a [crate::lower::Mark],
    /// The form it is in.
    pub(crate) form: Span,
    /// Whether something is wrong in it already, in the place of which anything may stand.
    pub(crate) is_broken: bool,
    /// Where parameters and locals are declared.
    pub(crate) locals: &'a [Span],
    /// Whether it is a constant expression, and then of what.
    pub(crate) constant_of: Option<&'a str>,
}

/// What the faults of a body are explained with.
pub(crate) struct Context<'a> {
    pub(crate) body: &'a Body<'a>,
    pub(crate) checker: &'a Checker,
    pub(crate) declared: &'a Declared<'a>,
    pub(crate) spans: InstrSpans<'a>,
    /// Whether a fault has been found.
    pub(crate) found: Cell<bool>,
    /// The instructions that a message is about: what they mention is what types are called.
    pub(crate) near: RefCell<Vec<u64>>,
}

/// Where the body is when a fault is found.
pub(crate) struct Site<'a> {
    pub(crate) at: u64,
    pub(crate) operator: &'a Operator<'a>,
    pub(crate) op: Option<Op>,
    pub(crate) validator: &'a Validator,
    pub(crate) trace: &'a Trace,
    pub(crate) arity: Option<(u32, u32)>,
}

/// Who pushed each operand, and who opened each block.
#[derive(Default)]
pub(crate) struct Trace {
    pub(crate) producers: Vec<u64>,
    pub(crate) blocks: Vec<u64>,
    /// Whether something wrong has been found in each block, which makes what is left in it unsure.
    pub(super) poisoned: Vec<Poison>,
    /// Locals of which it has been said that they are read before they are set.
    pub(super) unset: HashSet<u32>,
}

/// How unsure what is left in a block is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Poison {
    /// Nothing is wrong.
    No,
    /// What is left over follows from something wrong if anything may be on the stack.
    Maybe,
    /// What is left over was meant for an instruction in which it could not be taken.
    Yes,
}

impl Context<'_> {
    /// The same of a reference type as it is written in an instruction.
    pub(crate) fn ref_type(&self, mut t: wasmparser::RefType) -> String {
        let _ = self.checker.resources.check_ref_type(&mut t, 0);
        self.val_type(ValType::Ref(t))
    }

    /// The `n`th label of an instruction, as it is written.
    pub(crate) fn label_text(&self, site: &Site<'_>, n: usize) -> String {
        match self.spans.immediate(site.at, n) {
            Some(span) => format!("`{}`", &self.spans.source[span.range()]),
            None => format!("number {n}"),
        }
    }

    /// What says the type of a constant expression, and what to say there.
    pub(crate) fn constant_type(&self) -> Option<(Span, String)> {
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

    /// Where the function says what it gives.
    pub(crate) fn function_results(&self) -> Span {
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
    /// How many operands are on the stack that belong to the block.
    pub(crate) fn own(&self) -> usize {
        let base = self.validator.get_control_frame(0).map_or(0, |frame| frame.height);
        (self.validator.operand_stack_height() as usize).saturating_sub(base)
    }

    /// The type of the operand at a depth; none if it is unknown.
    pub(crate) fn operand(&self, depth: usize) -> Operand {
        if depth < self.own() { self.validator.get_operand_type(depth).flatten() } else { None }
    }

    /// The types on the operand stack, as far as they belong to the block, the top one last.
    pub(crate) fn stack(&self) -> Vec<Operand> {
        (0..self.own()).rev().map(|depth| self.operand(depth)).collect()
    }

    /// Who pushed the operand at a depth.
    pub(crate) fn producer(&self, depth: usize) -> Option<u64> {
        let height = self.validator.operand_stack_height() as usize;
        self.trace.producers.get(height.checked_sub(depth + 1)?).copied()
    }

    /// Whether more operands than there are may be taken from the stack.
    pub(crate) fn is_unreachable(&self) -> bool {
        self.validator.get_control_frame(0).is_some_and(|frame| frame.unreachable)
    }
}

impl Trace {
    /// Marks all open blocks as surely poisoned. The blocks around one that is marked are marked already.
    pub(super) fn poison_all(&mut self) {
        for poison in self.poisoned.iter_mut().rev().take_while(|poison| **poison != Poison::Yes) {
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

/// How many types are listed in a message; functions have up to 1000 parameters.
const MOST_LISTED: usize = 32;
