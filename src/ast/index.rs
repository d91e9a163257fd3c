//! Index uses: references to definitions by number or by name.

/// A reference to a definition by number or by name: `idx` of the text format.
///
/// Numbers from 2^31 on are stored as names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Idx(u32);

impl Idx {
    /// The value for an optional index that is missing.
    pub(crate) const NONE: Idx = Idx(u32::MAX);
    const NAME: u32 = 1 << 31;

    /// The index with this number, which must be below 2^31.
    pub(crate) const fn number(number: u32) -> Idx {
        Idx(number)
    }

    /// The name with this number in [`Ast::names`](crate::ast::Ast::names).
    pub(crate) const fn name(id: u32) -> Idx {
        Idx(id | Idx::NAME)
    }

    pub(crate) fn is_none(self) -> bool {
        self == Idx::NONE
    }

    /// Distinguishes numbers from names. The index must not be [`Idx::NONE`].
    pub(crate) fn get(self) -> IdxKind {
        if self.0 & Idx::NAME == 0 { IdxKind::Number(self.0) } else { IdxKind::Name(self.0 & !Idx::NAME) }
    }

    /// The index as a word of an instruction.
    pub(crate) const fn raw(self) -> u32 {
        self.0
    }

    /// The inverse of [`Idx::raw`].
    pub(crate) const fn from_raw(raw: u32) -> Idx {
        Idx(raw)
    }
}

/// The two kinds of [`Idx`].
pub(crate) enum IdxKind {
    /// A number below 2^31.
    Number(u32),
    /// A position in [`Ast::names`](crate::ast::Ast::names).
    Name(u32),
}
