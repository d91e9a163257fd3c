//! The expected operands of instructions, from the instruction table and the module.

use crate::instr::Op;
use wasmparser::{
    BlockType, CompositeInnerType, FrameKind, FuncValidator, HeapType, Operator, RefType, StorageType,
    UnpackedIndex, ValType, ValidatorResources, WasmModuleResources,
};

type Validator = FuncValidator<ValidatorResources>;

/// The type of an operand, or `None` if several types are allowed.
pub(super) type Operand = Option<ValType>;

/// The types of the operands of an instruction, the topmost last. Returns `None` if they are unknown.
pub(super) fn expected_operands(
    operator: &Operator<'_>,
    op: Option<Op>,
    validator: &Validator,
) -> Option<Vec<Operand>> {
    let of_module = OperandTypes { validator, resources: validator.resources() };
    of_module.operands(operator).or_else(|| of_module.fixed(op?))
}

/// The values that a branch to a block takes: the parameters of a loop, the results of another block.
pub(crate) fn label(validator: &Validator, depth: u32) -> Option<Vec<ValType>> {
    OperandTypes { validator, resources: validator.resources() }.label(depth, true)
}

/// The results of a block.
pub(crate) fn results(validator: &Validator, depth: u32) -> Option<Vec<ValType>> {
    OperandTypes { validator, resources: validator.resources() }.label(depth, false)
}

/// Returns a type of an instruction as the validator compares it: the binary has the index of a type of the module.
pub(super) fn canonical(validator: &Validator, ty: ValType) -> Operand {
    OperandTypes { validator, resources: validator.resources() }.canonical_val(ty)
}

/// The number of results of a function type.
pub(super) fn result_count(validator: &Validator, ty: u32) -> Option<usize> {
    match &validator.resources().sub_type_at(ty)?.composite_type.inner {
        CompositeInnerType::Func(func) => Some(func.results().len()),
        _ => None,
    }
}

struct OperandTypes<'a> {
    validator: &'a Validator,
    resources: &'a ValidatorResources,
}

