//! The cases in which gcwat does not do what the suite or the `wast` crate says, and why.

use super::{module_text, reference};
use gcwat::script::Module;
use gcwat::{Assembler, Code, Diagnostics, Features, Suggestion};

/// What became of a case.
#[derive(Debug, PartialEq)]
pub enum Verdict {
    /// What was to become of it.
    Right,
    /// It is a module or has the form of one, and was refused.
    Refused(Diagnostics),
    /// It is a module, and the `wast` crate makes other bytes of it.
    OtherBytes,
    /// It is a module, and the `wast` crate refuses it.
    RefusedByReference(String),
    /// It is no module, and has the form of one.
    OnlyInvalid,
    /// It is no module, and was assembled.
    Assembled,
}

/// Cases of a file that differ in the same way for the same reason.
pub struct Exception {
    pub file: &'static str,
    pub lines: &'static [usize],
    pub difference: Difference,
    pub reason: &'static str,
}

/// How a case differs.
#[derive(Clone, Copy, Debug)]
pub enum Difference {
    /// The bytes are not those of the `wast` crate.
    OtherBytes,
    /// It is valid with all features. It is not with any of these lists of features.
    Valid { unless: &'static [&'static str] },
    /// It is refused unless all features are asked for: no word of it tells that it uses the proposal.
    OnlyAsked,
    /// It is refused, by validation and not before.
    OnlyInvalid,
    /// It is refused with this code and a suggestion, which makes it the module it was meant to be.
    Refused(Code),
}

const SINGLE_GROUP: &str = "A `rec` group of one type is that type, and an implicit type use stands for it; the `wast` crate adds \
     another one.";
const OPEN_TYPE: &str = "`(sub (func))` is not final, so it is not the type that an implicit type use stands for; the `wast` \
     crate takes it.";
const DESCRIPTORS: &str = "Valid with custom descriptors, which relax the typing of casts that branch, and invalid by the standard.";
const MULTI_MEMORY: &str = "Valid since WebAssembly 3.0, which has several memories.";
const MULTI_TABLE: &str = "Valid since WebAssembly 2.0, which has several tables.";
const BOTTOM: &str = "Valid since WebAssembly 2.0: in unreachable code, the labels of `br_table` need no common type. \
     There is no feature that tells the two apart.";
const WIDE_LIMITS: &str = "Well formed since memories and tables can have 64-bit addresses: limits are 64-bit numbers, and too \
     large ones are invalid.";
const BARE_NUMBER: &str = "The number of a table or memory alone, without `table` or `memory`, is malformed since the proposal \
     of bulk memory. gcwat says so and suggests the standard spelling.";

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
    /// The places, as the runner names them.
    pub fn places(&self) -> impl Iterator<Item = String> {
        self.lines.iter().map(|line| format!("{}:{line}", self.file))
    }

    /// Whether what became of a case is all that this exception says.
    pub fn check(&self, text: &str, module: &Module, verdict: &Verdict) -> Result<(), String> {
        match (self.difference, verdict) {
            (Difference::OtherBytes, Verdict::OtherBytes) => Ok(()),
            (Difference::OnlyInvalid, Verdict::OnlyInvalid) => Ok(()),
            (Difference::Valid { unless }, Verdict::Assembled) => {
                let refuses = |list: &&str| {
                    let features: Features = list.parse().unwrap();
                    module.assemble(text, Assembler::new().features(features)).is_err()
                };
                match unless.iter().find(|list| !refuses(list)) {
                    None => Ok(()),
                    Some(list) => Err(format!("valid with `{list}` too")),
                }
            }
            (Difference::OnlyAsked, Verdict::Refused(_)) => {
                let all: Features = "all".parse().unwrap();
                let bytes = module.assemble(text, Assembler::new().names(true).features(all));
                match bytes.ok() == reference::bytes(&module_text(text, module)).ok() {
                    true => Ok(()),
                    false => Err("other bytes with all features".into()),
                }
            }
            (Difference::Refused(code), Verdict::Refused(errors)) => mends(text, module, code, errors),
            (difference, verdict) => Err(format!("{verdict:?} is not {difference:?}")),
        }
    }
}

/// Whether every error has the code and a suggestion, and the suggestions make the text one that is
/// assembled to the bytes that the reference makes of the text as it is.
fn mends(text: &str, module: &Module, code: Code, errors: &Diagnostics) -> Result<(), String> {
    let mut mended = text[module.span.range()].to_owned();
    let errors: Vec<_> = errors.iter().collect();
    // From the last on, so that the places of the others stay.
    for error in errors.into_iter().rev() {
        let Some(Suggestion { edits, .. }) = error.suggestions.first().filter(|_| error.code == code) else {
            return Err(format!("{} without suggestion: {}", error.code, error.message));
        };
        for edit in edits.iter().rev() {
            let range = edit.span.range();
            let start = module.span.range().start;
            mended.replace_range(range.start - start..range.end - start, &edit.replacement);
        }
    }
    let bytes = Assembler::new().names(true).assemble(&mended).map_err(|errors| errors.to_string())?;
    if reference::bytes(&module_text(text, module))? == bytes.into_bytes() {
        Ok(())
    } else {
        Err("the suggestion makes another module".to_owned())
    }
}
