//! The relocations of code.

use super::annotations::{CodeReloc, Part};
use super::data::addend_of;
use super::entry::{Input, Relocation};
use super::fault::{Fault, FaultKind, Space};
use super::parts::read_u32;
use super::reloc::{Reloc, SymbolRef};
use super::relocation::{Format, Method, Modifier, relocation};
use super::resolve::Resolver;
use super::symbols::{Symbol, flags};
use super::types::Types;
use crate::lower::{Site, SiteKind};
use crate::span::Span;
use hashbrown::{HashMap, HashSet};

/// The opcode of `ref.func`.
const REF_FUNC: u8 = 0xd2;

/// The relocations of code, and what they need.
#[derive(Default)]
pub(super) struct Code {
    /// The relocations, with offsets in the binary.
    pub(super) entries: Vec<Relocation>,
    /// The symbols of the functions of `ref.func`, in the order of their first use.
    pub(super) referred: Vec<u32>,
    pub(super) has_table: bool,
}

/// Returns the relocations of code.
pub(super) fn relocations(
    input: &Input<'_, '_>,
    resolver: &Resolver<'_, '_>,
    types: &Types,
    faults: &mut Vec<Fault>,
) -> Code {
    let mut notes: Vec<&CodeReloc> = Vec::new();
    for note in &input.notes.code {
        match note.part {
            Part::Type(at) => {
                let index = resolver.type_index(at);
                index_symbol(&note.reloc, Method::Type, index, resolver, faults);
            }
            _ => notes.push(note),
        }
    }
    // The annotations of an instruction come after those of its operands.
    notes.sort_by_key(|note| note.start);
    let by_start: HashMap<u32, &[&CodeReloc]> =
        notes.chunk_by(|one, next| one.start == next.start).map(|own| (own[0].start, own)).collect();
    let mut code = Code::default();
    let mut seen = HashSet::new();
    let bytes = &input.module.bytes;
    let mut own: &[&CodeReloc] = &[];
    // The number of the index among those of its kind in the instruction.
    let mut counts: Vec<(SiteKind, u32)> = Vec::new();
    let mut start = u32::MAX;
    for site in &input.module.sites {
        if site.start != start {
            start = site.start;
            own = by_start.get(&start).copied().unwrap_or_default();
            counts.clear();
        }
        let at = site.at as usize;
        let Some((method, space)) = index_method(site.kind) else {
            let note = own.iter().find(|note| note.part == Part::Address);
            if let Some(entry) = note.and_then(|note| address(site, &note.reloc, bytes, resolver, faults)) {
                code.entries.push(entry);
            }
            continue;
        };
        let index = read_u32(bytes, at);
        let opcode = bytes.get(at.wrapping_sub(1)).copied();
        code.has_table |= site.kind == SiteKind::Table;
        let mut symbol = match space {
            Space::Type => Some(types.index(index)),
            _ => resolver.symbols.primary(space, index),
        };
        if !own.is_empty() {
            let nth = match counts.iter_mut().find(|(kind, _)| *kind == site.kind) {
                Some((_, count)) => {
                    *count += 1;
                    *count
                }
                None => {
                    counts.push((site.kind, 0));
                    0
                }
            };
            for note in own {
                let is_own = match note.part {
                    Part::Index(kind, number) => kind == site.kind && number == nth,
                    Part::Any => nth == 0 && counts.len() == 1,
                    Part::Address | Part::Type(_) => false,
                };
                if is_own
                    && let Some(other) = index_symbol(&note.reloc, method, Some(index), resolver, faults)
                {
                    symbol = Some(other);
                }
            }
        }
        let (Some(symbol), Some(kind)) = (symbol, relocation(method, Format::Leb, None)) else { continue };
        if site.kind == SiteKind::Func && opcode == Some(REF_FUNC) && seen.insert(symbol) {
            const MISSING: u32 = flags::WEAK | flags::UNDEFINED;
            // A linker writes a function that no table has if the symbol stays undefined.
            if resolver.symbols.get(symbol).is_some_and(|symbol| symbol.flags & MISSING == MISSING) {
                let at = Span::new(site.start, site.start);
                faults.push(Fault { at, kind: FaultKind::WeakReference });
            }
            code.referred.push(symbol);
        }
        code.entries.push(Relocation { kind, at, symbol, addend: 0 });
    }
    code
}

/// The method of the relocation of an index, and the space of its symbol. `None` for addresses.
fn index_method(kind: SiteKind) -> Option<(Method, Space)> {
    Some(match kind {
        SiteKind::Func => (Method::Func, Space::Func),
        SiteKind::Global => (Method::Global, Space::Global),
        SiteKind::Table => (Method::Table, Space::Table),
        SiteKind::Tag => (Method::Tag, Space::Tag),
        SiteKind::Type => (Method::Type, Space::Type),
        SiteKind::Fixed(_)
        | SiteKind::Number32
        | SiteKind::Number64
        | SiteKind::Offset32
        | SiteKind::Offset64 => return None,
    })
}

