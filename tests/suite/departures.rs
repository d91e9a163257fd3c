//! The known deviations from wasm-tools 1.263, each with its reason.
//!
//! The tests compare with the `wast` crate, which wasm-tools uses to assemble. [`encoding`] has texts with
//! equal results, [`malformed`] texts that are rejected, and [`odd`] unusual texts that are well-formed.
//! [`descriptors`] has the rules for types with descriptors.

mod descriptors;
mod encoding;
mod malformed;
mod odd;

use gcwat::{Assembler, Code, Diagnostics, Features};

// The section ids of a module.
const CUSTOM: u8 = 0;
const TYPE: u8 = 1;
const IMPORT: u8 = 2;
const FUNC: u8 = 3;
const TABLE: u8 = 4;
const MEMORY: u8 = 5;
const GLOBAL: u8 = 6;
const EXPORT: u8 = 7;
const ELEM: u8 = 9;
const CODE: u8 = 10;
const DATA: u8 = 11;
const DATA_COUNT: u8 = 12;
const TAG: u8 = 13;

/// Assembles with names and without validation.
fn try_assemble(text: &str) -> Result<Vec<u8>, Diagnostics> {
    Assembler::new().names(true).validate(false).assemble(text).map(gcwat::Assembled::into_bytes)
}

fn assemble(text: &str) -> Vec<u8> {
    try_assemble(text).unwrap_or_else(|errors| panic!("{errors}\n{text}"))
}

fn is_valid(text: &str) -> bool {
    Assembler::new().assemble(text).is_ok()
}

/// Assembles a text with wasm-tools.
fn reference(text: &str) -> Result<Vec<u8>, String> {
    let buffer = wast::parser::ParseBuffer::new(text).map_err(|error| error.to_string())?;
    let mut wat = wast::parser::parse::<wast::Wat<'_>>(&buffer).map_err(|error| error.to_string())?;
    wat.encode().map_err(|error| error.to_string())
}

/// Assembles a text, and checks that wasm-tools gives the same bytes.
fn assemble_alike(text: &str) -> Vec<u8> {
    let bytes = assemble(text);
    let expected = reference(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(hex(&bytes), hex(&expected), "{text}");
    bytes
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")
}

/// Returns the id and the contents of each section, in order.
fn sections(bytes: &[u8]) -> Vec<(u8, &[u8])> {
    let payloads = wasmparser::Parser::new(0).parse_all(bytes);
    let section = |payload: wasmparser::Payload<'_>| {
        let (id, range) = payload.as_section()?;
        Some((id, &bytes[range.start as usize..range.end as usize]))
    };
    payloads.filter_map(|payload| section(payload.unwrap())).collect()
}

/// Returns the contents of the first section with the id, in hexadecimal.
fn section(bytes: &[u8], id: u8) -> String {
    sections(bytes).iter().find(|section| section.0 == id).map_or("none".to_owned(), |found| hex(found.1))
}

/// Returns the contents of the name section after its name.
fn names(bytes: &[u8]) -> String {
    let all = sections(bytes);
    let names =
        all.iter().filter_map(|&(id, contents)| contents.strip_prefix(b"\x04name").filter(|_| id == CUSTOM));
    names.map(hex).next_back().unwrap_or("none".to_owned())
}

/// Checks the contents of a section, also in the output of wasm-tools.
fn check(text: &str, id: u8, contents: &str) {
    assert_eq!(section(&assemble_alike(text), id), contents, "{text}");
}

/// Checks the name section, also in the output of wasm-tools.
fn check_names(text: &str, contents: &str) {
    let bytes = assemble_alike(text);
    assert_eq!(names(&bytes), contents, "{text}");
    // Without names, the rest of the module is the same.
    let bare = Assembler::new().validate(false).assemble(text).unwrap();
    assert!(bytes.starts_with(bare.bytes()), "{text}");
}

/// Checks that a text is rejected with and without validation, and the message.
fn check_refused(code: Code, text: &str) {
    match try_assemble(text) {
        Ok(_) => panic!("accepted: {text}"),
        Err(errors) => assert!(errors.iter().any(|error| error.code == code), "{code}: {errors}\n{text}"),
    }
}

/// Checks that a text is well-formed but rejected by validation.
fn check_invalid(code: Code, text: &str) {
    assert!(try_assemble(text).is_ok(), "{text}");
    let errors = Assembler::new().assemble(text).expect_err("it is invalid");
    assert!(errors.iter().any(|error| error.code == code), "{code}: {errors}\n{text}");
}

fn check_all_refused(code: Code, texts: &[&str]) {
    for text in texts {
        check_refused(code, text);
    }
}

