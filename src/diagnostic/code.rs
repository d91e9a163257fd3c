//! The codes of diagnostics. A code never changes its meaning; a new kind of diagnostic gets a new number. Each code
//! has one line of documentation here and a page in `docs/diagnostics/`.

use crate::similar::nearest;
use std::fmt;
use std::str::FromStr;

macro_rules! codes {
    ($(#[doc = $doc:literal] $name:ident = $text:literal,)*) => {
        /// The kind of a diagnostic. Codes of errors begin with `E`, codes of warnings with `W`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $doc] $name,)*
        }

        impl Code {
            /// All codes.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// Returns the code as text, such as `E0101`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }

            /// Returns a description in one line.
            pub fn summary(self) -> &'static str {
                match self { $(Code::$name => $doc,)* }.trim_ascii()
            }

            /// Returns the documentation of the code: a page in Markdown with a wrong and a correct example.
            pub const fn explanation(self) -> &'static str {
                match self { $(Code::$name => include_str!(concat!("../../docs/diagnostics/", $text, ".md")),)* }
            }
        }
    };
}

codes! {
    // E00xx: characters
    /// Character that is not allowed here.
    UnexpectedCharacter = "E0001",
    /// Unterminated comment, string or annotation.
    Unterminated = "E0002",
    /// Unknown escape in a string.
    BadEscape = "E0003",
    /// Invalid UTF-8.
    BadUtf8 = "E0004",
    /// Invalid token.
    BadToken = "E0005",
    /// Text too large.
    TooLarge = "E0006",
    /// Input that is not the text format.
    NotWat = "E0007",

    // E01xx: syntax
    /// Unexpected token.
    UnexpectedToken = "E0101",
    /// Unclosed parenthesis.
    UnclosedParenthesis = "E0102",
    /// Unmatched closing parenthesis.
    UnopenedParenthesis = "E0103",
    /// Unknown instruction.
    UnknownInstruction = "E0104",
    /// Unknown module field.
    UnknownField = "E0105",
    /// Label after `end` or `else` that does not match its block.
    MismatchedLabel = "E0106",
    /// Import after a definition.
    ImportAfterDefinition = "E0107",
    /// Type use that does not match its type.
    TypeUseMismatch = "E0108",
    /// Malformed annotation.
    BadAnnotation = "E0109",
    /// Name for a parameter that cannot have one.
    NameNotAllowed = "E0110",
    /// More than one start function.
    MultipleStart = "E0111",
    /// Component instead of a module.
    Component = "E0112",
    /// Non-standard spelling.
    NotStandard = "E0113",
    /// Obsolete form.
    Obsolete = "E0114",
    /// Obsolete keyword.
    Renamed = "E0115",

    // E02xx: numbers
    /// Number out of range.
    OutOfRange = "E0201",
    /// Malformed number.
    BadNumber = "E0202",
    /// Alignment that is not a power of two.
    BadAlignment = "E0203",
    /// Too many or too few lanes.
    LaneCount = "E0204",

    // E03xx: names
    /// Unknown name.
    UnknownName = "E0301",
    /// Duplicate name.
    DuplicateName = "E0302",
    /// Index out of range.
    UnknownIndex = "E0303",

    // E04xx: validity
    /// Invalid module.
    Invalid = "E0401",
    /// Type mismatch.
    TypeMismatch = "E0402",
    /// Too few operands.
    MissingOperand = "E0403",
    /// Values left on the stack.
    ValuesLeft = "E0404",
    /// Wrong kind of type.
    WrongKindOfType = "E0405",
    /// Undeclared function reference.
    UndeclaredFunction = "E0406",
    /// Assignment to something immutable.
    Immutable = "E0407",
    /// Not a constant expression.
    NotConstant = "E0408",
    /// Invalid limits.
    InvalidLimits = "E0409",
    /// Alignment larger than the natural alignment.
    AlignmentTooLarge = "E0410",
    /// Duplicate export name.
    DuplicateExport = "E0411",
    /// Start function with parameters or results.
    StartSignature = "E0412",
    /// Type that does not match its declared supertype.
    InvalidSubtype = "E0413",
    /// Missing or unexpected signedness of a field access.
    PackedAccess = "E0414",
    /// Local that is read before it is set.
    UninitializedLocal = "E0415",
    /// Type without a default value.
    NoDefault = "E0416",
    /// Feature that is not enabled.
    FeatureDisabled = "E0417",
    /// Lane index out of range.
    LaneOutOfRange = "E0418",
    /// Incompatible types in a cast.
    CastMismatch = "E0419",

    // W0xxx: warnings
    /// Bare type index for a reference type.
    BareTypeIndex = "W0001",
    /// Character in place of an integer.
    CharLiteral = "W0002",
    /// Older spelling of a memory order.
    OldMemoryOrder = "W0003",
    /// Label with the name of a type.
    LabelNamedAsType = "W0004",
    /// Types that are not validated.
    NotValidated = "W0005",
    /// Limit of engines exceeded.
    ImplementationLimit = "W0006",
    /// Character that changes the order of the text.
    BidirectionalText = "W0007",
    /// Code that is never executed.
    UnreachableCode = "W0012",
    /// Value that is computed and dropped.
    UnusedValue = "W0013",
    /// Read of a local that is never set.
    UnsetLocal = "W0014",
    /// Value in a local that is never read.
    UnreadLocal = "W0015",
    /// Cast that always succeeds or always fails.
    KnownCast = "W0016",
    /// Condition that is always true or always false.
    ConstantCondition = "W0017",
    /// Shift count that is not smaller than the width.
    ShiftCount = "W0018",
    /// Literal that does not fit where it is stored.
    TruncatedLiteral = "W0019",
    /// Segment beyond the end of its memory or table.
    SegmentBeyondEnd = "W0020",
    /// Division by zero.
    DivisionByZero = "W0021",
    /// Function that calls itself unconditionally.
    InfiniteRecursion = "W0022",
    /// Type without values.
    UninhabitableType = "W0023",
    /// Label that shadows an outer one.
    ShadowedLabel = "W0024",
    /// Segment with the name of a table or memory.
    SegmentNamedAsTarget = "W0025",
    /// Names that look alike.
    SimilarNames = "W0026",
    /// Unknown code in `@allow`.
    UnknownAllowed = "W0027",
    /// Unused function.
    UnusedFunction = "W0028",
    /// Unused type.
    UnusedType = "W0029",
    /// Unused import.
    UnusedImport = "W0030",
    /// Unused local.
    UnusedLocal = "W0031",
    /// Unused label.
    UnusedLabel = "W0032",
    /// Unused parameter.
    UnusedParameter = "W0033",
    /// Unused global, table, memory, tag or segment.
    UnusedDefinition = "W0034",
}

impl Code {
    /// Whether the code is that of a warning. All other codes are codes of errors.
    pub const fn is_warning(self) -> bool {
        self.as_str().as_bytes()[0] == b'W'
    }
}

impl FromStr for Code {
    type Err = UnknownCode;

    /// Parses a code such as `E0101`. The case of letters is ignored.
    fn from_str(text: &str) -> Result<Code, UnknownCode> {
        let found = Code::ALL.iter().find(|code| code.as_str().eq_ignore_ascii_case(text));
        found.copied().ok_or_else(|| UnknownCode(text.to_owned()))
    }
}

/// The error for an unknown code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCode(String);

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown code `{}`", self.0)?;
        let near = nearest(&self.0.to_uppercase(), Code::ALL.iter().map(|code| code.as_str()));
        near.map_or(Ok(()), |near| write!(f, "; did you mean `{near}`?"))
    }
}

impl std::error::Error for UnknownCode {}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
