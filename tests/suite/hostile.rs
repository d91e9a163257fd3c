//! Hostile inputs: every input gets a module or errors, in limited time and without a panic.
//!
//! [`inputs`] has texts with nested, repeated and unclosed constructs. The tests here run them with a small
//! stack, so that recursion with the nesting depth is found with small texts. [`huge`] runs larger versions
//! with the command; `.ci/hostile` does that in a release build.

mod files;
#[cfg(feature = "cli")]
mod huge;
mod inputs;
mod limits;
mod numbers;
mod scripts;

use gcwat::report::{MessageFormat, Report};
use gcwat::{Assembler, Diagnostics, Span};
use inputs::{INPUTS, Input, Verdict};

/// The number of repetitions in tests.
const SMALL: usize = 500;

/// A stack size that memory-conscious programs use for threads.
const STACK: usize = 256 << 10;

/// Runs a closure on a thread with a small stack.
fn with_little_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work);
    thread.expect("the thread starts").join().expect("the thread does not panic");
}

/// Checks that all locations in diagnostics are inside the text.
fn check_places(text: &[u8], diagnostics: &Diagnostics) {
    let text = String::from_utf8_lossy(text);
    let check = |span: Span| {
        assert!(
            span.start <= span.end && text.get(span.range()).is_some(),
            "{span:?} is outside the text: {diagnostics}"
        );
    };
    for diagnostic in diagnostics.iter() {
        check(diagnostic.span);
        diagnostic.labels.iter().for_each(|label| check(label.span));
        for suggestion in &diagnostic.suggestions {
            suggestion.edits.iter().for_each(|edit| check(edit.span));
        }
    }
}

/// Checks the locations in diagnostics, and that all message formats can show them.
fn check_diagnostics(text: &[u8], diagnostics: &Diagnostics) {
    check_places(text, diagnostics);
    let text = String::from_utf8_lossy(text);
    let report = Report::new("hostile.wat", &text, diagnostics).max_errors(20);
    for format in [MessageFormat::Human, MessageFormat::Short, MessageFormat::Json, MessageFormat::Github] {
        assert_eq!(report.to_string(format).is_empty(), diagnostics.is_empty());
    }
}

/// Checks that a text gets the expected verdict.
fn check_input(input: &Input, size: usize) {
    let text = (input.text)(size);
    let result = Assembler::new().names(true).assemble_bytes(&text);
    match (input.verdict, &result) {
        (Verdict::Module, Ok(_)) | (Verdict::Errors, Err(_)) => {}
        (Verdict::Module, Err(errors)) => panic!("{}: {errors}", input.name),
        (Verdict::Errors, Ok(_)) => panic!("{}: accepted", input.name),
    }
    match &result {
        Ok(assembled) => check_diagnostics(&text, assembled.warnings()),
        Err(errors) => {
            assert!(errors.has_errors(), "{}", input.name);
            check_diagnostics(&text, errors);
        }
    }
}

#[test]
fn every_input_gets_a_verdict_with_little_stack() {
    for input in INPUTS {
        with_little_stack(|| check_input(input, SMALL));
    }
}

#[test]
fn every_input_gets_a_verdict_at_small_sizes() {
    // With zero, one or two repetitions the verdict can differ, but there must be one.
    for input in INPUTS {
        for size in [1, 2, 3, 7] {
            let text = (input.text)(size);
            let result = Assembler::new().assemble_bytes(&text);
            check_diagnostics(&text, result.as_ref().err().unwrap_or(&Diagnostics::default()));
        }
    }
}

/// Returns the programs of the corpus.
fn corpus() -> Vec<Vec<u8>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let programs = paths.filter(|path| path.extension().is_some_and(|extension| extension == "wat"));
    let mut programs: Vec<Vec<u8>> = programs.map(|path| std::fs::read(path).unwrap()).collect();
    programs.sort();
    programs
}

/// Assembles a text, and checks all locations in the diagnostics.
fn judged(text: &[u8]) -> Result<Vec<u8>, Diagnostics> {
    let result = Assembler::new().assemble_bytes(text);
    match &result {
        Ok(assembled) => check_places(text, assembled.warnings()),
        Err(errors) => {
            assert!(errors.has_errors());
            check_places(text, errors);
        }
    }
    result.map(gcwat::Assembled::into_bytes)
}

#[test]
fn a_program_cut_anywhere_gets_a_verdict() {
    for program in corpus() {
        let step = program.len().div_ceil(400);
        for end in (0..program.len()).step_by(step) {
            _ = judged(&program[..end]);
        }
    }
}

