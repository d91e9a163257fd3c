//! Checks a body instruction by instruction, and reports every independent error.

use super::constness;
use super::context::{Body, Context, LocalMismatch, Poison, Site, Trace, Validator};
use super::conversions;
use super::declared::Declared;
use super::fault;
use super::local_types;
use super::locate::InstrSpans;
use super::naming;
use super::operands::{self, Operand, expected_operands};
use super::recovery;
use super::skeleton::Checker;
use super::verdict::{Limit, TypeKind, Verdict};
use crate::diagnostic::{Code, Diagnostic};
use crate::instr::Op;
use crate::resolve::IndexSpace;
use crate::validate::{fp16, limits};
use std::cell::{Cell, OnceCell, RefCell};
use wasmparser::{
    BinaryReader, BinaryReaderError, BlockType, CompositeInnerType, FunctionBody, Operator,
    WasmModuleResources,
};

/// The number of errors with which a new one is compared.
const NEAR: usize = 4;

/// Returns the errors of a body. After an instruction with an error the stack is polymorphic until the end of the
/// block, so that the error does not hide others.
pub(crate) fn check(checker: &Checker, declared: &Declared<'_>, body: &Body<'_>) -> Vec<Diagnostic> {
    let pairs = OnceCell::new();
    let spans = InstrSpans {
        source: declared.source,
        left: &declared.left,
        pairs: &pairs,
        form: body.form,
        marks: body.marks,
    };
    let context = Context {
        body,
        checker,
        declared,
        spans,
        found: Cell::new(body.is_broken),
        near: RefCell::default(),
        shape: OnceCell::new(),
        is_inner_poisoned: Cell::new(false),
        is_misplaced: Cell::new(false),
        recovery: Cell::new(None),
        lacks_results: Cell::new(None),
        unused_params: OnceCell::new(),
        of_locals: RefCell::default(),
        well_set: RefCell::default(),
    };
    let mut diagnostics = Vec::new();
    if let Err(error) = context.walk(&mut diagnostics)
        && diagnostics.is_empty()
    {
        diagnostics.push(fault::unplaced(&context, &error));
    }
    local_types::merge(&context, diagnostics)
}

