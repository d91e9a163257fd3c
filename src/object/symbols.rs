//! The symbols of an object: names, flags, and the identifiers by which annotations refer to them.

use super::annotations::Annotations;
use super::entities::{Entities, Entity, Kind};
use super::fault::{Fault, FaultKind, Space, Target};
use super::parts::Parts;
use super::qualifiers::{Binding, Key, Qualifiers};
use crate::lex::id_name;
use crate::resolve::{IndexSpace, SymbolTable};
use crate::span::Span;
use hashbrown::HashMap;

pub(super) mod flags {
    pub(crate) const WEAK: u32 = 1;
    pub(crate) const LOCAL: u32 = 2;
    pub(crate) const HIDDEN: u32 = 4;
    pub(crate) const UNDEFINED: u32 = 0x10;
    pub(crate) const EXPORTED: u32 = 0x20;
    pub(crate) const EXPLICIT_NAME: u32 = 0x40;
    pub(crate) const NO_STRIP: u32 = 0x80;
    pub(crate) const TLS: u32 = 0x100;
    pub(crate) const ABSOLUTE: u32 = 0x200;
}

/// The name of the table of function pointers.
pub(crate) const FUNCTION_TABLE: &str = "__indirect_function_table";
/// The module of undefined symbols.
pub(super) const ENV: &str = "env";

/// A symbol.
#[derive(Clone, Debug)]
pub(super) struct Symbol {
    pub(super) space: Space,
    /// The index of the definition; for data, the segment.
    pub(super) index: u32,
    pub(super) name: String,
    pub(super) flags: u32,
    /// For data: the offset in the segment, and the size.
    pub(super) offset: u64,
    pub(super) size: u64,
    /// The place for errors.
    pub(super) at: Option<Span>,
}

impl Symbol {
    pub(super) fn has(&self, flag: u32) -> bool {
        self.flags & flag != 0
    }
}

/// The symbols of an object.
#[derive(Default)]
pub(super) struct Symbols {
    pub(super) list: Vec<Symbol>,
    /// The primary symbol of each definition, by space.
    primary: HashMap<(Space, u32), u32>,
    funcs: Vec<u32>,
    /// The names of symbols that are not local, and why they have them.
    names: HashMap<String, (u32, Named)>,
    /// The symbols with an identifier of their own, and where it is, by space.
    ids: HashMap<Space, HashMap<String, (u32, Span)>>,
    /// The functions with a priority among the functions that initialize, and their symbols.
    pub(super) inits: Vec<(u32, u32)>,
    /// The members of each comdat: the position of the comdat, a kind, and an index.
    pub(super) comdats: Vec<(usize, u8, u32)>,
    /// The entries of the export section: name, kind and index.
    pub(super) exports: Vec<(String, u32)>,
}

/// Why a symbol has its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// By an annotation.
    Annotation,
    /// By an export or an import.
    Module,
    /// By an identifier.
    Identifier,
}

/// The input for symbols.
pub(super) struct Naming<'a, 's> {
    pub(super) source: &'s str,
    pub(super) parts: &'a Parts<'a>,
    pub(super) table: &'a SymbolTable<'s>,
    pub(super) entities: &'a Entities<'a>,
    pub(super) notes: &'a Annotations,
}

impl Symbols {
    pub(super) fn primary(&self, space: Space, index: u32) -> Option<u32> {
        match space {
            Space::Func => self.funcs.get(index as usize).copied().filter(|&symbol| symbol != u32::MAX),
            _ => self.primary.get(&(space, index)).copied(),
        }
    }

    pub(super) fn get(&self, symbol: u32) -> Option<&Symbol> {
        self.list.get(symbol as usize)
    }

    /// Returns the symbol with an identifier of its own.
    pub(super) fn with_id(&self, space: Space, id: &str) -> Option<u32> {
        self.ids.get(&space)?.get(id_name(id).as_ref()).map(|(symbol, _)| *symbol)
    }

    pub(super) fn set_primary(&mut self, space: Space, index: u32, symbol: u32) {
        if space == Space::Func {
            let len = self.funcs.len().max(index as usize + 1);
            self.funcs.resize(len, u32::MAX);
            self.funcs[index as usize] = symbol;
        } else {
            self.primary.insert((space, index), symbol);
        }
    }

    /// Adds a symbol to which annotations refer by an identifier, and returns its number. A second one with the
    /// identifier is local, so that its name is not reported, too.
    pub(super) fn add_with_id(
        &mut self,
        source: &str,
        mut symbol: Symbol,
        id: Span,
        named: Named,
        faults: &mut Vec<Fault>,
    ) -> u32 {
        let name = id_name(&source[id.range()]).into_owned();
        let ids = self.ids.entry(symbol.space).or_default();
        match ids.get(&name) {
            Some(&(_, first)) => {
                faults.push(Fault { at: id, kind: FaultKind::DuplicateId { first } });
                symbol.flags |= flags::LOCAL;
            }
            None => _ = ids.insert(name, (self.list.len() as u32, id)),
        }
        self.add(symbol, named, faults)
    }

