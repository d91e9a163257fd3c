//! The `wast` crate, which is what `wasm-tools parse` is made of, and where gcwat departs from it.

use gcwat::Assembler;

/// The bytes the `wast` crate makes of a text.
pub fn bytes(text: &str) -> Result<Vec<u8>, String> {
    encode(text, true)
}

/// As [`bytes`]; text that is shown in another order than it is read is allowed in the suites, and
/// not by `wasm-tools`.
fn encode(text: &str, allow_confusing_unicode: bool) -> Result<Vec<u8>, String> {
    let mut lexer = wast::lexer::Lexer::new(text);
    lexer.allow_confusing_unicode(allow_confusing_unicode);
    let buffer = wast::parser::ParseBuffer::new_with_lexer(lexer).map_err(|e| e.to_string())?;
    let mut wat = wast::parser::parse::<wast::Wat<'_>>(&buffer).map_err(|e| e.to_string())?;
    wat.encode().map_err(|e| e.to_string())
}

/// A text of which gcwat makes something else than `wasm-tools`.
pub struct Departure {
    pub text: &'static str,
    pub wasm_tools: Outcome,
    pub gcwat: Outcome,
    pub reason: &'static str,
}

/// What comes of a text.
#[derive(Clone, Copy)]
pub enum Outcome {
    /// A valid module; how it is made.
    Module(&'static str),
    /// Bytes that are no valid module; what they are.
    Invalid(&'static str),
    /// Nothing.
    Refused,
}

use Outcome::{Invalid, Module, Refused};

/// The departures but those of the dialect, which has a page of its own.
#[rustfmt::skip]
pub const DEPARTURES: &[Departure] = &[
    Departure {
        text: "(type $t (func (param i32))) (func (type $t) (result))",
        wasm_tools: Refused, gcwat: Module("the function has type `$t`"),
        reason: "`(result)` abbreviates no results at all, so nothing is written beside the type.",
    },
    Departure {
        text: "(type $t (sub (func))) (func)",
        wasm_tools: Module("the function has type `$t`"), gcwat: Module("it has a new type, which is final"),
        reason: "An implicit type use stands for `(type (func))`, which is final.",
    },
    Departure {
        text: "(type $t (shared (func))) (func)",
        wasm_tools: Module("the function has type `$t`"), gcwat: Module("it has a new type, which is not shared"),
        reason: "The same.",
    },
    Departure {
        text: "(rec (type $t (func))) (func)",
        wasm_tools: Module("the function has a new type"), gcwat: Module("it has type `$t`"),
        reason: "A `rec` group of one type is that type.",
    },
    Departure {
        text: "(type $s (struct)) (type $t (func (param (ref $s)))) (func (param (ref 0)))",
        wasm_tools: Module("the function has a new type"), gcwat: Module("it has type `$t`"),
        reason: "A name and a number of one type are the same.",
    },
    Departure {
        text: "(type (func (result) (param i32)))",
        wasm_tools: Module("as `(type (func (param i32)))`"), gcwat: Refused,
        reason: "Parameters stand before results, also where there are none.",
    },
    Departure {
        text: "(func (drop (f32.const 0x40000040d0000)))",
        wasm_tools: Module("rounded down, to `0x4000000000000`"), gcwat: Module("rounded up, to `0x4000008000000`"),
        reason: "The second is nearer; wasm-tools drops digits before it rounds.",
    },
    Departure {
        text: "(data (i32 1 2) \"a\")",
        wasm_tools: Refused, gcwat: Module("a passive segment of nine bytes"),
        reason: "By their proposal, numbers stand wherever a string can; wasm-tools takes these for an offset.",
    },
    Departure {
        text: "(func (@metadata.code.trace \"\\01\") nop)",
        wasm_tools: Module("without the metadata"), gcwat: Module("with its section"),
        reason: "wasm-tools knows branch hints only.",
    },
    Departure {
        text: "(func (result (@metadata.code.trace \"\\01\") i32) (i32.const 0))",
        wasm_tools: Module("without the metadata"), gcwat: Refused,
        reason: "Code metadata stands before an instruction or a function.",
    },
    Departure {
        text: "(func block (@metadata.code.branch_hint \"\\00\") end)",
        wasm_tools: Module("a hint for the `end`"), gcwat: Refused,
        reason: "The same, and `end` is no instruction.",
    },
    Departure {
        text: "(memory +1)",
        wasm_tools: Module("as `(memory 1)`"), gcwat: Refused,
        reason: "Indices, limits, `offset=` and `align=` are numbers without a sign.",
    },
    Departure {
        text: "(tag) (import \"a\" \"b\" (func))",
        wasm_tools: Module("the import first"), gcwat: Refused,
        reason: "No definition may stand before an import.",
    },
    Departure {
        text: "(func $f) (start $f) (start $f)",
        wasm_tools: Invalid("two start sections"), gcwat: Refused,
        reason: "There is at most one start function.",
    },
    Departure {
        text: "(func block)",
        wasm_tools: Invalid("a block without an end"), gcwat: Refused,
        reason: "What is opened is closed, nothing else is, and `then` stands before `else`.",
    },
    Departure {
        text: "(data \"\\u{1__0}\")",
        wasm_tools: Module("as `(data \"\\u{10}\")`"), gcwat: Refused,
        reason: "One `_` may stand between digits.",
    },
    Departure {
        text: "(table 1 funcref) (func $f) (elem 0 (i32.const 0) $f)",
        wasm_tools: Module("as `(elem (table 0) ...)`"), gcwat: Refused,
        reason: "Malformed since the proposal of bulk memory; there is a suggestion.",
    },
    Departure {
        text: "(memory 1) (data 0 (i32.const 0) \"a\")",
        wasm_tools: Module("as `(data (memory 0) ...)`"), gcwat: Refused,
        reason: "The same.",
    },
    Departure {
        text: "(tag $e) (func (try (do) (catch $e)))",
        wasm_tools: Refused, gcwat: Module("as `try catch $e end`"),
        reason: "The folded form of legacy exceptions, which their suite has; wasm-tools has only the flat one.",
    },
    Departure {
        text: "(memory 1) (func (drop (i32.load align=65536 (i32.const 0))))",
        wasm_tools: Invalid("bits of the alignment become flags"), gcwat: Refused,
        reason: "It is larger than the natural alignment.",
    },
    Departure {
        text: "(func) ;; \u{202e}",
        wasm_tools: Refused, gcwat: Module("as it stands"),
        reason: "Any character may stand in a comment or a string.",
    },
    Departure {
        text: "(type $a (sub (struct))) (rec (type $b (sub $a (descriptor $d) (struct))) (type $d (describes $b) (struct)))",
        wasm_tools: Invalid("a descriptor below none"), gcwat: Module("the same bytes, and valid"),
        reason: "The suite of custom descriptors has it as valid.",
    },
    Departure {
        text: ";; nothing",
        wasm_tools: Refused, gcwat: Module("a module without sections"),
        reason: "Around no field as well, `(module ...)` may be left out.",
    },
    Departure {
        text: "(module quote \"(func)\")",
        wasm_tools: Refused, gcwat: Module("the module that is quoted"),
        reason: "Both take `(module binary ...)` outside of scripts; gcwat takes this one too.",
    },
    Departure {
        text: "(component)",
        wasm_tools: Invalid("a component, which is no module"), gcwat: Refused,
        reason: "gcwat assembles modules.",
    },
];

impl Departure {
    /// Whether it is one, and as it is described.
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
            "the reference does something else: {text}"
        );
        let ours = Assembler::new().names(true).assemble(text).map(gcwat::Assembled::into_bytes);
        assert!(
            match self.gcwat {
                Module(_) => ours.is_ok(),
                Invalid(_) => unreachable!("what gcwat finds invalid, it refuses"),
                Refused => ours.is_err(),
            },
            "gcwat does something else: {text}"
        );
        if let (Module(_), Module(_)) = (self.wasm_tools, self.gcwat) {
            assert_ne!(theirs.unwrap(), ours.unwrap(), "no departure: {text}");
        }
    }
}