impl Context<'_> {
    fn walk(&self, diagnostics: &mut Vec<Diagnostic>) -> Result<(), BinaryReaderError> {
        let bytes = self.body.bytes;
        let body = FunctionBody::new(BinaryReader::new(bytes, 0));
        let mut validator =
            self.checker.func(self.body.func, self.body.ty).into_validator(Default::default());
        validator.read_locals(&mut body.get_binary_reader())?;
        let poison = if self.body.is_broken { Poison::Maybe } else { Poison::No };
        let mut trace = Trace { poisoned: vec![poison], ..Trace::default() };
        for mark in self.body.marks {
            let at = u64::from(mark.at);
            let mut reader = BinaryReader::new(&bytes[mark.at as usize..], at);
            reader.set_features(wasmparser::WasmFeatures::all());
            let mut operator = match fp16::substitute(&bytes[mark.at as usize..]) {
                Some(substitute) => substitute?.read(&mut reader)?,
                None => match reader.peek_operator(&validator.visitor(at)) {
                    // Lowering writes a `catch` of an unknown tag as `catch_all`, after which wasmparser allows no
                    // clause.
                    Err(_) if self.body.is_broken && is_clause(bytes[mark.at as usize]) => {
                        Operator::Unreachable
                    }
                    operator => operator?,
                },
            };
            let catches_unknown = matches!(operator, Operator::CatchAll)
                && !self.spans.source[self.spans.instr(at).range()].ends_with("catch_all");
            // The skeleton has one function more than the module.
            if let Operator::Call { function_index }
            | Operator::ReturnCall { function_index }
            | Operator::RefFunc { function_index } = &mut operator
                && *function_index as usize >= self.declared.count(IndexSpace::Func)
            {
                *function_index = function_index.saturating_add(1);
            }
            let found = diagnostics.len();
            self.step(at, &operator, &mut validator, &mut trace, diagnostics)?;
            self.remove_moved(at, &mut validator, &mut trace);
            if diagnostics.len() == found && limits::check_array(&bytes[mark.at as usize..], at).is_err() {
                diagnostics.push(super::limits::warning(&Limit::ArrayOperands, self.spans.instr(at)));
            }
            if catches_unknown {
                // The values of the exception are unknown.
                validator.op(at, &Operator::Unreachable)?;
            }
        }
        Ok(())
    }

    fn step(
        &self,
        at: u64,
        operator: &Operator<'_>,
        validator: &mut Validator,
        trace: &mut Trace,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<(), BinaryReaderError> {
        let arity = operator.operator_arity(validator);
        // Lowering writes `unreachable` for an instruction with an error.
        let is_substitute =
            matches!(operator, Operator::Unreachable) && !self.spans.is_written(at, "unreachable");
        if is_substitute && let Some(last) = trace.poisoned.last_mut() {
            *last = (*last).max(Poison::Maybe);
        }
        if let Operator::LocalSet { local_index } | Operator::LocalTee { local_index } = operator
            && let (Some(Some(ty)), Some(local)) =
                (validator.get_operand_type(0), validator.get_local_type(*local_index))
            && ty == local
        {
            self.well_set.borrow_mut().insert(*local_index);
        }
        let before = validator.control_stack_height();
        let mut inner = Poison::No;
        let mut lacks_results = false;
        let result = match self.body.constant_of {
            Some(_) if !is_substitute && !constness::is_constant(self, at, operator, diagnostics) => {
                validator.op(at, &Operator::Unreachable)?;
                trace.producers.truncate(validator.operand_stack_height() as usize);
                return Ok(());
            }
            _ => validator.try_op(at, operator),
        };
        if let Err(error) = result {
            let poisoned = match trace.poisoned.last() {
                Some(Poison::Yes | Poison::End) => true,
                Some(Poison::Maybe) => validator.get_control_frame(0).is_some_and(|frame| frame.unreachable),
                _ => false,
            };
            // Surplus values in a poisoned block are follow-up errors. An unset local is reported once.
            let verdict = wrong_callee(operator, validator).unwrap_or_else(|| Verdict::of(&error));
            let is_end = matches!(operator, Operator::End | Operator::Else);
            let follows = poisoned && verdict == Verdict::ValuesRemaining
                || is_end && trace.poisoned.last() == Some(&Poison::End)
                || matches!(operator, Operator::LocalGet { local_index }
                    if trace.unset.contains(local_index) && matches!(verdict, Verdict::UninitializedLocal(_)));
            let op = self.op(at);
            let mut concerns_unknown = false;
            if !follows {
                let site = Site { at, operator, op, validator, trace, arity };
                concerns_unknown = self.concerns_unknown(&site, &verdict);
                if !concerns_unknown {
                    *self.near.borrow_mut() =
                        [Some(at), naming::target(operator, &trace.blocks)].into_iter().flatten().collect();
                    let diagnostic = fault::fault(self, &site, &verdict);
                    if self.recovery.get().is_none() {
                        self.recovery.set(recovery::of_mismatch(self, &site, &verdict));
                    }
                    let diagnostic = conversions::with_advice(self, &site, &verdict, diagnostic);
                    if diagnostic.code == Code::ValuesLeft && conversions::results_meant(&site).is_some() {
                        lacks_results = true;
                    }
                    let of_local = local_types::read(self, &site, &verdict, &diagnostic);
                    let outside = validator.operand_stack_height() as usize > site.own();
                    if let Some(height) = self.lacks_results.take() {
                        trace.resultless = trace.resultless.or(Some(height));
                        if let Some(poison) = trace.poisoned.get_mut(height as usize - 1) {
                            *poison = (*poison).max(Poison::Yes);
                        }
                    }
                    if diagnostic.code == Code::MissingOperand && outside {
                        trace.poison_all();
                    }
                    if diagnostic.code == Code::MissingOperand && untyped(operator).is_some() {
                        // The parameters of the block may be inside it.
                        self.is_inner_poisoned.set(true);
                    }
                    // The instruction around one that lacks operands may have the same cause.
                    let is_same =
                        |other: &Diagnostic| (other.code, other.span) == (diagnostic.code, diagnostic.span);
                    if !diagnostics.iter().rev().take(NEAR).any(is_same) {
                        self.of_locals.borrow_mut().extend(
                            of_local.map(|found| LocalMismatch { error: diagnostics.len(), ..found }),
                        );
                        diagnostics.push(diagnostic);
                    }
                    self.found.set(true);
                }
            }
            if let Operator::LocalGet { local_index } = operator {
                trace.unset.insert(*local_index);
            }
            if let Some(last) = trace.poisoned.last_mut() {
                let poison = if self.is_misplaced.take() { Poison::End } else { Poison::Maybe };
                *last = (*last).max(poison);
            }
            let recovery = self.recovery.take();
            if recovery.is_some_and(|recovery| self.recover(recovery, at, operator, validator, trace)) {
                trace.step(at, operator, arity, validator);
                if validator.control_stack_height() > before {
                    trace.poisoned.push(inner);
                }
                return Ok(());
            }
            validator.op(at, &Operator::Unreachable)?;
            trace.producers.truncate(validator.operand_stack_height() as usize);
            // Block instructions still update the control stack; after any other one the stack is polymorphic.
            if concerns_unknown && let Some(untyped) = untyped(operator) {
                // The parameters and results of a block of an unknown type are unknown.
                validator.op(at, &untyped)?;
                validator.op(at, &Operator::Unreachable)?;
                inner = Poison::Maybe;
            } else if opens_or_closes(operator) {
                validator.op(at, operator)?;
                if self.is_inner_poisoned.take() {
                    inner = Poison::Yes;
                }
            } else if let Operator::LocalSet { local_index } = operator
                && validator.get_local_type(*local_index).is_some()
            {
                // The local is set, although to a value of another type.
                validator.op(at, operator)?;
            } else if concerns_unknown {
                // The types of its results may be known.
                let _ = validator.try_op(at, operator);
            }
        }
        trace.step(at, operator, arity, validator);
        if lacks_results {
            trace.resultless = trace.resultless.or(Some(before));
        }
        let after = validator.control_stack_height();
        if after > before {
            trace.poisoned.push(inner);
        } else if after < before {
            trace.poisoned.pop();
            if trace.resultless == Some(before) {
                // The results that the block lacks may be operands of what follows.
                trace.resultless = None;
                validator.op(at, &Operator::Unreachable)?;
                trace.producers.truncate(validator.operand_stack_height() as usize);
                if let Some(last) = trace.poisoned.last_mut() {
                    *last = (*last).max(Poison::Maybe);
                }
            }
        } else if matches!(operator, Operator::Else | Operator::Catch { .. } | Operator::CatchAll)
            && let Some(last) = trace.poisoned.last_mut()
        {
            // Both arms of an `if` leave the results that it lacks.
            *last = if trace.resultless == Some(before) { Poison::Yes } else { Poison::No };
        }
        Ok(())
    }

    /// The row of the instruction table for the instruction that the source has at a byte of the body.
    pub(super) fn op(&self, at: u64) -> Option<Op> {
        let word = &self.spans.source[self.spans.instr(at).range()];
        crate::lex::op(word)
    }

    /// Whether an error follows from a type that is unknown or has an error.
    fn concerns_unknown(&self, site: &Site<'_>, verdict: &Verdict) -> bool {
        if !verdict.is_about_types() {
            return false;
        }
        // The type of a block or of a callee.
        let ty = match site.operator {
            Operator::Block { blockty }
            | Operator::Loop { blockty }
            | Operator::If { blockty }
            | Operator::Try { blockty } => Some(*blockty),
            Operator::TryTable { try_table } => Some(try_table.ty),
            Operator::CallIndirect { type_index, .. } | Operator::ReturnCallIndirect { type_index, .. } => {
                Some(BlockType::FuncType(*type_index))
            }
            _ => None,
        };
        if let Some(BlockType::FuncType(index)) = ty
            && self.checker.is_unknown_index(index)
        {
            return true;
        }
        let is_unknown = |operand: Operand| operand.is_some_and(|t| self.checker.is_unknown(t));
        let expected_types = expected_operands(site.operator, site.op, site.validator).unwrap_or_default();
        let count = expected_types.len().max(site.arity.map_or(0, |(operands, _)| operands as usize));
        let label = match site.operator {
            Operator::BrOnCast { relative_depth, .. } | Operator::BrOnCastFail { relative_depth, .. } => {
                operands::label(site.validator, *relative_depth).unwrap_or_default()
            }
            _ => Vec::new(),
        };
        expected_types.into_iter().chain(label.into_iter().map(Some)).any(is_unknown)
            || (0..count.min(site.own())).any(|depth| is_unknown(site.operand(depth)))
    }
}

