//! The library as used by a program: functions and options. [`diagnostics`] tests errors and warnings, and
//! [`script`] the commands of test scripts.

mod diagnostics;
mod origins;
mod progress;
mod script;
#[cfg(feature = "serde")]
mod serialized;

use gcwat::{
    Assembled, Assembler, Code, Diagnostic, Diagnostics, Features, Level, LineIndex, Position, Span,
};

const EMPTY_MODULE: &[u8] = b"\0asm\x01\0\0\0";

fn refuse(text: &str) -> Diagnostics {
    match gcwat::assemble(text) {
        Ok(_) => panic!("accepted: {text}"),
        Err(errors) => errors,
    }
}

/// Returns the codes and the text at the location of each.
fn found<'t>(text: &'t str, diagnostics: &Diagnostics) -> Vec<(Code, &'t str)> {
    diagnostics.iter().map(|diagnostic| (diagnostic.code, &text[diagnostic.span.range()])).collect()
}

fn position(line: u32, column: u32) -> Position {
    Position { line, column }
}

#[test]
fn one_call_assembles_a_text() {
    let bytes = gcwat::assemble("(module (func $f (export \"f\") (result i32) i32.const 42))").unwrap();
    assert!(wasmparser::validate(&bytes).is_ok());
    assert_eq!(gcwat::assemble("(module)").unwrap(), EMPTY_MODULE);
}

#[test]
fn the_defaults_are_those_of_the_one_call() {
    for text in ["", "(module $m (func $f))", "(type (struct)) (func (param (ref 0)))"] {
        let assembled = Assembler::new().assemble(text).unwrap();
        assert_eq!(assembled.bytes(), gcwat::assemble(text).unwrap());
        assert_eq!(Assembler::default().assemble(text).unwrap().bytes(), assembled.bytes());
        assert_eq!(assembled.clone().into_bytes(), assembled.bytes());
    }
    assert_eq!(Features::default(), "default".parse().unwrap());
    for text in ["(func (param contref))", "(tag (result i32))", "(memory 1 2 shared)"] {
        let assembled = Assembler::new().features(Features::default()).assemble(text);
        assert_eq!(assembled.map(|assembled| assembled.into_bytes()).ok(), gcwat::assemble(text).ok());
    }
}

#[test]
fn a_name_section_is_written_only_on_request() {
    let has_names = |bytes: &[u8]| bytes.windows(5).any(|window| window == b"\x04name");
    let text = "(module $m (func $f (param $x i32)))";
    let assembler = Assembler::new();
    let without = assembler.assemble(text).unwrap().into_bytes();
    assert!(!has_names(&without));
    let with = assembler.clone().names(true).assemble(text).unwrap().into_bytes();
    assert!(has_names(&with) && with.starts_with(&without));
    assert_eq!(assembler.names(false).assemble(text).unwrap().bytes(), without);
}

#[test]
fn validation_is_skipped_only_on_request() {
    let text = "(func (result i32) i64.const 0)";
    let assembler = Assembler::new();
    assert!(assembler.assemble(text).is_err());
    let bytes = assembler.clone().validate(false).assemble(text).unwrap().into_bytes();
    assert!(wasmparser::validate(&bytes).is_err());
    assert!(assembler.clone().validate(true).assemble(text).is_err());
    // An undefined name is still an error.
    assert!(assembler.validate(false).assemble("(func call $f)").is_err());
}

#[test]
fn strict_mode_turns_dialect_warnings_into_errors() {
    let text = "(type $t (struct)) (func (drop (ref.test $t (ref.null any))))";
    let assembler = Assembler::new();
    let warnings = assembler.assemble(text).unwrap().warnings().clone();
    let errors = assembler.clone().strict(true).assemble(text).unwrap_err();
    assert_eq!((warnings.len(), errors.len()), (1, 1));
    let (warning, error) = (warnings.iter().next().unwrap(), errors.iter().next().unwrap());
    assert_eq!((warning.level, error.level), (Level::Warning, Level::Error));
    assert_eq!((warning.code, error.code), (Code::BareTypeIndex, Code::NotStandard));
    assert_eq!((warning.span, &warning.suggestions), (error.span, &error.suggestions));
    assert!(assembler.strict(false).assemble(text).is_ok());
}

#[test]
fn features_restrict_what_is_valid() {
    for (list, text, is_valid) in [
        ("mvp", "(func (param i32) (result i32) local.get 0)", true),
        ("mvp", "(func (result i32 i32) unreachable)", false),
        ("wasm2", "(func (result i32 i32) unreachable)", true),
        ("wasm2", "(type (struct))", false),
        ("wasm3", "(type (struct))", true),
        ("wasm3", "(memory 1 (pagesize 1))", false),
        ("wasm3,custom-page-sizes", "(memory 1 (pagesize 1))", true),
        ("-gc", "(type (struct))", false),
        ("-gc", "(memory 1 (pagesize 1))", true),
        ("all", "(type $f (func)) (type (cont $f))", true),
        ("all,-stack-switching", "(type $f (func)) (type (cont $f))", false),
        ("-stack_switching", "(type $f (func)) (type (cont $f))", false),
        (" wasm2 , gc , function-references ", "(type (struct))", true),
    ] {
        let features: Features = list.parse().unwrap();
        let result = Assembler::new().features(features).assemble(text);
        assert_eq!(result.is_ok(), is_valid, "{list}: {text}");
        // The meaning of the text does not depend on the features.
        let bytes = Assembler::new().features(features).validate(false).assemble(text).unwrap();
        assert_eq!(bytes.bytes(), gcwat::assemble(text).unwrap());
    }
}

