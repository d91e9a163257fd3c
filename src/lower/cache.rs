//! The indices that names of the tree were resolved to.

/// The index of one name in each of some index spaces.
pub(super) type Entry = [u32; 5];
pub(super) const LOCALS: usize = 0;
pub(super) const FUNCS: usize = 1;
pub(super) const GLOBALS: usize = 2;
/// Of a label, the number of blocks that are open makes the index: see [`crate::lower::plain::of_height`].
pub(super) const LABELS: usize = 3;
pub(super) const TYPES: usize = 4;
/// The index of a name that was not resolved yet.
pub(super) const NOT_YET: u32 = 1 << 31;

/// Keeps what names were resolved to: a module has few names and uses them often. For trees whose names are shared
/// by all uses and keep their numbers from one function to the next.
#[derive(Default)]
pub(super) struct ResolveCache {
    is_on: bool,
    entries: Vec<Entry>,
    /// Names that were resolved to something of this function.
    own: Vec<u32>,
}

impl ResolveCache {
    pub(super) fn new() -> ResolveCache {
        ResolveCache { is_on: true, ..ResolveCache::default() }
    }

    /// Begins an expression of a tree with so many names.
    pub(super) fn begin(&mut self, names: usize) {
        self.entries.resize(if self.is_on { names } else { 0 }, [NOT_YET; 5]);
    }

    /// Forgets what is a function's own.
    pub(super) fn end_func(&mut self) {
        for id in self.own.drain(..) {
            if let Some(entry) = self.entries.get_mut(id as usize) {
                (entry[LOCALS], entry[LABELS]) = (NOT_YET, NOT_YET);
            }
        }
    }

    /// Forgets all, as the numbers of names change.
    pub(super) fn clear(&mut self) {
        self.entries.clear();
        self.own.clear();
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What a name was resolved to.
    #[inline]
    pub(super) fn get(&self, id: u32, space: usize) -> Option<u32> {
        self.entries.get(id as usize).map(|entry| entry[space]).filter(|&index| index != NOT_YET)
    }

    /// Keeps what a name was resolved to.
    #[inline]
    pub(super) fn set(&mut self, id: u32, space: usize, index: u32) {
        let Some(entry) = self.entries.get_mut(id as usize) else { return };
        entry[space] = index;
        if matches!(space, LOCALS | LABELS) {
            self.own.push(id);
        }
    }
}
