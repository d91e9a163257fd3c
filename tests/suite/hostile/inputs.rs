//! Texts that would exhaust the stack, the memory or the time of a careless assembler.
//!
//! Each text can be generated in any size: small for the tests, and huge for a release build. The expected
//! verdict is known.

/// The expected result for a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A module.
    Module,
    /// Errors, and no module.
    Errors,
}

use Verdict::{Errors, Module};

/// A text that can be generated in any size.
pub struct Input {
    pub name: &'static str,
    pub verdict: Verdict,
    /// Generates the text with a number of repetitions.
    pub text: fn(usize) -> Vec<u8>,
}

/// Returns `before`, `n` times `one`, and `after`.
fn times(n: usize, before: &str, one: &str, after: &str) -> Vec<u8> {
    [before.as_bytes(), &one.as_bytes().repeat(n), after.as_bytes()].concat()
}

/// Returns `before`, `n` times `open`, `middle`, `n` times `close`, and `after`.
fn nested(n: usize, before: &str, open: &str, middle: &str, close: &str, after: &str) -> Vec<u8> {
    let parts =
        [before.as_bytes(), &open.as_bytes().repeat(n), middle.as_bytes(), &close.as_bytes().repeat(n)];
    [parts.concat().as_slice(), after.as_bytes()].concat()
}

/// Returns `before`, the result of `one` for each number below `n`, and `after`.
fn each(n: usize, before: &str, one: impl Fn(usize) -> String, after: &str) -> Vec<u8> {
    let mut text = before.to_owned();
    for at in 0..n {
        text.push_str(&one(at));
    }
    text.push_str(after);
    text.into_bytes()
}

