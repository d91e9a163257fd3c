//! Runs of plain instructions: one token for consecutive instructions with their immediates. Folded instructions are in
//! the order of execution if they contain only plain instructions.
//!
//! Rare cases are left to [`Lexer`], which reads every token: a name in quotes, an annotation, an uncommon spelling, an
//! error. Nothing is reported here.

use super::buffer::TokenBuffer;
use super::bytes::{self, idchars_len};
use super::keyword::{self, Word};
use super::lexer::Lexer;
use super::memo;
use super::number;
use super::string::rest_of_string;
use super::token_kind::{Token, TokenKind};
use super::trivia::{comment_len, line_comment_len};
use crate::ast::{Idx, Instr, Interner, MemoKey, Run, has, memarg};
use crate::instr::{Immediates, Op};
use crate::span::Span;

/// Fills the buffer with the tokens in `span`.
#[cfg_attr(for_size, optimize(speed))]
pub(crate) fn tokenize(lexer: &mut Lexer<'_>, span: Span, names: &mut Interner, buffer: &mut TokenBuffer) {
    let text = lexer.source.as_bytes();
    let form = &text[span.range()];
    let is_data = form.starts_with(b"(data");
    let mut reader = Reader {
        text,
        at: span.start as usize,
        end: span.end as usize,
        is_func: form.starts_with(b"(func"),
        is_data,
        names,
        buffer,
        run: None,
        run_start: 0,
        pending: Vec::new(),
    };
    loop {
        if !lexer.is_ahead() && !lexer.is_in_annotation() {
            reader.read_on();
            reader.end_run();
            lexer.go_to(reader.at);
        }
        let Some(token) = lexer.next() else { return };
        reader.buffer.tokens.push(token);
        if is_data && token.kind == TokenKind::AtName {
            // This string is not part of the segment.
            reader.buffer.tokens.extend(lexer.next());
        }
        reader.at = lexer.at();
    }
}

/// Reads tokens in their common spelling.
struct Reader<'a> {
    text: &'a [u8],
    /// The start of the next token.
    at: usize,
    end: usize,
    /// Whether the form is a function. Outside of functions, folded instructions may be separate expressions.
    is_func: bool,
    /// Whether the form is a data segment. Its strings are checked when they are decoded.
    is_data: bool,
    names: &'a mut Interner,
    buffer: &'a mut TokenBuffer,
    /// The current run.
    run: Option<OpenRun>,
    /// The number of instructions in the buffer before the current run.
    run_start: u32,
    /// Open folded instructions, which follow their operands in the order of execution.
    pending: Vec<Pending>,
}

/// A run that is not finished.
#[derive(Clone, Copy)]
struct OpenRun {
    /// The first instruction in the source text.
    first: Instr,
    /// Whether every instruction outside of groups is folded.
    is_folded: bool,
}

/// An open folded instruction.
struct Pending {
    instr: Instr,
    /// The number of instructions in the buffer before its operands.
    at: u32,
}

/// The result of reading a keyword, and the end of the text that was read.
enum Read {
    /// A plain instruction with its immediate.
    Instr(Instr, usize),
    /// The head of a block: `block`, `loop` or `if` with its label and result.
    Head(Instr, usize),
    /// A keyword without immediates.
    Word(Word, usize),
}

