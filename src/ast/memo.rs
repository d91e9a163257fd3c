//! A memo table: decoded instructions by their bytes.

use super::instr::Instr;
use crate::instr::Op;

/// The logarithm of the number of slots.
const BITS: u32 = 11;
/// The number of insertions to ignore before the table is allocated, so that small inputs never allocate it. It is
/// small in debug builds, so that tests cover the table.
const IGNORED: u32 = if cfg!(debug_assertions) { 2 } else { 256 };
/// A bit of `aux` that no stored instruction has set. It marks keys after which further immediates may follow.
const MORE_MAY_FOLLOW: u64 = 1 << 63;

/// A memo table of instructions with their immediates. Name indices refer to the interner that owns the table.
#[derive(Default, Debug)]
pub(crate) struct InstrMemo {
    slots: Vec<Slot>,
    seen: u32,
}

#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
struct Slot {
    key: [u64; 2],
    /// The instruction without its location.
    instr: u64,
}

/// The bytes of an instruction, as the key of the table.
#[derive(Clone, Copy)]
pub(crate) struct Key {
    pub(crate) len: usize,
    /// The bytes, with their number in the last byte.
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
    /// Looks up the instruction with these bytes at `start`. Also returns whether further immediates may follow. Returns
    /// `None` if the table does not have it.
    #[inline(always)]
    #[cfg_attr(for_size, optimize(speed))]
    pub(crate) fn get(&self, key: Key, start: usize) -> Option<(Instr, bool)> {
        let slot = self.slots.get(key.slot()).filter(|slot| slot.key == key.words)?;
        let (imm, op) = (slot.instr as u32, Op::from_index((slot.instr >> 32) as u16));
        let aux = ((slot.instr & !MORE_MAY_FOLLOW) >> 48) as u16;
        Some((Instr { start: start as u32, imm, op, aux }, slot.instr & MORE_MAY_FOLLOW != 0))
    }

    /// Stores an instruction under its key.
    #[cfg_attr(for_size, optimize(speed))]
    pub(crate) fn put(&mut self, key: Key, instr: Instr, more_may_follow: bool) {
        if self.seen < IGNORED {
            self.seen += 1;
            return;
        }
        if self.slots.is_empty() {
            // No key is all zeros.
            self.slots = vec![Slot { key: [0; 2], instr: 0 }; 1 << BITS];
        }
        if let Some(slot) = self.slots.get_mut(key.slot()) {
            let parts = u64::from(instr.imm) | u64::from(instr.op.index()) << 32 | u64::from(instr.aux) << 48;
            *slot = Slot { key: key.words, instr: parts | if more_may_follow { MORE_MAY_FOLLOW } else { 0 } };
        }
    }

    pub(crate) fn clear(&mut self) {
        *self = InstrMemo::default();
    }
}
