//! A large number in a text, or a large count in a binary, costs neither memory nor time.

use crate::binary::{leb, section};
use crate::growth::{peak_of, time_of_thread};
use gcwat::{Assembler, Code, Diagnostics, disassemble};
use std::time::Duration;

/// The memory limit for a text of a few words.
const MEMORY: usize = 8 << 20;

/// The time limit for a text of a few words, also in a debug build on a busy machine.
const TIME: Duration = Duration::from_secs(2);

/// Checks that some work needs little memory and time. Returns its result.
fn cheap<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = time_of_thread();
    let mut made = None;
    let peak = peak_of(|| made = Some(work()));
    let time = time_of_thread() - start;
    assert!(peak < MEMORY, "{what}: {peak} bytes");
    assert!(time < TIME, "{what}: {time:?}");
    made.expect("a result")
}

fn assemble(text: &str) -> Result<Diagnostics, Diagnostics> {
    let assembler = Assembler::new().threads(1).names(true).origins(true);
    cheap(text, || assembler.assemble(text).map(|assembled| assembled.warnings().clone()))
}

const ARRAY: &str = "(type $c (array (mut i32)))";

#[test]
fn an_array_of_any_length_gets_a_verdict_quickly() {
    for length in ["10001", "100000000", "0x7fff_ffff", "4294967295"] {
        // The operands are missing.
        for text in [
            format!("{ARRAY} (func (drop (array.new_fixed $c {length})))"),
            format!("{ARRAY} (func (drop (array.new_fixed $c {length} (i32.const 1))))"),
            format!("{ARRAY} (func (drop (array.new_fixed $c {length} (i64.const 1))))"),
            format!("{ARRAY} (func unreachable (block (drop (array.new_fixed $c {length}))))"),
            format!("{ARRAY} (global (ref $c) (array.new_fixed $c {length}))"),
            format!("{ARRAY} (elem (ref $c) (array.new_fixed $c {length}))"),
            format!("(func (drop (array.new_fixed 7 {length})))"),
            format!("(type $c (array i32)) (func (param i32) (array.set $c (array.new_fixed $c {length})))"),
        ] {
            let errors = assemble(&text).unwrap_err();
            assert!(errors.has_errors(), "{text}");
        }
        // Unreachable code needs no operands.
        for code in [
            format!("unreachable (drop (array.new_fixed $c {length}))"),
            format!("return (drop (array.new_fixed $c {length} (i32.const 1) (i32.const 2)))"),
            format!("(loop (br 0) (array.new_fixed $c {length}) drop)"),
        ] {
            let text = format!("{ARRAY} (func {code}) (func $wrong)");
            let warnings = assemble(&text).unwrap();
            let codes: Vec<Code> = warnings.iter().map(|warning| warning.code).collect();
            let rest: Vec<Code> = codes.into_iter().filter(|&code| code != Code::UnreachableCode).collect();
            assert_eq!(rest, [Code::ImplementationLimit], "{text}: {warnings}");
            assert!(warnings.iter().any(|warning| warning.message.contains("10000 operands")));
            // The rest of the module is validated.
            for wrong in [
                text.replace("$wrong", "(drop)"),
                text.replace("(func $wrong)", "").replacen(") (func", ") (func i32.eqz (i64.const 1)", 1),
                text.replace(") (func $wrong", " i32.eqz drop block i64.const 1 end) (func $wrong"),
            ] {
                let errors = assemble(&wrong).unwrap_err();
                assert!(errors.has_errors(), "{wrong}");
            }
        }
    }
}

#[test]
fn operands_of_a_long_array_are_counted_from_the_first() {
    let errors =
        assemble(&format!("{ARRAY} (func (drop (array.new_fixed $c 5000 (i32.const 1))))")).unwrap_err();
    assert!(errors.to_string().contains("takes 5000 operands, but there is 1"), "{errors}");
    let operands = "(i32.const 1)".repeat(1499);
    let text = format!("{ARRAY} (func (drop (array.new_fixed $c 1500 {operands} (i64.const 1))))");
    let errors = Assembler::new().check(&text);
    let error = errors.iter().next().unwrap();
    assert_eq!(error.label, "operand 1500 of 1500 must be i32", "{errors}");
}