#[rustfmt::skip]
pub const INPUTS: &[Input] = &[
    // ------------------------------------------------------------------------------ Nesting
    Input { name: "nested blocks, flat", verdict: Module, text: |n| nested(n, "(func ", "block ", "", "end ", ")") },
    Input { name: "nested blocks, folded", verdict: Module, text: |n| nested(n, "(func ", "(block ", "", ")", ")") },
    Input { name: "nested named loops", verdict: Module, text: |n| each(n, "(func ", |at| format!("(loop $l{at} "), &format!("(br $l0){})", ")".repeat(n))) },
    Input { name: "nested blocks of one name", verdict: Module, text: |n| nested(n, "(func ", "block $l br $l ", "", "end $l ", ")") },
    Input { name: "nested folded if", verdict: Module, text: |n| nested(n, "(func ", "(if (i32.const 0) (then ", "", "))", ")") },
    Input { name: "nested conditions", verdict: Module, text: |n| nested(n, "(func (drop ", "(if (result i32) ", "(i32.const 1)", " (then (i32.const 1)) (else (i32.const 2)))", "))") },
    Input { name: "nested else", verdict: Module, text: |n| nested(n, "(func ", "i32.const 0 if else ", "", "end ", ")") },
    Input { name: "nested operands", verdict: Module, text: |n| nested(n, "(func (drop ", "(i32.eqz ", "(i32.const 1)", ")", "))") },
    Input { name: "nested operands of a constant", verdict: Module, text: |n| nested(n, "(global i32 ", "(i32.add (i32.const 1) ", "(i32.const 1)", ")", ")") },
    Input { name: "nested try_table", verdict: Module, text: |n| nested(n, "(tag $e) (func ", "(block $h (try_table (catch $e $h) ", "", "))", ")") },
    Input { name: "nested legacy try", verdict: Module, text: |n| nested(n, "(func ", "(try (do ", "", ") (catch_all))", ")") },
    Input { name: "nested delegates", verdict: Module, text: |n| nested(n, "(func try ", "try ", "", "delegate 0 ", "catch_all end)") },
    Input { name: "nested references", verdict: Errors, text: |n| nested(n, "(func (param ", "(ref ", "func", ")", "))") },
    Input { name: "nested comments", verdict: Module, text: |n| nested(n, "", "(;", "x", ";)", "(func)") },
    Input { name: "nested annotations", verdict: Module, text: |n| nested(n, "", "(@a ", "x", ")", "(func)") },
    Input { name: "nested parentheses in an annotation", verdict: Module, text: |n| nested(n, "(@a ", "(", "x", ")", ") (func)") },
    Input { name: "annotations in annotations in code", verdict: Module, text: |n| nested(n, "(func nop ", "(@a \"(\" ", "", ")", "nop)") },
    Input { name: "nested parentheses", verdict: Errors, text: |n| nested(n, "", "(", "", ")", "") },
    Input { name: "nested parentheses in a function", verdict: Errors, text: |n| nested(n, "(func ", "(", "", ")", ")") },
    Input { name: "nested parentheses, each on a line", verdict: Errors, text: |n| nested(n, "", "(\n", "", ")\n", "") },
    Input { name: "nested modules", verdict: Errors, text: |n| nested(n, "", "(module ", "", ")", "") },
    Input { name: "nested functions", verdict: Errors, text: |n| nested(n, "", "(func ", "", ")", "") },
    Input { name: "nested groups", verdict: Errors, text: |n| nested(n, "", "(rec ", "", ")", "") },
    Input { name: "nested types", verdict: Errors, text: |n| nested(n, "", "(type ", "(func)", ")", "") },
    Input { name: "nested sub", verdict: Errors, text: |n| nested(n, "(type ", "(sub ", "(func)", ")", ")") },
    Input { name: "nested results", verdict: Errors, text: |n| nested(n, "(func ", "(result ", "i32", ")", ")") },
    Input { name: "nested offsets", verdict: Errors, text: |n| nested(n, "(memory 1) (data ", "(offset ", "(i32.const 0)", ")", " \"\")") },
    Input { name: "nested items", verdict: Errors, text: |n| nested(n, "(table 1 funcref) (elem (i32.const 0) funcref ", "(item ", "(ref.null func)", ")", ")") },
    Input { name: "blocks without end", verdict: Errors, text: |n| times(n, "(func ", "block ", ")") },
    Input { name: "ends without blocks", verdict: Errors, text: |n| times(n, "(func ", "end ", ")") },
    Input { name: "elses without if", verdict: Errors, text: |n| times(n, "(func i32.const 0 if ", "else ", "end)") },
    Input { name: "blocks with wrong ends", verdict: Errors, text: |n| nested(n, "(func ", "block $a ", "", "end $b ", ")") },
    // ------------------------------------------------------------------- Unopened and unclosed
    Input { name: "( alone", verdict: Errors, text: |n| times(n * 50, "", "(", "") },
    Input { name: ") alone", verdict: Errors, text: |n| times(n * 50, "", ")", "") },
    Input { name: "\" alone", verdict: Errors, text: |n| times(n * 50 + 1, "", "\"", "") },
    Input { name: "; alone", verdict: Module, text: |n| times(n * 50 + 2, "", ";", "") },
    Input { name: "; apart", verdict: Errors, text: |n| times(n, "", "; ", "") },
    Input { name: "(; alone", verdict: Errors, text: |n| times(n * 25, "", "(;", "") },
    Input { name: ";) alone", verdict: Errors, text: |n| times(n * 25, "", ";)", "") },
    Input { name: "$ alone", verdict: Errors, text: |n| times(n * 50, "", "$", "") },
    Input { name: "$ apart", verdict: Errors, text: |n| times(n, "", "$ ", "") },
    Input { name: "(@ alone", verdict: Errors, text: |n| times(n * 25, "", "(@", "") },
    Input { name: "(@a never closed", verdict: Errors, text: |n| times(n, "", "(@a ", "") },
    Input { name: "(@a\" never closed", verdict: Errors, text: |n| times(n, "", "(@\"a\" ", "") },
    Input { name: "(func never closed", verdict: Errors, text: |n| times(n, "", "(func ", "") },
    Input { name: "(func never closed, each on a line", verdict: Errors, text: |n| times(n, "", "(func\n", "") },
    Input { name: "(func( never closed, each on a line", verdict: Errors, text: |n| times(n, "", "(func (param $x i32) (i32.add\n", "") },
    Input { name: "(data never closed, each on a line", verdict: Errors, text: |n| times(n, "", "(data \"\"\n", "") },
    Input { name: "(type 0) never closed, each on a line", verdict: Errors, text: |n| times(n, "(func ", "(block\n(type 0) ", "") },
    Input { name: "(func (@a never closed, each on a line", verdict: Errors, text: |n| times(n, "", "(func\n(@a\n", "") },
    Input { name: "( (@a never closed, each on a line", verdict: Errors, text: |n| times(n, "", "(\n(@a\n", "") },
    Input { name: "(module never closed", verdict: Errors, text: |n| times(n, "", "(module\n", "") },
    Input { name: "(block never closed", verdict: Errors, text: |n| times(n, "(func ", "(block ", "") },
    Input { name: "(block never closed, each on a line", verdict: Errors, text: |n| times(n, "(func\n", "(block\n", "") },
    Input { name: "functions with a parenthesis too many", verdict: Errors, text: |n| times(n, "", "(func))\n", "") },
    Input { name: "a parenthesis too many, in the middle of many functions", verdict: Errors, text: |n| nested(n, "(module ", "(func)\n", ")", "(func)\n", ")") },
    Input { name: "functions with a parenthesis too few", verdict: Errors, text: |n| times(n, "(module\n", "(func (block)\n", ")") },
    Input { name: "strings never closed, each on a line", verdict: Errors, text: |n| times(n, "", "(data \"a)\n", "") },
    Input { name: "unclosed comments in functions", verdict: Errors, text: |n| times(n, "", "(func) (; ", "") },
    // ------------------------------------------------------------------------- Much of one thing
    Input { name: "white space", verdict: Module, text: |n| times(n * 100, "(func", " ", ")") },
    Input { name: "empty lines", verdict: Module, text: |n| times(n * 50, "(func", "\n", ")") },
    Input { name: "other line endings", verdict: Module, text: |n| times(n * 10, "(func", "\r\n\r\n\n\r\t", ")") },
    Input { name: "only white space", verdict: Module, text: |n| times(n * 100, "", " ", "") },
    Input { name: "NUL", verdict: Errors, text: |n| times(n * 50, "", "\0", "") },
    Input { name: "NUL apart", verdict: Errors, text: |n| times(n, "(func ", "\0 ", ")") },
    Input { name: "byte-order marks", verdict: Errors, text: |n| times(n, "", "\u{feff}", "(func)") },
    Input { name: "other characters apart", verdict: Errors, text: |n| times(n, "(func ", "\u{e9} ", ")") },
    Input { name: "0xff", verdict: Errors, text: |n| vec![0xff; n * 50] },
    Input { name: "a module in binary", verdict: Errors, text: |n| [b"\0asm\x01\0\0\0".as_slice(), &b"\0\x05\x01a\xff\x80\x81".repeat(n)].concat() },
    Input { name: "line comments", verdict: Module, text: |n| times(n, "(func", " ;; a (\"\n", ")") },
    Input { name: "block comments", verdict: Module, text: |n| times(n, "(func", " (; a ( \" ;)", ")") },
    Input { name: "one long comment", verdict: Module, text: |n| times(n * 50, "(func) ;;", "a", "") },
    Input { name: "a long string", verdict: Module, text: |n| times(n * 50, "(data \"", "a", "\")") },
    Input { name: "a long string of escapes", verdict: Module, text: |n| times(n * 10, "(data \"", "\\00\\u{1f600}", "\")") },
    Input { name: "a long string of wrong escapes", verdict: Errors, text: |n| times(n * 10, "(data \"", "\\q\\u{}", "\")") },
    Input { name: "a long string of escapes that are never closed", verdict: Errors, text: |n| times(n * 10, "(data \"", "\\u{1", "\")") },
    Input { name: "many strings", verdict: Module, text: |n| times(n, "(data", " \"a\"", ")") },
    Input { name: "a long name of an export", verdict: Module, text: |n| times(n, "(func (export \"", "a", "\"))") },
    Input { name: "a long identifier", verdict: Module, text: |n| { let id = "a".repeat(n); format!("(func ${id}) (start ${id})").into_bytes() } },
    Input { name: "a long unknown identifier", verdict: Errors, text: |n| { let id = "a".repeat(n); format!("(func $b{id}) (start $c{id})").into_bytes() } },
    Input { name: "a long identifier in quotes", verdict: Module, text: |n| { let id = "\\61".repeat(n); format!("(func $\"{id}\") (start $\"{id}\")").into_bytes() } },
    Input { name: "a long label", verdict: Module, text: |n| { let id = "a".repeat(n); format!("(func (block ${id} (br ${id})))").into_bytes() } },
    Input { name: "a long keyword", verdict: Errors, text: |n| times(n * 10, "(func ", "a", ")") },
    Input { name: "a long keyword with points", verdict: Errors, text: |n| times(n * 10, "(func i32", ".const", " 0)") },
    Input { name: "a long field", verdict: Errors, text: |n| times(n * 10, "(", "func", ")") },
    Input { name: "a long annotation", verdict: Module, text: |n| times(n * 10, "(@", "a", ") (func)") },
    Input { name: "a long number", verdict: Errors, text: |n| times(n * 10, "(func (drop (i32.const ", "9", ")))") },
    Input { name: "a long number of zeros", verdict: Module, text: |n| times(n * 10, "(func (drop (i32.const ", "0", ")))") },
    Input { name: "a long number with underscores", verdict: Module, text: |n| times(n * 10, "(func (drop (i32.const 0", "_0", ")))") },
    Input { name: "a long index", verdict: Module, text: |n| times(n, "(func (call ", "0", "))") },
    Input { name: "a long float", verdict: Module, text: |n| times(n, "(func (drop (f64.const 1.", "3", ")))") },
    Input { name: "a long float before the point", verdict: Errors, text: |n| times(n + 400, "(func (drop (f64.const ", "3", ".0)))") },
    Input { name: "a long float with a compensating exponent", verdict: Module, text: |n| format!("(func (drop (f32.const {}e-{n})))", "3".repeat(n)).into_bytes() },
    Input { name: "a long hexadecimal float", verdict: Module, text: |n| times(n, "(func (drop (f32.const 0x1.", "8", "p-3)))") },
    Input { name: "a long hexadecimal float with a compensating exponent", verdict: Module, text: |n| format!("(func (drop (f64.const 0x{}p-{})))", "f".repeat(n), 4 * n).into_bytes() },
    Input { name: "a long exponent", verdict: Errors, text: |n| times(n, "(func (drop (f64.const 1e1", "9", ")))") },
    Input { name: "a long negative exponent", verdict: Module, text: |n| times(n, "(func (drop (f64.const 1e-1", "9", ")))") },
    Input { name: "a long payload of nan", verdict: Errors, text: |n| times(n, "(func (drop (f32.const nan:0x1", "0", ")))") },
    Input { name: "long floats", verdict: Module, text: |n| times(n / 100 + 1, "(func ", &format!("(drop (f64.const 0.{}1))", "0".repeat(300)), ")") },
    // --------------------------------------------------------------------------- Many of one thing
    Input { name: "functions", verdict: Module, text: |n| times(n, "", "(func)\n", "") },
    Input { name: "functions on one line", verdict: Module, text: |n| times(n, "", "(func)", "") },
    Input { name: "functions with names", verdict: Module, text: |n| each(n, "", |at| format!("(func $f{at} (call $f{}))\n", at / 2), "") },
    Input { name: "functions of one name", verdict: Errors, text: |n| times(n, "", "(func $f)\n", "") },
    Input { name: "functions of as many types", verdict: Module, text: |n| each(n.min(500_000), "", |at| {
        let bits = (0..20).map(|bit| if at >> bit & 1 == 0 { "i32 " } else { "i64 " });
        format!("(func (param {}))\n", bits.collect::<String>())
    }, "") },
    Input { name: "functions each with an export", verdict: Module, text: |n| each(n, "", |at| format!("(func (export \"{at}\"))\n"), "") },
    Input { name: "exports of one name", verdict: Errors, text: |n| times(n, "(func)", "(export \"a\" (func 0))\n", "") },
    Input { name: "exports of one function in place", verdict: Module, text: |n| each(n, "(func ", |at| format!("(export \"{at}\") "), ")") },
    Input { name: "imports", verdict: Module, text: |n| times(n, "", "(import \"a\" \"b\" (func))\n", "") },
    Input { name: "imports after a function", verdict: Errors, text: |n| times(n, "(func)", "(import \"a\" \"b\" (func))\n", "") },
    Input { name: "compact imports", verdict: Module, text: |n| times(n, "(import \"a\" ", "(item \"b\" (func))", ")") },
    Input { name: "types", verdict: Module, text: |n| times(n, "", "(type (func))\n", "") },
    Input { name: "types in a group", verdict: Module, text: |n| times(n, "(rec ", "(type (struct))\n", ")") },
    Input { name: "types that name each other", verdict: Module, text: |n| each(n, "(rec ", |at| format!("(type $t{at} (struct (field (ref null $t{}))))\n", (at + 1) % n), ")") },
    Input { name: "types that refer to the previous one", verdict: Module, text: |n| each(n, "(type $t0 (struct))", |at| format!("(type $t{} (struct (field (ref $t{at}))))\n", at + 1), "") },
    Input { name: "types that are subtypes of the previous one", verdict: Module, text: |n| each(n, "(type $t0 (sub (struct)))", |at| format!("(type $t{} (sub $t{at} (struct)))\n", at + 1), "") },
    Input { name: "types that are their own supertype", verdict: Errors, text: |n| each(n, "", |at| format!("(type $t{at} (sub $t{at} (struct)))\n"), "") },
    Input { name: "supertypes of one type", verdict: Errors, text: |n| times(n, "(type $t (sub (struct))) (type (sub ", "$t ", "(struct)))") },
    Input { name: "empty groups", verdict: Module, text: |n| times(n, "", "(rec)\n", "") },
    Input { name: "fields of a struct", verdict: Module, text: |n| times(n, "(type (struct ", "(field i32)", "))") },
    Input { name: "fields of a struct in one", verdict: Module, text: |n| times(n, "(type (struct (field ", "i32 ", ")))") },
    Input { name: "fields of one name", verdict: Errors, text: |n| times(n, "(type (struct ", "(field $x i32)", "))") },
    Input { name: "parameters", verdict: Module, text: |n| times(n, "(func ", "(param i32)", ")") },
    Input { name: "parameters with names", verdict: Module, text: |n| each(n, "(func ", |at| format!("(param $p{at} i32)"), ")") },
    Input { name: "parameters of one name", verdict: Errors, text: |n| times(n, "(func ", "(param $p i32)", ")") },
    Input { name: "results", verdict: Module, text: |n| times(n, "(func (result ", "i32 ", ") unreachable)") },
    Input { name: "locals", verdict: Module, text: |n| times(n, "(func (local ", "i32 ", "))") },
    Input { name: "locals of alternating types", verdict: Module, text: |n| times(n, "(func ", "(local i32) (local f64)", ")") },
    Input { name: "locals with names", verdict: Module, text: |n| each(n, "(func ", |at| format!("(local $l{at} i32)"), &format!("(drop (local.get $l{})))", n - 1)) },
    Input { name: "blocks of many parameters", verdict: Module, text: |n| times(n, "(func unreachable (block (param ", "i32 ", ") unreachable))") },
    Input { name: "memories", verdict: Module, text: |n| times(n, "", "(memory 0)\n", "") },
    Input { name: "tables", verdict: Module, text: |n| times(n, "", "(table 0 funcref)\n", "") },
    Input { name: "globals", verdict: Module, text: |n| times(n, "", "(global i32 (i32.const 0))\n", "") },
    Input { name: "globals that refer to the previous one", verdict: Module, text: |n| each(n, "(global $g0 i32 (i32.const 0))", |at| format!("(global $g{} i32 (global.get $g{at}))\n", at + 1), "") },
    Input { name: "globals with similar names", verdict: Errors, text: |n| each(n, "", |at| format!("(global $name{at} i32 (global.get $nam{at}))\n"), "") },
    Input { name: "tags", verdict: Module, text: |n| times(n, "", "(tag)\n", "") },
    Input { name: "start functions", verdict: Errors, text: |n| times(n, "(func)", "(start 0)\n", "") },
    Input { name: "data segments", verdict: Module, text: |n| times(n, "", "(data \"a\")\n", "") },
    Input { name: "active data segments", verdict: Module, text: |n| times(n, "(memory 1)", "(data (i32.const 0) \"a\")\n", "") },
    Input { name: "element segments", verdict: Module, text: |n| times(n, "(func)", "(elem func 0)\n", "") },
    Input { name: "elements", verdict: Module, text: |n| times(n, "(func) (elem func ", "0 ", ")") },
    Input { name: "element expressions", verdict: Module, text: |n| times(n, "(func) (elem funcref ", "(ref.func 0)", ")") },
    Input { name: "unknown elements", verdict: Errors, text: |n| times(n, "(func) (elem func ", "$f ", ")") },
    Input { name: "custom sections", verdict: Module, text: |n| times(n, "", "(@custom \"a\" \"b\")\n", "") },
    Input { name: "custom sections in places", verdict: Module, text: |n| times(n, "", "(@custom \"a\" (before func) \"b\")\n", "") },
    Input { name: "producers", verdict: Module, text: |n| times(n, "", "(@producers (language \"a\" \"b\"))\n", "") },
    Input { name: "branch hints", verdict: Module, text: |n| times(n, "(func ", "(@metadata.code.branch_hint \"\\00\") (if (i32.const 0) (then))", ")") },
    Input { name: "name annotations", verdict: Errors, text: |n| times(n, "(func ", "(@name \"a\")", ")") },
    Input { name: "characters", verdict: Module, text: |n| times(n, "(func ", "(drop (i32.const (@char \"A\")))", ")") },
    Input { name: "instructions", verdict: Module, text: |n| times(n, "(func ", "nop ", ")") },
    Input { name: "instructions, folded", verdict: Module, text: |n| times(n, "(func ", "(drop (i32.const 0))", ")") },
    Input { name: "operands of one instruction", verdict: Errors, text: |n| times(n, "(func (drop ", "(i32.const 0)", "))") },
    Input { name: "consecutive blocks", verdict: Module, text: |n| times(n, "(func ", "(block (result i32 i32) unreachable) unreachable ", ")") },
    Input { name: "labels of br_table", verdict: Module, text: |n| times(n, "(func (br_table ", "0 ", "(i32.const 0)))") },
    Input { name: "labels of br_table by name, deep", verdict: Module, text: |n| { let depth = n.min(1000); [nested(depth, "(func ", "block $l ", "(br_table ", "", ""), times(n, "", "$l ", "(i32.const 0))"), times(depth, "", " end", ")")].concat() } },
    Input { name: "unknown labels of br_table", verdict: Errors, text: |n| times(n, "(func (br_table ", "$l ", "(i32.const 0)))") },
    Input { name: "labels out of reach", verdict: Errors, text: |n| times(n, "(func (br_table ", "7 ", "(i32.const 0)))") },
    Input { name: "catches", verdict: Module, text: |n| times(n, "(tag) (func (try_table ", "(catch 0 0)", "))") },
    Input { name: "legacy catches", verdict: Module, text: |n| times(n, "(tag) (func try ", "catch 0 ", "end)") },
    Input { name: "handlers of resume", verdict: Module, text: |n| times(n, "(type $f (func)) (type $c (cont $f)) (tag) (func (param (ref $c)) (resume $c ", "(on 0 switch)", "(local.get 0)))") },
    Input { name: "types of select", verdict: Errors, text: |n| times(n, "(func (drop (select (result ", "i32 ", ") (i32.const 0) (i32.const 0) (i32.const 0))))") },
    Input { name: "lanes of a vector", verdict: Errors, text: |n| times(n, "(func (drop (v128.const i8x16 ", "0 ", ")))") },
    Input { name: "numbers in a segment", verdict: Module, text: |n| times(n, "(data (i64 ", "1 ", "))") },
    Input { name: "lists of numbers in a segment", verdict: Module, text: |n| times(n, "(data ", "(f32 1.5)", ")") },
    Input { name: "memories as large as they can be", verdict: Errors, text: |_| b"(memory 0xffff_ffff_ffff_ffff)".to_vec() },
    Input { name: "a sparse memory", verdict: Module, text: |_| b"(memory i64 0 0xffff_ffff_ffff) (data (i64.const 0xffff_ffff) \"a\")".to_vec() },
    Input { name: "a table as large as it can be", verdict: Errors, text: |_| b"(table 0xffff_ffff_ffff_ffff funcref)".to_vec() },
    // ------------------------------------------------------------------------- Many different errors
    Input { name: "unknown instructions", verdict: Errors, text: |n| times(n, "(func ", "i32.cosnt ", ")") },
    Input { name: "unknown instructions on lines", verdict: Errors, text: |n| times(n, "(func ", "foo\n", ")") },
    Input { name: "renamed instructions", verdict: Errors, text: |n| times(n, "(func (param i32) ", "(drop (get_local 0))\n", ")") },
    Input { name: "renamed instructions in as many functions", verdict: Errors, text: |n| times(n, "", "(func (param i32) (drop (get_local 0)))\n", "") },
    Input { name: "unknown functions", verdict: Errors, text: |n| times(n, "(func ", "(call $f)\n", ")") },
    Input { name: "unknown functions with similar names", verdict: Errors, text: |n| each(n, "", |at| format!("(func $function{at} (call $functoin{at}))\n"), "") },
    Input { name: "unknown locals", verdict: Errors, text: |n| times(n, "(func ", "(drop (local.get 7))\n", ")") },
    Input { name: "unknown types", verdict: Errors, text: |n| times(n, "", "(func (type $t))\n", "") },
    Input { name: "type errors in one function", verdict: Errors, text: |n| times(n, "(func ", "(block (i32.add (i32.const 0) (i64.const 0)) drop)\n", ")") },
    Input { name: "type errors in as many functions", verdict: Errors, text: |n| times(n, "", "(func (result i32) (i64.const 0))\n", "") },
    Input { name: "drops without operands", verdict: Errors, text: |n| times(n, "(func ", "drop ", ")") },
    Input { name: "values left on the stack", verdict: Errors, text: |n| times(n, "(func ", "(i32.const 0)", ")") },
    Input { name: "numbers out of range", verdict: Errors, text: |n| times(n, "(func ", "(drop (i32.const 99999999999))\n", ")") },
    Input { name: "unknown fields", verdict: Errors, text: |n| times(n, "", "(fnuc)\n", "") },
    Input { name: "words between fields", verdict: Errors, text: |n| times(n, "", "x (func)\n", "") },
    Input { name: "words", verdict: Errors, text: |n| times(n, "", "word ", "") },
    Input { name: "words in a function", verdict: Errors, text: |n| times(n, "(func ", "word ", ")") },
    Input { name: "numbers in a function", verdict: Errors, text: |n| times(n, "(func ", "1 ", ")") },
    Input { name: "strings in a function", verdict: Errors, text: |n| times(n, "(func ", "\"a\" ", ")") },
    Input { name: "parentheses in a function", verdict: Errors, text: |n| times(n, "(func ", "() ", ")") },
    Input { name: "parameters after instructions", verdict: Errors, text: |n| times(n, "(func nop ", "(param i32)\n", ")") },
    Input { name: "malformed functions", verdict: Errors, text: |n| times(n, "", "(func (param) (result) (local 1))\n", "") },
    Input { name: "malformed types in a group", verdict: Errors, text: |n| times(n, "(rec ", "(type (strct))\n", ")") },
    Input { name: "malformed fields of a struct", verdict: Errors, text: |n| times(n, "(type (struct ", "(field)(field (mut))", "))") },
    Input { name: "malformed imports", verdict: Errors, text: |n| times(n, "", "(import \"a\" \"b\")\n", "") },
    Input { name: "labels named as types", verdict: Module, text: |n| times(n, "(type $t (struct)) (func ", "(drop (ref.test $t (ref.null any)))\n", ")") },
    Input { name: "a module in quotes", verdict: Module, text: |n| times(n, "(module quote ", "\"(func)\" ", ")") },
    Input { name: "a module in bytes", verdict: Errors, text: |n| times(n, "(module binary ", "\"\\00asm\" ", ")") },
    Input { name: "nested quoted modules", verdict: Errors, text: |n| nested(n, "(module quote ", "\"(module quote\" ", "", "\")\" ", ")") },
];
