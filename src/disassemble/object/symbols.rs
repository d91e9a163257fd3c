//! The identifiers of symbols, and the annotations `@sym` of functions, globals, tables and tags.

use super::model::{Comdat, Kind, Object, SPACES, Symbol};
use super::strings::quoted;
use crate::lex::is_idchar;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use wasmparser::SymbolFlags;

/// The identifiers of all symbols and comdat groups of an object.
pub(super) struct Ids {
    /// The identifier of each symbol, without `$`. A symbol without a name has no identifier.
    symbols: Vec<Option<String>>,
    /// The symbols of each item, by [`Kind::space`] and index. The first is the primary symbol.
    items: [Vec<Vec<u32>>; SPACES],
    comdats: Vec<String>,
    /// The priority of each initialization function, by its symbol.
    inits: HashMap<u32, u32>,
    /// The group of each function.
    func_comdats: HashMap<u32, usize>,
    /// The group of each segment.
    segment_comdats: HashMap<u32, usize>,
    /// The symbols that relocations refer to.
    referenced: HashSet<u32>,
}

impl Ids {
    pub(super) fn new(object: &Object<'_>) -> Ids {
        let mut spaces = [(); SPACES + 1].map(|()| Unique::default());
        let mut items = object.counts.map(|count| vec![Vec::new(); count as usize]);
        let mut symbols = Vec::with_capacity(object.symbols.len());
        for (number, symbol) in (0..).zip(&object.symbols) {
            if let Some(space) = symbol.kind.space() {
                items[space][symbol.index as usize].push(number);
            }
            let space = spaces.get_mut(symbol.kind as usize);
            symbols.push(space.filter(|_| !symbol.name.is_empty()).map(|space| space.id(symbol.name)));
        }
        let mut groups = Unique::default();
        let group_of = |members: for<'c, 'n> fn(&'c Comdat<'n>) -> &'c [u32]| {
            let groups = object.comdats.iter().enumerate();
            groups
                .flat_map(|(group, comdat)| members(comdat).iter().map(move |member| (*member, group)))
                .collect()
        };
        let relocs = object.code_relocs.iter().chain(&object.data_relocs);
        Ids {
            symbols,
            items,
            comdats: object.comdats.iter().map(|comdat| groups.id(comdat.name)).collect(),
            inits: object.inits.iter().map(|(priority, symbol)| (*symbol, *priority)).collect(),
            func_comdats: group_of(|comdat| &comdat.funcs),
            segment_comdats: group_of(|comdat| &comdat.segments),
            referenced: relocs.map(|reloc| reloc.entry.index).collect(),
        }
    }

    /// The identifier of a symbol, without `$`.
    pub(super) fn of(&self, symbol: u32) -> Option<&str> {
        self.symbols.get(symbol as usize)?.as_deref()
    }

    /// The first symbol of an item.
    pub(super) fn primary(&self, kind: Kind, index: u32) -> Option<u32> {
        self.items[kind.space()?].get(index as usize)?.first().copied()
    }

    /// Writes a reference to a symbol: its identifier, or the index of its item.
    pub(super) fn reference(&self, object: &Object<'_>, symbol: u32) -> String {
        match (self.of(symbol), object.symbols.get(symbol as usize)) {
            (Some(id), _) => format!("${id}"),
            (None, symbol) => symbol.map_or(0, |symbol| symbol.index).to_string(),
        }
    }

    /// Writes the definitions of the comdat groups.
    pub(super) fn comdats<'a>(&'a self, object: &'a Object<'_>) -> impl Iterator<Item = String> + 'a {
        let groups = self.comdats.iter().zip(&object.comdats);
        groups.map(|(id, comdat)| format!("(@comdat ${id} {})", quoted(comdat.name.as_bytes())))
    }

    /// Writes the comdat group of a segment.
    pub(super) fn segment_comdat(&self, segment: u32) -> Option<String> {
        self.segment_comdats.get(&segment).map(|group| format!(" (comdat ${})", self.comdats[*group]))
    }

    /// Writes the annotations and exports of an item, each after a space. Symbols whose export has no text are appended
    /// to `not_exported`.
    pub(super) fn annotations(
        &self,
        object: &Object<'_>,
        kind: Kind,
        index: u32,
        not_exported: &mut Vec<u32>,
    ) -> String {
        let Some(numbers) = kind.space().and_then(|space| self.items[space].get(index as usize)) else {
            return String::new();
        };
        let export_of = |number: &u32| {
            let symbol = &object.symbols[*number as usize];
            (symbol.has(SymbolFlags::EXPORTED) && !symbol.is_undefined())
                .then(|| object.export_name(kind, index).unwrap_or(symbol.name))
        };
        let first_export = numbers.iter().find_map(export_of);
        let has_one_export = numbers.iter().filter_map(export_of).count() == 1;
        let mut annotations = String::new();
        let mut exports = String::new();
        for (position, &number) in numbers.iter().enumerate() {
            let symbol = &object.symbols[number as usize];
            let export = export_of(&number);
            if symbol.has(SymbolFlags::EXPORTED) && export.is_none() {
                not_exported.push(number);
            }
            let comdat =
                (kind == Kind::Func && position == 0).then(|| self.func_comdats.get(&index)).flatten();
            let default = first_export.filter(|_| position == 0).or(export);
            let quals = self.qualifiers(object, number, default, comdat.copied(), position == 0);
            match position {
                0 if quals.is_empty() => {}
                0 => _ = write!(annotations, " (@sym{quals})"),
                // Of several exports, each defines a symbol of its name.
                _ if export == Some(symbol.name)
                    && quals.is_empty()
                    && !has_one_export
                    && !self.referenced.contains(&number) => {}
                _ => {
                    let id = self.of(number).unwrap_or_default();
                    let name = quoted(symbol.name.as_bytes());
                    _ = write!(annotations, " (@sym ${id} (name {name}){quals})");
                }
            }
            if let Some(export) = export {
                _ = write!(exports, " (export {})", quoted(export.as_bytes()));
            }
        }
        annotations + &exports
    }

    /// Writes the qualifiers of a symbol that are not the default.
    fn qualifiers(
        &self,
        object: &Object<'_>,
        number: u32,
        default_name: Option<&str>,
        comdat: Option<usize>,
        is_primary: bool,
    ) -> String {
        let symbol = &object.symbols[number as usize];
        let mut out = String::new();
        if is_primary
            && !symbol.name.is_empty()
            && !has_default_name(object, symbol, self.of(number), default_name)
        {
            _ = write!(out, " (name {})", quoted(symbol.name.as_bytes()));
        }
        // A definition without a name is local.
        let is_implied = is_primary && symbol.name.is_empty() && default_name.is_none();
        out.push_str(binding(symbol.flags, is_implied));
        let is_exported = symbol.has(SymbolFlags::EXPORTED) && !symbol.is_undefined();
        if symbol.has(SymbolFlags::NO_STRIP) && !is_exported {
            out.push_str(" retain");
        }
        if let Some(priority) = self.inits.get(&number).filter(|_| !symbol.is_undefined()) {
            _ = write!(out, " (init_prio {priority})");
        }
        if let Some(comdat) = comdat {
            _ = write!(out, " (comdat ${})", self.comdats[comdat]);
        }
        out
    }
}

