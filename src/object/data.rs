//! The data segments of an object, their symbols and their relocations.

use super::annotations::DataNotes;
use super::entities::section;
use super::entry::{Input, Relocation};
use super::fault::{Fault, FaultKind, Space, Target};
use super::parts::{Parts, is_64};
use super::qualifiers::Key;
use super::reloc::{Reloc, SymbolRef};
use super::relocation::{Format, Method, relocation};
use super::resolve::Resolver;
use super::symbols::{Named, Symbol, Symbols, flags, flags_of};
use crate::lex::{atoms, id_name};
use crate::resolve::IndexSpace;
use crate::span::Span;
use std::borrow::Cow;

mod segment_flags {
    pub(super) const STRINGS: u32 = 1;
    pub(super) const TLS: u32 = 2;
}

/// The flag of a segment that the linker must keep.
pub(crate) const SEGMENT_RETAIN: u32 = 4;

/// The largest power of two that linkers accept as an alignment.
const MOST_ALIGNED: u32 = 31;

/// Linkers recognize thread-local segments by these starts of their names, too.
const THREAD_LOCAL: [&str; 2] = [".tdata", ".tbss"];
/// Linkers fill segments with this start of the name with zeros.
const ZEROS: [&str; 1] = [".bss"];

/// Whether the name of a segment has one of these starts.
fn has_name(notes: &DataNotes, starts: &[&str]) -> bool {
    let name = notes.segment.as_ref().and_then(|head| head.qualifiers.string(Key::Name));
    name.is_some_and(|(name, _)| starts.iter().any(|start| name.starts_with(start)))
}

/// A data segment.
pub(super) struct Segment<'m> {
    pub(super) name: String,
    /// The alignment, as a power of two.
    pub(super) log2: u32,
    pub(super) flags: u32,
    /// The place in the memory of the object.
    pub(super) offset: u64,
    pub(super) bytes: Cow<'m, [u8]>,
    /// The relocations, with offsets in the segment.
    pub(super) entries: Vec<Relocation>,
    pub(super) place: Span,
}

impl Segment<'_> {
    fn end(&self) -> u64 {
        self.offset + self.bytes.len() as u64
    }
}

/// Places a segment after the others.
pub(super) fn place<'m>(segments: &mut Vec<Segment<'m>>, mut segment: Segment<'m>) {
    let end = segments.last().map_or(0, Segment::end);
    segment.offset = end.next_multiple_of(1 << segment.log2);
    segments.push(segment);
}

/// Returns the segments of the text, and adds their symbols and those of data imports.
pub(super) fn segments<'m>(
    input: &Input<'_, '_>,
    parts: &Parts<'m>,
    symbols: &mut Symbols,
    faults: &mut Vec<Fault>,
) -> Vec<Segment<'m>> {
    let mut ids = vec![None; parts.datas.len()];
    for (name, index, start) in input.table.names(IndexSpace::Data).definitions() {
        if let Some(id) = ids.get_mut(index as usize) {
            *id = Some((name, first_atom(input.source, start)));
        }
    }
    imports(input, symbols, faults);
    let largest = if is_64(parts) { u64::MAX } else { u32::MAX.into() };
    let none = DataNotes::default();
    let mut segments = Vec::new();
    for (nth, data) in parts.datas.iter().enumerate() {
        let place_of = input.module.places.item(section::DATA, nth).unwrap_or_default();
        let notes = input.notes.data_in(place_of).unwrap_or(&none);
        let first = symbols.list.len();
        // Linkers reject a thread-local symbol in another segment.
        let mut heads = notes.symbols.iter().map(|(_, head)| head).chain(&notes.segment);
        let is_tls =
            heads.any(|head| head.qualifiers.has(Key::ThreadLocal)) || has_name(notes, &THREAD_LOCAL);
        check_sizes(notes, largest, faults);
        let len = data.data.len() as u64;
        declare(input, nth as u32, notes, ids[nth], len, is_tls, symbols, faults);
        let named = symbols.list.get(first).map(|symbol| symbol.name.clone());
        let segment = segment(input, nth as u32, notes, named, data.data, place_of, is_tls, symbols, faults);
        if symbols.list.len() == first && segment.flags & SEGMENT_RETAIN == 0 {
            faults.push(Fault { at: place_of, kind: FaultKind::UnnamedSegment });
        }
        place(&mut segments, segment);
    }
    segments
}

/// Returns the token at `start`.
fn first_atom(source: &str, start: u32) -> Span {
    let rest = Span::new(start, source.len() as u32);
    atoms(source, rest).next().map_or(Span::new(start, start), |atom| atom.span)
}