/// Checks that a text gives the same module as a simpler one.
fn check_same(text: &str, plain: &str) {
    assert_eq!(hex(&assemble(text)), hex(&assemble(plain)), "{text}");
}

#[test]
fn an_implicit_type_use_never_refers_to_an_open_type() {
    // The specification inserts a final type. wasm-tools uses `$t`, so that functions of its subtypes
    // could not be distinguished from this one.
    let text = "(type $t (sub (func))) (func)";
    let bytes = assemble(text);
    assert_eq!(section(&bytes, TYPE), "02 50 00 60 00 00 60 00 00");
    assert_eq!(section(&bytes, FUNC), "01 01");
    assert_ne!(reference(text).unwrap(), bytes);
}

#[test]
fn an_implicit_type_is_never_shared() {
    // A function without `shared` is not shared; wasm-tools uses the shared type.
    let text = "(type $t (shared (func))) (func)";
    let bytes = assemble(text);
    assert_eq!(section(&bytes, TYPE), "02 65 60 00 00 60 00 00");
    assert_eq!(section(&bytes, FUNC), "01 01");
    assert_ne!(reference(text).unwrap(), bytes);
}

#[test]
fn an_implicit_type_is_found_in_a_group_of_one() {
    // `(type ..)` is an abbreviation of `(rec (type ..))`, so the two are the same type. wasm-tools
    // considers only types outside `rec`.
    let text = "(rec (type (func (param i32)))) (func (param i32))";
    let bytes = assemble(text);
    assert_eq!(section(&bytes, TYPE), "01 4e 01 60 01 7f 00");
    assert_eq!(section(&bytes, FUNC), "01 00");
    assert_ne!(reference(text).unwrap(), bytes);
}

#[test]
fn an_implicit_type_is_not_one_of_a_larger_group() {
    // A type in a group of two differs from the same type alone.
    check(
        "(rec (type (func)) (type (func (param i32)))) (func) (func (param i32))",
        TYPE,
        "03 4e 02 60 00 00 60 01 7f 00 60 00 00 60 01 7f 00",
    );
}

#[test]
fn an_implicit_type_is_found_with_names_or_indices() {
    // `$s` and `0` are the same type; wasm-tools compares the spelling.
    for text in [
        "(type $s (struct)) (func (param (ref $s))) (func (param (ref 0)))",
        "(type $s (struct)) (type (func (param (ref 0)))) (func (param (ref $s)))  (func (param (ref $\"s\")))",
        "(func (param (ref $s))) (type $s (struct)) (func (param (ref 0x0)))",
    ] {
        let bytes = assemble(text);
        let types = section(&bytes, TYPE);
        assert!(types == "02 5f 00 60 01 64 00 00", "{types}\n{text}");
        assert_eq!(section(&bytes, FUNC), "02 01 01");
        assert_ne!(reference(text).unwrap(), bytes);
    }
}

#[test]
fn a_type_use_can_refer_to_an_implicit_type_by_index() {
    // It comes after all types of the text, also if it is used before the type use that implies it.
    for text in [
        "(func $f (result f64) (f64.const 0)) (func (param i32)) (type (func)) (func (type 2) (param i32))",
        "(func (type 0) (param $p i32) (result i32) local.get $p) (func (param i32) (result i32) local.get 0)",
        "(import \"a\" \"b\" (func (type 1) (result i32))) (type (func)) (func (result i32) i32.const 1)",
        "(table 0 funcref) (func (param i32)) (func (call_indirect (type 0) (param i32) (i32.const 0) (i32.const 0)))",
        // The locals come after the parameters of the type.
        "(func (type 0) (local $x f32) (drop (local.get $x))) (func (param i32 i32))",
        "(func (param i64)) (func (type 0) (local $x f32) (drop (local.get $x)))",
    ] {
        assert_eq!(hex(&assemble(text)), hex(&reference(text).unwrap()), "{text}");
    }
    let text = "(func (param i32)) (func (type 0) (param i64)) (func (type 1)) (func (type 0) (local.get 1))";
    let errors = gcwat::check(text);
    let said: Vec<_> = errors.iter().map(|error| (error.code, error.message.as_str())).collect();
    assert_eq!(
        said,
        [
            (Code::TypeUseMismatch, "the parameters and results are not those of the implicit type 0"),
            (Code::UnknownIndex, "unknown type 1: the module has no types"),
            (Code::UnknownIndex, "unknown local 1: the function has no locals"),
        ]
    );
}