impl OperandTypes<'_> {
    /// The operands of instructions that depend on the module.
    fn operands(&self, operator: &Operator<'_>) -> Option<Vec<Operand>> {
        use Operator as O;
        let i32 = Some(ValType::I32);
        let known = |types: Vec<ValType>| types.into_iter().map(Some).collect::<Vec<_>>();
        let with = |types: Vec<ValType>, last: Operand| {
            let mut types = known(types);
            types.push(last);
            types
        };
        Some(match *operator {
            O::Call { function_index } | O::ReturnCall { function_index } => {
                known(self.params(self.resources.type_index_of_function(function_index)?)?)
            }
            O::CallIndirect { type_index, table_index }
            | O::ReturnCallIndirect { type_index, table_index } => {
                let is_64 = self.resources.table_at(table_index).is_some_and(|table| table.table64);
                with(self.params(type_index)?, Some(addr(is_64)))
            }
            O::CallRef { type_index } | O::ReturnCallRef { type_index } => {
                with(self.params(type_index)?, self.nullable(type_index))
            }
            O::LocalSet { local_index } | O::LocalTee { local_index } => {
                vec![Some(self.validator.get_local_type(local_index)?)]
            }
            O::GlobalSet { global_index } => vec![Some(self.resources.global_at(global_index)?.content_type)],
            O::StructNew { struct_type_index } => known(self.fields(struct_type_index)?),
            O::StructGet { struct_type_index, .. }
            | O::StructGetS { struct_type_index, .. }
            | O::StructGetU { struct_type_index, .. } => vec![self.nullable(struct_type_index)],
            O::StructSet { struct_type_index, field_index } => {
                let fields = self.fields(struct_type_index)?;
                vec![self.nullable(struct_type_index), Some(*fields.get(field_index as usize)?)]
            }
            O::ArrayNew { array_type_index } => vec![Some(self.element(array_type_index)?), i32],
            O::ArrayNewFixed { array_type_index, array_size } if array_size as usize <= MOST_OPERANDS => {
                vec![Some(self.element(array_type_index)?); array_size as usize]
            }
            O::ArrayNewDefault { .. } => vec![i32],
            O::ArrayNewData { .. } | O::ArrayNewElem { .. } => vec![i32; 2],
            O::ArrayGet { array_type_index }
            | O::ArrayGetS { array_type_index }
            | O::ArrayGetU { array_type_index } => vec![self.nullable(array_type_index), i32],
            O::ArraySet { array_type_index } => {
                vec![self.nullable(array_type_index), i32, Some(self.element(array_type_index)?)]
            }
            O::ArrayFill { array_type_index } => {
                vec![self.nullable(array_type_index), i32, Some(self.element(array_type_index)?), i32]
            }
            O::ArrayCopy { array_type_index_dst, array_type_index_src } => {
                vec![self.nullable(array_type_index_dst), i32, self.nullable(array_type_index_src), i32, i32]
            }
            O::ArrayInitData { array_type_index, .. } | O::ArrayInitElem { array_type_index, .. } => {
                vec![self.nullable(array_type_index), i32, i32, i32]
            }
            O::TableGet { table } => vec![Some(self.table(table)?.0)],
            O::TableSet { table } => {
                let (addr, element) = self.table(table)?;
                vec![Some(addr), Some(element)]
            }
            O::TableGrow { table } => {
                let (addr, element) = self.table(table)?;
                vec![Some(element), Some(addr)]
            }
            O::TableFill { table } => {
                let (addr, element) = self.table(table)?;
                vec![Some(addr), Some(element), Some(addr)]
            }
            O::TableInit { table, .. } => vec![Some(self.table(table)?.0), i32, i32],
            O::MemoryFill { mem } => {
                let addr = self.memory(mem)?;
                vec![Some(addr), i32, Some(addr)]
            }
            O::MemoryCopy { dst_mem, src_mem } => {
                let (dst, src) = (self.memory(dst_mem)?, self.memory(src_mem)?);
                // The length is one of both.
                let len = if dst == src { dst } else { ValType::I32 };
                vec![Some(dst), Some(src), Some(len)]
            }
            O::MemoryInit { mem, .. } => vec![Some(self.memory(mem)?), i32, i32],
            O::MemoryGrow { mem } => vec![Some(self.memory(mem)?)],
            O::Throw { tag_index } => known(self.resources.tag_at(tag_index)?.params().to_vec()),
            O::ContNew { cont_type_index } => vec![self.func_of_cont(cont_type_index)],
            O::Suspend { tag_index } => known(self.resources.tag_at(tag_index)?.params().to_vec()),
            O::Resume { cont_type_index, .. } => {
                with(self.cont_params(cont_type_index)?, self.nullable(cont_type_index))
            }
            O::ResumeThrow { cont_type_index, tag_index, .. } => {
                with(self.resources.tag_at(tag_index)?.params().to_vec(), self.nullable(cont_type_index))
            }
            O::Switch { cont_type_index, .. } => {
                let mut params = self.cont_params(cont_type_index)?;
                params.pop();
                with(params, self.nullable(cont_type_index))
            }
            O::ContBind { argument_index, result_index } => {
                let mut params = self.cont_params(argument_index)?;
                let left = self.cont_params(result_index)?.len();
                params.truncate(params.len().saturating_sub(left));
                with(params, self.nullable(argument_index))
            }
            O::ThrowRef => vec![Some(ValType::Ref(RefType::EXN.nullable()))],
            O::Br { relative_depth } => known(self.label(relative_depth, true)?),
            O::BrIf { relative_depth } => with(self.label(relative_depth, true)?, i32),
            O::BrTable { ref targets } => with(self.label(targets.default(), true).unwrap_or_default(), i32),
            O::BrOnNull { relative_depth } => with(self.label(relative_depth, true)?, None),
            O::BrOnCast { relative_depth, from_ref_type, .. }
            | O::BrOnCastFail { relative_depth, from_ref_type, .. } => {
                let mut types = self.label(relative_depth, true)?;
                types.pop();
                with(types, self.canonical(from_ref_type))
            }
            O::Return => known(self.label(self.validator.control_stack_height().checked_sub(1)?, false)?),
            O::End | O::Else => known(self.label(0, false)?),
            O::If { blockty } => with(self.block_params(blockty)?, i32),
            O::Block { blockty } | O::Loop { blockty } => known(self.block_params(blockty)?),
            O::TryTable { ref try_table } => known(self.block_params(try_table.ty)?),
            O::RefEq => vec![Some(ValType::Ref(RefType::EQ.nullable())); 2],
            O::RefI31 | O::RefI31Shared => vec![i32],
            O::I31GetS | O::I31GetU => vec![Some(ValType::Ref(RefType::I31.nullable()))],
            O::ArrayLen => vec![Some(ValType::Ref(RefType::ARRAY.nullable()))],
            O::AnyConvertExtern => vec![Some(ValType::Ref(RefType::EXTERN.nullable()))],
            O::ExternConvertAny => vec![Some(ValType::Ref(RefType::ANY.nullable()))],
            O::RefTestNonNull { hty } | O::RefTestNullable { hty } => vec![self.top_of(hty)],
            O::RefCastNonNull { hty } | O::RefCastNullable { hty } => vec![self.top_of(hty)],
            O::TypedSelect { ty } => vec![self.canonical_val(ty), self.canonical_val(ty), i32],
            _ => return None,
        })
    }

    /// The operands of instructions that the instruction table has.
    fn fixed(&self, op: Op) -> Option<Vec<Operand>> {
        let (operands, _) = op.row().signature.split_once("->")?;
        operands
            .split_whitespace()
            .map(|name| if name == "addr" { Some(self.memories()) } else { number(name).map(Some) })
            .collect()
    }

    fn inner(&self, ty: u32) -> Option<&CompositeInnerType> {
        self.resources.sub_type_at(ty).map(|ty| &ty.composite_type.inner)
    }

    fn params(&self, ty: u32) -> Option<Vec<ValType>> {
        match self.inner(ty)? {
            CompositeInnerType::Func(func) => Some(func.params().to_vec()),
            _ => None,
        }
    }

    /// `(ref null $ft)` of the function type of a continuation type.
    fn func_of_cont(&self, ty: u32) -> Operand {
        match self.inner(ty)? {
            CompositeInnerType::Cont(cont) => {
                Some(ValType::Ref(RefType::new(true, HeapType::Concrete(cont.0.unpack()))?))
            }
            _ => None,
        }
    }

    fn cont_params(&self, ty: u32) -> Option<Vec<ValType>> {
        let CompositeInnerType::Cont(cont) = self.inner(ty)? else { return None };
        let func = self.resources.sub_type_at_id(cont.0.as_core_type_id()?);
        match &func.composite_type.inner {
            CompositeInnerType::Func(func) => Some(func.params().to_vec()),
            _ => None,
        }
    }

    fn fields(&self, ty: u32) -> Option<Vec<ValType>> {
        match self.inner(ty)? {
            CompositeInnerType::Struct(ty) => {
                Some(ty.fields.iter().map(|field| unpacked(field.element_type)).collect())
            }
            _ => None,
        }
    }

    fn element(&self, ty: u32) -> Option<ValType> {
        match self.inner(ty)? {
            CompositeInnerType::Array(ty) => Some(unpacked(ty.0.element_type)),
            _ => None,
        }
    }

    /// The address type and the element type of a table.
    fn table(&self, table: u32) -> Option<(ValType, ValType)> {
        let table = self.resources.table_at(table)?;
        Some((addr(table.table64), ValType::Ref(table.element_type)))
    }

    /// The address type of all memories, or `None` if they differ.
    fn memories(&self) -> Option<ValType> {
        let first = self.memory(0)?;
        let mut others = (1..MOST_MEMORIES).map_while(|memory| self.memory(memory));
        others.all(|other| other == first).then_some(first)
    }

    /// The address type of a memory.
    fn memory(&self, memory: u32) -> Option<ValType> {
        self.resources.memory_at(memory).map(|memory| addr(memory.memory64))
    }

    /// `(ref null $ty)`
    fn nullable(&self, ty: u32) -> Operand {
        self.canonical(RefType::new(true, HeapType::Concrete(UnpackedIndex::Module(ty)))?)
    }

    fn canonical(&self, mut ty: RefType) -> Operand {
        self.resources.check_ref_type(&mut ty, 0).ok()?;
        Some(ValType::Ref(ty))
    }

    fn canonical_val(&self, ty: ValType) -> Operand {
        match ty {
            ValType::Ref(ty) => self.canonical(ty),
            ty => Some(ty),
        }
    }

    /// The top of the hierarchy that a heap type is of.
    fn top_of(&self, ty: HeapType) -> Operand {
        let mut ty = ty;
        self.resources.check_heap_type(&mut ty, 0).ok()?;
        Some(ValType::Ref(RefType::new(true, self.resources.top_type(&ty))?))
    }

    fn block_params(&self, ty: BlockType) -> Option<Vec<ValType>> {
        match ty {
            BlockType::FuncType(ty) => self.params(ty),
            _ => Some(Vec::new()),
        }
    }

    fn label(&self, depth: u32, is_branch: bool) -> Option<Vec<ValType>> {
        let frame = self.validator.get_control_frame(depth as usize)?;
        let takes_params = is_branch && frame.kind == FrameKind::Loop;
        match frame.block_type {
            BlockType::Empty => Some(Vec::new()),
            BlockType::Type(_) if takes_params => Some(Vec::new()),
            BlockType::Type(ty) => Some(vec![ty]),
            BlockType::FuncType(ty) if takes_params => self.params(ty),
            BlockType::FuncType(ty) => match self.inner(ty)? {
                CompositeInnerType::Func(func) => Some(func.results().to_vec()),
                _ => None,
            },
        }
    }
}

