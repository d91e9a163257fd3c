//! A body that is invalid, instruction by instruction: every independent fault in it, what was on the
//! operand stack there, and what put it there.

use wasmparser::types::CoreTypeId;
use wasmparser::{
    BinaryReaderError, BlockType, FrameKind, FuncToValidate, FuncValidator, FunctionBody, HeapType, Operator,
    OperatorsReader, RefType, ValType, ValidatorResources, WasmModuleResources,
};

/// A fault in a body. Places are offsets in the module.
pub(super) struct Fault {
    /// The instruction that does not fit.
    pub(super) at: u64,
    pub(super) message: String,
    /// The instruction that pushed the operand that does not fit, and what it pushed.
    pub(super) pushed: Option<(u64, String)>,
    /// The instruction that opened the block concerned, and what to say about it.
    pub(super) block: Option<(u64, String)>,
    /// The types on the operand stack, the top one last, as far as they belong to the block.
    pub(super) stack: Option<String>,
}

impl Fault {
    /// A fault of which only the message is known.
    pub(super) fn plain(error: &BinaryReaderError) -> Fault {
        let message = error.message().to_owned();
        Fault { at: error.offset(), message, pushed: None, block: None, stack: None }
    }
}

/// How to print types: as the source names them.
pub(super) struct TypePrinter<'a> {
    /// The number of each type of the module.
    pub(super) index_of: &'a dyn Fn(CoreTypeId) -> Option<u32>,
    /// What the source calls a type of the module.
    pub(super) name_of: &'a dyn Fn(u32) -> String,
}

impl TypePrinter<'_> {
    fn val_type(&self, t: ValType) -> String {
        match t {
            ValType::Ref(t) => self.ref_type(t),
            t => t.to_string(),
        }
    }

    fn ref_type(&self, t: RefType) -> String {
        let (index, exact) = match t.heap_type() {
            HeapType::Concrete(index) => (index, false),
            HeapType::Exact(index) => (index, true),
            HeapType::Abstract { .. } => return t.to_string(),
        };
        let number = index.as_core_type_id().and_then(|id| (self.index_of)(id)).or(index.as_module_index());
        let name = number.map_or_else(|| "type".to_owned(), |number| (self.name_of)(number));
        let name = if exact { format!("(exact {name})") } else { name };
        if t.is_nullable() { format!("(ref null {name})") } else { format!("(ref {name})") }
    }

    fn operand(&self, t: Option<ValType>) -> String {
        t.map_or_else(|| "any type".to_owned(), |t| self.val_type(t))
    }
}

type Validator = FuncValidator<ValidatorResources>;

/// Finds the faults of a body. One does not hide others: behind it the stack is taken for whatever is
/// needed, up to the end of its block.
pub(super) fn faults(
    to_validate: FuncToValidate<ValidatorResources>,
    body: &FunctionBody<'_>,
    is_broken: bool,
    types: &TypePrinter<'_>,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    if let Err(error) = find(to_validate, body, is_broken, types, &mut faults) {
        faults.push(Fault::plain(&error));
    }
    faults
}

fn find(
    to_validate: FuncToValidate<ValidatorResources>,
    body: &FunctionBody<'_>,
    is_broken: bool,
    types: &TypePrinter<'_>,
    faults: &mut Vec<Fault>,
) -> Result<(), BinaryReaderError> {
    let features = to_validate.features;
    let mut validator = to_validate.into_validator(Default::default());
    let mut reader = body.get_binary_reader();
    validator.read_locals(&mut reader)?;
    reader.set_features(features);
    let mut reader = OperatorsReader::new(reader);
    let mut trace = Trace::default();
    while !reader.eof() {
        let at = reader.original_position();
        let operator = reader.read()?;
        let arity = operator.operator_arity(&validator.visitor(at));
        if let Err(error) = validator.try_op(at, &operator) {
            // What is left over in a block in which something is wrong follows from that.
            let poisoned = (is_broken || !faults.is_empty())
                && validator.get_control_frame(0).is_some_and(|frame| frame.unreachable);
            if !(poisoned && error.message().contains("values remaining")) {
                faults.push(fault(&error, at, &operator, arity, &validator, &trace, types));
            }
            validator.op(at, &Operator::Unreachable)?;
            trace.pushers.truncate(validator.operand_stack_height() as usize);
            // What opens or closes a block must do so all the same; of others it is enough to know
            // that anything may follow.
            if is_structural(&operator) {
                validator.op(at, &operator)?;
            }
        }
        trace.step(at, &operator, arity, &validator);
    }
    reader.finish()
}

