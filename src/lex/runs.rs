//! Runs of plain instructions: one token stands for all that follow each other, with their immediates. Folded ones
//! are in the order of execution, if nothing but plain instructions is within.
//!
//! What is rare here - a name in quotes, an annotation, an unusual spelling, a mistake - is left to [`Lexer`], which
//! reads every token. So nothing is reported from here.

use super::edges::Edges;
use super::keyword::{self, Word};
use super::raw::{comment_len, idchars_len, line_comment_len, rest_of_string};
use super::{Kind, Lexer, Token, TokenBuffer, number};
use crate::ast::{Idx, Instr, Interner, MemoKey, Run, has, memarg};
use crate::instr::{Immediates, Op};
use crate::span::Span;

/// Fills the buffer with the tokens in `span`.
pub(super) fn tokenize(lexer: &mut Lexer<'_>, span: Span, names: &mut Interner, buffer: &mut TokenBuffer) {
    let text = lexer.source.as_bytes();
    let form = &text[span.range()];
    let is_data = form.starts_with(b"(data");
    let mut edges = std::mem::take(&mut buffer.edges);
    edges.begin(text, span, is_data);
    let mut reader = Reader {
        text,
        edges: &mut edges,
        next: 0,
        is_func: form.starts_with(b"(func"),
        is_data,
        names,
        buffer,
        run: None,
        run_start: 0,
        pending: Vec::new(),
    };
    loop {
        if !lexer.is_ahead() && !lexer.is_in_annotation() && reader.align(lexer.at()) {
            reader.read_on();
            reader.end_run();
            lexer.go_to(reader.position().max(lexer.at()));
        }
        let Some(token) = lexer.next() else { break };
        reader.buffer.tokens.push(token);
        if is_data && token.kind == Kind::AtName {
            // This string is not one of the segment's.
            reader.buffer.tokens.extend(lexer.next());
        }
    }
    buffer.edges = edges;
}

/// Reads tokens that are written in a usual way.
struct Reader<'a> {
    text: &'a [u8],
    edges: &'a mut Edges,
    /// The edge at which the next token starts, or white space before it.
    next: usize,
    /// Whether the form is a function. Outside of functions, folded instructions may be separate expressions.
    is_func: bool,
    /// Whether it is a data segment. Its strings are checked when they are decoded.
    is_data: bool,
    names: &'a mut Interner,
    buffer: &'a mut TokenBuffer,
    /// The run that is being read.
    run: Option<OpenRun>,
    /// The number of instructions in the buffer before that run.
    run_start: u32,
    /// Folded instructions that are open: they follow their operands.
    pending: Vec<Pending>,
}

/// A run that is being read.
#[derive(Clone, Copy)]
struct OpenRun {
    /// The first instruction in the order of the text.
    first: Instr,
    /// Whether every instruction outside of groups is folded.
    is_folded: bool,
}

/// A folded instruction that is open.
struct Pending {
    instr: Instr,
    /// The number of instructions in the buffer before its operands.
    at: u32,
}

/// A keyword with what belongs to it, and the edge of the next token.
enum Read {
    /// A plain instruction with its immediate.
    Instr(Instr, usize),
    /// The head of a block: `block`, `loop` or `if` with its label and result.
    Head(Instr, usize),
    /// A keyword alone.
    Word(Word, usize),
}