/// The results of an instruction that the instruction table has, if they are numbers or vectors.
pub(super) fn fixed_results(op: Op) -> Option<Vec<ValType>> {
    let (_, results) = op.row().signature.split_once("->")?;
    results.split_whitespace().map(number).collect()
}

/// The type of a number or vector, by its name.
fn number(name: &str) -> Option<ValType> {
    Some(match name {
        "i32" => ValType::I32,
        "i64" => ValType::I64,
        "f32" => ValType::F32,
        "f64" => ValType::F64,
        "v128" => ValType::V128,
        _ => return None,
    })
}

/// The maximum number of memories; engines allow no more.
const MOST_MEMORIES: u32 = 100;

/// The maximum number of operands of one instruction that are checked.
pub(super) const MOST_OPERANDS: usize = 1000;

/// The type of an address.
pub(crate) fn addr(is_64: bool) -> ValType {
    if is_64 { ValType::I64 } else { ValType::I32 }
}

/// The type of a field on the stack.
pub(super) fn unpacked(ty: StorageType) -> ValType {
    match ty {
        StorageType::Val(ty) => ty,
        StorageType::I8 | StorageType::I16 => ValType::I32,
    }
}

/// The struct type that an instruction has as an immediate.
pub(super) fn struct_type(operator: &Operator<'_>) -> Option<u32> {
    use Operator as O;
    match *operator {
        O::StructGet { struct_type_index, .. }
        | O::StructGetS { struct_type_index, .. }
        | O::StructGetU { struct_type_index, .. }
        | O::StructSet { struct_type_index, .. }
        | O::StructNew { struct_type_index }
        | O::StructNewDefault { struct_type_index }
        | O::StructAtomicGet { struct_type_index, .. }
        | O::StructAtomicGetS { struct_type_index, .. }
        | O::StructAtomicGetU { struct_type_index, .. }
        | O::StructAtomicSet { struct_type_index, .. } => Some(struct_type_index),
        _ => None,
    }
}