impl Reader<'_> {
    /// Reads tokens up to a rare case or the end of the form.
    fn read_on(&mut self) -> Option<()> {
        let text = self.text;
        while self.at < self.end {
            let start = skip(text, self.at)?;
            self.at = start;
            match *text.get(start)? {
                b'a'..=b'z' => match self.read(start)? {
                    Read::Instr(instr, end) => {
                        self.at = end;
                        self.plain(instr);
                    }
                    Read::Head(instr, end) => {
                        let kind = if is_if(instr) { TokenKind::IfHead } else { TokenKind::BlockHead };
                        self.head(kind, instr, end);
                    }
                    Read::Word(word, end) => self.word(start, end, word)?,
                },
                b'(' if text.get(start + 1)?.is_ascii_lowercase() => match self.read(start + 1)? {
                    Read::Instr(instr, end) => {
                        self.at = end;
                        self.folded(instr);
                    }
                    Read::Head(instr, end) => {
                        let kind =
                            if is_if(instr) { TokenKind::ParenIfHead } else { TokenKind::ParenBlockHead };
                        self.head(kind, instr, end);
                    }
                    Read::Word(word, end) => match word.fused {
                        Some(kind) => self.single(kind, start, end)?,
                        None => {
                            self.single(TokenKind::Open, start, start + 1)?;
                            self.word(start + 1, end, word)?;
                        }
                    },
                },
                b')' => {
                    self.at = start + 1;
                    match self.pending.pop() {
                        Some(Pending { instr, .. }) => {
                            self.buffer.instrs.push(instr);
                            self.end_group();
                        }
                        None => self.push(Token::new(TokenKind::Close, start, start + 1)),
                    }
                }
                b'0'..=b'9' => {
                    let (_, len) = digits_at(text, start)?;
                    self.single(TokenKind::Nat, start, start + len)?;
                }
                b'$' => {
                    let end = start + idchars_len(&text[start..]);
                    if end == start + 1 {
                        return None;
                    }
                    self.single(TokenKind::Id, start, end)?;
                }
                b'"' if self.is_data => {
                    let end = start + 1 + rest_of_string(&text[start + 1..self.end]);
                    self.single(TokenKind::String, start, end)?;
                }
                _ => return None,
            }
        }
        Some(())
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

    /// Adds a folded instruction if it has no operands; otherwise opens it.
    #[inline]
    fn folded(&mut self, instr: Instr) {
        if self.run.is_none() || !self.is_func && self.pending.is_empty() {
            self.begin_run(instr, true);
        }
        if self.text.get(self.at) == Some(&b')') {
            self.at += 1;
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

    /// Emits the token of the current run. Each instruction that is still open becomes a separate token between the run
    /// before it and the run of its operands.
    #[inline]
    #[cfg_attr(for_size, optimize(speed))]
    fn end_run(&mut self) {
        let Some(OpenRun { mut first, is_folded }) = self.run.take() else { return };
        let end = self.buffer.instrs.len() as u32;
        let mut start = self.run_start;
        let mut kind = if is_folded { TokenKind::FoldedRun } else { TokenKind::PlainRun };
        for Pending { instr, at } in self.pending.drain(..) {
            if at > start {
                self.buffer.push_run(kind, first, Run { start, end: at });
                start = at;
            }
            let own = self.buffer.instrs.len() as u32;
            self.buffer.instrs.push(instr);
            self.buffer.push_run(TokenKind::ParenInstr, instr, Run { start: own, end: own + 1 });
            kind = if self.is_func { TokenKind::PlainRun } else { TokenKind::FoldedRun };
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
    fn head(&mut self, kind: TokenKind, instr: Instr, end: usize) {
        self.end_run();
        self.at = end;
        let start = self.buffer.instrs.len() as u32;
        self.buffer.instrs.push(instr);
        self.buffer.push_run(kind, instr, Run { start, end: start + 1 });
    }

    /// Emits a keyword. Returns `None` if the token continues after `end`.
    #[inline]
    #[cfg_attr(for_size, optimize(speed))]
    fn word(&mut self, start: usize, end: usize, word: Word) -> Option<()> {
        if !ends_token(self.text, end) {
            return None;
        }
        self.at = end;
        self.push(Token { code: word.code, ..Token::new(word.kind, start, end) });
        Some(())
    }

    /// Emits a token without a code. Returns `None` if the token continues after `end`.
    #[inline]
    fn single(&mut self, kind: TokenKind, start: usize, end: usize) -> Option<()> {
        if kind != TokenKind::Open && !ends_token(self.text, end) {
            return None;
        }
        self.at = end;
        self.push(Token::new(kind, start, end));
        Some(())
    }

    /// Reads the keyword at `start` and, in the common spelling, its instruction or head. Returns `None` if the word is
    /// not a keyword.
    #[inline(always)]
    #[cfg_attr(for_size, optimize(speed))]
    fn read(&mut self, start: usize) -> Option<Read> {
        let text = self.text;
        let key = memo::key(text.get(start..)?.first_chunk()?);
        if let Some(key) = key
            && let Some((instr, more_may_follow)) = self.names.memo.get(key, start)
        {
            if !more_may_follow {
                return Some(Read::Instr(instr, start + key.len));
            }
            let end = start + instr.op.mnemonic().len();
            let read = match instr.op.immediates() {
                Immediates::MemArg(_) => {
                    memarg(text, end).map(|(imm, aux, end)| Read::Instr(Instr { imm, aux, ..instr }, end))
                }
                Immediates::End | Immediates::Else => Some(Read::Word(keyword::of_op(instr.op), end)),
                Immediates::Block | Immediates::If => {
                    without_more(text, end).map(|end| Read::Head(instr, end))
                }
                _ => without_more(text, end).map(|end| Read::Instr(instr, end)),
            };
            if read.is_some() {
                return read;
            }
        }
        self.read_and_store(start, key)
    }

    /// Reads an instruction or head that is not in the memo table, and stores it there.
    #[inline(never)]
    #[cfg_attr(for_size, optimize(speed))]
    fn read_and_store(&mut self, start: usize, key: Option<MemoKey>) -> Option<Read> {
        let read = self.read_slowly(start)?;
        let Some(key) = key else { return Some(read) };
        let (instr, end) = match read {
            Read::Instr(instr, end) | Read::Head(instr, end) => (instr, end),
            Read::Word(word, end) if matches!(word.kind, TokenKind::OpEnd | TokenKind::OpElse) => {
                let (start, imm, op) = (start as u32, Idx::NONE.raw(), Op::from_index(word.code));
                (Instr { start, imm, op, aux: 0 }, end)
            }
            Read::Word(..) => return Some(read),
        };
        let keyword_len = instr.op.mnemonic().len();
        let is_whole = end == start + key.len;
        let (is_kept, more_may_follow) = match instr.op.immediates() {
            // A following comment may be a part of the key.
            Immediates::Block | Immediates::If | Immediates::End | Immediates::Else => {
                let rest = &self.text[start + keyword_len..];
                let is_alone = key.len == keyword_len || rest.starts_with(b"  ") || rest.starts_with(b" ;");
                (is_alone && instr.aux == 0, true)
            }
            Immediates::MemArg(_) => (key.len <= keyword_len + 1, true),
            Immediates::Select => (key.len == keyword_len, true),
            // An index may follow at the next use.
            Immediates::Table | Immediates::Memory => {
                (is_whole && !Idx::from_raw(instr.imm).is_none(), false)
            }
            // A constant that does not fit is stored in the buffer of this form only.
            _ => (is_whole && instr.aux == 0, false),
        };
        if is_kept {
            self.names.memo.put(key, instr, more_may_follow);
        }
        Some(read)
    }

    /// Reads a keyword and its immediate without the memo table.
    #[inline(always)]
    fn read_slowly(&mut self, start: usize) -> Option<Read> {
        let text = self.text;
        let window = Window::at(text, start)?;
        let Some((word, len)) = window.keyword(bytes::ends(window.words())) else {
            let (word, end) = long_keyword_at(text, start)?;
            return Some(self.rare(start, end, word));
        };
        let instr = |imm, aux| Instr { start: start as u32, imm, op: Op::from_index(word.code), aux };
        // The end of the keyword in the window.
        let ends = BEFORE + len;
        let end = start + len;
        let first = window.byte(ends + 1);
        if first.is_ascii_digit() && window.byte(ends) == b' ' {
            let (value, len) = digits(window.eight(ends + 1));
            let fits = matches!(word.kind, TokenKind::OpIndex | TokenKind::OpInt);
            if fits && is_end(window.byte(ends + 1 + len)) {
                return Some(Read::Instr(instr(value, 0), end + 1 + len));
            }
        }
        match word.kind {
            TokenKind::Instr if is_end(window.byte(ends)) => Some(Read::Instr(instr(0, 0), end)),
            TokenKind::OpMemArg => match memarg(text, end) {
                Some((offset, align, end)) => Some(Read::Instr(instr(offset, align), end)),
                None => Some(Read::Word(word, end)),
            },
            TokenKind::OpIndex if first == b'$' && window.byte(ends) == b' ' => {
                let name_end = end + 1 + idchars_len(&text[end + 1..]);
                if name_end == end + 2 || !ends_token(text, name_end) {
                    return Some(Read::Word(word, end));
                }
                let idx = self.names.intern(text, Span::new(end as u32 + 1, name_end as u32));
                Some(Read::Instr(instr(idx.raw(), 0), name_end))
            }
            _ => Some(self.rare(start, end, word)),
        }
    }

    /// Reads the less common immediates of an instruction, or a head.
    #[inline(never)]
    fn rare(&mut self, start: usize, end: usize, word: Word) -> Read {
        let op = Op::from_index(word.code);
        let instr = |imm, aux| Instr { start: start as u32, imm, op, aux };
        if matches!(word.kind, TokenKind::OpBlock | TokenKind::OpIf) {
            return match self.block_head(end) {
                Some((imm, aux, end)) => Read::Head(instr(imm, aux), end),
                None => Read::Word(word, end),
            };
        }
        match self.immediate(end, word) {
            Some((imm, aux, end)) => Read::Instr(instr(imm, aux), end),
            None => Read::Word(word, end),
        }
    }

    /// Reads the label and result of a block. Returns `imm`, `aux` and the end, or `None` if the grammar must read them.
    fn block_head(&mut self, end: usize) -> Option<(u32, u16, usize)> {
        let text = self.text;
        let (mut end, mut label) = (end, None);
        if text[end..].starts_with(b" $") {
            let start = end + 1;
            end = start + idchars_len(&text[start..]);
            if end == start + 1 {
                return None;
            }
            label = Some(Span::new(start as u32, end as u32));
        }
        let mut aux = if label.is_some() { has::LABEL } else { 0 };
        let mut next = skip(text, end)?;
        if text[next..].starts_with(b"(result ") {
            let start = next + b"(result ".len();
            let result_end = start + idchars_len(&text[start..]);
            let word = keyword::known(text, start, result_end)?;
            let is_type = matches!(
                word.kind,
                TokenKind::I32 | TokenKind::I64 | TokenKind::NumType | TokenKind::V128 | TokenKind::RefType
            );
            if !is_type || text.get(result_end) != Some(&b')') {
                return None;
            }
            aux = has::RESULT | word.code << has::RESULT_SHIFT;
            end = result_end + 1;
        }
        next = without_more(text, end)?;
        let label = label.map_or(Idx::NONE, |span| self.names.intern(text, span));
        let imm = if aux == 0 { Idx::NONE } else { label };
        Some((imm.raw(), aux, next))
    }

    /// Reads the immediate after a keyword. Returns `imm`, `aux` and the end, or `None` if the grammar must read it.
    fn immediate(&mut self, end: usize, word: Word) -> Option<(u32, u16, usize)> {
        let text = self.text;
        match word.kind {
            TokenKind::Instr => ends_token(text, end).then_some((0, 0, end)),
            TokenKind::OpInt | TokenKind::OpFloat => {
                let (number, end) = number_after(text, end)?;
                let immediates = Op::from_index(word.code).immediates();
                let kind = number::classify(number.as_bytes());
                let value = match immediates {
                    _ if !matches!(kind, TokenKind::Nat | TokenKind::Int | TokenKind::Float) => None,
                    Immediates::F32 => number::float(number, number::F32),
                    Immediates::F64 => number::float(number, number::F64),
                    _ if kind == TokenKind::Float => None,
                    Immediates::I32 => number::integer(number, 32),
                    _ => number::integer(number, 64),
                }?;
                let is_wide = matches!(immediates, Immediates::F64 | Immediates::I64);
                if is_wide && i64::from(value as i32) != value as i64 {
                    let at = self.buffer.wide.len() as u32;
                    self.buffer.wide.extend([value as u32, (value >> 32) as u32]);
                    return Some((at, 1, end));
                }
                Some((value as u32, 0, end))
            }
            TokenKind::OpIndex => index(text, end, self.names).map(|(index, end)| (index.raw(), 0, end)),
            TokenKind::OpOptIndex => match index(text, end, self.names) {
                Some((index, end)) => Some((index.raw(), 0, end)),
                None => without_more(text, end).map(|end| (Idx::NONE.raw(), 0, end)),
            },
            TokenKind::OpSelect => without_more(text, end).map(|end| (0, 0, end)),
            TokenKind::OpMemArg => memarg(text, end),
            TokenKind::OpLane => lane(text, end).map(|(lane, end)| (lane.into(), 0, end)),
            _ => None,
        }
    }
}

/// Whether the head opens an `if`.
fn is_if(head: Instr) -> bool {
    head.op.immediates() == Immediates::If
}

/// Whether a token before `at` certainly ends there.
#[inline]
fn ends_token(text: &[u8], at: usize) -> bool {
    text.get(at).is_some_and(|&byte| is_end(byte))
}

/// Whether a token certainly ends before the byte.
#[inline]
fn is_end(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b')' | b'(' | b'\r' | b'\t')
}

/// Returns the end of white space and comments, or `None` near the end of the source text.
#[inline(always)]
fn skip(text: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let bytes: &[u8; 49] = text.get(at..)?.first_chunk()?;
        // Most white space is a line end and indentation.
        let len = match bytes[0] {
            b'\n' => 1 + spaces(bytes[1..].first_chunk()?),
            _ => (bytes::not_spaces(bytes.first_chunk()?) | 1 << 16).trailing_zeros() as usize,
        };
        let (byte, after) = (*bytes.get(len)?, *bytes.get(len + 1)?);
        if !is_more(byte, after) {
            return Some(at + len);
        }
        at += len;
        if byte == b' ' || byte == b'\n' {
            continue;
        }
        match line_end(text, at) {
            Some(end) => at = end,
            None => return skip_more(text, at),
        }
    }
}

/// Returns the number of spaces at the start of some bytes.
#[inline(always)]
fn spaces(bytes: &[u8; 32]) -> usize {
    let halves = bytes.as_chunks().0;
    halves.iter().rev().fold(0, |mask, half| mask << 16 | bytes::not_spaces(half)).trailing_zeros() as usize
}

/// Whether white space or a comment starts with these bytes.
#[inline(always)]
fn is_more(byte: u8, after: u8) -> bool {
    matches!(byte, b';' | b' ' | b'\n' | b'\r' | b'\t') || byte == b'(' && after == b';'
}

/// Returns the end of the line comment at `at`, or `None` if there is no line comment that ends with a newline.
#[inline]
fn line_end(text: &[u8], at: usize) -> Option<usize> {
    let comment = text[at..].strip_prefix(b";;")?;
    let len = line_comment_len(comment);
    (comment.get(len) == Some(&b'\n')).then_some(at + 2 + len)
}

/// Does the work of [`skip`] for several comments and for white space other than spaces.
#[inline(never)]
#[cfg_attr(for_size, optimize(speed))]
fn skip_more(text: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let bytes: &[u8; 34] = text.get(at..)?.first_chunk()?;
        let len = spaces(bytes.first_chunk()?);
        at += len;
        let (byte, after) = (bytes[len], bytes[len + 1]);
        if !is_more(byte, after) {
            return Some(at);
        }
        if byte == b'(' {
            at += 2 + comment_len(&text[at + 2..])?;
        } else if byte == b';' {
            if after != b';' {
                return Some(at);
            }
            // After the comment comes the end of the line.
            at += 2 + line_comment_len(&text[at + 2..]) + 1;
        } else {
            at += 1;
        }
    }
}

const ONES: u64 = u64::from_le_bytes([1; 8]);
const HIGH_BITS: u64 = u64::from_le_bytes([0x80; 8]);

/// A window of the source text: eight bytes, a keyword, and the bytes after it.
struct Window<'a>(&'a [u8; 64]);

