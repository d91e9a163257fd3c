//! The only reader of wasmparser's messages. All other files match on [`Verdict`].
//!
//! The test has a module for every message, so that a new version of wasmparser fails in one place.

use crate::diagnostic::Code;
use crate::resolve::Space;
use wasmparser::BinaryReaderError;

/// The reason why wasmparser rejects a module. Types in fields are as wasmparser prints them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Verdict {
    /// An implementation limit is exceeded; the module may be valid.
    ExceedsLimit(Limit),
    /// An index is out of range. The message may lack its value.
    UnknownIndex { space: Space, index: Option<u64> },
    /// A local is read before it is set.
    UninitializedLocal(u32),
    /// A block ends with more values than it has results.
    ValuesRemaining,
    /// There are too few operands. `expected` is `None` if any type is allowed.
    MissingOperand { expected: Option<String> },
    /// An operand, or a type in an immediate, has the wrong type.
    TypeMismatch { expected: String, found: String },
    /// The target of a cast does not match the label of the branch.
    CastToLabel { target: String, label: String },
    /// `array.copy` between arrays of different types.
    ArraysDiffer { expected: String, found: String },
    /// The elements of a segment do not match the array type.
    SegmentMismatch { expected: String, found: String },
    /// A type of the wrong kind. The message may lack the index of the type.
    WrongKindOfType { expected: TypeKind, index: Option<u32> },
    /// A rule without parameters.
    Rule(Rule),
    /// A rule that wasmparser lacks or departs from, with its message.
    OwnRule(Code, &'static str),
    /// A message that needs no explanation. A type mismatch is without its prefix.
    Other { text: String, is_mismatch: bool },
}

/// A kind of composite type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TypeKind {
    Func,
    Struct,
    Array,
    Cont,
}

impl TypeKind {
    /// The kind in words, without an article.
    pub(crate) fn describe(self) -> &'static str {
        match self {
            TypeKind::Func => "function",
            TypeKind::Struct => "struct",
            TypeKind::Array => "array",
            TypeKind::Cont => "continuation",
        }
    }
}

/// An implementation limit of engines.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Limit {
    /// The number of items of one kind in a module.
    Count {
        items: String,
        most: usize,
    },
    Params,
    Results,
    StructFields,
    RecGroup,
    CatchClauses,
    Handlers,
    ArrayOperands,
    BrTable,
    Name,
    Locals,
    Elements,
    DataSegments,
    SupertypeDepth,
    ImportsAndExports,
    Types,
}

/// A rule whose message has no parameters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Rule {
    // Instructions
    AlignmentNotMaximal,
    AlignmentTooLarge,
    ArrayImmutable,
    CastToContinuation,
    FieldImmutable,
    GlobalImmutable,
    LaneOutOfRange,
    NotDefaultable,
    OffsetOutOfRange,
    PackedAccess,
    RethrowLabel,
    SelectArity,
    UndeclaredFunction,
    UnsharedAccess,
    // Type mismatches
    BrOnCastWithoutValue,
    BrOnNonNullWithoutReference,
    BrOnNonNullWithoutValue,
    BrTableArity,
    CastHierarchies,
    ContinuationArguments,
    ContinuationTypes,
    DataOfReferences,
    ElementsOfNumbers,
    IndirectCallTable,
    InitDataOfReferences,
    LabelWithoutReference,
    SelectOperandsDiffer,
    SelectOfReferences,
    Tables,
    TagAndLabel,
    TagWithParams,
    // Types and declarations
    DescribedWithoutDescriptor,
    DescriptorNotDescribing,
    FinalSupertype,
    ForwardDescribes,
    SharedGlobalType,
    SharedTableElements,
    SupertypeDefinedLater,
    SupertypeMismatch,
    SupertypeOfDescriptor,
    TagWithResults,
    TargetWithoutDescriptor,
    TypeWithoutDescriptor,
    // Types that the proposal allows
    DescriptorAddedBySubtype,
    DescriptorFinality,
}

