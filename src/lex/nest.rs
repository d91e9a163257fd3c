//! What is within what, where many instructions are read at once: folded instructions and blocks that are
//! open, and how the tokens of the grammar are had back if something is open where the reading ends.

use super::keyword::{self, Word};
use super::run::Pools;
use super::{Kind, Token};
use crate::ast::{Idx, IdxKind, Instr, has};
use crate::instr::{Immediates, Op};

/// What is open, and how far it was read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    /// A folded instruction.
    Folded,
    /// A folded block or loop.
    FoldedBlock,
    /// A folded `if`, before `then`.
    FoldedIf,
    /// A folded `if`, within `then`.
    Then,
    /// A folded `if`, behind that.
    BehindThen,
    /// A folded `if`, within `else`.
    FoldedElse,
    /// A folded `if`, behind that.
    BehindElse,
    /// A block or loop.
    Block,
    /// An `if`, before `else`.
    If,
    /// An `if`, behind that.
    Else,
}

struct Head {
    open: Open,
    instr: Instr,
    /// How many instructions were read before what is within it. If it opens a block and is no folded `if`,
    /// it is the first behind them itself.
    at: u32,
    /// Where its parenthesis stands, if there is one.
    start: u32,
}

/// The branches of an `if` that is open.
#[derive(Clone, Copy, Default)]
struct Branches {
    /// Where `if` and `else` are among the instructions, as far as they were read. Those of one that is not
    /// folded have no `then`.
    then: u32,
    otherwise: u32,
    /// Where the parenthesis before `then` stands, and those that close `then` and `else`.
    then_start: u32,
    then_end: u32,
    otherwise_end: u32,
}

/// What is open.
#[derive(Default)]
pub(super) struct Nest {
    heads: Vec<Head>,
    ifs: Vec<Branches>,
}

/// What the grammar reads instead of one token.
pub(super) enum Piece<'i> {
    /// Instructions that are one token of that kind; perhaps none.
    Run(Kind, &'i [Instr]),
    /// A folded instruction and the parenthesis before it.
    Head(Instr),
    Token(Token),
    /// The result of a block, which is kept there among the types of immediates.
    Result(u32),
}

const END: Op = Op::named("end").unwrap();
const ELSE: Op = Op::named("else").unwrap();

impl Nest {
    /// How much is open.
    #[inline]
    pub(super) fn depth(&self) -> usize {
        self.heads.len()
    }

    #[inline]
    fn innermost(&self) -> Option<Open> {
        self.heads.last().map(|head| head.open)
    }

    /// Whether an instruction that is not folded can stand here; the first one was folded or not.
    #[inline]
    pub(super) fn can_be_flat(&self, is_folded: bool, is_func: bool) -> bool {
        match self.innermost() {
            None => !is_folded,
            Some(Open::Folded) => is_func,
            Some(Open::FoldedIf | Open::BehindThen | Open::BehindElse) => false,
            Some(_) => true,
        }
    }

    /// Whether a folded one can, of which these are the parenthesis and the bytes behind it.
    #[inline]
    pub(super) fn can_be_folded(&self, text: &[u8], is_func: bool) -> bool {
        match self.innermost() {
            // Outside of a function, what follows may not be of the same list.
            None => is_func,
            Some(Open::BehindThen) => text.starts_with(b"(else"),
            Some(Open::BehindElse) => false,
            Some(_) => true,
        }
    }

    /// Enters an instruction that neither opens nor parts nor closes a block.
    #[inline]
    pub(super) fn instr(&mut self, instr: Instr, start: usize, is_folded: bool, instrs: &mut Vec<Instr>) {
        if is_folded {
            let (at, start) = (instrs.len() as u32, start as u32);
            self.heads.push(Head { open: Open::Folded, instr, at, start });
        } else {
            instrs.push(instr);
        }
    }

