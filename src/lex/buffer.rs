//! The tokens of one form with their payloads.

use super::token_kind::{Token, TokenKind};
use crate::ast::{Instr, Run};

/// The tokens of a form. The lexer fills it, and the parser reads it.
#[derive(Default)]
pub(crate) struct TokenBuffer {
    pub(crate) tokens: Vec<Token>,
    /// Whether an annotation `@char` was skipped.
    pub(crate) saw_char: bool,
    /// The instructions of runs and heads.
    pub(crate) instrs: Vec<Instr>,
    /// The range in `instrs` of each run and head.
    runs: Vec<Run>,
    /// Constants that do not fit into an instruction, as pairs of words.
    pub(crate) wide: Vec<u32>,
}

impl TokenBuffer {
    /// Removes all tokens and keeps the memory.
    pub(crate) fn clear(&mut self) {
        let TokenBuffer { tokens, saw_char, instrs, runs, wide } = self;
        tokens.clear();
        *saw_char = false;
        instrs.clear();
        runs.clear();
        wide.clear();
    }

    /// Appends a token for the instructions in `range`. `first` is the first of them in the source text.
    #[inline]
    pub(crate) fn push_run(&mut self, kind: TokenKind, first: Instr, range: Run) {
        let len = self.runs.len() as u32;
        self.runs.push(range);
        self.tokens.push(Token { kind, fused: None, code: first.op.index(), start: first.start, len });
    }

    /// The instructions of a token in the order of execution. If a constant does not fit into its instruction, `imm` is
    /// a position in [`TokenBuffer::wide`].
    #[inline]
    pub(crate) fn instrs(&self, run: Token) -> &[Instr] {
        &self.instrs[self.runs[run.len as usize].range()]
    }

    /// The words of constants that do not fit into an instruction.
    pub(crate) fn wide(&self) -> &[u32] {
        &self.wide
    }
}