    /// Adds a symbol, and returns its number. A symbol with an identifier as its name becomes local if another symbol
    /// has the name.
    pub(super) fn add(&mut self, mut symbol: Symbol, named: Named, faults: &mut Vec<Fault>) -> u32 {
        let number = self.list.len() as u32;
        if !symbol.has(flags::LOCAL) {
            match self.names.get(&symbol.name) {
                None => _ = self.names.insert(symbol.name.clone(), (number, named)),
                Some(&(first, named_first)) => {
                    let (name, first) = (symbol.name.clone(), self.list[first as usize].at);
                    let (at, first) = match (named, named_first) {
                        // The annotation is wrong, not the identifier.
                        (Named::Identifier, Named::Annotation) => (first, symbol.at),
                        _ => (symbol.at, first),
                    };
                    let is_given = named == Named::Identifier && named_first != Named::Annotation;
                    if let Some(at) = at {
                        let kind = match is_given {
                            true => FaultKind::LocalBecauseOf { name, first },
                            false => FaultKind::DuplicateSymbol { name, first },
                        };
                        faults.push(Fault { at, kind });
                    }
                    symbol.flags |= flags::LOCAL;
                }
            }
        }
        self.list.push(symbol);
        number
    }
}

impl Naming<'_, '_> {
    /// Returns the symbols of all functions, globals, tables and tags.
    pub(super) fn symbols(&self, faults: &mut Vec<Fault>) -> Symbols {
        let mut symbols = Symbols::default();
        let exports = self.exports();
        let ids: [Vec<Option<(&str, u32)>>; 4] = Kind::ALL.map(|kind| self.ids_of(kind.index_space()));
        // Names by identifier come last, since they give way to others.
        let mut by_id = Vec::new();
        for entity in self.entities.all() {
            let explicit = self.explicit(&entity, faults);
            let id = ids[entity.kind as usize].get(entity.index as usize).copied().flatten();
            let names = exports.get(&(entity.kind, entity.index)).map_or(&[][..], Vec::as_slice);
            if entity.import.is_none() && explicit.name.is_none() && names.is_empty() {
                by_id.push((entity, explicit, id));
                continue;
            }
            self.entity(&entity, &explicit, names, &mut symbols, faults);
        }
        for (entity, explicit, id) in by_id {
            let local = explicit.flags & flags::LOCAL != 0 || id.is_none();
            let symbol = Symbol {
                space: entity.kind.space(),
                index: entity.index,
                name: id.map_or_else(String::new, |(name, _)| name.to_owned()),
                flags: explicit.flags | if local { flags::LOCAL } else { 0 },
                offset: 0,
                size: 0,
                at: Some(
                    explicit
                        .at
                        .unwrap_or_else(|| id.map_or(entity.span, |(_, start)| Span::new(start, start))),
                ),
            };
            let number = symbols.add(symbol, Named::Identifier, faults);
            symbols.set_primary(entity.kind.space(), entity.index, number);
            self.more(&entity, &explicit, number, &mut symbols, faults);
        }
        symbols
    }

    /// Returns the names of the exports of each definition, with their places.
    fn exports(&self) -> HashMap<(Kind, u32), Vec<(&str, Span)>> {
        let mut exports: HashMap<_, Vec<_>> = HashMap::new();
        for (nth, export) in self.parts.exports.iter().enumerate() {
            if let Some(kind) = Kind::of_export(export.kind) {
                let at = self.entities.export(nth);
                exports.entry((kind, export.index)).or_default().push((export.name, at));
            }
        }
        exports
    }

    /// Returns the identifier of each definition of an index space, decoded, and its start.
    fn ids_of(&self, space: IndexSpace) -> Vec<Option<(&str, u32)>> {
        let names = self.table.names(space);
        let mut ids = vec![None; names.len() as usize];
        for (name, index, start) in names.definitions() {
            if let Some(id) = ids.get_mut(index as usize) {
                *id = Some((name, start));
            }
        }
        ids
    }