#[test]
fn options_are_chained_in_one_expression() {
    let assembler = Assembler::new().names(true).features(Features::WASM3).threads(1);
    let assembled = assembler.assemble("(module $m)").unwrap();
    assert!(assembled.bytes().len() > EMPTY_MODULE.len());
    assert_eq!(Features::DEFAULT, Features::default());
    assert!(assembler.features(Features::MVP).assemble("(type (struct))").is_err());
}

#[test]
fn an_unknown_feature_is_named() {
    for (list, name) in [("wasm4", "wasm4"), ("wasm3,no", "no"), ("-", ""), ("", ""), ("gc,,simd", "")] {
        let error = list.parse::<Features>().unwrap_err();
        assert!(error.to_string().starts_with(&format!("unknown feature `{name}`")), "{error}");
    }
}

#[test]
fn the_output_is_the_same_every_time() {
    let text = r#"(module $m (rec (type $a (struct (field (ref null $b)))) (type $b (func (param (ref $a)))))
      (import "m" "f" (func $f (param i32 i64) (result f32 f64)))
      (func $g (param $x anyref) (result i32) (local $y i32) (block $l (br_if $l (local.get $y)))
        (ref.test (ref $a) (local.get $x)))
      (table $t 1 (ref null $b)) (elem $e declare func $f $g) (global $n (mut i32) (i32.const 1)))"#;
    let assembler = Assembler::new().names(true);
    let first = assembler.assemble(text).unwrap().into_bytes();
    for _ in 0..8 {
        assert_eq!(assembler.assemble(text).unwrap().bytes(), first);
    }
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let assembler = assembler.clone();
            std::thread::spawn(move || assembler.assemble(text).unwrap().into_bytes())
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap(), first);
    }

    let wrong = text.replace("$x)))", "$z))) (func call $q) (func (export \"\\ff\") i32.ad)");
    let errors = assembler.assemble(&wrong).unwrap_err();
    for _ in 0..8 {
        assert_eq!(assembler.assemble(&wrong).unwrap_err(), errors);
    }
}

#[test]
fn valid_utf_8_bytes_are_assembled_like_a_text() {
    let assembler = Assembler::new();
    for text in ["(module)", "(func (export \"\u{e9}\u{1f600}\"))", "", "(; \u{202e} ;)"] {
        let of_text = assembler.assemble(text).unwrap();
        assert_eq!(assembler.assemble_bytes(text.as_bytes()).unwrap().bytes(), of_text.bytes());
    }
    let wrong = "(func call $f)";
    assert_eq!(assembler.assemble_bytes(wrong.as_bytes()).unwrap_err(), refuse(wrong));
}

#[test]
fn invalid_utf_8_is_rejected_at_its_location() {
    for (text, line, column) in [
        (&b"\xff"[..], 1, 1),
        (b"(func)\n(\xff)", 2, 2),
        (b"(; \xc3\xa9 \xc3 ;)", 1, 6),
        (b"(data \"\xed\xa0\x80\")", 1, 8),
        (b"(module)\n\n;; \xf0\x9f\x98", 3, 4),
        (b"(func)\r\n \xc0\xaf", 2, 2),
        (b"(foo) (func call $f) \xfe", 1, 22),
    ] {
        let errors = Assembler::new().assemble_bytes(text).unwrap_err();
        let all: Vec<_> = errors.with_positions().map(|(error, position)| (error.code, position)).collect();
        assert_eq!(all, [(Code::BadUtf8, position(line, column))], "{text:?}");
        let span = errors.iter().next().unwrap().span;
        assert!(std::str::from_utf8(&text[..span.start as usize]).is_ok());
        assert!(span.end as usize <= text.len());
    }
}

#[test]
fn a_deeply_nested_text_is_assembled() {
    let depth = 20_000;
    let flat = format!("(func {} {})", "block ".repeat(depth), "end ".repeat(depth));
    let folded = format!("(func {} {})", "(block ".repeat(depth), ")".repeat(depth));
    let bytes = gcwat::assemble(&flat).unwrap();
    assert_eq!(gcwat::assemble(&folded).unwrap(), bytes);
    assert!(gcwat::assemble(&format!("{}{}", "(;".repeat(depth), ";)".repeat(depth))).is_ok());
    assert!(gcwat::assemble(&format!("(@x {}{})", "(".repeat(depth), ")".repeat(depth))).is_ok());
    refuse(&"(".repeat(depth));
    refuse(&")".repeat(depth));
    refuse(&format!("(func {}", "(block ".repeat(depth)));
    refuse(&format!("(func (drop {}i32.const 0{}))", "(i32.eqz ".repeat(depth), ")".repeat(depth - 1)));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    use std::fmt::Write as _;
    let mut text = String::from("(module (table 9 funcref)\n");
    for i in 0..9000 {
        let types = ["i32", "i64", "f32"][i % 3];
        writeln!(
            text,
            "(func $f{i} (export \"f{i}\") (param $x {types}) (local $y {types}) \
             (call_indirect (param i32 {types}) (i32.const {i}) (local.get $x) (i32.const 1)) call $g{})\n\
             (func $g{i})",
            (i * 7) % 9000,
        )
        .unwrap();
    }
    text.push(')');
    let assemble = |threads, text: &str| gcwat::Assembler::new().names(true).threads(threads).assemble(text);
    let bytes = assemble(1, &text).unwrap().into_bytes();
    for threads in [0, 2, 3, 8] {
        assert_eq!(assemble(threads, &text).unwrap().bytes(), bytes);
    }
    let wrong = text.replace("call $g7)", "call $none)").replace("call $g63)", "drop)");
    let errors = assemble(1, &wrong).unwrap_err().to_string();
    for threads in [0, 2, 3] {
        assert_eq!(assemble(threads, &wrong).unwrap_err().to_string(), errors);
    }
}
