//! Words of other tools and of proposals that did not become standard, with their standard equivalents.
//!
//! These words are not misspellings, whatever they resemble.

/// The origin of a word that is not standard.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The intermediate language that Binaryen prints.
    Binaryen,
    /// The proposal of reference-typed strings.
    StringRef,
    /// An early version of typed continuations.
    Continuations,
}

impl Origin {
    /// Describes the word, as a clause.
    pub(crate) fn describe(self) -> &'static str {
        match self {
            Origin::Binaryen => "is known to Binaryen only and is not standard",
            Origin::StringRef => "is from the proposal of string references, which is not standard",
            Origin::Continuations => "is from an early version of the stack switching proposal",
        }
    }
}

const STRINGS: &str =
    "keep strings in an `externref` and import the functions of `wasm:js-string`, or use an `(array i8)`";
const TUPLES: &str = "values follow each other on the operand stack; keep each in a local of its own";

/// Instructions. A word that ends with a dot is a prefix.
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

/// Returns the origin of an instruction, and its standard equivalent. `None` for any other word.
pub(crate) fn nonstandard(word: &str) -> Option<(Origin, &'static str)> {
    let is_it = |name: &str| word == name || name.ends_with('.') && word.starts_with(name);
    INSTRUCTIONS.iter().find(|(name, ..)| is_it(name)).map(|(_, origin, instead)| (*origin, *instead))
}

/// Returns the origin of a type, and its standard equivalent. `None` for any other word.
pub(crate) fn nonstandard_type(word: &str) -> Option<(Origin, &'static str)> {
    TYPES.iter().find(|(name, ..)| *name == word).map(|(_, origin, instead)| (*origin, *instead))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instr::Op;

    #[test]
    fn no_standard_instruction_is_listed() {
        assert!(Op::all().all(|op| nonstandard(op.mnemonic()).is_none()));
        assert!(nonstandard("tuple.make").is_some() && nonstandard("string.new_wtf16_array").is_some());
        assert!(nonstandard("strings").is_none());
    }
}
