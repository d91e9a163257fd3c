//! A row of the instruction table: its columns and their values.

/// A row of the instruction table.
///
/// ```
/// use gcwat::instr::{Op, Proposal};
///
/// let row = Op::named("i31.get_s").unwrap().row();
/// assert_eq!((row.opcode, row.proposal), ((0xfb, 29), Proposal::Gc));
/// ```
#[derive(Debug)]
pub struct Row {
    /// The keyword of the text format.
    pub mnemonic: &'static str,
    /// The opcode: a prefix byte, or 0 if there is no prefix, and a number.
    pub opcode: (u8, u32),
    /// The kind of the immediates, which follow the keyword in the text and the opcode in the binary.
    pub immediates: Immediates,
    /// `operands -> results` if they depend on nothing else, otherwise empty. `addr` is the address type of the memory or
    /// table.
    pub signature: &'static str,
    /// The proposal that added the instruction.
    pub proposal: Proposal,
    pub(crate) encoding: ([u8; 4], u8),
}

/// The kind of the immediates of an instruction. The names in a variant are in the order of the text.
///
/// ```
/// use gcwat::instr::{Immediates, Op};
///
/// assert_eq!(Op::named("local.get").unwrap().immediates(), Immediates::Local);
/// // The natural alignment of `i64.load` is 2 to the power of 3.
/// assert_eq!(Op::named("i64.load").unwrap().immediates(), Immediates::MemArg(3));
/// ```
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
    /// A lane; the number of lanes.
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

/// The proposals that added instructions. `Mvp` is the first version of WebAssembly.
///
/// ```
/// use gcwat::instr::{Op, Proposal};
///
/// let gc = Op::all().filter(|op| op.row().proposal == Proposal::Gc);
/// assert!(gc.map(Op::mnemonic).any(|mnemonic| mnemonic == "struct.new"));
/// ```
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
    /// Returns the natural alignment of a memarg, as a power of two.
    pub(crate) const fn natural_alignment(self) -> Option<u8> {
        match self {
            Immediates::MemArg(log2)
            | Immediates::AtomicMemArg(log2)
            | Immediates::RmwMemArg(log2)
            | Immediates::MemArgLane(log2) => Some(log2),
            _ => None,
        }
    }

    /// Returns the number of lanes that a lane index selects from.
    pub(crate) const fn lanes(self) -> Option<u8> {
        match self {
            Immediates::Lane(lanes) => Some(lanes),
            Immediates::MemArgLane(log2) => Some(16 >> log2),
            Immediates::Shuffle => Some(32),
            _ => None,
        }
    }
}

impl Row {
    /// Returns the opcode plus one: that of `select` with types and of the nullable casts.
    #[inline]
    pub(crate) fn next_opcode(&self) -> ([u8; 4], u8) {
        encode_opcode((self.opcode.0, self.opcode.1 + 1))
    }
}

/// Creates a row of the table.
pub(super) const fn op(
    mnemonic: &'static str,
    opcode: (u8, u32),
    immediates: Immediates,
    signature: &'static str,
    proposal: Proposal,
) -> Row {
    let encoding = encode_opcode(opcode);
    Row { mnemonic, opcode, immediates, signature, proposal, encoding }
}

/// Encodes an opcode: one byte, or a prefix and a number as unsigned LEB128.
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
