//! The items of a section, such as its types or exports, with their bytes.

use std::ops::Range;
use wasmparser::{Imports, Payload, RecGroup};

/// An item of a section. It defines one entity or, as a recursion group or a compact import, several.
pub(crate) struct Item {
    /// Its bytes in the module.
    pub(crate) bytes: Range<usize>,
    /// The number of its first entity, among those of the section.
    pub(crate) first: usize,
    /// The number of its entities.
    pub(crate) count: usize,
}

/// Returns the id of a section and its items, up to the first one that cannot be decoded. Returns `None` for the code
/// section, custom sections, and payloads that are not sections.
pub(crate) fn items(payload: &Payload<'_>) -> Option<(u8, Vec<Item>)> {
    macro_rules! items {
        ($reader:expr, $count:expr) => {{
            let count: fn(_) -> usize = $count;
            let mut items: Vec<Item> = Vec::new();
            let mut first = 0;
            for item in $reader.clone().into_iter_with_offsets() {
                let Ok((offset, item)) = item else { break };
                if let Some(last) = items.last_mut() {
                    last.bytes.end = offset as usize;
                }
                let count = count(item);
                items.push(Item { bytes: offset as usize..$reader.range().end as usize, first, count });
                first += count;
            }
            items
        }};
    }
    Some(match payload {
        Payload::TypeSection(reader) => (1, items!(reader, |group: RecGroup| group.types().len())),
        Payload::ImportSection(reader) => (
            2,
            items!(reader, |imports: Imports<'_>| match imports {
                Imports::Single(..) => 1,
                Imports::Compact1 { items, .. } => items.count() as usize,
                Imports::Compact2 { names, .. } => names.count() as usize,
            }),
        ),
        Payload::FunctionSection(reader) => (3, items!(reader, |_| 1)),
        Payload::TableSection(reader) => (4, items!(reader, |_| 1)),
        Payload::MemorySection(reader) => (5, items!(reader, |_| 1)),
        Payload::GlobalSection(reader) => (6, items!(reader, |_| 1)),
        Payload::ExportSection(reader) => (7, items!(reader, |_| 1)),
        Payload::StartSection { range, .. } => {
            (8, vec![Item { bytes: range.start as usize..range.end as usize, first: 0, count: 1 }])
        }
        Payload::ElementSection(reader) => (9, items!(reader, |_| 1)),
        Payload::DataSection(reader) => (11, items!(reader, |_| 1)),
        Payload::TagSection(reader) => (13, items!(reader, |_| 1)),
        _ => return None,
    })
}
