//! Tokens and their kinds, which are the terminals of the grammar.

use crate::instr::Op;
use crate::span::Span;

/// The kind of a token: a terminal of the grammar, or one of those that no rule mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(crate) enum Kind {
    // Where the grammar begins.
    StartField,
    StartCommand,

    // Punctuation and literals.
    Open,
    Close,
    Id,
    Nat,
    Int,
    Float,
    Char,
    String,
    NanPattern,
    OffsetEq,
    AlignEq,

    // Instructions, by the shape of their immediates.
    Instr,
    PlainRun,
    FoldedRun,
    ParenInstr,
    BlockHead,
    ParenBlockHead,
    IfHead,
    ParenIfHead,
    OpBlock,
    OpIf,
    OpTry,
    OpTryTable,
    OpElse,
    OpEnd,
    OpCatch,
    OpCatchAll,
    OpDelegate,
    OpIndex,
    OpOptIndex,
    OpIndex2,
    OpSwitch,
    OpInit,
    OpCopy,
    OpLabels,
    OpMemArg,
    OpAtomic,
    OpMemLane,
    OpLane,
    OpInt,
    OpFloat,
    OpV128,
    OpShuffle,
    OpSelect,
    OpHeapType,
    OpRefType,
    OpBrOnCast,
    OpCallIndirect,
    OpResume,
    OpResumeThrow,
    OpOrdIndex,
    OpOrdOptIndex,
    OpOrdIndex2,
    OpFence,

    // Words within types.
    I32,
    I64,
    NumType,
    V128,
    PackedType,
    RefType,
    Func,
    AbsHeapType,
    Shape,
    Null,
    Mut,
    Final,
    Shared,
    Order,

    // Other words.
    Declare,
    Binary,
    Quote,
    Definition,
    Instance,
    Word,
    // Any word within an annotation with a meaning.
    Atom,

    // A parenthesis and the structural keyword behind it.
    ParenModule,
    ParenType,
    ParenRec,
    ParenImport,
    ParenFunc,
    ParenTable,
    ParenMemory,
    ParenGlobal,
    ParenTag,
    ParenExport,
    ParenStart,
    ParenElem,
    ParenData,
    ParenParam,
    ParenResult,
    ParenLocal,
    ParenSub,
    ParenStruct,
    ParenArray,
    ParenCont,
    ParenField,
    ParenMut,
    ParenRef,
    ParenShared,
    ParenExact,
    ParenDescribes,
    ParenDescriptor,
    ParenPageSize,
    ParenOffset,
    ParenItem,
    ParenThen,
    ParenElse,
    ParenDo,
    ParenCatch,
    ParenCatchRef,
    ParenCatchAll,
    ParenCatchAllRef,
    ParenDelegate,
    ParenOn,

    // Annotations that have a meaning.
    AtName,
    FieldAnnotation,
    CodeAnnotation,

    // Scripts.
    TextModule,
    ParenRegister,
    ParenInvoke,
    ParenGet,
    ParenAssertReturn,
    ParenAssertExec,
    ParenAssertModule,
    ParenAssertException,
    ParenEither,
    ParenThread,
    ParenWait,

    // What no rule mentions: the parser stops at it.
    Reserved,
    EmptyId,
    EmptyAnnotation,
    BadUtf8Id,
    BadString,
    OpenString,
    OpenComment,
    OpenAnnotation,
    BadCharacter,
    BadCharLiteral,
}

impl Kind {
    /// Whether it begins with a parenthesis.
    pub(crate) fn is_open(self) -> bool {
        self == Kind::Open
            || (Kind::ParenModule..=Kind::CodeAnnotation).contains(&self)
            || (Kind::ParenRegister..=Kind::ParenWait).contains(&self)
    }

    /// Whether it is an instruction's keyword.
    pub(crate) fn is_op(self) -> bool {
        (Kind::Instr..=Kind::OpFence).contains(&self)
    }
    /// Whether it stands for instructions of a [`crate::lex::buffer::TokenBuffer`].
    pub(crate) fn is_run(self) -> bool {
        (Kind::PlainRun..=Kind::ParenIfHead).contains(&self)
    }
}

// The length of an instruction's token: where its immediate starts, from the start of the token, and
// how long that is. Without one it starts at the end and is empty.
pub(crate) const IMMEDIATE_SHIFT: u32 = 16;
pub(crate) const IMMEDIATE_LEN: u32 = 0xffff;

/// A token of the grammar.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    /// For a word, the kind of it and a parenthesis before it.
    pub(crate) joined: Option<Kind>,
    /// For an instruction the row of the table, for some other words which of the kind.
    pub(crate) code: u16,
    pub(crate) start: u32,
    pub(crate) len: u32,
}

impl Token {
    /// What is left of it behind the first `bytes`.
    pub(crate) fn behind(self, bytes: u32) -> Token {
        Token { start: self.start + bytes, len: self.len - bytes, ..self }
    }

    /// Where it stands.
    pub(crate) fn span(self) -> Span {
        match self.kind {
            Kind::Instr => {
                let immediate = self.len >> IMMEDIATE_SHIFT;
                let end = immediate + (self.len & IMMEDIATE_LEN);
                Span::new(self.start, self.start + end)
            }
            // The first instruction is enough.
            kind if kind.is_run() => Span::new(self.start, self.start + self.op().mnemonic().len() as u32),
            _ => Span::new(self.start, self.start + self.len),
        }
    }

    /// The immediate an instruction is joined with; empty if there is none.
    #[inline]
    pub(crate) fn immediate(self) -> Span {
        let start = self.start + (self.len >> IMMEDIATE_SHIFT);
        Span::new(start, start + (self.len & IMMEDIATE_LEN))
    }

    /// The instruction, if the kind is one of an instruction's.
    pub(crate) fn op(self) -> Op {
        Op::from_index(self.code)
    }

    /// A number or a name that an instruction was joined with, as a token of its own.
    pub(crate) fn number(span: Span) -> Token {
        Token { kind: Kind::Nat, joined: None, code: 0, start: span.start, len: span.len() }
    }

    pub(crate) fn new(kind: Kind, start: usize, end: usize) -> Token {
        Token { kind, joined: None, code: 0, start: start as u32, len: (end - start) as u32 }
    }

    /// A token that is not in the text and tells the grammar what to begin with.
    pub(crate) fn marker(kind: Kind, start: u32) -> Token {
        Token { kind, joined: None, code: 0, start, len: 0 }
    }
}
