//! Locations in the source text.

use std::ops::Range;

/// A range of the source text, in bytes from its start. The end is exclusive.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// Creates the span from `start` up to, not including, `end`.
    pub const fn new(start: u32, end: u32) -> Span {
        Span { start, end }
    }

    /// Returns the span from the start of `self` to the end of `other`.
    pub const fn to(self, other: Span) -> Span {
        Span { start: self.start, end: other.end }
    }

    /// Returns the span of the first byte, such as the parenthesis of a form.
    pub(crate) const fn head(self) -> Span {
        Span { start: self.start, end: self.start + if self.end > self.start { 1 } else { 0 } }
    }

    /// Returns the empty span before the first byte.
    pub const fn before(self) -> Span {
        Span { start: self.start, end: self.start }
    }

    /// Returns the empty span after the last byte.
    pub const fn after(self) -> Span {
        Span { start: self.end, end: self.end }
    }

    /// Returns the span as a range, to index the source text.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Returns the number of bytes.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span is empty.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Moves the span by `offset` bytes.
    pub(crate) const fn shifted(self, offset: u32) -> Span {
        Span { start: self.start + offset, end: self.end + offset }
    }
}

impl std::fmt::Debug for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// A line and a column, both counted from 1; columns count Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, counted from 1.
    pub line: u32,
    /// The column, counted from 1 in Unicode scalar values.
    pub column: u32,
}

/// The starts of the lines of a text, to convert offsets to lines and columns.
///
/// ```
/// let text = "(module\n  (func))";
/// let lines = gcwat::LineIndex::new(text);
/// let position = lines.position(text, 10);
/// assert_eq!((position.line, position.column), (2, 3));
/// ```
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// The number of characters that begin before each chunk of the text, so that columns of long lines are found in
    /// constant time. Empty if the text is ASCII.
    counts: Vec<u32>,
}

/// The number of bytes of a chunk.
const CHUNK: usize = 1024;

impl LineIndex {
    /// Finds the lines of `text`. A line ends with a line feed.
    pub fn new(text: &str) -> LineIndex {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1));
        let mut counts = Vec::new();
        if !text.is_ascii() {
            let mut count = 0;
            counts.extend(text.as_bytes().chunks(CHUNK).map(|chunk| {
                let before = count;
                count += scalar_values(chunk);
                before
            }));
        }
        LineIndex { starts, counts }
    }

    /// Returns the range of the line that contains the byte at `offset`, without its line end.
    pub fn line_range(&self, text: &str, offset: u32) -> Range<usize> {
        self.nth_range(text, self.starts.partition_point(|&start| start <= offset) - 1)
    }

    /// Returns the range of the line `line`, counted from 0, without its line end.
    pub(crate) fn nth_range(&self, text: &str, line: usize) -> Range<usize> {
        let start = self.starts.get(line).map_or(text.len(), |&start| start as usize);
        let end = self.starts.get(line + 1).map_or(text.len(), |&next| next as usize - 1);
        start..end.max(start)
    }

    /// Returns the line and column of the byte at `offset`. `text` must be the text that the index was created from.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let offset = offset.min(text.len() as u32);
        let line = self.starts.partition_point(|&start| start <= offset) - 1;
        let column = match self.counts.is_empty() {
            true => offset - self.starts[line],
            false => self.before(text, offset) - self.before(text, self.starts[line]),
        };
        Position { line: line as u32 + 1, column: column + 1 }
    }

    /// Returns the number of characters that begin before `offset`.
    fn before(&self, text: &str, offset: u32) -> u32 {
        let offset = offset as usize;
        let chunk = (offset / CHUNK).min(self.counts.len() - 1);
        self.counts[chunk] + scalar_values(&text.as_bytes()[chunk * CHUNK..offset])
    }
}

/// Returns the number of characters that begin in a part of a text.
fn scalar_values(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count() as u32
}

#[cfg(test)]
mod tests {
    use super::{LineIndex, Position};

    #[test]
    fn columns_count_characters_on_long_lines() {
        let text = format!("{}\n{}x\n\u{1f600}y", "a".repeat(3000), "\u{e9}".repeat(3000));
        let lines = LineIndex::new(&text);
        let position = |offset: usize| lines.position(&text, offset as u32);
        assert_eq!(position(0), Position { line: 1, column: 1 });
        assert_eq!(position(2999), Position { line: 1, column: 3000 });
        assert_eq!(position(3001), Position { line: 2, column: 1 });
        assert_eq!(position(3001 + 6000), Position { line: 2, column: 3001 });
        assert_eq!(position(text.len() - 1), Position { line: 3, column: 2 });
        assert_eq!(position(text.len()), Position { line: 3, column: 3 });
    }
}