/// Adds the symbols of data imports.
fn imports(input: &Input<'_, '_>, symbols: &mut Symbols, faults: &mut Vec<Fault>) {
    for head in &input.notes.imports {
        let flags = flags_of(&head.qualifiers, Target::DataImport, faults) | flags::UNDEFINED;
        let name = match (head.qualifiers.string(Key::Name), head.id) {
            (Some((name, _)), _) => name.to_owned(),
            (None, Some(id)) => id_name(&input.source[id.range()]).into_owned(),
            (None, None) => continue,
        };
        let at = head.qualifiers.at(Key::Name).or(head.id).unwrap_or(head.at);
        let symbol = Symbol { space: Space::Data, index: 0, name, flags, offset: 0, size: 0, at: Some(at) };
        match head.id {
            Some(id) => symbols.add_with_id(input.source, symbol, id, Named::Annotation, faults),
            None => symbols.add(symbol, Named::Annotation, faults),
        };
    }
}

/// Reports absolute symbols with numbers above `largest`. The sizes of other symbols are compared with their segment.
fn check_sizes(notes: &DataNotes, largest: u64, faults: &mut Vec<Fault>) {
    for (_, head) in notes.symbols.iter().filter(|(_, head)| head.qualifiers.has(Key::Offset)) {
        let numbers = [Key::Offset, Key::Size].map(|key| head.qualifiers.number(key));
        let large = numbers.into_iter().flatten().filter(|(number, _)| *number > largest);
        faults.extend(large.map(|(_, at)| Fault { at, kind: FaultKind::TooLarge }));
    }
}

/// Adds the symbols in a segment.
#[expect(clippy::too_many_arguments, reason = "the segment is not complete yet")]
fn declare(
    input: &Input<'_, '_>,
    index: u32,
    notes: &DataNotes,
    id: Option<(&str, Span)>,
    len: u64,
    is_tls: bool,
    symbols: &mut Symbols,
    faults: &mut Vec<Fault>,
) {
    let tls = if is_tls { flags::TLS } else { 0 };
    let base =
        Symbol { space: Space::Data, index, name: String::new(), flags: tls, offset: 0, size: len, at: None };
    if notes.symbols.is_empty() {
        // A segment with an identifier is a symbol.
        let Some((name, at)) = id else { return };
        let symbol = Symbol { name: name.to_owned(), at: Some(at), ..base };
        let number = symbols.add_with_id(input.source, symbol, at, Named::Identifier, faults);
        symbols.set_primary(Space::Data, index, number);
        return;
    }
    for (offset, head) in &notes.symbols {
        let mut flags = flags_of(&head.qualifiers, Target::DataSymbol, faults) | tls;
        let name = match (head.qualifiers.string(Key::Name), head.id) {
            (Some((name, _)), _) => name.to_owned(),
            (None, Some(id)) => id_name(&input.source[id.range()]).into_owned(),
            (None, None) => {
                flags |= flags::LOCAL;
                String::new()
            }
        };
        let mut next = notes.symbols.iter().map(|(offset, _)| *offset).filter(|next| next > offset);
        let left = len.saturating_sub(*offset);
        let size = match head.qualifiers.number(Key::Size) {
            Some((size, at)) if size > left && !head.qualifiers.has(Key::Offset) => {
                faults.push(Fault { at, kind: FaultKind::PastEnd(left) });
                0
            }
            Some((size, _)) => size,
            None => next.next().unwrap_or(len).saturating_sub(*offset),
        };
        let mut offset = *offset;
        if let Some((absolute, at)) = head.qualifiers.number(Key::Offset) {
            faults.push(Fault { at, kind: FaultKind::AbsoluteSymbol });
            flags |= flags::ABSOLUTE;
            offset = absolute;
        }
        let at = head.qualifiers.at(Key::Name).or(head.id).unwrap_or(head.at);
        let symbol = Symbol { name, flags, offset, size, at: Some(at), ..base.clone() };
        let number = match head.id {
            Some(id) => symbols.add_with_id(input.source, symbol, id, Named::Annotation, faults),
            None => symbols.add(symbol, Named::Annotation, faults),
        };
        if symbols.primary(Space::Data, index).is_none() {
            symbols.set_primary(Space::Data, index, number);
        }
    }
}

