//! Finds numbers in code that are probably addresses: those of the places that the text gives its data segments.

use super::entities::section;
use super::entry::Input;
use super::fault::{Fault, FaultKind};
use super::parts::{Folded, Parts, fold};
use crate::lex::{AtomKind, atoms, number};
use crate::span::Span;
use hashbrown::HashMap;
use memchr::memmem;
use wasmparser::DataKind;

/// What precedes a number that may be an address.
const BEFORE: [&str; 3] = ["i32.const", "i64.const", "offset="];

/// Warns of numbers that a linker should change, but that have no relocation.
pub(super) fn check(input: &Input<'_, '_>, parts: &Parts<'_>, faults: &mut Vec<Fault>) {
    let mut segments: HashMap<u64, Span> = HashMap::new();
    for (nth, data) in parts.datas.iter().enumerate() {
        if let DataKind::Active { offset_expr, .. } = &data.kind
            && let Some(place) = fold(offset_expr)
        {
            let place = match place {
                Folded::I32(value) => u64::from(value as u32),
                Folded::I64(value) => value as u64,
            };
            let at = input.module.places.item(section::DATA, nth).unwrap_or_default();
            segments.entry(place).or_insert(at);
        }
    }
    // Zero is a number like any other, and the place of segments whose place does not matter.
    segments.remove(&0);
    if segments.is_empty() {
        return;
    }
    for before in BEFORE {
        numbers(input, before, &segments, faults);
    }
}

/// Warns of the numbers after a word.
fn numbers(input: &Input<'_, '_>, before: &str, segments: &HashMap<u64, Span>, faults: &mut Vec<Fault>) {
    let source = input.source;
    let funcs = &input.module.places.funcs;
    // The function of the last number, and its tokens up to there: a comment has no tokens.
    let mut last = usize::MAX;
    let mut tokens = atoms(source, Span::default());
    let mut op = 0;
    for start in memmem::find_iter(source.as_bytes(), before) {
        let rest = &source[start + before.len()..];
        let text = rest.trim_start_matches([' ', '\t', '\n', '\r']);
        let end =
            text.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ';')).unwrap_or(text.len());
        let value = number::magnitude(&text[..end]).filter(|_| number::is_nat(&text[..end]));
        let Some((&value, &segment)) = value.and_then(|(_, value)| segments.get_key_value(&value)) else {
            continue;
        };
        let Some(func) = funcs.partition_point(|func| func.start as usize <= start).checked_sub(1) else {
            continue;
        };
        if funcs[func].end as usize <= start {
            continue;
        }
        if func != last {
            last = func;
            tokens = atoms(source, funcs[func]);
        }
        let token = tokens.by_ref().find(|atom| {
            // An offset belongs to the instruction before it.
            if atom.kind == AtomKind::Word && !source[atom.span.range()].contains('=') {
                op = atom.span.start;
            }
            atom.span.end as usize > start
        });
        let is_token =
            token.is_some_and(|atom| atom.kind == AtomKind::Word && atom.span.start as usize == start);
        if is_token && input.notes.addresses.binary_search(&op).is_err() {
            let at = Span::new(start as u32, (source.len() - text.len() + end) as u32);
            faults.push(Fault { at, kind: FaultKind::UnrelocatedAddress { number: value, segment } });
        }
    }
}