/// The position of the keyword in a window.
const BEFORE: usize = 8;

impl<'a> Window<'a> {
    /// Returns the window of the keyword at `start`, or `None` near either end of the source text.
    #[inline]
    fn at(text: &'a [u8], start: usize) -> Option<Window<'a>> {
        text.get(start.checked_sub(BEFORE)?..)?.first_chunk().map(Window)
    }

    /// Returns eight bytes. `at` must be at most 56.
    #[inline]
    fn eight(&self, at: usize) -> u64 {
        self.0[at.min(56)..].first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
    }

    #[inline]
    fn byte(&self, at: usize) -> u8 {
        self.0[at % 64]
    }

    /// The keyword and the bytes after it.
    #[inline]
    fn words(&self) -> &'a [u8; 16] {
        self.0[BEFORE..].first_chunk().unwrap_or(&[0; 16])
    }

    /// Returns the keyword and its length. `ends` is the mask of the bytes that end a token. Returns `None` if the word
    /// is longer than sixteen bytes or not a keyword.
    #[inline]
    fn keyword(&self, ends: u32) -> Option<(Word, usize)> {
        let len = (ends | 1 << 16).trailing_zeros() as usize;
        if len == 0 || len == 16 && !is_end(self.byte(BEFORE + 16)) {
            return None;
        }
        // The last eight bytes of a shorter word include bytes before it, which are shifted out.
        let cut = 8 * (8 - len.min(8));
        let word = keyword::of_short(self.eight(BEFORE) & u64::MAX >> cut, self.eight(len) >> cut, len)?;
        Some((word, len))
    }
}

