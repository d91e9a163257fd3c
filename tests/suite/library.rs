//! The library as a program sees it: the functions, the options, the diagnostics as data, scripts.

use gcwat::script::{
    Action, CommandKind, Failure, Float, Module, ModuleSource, Script, Subject, Value, Vector,
};
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

/// The codes, and the text each stands at.
fn found<'t>(text: &'t str, diagnostics: &Diagnostics) -> Vec<(Code, &'t str)> {
    diagnostics.iter().map(|diagnostic| (diagnostic.code, &text[diagnostic.span.range()])).collect()
}

fn position(line: u32, column: u32) -> Position {
    Position { line, column }
}

// ------------------------------------------------------------------------------ Assembling

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
    assert_eq!(Features::default(), "all".parse().unwrap());
}

#[test]
fn there_is_a_name_section_only_if_it_is_asked_for() {
    let has_names = |bytes: &[u8]| bytes.windows(5).any(|window| window == b"\x04name");
    let text = "(module $m (func $f (param $x i32)))";
    let mut assembler = Assembler::new();
    let without = assembler.assemble(text).unwrap().into_bytes();
    assert!(!has_names(&without));
    let with = assembler.names(true).assemble(text).unwrap().into_bytes();
    assert!(has_names(&with) && with.starts_with(&without));
    assert_eq!(assembler.names(false).assemble(text).unwrap().bytes(), without);
}

#[test]
fn validation_is_left_out_only_if_that_is_asked_for() {
    let text = "(func (result i32) i64.const 0)";
    let mut assembler = Assembler::new();
    assert!(assembler.assemble(text).is_err());
    let bytes = assembler.validate(false).assemble(text).unwrap().into_bytes();
    assert!(wasmparser::validate(&bytes).is_err());
    assert!(assembler.validate(true).assemble(text).is_err());
    // What has no meaning is an error all the same.
    assert!(assembler.validate(false).assemble("(func call $f)").is_err());
}

#[test]
fn strict_rules_refuse_what_a_warning_was_for() {
    let text = "(type $t (struct)) (func (drop (ref.test $t (ref.null any))))";
    let mut assembler = Assembler::new();
    let warnings = assembler.assemble(text).unwrap().warnings().clone();
    let errors = assembler.strict(true).assemble(text).unwrap_err();
    assert_eq!((warnings.len(), errors.len()), (1, 1));
    let (warning, error) = (warnings.iter().next().unwrap(), errors.iter().next().unwrap());
    assert_eq!((warning.level, error.level), (Level::Warning, Level::Error));
    assert_eq!((warning.code, error.code), (Code::BareTypeIndex, Code::NotStandard));
    assert_eq!((warning.span, &warning.suggestions), (error.span, &error.suggestions));
    assert!(assembler.strict(false).assemble(text).is_ok());
}

#[test]
fn features_limit_what_is_valid() {
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
        // Whatever the features, the text has one meaning.
        let bytes = Assembler::new().features(features).validate(false).assemble(text).unwrap();
        assert_eq!(bytes.bytes(), gcwat::assemble(text).unwrap());
    }
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
    let mut assembler = Assembler::new();
    assembler.names(true);
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
fn bytes_that_are_utf_8_are_assembled_as_a_text_is() {
    let assembler = Assembler::new();
    for text in ["(module)", "(func (export \"\u{e9}\u{1f600}\"))", "", "(; \u{202e} ;)"] {
        let of_text = assembler.assemble(text).unwrap();
        assert_eq!(assembler.assemble_bytes(text.as_bytes()).unwrap().bytes(), of_text.bytes());
    }
    let wrong = "(func call $f)";
    assert_eq!(assembler.assemble_bytes(wrong.as_bytes()).unwrap_err(), refuse(wrong));
}

#[test]
fn bytes_that_are_not_utf_8_are_refused_at_their_place() {
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

// ----------------------------------------------------------------------------- Diagnostics

#[test]
fn everything_can_be_sent_to_another_thread() {
    fn check<T: Send + Sync + 'static>() {}
    check::<Assembler>();
    check::<Assembled>();
    check::<Diagnostics>();
    check::<Diagnostic>();
    check::<Features>();
    check::<gcwat::UnknownFeature>();
    check::<LineIndex>();
    check::<Script>();
}

#[test]
fn diagnostics_are_errors_like_any_other() {
    fn run(text: &str) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
        Ok(gcwat::assemble(text)?)
    }
    assert!(run("(module)").is_ok());
    let error = run("(module\n  (func\n    call $f))").unwrap_err();
    assert_eq!(error.to_string(), "3:10: error: unknown function `$f` [E0301]");
    assert!(error.downcast_ref::<Diagnostics>().is_some());

    let error: Box<dyn std::error::Error> = "wasm4".parse::<Features>().unwrap_err().into();
    assert!(!error.to_string().is_empty());
}