/// The verdict on a call of a reference whose type is not a function type. The validator looks at the operands first.
fn wrong_callee(operator: &Operator<'_>, validator: &Validator) -> Option<Verdict> {
    let (Operator::CallRef { type_index } | Operator::ReturnCallRef { type_index }) = *operator else {
        return None;
    };
    let ty = &validator.resources().sub_type_at(type_index)?.composite_type.inner;
    let is_func = matches!(ty, CompositeInnerType::Func(_));
    (!is_func).then_some(Verdict::WrongKindOfType { expected: TypeKind::Func, index: Some(type_index) })
}

/// The substitute for a block of an unknown type, or `None` if the instruction opens no block.
fn untyped(operator: &Operator<'_>) -> Option<Operator<'static>> {
    let blockty = BlockType::Empty;
    Some(match operator {
        Operator::If { .. } => Operator::If { blockty },
        Operator::Loop { .. } => Operator::Loop { blockty },
        Operator::Try { .. } => Operator::Try { blockty },
        Operator::Block { .. } | Operator::TryTable { .. } => Operator::Block { blockty },
        _ => return None,
    })
}

/// Whether an opcode is a clause of a legacy `try`.
fn is_clause(opcode: u8) -> bool {
    matches!(opcode, 0x07 | 0x19)
}

fn opens_or_closes(operator: &Operator<'_>) -> bool {
    matches!(
        operator,
        Operator::Block { .. }
            | Operator::Loop { .. }
            | Operator::If { .. }
            | Operator::Else
            | Operator::End
            | Operator::Try { .. }
            | Operator::TryTable { .. }
            | Operator::Catch { .. }
            | Operator::CatchAll
            | Operator::Delegate { .. }
    )
}