/// How the message of a rule begins, and what it contains after that.
#[rustfmt::skip]
const RULES: &[(&str, &str, Rule)] = &[
    ("atomic instructions must always specify maximum alignment", "", Rule::AlignmentNotMaximal),
    ("invalid memop alignment: alignment must not be larger",     "", Rule::AlignmentTooLarge),
    ("invalid array modification: array is immutable",            "", Rule::ArrayImmutable),
    ("invalid cast: cannot cast to a continuation type",          "", Rule::CastToContinuation),
    ("invalid struct modification: struct field is immutable",    "", Rule::FieldImmutable),
    ("global is immutable",                                       "", Rule::GlobalImmutable),
    ("SIMD index out of bounds",                                  "", Rule::LaneOutOfRange),
    ("invalid `",                     " field is not defaultable",    Rule::NotDefaultable),
    ("offset out of range",                                       "", Rule::OffsetOutOfRange),
    ("can",                                "packed storage types",    Rule::PackedAccess),
    ("invalid rethrow label",                                     "", Rule::RethrowLabel),
    ("invalid result arity",                                      "", Rule::SelectArity),
    ("undeclared function reference",                             "", Rule::UndeclaredFunction),
    ("shared functions cannot access unshared",                   "", Rule::UnsharedAccess),

    ("type mismatch: br_on_cast to label with empty types",       "", Rule::BrOnCastWithoutValue),
    ("type mismatch: br_on_non_null target does not end",         "", Rule::BrOnNonNullWithoutReference),
    ("type mismatch: br_on_non_null target has no label",         "", Rule::BrOnNonNullWithoutValue),
    ("type mismatch: br_table target labels have different num",  "", Rule::BrTableArity),
    ("type mismatch: ",     " have different heap type hierarchies",  Rule::CastHierarchies),
    ("type mismatch in continuation arguments",                   "", Rule::ContinuationArguments),
    ("type mismatch in continuation type",                        "", Rule::ContinuationTypes),
    ("type mismatch: array.new_data can only create",             "", Rule::DataOfReferences),
    ("type mismatch: array.new_elem can only create",             "", Rule::ElementsOfNumbers),
    ("type mismatch: array.init_elem can only create",            "", Rule::ElementsOfNumbers),
    ("type mismatch: indirect calls must go through a table",     "", Rule::IndirectCallTable),
    ("invalid array.init_data: array type is not numeric",        "", Rule::InitDataOfReferences),
    ("type mismatch: expected a reference type, found nothing",   "", Rule::LabelWithoutReference),
    ("type mismatch: select operands have different types",       "", Rule::SelectOperandsDiffer),
    ("type mismatch: select only takes integral types",           "", Rule::SelectOfReferences),
    ("type mismatch between tag type and label type",             "", Rule::TagAndLabel),
    ("type mismatch: non-empty tag parameter type",               "", Rule::TagWithParams),

    ("describes with no matching descriptor",                     "", Rule::DescribedWithoutDescriptor),
    ("descriptor with no matching describes",                     "", Rule::DescriptorNotDescribing),
    ("sub type cannot have a final super type",                   "", Rule::FinalSupertype),
    ("forward describes reference",                               "", Rule::ForwardDescribes),
    ("shared globals must have a shared value type",              "", Rule::SharedGlobalType),
    ("shared tables must have a shared element type",             "", Rule::SharedTableElements),
    ("supertypes must be defined before subtypes",                "", Rule::SupertypeDefinedLater),
    ("sub type must match super type",                            "", Rule::SupertypeMismatch),
    ("supertype of ",                                             "", Rule::SupertypeOfDescriptor),
    ("invalid exception type: non-empty tag result type",         "", Rule::TagWithResults),
    ("cast target must have descriptor",                          "", Rule::TargetWithoutDescriptor),
    ("expected type with descriptor",                             "", Rule::TypeWithoutDescriptor),

    ("sub type with descriptor must have super type with desc",   "", Rule::DescriptorAddedBySubtype),
    ("descriptor and described type must have the same final",    "", Rule::DescriptorFinality),
];

/// How the message of a limit begins, and what it contains after that.
#[rustfmt::skip]
const LIMITS: &[(&str, &str, Limit)] = &[
    ("function params size is out of bounds",              "", Limit::Params),
    ("function returns size is out of bounds",             "", Limit::Results),
    ("struct fields size is out of bounds",                "", Limit::StructFields),
    ("rec group types size is out of bounds",              "", Limit::RecGroup),
    ("catches size is out of bounds",                      "", Limit::CatchClauses),
    ("resume table size is out of bounds",                 "", Limit::Handlers),
    ("array operands size is out of bounds",               "", Limit::ArrayOperands),
    ("br_table size is out of bounds",                     "", Limit::BrTable),
    ("string size out of bounds",                          "", Limit::Name),
    ("too many locals: locals exceed maximum",             "", Limit::Locals),
    ("number of elements is out of bounds",                "", Limit::Elements),
    ("data count section specifies too many data segments","", Limit::DataSegments),
    ("sub type hierarchy too deep",                        "", Limit::SupertypeDepth),
    ("effective type size exceeds",                        "", Limit::ImportsAndExports),
    ("implementation limit: too many",                     "", Limit::Types),
    ("",                              "type index too large", Limit::Types),
    ("", "type index greater than implementation limits",     Limit::Types),
];

