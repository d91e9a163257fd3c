//! Errors and warnings as data.

use super::*;
use gcwat::script::Script;

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
fn diagnostics_implement_the_error_trait() {
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
fn diagnostics_can_be_counted_and_displayed() {
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
        // A letter and its combining accent count as two.
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
fn a_line_index_converts_every_offset() {
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
    // An offset after the end is treated as the end.
    assert_eq!(lines.position(text, u32::MAX), position(4, 5));
}

#[test]
fn span_arithmetic_works() {
    let span = Span::new(2, 5);
    assert_eq!((span.len(), span.is_empty(), span.range()), (3, false, 2..5));
    assert_eq!((span.before(), span.after()), (Span::new(2, 2), Span::new(5, 5)));
    assert_eq!(span.to(Span::new(7, 9)), Span::new(2, 9));
    assert!(span.before().is_empty());
    assert_eq!(format!("{span:?}"), "2..5");
}

/// Checks the properties that the diagnostics of every text have.
pub(super) fn check_sane(text: &str, diagnostics: &Diagnostics) {
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

/// Assembles a text with every combination of options and checks the results.
fn assemble_sanely(text: &str) {
    for (validate, strict) in [(true, false), (false, false), (false, true)] {
        let assembler = Assembler::new().names(true).validate(validate).strict(strict);
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

/// Texts with many kinds of fields and tokens.
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
fn spans_are_inside_a_truncated_text() {
    for sample in SAMPLES {
        for end in (0..=sample.len()).filter(|&end| sample.is_char_boundary(end)) {
            assemble_sanely(&sample[..end]);
            assemble_sanely(&sample[end..]);
        }
    }
}

#[test]
fn spans_are_inside_a_text_with_a_changed_character() {
    let others = ["", "(", ")", "\"", ";", "$", "@", "\\", " ", "0", "x", "\u{e9}", "(;", "\n"];
    for sample in SAMPLES {
        for (turn, (at, character)) in sample.char_indices().enumerate() {
            // Testing all of them everywhere takes too long; three in turn are enough.
            for step in 0..3 {
                let other = others[(turn + 5 * step) % others.len()];
                let rest = &sample[at + character.len_utf8()..];
                assemble_sanely(&format!("{}{other}{rest}", &sample[..at]));
            }
        }
    }
}

/// Splits a text into tokens, approximately.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_end = |c: char| c.is_whitespace() || "()\"".contains(c);
        let len = match first {
            '(' if rest.starts_with("(@") => rest[1..].find(is_end).map_or(rest.len(), |len| len + 1),
            '(' | ')' => 1,
            '"' => rest[1..].find('"').map_or(rest.len(), |len| len + 2),
            _ => rest.find(is_end).unwrap_or(rest.len()),
        };
        tokens.push(&rest[..len]);
        rest = rest[len..].trim_start();
    }
    tokens
}

/// Swaps, removes, repeats and replaces tokens of the samples, deterministically.
fn shuffled_samples(count: usize) -> Vec<String> {
    let samples: Vec<Vec<&str>> = SAMPLES.iter().map(|sample| tokens(sample)).collect();
    let pool = samples.concat();
    let mut state = 1u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as usize % below
    };
    let mut texts = Vec::new();
    for turn in 0..count {
        let mut text = samples[turn % samples.len()].clone();
        for _ in 0..1 + random(3) {
            let (at, other) = (random(text.len()), random(text.len()));
            match random(5) {
                0 => drop(text.remove(at)),
                1 => text.swap(at, other),
                2 => text.insert(at, text[other]),
                3 => text.insert(at, pool[random(pool.len())]),
                _ => text[at] = pool[random(pool.len())],
            }
        }
        texts.push(text.join(" "));
    }
    texts
}

#[test]
fn spans_are_inside_a_text_with_shuffled_tokens() {
    for text in shuffled_samples(6000) {
        assemble_sanely(&text);
    }
}

#[test]
fn errors_of_several_fields_are_reported_in_order() {
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
fn an_error_in_one_function_does_not_hide_errors_in_another() {
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
fn a_malformed_field_still_defines_its_names() {
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
    assert!(errors.iter().all(|error| error.code.as_str().starts_with("E04")), "{errors}");
    let lines: Vec<u32> = errors.with_positions().map(|(_, position)| position.line).collect();
    assert_eq!(lines, [2, 3, 5]);
}

#[test]
fn a_type_error_is_found_along_with_other_errors() {
    for text in [
        "(func i32.ad) (func (result i32) i64.const 0)",
        "(func call $f) (func (result i32) i64.const 0)",
        "(func (export \"\\ff\")) (func (result i32) i64.const 0)",
    ] {
        let errors = refuse(text);
        assert_eq!(errors.len(), 2, "{errors}");
        assert_eq!(errors.iter().last().unwrap().code, Code::TypeMismatch);
    }
}

/// Checks that a text with one mistake has one error.
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
fn a_malformed_field_still_defines_its_name() {
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
fn warnings_and_errors_are_sorted_together() {
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
fn a_similar_name_is_suggested() {
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
        let mut fixed = text.to_owned();
        fixed.replace_range(suggestion.edits[0].span.range(), &suggestion.edits[0].replacement);
        assert!(gcwat::assemble(&fixed).is_ok(), "{fixed}");
    }
}

#[test]
fn a_label_or_table_is_not_reported_as_an_unknown_type() {
    for (text, unknown) in [
        ("(func (block (br_on_cast 1 (ref 7) (ref 8))))", vec!["7", "8"]),
        ("(func (block (br_on_cast_fail 1 (ref 1) (ref null func) (unreachable))))", vec!["1"]),
        ("(func (block $a (br_on_cast_desc_eq $a (ref 7) (ref 8) (unreachable))))", vec!["7", "8"]),
        ("(table 1 funcref) (table 1 funcref) (func (call_indirect 1 (type 7) (i32.const 0)))", vec!["7"]),
        ("(table 1 funcref) (table 1 funcref) (func (call_indirect 1 (type 1) (i32.const 0)))", vec!["1"]),
        ("(table 1 funcref) (func (return_call_indirect (type 7) (i32.const 0)))", vec!["7"]),
    ] {
        let errors = gcwat::assemble(text).unwrap_err();
        let messages: Vec<_> = errors.iter().map(|error| error.message.clone()).collect();
        let expected: Vec<_> =
            unknown.iter().map(|number| format!("unknown type {number}: the module has no types")).collect();
        assert_eq!(messages, expected, "{text}");
        for error in errors.iter() {
            let before = &text[..error.span.start as usize];
            assert!(before.ends_with("(ref ") || before.ends_with("(type "), "{text}: {error:?}");
        }
    }
}

#[test]
fn diagnostics_are_iterated_and_printed() {
    let text = "(func call $f)\n(global i32 (i32.const (@char \"a\")))";
    let diagnostics = gcwat::check(text);
    let mut lines = Vec::new();
    for diagnostic in &diagnostics {
        lines.push(diagnostic.to_string());
    }
    assert_eq!(lines[0], "error: unknown function `$f` [E0301]");
    assert!(lines[1].starts_with("warning: ") && lines[1].ends_with(" [W0002]"), "{lines:?}");
    assert_eq!(diagnostics.errors().collect::<Vec<_>>(), [&diagnostics.as_slice()[0]]);
    assert_eq!(diagnostics.warnings().collect::<Vec<_>>(), [&diagnostics.as_slice()[1]]);
    let with_positions = diagnostics.with_positions().map(|(one, at)| format!("{at}: {one}"));
    assert_eq!(diagnostics.to_string(), with_positions.collect::<Vec<_>>().join("\n"));
    assert_eq!(diagnostics.clone().into_iter().collect::<Vec<Diagnostic>>(), diagnostics.as_slice());
}

#[test]
fn debug_output_is_readable_if_main_returns_the_errors() {
    let errors = gcwat::assemble("(func call $f)\n(func call $g)").unwrap_err();
    // The standard library prints `Error: {:?}`.
    assert_eq!(
        format!("Error: {errors:?}"),
        "Error: 1:12: error: unknown function `$f` [E0301]\n2:12: error: unknown function `$g` [E0301]"
    );
    assert!(format!("{errors:#?}").contains("code: UnknownName"));
}

#[test]
fn levels_can_be_keys() {
    let mut counts = std::collections::HashMap::new();
    for diagnostic in gcwat::check("(func call $f)\n(global i32 (i32.const (@char \"a\")))") {
        *counts.entry(diagnostic.level).or_insert(0) += 1;
    }
    assert_eq!(counts, [(Level::Error, 1), (Level::Warning, 1)].into());
}
