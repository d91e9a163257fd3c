//! A cache of resolved names.

/// The index of one name in each of some index spaces.
pub(super) type Entry = [u32; 5];
pub(super) const LOCALS: usize = 0;
pub(super) const FUNCS: usize = 1;
pub(super) const GLOBALS: usize = 2;
/// For a label, the index is relative to the number of open blocks: see [`crate::lower::plain::of_height`].
pub(super) const LABELS: usize = 3;
pub(super) const TYPES: usize = 4;
/// The entry of a name that is not resolved yet.
pub(super) const NOT_YET: u32 = 1 << 31;

/// The indices of resolved names. Trees with interned names share it, since their names keep their numbers from one
/// function to the next.
#[derive(Default)]
pub(super) struct ResolveCache {
    is_on: bool,
    entries: Vec<Entry>,
    /// Names that were resolved to a local or label of the current function.
    own: Vec<u32>,
}

impl ResolveCache {
    pub(super) fn new() -> ResolveCache {
        ResolveCache { is_on: true, ..ResolveCache::default() }
    }

    /// Prepares for an expression of a tree with `names` names.
    pub(super) fn begin(&mut self, names: usize) {
        self.entries.resize(if self.is_on { names } else { 0 }, [NOT_YET; 5]);
    }

    /// Removes the locals and labels of the last function.
    pub(super) fn end_func(&mut self) {
        for id in self.own.drain(..) {
            if let Some(entry) = self.entries.get_mut(id as usize) {
                (entry[LOCALS], entry[LABELS]) = (NOT_YET, NOT_YET);
            }
        }
    }

    /// Removes everything, because names get new numbers.
    pub(super) fn clear(&mut self) {
        self.entries.clear();
        self.own.clear();
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Returns the index that a name was resolved to.
    #[inline]
    pub(super) fn get(&self, id: u32, space: usize) -> Option<u32> {
        self.entries.get(id as usize).map(|entry| entry[space]).filter(|&index| index != NOT_YET)
    }

    /// Records the index that a name was resolved to.
    #[inline]
    pub(super) fn set(&mut self, id: u32, space: usize, index: u32) {
        let Some(entry) = self.entries.get_mut(id as usize) else { return };
        entry[space] = index;
        if matches!(space, LOCALS | LABELS) {
            self.own.push(id);
        }
    }
}