/// Messages about a type of the wrong kind, up to its index.
#[rustfmt::skip]
const KINDS: &[(&str, TypeKind)] = &[
    ("expected struct type at index ", TypeKind::Struct),
    ("expected array type at index ",  TypeKind::Array),
    ("expected func type at index ",   TypeKind::Func),
    ("non-continuation type",          TypeKind::Cont),
    ("non-function type",              TypeKind::Func),
];

/// The word after `unknown` for each index space.
#[rustfmt::skip]
const SPACES: &[(&str, Space)] = &[
    ("function", Space::Func),
    ("local",    Space::Local),
    ("global",   Space::Global),
    ("table",    Space::Table),
    ("memory",   Space::Memory),
    ("tag",      Space::Tag),
    ("type",     Space::Type),
    ("elem",     Space::Elem),
    ("data",     Space::Data),
    ("label",    Space::Label),
    ("field",    Space::Field),
];

impl Verdict {
    /// Reads the message of an error.
    pub(crate) fn of(error: &BinaryReaderError) -> Verdict {
        // Hints follow in further lines.
        let message = error.message();
        let message = message.lines().next().unwrap_or("");
        exceeded(message)
            .map(Verdict::ExceedsLimit)
            .or_else(|| unknown_index(message))
            .or_else(|| wrong_kind(message))
            .or_else(|| rule(message).map(Verdict::Rule))
            .or_else(|| mismatch(message))
            .unwrap_or_else(|| {
                let rest = message.strip_prefix(MISMATCH);
                Verdict::Other { text: rest.unwrap_or(message).to_owned(), is_mismatch: rest.is_some() }
            })
    }

    /// The limit that is exceeded, or `None` if the module is invalid.
    pub(crate) fn limit(&self) -> Option<&Limit> {
        match self {
            Verdict::ExceedsLimit(limit) => Some(limit),
            _ => None,
        }
    }

    /// Whether wasmparser departs from the proposal: the types may be valid.
    pub(crate) fn is_departure(&self) -> bool {
        matches!(self, Verdict::Rule(Rule::DescriptorAddedBySubtype | Rule::DescriptorFinality))
    }

    /// Whether the types of operands or immediates do not match.
    pub(crate) fn is_type_mismatch(&self) -> bool {
        match self {
            Verdict::ValuesRemaining
            | Verdict::MissingOperand { .. }
            | Verdict::TypeMismatch { .. }
            | Verdict::CastToLabel { .. } => true,
            Verdict::Rule(rule) => rule.is_type_mismatch(),
            Verdict::Other { is_mismatch, .. } => *is_mismatch,
            _ => false,
        }
    }

    /// Whether the reason is a type. If a type is unknown or has an error, the verdict follows from that.
    pub(crate) fn is_about_types(&self) -> bool {
        self.is_type_mismatch()
            || match self {
                Verdict::ArraysDiffer { .. }
                | Verdict::SegmentMismatch { .. }
                | Verdict::WrongKindOfType { .. }
                | Verdict::Rule(Rule::TypeWithoutDescriptor) => true,
                Verdict::Other { text, .. } => text.contains("expected"),
                _ => false,
            }
    }

    /// The types that are expected and found, where the message has them.
    pub(crate) fn expected_and_found(&self) -> (Option<&str>, Option<&str>) {
        match self {
            Verdict::MissingOperand { expected } => (expected.as_deref(), None),
            Verdict::TypeMismatch { expected, found }
            | Verdict::ArraysDiffer { expected, found }
            | Verdict::SegmentMismatch { expected, found } => (Some(expected), Some(found)),
            _ => (None, None),
        }
    }
}

impl Rule {
    fn is_type_mismatch(self) -> bool {
        matches!(
            self,
            Rule::BrOnCastWithoutValue
                | Rule::BrOnNonNullWithoutReference
                | Rule::BrOnNonNullWithoutValue
                | Rule::BrTableArity
                | Rule::CastHierarchies
                | Rule::ContinuationArguments
                | Rule::ContinuationTypes
                | Rule::DataOfReferences
                | Rule::ElementsOfNumbers
                | Rule::IndirectCallTable
                | Rule::LabelWithoutReference
                | Rule::SelectOperandsDiffer
                | Rule::SelectOfReferences
                | Rule::Tables
                | Rule::TagAndLabel
                | Rule::TagWithParams
        )
    }

