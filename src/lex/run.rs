//! The lexer of sound forms: instructions that follow each other are read at once, with their
//! immediates, and are one token, folded ones and blocks among them if all within is read so too.
//!
//! What is not usual here, a name in quotes, an annotation, a shape that is seldom written, a mistake, is left
//! to [`Tokens`], which knows all there is to know. So nothing is reported from here.

use super::keyword::{self, Word};
use super::nest::{Nest, Piece};
use super::recent::{Key, Recent};
use super::token::{comment_len, idchars_len, line_comment_len, rest_of_string};
use super::types::{Group, heap_type, num_type, num_type_token, val_type};
use super::waiting::{LONGEST, Waiting};
use super::{Chars, Kind, Mode, Token, Tokens, mask, number};
use crate::ast::{
    Ast, Idx, IdxKind, Instr, Naming, Param, ValType, call_indirect, flags, has, memarg, words_of,
};
use crate::instr::{Immediates, Op};
use crate::span::Span;
use std::cell::RefCell;
use std::collections::VecDeque;

/// What the lexer has read, for the builder of the tree: what tokens stand for that are several things,
/// and what the immediates of instructions refer to.
#[derive(Default)]
pub(crate) struct Runs(RefCell<Store>);

#[derive(Default)]
pub(super) struct Store {
    /// The instructions of tokens that the builder has not seen yet.
    instrs: Waiting<Instr>,
    /// The same of parameters, results, locals and fields.
    pub(super) params: Waiting<Param>,
    pools: Pools,
    recent: Recent,
    /// How many lists of names there were.
    lists: u32,
    /// Names that were used lately: which list they are in, and where.
    used: Vec<(u32, u32)>,
}

/// What the immediates of instructions refer to: lists of the tree that the lexer adds to as well.
#[derive(Default)]
pub(super) struct Pools {
    pub(super) names: Vec<Span>,
    names_id: u32,
    pub(super) extra: Vec<u32>,
    types: Vec<ValType>,
}

impl Store {
    fn name(&mut self, span: Span) -> Idx {
        self.pools.names.push(span);
        Idx::name(self.pools.names.len() as u32 - 1)
    }

    /// Enters a name that is used, if it was not lately: the same name has the same place then.
    fn used_name(&mut self, text: &[u8], span: Span) -> Idx {
        // A small text has few names.
        const FEW: usize = 64;
        const MANY: usize = 4096;
        let names = self.pools.names.len();
        if self.used.is_empty() || self.used.len() == FEW && names >= FEW {
            // No list has this number.
            self.used = vec![(u32::MAX, 0); if names < FEW { FEW } else { MANY }];
        }
        let at = keyword::hash_of(text, span.range()) & (self.used.len() - 1);
        let slot = &mut self.used[at];
        if slot.0 == self.pools.names_id
            && text[self.pools.names[slot.1 as usize].range()] == text[span.range()]
        {
            return Idx::name(slot.1);
        }
        *slot = (self.pools.names_id, names as u32);
        self.name(span)
    }

    /// The instruction at `start` if it was read lately with all its immediates, and where it ends.
    #[inline(always)]
    fn recent_at(&self, text: &[u8], start: usize) -> Option<(Instr, usize)> {
        let key = Key::of(text.get(start..)?.first_chunk()?)?;
        let names_id = self.pools.names_id;
        let Some((instr, may_go_on)) = self.recent.short.get(&key, start, names_id) else {
            return if key.is_part { self.long_at(text, start) } else { None };
        };
        if !may_go_on {
            return Some((instr, start + key.len));
        }
        if !matches!(instr.op.immediates(), Immediates::MemArg(_)) {
            return None;
        }
        let (imm, aux, behind) = memarg(text, start + instr.op.mnemonic().len())?;
        Some((Instr { imm, aux, ..instr }, behind))
    }

    /// The same of one that is long.
    #[inline(never)]
    fn long_at(&self, text: &[u8], start: usize) -> Option<(Instr, usize)> {
        let key = Key::of_long(text.get(start..)?.first_chunk()?)?;
        let (instr, _) = self.recent.long.get(&key, start, self.pools.names_id)?;
        Some((instr, start + key.len))
    }

    /// Where this type is among those of immediates from now on.
    fn add_type(&mut self, ty: ValType) -> u32 {
        self.pools.types.push(ty);
        self.pools.types.len() as u32 - 1
    }

    /// Where these words are in `extra` from now on.
    fn add_extra(&mut self, words: &[u32]) -> u32 {
        let at = self.pools.extra.len() as u32;
        self.pools.extra.extend_from_slice(words);
        at
    }
}

impl Runs {
    /// Hands over the instructions of a token. Tokens come here in their order.
    #[inline]
    pub(crate) fn take<T>(&self, run: Token, hand_over: impl FnOnce(&[Instr]) -> T) -> T {
        self.0.borrow_mut().instrs.take(run, hand_over)
    }

    /// Hands over the parameters, results, locals or fields of a token.
    pub(crate) fn take_params<T>(&self, params: Token, hand_over: impl FnOnce(&[Param]) -> T) -> T {
        self.0.borrow_mut().params.take(params, hand_over)
    }

    /// Enters a name.
    #[inline]
    pub(crate) fn name(&self, span: Span) -> Idx {
        self.0.borrow_mut().name(span)
    }

    /// The identifier of a name.
    pub(crate) fn name_at(&self, slot: u32) -> Span {
        self.0.borrow().pools.names[slot as usize]
    }

