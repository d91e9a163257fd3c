//! Index spaces, and the symbols in each.

use crate::ast::ExternType;
use crate::lex::id_name;
use crate::span::Span;
use hashbrown::HashMap;
use std::borrow::Cow;

/// An index space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum IndexSpace {
    Type,
    Func,
    Table,
    Memory,
    Global,
    Tag,
    Elem,
    Data,
    Local,
    Label,
    Field,
}

impl IndexSpace {
    /// The index spaces of a module.
    pub(crate) const OF_MODULES: [IndexSpace; 8] = [
        IndexSpace::Type,
        IndexSpace::Func,
        IndexSpace::Table,
        IndexSpace::Memory,
        IndexSpace::Global,
        IndexSpace::Tag,
        IndexSpace::Elem,
        IndexSpace::Data,
    ];

    /// Returns the index space of an import or export.
    pub(crate) fn of(ty: &ExternType) -> IndexSpace {
        match ty {
            ExternType::Func { .. } => IndexSpace::Func,
            ExternType::Table(_) => IndexSpace::Table,
            ExternType::Memory(_) => IndexSpace::Memory,
            ExternType::Global(_) => IndexSpace::Global,
            ExternType::Tag(_) => IndexSpace::Tag,
        }
    }

    /// The keyword of a field that defines something in this index space.
    pub(crate) fn keyword(self) -> &'static str {
        match self {
            IndexSpace::Func => "func",
            IndexSpace::Elem => "elem",
            IndexSpace::Data => "data",
            other => other.describe(),
        }
    }

    /// The term for an element of this index space.
    pub(crate) fn describe(self) -> &'static str {
        match self {
            IndexSpace::Type => "type",
            IndexSpace::Func => "function",
            IndexSpace::Table => "table",
            IndexSpace::Memory => "memory",
            IndexSpace::Global => "global",
            IndexSpace::Tag => "tag",
            IndexSpace::Elem => "element segment",
            IndexSpace::Data => "data segment",
            IndexSpace::Local => "local",
            IndexSpace::Label => "label",
            IndexSpace::Field => "field",
        }
    }
}

/// The index of a name that two definitions have.
pub(crate) const AMBIGUOUS: u32 = u32::MAX;

/// The symbols of one index space.
#[derive(Default)]
pub(crate) struct Symbols<'s> {
    /// The index of each name, and the start of its identifier.
    map: HashMap<Cow<'s, str>, (u32, u32)>,
    len: u32,
}

impl<'s> Symbols<'s> {
    /// The number of definitions, with and without a name.
    pub(crate) fn len(&self) -> u32 {
        self.len
    }

    pub(crate) fn clear(&mut self) {
        self.map.clear();
        self.len = 0;
    }

    /// Skips `count` definitions without a name.
    pub(crate) fn skip(&mut self, count: u32) {
        self.len += count;
    }

    /// Returns the index of the definition with the identifier.
    pub(crate) fn get(&self, id: &str) -> Option<u32> {
        self.map.get(id_name(id).as_ref()).map(|(index, _)| *index)
    }

    /// Adds the next definition, and returns its index.
    ///
    /// # Errors
    ///
    /// The start of the identifier of the first definition with this name.
    pub(crate) fn define(&mut self, source: &'s str, id: Option<Span>) -> Result<u32, Span> {
        let index = self.len;
        self.len += 1;
        let Some(id) = id else { return Ok(index) };
        let (_, first) = self.map.entry(id_name(&source[id.range()])).or_insert((index, id.start));
        if *first == id.start { Ok(index) } else { Err(Span::new(*first, *first)) }
    }

    /// Adds a definition of which only the name matters.
    pub(crate) fn define_name(&mut self, name: Option<Cow<'s, str>>) {
        if let Some(name) = name {
            self.map.entry(name).or_insert((self.len, 0));
        }
        self.len += 1;
    }

    /// Makes the name ambiguous, because two definitions have it.
    pub(crate) fn confuse(&mut self, id: &str) {
        if let Some((index, _)) = self.map.get_mut(id_name(id).as_ref()) {
            *index = AMBIGUOUS;
        }
    }

    /// Whether a definition has the name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.map.contains_key(name)
    }

    /// Returns the first names in the order of their definitions, or `None` if there are too many to collect them for
    /// each error.
    pub(crate) fn first(&self) -> Option<Vec<&str>> {
        const MOST: usize = 12;
        if self.map.len() > 16 * MOST {
            return None;
        }
        let mut names: Vec<(u32, &str)> =
            self.map.iter().map(|(name, (index, _))| (*index, name.as_ref())).collect();
        names.sort_unstable();
        Some(names.into_iter().take(MOST).map(|(_, name)| name).collect())
    }

    /// The number of names.
    pub(crate) fn name_count(&self) -> usize {
        self.map.len()
    }

    /// Returns the start of the identifier of the definition with the name.
    pub(crate) fn start(&self, name: &str) -> Option<u32> {
        self.map.get(name).map(|(_, start)| *start)
    }

    /// The name, the index and the start of the identifier of each definition with a name, in no particular order.
    pub(crate) fn definitions(&self) -> impl Iterator<Item = (&str, u32, u32)> {
        self.map.iter().map(|(name, (index, start))| (name.as_ref(), *index, *start))
    }

    /// All names, in no particular order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.map.keys().map(|name| name.as_ref())
    }
}
