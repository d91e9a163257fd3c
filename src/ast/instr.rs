//! Instructions: the row of the instruction table, the start in the source text, and the immediates as far as they fit.

use super::index::Idx;
use crate::instr::Op;

/// An instruction. The meaning of `imm` and `aux` depends on the kind of its immediates
/// ([`crate::instr::Immediates`]); *extra* is a position in [`crate::ast::Ast::extra`]:
///
/// | immediates | `imm` | `aux` |
/// |---|---|---|
/// | one index, optional or not | the index, or none | |
/// | two indices | extra: both | |
/// | labels | extra: count, labels | |
/// | memarg | the offset; or extra, see [`memarg`] | [`memarg`] |
/// | memarg and lane | like memarg | [`memarg`], the lane from bit 8 on |
/// | lane | the lane | |
/// | 32-bit constant | the bits | |
/// | 64-bit constant | the value if it fits; else extra: low and high half | 1 if extra |
/// | 128 bits | extra: four words | |
/// | `select` | extra: start and end in `val_types` | 1 if there are types |
/// | heap or reference type | a position in `immediate_types` | |
/// | `br_on_cast` | extra: label, two positions in `immediate_types` | |
/// | `call_indirect` | extra: table or none, type use | |
/// | `resume` | extra: type, count, per handler tag and label or none | |
/// | `resume_throw` | extra: type, tag, count, per handler tag and label or none | |
/// | with a memory order | as without the order | the order |
/// | `atomic.fence` | | the order |
/// | opens a block | the label or none; or extra: label, name, type use; `try_table`: also count, clauses | [`has`] |
/// | `else`, `end`, `catch`, `delegate` | the index, or none | |
#[derive(Clone, Copy, Debug)]
pub(crate) struct Instr {
    pub(crate) start: u32,
    pub(crate) imm: u32,
    pub(crate) op: Op,
    pub(crate) aux: u16,
}

/// The words of a vector in `extra`.
pub(crate) fn words_of(bytes: [u8; 16]) -> [u32; 4] {
    std::array::from_fn(|i| u32::from_le_bytes(std::array::from_fn(|j| bytes[4 * i + j])))
}

/// The bits of `aux` for an instruction that opens a block.
pub(crate) mod has {
    /// There is a label and nothing else; `imm` is the label.
    pub(crate) const LABEL: u16 = 1;
    /// `imm` is a position in extra: label or none; start and end of the string of the label's name, or
    /// none twice; type use or none.
    pub(crate) const EXTRA: u16 = 2;
    /// There is one result, whose type is a keyword. The high half of `aux` is its byte in the binary format; `imm` is
    /// the label or none.
    pub(crate) const RESULT: u16 = 4;
    pub(crate) const RESULT_SHIFT: u16 = 8;
}

/// The bits of `aux` for a memarg.
pub(crate) mod memarg {
    /// The mask of the alignment, which is the exponent of a power of two.
    pub(crate) const ALIGN: u16 = 0x3f;
    /// The value for the natural alignment.
    pub(crate) const NATURAL: u16 = 0x3f;
    /// `imm` is a position in extra: low and high half of the offset, memory or array type.
    pub(crate) const EXTRA: u16 = 0x40;
    /// The target is an array type, not a memory.
    pub(crate) const ARRAY: u16 = 0x80;
    /// The position of the order of an atomic instruction: 0 if it has none, otherwise its byte plus one.
    pub(crate) const ORDER_SHIFT: u16 = 8;
    /// The position of the lane.
    pub(crate) const LANE_SHIFT: u16 = 8;
}

/// The parts of a memarg during parsing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MemArg {
    pub(crate) offset: u64,
    pub(crate) align: u16,
    pub(crate) target: Idx,
    pub(crate) is_array: bool,
}

impl Default for MemArg {
    fn default() -> MemArg {
        MemArg { offset: 0, align: memarg::NATURAL, target: Idx::NONE, is_array: false }
    }
}