    /// Keeps a type that is an immediate, and tells where.
    pub(crate) fn add_type(&self, ty: ValType) -> u32 {
        self.0.borrow_mut().add_type(ty)
    }

    /// Adds to `extra`, and tells from where on.
    pub(crate) fn add_extra(&self, words: &[u32]) -> u32 {
        self.0.borrow_mut().add_extra(words)
    }

    /// Exchanges the lists that both add to with those of a tree. All trees are of one text.
    pub(crate) fn swap(&self, ast: &mut Ast) {
        let Store { pools, lists, .. } = &mut *self.0.borrow_mut();
        if ast.names_id == 0 {
            *lists += 1;
            ast.names_id = *lists;
        }
        std::mem::swap(&mut ast.names, &mut pools.names);
        std::mem::swap(&mut ast.names_id, &mut pools.names_id);
        std::mem::swap(&mut ast.extra, &mut pools.extra);
        std::mem::swap(&mut ast.immediate_types, &mut pools.types);
    }

    /// Forgets the instructions, to begin a form anew.
    pub(crate) fn clear(&self) {
        let store = &mut *self.0.borrow_mut();
        store.instrs.clear();
        store.params.clear();
    }
}

/// The tokens of a field of a module, those of instructions joined where that can be.
pub(crate) struct Joined<'a> {
    tokens: Tokens<'a>,
    runs: &'a Runs,
    /// Where to go on.
    at: usize,
    end: usize,
    /// Whether it is a function. Outside of functions, folded instructions may be operands of something
    /// else, one by one.
    is_func: bool,
    /// Whether it is a data segment. Its strings are looked at when they are decoded.
    is_data: bool,
    nest: Nest,
    /// How far the last line of instructions was indented, but for what is open there; see [`skip_line`].
    indent: usize,
    /// Tokens that were read with the one before them.
    queue: VecDeque<Token>,
}