/// Writes the binding and visibility of a symbol.
pub(super) fn binding(flags: SymbolFlags, is_local_implied: bool) -> &'static str {
    let binding = flags & (SymbolFlags::BINDING_WEAK | SymbolFlags::BINDING_LOCAL);
    let is_local = binding == SymbolFlags::BINDING_LOCAL && !is_local_implied;
    let is_weak = binding == SymbolFlags::BINDING_WEAK;
    match (is_local, is_weak, flags.contains(SymbolFlags::VISIBILITY_HIDDEN)) {
        (true, _, false) => " local",
        (true, _, true) => " local hidden",
        (_, true, false) => " weak",
        (_, true, true) => " weak hidden",
        (_, _, true) => " hidden",
        _ => "",
    }
}

/// Whether the symbol has the name that it has without an annotation.
fn has_default_name(
    object: &Object<'_>,
    symbol: &Symbol<'_>,
    id: Option<&str>,
    export: Option<&str>,
) -> bool {
    if !symbol.is_undefined() {
        return export.or(id).unwrap_or_default() == symbol.name;
    }
    let import = symbol.kind.space().and_then(|space| object.imports[space].get(symbol.index as usize));
    let is_explicit = symbol.has(SymbolFlags::EXPLICIT_NAME);
    match import {
        Some(("env", field)) => *field == symbol.name && !is_explicit,
        Some((module, field)) => {
            is_explicit && symbol.name.strip_prefix(module) == Some(&format!(".{field}"))
        }
        None => true,
    }
}

/// Makes identifiers that are unique in an index space.
#[derive(Default)]
struct Unique {
    used: HashSet<String>,
    /// The number of identifiers made of a name.
    repeated: HashMap<String, u32>,
}

impl Unique {
    fn id(&mut self, name: &str) -> String {
        let is_idchar = |c| u8::try_from(c).is_ok_and(is_idchar);
        let mut id: String = name.chars().map(|c| if is_idchar(c) { c } else { '_' }).collect();
        // The printer reserves identifiers with this character.
        if id.starts_with('#') {
            id.insert(0, '_');
        }
        if self.used.insert(id.clone()) {
            return id;
        }
        let repeated = self.repeated.entry(id.clone()).or_default();
        loop {
            *repeated += 1;
            let other = format!("{id}.{repeated}");
            if self.used.insert(other.clone()) {
                return other;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Unique;

    #[test]
    fn identifiers_are_unique_and_have_valid_characters() {
        let mut unique = Unique::default();
        let ids = ["a b", "a_b", "a_b", "a_b.1", "#x", "ä"].map(|name| unique.id(name));
        assert_eq!(ids, ["a_b", "a_b.1", "a_b.2", "a_b.1.1", "_#x", "_"]);
    }
}