#[test]
#[ignore = "takes minutes in a debug build"]
fn a_program_cut_at_any_byte_gets_a_verdict() {
    for program in corpus() {
        for end in 0..program.len() {
            _ = judged(&program[..end]);
        }
    }
}

#[test]
fn invalid_utf_8_is_an_error_at_its_location() {
    let program = b"(module (func $f (export \"a\") (drop (i32.const 1))) ;; b\n)";
    assert!(judged(program).is_ok());
    for wrong in [&b"\xff"[..], b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82", b"\x80"] {
        for at in 0..=program.len() {
            let text = [&program[..at], wrong, &program[at..]].concat();
            let errors = judged(&text).unwrap_err();
            let (error, _) = errors.with_positions().next().unwrap();
            assert_eq!((error.code, error.span.start as usize), (gcwat::Code::BadUtf8, at));
        }
    }
}

#[test]
fn all_line_endings_are_accepted() {
    let text = "(module ;; a\n  (func $f ;; b\n    (drop\n (i32.const 1))) (; c\n ;) (start $f))\n";
    let expected = gcwat::assemble(text).unwrap();
    for end in ["\r\n", "\r", "\n\r", "\r\r\n", "\n\n"] {
        assert_eq!(gcwat::assemble(&text.replace('\n', end)).unwrap(), expected, "{end:?}");
    }
    let mixed = text.replacen('\n', "\r\n", 1).replacen("b\n", "b\r", 1);
    assert_eq!(gcwat::assemble(&mixed).unwrap(), expected);
}

#[test]
fn an_invalid_character_is_an_error_everywhere() {
    for character in
        ["\0", "\u{feff}", "\u{7f}", "\u{85}", "\u{2028}", "\u{a0}", "\u{200b}", "\u{b}", "\u{c}"]
    {
        for text in ["X(func)", "(func)X", "(Xfunc)", "(func X nop)", "(func $X)", "(func (call X0))"] {
            let text = text.replace('X', character);
            assert!(judged(text.as_bytes()).is_err(), "{text:?}");
        }
        // Comments may contain anything.
        assert!(judged(format!("(; {character} ;) ;; {character}").as_bytes()).is_ok());
    }
}

#[test]
fn the_largest_index_is_treated_like_others() {
    for text in [
        "(func call X)",
        "(func (drop (local.get X)))",
        "(func (param i32) (local.set X (i32.const 1)) (drop (local.tee X (i32.const 1))))",
        "(func (drop (global.get X)))",
        "(func br X)",
        "(func i32.const 0 (br_table X X))",
        "(func) (export \"c\" (func X))",
        "(func) (start X)",
        "(func) (elem func X)",
        "(memory 1) (func (drop (i32.load X (i32.const 0))))",
        "(func memory.size X drop)",
        "(func (call_indirect X (i32.const 0)))",
        "(type (struct)) (func (drop (struct.get 0 X (ref.null 0))))",
        "(memory 1) (data (memory X) (i32.const 0) \"\")",
        "(func throw X)",
        "(memory 1) (func data.drop X)",
        "(func (block (try_table (catch X 0))))",
    ] {
        for number in ["0x7fff_ffff", "2147483648", "0xffff_fffe", "4294967295", "0xffffffff"] {
            let text = text.replace('X', number);
            let bytes = Assembler::new().validate(false).names(true).assemble(&text).unwrap().into_bytes();
            assert!(bytes == crate::spec::reference::bytes(&text).unwrap(), "{text}");
            assert!(judged(text.as_bytes()).is_err(), "{text}");
        }
        assert!(judged(text.replace('X', "4294967296").as_bytes()).is_err(), "{text}");
    }
}

