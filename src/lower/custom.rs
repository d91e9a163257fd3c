//! Annotations that become custom sections. Each family has a file, which reads the contents of its annotations and
//! encodes them; a family is a row of [`crate::ast::ANNOTATIONS`] and an arm of one of the functions here.

mod code_metadata;
mod dylink;
mod producers;
mod raw;

pub(super) use code_metadata::MetadataSections;

use super::scope::{Scope, Space};
use crate::ast::{Annotation, AnnotationItem, Ast, CustomPlace, Family, ItemKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::lex::{number, string};
use crate::span::Span;

/// A custom section.
pub(super) struct CustomSection {
    pub(super) place: CustomPlace,
    pub(super) name: String,
    pub(super) data: Vec<u8>,
}

/// The contents of an annotation are not as its family needs them.
struct Malformed {
    at: Span,
    message: String,
}

type Result<T> = std::result::Result<T, Malformed>;

/// Encodes an annotation between fields. Returns `None`, and reports why, if it is malformed.
pub(super) fn section(
    scope: &Scope<'_>,
    ast: &Ast,
    annotation: &Annotation,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<CustomSection> {
    let mut items = Items::of(scope, ast, annotation);
    let section = match annotation.family {
        Family::Custom => raw::section(&mut items),
        Family::Producers => producers::section(&mut items),
        Family::Dylink => dylink::section(&mut items),
        // The grammar has it before instructions and functions only.
        Family::CodeMetadata => return None,
    };
    let section = report(section.and_then(|section| items.end().map(|()| section)), diagnostics);
    diagnostics.append(&mut items.errors);
    section
}

/// Appends the value of an annotation that belongs to an instruction or a function. Reports it if it is malformed.
pub(super) fn metadata(
    scope: &Scope<'_>,
    ast: &Ast,
    annotation: &Annotation,
    out: &mut Vec<u8>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut items = Items::of(scope, ast, annotation);
    let value = code_metadata::value(&mut items, out);
    report(value.and_then(|()| items.end()), diagnostics);
    diagnostics.append(&mut items.errors);
}

fn report<T>(result: Result<T>, diagnostics: &mut Vec<Diagnostic>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(Malformed { at, message }) => {
            diagnostics.push(Diagnostic::error(Code::BadAnnotation, at, message));
            None
        }
    }
}

/// Reads the contents of an annotation.
struct Items<'a, 's> {
    scope: &'a Scope<'s>,
    rest: &'a [AnnotationItem],
    annotation: &'a Annotation,
    /// Errors that leave the annotation well-formed.
    errors: Vec<Diagnostic>,
}

impl<'a, 's> Items<'a, 's> {
    fn of(scope: &'a Scope<'s>, ast: &'a Ast, annotation: &'a Annotation) -> Items<'a, 's> {
        let rest = &ast.annotation_items[annotation.items.range()];
        Items { scope, rest, annotation, errors: Vec::new() }
    }

    /// The name of the annotation, without `(@` and quotes.
    fn name(&self) -> &'s str {
        self.text(self.annotation.head).trim_start_matches("(@").trim_matches('"')
    }

    fn text(&self, span: Span) -> &'s str {
        &self.scope.source[span.range()]
    }

    /// The next item, if it is of this kind.
    fn next_if(&mut self, kind: ItemKind) -> Option<Span> {
        let (first, rest) = self.rest.split_first().filter(|(first, _)| first.kind == kind)?;
        self.rest = rest;
        Some(first.span)
    }

    /// Whether the next item is of this kind.
    fn is_next(&self, kind: ItemKind) -> bool {
        self.rest.first().is_some_and(|item| item.kind == kind)
    }

    /// The error that something else was expected here.
    fn expected<T>(&self, what: &str) -> Result<T> {
        let at = self.rest.first().map_or(self.annotation.end, |item| item.span);
        Err(Malformed { at, message: format!("expected {what}, found `{}`", self.text(at)) })
    }

    fn string(&mut self) -> Result<Span> {
        self.next_if(ItemKind::String).map_or_else(|| self.expected("a string"), Ok)
    }

    /// A string that must be UTF-8.
    fn utf8(&mut self) -> Result<String> {
        let at = self.string()?;
        let bytes = string::decode(self.text(at)).into_owned();
        Ok(String::from_utf8(bytes).unwrap_or_else(|_| {
            self.errors.push(Diagnostic::error(Code::BadUtf8, at, "a name must be UTF-8"));
            String::new()
        }))
    }

    /// Appends the bytes of all strings up to the next item of another kind.
    fn strings(&mut self, out: &mut Vec<u8>) {
        while let Some(span) = self.next_if(ItemKind::String) {
            string::decode_into(self.text(span), out);
        }
    }

    /// A word; `what` is said to be expected if there is none.
    fn atom(&mut self, what: &str) -> Result<Span> {
        self.next_if(ItemKind::Atom).map_or_else(|| self.expected(what), Ok)
    }

    /// A number below 2^32.
    fn u32(&mut self) -> Result<u32> {
        let Some(at) = self.next_if(ItemKind::Nat) else { return self.expected("an unsigned number") };
        let value = number::magnitude(self.text(at)).and_then(|(_, value)| u32::try_from(value).ok());
        value.ok_or_else(|| Malformed {
            at,
            message: format!("`{}` does not fit into 32 bits", self.text(at)),
        })
    }

    /// A number, as a float.
    fn f64(&mut self) -> Result<f64> {
        let at = self.next_if(ItemKind::Number).or_else(|| self.next_if(ItemKind::Nat));
        let Some(at) = at else { return self.expected("a number") };
        let bits = number::float(self.text(at), number::F64);
        let message = || format!("`{}` is out of the range of `f64`", self.text(at));
        bits.map(f64::from_bits).ok_or_else(|| Malformed { at, message: message() })
    }

    /// The index of a function, by number or by name; 0 if it is unknown, which is reported.
    fn func(&mut self) -> Result<u32> {
        let at = self.next_if(ItemKind::Id).or_else(|| self.next_if(ItemKind::Nat));
        let Some(at) = at else { return self.expected("a function") };
        let index = self.scope.index_written(at, Space::Func, &mut self.errors);
        Ok(index.unwrap_or(0))
    }

    fn open(&mut self) -> Result<Span> {
        self.next_if(ItemKind::Open).map_or_else(|| self.expected("`(`"), Ok)
    }

    fn close(&mut self) -> Result<Span> {
        self.next_if(ItemKind::Close).map_or_else(|| self.expected("`)`"), Ok)
    }

    /// That nothing is left.
    fn end(&self) -> Result<()> {
        if self.rest.is_empty() { Ok(()) } else { self.expected("`)`") }
    }
}
