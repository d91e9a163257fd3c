//! Reads a lowered module: its definitions, as an object needs them. Code is not decoded.

use std::ops::Range;
use wasmparser::{
    BinaryReader, CompositeInnerType, ConstExpr, Data, Element, Export, GlobalType, Import, MemoryType,
    Parser, Payload, Result, TableInit, TableType, TypeRef, ValType,
};

/// The parts of a module.
#[derive(Default)]
pub(super) struct Parts<'m> {
    pub(super) types: Vec<Type>,
    pub(super) imports: Vec<Import<'m>>,
    /// The types of the defined functions.
    pub(super) funcs: Vec<u32>,
    /// The defined tables, and whether they have an initializer.
    pub(super) tables: Vec<(TableType, bool)>,
    /// The defined memories.
    pub(super) memories: Vec<MemoryType>,
    /// The defined globals.
    pub(super) globals: Vec<(GlobalType, ConstExpr<'m>)>,
    /// The types of the defined tags.
    pub(super) tags: Vec<u32>,
    pub(super) exports: Vec<Export<'m>>,
    pub(super) start: Option<u32>,
    pub(super) elems: Vec<Element<'m>>,
    /// The range of the contents of the code section.
    pub(super) code: Range<usize>,
    pub(super) datas: Vec<Data<'m>>,
    /// The custom sections other than the name section.
    pub(super) customs: Vec<(&'m str, &'m [u8])>,
    /// The contents of the name section.
    pub(super) names: Option<&'m [u8]>,
}

/// A type definition.
pub(super) struct Type {
    pub(super) kind: TypeKind,
    /// The range of a function type in the binary.
    pub(super) range: Range<usize>,
    /// The types of the module that it refers to.
    pub(super) refers: Vec<u32>,
    /// Whether it is a function type without parameters and results.
    pub(super) is_empty: bool,
}

/// The kinds of types, by the way in which linkers treat them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TypeKind {
    /// A function type whose parameters and results are known to linkers.
    Func,
    /// A function type with other parameters or results.
    ForeignFunc,
    Struct,
    Array,
    Cont,
    /// A function type with `sub`.
    Sub,
    /// A function type in a recursion group of several types.
    Rec,
    Shared,
}

