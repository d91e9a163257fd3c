//! The source text that a report quotes.

use crate::escape;
use crate::span::LineIndex;
use std::borrow::Cow;

/// A text and what it is called.
pub(super) struct Source<'a> {
    pub(super) name: &'a str,
    /// The name as people see it.
    pub(super) shown_name: Cow<'a, str>,
    pub(super) text: &'a str,
    pub(super) lines: LineIndex,
    /// The text as people see it.
    pub(super) shown: Cow<'a, str>,
}

impl<'a> Source<'a> {
    pub(super) fn new(name: &'a str, text: &'a str) -> Source<'a> {
        Source {
            name,
            shown_name: escape::line(name),
            text,
            lines: LineIndex::new(text),
            shown: escape::same_length(text),
        }
    }
}
