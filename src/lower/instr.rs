//! Lowers instructions.

mod immediates;
mod labels;

use super::cache::{FUNCS, GLOBALS, LOCALS, ResolveCache, TYPES};
use super::plain::{self, Depth};
use super::site::{SiteKind, Sites, padded};
use super::uses::Uses;
use crate::ast::{Ast, Idx, IdxKind, Instr, Run, TypeUse, TypeUseId, ValType, flags, has, memarg};
use crate::features::Feature;
use crate::instr::{Immediates, Op};
use crate::resolve::{AMBIGUOUS, Fault, IndexSpace, SymbolTable, Symbols, written_number};
use crate::span::Span;
use hashbrown::HashMap;
use std::borrow::Cow;
use wasm_encoder::{Encode, HeapType, RefType};

/// A place in the bytes of an expression where the index of an implicit type must be inserted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fixup {
    /// The offset in the bytes of the code.
    pub(crate) at: u32,
    /// The range of the encoded signature.
    pub(crate) signature: Run,
    /// Whether it is written as a signed number, as block types are.
    pub(crate) signed: bool,
    /// Whether the bytes have a padded index already, which must be overwritten.
    pub(crate) padded: bool,
}

impl Fixup {
    /// Appends the index.
    pub(crate) fn encode(&self, index: u32, out: &mut Vec<u8>) {
        if self.padded {
            out.extend_from_slice(&padded(index));
        } else if self.signed {
            i64::from(index).encode(out);
        } else {
            index.encode(out);
        }
    }
}

/// The place of an instruction in the binary and in the source.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CodeOrigin {
    /// The offset of its first byte.
    pub(crate) at: u32,
    /// The start of its keyword.
    pub(crate) start: u32,
    /// The end of its keyword.
    pub(crate) end: u32,
}

/// The bytes of expressions, with the fixups and metadata that must still be placed.
#[derive(Default)]
pub(crate) struct CodeBuffer {
    pub(crate) bytes: Vec<u8>,
    pub(crate) fixups: Vec<Fixup>,
    pub(crate) signatures: Vec<u8>,
    /// The place of each instruction, if asked for.
    pub(crate) marks: Option<Vec<CodeOrigin>>,
    /// The places that a linker changes, if asked for.
    pub(crate) sites: Option<Sites>,
    /// Instructions with code metadata: the offset of the instruction, and the number of the annotation.
    pub(crate) metadata: Vec<(u32, u32)>,
    /// Whether the module must be valid.
    pub(crate) validating: bool,
    /// Whether an instruction needs the data count section.
    pub(crate) needs_data_count: bool,
    pub(crate) uses: Uses,
    pub(crate) faults: Vec<Fault>,
}

/// An open block with a label.
struct Block {
    /// The number of its label in the function, and the identifier.
    label: u32,
    id: Span,
    /// The number of blocks around it.
    height: u32,
    /// The height of the outer block with the same label, if there is one.
    shadowed: Option<u32>,
}

/// A label of the function.
struct Label {
    /// The height of the innermost open block with this label.
    height: Option<u32>,
    /// The name of its first occurrence.
    slot: u32,
    /// Whether a type has the same name.
    is_type: bool,
}

/// Lowers expressions.
#[derive(Default)]
pub(crate) struct FuncLowerer<'s> {
    pub(crate) locals: Symbols<'s>,
    blocks: Vec<Block>,
    depth: Depth,
    labels: Vec<Label>,
    /// The number of the label with each name.
    label_numbers: HashMap<Cow<'s, str>, u32>,
    /// For the name section: the numbers of blocks, and the names of their labels.
    pub(crate) label_names: Vec<(u32, Span)>,
    /// The starts of the instructions that annotations belong to, and the numbers of the annotations.
    metadata: Vec<(u32, u32)>,
    cache: ResolveCache,
    /// The starts of the instructions of the function whose numbers are addresses, in order, and whether addresses
    /// have 64 bits.
    pub(crate) addresses: Vec<u32>,
    pub(crate) is_64: bool,
}

