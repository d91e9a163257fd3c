//! The actions of instructions.

use super::{Builder, take};
use crate::ast::{Idx, Instr, MemArg, Naming, Run, TypeUseId, ValType, flags, has, memarg, words_of};
use crate::diagnostic::{Code, Diagnostic};
use crate::instr::{Immediates, Op};
use crate::lex::{Token, TokenKind, number};

/// The instructions that close or divide a block.
const END: Op = Op::named("end").unwrap();
const ELSE: Op = Op::named("else").unwrap();
const CATCH: Op = Op::named("catch").unwrap();
const CATCH_ALL: Op = Op::named("catch_all").unwrap();
const DELEGATE: Op = Op::named("delegate").unwrap();

const NONE: u32 = Idx::NONE.raw();

/// Adjusts the position of a constant that does not fit into its instruction.
fn move_wide(instr: &mut Instr, wide_start: u32) {
    if instr.aux == 1 && matches!(instr.op.immediates(), Immediates::I64 | Immediates::F64) {
        instr.imm += wide_start;
    }
}

impl Builder<'_> {
    /// Appends an instruction.
    #[inline]
    pub(crate) fn emit(&mut self, i: Instr) {
        self.ast.instrs.push(i);
    }

    /// Appends a folded instruction after its operands.
    pub(crate) fn emit_after_operands(&mut self, i: Instr) {
        self.refuse_metadata();
        self.emit(i);
    }

    /// Takes the pending instructions.
    pub(crate) fn take_body(&mut self) -> Run {
        self.refuse_metadata();
        take(&mut self.instrs_taken, self.ast.instrs.len())
    }

    #[inline]
    fn instr(&mut self, o: Token, imm: u32, aux: u16) -> Instr {
        self.take_metadata(o.start);
        Instr { start: o.start, imm, op: o.op(), aux }
    }

    /// Makes an instruction with these words in `extra`.
    fn extra_instr(&mut self, o: Token, words: &[u32], aux: u16) -> Instr {
        let at = self.ast.add_extra(words);
        self.instr(o, at, aux)
    }

    #[inline]
    pub(crate) fn plain(&mut self, o: Token) -> Instr {
        self.instr(o, 0, 0)
    }

    /// Makes an instruction of a token without immediates, or one fused with its only immediate.
    #[inline]
    pub(crate) fn fused_instr(&mut self, i: Token) -> Instr {
        let span = i.immediate();
        match i.op().immediates() {
            Immediates::No => self.instr(i, 0, 0),
            Immediates::I32 => {
                let value = self.integer(Token::number(span), 32);
                self.instr(i, value as u32, 0)
            }
            Immediates::I64 => {
                let value = self.integer(Token::number(span), 64);
                self.wide_instr(i, value)
            }
            Immediates::F32 | Immediates::F64 => self.float_instr(i, Token::number(span)),
            Immediates::MemArg(_) => self.memarg_instr(i),
            _ if self.source.as_bytes()[span.start as usize] == b'$' => {
                let idx = self.name_index(Token::number(span));
                self.instr(i, idx.raw(), 0)
            }
            _ => {
                let idx = self.index(Token::number(span));
                self.instr(i, idx.raw(), 0)
            }
        }
    }

    /// Appends the instructions of a run or head.
    #[inline]
    #[cfg_attr(for_size, optimize(speed))]
    pub(crate) fn emit_run(&mut self, i: Token) {
        self.take_metadata(i.start);
        let start = self.ast.instrs.len();
        self.ast.instrs.extend_from_slice(self.buffer.instrs(i));
        if self.wide_start > 0 {
            self.ast.instrs[start..].iter_mut().for_each(|instr| move_wide(instr, self.wide_start));
        }
    }

    /// Returns the instruction of a head.
    #[inline]
    pub(crate) fn run_head(&mut self, i: Token) -> Instr {
        self.take_metadata(i.start);
        let mut instr = self.buffer.instrs(i)[0];
        move_wide(&mut instr, self.wide_start);
        instr
    }

    #[inline]
    pub(crate) fn index_instr(&mut self, o: Token, x: Idx) -> Instr {
        self.instr(o, x.raw(), 0)
    }

    pub(crate) fn index_2_instr(&mut self, o: Token, x: Idx, y: Idx) -> Instr {
        self.extra_instr(o, &[x.raw(), y.raw()], 0)
    }

    pub(crate) fn labels_instr(&mut self, o: Token) -> Instr {
        let at = self.ast.add_extra(&[self.list.len() as u32]);
        self.take_list();
        self.instr(o, at, 0)
    }

    // ----------------------------------------------------------------------------------- Blocks

    pub(crate) fn label(&mut self, x: Option<Token>, n: Option<Token>) {
        self.label = Naming { id: x.map(Token::span), name: n.map(Token::span) };
    }

    pub(crate) fn block_type(&mut self, u: TypeUseId) {
        self.refuse_param_names(u, "a block");
        self.block_type = Some(u);
    }

    fn refuse_param_names(&mut self, u: TypeUseId, what: &str) {
        let params = self.ast.type_uses[u.0 as usize].params;
        let naming = self.ast.params[params.range()].iter().map(|param| param.naming);
        if let Some(span) = naming.filter_map(|naming| naming.id.or(naming.name)).next() {
            let message = format!("the parameters of {what} cannot have names");
            self.error(Code::NameNotAllowed, span, message);
        }
    }

    /// Makes the instruction that opens a block with the pending label and type.
    pub(crate) fn block_instr(&mut self, o: Token) -> Instr {
        match self.take_block() {
            [NONE, NONE, _, NONE] => self.instr(o, NONE, 0),
            [label, NONE, _, NONE] => self.instr(o, label, has::LABEL),
            words => self.extra_instr(o, &words, has::EXTRA),
        }
    }

    /// Takes the pending label and block type, as words for `extra`.
    fn take_block(&mut self) -> [u32; 4] {
        let label = std::mem::take(&mut self.label);
        let id = label.id.map_or(NONE, |span| self.name_of(span).raw());
        let name = label.name.map_or((NONE, NONE), |span| (span.start, span.end));
        let ty = self.block_type.take().map_or(NONE, |id| id.0);
        [id, name.0, name.1, ty]
    }

    pub(crate) fn block(&mut self, o: Token) {
        let instr = self.block_instr(o);
        self.emit(instr);
    }

    /// Appends `else`, `end` or `catch_all` with an optional label.
    pub(crate) fn delimiter(&mut self, o: Token, x: Option<Token>) {
        self.refuse_metadata();
        let label = match x {
            None => Idx::NONE,
            Some(t) => self.name_index(t),
        };
        self.ast.instrs.push(Instr { start: o.start, imm: label.raw(), op: o.op(), aux: 0 });
    }

    fn folded(&mut self, t: Token, op: Op, imm: u32) {
        self.refuse_metadata();
        self.ast.instrs.push(Instr { start: t.start, imm, op, aux: 0 });
    }

    /// Appends `end` for the parenthesis that closes a folded block.
    pub(crate) fn folded_end(&mut self, e: Token) {
        self.folded(e, END, NONE);
    }

    pub(crate) fn folded_delimiter(&mut self, o: Token) {
        let op = if o.kind == TokenKind::ParenElse { ELSE } else { CATCH_ALL };
        self.folded(o, op, NONE);
    }

    pub(crate) fn folded_delegate(&mut self, d: Token, l: Idx) {
        self.folded(d, DELEGATE, l.raw());
    }

    pub(crate) fn folded_catch(&mut self, o: Token, x: Idx) {
        self.folded(o, CATCH, x.raw());
    }

    pub(crate) fn delegate(&mut self, o: Token, l: Idx) {
        self.folded(o, DELEGATE, l.raw());
    }

    pub(crate) fn catch(&mut self, o: Token, x: Idx) {
        self.folded(o, CATCH, x.raw());
    }

    pub(crate) fn catch_clause(&mut self, kind: u32, x: Idx, l: Idx) {
        self.list.extend_from_slice(&[kind, x.raw(), l.raw()]);
    }

    pub(crate) fn try_table(&mut self, o: Token) {
        let mut words = self.take_block().to_vec();
        words.push(self.list.len() as u32 / 3);
        words.append(&mut self.list);
        let instr = self.extra_instr(o, &words, has::EXTRA);
        self.emit(instr);
    }

    // ----------------------------------------------------------------------------------- Memory

    pub(crate) fn memarg_memory(&mut self, x: Idx) {
        self.memarg.target = x;
    }

    pub(crate) fn memarg_array(&mut self, x: Idx) {
        self.memarg.target = x;
        self.memarg.is_array = true;
    }

    pub(crate) fn memarg_offset(&mut self, t: Token) {
        self.memarg.offset = self.memarg_value(t, "offset=");
    }

    pub(crate) fn memarg_align(&mut self, t: Token) {
        let align = self.memarg_value(t, "align=");
        if align.is_power_of_two() {
            // Larger alignments are equivalent: they cannot be encoded.
            self.memarg.align = align.trailing_zeros().min(62) as u16;
        } else {
            let text = &self.text(t.span())["align=".len()..];
            let message = format!("an alignment must be a power of two, found `{text}`");
            self.error(Code::BadAlignment, t.span(), message);
        }
    }

    fn memarg_value(&mut self, t: Token, key: &str) -> u64 {
        let text = &self.text(t.span())[key.len()..];
        if !number::is_nat(text) {
            let found = if text.is_empty() { "nothing".to_owned() } else { format!("`{text}`") };
            let message = format!("expected an unsigned integer after `{key}`, found {found}");
            self.error(Code::BadNumber, t.span(), message);
            return 1;
        }
        self.unsigned(t.after(key.len() as u32), 64)
    }

    /// Takes the pending memarg as `imm` and `aux`.
    fn take_memarg(&mut self) -> (u32, u16) {
        let MemArg { offset, align, target, is_array } = std::mem::take(&mut self.memarg);
        if target.is_none() && u32::try_from(offset).is_ok() {
            return (offset as u32, align);
        }
        let at = self.ast.add_extra(&[offset as u32, (offset >> 32) as u32, target.raw()]);
        (at, align | memarg::EXTRA | if is_array { memarg::ARRAY } else { 0 })
    }

    #[inline]
    pub(crate) fn memarg_instr(&mut self, o: Token) -> Instr {
        let (imm, aux) = self.take_memarg();
        self.instr(o, imm, aux)
    }

    pub(crate) fn atomic_instr(&mut self, o: Token, r: Token) -> Instr {
        let order = self.order(r) + 1;
        let (imm, aux) = self.take_memarg();
        self.instr(o, imm, aux | order << memarg::ORDER_SHIFT)
    }

    pub(crate) fn mem_lane_instr(&mut self, o: Token, l: Token) -> Instr {
        let lane = self.lane(l);
        let (imm, aux) = self.take_memarg();
        self.instr(o, imm, aux | lane << memarg::LANE_SHIFT)
    }

    pub(crate) fn lane_instr(&mut self, o: Token, l: Token) -> Instr {
        let lane = self.lane(l);
        self.instr(o, lane.into(), 0)
    }

    fn lane(&mut self, l: Token) -> u16 {
        self.unsigned(l, 8) as u16
    }

    /// Returns the byte of a memory order. Dialect: warns about the older spelling.
    fn order(&mut self, r: Token) -> u16 {
        if r.code >= 2 {
            let standard = if r.code == 2 { "seqcst" } else { "acqrel" };
            let message = format!("`{}` is an older spelling of `{standard}`", self.text(r.span()));
            self.diagnostics.push(Diagnostic::warning(Code::OldMemoryOrder, r.span(), message).with_fix(
                format!("write `{standard}`"),
                r.span(),
                standard,
            ));
        }
        r.code & 1
    }

    pub(crate) fn ordered_instr(&mut self, o: Token, r: Token, x: Idx) -> Instr {
        let order = self.order(r);
        self.instr(o, x.raw(), order)
    }

    pub(crate) fn ordered_2_instr(&mut self, o: Token, r: Token, x: Idx, y: Idx) -> Instr {
        let order = self.order(r);
        self.extra_instr(o, &[x.raw(), y.raw()], order)
    }

    pub(crate) fn fence_instr(&mut self, o: Token, r: Token) -> Instr {
        let order = self.order(r);
        self.instr(o, 0, order)
    }

    // --------------------------------------------------------------------------------- Constants

    #[inline]
    pub(crate) fn int_instr(&mut self, o: Token, n: Token) -> Instr {
        if o.op().immediates() == Immediates::I32 {
            let value = self.integer(n, 32);
            return self.instr(o, value as u32, 0);
        }
        let value = self.integer(n, 64);
        self.wide_instr(o, value)
    }

    fn wide_instr(&mut self, o: Token, value: u64) -> Instr {
        if i64::from(value as i32) == value as i64 {
            return self.instr(o, value as u32, 0);
        }
        self.extra_instr(o, &[value as u32, (value >> 32) as u32], 1)
    }

    pub(crate) fn float_instr(&mut self, o: Token, n: Token) -> Instr {
        if o.op().immediates() == Immediates::F32 {
            let bits = self.float(n, number::F32, "f32");
            return self.instr(o, bits as u32, 0);
        }
        let bits = self.float(n, number::F64, "f64");
        self.wide_instr(o, bits)
    }

    #[inline]
    pub(crate) fn num(&mut self, n: Token) {
        self.nums.push(n);
    }

    /// Takes the pending numbers. Reports an error at `at` if there are not `expected` numbers.
    pub(super) fn take_nums(&mut self, at: Token, expected: usize) -> Vec<Token> {
        let nums = std::mem::take(&mut self.nums);
        if nums.len() != expected {
            let message = format!("expected {expected} lanes, found {}", nums.len());
            let span = match nums.get(expected) {
                Some(first_too_many) => first_too_many.span(),
                None => at.span(),
            };
            self.error(Code::LaneCount, span, message);
        }
        nums
    }

    /// Takes the pending numbers as the lanes of a vector of the shape `s`.
    pub(super) fn vector(&mut self, s: Token) -> [u8; 16] {
        let (width, is_float) =
            [(1, false), (2, false), (4, false), (8, false), (4, true), (8, true)][usize::from(s.code)];
        let mut bytes = [0; 16];
        let nums = self.take_nums(s, 16 / width);
        for (lane, &n) in bytes.chunks_exact_mut(width).zip(&nums) {
            let value = match (is_float, width) {
                (false, _) => self.integer(n, 8 * width as u32),
                (true, 4) => self.float(n, number::F32, "f32"),
                (true, _) => self.float(n, number::F64, "f64"),
            };
            lane.copy_from_slice(&value.to_le_bytes()[..width]);
        }
        bytes
    }

    fn bytes_instr(&mut self, o: Token, bytes: [u8; 16]) -> Instr {
        self.extra_instr(o, &words_of(bytes), 0)
    }

    pub(crate) fn v128_instr(&mut self, o: Token, s: Token) -> Instr {
        let bytes = self.vector(s);
        self.bytes_instr(o, bytes)
    }

    pub(crate) fn shuffle_instr(&mut self, o: Token) -> Instr {
        let nums = self.take_nums(o, 16);
        let mut bytes = [0; 16];
        for (lane, &n) in bytes.iter_mut().zip(&nums) {
            if n.kind == TokenKind::Nat {
                *lane = self.lane(n) as u8;
            } else {
                let text = self.text(n.span());
                self.error(
                    Code::UnexpectedToken,
                    n.span(),
                    format!("expected an unsigned lane index, found `{text}`"),
                );
            }
        }
        self.bytes_instr(o, bytes)
    }

    // ------------------------------------------------------------------------------------- Types

    pub(crate) fn select_instr(&mut self, o: Token) -> Instr {
        let types = take(&mut self.results_taken, self.ast.val_types.len());
        self.extra_instr(o, &[types.start, types.end], 1)
    }

    pub(crate) fn type_instr(&mut self, o: Token, t: ValType) -> Instr {
        let at = self.ast.add_immediate_type(t);
        self.instr(o, at, 0)
    }

    /// Dialect: makes a reference type of a bare type index, with an optional `null` before it.
    pub(crate) fn bare_cast_type(&mut self, null: Option<Token>, x: Token) -> ValType {
        let span = null.unwrap_or(x).span().to(x.span());
        let (prefix, flag) = if null.is_some() { ("null ", flags::NULL) } else { ("", 0) };
        let standard = format!("(ref {prefix}{})", self.text(x.span()));
        self.diagnostics.push(
            Diagnostic::warning(
                Code::BareTypeIndex,
                span,
                "a bare type index for a reference type is an extension of the text format",
            )
            .with_fix(format!("write `{standard}`"), span, standard),
        );
        let idx = if x.kind == TokenKind::Nat { self.index(x) } else { self.name_index(x) };
        ValType { start: span.start, idx, code: 0, flags: flags::REF | flags::CONCRETE | flag }
    }

    pub(crate) fn br_on_cast_instr(&mut self, o: Token, l: Idx, t: ValType, u: ValType) -> Instr {
        let from = self.ast.add_immediate_type(t);
        let to = self.ast.add_immediate_type(u);
        self.extra_instr(o, &[l.raw(), from, to], 0)
    }

    pub(crate) fn call_indirect_instr(&mut self, o: Token, x: Idx, u: TypeUseId) -> Instr {
        self.refuse_param_names(u, "this instruction");
        self.extra_instr(o, &[x.raw(), u.0], 0)
    }

    pub(crate) fn handle(&mut self, x: Idx, l: Idx) {
        self.list.extend_from_slice(&[x.raw(), l.raw()]);
    }

    pub(crate) fn handle_switch(&mut self, x: Idx, _s: Token) {
        self.list.extend_from_slice(&[x.raw(), NONE]);
    }

    fn handlers_instr(&mut self, o: Token, heads: &[u32]) -> Instr {
        let at = self.ast.add_extra(heads);
        self.ast.add_extra(&[self.list.len() as u32 / 2]);
        self.take_list();
        self.instr(o, at, 0)
    }

    pub(crate) fn resume_instr(&mut self, o: Token, x: Idx) -> Instr {
        self.handlers_instr(o, &[x.raw()])
    }

    pub(crate) fn resume_throw_instr(&mut self, o: Token, x: Idx, y: Idx) -> Instr {
        self.handlers_instr(o, &[x.raw(), y.raw()])
    }
}
