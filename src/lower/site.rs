//! The places in code that a linker changes, for objects. Numbers at such places are padded to their largest size, so
//! that a linker can overwrite them.

use crate::resolve::IndexSpace;
use wasm_encoder::{Encode, HeapType, RefType, ValType};

/// The size of a padded number of 32 bits.
pub(crate) const PADDED: usize = 5;
/// The size of a padded number of 64 bits.
pub(crate) const PADDED_64: usize = 10;

/// The kind of a place that a linker changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SiteKind {
    Func,
    Global,
    Table,
    Tag,
    Type,
    /// The number of `i32.const` or `i64.const`.
    Number32,
    Number64,
    /// The offset of an access to a memory with addresses of 32 or 64 bits.
    Offset32,
    Offset64,
    /// The index of a data segment or element segment, or of a second memory. A linker cannot change it.
    Fixed(IndexSpace),
}

impl SiteKind {
    /// Returns the kind of an index of this index space. `None` for indices that a linker never changes.
    pub(super) fn of(space: IndexSpace) -> Option<SiteKind> {
        Some(match space {
            IndexSpace::Func => SiteKind::Func,
            IndexSpace::Global => SiteKind::Global,
            IndexSpace::Table => SiteKind::Table,
            IndexSpace::Tag => SiteKind::Tag,
            IndexSpace::Type => SiteKind::Type,
            IndexSpace::Data | IndexSpace::Elem => SiteKind::Fixed(space),
            _ => return None,
        })
    }
}

/// A place that a linker changes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Site {
    /// The offset of the number.
    pub(crate) at: u32,
    /// The start of the keyword of the instruction.
    pub(crate) start: u32,
    pub(crate) kind: SiteKind,
}

/// The places of expressions, in order.
#[derive(Default)]
pub(crate) struct Sites {
    pub(crate) list: Vec<Site>,
}

impl Sites {
    /// Writes an index and records its place.
    #[inline]
    pub(super) fn index(&mut self, kind: SiteKind, start: u32, index: u32, out: &mut Vec<u8>) {
        self.list.push(Site { at: out.len() as u32, start, kind });
        match kind {
            SiteKind::Fixed(_) => index.encode(out),
            _ => out.extend_from_slice(&padded(index)),
        }
    }

    /// Writes a number or offset that is an address, and records its place.
    pub(super) fn address(&mut self, kind: SiteKind, start: u32, value: i64, out: &mut Vec<u8>) {
        self.list.push(Site { at: out.len() as u32, start, kind });
        match kind {
            SiteKind::Offset32 => out.extend_from_slice(&padded(value as u32)),
            SiteKind::Offset64 => out.extend_from_slice(&padded_64(value as u64)),
            SiteKind::Number64 => out.extend_from_slice(&padded_signed_64(value)),
            _ => out.extend_from_slice(&padded_signed(value as i32)),
        }
    }

    pub(super) fn heap_type(&mut self, heap_type: HeapType, start: u32, out: &mut Vec<u8>) {
        /// The first byte of an exact heap type.
        const EXACT: u8 = 0x62;
        match heap_type {
            HeapType::Concrete(index) => self.index(SiteKind::Type, start, index, out),
            HeapType::Exact(index) => {
                out.push(EXACT);
                self.index(SiteKind::Type, start, index, out);
            }
            HeapType::Abstract { .. } => heap_type.encode(out),
        }
    }

    pub(super) fn val_type(&mut self, t: ValType, start: u32, out: &mut Vec<u8>) {
        /// The first bytes of reference types.
        const NULLABLE: u8 = 0x63;
        const NON_NULL: u8 = 0x64;
        match t {
            ValType::Ref(RefType { nullable, heap_type: HeapType::Concrete(_) | HeapType::Exact(_) }) => {
                out.push(if nullable { NULLABLE } else { NON_NULL });
                let ValType::Ref(RefType { heap_type, .. }) = t else { return };
                self.heap_type(heap_type, start, out);
            }
            _ => t.encode(out),
        }
    }

    /// Removes the places from an offset on.
    pub(super) fn truncate(&mut self, at: u32) {
        while self.list.last().is_some_and(|site| site.at >= at) {
            self.list.pop();
        }
    }
}

/// Returns a padded unsigned number. It is also a padded signed number of 33 bits.
#[inline]
pub(crate) fn padded(value: u32) -> [u8; PADDED] {
    pad(value.into())
}

/// Returns a padded signed number.
pub(crate) fn padded_signed(value: i32) -> [u8; PADDED] {
    pad(value.into())
}

/// Returns a padded unsigned number of 64 bits.
pub(crate) fn padded_64(value: u64) -> [u8; PADDED_64] {
    pad(value.into())
}

/// Returns a padded signed number of 64 bits.
pub(crate) fn padded_signed_64(value: i64) -> [u8; PADDED_64] {
    pad(value.into())
}

/// Returns a number in `N` groups of seven bits.
#[inline]
fn pad<const N: usize>(value: i128) -> [u8; N] {
    std::array::from_fn(|nth| (value >> (7 * nth)) as u8 & 0x7f | if nth < N - 1 { 0x80 } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasmparser::BinaryReader;

    #[test]
    fn padded_numbers_have_their_values() {
        for value in [0, 1, -1, 63, 64, -64, -65, i32::MAX, i32::MIN, 0x1234_5678] {
            assert_eq!(BinaryReader::new(&padded_signed(value), 0).read_var_i32().unwrap(), value);
            assert_eq!(BinaryReader::new(&padded(value as u32), 0).read_var_u32().unwrap(), value as u32);
            assert_eq!(
                BinaryReader::new(&padded(value as u32), 0).read_var_s33().unwrap(),
                i64::from(value as u32)
            );
        }
        for value in [0, 1, -1, i64::MAX, i64::MIN, 0x1234_5678_9abc_def0] {
            assert_eq!(BinaryReader::new(&padded_signed_64(value), 0).read_var_i64().unwrap(), value);
            assert_eq!(BinaryReader::new(&padded_64(value as u64), 0).read_var_u64().unwrap(), value as u64);
        }
    }
}
