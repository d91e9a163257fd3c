//! Places in the source text.

use std::ops::Range;

/// A stretch of the source text, in bytes from its start. The end is exclusive.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte behind the last.
    pub end: u32,
}

impl Span {
    /// The stretch from `start` up to, not including, `end`.
    pub const fn new(start: u32, end: u32) -> Span {
        Span { start, end }
    }

    /// From the start of `self` to the end of `other`.
    pub const fn to(self, other: Span) -> Span {
        Span { start: self.start, end: other.end }
    }

    /// The empty stretch before the first byte.
    pub const fn before(self) -> Span {
        Span { start: self.start, end: self.start }
    }

    /// The empty stretch behind the last byte.
    pub const fn behind(self) -> Span {
        Span { start: self.end, end: self.end }
    }

    /// The bytes as a range, to index the source with.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// How many bytes.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether there is no byte in it.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same place in a text in front of which `offset` bytes were put.
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

/// Where the lines of a text start, to turn offsets into lines and columns.
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
}

impl LineIndex {
    /// Finds the lines of `text`. A line ends with a line feed.
    pub fn new(text: &str) -> LineIndex {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1));
        LineIndex { starts }
    }

    /// The line and column of the byte at `offset` of `text`, the text the index was made from.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let line = self.starts.partition_point(|&start| start <= offset) - 1;
        let start = self.starts[line] as usize;
        let before = &text.as_bytes()[start..(offset as usize).min(text.len())];
        let column = before.iter().filter(|&&byte| byte & 0xc0 != 0x80).count() + 1;
        Position { line: line as u32 + 1, column: column as u32 }
    }
}