/// Returns a keyword that is too long for a window, and its end.
#[inline(never)]
fn long_keyword_at(text: &[u8], start: usize) -> Option<(Word, usize)> {
    let end = start + idchars_len(&text[start..]);
    keyword::known(text, start, end).map(|word| (word, end))
}

/// Returns the value and number of up to eight decimal digits at the start of some bytes.
#[inline]
fn digits(bytes: u64) -> (u32, usize) {
    let values = bytes ^ (ONES * u64::from(b'0'));
    let others = (values.wrapping_add(ONES * (0x7f - 9)) | values) & HIGH_BITS;
    let len = others.trailing_zeros() as usize / 8;
    // Shift the last digit to the highest byte, padded with zeros.
    let values = if len == 0 { 0 } else { values << (8 * (8 - len)) };
    // Combine neighbors: digits to pairs, pairs to fours, fours to eight.
    let pairs = values.wrapping_mul(10 << 8 | 1) >> 8 & 0x00ff_00ff_00ff_00ff;
    let fours = pairs.wrapping_mul(100 << 16 | 1) >> 16 & 0x0000_ffff_0000_ffff;
    let value = fours.wrapping_mul(10_000 << 32 | 1) >> 32;
    (value as u32, len)
}

/// Returns the value and number of up to eight decimal digits at `at`, or `None` near the end of the source text.
#[inline]
fn digits_at(text: &[u8], at: usize) -> Option<(u32, usize)> {
    text.get(at..)?.first_chunk().map(|bytes| digits(u64::from_le_bytes(*bytes)))
}

