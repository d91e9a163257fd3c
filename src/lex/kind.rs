//! The kinds of tokens: the terminals of the grammar, one line each.

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
    Instrs,
    Leaves,
    ParenInstr,
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

    // Groups of types in parentheses, one behind the other.
    Params,
    Results,
    Locals,
    Fields,

    // Other words.
    Declare,
    Binary,
    Quote,
    Definition,
    Instance,
    Word,

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
    ParenBefore,
    ParenAfter,

    // Annotations that have a meaning.
    AtName,
    AtCustom,
    AtProducers,
    AtDylink0,
    AtMetadata,

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
            || (Kind::ParenModule..=Kind::AtMetadata).contains(&self)
            || (Kind::ParenRegister..=Kind::ParenWait).contains(&self)
    }

    /// Whether it is an instruction's keyword.
    pub(crate) fn is_op(self) -> bool {
        (Kind::Instr..=Kind::OpFence).contains(&self)
    }
}