#[test]
fn a_collection_of_diagnostics_counts_and_shows_them() {
    let errors = refuse("(func call $f) (func call $g)");
    assert_eq!((errors.len(), errors.iter().len(), errors.with_positions().len()), (2, 2, 2));
    assert!(!errors.is_empty() && errors.has_errors());
    assert_eq!(errors.to_string().lines().count(), 2);

    let none = Diagnostics::default();
    assert!(none.is_empty() && !none.has_errors());
    assert_eq!((none.len(), none.to_string()), (0, String::new()));
}

#[test]
fn every_code_is_printed_as_its_own_letter_and_number() {
    let mut all: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    for code in Code::ALL {
        let text = code.to_string();
        assert_eq!(text, code.as_str());
        assert!(text.len() == 5 && text.starts_with(['E', 'W']), "{text}");
        assert!(text[1..].bytes().all(|byte| byte.is_ascii_digit()), "{text}");
    }
    all.sort();
    all.dedup();
    assert_eq!(all.len(), Code::ALL.len());
}

#[test]
fn columns_count_unicode_scalar_values() {
    for (text, place) in [
        ("(func call $f)", position(1, 12)),
        ("(; \u{e9} ;) (func call $f)", position(1, 20)),
        ("(; \u{1f600} ;) (func call $f)", position(1, 20)),
        // A letter and its accent are two.
        ("(; e\u{301} ;) (func call $f)", position(1, 21)),
        ("\t(func\tcall $f)", position(1, 13)),
        ("\n\n(func\n  call $f)", position(4, 8)),
        ("(func)\r\n(func call $f)", position(2, 12)),
        // A line ends with a line feed.
        ("(func)\r(func call $f)", position(1, 19)),
        (";; \u{1f600}\n(; \u{65e5}\u{672c} ;)(func call $f)", position(2, 20)),
    ] {
        let errors = refuse(text);
        let places: Vec<_> = errors.with_positions().map(|(_, position)| position).collect();
        assert_eq!(places, [place], "{text}");
        assert_eq!(found(text, &errors), [(Code::UnknownName, "$f")]);
        let start = errors.iter().next().unwrap().span.start;
        assert_eq!(LineIndex::new(text).position(text, start), place);
        assert!(errors.to_string().starts_with(&format!("{}:{}: ", place.line, place.column)));
    }
}

#[test]
fn a_line_index_knows_every_place() {
    let text = "ab\n\n\u{e9}\u{1f600}z\r\nlast";
    let lines = LineIndex::new(text);
    let places: Vec<_> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .map(|at| lines.position(text, at as u32))
        .map(|position| (position.line, position.column))
        .collect();
    assert_eq!(
        places,
        [
            (1, 1),
            (1, 2),
            (1, 3),
            (2, 1),
            (3, 1),
            (3, 2),
            (3, 3),
            (3, 4),
            (3, 5),
            (4, 1),
            (4, 2),
            (4, 3),
            (4, 4),
            (4, 5)
        ]
    );
    assert_eq!(LineIndex::new("").position("", 0), position(1, 1));
    // Behind the end there is only the end.
    assert_eq!(lines.position(text, u32::MAX), position(4, 5));
}

#[test]
fn spans_can_be_reckoned_with() {
    let span = Span::new(2, 5);
    assert_eq!((span.len(), span.is_empty(), span.range()), (3, false, 2..5));
    assert_eq!((span.before(), span.behind()), (Span::new(2, 2), Span::new(5, 5)));
    assert_eq!(span.to(Span::new(7, 9)), Span::new(2, 9));
    assert!(span.before().is_empty());
    assert_eq!(format!("{span:?}"), "2..5");
}

/// Checks what holds for the diagnostics of every text.
fn check_sane(text: &str, diagnostics: &Diagnostics) {
    let inside = |span: Span| {
        assert!(span.start <= span.end && span.end as usize <= text.len(), "{span:?} {diagnostics}\n{text}");
        assert!(
            text.is_char_boundary(span.start as usize) && text.is_char_boundary(span.end as usize),
            "{span:?} {diagnostics}\n{text}"
        );
    };
    let lines = LineIndex::new(text);
    let mut last = 0;
    for (diagnostic, position) in diagnostics.with_positions() {
        inside(diagnostic.span);
        assert_eq!(position, lines.position(text, diagnostic.span.start));
        assert!(diagnostic.span.start >= last, "not in order: {diagnostics}\n{text}");
        last = diagnostic.span.start;
        assert_eq!(diagnostic.is_error(), diagnostic.level == Level::Error);
        assert_eq!(diagnostic.is_error(), diagnostic.code.as_str().starts_with('E'));
        let message = &diagnostic.message;
        assert!(!message.is_empty() && !message.ends_with('.'), "{message}");
        diagnostic.labels.iter().for_each(|label| inside(label.span));
        for suggestion in &diagnostic.suggestions {
            assert!(!suggestion.message.is_empty() && !suggestion.edits.is_empty());
            let mut end = 0;
            for edit in &suggestion.edits {
                inside(edit.span);
                assert!(edit.span.start >= end, "edits overlap: {suggestion:?}");
                end = edit.span.end;
            }
        }
    }
}