impl<'a> Joined<'a> {
    /// The tokens in `span` of `source`, behind a marker for what they are.
    pub(crate) fn new(source: &'a str, span: Span, chars: Chars, runs: &'a Runs) -> Joined<'a> {
        let form = &source.as_bytes()[span.range()];
        let is_func = form.starts_with(b"(func");
        let is_data = form.starts_with(b"(data");
        Joined {
            tokens: Tokens::new(source, span, Mode::Field, chars),
            runs,
            at: span.start as usize,
            end: span.end as usize,
            is_func,
            is_data,
            nest: Nest::default(),
            indent: 0,
            queue: VecDeque::new(),
        }
    }

    /// Whether an annotation `@char` was set aside.
    pub(crate) fn saw_char(&self) -> bool {
        self.tokens.saw_char
    }

    /// The next token if it is a usual one.
    #[inline]
    fn usual(&mut self) -> Option<Token> {
        if self.at >= self.end {
            return None;
        }
        let text = self.tokens.source.as_bytes();
        let start = skip(text, self.at)?;
        self.at = start;
        match *text.get(start)? {
            b')' => {
                self.at = start + 1;
                Some(Token::new(Kind::Close, start, start + 1))
            }
            b'(' => match structural(text, start) {
                Some((kind, end)) => match self.groups(text, kind, start, end) {
                    Some(groups) => Some(groups),
                    None => self.single(text, kind, start, end),
                },
                None => self.instrs(text, start),
            },
            b'a'..=b'z' => match num_type(text, start) {
                Some(code) => {
                    self.at = start + "i32".len();
                    Some(num_type_token(code, start))
                }
                None => self.instrs(text, start),
            },
            b'0'..=b'9' => {
                let (_, len) = digits_at(text, start)?;
                self.single(text, Kind::Nat, start, start + len)
            }
            b'$' => {
                let end = start + idchars_len(&text[start..]);
                if end == start + 1 { None } else { self.single(text, Kind::Id, start, end) }
            }
            b'"' if self.is_data => {
                let end = start + 1 + rest_of_string(&text[start + 1..self.end]);
                self.single(text, Kind::String, start, end)
            }
            _ => None,
        }
    }

    /// A token of that kind, if it ends there.
    #[inline]
    fn single(&mut self, text: &[u8], kind: Kind, start: usize, end: usize) -> Option<Token> {
        if !ends_token(text, end) {
            return None;
        }
        self.at = end;
        Some(Token::new(kind, start, end))
    }

    /// Parameters, results, locals or fields that follow each other, whose first parenthesis is at `start` and whose
    /// keyword ends at `end`.
    fn groups(&mut self, text: &[u8], paren: Kind, start: usize, end: usize) -> Option<Token> {
        let group = Group::of(paren)?;
        let keyword = &text[start..end];
        let store = &mut *self.runs.0.borrow_mut();
        let from = store.params.begin();
        let mut next = Some(start);
        while let Some(start) = next.filter(|&next| text[next..].starts_with(keyword)) {
            let before = store.params.list.len();
            let behind = group.read(text, start + keyword.len(), store);
            let Some(behind) = behind.filter(|_| store.params.list.len() - from < LONGEST) else {
                store.params.list.truncate(before);
                break;
            };
            self.at = behind;
            next = skip(text, behind);
        }
        params(&store.params, group.kind, start, from)
    }

    /// Instructions that follow each other; or a word that is none, perhaps with a parenthesis before it.
    #[inline]
    fn instrs(&mut self, text: &[u8], start: usize) -> Option<Token> {
        let runs = self.runs;
        let store = &mut *runs.0.borrow_mut();
        let is_folded = text[start] == b'(';
        let from = store.instrs.begin();
        let first = match read(text, start + usize::from(is_folded), store)? {
            Read::Instr(instr, behind) => {
                self.at = behind;
                self.nest.instr(instr, start, is_folded, &mut store.instrs.list);
                instr
            }
            Read::Delimiter(instr, behind) => {
                if !self.is_func || !self.nest.delimiter(instr, start, is_folded, &mut store.instrs.list) {
                    let end = start + usize::from(is_folded) + instr.op.mnemonic().len();
                    return self.word(text, start, end, keyword::of_op(instr.op));
                }
                self.at = behind;
                instr
            }
            Read::Word(word, end) => return self.word(text, start, end, word),
        };
        while (self.is_func || !is_folded || self.nest.depth() > 0)
            && store.instrs.list.len() - from + self.nest.depth() < LONGEST
            && let Some(next) = self.usual_instrs(text, is_folded, store, from)
        {
            let is_read = match text[next] {
                b'a'..=b'z' => {
                    self.nest.can_be_flat(is_folded, self.is_func) && self.go_on(text, next, false, store)
                }
                b'(' => {
                    self.nest.can_be_folded(&text[next..], self.is_func)
                        && self.go_on(text, next, true, store)
                }
                b')' if self.nest.close(next, &mut store.instrs.list) => {
                    self.at = next + 1;
                    true
                }
                _ => false,
            };
            if !is_read {
                break;
            }
        }
        let kind = if is_folded { Kind::Leaves } else { Kind::Instrs };
        if self.nest.depth() == 0 {
            return Some(run(&store.instrs, kind, first, from));
        }
        // The grammar reads on within what is still open.
        let read = store.instrs.list.split_off(from);
        let Store { instrs, params: results, pools, .. } = store;
        let pools = &*pools;
        // A run at the beginning starts where the text does, which need not be what is executed first.
        let mut beginning = Some(first);
        let mut put = |piece: Piece<'_>| {
            let start = instrs.list.len();
            if !matches!(piece, Piece::Run(..)) {
                beginning = None;
            }
            let kind = match piece {
                Piece::Token(token) => return self.queue.push_back(token),
                Piece::Result(at) => {
                    let ty = pools.types[at as usize];
                    let from = results.begin();
                    results.list.push(Param { naming: Naming::default(), ty });
                    return self.queue.extend(params(results, Kind::Results, ty.start as usize, from));
                }
                Piece::Run(kind, piece) => {
                    instrs.list.extend_from_slice(piece);
                    kind
                }
                Piece::Head(instr) => {
                    instrs.list.push(instr);
                    Kind::ParenInstr
                }
            };
            if let Some(&executed) = instrs.list.get(start) {
                let first = beginning.take().unwrap_or(executed);
                self.queue.push_back(run(instrs, kind, first, start));
            }
        };
        self.nest.cut(&read, from, kind, self.is_func, pools, &mut put);
        self.queue.pop_front()
    }

    /// Instructions that were read lately, as far as they follow each other: nine of ten. What comes back is
    /// where the next token begins, which is something else; none if the text is almost at its end, or the one
    /// folded instruction is read that can be outside of a function.
    #[inline(always)]
    fn usual_instrs(
        &mut self,
        text: &[u8],
        is_folded: bool,
        store: &mut Store,
        from: usize,
    ) -> Option<usize> {
        let mut can_be_flat = self.nest.can_be_flat(is_folded, self.is_func);
        let mut can_be_folded = self.nest.can_be_folded(b"", self.is_func);
        let mut at = self.at;
        loop {
            let next = skip_line(text, at, &mut self.indent, self.nest.depth());
            self.at = at;
            let next = next?;
            if text[next] == b')' && self.nest.close_folded(&mut store.instrs.list) {
                at = next + 1;
                can_be_flat = self.nest.can_be_flat(is_folded, self.is_func);
                can_be_folded = self.nest.can_be_folded(b"", self.is_func);
                if self.nest.depth() > 0 || self.is_func {
                    continue;
                }
                self.at = at;
                return None;
            }
            let is_open = text[next] == b'(';
            if store.instrs.list.len() - from + self.nest.depth() >= LONGEST
                || !(if is_open { can_be_folded } else { can_be_flat })
            {
                return Some(next);
            }
            let Some((instr, behind)) = store.recent_at(text, next + usize::from(is_open)) else {
                return Some(next);
            };
            at = behind;
            if !is_open {
                store.instrs.list.push(instr);
            } else if text[behind] == b')' {
                store.instrs.list.push(instr);
                at += 1;
            } else {
                self.nest.instr(instr, next, true, &mut store.instrs.list);
                (can_be_flat, can_be_folded) = (self.is_func, true);
            }
        }
    }

    /// One more instruction; false if there is none of the usual ones.
    #[inline]
    fn go_on(&mut self, text: &[u8], start: usize, is_folded: bool, store: &mut Store) -> bool {
        let (is_read, behind) = match read(text, start + usize::from(is_folded), store) {
            Some(Read::Instr(instr, behind)) => {
                self.nest.instr(instr, start, is_folded, &mut store.instrs.list);
                (true, behind)
            }
            Some(Read::Delimiter(instr, behind)) => {
                (self.is_func && self.nest.delimiter(instr, start, is_folded, &mut store.instrs.list), behind)
            }
            Some(Read::Word(word, end)) => {
                let is_then = is_folded && word.joined == Some(Kind::ParenThen) && ends_token(text, end);
                (is_then && self.nest.then(start, &mut store.instrs.list), end)
            }
            None => (false, start),
        };
        if is_read {
            self.at = behind;
        }
        is_read
    }

    /// A word that is no instruction for the moment, perhaps joined with the parenthesis before it.
    fn word(&mut self, text: &[u8], start: usize, end: usize, word: Word) -> Option<Token> {
        if text[start] == b'(' {
            return self.single(text, word.joined?, start, end);
        }
        let token = self.single(text, word.kind, start, end)?;
        Some(Token { code: word.code, ..token })
    }
}

