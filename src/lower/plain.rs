//! Instructions whose bytes depend on nothing but themselves: nine of ten.

use crate::ast::{Idx, IdxKind, Instr, memarg};
use crate::instr::{Immediates, Op};

/// How an instruction is encoded if what it has is usual.
#[derive(Clone, Copy)]
struct Plain {
    opcode: u64,
    opcode_len: u8,
    imm: Imm,
}

/// What stands behind the opcode.
#[derive(Clone, Copy)]
enum Imm {
    /// What depends on something else.
    Other,
    No,
    /// The index of something in the function.
    Own,
    /// The index of a field of the module.
    Field,
    Signed,
    /// An offset and an alignment, of which the natural one is given.
    MemArg(u8),
    /// An empty block type, if there is no label.
    Open,
    /// Nothing, if there is no label.
    Part,
    /// The same, and a block ends.
    Close,
}

static PLAIN: [Plain; Op::COUNT] = {
    let mut table = [Plain { opcode: 0, opcode_len: 0, imm: Imm::Other }; Op::COUNT];
    let mut row = 0;
    while let Some(op) = Op::nth(row) {
        let (bytes, len) = op.row().encoding;
        let imm = match op.immediates() {
            Immediates::No => Imm::No,
            // What is here would not be eight bytes.
            _ if len > 2 => Imm::Other,
            Immediates::Local | Immediates::Label => Imm::Own,
            Immediates::Func | Immediates::Global => Imm::Field,
            Immediates::I32 => Imm::Signed,
            Immediates::MemArg(natural) => Imm::MemArg(natural),
            Immediates::Block | Immediates::If => Imm::Open,
            Immediates::Else => Imm::Part,
            Immediates::End => Imm::Close,
            _ => Imm::Other,
        };
        table[row] = Plain { opcode: u32::from_le_bytes(bytes) as u64, opcode_len: len, imm };
        row += 1;
    }
    table
};

/// An empty block type.
const EMPTY: u64 = 0x40;

/// The most bytes that are encoded here of one instruction.
const LONGEST: usize = 8;

/// The blocks around an instruction.
#[derive(Default)]
pub(super) struct Depth {
    /// How many there are.
    pub(super) now: u32,
    /// How many of them must stay open here: the innermost with a label, and those around it.
    pub(super) least: u32,
    /// How many were opened.
    pub(super) opened: u32,
}

/// Appends the bytes of all instructions up to the first that is not as usual, and tells how many these are.
/// If something in the module is faulty, no index of anything in it is as usual.
pub(super) fn encode(instrs: &[Instr], is_faulty: bool, depth: &mut Depth, out: &mut Vec<u8>) -> usize {
    let mut taken = 0;
    while taken < instrs.len() {
        let mut buffer = [0; 512];
        let mut len = 0;
        let before = taken;
        for instr in &instrs[taken..] {
            let Some(room) = buffer[len..].first_chunk_mut() else { break };
            let Some(added) = encode_one(instr, is_faulty, depth, room) else { break };
            len += added;
            taken += 1;
        }
        out.extend_from_slice(&buffer[..len]);
        if len + LONGEST <= buffer.len() || taken == before {
            break;
        }
    }
    taken
}

/// Encodes one instruction if it is as usual, and tells how many bytes it has.
#[inline(always)]
fn encode_one(instr: &Instr, is_faulty: bool, depth: &mut Depth, out: &mut [u8; LONGEST]) -> Option<usize> {
    let &Instr { imm, aux, op, .. } = instr;
    let Plain { opcode, opcode_len, imm: kind } = PLAIN[usize::from(op.index())];
    let mut put = |bytes: u64, len: usize| {
        let both = opcode | bytes << (8 * opcode_len);
        *out = both.to_le_bytes();
        Some(usize::from(opcode_len) + len)
    };
    match kind {
        Imm::No => put(0, 0),
        Imm::Own | Imm::Field => {
            let IdxKind::Number(number) = Idx::from_raw(imm).get() else { return None };
            if is_faulty && matches!(kind, Imm::Field) {
                return None;
            }
            let (bytes, len) = leb(number);
            put(bytes, len)
        }
        Imm::Signed => {
            let (bytes, len) = leb_signed(imm as i32);
            put(bytes, len)
        }
        Imm::MemArg(natural) => {
            let align = match aux {
                memarg::NATURAL => natural,
                0..16 => aux as u8,
                _ => return None,
            };
            let (bytes, len) = leb(imm);
            put(u64::from(align) | bytes << 8, 1 + len)
        }
        Imm::Open if aux == 0 && Idx::from_raw(imm).is_none() => {
            depth.now += 1;
            depth.opened += 1;
            put(EMPTY, 1)
        }
        Imm::Part if Idx::from_raw(imm).is_none() => put(0, 0),
        Imm::Close if Idx::from_raw(imm).is_none() && depth.now > depth.least => {
            depth.now -= 1;
            put(0, 0)
        }
        _ => None,
    }
}

/// An unsigned number as LEB128, and how many bytes that has.
#[inline(always)]
pub(super) fn leb(value: u32) -> (u64, usize) {
    match value {
        0..0x80 => (value.into(), 1),
        _ => long_leb(value.into(), u32::BITS - value.leading_zeros()),
    }
}

/// The same of a signed number.
#[inline(always)]
fn leb_signed(value: i32) -> (u64, usize) {
    match value {
        -0x40..0x40 => (u64::from(value as u8 & 0x7f), 1),
        // One bit more, for the sign.
        _ => long_leb(i64::from(value) as u64, u32::BITS + 1 - (value ^ value >> 31).leading_zeros()),
    }
}

/// The lowest bits of a number, so many of them.
#[inline]
fn long_leb(value: u64, bits: u32) -> (u64, usize) {
    let len = bits.div_ceil(7);
    let mut bytes = 0;
    for group in 0..5 {
        bytes |= (value >> (7 * group) & 0x7f) << (8 * group);
    }
    let kept = (1 << (8 * len)) - 1;
    // All bytes but the last say that another one follows.
    let followed = 0x80_8080_8080 & (kept >> 8);
    (bytes & kept | followed, len as usize)
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
                let (bytes, len) = leb_signed(value);
                assert_eq!(bytes.to_le_bytes()[..len], wanted, "{value}");
            }
        }
    }
}