const EMPTY_BLOCK_TYPE: u8 = 0x40;
const UNREACHABLE: u8 = 0x00;
const BLOCK: u8 = 0x02;
const CATCH_ALL: u8 = 0x19;
const END: u8 = 0x0b;

#[inline]
fn leb_signed(mut value: i64, out: &mut Vec<u8>) {
    loop {
        let byte = value as u8 & 0x7f;
        value >>= 7;
        if (value == 0 && byte & 0x40 == 0) || (value == -1 && byte & 0x40 != 0) {
            return out.push(byte);
        }
        out.push(byte | 0x80);
    }
}

impl<'s> FuncLowerer<'s> {
    /// Returns a lowerer with a cache of resolved names. All trees must share their interned names.
    /// `is_64` says whether addresses have 64 bits, for objects.
    pub(crate) fn with_cache(is_64: bool) -> FuncLowerer<'s> {
        FuncLowerer { cache: ResolveCache::new(), is_64, ..FuncLowerer::default() }
    }

    /// Returns the index of the local of the current function with a name that it uses. Trees must share their names.
    pub(crate) fn local(&self, slot: u32) -> Option<u32> {
        self.cache.get(slot, LOCALS)
    }

    /// Returns the index of the function with a name that was called or referred to. Trees must share their names.
    pub(crate) fn func(&self, slot: u32) -> Option<u32> {
        self.cache.get(slot, FUNCS)
    }

    /// Clears the cache. It must be called when the names of the trees are removed.
    pub(crate) fn forget_names(&mut self) {
        self.cache.clear();
    }

    /// Prepares for the next function.
    pub(crate) fn clear(&mut self) {
        self.locals.clear();
        self.blocks.clear();
        self.labels.clear();
        self.label_numbers.clear();
        self.label_names.clear();
        self.depth = Depth::default();
        self.cache.end_func();
    }

    /// Lowers a constant expression without its `end`.
    pub(crate) fn constant(&mut self, scope: &SymbolTable<'s>, ast: &Ast, body: Run, code: &mut CodeBuffer) {
        self.clear();
        // The names are those of the module's tree.
        self.cache.clear();
        self.instrs(scope, ast, body, code);
    }

    /// Lowers an expression with its `end`.
    pub(crate) fn expr(
        &mut self,
        scope: &SymbolTable<'s>,
        ast: &Ast,
        body: Run,
        end: u32,
        code: &mut CodeBuffer,
    ) {
        self.cache.begin(ast.names.len());
        self.instrs(scope, ast, body, code);
        if let Some(marks) = &mut code.marks {
            marks.push(CodeOrigin { at: code.bytes.len() as u32, start: end, end: end + 1 });
        }
        code.bytes.push(END);
    }

    #[cfg_attr(for_size, optimize(speed))]
    fn instrs(&mut self, scope: &SymbolTable<'s>, ast: &Ast, body: Run, code: &mut CodeBuffer) {
        let targets = (0..).zip(&ast.code_metadata);
        self.metadata.clear();
        self.metadata.extend(targets.filter_map(|(number, its)| its.target.map(|target| (target, number))));
        let are_plain_apart = code.marks.is_some()
            || !code.uses.located.is_empty()
            || !self.metadata.is_empty()
            || !self.addresses.is_empty()
            || scope.is_faulty_somewhere();
        let table = plain::table(code.sites.is_some());
        let mut lowerer = InstrLowerer { scope, ast, state: self, code, start: 0 };
        let mut rest = &ast.instrs[body.range()];
        loop {
            if !are_plain_apart {
                let FuncLowerer { cache, depth, .. } = &mut *lowerer.state;
                let taken = plain::encode(table, rest, cache.entries(), depth, &mut lowerer.code.bytes);
                lowerer.code.uses.instrs(&rest[..taken]);
                rest = &rest[taken..];
            }
            let Some((&instr, following)) = rest.split_first() else { return };
            rest = following;
            let at = lowerer.code.bytes.len();
            if let Some(marks) = &mut lowerer.code.marks {
                marks.push(CodeOrigin { at: at as u32, start: instr.start, end: keyword_end(scope, instr) });
            }
            if !lowerer.state.metadata.is_empty() {
                lowerer.metadata(instr, at);
            }
            if lowerer.instr(instr).is_none() {
                lowerer.placeholder(instr, at);
            }
        }
    }
}

