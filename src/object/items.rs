//! Reads the contents of an annotation of linking, item by item.

use super::fault::{Fault, FaultKind};
use crate::lex::{Atom, AtomKind, number, string};
use crate::span::Span;

pub(super) struct Items<'a, 's> {
    pub(super) source: &'s str,
    rest: &'a [Atom],
    /// The closing parenthesis.
    end: Span,
    pub(super) faults: &'a mut Vec<Fault>,
}

impl<'a, 's> Items<'a, 's> {
    pub(super) fn new(
        source: &'s str,
        rest: &'a [Atom],
        end: Span,
        faults: &'a mut Vec<Fault>,
    ) -> Items<'a, 's> {
        Items { source, rest, end, faults }
    }

    pub(super) fn text(&self, span: Span) -> &'s str {
        &self.source[span.range()]
    }

    pub(super) fn is_end(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn peek(&self) -> Option<Atom> {
        self.rest.first().copied()
    }

    pub(super) fn next(&mut self) -> Option<Atom> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    pub(super) fn next_if(&mut self, kind: AtomKind) -> Option<Span> {
        let first = self.peek().filter(|atom| atom.kind == kind)?;
        self.next();
        Some(first.span)
    }

    pub(super) fn is_close(&self) -> bool {
        self.peek().is_some_and(|atom| atom.kind == AtomKind::Close)
    }

    pub(super) fn close_group(&mut self) -> bool {
        self.next_if(AtomKind::Close).is_some()
    }

    /// Skips the rest of a group.
    pub(super) fn skip_group(&mut self) {
        let mut depth = 1u32;
        while depth > 0 {
            match self.next().map(|atom| atom.kind) {
                Some(AtomKind::Open | AtomKind::Annotation) => depth += 1,
                Some(AtomKind::Close) => depth -= 1,
                Some(_) => {}
                None => return,
            }
        }
    }

    /// Reports that something else was expected at the next item.
    pub(super) fn expected(&mut self, what: &'static str) {
        let at = self.peek().map_or(self.end, |atom| atom.span);
        self.faults.push(Fault { at, kind: FaultKind::Expected(what) });
    }

    /// Reports an item that is left over.
    pub(super) fn end(&mut self) {
        if !self.is_end() {
            self.expected("`)`");
        }
    }

    /// Returns the value of an unsigned number, or `None` if it is not one.
    pub(super) fn number(&self, at: Span) -> Option<u64> {
        let text = self.text(at);
        number::magnitude(text).filter(|_| number::is_nat(text)).map(|(_, value)| value)
    }

    /// Returns the text of a string. Reports one that is malformed or not UTF-8.
    pub(super) fn decoded(&mut self, at: Span) -> Option<String> {
        let Some(bytes) = contents_of(self.text(at)) else {
            self.faults.push(Fault { at, kind: FaultKind::Expected("a string") });
            return None;
        };
        match String::from_utf8(bytes) {
            Ok(text) => Some(text),
            Err(_) => {
                self.faults.push(Fault { at, kind: FaultKind::NotUtf8 });
                None
            }
        }
    }
}

/// Returns the bytes of a string. `None` if it is malformed.
pub(super) fn contents_of(string: &str) -> Option<Vec<u8>> {
    if string.len() < 2 || !string.starts_with('"') || !string.ends_with('"') {
        return None;
    }
    let mut bytes = Vec::new();
    string::decode_checked(string, &mut bytes)?;
    Some(bytes)
}
