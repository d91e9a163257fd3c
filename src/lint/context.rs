//! What the checks know of the module: its symbols, and the types of its globals, tables and memories.

use crate::ast::{
    Ast, ExternDesc, ExternType, Field, Idx, Import, Instr, Limits, MemoryInit, MemoryType, Run, TableInit,
    TableType, ValType,
};
use crate::diagnostic::Code;
use crate::diagnostic::lints::CodeSet;
use crate::instr::Immediates;
use crate::lex::id_name;
use crate::outline::Outline;
use crate::resolve::{IndexSpace, SymbolTable};
use crate::span::Span;

/// The module that the checks run on.
pub(crate) struct Context<'a, 's> {
    pub(crate) symbols: &'a SymbolTable<'s>,
    /// The tree of the fields of the outline.
    pub(crate) fields: &'a Ast,
    /// The warnings that are looked for.
    pub(crate) enabled: CodeSet,
    /// Whether a field has an identifier. A text without identifiers is the output of a program.
    pub(crate) is_named: bool,
    /// Whether any warning about bodies is looked for.
    pub(crate) checks_bodies: bool,
    pub(crate) globals: Vec<GlobalInfo>,
    pub(crate) tables: Vec<Extent>,
    pub(crate) memories: Vec<Extent>,
    /// For each type, the number of types in its group and its position there.
    pub(crate) types: Vec<(u32, u32)>,
}

/// A global.
#[derive(Clone, Copy)]
pub(crate) struct GlobalInfo {
    pub(crate) ty: ValType,
    /// The initial value of a constant, in the instructions of the fields.
    pub(crate) constant: Option<Run>,
}

/// The size of a table or memory when the module is instantiated.
#[derive(Clone, Copy)]
pub(crate) struct Extent {
    pub(crate) span: Span,
    /// The largest size that it can have at that time, in elements or pages.
    pub(crate) most: Option<u64>,
    pub(crate) is_imported: bool,
    /// The size of a page, as a power of two; 0 for a table.
    pub(crate) page: u32,
    /// The type of the elements of a table.
    pub(crate) elem: Option<ValType>,
}

/// The warnings that an object does not get: a linker places its segments, and other objects may use its definitions.
const OF_LINKERS: [Code; 5] = [
    Code::SegmentBeyondEnd,
    Code::UnusedFunction,
    Code::UnusedType,
    Code::UnusedImport,
    Code::UnusedDefinition,
];

/// The warnings about bodies.
const OF_BODIES: [Code; 15] = [
    Code::UnreachableCode,
    Code::UnusedValue,
    Code::UnsetLocal,
    Code::UnreadLocal,
    Code::KnownCast,
    Code::ConstantCondition,
    Code::ShiftCount,
    Code::TruncatedLiteral,
    Code::DivisionByZero,
    Code::InfiniteRecursion,
    Code::ShadowedLabel,
    Code::SimilarNames,
    Code::UnusedLocal,
    Code::UnusedLabel,
    Code::UnusedParameter,
];

impl<'a, 's> Context<'a, 's> {
    pub(crate) fn new(outline: &'a Outline<'s>, mut enabled: CodeSet, is_object: bool) -> Context<'a, 's> {
        if is_object {
            OF_LINKERS.iter().for_each(|&code| enabled.remove(code));
        }
        let mut context = Context {
            symbols: &outline.symbols,
            fields: &outline.fields,
            enabled,
            is_named: false,
            checks_bodies: enabled.has_any(&OF_BODIES),
            globals: Vec::new(),
            tables: Vec::new(),
            memories: Vec::new(),
            types: Vec::new(),
        };
        let spaces = IndexSpace::OF_MODULES;
        context.is_named =
            spaces.iter().any(|space| outline.symbols.names(*space).iter().any(is_written_by_hand));
        outline.fields.fields.iter().for_each(|field| context.add(field));
        context
    }

    fn add(&mut self, field: &Field) {
        match field {
            Field::Import(Import::Single { desc, .. }) => self.import(desc),
            Field::Import(Import::Items { items, .. }) => {
                for item in &self.fields.import_items[items.range()] {
                    if let Some(desc) = item.desc {
                        self.import(&desc);
                    }
                }
            }
            Field::Import(Import::Names { items, desc, .. }) => {
                items.range().for_each(|_| self.import(desc));
            }
            Field::Rec(group) => {
                let count = group.types.len();
                self.types.extend((0..count).map(|at| (count, at)));
            }
            Field::Global(global) => {
                let constant = (!global.ty.mutable).then_some(global.init);
                self.globals.push(GlobalInfo { ty: global.ty.ty, constant });
            }
            Field::Table(table) => {
                let most = match table.init {
                    TableInit::Elems(_) => None,
                    _ => Some(table.ty.limits.min),
                };
                self.table(table.span, table.ty, most, false);
            }
            Field::Memory(memory) => {
                let most = match memory.init {
                    MemoryInit::Data(_) => None,
                    MemoryInit::Default => Some(memory.ty.limits.min),
                };
                self.memory(memory.span, memory.ty, most, false);
            }
            _ => {}
        }
    }

