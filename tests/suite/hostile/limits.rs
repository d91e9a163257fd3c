//! Modules that exceed a limit of engines: they are assembled, with a warning.

use gcwat::{Assembler, Code};

/// Texts that exceed a limit, with the expected warning.
fn beyond() -> Vec<(String, &'static str)> {
    let subtypes = |depth: usize| {
        let below = |at: usize| format!("(type $t{} (sub $t{at} (struct)))\n", at + 1);
        format!("(type $t0 (sub (struct)))\n{}", (0..depth).map(below).collect::<String>())
    };
    let long = "a".repeat(100_001);
    vec![
        (format!("(func {})", "(param i32)".repeat(1001)), "1000 parameters"),
        (format!("(type (func (result {})))", "i32 ".repeat(1001)), "1000 results"),
        (format!("(type (struct (field {})))", "i32 ".repeat(10_001)), "10000 fields"),
        (subtypes(64), "63 supertypes"),
        (format!("(func (local {}))", "i32 ".repeat(50_001)), "50000 parameters and locals"),
        ("(memory 0)".repeat(101), "100 memories"),
        ("(table 0 funcref)".repeat(100_001), "100000 tables"),
        (format!("(func) {}", "(elem func 0)".repeat(100_001)), "100000 element segments"),
        ("(data \"\")".repeat(100_001), "100000 data segments"),
        (
            format!("(data \"\") (func (data.drop 0)) {}", "(data \"\")".repeat(100_000)),
            "100000 data segments",
        ),
        (format!("(func (export \"{long}\"))"), "100000 bytes"),
        (format!("(import \"{long}\" \"\" (func))"), "100000 bytes"),
        (format!("(@custom \"{long}\" \"\") (func)"), "100000 bytes"),
        (format!("(tag) (func (try_table {}))", "(catch 0 0)".repeat(10_001)), "10000 clauses"),
        (
            format!(
                "(type $f (func)) (type $c (cont $f)) (tag) (func (param (ref $c)) (resume $c {} (local.get 0)))",
                "(on 0 switch)".repeat(10_001)
            ),
            "10000 handlers",
        ),
        (
            format!(
                "(type $t (func {})) {}",
                "(param i32)".repeat(1000),
                "(import \"a\" \"b\" (func (type $t)))".repeat(1001)
            ),
            "1000000 parts",
        ),
    ]
}

#[test]
fn exceeding_a_limit_of_engines_is_a_warning() {
    for (text, limit) in beyond() {
        let shown = &text[..text.len().min(60)];
        let assembled = Assembler::new().assemble(&text).unwrap_or_else(|errors| panic!("{shown}: {errors}"));
        let warnings = assembled.warnings();
        assert_eq!(warnings.iter().count(), 1, "{shown}: {warnings}");
        let warning = warnings.iter().next().unwrap();
        assert_eq!(warning.code, Code::ImplementationLimit, "{shown}");
        assert!(warning.message.contains(limit), "{shown}: {}", warning.message);
        assert!(warning.notes.iter().any(|note| note.contains("validated")) || text.starts_with("(@custom"));
        // The bytes are the same as without validation, which emits no warning.
        let plain = Assembler::new().validate(false).assemble(&text).unwrap();
        assert!(plain.warnings().is_empty() && plain.bytes() == assembled.bytes(), "{shown}");
    }
}

#[test]
fn functions_that_do_not_use_a_type_that_exceeds_a_limit_are_validated() {
    let params = "(param i32)".repeat(1001);
    let wrong = "(func $wrong (result i32) (i64.const 0))";
    let fields = "i32 ".repeat(10_001);
    for text in [
        format!("(func {params}) {wrong}"),
        format!("(type $f (func {params})) (func $g (type $f)) (tag (type $f)) {wrong}"),
        format!("(type (struct (field {fields}))) {wrong}"),
        format!("{wrong} (func (export \"{}\"))", "a".repeat(100_001)),
    ] {
        let errors = gcwat::assemble(&text).unwrap_err();
        let codes: Vec<Code> = errors.iter().map(|error| error.code).collect();
        assert!(codes.contains(&Code::TypeMismatch), "{}: {errors}", &text[..60]);
        assert_eq!(errors.iter().filter(|error| error.is_error()).count(), 1, "{}: {errors}", &text[..60]);
    }
    // Uses of it are not reported as errors.
    let args = "(i32.const 1)".repeat(1001);
    for text in [
        format!("(func $f {params} (drop (local.get 1000))) (func (call $f {args}))"),
        format!(
            "(type $t (struct (field {fields}))) (func (param (ref $t)) (drop (struct.get $t 10000 (local.get 0))))"
        ),
        format!(
            "(type $t (func {params})) (table 1 funcref) (func (call_indirect (type $t) {args} (i32.const 0)))"
        ),
        format!("(func unreachable (block {params} unreachable))"),
        format!("(func unreachable (block {params} drop br 0) (i32.eqz unreachable) drop)"),
        format!("(table 1 funcref) (func (call_indirect {params} {args} (i32.const 0)))"),
        format!("(type $t (func {params})) (tag $e (type $t)) (func (throw $e {args}))"),
        format!(
            "(type $t (func {params})) (func $f (type $t)) (global (ref $t) (ref.func $f)) (elem declare func $f)"
        ),
    ] {
        let assembled = gcwat::assemble(&text);
        assert!(assembled.is_ok(), "{}: {}", &text[..60], assembled.unwrap_err());
    }
}

#[test]
fn modules_at_a_limit_have_no_warning() {
    for text in [
        format!("(func {})", "(param i32)".repeat(1000)),
        format!("(type (struct (field {})))", "i32 ".repeat(10_000)),
        format!("(func (local {}))", "i32 ".repeat(50_000)),
        "(memory 0)".repeat(100),
    ] {
        assert!(gcwat::check(&text).is_empty(), "{}", &text[..60]);
    }
}

#[test]
fn functions_other_than_one_that_exceeds_a_limit_are_validated() {
    let locals = "i32 ".repeat(50_001);
    let text = format!("(func (local {locals})) (func $wrong (drop)) (func (local {locals}))");
    let errors = gcwat::assemble(&text).unwrap_err();
    let codes: Vec<Code> = errors.iter().map(|error| error.code).collect();
    assert_eq!(
        codes,
        [Code::ImplementationLimit, Code::MissingOperand, Code::ImplementationLimit],
        "{errors}"
    );
}

#[test]
fn exceeding_a_limit_of_the_specification_is_an_error() {
    for text in [
        format!("(type $t (sub (struct))) (type (sub {} (struct)))", "$t ".repeat(20)),
        format!(
            "(func (drop (select (result {}) (i32.const 0) (i32.const 0) (i32.const 0))))",
            "i32 ".repeat(20)
        ),
        "(memory 65537)".to_owned(),
    ] {
        assert!(gcwat::assemble(&text).is_err(), "{text}");
    }
}