/// Assembles a text in every way and checks what comes back.
fn assemble_sanely(text: &str) {
    for (validate, strict) in [(true, false), (false, false), (false, true)] {
        let mut assembler = Assembler::new();
        assembler.names(true).validate(validate).strict(strict);
        match assembler.assemble(text) {
            Ok(assembled) => {
                assert!(!assembled.warnings().has_errors());
                check_sane(text, assembled.warnings());
            }
            Err(errors) => {
                assert!(errors.has_errors(), "{text}");
                check_sane(text, &errors);
            }
        }
    }
    if let Err(errors) = Script::parse(text) {
        assert!(errors.has_errors(), "{text}");
        check_sane(text, &errors);
    }
}

/// Texts of many kinds of field and token.
const SAMPLES: &[&str] = &[
    r#"(module $m (@name "n") (type $t (sub (struct (field $x (mut i32))))) ;; comment
  (func $f (export "f") (param $p i32) (result i32) (local $l i64)
    (block $b (result i32) (br_if $b (i32.const -0x1_0) (local.get $p)))
    i32.load offset=4 align=2
    if $i (result i32) i32.const 1 else $i i32.const 2 end $i (; (; ;) ;)))"#,
    r#"(import "m" "é" (func $f (param i32))) (memory (data "a\00\u{1f600}" (i8 1 2)))
(table funcref (elem $f)) (global $g f64 (f64.const -nan:0x1)) (elem declare func $f) (start $s) (func $s)"#,
    r#"(rec (type $a (struct (field (ref null $b)))) (type $b (array (mut i8)))) (tag $e (param i32))
(func (param anyref) (try_table (catch $e 0) (throw $e (i32.const 1)))
  (drop (ref.test $a (local.get 0))) (drop (i32.const (@char "é"))) (drop (v128.const i32x4 1 2 3 4)))"#,
    r#"(module binary "\00asm" "\01\00\00\00")"#,
    r#"(module quote "(func $f)" "(memory 1)")"#,
    r#"(assert_return (invoke "f" (i32.const 1) (f32.const nan:canonical)) (either (i64.const 1) (ref.null any)))
(assert_invalid (module (func (result i32))) "type mismatch") (register "m" $m)"#,
];

#[test]
fn spans_lie_within_every_text_that_is_cut_short() {
    for sample in SAMPLES {
        for end in (0..=sample.len()).filter(|&end| sample.is_char_boundary(end)) {
            assemble_sanely(&sample[..end]);
            assemble_sanely(&sample[end..]);
        }
    }
}

#[test]
fn spans_lie_within_every_text_with_a_character_changed() {
    let others = ["", "(", ")", "\"", ";", "$", "@", "\\", " ", "0", "x", "\u{e9}", "(;", "\n"];
    for sample in SAMPLES {
        for (turn, (at, character)) in sample.char_indices().enumerate() {
            // All of them everywhere takes long; three in turn find what there is.
            for step in 0..3 {
                let other = others[(turn + 5 * step) % others.len()];
                let rest = &sample[at + character.len_utf8()..];
                assemble_sanely(&format!("{}{other}{rest}", &sample[..at]));
            }
        }
    }
}