    /// Adds an import. Its size is only known to be at most the maximum.
    fn import(&mut self, desc: &ExternDesc) {
        let Limits { max, .. } = match desc.ty {
            ExternType::Table(ty) => ty.limits,
            ExternType::Memory(ty) => ty.limits,
            _ => Limits::default(),
        };
        match desc.ty {
            ExternType::Table(ty) => self.table(desc.span, ty, max, true),
            ExternType::Memory(ty) => self.memory(desc.span, ty, max, true),
            ExternType::Global(ty) => self.globals.push(GlobalInfo { ty: ty.ty, constant: None }),
            ExternType::Func { .. } | ExternType::Tag(_) => {}
        }
    }

    fn table(&mut self, span: Span, ty: TableType, most: Option<u64>, is_imported: bool) {
        self.tables.push(Extent { span, most, is_imported, page: 0, elem: Some(ty.elem) });
    }

    fn memory(&mut self, span: Span, ty: MemoryType, most: Option<u64>, is_imported: bool) {
        let page = ty.page_size.unwrap_or(16);
        self.memories.push(Extent { span, most, is_imported, page, elem: None });
    }
}

/// Whether a name is more than a number, such as those that disassemblers make.
pub(crate) fn is_written_by_hand(name: &str) -> bool {
    !name.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the value of a constant expression of integers, if it does not depend on imports.
pub(crate) fn constant(cx: &Context<'_, '_>, ast: &Ast, expr: Run) -> Option<u64> {
    constant_within(cx, ast, expr, 0)
}

fn constant_within(cx: &Context<'_, '_>, ast: &Ast, expr: Run, depth: u32) -> Option<u64> {
    /// The longest expression and chain of globals that is evaluated.
    const MOST: u32 = 16;
    if expr.len() > MOST || depth > MOST {
        return None;
    }
    let mut stack: Vec<u64> = Vec::new();
    let mut is_64 = false;
    for &instr in ast.instrs.get(expr.range())? {
        let Instr { op, imm, .. } = instr;
        let value = match op.immediates() {
            Immediates::I32 => imm.into(),
            Immediates::I64 => {
                is_64 = true;
                wide(ast, instr) as u64
            }
            Immediates::Global => {
                let index = index_of(cx, ast, imm, IndexSpace::Global)?;
                let GlobalInfo { ty, constant } = *cx.globals.get(index as usize)?;
                is_64 |= ty.code == 0x7e;
                constant_within(cx, cx.fields, constant?, depth + 1)?
            }
            Immediates::No => {
                let (b, a) = (stack.pop()?, stack.pop()?);
                match op.mnemonic().get(3..)? {
                    ".add" => a.wrapping_add(b),
                    ".sub" => a.wrapping_sub(b),
                    ".mul" => a.wrapping_mul(b),
                    _ => return None,
                }
            }
            _ => return None,
        };
        stack.push(if is_64 { value } else { u64::from(value as u32) });
    }
    stack.pop().filter(|_| stack.is_empty())
}

/// Whether a leading `_` in a name suppresses warnings about what has the name.
pub(super) fn is_silenced(source: &str, id: Option<Span>) -> bool {
    id.is_some_and(|id| id_name(&source[id.range()]).starts_with('_'))
}

/// Returns the index that an index use of a tree refers to.
pub(super) fn index_of(cx: &Context<'_, '_>, ast: &Ast, raw: u32, space: IndexSpace) -> Option<u32> {
    let idx = Idx::from_raw(raw);
    if idx.is_none() {
        return Some(0);
    }
    cx.symbols.index(ast, idx, space, &mut Vec::new())
}

/// Returns the value of a 64-bit constant.
pub(super) fn wide(ast: &Ast, instr: Instr) -> i64 {
    let word = |at: u32| ast.extra.get(at as usize).copied().unwrap_or(0);
    if instr.aux == 0 {
        return (instr.imm as i32).into();
    }
    (u64::from(word(instr.imm)) | u64::from(word(instr.imm + 1)) << 32) as i64
}