impl<'m> Parts<'m> {
    pub(super) fn read(bytes: &'m [u8]) -> Result<Parts<'m>> {
        let mut parts = Parts::default();
        for payload in Parser::new(0).parse_all(bytes) {
            match payload? {
                Payload::TypeSection(types) => {
                    let end = types.range().end;
                    let groups = types.into_iter_with_offsets().collect::<Result<Vec<_>>>()?;
                    for (nth, (start, group)) in groups.iter().enumerate() {
                        let next = groups.get(nth + 1).map_or(end, |(next, _)| *next);
                        parts.group(*start as usize..next as usize, group);
                    }
                }
                Payload::ImportSection(imports) => {
                    parts.imports = imports.into_imports().collect::<Result<_>>()?;
                }
                Payload::FunctionSection(funcs) => parts.funcs = funcs.into_iter().collect::<Result<_>>()?,
                Payload::TableSection(tables) => {
                    for table in tables {
                        let table = table?;
                        parts.tables.push((table.ty, !matches!(table.init, TableInit::RefNull)));
                    }
                }
                Payload::MemorySection(memories) => {
                    parts.memories = memories.into_iter().collect::<Result<_>>()?;
                }
                Payload::GlobalSection(globals) => {
                    for global in globals {
                        let global = global?;
                        parts.globals.push((global.ty, global.init_expr));
                    }
                }
                Payload::TagSection(tags) => {
                    for tag in tags {
                        parts.tags.push(tag?.func_type_idx);
                    }
                }
                Payload::ExportSection(exports) => {
                    parts.exports = exports.into_iter().collect::<Result<_>>()?
                }
                Payload::StartSection { func, .. } => parts.start = Some(func),
                Payload::ElementSection(elems) => parts.elems = elems.into_iter().collect::<Result<_>>()?,
                Payload::CodeSectionStart { unchecked_range: range, .. } => {
                    parts.code = range.start as usize..range.end as usize;
                }
                Payload::DataSection(datas) => parts.datas = datas.into_iter().collect::<Result<_>>()?,
                Payload::CustomSection(custom) => match custom.name() {
                    "name" => parts.names = Some(custom.data()),
                    name => parts.customs.push((name, custom.data())),
                },
                _ => {}
            }
        }
        Ok(parts)
    }

    fn group(&mut self, range: Range<usize>, group: &wasmparser::RecGroup) {
        /// The size of the head of a recursion group with one type.
        const HEAD: usize = 2;
        let count = group.types().len();
        for ty in group.types() {
            let mut refers = Vec::new();
            let mut is_empty = false;
            let inner = &ty.composite_type.inner;
            let kind = match inner {
                _ if ty.composite_type.shared => TypeKind::Shared,
                CompositeInnerType::Struct(_) => TypeKind::Struct,
                CompositeInnerType::Array(_) => TypeKind::Array,
                CompositeInnerType::Cont(_) => TypeKind::Cont,
                CompositeInnerType::Func(_) if !ty.is_final || !ty.supertype_idxs.is_empty() => TypeKind::Sub,
                CompositeInnerType::Func(_) if count > 1 => TypeKind::Rec,
                CompositeInnerType::Func(func) => {
                    let values = || func.params().iter().chain(func.results());
                    is_empty = values().next().is_none();
                    refers.extend(values().filter_map(|&ty| referred(ty)));
                    if values().all(|&ty| is_known(ty)) { TypeKind::Func } else { TypeKind::ForeignFunc }
                }
            };
            let head = if group.is_explicit_rec_group() { HEAD } else { 0 };
            self.types.push(Type { kind, range: range.start + head..range.end, refers, is_empty });
        }
    }

    /// The number of imports of a kind.
    pub(super) fn imported(&self, is_kind: impl Fn(&TypeRef) -> bool) -> u32 {
        self.imports.iter().filter(|import| is_kind(&import.ty)).count() as u32
    }
}

/// Returns the index of the type that a value type refers to.
pub(super) fn referred(ty: ValType) -> Option<u32> {
    match ty {
        ValType::Ref(ty) => ty.type_index()?.as_module_index(),
        _ => None,
    }
}

/// Whether linkers know a value type.
pub(super) fn is_known(ty: ValType) -> bool {
    match ty {
        ValType::Ref(ty) => {
            [wasmparser::RefType::FUNCREF, wasmparser::RefType::EXTERNREF, wasmparser::RefType::EXNREF]
                .contains(&ty)
        }
        _ => true,
    }
}

/// Returns the value of a constant expression of integers, in the bits of its type. `None` if it has other
/// instructions.
pub(super) fn fold(expr: &ConstExpr<'_>) -> Option<Folded> {
    use wasmparser::Operator as O;
    let mut reader = expr.get_operators_reader();
    let mut stack = Vec::new();
    loop {
        let operator = reader.read().ok()?;
        if let O::End = operator {
            break;
        }
        let value = match operator {
            O::I32Const { value } => Folded::I32(value),
            O::I64Const { value } => Folded::I64(value),
            O::I32Add | O::I32Sub | O::I32Mul | O::I64Add | O::I64Sub | O::I64Mul => {
                let (second, first) = (stack.pop()?, stack.pop()?);
                match (operator, first, second) {
                    (O::I32Add, Folded::I32(a), Folded::I32(b)) => Folded::I32(a.wrapping_add(b)),
                    (O::I32Sub, Folded::I32(a), Folded::I32(b)) => Folded::I32(a.wrapping_sub(b)),
                    (O::I32Mul, Folded::I32(a), Folded::I32(b)) => Folded::I32(a.wrapping_mul(b)),
                    (O::I64Add, Folded::I64(a), Folded::I64(b)) => Folded::I64(a.wrapping_add(b)),
                    (O::I64Sub, Folded::I64(a), Folded::I64(b)) => Folded::I64(a.wrapping_sub(b)),
                    (O::I64Mul, Folded::I64(a), Folded::I64(b)) => Folded::I64(a.wrapping_mul(b)),
                    _ => return None,
                }
            }
            _ => return None,
        };
        stack.push(value);
    }
    match stack[..] {
        [value] => Some(value),
        _ => None,
    }
}

/// The value of a constant expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Folded {
    I32(i32),
    I64(i64),
}

/// Reads a padded number.
pub(super) fn read_u32(bytes: &[u8], at: usize) -> u32 {
    let rest = bytes.get(at..).unwrap_or_default();
    BinaryReader::new(rest, 0).read_var_u32().unwrap_or(0)
}

/// Whether the memory of a module has 64-bit addresses.
pub(super) fn is_64(parts: &Parts<'_>) -> bool {
    memory(parts).is_some_and(|memory| memory.memory64)
}

/// Returns the memory of a module.
fn memory(parts: &Parts<'_>) -> Option<MemoryType> {
    let imported = parts.imports.iter().find_map(|import| match import.ty {
        TypeRef::Memory(ty) => Some(ty),
        _ => None,
    });
    imported.or_else(|| parts.memories.first().copied())
}