    /// Whether the rule is about a subtype and its supertype.
    pub(crate) fn is_about_subtypes(self) -> bool {
        matches!(
            self,
            Rule::FinalSupertype
                | Rule::SupertypeDefinedLater
                | Rule::SupertypeMismatch
                | Rule::SupertypeOfDescriptor
                | Rule::DescriptorAddedBySubtype
        )
    }
}

/// How the message of a type mismatch begins.
const MISMATCH: &str = "type mismatch: ";

/// The limit on the number of items in a section: `types count exceeds limit of 1000000`.
const COUNT: &str = " count exceeds limit of ";

fn exceeded(message: &str) -> Option<Limit> {
    if let Some((items, most)) = message.split_once(COUNT) {
        return Some(Limit::Count { items: items.to_owned(), most: most.parse().ok()? });
    }
    find(LIMITS, message)
}

fn rule(message: &str) -> Option<Rule> {
    // `table.init` and `table.copy` give no details.
    if message == "type mismatch" { Some(Rule::Tables) } else { find(RULES, message) }
}

/// The entry of a table for a message.
fn find<T: Clone>(table: &[(&str, &str, T)], message: &str) -> Option<T> {
    let is_it = |(start, then, _): &&(&str, &str, T)| {
        message.strip_prefix(start).is_some_and(|rest| rest.contains(then))
    };
    table.iter().find(is_it).map(|(.., found)| found.clone())
}

/// `unknown local 7: local index out of bounds`, with or without the number.
fn unknown_index(message: &str) -> Option<Verdict> {
    let rest = message.strip_prefix("unknown ")?;
    let word = rest.split([' ', ':']).next()?;
    let (_, space) = SPACES.iter().find(|(name, _)| *name == word)?;
    let mut digits = rest.split(':').next()?.split(|c: char| !c.is_ascii_digit());
    let index = digits.find(|digits| !digits.is_empty()).and_then(|digits| digits.parse().ok());
    Some(Verdict::UnknownIndex { space: *space, index })
}

fn wrong_kind(message: &str) -> Option<Verdict> {
    KINDS.iter().find_map(|&(start, expected)| {
        let rest = message.strip_prefix(start)?.trim_start();
        let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
        Some(Verdict::WrongKindOfType { expected, index: digits.parse().ok() })
    })
}

/// The messages with types or the index of a local in them.
fn mismatch(message: &str) -> Option<Verdict> {
    if let Some(index) = message.strip_prefix("uninitialized local: ") {
        return Some(Verdict::UninitializedLocal(index.parse().ok()?));
    }
    let pair = |rest: &str, between: &str| {
        let (expected, found) = rest.split_once(between)?;
        Some((expected.to_owned(), found.to_owned()))
    };
    if let Some(rest) = message.strip_prefix("array types do not match: expected ") {
        let (expected, found) = pair(rest, ", found ")?;
        return Some(Verdict::ArraysDiffer { expected, found });
    }
    if message.starts_with("invalid array.") {
        let (_, rest) = message.split_once(" type mismatch: expected ")?;
        let (expected, found) = pair(rest, ", found ")?;
        return Some(Verdict::SegmentMismatch { expected, found });
    }
    let rest = message.strip_prefix(MISMATCH)?;
    if rest.starts_with("values remaining") {
        return Some(Verdict::ValuesRemaining);
    }
    if let Some(rest) = rest.strip_prefix("casting to type ") {
        let (target, label) = pair(rest, ", but it does not match label result type ")?;
        return Some(Verdict::CastToLabel { target, label });
    }
    let rest = rest.strip_prefix("expected ")?;
    if let Some(expected) = rest.strip_suffix(" but nothing on stack") {
        let expected = (expected != "a type").then(|| expected.to_owned());
        return Some(Verdict::MissingOperand { expected });
    }
    let (expected, found) = pair(rest, ", found ").or_else(|| pair(rest, " but found "))?;
    Some(Verdict::TypeMismatch { expected, found })
}

/// A text of wasmparser with the types of the module replaced: it prints `(ref null (module 3))` or `(id 5)`,
/// and `name` returns what the source calls that.
pub(crate) fn with_type_names(text: &str, name: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = ["(module ", "(id ", "(recgroup "].iter().filter_map(|start| rest.find(start)).min()
    {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(close) = rest.find(')') else { break };
        out.push_str(&name(&rest[..=close]));
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
    out
}

/// The index in `(module 3)`, which is how wasmparser prints a type by its index.
pub(crate) fn module_index(text: &str) -> Option<u32> {
    text.strip_prefix("(module ")?.strip_suffix(')')?.parse().ok()
}
