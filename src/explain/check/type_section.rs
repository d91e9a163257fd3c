//! Splits the type section into groups of types, also where wasmparser's reader rejects it.

use std::ops::Range;
use wasmparser::{BinaryReader, Parser, Payload};

/// The bytes of the items of a module's type section.
pub(crate) fn type_section(module: &[u8]) -> Vec<u8> {
    for payload in Parser::new(0).parse_all(module) {
        match payload {
            Ok(Payload::TypeSection(reader)) => {
                let range = reader.range();
                return module[range.start as usize..range.end as usize].to_vec();
            }
            Ok(_) => {}
            Err(_) => break,
        }
    }
    vec![0]
}

/// A group of types: its bytes, and how many types are in it.
pub(super) struct Group {
    pub(super) bytes: Vec<u8>,
    pub(super) count: u32,
}

/// The groups of a type section, also of types that exceed a limit.
pub(super) fn groups(types: &[u8]) -> Vec<Group> {
    let mut reader = BinaryReader::new(types, 0);
    let items = reader.read_var_u32().unwrap_or(0);
    let mut groups: Vec<Group> = Vec::new();
    for _ in 0..items {
        let start = reader.original_position() as usize;
        let Ok(count) = pass_group(&mut reader, &mut Parts::default()) else { break };
        groups.push(Group { bytes: types[start..reader.original_position() as usize].to_vec(), count });
    }
    groups
}

/// Reads past a group of types. Returns the number of its types.
fn pass_group(reader: &mut BinaryReader<'_>, parts: &mut Parts) -> wasmparser::Result<u32> {
    const REC_GROUP: u8 = 0x4e;
    if reader.clone().read_u8()? != REC_GROUP {
        pass_type(reader, parts)?;
        return Ok(1);
    }
    reader.read_u8()?;
    let count = reader.read_var_u32()?;
    (0..count).try_for_each(|_| pass_type(reader, parts))?;
    Ok(count)
}

/// The parts of types that are read past.
#[derive(Default)]
struct Parts {
    /// The clauses about descriptors.
    descriptors: Vec<Range<u64>>,
    /// Whether each type is shared.
    shared: Vec<bool>,
}

/// The contents of a type section without the clauses about descriptors.
pub(super) fn without_descriptors(section: &[u8]) -> Vec<u8> {
    let mut reader = BinaryReader::new(section, 0);
    let mut parts = Parts::default();
    let _ = reader.read_var_u32();
    while !reader.eof() && pass_group(&mut reader, &mut parts).is_ok() {}
    let mut bytes = Vec::with_capacity(section.len());
    let mut at = 0;
    for clause in parts.descriptors {
        bytes.extend_from_slice(&section[at..clause.start as usize]);
        at = clause.end as usize;
    }
    bytes.extend_from_slice(&section[at..]);
    bytes
}

fn pass_type(reader: &mut BinaryReader<'_>, parts: &mut Parts) -> wasmparser::Result<()> {
    let mut is_shared = false;
    loop {
        let start = reader.original_position();
        let head = reader.read_u8()?;
        if matches!(head, 0x5d..=0x60) {
            parts.shared.push(is_shared);
        }
        match head {
            // Final or not, and the supertypes.
            0x4f | 0x50 => {
                for _ in 0..reader.read_var_u32()? {
                    reader.read_var_u32()?;
                }
            }
            // The descriptor and the described type.
            0x4c | 0x4d => {
                reader.read_var_u32()?;
                parts.descriptors.push(start..reader.original_position());
            }
            0x60 => {
                for _ in 0..2 {
                    for _ in 0..reader.read_var_u32()? {
                        pass_value_type(reader)?;
                    }
                }
                return Ok(());
            }
            0x5f => {
                for _ in 0..reader.read_var_u32()? {
                    pass_value_type(reader)?;
                    reader.read_u8()?;
                }
                return Ok(());
            }
            0x5e => {
                pass_value_type(reader)?;
                reader.read_u8()?;
                return Ok(());
            }
            0x5d => return pass_heap_type(reader),
            _ => is_shared = true,
        }
    }
}

fn pass_value_type(reader: &mut BinaryReader<'_>) -> wasmparser::Result<()> {
    match reader.read_u8()? {
        0x63 | 0x64 => pass_heap_type(reader),
        // A shared type without parameters.
        0x65 => reader.read_u8().map(|_| ()),
        _ => Ok(()),
    }
}

fn pass_heap_type(reader: &mut BinaryReader<'_>) -> wasmparser::Result<()> {
    match reader.read_u8()? {
        // An exact type by index, or a shared abstract type.
        0x62 => reader.read_var_u32().map(|_| ()),
        0x65 => reader.read_u8().map(|_| ()),
        byte => {
            let mut byte = byte;
            while byte & 0x80 != 0 {
                byte = reader.read_u8()?;
            }
            Ok(())
        }
    }
}

/// The index of the group that has the byte at `offset` of a module whose first group begins at `start`.
pub(super) fn group_at(groups: &[Group], start: u64, offset: u64) -> Option<usize> {
    let mut end = start;
    groups.iter().position(|group| {
        end += group.bytes.len() as u64;
        offset < end
    })
}

/// The index of the group that has a type.
pub(super) fn group_of(groups: &[Group], index: usize) -> Option<usize> {
    let mut end = 0;
    groups.iter().position(|group| {
        end += group.count as usize;
        index < end
    })
}

/// Whether each type of the groups is shared.
pub(super) fn shared_types(groups: &[Group]) -> Vec<bool> {
    let mut parts = Parts::default();
    for group in groups {
        let _ = pass_group(&mut BinaryReader::new(&group.bytes, 0), &mut parts);
    }
    parts.shared
}
