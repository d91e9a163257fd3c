//! The codes of the diagnostics. A code never changes its meaning; a new kind gets a new number.

use std::fmt;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What kind of mistake a diagnostic is about. Errors begin with `E`, warnings with `W`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// All codes.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// The code as it is printed: `E0101`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }
        }
    };
}

codes! {
    // E00xx: the characters
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

    // E01xx: the grammar
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
    /// A form that older versions of the text format had.
    Obsolete = "E0114",
    /// A word that has another name now, or none.
    Renamed = "E0115",
    /// A spelling beyond the standard, under strict rules.
    NotStandard = "E0113",

    // E02xx: the numbers
    /// A number that does not fit where it stands.
    OutOfRange = "E0201",
    /// A number that is not written as one.
    BadNumber = "E0202",
    /// An alignment that is no power of two.
    BadAlignment = "E0203",
    /// Too many or too few lanes.
    LaneCount = "E0204",

    // E03xx: the names
    /// A name that nothing has.
    UnknownName = "E0301",
    /// A name that two things of one kind have.
    DuplicateName = "E0302",

    // E04xx: validity
    /// The module is well formed, but not valid.
    Invalid = "E0401",

    // W0xxx: warnings
    /// A bare type index where a reference type belongs.
    BareTypeIndex = "W0001",
    /// A character where an integer literal belongs.
    CharLiteral = "W0002",
    /// An older spelling of a memory order.
    OldMemoryOrder = "W0003",
    /// Types that cannot be validated.
    NotValidated = "W0005",
    /// A block's label that is the name of a type.
    LabelNamedAsType = "W0004",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
