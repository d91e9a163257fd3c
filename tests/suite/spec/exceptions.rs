//! The cases in which gcwat differs from the suite or from the `wast` crate, with the reasons.

use super::{module_text, reference};
use gcwat::script::Module;
use gcwat::{Assembler, Code, Diagnostics, Features, Suggestion};

/// The result of a case.
#[derive(Debug, PartialEq)]
pub enum Verdict {
    /// The expected result.
    Right,
    /// A module, or a well-formed text, that was rejected.
    Refused(Diagnostics),
    /// A module with other bytes than those of the `wast` crate.
    OtherBytes,
    /// A module that the `wast` crate rejects.
    RefusedByReference(String),
    /// A malformed text that only validation rejected.
    OnlyInvalid,
    /// A malformed text or invalid module that was assembled.
    Assembled,
}

/// Cases of one file that differ in the same way and for the same reason.
pub struct Exception {
    pub file: &'static str,
    pub lines: &'static [usize],
    pub difference: Difference,
    pub reason: &'static str,
}

/// The difference of a case.
#[derive(Clone, Copy, Debug)]
pub enum Difference {
    /// The bytes are not those of the `wast` crate.
    OtherBytes,
    /// Valid with all features, and invalid with each of these feature lists.
    Valid { unless: &'static [&'static str] },
    /// Rejected unless all features are enabled: nothing in the text shows that it uses the proposal.
    OnlyAsked,
    /// Rejected by validation, not before it.
    OnlyInvalid,
    /// Rejected with this code and a suggestion that turns it into the intended module.
    Refused(Code),
}

const SINGLE_GROUP: &str = "A `rec` group of one type is the same as that type, so an implicit type use refers to it; the `wast` crate \
     adds a new type.";
const OPEN_TYPE: &str =
    "`(sub (func))` is not final, so an implicit type use does not refer to it; in the `wast` crate it does.";
const DESCRIPTORS: &str =
    "Valid with custom descriptors, which relax the typing of cast branches, and invalid in the standard.";
const MULTI_MEMORY: &str = "Valid since WebAssembly 3.0, which has multiple memories.";
const MULTI_TABLE: &str = "Valid since WebAssembly 2.0, which has multiple tables.";
const BOTTOM: &str = "Valid since WebAssembly 2.0: in unreachable code, the labels of `br_table` need no common type. \
     No feature distinguishes the two versions.";
const WIDE_LIMITS: &str = "Well-formed since memories and tables can have 64-bit addresses: limits are 64-bit numbers, and limits \
     that are too large are invalid.";
const BARE_NUMBER: &str = "The bare index of a table or memory, without `table` or `memory`, is malformed since the bulk-memory \
     proposal. gcwat reports that and suggests the standard spelling.";