/// Checks the annotation of an index. Returns its symbol, if it names another than the primary one; types have none.
fn index_symbol(
    reloc: &Reloc,
    method: Method,
    index: Option<u32>,
    resolver: &Resolver<'_, '_>,
    faults: &mut Vec<Fault>,
) -> Option<u32> {
    let mut fault = |at, kind| faults.push(Fault { at, kind });
    if let Some((found, at)) = reloc.method.filter(|(found, _)| *found != method) {
        fault(at, FaultKind::WrongMethod { found, expected: vec![method] });
        return None;
    }
    if let Some((found, at)) = reloc.format.filter(|(found, _)| *found != Format::Leb) {
        fault(at, FaultKind::WrongFormat { found, expected: vec![Format::Leb] });
        return None;
    }
    if reloc.modifier.is_some() {
        fault(reloc.at, FaultKind::NoRelocation);
        return None;
    }
    if let Some(at) = reloc.addend.map(|(_, at)| at).or(reloc.label) {
        fault(at, FaultKind::NoAddend(method));
        return None;
    }
    let symbol = reloc.symbol?;
    let at = symbol.at();
    let (found, found_index) = if method == Method::Type {
        let found = resolver.type_index(at);
        if found.is_none() {
            faults.push(Fault { at, kind: FaultKind::UnknownSymbol(vec![Space::Type]) });
            return None;
        }
        (None, found)
    } else {
        let (found, _) = resolver.resolve(reloc, &[method], faults)?;
        (Some(found), resolver.symbols.get(found).map(|found| found.index))
    };
    if found_index != index {
        faults.push(Fault { at, kind: FaultKind::OtherSymbol });
        return None;
    }
    found
}

/// Returns the relocation of an address.
fn address(
    site: &Site,
    reloc: &Reloc,
    bytes: &[u8],
    resolver: &Resolver<'_, '_>,
    faults: &mut Vec<Fault>,
) -> Option<Relocation> {
    let (format, allowed): (Format, &[Method]) = match site.kind {
        SiteKind::Number32 => (Format::Sleb, &[Method::Data, Method::FuncTable]),
        SiteKind::Number64 => (Format::Sleb64, &[Method::Data, Method::FuncTable]),
        SiteKind::Offset32 => (Format::Leb, &[Method::Data]),
        SiteKind::Offset64 => (Format::Leb64, &[Method::Data]),
        _ => return None,
    };
    if let Some((found, at)) = reloc.format.filter(|(found, _)| *found != format) {
        faults.push(Fault { at, kind: FaultKind::WrongFormat { found, expected: vec![format] } });
        return None;
    }
    let (symbol, method) = resolver.resolve(reloc, allowed, faults)?;
    let modifier = reloc.modifier.map(|(modifier, _)| modifier);
    let Some(kind) = relocation(method, format, modifier) else {
        faults.push(Fault { at: reloc.at, kind: FaultKind::NoRelocation });
        return None;
    };
    if let Some(kind) = wrong_memory(site, reloc, resolver.symbols.get(symbol)?) {
        faults.push(Fault { at: reloc.symbol.map_or(reloc.at, SymbolRef::at), kind });
        return None;
    }
    let addend = addend_of(reloc, method, format, faults)?;
    let at = site.at as usize;
    // A written number is added to the addend.
    let written = number_at(site.kind, bytes, at);
    if method != Method::Data && written != 0 {
        faults.push(Fault { at: reloc.at, kind: FaultKind::NumberBefore });
        return None;
    }
    let is_64 = matches!(format, Format::Sleb64 | Format::Leb64);
    let sum = addend.checked_add(written).filter(|sum| is_64 || i32::try_from(*sum).is_ok());
    let Some(addend) = sum else {
        let at = reloc.addend.map_or(reloc.at, |(_, at)| at);
        faults.push(Fault { at, kind: FaultKind::TooLarge });
        return None;
    };
    Some(Relocation { kind, at, symbol, addend })
}

/// Returns why a relocation does not fit data that is thread-local or not. Linkers write the distance from
/// `__tls_base` for both kinds of relocations.
fn wrong_memory(site: &Site, reloc: &Reloc, symbol: &Symbol) -> Option<FaultKind> {
    let is_tls = matches!(reloc.modifier, Some((Modifier::Tls, _)));
    // An offset is added to an address, which can be `__tls_base`.
    let is_address = matches!(site.kind, SiteKind::Number32 | SiteKind::Number64);
    match symbol.has(flags::TLS) {
        true if !is_tls && is_address => Some(FaultKind::NeedsTls),
        // Whether an import is thread-local is known where it is defined.
        false if is_tls && !symbol.has(flags::UNDEFINED) => Some(FaultKind::NotThreadLocal),
        _ => None,
    }
}

/// Reads the number at a place for an address.
fn number_at(kind: SiteKind, bytes: &[u8], at: usize) -> i64 {
    let mut reader = wasmparser::BinaryReader::new(bytes.get(at..).unwrap_or_default(), 0);
    match kind {
        SiteKind::Number32 => reader.read_var_i32().map(i64::from),
        SiteKind::Number64 => reader.read_var_i64(),
        SiteKind::Offset32 => reader.read_var_u32().map(i64::from),
        _ => reader.read_var_u64().map(|value| value as i64),
    }
    .unwrap_or(0)
}
