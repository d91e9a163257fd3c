//! Types.

use super::base::{Naming, Run};
use super::index::Idx;
use crate::span::Span;

/// A value type, storage type or heap type.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ValType {
    /// The start in the source text.
    pub(crate) start: u32,
    /// The referenced type, for [`flags::CONCRETE`].
    pub(crate) idx: Idx,
    /// The byte of a number type or of an abstract heap type in the binary format.
    pub(crate) code: u8,
    /// The bits of [`flags`].
    pub(crate) flags: u8,
}

/// The flags of a [`ValType`].
pub(crate) mod flags {
    /// A reference type. Without this flag, a number, vector or packed type.
    pub(crate) const REF: u8 = 1;
    pub(crate) const NULL: u8 = 2;
    pub(crate) const SHARED: u8 = 4;
    /// The heap type is a type index.
    pub(crate) const CONCRETE: u8 = 8;
    pub(crate) const EXACT: u8 = 16;
    /// For a field type: the field is mutable.
    pub(crate) const MUT: u8 = 32;
}

impl ValType {
    pub(crate) fn has(self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}

/// A parameter or a local.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Param {
    pub(crate) naming: Naming,
    pub(crate) ty: ValType,
}

/// `typeuse`, or the signature of a function type.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TypeUse {
    /// The type index, or [`Idx::NONE`].
    pub(crate) idx: Idx,
    /// In [`crate::ast::Ast::params`].
    pub(crate) params: Run,
    /// In [`crate::ast::Ast::val_types`].
    pub(crate) results: Run,
    /// Whether the source has a `(param` or `(result`.
    pub(crate) inline: bool,
}

/// A position in [`crate::ast::Ast::type_uses`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TypeUseId(pub(crate) u32);

/// A field of a struct.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StructField {
    pub(crate) naming: Naming,
    /// The type, which may have [`flags::MUT`].
    pub(crate) ty: ValType,
}

/// `comptype`
#[derive(Clone, Copy, Debug)]
pub(crate) enum CompType {
    Func(TypeUseId),
    /// In [`crate::ast::Ast::struct_fields`].
    Struct(Run),
    Array(ValType),
    Cont(Idx),
}

/// A type definition.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TypeDef {
    pub(crate) span: Span,
    pub(crate) naming: Naming,
    pub(crate) comp: CompType,
    pub(crate) is_final: bool,
    pub(crate) shared: bool,
    /// In [`crate::ast::Ast::extra`], as raw [`Idx`].
    pub(crate) supers: Run,
    pub(crate) describes: Idx,
    pub(crate) descriptor: Idx,
}

/// A group of recursive types, in [`crate::ast::Ast::type_defs`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct RecGroup {
    pub(crate) types: Run,
    /// Whether the source has `(rec`.
    pub(crate) explicit: bool,
}

/// `limits` with the address type.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Limits {
    pub(crate) is_64: bool,
    pub(crate) min: u64,
    pub(crate) max: Option<u64>,
}

/// `tabletype`
#[derive(Clone, Copy, Debug)]
pub(crate) struct TableType {
    pub(crate) limits: Limits,
    pub(crate) shared: bool,
    pub(crate) elem: ValType,
}

/// `memtype`
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct MemoryType {
    pub(crate) limits: Limits,
    pub(crate) shared: bool,
    /// The exponent of a power of two.
    pub(crate) page_size: Option<u32>,
}

/// `globaltype`
#[derive(Clone, Copy, Debug)]
pub(crate) struct GlobalType {
    pub(crate) ty: ValType,
    pub(crate) mutable: bool,
    pub(crate) shared: bool,
}
