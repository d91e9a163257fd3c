//! Types with descriptors: the rules of the proposal where wasmparser differs.

use super::{assemble_alike, is_valid};
use gcwat::Code;

/// Type definitions, and whether they are valid.
const CASES: &[(&str, bool)] = &[
    // A supertype without a descriptor.
    ("(type $a (sub (struct))) (rec (type $b (sub $a (descriptor $d) (struct))) (type $d (sub (describes $b) (struct))))", true),
    ("(rec (type $a (sub (struct))) (type $b (sub $a (descriptor $d) (struct))) (type $d (sub (describes $b) (struct))))", true),
    // A final descriptor of a type that is not final, and the other way round.
    ("(rec (type $b (sub (descriptor $d) (struct))) (type $d (describes $b) (struct)))", true),
    ("(rec (type $b (descriptor $d) (struct)) (type $d (sub (describes $b) (struct))))", true),
    ("(type $a (sub (struct))) (rec (type $b (sub $a (descriptor $d) (struct))) (type $d (describes $b) (struct)))", true),
    // Both differences in one module, several times.
    ("(rec (type $a (sub (struct))) (type $b (sub $a (descriptor $d) (struct))) (type $d (describes $b) (struct)))
      (rec (type $c (sub $a (descriptor $e) (struct))) (type $e (describes $c) (struct)))
      (rec (type $f (sub $b (descriptor $g) (struct))) (type $g (describes $f) (struct)))", false),
    ("(rec (type $a (sub (struct))) (type $b (sub $a (descriptor $d) (struct))) (type $d (sub (describes $b) (struct))))
      (rec (type $c (sub $a (descriptor $e) (struct))) (type $e (describes $c) (struct)))
      (rec (type $f (sub $b (descriptor $g) (struct))) (type $g (sub $d (describes $f) (struct))))", true),
    // A descriptor with a descriptor, as a subtype of types without one.
    ("(type $a (sub (struct))) (rec (type $b (sub $a (descriptor $d) (struct)))
        (type $d (sub (describes $b) (descriptor $e) (struct))) (type $e (sub (describes $d) (struct))))", true),
    ("(type $a (sub (struct))) (rec (type $b (sub (descriptor $d) (struct)))
        (type $d (sub $a (describes $b) (descriptor $e) (struct))) (type $e (sub (describes $d) (struct))))", false),
    // The descriptor can be a subtype of a type that equals the descriptor of the supertype.
    ("(rec (type $a (sub (descriptor $ad) (struct))) (type $ad (sub (describes $a) (struct))))
      (rec (type $x (sub (descriptor $xd) (struct))) (type $xd (sub (describes $x) (struct))))
      (rec (type $b (sub $a (descriptor $bd) (struct))) (type $bd (sub final $xd (describes $b) (struct))))", true),
    // A subtype of a type with a descriptor must have a descriptor ...
    ("(rec (type $b (sub (descriptor $d) (struct))) (type $d (describes $b) (struct))) (type $c (sub $b (struct)))", false),
    // ... that is a subtype of the descriptor of the supertype.
    ("(rec (type $b (sub (descriptor $d) (struct))) (type $d (sub (describes $b) (struct))))
      (rec (type $c (sub $b (descriptor $e) (struct))) (type $e (describes $c) (struct)))", false),
    ("(rec (type $b (sub (descriptor $d) (struct))) (type $d (sub (describes $b) (struct))))
      (rec (type $c (sub $b (descriptor $e) (struct))) (type $e (sub $d (describes $c) (struct))))", true),
    // The supertypes and subtypes of a descriptor type must be descriptor types.
    ("(type $a (sub (struct))) (rec (type $b (sub (descriptor $d) (struct))) (type $d (sub $a (describes $b) (struct))))", false),
    ("(type $a (sub (struct))) (rec (type $b (sub $a (descriptor $d) (struct))) (type $d (sub $a (describes $b) (struct))))", false),
    ("(rec (type $b (sub (descriptor $d) (struct))) (type $d (sub (describes $b) (struct)))) (type $c (sub $d (struct)))", false),
    ("(type $z (sub (struct))) (rec (type $b (sub $z (descriptor $d) (struct))) (type $d (sub (describes $b) (struct)))) (type $c (sub $d (struct)))", false),
    // The described type must be a subtype of the type that the supertype describes.
    ("(rec (type $b (sub (descriptor $d) (struct))) (type $d (sub (describes $b) (struct))))
      (rec (type $c (sub (descriptor $e) (struct))) (type $e (sub $d (describes $c) (struct))))", false),
    ("(type $z (sub (struct))) (rec (type $b (sub $z (descriptor $d) (struct))) (type $d (sub (describes $b) (struct))))
      (rec (type $c (sub $z (descriptor $e) (struct))) (type $e (sub $d (describes $c) (struct))))", false),
    // The two clauses must match, also in a group that wasmparser rejects.
    ("(type $z (sub (struct))) (rec (type $b (sub $z (descriptor $d) (struct))) (type $d (sub (struct))))", false),
    ("(type $z (sub (struct))) (rec (type $b (sub $z (descriptor $d) (struct))) (type $c (sub (struct))) (type $d (sub (describes $c) (struct))))", false),
    ("(type $z (sub (struct))) (rec (type $d (sub (describes $b) (struct))) (type $b (sub $z (descriptor $d) (struct))))", false),
    ("(type $z (sub (struct))) (rec (type $b (sub $z (descriptor $d) (struct))) (type $d (describes $b) (array i8)))", false),
    ("(type $z (sub (struct))) (rec (type $b (sub $z (descriptor $d) (struct))) (type $d (describes $b) (struct)) (type $e (describes $b) (struct)))", false),
    // The rest of such a module is validated.
    ("(type $z (sub (struct))) (rec (type $b (sub $z (descriptor $d) (struct))) (type $d (describes $b) (struct)) (type (sub $z (array i8))))", false),
    ("(type $z (sub (struct (field i32)))) (rec (type $b (sub $z (descriptor $d) (struct (field i64)))) (type $d (describes $b) (struct)))", false),
    ("(type $z (struct)) (rec (type $b (sub $z (descriptor $d) (struct))) (type $d (describes $b) (struct)))", false),
    ("(type $z (sub (struct))) (rec (type $b (sub $z (descriptor $d) (struct))) (type $d (describes $b) (struct))) (type (struct (field (ref 99))))", false),
    ("(type $z (sub (struct))) (rec (type $b (sub $z (descriptor $d) (struct))) (type $d (describes $b) (struct))) (func (result i32) (i64.const 1))", false),
    ("(type $z (sub (struct))) (rec (type $b (sub $z (descriptor $d) (struct))) (type $d (describes $b) (struct))) (global i32 (i64.const 1))", false),
    ("(type $z (sub (struct))) (rec (type $b (sub $z (descriptor $d) (struct))) (type $d (describes $b) (struct)))
      (func (param (ref $b)) (result (ref $z)) (local.get 0))", true),
    ("(type $z (sub (struct))) (rec (type $b (sub $z (descriptor $d) (struct))) (type $d (describes $b) (struct)))
      (func (param (ref $z)) (result (ref $b)) (local.get 0))", false),
    ("(type $z (sub (struct))) (rec (type $b (sub $z (descriptor $d) (struct))) (type $d (describes $b) (struct)))
      (func (param (ref $b)) (result (ref $d)) (ref.get_desc $b (local.get 0)))", true),
    ("(type $z (sub (struct))) (rec (type $b (sub $z (descriptor $d) (struct))) (type $d (describes $b) (struct)))
      (func (result (ref $b)) (struct.new_desc $b (struct.new $d)))", true),
    ("(type $z (sub (struct))) (rec (type $b (sub $z (descriptor $d) (struct))) (type $d (describes $b) (struct)))
      (func (result (ref $b)) (struct.new $b))", false),
    // Either both types are shared, or neither is.
    ("(rec (type $b (shared (descriptor $d) (struct))) (type $d (shared (describes $b) (struct))))", true),
    ("(rec (type $b (shared (descriptor $d) (struct))) (type $d (describes $b) (struct)))", false),
    ("(rec (type $b (descriptor $d) (struct)) (type $d (shared (describes $b) (struct))))", false),
];

#[test]
fn descriptors_follow_the_rules_of_the_proposal() {
    for (text, valid) in CASES {
        assert_eq!(is_valid(text), *valid, "{text}\n{}", gcwat::check(text));
        assemble_alike(text);
        let codes: Vec<Code> = gcwat::check(text).iter().map(|found| found.code).collect();
        assert!(!valid || codes.is_empty() || codes == [Code::NotValidated], "{text}\n{codes:?}");
    }
}

#[test]
fn errors_next_to_types_that_only_wasmparser_rejects_have_locations() {
    let types = "(type $z (sub (struct))) (rec (type $b (sub $z (descriptor $d) (struct))) (type $d (describes $b) (struct)))";
    let text = format!(
        "{types} (func (result i32) (i64.const 1)) (func (param (ref $z)) (result (ref $b)) (local.get 0))"
    );
    let errors = gcwat::check(&text);
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    assert_eq!(messages.len(), 2, "{errors}");
    assert!(messages[1].contains("expected (ref $b), found (ref $z)"), "{errors}");
}

#[test]
fn types_that_stop_the_validator_have_a_warning() {
    let group = "(rec (type (sub 0 (descriptor N) (struct))) (type (describes M) (struct)))";
    let of = |count: usize| {
        let groups = (0..count).map(|at| {
            // The groups differ, because a group that was seen before is not checked again.
            let field = "(field i32)".repeat(at % 40) + &"(field i64)".repeat(at / 40);
            group.replace('N', &(2 * at + 2).to_string()).replace('M', &(2 * at + 1).to_string()).replacen(
                "(struct)",
                &format!("(struct {field})"),
                1,
            )
        });
        format!("(type (sub (struct))) {} (func (result i32) (i64.const 1))", groups.collect::<String>())
    };
    // A subtype in another group cannot be validated.
    let types = "(type $z (sub (struct))) (rec (type $b (sub $z (descriptor $d) (struct))) (type $d (sub (describes $b) (struct))))
        (rec (type $c (sub $b (descriptor $e) (struct))) (type $e (sub $d (describes $c) (struct))))";
    let warnings = gcwat::check(types);
    assert_eq!(warnings.iter().map(|warning| warning.code).collect::<Vec<_>>(), [Code::NotValidated]);
    // A subtype in the same group can be validated.
    let text = types.replace(")))\n        (rec (type $c", ")) (type $c");
    assert_eq!(gcwat::check(&text).to_string(), "");
    assert!(gcwat::check(&of(60)).has_errors());
    let warnings = gcwat::check(&of(500));
    assert!(warnings.iter().any(|warning| warning.code == Code::NotValidated), "{warnings}");
}
