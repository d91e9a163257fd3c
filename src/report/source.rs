//! The source text that a report quotes.

use crate::escape;
use crate::span::LineIndex;
use std::borrow::Cow;

/// A text and its file name.
#[derive(Clone, Debug)]
pub(super) struct Source<'a> {
    pub(super) name: &'a str,
    /// The name without unsafe characters.
    pub(super) shown_name: Cow<'a, str>,
    pub(super) text: &'a str,
    pub(super) lines: LineIndex,
    /// The text without unsafe characters, of the same length.
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
