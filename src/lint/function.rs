//! A function, as the checks see it.

use super::context::{Context, index_of, is_silenced, wide};
use super::finding::{Local, Site};
use super::place;
use crate::ast::{Ast, Func, Idx, IdxKind, Instr, TypeUse, has};
use crate::instr::Immediates;
use crate::lower::FuncLowerer;
use crate::resolve::IndexSpace;
use crate::span::Span;

/// A function that was lowered.
#[derive(Clone, Copy)]
pub(crate) struct Function<'a, 's> {
    pub(crate) cx: &'a Context<'a, 's>,
    pub(crate) ast: &'a Ast,
    pub(crate) func: &'a Func,
    pub(crate) index: u32,
    pub(crate) instrs: &'a [Instr],
    /// The lowerer, which knows the names that the function uses.
    pub(crate) lowerer: &'a FuncLowerer<'s>,
}

impl Function<'_, '_> {
    pub(super) fn site(&self, at: usize) -> Site {
        let Instr { start, op, .. } = self.instrs[at];
        Site { start, op }
    }

    /// Whether a leading `_` in a name suppresses warnings about what has the name.
    pub(super) fn is_silenced(&self, id: Option<Span>) -> bool {
        is_silenced(self.cx.symbols.source, id)
    }

    /// Whether a local is named after its initial value, so that it is meant to keep it.
    pub(super) fn is_named_like_default(&self, id: Option<Span>) -> bool {
        let Some(id) = id else { return false };
        let name = self.cx.symbols.source[id.range()].to_ascii_lowercase();
        ["zero", "null", "nil", "none", "empty", "default", "undef", "false", "dummy"]
            .iter()
            .any(|word| name.contains(word))
    }

    /// Whether the function catches exceptions.
    pub(super) fn has_try(&self) -> bool {
        let catches = |instr: &Instr| matches!(instr.op.immediates(), Immediates::Try | Immediates::TryTable);
        self.instrs.iter().any(catches)
    }

    /// Returns the value of an integer constant.
    pub(super) fn integer(&self, at: usize) -> Option<i64> {
        let instr = self.instrs.get(at)?;
        let source = self.cx.symbols.source;
        let end = place::operand(source, self.site(at))?.end as usize;
        let is_address = self.lowerer.addresses.binary_search(&instr.start).is_ok();
        if is_address || source[end..].trim_start().starts_with("(@reloc") {
            // A linker decides the value.
            return None;
        }
        match instr.op.immediates() {
            Immediates::I32 => Some((instr.imm as i32).into()),
            Immediates::I64 => Some(wide(self.ast, *instr)),
            _ => None,
        }
    }

    /// Whether the instruction is a constant with the value that a local has initially.
    pub(super) fn is_default(&self, at: usize) -> bool {
        let Some(instr) = self.instrs.get(at) else { return false };
        match instr.op.immediates() {
            Immediates::I32 | Immediates::F32 => instr.imm == 0,
            Immediates::I64 | Immediates::F64 => instr.aux == 0 && instr.imm == 0,
            Immediates::HeapType => true,
            Immediates::V128 => {
                let words = self.ast.extra.get(instr.imm as usize..instr.imm as usize + 4);
                words.is_some_and(|words| words.iter().all(|word| *word == 0))
            }
            _ => false,
        }
    }

    pub(super) fn is_default_before(&self, at: u32) -> bool {
        at > 0 && self.is_default(at as usize - 1)
    }

    /// Returns the position of the folded instruction that has the one at a position as its operand, directly or not, and
    /// starts after an offset.
    pub(super) fn outermost(&self, at: usize, after: u32) -> usize {
        /// The number of instructions that are searched.
        const MOST: usize = 100;
        let mut outermost = at;
        for (place, instr) in self.instrs.iter().enumerate().skip(at).take(MOST) {
            if matches!(instr.op.immediates(), Immediates::End | Immediates::Else) {
                break;
            }
            if instr.start > after && instr.start < self.instrs[outermost].start {
                outermost = place;
            }
        }
        outermost
    }

    /// Whether only initial values and jumps follow up to the end of the block. A function that never returns may need
    /// them for its type.
    pub(super) fn is_filler(&self, at: usize) -> bool {
        let rest = (at..).zip(&self.instrs[at..]);
        let mut rest = rest
            .take_while(|(_, instr)| !matches!(instr.op.immediates(), Immediates::End | Immediates::Else));
        rest.all(|(at, instr)| {
            self.is_default(at) || matches!(instr.op.mnemonic(), "return" | "unreachable" | "nop" | "drop")
        })
    }

