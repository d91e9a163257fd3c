//! Suggestions for older and foreign forms, with the resulting text.

use gcwat::{Applicability, Assembler, Edit};

/// Applies the first suggestion of the first error. Returns the text, and whether the suggestion is
/// machine-applicable.
fn fixed(text: &str) -> (String, bool) {
    let errors = Assembler::new().assemble(text).unwrap_err();
    let error = errors.iter().next().unwrap();
    let Some(suggestion) = error.suggestions.first() else { return (format!("none: {errors}"), false) };
    let mut out = String::new();
    let mut at = 0;
    for Edit { span, replacement, .. } in &suggestion.edits {
        out += &text[at..span.range().start];
        out += replacement;
        at = span.range().end;
    }
    out += &text[at..];
    (out, suggestion.applicability == Applicability::MachineApplicable)
}

/// A field, the field after the suggestion, and whether the suggestion is machine-applicable.
const FIELDS: &[(&str, &str, bool)] = &[
    // The arms of an `if`, as before the keyword `then` existed.
    (
        "(func (param i32) (if (local.get 0) (nop) (unreachable)))",
        "(func (param i32) (if (local.get 0) (then (nop)) (else (unreachable))))",
        true,
    ),
    (
        "(func (param i32) (if (local.get 0) (nop)))",
        "(func (param i32) (if (local.get 0) (then (nop))))",
        true,
    ),
    (
        "(func (param i32) (if (local.get 0)(nop)(nop)))",
        "(func (param i32) (if (local.get 0)(then (nop)) (else (nop))))",
        true,
    ),
    (
        "(func (param i32) (result i32) (if $l (result i32) (local.get 0) (i32.const 1) (i32.const 2)))",
        "(func (param i32) (result i32) (if $l (result i32) (local.get 0) (then (i32.const 1)) (else (i32.const 2))))",
        true,
    ),
    (
        "(func (param i32) (result i32) (i32.eqz (if_else (local.get 0) (i32.const 1) (i32.const 2))))",
        "(func (param i32) (result i32) (i32.eqz (if (result i32) (local.get 0) (then (i32.const 1)) (else (i32.const 2)))))",
        true,
    ),
    (
        "(func (param i32) (if_else (local.get 0) (nop) (nop)))",
        "(func (param i32) (if (local.get 0) (then (nop)) (else (nop))))",
        true,
    ),
    (
        "(func (param i32) (result i32) (if_else $l i32 (local.get 0) (i32.const 1) (i32.const 2)))",
        "(func (param i32) (result i32) (if $l (result i32) (local.get 0) (then (i32.const 1)) (else (i32.const 2))))",
        true,
    ),
    // An `if` with three arms was never valid.
    (
        "(func (param i32) (if (local.get 0) (nop) (nop) (nop)))",
        "(func (param i32) (if (local.get 0) (then (nop) (nop) (nop))))",
        false,
    ),
    // Indices in parentheses.
    (
        "(memory 1) (func (drop (i32.load (memory 0) (i32.const 0))))",
        "(memory 1) (func (drop (i32.load 0 (i32.const 0))))",
        true,
    ),
    (
        "(memory 1) (func (drop (i32.load offset=4 (memory 0) (i32.const 0))))",
        "(memory 1) (func (drop (i32.load 0 offset=4 (i32.const 0))))",
        true,
    ),
    ("(memory 1) (func (drop (memory.size (memory 0))))", "(memory 1) (func (drop (memory.size 0)))", true),
    ("(func $f (call (func $f)))", "(func $f (call $f))", true),
    (
        "(global $g i32 (i32.const 0)) (func (drop (global.get (global $g))))",
        "(global $g i32 (i32.const 0)) (func (drop (global.get $g)))",
        true,
    ),
    (
        "(type $t (struct)) (func (drop (struct.new (type $t))))",
        "(type $t (struct)) (func (drop (struct.new $t)))",
        true,
    ),
    // Older syntax of stack switching.
    (
        "(type $f (func)) (type $k (cont $f)) (tag $e) (func (param (ref $k)) (block $l (result (ref $k)) (resume $k (tag $e $l) (local.get 0)) (return)) (drop))",
        "(type $f (func)) (type $k (cont $f)) (tag $e) (func (param (ref $k)) (block $l (result (ref $k)) (resume $k (on $e $l) (local.get 0)) (return)) (drop))",
        true,
    ),
    (
        "(type $f (func)) (type $k (cont $f)) (func $g) (elem declare func $g) (func (drop (cont.new (type $k) (ref.func $g))))",
        "(type $f (func)) (type $k (cont $f)) (func $g) (elem declare func $g) (func (drop (cont.new $k (ref.func $g))))",
        true,
    ),
    ("(tag $e) (func (suspend (tag $e)))", "(tag $e) (func (suspend $e))", true),
    (
        "(type $f (func)) (type $k (cont $f)) (func (param (ref $k)) (cont.resume $k (local.get 0)))",
        "(type $f (func)) (type $k (cont $f)) (func (param (ref $k)) (resume $k (local.get 0)))",
        true,
    ),
    ("(type $f (func)) (type $k (cont (type $f)))", "(type $f (func)) (type $k (cont $f))", true),
    // Segments and memories.
    ("(data 123)", "(data (i8 123))", false),
    ("(memory 1) (data (i32.const 0) 1 2 300)", "(memory 1) (data (i32.const 0) (i32 1 2 300))", false),
    ("(data passive \"x\")", "(data \"x\")", true),
    ("(func $f) (elem passive $f)", "(func $f) (elem func $f)", true),
    ("(func $f) (elem passive func $f)", "(func $f) (elem func $f)", true),
    ("(elem passive funcref (ref.null func))", "(elem funcref (ref.null func))", true),
    ("(memory (shared 1 2))", "(memory 1 2 shared)", true),
    // Binaryen.
    (
        "(tag $e (param i32)) (func (try (do) (catch $e (drop (pop i32)))))",
        "(tag $e (param i32)) (func (try (do) (catch $e (drop))))",
        false,
    ),
    // A missing result, or a surplus value.
    (
        "(func (export \"f\") (param i32) (local.get 0))",
        "(func (export \"f\") (param i32) (result i32) (local.get 0))",
        false,
    ),
    (
        "(func (result i32) (i32.const 1)) (func (call 0) (nop))",
        "(func (result i32) (i32.const 1)) (func (drop (call 0)) (nop))",
        false,
    ),
    (
        "(func (local i32) (local.tee 0 (i32.const 1)) (nop))",
        "(func (local i32) (local.set 0 (i32.const 1)) (nop))",
        false,
    ),
    (
        "(func (param i32) (result i32) (local.get 0) (i32.const 2))",
        "(func (param i32) (result i32) (drop (local.get 0)) (i32.const 2))",
        false,
    ),
    (
        "(func $two (result i32 i32) (unreachable)) (func (result i32) (call $two))",
        "(func $two (result i32 i32) (unreachable)) (func (result i32) (drop (call $two)))",
        false,
    ),
    // Other rules.
    (
        "(type $a (sub final (struct))) (type $b (sub $a (struct)))",
        "(type $a (sub (struct))) (type $b (sub $a (struct)))",
        false,
    ),
];

