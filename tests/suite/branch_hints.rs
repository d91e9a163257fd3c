//! Branch hints: each must have the offset that the `wast` crate gives it, at every position in the text and with any
//! text after it.

use gcwat::{Assembler, Code};

/// Assembles a text with the `wast` crate, like wasm-tools.
fn reference(text: &str) -> Vec<u8> {
    let buffer = wast::parser::ParseBuffer::new(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let mut wat =
        wast::parser::parse::<wast::Wat<'_>>(&buffer).unwrap_or_else(|error| panic!("{error}\n{text}"));
    wat.encode().unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn assemble(text: &str, threads: usize) -> Vec<u8> {
    let assembler = Assembler::new().names(true).validate(false).threads(threads);
    assembler.assemble(text).unwrap_or_else(|errors| panic!("{errors}\n{text}")).into_bytes()
}

const UNLIKELY: &str = "(@metadata.code.branch_hint \"\\00\")";
const LIKELY: &str = "(@metadata.code.branch_hint \"\\01\")";

/// Instructions with hints: `?` is one hint, and `!` is another.
const BODIES: &[&str] = &[
    "local.get 0 ? if end",
    "local.get 0 ?\n if nop else nop end",
    "? (if (local.get 0) (then))",
    "? (if (local.get 0) (then (nop)) (else (nop)))",
    "?(if(local.get 0)(then))",
    "? (if (i32.eqz (i32.eqz (local.get 0))) (then))",
    "? (if (i32.load offset=70000 (i32.add (local.get 0) (i32.const 123456))) (then))",
    "? (if (local.get 0) (then ! (if (local.get 0) (then))))",
    "? (if (local.get 0) (then) (else ! (if (local.get 0) (then))))",
    "? (if (block (result i32) ! (if (local.get 0) (then)) (i32.const 1)) (then))",
    "? (if (call $f) (then))",
    "? (if (call $\"f\") (then))",
    "? (if (call $\"f g\") (then (call $\"f\") drop))",
    "? (if (i32.add (call $\"f\") (local.get 0)) (then))",
    "? (if (@note) (local.get 0) (then))",
    "? (@note (a) \"b\") (if (local.get 0) (then))",
    "(@note) ? (if (local.get 0) (@note) (then) (@note))",
    "? (; c ;) (if (; c ;) (local.get 0) (; c ;) (then) (; c ;))",
    "? ;; c\n (if ;; c\n (local.get 0) ;; c\n (then ;; c\n) ;; c\n)",
    "? (if $l (local.get 0) (then (br $l)))",
    "? (if (result i32) (local.get 0) (then (i32.const 1)) (else (i32.const 2))) drop",
    "? (if $\"l\" (result i32) (local.get 0) (then (i32.const 1)) (else (i32.const 2))) drop",
    "? (if (param i32) (local.get 0) (local.get 0) (then drop))",
    "? (if (type $b) (local.get 0) (then))",
    "? (if (local.get 0) (then (@note (@note)) (nop)))",
    "block local.get 0 ? br_if 0 end",
    "(block ? (br_if 0 (local.get 0)))",
    "(block $l ? (br_if $l (local.get 0)) ! (br_if $l (i32.eqz (local.get 0))))",
    "(block $\"l\" ? (br_if $\"l\" (call $\"f\")))",
    "(block $l (loop $m ? (br_if $m (local.get 0)) ! (br_if $l (i32.eqz (call $f)))))",
    "(block (result i32) ? (br_if 0 (i32.const 1) (local.get 0))) drop",
    "(block ? (br_if 0 (if (result i32) (local.get 0) (then (i32.const 1)) (else (i32.const 0)))))",
    "local.get 0 ? if local.get 0 ! if end end",
    "local.get 0 ? if else local.get 0 ! if end end",
    "(drop (block (result i32) ? (if (local.get 0) (then)) (i32.const 1)))",
    "(nop) ? (if (local.get 0) (then)) (nop) ! (if (local.get 0) (then)) (nop)",
    "? (if (local.get 0) (then (drop (i32.const (@char \"A\")))))",
    // The next instruction is still open where the lexer stops: at the end of the file, a quoted name, a hint or an
    // annotation.
    "? (if (local.get 0) (then)) (block (nop))",
    "? (if (local.get 0) (then)) (block (block (block (nop))))",
    "? (if (local.get 0) (then)) (drop (i32.eqz (i32.eqz (local.get 0))))",
    "? (if (local.get 0) (then)) (block (drop (call $\"f\")))",
    "? (if (local.get 0) (then)) (if (local.get 0) (then) (else ! (if (local.get 0) (then))))",
    "? (if (local.get 0) (then)) (block (@note) (nop))",
    "? (if (i32.eqz (local.get 0)) (then)) (if (local.get 0) (then (nop) (block (call $\"f\") drop)))",
    "(block ? (br_if 0 (local.get 0)) (block (drop (call $\"f\"))))",
    "(block ? (br_if 0 (i32.add (local.get 0) (i32.const 1))) (drop (i32.eqz (call $\"f\"))))",
    "(block (if (local.get 0) (then ? (if (local.get 0) (then)) (if (local.get 0) (then) (else)))))",
    "? (if (local.get 0) (then)) block local.get 0 ! if end end",
    // Unreachable code needs no operands, so a branch can be the first instruction inside another branch.
    "unreachable ? (if (if (result i32) (then (i32.const 0)) (else (i32.const 1))) (then)) (block (drop (call $\"f\")))",
    "local.get 0 ? if end local.get 0 if call $\"f\" drop end",
];

/// Returns modules with each of the bodies.
fn modules() -> impl Iterator<Item = String> {
    BODIES.iter().flat_map(|body| {
        let body = body.replace('?', UNLIKELY).replace('!', LIKELY);
        let func = format!("(func (param i32) {body})");
        let fields = "(type $b (func)) (memory 1) (func $f (result i32) (i32.const 1)) \
            (func $\"f g\" (result i32) (i32.const 1))";
        [
            format!("(module {fields} {func})"),
            format!("{fields} {func}"),
            format!("{func} {fields}"),
            format!("(module {func} {func} {fields} {func})"),
        ]
    })
}

/// Whitespace, comments and annotations after a module.
const AFTER: &[&str] = &[
    "",
    "\n",
    "\n\n",
    "   ",
    " ;; c",
    " ;; c\n",
    "(; c ;)",
    "\n(@note)",
    "\n(; a long comment after the end, longer than what is read at once, so that nothing is near the end of the text ;)\n",
];

fn check(what: impl Fn(&str) -> bool) {
    for text in modules().filter(|text| what(text) && !text.contains("@char")) {
        let expected = reference(&text);
        for after in AFTER {
            let text = format!("{text}{after}");
            for threads in [1, 2] {
                assert!(assemble(&text, threads) == expected, "{text:?}");
            }
        }
    }
}

#[test]
fn a_hint_is_on_its_instruction_at_every_position() {
    check(|_| true);
}

#[test]
fn a_hint_is_on_an_unfolded_instruction() {
    check(|text| !text.contains("\") (") && !text.contains("\")("));
}

#[test]
fn the_module_of_the_official_suite_keeps_its_hints_in_a_separate_file() {
    let text = include_str!("branch_hints/official.wat");
    let expected = reference(text);
    for after in AFTER {
        assert!(assemble(&format!("{}{after}", text.trim_end()), 1) == expected, "{after:?}");
    }
}

/// Returns the code and the source text of each diagnostic.
fn reported(text: &str) -> Vec<(Code, String)> {
    let errors = gcwat::check(text);
    errors.iter().map(|error| (error.code, text[error.span.range()].to_owned())).collect()
}

#[test]
fn a_hint_must_be_on_a_conditional_branch() {
    let head = "(@metadata.code.branch_hint";
    for body in [
        "i32.const 0 ? i32.eqz drop",
        "? nop",
        "? (drop (i32.const 1))",
        "? (block)",
        "? block end",
        "? (loop)",
        "? (call 0)",
        "? br 0",
        "i32.const 0 ? br_table 0",
        "? return",
        "? unreachable",
        "(if ? (i32.const 0) (then))",
        "(if (i32.const 0) (then ? nop))",
        "i32.const 0 if ? else end",
        "i32.const 0 if ? end",
        "? (i32.const 0) if end",
        "i32.const 0 i32.const 0 i32.const 0 ? select drop",
    ] {
        let text = format!("(func {})", body.replace('?', UNLIKELY));
        let found = reported(&text);
        assert_eq!(found, [(Code::BadAnnotation, head.to_owned())], "{text}");
    }
    for body in [
        "i32.const 0 ? if end",
        "? (if (i32.const 0) (then))",
        "block i32.const 0 ? br_if 0 end",
        "(block ? (br_if 0 (i32.const 0)))",
        "(block ? (br_on_null 0 (ref.null func)) drop)",
        "(block (result anyref) ? (br_on_cast 0 anyref (ref i31) (ref.null any))) drop",
    ] {
        let text = format!("(func {})", body.replace('?', UNLIKELY));
        assert_eq!(reported(&text), [], "{text}");
    }
    // Other metadata is not checked.
    assert_eq!(reported("(func (@metadata.code.other \"\\00\") nop)"), []);
}
