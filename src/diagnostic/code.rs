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
    /// A character that cannot stand in the text.
    UnexpectedCharacter = "E0001",
    /// A comment, string or annotation that never ends.
    Unterminated = "E0002",
    /// An escape in a string that has no meaning.
    BadEscape = "E0003",
    /// Bytes that are not UTF-8 where a name stands.
    BadUtf8 = "E0004",
    /// Characters that form no token.
    BadToken = "E0005",
    /// A text of four gibibytes or more.
    TooLarge = "E0006",
    /// Input that is not the text format: a binary, another language, a template.
    NotWat = "E0007",

    // E01xx: syntax
    /// Something stands where it cannot stand.
    UnexpectedToken = "E0101",
    /// A parenthesis left open.
    UnclosedParenthesis = "E0102",
    /// A parenthesis closed that was never opened.
    UnopenedParenthesis = "E0103",
    /// A word that is no instruction where one is expected.
    UnknownInstruction = "E0104",
    /// A word that is no module field where one is expected.
    UnknownField = "E0105",
    /// The label behind `end` or `else` is not the block's.
    MismatchedLabel = "E0106",
    /// An import behind a definition.
    ImportAfterDefinition = "E0107",
    /// Parameters, results and the type a type use refers to do not agree.
    TypeUseMismatch = "E0108",
    /// An annotation that is not written as its meaning demands.
    BadAnnotation = "E0109",
    /// A name for a parameter where there can be none.
    NameNotAllowed = "E0110",
    /// More than one start function.
    MultipleStart = "E0111",
    /// The text of a component, not of a module.
    Component = "E0112",
    /// A spelling beyond the standard, under strict rules.
    NotStandard = "E0113",
    /// A form that older versions of the text format had.
    Obsolete = "E0114",
    /// A word that has another name now, or none.
    Renamed = "E0115",

    // E02xx: numbers
    /// A number that does not fit where it stands.
    OutOfRange = "E0201",
    /// A number that is not written as one.
    BadNumber = "E0202",
    /// An alignment that is no power of two.
    BadAlignment = "E0203",
    /// Too many or too few lanes.
    LaneCount = "E0204",

    // E03xx: names
    /// A name that nothing has.
    UnknownName = "E0301",
    /// A name that two things of one kind have.
    DuplicateName = "E0302",
    /// A number that is larger than that of the last thing of its kind.
    UnknownIndex = "E0303",

    // E04xx: validity
    /// The module is well formed, but not valid, in a way that has no code of its own.
    Invalid = "E0401",
    /// An operand, a result or an initial value has another type than it must have.
    TypeMismatch = "E0402",
    /// There are fewer operands on the stack than an instruction takes.
    MissingOperand = "E0403",
    /// There are more values on the stack at the end of a block than it has results.
    ValuesLeft = "E0404",
    /// A type of another kind than the instruction or the type use wants: a struct for a function.
    WrongKindOfType = "E0405",
    /// `ref.func` of a function that no element segment, export or global mentions.
    UndeclaredFunction = "E0406",
    /// Something is set that cannot be set.
    Immutable = "E0407",
    /// An instruction that cannot stand in a constant expression.
    NotConstant = "E0408",
    /// A memory or a table that is too large, or smaller at most than at least.
    InvalidLimits = "E0409",
    /// An alignment larger than the natural one.
    AlignmentTooLarge = "E0410",
    /// Two exports of one name.
    DuplicateExport = "E0411",
    /// A start function with parameters or results.
    StartSignature = "E0412",
    /// A type that does not match the supertype it names, or whose supertype is final.
    InvalidSubtype = "E0413",
    /// A packed field or array read without a sign, or another one read with it.
    PackedAccess = "E0414",
    /// A local that has no default value and is read before it is set.
    UninitializedLocal = "E0415",
    /// A type that has no default value where one is needed.
    NoDefault = "E0416",
    /// A feature that `--features` does not enable.
    FeatureDisabled = "E0417",
    /// A lane that the vector does not have.
    LaneOutOfRange = "E0418",
    /// Two types of a cast of which the second is not a subtype of the first.
    CastMismatch = "E0419",

    // W0xxx: warnings
    /// A bare type index where a reference type belongs.
    BareTypeIndex = "W0001",
    /// A character where an integer literal belongs.
    CharLiteral = "W0002",
    /// An older spelling of a memory order.
    OldMemoryOrder = "W0003",
    /// A block's label that is the name of a type.
    LabelNamedAsType = "W0004",
    /// Types that cannot be validated.
    NotValidated = "W0005",
    /// More of something than engines take.
    ImplementationLimit = "W0006",
    /// A character in a comment or a string that changes the order in which the text is shown.
    BidirectionalText = "W0007",
}

impl Code {
    /// Whether the code is that of a warning. All other codes are codes of errors.
    pub fn is_warning(self) -> bool {
        self.as_str().starts_with('W')
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
        near.map_or(Ok(()), |near| write!(f, "; there is {near}"))
    }
}

impl std::error::Error for UnknownCode {}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
