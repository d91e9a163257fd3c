//! The instructions of WebAssembly: mnemonics, opcodes, immediates and proposals.
//!
//! One table (`table`) has a row for each instruction. The lexer's keyword map, the grammar's terminals, the encoder, the
//! documentation page and the suggestions use it.
//!
//! ```
//! use gcwat::instr::{Immediates, Op};
//!
//! let call = Op::named("call").unwrap();
//! assert_eq!(call.encoding(), [0x10]);
//! assert_eq!(call.immediates(), Immediates::Func);
//! ```

mod row;
mod table;

pub use row::{Immediates, Proposal, Row};

/// An instruction: the number of its row in the table.
///
/// ```
/// use gcwat::instr::Op;
///
/// let add = Op::named("i32.add").unwrap();
/// assert_eq!((add.mnemonic(), add.encoding()), ("i32.add", [0x6a].as_slice()));
/// assert_eq!(Op::all().filter(|op| op.mnemonic().starts_with("ref.test")).count(), 1);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Op(u16);

impl Op {
    /// The number of instructions.
    pub(crate) const COUNT: usize = table::TABLE.len();

    /// Returns all instructions, in the order of the table.
    pub fn all() -> impl Iterator<Item = Op> {
        (0..table::TABLE.len() as u16).map(Op)
    }

    /// Returns the instruction with a mnemonic.
    pub const fn named(mnemonic: &str) -> Option<Op> {
        let mut i = 0;
        while i < table::TABLE.len() {
            if str_eq(table::TABLE[i].mnemonic, mnemonic) {
                return Some(Op(i as u16));
            }
            i += 1;
        }
        None
    }

    /// Returns the instruction of the row `n`, if there is such a row.
    pub(crate) const fn nth(n: usize) -> Option<Op> {
        if n < table::TABLE.len() { Some(Op(n as u16)) } else { None }
    }

    /// Whether a branch hint may precede the instruction: whether it branches on a condition. The proposal names `if` and
    /// `br_if`; compilers write hints for the branches on references, too.
    pub(crate) fn takes_branch_hint(self) -> bool {
        let mnemonic = self.mnemonic();
        matches!(mnemonic, "if" | "br_if") || mnemonic.starts_with("br_on_")
    }

    /// Returns the row of the table.
    #[inline]
    pub const fn row(self) -> &'static Row {
        &table::TABLE[self.0 as usize]
    }

    /// Returns the keyword of the text format.
    #[inline]
    pub const fn mnemonic(self) -> &'static str {
        self.row().mnemonic
    }

    /// Returns the kind of the immediates.
    #[inline]
    pub const fn immediates(self) -> Immediates {
        self.row().immediates
    }

    /// Returns the bytes of the opcode.
    #[inline]
    pub fn encoding(self) -> &'static [u8] {
        let (bytes, len) = &self.row().encoding;
        &bytes[..usize::from(*len)]
    }

    /// Returns the number of the row.
    #[inline]
    pub const fn index(self) -> u16 {
        self.0
    }

    /// Returns the instruction of a row of the table.
    #[inline]
    pub(crate) const fn from_index(index: u16) -> Op {
        debug_assert!((index as usize) < table::TABLE.len());
        Op(index)
    }
}

impl std::fmt::Debug for Op {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.mnemonic())
    }
}

/// Whether two strings are equal, for use in constants.
pub(crate) const fn str_eq(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// Whether a string contains another one, for use in constants.
pub(crate) const fn str_contains(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let mut start = 0;
    while start + word.len() <= text.len() {
        let mut i = 0;
        while i < word.len() && text[start + i] == word[i] {
            i += 1;
        }
        if i == word.len() {
            return true;
        }
        start += 1;
    }
    false
}