fn is_structural(operator: &Operator<'_>) -> bool {
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

/// Who pushed each operand, and who opened each block.
#[derive(Default)]
struct Trace {
    pushers: Vec<u64>,
    blocks: Vec<u64>,
}

impl Trace {
    fn step(&mut self, at: u64, operator: &Operator<'_>, arity: Option<(u32, u32)>, validator: &Validator) {
        let height = validator.operand_stack_height() as usize;
        let popped = arity.map_or(0, |(params, _)| params as usize);
        self.pushers.truncate(self.pushers.len().saturating_sub(popped).min(height));
        self.pushers.resize(height, at);
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

fn fault(
    error: &BinaryReaderError,
    at: u64,
    operator: &Operator<'_>,
    arity: Option<(u32, u32)>,
    validator: &Validator,
    trace: &Trace,
    types: &TypePrinter<'_>,
) -> Fault {
    let mut fault = Fault { at, ..Fault::plain(error) };
    if !fault.message.starts_with("type mismatch") {
        return fault;
    }
    let base = validator.get_control_frame(0).map_or(0, |frame| frame.height);
    let height = validator.operand_stack_height() as usize;
    let own = height.saturating_sub(base);
    let operand = |depth: usize| if depth < own { validator.get_operand_type(depth) } else { None };
    let shown: Vec<String> =
        (0..own.min(SHOWN)).rev().filter_map(|d| operand(d).map(|t| types.operand(t))).collect();
    let more = if own > SHOWN { "... " } else { "" };
    fault.stack = Some(format!("[{more}{}]", shown.join(" ")));

    // `end` and `else` want the results of their block; what they complain of has to do with it.
    if matches!(operator, Operator::End | Operator::Else)
        && let Some(&opened) = trace.blocks.last()
    {
        fault.block = Some((opened, "the block opened here".to_owned()));
    }
    let wanted = wanted(operator, validator).or_else(|| {
        let count = arity.map_or(0, |(params, _)| params as usize);
        (count > 0).then(|| vec![None; count])
    });
    let Some(wanted) = wanted else { return fault };

    if fault.message.contains("nothing on stack") {
        let list = list_types(&wanted, own, &fault.message, types);
        fault.message = match own {
            0 => format!("type mismatch: expected {list}, but there is nothing on the stack"),
            _ => format!("type mismatch: expected {list}, but there is not so much on the stack"),
        };
        return fault;
    }
    if fault.message.contains("values remaining") {
        let extra = own.saturating_sub(wanted.len());
        if let Some(&pusher) = trace.pushers.get(base + wanted.len())
            && extra > 0
            && let Some(t) = operand(extra - 1)
        {
            fault.pushed = Some((pusher, format!("this leaves a value of type {}", types.operand(t))));
        }
        let results = wanted.iter().map(|t| types.operand(*t)).collect::<Vec<_>>().join(" ");
        let left = if own == 1 { "a value is".to_owned() } else { format!("{own} values are") };
        fault.message =
            format!("type mismatch: {left} left at the end of the block, which has the results [{results}]");
        return fault;
    }
    let Some((_, rest)) = fault.message.split_once("expected ") else { return fault };
    let (expected_text, found_text) = match rest.split_once(", found ").or(rest.split_once(" but found ")) {
        Some((expected, found)) => (expected.to_owned(), found.to_owned()),
        None => return fault,
    };
    // The operands are popped from the top; the culprit is the first that is not what is wanted.
    let culprit = (0..wanted.len().min(own)).find(|&depth| {
        let Some(Some(found)) = operand(depth) else { return false };
        match wanted[wanted.len() - 1 - depth] {
            Some(wanted) => !validator.resources().is_subtype(found, wanted),
            // Of references the message does not say which.
            None if matches!(found, ValType::Ref(_)) => found_text.contains("ref"),
            None => found.to_string() == found_text,
        }
    });
    let Some(depth) = culprit else { return fault };
    let Some(Some(found)) = operand(depth) else { return fault };
    let expected = match wanted[wanted.len() - 1 - depth] {
        Some(t) => types.val_type(t),
        None => expected_text,
    };
    let found = types.val_type(found);
    fault.message = format!("type mismatch: expected {expected}, found {found}");
    if let Some(&pusher) = trace.pushers.get(height - 1 - depth) {
        fault.pushed = Some((pusher, format!("this gives {found}")));
    }
    fault
}

/// How many operands are shown at most.
const SHOWN: usize = 8;

fn list_types(wanted: &[Option<ValType>], own: usize, message: &str, types: &TypePrinter<'_>) -> String {
    if wanted.iter().all(Option::is_none) {
        // Only the type that is missing first is known.
        let rest = message.split_once("expected ").map_or("a value", |(_, rest)| rest);
        let missing = rest.trim_end_matches(" but nothing on stack");
        let missing = if missing.is_empty() || missing == "a type" { "a value" } else { missing };
        return if wanted.len() > 1 && own > 0 {
            format!("{missing} as one of {} operands", wanted.len())
        } else if wanted.len() > 1 {
            format!("{missing} and {} more", wanted.len() - 1)
        } else {
            missing.to_owned()
        };
    }
    let all: Vec<String> = wanted.iter().map(|t| types.operand(*t)).collect();
    format!("[{}]", all.join(" "))
}

/// The types of the operands an instruction takes, where the module says them.
fn wanted(operator: &Operator<'_>, validator: &Validator) -> Option<Vec<Option<ValType>>> {
    let resources = validator.resources();
    let func_params = |ty: u32| -> Option<Vec<Option<ValType>>> {
        match &resources.sub_type_at(ty)?.composite_type.inner {
            wasmparser::CompositeInnerType::Func(func) => {
                Some(func.params().iter().map(|t| Some(*t)).collect())
            }
            _ => None,
        }
    };
    let with = |mut types: Vec<Option<ValType>>, last: Option<ValType>| {
        types.push(last);
        types
    };
    let field = |storage: wasmparser::StorageType| match storage {
        wasmparser::StorageType::Val(t) => t,
        _ => ValType::I32,
    };
    let inner = |ty: u32| resources.sub_type_at(ty).map(|ty| ty.composite_type.inner.clone());
    let label = |depth: u32, is_branch: bool| -> Option<Vec<Option<ValType>>> {
        let frame = validator.get_control_frame(depth as usize)?;
        let block_type = frame.block_type;
        let takes_params = is_branch && frame.kind == FrameKind::Loop;
        Some(match block_type {
            BlockType::Empty => Vec::new(),
            BlockType::Type(_) if takes_params => Vec::new(),
            BlockType::Type(t) => vec![Some(t)],
            BlockType::FuncType(ty) => match inner(ty)? {
                wasmparser::CompositeInnerType::Func(func) => {
                    let types = if takes_params { func.params() } else { func.results() };
                    types.iter().map(|t| Some(*t)).collect()
                }
                _ => return None,
            },
        })
    };
    match *operator {
        Operator::Call { function_index } | Operator::ReturnCall { function_index } => {
            func_params(resources.type_index_of_function(function_index)?)
        }
        Operator::CallIndirect { type_index, .. } | Operator::ReturnCallIndirect { type_index, .. } => {
            Some(with(func_params(type_index)?, None))
        }
        Operator::CallRef { type_index } | Operator::ReturnCallRef { type_index } => {
            Some(with(func_params(type_index)?, None))
        }
        Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
            Some(vec![Some(validator.get_local_type(local_index)?)])
        }
        Operator::GlobalSet { global_index } => {
            Some(vec![Some(resources.global_at(global_index)?.content_type)])
        }
        Operator::StructNew { struct_type_index } => match inner(struct_type_index)? {
            wasmparser::CompositeInnerType::Struct(ty) => {
                Some(ty.fields.iter().map(|f| Some(field(f.element_type))).collect())
            }
            _ => None,
        },
        Operator::StructSet { struct_type_index, field_index } => match inner(struct_type_index)? {
            wasmparser::CompositeInnerType::Struct(ty) => {
                Some(vec![None, Some(field(ty.fields.get(field_index as usize)?.element_type))])
            }
            _ => None,
        },
        Operator::ArraySet { array_type_index } => match inner(array_type_index)? {
            wasmparser::CompositeInnerType::Array(ty) => {
                Some(vec![None, Some(ValType::I32), Some(field(ty.0.element_type))])
            }
            _ => None,
        },
        Operator::Throw { tag_index } => {
            Some(resources.tag_at(tag_index)?.params().iter().map(|t| Some(*t)).collect())
        }
        Operator::Br { relative_depth } => label(relative_depth, true),
        Operator::BrIf { relative_depth } => Some(with(label(relative_depth, true)?, Some(ValType::I32))),
        Operator::Return => label(validator.control_stack_height().checked_sub(1)?, false),
        Operator::End | Operator::Else => label(0, false),
        _ => None,
    }
}
