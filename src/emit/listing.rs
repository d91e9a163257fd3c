//! A listing: offset, bytes, source line, source text, and the types on the operand stack after each instruction.
//!
//! Every byte of the module is listed once. Rows have at most a hundred columns.

use super::annotated::{Group, Scratch, Sink};
use super::emitter::Emitter;
use super::parts::Module;
use super::{excerpt, writer};
use std::io::{self, Write};

/// The maximum width of a row.
const WIDTH: usize = 100;
/// The number of bytes of a row.
const BYTES: usize = 8;
/// The columns where the line number ends, the source text begins, and the types begin if the text is short.
const LINE_END: usize = 8 + 2 + 3 * BYTES - 1 + 9;
const TEXT: usize = LINE_END + 2;
const TYPES: usize = 72;
/// The last column of an instruction, so that the types fit.
const INSTR_END: usize = 86;
/// The maximum number of indented blocks.
const MOST_INDENT: usize = 12;

const HEADING: &str = concat!(
    "  offset  bytes                        line  description                 ",
    "operand stack after it\n"
);

pub(super) fn write(emitter: &Emitter<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let origin = emitter.origin();
    let module = Module::new(emitter.bytes(), origin.borrow(), true);
    let lines = Lines::new(module.text);
    writeln!(out, "; {}, {} bytes", emitter.shown_file_name(), module.bytes.len())?;
    out.write_all(HEADING.as_bytes())?;
    writer::write(&module, emitter.threads, out, |part, scratch: &mut Scratch, out| {
        let mut rows = Rows { bytes: module.bytes, lines: &lines, line: 0, out };
        module.groups(part, scratch, &mut rows);
    })
}

/// The starts of the lines of the text.
struct Lines(Vec<u32>);

impl Lines {
    fn new(text: &str) -> Lines {
        let starts = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1);
        Lines(std::iter::once(0).chain(starts).collect())
    }

    /// Returns the line of a byte, counted from 0. Lines near `hint`, the line of the byte before, are found fastest.
    fn of(&self, at: u32, hint: usize) -> usize {
        for line in [hint, hint + 1, hint + 2] {
            if self.0.get(line).is_some_and(|&start| start <= at)
                && self.0.get(line + 1).is_none_or(|&next| at < next)
            {
                return line;
            }
        }
        self.0.partition_point(|&start| start <= at) - 1
    }
}

/// Writes groups as rows.
struct Rows<'r> {
    bytes: &'r [u8],
    lines: &'r Lines,
    /// The line of the previous group.
    line: usize,
    out: &'r mut Vec<u8>,
}

/// The hexadecimal digits of each byte.
static DIGITS: [[u8; 2]; 256] = {
    let digits = b"0123456789abcdef";
    let mut all = [[0; 2]; 256];
    let mut byte = 0;
    while byte < 256 {
        all[byte] = [digits[byte >> 4], digits[byte & 15]];
        byte += 1;
    }
    all
};

/// A row without its text: offset, bytes and line.
type Head = [u8; TEXT + 2 * MOST_INDENT];

impl Rows<'_> {
    /// Returns the head of a row, and its used length.
    #[inline]
    fn head(at: usize, bytes: &[u8]) -> (Head, usize) {
        let mut head = [b' '; TEXT + 2 * MOST_INDENT];
        for (nth, byte) in (at as u32).to_be_bytes().into_iter().enumerate() {
            head[2 * nth..2 * nth + 2].copy_from_slice(&DIGITS[usize::from(byte)]);
        }
        for (nth, &byte) in bytes.iter().enumerate() {
            head[10 + 3 * nth..12 + 3 * nth].copy_from_slice(&DIGITS[usize::from(byte)]);
        }
        (head, 9 + 3 * bytes.len())
    }

    #[inline]
    fn line_number(head: &mut Head, number: usize) -> usize {
        let mut at = LINE_END;
        let mut rest = number;
        // A long number is truncated, so that a space is before it.
        while rest > 0 && at > 34 {
            at -= 1;
            head[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        LINE_END
    }
}

impl Sink for Rows<'_> {
    fn width(&self, indent: usize, is_instr: bool) -> usize {
        let end = if is_instr { INSTR_END } else { WIDTH };
        end - TEXT - 2 * indent.min(MOST_INDENT)
    }

    fn group(&mut self, group: &Group<'_>) {
        let indent = TEXT + 2 * group.indent.min(MOST_INDENT);
        for at in group.range.clone().step_by(BYTES) {
            let bytes = &self.bytes[at..group.range.end.min(at + BYTES)];
            let (mut head, mut used) = Self::head(at, bytes);
            if at == group.range.start
                && let Some(place) = group.place
            {
                self.line = self.lines.of(place, self.line);
                used = Self::line_number(&mut head, self.line + 1);
            }
            if group.is_data {
                self.out.extend_from_slice(&head[..indent]);
                excerpt::ascii(bytes, self.out);
            } else if at == group.range.start && !group.comment.is_empty() {
                self.out.extend_from_slice(&head[..indent]);
                self.out.extend_from_slice(group.comment.as_bytes());
                if let Some(stack) = group.stack {
                    let width = group.comment.chars().count();
                    let column = (indent + width + 2).max(TYPES);
                    self.out.resize(self.out.len() + column - indent - width, b' ');
                    stack.write(WIDTH.saturating_sub(column), self.out);
                }
            } else {
                self.out.extend_from_slice(&head[..used]);
            }
            self.out.push(b'\n');
        }
    }
}
