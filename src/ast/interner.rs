//! Interned identifiers of a tree.

use super::index::Idx;
use super::memo::InstrMemo;
use crate::span::Span;
use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;
use std::ops::Index;

/// Identifiers of the source text, and numbers too large for an [`Idx`]. An [`Idx`] holds the position in the list.
#[derive(Default, Debug)]
pub(crate) struct Interner {
    spans: Vec<Span>,
    /// The positions of interned identifiers, by spelling.
    ids: HashTable<u32>,
    hasher: DefaultHashBuilder,
    /// Instructions that refer to these names.
    pub(crate) memo: InstrMemo,
}

impl Interner {
    /// Returns the index of an identifier. Equal spellings have equal indices. `source` must be the same in all calls.
    #[cfg_attr(for_size, optimize(speed))]
    pub(crate) fn intern(&mut self, source: &[u8], span: Span) -> Idx {
        let Interner { spans, ids, hasher, .. } = self;
        let name = &source[span.range()];
        let spelling = |&id: &u32| &source[spans[id as usize].range()];
        let hash = |name: &[u8]| hasher.hash_one(name);
        match ids.entry(hash(name), |id| spelling(id) == name, |id| hash(spelling(id))) {
            Entry::Occupied(entry) => Idx::name(*entry.get()),
            Entry::Vacant(entry) => {
                let id = spans.len() as u32;
                entry.insert(id);
                spans.push(span);
                Idx::name(id)
            }
        }
    }

    /// Adds one use of an identifier without interning it, so that the use keeps its own location.
    pub(crate) fn add(&mut self, span: Span) -> Idx {
        self.spans.push(span);
        Idx::name(self.spans.len() as u32 - 1)
    }

    pub(crate) fn len(&self) -> usize {
        self.spans.len()
    }

    pub(crate) fn get(&self, id: usize) -> Option<&Span> {
        self.spans.get(id)
    }

    pub(crate) fn clear(&mut self) {
        self.spans.clear();
        self.ids.clear();
        self.memo.clear();
    }
}

impl Index<usize> for Interner {
    type Output = Span;

    fn index(&self, id: usize) -> &Span {
        &self.spans[id]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_spellings_have_equal_indices() {
        let source: String = (0..4000).map(|n| format!("$name_{} ", n % 1000)).collect();
        let mut interner = Interner::default();
        let mut ids = Vec::new();
        let mut start = 0;
        for name in source.split_inclusive(' ') {
            let span = Span::new(start, start + name.len() as u32 - 1);
            ids.push(interner.intern(source.as_bytes(), span).raw());
            start += name.len() as u32;
        }
        assert_eq!(interner.len(), 1000);
        for (n, id) in ids.iter().enumerate() {
            assert_eq!(*id, ids[n % 1000]);
        }
        let first = Span::new(0, 7);
        assert_ne!(interner.add(first).raw(), ids[0]);
        assert_eq!(interner.intern(source.as_bytes(), first).raw(), ids[0]);
    }
}
