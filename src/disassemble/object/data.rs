//! Writes data segments, undefined data and their relocations.

use super::model::{Kind, Object, Reloc, Segment, Symbol};
use super::strings::{push_byte, quoted};
use super::symbols::{Ids, binding};
use crate::object::build::{FUNCTION_REFERENCES, FUNCTION_REFERENCES_SYMBOL};
use crate::object::data::SEGMENT_RETAIN;
use crate::object::relocation::RelocationKind;
use std::fmt::Write as _;
use wasmparser::{SegmentFlags, SymbolFlags};

/// The longest line of a string.
const LINE: usize = 80;

/// Writes the definitions of undefined data symbols.
pub(super) fn imports<'a>(object: &'a Object<'_>, ids: &'a Ids) -> impl Iterator<Item = String> + 'a {
    let symbols = (0..).zip(&object.symbols);
    symbols.filter(|(_, symbol)| symbol.kind == Kind::Data && symbol.is_undefined()).map(
        |(number, symbol)| {
            let name = quoted(symbol.name.as_bytes());
            let mut out = format!("(@sym.import.data {} (name {name})", ids.reference(object, number));
            close_symbol(symbol, &mut out);
            out
        },
    )
}

/// Writes the flags of a data symbol, and the parenthesis that closes it.
fn close_symbol(symbol: &Symbol<'_>, out: &mut String) {
    out.push_str(binding(symbol.flags, false));
    if symbol.has(SymbolFlags::NO_STRIP) {
        out.push_str(" retain");
    }
    if symbol.has(SymbolFlags::TLS) {
        out.push_str(" thread_local");
    }
    out.push(')');
}

/// Writes the data segments.
pub(super) struct Segments<'a, 'b> {
    object: &'a Object<'b>,
    ids: &'a Ids,
    /// The defined data symbols of each segment, by their offset.
    symbols: Vec<Vec<u32>>,
}

impl<'a, 'b> Segments<'a, 'b> {
    pub(super) fn new(object: &'a Object<'b>, ids: &'a Ids) -> Segments<'a, 'b> {
        let mut symbols = vec![Vec::new(); object.segments.len()];
        for (number, symbol) in (0..).zip(&object.symbols) {
            // An absolute symbol can be in any segment.
            if let Some(data) = &symbol.data
                && let Some(list) = symbols.get_mut(data.index as usize)
            {
                list.push(number);
            }
        }
        for list in &mut symbols {
            list.sort_by_key(|number| offset(object, *number));
        }
        Segments { object, ids, symbols }
    }

    /// Whether the assembler writes the segment again, because the text uses `ref.func`.
    pub(super) fn is_implied(&self, index: usize) -> bool {
        let symbols = &self.symbols[index];
        let name = |number: &u32| self.object.symbols[*number as usize].name;
        self.object.segments[index].name == FUNCTION_REFERENCES
            && !symbols.is_empty()
            && symbols.iter().all(|number| name(number).starts_with(FUNCTION_REFERENCES_SYMBOL))
    }

    /// Writes a segment. The numbers of symbols that are exported are appended to `exported`.
    pub(super) fn text(&self, index: usize, exported: &mut Vec<u32>) -> String {
        let segment = &self.object.segments[index];
        let mut out = format!("(data (@sym.segment (name {})", quoted(segment.name.as_bytes()));
        if let Some(align) = 1u32.checked_shl(segment.align).filter(|align| *align > 1) {
            _ = write!(out, " (align {align})");
        }
        let flags = SegmentFlags::from_bits_retain(segment.flags);
        for (flag, word) in [
            (SegmentFlags::STRINGS, " strings"),
            (SegmentFlags::TLS, " thread_local"),
            (SegmentFlags::from_bits_retain(SEGMENT_RETAIN), " retain"),
        ] {
            if flags.contains(flag) {
                out.push_str(word);
            }
        }
        out.push_str(&self.ids.segment_comdat(index as u32).unwrap_or_default());
        out.push_str(if self.object.is_64_bit { ") (i64.const 0)" } else { ") (i32.const 0)" });
        self.items(segment, &self.symbols[index], exported, &mut out);
        out.push(')');
        out
    }