impl Iterator for Joined<'_> {
    type Item = Token;

    #[inline]
    fn next(&mut self) -> Option<Token> {
        if let Some(token) = self.queue.pop_front() {
            return Some(token);
        }
        if !self.tokens.is_ahead() {
            if let Some(token) = self.usual() {
                return Some(token);
            }
            self.tokens.go_to(self.at);
        }
        let token = self.tokens.next();
        if self.is_data && token.is_some_and(|token| token.kind == Kind::AtName) {
            // This string is none of the segment.
            self.queue.extend(self.tokens.next());
        }
        self.at = self.tokens.at();
        token
    }
}

/// What the head of a function or a signature has in parentheses, if that begins here, and where the keyword ends.
#[inline]
fn structural(text: &[u8], start: usize) -> Option<(Kind, usize)> {
    let word: &[u8; 8] = text.get(start..)?.first_chunk()?;
    let (kind, len) = match word {
        b"(result " => (Kind::ParenResult, 7),
        [b'(', b'p', b'a', b'r', b'a', b'm', b' ', _] => (Kind::ParenParam, 6),
        [b'(', b'l', b'o', b'c', b'a', b'l', b' ', _] => (Kind::ParenLocal, 6),
        [b'(', b'f', b'i', b'e', b'l', b'd', b' ', _] => (Kind::ParenField, 6),
        [b'(', b't', b'y', b'p', b'e', b' ', ..] => (Kind::ParenType, 5),
        _ => return None,
    };
    Some((kind, start + len))
}

/// A token for all parameters, results, locals or fields from `from` on; none if there are none.
fn params(params: &Waiting<Param>, kind: Kind, start: usize, from: usize) -> Option<Token> {
    let len = params.stretch(from, params.list.len());
    (params.list.len() > from).then_some(Token { kind, joined: None, code: 0, start: start as u32, len })
}

/// A token for all instructions from `start` on.
#[inline]
fn run(instrs: &Waiting<Instr>, kind: Kind, first: Instr, start: usize) -> Token {
    let len = instrs.stretch(start, instrs.list.len());
    Token { kind, joined: None, code: first.op.index(), start: first.start, len }
}

/// Whether a token before `at` ends there for sure.
#[inline]
pub(super) fn ends_token(text: &[u8], at: usize) -> bool {
    text.get(at).is_some_and(|&byte| is_end(byte))
}

/// Whether a token ends before the byte for sure.
#[inline]
pub(super) fn is_end(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b')' | b'(' | b'\r' | b'\t')
}

/// Goes behind white space and comments; none if the text ends there or almost.
#[inline(always)]
pub(super) fn skip(text: &[u8], at: usize) -> Option<usize> {
    let bytes: &[u8; 49] = text.get(at..)?.first_chunk()?;
    // Half of a printed module is its indentation, and most of it is in one piece.
    let mut len = usize::from(bytes[0] == b'\n');
    let mut not_spaces = mask::not_spaces(bytes[len..].first_chunk()?);
    if not_spaces == 0 {
        len += 16;
        not_spaces = mask::not_spaces(bytes[len..].first_chunk()?);
        if not_spaces == 0 {
            return skip_more(text, at + len + 16);
        }
    }
    len += not_spaces.trailing_zeros() as usize;
    if is_more(bytes[len], bytes[len + 1]) { skip_more(text, at + len) } else { Some(at + len) }
}

/// The same. A line is mostly indented as the one before it, and by two more for each of what is open. Where
/// the processor foresees that, it need not wait until it has seen the spaces.
#[inline(always)]
fn skip_line(text: &[u8], mut at: usize, indent: &mut usize, depth: usize) -> Option<usize> {
    loop {
        let bytes: &[u8; 49] = text.get(at..)?.first_chunk()?;
        let len = if bytes[0] == b'\n' {
            let found = spaces(bytes[1..].first_chunk()?);
            if found != indent.wrapping_add(2 * depth) {
                *indent = found.wrapping_sub(2 * depth);
            }
            // The compiler must not know that these are the same: it would take what was found.
            std::hint::black_box(&*indent).wrapping_add(2 * depth + 1)
        } else {
            (mask::not_spaces(bytes.first_chunk()?) | 1 << 16).trailing_zeros() as usize
        };
        let (byte, behind) = (*bytes.get(len)?, *bytes.get(len + 1)?);
        if !is_more(byte, behind) {
            return Some(at + len);
        }
        match line_end(text, at + len) {
            Some(end) => at = end,
            None => return skip_more(text, at + len),
        }
    }
}

