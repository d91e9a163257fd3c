//! `(@dylink.0 (mem-info (memory 1 2) (table 3 4)) (needed "lib.so") ...)`: the section `dylink.0` of dynamic linking.

use super::items::{CustomSection, Items, Malformed, Result};
use crate::ast::{CustomPlace, ItemKind, Section};
use crate::diagnostic::counted;
use crate::span::Span;
use wasm_encoder::Encode;

/// A subsection with a list of entries, to which the next part of the same kind adds.
struct List {
    kind: u8,
    entries: Vec<u8>,
    count: u32,
}

/// A part of the annotation.
#[derive(Default)]
struct Part {
    strings: Vec<Vec<u8>>,
    flags: u32,
    memory: (u32, u32),
    table: (u32, u32),
}

pub(crate) fn section(items: &mut Items<'_, '_>) -> Result<CustomSection> {
    let mut data = Vec::new();
    let mut list: Option<List> = None;
    while items.is_next(ItemKind::Open) {
        items.open()?;
        let keyword = items.atom("a part of `dylink.0`")?;
        let part = part(items)?;
        items.close()?;
        add(items, keyword, &part, &mut list, &mut data)?;
    }
    close(&mut list, &mut data);
    Ok(CustomSection { place: CustomPlace::Before(Section::First), name: "dylink.0".to_owned(), data })
}

fn part(items: &mut Items<'_, '_>) -> Result<Part> {
    let mut part = Part::default();
    loop {
        if items.is_next(ItemKind::String) {
            let mut bytes = Vec::new();
            let at = items.string()?;
            crate::lex::string::decode_into(items.text(at), &mut bytes);
            part.strings.push(bytes);
        } else if let Some(at) = items.next_if(ItemKind::Atom) {
            part.flags |= flag(items, at)?;
        } else if items.is_next(ItemKind::Nat) {
            part.flags |= items.u32()?;
        } else if items.is_next(ItemKind::Open) {
            items.open()?;
            let at = items.atom("`memory` or `table`")?;
            let limits = (items.u32()?, items.u32()?);
            match items.text(at) {
                "memory" => part.memory = limits,
                "table" => part.table = limits,
                other => {
                    let message = format!("expected `memory` or `table`, found `{other}`");
                    return Err(Malformed { at, message });
                }
            }
            items.close()?;
        } else {
            return Ok(part);
        }
    }
}

fn flag(items: &Items<'_, '_>, at: Span) -> Result<u32> {
    Ok(match items.text(at) {
        "binding-weak" => 1,
        "binding-local" => 1 << 1,
        "visibility-hidden" => 1 << 2,
        "undefined" => 1 << 4,
        "exported" => 1 << 5,
        "explicit-name" => 1 << 6,
        "no-strip" => 1 << 7,
        "tls" => 1 << 8,
        "absolute" => 1 << 9,
        other => return Err(Malformed { at, message: format!("`{other}` is not a symbol flag") }),
    })
}

/// Adds a part to its list, or to the section.
fn add(
    items: &Items<'_, '_>,
    keyword: Span,
    part: &Part,
    list: &mut Option<List>,
    data: &mut Vec<u8>,
) -> Result<()> {
    let mut entry = Vec::new();
    for string in &part.strings {
        string.as_slice().encode(&mut entry);
    }
    let strings = part.strings.len();
    // The kind of the subsection, the number of its entries if it is a list, whether the list continues one of the
    // same kind, and the number of strings if it is fixed.
    let (kind, count, continues, expected) = match items.text(keyword) {
        "mem-info" => {
            let ((memory, memory_alignment), (table, table_alignment)) = (part.memory, part.table);
            for number in [memory, memory_alignment, table, table_alignment] {
                number.encode(&mut entry);
            }
            (1, None, false, Some(0))
        }
        "needed" => (2, Some(strings as u32), false, None),
        "export-info" => (3, Some(1), true, Some(1)),
        "import-info" => (4, Some(1), true, Some(2)),
        "runtime-path" => (5, Some(strings as u32), false, None),
        "target-arch" => (6, None, false, Some(1)),
        other => {
            let message = format!("`{other}` is not a part of `dylink.0`");
            return Err(Malformed { at: keyword, message });
        }
    };
    if let Some(expected) = expected.filter(|expected| *expected != strings) {
        let message = format!("expected {} here, found {strings}", counted(expected as u64, "string"));
        return Err(Malformed { at: keyword, message });
    }
    if continues {
        part.flags.encode(&mut entry);
    }
    match list {
        Some(list) if continues && list.kind == kind => {
            list.entries.append(&mut entry);
            list.count += 1;
        }
        _ => {
            close(list, data);
            match count {
                Some(count) => *list = Some(List { kind, entries: entry, count }),
                None => subsection(kind, &entry, data),
            }
        }
    }
    Ok(())
}

fn close(list: &mut Option<List>, data: &mut Vec<u8>) {
    if let Some(List { kind, entries, count }) = list.take() {
        let mut payload = Vec::new();
        count.encode(&mut payload);
        payload.extend_from_slice(&entries);
        subsection(kind, &payload, data);
    }
}

fn subsection(kind: u8, payload: &[u8], data: &mut Vec<u8>) {
    data.push(kind);
    payload.encode(data);
}
