//! wasmparser's verdicts in the words of the text format, where no rule says more.

/// Verdicts, as they are or as they begin, and what is said instead.
#[rustfmt::skip]
const VERDICTS: &[(&str, &str)] = &[
    ("invalid exception type: non-empty tag result type",   "the type of a tag cannot have results"),
    ("invalid result arity",                                "there must be exactly one result type"),
    ("invalid rethrow label",                               "the label must be that of a legacy `try` in whose `catch` this is"),
    ("invalid cast: cannot cast to a continuation type",    "a value cannot be cast to a continuation type"),
    ("cast target must have descriptor",                    "the type that is cast to must have a descriptor"),
    ("expected type with descriptor",                       "the type must have a descriptor"),
    ("type mismatch: br_on_cast to label with empty types", "type mismatch: the label must take a reference last: expected a reference type, found []"),
    ("type mismatch: br_on_non_null target has no label",   "type mismatch: the label must take a reference last: expected a reference type, found []"),
    ("type mismatch: br_on_non_null target does not end",   "type mismatch: the label must take a reference last"),
    ("type mismatch: array.new_elem can only create",       "type mismatch: the elements of the array type must be references"),
    ("type mismatch: array.init_elem can only create",      "type mismatch: the elements of the array type must be references"),
    ("type mismatch: array.new_data can only create",       "type mismatch: the elements of the array type must be numbers or vectors"),
    ("invalid array.init_data: array type is not numeric",  "type mismatch: the elements of the array type must be numbers or vectors"),
    ("type mismatch: expected a reference type, found nothing", "type mismatch: the label must take a reference last: expected a reference type, found []"),
    ("shared tables must have a shared element type",       "the elements of a shared table must be shared too"),
    ("shared functions cannot access unshared",             "a shared function cannot use what is not shared"),
    ("shared globals must have a shared value type",        "the type of a shared global must be shared too"),
    ("forward describes reference",                         "a type can only describe one that is defined before it"),
    ("descriptor with no matching describes",               "the descriptor of this type does not say `describes` of it"),
    ("describes with no matching descriptor",               "the type that this one describes does not have it as its `descriptor`"),
];

/// What is said instead of a verdict.
pub(crate) fn in_words(message: &str) -> &str {
    VERDICTS.iter().find(|(verdict, _)| message.starts_with(verdict)).map_or(message, |(_, words)| words)
}
