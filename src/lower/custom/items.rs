//! Reads the contents of an annotation, item by item.

use crate::ast::{Annotation, AnnotationItem, Ast, CustomPlace, ItemKind};
use crate::lex::{number, string};
use crate::resolve::{Fault, IndexSpace, SymbolTable};
use crate::span::Span;

/// A custom section.
pub(crate) struct CustomSection {
    pub(crate) place: CustomPlace,
    pub(crate) name: String,
    pub(crate) data: Vec<u8>,
}

/// A fault in the contents of an annotation.
pub(crate) struct Malformed {
    pub(crate) at: Span,
    pub(crate) message: String,
}

pub(crate) type Result<T> = std::result::Result<T, Malformed>;

/// Reads the contents of an annotation.
pub(crate) struct Items<'a, 's> {
    scope: &'a SymbolTable<'s>,
    pub(crate) rest: &'a [AnnotationItem],
    pub(crate) annotation: &'a Annotation,
    /// Errors that leave the annotation well-formed.
    pub(crate) errors: Vec<Fault>,
}

impl<'a, 's> Items<'a, 's> {
    pub(crate) fn of(scope: &'a SymbolTable<'s>, ast: &'a Ast, annotation: &'a Annotation) -> Items<'a, 's> {
        let rest = &ast.annotation_items[annotation.items.range()];
        Items { scope, rest, annotation, errors: Vec::new() }
    }

    /// The name of the annotation, without `(@` and quotes.
    pub(crate) fn name(&self) -> &'s str {
        self.text(self.annotation.head).trim_start_matches("(@").trim_matches('"')
    }

    pub(crate) fn text(&self, span: Span) -> &'s str {
        &self.scope.source[span.range()]
    }

    /// The next item, if it is of this kind.
    pub(crate) fn next_if(&mut self, kind: ItemKind) -> Option<Span> {
        let (first, rest) = self.rest.split_first().filter(|(first, _)| first.kind == kind)?;
        self.rest = rest;
        Some(first.span)
    }

    /// Whether the next item is of this kind.
    pub(crate) fn is_next(&self, kind: ItemKind) -> bool {
        self.rest.first().is_some_and(|item| item.kind == kind)
    }

    /// Returns the fault that `what` was expected here.
    pub(crate) fn expected<T>(&self, what: &str) -> Result<T> {
        let at = self.rest.first().map_or(self.annotation.end, |item| item.span);
        Err(Malformed { at, message: format!("expected {what}, found `{}`", self.text(at)) })
    }

    pub(crate) fn string(&mut self) -> Result<Span> {
        self.next_if(ItemKind::String).map_or_else(|| self.expected("a string"), Ok)
    }

    /// A string that must be UTF-8.
    pub(crate) fn utf8(&mut self) -> Result<String> {
        let at = self.string()?;
        let bytes = string::decode(self.text(at)).into_owned();
        Ok(String::from_utf8(bytes).unwrap_or_else(|_| {
            self.errors.push(Fault::NameNotUtf8 { at });
            String::new()
        }))
    }

    /// Appends the bytes of all strings up to the next item of another kind.
    pub(crate) fn strings(&mut self, out: &mut Vec<u8>) {
        while let Some(span) = self.next_if(ItemKind::String) {
            string::decode_into(self.text(span), out);
        }
    }

    /// Reads a word. `what` describes it in the fault if it is missing.
    pub(crate) fn atom(&mut self, what: &str) -> Result<Span> {
        self.next_if(ItemKind::Atom).map_or_else(|| self.expected(what), Ok)
    }

    /// A number below 2^32.
    pub(crate) fn u32(&mut self) -> Result<u32> {
        let Some(at) = self.next_if(ItemKind::Nat) else { return self.expected("an unsigned number") };
        let value = number::magnitude(self.text(at)).and_then(|(_, value)| u32::try_from(value).ok());
        value.ok_or_else(|| Malformed {
            at,
            message: format!("`{}` does not fit into 32 bits", self.text(at)),
        })
    }

    /// A number, as a float.
    pub(crate) fn f64(&mut self) -> Result<f64> {
        let at = self.next_if(ItemKind::Number).or_else(|| self.next_if(ItemKind::Nat));
        let Some(at) = at else { return self.expected("a number") };
        let bits = number::float(self.text(at), number::F64);
        let message = || format!("`{}` is out of the range of `f64`", self.text(at));
        bits.map(f64::from_bits).ok_or_else(|| Malformed { at, message: message() })
    }

    /// The index of a function, by number or by name; 0 if it is unknown, which is reported.
    pub(crate) fn func(&mut self) -> Result<u32> {
        let at = self.next_if(ItemKind::Id).or_else(|| self.next_if(ItemKind::Nat));
        let Some(at) = at else { return self.expected("a function") };
        let index = self.scope.index_written(at, IndexSpace::Func, &mut self.errors);
        Ok(index.unwrap_or(0))
    }

    pub(crate) fn open(&mut self) -> Result<Span> {
        self.next_if(ItemKind::Open).map_or_else(|| self.expected("`(`"), Ok)
    }

    pub(crate) fn close(&mut self) -> Result<Span> {
        self.next_if(ItemKind::Close).map_or_else(|| self.expected("`)`"), Ok)
    }

    /// Checks that nothing is left.
    pub(crate) fn end(&self) -> Result<()> {
        if self.rest.is_empty() { Ok(()) } else { self.expected("`)`") }
    }
}
