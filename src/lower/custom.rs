//! Annotations that become custom sections. Each family has a file, which reads and encodes its annotations. A family is
//! a row of [`crate::ast::ANNOTATIONS`] and an arm of one of the functions here.

mod code_metadata;
mod dylink;
mod items;
mod producers;
mod raw;

pub(crate) use code_metadata::MetadataSections;
pub(crate) use items::CustomSection;

use crate::ast::{Annotation, Ast, Family};
use crate::resolve::{Fault, SymbolTable};
use items::{Items, Malformed, Result};

/// Encodes an annotation between fields. Returns `None`, and reports why, if it is malformed.
pub(super) fn section(
    scope: &SymbolTable<'_>,
    ast: &Ast,
    annotation: &Annotation,
    faults: &mut Vec<Fault>,
) -> Option<CustomSection> {
    let mut items = Items::of(scope, ast, annotation);
    let section = match annotation.family {
        Family::Custom => raw::section(&mut items),
        Family::Producers => producers::section(&mut items),
        Family::Dylink => dylink::section(&mut items),
        // The grammar allows it before instructions and functions only.
        Family::CodeMetadata => return None,
    };
    let section = report(section.and_then(|section| items.end().map(|()| section)), faults);
    faults.append(&mut items.errors);
    section
}

/// Appends the value of an annotation that belongs to an instruction or a function. Reports it if it is malformed.
pub(super) fn metadata(
    scope: &SymbolTable<'_>,
    ast: &Ast,
    annotation: &Annotation,
    out: &mut Vec<u8>,
    faults: &mut Vec<Fault>,
) {
    let mut items = Items::of(scope, ast, annotation);
    let value = code_metadata::value(&mut items, out);
    report(value.and_then(|()| items.end()), faults);
    faults.append(&mut items.errors);
}

fn report<T>(result: Result<T>, faults: &mut Vec<Fault>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(Malformed { at, message }) => {
            faults.push(Fault::Annotation { at, message });
            None
        }
    }
}
