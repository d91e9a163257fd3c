//! The module that the printer prints for an object: without linking information, data and debug information, with the
//! names of the symbols, and with the indices of the relocations in place of relocated numbers.

use super::model::{Kind, Object, Reloc};
use super::symbols::Ids;
use crate::lower::site::{PADDED, PADDED_64, padded, padded_64};
use std::ops::Range;
use wasm_encoder::{NameMap, NameSection, Section as _};
use wasmparser::{BinaryReader, RelocationType};

/// The module to print.
pub(super) struct Skeleton {
    pub(super) bytes: Vec<u8>,
    /// The difference of an offset in the code section of the skeleton and in that of the object.
    pub(super) moved: usize,
}

/// The sections that are written by other files of this module, or that have no meaning in an object: exports, the start
/// function, element segments, the number of data segments, data.
const LEFT_OUT: [u8; 5] = [7, 8, 9, 12, 11];

const CODE: u8 = 10;

/// Builds the module to print. Returns `None` if a relocation is not that of a padded number.
pub(super) fn skeleton(object: &Object<'_>, ids: &Ids) -> Option<Skeleton> {
    let mut bytes = object.bytes[..8].to_vec();
    let mut moved = 0;
    let mut names = None;
    for section in &object.sections {
        let contents = &object.bytes[section.range.clone()];
        match section.id {
            0 if section.name == "name" => names = Some(section.contents..section.range.end),
            0 if is_linking(section.name) || is_debug(section.name) || section.has_relocs => {}
            id if LEFT_OUT.contains(&id) => {}
            CODE => {
                moved = section.range.start - bytes.len();
                let start = bytes.len();
                bytes.extend_from_slice(contents);
                for reloc in &object.code_relocs {
                    let range = reloc.range();
                    let at = range.start.checked_sub(section.range.start)? + start;
                    patch(object, reloc, bytes.get_mut(at..at + range.len())?)?;
                }
            }
            _ => bytes.extend_from_slice(contents),
        }
    }
    names_of(object, ids, names).append_to(&mut bytes);
    Some(Skeleton { bytes, moved })
}

/// Whether a custom section has linking information, which annotations replace.
fn is_linking(name: &str) -> bool {
    name == "linking" || name.starts_with("reloc.")
}

/// Whether a custom section has debug information.
pub(super) fn is_debug(name: &str) -> bool {
    name.starts_with(".debug_") || name == "sourceMappingURL" || name == "external_debug_info"
}

/// Replaces a relocated number by the index of the relocation, or by zero for an address.
fn patch(object: &Object<'_>, reloc: &Reloc, bytes: &mut [u8]) -> Option<()> {
    let (last, others) = bytes.split_last()?;
    if *last >= 0x80 || others.iter().any(|byte| *byte < 0x80) {
        return None;
    }
    let symbol = || object.symbols.get(reloc.entry.index as usize);
    let index = match reloc.entry.ty {
        RelocationType::TypeIndexLeb => reloc.entry.index,
        RelocationType::FunctionIndexLeb
        | RelocationType::GlobalIndexLeb
        | RelocationType::TableNumberLeb
        | RelocationType::EventIndexLeb => match symbol()? {
            // The global of position-independent code that has the address of this symbol.
            symbol if is_got(reloc.entry.ty, symbol.kind) => return Some(()),
            symbol => symbol.index,
        },
        _ => 0,
    };
    match bytes.len() {
        PADDED => bytes.copy_from_slice(&padded(index)),
        PADDED_64 => bytes.copy_from_slice(&padded_64(index.into())),
        _ => return None,
    }
    Some(())
}

/// Whether the relocation of a global has the symbol of a function or of data.
pub(super) fn is_got(ty: RelocationType, kind: Kind) -> bool {
    ty == RelocationType::GlobalIndexLeb && kind != Kind::Global
}

/// The subsections of the name section that do not name symbols: the names of the module, locals, types and fields.
const KEPT_NAMES: [u8; 4] = [0, 2, 4, 10];

/// Returns a name section with the identifiers of the symbols.
fn names_of(object: &Object<'_>, ids: &Ids, old: Option<Range<usize>>) -> NameSection {
    let mut section = NameSection::new();
    let map = |kind: Kind| {
        let mut map = NameMap::new();
        for index in 0..object.counts[kind as usize] {
            if let Some(id) = ids.primary(kind, index).and_then(|symbol| ids.of(symbol)) {
                map.append(index, id);
            }
        }
        map
    };
    let kept = old.map(|range| kept_names(&object.bytes[range])).unwrap_or_default();
    let keep = |section: &mut NameSection, wanted: Range<u8>| {
        for (id, contents) in kept.iter().filter(|(id, _)| wanted.contains(id)) {
            section.raw(*id, contents);
        }
    };
    keep(&mut section, 0..1);
    section.functions(&map(Kind::Func));
    keep(&mut section, 2..5);
    section.tables(&map(Kind::Table));
    section.globals(&map(Kind::Global));
    keep(&mut section, 10..11);
    section.tags(&map(Kind::Tag));
    section
}

/// Returns the subsections to keep. A malformed rest is dropped.
fn kept_names(section: &[u8]) -> Vec<(u8, &[u8])> {
    let mut reader = BinaryReader::new(section, 0);
    let mut kept = Vec::new();
    while !reader.eof() {
        let Ok(id) = reader.read_u8() else { break };
        let Ok(contents) = reader.read_reader() else { break };
        let range = contents.range();
        if KEPT_NAMES.contains(&id) {
            kept.push((id, &section[range.start as usize..range.end as usize]));
        }
    }
    kept
}