/// How many spaces are at the start of some bytes.
#[inline(always)]
fn spaces(bytes: &[u8; 32]) -> usize {
    let halves = bytes.as_chunks().0;
    halves.iter().rev().fold(0, |mask, half| mask << 16 | mask::not_spaces(half)).trailing_zeros() as usize
}

/// Whether more white space, or a comment, begins with these bytes.
#[inline(always)]
fn is_more(byte: u8, behind: u8) -> bool {
    matches!(byte, b';' | b' ' | b'\n' | b'\r' | b'\t') || byte == b'(' && behind == b';'
}

/// Where the line ends, if there is only a comment before that.
#[inline]
fn line_end(text: &[u8], at: usize) -> Option<usize> {
    let comment = text[at..].strip_prefix(b";;")?;
    let len = line_comment_len(comment);
    (comment.get(len) == Some(&b'\n')).then_some(at + 2 + len)
}

/// The same as [`skip`], where there is more than usual.
#[inline(never)]
fn skip_more(text: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let bytes: &[u8; 34] = text.get(at..)?.first_chunk()?;
        let len = spaces(bytes.first_chunk()?);
        at += len;
        let (byte, behind) = (bytes[len], bytes[len + 1]);
        if !is_more(byte, behind) {
            return Some(at);
        }
        if byte == b'(' {
            at += 2 + comment_len(&text[at + 2..])?;
        } else if byte == b';' {
            if behind != b';' {
                return Some(at);
            }
            // Behind the comment is the end of the line.
            at += 2 + line_comment_len(&text[at + 2..]) + 1;
        } else {
            at += 1;
        }
    }
}

const ONES: u64 = u64::from_le_bytes([1; 8]);
const HIGH_BITS: u64 = u64::from_le_bytes([0x80; 8]);

/// Some bytes of the text: a keyword, eight bytes before it, and what is behind it.
struct Window<'a>(&'a [u8; 64]);

/// Where the keyword begins in a window.
const BEFORE: usize = 8;

impl<'a> Window<'a> {
    /// The bytes around the keyword at `start`; none if that is not far from both ends of the text.
    #[inline]
    fn at(text: &'a [u8], start: usize) -> Option<Window<'a>> {
        text.get(start.checked_sub(BEFORE)?..)?.first_chunk().map(Window)
    }

    /// Eight bytes; `at` is below 56.
    #[inline]
    fn eight(&self, at: usize) -> u64 {
        self.0[at.min(56)..].first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
    }

    #[inline]
    fn byte(&self, at: usize) -> u8 {
        self.0[at % 64]
    }

    /// The keyword and what is behind it.
    #[inline]
    fn words(&self) -> &'a [u8; 16] {
        self.0[BEFORE..].first_chunk().unwrap_or(&[0; 16])
    }

    /// The keyword, and how long it is, where it can end being given; none unless it is one of the table
    /// and has at most sixteen bytes.
    #[inline]
    fn keyword(&self, ends: u32) -> Option<(Word, usize)> {
        let len = (ends | 1 << 16).trailing_zeros() as usize;
        if len == 0 || len == 16 && !is_end(self.byte(BEFORE + 16)) {
            return None;
        }
        // The last eight bytes, and some before the keyword if it has fewer.
        let cut = 8 * (8 - len.min(8));
        let word = keyword::of_short(self.eight(BEFORE) & u64::MAX >> cut, self.eight(len) >> cut, len)?;
        Some((word, len))
    }
}

/// A keyword that is too long for a window, or near the end of the text; and where it ends.
#[inline(never)]
fn long_keyword_at(text: &[u8], start: usize) -> Option<(Word, usize)> {
    let end = start + idchars_len(&text[start..]);
    keyword::known(text, start, end).map(|word| (word, end))
}

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

/// The same for those at some place of the text; none if that is near its end.
#[inline]
fn digits_at(text: &[u8], at: usize) -> Option<(u32, usize)> {
    text.get(at..)?.first_chunk().map(|bytes| digits(u64::from_le_bytes(*bytes)))
}

/// What begins with a keyword.
enum Read {
    /// An instruction with its immediate, and where to go on: behind it, or behind white space and
    /// comments after it too.
    Instr(Instr, usize),
    /// The same of one that opens, parts or closes a block, with its label.
    Delimiter(Instr, usize),
    /// Only the keyword, and where it ends.
    Word(Word, usize),
}

/// What begins with the keyword at `start`; none if that is not in the table. What can be a token by
/// itself is an instruction only if it is written in a usual way.
#[inline(never)]
fn read(text: &[u8], start: usize, store: &mut Store) -> Option<Read> {
    let window = Window::at(text, start)?;
    let key = Key::of(window.words());
    // What is long was looked for before, or is the first of a run.
    if let Some(key) = &key
        && let Some((instr, may_go_on)) = store.recent.short.get(key, start, store.pools.names_id)
    {
        if !may_go_on {
            return Some(Read::Instr(instr, start + key.len));
        }
        let end = start + instr.op.mnemonic().len();
        if let Immediates::MemArg(_) = instr.op.immediates() {
            if let Some((imm, aux, behind)) = memarg(text, end) {
                return Some(Read::Instr(Instr { imm, aux, ..instr }, behind));
            }
        } else if let Some(behind) = without_more(text, end) {
            return Some(match is_delimiter(instr.op) {
                true => Read::Delimiter(instr, behind),
                false => Read::Instr(instr, behind),
            });
        }
    }
    read_anew(text, start, &window, key, store)
}

