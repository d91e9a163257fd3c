//! Machine-applicable suggestions: each keeps the tokens around it, removes its error and adds no other error. An
//! uncertain suggestion is a guess.

use crate::fix_rule::{changed_token, new_error};
use gcwat::{Applicability, Assembler, Diagnostic, Diagnostics, Suggestion};

/// The expected suggestions for a text.
enum Meant {
    /// The only machine-applicable suggestion produces this text.
    Sure(&'static str),
    /// A guess produces this text, and no suggestion is machine-applicable.
    Guess(&'static str),
    /// No suggestion is machine-applicable.
    Unsure,
}
use Meant::{Guess, Sure, Unsure};

/// A wrong text and its expected suggestions.
type Case = (&'static str, Meant);

const SEPARATORS: &[Case] = &[
    ("(memory 1,2)", Sure("(memory 1 2)")),
    ("(memory 1, 2)", Sure("(memory 1 2)")),
    ("(table 1,2 funcref)", Sure("(table 1 2 funcref)")),
    ("(memory 1,024)", Unsure),
    (
        "(func (block (block (br_table 0,1 (i32.const 0)))))",
        Sure("(func (block (block (br_table 0 1 (i32.const 0)))))"),
    ),
    (
        "(func block $a block $b i32.const 0 br_table $a,$b end end)",
        Sure("(func block $a block $b i32.const 0 br_table $a $b end end)"),
    ),
    ("(func (drop (v128.const i32x4 1,2,3,4)))", Sure("(func (drop (v128.const i32x4 1 2 3 4)))")),
    ("(func (drop (f64.const 3,14)))", Guess("(func (drop (f64.const 3.14)))")),
    ("(func (drop (f32.const -0,5)))", Guess("(func (drop (f32.const -0.5)))")),
    ("(func (drop (i32.const 1,000)))", Guess("(func (drop (i32.const 1000)))")),
    ("(func i64.const 1,000,000 drop)", Guess("(func i64.const 1000000 drop)")),
    ("(func (param i32,i64))", Sure("(func (param i32 i64))")),
    ("(func (param $a i32,$b i64))", Sure("(func (param $a i32) (param $b i64))")),
    ("(func (param $a i32, $b i64))", Sure("(func (param $a i32) (param $b i64))")),
    ("(func $f<a,bc>)", Sure("(func $\"f<a,bc>\")")),
    ("(func $f<a, bc>)", Sure("(func $\"f<a, bc>\")")),
    ("(func $f[0])", Sure("(func $\"f[0]\")")),
    ("(import \"a\"\"b\" (func))", Sure("(import \"a\" \"b\" (func))")),
    ("(memory 1) (data (i32.const 0)\"a\"\"b\")", Sure("(memory 1) (data (i32.const 0)\"a\" \"b\")")),
    ("(import \"say \"hi\" now\" \"b\" (func))", Unsure),
];

const COMMENTS: &[Case] = &[
    ("(func $beep) (func nop; call $beep)", Guess("(func $beep) (func nop call $beep)")),
    ("(func $beep) (func nop ; call $beep\n)", Unsure),
    ("(func $beep) (func nop; (call $beep))", Unsure),
    ("(func\n  nop;\n  nop)", Sure("(func\n  nop\n  nop)")),
    ("(func\n  nop; ;; a comment\n  nop)", Sure("(func\n  nop ;; a comment\n  nop)")),
    ("(func nop;)", Sure("(func nop)")),
    ("; adds two numbers\n(func)", Sure(";; adds two numbers\n(func)")),
    ("// adds two numbers\n(func)", Sure(";; adds two numbers\n(func)")),
    ("# adds two numbers\n(func)", Sure(";; adds two numbers\n(func)")),
    ("(func // a comment)", Unsure),
    ("(func // nop\n)", Unsure),
    ("(func) // (func $old)", Unsure),
    ("(func (drop (i32.const #x3F)))", Guess("(func (drop (i32.const 0x3F)))")),
    ("(func (drop (i32.const #3F)))", Guess("(func (drop (i32.const 0x3F)))")),
    ("(import \"js\" &quot;memory&quot; (memory 1))", Unsure),
    ("(func nop /* a comment */ nop)", Sure("(func nop (; a comment ;) nop)")),
    ("(func nop /* nop */ nop)", Unsure),
    ("(func $f) (func nop ;; one\n  (local i32) nop)", Sure("(func $f) (func (local i32) nop ;; one\n nop)")),
    ("(@ note (func $f)) (func)", Unsure),
    // Numbers, types and keywords alone are not a comment.
    ("(memory 1; 2\n)", Unsure),
    ("(memory 1 # 2\n)", Unsure),
    ("(memory 1 2 ; shared\n)", Unsure),
    ("(table 1 -- 2\n funcref)", Unsure),
    ("(func (param i32; i64\n))", Unsure),
    ("(type (struct (field ; mut\n i32)))", Unsure),
    ("(memory 1) (func (drop (i32.load ; offset=4\n (i32.const 0))))", Unsure),
    ("(func (param i32) (drop (local.get 0)); get_local 0\n)", Unsure),
    ("(func nop; i32.mod_u\n)", Unsure),
    ("(func nop; Nop\n)", Unsure),
    ("(func #unreachable\n)", Unsure),
    ("(memory 1 /* 2 */)", Sure("(memory 1 (; 2 ;))")),
    ("(func nop ; push 1\n)", Sure("(func nop ;; push 1\n)")),
    ("(func nop # it's 5 i32\n)", Sure("(func nop ;; it's 5 i32\n)")),
    // Parentheses at the end of the text are not part of a comment.
    ("(module;q)", Guess("(module(;q ;))")),
    ("(module (func) -- the end)", Guess("(module (func) (; the end ;))")),
];

const STRINGS: &[Case] = &[
    ("(import 'env' \"log\" (func))", Sure("(import \"env\" \"log\" (func))")),
    ("(import \u{201c}env\u{201d} \"log\" (func))", Sure("(import \"env\" \"log\" (func))")),
    ("(import \u{201c}env \"log\" (func))", Unsure),
    ("(func) (export \u{201c}call $f\u{201d} (func 0))", Unsure),
    ("(memory 1) (data (i32.const 0) \"\\x41\")", Sure("(memory 1) (data (i32.const 0) \"\\41\")")),
    ("(memory 1) (data (i32.const 0) \"\\x414\")", Unsure),
    ("(func) (export \"\\u00e9\" (func 0))", Sure("(func) (export \"\\u{00e9}\" (func 0))")),
    ("(func) (export \"\\u41\" (func 0))", Unsure),
    ("(func $main) (start \"main\")", Unsure),
];

const WORDS: &[Case] = &[
    ("(func i32.const7 drop)", Sure("(func i32.const 7 drop)")),
    ("(func (param $x i32) local.get$x drop)", Sure("(func (param $x i32) local.get $x drop)")),
    ("(memory 1) (func (drop (v128.load16 (i32.const 0))))", Unsure),
    ("(memory 1) (func (drop (i64.load64 (i32.const 0))))", Unsure),
    ("(memory 1) (func (drop (f32.load32 (i32.const 0))))", Unsure),
    ("(func i32.const 'A' drop)", Sure("(func i32.const 65 drop)")),
    ("(func i32.const '1' drop)", Guess("(func i32.const 49 drop)")),
    ("(func (drop (i32.const - 5)))", Sure("(func (drop (i32.const -5)))")),
    ("(func (drop (i32.const \u{2212}5)))", Sure("(func (drop (i32.const -5)))")),
    ("(func (param i32)\u{a0}nop)", Sure("(func (param i32) nop)")),
    ("(func (param $a i32) local\u{200b}.get $a drop)", Sure("(func (param $a i32) local.get $a drop)")),
    ("(func (param i32) (drop (get_local 0)))", Sure("(func (param i32) (drop (local.get 0)))")),
    ("(func (param v128) (drop (f32x4.qfma (local.get 0) (local.get 0) (local.get 0))))", Unsure),
    ("(func $compute) (func call $comptue)", Sure("(func $compute) (func call $compute)")),
    ("(func $part2) (func call $part1)", Unsure),
    ("(func $set_size) (func call $get_size)", Unsure),
    ("(func $part_a) (func call $part_b)", Unsure),
    ("(func $compute (param i32)) (func call $comptue)", Unsure),
];

const FORMS: &[Case] = &[
    ("(func (param $a i32) (drop (local.get($a))))", Sure("(func (param $a i32) (drop (local.get $a)))")),
    ("(func (block $a (br_table($a) (i32.const 0))))", Sure("(func (block $a (br_table $a (i32.const 0))))")),
    (
        "(func $a) (func $b) (func (param i32) (if (local.get 0) (then (call $a)) (call $b)))",
        Guess("(func $a) (func $b) (func (param i32) (if (local.get 0) (then (call $a)) (else (call $b))))"),
    ),
    (
        "(func $a) (func (if (then (call $a)) (i32.const 1)))",
        Guess("(func $a) (func (if (i32.const 1) (then (call $a))))"),
    ),
    (
        "(func $a) (func $b) (func (param i32) (if (local.get 0) (else (call $b)) (then (call $a))))",
        Sure("(func $a) (func $b) (func (param i32) (if (local.get 0) (then (call $a)) (else (call $b))))"),
    ),
    ("(func (drop (i32.const(1))))", Sure("(func (drop (i32.const 1)))")),
    ("(func (drop (ref.null funcref)))", Sure("(func (drop (ref.null func)))")),
    ("(func (param (ref (type $t)))) (type $t (func))", Sure("(func (param (ref $t))) (type $t (func))")),
    ("(func result i32 (i32.const 1))", Guess("(func (result i32) (i32.const 1))")),
    (
        "(memory $m 1) (func (drop (i32.load offset=4 $m (i32.const 0))))",
        Sure("(memory $m 1) (func (drop (i32.load $m offset=4 (i32.const 0))))"),
    ),
    ("(memory 1) (data (i32.const 0) i8 1 2)", Guess("(memory 1) (data (i32.const 0) (i8 1 2))")),
    ("(memory 1) (data offset=0 \"a\")", Guess("(memory 1) (data (i32.const 0) \"a\")")),
    ("(table 2 funcref) (func $f) (func $g) (elem (i32.const 0) [$f $g])", Unsure),
    ("(func (let (local i32) (nop)))", Unsure),
    ("(func (param a i32))", Sure("(func (param $a i32))")),
    ("(table 1 funcref) (func $f) (elem 0 $f)", Guess("(table 1 funcref) (func $f) (elem (i32.const 0) $f)")),
    ("(table 1 funcref) (func $f) (elem $f)", Guess("(table 1 funcref) (func $f) (elem (i32.const 0) $f)")),
    ("{module (func)}", Unsure),
    ("(func [param i32])", Unsure),
    ("package a:b; interface c { d: func() -> u32; }", Unsure),
    ("(module {{pages}})", Unsure),
    (
        "(func (block (block (br_table [0 1] (i32.const 0)))))",
        Sure("(func (block (block (br_table 0 1 (i32.const 0)))))"),
    ),
    (
        "(table $slots 1 funcref) (func $cb) (elem $slots $cb)",
        Guess("(table $slots 1 funcref) (func $cb) (elem (table $slots) (i32.const 0) func $cb)"),
    ),
    ("(func $cb) (elem $e $cb)", Guess("(func $cb) (elem $e func $cb)")),
    ("(func $cb) (elem declare $cb)", Sure("(func $cb) (elem declare func $cb)")),
    ("(func $main) (start (func $main))", Sure("(func $main) (start $main)")),
    ("(func $main) (start (func $main nop))", Unsure),
    ("(memory 1) (data (i32 5) \"x\")", Guess("(memory 1) (data (i32.const 5) \"x\")")),
    ("(func (local $a i32) (param $b i32) (drop (local.get 0)))", Unsure),
    (
        "(func (result i32) (param $b i32) (local.get $b))",
        Sure("(func (param $b i32) (result i32) (local.get $b))"),
    ),
    ("(func $f (drop (ref.func $f)))", Sure("(elem declare func $f)\n(func $f (drop (ref.func $f)))")),
    ("(table 1 funcref) (func $f (drop (ref.func $f)) (elem.drop 0)) (elem func)", Unsure),
    ("(func block $a block end $a end)", Unsure),
    ("(func block $a end $b)", Sure("(func block $a end $a)")),
    ("(global $g i32 5)", Sure("(global $g i32 (i32.const 5))")),
    ("(func (block i32 (i32.const 0)) drop)", Sure("(func (block (result i32) (i32.const 0)) drop)")),
];

#[test]
fn each_kind_of_error_has_the_expected_suggestion() {
    let mut wrong = Vec::new();
    for (text, meant) in [SEPARATORS, COMMENTS, STRINGS, WORDS, FORMS, OPERANDS].into_iter().flatten() {
        let found = gcwat::check(text);
        assert!(found.has_errors(), "{text} is accepted");
        let is = |suggestion: &Suggestion, sure: bool| {
            (suggestion.applicability == Applicability::MachineApplicable) == sure
        };
        let suggestions: Vec<&Suggestion> = found.iter().flat_map(|error| &error.suggestions).collect();
        let written = |sure: bool| -> Vec<String> {
            suggestions.iter().filter(|s| is(s, sure)).map(|s| s.apply(text)).collect()
        };
        let is_right = match meant {
            Sure(meant) => written(true) == [*meant],
            Guess(meant) => written(true).is_empty() && written(false).iter().any(|text| text == meant),
            Unsure => written(true).is_empty(),
        };
        if !is_right {
            wrong.push(format!(
                "{text}\n  sure {:#?}\n  guesses {:#?}\n{found}",
                written(true),
                written(false)
            ));
        }
        wrong.extend(faults(text, &found));
    }
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}

/// Operands at the wrong place: more than one program may be meant.
const OPERANDS: &[Case] = &[
    (
        "(func (param i32) (result i32) (block $b (result i32) (br_if $b (i32.eqz (local.get 0))) (i32.div_u (i32.const 1) (local.get 0))))",
        Unsure,
    ),
    (
        "(func (import \"a\" \"b\") (param i32) (result i32)) (func (if (then (call 0 (i32.const 8)) (unreachable))))",
        Unsure,
    ),
    (
        "(memory 1) (func (param i64 i32) (i64.store8 (local.get 0) (local.get 1)))",
        Guess("(memory 1) (func (param i64 i32) (i64.store8 (local.get 1) (local.get 0)))"),
    ),
    (
        "(memory 1) (func (param f32 i32) (f32.store (local.get 0) (local.get 1)))",
        Sure("(memory 1) (func (param f32 i32) (f32.store (local.get 1) (local.get 0)))"),
    ),
    (
        "(func $f (param i64 i32)) (func (param $x i32) (call $f (local.tee $x (i32.const 1)) (i64.extend_i32_u (local.get $x))))",
        Guess(
            "(func $f (param i64 i32)) (func (param $x i32) (call $f (i64.extend_i32_u (local.get $x)) (local.tee $x (i32.const 1))))",
        ),
    ),
    ("(func $g) (func (param i32) local.get 0 if call $g then call $g end)", Unsure),
    ("(global mutable i32 (i32.const 0))", Unsure),
    ("(memory memory64 1)", Unsure),
    ("(func (drop (ref.null external)))", Unsure),
    ("(func (local (ref null typ)))", Unsure),
];

/// A suggestion never comments out what follows it.
#[test]
fn removed_operands_leave_comments_in_their_line() {
    let text =
        "(func (param eqref) (result i32)\n  (i32.eq (local.get 0) ;; is it null?\n    (ref.null eq)))";
    let found = gcwat::check(text);
    let fixed = found.iter().flat_map(|diagnostic| &diagnostic.suggestions).map(|own| own.apply(text));
    assert!(fixed.into_iter().all(|fixed| gcwat::check(&fixed).is_empty()), "{found}");
    assert!(found.iter().any(|diagnostic| !diagnostic.suggestions.is_empty()));
}

/// Applies each machine-applicable suggestion of a text separately. Returns a description of each changed token,
/// remaining error and new error.
pub fn faults(text: &str, found: &Diagnostics) -> Vec<String> {
    let mut faults = Vec::new();
    for diagnostic in found.iter() {
        for suggestion in &diagnostic.suggestions {
            if suggestion.applicability != Applicability::MachineApplicable {
                continue;
            }
            let fixed = suggestion.apply(text);
            let left = gcwat::check(&fixed);
            if let Some(token) = changed_token(text, suggestion, &fixed) {
                faults.push(format!("{}: changes `{token}`\n{fixed}", diagnostic.message));
            }
            if let Err(fault) = is_better(found, diagnostic, &left) {
                faults.push(format!("{}: {fault}\n{fixed}", diagnostic.message));
            }
        }
    }
    faults
}

/// Checks that the errors of `left` are those of `found` without `own`. Compares only their codes.
fn is_better(found: &Diagnostics, own: &Diagnostic, left: &Diagnostics) -> Result<(), String> {
    if let Some(error) = new_error(found, own, left) {
        return Err(format!("adds or leaves {error:?}"));
    }
    let same = |diagnostic: &&Diagnostic| diagnostic.code == own.code && diagnostic.message == own.message;
    if left.iter().filter(same).count() >= found.iter().filter(same).count() {
        return Err("its error is still there".to_owned());
    }
    Ok(())
}

#[test]
fn a_fix_of_an_extension_gives_the_same_bytes() {
    for text in [
        "(type $t (struct)) (func (drop (ref.test $t (ref.null any))))",
        "(func (drop (i32.const (@char \"A\"))))",
    ] {
        let before = Assembler::new().assemble(text).unwrap();
        for warning in before.warnings().iter() {
            let fixed = warning.suggestions[0].apply(text);
            let after = Assembler::new().assemble(&fixed).unwrap();
            assert!(after.warnings().is_empty(), "{fixed}");
            assert_eq!(before.bytes(), after.bytes(), "{fixed}");
        }
    }
}

#[test]
fn many_old_words_in_one_function_are_all_replaced() {
    let old = "get_local 0\nset_local 0\n".repeat(10_100);
    let text = format!("(func (param i32)\n{old})");
    let fixed = Assembler::new().fix(&text);
    assert_eq!(fixed.fixes.len(), 20_200);
    assert_eq!(fixed.text, text.replace("get_local", "local.get").replace("set_local", "local.set"));
    assert!(fixed.remaining.is_empty());
}

#[test]
fn more_errors_than_one_round_finds_are_fixed() {
    let body = "block i32 i32.const 0 end drop\n".repeat(200);
    let text = format!("(func\n{body})");
    let fixed = Assembler::new().fix(&text);
    assert!(fixed.remaining.is_empty(), "{}", fixed.remaining);
    assert_eq!(fixed.text, text.replace("block i32", "block (result i32)"));
}

/// Arms of an `if` without `then`, next to the same with it.
const ARMS: &[(&str, &str)] = &[
    ("(if (local.get 0) (call $a) (call $b))", "(if (local.get 0) (then (call $a)) (else (call $b)))"),
    ("(if (local.get 0) (call $a))", "(if (local.get 0) (then (call $a)))"),
    (
        "(if (local.get 0) (if (local.get 0) (nop) (return)) (if (local.get 0) (nop)))",
        "(if (local.get 0) (then (if (local.get 0) (then (nop)) (else (return)))) (else (if (local.get 0) (then (nop)))))",
    ),
    (
        "(if (local.get 0) (block (if (local.get 0) (nop))) (br 0))",
        "(if (local.get 0) (then (block (if (local.get 0) (then (nop))))) (else (br 0)))",
    ),
    (
        "(drop (if i32 (local.get 0) (if i32 (get_local 0) (i32.const 1) (i32.const 2)) (block i32 (i32.const 3))))",
        "(drop (if (result i32) (local.get 0) (then (if (result i32) (local.get 0) (then (i32.const 1)) \
         (else (i32.const 2)))) (else (block (result i32) (i32.const 3)))))",
    ),
];

#[test]
fn arms_without_then_become_valid_however_they_are_nested() {
    for (old, new) in ARMS {
        let module = |body: &str| format!("(func $a) (func $b) (func (param i32) {body})");
        let fixed = Assembler::new().fix(&module(old));
        assert_eq!(fixed.text, module(new));
        assert!(fixed.remaining.is_empty(), "{}", fixed.remaining);
    }
}

#[test]
fn many_errors_of_the_grammar_in_one_function_are_all_fixed() {
    for (old, new) in [
        ("(if (local.get 0) (nop))\n", "(if (local.get 0) (then (nop)))\n"),
        ("(if (local.get 0) (nop) (nop))\n", "(if (local.get 0) (then (nop)) (else (nop)))\n"),
        ("(drop (block i32 (i32.const 0)))\n", "(drop (block (result i32) (i32.const 0)))\n"),
        ("(drop (i32.load (memory $m) (i32.const 0)))\n", "(drop (i32.load $m (i32.const 0)))\n"),
    ] {
        let module = |body: &str| format!("(memory $m 1) (func (param i32)\n{})", body.repeat(1500));
        let fixed = Assembler::new().fix(&module(old));
        assert!(fixed.text == module(new), "{old}: {} fixes", fixed.fixes.len());
        assert!(fixed.remaining.is_empty(), "{}", fixed.remaining);
    }
}

#[test]
fn one_unsafe_suggestion_does_not_affect_the_others() {
    let good = "(func (param i32) (drop (get_local 0)))\n".repeat(300);
    let text = format!("{good}(func $compute (param i32)) (func call $comptue)\n{good}");
    let fixed = Assembler::new().fix(&text);
    assert_eq!(fixed.fixes.len(), 600);
    assert_eq!(fixed.remaining.len(), 1);
}

#[test]
fn the_suggestion_for_a_warning_adds_no_error() {
    let errors = |text: &str| Assembler::new().check(text).iter().filter(|found| found.is_error()).count();
    for text in [
        "(memory 1) ($x \"a\") (data (ref.cast_desc_eq 0xffff) \"b\")",
        "(func (block (br_on_cast_fail 1 8 (ref 8))))",
        "(func (block (br_on_cast_fail 1 8 8)))",
        "(module (import \"env \" log \" (func $log))\n (import \" env \"\u{202e}\" memory \" (memory 1)))",
    ] {
        let found = Assembler::new().check(text);
        for suggestion in found.iter().flat_map(|diagnostic| &diagnostic.suggestions) {
            if suggestion.applicability == Applicability::MachineApplicable {
                let fixed = suggestion.apply(text);
                assert!(errors(&fixed) <= errors(text), "{fixed}");
            }
        }
    }
    // In a text without errors it is as sure as before.
    let text = "(type $t (struct)) (func (param anyref) (drop (ref.cast $t (local.get 0))))";
    assert_eq!(Assembler::new().fix(text).fixes.len(), 1);
}