/// Inputs found by fuzzing, each with the error it once caused.
const FOUND: &[&str] = &[
    // A panic in the middle of a character.
    "(func (@a \u{e9} (",
    "\u{e9} (func i64x2.mul (",
    "(func )\u{e9}",
    // A panic on overlapping edits.
    "(func (param i32) array_subtype (@nan \"\"))",
    "(func $x struct_subtype )",
    "(func extends 0 ) (unreachable)",
    "(func ((x p)) (sub) (func extends $a ((func $b (func )))))",
    // Messages of several lines.
    "(global (mut\n70))",
    "(func mut\n\"t0\")",
    "(return_call_ref\n$a)",
    // A panic on the type of a block that is compared with the type of an operand.
    "(type $t (struct)) (func (param (ref any)) (result (ref any)) (block (result (ref $t)) (br_on_cast_fail 1 (ref any) (ref $t) (local.get 0)))) (func (return) (result (ref null any)) (block (result (ref null $t)) (br_on_cast_fail 1 (ref null any) (ref null $t) (local.get 0))))",
    "(type $s (sub (struct (field $id i32)))) (type $c (sub $s (struct (field $id i32) (field $r f64)))) (func (param $s (ref $s)) (result f64) (struct.get $c $r) (block $is (result (ref $c)) (br_on_cast $is (ref $s) (ref $c) (local.get $s)) (return return (f64.const 0))))",
    "(type $t (func)) (elem declare func $f) (func $f (call_ref $t) (if (result (ref $t)) (i32.const 1)
     (then (ref.func $f)) (else (ref.func $f))))",
    // A panic on edits of one error that overlap.
    "(memory 1) (func $put (param $p i32) (param $v i32)J    (i32.store (i32.add (lo)/ (i32.constcal.get $p)/ (i32.const 4))\n      (i32.mul (local.get $v) (i32.const(2)))\n    (i32.store (local.get $p) (local.get $v))))",
    // A panic on a character before a parenthesis and a comma.
    "(func \u{2028}(param i32, i32))",
    "(func (call \u{161}$f(1,2)) \u{e9}(1,2))",
    // A suggested identifier with an escape that the text format does not have.
    "(type $\"c2mp\\u{0}\\u{7f}\\\"\\\\\" (func)) (table 2 (ref null $c2m))",
    "(func (block $\"a b\\u{0}\" (nop) end $ab))",
    "(func block $\"a b\\u{0}\" end $ab)",
    // A place that ended in the middle of a character.
    "\" $type-else-value-empty-vs-nums  (func   (func  0x1_.0 ) ( $ ( ( f64.abs ( )$k i32.neg $\u{e9} \"name\tvalue\"  (func  : $type-value-empty-vs-num-in-global.set 0x1p127 ( 1__0 \"send\"  (func  ",
    // A fix without an effect.
    "(global (ref null null 1) (ref.null 1))",
];

#[test]
fn bugs_found_by_fuzzing_stay_fixed() {
    for text in FOUND {
        let errors = judged(text.as_bytes()).unwrap_err();
        for error in errors.iter() {
            assert!(!error.message.contains(['\n', '\r']), "{text}: {errors}");
            for suggestion in &error.suggestions {
                assert_ne!(suggestion.apply(text), *text, "{text}: {errors}");
            }
        }
        check_diagnostics(text.as_bytes(), &errors);
    }
}

#[test]
fn white_space_at_the_end_does_not_change_the_messages() {
    let messages = |text: &str| -> Vec<String> {
        judged(text.as_bytes()).unwrap_err().iter().map(|error| error.message.clone()).collect()
    };
    for text in ["(data \u{201c}h\"\\q\"", "(func $a\"b", "(data \"a"] {
        for space in [" ", "\t", "\n"] {
            assert_eq!(messages(&format!("{text}{space}")), messages(text));
        }
    }
}

#[test]
fn messages_are_deterministic() {
    // The fields were once listed in hash-table order.
    let text = "(type $t (struct (field $a i32) (field $b i32) (field $c i32) (field $d i32) (field $e i32)))
        (func (param $p (ref $t)) (drop (struct.get $t $other_name (local.get $p))))";
    let first = gcwat::check(text);
    assert!(first.iter().any(|error| error.notes.iter().any(|note| note.contains("$a, $b, $c, $d, $e"))));
    for _ in 0..20 {
        assert_eq!(gcwat::check(text), first);
    }
}

#[test]
fn a_message_has_a_limited_length() {
    let long = "a".repeat(1 << 20);
    for text in [
        format!("(func (call ${long}))"),
        format!("(type ${long} (struct)) (func (drop (i32.eqz (ref.null ${long}))))"),
        format!("({long})"),
        format!("(func {long})"),
        format!("(func (drop (i32.const 1{long})))"),
        format!("(func (drop (i32.const {})))", "1".repeat(1 << 20)),
        format!("(func (export \"{long}\")) (func (export \"{long}\"))"),
        format!("(func ${long}) (func ${long})"),
        format!("(func {}", "(block ".repeat(1 << 15)),
    ] {
        let errors = judged(text.as_bytes()).unwrap_err();
        check_diagnostics(text.as_bytes(), &errors);
        let shown = Report::new("long.wat", &text, &errors).to_string(MessageFormat::Human);
        assert!(shown.len() < 20_000, "{} bytes: {}", shown.len(), &shown[..2000]);
    }
}