/// The same, of what was not read lately; it will be known the next time.
#[inline(never)]
fn read_anew(
    text: &[u8],
    start: usize,
    window: &Window<'_>,
    key: Option<Key<2>>,
    store: &mut Store,
) -> Option<Read> {
    let read = read_slowly(text, start, window, store)?;
    let (Read::Instr(instr, _) | Read::Delimiter(instr, _)) = read else { return Some(read) };
    let keyword_len = instr.op.mnemonic().len();
    let Some(key) = key.filter(|_| store.recent.pays()) else { return Some(read) };
    let is_kept_apart = match instr.op.immediates() {
        // What is kept for an instruction is there once only.
        Immediates::Labels
        | Immediates::V128
        | Immediates::Shuffle
        | Immediates::HeapType
        | Immediates::RefType
        | Immediates::BrOnCast => true,
        // An index may follow another time.
        Immediates::Table | Immediates::Memory => Idx::from_raw(instr.imm).is_none(),
        _ => instr.aux != 0,
    };
    let is_whole = |len| matches!(read, Read::Instr(_, behind) if behind == start + len) && !is_kept_apart;
    let (is_short, may_go_on) = match (instr.op.immediates(), &read) {
        (Immediates::MemArg(_), _) => (key.len <= keyword_len + 1, true),
        (Immediates::Select, _) => (key.len == keyword_len, true),
        // A comment may follow, and be a part of these bytes.
        (_, Read::Delimiter(..)) => {
            let behind = &text[start + keyword_len..];
            let is_alone = key.len == keyword_len || behind.starts_with(b"  ") || behind.starts_with(b" ;");
            (is_alone && instr.aux == 0 && Idx::from_raw(instr.imm).is_none(), true)
        }
        _ => (is_whole(key.len), false),
    };
    let is_named = matches!(keyword::of_op(instr.op).kind, Kind::OpIndex | Kind::OpOptIndex)
        && !Idx::from_raw(instr.imm).is_none()
        && matches!(Idx::from_raw(instr.imm).get(), IdxKind::Written(_));
    let names_id = if is_named { store.pools.names_id } else { 0 };
    if is_short {
        store.recent.short.put(&key, instr, may_go_on, if may_go_on { 0 } else { names_id });
    } else if key.is_part
        && let Some(key) = text[start..].first_chunk().and_then(Key::of_long)
        && is_whole(key.len)
    {
        store.recent.long.put(&key, instr, false, names_id);
    }
    Some(read)
}

/// Where the only result of a block is kept, from behind the keyword or the label on, and where to go on; none if
/// there is no such result.
fn result(text: &[u8], end: usize, store: &mut Store) -> Option<(u32, usize)> {
    if !text[end..].starts_with(b" (result ") {
        return None;
    }
    let (ty, end) = val_type(text, end + " (result ".len(), store)?;
    if text[end] != b')' {
        return None;
    }
    let next = without_more(text, end + 1)?;
    Some((store.add_type(ty), next))
}

/// Whether an instruction opens, parts or closes a block as is usual.
fn is_delimiter(op: Op) -> bool {
    matches!(op.immediates(), Immediates::Block | Immediates::If | Immediates::Else | Immediates::End)
}

fn read_slowly(text: &[u8], start: usize, window: &Window<'_>, store: &mut Store) -> Option<Read> {
    let Some((word, len)) = window.keyword(mask::ends(window.words())) else {
        let (word, end) = long_keyword_at(text, start)?;
        let op = Op::from_index(word.code);
        return Some(match less_usual(text, end, word, store) {
            Some((imm, aux, behind)) => Read::Instr(Instr { start: start as u32, imm, op, aux }, behind),
            None => Read::Word(word, end),
        });
    };
    let instr = |imm, aux| Instr { start: start as u32, imm, op: Op::from_index(word.code), aux };
    // Where the keyword ends, in the window.
    let ends = BEFORE + len;
    let end = start + len;
    let first = window.byte(ends + 1);
    if first.is_ascii_digit() && window.byte(ends) == b' ' {
        let (value, len) = digits(window.eight(ends + 1));
        let behind = end + 1 + len;
        let fits = matches!(word.kind, Kind::OpIndex | Kind::OpInt);
        if fits && is_end(window.byte(ends + 1 + len)) {
            return Some(Read::Instr(instr(value, 0), behind));
        }
    }
    match word.kind {
        Kind::Instr if is_end(window.byte(ends)) => return Some(Read::Instr(instr(0, 0), end)),
        Kind::OpMemArg => {
            if let Some((offset, align, behind)) = memarg(text, end) {
                return Some(Read::Instr(instr(offset, align), behind));
            }
        }
        Kind::OpSelect => {
            if let Some(behind) = without_more(text, end) {
                return Some(Read::Instr(instr(0, 0), behind));
            }
        }
        Kind::OpBlock | Kind::OpIf | Kind::OpElse | Kind::OpEnd => {
            let label =
                if first == b'$' && window.byte(ends) == b' ' { idchars_len(&text[end + 1..]) } else { 0 };
            let behind = if label == 0 { end } else { end + 1 + label };
            let opens = matches!(word.kind, Kind::OpBlock | Kind::OpIf);
            let result = if opens { result(text, behind, store) } else { None };
            if label != 1
                && let Some(next) = result.map_or_else(|| without_more(text, behind), |(_, next)| Some(next))
            {
                let label = match label {
                    0 => Idx::NONE.raw(),
                    _ => store.used_name(text, Span::new(end as u32 + 1, behind as u32)).raw(),
                };
                let (imm, aux) = match result {
                    Some((at, _)) => (store.add_extra(&[label, at]), has::RESULT),
                    None if opens && label != Idx::NONE.raw() => (label, has::LABEL),
                    None => (label, 0),
                };
                return Some(Read::Delimiter(instr(imm, aux), next));
            }
        }
        Kind::OpIndex if first == b'$' && window.byte(ends) == b' ' => {
            let len = idchars_len(&text[end + 1..]);
            let behind = end + 1 + len;
            if len > 1 && ends_token(text, behind) {
                let idx = store.used_name(text, Span::new(end as u32 + 1, behind as u32));
                return Some(Read::Instr(instr(idx.raw(), 0), behind));
            }
        }
        _ => {}
    }
    Some(match less_usual(text, end, word, store) {
        Some((imm, aux, behind)) => Read::Instr(instr(imm, aux), behind),
        None => Read::Word(word, end),
    })
}