impl Reader<'_> {
    /// Reads tokens up to one that is unusual, or to the end of the form.
    fn read_on(&mut self) -> Option<()> {
        loop {
            self.refill();
            let edge = self.next;
            let start = self.edges.at(edge);
            match *self.text.get(start)? {
                b'a'..=b'z' => match self.read(edge)? {
                    Read::Instr(instr, next) => {
                        self.next = next;
                        self.plain(instr);
                    }
                    Read::Head(instr, next) => {
                        let kind = if is_if(instr) { Kind::IfHead } else { Kind::BlockHead };
                        self.head(kind, instr, next);
                    }
                    Read::Word(word, next) => self.word(edge, word, next),
                },
                b')' => {
                    self.next = edge + 1;
                    match self.pending.pop() {
                        Some(Pending { instr, .. }) => {
                            self.buffer.instrs.push(instr);
                            self.end_group();
                        }
                        None => self.push(Token::new(Kind::Close, start, start + 1)),
                    }
                }
                b'(' => match *self.text.get(start + 1)? {
                    b'a'..=b'z' => match self.read(edge + 1)? {
                        Read::Instr(instr, next) => {
                            self.next = next;
                            self.folded(instr);
                        }
                        Read::Head(instr, next) => {
                            let kind = if is_if(instr) { Kind::ParenIfHead } else { Kind::ParenBlockHead };
                            self.head(kind, instr, next);
                        }
                        Read::Word(word, next) => match word.joined {
                            Some(kind) => {
                                self.next = next;
                                self.push(Token::new(kind, start, self.edges.at(edge + 2)));
                            }
                            None => {
                                self.push(Token::new(Kind::Open, start, start + 1));
                                self.word(edge + 1, word, next);
                            }
                        },
                    },
                    b';' => self.next = self.after_comment(edge)?,
                    _ => return None,
                },
                b' ' | b'\n' | b'\r' | b'\t' => self.next = edge + 1,
                b';' => self.next = self.after_comment(edge)?,
                b'0'..=b'9' => {
                    self.decimal(edge)?;
                    self.single(Kind::Nat, edge);
                }
                b'$' => {
                    self.id(edge)?;
                    self.single(Kind::Id, edge);
                }
                b'"' if self.is_data => {
                    let end = start + 1 + rest_of_string(&self.text[start + 1..self.edges.end()]);
                    if !matches!(self.text.get(end)?, b' ' | b'\n' | b')') {
                        return None;
                    }
                    self.push(Token::new(Kind::String, start, end));
                    self.align(end);
                }
                _ => return None,
            }
        }
    }

    /// Adds an instruction that is not folded.
    #[inline]
    fn plain(&mut self, instr: Instr) {
        let fits = match self.run {
            Some(run) if self.pending.is_empty() => !run.is_folded,
            Some(_) => self.is_func,
            None => false,
        };
        if !fits {
            self.begin_run(instr, false);
        }
        self.buffer.instrs.push(instr);
    }

    /// Adds a folded instruction, or opens it.
    #[inline]
    fn folded(&mut self, instr: Instr) {
        if self.run.is_none() || !self.is_func && self.pending.is_empty() {
            self.begin_run(instr, true);
        }
        if self.text.get(self.edges.at(self.next)) == Some(&b')') {
            self.next += 1;
            self.buffer.instrs.push(instr);
            self.end_group();
        } else {
            self.pending.push(Pending { instr, at: self.buffer.instrs.len() as u32 });
        }
    }

    /// Ends the run with the group outside of functions.
    #[inline]
    fn end_group(&mut self) {
        if !self.is_func && self.pending.is_empty() {
            self.end_run();
        }
    }

    #[inline]
    fn begin_run(&mut self, first: Instr, is_folded: bool) {
        self.end_run();
        self.run = Some(OpenRun { first, is_folded });
        self.run_start = self.buffer.instrs.len() as u32;
    }

    /// Emits the token of the run. Instructions that are still open are tokens of their own, each after the runs
    /// before it and before those of its operands.
    #[inline]
    fn end_run(&mut self) {
        let Some(OpenRun { mut first, is_folded }) = self.run.take() else { return };
        let end = self.buffer.instrs.len() as u32;
        let mut start = self.run_start;
        let mut kind = if is_folded { Kind::FoldedRun } else { Kind::PlainRun };
        for Pending { instr, at } in self.pending.drain(..) {
            if at > start {
                self.buffer.push_run(kind, first, Run { start, end: at });
                start = at;
            }
            let own = self.buffer.instrs.len() as u32;
            self.buffer.instrs.push(instr);
            self.buffer.push_run(Kind::ParenInstr, instr, Run { start: own, end: own + 1 });
            kind = if self.is_func { Kind::PlainRun } else { Kind::FoldedRun };
            first = self.buffer.instrs[start as usize];
        }
        if end > start {
            self.buffer.push_run(kind, first, Run { start, end });
        }
    }

    /// Emits a token that is not a run.
    #[inline]
    fn push(&mut self, token: Token) {
        self.end_run();
        self.buffer.tokens.push(token);
    }

    /// Emits the head of a block.
    #[inline]
    fn head(&mut self, kind: Kind, instr: Instr, next: usize) {
        self.end_run();
        self.next = next;
        let start = self.buffer.instrs.len() as u32;
        self.buffer.instrs.push(instr);
        self.buffer.push_run(kind, instr, Run { start, end: start + 1 });
    }

    /// Emits a keyword.
    #[inline]
    fn word(&mut self, edge: usize, word: Word, next: usize) {
        self.next = next;
        let (start, end) = (self.edges.at(edge), self.edges.at(edge + 1));
        self.push(Token { code: word.code, ..Token::new(word.kind, start, end) });
    }

    /// Emits a token that is one word and has no code.
    #[inline]
    fn single(&mut self, kind: Kind, edge: usize) {
        self.next = self.after_word(edge);
        self.push(Token::new(kind, self.edges.at(edge), self.edges.at(edge + 1)));
    }

    // ------------------------------------------------------------------------------------- Edges

    /// The position of the next token, or of white space before it.
    fn position(&self) -> usize {
        self.edges.at(self.next).min(self.edges.found_to())
    }

    /// Finds more edges if there are few.
    #[inline]
    fn refill(&mut self) {
        if self.edges.are_few(self.next) && self.edges.find_from(self.text, self.position()) {
            self.next = 0;
        }
    }

    /// Goes on at `at`. Returns false if that is within what the edges take for a word.
    fn align(&mut self, at: usize) -> bool {
        if at >= self.edges.found_to() && self.edges.find_from(self.text, at) {
            self.next = 0;
        }
        while self.edges.at(self.next) < at {
            self.next += 1;
        }
        let byte = self.text.get(at).copied().unwrap_or(b' ');
        self.edges.at(self.next) == at || matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
    }

    /// The edge of the token after the word that starts at an edge.
    #[inline(always)]
    fn after_word(&self, edge: usize) -> usize {
        edge + 1 + usize::from(!self.is_paren(edge + 1))
    }

    /// Whether there is a parenthesis at an edge.
    #[inline(always)]
    fn is_paren(&self, edge: usize) -> bool {
        self.text.get(self.edges.at(edge)).is_some_and(|byte| byte & !1 == b'(')
    }

    /// The first edge after the comment at an edge. Returns `None` if that is not a comment, or too long.
    #[inline]
    fn after_comment(&self, edge: usize) -> Option<usize> {
        let start = self.edges.at(edge);
        let rest = self.text.get(start + 2..)?;
        let end = match self.text[start..start + 2] {
            [b'(', b';'] => start + 2 + comment_len(rest)?,
            [b';', b';'] => start + 2 + line_comment_len(rest),
            _ => return None,
        };
        let mut next = edge + 1;
        while self.edges.at(next) < end {
            next += 1;
        }
        (end < self.edges.found_to()).then_some(next)
    }

    /// The word at an edge. Returns `None` if there is not a whole one.
    #[inline]
    fn text_of(&self, edge: usize) -> Option<&[u8]> {
        self.text.get(self.edges.at(edge)..self.edges.at(edge + 1))
    }

    /// The keyword at an edge.
    #[inline(always)]
    fn keyword(&self, edge: usize) -> Option<Word> {
        let (start, end) = (self.edges.at(edge), self.edges.at(edge + 1));
        if end <= self.text.len() { keyword::known(self.text, start, end) } else { None }
    }

    /// The identifier at an edge.
    #[inline]
    fn id(&self, edge: usize) -> Option<Span> {
        let word = self.text_of(edge)?;
        let is_id = word.len() > 1 && word[0] == b'$' && idchars_len(word) == word.len();
        is_id.then(|| Span::new(self.edges.at(edge) as u32, self.edges.at(edge + 1) as u32))
    }

    /// The decimal number at an edge, if it is one of up to eight digits.
    #[inline(always)]
    fn decimal(&self, edge: usize) -> Option<u32> {
        let (start, end) = (self.edges.at(edge), self.edges.at(edge + 1));
        let (value, len) = digits(u64::from_le_bytes(*self.text.get(start..)?.first_chunk()?));
        (start + len == end).then_some(value)
    }

    // ------------------------------------------------------------------------------ Instructions

    /// Reads the keyword at an edge and, if it is written in a usual way, the instruction or head it begins. Returns
    /// `None` if it is not a keyword.
    #[inline(always)]
    fn read(&mut self, edge: usize) -> Option<Read> {
        let start = self.edges.at(edge);
        let (key, next) = self.memo_key(edge)?;
        if let Some(key) = key
            && let Some((instr, may_go_on)) = self.names.memo.get(key, start)
            && !(may_go_on & self.may_be_more(next))
        {
            return Some(Read::Instr(instr, next));
        }
        self.read_anew(edge, key, next)
    }

    /// The bytes of the instruction at an edge if it has at most one immediate, which is on the same line; and the edge
    /// of the token after it.
    #[inline(always)]
    fn memo_key(&self, edge: usize) -> Option<(Option<MemoKey>, usize)> {
        let (start, end, second) = (self.edges.at(edge), self.edges.at(edge + 1), self.edges.at(edge + 2));
        let has_immediate = (*self.text.get(end)? == b' ')
            & (second == end + 1)
            & !matches!(self.text.get(second), None | Some(b'(' | b')' | b';'));
        let last = edge + 1 + 2 * usize::from(has_immediate);
        let key = MemoKey::of(self.text.get(start..)?, self.edges.at(last).wrapping_sub(start));
        Some((key, last + usize::from(!self.is_paren(last))))
    }

    /// Whether the token at an edge may be a further immediate.
    #[inline(always)]
    fn may_be_more(&self, edge: usize) -> bool {
        let at = self.edges.at(edge);
        let byte = |at: usize| self.text.get(at).copied().unwrap_or(b'(');
        let first = byte(at + usize::from(byte(at) == b'('));
        !(first == b')' || first.is_ascii_lowercase()) | matches!(first, b'a' | b'o' | b't' | b'p' | b'r')
    }

    /// The same as [`Reader::read`], of what was not read before; it will be known the next time.
    #[inline(never)]
    fn read_anew(&mut self, edge: usize, key: Option<MemoKey>, next: usize) -> Option<Read> {
        let read = self.read_slowly(edge)?;
        if let (Some(key), Read::Instr(instr, end)) = (key, &read)
            && *end == next
        {
            use Immediates as I;
            let immediates = instr.op.immediates();
            let is_none = Idx::from_raw(instr.imm).is_none();
            let may_go_on = match immediates {
                I::MemArg(_) | I::Select => true,
                I::Table | I::Memory => is_none,
                _ => false,
            };
            let is_wide = matches!(immediates, I::I64 | I::F64) && instr.aux != 0;
            if !is_wide {
                self.names.memo.put(key, *instr, may_go_on);
            }
        }
        Some(read)
    }

    /// The same as [`Reader::read`], word by word.
    #[inline(always)]
    fn read_slowly(&mut self, edge: usize) -> Option<Read> {
        let start = self.edges.at(edge);
        let word = self.keyword(edge)?;
        let instr = |imm, aux| Instr { start: start as u32, imm, op: Op::from_index(word.code), aux };
        if self.is_paren(edge + 1) {
            return match word.kind {
                Kind::Instr => Some(Read::Instr(instr(0, 0), edge + 1)),
                _ => Some(self.rare(start, edge + 1, word)),
            };
        }
        let next = edge + 2;
        if let Some(value) = self.decimal(next)
            && matches!(word.kind, Kind::OpIndex | Kind::OpInt)
        {
            return Some(Read::Instr(instr(value, 0), self.after_word(next)));
        }
        match word.kind {
            Kind::Instr => Some(Read::Instr(instr(0, 0), next)),
            Kind::OpMemArg => match self.memarg(next) {
                Some((offset, align, next)) => Some(Read::Instr(instr(offset, align), next)),
                None => Some(Read::Word(word, next)),
            },
            Kind::OpIndex => match self.id(next) {
                Some(name) => {
                    let idx = self.names.intern(self.text, name);
                    Some(Read::Instr(instr(idx.raw(), 0), self.after_word(next)))
                }
                None => Some(Read::Word(word, next)),
            },
            _ => Some(self.rare(start, next, word)),
        }
    }

    /// The instruction or head that begins with the keyword. `next` is the edge of the token after the keyword.
    #[inline(never)]
    fn rare(&mut self, start: usize, next: usize, word: Word) -> Read {
        let op = Op::from_index(word.code);
        let instr = |imm, aux| Instr { start: start as u32, imm, op, aux };
        let is_head = matches!(word.kind, Kind::OpBlock | Kind::OpIf);
        match if is_head { self.block_head(next) } else { self.immediate(next, word) } {
            Some((imm, aux, next)) if is_head => Read::Head(instr(imm, aux), next),
            Some((imm, aux, next)) => Read::Instr(instr(imm, aux), next),
            None => Read::Word(word, next),
        }
    }

    /// Label and result after a keyword that opens a block.
    fn block_head(&mut self, edge: usize) -> Option<(u32, u16, usize)> {
        let mut next = edge;
        let label = self.id(next);
        let mut aux = 0;
        if label.is_some() {
            next = self.after_word(next);
            aux = has::LABEL;
        }
        if self.text.get(self.edges.at(next)..)?.starts_with(b"(result ") {
            let word = self.keyword(next + 3)?;
            let is_type =
                matches!(word.kind, Kind::I32 | Kind::I64 | Kind::NumType | Kind::V128 | Kind::RefType);
            if !is_type || self.text.get(self.edges.at(next + 4)) != Some(&b')') {
                return None;
            }
            aux = has::RESULT | word.code << has::RESULT_SHIFT;
            next += 5;
        }
        next = self.without_more(next)?;
        let label = label.map_or(Idx::NONE, |span| self.names.intern(self.text, span));
        Some((label.raw(), aux, next))
    }

    /// The immediate at an edge, as an instruction has it, and the edge after it. Returns `None` if it is left to the
    /// grammar.
    fn immediate(&mut self, edge: usize, word: Word) -> Option<(u32, u16, usize)> {
        let next = self.after_word(edge);
        match word.kind {
            Kind::OpInt | Kind::OpFloat => {
                let number = std::str::from_utf8(self.text_of(edge)?).ok()?;
                let immediates = Op::from_index(word.code).immediates();
                let kind = number::classify(number.as_bytes());
                let value = match immediates {
                    _ if !matches!(kind, Kind::Nat | Kind::Int | Kind::Float) => None,
                    Immediates::F32 => number::float(number, number::F32),
                    Immediates::F64 => number::float(number, number::F64),
                    _ if kind == Kind::Float => None,
                    Immediates::I32 => number::integer(number, 32),
                    _ => number::integer(number, 64),
                }?;
                let is_wide = matches!(immediates, Immediates::F64 | Immediates::I64);
                if is_wide && i64::from(value as i32) != value as i64 {
                    let at = self.buffer.wide.len() as u32;
                    self.buffer.wide.extend([value as u32, (value >> 32) as u32]);
                    return Some((at, 1, next));
                }
                Some((value as u32, 0, next))
            }
            Kind::OpIndex => self.index(edge).map(|index| (index.raw(), 0, next)),
            Kind::OpOptIndex => match self.index(edge) {
                Some(index) => Some((index.raw(), 0, next)),
                None => self.without_more(edge).map(|next| (Idx::NONE.raw(), 0, next)),
            },
            Kind::OpSelect => self.without_more(edge).map(|next| (0, 0, next)),
            Kind::OpMemArg => self.memarg(edge),
            Kind::OpLane => {
                let lane = u8::try_from(self.decimal(edge)?).ok()?;
                Some((lane.into(), 0, next))
            }
            _ => None,
        }
    }

    /// The index at an edge.
    fn index(&mut self, edge: usize) -> Option<Idx> {
        match self.id(edge) {
            Some(name) => Some(self.names.intern(self.text, name)),
            None => self.decimal(edge).map(Idx::number),
        }
    }

    /// Offset and alignment at an edge, and the edge after them. Returns `None` if they are not written in a usual
    /// way.
    #[inline]
    fn memarg(&self, edge: usize) -> Option<(u32, u16, usize)> {
        let mut next = edge;
        let mut offset = 0;
        if let Some(value) = self.keyed(next, b"offset=") {
            offset = value?;
            next = self.after_word(next);
        }
        if let Some(value) = self.keyed(next, b"align=") {
            let align = value.filter(|align| align.is_power_of_two())?;
            return Some((offset, align.trailing_zeros() as u16, self.after_word(next)));
        }
        // What follows is hardly ever an immediate, and begins with a letter that none of them has.
        let next = match self.text.get(self.edges.at(next))? {
            b')' | b'b'..=b'n' | b'p'..=b'z' => next,
            _ => self.without_more(next)?,
        };
        Some((offset, memarg::NATURAL, next))
    }

    /// The number after `offset=` or `align=`, if there is that key at an edge; within, `None` if it is not a usual
    /// number.
    #[inline(always)]
    fn keyed(&self, edge: usize, key: &[u8]) -> Option<Option<u32>> {
        let (start, end) = (self.edges.at(edge), self.edges.at(edge + 1));
        let digits_of = self.text.get(start..)?.strip_prefix(key)?;
        let number = digits_of.first_chunk().map(|bytes| digits(u64::from_le_bytes(*bytes)));
        Some(number.filter(|(_, len)| *len > 0 && start + key.len() + len == end).map(|(value, _)| value))
    }

    /// The edge of the next token from an edge on, if that is not a further immediate for sure.
    #[inline]
    fn without_more(&self, edge: usize) -> Option<usize> {
        let mut next = edge;
        loop {
            let rest = self.text.get(self.edges.at(next)..)?;
            let more = match *rest.first()? {
                b')' => false,
                b';' => {
                    next = self.after_comment(next)?;
                    continue;
                }
                b'(' => match rest.get(1)? {
                    b';' => {
                        next = self.after_comment(next)?;
                        continue;
                    }
                    b'a'..=b'z' => {
                        [&b"type"[..], b"param", b"result"].iter().any(|w| rest[1..].starts_with(w))
                    }
                    _ => true,
                },
                b' ' | b'\n' | b'\r' | b'\t' => {
                    next += 1;
                    continue;
                }
                b'a' => rest.starts_with(b"align="),
                b'o' => rest.starts_with(b"offset="),
                b'b'..=b'z' => false,
                _ => true,
            };
            return (!more).then_some(next);
        }
    }
}

