//! Messages show a type under the name that the declaration of the value uses.

use gcwat::Assembler;

/// The fields of a module with two equal types, and a part of the first message. The tests replace `T` by one of the
/// types.
const MODULES: &[(&str, &str)] = &[
    ("(func (param $x (ref T)) (result i64) (local.get $x))", "found (ref T)"),
    ("(func (param i32 (ref T)) (i32.eqz (local.get 1)) drop)", "found (ref T)"),
    ("(func (local $x (ref null T)) (local.set $x (i32.const 1)))", "expected (ref null T)"),
    ("(func (result (ref T)) (i32.const 1))", "expected (ref T)"),
    ("(func $f (result (ref T)) unreachable) (func (result i32) (call $f))", "found (ref T)"),
    ("(func $f (param (ref T))) (func (call $f (i32.const 1)))", "expected (ref T)"),
    (
        "(func $f (param (ref $A) (ref T))) (func (param (ref $A)) (call $f (local.get 0) (i32.const 1)))",
        "expected (ref T)",
    ),
    (
        "(type $C (func (param (ref T)))) (func $f (type $C)) (func (call $f (i32.const 1)))",
        "expected (ref T)",
    ),
    ("(type $C (struct (field (ref T)))) (func (drop (struct.new $C (i32.const 1))))", "expected (ref T)"),
    (
        "(type $C (struct (field (ref T)))) (func (param (ref $C)) (i32.eqz (struct.get $C 0 (local.get 0))) drop)",
        "found (ref T)",
    ),
    (
        "(type $C (array (ref T))) (func (drop (array.new $C (i32.const 1) (i32.const 1))))",
        "expected (ref T)",
    ),
    ("(global $g (ref null T) (ref.null none)) (func (i32.eqz (global.get $g)) drop)", "found (ref null T)"),
    ("(global $g (ref null T) (i32.const 1))", "expected (ref null T)"),
    ("(table $t 1 (ref null T)) (func (table.set $t (i32.const 0) (i32.const 1)))", "expected (ref null T)"),
    ("(table $t 1 (ref null T)) (elem (table $t) (i32.const 0) funcref)", "expected (ref null T)"),
    ("(tag $e (param (ref T))) (func (throw $e (i32.const 1)))", "expected (ref T)"),
    ("(func (block $l (result (ref T)) (br $l (i32.const 1))) drop)", "expected (ref T)"),
    ("(func (block (result (ref T)) (i32.const 1)) drop)", "expected (ref T)"),
    ("(func (i32.eqz (struct.new T)) drop)", "found (ref T)"),
    ("(func (i32.eqz (struct.new_default T)) drop)", "found (ref T)"),
    ("(func (i32.eqz (ref.null T)) drop)", "found (ref null T)"),
    ("(func (param anyref) (i32.eqz (ref.cast (ref T) (local.get 0))) drop)", "found (ref T)"),
    ("(func (drop (struct.get T 0 (i32.const 1))))", "the struct type T has no fields"),
    ("(func $f (param (ref T))) (start $f)", "[(ref T)] -> []"),
];

#[test]
fn equal_types_keep_their_names() {
    for (fields, expected) in MODULES {
        for name in ["$A", "$B", "1"] {
            let fields = fields.replace('T', name);
            let text = format!("(module (type $A (struct)) (type $B (struct)) {fields})");
            // An index is shown as the name of its type.
            let expected = expected.replace('T', if name == "1" { "$B" } else { name });
            let errors = Assembler::new().assemble(&text).unwrap_err();
            let first = errors.iter().next().unwrap();
            assert!(first.message.contains(&expected), "{text}: {errors}");
        }
    }
}

#[test]
fn unnamed_types_are_shown_in_the_text_format() {
    for (text, expected) in [
        ("(module (func (param (ref 0)) (i32.eqz (local.get 0)) drop))", "(ref (func (param (ref 0))))"),
        (
            "(module (type $s (struct)) (func $f (param (ref $s)) (result (ref null $s)) unreachable) (elem declare func $f) (func (i32.eqz (ref.func $f)) drop))",
            "(ref (func (param (ref $s)) (result (ref null $s))))",
        ),
    ] {
        let errors = Assembler::new().assemble(text).unwrap_err();
        assert!(errors.to_string().contains(expected), "{errors}");
    }
}
