//! The instructions of WebAssembly: what each is called, which bytes it is, what stands behind it.
//!
//! All knowledge about single instructions is in one table (`table`); the lexer's keyword map, the
//! grammar's terminals, the encoder, the documentation page and the suggestions are read off it.

mod table;

/// An instruction, as a number of its row in the table.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Op(u16);

/// What the instruction table knows of one instruction.
#[derive(Debug)]
pub struct Row {
    /// The keyword of the text format.
    pub mnemonic: &'static str,
    /// The opcode: a prefix byte, or 0 for none, and the number behind it.
    pub opcode: (u8, u32),
    /// What stands behind the keyword in the text, and behind the opcode in the binary.
    pub immediates: Immediates,
    /// `operands -> results` where they are the same wherever the instruction stands, else empty.
    /// `addr` stands for the address type of the memory or table concerned.
    pub signature: &'static str,
    /// The proposal that brought the instruction.
    pub proposal: Proposal,
    pub(crate) encoding: ([u8; 4], u8),
}

/// The shapes that the immediates of an instruction can have. The order of the names in a variant is
/// the order of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Immediates {
    /// Nothing.
    No,
    /// A label and a block type; the instruction opens a block.
    Block,
    /// Like [`Immediates::Block`], with an `else` branch.
    If,
    /// Like [`Immediates::Block`], with catch clauses.
    TryTable,
    /// Like [`Immediates::Block`], with legacy handlers.
    Try,
    /// Optionally the label of the `if`.
    Else,
    /// Optionally the label of the block.
    End,
    /// A tag; begins a legacy handler.
    Catch,
    /// Nothing; begins a legacy handler.
    CatchAll,
    /// A label; ends a legacy `try`.
    Delegate,
    /// A label.
    Label,
    /// Labels, the last of which is the default.
    Labels,
    /// A function.
    Func,
    /// A type.
    Type,
    /// A local.
    Local,
    /// A global.
    Global,
    /// A tag.
    Tag,
    /// A data segment.
    Data,
    /// An element segment.
    Elem,
    /// Optionally a table.
    Table,
    /// Optionally a memory.
    Memory,
    /// A memarg; the natural alignment as a power of two.
    MemArg(u8),
    /// A memarg, and optionally a memory order.
    AtomicMemArg(u8),
    /// A memarg, and optionally a memory order for both the read and the write.
    RmwMemArg(u8),
    /// A memarg and a lane.
    MemArgLane(u8),
    /// A lane; how many there are.
    Lane(u8),
    /// A 32-bit integer.
    I32,
    /// A 64-bit integer.
    I64,
    /// A 32-bit float.
    F32,
    /// A 64-bit float.
    F64,
    /// A shape and its lanes.
    V128,
    /// Sixteen lanes.
    Shuffle,
    /// Optionally result types; with them the opcode is the next one.
    Select,
    /// A heap type.
    HeapType,
    /// A reference type; the opcode is the next one if the type is nullable.
    RefType,
    /// A label and two reference types.
    BrOnCast,
    /// A struct type and one of its fields.
    Field,
    /// An array type and a length.
    TypeLen,
    /// An array type and a data segment.
    TypeData,
    /// An array type and an element segment.
    TypeElem,
    /// Two types.
    TypeType,
    /// A type and a tag.
    TypeTag,
    /// Optionally a memory, and a data segment.
    MemoryInit,
    /// Optionally two memories.
    MemoryCopy,
    /// Optionally a table, and an element segment.
    TableInit,
    /// Optionally two tables.
    TableCopy,
    /// Optionally a table, and a type use.
    CallIndirect,
    /// A continuation type and handlers.
    Resume,
    /// A continuation type, a tag and handlers.
    ResumeThrow,
    /// A memory order and a global.
    OrderedGlobal,
    /// A memory order and optionally a table.
    OrderedTable,
    /// A memory order, a struct type and one of its fields.
    OrderedField,
    /// A memory order and a type.
    OrderedType,
    /// Optionally a memory order.
    Ordering,
}