/// Returns a segment without relocations. Adds it to its comdat.
#[expect(clippy::too_many_arguments, reason = "the parts of a segment come from different places")]
fn segment<'m>(
    input: &Input<'_, '_>,
    index: u32,
    notes: &DataNotes,
    symbol: Option<String>,
    bytes: &'m [u8],
    place: Span,
    is_tls: bool,
    symbols: &mut Symbols,
    faults: &mut Vec<Fault>,
) -> Segment<'m> {
    /// The kind of segments in comdats.
    const DATA: u8 = 0;
    let prefix = if is_tls { ".tdata" } else { ".data" };
    let name = match symbol.filter(|name| !name.is_empty()) {
        Some(name) => format!("{prefix}.{name}"),
        None => prefix.to_owned(),
    };
    let mut segment =
        Segment { name, log2: 0, flags: 0, offset: 0, bytes: bytes.into(), entries: Vec::new(), place };
    if is_tls {
        segment.flags |= segment_flags::TLS;
    }
    if let Some(head) = &notes.segment {
        let qualifiers = &head.qualifiers;
        qualifiers.check(Target::Segment, faults);
        if let Some(id) = head.id {
            faults.push(Fault { at: id, kind: FaultKind::Expected("a qualifier") });
        }
        if let Some((name, at)) = qualifiers.string(Key::Name) {
            name.clone_into(&mut segment.name);
            if has_name(notes, &ZEROS) && (!notes.relocs.is_empty() || bytes.iter().any(|byte| *byte != 0)) {
                faults.push(Fault { at, kind: FaultKind::NotZeros });
            }
        }
        if let Some((align, at)) = qualifiers.number(Key::Align) {
            if !align.is_power_of_two() {
                faults.push(Fault { at, kind: FaultKind::Alignment });
            } else if align.trailing_zeros() > MOST_ALIGNED {
                faults.push(Fault { at, kind: FaultKind::TooLarge });
            } else {
                segment.log2 = align.trailing_zeros();
            }
        }
        if qualifiers.has(Key::Strings) {
            segment.flags |= segment_flags::STRINGS;
        }
        if qualifiers.has(Key::Retain) {
            segment.flags |= SEGMENT_RETAIN;
        }
    }
    let comdats = notes.segment.iter().chain(&notes.comdat);
    let mut first = None;
    for head in comdats {
        let Some(at) = head.qualifiers.comdat() else { continue };
        if let Some(first) = first.replace(at) {
            faults.push(Fault { at, kind: FaultKind::SecondComdat(first) });
            continue;
        }
        match input.notes.comdat(input.source, &head.qualifiers) {
            Some(comdat) => symbols.comdats.push((comdat, DATA, index)),
            None => faults.push(Fault { at, kind: FaultKind::UnknownComdat }),
        }
    }
    segment
}

/// Adds the relocations of the segments of the text.
pub(super) fn relocate(
    input: &Input<'_, '_>,
    resolver: &Resolver<'_, '_>,
    segments: &mut [Segment<'_>],
    faults: &mut Vec<Fault>,
) {
    const METHODS: [Method; 4] = [Method::Data, Method::FuncTable, Method::Func, Method::Global];
    const FORMATS: [Format; 2] = [Format::I32, Format::I64];
    for segment in segments.iter_mut() {
        let Some(notes) = input.notes.data_in(segment.place) else { continue };
        let mut last: Option<(u64, Span)> = None;
        for (end, reloc) in &notes.relocs {
            let fault = |at: Span, kind| Fault { at, kind };
            let Some((format, format_at)) = reloc.format else {
                faults.push(fault(reloc.at, FaultKind::NoFormat));
                continue;
            };
            if !FORMATS.contains(&format) {
                let expected = FORMATS.to_vec();
                faults.push(fault(format_at, FaultKind::WrongFormat { found: format, expected }));
                continue;
            }
            let Some((symbol, method)) = resolver.resolve(reloc, &METHODS, faults) else { continue };
            if resolver.symbols.get(symbol).is_some_and(|symbol| symbol.has(flags::TLS)) {
                let at = reloc.symbol.map_or(reloc.at, SymbolRef::at);
                faults.push(fault(at, FaultKind::ThreadLocalInData));
                continue;
            }
            let Some(addend) = addend_of(reloc, method, format, faults) else { continue };
            let modifier = reloc.modifier.map(|(modifier, _)| modifier);
            let Some(kind) = relocation(method, format, modifier) else {
                faults.push(fault(reloc.at, FaultKind::NoRelocation));
                continue;
            };
            let size = format.size() as u64;
            let Some(start) = end.checked_sub(size).filter(|_| *end <= segment.bytes.len() as u64) else {
                faults.push(fault(reloc.at, FaultKind::TooFewBytes(*end, size)));
                continue;
            };
            if let Some((_, first)) = last.filter(|(last, _)| *last > start) {
                faults.push(fault(reloc.at, FaultKind::Overlap(first)));
                continue;
            }
            last = Some((*end, reloc.at));
            // Linkers merge strings that are not aligned, and drop the relocations in them.
            if segment.flags & segment_flags::STRINGS != 0 && segment.log2 == 0 {
                faults.push(fault(reloc.at, FaultKind::InStrings));
                continue;
            }
            segment.entries.push(Relocation { kind, at: start as usize, symbol, addend });
        }
    }
}

/// Returns the addend of a relocation. Reports one that it cannot have.
pub(super) fn addend_of(
    reloc: &Reloc,
    method: Method,
    format: Format,
    faults: &mut Vec<Fault>,
) -> Option<i64> {
    if let Some(at) = reloc.label {
        faults.push(Fault { at, kind: FaultKind::LabelAddend });
        return None;
    }
    let Some((addend, at)) = reloc.addend else { return Some(0) };
    if method != Method::Data {
        faults.push(Fault { at, kind: FaultKind::NoAddend(method) });
        return None;
    }
    let is_64 = matches!(format, Format::I64 | Format::Leb64 | Format::Sleb64);
    if !is_64 && i32::try_from(addend).is_err() {
        faults.push(Fault { at, kind: FaultKind::TooLarge });
        return None;
    }
    Some(addend)
}