    /// Writes the bytes of a segment, its symbols and its relocations.
    fn items(&self, segment: &Segment<'_>, symbols: &[u32], exported: &mut Vec<u32>, out: &mut String) {
        let mut symbols = symbols.iter().copied().peekable();
        let mut relocs = relocs_of(self.object, segment).iter().peekable();
        let mut at = 0;
        loop {
            while let Some(number) = symbols.next_if(|number| offset(self.object, *number) <= at) {
                out.push_str("\n    ");
                self.symbol(number, out);
                if self.object.symbols[number as usize].has(SymbolFlags::EXPORTED) {
                    exported.push(number);
                }
            }
            let next_symbol =
                symbols.peek().map_or(segment.bytes.len(), |number| offset(self.object, *number));
            match relocs.peek() {
                Some(reloc) if reloc.at - segment.start == at => {
                    let bytes = reloc.range().len();
                    _ = write!(out, "\n    \"{}\" {}", "\\00".repeat(bytes), self.reloc(reloc));
                    at += bytes;
                    relocs.next();
                }
                next => {
                    let end = next.map_or(next_symbol, |reloc| next_symbol.min(reloc.at - segment.start));
                    if end <= at && symbols.peek().is_none() {
                        break;
                    }
                    strings(&segment.bytes[at..end.max(at)], out);
                    at = end.max(at);
                }
            }
        }
    }

    fn symbol(&self, number: u32, out: &mut String) {
        let symbol = &self.object.symbols[number as usize];
        out.push_str("(@sym");
        if let Some(id) = self.ids.of(number) {
            _ = write!(out, " ${id}");
        }
        if !symbol.name.is_empty() {
            _ = write!(out, " (name {})", quoted(symbol.name.as_bytes()));
        }
        if let Some(data) = &symbol.data {
            if symbol.is_absolute() {
                _ = write!(out, " (offset {})", data.offset);
            }
            _ = write!(out, " (size {})", data.size);
        }
        close_symbol(symbol, out);
    }

    fn reloc(&self, reloc: &Reloc) -> String {
        let kind = RelocationKind::of_code(reloc.entry.ty as u8);
        let format = kind.map_or("", |kind| kind.format().name());
        let method = kind.map(RelocationKind::words).unwrap_or_default();
        let symbol = self.ids.reference(self.object, reloc.entry.index);
        format!("(@reloc {format} {method} {symbol}{})", addend(reloc))
    }
}

/// Writes the addend of a relocation after a space, or nothing for zero.
pub(super) fn addend(reloc: &Reloc) -> String {
    match reloc.entry.addend {
        0 => String::new(),
        addend => format!(" {addend:+}"),
    }
}

/// The relocations in the bytes of a segment.
pub(super) fn relocs_of<'a>(object: &'a Object<'_>, segment: &Segment<'_>) -> &'a [Reloc] {
    let relocs = &object.data_relocs;
    let end = segment.start + segment.bytes.len();
    let from = relocs.partition_point(|reloc| reloc.at < segment.start);
    let to = relocs.partition_point(|reloc| reloc.range().end <= end);
    relocs.get(from..to).unwrap_or_default()
}

/// The offset of a symbol in its segment; zero for an absolute symbol.
fn offset(object: &Object<'_>, number: u32) -> usize {
    let symbol = &object.symbols[number as usize];
    symbol.data.filter(|_| !symbol.is_absolute()).map_or(0, |data| data.offset as usize)
}

/// Writes bytes as strings, each on a line.
fn strings(bytes: &[u8], out: &mut String) {
    let mut bytes = bytes.iter().peekable();
    while bytes.peek().is_some() {
        out.push_str("\n    \"");
        let start = out.len();
        while out.len() - start < LINE
            && let Some(byte) = bytes.next()
        {
            push_byte(*byte, out);
        }
        out.push('"');
    }
}