/// What is behind a keyword that ends at `end`, as an instruction has it, and where that ends; none if it is
/// left to the grammar.
#[inline(never)]
fn less_usual(text: &[u8], end: usize, word: Word, store: &mut Store) -> Option<(u32, u16, usize)> {
    match word.kind {
        Kind::Instr => ends_token(text, end).then_some((0, 0, end)),
        Kind::OpInt | Kind::OpFloat => {
            let (number, behind) = number_behind(text, end)?;
            let kind = number::classify(number.as_bytes());
            let value = match Op::from_index(word.code).immediates() {
                _ if !matches!(kind, Kind::Nat | Kind::Int | Kind::Float) => None,
                Immediates::F32 => number::float(number, number::F32),
                Immediates::F64 => number::float(number, number::F64),
                _ if kind == Kind::Float => None,
                Immediates::I32 => number::integer(number, 32),
                _ => number::integer(number, 64),
            }?;
            let is_wide = matches!(Op::from_index(word.code).immediates(), Immediates::F64 | Immediates::I64);
            if is_wide && i64::from(value as i32) != value as i64 {
                return Some((store.add_extra(&[value as u32, (value >> 32) as u32]), 1, behind));
            }
            Some((value as u32, 0, behind))
        }
        Kind::OpLabels => {
            let at = store.add_extra(&[0]);
            let mut end = end;
            while let Some((label, behind)) = index(text, end, store) {
                store.add_extra(&[label.raw()]);
                end = behind;
            }
            let count = store.pools.extra.len() as u32 - at - 1;
            store.pools.extra[at as usize] = count;
            // Something may follow that is an index not written as usual.
            (count > 0 && without_more(text, end).is_some()).then_some((at, 0, end))
        }
        Kind::OpIndex => index(text, end, store).map(|(index, end)| (index.raw(), 0, end)),
        Kind::OpMemArg => memarg(text, end),
        Kind::OpAtomic => {
            let (imm, aux, behind) = memarg(text, end)?;
            let next = skip(text, behind)?;
            // The order of memory accesses may follow.
            let is_more = [&b"seq"[..], b"acq", b"rel"].iter().any(|order| text[next..].starts_with(order));
            (!is_more).then_some((imm, aux, behind))
        }
        Kind::OpLane => lane(text, end).map(|(lane, end)| (lane.into(), 0, end)),
        Kind::OpShuffle => {
            let mut bytes = [0; 16];
            let mut end = end;
            for byte in &mut bytes {
                (*byte, end) = lane(text, end)?;
            }
            Some((store.add_extra(&words_of(bytes)), 0, end))
        }
        Kind::OpV128 => {
            let start = skip(text, end)?;
            if start == end || !text[start..].starts_with(b"i32x4") {
                return None;
            }
            let mut words = [0; 4];
            let mut end = start + "i32x4".len();
            for word in &mut words {
                let (number, behind) = number_behind(text, end)?;
                if !matches!(number::classify(number.as_bytes()), Kind::Nat | Kind::Int) {
                    return None;
                }
                (*word, end) = (number::integer(number, 32)? as u32, behind);
            }
            Some((store.add_extra(&words), 0, end))
        }
        Kind::OpIndex2 => {
            let (first, end) = index(text, end, store)?;
            let (second, end) = index(text, end, store)?;
            Some((store.add_extra(&[first.raw(), second.raw()]), 0, end))
        }
        Kind::OpHeapType => {
            let (ty, end) = heap_type(text, end, store)?;
            Some((store.add_type(ty), 0, end))
        }
        Kind::OpRefType => {
            let (ty, end) = val_type(text, skip(text, end)?, store)?;
            (ty.has(flags::REF) && ends_token(text, end)).then(|| (store.add_type(ty), 0, end))
        }
        Kind::OpBrOnCast => {
            let (label, end) = index(text, end, store)?;
            let (from, end) = val_type(text, skip(text, end)?, store)?;
            let (to, end) = val_type(text, skip(text, end)?, store)?;
            if !from.has(flags::REF) || !to.has(flags::REF) || !ends_token(text, end) {
                return None;
            }
            let words = [label.raw(), store.add_type(from), store.add_type(to)];
            Some((store.add_extra(&words), 0, end))
        }
        Kind::OpOptIndex => match index(text, end, store) {
            Some((index, end)) => Some((index.raw(), 0, end)),
            None => without_more(text, end).map(|behind| (Idx::NONE.raw(), 0, behind)),
        },
        Kind::OpCallIndirect => {
            let start = skip(text, end)?;
            if !text[start..].starts_with(b"(type ") {
                return None;
            }
            let (index, end) = index(text, start + 5, store)?;
            let close = skip(text, end)?;
            if text[close] != b')' {
                return None;
            }
            without_more(text, close + 1).map(|behind| (index.raw(), call_indirect::TYPE, behind))
        }
        _ => None,
    }
}

