//! The dialect: extensions of the text format, each with a warning and a fix, and the forms of older
//! versions, which are errors with a fix.

use gcwat::{Applicability, Assembled, Assembler, Code, Diagnostic, Diagnostics, Suggestion};

/// CPython 3.14's trampoline, but with the empty block type: the array with the meaning that its comment
/// has in standard text.
const TRAMPOLINE_WITH_LABELS: &str = "\
    0061736d01000000011a056000017f60017f017f60027f7f017f60037f7f7f017f600000020901016501740170000003\
    020101070501016600000a380136010170200025002201fb1403044041030f0b2001fb1402044041020f0b2001fb1401\
    044041010f0b2001fb1400044041000f0b417f0b";

fn assemble(text: &str) -> Assembled {
    Assembler::new().assemble(text).unwrap_or_else(|errors| panic!("{errors}\n{text}"))
}

fn refuse(text: &str) -> Diagnostics {
    match Assembler::new().assemble(text) {
        Ok(_) => panic!("accepted: {text}"),
        Err(errors) => errors,
    }
}

fn strictly(text: &str) -> Result<Assembled, Diagnostics> {
    Assembler::new().strict(true).assemble(text)
}

/// Whether the `wast` crate, which supports only standard text, accepts the text.
fn is_standard(text: &str) -> bool {
    wast::parser::ParseBuffer::new(text).is_ok_and(|buffer| {
        wast::parser::parse::<wast::Wat<'_>>(&buffer).is_ok_and(|mut wat| wat.encode().is_ok())
    })
}

fn place<'t>(text: &'t str, diagnostic: &Diagnostic) -> &'t str {
    &text[diagnostic.span.range()]
}

/// Applies all edits of the suggestions to the text.
fn apply<'s>(text: &str, suggestions: impl Iterator<Item = &'s Suggestion>) -> String {
    let mut edits: Vec<_> = suggestions.flat_map(|suggestion| &suggestion.edits).collect();
    edits.sort_by_key(|edit| edit.span);
    let mut fixed = text.to_owned();
    for edit in edits.iter().rev() {
        fixed.replace_range(edit.span.range(), &edit.replacement);
    }
    fixed
}

fn only_suggestion(diagnostic: &Diagnostic) -> &Suggestion {
    match &diagnostic.suggestions[..] {
        [suggestion] => suggestion,
        other => panic!("one suggestion was expected: {other:?}"),
    }
}

/// Checks a text of the dialect. The warnings must have the code and be at `places`. Their suggestions must
/// turn the text into `standard`, which has no warnings and gives the same module.
fn check(code: Code, text: &str, places: &[&str], standard: &str) {
    let assembled = assemble(text);
    let warnings = assembled.warnings();
    for warning in warnings.iter() {
        assert_eq!(warning.code, code, "{text}");
        assert!(!warning.is_error(), "{text}");
        assert_eq!(only_suggestion(warning).applicability, Applicability::MachineApplicable, "{text}");
    }
    let found: Vec<&str> = warnings.iter().map(|warning| place(text, warning)).collect();
    assert_eq!(found, places, "{text}");

    assert_eq!(apply(text, warnings.iter().map(only_suggestion)), standard);
    let of_standard = assemble(standard);
    assert!(of_standard.warnings().is_empty(), "{standard}");
    assert_eq!(assembled.bytes(), of_standard.bytes(), "{text}");

    // Each fix is valid without the others.
    for warning in warnings.iter() {
        let fixed = apply(text, std::iter::once(only_suggestion(warning)));
        let once_fixed = assemble(&fixed);
        assert_eq!(once_fixed.bytes(), assembled.bytes(), "{fixed}");
        assert_eq!(once_fixed.warnings().len(), warnings.len() - 1, "{fixed}");
    }

    let errors = strictly(text).expect_err(text);
    let found: Vec<_> =
        errors.iter().map(|error| (error.code, error.is_error(), place(text, error))).collect();
    let expected: Vec<_> = places.iter().map(|&place| (Code::NotStandard, true, place)).collect();
    assert_eq!(found, expected, "{text}");
    assert!(strictly(standard).is_ok(), "{standard}");

    // Other assemblers must reject an extension, never assemble it to a different module.
    assert!(!is_standard(text), "{text}");
}

