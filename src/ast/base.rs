//! Values that nodes of every kind are made of.

use crate::span::Span;

/// A range of one of the arenas.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Run {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Run {
    pub(crate) fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    pub(crate) fn len(self) -> u32 {
        self.end - self.start
    }

    pub(crate) fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// The identifier of a definition, and its name for the name section.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Naming {
    /// The identifier with its dollar sign.
    pub(crate) id: Option<Span>,
    /// The string of an annotation `@name`.
    pub(crate) name: Option<Span>,
}
