//! The codes of diagnostics. A code never changes its meaning; a new kind of diagnostic gets a new number. Each code
//! has one line of documentation here and a page in `docs/diagnostics/`.

use crate::similar::nearest;
use std::fmt;
use std::str::FromStr;

macro_rules! codes {
    (
        errors: $(#[doc = $error_doc:literal] $error:ident = $error_text:literal,)*
        warnings: $(#[doc = $warning_doc:literal] $warning:ident = $warning_text:literal,)*
    ) => {
        codes! {
            @all
            $(#[doc = $error_doc] $error = $error_text,)*
            $(#[doc = $warning_doc] $warning = $warning_text,)*
        }

        /// A warning, whose level can be changed: [`Assembler::deny`](crate::Assembler::deny) makes it an error,
        /// [`Assembler::allow`](crate::Assembler::allow) suppresses it. The level of an error cannot be changed.
        ///
        /// ```
        /// use gcwat::{Code, Lint};
        ///
        /// assert_eq!("W0002".parse(), Ok(Lint::CharLiteral));
        /// assert_eq!(Lint::CharLiteral.code(), Code::CharLiteral);
        /// assert_eq!(Code::CharLiteral.lint(), Some(Lint::CharLiteral));
        /// assert_eq!(Code::UnknownName.lint(), None);
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Lint {
            $(#[doc = $warning_doc] $warning,)*
        }

        impl Lint {
            /// All warnings.
            pub const ALL: &[Lint] = &[$(Lint::$warning,)*];

            /// Returns the code of the warning.
            pub const fn code(self) -> Code {
                match self { $(Lint::$warning => Code::$warning,)* }
            }
        }

        impl Code {
            /// Returns the warning with this code. Returns `None` for the code of an error.
            pub const fn lint(self) -> Option<Lint> {
                match self { $(Code::$warning => Some(Lint::$warning),)* _ => None }
            }
        }
    };
    (@all $(#[doc = $doc:literal] $name:ident = $text:literal,)*) => {
        /// The kind of a diagnostic. Codes of errors begin with `E`, codes of warnings with `W`.
        ///
        /// ```
        /// use gcwat::Code;
        ///
        /// let code: Code = "E0301".parse().unwrap();
        /// assert_eq!(code, Code::UnknownName);
        /// assert_eq!(code.to_string(), "E0301");
        /// assert_eq!(code.summary(), "Unknown name.");
        /// assert!(code.explanation().starts_with("# E0301"));
        /// ```
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
    errors:

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

    // E05xx: objects
    /// Type that linkers do not know.
    UnlinkableType = "E0501",
    /// Definition or instruction that an object cannot have.
    Unlinkable = "E0502",
    /// Annotation of linking in the wrong place.
    MisplacedLinking = "E0503",
    /// Invalid relocation.
    BadRelocation = "E0504",
    /// Invalid annotation of a symbol.
    BadSymbol = "E0505",

    warnings:

    // W0xxx
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
    /// Data segment without a symbol.
    UnnamedSegment = "W0008",
    /// Number that looks like an address and has no relocation.
    UnrelocatedAddress = "W0009",
    /// Part of a module that is left to the linker.
    LeftToLinker = "W0010",
    /// Symbol that is local because of its name.
    LocalSymbol = "W0011",
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
        self.lint().is_some()
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
///
/// ```
/// use gcwat::Code;
///
/// let error = "E9999".parse::<Code>().unwrap_err();
/// assert!(error.to_string().starts_with("unknown code `E9999`"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCode(String);

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown code `{}`", self.0)?;
        let near = nearest(&self.0.to_ascii_uppercase(), Code::ALL.iter().map(|code| code.as_str()));
        near.map_or(Ok(()), |near| write!(f, "; did you mean `{near}`?"))
    }
}

impl std::error::Error for UnknownCode {}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl FromStr for Lint {
    type Err = UnknownLint;

    /// Parses the code of a warning, such as `W0001`. The case of letters is ignored.
    fn from_str(text: &str) -> Result<Lint, UnknownLint> {
        let code = Code::from_str(text).map_err(UnknownLint::Unknown)?;
        code.lint().ok_or(UnknownLint::Error(code))
    }
}

impl fmt::Display for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.code().fmt(f)
    }
}

impl From<Lint> for Code {
    fn from(lint: Lint) -> Code {
        lint.code()
    }
}

/// The error for a text that is not the code of a warning.
///
/// ```
/// use gcwat::{Code, Lint, UnknownLint};
///
/// assert_eq!("E0301".parse::<Lint>(), Err(UnknownLint::Error(Code::UnknownName)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnknownLint {
    /// An unknown code.
    Unknown(UnknownCode),
    /// The code of an error.
    Error(Code),
}

impl fmt::Display for UnknownLint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UnknownLint::Unknown(error) => error.fmt(f),
            UnknownLint::Error(code) => write!(f, "{code} is an error, whose level cannot be changed"),
        }
    }
}

impl std::error::Error for UnknownLint {}

#[cfg(test)]
mod tests {
    use super::{Code, Lint, UnknownLint};

    #[test]
    fn the_codes_that_begin_with_w_are_the_warnings() {
        for &code in Code::ALL {
            let is_warning = code.as_str().starts_with('W');
            assert_eq!(
                (code.is_warning(), code.lint().map(Code::from)),
                (is_warning, is_warning.then_some(code))
            );
            assert_eq!(code.as_str().parse::<Lint>().ok(), code.lint());
        }
        assert_eq!(Lint::ALL.len(), Code::ALL.iter().filter(|code| code.is_warning()).count());
    }

    #[test]
    fn the_level_of_an_error_cannot_be_set() {
        let error = "e0301".parse::<Lint>().unwrap_err();
        assert_eq!(error, UnknownLint::Error(Code::UnknownName));
        assert_eq!(error.to_string(), "E0301 is an error, whose level cannot be changed");
        assert!("W0009x".parse::<Lint>().unwrap_err().to_string().starts_with("unknown code `W0009x`"));
    }
}
