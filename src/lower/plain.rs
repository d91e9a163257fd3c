//! Encodes plain instructions by a table, without a branch that depends on the instruction: the processor could not
//! predict it.

use super::cache::{Entry, FUNCS, GLOBALS, LABELS, LOCALS, NOT_YET, TYPES};
use crate::ast::{Idx, IdxKind, Instr, memarg};
use crate::instr::{Immediates, Op};

/// The encoding of an instruction with common immediates.
#[derive(Clone, Copy)]
pub(super) struct Plain {
    /// The opcode, perhaps with a constant byte after it, and the number of these bytes.
    head: u32,
    head_len: u8,
    /// The number of blocks that it opens; -1 if it closes one.
    opens: i8,
    /// The value of `aux` that it must have.
    aux: u16,
    /// The bits of `imm` that it must have, as far as `fixed` has a bit.
    imm: u32,
    fixed: u32,
    /// The index space of a symbolic operand, as a position in [`Entry`]; for labels, a mask that adds the block depth.
    space: u8,
    is_label: u32,
    /// A mask: all bits if `imm` is encoded after the head, else none; and a mask for signed numbers.
    is_encoded: u32,
    is_signed: u32,
}

/// Placeholder for instructions that the table cannot encode. It matches no instruction.
const OTHER: Plain = Plain {
    head: 0,
    head_len: 0,
    opens: 0,
    aux: u16::MAX,
    imm: 0,
    fixed: 0,
    space: u8::MAX,
    is_label: 0,
    is_encoded: 0,
    is_signed: 0,
};

type Table = [Plain; Op::COUNT];

/// Returns the table of modules, or that of objects, which lacks the instructions with an index that a linker changes.
pub(super) fn table(for_object: bool) -> &'static Table {
    if for_object { &OF_OBJECTS } else { &PLAIN }
}

static OF_OBJECTS: Table = {
    let mut table = PLAIN;
    let mut row = 0;
    while let Some(op) = Op::nth(row) {
        if let Immediates::Func | Immediates::Global | Immediates::Type = op.immediates() {
            table[row] = OTHER;
        }
        row += 1;
    }
    table
};

static PLAIN: Table = {
    let mut table = [OTHER; Op::COUNT];
    let mut row = 0;
    while let Some(op) = Op::nth(row) {
        let (opcode, len) = op.row().encoding;
        let opcode = u32::from_le_bytes(opcode);
        let alone = Plain { head: opcode, head_len: len, aux: 0, ..OTHER };
        let with_number = Plain { is_encoded: u32::MAX, ..alone };
        // The high bit is clear in a numeric index; a missing index has all bits set.
        let with_index = Plain { fixed: 1 << 31, ..with_number };
        let without_label = Plain { imm: Idx::NONE.raw(), fixed: u32::MAX, ..alone };
        table[row] = match op.immediates() {
            Immediates::No => alone,
            // The encoding could exceed eight bytes.
            _ if len > 2 => OTHER,
            Immediates::Label => Plain { space: LABELS as u8, is_label: u32::MAX, ..with_index },
            Immediates::Local => Plain { space: LOCALS as u8, ..with_index },
            Immediates::Func => Plain { space: FUNCS as u8, ..with_index },
            Immediates::Global => Plain { space: GLOBALS as u8, ..with_index },
            Immediates::Type => Plain { space: TYPES as u8, ..with_index },
            Immediates::I32 => Plain { is_signed: u32::MAX, ..with_number },
            Immediates::MemArg(natural) => {
                let head = opcode | (natural as u32) << (8 * len);
                Plain { head, head_len: len + 1, aux: memarg::NATURAL, ..with_number }
            }
            Immediates::Block | Immediates::If => {
                Plain { head: opcode | EMPTY << (8 * len), head_len: len + 1, opens: 1, ..without_label }
            }
            Immediates::Else => without_label,
            Immediates::End => Plain { opens: -1, ..without_label },
            _ => OTHER,
        };
        row += 1;
    }
    table
};

/// An empty block type.
const EMPTY: u32 = 0x40;

/// The maximum size of an instruction encoded by the table, in bytes.
const LONGEST: usize = 8;

/// Returns the cache entry for the label of a block at a depth. Adding the depth of an instruction yields the label
/// index.
pub(super) fn of_height(height: u32) -> u32 {
    u32::MAX.wrapping_sub(height)
}

/// The nesting of blocks at an instruction.
#[derive(Default)]
pub(super) struct Depth {
    /// The number of open blocks.
    pub(super) now: u32,
    /// The number of blocks that the table must not close: those up to the innermost with a label.
    pub(super) least: u32,
    /// The number of blocks opened so far.
    pub(super) opened: u32,
}