    /// Returns the number of parameters, and the position of the first if they are written in the function.
    pub(super) fn params(&self) -> Option<(u32, Option<u32>)> {
        let TypeUse { params, inline, idx, .. } = self.ast.type_uses[self.func.type_use.0 as usize];
        if inline || idx.is_none() {
            return Some((params.len(), Some(params.start)));
        }
        let ty = self.cx.symbols.index(self.ast, idx, IndexSpace::Type, &mut Vec::new())?;
        Some((self.cx.symbols.param_count(ty)?, None))
    }

    /// Returns the local that an index use refers to.
    pub(super) fn local(&self, raw: u32) -> Option<Local> {
        let index = match Idx::from_raw(raw).get() {
            IdxKind::Number(number) => number,
            IdxKind::Name(slot) => self.lowerer.local(slot)?,
        };
        local_of(self, index)
    }

    /// Returns the first instruction that uses a local.
    pub(super) fn first_use(&self, index: u32) -> Option<Site> {
        let is_use = |instr: &Instr| {
            instr.op.immediates() == Immediates::Local
                && match Idx::from_raw(instr.imm).get() {
                    IdxKind::Number(number) => number == index,
                    IdxKind::Name(slot) => self.lowerer.local(slot) == Some(index),
                }
        };
        self.instrs.iter().position(is_use).map(|at| self.site(at))
    }

    /// Returns the index that an instruction refers to.
    pub(super) fn index_of(&self, raw: u32, space: IndexSpace) -> Option<u32> {
        index_of(self.cx, self.ast, raw, space)
    }

    /// Returns the number of the name of the label of a block.
    pub(super) fn label_of(&self, instr: Instr) -> Option<u32> {
        label_in(self.ast, instr)
    }

    /// Calls `f` for each label that an instruction may branch to.
    pub(super) fn for_each_label(&self, instr: Instr, mut f: impl FnMut(u32)) {
        let extra = |at: u32| self.ast.extra.get(at as usize).copied().unwrap_or(Idx::NONE.raw());
        // The position of the count of a list, and the words of each of its elements; the label is the last of them.
        let (list, words) = match instr.op.immediates() {
            Immediates::Label => return f(instr.imm),
            Immediates::BrOnCast => return f(extra(instr.imm)),
            Immediates::Labels => (instr.imm, 1),
            Immediates::TryTable => (instr.imm + 4, 3),
            Immediates::Resume => (instr.imm + 1, 2),
            Immediates::ResumeThrow => (instr.imm + 2, 2),
            _ => return,
        };
        let Some(items) = self.ast.extra.get(list as usize + 1..) else { return };
        for item in items.chunks_exact(words).take(extra(list) as usize) {
            let label = item[words - 1];
            if !Idx::from_raw(label).is_none() {
                f(label);
            }
        }
    }
}

/// Returns the number of the name of the label of a block.
pub(super) fn label_in(ast: &Ast, instr: Instr) -> Option<u32> {
    if instr.aux & has::EXTRA != 0 {
        return label_slot(*ast.extra.get(instr.imm as usize)?);
    }
    if instr.aux & LABEL_IN_IMM == 0 { None } else { label_slot(instr.imm) }
}

/// Returns the number of the name of a label, if the block has one.
fn label_slot(raw: u32) -> Option<u32> {
    let idx = Idx::from_raw(raw);
    match idx.get() {
        IdxKind::Name(slot) if !idx.is_none() => Some(slot),
        _ => None,
    }
}

/// The bits of `aux` that mean that the label is in `imm`.
const LABEL_IN_IMM: u16 = has::LABEL | has::RESULT;

/// The local with an index, if the function declares it or has it as a parameter.
fn local_of(function: &Function<'_, '_>, index: u32) -> Option<Local> {
    let (params, first) = function.params()?;
    let locals = function.func.locals;
    if index >= params {
        let at = locals.start.checked_add(index - params)?;
        let local = function.ast.params.get(at as usize).filter(|_| at < locals.end)?;
        return Some(Local { index, id: local.naming.id, is_param: false, ty: Some(local.ty) });
    }
    let param = first.and_then(|first| function.ast.params.get(first as usize + index as usize));
    Some(Local {
        index,
        id: param.and_then(|param| param.naming.id),
        is_param: true,
        ty: param.map(|p| p.ty),
    })
}
