//! Types with descriptors: the proposal's rules, where wasmparser has others.

use super::{assemble_alike, is_valid};
use gcwat::Code;

/// A descriptor of its own for each of the names, with the supertypes given, in one group.
const CASES: &[(&str, bool)] = &[
    // A supertype without a descriptor.
    ("(type $a (sub (struct))) (rec (type $b (sub $a (descriptor $d) (struct))) (type $d (sub (describes $b) (struct))))", true),
    ("(rec (type $a (sub (struct))) (type $b (sub $a (descriptor $d) (struct))) (type $d (sub (describes $b) (struct))))", true),
    // A descriptor is final, and what it describes is not, or the other way round.
    ("(rec (type $b (sub (descriptor $d) (struct))) (type $d (describes $b) (struct)))", true),
    ("(rec (type $b (descriptor $d) (struct)) (type $d (sub (describes $b) (struct))))", true),
    ("(type $a (sub (struct))) (rec (type $b (sub $a (descriptor $d) (struct))) (type $d (describes $b) (struct)))", true),
    // Both in one module, and again.
    ("(rec (type $a (sub (struct))) (type $b (sub $a (descriptor $d) (struct))) (type $d (describes $b) (struct)))
      (rec (type $c (sub $a (descriptor $e) (struct))) (type $e (describes $c) (struct)))
      (rec (type $f (sub $b (descriptor $g) (struct))) (type $g (describes $f) (struct)))", false),
    ("(rec (type $a (sub (struct))) (type $b (sub $a (descriptor $d) (struct))) (type $d (sub (describes $b) (struct))))
      (rec (type $c (sub $a (descriptor $e) (struct))) (type $e (describes $c) (struct)))
      (rec (type $f (sub $b (descriptor $g) (struct))) (type $g (sub $d (describes $f) (struct))))", true),
    // A descriptor with a descriptor, below types without.
    ("(type $a (sub (struct))) (rec (type $b (sub $a (descriptor $d) (struct)))
        (type $d (sub (describes $b) (descriptor $e) (struct))) (type $e (sub (describes $d) (struct))))", true),
    ("(type $a (sub (struct))) (rec (type $b (sub (descriptor $d) (struct)))
        (type $d (sub $a (describes $b) (descriptor $e) (struct))) (type $e (sub (describes $d) (struct))))", false),
    // The descriptor of the supertype may be one that is the same.
    ("(rec (type $a (sub (descriptor $ad) (struct))) (type $ad (sub (describes $a) (struct))))
      (rec (type $x (sub (descriptor $xd) (struct))) (type $xd (sub (describes $x) (struct))))
      (rec (type $b (sub $a (descriptor $bd) (struct))) (type $bd (sub final $xd (describes $b) (struct))))", true),
    // The subtype of a type with a descriptor needs one.
    ("(rec (type $b (sub (descriptor $d) (struct))) (type $d (describes $b) (struct))) (type $c (sub $b (struct)))", false),
    // ... that is below the other.
    ("(rec (type $b (sub (descriptor $d) (struct))) (type $d (sub (describes $b) (struct))))
      (rec (type $c (sub $b (descriptor $e) (struct))) (type $e (describes $c) (struct)))", false),
    ("(rec (type $b (sub (descriptor $d) (struct))) (type $d (sub (describes $b) (struct))))
      (rec (type $c (sub $b (descriptor $e) (struct))) (type $e (sub $d (describes $c) (struct))))", true),
    // A descriptor type is below descriptor types alone, and they are below it.
    ("(type $a (sub (struct))) (rec (type $b (sub (descriptor $d) (struct))) (type $d (sub $a (describes $b) (struct))))", false),
    ("(type $a (sub (struct))) (rec (type $b (sub $a (descriptor $d) (struct))) (type $d (sub $a (describes $b) (struct))))", false),
    ("(rec (type $b (sub (descriptor $d) (struct))) (type $d (sub (describes $b) (struct)))) (type $c (sub $d (struct)))", false),
    ("(type $z (sub (struct))) (rec (type $b (sub $z (descriptor $d) (struct))) (type $d (sub (describes $b) (struct)))) (type $c (sub $d (struct)))", false),
    // What they describe is below each other too.
    ("(rec (type $b (sub (descriptor $d) (struct))) (type $d (sub (describes $b) (struct))))
      (rec (type $c (sub (descriptor $e) (struct))) (type $e (sub $d (describes $c) (struct))))", false),
    ("(type $z (sub (struct))) (rec (type $b (sub $z (descriptor $d) (struct))) (type $d (sub (describes $b) (struct))))
      (rec (type $c (sub $z (descriptor $e) (struct))) (type $e (sub $d (describes $c) (struct))))", false),
    // The two clauses belong together, also in the group of a type that wasmparser refuses.
    ("(type $z (sub (struct))) (rec (type $b (sub $z (descriptor $d) (struct))) (type $d (sub (struct))))", false),
    ("(type $z (sub (struct))) (rec (type $b (sub $z (descriptor $d) (struct))) (type $c (sub (struct))) (type $d (sub (describes $c) (struct))))", false),
    ("(type $z (sub (struct))) (rec (type $d (sub (describes $b) (struct))) (type $b (sub $z (descriptor $d) (struct))))", false),
    ("(type $z (sub (struct))) (rec (type $b (sub $z (descriptor $d) (struct))) (type $d (describes $b) (array i8)))", false),
    ("(type $z (sub (struct))) (rec (type $b (sub $z (descriptor $d) (struct))) (type $d (describes $b) (struct)) (type $e (describes $b) (struct)))", false),
    // All else is validated in such a module.
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
    // Both or none are shared.
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
fn errors_beside_types_that_only_wasmparser_refuses_are_at_their_places() {
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
fn what_the_validator_cannot_go_on_after_is_a_warning() {
    let group = "(rec (type (sub 0 (descriptor N) (struct))) (type (describes M) (struct)))";
    let of = |count: usize| {
        let groups = (0..count).map(|at| {
            // Groups that differ, for one that was seen before is not looked at again.
            let field = "(field i32)".repeat(at % 40) + &"(field i64)".repeat(at / 40);
            group.replace('N', &(2 * at + 2).to_string()).replace('M', &(2 * at + 1).to_string()).replacen(
                "(struct)",
                &format!("(struct {field})"),
                1,
            )
        });
        format!("(type (sub (struct))) {} (func (result i32) (i64.const 1))", groups.collect::<String>())
    };
    // A subtype in another group cannot be validated at all.
    let types = "(type $z (sub (struct))) (rec (type $b (sub $z (descriptor $d) (struct))) (type $d (sub (describes $b) (struct))))
        (rec (type $c (sub $b (descriptor $e) (struct))) (type $e (sub $d (describes $c) (struct))))";
    let warnings = gcwat::check(types);
    assert_eq!(warnings.iter().map(|warning| warning.code).collect::<Vec<_>>(), [Code::NotValidated]);
    // In one group it can.
    let text = types.replace(")))\n        (rec (type $c", ")) (type $c");
    assert_eq!(gcwat::check(&text).to_string(), "");
    assert!(gcwat::check(&of(60)).has_errors());
    let warnings = gcwat::check(&of(500));
    assert!(warnings.iter().any(|warning| warning.code == Code::NotValidated), "{warnings}");
}