#[test]
fn errors_of_several_fields_come_in_one_run_and_in_order() {
    let text = "
      (module
        (export \"e\" (func $a))
        (func call $b)
        (memory 1 x)
        (func i32.ad)
        (type $t (struct (field $f i32) (field $f i32)))
        (global i32 (i32.const 0x1_0000_0000))
        (func (drop (struct.get $t $g (ref.null $t))))
        (func $c) (func $c)
        (elem func $d))";
    let errors = refuse(text);
    let expected = [
        (Code::UnknownName, "$a"),
        (Code::UnknownName, "$b"),
        (Code::UnexpectedToken, "x"),
        (Code::UnknownInstruction, "i32.ad"),
        (Code::DuplicateName, "$f"),
        (Code::OutOfRange, "0x1_0000_0000"),
        (Code::UnknownName, "$g"),
        (Code::DuplicateName, "$c"),
        (Code::UnknownName, "$d"),
    ];
    assert_eq!(found(text, &errors), expected);
    check_sane(text, &errors);
}

#[test]
fn one_broken_function_does_not_hide_what_is_wrong_in_another() {
    let text = "(func $a i32.ad) (func $b (local.get $x)) (func $c (nop (br $l))) (func $d call $a call $z)";
    let expected = [
        (Code::UnknownInstruction, "i32.ad"),
        (Code::UnknownName, "$x"),
        (Code::UnknownName, "$l"),
        (Code::UnknownName, "$z"),
    ];
    assert_eq!(found(text, &refuse(text)), expected);
}

#[test]
fn what_a_broken_field_defines_is_still_known() {
    let text = "(func $a i32.ad) (func call $a)";
    assert_eq!(found(text, &refuse(text)), [(Code::UnknownInstruction, "i32.ad")]);
}

#[test]
fn several_unknown_names_of_one_function_are_all_found() {
    let text = "(func (local.set $x (call $f)) (block (br $l)) (global.set $g (i32.const 0)))";
    let expected = [
        (Code::UnknownName, "$x"),
        (Code::UnknownName, "$f"),
        (Code::UnknownName, "$l"),
        (Code::UnknownName, "$g"),
    ];
    assert_eq!(found(text, &refuse(text)), expected);
}

#[test]
fn every_function_is_validated() {
    let text = "
      (func (result i32) i64.const 0)
      (func (drop (i32.add (i32.const 0) (f32.const 0))))
      (func)
      (func i32.const 0)";
    let errors = refuse(text);
    assert!(errors.iter().all(|error| error.code == Code::Invalid), "{errors}");
    let lines: Vec<u32> = errors.with_positions().map(|(_, position)| position.line).collect();
    assert_eq!(lines, [2, 3, 5]);
}

#[test]
fn a_type_error_is_found_beside_other_errors() {
    for text in [
        "(func i32.ad) (func (result i32) i64.const 0)",
        "(func call $f) (func (result i32) i64.const 0)",
        "(func (export \"\\ff\")) (func (result i32) i64.const 0)",
    ] {
        let errors = refuse(text);
        assert_eq!(errors.len(), 2, "{errors}");
        assert_eq!(errors.iter().last().unwrap().code, Code::Invalid);
    }
}

/// Checks that a text with one mistake is one error.
fn check_single(text: &str) {
    let errors = refuse(text);
    assert_eq!(errors.len(), 1, "{errors}\n{text}");
}

#[test]
fn one_mistake_is_one_error() {
    for text in [
        "(func $a (param i32 x)) (func (call $a (i32.const 0)))",
        "(func $a (result i33)) (func (drop (call $a)))",
        "(func (result i32) call $f)",
        "(func (result i32) (i32.add (call $f (i32.const 1)) (i32.const 2)))",
        "(func (drop (local.get $x)))",
        "(func (param $x i32) (local.set $y (local.get $x)))",
        "(func (result i32) (i32.ad (i32.const 1) (i32.const 2)))",
        "(func (result i32) i32.const 1 i32.const 2 i32.ad)",
        "(func (if (i32.eqs (i32.const 1)) (then (drop (i32.const 1)))))",
        "(func (block $l (br $k)) (drop (i32.const 0)))",
        "(func (result i32) (block $l (result i32) (br $k (i32.const 1))))",
        "(func (result i32) (i32.const 0x1_0000_0000))",
        "(func (drop (i32.const)))",
        "(func (local $x i33) (local.set $x (i32.const 0)))",
        "(memory 1 x) (func (drop (i32.load (i32.const 0))))",
        "(memory 1) (func (drop (i32.load offset=+1 (i32.const 0))))",
        "(memory 1) (func (drop (i32.load align=3 (i32.const 0))))",
        "(global $g i32 (i32.cons 0)) (func (result i32) (global.get $g))",
        "(elem $e funcref (ref.fun 0)) (func elem.drop $e)",
        "(type $t (struct (field $f i32))) (func (drop (struct.get $t $g (ref.null $t))))",
        "(func $f) (func $f (param i32)) (func (call $f (i32.const 1)))",
        "(func (result i32) local.get +0)",
        "(func block $a i32.const 0 drop end $b)",
        "(func (result i32) (if (i32.const 1) (i32.const 2)))",
        "(func (result i32) (i32.add (i32.const 1) (i32.const 2))))",
        "(module (func (result i32) (i32.const 1)) (func call 5))",
        "(func (v128.const i32x4 1 2 3) drop)",
        "(func (drop (i32.const 1)) x (drop (i32.const 1)))",
        "(func (call_indirect $t (i32.const 0)))",
    ] {
        check_single(text);
    }
}

#[test]
fn the_name_of_a_broken_field_is_known() {
    for text in [
        "(type $t (struct (field i33))) (func (param (ref $t)))",
        "(global $g i33 (i32.const 0)) (func (drop (global.get $g)))",
        "(table $t 1 funcre) (func (drop (table.get $t (i32.const 0))))",
        "(memory $m x) (func (drop (memory.size $m)))",
        "(tag $e (param i33)) (func (throw $e))",
        "(import \"a\" \"b\" (func $f (param i33))) (func call $f)",
    ] {
        check_single(text);
    }
}

#[test]
fn a_wrong_immediate_is_one_error() {
    for text in [
        "(func (drop (f32.const abc)))",
        "(func (drop (ref.null fun)))",
        "(func (unreachable) (drop (select (result i33) (i32.const 0) (i32.const 0) (i32.const 0))))",
        "(func (type $t) (drop (local.get 0)))",
    ] {
        check_single(text);
    }
}

#[test]
fn warnings_come_with_the_module() {
    let text = "(type $t (func)) (func (block $t)) (memory 1 1 shared)
      (func (drop (i32.atomic.load acq_rel (i32.const 0))))";
    let assembled = Assembler::new().assemble(text).unwrap();
    assert_eq!(
        found(text, assembled.warnings()),
        [(Code::LabelNamedAsType, "$t"), (Code::OldMemoryOrder, "acq_rel")]
    );
    assert!(!assembled.warnings().has_errors());
    let positions: Vec<_> = assembled.warnings().with_positions().map(|(_, position)| position).collect();
    assert_eq!(positions, [position(1, 31), position(2, 36)]);
    assert_eq!(assembled.bytes(), gcwat::assemble(text).unwrap());
    assert!(assembled.warnings().to_string().starts_with("1:31: warning: "));
}

#[test]
fn warnings_are_among_the_errors_in_their_order() {
    let text = "(type $t (func)) (func call $f) (func (block $t)) (func call $g)";
    let expected = [(Code::UnknownName, "$f"), (Code::LabelNamedAsType, "$t"), (Code::UnknownName, "$g")];
    assert_eq!(found(text, &refuse(text)), expected);
}

#[test]
fn the_warnings_of_quoted_text_come_with_the_module() {
    let text = r#"(module quote "(type $t (func)) (func (block $t))")"#;
    assert_eq!(Assembler::new().assemble(text).unwrap().warnings().len(), 1);
}

#[test]
fn a_message_is_one_line() {
    for text in [
        r#"(module quote "(func call $f)" "(func call $g)")"#,
        r#"(module binary "no magic number")"#,
        "(data x\"\n\")",
        "(func \"\n\"x)",
        "(func (@a\"\n\" x))",
    ] {
        for error in refuse(text).iter() {
            assert_eq!(error.message.lines().count(), 1, "{}", error.message);
        }
    }
}

#[test]
fn a_near_name_is_suggested() {
    for (text, replacement) in [
        ("(func $compute) (func call $compte)", "$compute"),
        ("(func (param $value i32) (drop (local.get $vlaue)))", "$value"),
        ("(func (block $outer (br $oute)))", "$outer"),
        ("(func (drop (i32.ad (i32.const 1) (i32.const 2))))", "i32.add"),
    ] {
        let errors = refuse(text);
        let error = errors.iter().next().unwrap();
        let [suggestion] = &error.suggestions[..] else { panic!("{error:?}") };
        assert_eq!(suggestion.edits[0].replacement, replacement);
        let mut mended = text.to_owned();
        mended.replace_range(suggestion.edits[0].span.range(), &suggestion.edits[0].replacement);
        assert!(gcwat::assemble(&mended).is_ok(), "{mended}");
    }
}

// --------------------------------------------------------------------------------- Scripts

/// Every kind of command.
const SCRIPT: &str = r#"
(module $text (func (export "f") (param i32) (result i32) local.get 0)
  (global (export "g") i32 (i32.const 7)))
(module $binary binary "\00asm" "\01\00\00\00")
(module $quote quote "(func" ")")
(module definition $defined (memory 1))
(module definition (memory 2))
(module definition binary "\00asm\01\00\00\00")
(module definition $q quote "(memory 3)")
(module instance $instance $defined)
(module instance $latest)
(module instance)
(register "m")
(register "n" $text)
(invoke "f" (i32.const 1))
(invoke $text "f" (i32.const -1))
(get "g")
(get $text "g")
(assert_return (invoke "f" (i32.const 1)) (i32.const 1))
(assert_return (get $text "g") (i32.const 7))
(assert_return (invoke "f"))
(assert_trap (invoke "f") "unreachable")
(assert_trap (module (func unreachable) (start 0)) "unreachable")
(assert_exhaustion (invoke "f") "call stack exhausted")
(assert_suspension (invoke "f") "unhandled tag")
(assert_exception (invoke "f"))
(assert_malformed (module quote "(func") "unexpected end")
(assert_malformed (module binary "") "unexpected end")
(assert_malformed_custom (module quote "(@custom)") "@custom annotation: missing section name")
(assert_invalid (module (func (result i32))) "type mismatch")
(assert_invalid_custom (module (@custom "a" (before last))) "invalid")
(assert_unlinkable (module (import "a" "b" (func))) "unknown import")
(thread $T
  (register "m" $text)
  (module (func))
  (assert_return (invoke "f")))
(thread $U)
(wait $T)
"#;

fn commands(text: &str) -> Vec<CommandKind> {
    let script = Script::parse(text).unwrap_or_else(|errors| panic!("{errors}"));
    script.commands.into_iter().map(|command| command.kind).collect()
}

fn only_command(text: &str) -> CommandKind {
    let [command] = <[CommandKind; 1]>::try_from(commands(text)).unwrap();
    command
}

fn as_module(command: &CommandKind) -> &Module {
    match command {
        CommandKind::Module(module) | CommandKind::AssertFails { subject: Subject::Module(module), .. } => {
            module
        }
        other => panic!("no module: {other:?}"),
    }
}

fn some(name: &str) -> Option<String> {
    Some(name.to_owned())
}

#[test]
fn every_kind_of_command_is_read() {
    let kinds: Vec<String> = commands(SCRIPT)
        .iter()
        .map(|command| match command {
            CommandKind::Module(module) => {
                let source = match &module.source {
                    ModuleSource::Text => "text",
                    ModuleSource::Binary(_) => "binary",
                    ModuleSource::Quote(_) => "quote",
                };
                format!(
                    "{} {source} {:?}",
                    if module.is_definition { "definition" } else { "module" },
                    module.name
                )
            }
            CommandKind::Instance { name, module } => format!("instance {name:?} {module:?}"),
            CommandKind::Register { name, module } => format!("register {name} {module:?}"),
            CommandKind::Action(Action::Invoke { module, name, args }) => {
                format!("invoke {module:?} {name} {}", args.len())
            }
            CommandKind::Action(Action::Get { module, name }) => format!("get {module:?} {name}"),
            CommandKind::AssertReturn(Action::Invoke { .. }, values) => format!("returns {}", values.len()),
            CommandKind::AssertReturn(_, values) => format!("has {}", values.len()),
            CommandKind::AssertFails { failure, subject, message } => match subject {
                Subject::Action(_) => format!("{failure:?} action: {message}"),
                Subject::Module(_) => format!("{failure:?} module: {message}"),
            },
            CommandKind::BeginThread { name, shared_module } => format!("thread {name} {shared_module:?}"),
            CommandKind::EndThread => "end".to_owned(),
            CommandKind::Wait(name) => format!("wait {name}"),
            other => format!("{other:?}"),
        })
        .collect();
    let expected = "\
module text Some(\"text\")
module binary Some(\"binary\")
module quote Some(\"quote\")
definition text Some(\"defined\")
definition text None
definition binary None
definition quote Some(\"q\")
instance Some(\"instance\") Some(\"defined\")
instance Some(\"latest\") None
instance None None
register m None
register n Some(\"text\")
invoke None f 1
invoke Some(\"text\") f 1
get None g
get Some(\"text\") g
returns 1
has 1
returns 0
Trap action: unreachable
Trap module: unreachable
Exhaustion action: call stack exhausted
Suspension action: unhandled tag
Exception action: 
Malformed module: unexpected end
Malformed module: unexpected end
MalformedCustom module: @custom annotation: missing section name
Invalid module: type mismatch
InvalidCustom module: invalid
Unlinkable module: unknown import
thread T None
register m Some(\"text\")
module text None
returns 0
end
thread U None
end
wait T";
    assert_eq!(kinds.join("\n"), expected);
}

#[test]
fn a_thread_may_share_an_instance() {
    let all = commands("(thread $T (shared (module $M)) (register \"mem\" $M))");
    assert!(matches!(&all[0], CommandKind::BeginThread { name, shared_module }
        if name == "T" && *shared_module == some("M")));
    assert_eq!(all.len(), 3);
}

#[test]
fn a_module_knows_its_place() {
    for command in &Script::parse(SCRIPT).unwrap().commands {
        let text = &SCRIPT[command.span.range()];
        if let CommandKind::Module(module) = &command.kind {
            assert!(text.starts_with("(module") && text.ends_with(')'), "{text}");
            assert_eq!(module.span, command.span);
        }
        if let CommandKind::AssertFails { subject: Subject::Module(module), .. } = &command.kind {
            assert!(text.starts_with("(assert_"), "{text}");
            let module = &SCRIPT[module.span.range()];
            assert!(module.starts_with("(module ") && module.ends_with(')'), "{module}");
        }
    }
}

#[test]
fn a_command_knows_its_place() {
    let kinds = [
        "(module binary \"\")",
        "(module instance $i $m)",
        "(register \"m\" $m)",
        "(invoke \"f\")",
        "(get $m \"g\")",
        "(assert_return (invoke \"f\") (i32.const 1))",
        "(assert_trap (invoke \"f\") \"unreachable\")",
        "(assert_invalid (module (func)) \"type mismatch\")",
        "(assert_exception (invoke \"f\"))",
        "(wait $T)",
    ];
    let text = kinds.join("\n");
    let script = Script::parse(&text).unwrap();
    let places: Vec<&str> = script.commands.iter().map(|command| &text[command.span.range()]).collect();
    assert_eq!(places, kinds);

    let text = format!("(thread $T {text})");
    let script = Script::parse(&text).unwrap();
    let commands = &script.commands[1..=kinds.len()];
    let places: Vec<&str> = commands.iter().map(|command| &text[command.span.range()]).collect();
    assert_eq!(places, kinds);
}

#[test]
fn a_module_of_a_script_assembles_as_it_would_alone() {
    let all = commands(SCRIPT);
    let assembler = Assembler::new();
    let module = |index: usize| as_module(&all[index]).assemble(SCRIPT, &assembler);
    let text = &SCRIPT[as_module(&all[0]).span.range()];
    assert_eq!(module(0).unwrap(), gcwat::assemble(text).unwrap());
    assert_eq!(module(1).unwrap(), EMPTY_MODULE);
    assert_eq!(module(2).unwrap(), gcwat::assemble("(func)").unwrap());
    assert_eq!(module(3).unwrap(), gcwat::assemble("(memory 1)").unwrap());
    assert_eq!(module(4).unwrap(), gcwat::assemble("(memory 2)").unwrap());
    assert_eq!(module(6).unwrap(), gcwat::assemble("(memory 3)").unwrap());
    for command in &all {
        if let CommandKind::AssertFails { failure, subject: Subject::Module(module), .. } = command {
            let is_text = !matches!(module.source, ModuleSource::Binary(_));
            let result = module.assemble(SCRIPT, &assembler);
            match failure {
                Failure::Malformed | Failure::MalformedCustom | Failure::Invalid if is_text => {
                    assert!(result.is_err());
                }
                Failure::Trap | Failure::Unlinkable => assert!(result.is_ok()),
                _ => {}
            }
        }
    }
    let named = as_module(&all[0]).assemble(SCRIPT, Assembler::new().names(true)).unwrap();
    assert!(named.windows(5).any(|window| window == b"\x04text"));
}

#[test]
fn errors_of_a_module_stand_where_it_stands_in_the_script() {
    let text =
        "(module (func))\n\n(module $\u{6d}\n  (func call $f)) (assert_invalid (module (func call $g)) \"\")";
    let all = commands(text);
    let errors = as_module(&all[1]).assemble(text, &Assembler::new()).unwrap_err();
    assert_eq!(found(text, &errors), [(Code::UnknownName, "$f")]);
    assert_eq!(errors.with_positions().next().unwrap().1, position(4, 14));
    let errors = as_module(&all[2]).assemble(text, &Assembler::new()).unwrap_err();
    assert_eq!(found(text, &errors), [(Code::UnknownName, "$g")]);

    // For quoted text they stand within the text that is quoted, in which each string is a line.
    let text = r#"(module quote "(func)" "  (func call $f)")"#;
    let errors = as_module(&only_command(text)).assemble(text, &Assembler::new()).unwrap_err();
    assert_eq!(errors.to_string(), "2:14: error: unknown function `$f` [E0301]");
}

#[test]
fn quoted_text_and_binaries_need_not_be_utf_8() {
    let CommandKind::Module(module) = only_command(r#"(module quote "(func)" "\ff")"#) else { panic!() };
    let ModuleSource::Quote(bytes) = &module.source else { panic!() };
    assert_eq!(bytes.trim_ascii_end(), b"(func)\n\xff");
    let errors = module.assemble("", &Assembler::new()).unwrap_err();
    assert_eq!(errors.iter().next().unwrap().code, Code::BadUtf8);

    let CommandKind::Module(module) = only_command(r#"(module binary "\00a" "" "\ff")"#) else { panic!() };
    assert_eq!(module.source, ModuleSource::Binary(b"\0a\xff".to_vec()));
    assert_eq!(module.assemble("", &Assembler::new()).unwrap(), b"\0a\xff");
}

/// The values that are written as results of an assertion.
fn values(text: &str) -> Vec<Value> {
    match only_command(&format!("(assert_return (invoke \"f\") {text})")) {
        CommandKind::AssertReturn(_, values) => values,
        other => panic!("{other:?}"),
    }
}

#[test]
fn numbers_are_read_as_bits() {
    for (text, value) in [
        ("(i32.const -1)", Value::I32(u32::MAX)),
        ("(i32.const 0xffff_ffff)", Value::I32(u32::MAX)),
        ("(i64.const -2)", Value::I64(u64::MAX - 1)),
        ("(f32.const 1)", Value::F32(Float::Bits(1f32.to_bits()))),
        ("(f32.const -0x1p-149)", Value::F32(Float::Bits(0x8000_0001))),
        ("(f32.const nan)", Value::F32(Float::Bits(0x7fc0_0000))),
        ("(f32.const -nan:0x1)", Value::F32(Float::Bits(0xff80_0001))),
        ("(f32.const nan:canonical)", Value::F32(Float::CanonicalNan)),
        ("(f32.const nan:arithmetic)", Value::F32(Float::ArithmeticNan)),
        ("(f64.const 1e308)", Value::F64(Float::Bits(1e308f64.to_bits()))),
        ("(f64.const -inf)", Value::F64(Float::Bits((-f64::INFINITY).to_bits()))),
        ("(f64.const nan:canonical)", Value::F64(Float::CanonicalNan)),
        ("(f64.const nan:arithmetic)", Value::F64(Float::ArithmeticNan)),
    ] {
        assert_eq!(values(text), [value], "{text}");
    }
}

#[test]
fn vectors_are_read_by_their_shape() {
    let bits = |value: f32| Float::Bits(value.to_bits());
    for (text, value) in [
        (
            "(v128.const i8x16 0 1 2 3 4 5 6 7 8 9 10 11 12 13 -2 255)",
            Vector::I8x16([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 254, 255]),
        ),
        ("(v128.const i16x8 0 1 2 3 4 5 -1 0xffff)", Vector::I16x8([0, 1, 2, 3, 4, 5, u16::MAX, u16::MAX])),
        ("(v128.const i32x4 0 1 -1 3)", Vector::I32x4([0, 1, u32::MAX, 3])),
        ("(v128.const i64x2 -1 2)", Vector::I64x2([u64::MAX, 2])),
        (
            "(v128.const f32x4 1.5 nan:canonical nan:arithmetic -0)",
            Vector::F32x4([bits(1.5), Float::CanonicalNan, Float::ArithmeticNan, bits(-0.0)]),
        ),
        (
            "(v128.const f64x2 nan:canonical 2)",
            Vector::F64x2([Float::CanonicalNan, Float::Bits(2f64.to_bits())]),
        ),
    ] {
        assert_eq!(values(text), [Value::V128(value)], "{text}");
    }
}

#[test]
fn references_are_read_by_their_kind() {
    for (text, value) in [
        ("(ref.null)", Value::RefNull(None)),
        ("(ref.null func)", Value::RefNull(some("func"))),
        ("(ref.null any)", Value::RefNull(some("any"))),
        ("(ref.null $t)", Value::RefNull(some("$t"))),
        ("(ref.extern)", Value::Ref("extern", None)),
        ("(ref.extern 3)", Value::Ref("extern", Some(3))),
        ("(ref.host 4)", Value::Ref("host", Some(4))),
        ("(ref.func)", Value::Ref("func", None)),
        ("(ref.func 2)", Value::Ref("func", Some(2))),
        ("(ref.any)", Value::Ref("any", None)),
        ("(ref.eq)", Value::Ref("eq", None)),
        ("(ref.i31)", Value::Ref("i31", None)),
        ("(ref.i31_shared)", Value::Ref("i31_shared", None)),
        ("(ref.struct)", Value::Ref("struct", None)),
        ("(ref.array)", Value::Ref("array", None)),
        ("(ref.exn)", Value::Ref("exn", None)),
    ] {
        assert_eq!(values(text), [value], "{text}");
    }
}

#[test]
fn values_may_be_alternatives() {
    assert_eq!(
        values("(either (i32.const 1) (f32.const nan:canonical) (ref.null any)) (i64.const 5)"),
        [
            Value::Either(vec![Value::I32(1), Value::F32(Float::CanonicalNan), Value::RefNull(some("any"))]),
            Value::I64(5)
        ]
    );
    assert_eq!(values(""), []);
}

#[test]
fn names_in_commands_are_decoded() {
    let CommandKind::Action(Action::Invoke { module, name, args }) =
        only_command(r#"(invoke $"a b" "\u{e9}\n" (ref.extern 1))"#)
    else {
        panic!()
    };
    assert_eq!((module, name.as_str()), (some("a b"), "\u{e9}\n"));
    assert_eq!(args, [Value::Ref("extern", Some(1))]);
}

#[test]
fn fields_alone_are_a_module() {
    let text = "(func (export \"f\")) ;; no module around it\n(memory 1)";
    let command = only_command(text);
    let module = as_module(&command);
    assert_eq!(module.assemble(text, &Assembler::new()).unwrap(), gcwat::assemble(text).unwrap());
    assert_eq!((&module.name, module.is_definition), (&None, false));
    assert_eq!(commands(""), []);
    assert_eq!(commands(";; nothing\n(; at all ;) (@annotation)"), []);
}

#[test]
fn what_is_no_command_is_refused() {
    for text in [
        "(unknown)",
        "invoke",
        "(invoke)",
        "(invoke f)",
        "(invoke \"f\" i32.const 1)",
        "(invoke \"f\" (i32.add))",
        "(invoke \"\\ff\")",
        "(assert_return)",
        "(assert_return (module))",
        "(assert_return (invoke \"f\") (i32.const))",
        "(assert_return (invoke \"f\") (i32.const 4294967296))",
        "(assert_return (invoke \"f\") (v128.const i32x4 1 2 3))",
        "(assert_return (invoke \"f\") (i32.const nan:canonical))",
        "(assert_trap (invoke \"f\"))",
        "(assert_trap \"f\")",
        "(assert_malformed (invoke \"f\") \"\")",
        "(assert_invalid (module))",
        "(register)",
        "(register $m)",
        "(module binary 1)",
        "(module quote (func))",
        "(module instance $a $b $c)",
        "(thread)",
        "(wait)",
        "(wait \"T\")",
        "(either (i32.const 1))",
        "(module",
        "(module))",
        "(func) (invoke \"f\")",
        "(invoke \"f\") (func)",
    ] {
        match Script::parse(text) {
            Ok(script) => panic!("accepted: {text}: {script:?}"),
            Err(errors) => check_sane(text, &errors),
        }
    }
}

#[test]
fn a_script_reports_all_its_errors() {
    let text = "(invoke)\n(register \"m\")\n(get)\n(assert_return)";
    let errors = Script::parse(text).unwrap_err();
    let lines: Vec<u32> = errors.with_positions().map(|(_, position)| position.line).collect();
    assert_eq!(lines, [1, 3, 4]);
}

#[test]
fn a_broken_module_does_not_break_the_script() {
    let text = "(module (func i32.ad)) (module (func)) (assert_invalid (module (foo)) \"\")";
    let all = commands(text);
    let assembler = Assembler::new();
    assert!(as_module(&all[0]).assemble(text, &assembler).is_err());
    assert!(as_module(&all[1]).assemble(text, &assembler).is_ok());
    assert!(as_module(&all[2]).assemble(text, &assembler).is_err());
}
