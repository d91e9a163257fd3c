//! Index uses: references to definitions by number or by name.

/// A reference to something by number or by name: `idx` of the text format.
///
/// Numbers from 2^31 on are kept among the names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Idx(u32);

impl Idx {
    /// No reference, where there may be none.
    pub(crate) const NONE: Idx = Idx(u32::MAX);
    const NAME: u32 = 1 << 31;

    /// The thing of that number, which is below 2^31.
    pub(crate) const fn number(number: u32) -> Idx {
        Idx(number)
    }

    /// What is written at `slot` of [`Ast::names`].
    pub(crate) const fn name(slot: u32) -> Idx {
        Idx(slot | Idx::NAME)
    }

    pub(crate) fn is_none(self) -> bool {
        self == Idx::NONE
    }

    pub(crate) fn get(self) -> IdxKind {
        if self.0 & Idx::NAME == 0 { IdxKind::Number(self.0) } else { IdxKind::Written(self.0 & !Idx::NAME) }
    }

    /// As it is kept in an instruction.
    pub(crate) const fn raw(self) -> u32 {
        self.0
    }

    pub(crate) const fn from_raw(raw: u32) -> Idx {
        Idx(raw)
    }
}

/// What an [`Idx`] is.
pub(crate) enum IdxKind {
    /// A number below 2^31.
    Number(u32),
    /// A slot of [`Ast::names`].
    Written(u32),
}
