//! Converts an object to annotated text, which assembles to an object that links to the same program.
//!
//! wasmprinter prints the module without linking information; this module adds annotations to its lines, and writes the
//! fields that it does not print.

mod code;
mod data;
mod model;
mod skeleton;
mod strings;
mod symbols;

use super::print::{Limited, print_lines};
use crate::escape;
use crate::object::linking::LAST_PRIORITY;
use code::Annotator;
use data::Segments;
use model::{Kind, Object, Unreadable};
use skeleton::is_debug;
use std::collections::{HashMap, HashSet};
use symbols::Ids;

/// The text of an object.
pub(super) struct ObjectText {
    pub(super) text: String,
    /// The parts of the object that have no text, which are also comments at the start of the text.
    pub(super) notes: Vec<String>,
    /// Whether the object has a name section.
    pub(super) names: bool,
    /// Where the module begins.
    start: usize,
}

impl ObjectText {
    /// Returns the first line that differs from the module of `other`, or `None` if the modules are the same. The
    /// assembler adds the list of features if it is missing, and every memory becomes the same import.
    pub(super) fn first_difference(&self, other: &ObjectText) -> Option<String> {
        let has_features = self.text.contains(FEATURES);
        let lines = |text: &ObjectText| {
            let lines = text.text[text.start..].lines().map(str::to_owned);
            let lines = lines.filter(|line| has_features || !line.starts_with(FEATURES));
            lines.filter(|line| !is_memory(line)).collect::<Vec<_>>()
        };
        let (own, others) = (lines(self), lines(other));
        let length = own.len().max(others.len());
        let differs = (0..length).find(|line| own.get(*line) != others.get(*line))?;
        Some(own.get(differs).map_or("", |line| line.trim()).to_owned())
    }
}

fn is_memory(line: &str) -> bool {
    line.starts_with("  (memory ") || line.starts_with("  (import ") && line.contains(" (memory (;0;) ")
}

/// The line with the features that the code of an object uses.
const FEATURES: &str = "  (@custom \"target_features\"";

/// Returns the text of an object, or `None` if the module is not an object.
///
/// # Errors
///
/// Returns a message if the linking information cannot be expressed as text.
pub(super) fn text(bytes: &[u8]) -> Result<Option<ObjectText>, String> {
    let Some(object) = Object::read(bytes).map_err(|Unreadable(message)| message)? else { return Ok(None) };
    let ids = Ids::new(&object);
    let skeleton = skeleton::skeleton(&object, &ids).ok_or("a relocation of a number that is not padded")?;
    let (printed, starts) = print_lines(&skeleton.bytes)?;
    let mut out = Limited::of(bytes.len());
    let mut annotator = Annotator::new(&object, &ids);
    let mut are_declared = false;
    // Custom sections are written last: their places mean nothing in an object.
    let mut custom = Limited::of(bytes.len());
    let mut is_custom = false;
    for (number, (offset, start)) in starts.iter().enumerate() {
        let end = starts.get(number + 1).map_or(printed.len(), |(_, end)| *end);
        let line = printed[*start..end].trim_end_matches('\n');
        let field = line.strip_prefix("  ").filter(|rest| rest.starts_with('('));
        is_custom = field.map_or(is_custom, |field| field.starts_with("(@")) && number + 1 < starts.len();
        if is_custom {
            custom.line("", &without_place(line))?;
            continue;
        }
        if !are_declared && field.is_some_and(|field| !FIRST.iter().any(|start| field.starts_with(start))) {
            are_declared = true;
            declarations(&object, &ids, &mut out)?;
        }
        if let Some(field) = field {
            let field = annotator.field(field).ok_or("a field in an unexpected form")?;
            out.line("  ", &field)?;
        } else if number + 1 < starts.len() {
            let next = starts[number + 1..].iter().find_map(|(offset, _)| *offset);
            match (offset, next) {
                (Some(at), Some(next)) if object.is_code(*at as usize + skeleton.moved) => {
                    out.line("", &annotator.instruction(line, next as usize + skeleton.moved))?;
                }
                _ => out.line("", line)?,
            }
        } else {
            // The parenthesis that closes the module, in a line of its own unless the module is empty.
            if let Some(head) = line.strip_suffix(')').filter(|head| !head.is_empty()) {
                out.line("", head)?;
            }
            if !are_declared {
                declarations(&object, &ids, &mut out)?;
            }
        }
    }
    let mut not_exported = std::mem::take(&mut annotator.not_exported);
    if !annotator.function_references.is_empty() {
        let mut field = "(elem declare func".to_owned();
        for index in &annotator.function_references {
            let symbol = ids.primary(Kind::Func, *index);
            field +=
                &symbol.map_or(format!(" {index}"), |symbol| format!(" {}", ids.reference(&object, symbol)));
        }
        out.line("  ", &(field + ")"))?;
    }
    if let Some(start) = imported_inits(&object)
        .find_map(|(priority, symbol)| (priority == LAST_PRIORITY).then(|| ids.reference(&object, symbol)))
    {
        out.line("  ", &format!("(start {start})"))?;
    }
    let segments = Segments::new(&object, &ids);
    for index in (0..object.segments.len()).filter(|index| !segments.is_implied(*index)) {
        out.line("  ", &segments.text(index, &mut not_exported))?;
    }
    out.append(&custom.text)?;
    out.line("", ")")?;
    let notes = notes(&object, &not_exported);
    let mut text = Limited::of(bytes.len());
    for note in &notes {
        text.line(";; ", note)?;
    }
    let start = text.text.len();
    text.append(&out.text)?;
    let names = object.sections.iter().any(|section| section.name == "name");
    Ok(Some(ObjectText { text: text.text, notes, names, start }))
}