/// Checks that a text has no diagnostics, and that strict mode does not change the module.
fn check_silent(text: &str) -> Vec<u8> {
    let assembled = assemble(text);
    assert!(assembled.warnings().is_empty(), "{}\n{text}", assembled.warnings());
    assert_eq!(strictly(text).expect(text).bytes(), assembled.bytes(), "{text}");
    assembled.into_bytes()
}

/// Returns a module with one function that has an `anyref`, a label for it, and the body.
fn with_types(body: &str) -> String {
    format!(
        "(module
           (type $a (sub (struct)))
           (type $b (sub $a (struct)))
           (func (param $x anyref) (result anyref) {body}))"
    )
}

#[test]
fn a_bare_type_index_is_a_reference_type_in_tests_and_casts() {
    for (bare, standard) in [
        ("$b", "(ref $b)"),
        ("1", "(ref 1)"),
        ("0x1", "(ref 0x1)"),
        ("null $b", "(ref null $b)"),
        ("null 1", "(ref null 1)"),
        ("$\"b\"", "(ref $\"b\")"),
        ("null $\"\\62\"", "(ref null $\"\\62\")"),
    ] {
        for instruction in ["ref.test", "ref.cast"] {
            let flat = |t: &str| with_types(&format!("local.get 0 {instruction} {t} drop local.get 0"));
            check(Code::BareTypeIndex, &flat(bare), &[bare], &flat(standard));
            let folded =
                |t: &str| with_types(&format!("(drop ({instruction} {t} (local.get 0))) (local.get 0)"));
            check(Code::BareTypeIndex, &folded(bare), &[bare], &folded(standard));
        }
    }
}

#[test]
fn bare_type_indices_are_allowed_for_both_types_of_a_cast_branch() {
    let branch = |instruction: &str, types: &str| {
        with_types(&format!(
            "(block $l (result anyref)
               ({instruction} $l {types} (ref.cast (ref null $a) (local.get $x))))"
        ))
    };
    for instruction in ["br_on_cast", "br_on_cast_fail"] {
        for (types, places, standard) in [
            ("null $a $b", &["null $a", "$b"][..], "(ref null $a) (ref $b)"),
            ("null 0 null 1", &["null 0", "null 1"], "(ref null 0) (ref null 1)"),
            ("null 0 1", &["null 0", "1"], "(ref null 0) (ref 1)"),
            ("(ref null $a) $b", &["$b"], "(ref null $a) (ref $b)"),
            ("anyref null 1", &["null 1"], "anyref (ref null 1)"),
            ("null $a (ref $b)", &["null $a"], "(ref null $a) (ref $b)"),
        ] {
            check(Code::BareTypeIndex, &branch(instruction, types), places, &branch(instruction, standard));
        }
    }
}

#[test]
fn the_label_of_a_cast_branch_is_not_taken_for_a_type() {
    let text = |types: &str| {
        with_types(&format!(
            "(block (result anyref) (br_on_cast 0 {types} (ref.cast (ref $a) (local.get $x))))"
        ))
    };
    check(Code::BareTypeIndex, &text("0 1"), &["0", "1"], &text("(ref 0) (ref 1)"));
}

#[test]
fn comments_and_annotations_are_allowed_inside_a_bare_type() {
    check(
        Code::BareTypeIndex,
        &with_types("(ref.cast (; null ;) null (@x $a) $b (local.get 0))"),
        &["null (@x $a) $b"],
        &with_types("(ref.cast (; null ;) (ref null $b) (local.get 0))"),
    );
}

#[test]
fn a_bare_type_index_is_an_error_elsewhere() {
    for text in [
        "(type $t (struct)) (func (param $t))",
        "(type $t (struct)) (func (param i32 $t))",
        "(type $t (struct)) (func (result $t) unreachable)",
        "(type $t (struct)) (func (local null $t))",
        "(type $t (struct)) (table 1 $t)",
        "(type $t (struct)) (table 1 null $t)",
        "(type $t (struct)) (global $t (ref.null $t))",
        "(type $t (struct)) (type (struct (field null $t)))",
        "(type $t (struct)) (type (array $t))",
        "(type $t (struct)) (elem null $t)",
        "(type $t (struct)) (func unreachable select (result $t))",
        "(type $t (struct)) (func (drop (ref.null null $t)))",
        // Abstract heap types have short standard forms.
        "(func (param anyref) (drop (ref.test any (local.get 0))))",
        "(func (param anyref) (drop (ref.test null any (local.get 0))))",
        "(func (param anyref) (drop (ref.test (null any) (local.get 0))))",
    ] {
        refuse(text);
    }
}