/// The struct type and the field that an instruction has as immediates.
pub(super) fn struct_field(operator: &Operator<'_>) -> Option<(u32, u32)> {
    use Operator as O;
    match *operator {
        O::StructGet { struct_type_index, field_index }
        | O::StructGetS { struct_type_index, field_index }
        | O::StructGetU { struct_type_index, field_index }
        | O::StructSet { struct_type_index, field_index } => Some((struct_type_index, field_index)),
        _ => None,
    }
}

/// The array type that an instruction has as an immediate. For a copy, that of the destination.
pub(super) fn array_type(operator: &Operator<'_>) -> Option<u32> {
    use Operator as O;
    match *operator {
        O::ArrayNew { array_type_index }
        | O::ArrayNewDefault { array_type_index }
        | O::ArrayNewFixed { array_type_index, .. }
        | O::ArrayNewData { array_type_index, .. }
        | O::ArrayNewElem { array_type_index, .. }
        | O::ArrayGet { array_type_index }
        | O::ArrayGetS { array_type_index }
        | O::ArrayGetU { array_type_index }
        | O::ArraySet { array_type_index }
        | O::ArrayFill { array_type_index }
        | O::ArrayInitData { array_type_index, .. }
        | O::ArrayInitElem { array_type_index, .. } => Some(array_type_index),
        O::ArrayCopy { array_type_index_dst, .. } => Some(array_type_index_dst),
        _ => None,
    }
}
