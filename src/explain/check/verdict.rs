//! The only reader of wasmparser's messages. All other files match on [`Verdict`].
//!
//! The test has a module for every message, so that a new version of wasmparser fails in one place.

use crate::diagnostic::Code;
use crate::resolve::IndexSpace;
use wasmparser::BinaryReaderError;

/// The reason why wasmparser rejects a module. Types in fields are as wasmparser prints them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Verdict {
    /// An implementation limit is exceeded; the module may be valid.
    ExceedsLimit(Limit),
    /// An index is out of range. The message may lack its value.
    UnknownIndex { space: IndexSpace, index: Option<u64> },
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
pub(super) enum TypeKind {
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
pub(super) enum Limit {
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

/// The start of the message of each rule, and a part of the rest.
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

/// The start of the message of each limit, and a part of the rest.
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
const SPACES: &[(&str, IndexSpace)] = &[
    ("function", IndexSpace::Func),
    ("local",    IndexSpace::Local),
    ("global",   IndexSpace::Global),
    ("table",    IndexSpace::Table),
    ("memory",   IndexSpace::Memory),
    ("tag",      IndexSpace::Tag),
    ("type",     IndexSpace::Type),
    ("elem",     IndexSpace::Elem),
    ("data",     IndexSpace::Data),
    ("label",    IndexSpace::Label),
    ("field",    IndexSpace::Field),
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
    pub(super) fn is_departure(&self) -> bool {
        matches!(self, Verdict::Rule(Rule::DescriptorAddedBySubtype | Rule::DescriptorFinality))
    }

    /// Whether the types of operands or immediates do not match.
    pub(super) fn is_type_mismatch(&self) -> bool {
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
    pub(super) fn is_about_types(&self) -> bool {
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
    pub(super) fn expected_and_found(&self) -> (Option<&str>, Option<&str>) {
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
    pub(super) fn is_about_subtypes(self) -> bool {
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

/// The start of the message of a type mismatch.
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

/// Replaces the types of the module in a text of wasmparser, which prints `(ref null (module 3))` or `(id 5)`. `name`
/// returns the name of the type in the source.
pub(super) fn with_type_names(text: &str, name: impl Fn(&str) -> String) -> String {
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
pub(super) fn module_index(text: &str) -> Option<u32> {
    text.strip_prefix("(module ")?.strip_suffix(')')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Rule as R;
    use wasmparser::{Validator, WasmFeatures};

    /// The verdict on a module and the message of wasmparser, or `None` if the module is valid.
    fn verdict_on(bytes: &[u8], features: WasmFeatures) -> Option<(Verdict, String)> {
        let error = Validator::new_with_features(features).validate_all(bytes).err()?;
        Some((Verdict::of(&error), error.message().to_owned()))
    }

    fn assembled(text: &str) -> Vec<u8> {
        let assembled = crate::Assembler::new().validate(false).assemble(text);
        assembled.unwrap_or_else(|errors| panic!("{text}: {errors:?}")).into_bytes()
    }

    /// A module with one section.
    fn section(id: u8, content: &[u8]) -> Vec<u8> {
        let mut bytes = b"\0asm\x01\0\0\0".to_vec();
        bytes.push(id);
        wasm_encoder::Encode::encode(&content.len(), &mut bytes);
        bytes.extend_from_slice(content);
        bytes
    }

    /// The start of a section, and a number that is too large.
    fn too_many(before: &[u8], number: u32) -> Vec<u8> {
        let mut content = before.to_vec();
        wasm_encoder::Encode::encode(&number, &mut content);
        content
    }

    fn text(value: &str) -> String {
        value.to_owned()
    }

    /// Modules in text, the features that are disabled for them, and the verdicts on them.
    fn modules() -> Vec<(String, WasmFeatures, Verdict)> {
        let none = WasmFeatures::empty();
        let mut all: Vec<(&str, WasmFeatures, Verdict)> = Vec::new();
        let mut add = |text: &'static str, verdict: Verdict| all.push((text, none, verdict));
        let unknown = |space, index| Verdict::UnknownIndex { space, index };
        add("(func (call 7))", unknown(IndexSpace::Func, Some(7)));
        add("(func (drop (local.get 7)))", unknown(IndexSpace::Local, Some(7)));
        add("(func (drop (global.get 7)))", unknown(IndexSpace::Global, None));
        add("(export \"g\" (global 7))", unknown(IndexSpace::Global, Some(7)));
        add("(func (drop (table.size 7)))", unknown(IndexSpace::Table, Some(7)));
        add("(func (drop (memory.size 7)))", unknown(IndexSpace::Memory, Some(7)));
        add("(func (throw 7))", unknown(IndexSpace::Tag, Some(7)));
        add("(func (drop (ref.null 7)))", unknown(IndexSpace::Type, Some(7)));
        add("(func (drop (struct.new 7)))", unknown(IndexSpace::Type, None));
        add("(func (elem.drop 7))", unknown(IndexSpace::Elem, Some(7)));
        add("(memory 1) (data \"\") (func (data.drop 7))", unknown(IndexSpace::Data, Some(7)));
        add("(func (br 7))", unknown(IndexSpace::Label, None));
        add(
            "(type (struct (field i32))) (func (drop (struct.get 0 7 (unreachable))))",
            unknown(IndexSpace::Field, None),
        );
        add("(func (local (ref func)) (drop (local.get 0)))", Verdict::UninitializedLocal(0));
        add("(func (i32.const 1))", Verdict::ValuesRemaining);
        add("(func (drop))", Verdict::MissingOperand { expected: None });
        add("(func (result i32))", Verdict::MissingOperand { expected: Some(text("i32")) });
        let mismatch = |expected: &str, found: &str| Verdict::TypeMismatch {
            expected: text(expected),
            found: text(found),
        };
        add("(func (result i32) (i64.const 1))", mismatch("i32", "i64"));
        add("(func (ref.as_non_null (i32.const 1)) (drop))", mismatch("ref", "i32"));
        add("(func (drop (ref.eq (ref.null func) (ref.null eq))))", mismatch("subtype of eqref", "funcref"));
        add(
            "(func (drop (block (result (ref func)) (br_on_cast 0 anyref eqref (ref.null any)) (unreachable))))",
            Verdict::CastToLabel { target: text("eqref"), label: text("(ref func)") },
        );
        add(
            "(type $a (array (mut i32))) (type $b (array i64)) (func (param (ref $a) (ref $b)) (array.copy $a $b (local.get 0) (i32.const 0) (local.get 1) (i32.const 0) (i32.const 0)))",
            Verdict::ArraysDiffer { expected: text("i32"), found: text("i64") },
        );
        add(
            "(type $a (array funcref)) (elem externref) (func (drop (array.new_elem $a 0 (i32.const 0) (i32.const 0))))",
            Verdict::SegmentMismatch { expected: text("funcref"), found: text("externref") },
        );
        let kind = |expected, index| Verdict::WrongKindOfType { expected, index };
        add("(type (func)) (func (drop (struct.new 0)))", kind(TypeKind::Struct, Some(0)));
        add(
            "(type (func)) (func (drop (array.len (array.new_default 0 (i32.const 1)))))",
            kind(TypeKind::Array, Some(0)),
        );
        add("(type (struct)) (func (call_ref 0 (unreachable)))", kind(TypeKind::Func, Some(0)));
        add("(type (func)) (func (resume 0 (unreachable)))", kind(TypeKind::Cont, Some(0)));
        add("(type (struct)) (type (cont 0))", kind(TypeKind::Func, Some(0)));

        let mut add = |text: &'static str, rule: Rule| all.push((text, none, Verdict::Rule(rule)));
        add(
            "(memory 1 1 shared) (func (drop (i32.atomic.load align=2 (i32.const 0))))",
            R::AlignmentNotMaximal,
        );
        add("(memory 1) (func (drop (i32.load align=8 (i32.const 0))))", R::AlignmentTooLarge);
        add("(type (array i32)) (func (array.set 0 (unreachable)))", R::ArrayImmutable);
        add(
            "(type $f (func)) (type $c (cont $f)) (func (drop (ref.cast (ref $c) (unreachable))))",
            R::CastToContinuation,
        );
        add("(type (struct (field i32))) (func (struct.set 0 0 (unreachable)))", R::FieldImmutable);
        add("(global i32 (i32.const 0)) (func (global.set 0 (i32.const 0)))", R::GlobalImmutable);
        add("(func (drop (i8x16.extract_lane_s 16 (unreachable))))", R::LaneOutOfRange);
        add("(type (struct (field (ref func)))) (func (drop (struct.new_default 0)))", R::NotDefaultable);
        add("(type (array (ref func))) (func (drop (array.new_default 0 (i32.const 1))))", R::NotDefaultable);
        add("(memory 1) (func (drop (i32.load offset=4294967296 (i32.const 0))))", R::OffsetOutOfRange);
        add("(type (struct (field i8))) (func (drop (struct.get 0 0 (unreachable))))", R::PackedAccess);
        add("(type (struct (field i32))) (func (drop (struct.get_s 0 0 (unreachable))))", R::PackedAccess);
        add("(type (array i16)) (func (drop (array.get 0 (unreachable))))", R::PackedAccess);
        add("(type (array i32)) (func (drop (array.get_u 0 (unreachable))))", R::PackedAccess);
        add("(func (rethrow 0))", R::RethrowLabel);
        add("(func (drop (select (result i32 i32) (unreachable))))", R::SelectArity);
        add("(func $f (drop (ref.func $f)))", R::UndeclaredFunction);
        add(
            "(type $f (shared (func))) (global (mut i32) (i32.const 0)) (func (type $f) (drop (global.get 0)))",
            R::UnsharedAccess,
        );
        add("(func (br_on_cast 0 anyref eqref (unreachable)))", R::BrOnCastWithoutValue);
        add("(func (result i32) (br_on_non_null 0 (unreachable)))", R::BrOnNonNullWithoutReference);
        add("(func (br_on_non_null 0 (unreachable)))", R::BrOnNonNullWithoutValue);
        add(
            "(func (block (result i32) (block (br_table 0 1 (i32.const 0))) (unreachable)) (drop))",
            R::BrTableArity,
        );
        add(
            "(func (drop (block (result anyref) (br_on_cast 0 anyref funcref (unreachable)))))",
            R::CastHierarchies,
        );
        add(
            "(type $f (func (param i32))) (type $c (cont $f)) (type $g (func (param i64))) (type $d (cont $g)) (func (drop (cont.bind $c $d (unreachable))))",
            R::ContinuationTypes,
        );
        add(
            "(type $f (func)) (type $c (cont $f)) (type $g (func (param i64))) (type $d (cont $g)) (func (drop (cont.bind $c $d (unreachable))))",
            R::ContinuationArguments,
        );
        add(
            "(type $f (func (result i32))) (type $c (cont $f)) (type $g (func (param (ref null $c)) (result i64))) (type $d (cont $g)) (tag $t) (func (switch $d $t (unreachable)))",
            R::ContinuationTypes,
        );
        add(
            "(type (array funcref)) (data \"\") (func (drop (array.new_data 0 0 (unreachable))))",
            R::DataOfReferences,
        );
        add(
            "(type (array i32)) (elem funcref) (func (drop (array.new_elem 0 0 (unreachable))))",
            R::ElementsOfNumbers,
        );
        add(
            "(type (array (mut i32))) (elem funcref) (func (array.init_elem 0 0 (unreachable)))",
            R::ElementsOfNumbers,
        );
        add(
            "(type (func)) (table 1 externref) (func (call_indirect (type 0) (i32.const 0)))",
            R::IndirectCallTable,
        );
        add(
            "(type (array (mut funcref))) (data \"\") (func (array.init_data 0 0 (unreachable)))",
            R::InitDataOfReferences,
        );
        add("(func (br_on_cast_fail 0 anyref eqref (unreachable)))", R::LabelWithoutReference);
        add("(func (drop (select (i32.const 0) (i64.const 0) (i32.const 0))))", R::SelectOperandsDiffer);
        add("(func (drop (select (ref.null func) (ref.null func) (i32.const 0))))", R::SelectOfReferences);
        add("(table 1 funcref) (table 1 externref) (func (table.copy 0 1 (unreachable)))", R::Tables);
        add("(table 1 funcref) (elem externref) (func (table.init 0 0 (unreachable)))", R::Tables);
        add(
            "(type $f (func)) (type $c (cont $f)) (tag $t (param i32)) (func (drop (block (result (ref $c)) (resume $c (on $t 0) (unreachable)) (unreachable))))",
            R::TagAndLabel,
        );
        add(
            "(rec (type $f (func (param (ref null $c)))) (type $c (cont $f))) (tag $t (param i32)) (func (switch $c $t (unreachable)))",
            R::TagWithParams,
        );
        add("(rec (type $a (struct)) (type $b (describes $a) (struct)))", R::DescribedWithoutDescriptor);
        add("(rec (type $a (descriptor $b) (struct)) (type $b (struct)))", R::DescriptorNotDescribing);
        add("(type $a (struct)) (type (sub $a (struct)))", R::FinalSupertype);
        add(
            "(rec (type $b (describes $a) (struct)) (type $a (descriptor $b) (struct)))",
            R::ForwardDescribes,
        );
        add("(global (shared funcref) (ref.null func))", R::SharedGlobalType);
        add("(table shared 1 1 funcref)", R::SharedTableElements);
        add("(rec (type $a (sub $b (struct))) (type $b (sub (struct))))", R::SupertypeDefinedLater);
        add("(type $a (sub (struct (field i32)))) (type (sub $a (struct)))", R::SupertypeMismatch);
        add(
            "(rec (type $a (sub (descriptor $b) (struct))) (type $b (sub (describes $a) (struct)))) (type (sub $a (struct)))",
            R::SupertypeOfDescriptor,
        );
        add("(tag (result i32)) (func (throw 0))", R::TagWithResults);
        add(
            "(type $a (struct)) (func (param anyref) (drop (ref.cast_desc_eq (ref $a) (local.get 0) (unreachable))))",
            R::TargetWithoutDescriptor,
        );
        add("(type $a (struct)) (func (drop (ref.get_desc $a (unreachable))))", R::TypeWithoutDescriptor);
        add(
            "(type $s (sub (struct))) (rec (type $a (sub $s (descriptor $b) (struct))) (type $b (describes $a) (struct)))",
            R::DescriptorAddedBySubtype,
        );
        add(
            "(rec (type $a (sub (descriptor $b) (struct))) (type $b (describes $a) (struct)))",
            R::DescriptorFinality,
        );
        let other = |text: &str, is_mismatch| Verdict::Other { text: text.to_owned(), is_mismatch };
        all.push(("(memory 2 1)", none, other("size minimum must not be greater than maximum", false)));
        all.push(("(table 1 (ref func))", none, other("non-defaultable element type", true)));
        // Without custom descriptors the second type of the branch must be a subtype of the first.
        all.push((
            "(func (drop (block (result anyref) (br_on_cast 0 eqref anyref (unreachable)))))",
            WasmFeatures::CUSTOM_DESCRIPTORS,
            mismatch("eqref", "anyref"),
        ));
        all.into_iter().map(|(text, without, verdict)| (text.to_owned(), without, verdict)).collect()
    }

    fn of_text() -> Vec<(String, Verdict)> {
        let types = |n: usize| {
            let chain = (1..n).map(|at| format!("(type (sub {} (struct)))", at - 1));
            format!("(type (sub (struct))){}", chain.collect::<String>())
        };
        let limit = Verdict::ExceedsLimit;
        vec![
            (format!("(type (func (param {})))", "i32 ".repeat(1001)), limit(Limit::Params)),
            (format!("(type (func (result {})))", "i32 ".repeat(1001)), limit(Limit::Results)),
            (format!("(type (struct (field {})))", "i32 ".repeat(10_001)), limit(Limit::StructFields)),
            (
                format!("(func (try_table {} (unreachable)))", "(catch_all 0)".repeat(10_001)),
                limit(Limit::CatchClauses),
            ),
            (
                format!(
                    "(type $f (func)) (type $c (cont $f)) (tag $t) (func (resume $c {} (unreachable)))",
                    "(on $t switch)".repeat(10_001)
                ),
                limit(Limit::Handlers),
            ),
            (format!("(func (local {}))", "i32 ".repeat(50_001)), limit(Limit::Locals)),
            (types(65), limit(Limit::SupertypeDepth)),
            (format!("(import \"\" \"{}\" (func))", "n".repeat(100_001)), limit(Limit::Name)),
        ]
    }

    /// Limits that only a module made by hand reaches in little time.
    fn by_hand() -> Vec<(Vec<u8>, Verdict)> {
        let limit = Verdict::ExceedsLimit;
        let count = |items: &str, most| limit(Limit::Count { items: text(items), most });
        let mut code = b"\x01\x04\x01\x60\0\0\x03\x02\x01\0\x0a\x09\x01\x07\0\x0e".to_vec();
        code.splice(..0, *b"\0asm\x01\0\0\0");
        code.extend(too_many(&[], 7_654_322));
        code.push(0x0b);
        vec![
            (section(1, &too_many(&[], 1_000_001)), count("types", 1_000_000)),
            (section(2, &too_many(&[], 1_000_001)), count("imports", 1_000_000)),
            (section(7, &too_many(&[], 1_000_001)), count("exports", 1_000_000)),
            (section(5, &too_many(&[], 101)), count("memories", 100)),
            (section(1, &too_many(&[1, 0x4e], 1_000_001)), limit(Limit::RecGroup)),
            (section(12, &too_many(&[], 100_001)), limit(Limit::DataSegments)),
            (code, limit(Limit::BrTable)),
        ]
    }

    /// Messages that no small module provokes: their limits take a module of megabytes to reach.
    const NOT_PROVOKED: &[(&str, Limit)] = &[
        ("number of elements is out of bounds", Limit::Elements),
        ("effective type size exceeds the limit of 1000000", Limit::ImportsAndExports),
        ("implementation limit: type index too large", Limit::Types),
        ("type index greater than implementation limits", Limit::Types),
        ("implementation limit: too many types in a recursion group", Limit::Types),
    ];

    #[test]
    fn every_message_of_wasmparser_gives_its_verdict() {
        let all = WasmFeatures::all();
        let mut wrong = Vec::new();
        let mut messages = Vec::new();
        let mut check =
            |name: &str, bytes: &[u8], features, expected: &Verdict| match verdict_on(bytes, features) {
                Some((found, message)) if found == *expected => messages.push(message),
                Some((found, message)) => {
                    wrong.push(format!(
                        "{name:.200}\n    {message}\n    expected {expected:?}, found {found:?}"
                    ));
                }
                None => wrong.push(format!("{name:.200}\n    expected {expected:?}, found a valid module")),
            };
        for (text, without, expected) in modules() {
            check(&text, &assembled(&text), all - without, &expected);
        }
        for (text, expected) in of_text() {
            check(&text, &assembled(&text), all, &expected);
        }
        for (bytes, expected) in by_hand() {
            check("a module made by hand", &bytes, all, &expected);
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        // wasmparser reads the immediates, but has no limit of its own.
        let array = too_many(&[0xfb, 8, 0], 10_001);
        let error = crate::validate::limits::check_array(&array, 0).expect_err("too many operands");
        assert_eq!(Verdict::of(&error), Verdict::ExceedsLimit(Limit::ArrayOperands));
        messages.push(error.message().to_owned());
        for (message, limit) in NOT_PROVOKED {
            assert_eq!(exceeded(message).as_ref(), Some(limit), "{message}");
            messages.push((*message).to_owned());
        }
        let mut rows: Vec<(&str, &str)> = RULES.iter().map(|&(start, then, _)| (start, then)).collect();
        rows.extend(LIMITS.iter().map(|(start, then, _)| (*start, *then)));
        rows.extend(KINDS.iter().map(|&(start, _)| (start, "")));
        rows.extend(SPACES.iter().map(|&(word, _)| ("unknown ", word)));
        for (start, then) in rows {
            let is_it =
                |message: &String| message.strip_prefix(start).is_some_and(|rest| rest.contains(then));
            assert!(messages.iter().any(is_it), "no module provokes `{start}{then}`");
        }
    }
}