/// Whether the head is one of `if`.
fn is_if(head: Instr) -> bool {
    head.op.immediates() == Immediates::If
}

const ONES: u64 = u64::from_le_bytes([1; 8]);
const HIGH_BITS: u64 = u64::from_le_bytes([0x80; 8]);

/// The value of up to eight decimal digits at the start of some bytes, and how many there are.
#[inline]
fn digits(bytes: u64) -> (u32, usize) {
    let values = bytes ^ (ONES * u64::from(b'0'));
    let others = (values.wrapping_add(ONES * (0x7f - 9)) | values) & HIGH_BITS;
    let len = others.trailing_zeros() as usize / 8;
    // The last digit goes to the highest byte; zeros fill up the others.
    let values = if len == 0 { 0 } else { values << (8 * (8 - len)) };
    // Neighbours are put together: digits to pairs, pairs to fours, fours to eight.
    let pairs = values.wrapping_mul(10 << 8 | 1) >> 8 & 0x00ff_00ff_00ff_00ff;
    let fours = pairs.wrapping_mul(100 << 16 | 1) >> 16 & 0x0000_ffff_0000_ffff;
    let value = fours.wrapping_mul(10_000 << 32 | 1) >> 32;
    (value as u32, len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_one_by_one_and_together() {
        for (text, wanted) in [
            (b"0       ", (0, 1)),
            (b"7)      ", (7, 1)),
            (b"12 align", (12, 2)),
            (b"907:4567", (907, 3)),
            (b"12345678", (12_345_678, 8)),
            (b"00000001", (1, 8)),
            (b"/0      ", (0, 0)),
            (b"1\xe9234567", (1, 1)),
            (b"99999999", (99_999_999, 8)),
        ] {
            assert_eq!(digits(u64::from_le_bytes(*text)), wanted, "{text:?}");
        }
    }
}
