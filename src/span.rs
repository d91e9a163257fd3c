//! Locations in the source text.

use std::fmt;
use std::ops::Range;

/// A range of the source text, in bytes from its start. The end is exclusive.
///
/// ```
/// use gcwat::Span;
///
/// let text = "(module (func))";
/// let span = Span::new(8, 14);
/// assert_eq!(&text[span.range()], "(func)");
/// assert_eq!(format!("{span:?}"), "8..14");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
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

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// A line and a column, both counted from 1. `{}` prints `line:column`.
///
/// Columns count Unicode scalar values, unless a function counts UTF-16 code units
/// ([`LineIndex::utf16_position`], [`LineIndex::utf16_offset`]).
///
/// ```
/// use gcwat::Position;
///
/// let position = Position { line: 2, column: 3 };
/// assert_eq!(position.to_string(), "2:3");
/// assert!(position < Position { line: 10, column: 1 });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Position {
    /// The line, counted from 1.
    pub line: u32,
    /// The column, counted from 1.
    pub column: u32,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Returns the last boundary of characters at or before an offset. The method of `str` needs Rust 1.91.
pub(crate) fn floor_boundary(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// Returns the first boundary of characters at or after an offset. The method of `str` needs Rust 1.91.
pub(crate) fn ceil_boundary(text: &str, offset: usize) -> usize {
    (offset..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}

/// The starts of the lines of a text, to convert between offsets and lines and columns.
///
/// ```
/// let text = "(module\n  (func))";
/// let lines = gcwat::LineIndex::new(text);
/// let position = lines.position(text, 10);
/// assert_eq!((position.line, position.column), (2, 3));
/// assert_eq!(lines.offset(text, position), Some(10));
/// ```
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// The numbers of characters and of UTF-16 code units that begin before each chunk of the text, so that columns of long
    /// lines are found in constant time. Empty if the text is ASCII.
    counts: Vec<[u32; 2]>,
}

/// The number of bytes of a chunk.
const CHUNK: usize = 1024;

/// The units that columns count, as indices of [`LineIndex::counts`].
#[derive(Clone, Copy)]
enum Unit {
    Scalar,
    Utf16,
}

impl LineIndex {
    /// Finds the lines of `text`. A line ends with a line feed.
    pub fn new(text: &str) -> LineIndex {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1));
        let mut counts = Vec::new();
        if !text.is_ascii() {
            let mut count = [0; 2];
            counts.extend(text.as_bytes().chunks(CHUNK).map(|chunk| {
                let before = count;
                count[0] += Unit::Scalar.count(chunk);
                count[1] += Unit::Utf16.count(chunk);
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
        self.position_in(text, offset, Unit::Scalar)
    }

    /// Returns the line and column of the byte at `offset`. The column counts UTF-16 code units, as in JavaScript and in
    /// the Language Server Protocol. The protocol counts lines and columns from 0.
    ///
    /// ```
    /// let text = "(; \u{1f600} ;) (func)";
    /// let lines = gcwat::LineIndex::new(text);
    /// let offset = text.find("(func").unwrap() as u32;
    /// assert_eq!(offset, 11);
    /// assert_eq!(lines.position(text, offset).column, 9);
    /// let position = lines.utf16_position(text, offset);
    /// assert_eq!(position.column, 10);
    /// assert_eq!(lines.utf16_offset(text, position), Some(offset));
    /// ```
    pub fn utf16_position(&self, text: &str, offset: u32) -> Position {
        self.position_in(text, offset, Unit::Utf16)
    }

    /// Returns the offset of the character at a line and column. The column after the last character of a line is the
    /// offset of its end. Returns `None` if the line has no such column or the text has no such line.
    pub fn offset(&self, text: &str, position: Position) -> Option<u32> {
        self.offset_in(text, position, Unit::Scalar)
    }

    /// Returns the offset of the character at a line and column that counts UTF-16 code units. Returns `None` as
    /// [`LineIndex::offset`] does, and for a column in the middle of a surrogate pair.
    pub fn utf16_offset(&self, text: &str, position: Position) -> Option<u32> {
        self.offset_in(text, position, Unit::Utf16)
    }

    fn position_in(&self, text: &str, offset: u32, unit: Unit) -> Position {
        let offset = offset.min(text.len() as u32);
        let line = self.starts.partition_point(|&start| start <= offset) - 1;
        let column = match self.counts.is_empty() {
            true => offset - self.starts[line],
            false => self.before(text, offset, unit) - self.before(text, self.starts[line], unit),
        };
        Position { line: line as u32 + 1, column: column + 1 }
    }

    fn offset_in(&self, text: &str, position: Position, unit: Unit) -> Option<u32> {
        let line = position.line.checked_sub(1)? as usize;
        let column = position.column.checked_sub(1)?;
        let start = *self.starts.get(line)?;
        let end = self.nth_range(text, line).end;
        let offset = match self.counts.is_empty() {
            true => start.checked_add(column)?,
            false => {
                let count = self.before(text, start, unit).checked_add(column)?;
                // The last chunk with at most this many units before it.
                let chunk = self.counts.partition_point(|before| before[unit as usize] <= count) - 1;
                let from = (chunk * CHUNK).max(start as usize);
                let mut missing = count - self.before(text, from as u32, unit);
                let bytes = text.as_bytes().get(from..end)?;
                let skipped = bytes.iter().take_while(|&&byte| {
                    let width = unit.width(byte);
                    let is_before = missing > 0 || width == 0;
                    missing = missing.saturating_sub(width);
                    is_before
                });
                from as u32 + skipped.count() as u32
            }
        };
        (offset as usize <= end && self.position_in(text, offset, unit) == position).then_some(offset)
    }

    /// Returns the number of units that begin before `offset`.
    fn before(&self, text: &str, offset: u32, unit: Unit) -> u32 {
        let offset = offset as usize;
        let chunk = (offset / CHUNK).min(self.counts.len() - 1);
        self.counts[chunk][unit as usize] + unit.count(&text.as_bytes()[chunk * CHUNK..offset])
    }
}

impl Unit {
    /// Returns the number of units of the character that begins with a byte; 0 for a byte inside a character.
    fn width(self, byte: u8) -> u32 {
        match self {
            _ if byte & 0xc0 == 0x80 => 0,
            Unit::Utf16 if byte >= 0xf0 => 2,
            _ => 1,
        }
    }

    /// Returns the number of units that begin in a part of a text.
    fn count(self, bytes: &[u8]) -> u32 {
        bytes.iter().map(|&byte| self.width(byte)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::{LineIndex, Position, ceil_boundary, floor_boundary};

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

    #[test]
    fn every_character_is_found_at_its_position() {
        let long = format!("{}\n{}x\u{1f600}\n", "\u{1f600}".repeat(700), "\u{e9}a".repeat(1500));
        for text in ["", "ab\n\ncd", "a\r\n\u{e9}\u{1f600}b\n\u{1f600}", &long] {
            let lines = LineIndex::new(text);
            let mut line_start = 0;
            for offset in (0..=text.len()).filter(|&at| text.is_char_boundary(at)) {
                if offset > 0 && text.as_bytes()[offset - 1] == b'\n' {
                    line_start = offset;
                }
                let utf16 = lines.utf16_position(text, offset as u32);
                let before = &text[line_start..offset];
                assert_eq!(utf16.column as usize, before.encode_utf16().count() + 1);
                assert_eq!(lines.utf16_offset(text, utf16), Some(offset as u32));
                let position = lines.position(text, offset as u32);
                assert_eq!(position.column as usize, before.chars().count() + 1);
                assert_eq!(lines.offset(text, position), Some(offset as u32));
            }
        }
    }

    #[test]
    fn positions_outside_the_text_have_no_offset() {
        for text in ["ab\ncd", "a\u{1f600}\ncd"] {
            let lines = LineIndex::new(text);
            for (line, column) in
                [(0, 1), (1, 0), (1, 4), (2, 4), (3, 1), (1, u32::MAX), (u32::MAX, 1), (u32::MAX, u32::MAX)]
            {
                let position = Position { line, column };
                assert_eq!(lines.offset(text, position), None, "{text}: {position}");
            }
        }
        let text = "\u{1f600}";
        let in_the_middle = Position { line: 1, column: 2 };
        assert_eq!(LineIndex::new(text).utf16_offset(text, in_the_middle), None);
    }

    #[test]
    fn boundaries_are_between_characters() {
        let text = "a\u{1f600}b";
        let all =
            |boundary: fn(&str, usize) -> usize| (0..9).map(|at| boundary(text, at)).collect::<Vec<_>>();
        assert_eq!(all(floor_boundary), [0, 1, 1, 1, 1, 5, 6, 6, 6]);
        assert_eq!(all(ceil_boundary), [0, 1, 5, 5, 5, 5, 6, 6, 6]);
    }
}