    /// Enters one that does; false if it cannot stand here.
    pub(super) fn delimiter(
        &mut self,
        instr: Instr,
        start: usize,
        is_folded: bool,
        instrs: &mut Vec<Instr>,
    ) -> bool {
        let (at, start) = (instrs.len() as u32, start as u32);
        let open = match instr.op.immediates() {
            Immediates::Else => return self.part(instr, start, is_folded, instrs),
            Immediates::End => {
                let open = self.innermost();
                let closes = !is_folded && matches!(open, Some(Open::Block | Open::If | Open::Else));
                if closes {
                    self.pop();
                    instrs.push(instr);
                }
                return closes;
            }
            Immediates::If if is_folded => Open::FoldedIf,
            Immediates::If => Open::If,
            _ if is_folded => Open::FoldedBlock,
            _ => Open::Block,
        };
        if instr.op.immediates() == Immediates::If {
            self.ifs.push(Branches::default());
        }
        self.heads.push(Head { open, instr, at, start });
        if open != Open::FoldedIf {
            instrs.push(instr);
        }
        true
    }

    /// Enters `else`.
    fn part(&mut self, instr: Instr, start: u32, is_folded: bool, instrs: &mut Vec<Instr>) -> bool {
        let (Some(head), Some(branches)) = (self.heads.last_mut(), self.ifs.last_mut()) else { return false };
        let (open, start) = match (head.open, is_folded) {
            (Open::If, false) => (Open::Else, instr.start),
            (Open::BehindThen, true) if Idx::from_raw(instr.imm).is_none() => (Open::FoldedElse, start),
            _ => return false,
        };
        head.open = open;
        branches.otherwise = instrs.len() as u32;
        instrs.push(Instr { start, ..instr });
        true
    }

    /// Enters `(then`; false if it cannot stand here.
    pub(super) fn then(&mut self, start: usize, instrs: &mut Vec<Instr>) -> bool {
        let (Some(head), Some(branches)) = (self.heads.last_mut(), self.ifs.last_mut()) else { return false };
        if head.open != Open::FoldedIf {
            return false;
        }
        head.open = Open::Then;
        branches.then = instrs.len() as u32;
        branches.then_start = start as u32;
        instrs.push(head.instr);
        true
    }

    /// Enters the parenthesis that closes a folded instruction; false if that is not what is innermost.
    #[inline]
    pub(super) fn close_folded(&mut self, instrs: &mut Vec<Instr>) -> bool {
        match self.heads.pop_if(|head| head.open == Open::Folded) {
            // Its operands are before it already.
            Some(head) => instrs.push(head.instr),
            None => return false,
        }
        true
    }

    /// Enters the parenthesis that closes something; false if it does not close anything that was opened
    /// here.
    #[inline]
    pub(super) fn close(&mut self, place: usize, instrs: &mut Vec<Instr>) -> bool {
        if self.close_folded(instrs) {
            return true;
        }
        let Some(head) = self.heads.last_mut() else { return false };
        match head.open {
            Open::FoldedBlock | Open::BehindThen | Open::BehindElse => {
                let (start, imm) = (place as u32, Idx::NONE.raw());
                instrs.push(Instr { start, imm, op: END, aux: 0 });
                self.pop();
            }
            Open::Then => {
                head.open = Open::BehindThen;
                if let Some(branches) = self.ifs.last_mut() {
                    branches.then_end = place as u32;
                }
            }
            Open::FoldedElse => {
                head.open = Open::BehindElse;
                if let Some(branches) = self.ifs.last_mut() {
                    branches.otherwise_end = place as u32;
                }
            }
            Open::Folded | Open::FoldedIf | Open::Block | Open::If | Open::Else => return false,
        }
        true
    }

    fn pop(&mut self) {
        if self.heads.pop().is_some_and(|head| head.instr.op.immediates() == Immediates::If) {
            self.ifs.pop();
        }
    }

