//! The bytes as the elements of an array, in rows. If annotated, each group is on rows of its own, with a comment.

use super::annotated::{Group, Scratch, Sink};
use super::emitter::Emitter;
use super::parts::Module;
use super::{escape, excerpt, writer};
use std::io::{self, Write};

/// The comment delimiters of a language.
#[derive(Clone, Copy)]
pub(super) struct Comments {
    pub(super) start: &'static str,
    pub(super) end: &'static str,
}

/// The number of bytes of a row.
const BYTES: usize = 12;
/// The indentation of a row, and of each block in it.
const INDENT: usize = 4;
/// The maximum number of indented blocks.
const MOST_INDENT: usize = 12;
/// The columns of comments in the code section and in other sections. Long rows have their comment further right.
const COLUMNS: [usize; 2] = [36, 52];
/// The maximum length of a comment.
const COMMENT: usize = 80;

/// Writes the rows of the array. Each byte is followed by a comma.
pub(super) fn write(
    emitter: &Emitter<'_>,
    comments: Comments,
    out: &mut (dyn Write + Send),
) -> io::Result<()> {
    if !emitter.annotate {
        let mut rows = Vec::new();
        for chunk in emitter.bytes().chunks(BYTES * 1024) {
            rows.clear();
            for row in chunk.chunks(BYTES) {
                rows.extend_from_slice(&[b' '; INDENT]);
                push_bytes(row, &mut rows);
                rows.push(b'\n');
            }
            out.write_all(&rows)?;
        }
        return Ok(());
    }
    let origin = emitter.origin();
    let module = Module::new(emitter.bytes(), origin.borrow(), false);
    writer::write(&module, emitter.threads, out, |part, scratch: &mut Scratch, out| {
        module.groups(part, scratch, &mut Rows { bytes: module.bytes, comments, out });
    })
}

/// Adds the bytes of a row, each followed by a comma.
fn push_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    static DIGITS: &[u8; 16] = b"0123456789abcdef";
    for (nth, &byte) in bytes.iter().enumerate() {
        if nth > 0 {
            out.push(b' ');
        }
        let [high, low] = [byte >> 4, byte & 15].map(|digit| DIGITS[usize::from(digit)]);
        out.extend_from_slice(&[b'0', b'x', high, low, b',']);
    }
}

/// Writes groups as rows.
struct Rows<'r> {
    bytes: &'r [u8],
    comments: Comments,
    out: &'r mut Vec<u8>,
}

impl Sink for Rows<'_> {
    fn width(&self, _: usize, _: bool) -> usize {
        COMMENT
    }

    fn group(&mut self, group: &Group<'_>) {
        let mut ascii = Vec::new();
        for (nth, row) in self.bytes[group.range.clone()].chunks(BYTES).enumerate() {
            let start = self.out.len();
            self.out.resize(start + INDENT * (1 + group.indent.min(MOST_INDENT)), b' ');
            push_bytes(row, self.out);
            let comment = if group.is_data {
                ascii.clear();
                excerpt::ascii(row, &mut ascii);
                str::from_utf8(&ascii).unwrap_or_default()
            } else if nth == 0 {
                group.comment
            } else {
                ""
            };
            if !comment.is_empty() {
                let used = self.out.len() - start;
                let column = COLUMNS[usize::from(!group.in_code)];
                self.out.resize(start + (used + 1).max(column), b' ');
                self.out.extend_from_slice(self.comments.start.as_bytes());
                escape::comment(comment, self.comments.end.is_empty(), self.out);
                self.out.extend_from_slice(self.comments.end.as_bytes());
            }
            self.out.push(b'\n');
        }
    }
}
