//! The input and the result of making an object, and its relocations.

use super::annotations::Annotations;
use super::relocation::RelocationKind;
use crate::lower::{LoweredModule, Origins};
use crate::resolve::SymbolTable;

/// What an object is made of.
pub(crate) struct Input<'a, 's> {
    pub(crate) source: &'s str,
    pub(crate) module: &'a LoweredModule,
    pub(crate) table: &'a SymbolTable<'s>,
    pub(crate) notes: &'a Annotations,
    /// Whether the relocations are recorded for people.
    pub(crate) shows_relocations: bool,
}

/// An object.
pub(crate) struct Object {
    pub(crate) bytes: Vec<u8>,
    pub(crate) places: Origins,
}

/// A relocation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Relocation {
    pub(super) kind: &'static RelocationKind,
    /// The offset of the bytes: of code in the binary of the module, of data in its segment.
    pub(super) at: usize,
    /// The number of the symbol; of a type, its index.
    pub(super) symbol: u32,
    pub(super) addend: i64,
}