#[test]
fn invalid_utf_8_is_found_in_a_large_text() {
    // Large enough for several threads, each of which checks a part.
    let line = "(func (drop (i32.const 1))) ;; \u{e9}\u{1f600}\n".as_bytes();
    let text = line.repeat((1 << 19) / line.len());
    let assembler = Assembler::new().validate(false).threads(4).to_owned();
    assert!(assembler.assemble_bytes(&text).is_ok());
    for at in (0..text.len()).step_by(text.len() / 24) {
        for wrong in [0x80, 0xc3, 0xff] {
            let mut text = text.clone();
            // Replaces a one-byte character, or a byte inside a four-byte character.
            let comment = at + text[at..].iter().position(|&byte| byte == 0xf0).unwrap_or(0);
            for place in [at, comment, comment + 1] {
                let before = std::mem::replace(&mut text[place], wrong);
                let sound = std::str::from_utf8(&text).map_err(|error| error.valid_up_to());
                let found = assembler.assemble_bytes(&text).map_err(|errors| {
                    let first = errors.iter().find(|error| error.code == gcwat::Code::BadUtf8);
                    first.map(|error| error.span.start as usize)
                });
                match sound {
                    Ok(_) => {}
                    Err(place) => assert_eq!(found.err().flatten(), Some(place)),
                }
                text[place] = before;
            }
        }
    }
}

#[test]
fn a_parenthesis_around_plain_instructions_is_rejected_with_any_spacing() {
    // Enough instructions for the memo of the lexer.
    let before = "i32.const 1 drop ".repeat(300);
    for inner in [
        "(f32.const 0 ) (block (param f32 i32 ) (drop ) (drop ) ) ",
        "nop",
        "(nop)",
        "",
        " ",
        "\n(nop)",
        "drop\0",
        "i32.const 1\0",
        "i32.const\u{0}1",
    ] {
        let text = format!("(module (func {before}) (func $f ({inner} ) ) ) ;; {}", " ".repeat(100));
        let is_sound = inner == "nop";
        assert_eq!(Assembler::new().validate(false).assemble(&text).is_ok(), is_sound, "{inner}");
    }
}

#[test]
fn a_suggestion_has_ordered_edits_with_an_effect() {
    // Both were found by fuzzing: two equal forms were swapped, and the end of a comment overlapped its
    // start.
    for text in [
        "(func (result i32) (if (result i32) (i32.const 1) (thTn (i64.const 1)) (thTn (i64.const 1))))",
        "( /*/ )",
        "(func /*/ nop /*/ )",
    ] {
        let errors = judged(text.as_bytes()).unwrap_err();
        for suggestion in errors.iter().flat_map(|error| &error.suggestions) {
            assert_ne!(suggestion.apply(text), text, "{text}: {errors}");
        }
        check_diagnostics(text.as_bytes(), &errors);
    }
}

#[test]
fn tokens_read_ahead_do_not_become_part_of_the_previous_one() {
    // The lexer stores such numbers with the clauses of a `try_table`, which it has already passed when
    // they are parsed.
    for text in [
        "(tag) (func (block try_table (catch 0 0) f64.const 1.5 drop end))",
        "(tag) (func (block (try_table (catch 0 0) f64.const 1.5 drop)))",
        "(tag) (func (block (try_table (catch 0 0) (drop (i64.const 0x1_0000_0000_0000)))))",
        "(func (block try_table (catch_all 0) i32.const 0 br_table 0 1 end))",
    ] {
        let ours = judged(text.as_bytes()).unwrap_or_else(|errors| panic!("{text}: {errors}"));
        assert_eq!(Some(ours), crate::spec::reference::bytes(text).ok(), "{text}");
    }
}

#[test]
fn a_very_long_function_keeps_all_instructions() {
    let (mut text, mut wanted) = ("(module (func\n".to_owned(), Vec::new());
    for number in 0..700_000u32 {
        let constant = (number % 61) as u8;
        text += &format!("i32.const {constant}\ndrop\n");
        wanted.extend([0x41, constant, 0x1a]);
    }
    text += "))";
    wanted.push(0x0b);
    let assembled = Assembler::new().validate(false).assemble(&text).unwrap();
    assert!(assembled.bytes().ends_with(&wanted));
}