#[test]
fn an_unknown_bare_type_is_an_error_as_in_standard_text() {
    for (text, code) in [
        ("(func (drop (ref.test $none (ref.null any))))", Code::UnknownName),
        ("(func (drop (ref.test 7 (ref.null any))))", Code::UnknownIndex),
    ] {
        let errors = refuse(text);
        assert!(errors.iter().any(|error| error.is_error() && error.code == code), "{errors}");
    }
}

#[test]
fn a_character_literal_is_an_integer() {
    for (character, number) in [
        (r#"(@char "A")"#, "65"),
        (r#"(@char "\41")"#, "65"),
        (r#"(@char "é")"#, "233"),
        (r#"(@char "\u{e9}")"#, "233"),
        (r#"(@char "\c3\a9")"#, "233"),
        (r#"(@char "\u{1f600}")"#, "128512"),
        (r#"(@char "😀")"#, "128512"),
        (r#"(@char "\n")"#, "10"),
        (r#"(@char "\00")"#, "0"),
        (r#"(@char "\u{10ffff}")"#, "1114111"),
        (r#"(@char "(")"#, "40"),
        (r#"(@char ")")"#, "41"),
        (r#"(@char ";")"#, "59"),
        (r#"(@char "\"")"#, "34"),
        (r#"(@char "\\")"#, "92"),
        ("(@char (; B ;) \"A\" ;; C\n )", "65"),
        (r#"(@char(@x B)"A")"#, "65"),
    ] {
        for ty in ["i32", "i64"] {
            let folded = |n: &str| format!("(func (result {ty}) ({ty}.const {n}))");
            check(Code::CharLiteral, &folded(character), &[character], &folded(number));
            let flat = |n: &str| format!("(module (func (result {ty}) {ty}.const {n}))");
            check(Code::CharLiteral, &flat(character), &[character], &flat(number));
            let global = |n: &str| format!("(global {ty} ({ty}.const {n}))");
            check(Code::CharLiteral, &global(character), &[character], &global(number));
        }
    }
}

#[test]
fn other_strings_do_not_change_a_character_literal() {
    for character in [
        r#"(@"char" "A")"#,
        r#"(@char (; "B" ;) "A")"#,
        r#"(@char "A" (; "B" ;))"#,
        "(@char \"A\" ;; \"B\"\n)",
        r#"(@char (@x "B") "A")"#,
        r#"(@char "A" (@x "B"))"#,
        r#"(@char (; " ;) "A")"#,
        r#"(@char "A" (; \" ;))"#,
    ] {
        let text = |n: &str| format!("(func (result i32) (i32.const {n}))");
        check(Code::CharLiteral, &text(character), &[character], &text("65"));
    }
}

#[test]
fn several_character_literals_work_in_one_function() {
    check(
        Code::CharLiteral,
        r#"(func (result i32) (i32.add (i32.const (@char "a")) (i32.sub (i32.const 5) (i32.const (@char "b")))))"#,
        &[r#"(@char "a")"#, r#"(@char "b")"#],
        "(func (result i32) (i32.add (i32.const 97) (i32.sub (i32.const 5) (i32.const 98))))",
    );
}

#[test]
fn a_character_may_be_the_offset_of_a_segment() {
    check(
        Code::CharLiteral,
        r#"(memory 1) (data (i32.const (@char " ")) "x")"#,
        &[r#"(@char " ")"#],
        r#"(memory 1) (data (i32.const 32) "x")"#,
    );
}

#[test]
fn a_char_annotation_is_ignored_if_no_integer_is_missing() {
    for (text, plain) in [
        (r#"(func (drop (i32.const 65 (@char "B"))))"#, "(func (drop (i32.const 65)))"),
        (r#"(func (drop (i32.const (@char "B") 65)))"#, "(func (drop (i32.const 65)))"),
        (r#"(func (@char "A") (nop) (@char "no character"))"#, "(func nop)"),
        (r#"(@char "A") (func) (@char)"#, "(func)"),
        (r#"(module (@char "A") (func (@char)))"#, "(func)"),
        // Limits.
        (r#"(memory 1 (@char "A"))"#, "(memory 1)"),
        (r#"(memory (@char "A") 1 2)"#, "(memory 1 2)"),
        (r#"(table 1 (@char "A") funcref)"#, "(table 1 funcref)"),
        // Numbers in a data segment.
        (r#"(data (i8 1 (@char "A") 2))"#, "(data (i8 1 2))"),
        (r#"(data (i8 (@char "A")))"#, "(data (i8))"),
        (r#"(data (i32 (@char "A") 7))"#, "(data (i32 7))"),
        // Lanes.
        (
            r#"(func (drop (v128.const i32x4 1 (@char "A") 2 3 4)))"#,
            "(func (drop (v128.const i32x4 1 2 3 4)))",
        ),
    ] {
        assert_eq!(check_silent(text), check_silent(plain), "{text}");
    }
}

#[test]
fn if_one_character_must_be_an_integer_all_in_the_form_are_integers() {
    let text = r#"(memory 1) (data (i32.const (@char "A")) (i8 1 (@char "B") 2)) (data (i8 (@char "C")))"#;
    let assembled = assemble(text);
    let places: Vec<_> = assembled.warnings().iter().map(|warning| place(text, warning)).collect();
    assert_eq!(places, [r#"(@char "A")"#, r#"(@char "B")"#]);
    let fixed = apply(text, assembled.warnings().iter().map(only_suggestion));
    assert_eq!(fixed, r#"(memory 1) (data (i32.const 65) (i8 1 66 2)) (data (i8 (@char "C")))"#);
    assert_eq!(check_silent(&fixed), assembled.bytes());
    assert_eq!(strictly(text).expect_err(text).len(), 2);
    assert!(!is_standard(text));

    // As a literal, it can be in an invalid place.
    refuse(r#"(func (drop (i32.const (@char "A"))) (@char "B"))"#);
    refuse(r#"(func (drop (i32.const (@char "A"))) (drop (i32.const 5 (@char "B"))))"#);
    // Other forms are not affected.
    let apart =
        r#"(func (drop (i32.const (@char "A")))) (func (@char "B") (drop (i32.const 5 (@char "C"))))"#;
    assert_eq!(assemble(apart).warnings().len(), 1);
}

#[test]
fn a_character_literal_is_not_an_index_float_or_lane() {
    for text in [
        r#"(func (drop (f32.const (@char "A"))))"#,
        r#"(func (drop (f64.const (@char "A"))))"#,
        r#"(func (param i32) (drop (local.get (@char "\00"))))"#,
        r#"(func (drop (i8x16.extract_lane_s (@char "\00") (v128.const i32x4 0 0 0 0))))"#,
        r#"(func (drop (v128.const f32x4 (@char "A") 0 0 0)))"#,
        r#"(func (call (@char "\00")))"#,
    ] {
        refuse(text);
    }
}

#[test]
fn a_character_literal_has_exactly_one_character() {
    for text in [
        r#"(func (drop (i32.const (@char "AB"))))"#,
        r#"(func (drop (i32.const (@char ""))))"#,
        r#"(func (drop (i32.const (@char))))"#,
        r#"(func (drop (i32.const (@char A))))"#,
        r#"(func (drop (i32.const (@char 65))))"#,
        r#"(func (drop (i32.const (@char "A" "B"))))"#,
        r#"(func (drop (i32.const (@char "\ff"))))"#,
        r#"(func (drop (i32.const (@char "\q"))))"#,
        r#"(func (drop (i32.const (@char "A"#,
    ] {
        refuse(text);
    }
}

#[test]
fn an_instruction_in_a_character_literal_is_not_a_panic() {
    for text in [
        r#"(memory (@char "A" drop))"#,
        r#"(memory (@char drop drop))"#,
        r#"(func (drop (i32.const (@char "A" i32.add))))"#,
        r#"(func (drop (i32.const (@char "A" call 0))))"#,
        r#"(func (drop (i32.const (@char "A" i32.const 1))))"#,
    ] {
        refuse(text);
    }
}

#[test]
fn a_char_annotation_is_not_blamed_for_another_mistake() {
    for (text, culprit) in [
        (r#"(func (@char "AB") i32.ad)"#, "i32.ad"),
        (r#"(func (@char i32) (drop (i32.const x)))"#, "x"),
        (r#"(data (i8 (@char "AB") 256))"#, "256"),
    ] {
        let errors = refuse(text);
        let places: Vec<_> = errors.iter().map(|error| place(text, error)).collect();
        assert_eq!(places, [culprit], "{text}");
    }
}

#[test]
fn a_character_literal_of_two_characters_is_reported() {
    let text = r#"(func (drop (i32.const (@char "AB"))))"#;
    let errors = refuse(text);
    let found: Vec<_> = errors.iter().map(|error| (error.code, place(text, error))).collect();
    assert_eq!(found, [(Code::BadToken, r#"(@char "AB")"#)]);
}

#[test]
fn the_older_memory_orders_are_read() {
    for (older, standard) in [("seq_cst", "seqcst"), ("acq_rel", "acqrel")] {
        for body in [
            "(drop (i32.atomic.load ORDER (i32.const 0)))",
            "(drop (i64.atomic.load8_u offset=8 ORDER (i32.const 0)))",
            "(i32.atomic.store $m offset=4 align=4 ORDER (i32.const 0) (i32.const 0))",
            "(drop (i32.atomic.rmw.add ORDER (i32.const 0) (i32.const 1)))",
            "(drop (i64.atomic.rmw32.cmpxchg_u ORDER (i32.const 0) (i64.const 1) (i64.const 2)))",
            "(drop (global.atomic.get ORDER $g))",
            "(global.atomic.set ORDER $g (i32.const 1))",
            "(drop (global.atomic.rmw.xchg ORDER $g (i32.const 1)))",
            "(drop (struct.atomic.get ORDER $s 0 (struct.new $s (i32.const 0))))",
            "(struct.atomic.set ORDER $s $f (struct.new $s (i32.const 0)) (i32.const 1))",
            "(drop (array.atomic.get ORDER $a (array.new_default $a (i32.const 1)) (i32.const 0)))",
            "(atomic.fence ORDER)",
        ] {
            let text = |order: &str| {
                format!(
                    "(module
                       (memory $m 1 1 shared)
                       (global $g (shared mut i32) (i32.const 0))
                       (type $s (shared (struct (field $f (mut i32)))))
                       (type $a (shared (array (mut i32))))
                       (func {}))",
                    body.replace("ORDER", order)
                )
            };
            check(Code::OldMemoryOrder, &text(older), &[older], &text(standard));
        }
    }
}

#[test]
fn both_memory_orders_of_a_text_get_a_warning() {
    let text = |a: &str, b: &str| {
        format!(
            "(memory 1 1 shared)
             (func (drop (i32.atomic.load {a} (i32.const 0))))
             (func (drop (i32.atomic.load {b} (i32.const 0))))"
        )
    };
    check(
        Code::OldMemoryOrder,
        &text("seq_cst", "acq_rel"),
        &["seq_cst", "acq_rel"],
        &text("seqcst", "acqrel"),
    );
}

#[test]
fn all_extensions_work_in_one_text() {
    let text = r#"
      (module
        (type $t (struct))
        (memory 1 1 shared)
        (func (result i32) (ref.test $t (ref.null any)))
        (func (result i32) (i32.atomic.load acq_rel (i32.const (@char "@")))))"#;
    let assembled = assemble(text);
    let found: Vec<_> =
        assembled.warnings().iter().map(|warning| (warning.code, place(text, warning))).collect();
    assert_eq!(
        found,
        [
            (Code::BareTypeIndex, "$t"),
            (Code::OldMemoryOrder, "acq_rel"),
            (Code::CharLiteral, r#"(@char "@")"#),
        ]
    );
    let fixed = apply(text, assembled.warnings().iter().map(only_suggestion));
    assert_eq!(check_silent(&fixed), assembled.bytes());
    assert_eq!(strictly(text).expect_err(text).len(), 3);
}

#[test]
fn standard_texts_have_no_warnings() {
    for text in [
        "",
        "(module)",
        "(module $m (func $f (param $x i32) (result i32) (local.get $x)))",
        "(type $t (struct)) (func (param anyref) (drop (ref.test (ref $t) (local.get 0))))",
        "(type $t (struct)) (func (param anyref) (drop (ref.cast (ref null $t) (local.get 0))))",
        "(func (param anyref) (drop (ref.test anyref (local.get 0))))",
        "(func (param anyref) (drop (ref.cast (ref null i31) (local.get 0))))",
        "(type $t (struct)) (func (drop (ref.null $t)))",
        "(memory 1 1 shared) (func (drop (i32.atomic.load acqrel (i32.const 0))))",
        "(memory 1 1 shared) (func (drop (i32.atomic.load seqcst (i32.const 0))) atomic.fence)",
        "(type $t (func)) (func block $l end block $l (type $t) end)",
        "(type $t (func)) (func (param i32) (if (type $t) (local.get 0) (then)))",
        // A label may share its name with a function, a local or a global.
        "(func $f (local $x i32) (block $f (br $f)) (loop $x) (block $g)) (global $g i32 (i32.const 0))",
    ] {
        check_silent(text);
    }
}

#[test]
fn a_label_named_like_a_type_is_a_label_with_a_warning() {
    for (text, meant) in [
        ("(func block $t end)", "(func block (type $t) end)"),
        ("(func loop $t end)", "(func loop (type $t) end)"),
        ("(func (param i32) local.get 0 if $t end)", "(func (param i32) local.get 0 if (type $t) end)"),
        (
            "(func (param i32) local.get 0 if $t else end)",
            "(func (param i32) local.get 0 if (type $t) else end)",
        ),
        ("(func try_table $t end)", "(func try_table (type $t) end)"),
        ("(func (block $t))", "(func (block (type $t)))"),
        (
            "(func (param i32) (if $t (local.get 0) (then)))",
            "(func (param i32) (if (type $t) (local.get 0) (then)))",
        ),
    ] {
        let with_type = |func: &str| format!("(type $t (func)) {func}");
        let text = with_type(text);
        let assembled = assemble(&text);
        let [warning] = assembled.warnings().iter().collect::<Vec<_>>()[..] else { panic!("{text}") };
        assert_eq!((warning.code, place(&text, warning)), (Code::LabelNamedAsType, "$t"));

        // It is standard text with its standard meaning, which strict mode accepts.
        assert_eq!(strictly(&text).expect(&text).bytes(), assembled.bytes());
        assert_eq!(check_silent(&text.replacen("$t", "$u", 1)), assembled.bytes());

        let suggestion = only_suggestion(warning);
        assert_eq!(suggestion.applicability, Applicability::MaybeIncorrect);
        let fixed = apply(&text, std::iter::once(suggestion));
        assert_eq!(fixed, with_type(meant));
        assert_ne!(check_silent(&fixed), assembled.bytes());
    }
}

#[test]
fn a_label_with_a_block_type_has_no_warning() {
    check_silent("(type $t (func (result i32))) (func (drop (block $t (result i32) (i32.const 0))))");
    check_silent("(type $t (func)) (func (block $t (type $t)))");
    check_silent("(type $t (func)) (func (param i32) (local.get 0) if $t (type $t) end)");
}

/// The comment next to the array in CPython's source, as a separate text.
const TRAMPOLINE: &str = r#"
  (module
    (type $type0 (func (param) (result i32)))
    (type $type1 (func (param i32) (result i32)))
    (type $type2 (func (param i32 i32) (result i32)))
    (type $type3 (func (param i32 i32 i32) (result i32)))
    (type $blocktype (func (param) (result)))
    (table $funcs (import "e" "t") 0 funcref)
    (export "f" (func $arity))
    (func $arity (param $pointer i32) (result i32)
      (local $func funcref)
      local.get $pointer
      table.get $funcs
      local.tee $func
      ref.test $type3
      if $blocktype
        i32.const 3
        return
      end
      local.get $func
      ref.test $type2
      if $blocktype
        i32.const 2
        return
      end
      local.get $func
      ref.test $type1
      if $blocktype
        i32.const 1
        return
      end
      local.get $func
      ref.test $type0
      if $blocktype
        i32.const 0
        return
      end
      i32.const -1))"#;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_trampoline_in_cpythons_spelling_assembles() {
    let assembled = assemble(TRAMPOLINE);
    assert_eq!(hex(assembled.bytes()), TRAMPOLINE_WITH_LABELS);
    let found: Vec<_> =
        assembled.warnings().iter().map(|warning| (warning.code, place(TRAMPOLINE, warning))).collect();
    let expected: Vec<_> = ["$type3", "$type2", "$type1", "$type0"]
        .into_iter()
        .flat_map(|ty| [(Code::BareTypeIndex, ty), (Code::LabelNamedAsType, "$blocktype")])
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn the_fixed_trampoline_is_cpythons_array() {
    let assembled = assemble(TRAMPOLINE);
    let fixed = apply(TRAMPOLINE, assembled.warnings().iter().map(only_suggestion));
    assert_eq!(hex(&check_silent(&fixed)), TRAMPOLINE_WITH_LABELS.replace("0440", "0404"));
}

/// Checks that the bare number at `place` is the only error of the text after `before`, and that the
/// suggestion turns it into one of the texts in `standard`.
fn check_obsolete(before: &str, old: &str, number: &str, standard: &[&str]) {
    let text = format!("{before} {old}");
    // It is a syntax error, whether or not the module is validated.
    assert!(Assembler::new().validate(false).assemble(&text).is_err());
    let errors = refuse(&text);
    let [error] = errors.iter().collect::<Vec<_>>()[..] else { panic!("{errors}\n{text}") };
    assert_eq!((error.code, error.is_error(), place(&text, error)), (Code::Obsolete, true, number));
    let suggestion = only_suggestion(error);
    assert_eq!(suggestion.applicability, Applicability::MachineApplicable);
    let fixed = apply(&text, std::iter::once(suggestion));
    assert!(standard.iter().any(|standard| fixed == format!("{before} {standard}")), "{fixed}");
    check_silent(&fixed);
}

#[test]
fn a_bare_memory_index_is_obsolete() {
    check_obsolete(
        "(memory 1)",
        r#"(data 0 (i32.const 0) "a")"#,
        "0",
        &[r#"(data (memory 0) (i32.const 0) "a")"#, r#"(data (i32.const 0) "a")"#],
    );
    check_obsolete(
        "(memory 1) (memory 1)",
        r#"(data $d 1 (offset (i32.const 0)) "a" "b")"#,
        "1",
        &[r#"(data $d (memory 1) (offset (i32.const 0)) "a" "b")"#],
    );
    check_obsolete(
        "(memory 1)",
        "(data 0x0 (i32.const 0))",
        "0x0",
        &["(data (memory 0x0) (i32.const 0))", "(data (i32.const 0))"],
    );
}

#[test]
fn a_bare_table_index_is_obsolete() {
    check_obsolete(
        "(table 1 funcref) (func $f)",
        "(elem $e 0x0 (offset (i32.const 0)) func $f)",
        "0x0",
        &["(elem $e (table 0x0) (offset (i32.const 0)) func $f)", "(elem $e (offset (i32.const 0)) func $f)"],
    );
    check_obsolete(
        "(table 1 funcref) (table 1 funcref) (func $f)",
        "(elem 1 (i32.const 0) funcref (ref.func $f))",
        "1",
        &["(elem (table 1) (i32.const 0) funcref (ref.func $f))"],
    );
}

#[test]
fn a_bare_table_index_before_functions_has_a_fix() {
    check_obsolete(
        "(table 2 funcref) (func $f)",
        "(elem 0 (i32.const 0) $f $f)",
        "0",
        &["(elem (table 0) (i32.const 0) func $f $f)", "(elem (i32.const 0) $f $f)"],
    );
    check_obsolete(
        "(table 1 funcref) (table 1 funcref) (func $f)",
        "(elem 1 (offset (i32.const 0)) $f)",
        "1",
        &["(elem (table 1) (offset (i32.const 0)) func $f)"],
    );
    check_obsolete(
        "(table 1 funcref)",
        "(elem 0 (i32.const 0))",
        "0",
        &["(elem (table 0) (i32.const 0) func)", "(elem (i32.const 0))"],
    );
}