#[test]
fn operands_in_element_segments_must_be_folded() {
    for text in [
        "(table 1 funcref) (func $f) (elem (i32.const 0 i32.const 1) $f)",
        "(table 1 funcref) (func $f) (elem (i32.add (i32.const 0) i32.const 1) $f)",
        "(func $f) (elem funcref (ref.func $f) (ref.func $f i32.eqz))",
    ] {
        assert!(gcwat::assemble(text).is_err(), "{text}");
        assert!(Assembler::new().validate(false).assemble(text).is_err(), "{text}");
        assert!(reference(text).is_err(), "{text}");
    }
    // After `offset` and `item`, and in data segments, they can be unfolded.
    for text in [
        "(table 1 funcref) (func $f) (elem (i32.add (i32.const 0) (i32.const 0)) $f)",
        "(table 1 funcref) (func $f) (elem (offset i32.const 0 i32.const 0 i32.add) $f)",
        "(func $f) (elem funcref (item ref.func $f) (ref.func $f))",
        "(memory 1) (data (offset (i32.add i32.const 0 i32.const 1)) \"a\")",
        "(memory 1) (data (i32.add i32.const 0 i32.const 1) \"a\")",
    ] {
        assert_eq!(hex(&assemble(text)), hex(&reference(text).unwrap()), "{text}");
    }
}

#[test]
fn element_segments_keep_their_form() {
    // The reference interpreter turns `(ref.func $f)` into an index and omits table 0. Both forms are
    // valid; gcwat keeps the form of the text.
    check(
        "(func $f) (table 1 funcref) (elem (i32.const 0) funcref (ref.func $f))",
        ELEM,
        "01 04 41 00 0b 01 d2 00 0b",
    );
    check(
        "(func $f) (table 1 funcref) (elem (table 0) (i32.const 0) func $f)",
        ELEM,
        "01 02 00 41 00 0b 00 01 00",
    );
    check("(func $f) (elem funcref (ref.func $f))", ELEM, "01 05 70 01 d2 00 0b");
}

#[test]
fn an_empty_else_is_kept() {
    // The reference interpreter omits it. Both are valid; gcwat keeps the form of the text.
    check("(func (if (i32.const 0) (then) (else)))", CODE, "01 08 00 41 00 04 40 05 0b 0b");
    check("(func i32.const 0 if else end)", CODE, "01 08 00 41 00 04 40 05 0b 0b");
    check("(func (if (i32.const 0) (then)))", CODE, "01 07 00 41 00 04 40 0b 0b");
}

#[test]
fn unfolded_instructions_can_be_operands() {
    // The grammar of version 3 allows `( plaininstr instrs )` with unfolded operands too. The reference
    // interpreter does not support it yet.
    check("(func (result i32) (i32.eqz i32.const 1))", CODE, "01 05 00 41 01 45 0b");
    check("(func (drop block (result i32) i32.const 1 end))", CODE, "01 08 00 02 7f 41 01 0b 1a 0b");
    check("(func (drop (i32.eqz (i32.const 1) i32.eqz)))", CODE, "01 07 00 41 01 45 45 1a 0b");
}

#[test]
fn an_unsigned_integer_has_no_sign() {
    // `uN` has no sign; wasm-tools accepts a plus.
    for text in [
        "(memory +1)",
        "(memory 1 +2)",
        "(table +1 funcref)",
        "(func call +0)",
        "(func (param i32) (drop (local.get +0)))",
        "(func (block (br +0)))",
        "(func (export \"f\")) (export \"g\" (func +0))",
        "(func) (start +0)",
        "(type (func)) (func (type +0))",
        "(type (struct)) (func (param (ref +0)))",
        "(memory 1) (func (drop (i32.load offset=+1 (i32.const 0))))",
        "(memory 1) (func (drop (i32.load align=+1 (i32.const 0))))",
        "(memory 1 (pagesize +1))",
        "(func (drop (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 +15 (v128.const i32x4 0 0 0 0)
           (v128.const i32x4 0 0 0 0))))",
    ] {
        assert!(try_assemble(text).is_err(), "{text}");
        assert!(reference(text).is_ok(), "{text}");
    }
    for text in [
        "(memory -1)",
        "(func call -0)",
        "(memory 1) (func (drop (i32.load offset=-1 (i32.const 0))))",
        "(func (drop (i8x16.extract_lane_s +1 (v128.const i32x4 0 0 0 0))))",
        "(memory 1) (func (drop (v128.load8_lane +1 (i32.const 0) (v128.const i32x4 0 0 0 0))))",
    ] {
        assert!(try_assemble(text).is_err(), "{text}");
    }
}