/// Appends the bytes of all instructions before the first that the table cannot encode, and returns their number.
/// The symbol table must not be tolerant.
#[cfg_attr(for_size, optimize(speed))]
pub(super) fn encode(
    table: &Table,
    instrs: &[Instr],
    found: &[Entry],
    depth: &mut Depth,
    out: &mut Vec<u8>,
) -> usize {
    let mut taken = 0;
    let mut buffer = [0; 128];
    loop {
        let mut len = 0;
        let mut is_full = false;
        for instr in &instrs[taken..] {
            let Some(room) = buffer[len..].first_chunk_mut() else {
                is_full = true;
                break;
            };
            let Some(added) = encode_one(table, instr, found, depth, room) else { break };
            len += added;
            taken += 1;
        }
        // Copying the whole buffer is faster than copying only the used part.
        let end = out.len() + len;
        out.extend_from_slice(&buffer);
        out.truncate(end);
        if !is_full {
            return taken;
        }
    }
}

/// Encodes an instruction, and returns its size in bytes, or `None` if the table cannot encode it.
#[inline(always)]
fn encode_one(
    table: &Table,
    instr: &Instr,
    found: &[Entry],
    depth: &mut Depth,
    out: &mut [u8; LONGEST],
) -> Option<usize> {
    let plain = &table[usize::from(instr.op.index())];
    let mut imm = instr.imm;
    if (imm ^ plain.imm) & plain.fixed != 0 {
        let IdxKind::Name(slot) = Idx::from_raw(imm).get() else { return None };
        imm = *found.get(slot as usize)?.get(usize::from(plain.space))?;
        if imm == NOT_YET {
            return None;
        }
        imm = imm.wrapping_add(depth.now & plain.is_label);
    }
    if instr.aux != plain.aux || (plain.opens < 0 && depth.now <= depth.least) {
        return None;
    }
    depth.now = depth.now.wrapping_add_signed(plain.opens.into());
    depth.opened += u32::from(plain.opens > 0);
    let value = imm & plain.is_encoded;
    let sign = (value as i32 >> 31) as u32 & plain.is_signed;
    let (bytes, len) = leb_of(value, sign, plain.is_signed & 1);
    let len = len & plain.is_encoded as usize;
    let both = u64::from(plain.head) | bytes << (8 * plain.head_len);
    *out = both.to_le_bytes();
    Some(usize::from(plain.head_len) + len)
}

/// Encodes an unsigned number as LEB128, and returns the bytes and their number.
#[inline]
pub(super) fn leb(value: u32) -> (u64, usize) {
    leb_of(value, 0, 0)
}

/// By the number of bits: the number of LEB128 bytes, and their continuation bits.
static LEB: [(u8, u64); 34] = {
    let mut table = [(1, 0); 34];
    let mut bits = 1;
    while bits < 34 {
        let len = (bits as u8).div_ceil(7);
        table[bits] = (len, 0x80_8080_8080 & ((1 << (8 * (len - 1))) - 1));
        bits += 1;
    }
    table
};

/// Encodes a 33-bit signed number: `value` holds the low 32 bits, `sign` is all zeros or all ones. `more` is the number
/// of sign bits to encode.
#[inline(always)]
fn leb_of(value: u32, sign: u32, more: u32) -> (u64, usize) {
    let bits = u32::BITS - (value ^ sign).leading_zeros() + more;
    let (len, followed) = LEB[bits as usize % LEB.len()];
    let value = u64::from(value) | u64::from(sign) << 32;
    let mut bytes = 0;
    for group in 0..5 {
        bytes |= value << group & 0x7f << (8 * group);
    }
    // Remove the sign bits after the last byte.
    (bytes & u64::MAX >> (64 - 8 * len) | followed, len.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::Encode;

    #[test]
    fn numbers_are_as_the_encoder_has_them() {
        let near_powers = (0..32).flat_map(|bit| [-1i64, 0, 1].map(|more| (1i64 << bit) + more));
        for number in near_powers.chain([0, u32::MAX.into()]) {
            let value = number as u32;
            let mut wanted = Vec::new();
            value.encode(&mut wanted);
            let (bytes, len) = leb(value);
            assert_eq!(bytes.to_le_bytes()[..len], wanted, "{value}");
            for value in [value as i32, (value as i32).wrapping_neg()] {
                let mut wanted = Vec::new();
                value.encode(&mut wanted);
                let (bytes, len) = leb_of(value as u32, (value >> 31) as u32, 1);
                assert_eq!(bytes.to_le_bytes()[..len], wanted, "{value}");
            }
        }
    }
}