/// A number behind white space and comments, and where it ends.
fn number_behind(text: &[u8], end: usize) -> Option<(&str, usize)> {
    let start = skip(text, end)?;
    let behind = start + idchars_len(&text[start..]);
    if behind == start || start == end || !ends_token(text, behind) {
        return None;
    }
    Some((std::str::from_utf8(&text[start..behind]).ok()?, behind))
}

/// The number of a lane behind white space and comments, and where it ends; none if it is not written as usual.
fn lane(text: &[u8], end: usize) -> Option<(u8, usize)> {
    let start = skip(text, end)?;
    let (value, len) = digits_at(text, start)?;
    let behind = start + len;
    let is_usual = start > end && len > 0 && ends_token(text, behind);
    Some((u8::try_from(value).ok().filter(|_| is_usual)?, behind))
}

/// An index behind white space and comments, and where it ends; none if it is not written as usual.
pub(super) fn index(text: &[u8], at: usize, store: &mut Store) -> Option<(Idx, usize)> {
    let start = skip(text, at)?;
    if start == at {
        return None;
    }
    if text[start] == b'$' {
        let end = start + idchars_len(&text[start..]);
        return (end > start + 1 && ends_token(text, end))
            .then(|| (store.used_name(text, Span::new(start as u32, end as u32)), end));
    }
    let (value, len) = digits_at(text, start)?;
    (len > 0 && ends_token(text, start + len)).then_some((Idx::number(value), start + len))
}

/// Offset and alignment of an instruction whose keyword ends at `end`, and where to go on; none if they
/// are not written in a usual way.
#[inline]
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
        // What follows is hardly ever an immediate, and begins with a letter that none of them has.
        let behind = match text[next] {
            b')' => next,
            b'b'..=b'n' | b'p'..=b'z' if is_end(text[end]) => next,
            _ => without_more(text, end)?,
        };
        return Some((offset, memarg::NATURAL, behind));
    }
    let (align, len) = digits_at(text, end + 7)?;
    end += 7 + len;
    let sound = align.is_power_of_two() && ends_token(text, end);
    sound.then(|| (offset, align.trailing_zeros() as u16, end))
}

/// Goes behind white space and comments if what follows is no further immediate for sure.
#[inline]
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
        match window.keyword(mask::ends(window.words())) {
            Some((word, len)) => Some((word, start + len)),
            None => long_keyword_at(text, start),
        }
    }

    #[test]
    fn digits_are_read_one_by_one_and_together() {
        for (text, wanted) in [
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
            assert_eq!(digits_at(text.as_bytes(), 0), Some(wanted), "{text}");
        }
        assert_eq!(digits_at(b"1234567", 0), None);
    }

    #[test]
    fn a_keyword_is_found_wherever_it_ends() {
        let words = Op::all().map(Op::mnemonic).chain(keyword::words());
        for word in words.filter(|word| !word.contains(':')) {
            for end in [" ", "\n", ")", "(", "\t", "\u{e9}", "\u{0}"] {
                let text = format!("12345678{word}{end}{}", "-".repeat(64));
                let wanted = keyword::lookup(text.as_bytes(), 8, 8 + word.len());
                let found = keyword_at(text.as_bytes(), 8);
                let found = found.map(|(word, end)| (word.kind, word.code, end));
                assert_eq!(found, Some((wanted.kind, wanted.code, 8 + word.len())), "{text}");
            }
            let text = format!("12345678{word}z {}", "-".repeat(64));
            let found = keyword_at(text.as_bytes(), 8).map(|(_, end)| end);
            assert_ne!(found, Some(8 + word.len()), "{text}");
        }
    }

    #[test]
    fn what_stands_between_tokens_is_passed_over_whatever_it_is() {
        let line = |len: usize| format!(";;{}\n", "(".repeat(len));
        let block = |len: usize| format!("(;{};)", "x".repeat(len));
        let parts =
            (0..80).flat_map(|len| [" ".repeat(len), line(len), block(len), format!("\n{:len$}", "")]);
        let parts: Vec<_> =
            parts.chain(["\n", "\t", "\r", " ", "(;(;;);)", ";;;\n"].map(String::from)).collect();
        let mut seed = 1u64;
        let mut indent = 0;
        for _ in 0..50_000 {
            let mut next = |below: usize| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (seed >> 33) as usize % below
            };
            let gap: String = (0..next(5)).map(|_| &*parts[next(parts.len())]).collect();
            let text = format!("{gap}{}{}", ["a", "(", ")", "\"", ";"][next(5)], "-".repeat(64));
            assert_eq!(skip(text.as_bytes(), 0), Some(gap.len()), "{text}");
            let depth = next(9);
            assert_eq!(skip_line(text.as_bytes(), 0, &mut indent, depth), Some(gap.len()), "{text}");
            let at_end = skip_more(text.as_bytes(), text.len() - next(34));
            assert_eq!(at_end, None, "{text}");
        }
    }
}