    /// Adds the symbols of an import, or of a definition with exports or a name of its own.
    fn entity(
        &self,
        entity: &Entity<'_>,
        explicit: &Explicit<'_>,
        exports: &[(&str, Span)],
        symbols: &mut Symbols,
        faults: &mut Vec<Fault>,
    ) {
        let space = entity.kind.space();
        let index = entity.index;
        let at = explicit.name.map_or(entity.span, |(_, at)| at);
        let base = Symbol {
            space,
            index,
            name: String::new(),
            flags: explicit.flags,
            offset: 0,
            size: 0,
            at: Some(at),
        };
        let named = if explicit.name.is_some() { Named::Annotation } else { Named::Module };
        if let Some((module, field)) = entity.import {
            let mut symbol = Symbol { flags: base.flags | flags::UNDEFINED, ..base };
            symbol.name = match (explicit.name, module) {
                (Some((name, _)), _) => name.to_owned(),
                (None, ENV) => field.to_owned(),
                (None, _) => format!("{module}.{field}"),
            };
            if explicit.name.is_some() || module != ENV {
                symbol.flags |= flags::EXPLICIT_NAME;
            }
            // The same import twice is one symbol.
            if let Some(&(first, _)) = symbols.names.get(&symbol.name)
                && self.is_same_import(entity, &symbols.list[first as usize])
            {
                if space == Space::Table {
                    faults.push(Fault { at: entity.span, kind: FaultKind::SecondTableImport });
                }
                symbols.set_primary(space, index, first);
                return self.more(entity, explicit, first, symbols, faults);
            }
            let number = symbols.add(symbol, named, faults);
            symbols.set_primary(space, index, number);
            return self.more(entity, explicit, number, symbols, faults);
        }
        const EXPORTED: u32 = flags::EXPORTED | flags::NO_STRIP;
        if let Some(&(_, at)) = exports.first().filter(|_| explicit.flags & flags::LOCAL != 0) {
            faults.push(Fault { at, kind: FaultKind::LocalExport });
        }
        let mut rest = exports;
        let mut symbol = base.clone();
        match explicit.name {
            Some((name, _)) => {
                symbol.name = name.to_owned();
                if exports.iter().any(|(export, _)| *export == name) {
                    symbol.flags |= EXPORTED;
                } else if let ([(export, _)], Space::Func) = (exports, space) {
                    symbols.exports.push(((*export).to_owned(), index));
                    symbol.flags |= EXPORTED;
                    rest = &[];
                }
            }
            None => {
                if let Some((&(name, at), more)) = exports.split_first() {
                    symbol = Symbol {
                        name: name.to_owned(),
                        flags: symbol.flags | EXPORTED,
                        at: Some(at),
                        ..symbol
                    };
                    rest = more;
                }
            }
        }
        let own = symbol.name.clone();
        let number = symbols.add(symbol, named, faults);
        symbols.set_primary(space, index, number);
        for &(name, at) in rest.iter().filter(|(name, _)| *name != own) {
            if space == Space::Table {
                faults.push(Fault { at, kind: FaultKind::SecondTableSymbol });
            }
            let symbol =
                Symbol { name: name.to_owned(), flags: base.flags | EXPORTED, at: Some(at), ..base.clone() };
            symbols.add(symbol, Named::Module, faults);
        }
        self.more(entity, explicit, number, symbols, faults);
    }

    /// Whether a symbol is that of another import with the same names and type.
    fn is_same_import(&self, entity: &Entity<'_>, first: &Symbol) -> bool {
        let other = self.entities.get(entity.kind, first.index);
        first.has(flags::UNDEFINED)
            && first.space == entity.kind.space()
            && other.is_some_and(|other| other.import == entity.import && other.ty == entity.ty)
    }

    /// Adds what else the annotations of a definition declare: identifiers, further symbols, the priority of an
    /// initializing function, and the comdat.
    fn more(
        &self,
        entity: &Entity<'_>,
        explicit: &Explicit<'_>,
        primary: u32,
        symbols: &mut Symbols,
        faults: &mut Vec<Fault>,
    ) {
        let space = entity.kind.space();
        for head in &explicit.further {
            let Some(id) = head.id else { continue };
            if space == Space::Table {
                faults.push(Fault { at: head.at, kind: FaultKind::SecondTableSymbol });
            }
            let mut flags = flags_of(&head.qualifiers, entity.target(), faults);
            let name = match head.qualifiers.string(Key::Name) {
                Some((name, _)) => name.to_owned(),
                None => id_name(&self.source[id.range()]).into_owned(),
            };
            if entity.import.is_some() {
                flags |= flags::UNDEFINED | flags::EXPLICIT_NAME;
            }
            let at = head.qualifiers.string(Key::Name).map_or(head.at, |(_, at)| at);
            let mut symbol =
                Symbol { space, index: entity.index, name, flags, offset: 0, size: 0, at: Some(at) };
            let number = if let Some(index) =
                self.table.names(entity.kind.index_space()).get(&self.source[id.range()])
            {
                let first = self.entities.get(entity.kind, index).map_or(id, |entity| entity.span);
                faults.push(Fault { at: id, kind: FaultKind::DuplicateId { first } });
                symbol.flags |= flags::LOCAL;
                symbols.add(symbol, Named::Annotation, faults)
            } else {
                symbols.add_with_id(self.source, symbol, id, Named::Annotation, faults)
            };
            self.init(&head.qualifiers, entity, number, symbols, faults);
        }
        if let Some(head) = explicit.primary {
            self.init(&head.qualifiers, entity, primary, symbols, faults);
        }
        let heads = explicit.further.iter().copied().chain(explicit.primary);
        let mut first = None;
        for head in heads.chain(explicit.comdats.iter().copied()) {
            let Some(at) = head.qualifiers.comdat() else { continue };
            match first.replace(at) {
                Some(first) => faults.push(Fault { at, kind: FaultKind::SecondComdat(first) }),
                None => self.comdat(&head.qualifiers, at, entity, symbols, faults),
            }
        }
    }

