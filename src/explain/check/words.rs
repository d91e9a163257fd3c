//! Verdicts and limits in the words of the text format, where no rule says more.

use super::verdict::{Limit, Rule, Verdict};

/// The words for a verdict, without the prefix of a type mismatch. `name` names the types in it.
pub(super) fn of(verdict: &Verdict, name: &dyn Fn(&str) -> String) -> String {
    match verdict {
        Verdict::ExceedsLimit(limit) => of_limit(limit),
        Verdict::UnknownIndex { space, index: Some(index) } => {
            format!("unknown {} {index}", space.describe())
        }
        Verdict::UnknownIndex { space, index: None } => format!("unknown {}", space.describe()),
        Verdict::UninitializedLocal(index) => format!("the local {index} is read before it is set"),
        Verdict::ValuesRemaining => "values are left over at the end of the block".to_owned(),
        Verdict::MissingOperand { expected: Some(expected) } => {
            format!("expected {}, found nothing", name(expected))
        }
        Verdict::MissingOperand { expected: None } => "expected a value, found nothing".to_owned(),
        Verdict::TypeMismatch { expected, found } => {
            format!("expected {}, found {}", name(expected), name(found))
        }
        Verdict::CastToLabel { target, label } => format!(
            "the target of the cast must match the label: expected {}, found {}",
            name(label),
            name(target)
        ),
        Verdict::ArraysDiffer { expected, found } => {
            format!("array types do not match: expected {}, found {}", name(expected), name(found))
        }
        Verdict::SegmentMismatch { expected, found } => format!(
            "the segment has elements of another type: expected {}, found {}",
            name(expected),
            name(found)
        ),
        Verdict::WrongKindOfType { expected, .. } => {
            format!("expected a type of another kind: {}", expected.describe())
        }
        Verdict::Rule(rule) => of_rule(*rule).to_owned(),
        Verdict::OwnRule(_, text) => (*text).to_owned(),
        Verdict::Other { text, .. } => name(text),
    }
}

/// The words for a verdict, with the prefix of a type mismatch.
pub(super) fn full(verdict: &Verdict) -> String {
    with_prefix(verdict, &of(verdict, &str::to_owned))
}

/// Adds the prefix of a type mismatch to the words for a verdict.
pub(super) fn with_prefix(verdict: &Verdict, text: &str) -> String {
    if verdict.is_type_mismatch() { format!("type mismatch: {text}") } else { text.to_owned() }
}

const NO_REFERENCE: &str = "the label must take a reference last: expected a reference type, found []";
const NO_NUMBERS: &str = "the elements of the array type must be numbers or vectors";

fn of_rule(rule: Rule) -> &'static str {
    match rule {
        Rule::AlignmentNotMaximal => "the alignment of an atomic instruction must be the natural one",
        Rule::AlignmentTooLarge => "the alignment must not be larger than the natural one",
        Rule::ArrayImmutable => "the elements of the array are immutable",
        Rule::CastToContinuation => "a value cannot be cast to a continuation type",
        Rule::FieldImmutable => "the field is immutable",
        Rule::GlobalImmutable => "the global is immutable",
        Rule::LaneOutOfRange => "the lane is out of range",
        Rule::NotDefaultable => "the type has no default value",
        Rule::OffsetOutOfRange => "the offset is out of range",
        Rule::PackedAccess => "the instruction does not fit the storage type",
        Rule::RethrowLabel => "the label must be that of a legacy `try` in whose `catch` this is",
        Rule::SelectArity => "there must be exactly one result type",
        Rule::UndeclaredFunction => "the function is not declared as one that `ref.func` may refer to",
        Rule::UnsharedAccess => "a shared function cannot use what is not shared",
        Rule::BrOnCastWithoutValue | Rule::BrOnNonNullWithoutValue | Rule::LabelWithoutReference => {
            NO_REFERENCE
        }
        Rule::BrOnNonNullWithoutReference => "the label must take a reference last",
        Rule::BrTableArity => "the labels of `br_table` take different numbers of values",
        Rule::CastHierarchies => "a value of another hierarchy can never have the type",
        Rule::ContinuationArguments | Rule::ContinuationTypes => {
            "the types of the continuations do not match"
        }
        Rule::DataOfReferences => NO_NUMBERS,
        Rule::InitDataOfReferences => {
            "type mismatch: the elements of the array type must be numbers or vectors"
        }
        Rule::ElementsOfNumbers => "the elements of the array type must be references",
        Rule::IndirectCallTable => "an indirect call goes through a table of functions",
        Rule::SelectOperandsDiffer => "the first two operands of `select` must have the same type",
        Rule::SelectOfReferences => "`select` without a type takes numbers and vectors only",
        Rule::Tables => "the elements do not match",
        Rule::TagAndLabel => "the label must take the parameters of the tag",
        Rule::TagWithParams => "the tag must have no parameters",
        Rule::DescribedWithoutDescriptor => "the described type must have a `descriptor` clause for this one",
        Rule::DescriptorNotDescribing => "the descriptor of this type must have a `describes` clause for it",
        Rule::FinalSupertype => "a final type cannot have subtypes",
        Rule::ForwardDescribes => "a type can only describe one that is defined before it",
        Rule::SharedGlobalType => "the type of a shared global must be shared too",
        Rule::SharedTableElements => "the elements of a shared table must be shared too",
        Rule::SupertypeDefinedLater => "a supertype must be defined before its subtypes",
        Rule::SupertypeMismatch => "the type does not match its supertype",
        Rule::SupertypeOfDescriptor => "the descriptor of a subtype must match that of its supertype",
        Rule::TagWithResults => "the type of a tag cannot have results",
        Rule::TargetWithoutDescriptor => "the type that is cast to must have a descriptor",
        Rule::TypeWithoutDescriptor => "the type must have a descriptor",
        Rule::DescriptorAddedBySubtype => "the supertype of a type with a descriptor must have a descriptor",
        Rule::DescriptorFinality => "a descriptor must be final exactly if the described type is",
    }
}

/// The words for a limit.
pub(super) fn of_limit(limit: &Limit) -> String {
    let text = match limit {
        Limit::Count { items, most } => return format!("a module has at most {most} {items}"),
        Limit::Params => "a function type has at most 1000 parameters",
        Limit::Results => "a function type has at most 1000 results",
        Limit::StructFields => "a struct type has at most 10000 fields",
        Limit::RecGroup => "a `rec` group has at most 1000000 types",
        Limit::CatchClauses => "a `try_table` has at most 10000 clauses",
        Limit::Handlers => "a `resume` has at most 10000 handlers",
        Limit::ArrayOperands => "an `array.new_fixed` has at most 10000 operands",
        Limit::BrTable => "a `br_table` has at most 7654321 labels",
        Limit::Name => "a name has at most 100000 bytes",
        Limit::Locals => "a function has at most 50000 parameters and locals",
        Limit::Elements => "an element segment has at most 10000000 elements",
        Limit::DataSegments => "a module has at most 100000 data segments",
        Limit::SupertypeDepth => "a type has at most 63 supertypes",
        Limit::ImportsAndExports => {
            "the types of all imports and exports have at most 1000000 parts together"
        }
        Limit::Types => "a module has at most 1000000 types",
    };
    text.to_owned()
}