/// Returns the number after white space and comments, and its end. Returns `None` for a rare spelling.
fn number_after(text: &[u8], end: usize) -> Option<(&str, usize)> {
    let start = skip(text, end)?;
    let after = start + idchars_len(&text[start..]);
    if after == start || start == end || !ends_token(text, after) {
        return None;
    }
    Some((std::str::from_utf8(&text[start..after]).ok()?, after))
}

/// Returns the lane index after white space and comments, and its end. Returns `None` for a rare spelling.
fn lane(text: &[u8], end: usize) -> Option<(u8, usize)> {
    let start = skip(text, end)?;
    let (value, len) = digits_at(text, start)?;
    let after = start + len;
    let is_common = start > end && len > 0 && ends_token(text, after);
    Some((u8::try_from(value).ok().filter(|_| is_common)?, after))
}

/// Returns the index after white space and comments, and its end. Returns `None` for a rare spelling.
#[cfg_attr(for_size, optimize(speed))]
fn index(text: &[u8], at: usize, names: &mut Interner) -> Option<(Idx, usize)> {
    let start = skip(text, at)?;
    if start == at {
        return None;
    }
    if text[start] == b'$' {
        let end = start + idchars_len(&text[start..]);
        return (end > start + 1 && ends_token(text, end))
            .then(|| (names.intern(text, Span::new(start as u32, end as u32)), end));
    }
    let (value, len) = digits_at(text, start)?;
    (len > 0 && ends_token(text, start + len)).then_some((Idx::number(value), start + len))
}