#[rustfmt::skip]
pub const EXCEPTIONS: &[Exception] = &[
    Exception { file: "latest/type-rec.wast", lines: &[45, 185, 197], difference: Difference::OtherBytes, reason: SINGLE_GROUP },
    Exception { file: "v3/type-rec.wast", lines: &[45, 185, 197], difference: Difference::OtherBytes, reason: SINGLE_GROUP },
    Exception { file: "gc/type-subtyping.wast", lines: &[344, 373], difference: Difference::OtherBytes, reason: OPEN_TYPE },
    Exception { file: "custom-descriptors/exact-casts.wast", lines: &[428], difference: Difference::OtherBytes, reason: OPEN_TYPE },

    Exception {
        file: "custom-descriptors/br_on_cast.wast", lines: &[211],
        difference: Difference::OnlyAsked, reason: DESCRIPTORS,
    },
    Exception {
        file: "custom-descriptors/br_on_cast_fail.wast", lines: &[226],
        difference: Difference::OnlyAsked, reason: DESCRIPTORS,
    },
    Exception {
        file: "memory64/memory.wast", lines: &[10, 11],
        difference: Difference::Valid { unless: &["wasm2", "-multi-memory"] }, reason: MULTI_MEMORY,
    },
    Exception {
        file: "memory64/memory64.wast", lines: &[8, 9],
        difference: Difference::Valid { unless: &["wasm2,memory64", "-multi-memory"] }, reason: MULTI_MEMORY,
    },
    Exception {
        file: "reference-types/imports.wast", lines: &[416, 420, 424],
        difference: Difference::Valid { unless: &["wasm2", "-multi-memory"] }, reason: MULTI_MEMORY,
    },
    Exception {
        file: "threads/imports.wast", lines: &[404, 408, 412],
        difference: Difference::Valid { unless: &["wasm2,threads", "-multi-memory"] }, reason: MULTI_MEMORY,
    },
    Exception {
        file: "threads/memory.wast", lines: &[14, 15],
        difference: Difference::Valid { unless: &["wasm2,threads", "-multi-memory"] }, reason: MULTI_MEMORY,
    },
    Exception {
        file: "threads/imports.wast", lines: &[309, 313, 317],
        difference: Difference::Valid { unless: &["wasm1", "-reference-types"] }, reason: MULTI_TABLE,
    },
    Exception {
        file: "reference-types/unreached-invalid.wast", lines: &[539],
        difference: Difference::Valid { unless: &[] }, reason: BOTTOM,
    },

    Exception { file: "function-references/table.wast", lines: &[35, 39, 43], difference: Difference::OnlyInvalid, reason: WIDE_LIMITS },
    Exception { file: "reference-types/table.wast", lines: &[27, 31, 35], difference: Difference::OnlyInvalid, reason: WIDE_LIMITS },
    Exception { file: "threads/memory.wast", lines: &[83, 87, 91], difference: Difference::OnlyInvalid, reason: WIDE_LIMITS },

    Exception { file: "threads/imports.wast", lines: &[271, 290, 381, 393], difference: Difference::Refused(Code::Obsolete), reason: BARE_NUMBER },
];

impl Exception {
    /// The locations, in the format of the runner.
    pub fn places(&self) -> impl Iterator<Item = String> {
        self.lines.iter().map(|line| format!("{}:{line}", self.file))
    }

    /// Checks that the result of a case differs exactly as listed.
    pub fn check(&self, text: &str, module: &Module, verdict: &Verdict) -> Result<(), String> {
        match (self.difference, verdict) {
            (Difference::OtherBytes, Verdict::OtherBytes) => Ok(()),
            (Difference::OnlyInvalid, Verdict::OnlyInvalid) => Ok(()),
            (Difference::Valid { unless }, Verdict::Assembled) => {
                let refuses = |list: &&str| {
                    let features: Features = list.parse().unwrap();
                    module.assemble(text, &Assembler::new().features(features)).is_err()
                };
                match unless.iter().find(|list| !refuses(list)) {
                    None => Ok(()),
                    Some(list) => Err(format!("valid with `{list}` too")),
                }
            }
            (Difference::OnlyAsked, Verdict::Refused(_)) => {
                let all: Features = "all".parse().unwrap();
                let bytes = module.assemble(text, &Assembler::new().names(true).features(all));
                match bytes.ok() == reference::bytes(&module_text(text, module)).ok() {
                    true => Ok(()),
                    false => Err("different bytes with all features".into()),
                }
            }
            (Difference::Refused(code), Verdict::Refused(errors)) => check_fix(text, module, code, errors),
            (difference, verdict) => Err(format!("{verdict:?} is not {difference:?}")),
        }
    }
}

/// Checks that every error has the code and a suggestion, and that the text with all suggestions applied
/// assembles to the bytes that the reference produces for the original text.
fn check_fix(text: &str, module: &Module, code: Code, errors: &Diagnostics) -> Result<(), String> {
    let mut fixed = text[module.span.range()].to_owned();
    let errors: Vec<_> = errors.iter().collect();
    // Start with the last error, so that the locations of the others stay valid.
    for error in errors.into_iter().rev() {
        let Some(Suggestion { edits, .. }) = error.suggestions.first().filter(|_| error.code == code) else {
            return Err(format!("{} without suggestion: {}", error.code, error.message));
        };
        for edit in edits.iter().rev() {
            let range = edit.span.range();
            let start = module.span.range().start;
            fixed.replace_range(range.start - start..range.end - start, &edit.replacement);
        }
    }
    let bytes = Assembler::new().names(true).assemble(&fixed).map_err(|errors| errors.to_string())?;
    if reference::bytes(&module_text(text, module))? == bytes.into_bytes() {
        Ok(())
    } else {
        Err("the suggestion gives a different module".to_owned())
    }
}