#[test]
fn an_import_after_a_tag_is_rejected() {
    // A tag is a definition like the others; wasm-tools does not treat it as one.
    for text in [
        "(tag) (import \"a\" \"b\" (func))",
        "(tag) (func (import \"a\" \"b\"))",
        "(tag $e (param i32)) (import \"a\" \"b\" (tag))",
        "(tag) (import \"a\" (item \"b\" (func)))",
    ] {
        check_refused(Code::ImportAfterDefinition, text);
        assert!(reference(text).is_ok(), "{text}");
    }
}

#[test]
fn a_bare_table_or_memory_index_is_an_error() {
    // The forms of version 1. Since the bulk-memory proposal, `(table x)` and `(memory x)` are required.
    for text in
        ["(table 1 funcref) (func $f) (elem 0 (i32.const 0) $f)", "(memory 1) (data 0 (i32.const 0) \"a\")"]
    {
        check_refused(Code::Obsolete, text);
        assert!(reference(text).is_ok(), "{text}");
    }
}

#[test]
fn characters_that_confuse_readers_are_accepted() {
    // U+202E and similar characters are allowed in comments and strings, and occur in names.wast of the
    // specification's suite. wasm-tools rejects them as a precaution.
    for character in ['\u{202a}', '\u{202b}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2069}'] {
        let text = format!("(; {character} ;) (data \"{character}\") ;; {character}");
        let bytes = assemble(&text);
        assert_eq!(section(&bytes, DATA), hex(format!("\x01\x01\x03{character}").as_bytes()));
        assert!(reference(&text).is_err());
        assemble(&format!("(func $\"{character}\" (export \"{character}\"))"));
    }
}

#[test]
fn folded_legacy_exceptions_are_read() {
    // The suite of the legacy proposal, wabt and binaryen have them. wasm-tools accepts only the flat
    // form.
    for (folded, flat) in [
        ("(try (do) (catch $e))", "try catch $e end"),
        ("(try (do))", "try end"),
        (
            "(try (do nop) (catch $e nop) (catch $e) (catch_all nop))",
            "try nop catch $e nop catch $e catch_all nop end",
        ),
        ("(try (do nop) (catch_all (rethrow 0)))", "try nop catch_all rethrow 0 end"),
        ("(try $o (do (try (do) (delegate $o))) (catch_all))", "try $o try delegate $o catch_all end"),
        (
            "(drop (try (result i32) (do (i32.const 1)) (catch_all (i32.const 2))))",
            "try (result i32) i32.const 1 catch_all i32.const 2 end drop",
        ),
    ] {
        let text = |body: &str| format!("(tag $e) (func {body})");
        check_same(&text(folded), &text(flat));
        assert_eq!(hex(&assemble(&text(flat))), hex(&reference(&text(flat)).unwrap()));
        assert!(reference(&text(folded)).is_err());
    }
}

#[test]
fn an_alignment_beyond_the_natural_one_is_invalid() {
    // wasm-tools writes any power of two. From 2^16 on, its bits overlap the flags next to it.
    let text = |align: &str| format!("(memory 1) (func (drop (i32.load align={align} (i32.const 0))))");
    for align in ["8", "16", "64", "0x8000"] {
        assert!(!is_valid(&text(align)), "{align}");
        // It is well-formed, so there is output without validation.
        assert_eq!(assemble_alike(&text(align)), reference(&text(align)).unwrap());
    }
    for align in ["65536", "0x1_0000_0000", "0x4000_0000_0000_0000"] {
        assert!(!is_valid(&text(align)), "{align}");
        check_invalid(Code::BadAlignment, &text(align));
        assert!(reference(&text(align)).is_ok(), "{align}");
    }
    assert!(is_valid(&text("4")) && is_valid(&text("1")));
}

#[test]
fn the_largest_alignment_of_64_bits_is_invalid_too() {
    let text = "(memory 1) (func (drop (i32.load align=0x8000_0000_0000_0000 (i32.const 0))))";
    check_invalid(Code::BadAlignment, text);
}

#[test]
fn the_older_names_of_memory_orders_are_read() {
    // The suite of the shared-everything proposal has them. The overview and wasm-tools have `seqcst` and
    // `acqrel`.
    for (older, order) in [("seq_cst", "seqcst"), ("acq_rel", "acqrel")] {
        let text =
            |order| format!("(memory 1 1 shared) (func (drop (i32.atomic.load {order} (i32.const 0))))");
        check_same(&text(older), &text(order));
        assert!(reference(&text(older)).is_err());
    }
}

