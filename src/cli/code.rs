//! Codes of diagnostics on the command line.

use crate::diagnostic::{Code, UnknownCode};
use clap::builder::{PossibleValue, TypedValueParser};
use std::ffi::OsStr;

/// The codes that a word names: one, or an error and a warning with the same number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Codes(pub(super) Vec<Code>);

/// Parses a code in the forms in which messages and people write it: `E0301`, `e0301`, `[E0301]` or `301`.
#[derive(Clone)]
pub(super) struct CodeParser;

impl TypedValueParser for CodeParser {
    type Value = Codes;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<Codes, clap::Error> {
        codes_of.parse_ref(command, arg, value)
    }

    /// The codes, for completions.
    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Code::ALL.iter().map(|code| PossibleValue::new(code.as_str()).help(code.summary()))))
    }
}

/// Returns the codes that a word names. A number names an error, a warning, or both.
fn codes_of(word: &str) -> Result<Codes, UnknownCode> {
    let word = word.trim_matches(['[', ']', ':']);
    if !word.is_empty() && word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit()) {
        let numbered = |code: &&Code| code.as_str()[1..] == format!("{word:0>4}");
        let codes: Vec<Code> = Code::ALL.iter().filter(numbered).copied().collect();
        if !codes.is_empty() {
            return Ok(Codes(codes));
        }
    }
    word.parse().map(|code| Codes(vec![code]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_in_the_forms_of_messages() {
        for word in ["E0301", "e0301", "[E0301]", "301", "0301", "E0301:"] {
            assert_eq!(codes_of(word), Ok(Codes(vec![Code::UnknownName])), "{word}");
        }
        assert_eq!(codes_of("1"), Ok(Codes(vec![Code::UnexpectedCharacter, Code::BareTypeIndex])));
        for word in ["", "999", "00301", "x301", "[]"] {
            assert!(codes_of(word).is_err(), "{word}");
        }
    }
}