    fn init(
        &self,
        qualifiers: &Qualifiers,
        entity: &Entity<'_>,
        symbol: u32,
        symbols: &mut Symbols,
        faults: &mut Vec<Fault>,
    ) {
        let Some((priority, at)) = qualifiers.number(Key::Priority) else { return };
        if entity.kind != Kind::Func || entity.import.is_some() {
            return;
        }
        if !entity.has_empty_signature {
            faults.push(Fault { at, kind: FaultKind::InitSignature });
        }
        match u32::try_from(priority) {
            Ok(priority) => symbols.inits.push((priority, symbol)),
            Err(_) => faults.push(Fault { at, kind: FaultKind::TooLarge }),
        }
    }

    fn comdat(
        &self,
        qualifiers: &Qualifiers,
        comdat: Span,
        entity: &Entity<'_>,
        symbols: &mut Symbols,
        faults: &mut Vec<Fault>,
    ) {
        /// The kind of functions in comdats.
        const FUNC: u8 = 1;
        if entity.kind != Kind::Func || entity.import.is_some() {
            faults.push(Fault { at: comdat, kind: FaultKind::ComdatOf(entity.target()) });
            return;
        }
        match self.notes.comdat(self.source, qualifiers) {
            Some(comdat) => symbols.comdats.push((comdat, FUNC, entity.index)),
            None => faults.push(Fault { at: comdat, kind: FaultKind::UnknownComdat }),
        }
    }

    /// Reads the annotations of a definition.
    fn explicit<'n>(&'n self, entity: &Entity<'_>, faults: &mut Vec<Fault>) -> Explicit<'n> {
        let mut explicit = Explicit::default();
        for head in self.notes.heads_in(entity.span) {
            if head.is_comdat {
                explicit.comdats.push(head);
            } else if head.id.is_some() {
                explicit.further.push(head);
            } else if let Some(first) = explicit.at.replace(head.at) {
                faults.push(Fault { at: head.at, kind: FaultKind::SecondPrimary(first) });
                explicit.at = Some(first);
            } else {
                explicit.flags = flags_of(&head.qualifiers, entity.target(), faults);
                explicit.name = head.qualifiers.string(Key::Name);
                explicit.primary = Some(head);
            }
        }
        explicit
    }
}

/// The annotations of a definition.
#[derive(Default)]
struct Explicit<'n> {
    /// The annotation of the primary symbol.
    at: Option<Span>,
    flags: u32,
    name: Option<(&'n str, Span)>,
    primary: Option<&'n super::annotations::Head>,
    /// The annotations of further symbols.
    further: Vec<&'n super::annotations::Head>,
    comdats: Vec<&'n super::annotations::Head>,
}

/// Returns the flags that qualifiers set. Reports those that the target cannot have.
pub(super) fn flags_of(qualifiers: &Qualifiers, target: Target, faults: &mut Vec<Fault>) -> u32 {
    qualifiers.check(target, faults);
    let mut flags = 0;
    match qualifiers.binding() {
        Some((Binding::Local, at)) => {
            flags |= flags::LOCAL;
            match target {
                Target::FuncImport | Target::OtherImport(_) | Target::DataImport => {
                    faults.push(Fault { at, kind: FaultKind::LocalImport });
                }
                _ => {}
            }
        }
        Some((Binding::Weak, at)) => {
            flags |= flags::WEAK;
            if let Target::OtherImport(_) = target {
                faults.push(Fault { at, kind: FaultKind::WeakImport(target) });
            }
        }
        Some((Binding::Global, _)) | None => {}
    }
    if qualifiers.is_hidden() {
        flags |= flags::HIDDEN;
    }
    if qualifiers.has(Key::Retain) {
        flags |= flags::NO_STRIP;
    }
    if qualifiers.has(Key::ThreadLocal) {
        flags |= flags::TLS;
    }
    flags
}
