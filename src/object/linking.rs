//! The sections `linking` and `reloc.*`.

use super::data::Segment;
use super::entry::{Input, Relocation};
use super::fault::Space;
use super::symbols::{Symbols, flags};
use wasm_encoder::Encode;

const VERSION: u32 = 2;

// The subsections.
const SEGMENTS: u8 = 5;
const INITS: u8 = 6;
const COMDATS: u8 = 7;
const SYMBOLS: u8 = 8;

/// The priority of an initializing function without one of its own. Lower priorities run first.
pub(crate) const LAST_PRIORITY: u32 = 65535;

/// Returns the contents of the section `linking`. `start` is the start function.
pub(super) fn section(
    input: &Input<'_, '_>,
    symbols: &Symbols,
    segments: &[Segment<'_>],
    start: Option<u32>,
) -> Vec<u8> {
    let mut out = Vec::new();
    VERSION.encode(&mut out);
    let mut body = Vec::new();
    symbols.list.len().encode(&mut body);
    for symbol in &symbols.list {
        let kind = match symbol.space {
            Space::Func | Space::Type => 0,
            Space::Data => 1,
            Space::Global => 2,
            Space::Tag => 4,
            Space::Table => 5,
        };
        body.push(kind);
        symbol.flags.encode(&mut body);
        let is_undefined = symbol.has(flags::UNDEFINED);
        if symbol.space == Space::Data {
            symbol.name.as_str().encode(&mut body);
            if !is_undefined {
                symbol.index.encode(&mut body);
                symbol.offset.encode(&mut body);
                symbol.size.encode(&mut body);
            }
        } else {
            symbol.index.encode(&mut body);
            if !is_undefined || symbol.has(flags::EXPLICIT_NAME) {
                symbol.name.as_str().encode(&mut body);
            }
        }
    }
    subsection(SYMBOLS, &body, &mut out);

    if !segments.is_empty() {
        body.clear();
        segments.len().encode(&mut body);
        for segment in segments {
            segment.name.as_str().encode(&mut body);
            segment.log2.encode(&mut body);
            segment.flags.encode(&mut body);
        }
        subsection(SEGMENTS, &body, &mut out);
    }

    let mut inits = symbols.inits.clone();
    let index = |symbol: u32| symbols.get(symbol).map(|symbol| symbol.index);
    if let Some(symbol) = start.and_then(|start| symbols.primary(Space::Func, start))
        // A priority in the text is that of the start function.
        && inits.iter().all(|(_, other)| index(*other) != index(symbol))
    {
        inits.push((LAST_PRIORITY, symbol));
    }
    // Linkers keep the order of functions of one priority: that of the definitions.
    inits.sort_by_key(|(_, symbol)| index(*symbol));
    if !inits.is_empty() {
        body.clear();
        inits.len().encode(&mut body);
        for (priority, symbol) in inits {
            priority.encode(&mut body);
            symbol.encode(&mut body);
        }
        subsection(INITS, &body, &mut out);
    }

    let members = |nth: usize| symbols.comdats.iter().filter(move |(comdat, ..)| *comdat == nth);
    let comdats: Vec<_> =
        (0..).zip(&input.notes.comdats).filter(|(nth, _)| members(*nth).next().is_some()).collect();
    if !comdats.is_empty() {
        body.clear();
        comdats.len().encode(&mut body);
        for (nth, comdat) in comdats {
            comdat.name.as_str().encode(&mut body);
            0u32.encode(&mut body);
            members(nth).count().encode(&mut body);
            for (_, kind, index) in members(nth) {
                body.push(*kind);
                index.encode(&mut body);
            }
        }
        subsection(COMDATS, &body, &mut out);
    }
    out
}

fn subsection(id: u8, body: &[u8], out: &mut Vec<u8>) {
    out.push(id);
    body.encode(out);
}

/// Returns the contents of a section of relocations. `section` is the number of the section that they change.
pub(super) fn relocations(section: u32, entries: &[Relocation]) -> Vec<u8> {
    let mut out = Vec::with_capacity(6 * entries.len() + 10);
    section.encode(&mut out);
    entries.len().encode(&mut out);
    for entry in entries {
        out.push(entry.kind.code);
        entry.at.encode(&mut out);
        entry.symbol.encode(&mut out);
        if entry.kind.has_addend {
            entry.addend.encode(&mut out);
        }
    }
    out
}
