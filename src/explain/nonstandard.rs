//! Words of other tools and of proposals that did not become standard, and what standard text has.
//!
//! Nothing else is meant by them, however close it may be spelt.

/// Who knows a word that is not standard.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The intermediate language of Binaryen, as it prints it.
    Binaryen,
    /// The proposal of reference-typed strings.
    StringRef,
    /// An early form of typed continuations.
    Continuations,
}

impl Origin {
    /// What kind of word it is, as a clause.
    pub(crate) fn describe(self) -> &'static str {
        match self {
            Origin::Binaryen => "is known to Binaryen only and is not standard",
            Origin::StringRef => "belongs to the proposal of string references, which is not standard",
            Origin::Continuations => "belongs to an early form of the stack switching proposal",
        }
    }
}

const STRINGS: &str =
    "keep strings in an `externref` and import the functions of `wasm:js-string`, or use an `(array i8)`";
const TUPLES: &str = "values follow each other on the operand stack; keep each in a local of its own";

/// Instructions; a word that ends with a dot stands for all that begin with it.
#[rustfmt::skip]
const INSTRUCTIONS: &[(&str, Origin, &str)] = &[
    ("pop",                     Origin::Binaryen,   "the values of an exception are on the operand stack where `catch` begins; remove the `pop`"),
    ("tuple.make",              Origin::Binaryen,   "write the operands alone: values follow each other on the operand stack"),
    ("tuple.extract",           Origin::Binaryen,   TUPLES),
    ("tuple.drop",              Origin::Binaryen,   "write one `drop` for each value"),
    ("tuple.",                  Origin::Binaryen,   TUPLES),
    ("call_without_effects",    Origin::Binaryen,   "write `call_ref`"),
    ("call.without.effects",    Origin::Binaryen,   "write `call_ref`"),
    ("string.",                 Origin::StringRef,  STRINGS),
    ("stringview_wtf8.",        Origin::StringRef,  STRINGS),
    ("stringview_wtf16.",       Origin::StringRef,  STRINGS),
    ("stringview_iter.",        Origin::StringRef,  STRINGS),
    ("stringview.",             Origin::StringRef,  STRINGS),
    ("barrier",                 Origin::Continuations, "write a `block` in its place"),
];

/// Types.
#[rustfmt::skip]
const TYPES: &[(&str, Origin, &str)] = &[
    ("tuple",               Origin::Binaryen,   "write the types one after the other, as several locals, parameters or results"),
    ("stringref",           Origin::StringRef,  STRINGS),
    ("stringview_wtf8",     Origin::StringRef,  STRINGS),
    ("stringview_wtf16",    Origin::StringRef,  STRINGS),
    ("stringview_iter",     Origin::StringRef,  STRINGS),
    ("stringview_wtf8ref",  Origin::StringRef,  STRINGS),
    ("stringview_wtf16ref", Origin::StringRef,  STRINGS),
    ("stringview_iterref",  Origin::StringRef,  STRINGS),
];

/// Who knows the instruction, and what standard text has instead.
pub(crate) fn nonstandard(word: &str) -> Option<(Origin, &'static str)> {
    let is_it = |name: &str| word == name || name.ends_with('.') && word.starts_with(name);
    INSTRUCTIONS.iter().find(|(name, ..)| is_it(name)).map(|(_, origin, instead)| (*origin, *instead))
}

/// Who knows the type, and what standard text has instead.
pub(crate) fn nonstandard_type(word: &str) -> Option<(Origin, &'static str)> {
    TYPES.iter().find(|(name, ..)| *name == word).map(|(_, origin, instead)| (*origin, *instead))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instr::Op;

    #[test]
    fn no_standard_instruction_is_among_them() {
        assert!(Op::all().all(|op| nonstandard(op.mnemonic()).is_none()));
        assert!(nonstandard("tuple.make").is_some() && nonstandard("string.new_wtf16_array").is_some());
        assert!(nonstandard("strings").is_none());
    }
}