/// The proposals that brought instructions, from the first version on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the proposals' own")]
pub enum Proposal {
    Mvp,
    SignExtension,
    SaturatingFloatToInt,
    BulkMemory,
    ReferenceTypes,
    TailCall,
    FunctionReferences,
    Gc,
    Simd,
    RelaxedSimd,
    Exceptions,
    LegacyExceptions,
    Threads,
    SharedEverythingThreads,
    AcquireReleaseAtomics,
    StackSwitching,
    WideArithmetic,
    CustomDescriptors,
    MemoryControl,
    Fp16,
}

impl Immediates {
    /// The natural alignment of a memarg, as a power of two.
    pub(crate) const fn natural_alignment(self) -> Option<u8> {
        match self {
            Immediates::MemArg(log2)
            | Immediates::AtomicMemArg(log2)
            | Immediates::RmwMemArg(log2)
            | Immediates::MemArgLane(log2) => Some(log2),
            _ => None,
        }
    }

    /// How many lanes there are to choose from.
    pub(crate) const fn lanes(self) -> Option<u8> {
        match self {
            Immediates::Lane(lanes) => Some(lanes),
            Immediates::MemArgLane(log2) => Some(16 >> log2),
            Immediates::Shuffle => Some(32),
            _ => None,
        }
    }
}

impl Op {
    /// How many instructions there are.
    pub(crate) const COUNT: usize = table::TABLE.len();

    /// All instructions, in the order of the table.
    pub fn all() -> impl Iterator<Item = Op> {
        (0..table::TABLE.len() as u16).map(Op)
    }

    /// The instruction of that mnemonic.
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

    /// The instruction of the row `n`, if there is that row.
    pub(crate) const fn nth(n: usize) -> Option<Op> {
        if n < table::TABLE.len() { Some(Op(n as u16)) } else { None }
    }

    /// Whether a branch hint can be on it: whether it branches on a condition. The proposal names `if` and
    /// `br_if`, and compilers put hints on the branches on references too.
    pub(crate) fn takes_branch_hint(self) -> bool {
        let mnemonic = self.mnemonic();
        matches!(mnemonic, "if" | "br_if") || mnemonic.starts_with("br_on_")
    }

    /// The row of the table.
    #[inline]
    pub const fn row(self) -> &'static Row {
        &table::TABLE[self.0 as usize]
    }

    /// The keyword of the text format.
    #[inline]
    pub const fn mnemonic(self) -> &'static str {
        self.row().mnemonic
    }

    /// What stands behind the keyword.
    #[inline]
    pub const fn immediates(self) -> Immediates {
        self.row().immediates
    }

    /// The bytes of the opcode.
    #[inline]
    pub fn encoding(self) -> &'static [u8] {
        let (bytes, len) = &self.row().encoding;
        &bytes[..usize::from(*len)]
    }

    /// The number of the row.
    #[inline]
    pub const fn index(self) -> u16 {
        self.0
    }

    /// The instruction of that row of the table.
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

impl Row {
    /// The opcode one higher: what `select` with types and the nullable casts are encoded as.
    #[inline]
    pub(crate) fn next_opcode(&self) -> ([u8; 4], u8) {
        encode_opcode((self.opcode.0, self.opcode.1 + 1))
    }
}

/// One row of the table, its opcode encoded.
const fn op(
    mnemonic: &'static str,
    opcode: (u8, u32),
    immediates: Immediates,
    signature: &'static str,
    proposal: Proposal,
) -> Row {
    let encoding = encode_opcode(opcode);
    Row { mnemonic, opcode, immediates, signature, proposal, encoding }
}

/// The bytes of an opcode: the prefix if there is one, then the number as unsigned LEB128 behind a
/// prefix and as one byte without.
const fn encode_opcode((prefix, mut code): (u8, u32)) -> ([u8; 4], u8) {
    let mut bytes = [0; 4];
    if prefix == 0 {
        bytes[0] = code as u8;
        return (bytes, 1);
    }
    bytes[0] = prefix;
    let mut len = 1;
    loop {
        let low = (code & 0x7f) as u8;
        code >>= 7;
        bytes[len] = if code == 0 { low } else { low | 0x80 };
        len += 1;
        if code == 0 {
            return (bytes, len as u8);
        }
    }
}

/// `a == b`, where a constant is computed.
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

/// Whether a text contains a word, where a constant is computed.
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
