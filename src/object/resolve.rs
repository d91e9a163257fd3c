//! Resolves the symbols of relocations.

use super::fault::{Fault, FaultKind, Space};
use super::reloc::{Reloc, SymbolRef};
use super::relocation::Method;
use super::symbols::Symbols;
use crate::resolve::{IndexSpace, SymbolTable, written_number};
use crate::span::Span;

/// Resolves symbols of annotations.
pub(super) struct Resolver<'a, 's> {
    pub(super) source: &'s str,
    pub(super) table: &'a SymbolTable<'s>,
    pub(super) symbols: &'a Symbols,
}

impl Space {
    /// The index space with the identifiers of the symbols; data symbols have none.
    pub(crate) fn index_space(self) -> Option<IndexSpace> {
        Some(match self {
            Space::Func => IndexSpace::Func,
            Space::Global => IndexSpace::Global,
            Space::Table => IndexSpace::Table,
            Space::Tag => IndexSpace::Tag,
            Space::Type => IndexSpace::Type,
            Space::Data => return None,
        })
    }
}

impl Method {
    /// The space of the symbols of a method.
    pub(crate) fn space(self) -> Option<Space> {
        Some(match self {
            Method::FuncTable | Method::Func | Method::CodeSegment => Space::Func,
            Method::Data => Space::Data,
            Method::Global => Space::Global,
            Method::Table => Space::Table,
            Method::Tag => Space::Tag,
            Method::Type => Space::Type,
            Method::CodeSection | Method::DataSection | Method::CustomSection => return None,
        })
    }
}

impl Resolver<'_, '_> {
    /// Returns the symbol with an identifier or the primary symbol of an index.
    pub(super) fn find(&self, space: Space, symbol: SymbolRef) -> Option<u32> {
        match symbol {
            SymbolRef::Number(index, _) => self.symbols.primary(space, index),
            SymbolRef::Id(at) => {
                let id = &self.source[at.range()];
                self.symbols.with_id(space, id).or_else(|| {
                    let index = self.table.names(space.index_space()?).get(id)?;
                    self.symbols.primary(space, index)
                })
            }
        }
    }

    /// Returns the index of the type whose identifier or number is written in a place.
    pub(super) fn type_index(&self, at: Span) -> Option<u32> {
        let text = &self.source[at.range()];
        written_number(text).or_else(|| self.table.names(IndexSpace::Type).get(text))
    }

    /// Returns the symbol and the method of a relocation. `allowed` has the methods that it can have. Reports why there
    /// is no symbol.
    pub(super) fn resolve(
        &self,
        reloc: &Reloc,
        allowed: &[Method],
        faults: &mut Vec<Fault>,
    ) -> Option<(u32, Method)> {
        let fault = |at: Span, kind| Fault { at, kind };
        if let Some((method, at)) = reloc.method
            && !allowed.contains(&method)
        {
            let expected = allowed.to_vec();
            faults.push(fault(at, FaultKind::WrongMethod { found: method, expected }));
            return None;
        }
        let Some(symbol) = reloc.symbol else {
            faults.push(fault(reloc.at, FaultKind::NoSymbol));
            return None;
        };
        let at = symbol.at();
        let searched = match &reloc.method {
            Some((method, _)) => std::slice::from_ref(method),
            None => allowed,
        };
        let mut found: Vec<(u32, Method)> = Vec::new();
        for &method in searched {
            if let Some(space) = method.space()
                && let Some(symbol) = self.find(space, symbol)
                && found.iter().all(|(other, _)| *other != symbol)
            {
                found.push((symbol, method));
            }
        }
        match &found[..] {
            [found] => return Some(*found),
            [] => {}
            several => {
                let spaces = several.iter().filter_map(|(_, method)| method.space()).collect();
                faults.push(fault(at, FaultKind::AmbiguousSymbol(spaces)));
                return None;
            }
        }
        let other = Space::OF_SYMBOLS.into_iter().find(|space| {
            let is_id = matches!(symbol, SymbolRef::Id(_));
            is_id && self.find(*space, symbol).is_some()
        });
        if let Some(found) = other {
            faults.push(fault(at, FaultKind::WrongKind { found, expected: searched[0] }));
        } else if let SymbolRef::Id(id) = symbol
            && self.table.names(IndexSpace::Data).get(&self.source[id.range()]).is_some()
        {
            faults.push(fault(at, FaultKind::SegmentNotSymbol));
        } else {
            let mut spaces: Vec<Space> = searched.iter().filter_map(|method| method.space()).collect();
            spaces.dedup();
            faults.push(fault(at, FaultKind::UnknownSymbol(spaces)));
        }
        None
    }
}
