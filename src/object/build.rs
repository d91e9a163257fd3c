//! Makes an object of a lowered module and the annotations of linking.

use super::data::Segment;
use super::entities::Entities;
use super::entry::{Input, Object, Relocation};
use super::fault::{Fault, FaultKind, Space};
use super::parts::{Parts, is_64};
use super::relocation::{Format, Method, relocation};
use super::resolve::Resolver;
use super::symbols::{FUNCTION_TABLE, Named, Naming, Symbol, Symbols, flags};
use super::{checks, code, data, types, unrelocated, write};
use crate::span::Span;

/// The name of the segment with the addresses of the functions that `ref.func` refers to.
pub(crate) const FUNCTION_REFERENCES: &str = ".rodata..reffunc";

/// The prefix of the symbol in that segment.
pub(crate) const FUNCTION_REFERENCES_SYMBOL: &str = ".Lreffunc.";

/// Makes an object. The faults may be warnings; with an error there is no object.
pub(crate) fn build(input: &Input<'_, '_>) -> (Option<Object>, Vec<Fault>) {
    let mut faults = input.notes.faults.clone();
    let Ok(parts) = Parts::read(&input.module.bytes) else { return (None, faults) };
    checks::check(&parts, input.module, input.notes, &mut faults);
    let types = types::Types::new(input.source, &parts, input.module, &mut faults);
    let entities = Entities::new(&parts, &input.module.places);
    let naming = Naming {
        source: input.source,
        parts: &parts,
        table: input.table,
        entities: &entities,
        notes: input.notes,
    };
    let mut symbols = naming.symbols(&mut faults);
    let is_own = |symbol: &&Symbol| symbol.space == Space::Table && symbol.name == FUNCTION_TABLE;
    if let Some(at) =
        symbols.list.iter().find(is_own).filter(|own| !own.has(flags::UNDEFINED)).and_then(|own| own.at)
    {
        faults.push(Fault { at, kind: FaultKind::OwnFunctionTable });
    }
    let mut segments = data::segments(input, &parts, &mut symbols, &mut faults);
    let resolver = Resolver { source: input.source, table: input.table, symbols: &symbols };
    let code = code::relocations(input, &resolver, &types, &mut faults);
    data::relocate(input, &resolver, &mut segments, &mut faults);
    unrelocated::check(input, &parts, &mut faults);
    let is_64 = is_64(&parts);
    add_slots(input.source, &code.referred, is_64, &mut symbols, &mut segments);
    // A list of faults can be long, and sorting keeps those of one place together.
    faults.sort_by_key(|fault| fault.at.start);
    if faults.iter().any(|fault| fault.kind.is_error()) {
        return (None, faults);
    }
    let has_function_table = add_function_table(&parts, &code, &segments, &mut symbols);
    let object = write::Writer {
        input,
        parts: &parts,
        types: &types,
        symbols: &symbols,
        segments,
        code,
        has_function_table,
    };
    (Some(object.write()), faults)
}

/// Adds a segment with the addresses of the functions that `ref.func` refers to: a linker declares a function only if
/// its address is in a table.
fn add_slots(
    source: &str,
    referred: &[u32],
    is_64: bool,
    symbols: &mut Symbols,
    segments: &mut Vec<Segment<'_>>,
) {
    let format = if is_64 { Format::I64 } else { Format::I32 };
    let Some(kind) = relocation(Method::FuncTable, format, None).filter(|_| !referred.is_empty()) else {
        return;
    };
    let size = format.size();
    let slots = referred.iter().enumerate();
    let entries = slots.map(|(nth, &symbol)| Relocation { kind, at: nth * size, symbol, addend: 0 });
    let segment = Segment {
        name: FUNCTION_REFERENCES.to_owned(),
        log2: size.trailing_zeros(),
        flags: 0,
        offset: 0,
        bytes: vec![0; size * referred.len()].into(),
        entries: entries.collect(),
        place: Span::default(),
    };
    let symbol = Symbol {
        space: Space::Data,
        index: segments.len() as u32,
        name: format!("{FUNCTION_REFERENCES_SYMBOL}{:016x}", hash(source)),
        flags: flags::HIDDEN | flags::NO_STRIP,
        offset: 0,
        size: segment.bytes.len() as u64,
        at: None,
    };
    symbols.add(symbol, Named::Annotation, &mut Vec::new());
    data::place(segments, segment);
}

/// Returns a number that differs from text to text (FNV-1a).
fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Adds the symbol of the function table if the address of a function is taken. Returns whether the object must import
/// the table, because the text does not.
fn add_function_table(
    parts: &Parts<'_>,
    code: &code::Code,
    segments: &[Segment<'_>],
    symbols: &mut Symbols,
) -> bool {
    let is_address = |entry: &Relocation| entry.kind.is_table_index();
    let data = segments.iter().flat_map(|segment| &segment.entries);
    if !code.entries.iter().chain(data).any(is_address) {
        return false;
    }
    let is_own = |symbol: &&mut Symbol| symbol.space == Space::Table && symbol.name == FUNCTION_TABLE;
    if let Some(own) = symbols.list.iter_mut().find(is_own) {
        own.flags |= flags::NO_STRIP;
        return false;
    }
    let index = parts.imported(|ty| matches!(ty, wasmparser::TypeRef::Table(_)));
    // The tables that the text defines come after it.
    for symbol in
        symbols.list.iter_mut().filter(|symbol| symbol.space == Space::Table && symbol.index >= index)
    {
        symbol.index += 1;
    }
    let name = FUNCTION_TABLE.to_owned();
    let flags = flags::UNDEFINED | flags::NO_STRIP;
    let symbol = Symbol { space: Space::Table, index, name, flags, offset: 0, size: 0, at: None };
    symbols.add(symbol, Named::Annotation, &mut Vec::new());
    true
}
