//! Tokens and their kinds: the terminals of the grammar.

use crate::instr::Op;
use crate::span::Span;

/// The kind of a token: a terminal of the grammar, or a kind that no rule mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(crate) enum TokenKind {
    // Markers that the grammar starts with.
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

    // Instructions, by their kind of immediates.
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

    // Words of types.
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
    // A word within an annotation with a meaning.
    Atom,

    // A parenthesis and the structural keyword after it.
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

    // Kinds that no rule mentions, so that the parser stops there.
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

impl TokenKind {
    /// Whether the token starts with an opening parenthesis.
    pub(crate) fn is_open(self) -> bool {
        self == TokenKind::Open
            || (TokenKind::ParenModule..=TokenKind::CodeAnnotation).contains(&self)
            || (TokenKind::ParenRegister..=TokenKind::ParenWait).contains(&self)
    }

    /// Whether a clause of a `try_table` begins with the token.
    pub(crate) fn begins_clause(self) -> bool {
        matches!(
            self,
            TokenKind::ParenCatch
                | TokenKind::ParenCatchRef
                | TokenKind::ParenCatchAll
                | TokenKind::ParenCatchAllRef
        )
    }

    /// Whether a value type begins with the token.
    pub(crate) fn begins_val_type(self) -> bool {
        matches!(
            self,
            TokenKind::I32
                | TokenKind::I64
                | TokenKind::NumType
                | TokenKind::V128
                | TokenKind::RefType
                | TokenKind::ParenRef
        )
    }

    /// Whether the token is the keyword of an instruction.
    pub(crate) fn is_op(self) -> bool {
        (TokenKind::Instr..=TokenKind::OpFence).contains(&self)
    }

    /// Whether the token represents instructions of a [`crate::lex::buffer::TokenBuffer`].
    pub(crate) fn is_run(self) -> bool {
        (TokenKind::PlainRun..=TokenKind::ParenIfHead).contains(&self)
    }
}

// The parts of the length of an instruction's token: the offset of its immediate from the start of the token, and the
// length of the immediate. A missing immediate is empty and starts at the end of the keyword.
pub(crate) const IMMEDIATE_SHIFT: u32 = 16;
pub(crate) const IMMEDIATE_LEN: u32 = 0xffff;

/// A token of the grammar.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    /// For a word, its kind when it is fused with a preceding parenthesis.
    pub(crate) fused: Option<TokenKind>,
    /// For an instruction, its row in the table. For some other words, a code within the kind.
    pub(crate) code: u16,
    pub(crate) start: u32,
    pub(crate) len: u32,
}

impl Token {
    /// The token without its first `bytes`.
    pub(crate) fn after(self, bytes: u32) -> Token {
        Token { start: self.start + bytes, len: self.len - bytes, ..self }
    }

    /// The location in the source text.
    pub(crate) fn span(self) -> Span {
        match self.kind {
            TokenKind::Instr => {
                let immediate = self.len >> IMMEDIATE_SHIFT;
                let end = immediate + (self.len & IMMEDIATE_LEN);
                Span::new(self.start, self.start + end)
            }
            // The location of a run is its first instruction.
            kind if kind.is_run() => Span::new(self.start, self.start + self.op().mnemonic().len() as u32),
            _ => Span::new(self.start, self.start + self.len),
        }
    }

    /// The immediate that an instruction is fused with, or an empty span.
    #[inline]
    pub(crate) fn immediate(self) -> Span {
        let start = self.start + (self.len >> IMMEDIATE_SHIFT);
        Span::new(start, start + (self.len & IMMEDIATE_LEN))
    }

    /// The instruction. The token must be one of an instruction.
    pub(crate) fn op(self) -> Op {
        Op::from_index(self.code)
    }

    /// Returns a token for a number or name that an instruction was fused with.
    pub(crate) fn number(span: Span) -> Token {
        Token { kind: TokenKind::Nat, fused: None, code: 0, start: span.start, len: span.len() }
    }

    pub(crate) fn new(kind: TokenKind, start: usize, end: usize) -> Token {
        Token { kind, fused: None, code: 0, start: start as u32, len: (end - start) as u32 }
    }

    /// Returns a token without text, which selects the start symbol of the grammar.
    pub(crate) fn marker(kind: TokenKind, start: u32) -> Token {
        Token { kind, fused: None, code: 0, start, len: 0 }
    }
}
