//! The name section of an object, whose indices may differ from those of the module.

use super::types::Types;
use wasm_encoder::Encode;
use wasmparser::{BinaryReader, Result};

// The subsections whose indices change.
const TYPES: u8 = 4;
const TABLES: u8 = 5;
const ELEMS: u8 = 8;
const FIELDS: u8 = 10;
const TYPE_PARAMS: u8 = 12;

/// Returns the contents of a name section with the indices of an object. Tables from `moved` on have the next index.
pub(super) fn adapted(data: &[u8], types: &Types, moved: Option<u32>) -> Vec<u8> {
    // The name section was written by the assembler, or by the author of the text: then it may be malformed.
    read(data, types, moved).unwrap_or_else(|_| data.to_vec())
}

fn read(data: &[u8], types: &Types, moved: Option<u32>) -> Result<Vec<u8>> {
    let mut reader = BinaryReader::new(data, 0);
    let mut out = Vec::new();
    while !reader.eof() {
        let id = reader.read_u8()?;
        let len = reader.read_var_u32()? as usize;
        let body = reader.read_bytes(len)?;
        let table = |index: u32| Some(index + u32::from(moved.is_some_and(|moved| index >= moved)));
        let ty = |index: u32| types.map.get(index as usize).copied().flatten();
        let body = match id {
            // Element segments are not in an object.
            ELEMS => continue,
            TABLES if moved.is_some() => renamed(body, table, false)?,
            TYPES if types.is_changed => renamed(body, ty, false)?,
            FIELDS | TYPE_PARAMS if types.is_changed => renamed(body, ty, true)?,
            _ => body.to_vec(),
        };
        if body.first() != Some(&0) || id == 0 {
            out.push(id);
            body.encode(&mut out);
        }
    }
    Ok(out)
}

/// Returns a name map with other indices. An indirect map has a name map for each index.
fn renamed(body: &[u8], index_of: impl Fn(u32) -> Option<u32>, is_indirect: bool) -> Result<Vec<u8>> {
    let mut reader = BinaryReader::new(body, 0);
    let count = reader.read_var_u32()?;
    let mut items = Vec::new();
    let mut kept = 0u32;
    for _ in 0..count {
        let index = index_of(reader.read_var_u32()?);
        let start = reader.original_position() as usize;
        if is_indirect {
            for _ in 0..reader.read_var_u32()? {
                reader.read_var_u32()?;
                reader.read_string()?;
            }
        } else {
            reader.read_string()?;
        }
        if let Some(index) = index {
            index.encode(&mut items);
            items.extend_from_slice(&body[start..reader.original_position() as usize]);
            kept += 1;
        }
    }
    let mut out = Vec::new();
    kept.encode(&mut out);
    out.extend_from_slice(&items);
    Ok(out)
}
