//! What tokens stand for until the builder of the tree has it: lists of which each token has a stretch.

use super::Token;

/// How much one token can stand for; where all is checked, little, so that one is often not enough.
pub(super) const LONGEST: usize = if cfg!(debug_assertions) { 64 } else { 4096 };

// The length of such a token: where its stretch starts, counted on beyond what was forgotten, and how much it has.
const START_SHIFT: u32 = 13;
const STARTS: usize = 1 << (u32::BITS - START_SHIFT);

// The builder is never further behind than a few tokens.
const _: () = assert!(LONGEST < 1 << START_SHIFT && 16 * LONGEST < STARTS);

/// A list of which the builder takes one stretch after the other, in the order of the tokens.
pub(super) struct Waiting<T> {
    pub(super) list: Vec<T>,
    /// How many of it were taken.
    taken: usize,
    /// How many were before it, and were forgotten.
    forgotten: usize,
}

impl<T> Default for Waiting<T> {
    fn default() -> Waiting<T> {
        Waiting { list: Vec::new(), taken: 0, forgotten: 0 }
    }
}

impl<T> Waiting<T> {
    /// Begins a token: its stretch starts at the end of the list, which is told.
    #[inline]
    pub(super) fn begin(&mut self) -> usize {
        // A form may have any number of tokens between which the builder never has them all.
        if self.taken > LONGEST {
            self.list.drain(..self.taken);
            self.forgotten += self.taken;
            self.taken = 0;
        }
        self.list.len()
    }

    /// The length of a token that stands for what the list has from `start` up to `end`.
    #[inline]
    pub(super) fn stretch(&self, start: usize, end: usize) -> u32 {
        let start_of_all = (self.forgotten + start) % STARTS;
        (start_of_all << START_SHIFT | (end - start)) as u32
    }

    /// Hands over what a token stands for, which is something.
    #[inline]
    pub(super) fn take<R>(&mut self, token: Token, hand_over: impl FnOnce(&[T]) -> R) -> R {
        let len = token.len as usize;
        let start = (len >> START_SHIFT).wrapping_sub(self.forgotten) % STARTS;
        let end = start + len % (1 << START_SHIFT);
        let handed = hand_over(&self.list[start..end]);
        self.taken = end;
        if end == self.list.len() {
            self.list.clear();
            self.taken = 0;
        }
        handed
    }

    /// Forgets all, to begin a form anew.
    pub(super) fn clear(&mut self) {
        self.list.clear();
        self.taken = 0;
        self.forgotten = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lex::Kind;

    #[test]
    fn each_token_has_its_own_however_many_came_before() {
        let mut waiting = Waiting::default();
        let mut tokens = std::collections::VecDeque::new();
        let mut next = 0;
        for nth in 0.. {
            if next > 2 * STARTS {
                break;
            }
            let start = waiting.begin();
            let len = 1 + nth * 7919 % LONGEST;
            waiting.list.extend(next..next + len);
            let token = Token::new(Kind::Instrs, 0, 0);
            tokens.push_back((next..next + len, Token { len: waiting.stretch(start, start + len), ..token }));
            next += len;
            if nth % 3 == 0 {
                continue;
            }
            while tokens.len() > nth % 2
                && let Some((wanted, token)) = tokens.pop_front()
            {
                waiting.take(token, |found| assert!(found.iter().copied().eq(wanted)));
            }
        }
        assert!(waiting.list.capacity() < STARTS);
    }
}
