//! A listing: offset, bytes, line of the text, what it says there, and the types on the operand stack
//! behind each instruction.
//!
//! Every byte of the module stands in it once, and no row is wider than a hundred columns.

use super::groups::{Group, Module, Scratch, Sink};
use super::{Emitter, pipeline, source};
use std::io::{self, Write};

/// How wide a row is at most.
const WIDTH: usize = 100;
/// How many bytes stand in a row.
const BYTES: usize = 8;
/// Where the number of the line ends, what the text says begins, and the types begin where there is room.
const LINE_END: usize = 8 + 2 + 3 * BYTES - 1 + 7;
const TEXT: usize = LINE_END + 2;
const TYPES: usize = 72;
/// Where an instruction ends at the latest, so that there is room for the types.
const INSTR_END: usize = 86;
/// Deeper blocks are not indented further.
const MOST_INDENT: usize = 12;

const HEADING: &str = concat!(
    "  offset  bytes                      line  what it is                    ",
    "operand stack behind it\n"
);

pub(super) fn write(emitter: &Emitter<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let origin = emitter.origin();
    let module = Module::new(emitter.bytes(), origin.borrow(), true);
    let lines = Lines::new(module.text);
    writeln!(out, "; {}, {} bytes", emitter.shown_file_name(), module.bytes.len())?;
    out.write_all(HEADING.as_bytes())?;
    pipeline::write(&module, emitter.threads, out, |part, scratch: &mut Scratch, out| {
        let mut rows = Rows { bytes: module.bytes, lines: &lines, line: 0, out };
        module.groups(part, scratch, &mut rows);
    })
}

/// Where the lines of the text start.
struct Lines(Vec<u32>);

impl Lines {
    fn new(text: &str) -> Lines {
        let starts = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1);
        Lines(std::iter::once(0).chain(starts).collect())
    }

    /// The line of a byte, counted from 0. It is mostly near the one before, `hint`.
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

/// Makes rows of groups.
struct Rows<'r> {
    bytes: &'r [u8],
    lines: &'r Lines,
    /// The line of the group before.
    line: usize,
    out: &'r mut Vec<u8>,
}

static DIGITS: &[u8; 16] = b"0123456789abcdef";

impl Rows<'_> {
    fn offset(&mut self, offset: usize) {
        let digits = std::array::from_fn::<u8, 8, _>(|nth| DIGITS[offset >> (28 - 4 * nth) & 15]);
        self.out.extend_from_slice(&digits);
    }

    /// Offset and bytes; then as many spaces as there must be before the text.
    fn bytes(&mut self, at: usize, bytes: &[u8]) {
        self.offset(at);
        self.out.push(b' ');
        for &byte in bytes {
            let [high, low] = [byte >> 4, byte & 15].map(|digit| DIGITS[usize::from(digit)]);
            self.out.extend_from_slice(&[b' ', high, low]);
        }
    }

    fn pad(&mut self, start: usize, column: usize) {
        let used = self.out.len() - start;
        self.out.resize(start + used.max(column), b' ');
    }

    fn line_number(&mut self, start: usize, number: usize) {
        let mut digits = [0; 10];
        let mut first = digits.len();
        let mut rest = number;
        while rest > 0 {
            first -= 1;
            digits[first] = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        let digits = &digits[first..];
        self.pad(start, LINE_END - digits.len());
        self.out.extend_from_slice(digits);
    }
}

impl Sink for Rows<'_> {
    fn width(&self, indent: usize, is_instr: bool) -> usize {
        let end = if is_instr { INSTR_END } else { WIDTH };
        end - TEXT - 2 * indent.min(MOST_INDENT)
    }

    fn group(&mut self, group: &Group<'_>) {
        let mut ascii = String::new();
        for (nth, at) in group.range.clone().step_by(BYTES).enumerate() {
            let start = self.out.len();
            let bytes = &self.bytes[at..group.range.end.min(at + BYTES)];
            self.bytes(at, bytes);
            if group.is_data {
                ascii.clear();
                source::ascii(bytes, &mut ascii);
                self.pad(start, TEXT + 2 * group.indent.min(MOST_INDENT));
                self.out.extend_from_slice(ascii.as_bytes());
            } else if nth == 0 {
                if let Some(place) = group.place {
                    self.line = self.lines.of(place, self.line);
                    self.line_number(start, self.line + 1);
                }
                if !group.comment.is_empty() || group.stack.is_some() {
                    let indent = TEXT + 2 * group.indent.min(MOST_INDENT);
                    self.pad(start, indent);
                    self.out.extend_from_slice(group.comment.as_bytes());
                    if let Some(stack) = group.stack {
                        let width = match group.comment.is_ascii() {
                            true => group.comment.len(),
                            false => group.comment.chars().count(),
                        };
                        let column = (indent + width + 2).max(TYPES);
                        let more = group.comment.len() - width;
                        self.pad(start, column + more);
                        stack.write(WIDTH.saturating_sub(column), self.out);
                    }
                }
            }
            self.out.push(b'\n');
        }
    }
}
