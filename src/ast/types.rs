//! Types, as they are written.

use super::base::{Naming, Run};
use super::index::Idx;
use crate::span::Span;

/// A value type, storage type or heap type.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ValType {
    /// Where it starts.
    pub(crate) start: u32,
    /// The type it refers to, for [`flags::CONCRETE`].
    pub(crate) idx: Idx,
    /// The byte of the binary format: of a number type, or of an abstract heap type.
    pub(crate) code: u8,
    /// What kind it is.
    pub(crate) flags: u8,
}

/// What a [`ValType`] is, besides its code.
pub(crate) mod flags {
    /// A reference; without, it is a number, vector or packed type.
    pub(crate) const REF: u8 = 1;
    pub(crate) const NULL: u8 = 2;
    pub(crate) const SHARED: u8 = 4;
    /// The heap type is a type of the module.
    pub(crate) const CONCRETE: u8 = 8;
    pub(crate) const EXACT: u8 = 16;
    /// Of a field type: it can be set.
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
    /// The type referred to, or none.
    pub(crate) idx: Idx,
    /// Of [`crate::ast::Ast::params`].
    pub(crate) params: Run,
    /// Of [`crate::ast::Ast::val_types`].
    pub(crate) results: Run,
    /// Whether any `(param` or `(result` is written.
    pub(crate) inline: bool,
}

/// A number in [`crate::ast::Ast::type_uses`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TypeUseId(pub(crate) u32);

/// A field of a struct.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StructField {
    pub(crate) naming: Naming,
    /// Its type, perhaps with [`flags::MUT`].
    pub(crate) ty: ValType,
}

/// `comptype`
#[derive(Clone, Copy, Debug)]
pub(crate) enum CompType {
    Func(TypeUseId),
    /// Of [`crate::ast::Ast::struct_fields`].
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
    /// Of [`crate::ast::Ast::extra`], as raw [`Idx`].
    pub(crate) supers: Run,
    pub(crate) describes: Idx,
    pub(crate) descriptor: Idx,
}

/// Types defined together; of [`crate::ast::Ast::type_defs`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct RecGroup {
    pub(crate) types: Run,
    /// Whether `rec` is written.
    pub(crate) explicit: bool,
}

/// `limits`, with the address type.
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
    /// As a power of two.
    pub(crate) page_size: Option<u32>,
}

/// `globaltype`
#[derive(Clone, Copy, Debug)]
pub(crate) struct GlobalType {
    pub(crate) ty: ValType,
    pub(crate) mutable: bool,
    pub(crate) shared: bool,
}
