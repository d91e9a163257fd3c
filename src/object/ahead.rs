//! Looks ahead in code to the next annotation, for what that annotation depends on.
//!
//! An annotation depends on the forms that it is in, and in each of them on the last instruction before it and what
//! follows that instruction. Other text needs no lexer: most of the code of an object has no annotations.

use crate::instr::Op;
use crate::lex::{comment_len, line_comment_len, op};
use memchr::{memchr, memchr3};
use std::ops::Range;

/// The text from a position in code to the next annotation.
pub(super) struct Ahead<'s> {
    source: &'s str,
    end: usize,
    /// The next quotation mark.
    quote: usize,
    levels: Vec<Level>,
    pieces: Vec<Piece>,
}

/// How the text ahead ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// With an annotation at this offset.
    Annotation(usize),
    /// With the closing parenthesis of the current form, at this offset, or with the end of the text.
    Close(usize),
    /// Text that only the lexer can read, up to this offset.
    Unclear(usize),
}

/// The current form, or a form that is opened in the text ahead and not closed.
struct Level {
    /// The opening parenthesis.
    open: usize,
    /// The number of pieces before its first one.
    pieces: usize,
}

/// A part of a form that consists of words and white space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) range: Range<usize>,
    /// Whether it follows a closed form.
    pub(super) follows_form: bool,
}

impl<'s> Ahead<'s> {
    /// Prepares to look at the text before `end`.
    pub(super) fn new(source: &'s str, end: usize) -> Ahead<'s> {
        Ahead { source, end, quote: 0, levels: Vec::new(), pieces: Vec::new() }
    }

    /// Looks at the text from `start`, which is in code, outside of strings and comments.
    pub(super) fn look(&mut self, start: usize) -> Ending {
        let bytes = &self.source.as_bytes()[..self.end];
        if self.quote <= start {
            self.quote = memchr(b'"', &bytes[start..]).map_or(self.end, |at| start + at);
        }
        self.pieces.clear();
        self.levels.clear();
        self.levels.push(Level { open: start, pieces: 0 });
        let mut piece = Piece { range: start..start, follows_form: false };
        loop {
            let from = piece.range.start;
            let Some(at) = memchr3(b'(', b')', b';', &bytes[from..]).map(|at| from + at) else {
                return Ending::Close(self.end);
            };
            if self.quote < at {
                // An identifier, or a mistake.
                return Ending::Unclear(self.quote + 1);
            }
            piece.range.end = at;
            let (mut next, mut follows_form) = (at + 1, false);
            let rest = &bytes[next..];
            match (bytes[at], rest.first()) {
                (b'(', Some(b'@')) => {
                    self.pieces.push(piece);
                    return Ending::Annotation(at);
                }
                (b'(', Some(b';')) => {
                    let Some(len) = comment_len(&rest[1..]) else { return Ending::Unclear(self.end) };
                    self.pieces.push(piece);
                    next += 1 + len;
                }
                (b'(', _) => {
                    self.pieces.push(piece);
                    self.levels.push(Level { open: at, pieces: self.pieces.len() });
                }
                (b';', Some(b';')) => {
                    self.pieces.push(piece);
                    next += 1 + line_comment_len(&rest[1..]);
                }
                (b';', _) => return Ending::Unclear(next),
                _ => {
                    if self.levels.len() == 1 {
                        return Ending::Close(at);
                    }
                    if let Some(closed) = self.levels.pop() {
                        self.pieces.truncate(closed.pieces);
                    }
                    follows_form = true;
                }
            }
            piece = Piece { range: next..next, follows_form };
        }
    }

    /// The number of forms that are open at the annotation: the current one, and those that are opened before it.
    pub(super) fn depth(&self) -> usize {
        self.levels.len()
    }

    /// The start of the form with this number: its parenthesis, or the start of the text.
    pub(super) fn start(&self, level: usize) -> usize {
        self.levels[level].open
    }

    /// The pieces of the form with this number, without those of other forms.
    pub(super) fn pieces(&self, level: usize) -> &[Piece] {
        let end = self.levels.get(level + 1).map_or(self.pieces.len(), |next| next.pieces);
        &self.pieces[self.levels[level].pieces..end]
    }
}

/// Returns the last instruction at or after `from` in these pieces: the number of its piece, its start, and itself.
pub(super) fn last_op(source: &str, pieces: &[Piece], from: usize) -> Option<(usize, usize, Op)> {
    for (nth, piece) in pieces.iter().enumerate().rev() {
        let start = piece.range.start.max(from);
        let mut rest = source.get(start..piece.range.end).unwrap_or_default().trim_end_matches(SPACE);
        while !rest.is_empty() {
            let word = rest.rfind(SPACE).map_or(0, |before| before + 1);
            if let Some(op) = op(&rest[word..]) {
                return Some((nth, start + word, op));
            }
            rest = rest[..word].trim_end_matches(SPACE);
        }
    }
    None
}

const SPACE: [char; 4] = [' ', '\n', '\t', '\r'];