#[test]
fn only_more_operands_than_engines_support_have_a_warning() {
    for (count, is_beyond) in [(10_000, false), (10_001, true)] {
        let operands = "(i32.const 1)".repeat(count);
        for text in [
            format!("{ARRAY} (func (drop (array.new_fixed $c {count} {operands})))"),
            format!("{ARRAY} (global (ref $c) (array.new_fixed $c {count} {operands}))"),
            format!("{ARRAY} (table 1 (ref $c) (array.new_fixed $c {count} {operands}))"),
            format!("{ARRAY} (elem (ref $c) (array.new_fixed $c {count} {operands}))"),
        ] {
            let warnings = Assembler::new().assemble(&text).unwrap().warnings().clone();
            assert_eq!(warnings.len(), usize::from(is_beyond), "{}: {warnings}", &text[..80]);
            assert!(warnings.iter().all(|warning| warning.code == Code::ImplementationLimit));
        }
    }
}

#[test]
fn large_numbers_in_a_text_cost_nothing() {
    let fields = "(memory $m 1) (table $t 1 funcref) (global $g (mut i32) (i32.const 0)) (tag $e (param i32))
        (type $s (struct (field i32))) (type $c (array (mut i32))) (data $d \"abc\") (elem $l func)";
    for number in ["0xffff_ffff", "4294967295", "2147483647", "1000000000", "0xffff_ffff_ffff_ffff"] {
        for text in [
            "(func (br N))",
            "(func (br_table N N N (i32.const 0)))",
            "(func (block (br_if N (i32.const 0))))",
            "(func (call N))",
            "(func (drop (local.get N)))",
            "(func (local.set N (i32.const 0)))",
            "(func (param i32) (drop (i32.load offset=N (local.get 0))))",
            "(func (param i32) (drop (i32.load align=N (local.get 0))))",
            "(func (param i32) (drop (i32.load N (local.get 0))))",
            "(func (drop (i8x16.extract_lane_s N (v128.const i64x2 0 0))))",
            "(func (drop (struct.get $s N (ref.null $s))))",
            "(func (drop (struct.new N)))",
            "(func (drop (array.new_data $c N (i32.const 0) (i32.const 0))))",
            "(func (drop (ref.cast (ref null N) (ref.null any))))",
            "(func (block (try_table (catch N N))))",
            "(func (throw N))",
            "(func (block (type N)))",
            "(func (call_indirect N (type N) (i32.const 0)))",
            "(func (type N))",
            "(func (local (ref N)))",
            "(func try catch N end)",
            "(func try delegate N)",
            "(func (data.drop N) (elem.drop N))",
            "(func (memory.copy N N (i32.const 0) (i32.const 0) (i32.const 0)))",
            "(memory N)",
            "(memory 0 N)",
            "(memory i64 N N)",
            "(memory 1 (pagesize N))",
            "(table N funcref)",
            "(table 0 N funcref)",
            "(table i64 N N funcref)",
            "(table N (ref func) (ref.func 0))",
            "(import \"a\" \"b\" (memory N N))",
            "(import \"a\" \"b\" (table N funcref))",
            "(import \"a\" \"b\" (func (type N)))",
            "(export \"e\" (func N))",
            "(start N)",
            "(elem (table N) (i32.const N) func N)",
            "(elem func N N)",
            "(data (memory N) (i32.const N) \"a\")",
            "(data (i32.const N) (i8 N))",
            "(data (i64 N) (i32 N) (f32 N))",
            "(global i32 (i32.const N))",
            "(global (ref N) (ref.func N))",
            "(type (sub N (struct)))",
            "(type (func (param (ref N))))",
            "(type (cont N))",
            "(rec (type (descriptor N) (struct)) (type (describes N) (struct)))",
            "(func (drop (v128.const i8x16 N N N N N N N N N N N N N N N N)))",
            "(@metadata.code.compilation_priority (compilation N) (priority N)) (func)",
            "(func (@metadata.code.instr_freq (freq N)) nop)",
            "(@dylink.0 (mem-info (memory N N) (table N N)))",
        ] {
            let text = format!("{fields} {}", text.replace('N', number));
            // The module may be valid or invalid.
            _ = assemble(&text);
        }
    }
}

/// Returns a module with `funcs` functions, each with `locals` locals.
fn with_locals(funcs: usize, locals: usize) -> Vec<u8> {
    let body = [&[1][..], &leb(locals), &[0x7f, 0x0b]].concat();
    let body = [leb(body.len()), body].concat();
    [
        b"\0asm\x01\0\0\0".as_slice(),
        &section(1, b"\x01\x60\0\0"),
        &section(3, &[leb(funcs), vec![0; funcs]].concat()),
        &section(10, &[leb(funcs), body.repeat(funcs)].concat()),
    ]
    .concat()
}

#[test]
fn a_small_binary_does_not_become_a_large_text() {
    // One function can have the maximum number of locals.
    let text = disassemble(&with_locals(1, 49_999)).unwrap().text;
    assert_eq!(text.matches("i32").count(), 49_999);
    let bytes = with_locals(8_000, 49_999);
    assert!(bytes.len() < 80_000);
    let peak = peak_of(|| {
        assert!(disassemble(&bytes).unwrap_err().to_string().contains("the text would be too long"))
    });
    assert!(peak < 100 << 20, "{peak} bytes");
    // A long name that is used often.
    let name = [leb(100_000), vec![b'a'; 100_000]].concat();
    let entry = [&[1, 0][..], &name].concat();
    let names = [&b"\x04name\x01"[..], &leb(entry.len()), &entry].concat();
    let body = [&[0][..], &[0x10, 0].repeat(30_000), &[0x0b]].concat();
    let body = [&[1][..], &leb(body.len()), &body].concat();
    let bytes = [
        b"\0asm\x01\0\0\0".as_slice(),
        &section(1, b"\x01\x60\0\0"),
        &section(3, &[1, 0]),
        &section(10, &body),
        &section(0, &names),
    ]
    .concat();
    let peak = peak_of(|| {
        assert!(disassemble(&bytes).unwrap_err().to_string().contains("the text would be too long"))
    });
    assert!(peak < 200 << 20, "{peak} bytes");
}

#[test]
fn false_counts_in_a_binary_cost_nothing() {
    let huge = [0xff, 0xff, 0xff, 0xff, 0x0f];
    for id in (0..=13).chain([0x7f]) {
        let bytes = [b"\0asm\x01\0\0\0".as_slice(), &section(id, &huge)].concat();
        _ = cheap(&format!("section {id}"), || disassemble(&bytes));
        let bytes = [b"\0asm\x01\0\0\0".as_slice(), &[id], &huge].concat();
        _ = cheap(&format!("a long section {id}"), || disassemble(&bytes));
    }
    for kind in 0..=13 {
        let names = [&b"\x04name"[..], &[kind], &leb(huge.len()), &huge].concat();
        let bytes = [b"\0asm\x01\0\0\0".as_slice(), &section(0, &names)].concat();
        _ = cheap(&format!("names of kind {kind}"), || disassemble(&bytes));
    }
}

#[test]
fn messages_do_not_grow_with_the_size_of_what_they_mention() {
    // Each of many errors mentions the same long name, definition or list.
    let long = "a".repeat(100_000);
    let errors = 2_000;
    for (what, text) in [
        (
            "a name of a type",
            format!("(type ${long} (struct)) (func {})", "(drop (i32.eqz (ref.null 0)))".repeat(errors)),
        ),
        ("a name of a function", format!("(func ${long} (param i32)) (func {})", "(call 0)".repeat(errors))),
        (
            "parameters",
            format!("(func $f {}) (func {})", "(param i32)".repeat(1000), "(call $f)".repeat(errors)),
        ),
        (
            "a definition",
            format!(
                "(type $t (func (;{long};) (param i32))) {}",
                "(func (type $t) (param i64))".repeat(errors)
            ),
        ),
        (
            "a comment before the parameters",
            format!("(func $f (;{long};) (param i32)) (func {})", "(call $f (i64.const 0))".repeat(errors)),
        ),
        (
            "a comment before the type of a block",
            format!(
                "(func block (;{long};) (result i32) {} end drop)",
                "(br 0 (i64.const 0))".repeat(errors)
            ),
        ),
    ] {
        let mut found = 0;
        let peak = peak_of(|| found = Assembler::new().threads(1).check(&text).len());
        assert!(found >= errors / 2 || found == 1, "{what}: {found}");
        assert!(peak < 64 << 20, "{what}: {peak} bytes");
    }
}
