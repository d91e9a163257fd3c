//! Instructions that were read before, by their bytes.

use super::instr::Instr;
use crate::instr::Op;

/// The logarithm of the number of slots.
const BITS: u32 = 11;
/// The number of instructions before any is kept: a small text is over before that pays. In debug builds few, so that
/// tests cover the table.
const FROM: u32 = if cfg!(debug_assertions) { 2 } else { 256 };
/// A bit of `aux` that no kept instruction has: immediates may follow that are not among its bytes.
const MAY_GO_ON: u64 = 1 << 63;

/// A memo table of instructions with their immediates. Names are those of the interner that the table belongs to.
#[derive(Default, Debug)]
pub(crate) struct InstrMemo {
    slots: Vec<Slot>,
    seen: u32,
}

#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
struct Slot {
    key: [u64; 2],
    /// The instruction but for its location.
    instr: u64,
}

/// The bytes of an instruction.
#[derive(Clone, Copy)]
pub(crate) struct Key {
    pub(crate) len: usize,
    /// The bytes, and their number in the last one.
    pub(crate) words: [u64; 2],
}

impl Key {
    #[inline(always)]
    fn slot(self) -> usize {
        let [a, b] = self.words;
        ((a ^ b.rotate_left(32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - BITS)) as usize
    }
}

impl InstrMemo {
    /// The instruction with these bytes, which starts at `start`; and whether immediates may follow.
    #[inline(always)]
    pub(crate) fn get(&self, key: Key, start: usize) -> Option<(Instr, bool)> {
        let slot = self.slots.get(key.slot()).filter(|slot| slot.key == key.words)?;
        let (imm, op) = (slot.instr as u32, Op::from_index((slot.instr >> 32) as u16));
        let aux = ((slot.instr & !MAY_GO_ON) >> 48) as u16;
        Some((Instr { start: start as u32, imm, op, aux }, slot.instr & MAY_GO_ON != 0))
    }

    pub(crate) fn put(&mut self, key: Key, instr: Instr, may_go_on: bool) {
        if self.seen < FROM {
            self.seen += 1;
            return;
        }
        if self.slots.is_empty() {
            // No key is all zeros.
            self.slots = vec![Slot { key: [0; 2], instr: 0 }; 1 << BITS];
        }
        if let Some(slot) = self.slots.get_mut(key.slot()) {
            let parts = u64::from(instr.imm) | u64::from(instr.op.index()) << 32 | u64::from(instr.aux) << 48;
            *slot = Slot { key: key.words, instr: parts | if may_go_on { MAY_GO_ON } else { 0 } };
        }
    }

    pub(crate) fn clear(&mut self) {
        *self = InstrMemo::default();
    }
}
