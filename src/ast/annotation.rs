//! Annotations with a meaning: which there are, and what the tree has of them.

use super::base::Run;
use crate::span::Span;

/// The annotations that end up in custom sections. The lexer and the grammar read each of them by this table; what is
/// within, and how it is encoded, is the business of the file of that name in `lower/custom`.
pub(crate) const ANNOTATIONS: [(&str, Place, Family); 4] = [
    ("custom", Place::Field, Family::Custom),
    ("producers", Place::Field, Family::Producers),
    ("dylink.0", Place::Field, Family::Dylink),
    ("metadata.code.*", Place::Code, Family::CodeMetadata),
];

/// What an annotation is about, and so who encodes it.
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
    /// In front of an instruction or a function.
    Code,
}

/// Finds the row of the annotation with this name. A row whose name ends in `*` is for every name that begins so.
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
    /// The parenthesis that closes it.
    pub(crate) end: Span,
    /// Its contents; of [`crate::ast::Ast::annotation_items`].
    pub(crate) items: Run,
    /// The start of the instruction that it belongs to, or `None` if it belongs to a field.
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
    /// A keyword, or any other word.
    Atom,
    String,
    Nat,
    /// Any other number.
    Number,
    Id,
}
