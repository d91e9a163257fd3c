//! The `wast` crate, on which `wasm-tools parse` is based, and the known deviations from it.

use gcwat::Assembler;

/// Assembles a text with the `wast` crate.
pub fn bytes(text: &str) -> Result<Vec<u8>, String> {
    encode(text, true)
}

/// Assembles like [`bytes`]. Characters that change the reading order are allowed in the suites, but not
/// by `wasm-tools`.
fn encode(text: &str, allow_confusing_unicode: bool) -> Result<Vec<u8>, String> {
    let mut lexer = wast::lexer::Lexer::new(text);
    lexer.allow_confusing_unicode(allow_confusing_unicode);
    let buffer = wast::parser::ParseBuffer::new_with_lexer(lexer).map_err(|e| e.to_string())?;
    let mut wat = wast::parser::parse::<wast::Wat<'_>>(&buffer).map_err(|e| e.to_string())?;
    wat.encode().map_err(|e| e.to_string())
}

/// A text for which gcwat and `wasm-tools` give different results.
pub struct Departure {
    pub text: &'static str,
    pub wasm_tools: Outcome,
    pub gcwat: Outcome,
    pub reason: &'static str,
}

/// The result for a text.
#[derive(Clone, Copy)]
pub enum Outcome {
    /// A valid module, with a description.
    Module(&'static str),
    /// Bytes that are not a valid module, with a description.
    Invalid(&'static str),
    /// An error.
    Refused,
}

use Outcome::{Invalid, Module, Refused};

/// The known deviations, except those of the dialect, which is documented separately.
#[rustfmt::skip]
pub const DEPARTURES: &[Departure] = &[
    Departure {
        text: "(type $t (func (param i32))) (func (type $t) (result))",
        wasm_tools: Refused, gcwat: Module("the function has type `$t`"),
        reason: "`(result)` is an abbreviation for no results, so the type use has only the index.",
    },
    Departure {
        text: "(type $t (sub (func))) (func)",
        wasm_tools: Module("the function has type `$t`"), gcwat: Module("it has a new type, which is final"),
        reason: "An implicit type use refers to the type `(type (func))`, which is final.",
    },
    Departure {
        text: "(type $t (shared (func))) (func)",
        wasm_tools: Module("the function has type `$t`"), gcwat: Module("it has a new type, which is not shared"),
        reason: "An implicit type use refers to the type `(type (func))`, which is not shared.",
    },
    Departure {
        text: "(rec (type $t (func))) (func)",
        wasm_tools: Module("the function has a new type"), gcwat: Module("it has type `$t`"),
        reason: "A `rec` group of one type is the same as that type.",
    },
    Departure {
        text: "(type $s (struct)) (type $t (func (param (ref $s)))) (func (param (ref 0)))",
        wasm_tools: Module("the function has a new type"), gcwat: Module("it has type `$t`"),
        reason: "A name and an index of one type are the same.",
    },
    Departure {
        text: "(type (func (result) (param i32)))",
        wasm_tools: Module("as `(type (func (param i32)))`"), gcwat: Refused,
        reason: "Parameters must come before results, also if the result list is empty.",
    },
    Departure {
        text: "(func (drop (f32.const 0x40000040d0000)))",
        wasm_tools: Module("rounded down, to `0x4000000000000`"), gcwat: Module("rounded up, to `0x4000008000000`"),
        reason: "The upper value is nearer; wasm-tools drops digits before it rounds.",
    },
    Departure {
        text: "(data (i32 1 2) \"a\")",
        wasm_tools: Refused, gcwat: Module("a passive segment of nine bytes"),
        reason: "The proposal allows numbers wherever a string is allowed; wasm-tools reads them as an offset.",
    },
    Departure {
        text: "(func (@metadata.code.trace \"\\01\") nop)",
        wasm_tools: Module("without the metadata"), gcwat: Module("with its section"),
        reason: "wasm-tools supports branch hints only.",
    },
    Departure {
        text: "(func (result (@metadata.code.trace \"\\01\") i32) (i32.const 0))",
        wasm_tools: Module("without the metadata"), gcwat: Refused,
        reason: "Code metadata must come before an instruction or a function.",
    },
    Departure {
        text: "(func block (@metadata.code.branch_hint \"\\00\") end)",
        wasm_tools: Module("a hint for the `end`"), gcwat: Refused,
        reason: "Code metadata must come before an instruction, and `end` is not an instruction.",
    },
    Departure {
        text: "(func (@metadata.code.branch_hint \"\\00\") nop)",
        wasm_tools: Module("a hint for the `nop`"), gcwat: Refused,
        reason: "Branch hints are for conditional branches.",
    },
    Departure {
        text: "(tag (@name \"x\") (import \"a\" \"b\"))",
        wasm_tools: Module("without the name"), gcwat: Module("with the name"),
        reason: "The annotation names the tag, imported or not. The same applies to tables, memories and globals.",
    },
    Departure {
        text: "(memory +1)",
        wasm_tools: Module("as `(memory 1)`"), gcwat: Refused,
        reason: "Indices, limits, `offset=` and `align=` are unsigned.",
    },
    Departure {
        text: "(tag) (import \"a\" \"b\" (func))",
        wasm_tools: Module("the import first"), gcwat: Refused,
        reason: "Imports must come before definitions.",
    },
    Departure {
        text: "(func $f) (start $f) (start $f)",
        wasm_tools: Invalid("two start sections"), gcwat: Refused,
        reason: "A module has at most one start function.",
    },
    Departure {
        text: "(func block)",
        wasm_tools: Invalid("a block without an end"), gcwat: Refused,
        reason: "Blocks must be closed, and `then` must come before `else`.",
    },
    Departure {
        text: "(data \"\\u{1__0}\")",
        wasm_tools: Module("as `(data \"\\u{10}\")`"), gcwat: Refused,
        reason: "Only single underscores are allowed between digits.",
    },
    Departure {
        text: "(table 1 funcref) (func $f) (elem 0 (i32.const 0) $f)",
        wasm_tools: Module("as `(elem (table 0) ...)`"), gcwat: Refused,
        reason: "Malformed since the bulk-memory proposal; gcwat suggests the standard spelling.",
    },
    Departure {
        text: "(memory 1) (data 0 (i32.const 0) \"a\")",
        wasm_tools: Module("as `(data (memory 0) ...)`"), gcwat: Refused,
        reason: "Malformed since the bulk-memory proposal; gcwat suggests the standard spelling.",
    },
    Departure {
        text: "(tag $e) (func (try (do) (catch $e)))",
        wasm_tools: Refused, gcwat: Module("as `try catch $e end`"),
        reason: "The suite of legacy exceptions uses the folded form; wasm-tools supports only the flat form.",
    },
    Departure {
        text: "(memory 1) (func (drop (i32.load align=65536 (i32.const 0))))",
        wasm_tools: Invalid("bits of the alignment are written as flags"), gcwat: Refused,
        reason: "The alignment is larger than the natural alignment.",
    },
    Departure {
        text: "(func) ;; \u{202e}",
        wasm_tools: Refused, gcwat: Module("the module, unchanged"),
        reason: "Comments and strings may contain any character.",
    },
    Departure {
        text: "(type $a (sub (struct))) (rec (type $b (sub $a (descriptor $d) (struct))) (type $d (describes $b) (struct)))",
        wasm_tools: Invalid("a supertype without a descriptor"), gcwat: Module("the same bytes, and valid"),
        reason: "The suite of custom descriptors calls it valid.",
    },
    Departure {
        text: ";; nothing",
        wasm_tools: Refused, gcwat: Module("a module without sections"),
        reason: "`(module ...)` can be omitted, also if there are no fields.",
    },
    Departure {
        text: "(module quote \"(func)\")",
        wasm_tools: Refused, gcwat: Module("the quoted module"),
        reason: "Both accept `(module binary ...)` outside scripts; gcwat accepts this form too.",
    },
    Departure {
        text: "(component)",
        wasm_tools: Invalid("a component, which is not a module"), gcwat: Refused,
        reason: "gcwat assembles modules only.",
    },
];

impl Departure {
    /// Checks that both results are as described and that they differ.
    pub fn check(&self) {
        let text = self.text;
        let theirs = encode(text, false);
        let valid = |bytes: &Vec<u8>| {
            wasmparser::Validator::new_with_features(wasmparser::WasmFeatures::all())
                .validate_all(bytes)
                .is_ok()
        };
        assert!(
            match self.wasm_tools {
                Module(_) => theirs.as_ref().is_ok_and(valid),
                Invalid(_) => theirs.as_ref().is_ok_and(|bytes| !valid(bytes)),
                Refused => theirs.is_err(),
            },
            "the reference has another result: {text}"
        );
        let ours = Assembler::new().names(true).assemble(text).map(gcwat::Assembled::into_bytes);
        assert!(
            match self.gcwat {
                Module(_) => ours.is_ok(),
                Invalid(_) => unreachable!("gcwat rejects invalid modules"),
                Refused => ours.is_err(),
            },
            "gcwat has another result: {text}"
        );
        if let (Module(_), Module(_)) = (self.wasm_tools, self.gcwat) {
            assert_ne!(theirs.unwrap(), ours.unwrap(), "not a deviation: {text}");
        }
    }
}