/// Returns the end of the keyword of an instruction. The `end` of a folded block is a parenthesis.
fn keyword_end(scope: &SymbolTable<'_>, instr: Instr) -> u32 {
    let mnemonic = instr.op.mnemonic();
    let rest = &scope.source[instr.start as usize..];
    instr.start + if rest.starts_with(mnemonic) { mnemonic.len() as u32 } else { 1 }
}

struct InstrLowerer<'a, 's> {
    scope: &'a SymbolTable<'s>,
    ast: &'a Ast,
    state: &'a mut FuncLowerer<'s>,
    code: &'a mut CodeBuffer,
    /// The start of the instruction.
    start: u32,
}

impl<'s> InstrLowerer<'_, 's> {
    fn extra(&self, at: u32) -> u32 {
        self.ast.extra[at as usize]
    }

    /// Replaces an instruction with a fault by `unreachable`, which is valid everywhere. An instruction that opens or
    /// closes a block is replaced by another one that does.
    #[cold]
    fn placeholder(&mut self, instr: Instr, at: usize) {
        self.code.bytes.truncate(at);
        // The fixups of the instruction come after its opcode.
        while self.code.fixups.last().is_some_and(|fixup| fixup.at as usize > at) {
            self.code.fixups.pop();
        }
        if let Some(sites) = &mut self.code.sites {
            sites.truncate(at as u32);
        }
        match instr.op.immediates() {
            Immediates::TryTable => {
                self.code.bytes.push(BLOCK);
                let said = self.code.faults.len();
                self.block_type(instr);
                self.code.faults.truncate(said);
            }
            Immediates::Catch => self.code.bytes.push(CATCH_ALL),
            Immediates::Delegate => self.code.bytes.push(END),
            _ => self.code.bytes.push(UNREACHABLE),
        }
    }

    #[cold]
    fn metadata(&mut self, instr: Instr, at: usize) {
        let start = instr.start;
        // Annotations are in source order, and so are the starts of their instructions.
        let first = self.state.metadata.partition_point(|&(target, _)| target < start);
        for &(target, number) in &self.state.metadata[first..] {
            if target != start {
                break;
            }
            let head = self.ast.code_metadata[number as usize].head;
            if &self.scope.source[head.range()] == "(@metadata.code.branch_hint"
                && !instr.op.takes_branch_hint()
            {
                let at = Span::new(start, keyword_end(self.scope, instr));
                self.code.faults.push(Fault::BranchHint { head, at, op: instr.op });
            }
            self.code.metadata.push((at as u32, number));
        }
    }

    #[inline]
    fn leb(&mut self, value: u32) {
        let (bytes, len) = plain::leb(value);
        self.code.bytes.extend_from_slice(&bytes.to_le_bytes()[..len]);
    }

    #[inline]
    fn index(&mut self, raw: u32, space: IndexSpace) -> Option<u32> {
        let kept = match space {
            IndexSpace::Func => FUNCS,
            IndexSpace::Global => GLOBALS,
            IndexSpace::Type => TYPES,
            _ => return self.look_up(raw, space),
        };
        let IdxKind::Name(id) = Idx::from_raw(raw).get() else { return self.look_up(raw, space) };
        if let Some(index) = self.state.cache.get(id, kept) {
            return Some(index);
        }
        let index = self.look_up(raw, space)?;
        self.state.cache.set(id, kept, index);
        Some(index)
    }

    #[inline]
    fn look_up(&mut self, raw: u32, space: IndexSpace) -> Option<u32> {
        self.scope.index(self.ast, Idx::from_raw(raw), space, &mut self.code.faults)
    }

    /// Returns an index that is 0 if it is missing.
    fn optional_index(&mut self, raw: u32, space: IndexSpace) -> Option<u32> {
        if Idx::from_raw(raw).is_none() { Some(0) } else { self.index(raw, space) }
    }

    #[inline]
    fn write_index(&mut self, raw: u32, space: IndexSpace) -> Option<()> {
        let index = self.index(raw, space)?;
        self.space_leb(index, space);
        Some(())
    }

    /// Returns the index of a local or label. `find` looks an identifier up.
    fn own_index(
        &mut self,
        raw: u32,
        space: IndexSpace,
        find: impl FnOnce(&Self, &str) -> Option<u32>,
    ) -> Option<u32> {
        match Idx::from_raw(raw).get() {
            IdxKind::Number(number) => Some(number),
            IdxKind::Name(slot) => {
                let span = self.ast.names[slot as usize];
                let text = &self.scope.source[span.range()];
                if let Some(index) = written_number(text).or_else(|| find(self, text)) {
                    return Some(index);
                }
                self.code.faults.push(match space {
                    IndexSpace::Label => Fault::UnknownLabel { at: span, visible: self.visible_labels() },
                    _ => Fault::UnknownLocal { at: span },
                });
                None
            }
        }
    }

    fn write_local(&mut self, raw: u32) -> Option<()> {
        let name = match Idx::from_raw(raw).get() {
            IdxKind::Name(id) => Some(id),
            IdxKind::Number(_) => None,
        };
        if let Some(local) = name.and_then(|id| self.state.cache.get(id, LOCALS)) {
            self.leb(local);
            return Some(());
        }
        let local = self.own_index(raw, IndexSpace::Local, |this, text| this.state.locals.get(text))?;
        // A number with this value is an index that is out of range.
        if local == AMBIGUOUS
            && let Some(slot) = name
            && self.scope.source[self.ast.names[slot as usize].range()].starts_with('$')
        {
            return None;
        }
        if let Some(id) = name {
            self.state.cache.set(id, LOCALS, local);
        }
        self.leb(local);
        Some(())
    }

    /// Encodes a struct type and one of its fields.
    fn write_field(&mut self, at: u32) -> Option<()> {
        let ty = self.index(self.extra(at), IndexSpace::Type)?;
        let names = self.scope.field_names(ty);
        let none = Symbols::default();
        let idx = Idx::from_raw(self.extra(at + 1));
        let field = match idx.get() {
            IdxKind::Number(number) => number,
            IdxKind::Name(slot) => {
                let span = self.ast.names[slot as usize];
                let text = &self.scope.source[span.range()];
                let names = names.unwrap_or(&none);
                match written_number(text).or_else(|| names.get(text)) {
                    Some(field) => field,
                    None => {
                        let written = match Idx::from_raw(self.extra(at)).get() {
                            IdxKind::Name(slot) => Some(self.ast.names[slot as usize]),
                            IdxKind::Number(_) => None,
                        };
                        self.code.faults.push(Fault::UnknownField { at: span, ty, written });
                        return None;
                    }
                }
            }
        };
        self.space_leb(ty, IndexSpace::Type);
        self.leb(field);
        Some(())
    }

    fn opcode(&mut self, op: Op, next: bool) {
        if next {
            let (bytes, len) = op.row().next_opcode();
            self.code.bytes.extend_from_slice(&bytes[..usize::from(len)]);
        } else {
            self.code.bytes.extend_from_slice(op.encoding());
        }
    }

    fn ref_type_at(&mut self, at: u32, start: u32) -> Option<RefType> {
        let t = self.ast.immediate_types[at as usize];
        self.code.uses.val_type(t, start);
        self.known_ref_type(t)
    }

    fn known_ref_type(&mut self, t: ValType) -> Option<RefType> {
        if !t.has(flags::CONCRETE) {
            return self.scope.ref_type(self.ast, t, &mut self.code.faults);
        }
        let index = self.index(t.idx.raw(), IndexSpace::Type)?;
        let heap_type = if t.has(flags::EXACT) { HeapType::Exact(index) } else { HeapType::Concrete(index) };
        Some(RefType { nullable: t.has(flags::NULL), heap_type })
    }

    fn heap_type_at(&mut self, at: u32, start: u32) -> Option<RefType> {
        let t = self.ast.immediate_types[at as usize];
        self.code.uses.heap_type(t, start);
        self.known_ref_type(t)
    }

    /// Lowers an instruction. Returns `None` if there is a fault.
    #[inline]
    fn instr(&mut self, instr: Instr) -> Option<()> {
        use Immediates as I;
        let Instr { op, imm, aux, start } = instr;
        let row = op.row();
        self.start = start;
        self.code.uses.op(op, start);
        match row.immediates {
            I::Select => self.opcode(op, aux != 0),
            I::RefType => {
                let t = self.ref_type_at(imm, start)?;
                self.opcode(op, t.nullable);
                self.heap_type(t.heap_type);
                return Some(());
            }
            _ => match op.encoding() {
                [byte] => self.code.bytes.push(*byte),
                bytes => self.code.bytes.extend_from_slice(bytes),
            },
        }
        match row.immediates {
            I::No | I::RefType => {}
            I::Local => self.write_local(imm)?,
            I::I32 if self.is_address() => self.address(SiteKind::Number32, (imm as i32).into()),
            I::I32 => leb_signed((imm as i32).into(), &mut self.code.bytes),
            I::I64 => {
                let value = if aux == 0 { i64::from(imm as i32) } else { self.wide(imm) as i64 };
                match self.is_address() {
                    true => self.address(SiteKind::Number64, value),
                    false => leb_signed(value, &mut self.code.bytes),
                }
            }
            I::F32 => self.code.bytes.extend_from_slice(&imm.to_le_bytes()),
            I::F64 => {
                let bits = if aux == 0 { i64::from(imm as i32) as u64 } else { self.wide(imm) };
                self.code.bytes.extend_from_slice(&bits.to_le_bytes());
            }
            I::V128 | I::Shuffle => {
                for at in imm..imm + 4 {
                    self.code.bytes.extend_from_slice(&self.ast.extra[at as usize].to_le_bytes());
                }
            }
            I::MemArg(natural) => {
                let order = None;
                self.memarg(start, imm, aux, natural, order)?;
            }
            I::AtomicMemArg(natural) => {
                let order = (aux >> memarg::ORDER_SHIFT).checked_sub(1);
                self.memarg(start, imm, aux, natural, order.map(|order| order as u8))?;
            }
            I::RmwMemArg(natural) => {
                // The order of the write is in the high half of the byte.
                let order = (aux >> memarg::ORDER_SHIFT).checked_sub(1);
                self.memarg(start, imm, aux, natural, order.map(|order| (order << 4 | order) as u8))?;
            }
            I::MemArgLane(natural) => {
                self.memarg(start, imm, aux, natural, None)?;
                self.code.bytes.push((aux >> memarg::LANE_SHIFT) as u8);
            }
            I::Lane(_) => self.code.bytes.push(imm as u8),
            I::Label => self.write_label(imm)?,
            I::Labels => {
                let count = self.extra(imm);
                self.leb(count - 1);
                for at in imm + 1..=imm + count {
                    self.write_label(self.extra(at))?;
                }
            }
            I::Func => self.write_index(imm, IndexSpace::Func)?,
            I::Type => self.write_index(imm, IndexSpace::Type)?,
            I::Global => self.write_index(imm, IndexSpace::Global)?,
            I::Tag => self.write_index(imm, IndexSpace::Tag)?,
            I::Elem => self.write_index(imm, IndexSpace::Elem)?,
            I::Data => {
                self.code.needs_data_count = true;
                self.write_index(imm, IndexSpace::Data)?;
            }
            I::Table => {
                let table = self.optional_index(imm, IndexSpace::Table)?;
                self.space_leb(table, IndexSpace::Table);
            }
            I::Memory => {
                let memory = self.optional_index(imm, IndexSpace::Memory)?;
                self.leb(memory);
            }
            I::Field => self.write_field(imm)?,
            I::TypeLen => {
                self.write_index(self.extra(imm), IndexSpace::Type)?;
                // The length has the syntax of an index.
                match Idx::from_raw(self.extra(imm + 1)).get() {
                    IdxKind::Number(len) => self.leb(len),
                    IdxKind::Name(slot) => {
                        let span = self.ast.names[slot as usize];
                        match written_number(&self.scope.source[span.range()]) {
                            Some(len) => self.leb(len),
                            None => {
                                self.code.faults.push(Fault::NameForLength { at: span });
                                return None;
                            }
                        }
                    }
                }
            }
            I::TypeData => {
                self.code.needs_data_count = true;
                self.write_index(self.extra(imm), IndexSpace::Type)?;
                self.write_index(self.extra(imm + 1), IndexSpace::Data)?;
            }
            I::TypeElem => {
                self.write_index(self.extra(imm), IndexSpace::Type)?;
                self.write_index(self.extra(imm + 1), IndexSpace::Elem)?;
            }
            I::TypeType => {
                self.write_index(self.extra(imm), IndexSpace::Type)?;
                self.write_index(self.extra(imm + 1), IndexSpace::Type)?;
            }
            I::TypeTag => {
                self.write_index(self.extra(imm), IndexSpace::Type)?;
                self.write_index(self.extra(imm + 1), IndexSpace::Tag)?;
            }
            I::MemoryInit => {
                self.code.needs_data_count = true;
                let memory = self.optional_index(self.extra(imm), IndexSpace::Memory)?;
                self.write_index(self.extra(imm + 1), IndexSpace::Data)?;
                self.leb(memory);
            }
            I::TableInit => {
                let table = self.optional_index(self.extra(imm), IndexSpace::Table)?;
                self.write_index(self.extra(imm + 1), IndexSpace::Elem)?;
                self.space_leb(table, IndexSpace::Table);
            }
            I::MemoryCopy | I::TableCopy => {
                let space =
                    if row.immediates == I::MemoryCopy { IndexSpace::Memory } else { IndexSpace::Table };
                for at in imm..imm + 2 {
                    let index = self.optional_index(self.extra(at), space)?;
                    self.space_leb(index, space);
                }
            }
            I::Select => {
                if aux != 0 {
                    self.code.uses.note(Feature::ReferenceTypes, start);
                    let types = Run { start: self.extra(imm), end: self.extra(imm + 1) };
                    self.leb(types.len());
                    for at in types.range() {
                        let t = self.ast.val_types[at];
                        self.code.uses.val_type(t, start);
                        let t = self.scope.val_type(self.ast, t, &mut self.code.faults)?;
                        self.val_type(t);
                    }
                }
            }
            I::HeapType => {
                let t = self.heap_type_at(imm, start)?;
                self.heap_type(t.heap_type);
            }
            I::BrOnCast => {
                let label = self.label(self.extra(imm))?;
                let from = self.ref_type_at(self.extra(imm + 1), start)?;
                let to = self.ref_type_at(self.extra(imm + 2), start)?;
                self.code.bytes.push(u8::from(from.nullable) | u8::from(to.nullable) << 1);
                self.leb(label);
                self.heap_type(from.heap_type);
                self.heap_type(to.heap_type);
            }
            I::CallIndirect => {
                let table = self.optional_index(self.extra(imm), IndexSpace::Table)?;
                let ty = self.type_ref(TypeUseId(self.extra(imm + 1)), start)?;
                self.write_type(ty, false);
                self.space_leb(table, IndexSpace::Table);
            }
            I::Resume => {
                self.write_index(self.extra(imm), IndexSpace::Type)?;
                self.handlers(imm + 1)?;
            }
            I::ResumeThrow => {
                self.write_index(self.extra(imm), IndexSpace::Type)?;
                self.write_index(self.extra(imm + 1), IndexSpace::Tag)?;
                self.handlers(imm + 2)?;
            }
            I::OrderedGlobal => {
                self.code.bytes.push(aux as u8);
                self.write_index(imm, IndexSpace::Global)?;
            }
            I::OrderedTable => {
                self.code.bytes.push(aux as u8);
                let table = self.optional_index(imm, IndexSpace::Table)?;
                self.space_leb(table, IndexSpace::Table);
            }
            I::OrderedField => {
                self.code.bytes.push(aux as u8);
                self.write_field(imm)?;
            }
            I::OrderedType => {
                self.code.bytes.push(aux as u8);
                self.write_index(imm, IndexSpace::Type)?;
            }
            I::Ordering => {
                if aux != 0 {
                    self.code.uses.note(Feature::AcquireReleaseAtomics, start);
                }
                self.code.bytes.push(aux as u8);
            }
            I::Block | I::If | I::Try => {
                self.block_type(instr);
                self.open_block(instr);
            }
            I::TryTable => {
                self.block_type(instr);
                // The labels of the clauses do not include that of the block.
                let clauses = self.catch_clauses(imm + 4);
                self.open_block(instr);
                clauses?;
            }
            I::Else => self.check_label(imm, "else"),
            I::End => {
                self.check_label(imm, "end");
                self.close_block();
            }
            I::Catch => self.write_index(imm, IndexSpace::Tag)?,
            I::CatchAll => {}
            I::Delegate => {
                self.close_block();
                self.write_label(imm)?;
            }
        }
        Some(())
    }

    fn wide(&self, at: u32) -> u64 {
        u64::from(self.extra(at)) | u64::from(self.extra(at + 1)) << 32
    }

    fn handlers(&mut self, at: u32) -> Option<()> {
        let count = self.extra(at);
        self.leb(count);
        for at in (at + 1..).step_by(2).take(count as usize) {
            let label = self.extra(at + 1);
            let on_switch = Idx::from_raw(label).is_none();
            self.code.bytes.push(u8::from(on_switch));
            self.write_index(self.extra(at), IndexSpace::Tag)?;
            if !on_switch {
                self.write_label(label)?;
            }
        }
        Some(())
    }

    fn catch_clauses(&mut self, at: u32) -> Option<()> {
        let count = self.extra(at);
        self.leb(count);
        for at in (at + 1..).step_by(3).take(count as usize) {
            let (kind, tag, label) = (self.extra(at), self.extra(at + 1), self.extra(at + 2));
            self.code.bytes.push(kind as u8);
            if !Idx::from_raw(tag).is_none() {
                self.write_index(tag, IndexSpace::Tag)?;
            }
            self.write_label(label)?;
        }
        Some(())
    }

    // ------------------------------------------------------------------------------------ Blocks

    /// The label, the string of its name, and the type use of an instruction that opens a block.
    fn block_parts(&self, instr: Instr) -> (Idx, Option<Span>, Option<TypeUseId>) {
        let Instr { imm, aux, .. } = instr;
        match aux {
            has::EXTRA => {}
            0 => return (Idx::NONE, None, None),
            _ => return (Idx::from_raw(imm), None, None),
        }
        let [label, start, end, ty] = std::array::from_fn(|i| self.extra(imm + i as u32));
        let some = |raw| !Idx::from_raw(raw).is_none();
        let name = some(start).then(|| Span::new(start, end));
        (Idx::from_raw(label), name, some(ty).then_some(TypeUseId(ty)))
    }

    fn block_type(&mut self, instr: Instr) {
        if instr.aux & has::RESULT != 0 {
            // Each of these types is one byte.
            let code = (instr.aux >> has::RESULT_SHIFT) as u8;
            self.code.uses.type_byte(code, instr.start);
            return self.code.bytes.push(code);
        }
        let (_, _, ty) = self.block_parts(instr);
        let Some(id) = ty else { return self.code.bytes.push(EMPTY_BLOCK_TYPE) };
        let TypeUse { idx, params, results, .. } = self.ast.type_uses[id.0 as usize];
        if idx.is_none() && params.is_empty() && results.len() <= 1 {
            let result = self.ast.val_types[results.range()].first();
            return self.block_result(result.copied(), instr.start);
        }
        // Several results are recorded with the other types.
        if results.len() <= 1 {
            let at = self.ast.params[params.range()].first().map_or(instr.start, |param| param.ty.start);
            self.code.uses.note(Feature::MultiValue, at);
        }
        match self.type_ref(id, instr.start) {
            Some(ty) => self.write_type(ty, true),
            None => self.code.bytes.push(EMPTY_BLOCK_TYPE),
        }
    }

    fn block_result(&mut self, result: Option<ValType>, start: u32) {
        if let Some(result) = result {
            self.code.uses.val_type(result, start);
        }
        match result.and_then(|t| self.scope.val_type(self.ast, t, &mut self.code.faults)) {
            Some(t) => self.val_type(t),
            None => self.code.bytes.push(EMPTY_BLOCK_TYPE),
        }
    }
}