    /// Gives up what is open: tells in which pieces the grammar can read it.
    ///
    /// `read` has the instructions from the one of the number `from` on; those outside of everything are of
    /// the kind `kind`. Labels and results of blocks are in the pools.
    pub(super) fn cut(
        &mut self,
        read: &[Instr],
        from: usize,
        kind: Kind,
        is_func: bool,
        pools: &Pools,
        put: &mut dyn FnMut(Piece<'_>),
    ) {
        let mut kind = kind;
        // How many instructions the grammar has got, or makes itself.
        let mut taken = 0;
        let place = |number: u32| number as usize - from;
        let mut ifs = self.ifs.drain(..);
        for Head { open, instr, at, start } in self.heads.drain(..) {
            put(Piece::Run(kind, &read[taken..place(at)]));
            taken = place(at);
            if open == Open::Folded {
                put(Piece::Head(instr));
                kind = if is_func { Kind::Instrs } else { Kind::Leaves };
                continue;
            }
            if !matches!(open, Open::Block | Open::If | Open::Else) {
                put(parenthesis(Kind::Open, start));
            }
            delimiter(instr, pools, put);
            let branches = match instr.op.immediates() {
                Immediates::If => ifs.next().unwrap_or_default(),
                _ => Branches::default(),
            };
            kind = Kind::Instrs;
            match open {
                Open::FoldedIf => kind = Kind::Leaves,
                Open::Then | Open::BehindThen | Open::FoldedElse | Open::BehindElse => {
                    put(Piece::Run(Kind::Leaves, &read[taken..place(branches.then)]));
                    taken = place(branches.then) + 1;
                    put(parenthesis(Kind::ParenThen, branches.then_start));
                    if open == Open::Then {
                        continue;
                    }
                    let otherwise =
                        if open == Open::BehindThen { read.len() } else { place(branches.otherwise) };
                    put(Piece::Run(Kind::Instrs, &read[taken..otherwise]));
                    taken = otherwise;
                    put(parenthesis(Kind::Close, branches.then_end));
                    if open == Open::BehindThen {
                        continue;
                    }
                    put(parenthesis(Kind::ParenElse, read[otherwise].start));
                    taken += 1;
                    if open == Open::BehindElse {
                        put(Piece::Run(Kind::Instrs, &read[taken..]));
                        taken = read.len();
                        put(parenthesis(Kind::Close, branches.otherwise_end));
                    }
                }
                Open::Else => {
                    let otherwise = place(branches.otherwise);
                    put(Piece::Run(Kind::Instrs, &read[taken + 1..otherwise]));
                    delimiter(read[otherwise], pools, put);
                    taken = otherwise + 1;
                }
                _ => taken += 1,
            }
        }
        put(Piece::Run(kind, &read[taken..]));
    }
}

/// The token of a parenthesis, whatever is joined with it.
fn parenthesis(kind: Kind, start: u32) -> Piece<'static> {
    Piece::Token(Token::new(kind, start as usize, start as usize + 1))
}

/// The tokens of an instruction that opens or parts a block: its keyword, its label and its result.
fn delimiter(instr: Instr, pools: &Pools, put: &mut dyn FnMut(Piece<'_>)) {
    let Instr { start, imm, op, aux } = instr;
    let Word { kind, code, .. } = keyword::of_op(op);
    put(Piece::Token(Token { kind, joined: None, code, start, len: op.mnemonic().len() as u32 }));
    let (label, result) = match aux {
        has::RESULT => (pools.extra[imm as usize], Some(pools.extra[imm as usize + 1])),
        has::LABEL => (imm, None),
        _ if op == ELSE => (imm, None),
        _ => (Idx::NONE.raw(), None),
    };
    let label = Idx::from_raw(label);
    if !label.is_none()
        && let IdxKind::Written(slot) = label.get()
    {
        let span = pools.names[slot as usize];
        put(Piece::Token(Token::new(Kind::Id, span.start as usize, span.end as usize)));
    }
    if let Some(result) = result {
        put(Piece::Result(result));
    }
}
