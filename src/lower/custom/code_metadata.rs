//! `(@metadata.code.NAME ...)`: branch hints, compilation hints and other metadata of instructions and functions.

use super::items::{Items, Malformed, Result};
use crate::ast::ItemKind;
use hashbrown::HashMap;
use wasm_encoder::Encode;

/// Appends the value of an annotation.
pub(crate) fn value(items: &mut Items<'_, '_>, out: &mut Vec<u8>) -> Result<()> {
    let start = out.len();
    items.strings(out);
    if items.name() == "metadata.code.branch_hint" && !matches!(out[start..], [0] | [1]) {
        let at = items.annotation.head.to(items.annotation.end);
        let message = "a branch hint is the string \"\\00\" (unlikely) or \"\\01\" (likely)";
        return Err(Malformed { at, message: message.to_owned() });
    }
    if out.len() > start {
        return Ok(());
    }
    // Compilation hints have a text form of their own.
    while !items.rest.is_empty() {
        hint(items, out)?;
    }
    Ok(())
}

/// Appends one compilation hint: a word, `(word value)` or `(target $func share)`.
fn hint(items: &mut Items<'_, '_>, out: &mut Vec<u8>) -> Result<()> {
    const WHAT: &str = "a compilation hint";
    let is_group = items.next_if(ItemKind::Open).is_some();
    let at = items.atom(WHAT)?;
    let word = items.text(at);
    let has_value = is_group && !items.is_next(ItemKind::Close);
    let value = match (word, has_value) {
        ("never_opt", false) => 0,
        ("always_opt" | "run_once", false) => 127,
        ("freq", true) => frequency(items.f64()?),
        ("compilation" | "priority" | "optimization", true) => items.u32()?,
        ("target", true) => {
            items.func()?.encode(out);
            let share = items.f64()?;
            (share * 100.0).floor().clamp(0.0, 100.0) as u32
        }
        _ => {
            let message = format!("`{word}` is not a hint, or not with these values");
            return Err(Malformed { at, message });
        }
    };
    value.encode(out);
    if is_group {
        items.close()?;
    }
    Ok(())
}

/// A frequency is encoded as a power of two, from 1 for 2^-31 to 126.
fn frequency(frequency: f64) -> u32 {
    let exponent = (frequency.to_bits() >> 52 & 0x7ff) as i32 - 1023;
    if frequency >= 0.0 { (exponent + 32).clamp(1, 126) as u32 } else { 0 }
}

/// The sections of code metadata, one for each name.
#[derive(Default)]
pub(crate) struct MetadataSections {
    sections: Vec<MetadataSection>,
    /// The number of the section of each name.
    numbers: HashMap<String, usize>,
    /// The sections with entries of the function that is being added.
    open: Vec<usize>,
}

#[derive(Default)]
struct MetadataSection {
    name: String,
    /// The functions so far, and their number.
    bytes: Vec<u8>,
    funcs: u32,
    /// The entries of the function that is being added, and their number.
    entries: Vec<u8>,
    entry_count: u32,
}

impl MetadataSections {
    /// Adds an entry at a byte of the body of the function that is being added.
    pub(crate) fn add(&mut self, name: &str, offset: u32, value: &[u8]) {
        let at = *self.numbers.entry_ref(name).or_insert(self.sections.len());
        if at == self.sections.len() {
            self.sections.push(MetadataSection { name: name.to_owned(), ..MetadataSection::default() });
        }
        let section = &mut self.sections[at];
        if section.entry_count == 0 {
            self.open.push(at);
        }
        offset.encode(&mut section.entries);
        value.encode(&mut section.entries);
        section.entry_count += 1;
    }

    /// Ends the function with this index.
    pub(crate) fn end_func(&mut self, func: u32) {
        for at in self.open.drain(..) {
            let section = &mut self.sections[at];
            section.funcs += 1;
            func.encode(&mut section.bytes);
            section.entry_count.encode(&mut section.bytes);
            section.bytes.append(&mut section.entries);
            section.entry_count = 0;
        }
    }

    /// The names and contents of the sections.
    pub(crate) fn encoded(&self) -> impl Iterator<Item = (&str, Vec<u8>)> {
        self.sections.iter().map(|section| {
            let mut data = Vec::new();
            section.funcs.encode(&mut data);
            data.extend_from_slice(&section.bytes);
            (section.name.as_str(), data)
        })
    }
}
