//! The annotations that gcwat interprets, and their nodes.

use super::base::Run;
use crate::span::Span;

/// The annotations that become custom sections. The lexer and the grammar read them by this table; the file of that
/// name in `lower/custom` checks and encodes their contents.
pub(crate) const ANNOTATIONS: [(&str, Place, Family); 4] = [
    ("custom", Place::Field, Family::Custom),
    ("producers", Place::Field, Family::Producers),
    ("dylink.0", Place::Field, Family::Dylink),
    ("metadata.code.*", Place::Code, Family::CodeMetadata),
];

/// The annotations of linking, which have a meaning in objects only. The lexer skips them; `object/reader.rs` finds and
/// reads them.
pub(crate) const LINKING: [&str; 6] =
    ["reloc", "sym", "sym.import.data", "sym.segment", "sym.label", "comdat"];

/// The family of an annotation, which determines how it is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    Custom,
    Producers,
    Dylink,
    CodeMetadata,
}

/// Where an annotation is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Between the fields of a module.
    Field,
    /// Before an instruction or a function.
    Code,
}

/// Returns the row of the annotation with this name. A row whose name ends in `*` matches every name with that prefix.
/// Returns `None` if the annotation is not in the table.
pub(crate) fn annotation_named(name: &str) -> Option<usize> {
    ANNOTATIONS.iter().position(|(row, ..)| match row.strip_suffix('*') {
        Some(prefix) => name.starts_with(prefix),
        None => name == *row,
    })
}

/// An annotation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Annotation {
    pub(crate) family: Family,
    /// The parenthesis and the name: `(@custom`.
    pub(crate) head: Span,
    /// The closing parenthesis.
    pub(crate) end: Span,
    /// The contents, in [`crate::ast::Ast::annotation_items`].
    pub(crate) items: Run,
    /// The start of the instruction that the annotation belongs to, or `None` if it belongs to a field.
    pub(crate) target: Option<u32>,
}

/// A token within an annotation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AnnotationItem {
    pub(crate) kind: ItemKind,
    pub(crate) span: Span,
}

/// The kind of a token within an annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemKind {
    Open,
    Close,
    /// A keyword or any other word.
    Atom,
    String,
    Nat,
    /// Any other number.
    Number,
    Id,
}
