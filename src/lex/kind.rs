//! The kinds of tokens: the terminals of the grammar, one line each.

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// The kind of a token: a terminal of the grammar, or one of those that no rule mentions.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub(crate) enum Kind {
            $($(#[$doc])* $name,)*
        }

        impl Kind {
            /// How a person would call it.
            pub(crate) fn describe(self) -> &'static str {
                match self { $(Kind::$name => $text,)* }
            }

            /// The kind whose variant has that name.
            pub(crate) fn named(name: &str) -> Option<Kind> {
                match name { $(stringify!($name) => Some(Kind::$name),)* _ => None }
            }
        }
    };
}

kinds! {
    // Where the grammar begins.
    StartField = "a module field",
    StartCommand = "a script command",

    // Punctuation and literals.
    Open = "`(`",
    Close = "`)`",
    Id = "an identifier",
    Nat = "an unsigned integer",
    Int = "an integer",
    Float = "a number",
    Char = "a character",
    String = "a string",
    NanPattern = "a NaN pattern",
    OffsetEq = "`offset=`",
    AlignEq = "`align=`",

    // Instructions, by the shape of their immediates.
    Instr = "an instruction",
    Instrs = "an instruction",
    OpBlock = "`block` or `loop`",
    OpIf = "`if`",
    OpTry = "`try`",
    OpTryTable = "`try_table`",
    OpElse = "`else`",
    OpEnd = "`end`",
    OpCatch = "`catch`",
    OpCatchAll = "`catch_all`",
    OpDelegate = "`delegate`",
    OpIndex = "an instruction",
    OpOptIndex = "an instruction",
    OpIndex2 = "an instruction",
    OpSwitch = "`switch`",
    OpInit = "an instruction",
    OpCopy = "an instruction",
    OpLabels = "an instruction",
    OpMemArg = "an instruction",
    OpAtomic = "an instruction",
    OpMemLane = "an instruction",
    OpLane = "an instruction",
    OpInt = "an instruction",
    OpFloat = "an instruction",
    OpV128 = "an instruction",
    OpShuffle = "an instruction",
    OpSelect = "an instruction",
    OpHeapType = "an instruction",
    OpRefType = "an instruction",
    OpBrOnCast = "an instruction",
    OpCallIndirect = "an instruction",
    OpResume = "an instruction",
    OpResumeThrow = "an instruction",
    OpOrdIndex = "an instruction",
    OpOrdOptIndex = "an instruction",
    OpOrdIndex2 = "an instruction",
    OpFence = "an instruction",

    // Words within types.
    I32 = "`i32`",
    I64 = "`i64`",
    NumType = "a number type",
    V128 = "`v128`",
    PackedType = "`i8` or `i16`",
    RefType = "a reference type",
    Func = "`func`",
    AbsHeapType = "a heap type",
    Shape = "a vector shape",
    Null = "`null`",
    Mut = "`mut`",
    Final = "`final`",
    Shared = "`shared`",
    Order = "a memory order",

    // Other words.
    Declare = "`declare`",
    Binary = "`binary`",
    Quote = "`quote`",
    Definition = "`definition`",
    Instance = "`instance`",
    Word = "a word",

    // A parenthesis and the structural keyword behind it.
    ParenModule = "`(module`",
    ParenType = "`(type`",
    ParenRec = "`(rec`",
    ParenImport = "`(import`",
    ParenFunc = "`(func`",
    ParenTable = "`(table`",
    ParenMemory = "`(memory`",
    ParenGlobal = "`(global`",
    ParenTag = "`(tag`",
    ParenExport = "`(export`",
    ParenStart = "`(start`",
    ParenElem = "`(elem`",
    ParenData = "`(data`",
    ParenParam = "`(param`",
    ParenResult = "`(result`",
    ParenLocal = "`(local`",
    ParenSub = "`(sub`",
    ParenStruct = "`(struct`",
    ParenArray = "`(array`",
    ParenCont = "`(cont`",
    ParenField = "`(field`",
    ParenMut = "`(mut`",
    ParenRef = "`(ref`",
    ParenShared = "`(shared`",
    ParenExact = "`(exact`",
    ParenDescribes = "`(describes`",
    ParenDescriptor = "`(descriptor`",
    ParenPageSize = "`(pagesize`",
    ParenOffset = "`(offset`",
    ParenItem = "`(item`",
    ParenThen = "`(then`",
    ParenElse = "`(else`",
    ParenDo = "`(do`",
    ParenCatch = "`(catch`",
    ParenCatchRef = "`(catch_ref`",
    ParenCatchAll = "`(catch_all`",
    ParenCatchAllRef = "`(catch_all_ref`",
    ParenDelegate = "`(delegate`",
    ParenOn = "`(on`",
    ParenBefore = "`(before`",
    ParenAfter = "`(after`",

    // Annotations that have a meaning.
    AtName = "`(@name`",
    AtCustom = "`(@custom`",
    AtProducers = "`(@producers`",
    AtDylink0 = "`(@dylink.0`",
    AtMetadata = "`(@metadata.code`",

    // Scripts.
    TextModule = "a module",
    ParenRegister = "`(register`",
    ParenInvoke = "`(invoke`",
    ParenGet = "`(get`",
    ParenAssertReturn = "`(assert_return`",
    ParenAssertExec = "an assertion",
    ParenAssertModule = "an assertion",
    ParenAssertException = "`(assert_exception`",
    ParenEither = "`(either`",
    ParenThread = "`(thread`",
    ParenWait = "`(wait`",

    // What no rule mentions: the parser stops at it.
    Reserved = "no token",
    EmptyId = "an empty identifier",
    EmptyAnnotation = "an annotation without a name",
    BadUtf8Id = "an identifier that is not UTF-8",
    BadString = "an unsound string",
    OpenString = "a string that never ends",
    OpenComment = "a comment that never ends",
    OpenAnnotation = "an annotation that never ends",
    BadCharacter = "a character that cannot stand here",
    BadCharLiteral = "a character literal without exactly one character",
}

impl Kind {
    /// Whether it is an instruction's keyword.
    pub(super) fn is_op(self) -> bool {
        (Kind::Instr..=Kind::OpFence).contains(&self)
    }
}