#[test]
fn a_shared_global_is_not_initialized_from_an_unshared_one() {
    // The initializer of a shared global is shared code; wasm-tools does not check.
    assert!(!is_valid("(global $a i32 (i32.const 0)) (global $b (shared i32) (global.get $a))"));
    assert!(!is_valid("(import \"m\" \"a\" (global $a i32)) (global $b (shared i32) (global.get $a))"));
}

#[test]
fn a_shared_global_may_be_initialized_from_a_shared_one() {
    assert!(is_valid("(global $a (shared i32) (i32.const 0)) (global $b (shared i32) (global.get $a))"));
}

#[test]
fn a_shared_type_has_a_shared_descriptor() {
    // Everything reachable from a shared value must be shared. binaryen checks this, wasm-tools does not.
    assert!(!is_valid("(rec (type $a (shared (descriptor $b) (struct))) (type $b (describes $a) (struct)))"));
}

#[test]
fn a_type_with_a_descriptor_can_have_a_supertype_without_one() {
    // The suite of the proposal calls it valid; the validator of wasm-tools rejects it.
    let text = "
      (rec
        (type $super (sub (struct)))
        (type $sub (sub $super (descriptor $d) (struct)))
        (type $d (sub (describes $sub) (struct))))";
    assert!(is_valid(text));
    assemble_alike(text);
}

#[test]
fn proposals_make_some_invalid_modules_valid() {
    // Custom descriptors change the typing of cast branches, and stack switching allows tags with results.
    // The standard applies unless the proposals are enabled explicitly or used in the text.
    let all: Features = "all".parse().unwrap();
    for text in [
        "(tag (result i32))",
        "(type $t (func (result i64))) (tag (type $t))",
        "(func (param eqref) (result anyref) (br_on_cast 0 eqref anyref (local.get 0)))",
    ] {
        assert!(!is_valid(text), "{text}");
        assert!(Assembler::new().features(all).assemble(text).is_ok(), "{text}");
    }
    assert!(is_valid("(tag $t (result i32)) (func (result i32) (suspend $t))"));
}

#[test]
fn the_structure_of_blocks_is_checked() {
    // wasm-tools accepts functions with too many or too few `end`s, and `else` before `then`.
    for text in [
        "(func end)",
        "(func nop end)",
        "(func block)",
        "(func block end end)",
        "(func (block end))",
        "(func (i32.const 0) if else else end)",
        "(func (if (i32.const 0) (else) (then)))",
    ] {
        check_refused(Code::UnexpectedToken, text);
        assert!(reference(text).is_ok(), "{text}");
    }
}

#[test]
fn a_name_annotation_inside_an_import_names_the_import() {
    // wasm-tools uses the name only for functions, and the identifier or no name for other kinds.
    check_names("(func $x (@name \"n\") (import \"a\" \"b\"))", "01 04 01 00 01 6e");
    for (field, subsection) in [
        ("(table $x (@name \"n\") (import \"a\" \"b\") 1 funcref)", "05"),
        ("(memory (@name \"n\") (import \"a\" \"b\") 1)", "06"),
        ("(global $x (@name \"n\") (import \"a\" \"b\") i32)", "07"),
        ("(tag (@name \"n\") (import \"a\" \"b\"))", "0b"),
    ] {
        let bytes = assemble(field);
        assert_eq!(names(&bytes), format!("{subsection} 04 01 00 01 6e"), "{field}");
        assert_ne!(reference(field).unwrap(), bytes);
    }
}

#[test]
fn a_block_in_a_segment_gets_its_end() {
    // Such an expression is not constant, but it is well-formed. wasm-tools ends the block but not the
    // expression.
    for (text, id, contents) in [
        ("(elem funcref (block))", ELEM, "01 05 70 01 02 40 0b 0b"),
        ("(data (block) \"a\")", DATA, "01 00 02 40 0b 0b 01 61"),
        ("(elem (i32.const 0) funcref (block $l (br $l)))", ELEM, "01 04 41 00 0b 01 02 40 0c 00 0b 0b"),
    ] {
        assert_eq!(section(&assemble(text), id), contents);
        assert!(!is_valid(text));
    }
}

#[test]
fn empty_parameter_and_result_lists_are_ignored() {
    // `(param)` is an abbreviation of no parameters, so the type use has only the index. wasm-tools
    // compares it with the type.
    let text = "(type $t (func (param i32))) (func (type $t) (param) (result))";
    assert_eq!(assemble(text), assemble("(type $t (func (param i32))) (func (type $t))"));
    assert!(reference(text).is_err());
    // Therefore parameters cannot come after `(result)` either; wasm-tools accepts that.
    let text = "(func (result) (param i32))";
    check_refused(Code::UnexpectedToken, text);
    assert!(reference(text).is_ok());
}
