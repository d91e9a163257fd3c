//! Locations as JavaScript counts: in UTF-16 code units.

use gcwat::Span;
use serde_json::{Value as Json, json};

/// The number of bytes of a chunk.
const CHUNK: usize = 1024;

/// Converts offsets in bytes to offsets, lines and columns in UTF-16 code units.
pub(crate) struct Locations<'t> {
    text: &'t [u8],
    /// The offsets of the starts of lines, in bytes.
    lines: Vec<usize>,
    /// The number of code units before each chunk. Empty if the text is ASCII.
    counts: Vec<usize>,
}

impl<'t> Locations<'t> {
    /// Indexes a text. Bytes that are not UTF-8 must come after all locations.
    pub(crate) fn new(text: &'t [u8]) -> Locations<'t> {
        let ends = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(ends).collect();
        let mut counts = Vec::new();
        if !text.is_ascii() {
            let mut count = 0;
            for chunk in text.chunks(CHUNK) {
                counts.push(count);
                count += units(chunk);
            }
        }
        Locations { text, lines, counts }
    }

    /// Returns the offset of a byte in code units.
    fn offset(&self, at: usize) -> usize {
        let chunk = at / CHUNK;
        match self.counts.get(chunk.min(self.counts.len().saturating_sub(1))) {
            None => at,
            Some(&count) => {
                let start = chunk.min(self.counts.len() - 1) * CHUNK;
                count + units(&self.text[start..at])
            }
        }
    }

    /// Returns the line and the column of a byte, counted from 1.
    fn position(&self, at: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|&start| start <= at);
        (line, self.offset(at) - self.offset(self.lines[line - 1]) + 1)
    }

    /// Returns a span as data.
    pub(crate) fn span(&self, span: Span) -> Json {
        let end = (span.end as usize).min(self.text.len());
        let start = (span.start as usize).min(end);
        let ((line, column), (end_line, end_column)) = (self.position(start), self.position(end));
        json!({
            "start": self.offset(start),
            "end": self.offset(end),
            "line": line,
            "column": column,
            "endLine": end_line,
            "endColumn": end_column,
        })
    }
}

/// Returns the number of code units of the characters that begin in some bytes. A character of four bytes is two units.
fn units(bytes: &[u8]) -> usize {
    bytes.iter().map(|byte| usize::from(byte & 0xc0 != 0x80) + usize::from(*byte >= 0xf0)).sum()
}

#[cfg(test)]
mod tests {
    use super::Locations;
    use gcwat::Span;

    #[test]
    fn locations_count_code_units() {
        let line = "a\u{e9}\u{4e2d}\u{1f600}".repeat(700);
        let text = format!("{line}\n{line}");
        let locations = Locations::new(text.as_bytes());
        for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let before = &text[..at];
            let expected = before.encode_utf16().count();
            let line = before.lines().count().max(1) + usize::from(before.ends_with('\n'));
            let column = before.rsplit('\n').next().unwrap().encode_utf16().count() + 1;
            let span = locations.span(Span::new(at as u32, at as u32));
            assert_eq!(
                (&span["start"], &span["line"], &span["column"]),
                (&expected.into(), &line.into(), &column.into())
            );
        }
    }

    #[test]
    fn locations_are_within_the_text() {
        let span = Locations::new(b"(module)").span(Span::new(3, 90));
        assert_eq!((&span["start"], &span["end"]), (&3.into(), &8.into()));
        assert_eq!(Locations::new(b"").span(Span::new(0, 0))["line"], 1);
    }
}
