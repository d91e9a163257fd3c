//! `(@producers (language "Rust" "1.88")*)`: the section `producers` of the tool conventions.

use super::items::{CustomSection, Items, Malformed, Result};
use crate::ast::{CustomPlace, ItemKind, Section};
use wasm_encoder::Encode;

const FIELDS: [&str; 3] = ["language", "sdk", "processed-by"];

pub(crate) fn section(items: &mut Items<'_, '_>) -> Result<CustomSection> {
    let mut fields: [Vec<(String, String)>; 3] = Default::default();
    while items.is_next(ItemKind::Open) {
        items.open()?;
        let at = items.atom("`language`, `sdk` or `processed-by`")?;
        let word = items.text(at);
        let Some(field) = FIELDS.iter().position(|field| *field == word) else {
            let message = format!("expected `language`, `sdk` or `processed-by`, found `{word}`");
            return Err(Malformed { at, message });
        };
        fields[field].push((items.utf8()?, items.utf8()?));
        items.close()?;
    }
    let mut data = Vec::new();
    (fields.iter().filter(|values| !values.is_empty()).count() as u32).encode(&mut data);
    for (name, values) in FIELDS.iter().zip(fields).filter(|(_, values)| !values.is_empty()) {
        name.encode(&mut data);
        values.len().encode(&mut data);
        for (key, value) in values {
            key.encode(&mut data);
            value.encode(&mut data);
        }
    }
    Ok(CustomSection { place: CustomPlace::After(Section::Last), name: "producers".to_owned(), data })
}
