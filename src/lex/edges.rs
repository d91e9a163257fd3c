//! The edges of words and parentheses, found with bit masks before the words are read. A reader that knows them need
//! not wait for the end of one word to find the next.

use super::mask::{self, BLOCK};
use crate::span::Span;

/// How much text is searched at once. In debug builds little, so that tests cover the joints.
const CHUNK: usize = if cfg!(debug_assertions) { 128 } else { 1 << 14 };
/// How much text of a data segment is searched at once: most of it is one string.
const DATA_CHUNK: usize = 128;
/// A reader looks at fewer edges at once.
const ENOUGH: usize = 16;
/// No edge.
const NONE: u32 = u32::MAX;

/// The edges in a chunk of a form: where each word starts, where it ends, and each parenthesis; a parenthesis right
/// after a word is one edge. A word is what is between white space and parentheses.
#[derive(Default)]
pub(super) struct Edges {
    /// Ascending positions; behind them, at least [`ENOUGH`] times [`NONE`].
    positions: Vec<u32>,
    len: usize,
    /// The chunk.
    start: usize,
    found_to: usize,
    /// The end of the form.
    end: usize,
    chunk: usize,
}

impl Edges {
    /// Finds the first edges of a form.
    pub(super) fn begin(&mut self, text: &[u8], form: Span, is_data: bool) {
        self.end = form.end as usize;
        self.chunk = if is_data { DATA_CHUNK } else { CHUNK };
        self.find(text, form.start as usize);
    }

    /// The position of an edge; of one beyond those that were found, a position beyond any text.
    #[inline(always)]
    pub(super) fn at(&self, edge: usize) -> usize {
        self.positions.get(edge).map_or(NONE as usize, |&at| at as usize)
    }

    /// The end of the text in which edges were found.
    pub(super) fn found_to(&self) -> usize {
        self.found_to
    }

    /// The end of the form.
    pub(super) fn end(&self) -> usize {
        self.end
    }

    /// Whether few edges are left from one on, but there is more text.
    #[inline(always)]
    pub(super) fn are_few(&self, edge: usize) -> bool {
        edge + ENOUGH > self.len && self.found_to < self.end
    }

    /// Finds the edges in a chunk from `start` on, where a word can start. Returns false if that is the chunk at hand
    /// already.
    #[inline(never)]
    pub(super) fn find_from(&mut self, text: &[u8], start: usize) -> bool {
        let is_new = start > self.start && start < self.end;
        if is_new {
            self.find(text, start);
        }
        is_new
    }

    fn find(&mut self, text: &[u8], start: usize) {
        self.start = start;
        self.found_to = self.end.min(start + self.chunk);
        self.len = 0;
        let mut is_in_word = 0;
        let (blocks, rest) = text[start..self.found_to].as_chunks();
        let mut at = start as u32;
        for block in blocks {
            self.add_block(block, at, &mut is_in_word);
            at += BLOCK as u32;
        }
        let mut last = [b' '; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        self.add_block(&last, at, &mut is_in_word);
        if self.found_to < self.end {
            // The last word may go on: its end is not known.
            while self.len > 0 && self.positions[self.len - 1] as usize >= self.found_to {
                self.len -= 1;
            }
        }
        self.positions.truncate(self.len);
        self.positions.resize(self.len + BLOCK, NONE);
    }

    /// Adds the edges in a block that starts at `start`.
    #[inline(always)]
    fn add_block(&mut self, block: &[u8; BLOCK], start: u32, is_in_word: &mut u64) {
        let words = !mask::separators(block);
        let changes = words ^ (words << 1 | *is_in_word);
        *is_in_word = words >> 63;
        let mut bits = changes | mask::parens(block);
        let count = bits.count_ones() as usize;
        if self.positions.len() < self.len + BLOCK {
            self.positions.resize(2 * self.positions.len() + BLOCK, NONE);
        }
        let Some(room) = self.positions[self.len..].first_chunk_mut::<BLOCK>() else { return };
        // Written in groups, so that their number can be foreseen; what is too much is overwritten.
        for group in room.chunks_exact_mut(8).take(count.div_ceil(8)) {
            for slot in group {
                *slot = start + bits.trailing_zeros();
                bits &= bits.wrapping_sub(1);
            }
        }
        self.len += count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_are_the_same_one_by_one() {
        let mut seed = 1u64;
        for _ in 0..2000 {
            let mut next = |below: usize| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (seed >> 33) as usize % below
            };
            let bytes = b"abc;\"$  \n\t\r()\xc3\0";
            let len = next(300);
            let text: Vec<u8> = (0..len).map(|_| bytes[next(bytes.len())]).collect();
            let mut expected = Vec::new();
            let mut before = false;
            for (at, byte) in text.iter().enumerate() {
                let is_paren = matches!(byte, b'(' | b')');
                let is_word = !is_paren && !matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
                if is_word != before || is_paren {
                    expected.push(at);
                }
                before = is_word;
            }
            if before {
                expected.push(len);
            }
            let mut edges = Edges { end: len, chunk: usize::MAX / 2, ..Edges::default() };
            edges.find(&text, 0);
            let found: Vec<usize> = (0..edges.len).map(|edge| edges.at(edge)).collect();
            assert_eq!(found, expected, "{text:?}");
            assert_eq!(edges.at(edges.len), NONE as usize);
        }
    }
}