#[test]
fn older_and_foreign_forms_get_the_expected_suggestion() {
    let mut wrong = Vec::new();
    for (field, expected, is_sure) in FIELDS {
        let (text, expected) = (format!("(module {field})"), format!("(module {expected})"));
        let found = fixed(&text);
        if found != (expected.clone(), *is_sure) {
            wrong.push(format!("{text}: {found:?}"));
        }
        if let Err(errors) = Assembler::new().assemble(&expected) {
            // The text after the suggestion must be valid.
            wrong.push(format!("{expected}: {errors}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_form_after_the_module_is_moved_inside_before_a_comment() {
    for after in ["", " ;; )", " (; ) ;)", " (@note) ;;"] {
        let (text, _) = fixed(&format!("(module) (func){after}"));
        assert_eq!(text, format!("(module (func)){after}"));
        let errors = Assembler::new().assemble(&format!("(module) (func){after}")).unwrap_err();
        assert_eq!(errors.len(), 1, "{errors}");
    }
}

#[test]
fn unknown_annotations_are_allowed_at_every_position() {
    let annotations = [
        "(@note)",
        "(@note 1 $x \"(\")",
        "(@a (b (c)) (@d))",
        "(@\"quoted\" x)",
        "(@a ;; )\n)",
        "(@a (; ) ;))",
    ];
    // At every position, the unknown function is the only error.
    for annotation in annotations {
        for place in 0..8 {
            let at = |n: usize| if n == place { annotation } else { "" };
            let text = format!(
                "{} (module {} $m {} (type {} (func)) {} (func {} (call {} $g)) {})",
                at(0),
                "",
                at(1),
                at(2),
                at(3),
                at(4),
                at(5),
                at(6),
            );
            let errors = Assembler::new().assemble(&text).unwrap_err();
            assert_eq!(errors.len(), 1, "{text}: {errors}");
            assert!(errors.to_string().contains("unknown function `$g`"), "{text}: {errors}");
        }
    }
}

#[test]
fn stated_limits_are_the_actual_limits() {
    for (field, is_valid) in [
        ("(table 20000000 funcref)", true),
        ("(table 4294967295 funcref)", true),
        ("(table 4294967296 funcref)", false),
        ("(table 0 4294967296 funcref)", false),
        ("(table i64 18446744073709551615 funcref)", true),
        ("(memory 65536)", true),
        ("(memory 65537)", false),
        ("(memory 4294967295 (pagesize 1))", true),
        ("(memory 4294967296 (pagesize 1))", false),
    ] {
        assert_eq!(Assembler::new().assemble(&format!("(module {field})")).is_ok(), is_valid, "{field}");
        // With another error, the explaining route checks the limit.
        let errors = Assembler::new().assemble(&format!("(module {field} (func (call $g)))")).unwrap_err();
        assert_eq!(errors.len(), if is_valid { 1 } else { 2 }, "{errors}");
    }
}