/// Returns the offset and alignment of an instruction whose keyword ends at `end`, and the end of the text that was
/// read. Returns `None` for a rare spelling.
#[inline]
#[cfg_attr(for_size, optimize(speed))]
fn memarg(text: &[u8], end: usize) -> Option<(u32, u16, usize)> {
    let mut end = end;
    let mut offset = 0;
    if text[end..].starts_with(b" offset=") {
        let (value, len) = digits_at(text, end + 8)?;
        if len == 0 {
            return None;
        }
        offset = value;
        end += 8 + len;
    }
    if !text[end..].starts_with(b" align=") {
        let next = skip(text, end)?;
        // The common case: the next word starts with a letter that no immediate starts with.
        let after = match text[next] {
            b')' => next,
            b'b'..=b'n' | b'p'..=b'z' if is_end(text[end]) => next,
            _ => without_more(text, end)?,
        };
        return Some((offset, memarg::NATURAL, after));
    }
    let (align, len) = digits_at(text, end + 7)?;
    end += 7 + len;
    let is_common = align.is_power_of_two() && ends_token(text, end);
    is_common.then(|| (offset, align.trailing_zeros() as u16, end))
}

/// Returns the end of white space and comments, or `None` if another immediate may follow.
#[inline]
#[cfg_attr(for_size, optimize(speed))]
fn without_more(text: &[u8], end: usize) -> Option<usize> {
    if !ends_token(text, end) {
        return None;
    }
    let at = skip(text, end)?;
    let next = &text[at..];
    let more = match next[0] {
        b')' => false,
        b'(' => {
            let next = &next[1..];
            !next.first().is_some_and(u8::is_ascii_lowercase)
                || next.starts_with(b"type")
                || next.starts_with(b"param")
                || next.starts_with(b"result")
        }
        b'a' => next.starts_with(b"align="),
        b'o' => next.starts_with(b"offset="),
        b'b'..=b'z' => false,
        _ => true,
    };
    (!more).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keyword_at(text: &[u8], start: usize) -> Option<(Word, usize)> {
        let window = Window::at(text, start)?;
        match window.keyword(bytes::ends(window.words())) {
            Some((word, len)) => Some((word, start + len)),
            None => long_keyword_at(text, start),
        }
    }

    #[test]
    fn digits_are_read_in_groups_of_eight() {
        for (text, expected) in [
            ("0       ", (0, 1)),
            ("7)      ", (7, 1)),
            ("12 align", (12, 2)),
            ("907:4567", (907, 3)),
            ("12345678", (12_345_678, 8)),
            ("123456789", (12_345_678, 8)),
            ("00000001/", (1, 8)),
            ("/0      ", (0, 0)),
            ("1\u{e9}23456", (1, 1)),
            ("99999999", (99_999_999, 8)),
        ] {
            assert_eq!(digits_at(text.as_bytes(), 0), Some(expected), "{text}");
        }
        assert_eq!(digits_at(b"1234567", 0), None);
    }

    #[test]
    fn a_keyword_is_found_before_each_character_that_ends_it() {
        let words = Op::all().map(Op::mnemonic).chain(keyword::words());
        for word in words.filter(|word| !word.contains(':')) {
            for end in [" ", "\n", ")", "(", "\t", "\u{e9}", "\u{0}"] {
                let text = format!("12345678{word}{end}{}", "-".repeat(64));
                let expected = keyword::lookup(text.as_bytes(), 8, 8 + word.len());
                let found = keyword_at(text.as_bytes(), 8);
                let found = found.map(|(word, end)| (word.kind, word.code, end));
                assert_eq!(found, Some((expected.kind, expected.code, 8 + word.len())), "{text}");
            }
            let text = format!("12345678{word}z {}", "-".repeat(64));
            let found = keyword_at(text.as_bytes(), 8).map(|(_, end)| end);
            assert_ne!(found, Some(8 + word.len()), "{text}");
        }
    }

    #[test]
    fn all_white_space_and_comments_between_tokens_are_skipped() {
        let line = |len: usize| format!(";;{}\n", "(".repeat(len));
        let block = |len: usize| format!("(;{};)", "x".repeat(len));
        let parts =
            (0..80).flat_map(|len| [" ".repeat(len), line(len), block(len), format!("\n{:len$}", "")]);
        let parts: Vec<_> =
            parts.chain(["\n", "\t", "\r", " ", "(;(;;);)", ";;;\n"].map(String::from)).collect();
        let mut seed = 1u64;
        for _ in 0..50_000 {
            let mut next = |below: usize| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (seed >> 33) as usize % below
            };
            let gap: String = (0..next(5)).map(|_| &*parts[next(parts.len())]).collect();
            let text = format!("{gap}{}{}", ["a", "(", ")", "\"", ";"][next(5)], "-".repeat(64));
            assert_eq!(skip(text.as_bytes(), 0), Some(gap.len()), "{text}");
            let at_end = skip_more(text.as_bytes(), text.len() - next(34));
            assert_eq!(at_end, None, "{text}");
        }
    }
}