/// Removes the place of a custom section: `(@custom "name" (after code) "contents")`.
fn without_place(line: &str) -> String {
    // Parentheses in the name are in its quotes, which the printer escapes.
    let place = line.find("\" (").filter(|_| line.starts_with("  (@custom ")).map(|quote| quote + 1);
    let end = place.and_then(|place| line[place..].find(')').map(|end| place + end + 1));
    match (place, end) {
        (Some(place), Some(end)) => format!("{}{}", &line[..place], &line[end..]),
        _ => line.to_owned(),
    }
}

/// The beginnings of fields that must precede the declarations of this module.
const FIRST: [&str; 3] = ["(type ", "(rec", "(import "];

/// Writes the declarations of comdat groups and of undefined data.
fn declarations(object: &Object<'_>, ids: &Ids, out: &mut Limited) -> Result<(), String> {
    for field in ids.comdats(object).chain(data::imports(object, ids)) {
        out.line("  ", &field)?;
    }
    Ok(())
}

/// Names the parts of an object that have no text, in a sentence for each.
fn notes(object: &Object<'_>, not_exported: &[u32]) -> Vec<String> {
    let mut notes = Vec::new();
    let debug: Vec<&str> =
        object.sections.iter().map(|section| section.name).filter(|name| is_debug(name)).collect();
    if !debug.is_empty() {
        notes.push(format!("debug information is left out: {}", escape::line(&debug.join(", "))));
    }
    for section in &object.sections {
        if section.has_relocs && section.id == 0 && !is_debug(section.name) {
            let name = escape::line(section.name);
            notes.push(format!("the custom section `{name}` is left out: its relocations have no text"));
        }
        if section.id == START {
            notes.push("the start function is left out: linkers ignore it".to_owned());
        }
    }
    if let Some(first) = not_exported.first() {
        let name = escape::line(object.symbols[*first as usize].name);
        let others = match not_exported.len() {
            1 => String::new(),
            count => format!(" and {} other symbols", count - 1),
        };
        notes
            .push(format!("the export of `{name}`{others} is left out: imports and data cannot be exported"));
    }
    let mut imported: Vec<_> = imported_inits(object).collect();
    if let Some(start) = imported.iter().position(|(priority, _)| *priority == LAST_PRIORITY) {
        imported.remove(start);
    }
    for (priority, symbol) in imported {
        let name = escape::line(object.symbols[symbol as usize].name);
        notes.push(format!(
            "the call of the imported function `{name}` with priority {priority} before the program is left out"
        ));
    }
    if !is_in_order(object) {
        notes.push("initialization functions of one priority may run in another order".to_owned());
    }
    notes
}

/// The start section.
const START: u8 = 8;

/// The priorities and symbols of the initialization functions that are imported. One with the last priority is a start
/// function in the text, which has no annotation for them.
fn imported_inits(object: &Object<'_>) -> impl Iterator<Item = (u32, u32)> {
    object.inits.iter().copied().filter(|(_, symbol)| object.symbols[*symbol as usize].is_undefined())
}

/// Whether initialization functions of the same priority are in the order of their definitions, which the assembler
/// uses. A function must not be listed twice.
fn is_in_order(object: &Object<'_>) -> bool {
    let mut last = HashMap::new();
    let mut seen = HashSet::new();
    object.inits.iter().all(|(priority, symbol)| {
        let index = object.symbols[*symbol as usize].index;
        let before = last.insert(*priority, index);
        seen.insert(*symbol) && before.is_none_or(|before| before < index)
    })
}
