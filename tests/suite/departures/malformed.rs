//! Malformed texts.

use super::*;

#[test]
fn imports_must_come_before_definitions() {
    let definitions = [
        "(func)",
        "(func (export \"x\"))",
        "(table 1 funcref)",
        "(table funcref (elem))",
        "(memory 1)",
        "(memory (data))",
        "(global i32 (i32.const 0))",
        "(tag)",
    ];
    let imports = [
        "(import \"a\" \"b\" (func))",
        "(import \"a\" \"b\" (table 1 funcref))",
        "(import \"a\" \"b\" (memory 1))",
        "(import \"a\" \"b\" (global i32))",
        "(import \"a\" \"b\" (tag))",
        "(import \"a\" (item \"b\" (func)))",
        "(import \"a\" (item \"b\") (func))",
        "(func (import \"a\" \"b\"))",
        "(table (import \"a\" \"b\") 1 funcref)",
        "(memory (import \"a\" \"b\") 1)",
        "(global (import \"a\" \"b\") i32)",
        "(tag (import \"a\" \"b\"))",
    ];
    for definition in definitions {
        for import in imports {
            check_refused(Code::ImportAfterDefinition, &format!("{definition} {import}"));
            assemble(&format!("{import} {definition}"));
        }
    }
    // Fields that are not definitions may come before.
    for field in
        ["(type (func))", "(export \"e\" (func 0))", "(start 0)", "(elem func)", "(data)", "(@custom \"c\")"]
    {
        for import in imports {
            assemble(&format!("{field} {import}"));
        }
    }
}

#[test]
fn an_identifier_is_unique_in_its_index_space() {
    check_all_refused(
        Code::DuplicateName,
        &[
            "(type $x (func)) (type $x (struct))",
            "(rec (type $x (func)) (type $x (func)))",
            "(func $x) (func $x)",
            "(import \"a\" \"b\" (func $x)) (func $x)",
            "(func $x (import \"a\" \"b\")) (func $x (import \"a\" \"b\"))",
            "(import \"a\" (item \"b\" (func $x)) (item \"c\" (func $x)))",
            "(table $x 1 funcref) (table $x funcref (elem))",
            "(memory $x 1) (memory $x (data))",
            "(global $x i32 (i32.const 0)) (global $x i64 (i64.const 0))",
            "(tag $x) (tag $x)",
            "(elem $x func) (elem $x declare func)",
            "(data $x) (data $x)",
            "(func (param $x i32) (param $x i32))",
            "(func (param $x i32) (local $x i32))",
            "(func (local $x i32) (local $x i64))",
            "(type (struct (field $x i32) (field $x i64)))",
            "(func $x) (func $\"x\")",
            "(func $\"\\78\") (func $\"\\u{78}\")",
        ],
    );
}

#[test]
fn an_identifier_can_be_used_in_every_index_space() {
    assemble_alike(
        "(module $x
           (type $x (struct (field $x i32))) (type (struct (field $x i32)))
           (func $x (param $x i32) (block $x (block $x (br $x))) (loop $x) (drop (local.get $x)))
           (func (param $x i32))
           (table $x 1 funcref) (memory $x 1) (global $x i32 (i32.const 0)) (tag $x) (elem $x func) (data $x))",
    );
    // The name refers to the inner label, and after its block to the outer one again.
    check("(func (block $x (block $x (br $x)) (br $x)))", CODE, "01 0c 00 02 40 02 40 0c 00 0b 0c 00 0b 0b");
    // Without a body, parameters may have the same name.
    assemble_alike("(type (func (param $x i32) (param $x i32)))");
}

#[test]
fn a_used_name_must_be_defined() {
    check_all_refused(
        Code::UnknownName,
        &[
            "(func call $x)",
            "(func (param $x i32)) (func (drop (local.get $x)))",
            "(func (block $x) (br $x))",
            "(func (drop (global.get $x)))",
            "(func (drop (table.get $x (i32.const 0))))",
            "(func (drop (memory.size $x)))",
            "(func data.drop $x)",
            "(func elem.drop $x)",
            "(func throw $x)",
            "(func (type $x))",
            "(func (param (ref $x)))",
            "(type (sub $x (struct)))",
            "(type $t (struct (field $y i32))) (func (drop (struct.get $t $x (ref.null $t))))",
            "(type $t (struct)) (type $u (struct (field $x i32))) (func (drop (struct.get $t $x (ref.null $t))))",
            "(export \"e\" (func $x))",
            "(start $x)",
            "(elem func $x)",
            "(elem (table $x) (i32.const 0) func)",
            "(data (memory $x) (i32.const 0))",
            // The parameter has no name here, although it has one in the type.
            "(type $t (func (param $x i32))) (func (type $t) (drop (local.get $x)))",
        ],
    );
}

#[test]
fn a_constant_must_be_in_range() {
    check_all_refused(
        Code::OutOfRange,
        &[
            "(func (drop (i32.const 4294967296)))",
            "(func (drop (i32.const 0x1_0000_0000)))",
            "(func (drop (i32.const -2147483649)))",
            "(func (drop (i32.const -0x80000001)))",
            "(func (drop (i32.const -0xffffffff)))",
            "(func (drop (i64.const 18446744073709551616)))",
            "(func (drop (i64.const -9223372036854775809)))",
            "(func (drop (f32.const 1e39)))",
            "(func (drop (f32.const 340282356779733661637539395458142568448)))",
            "(func (drop (f32.const 0x1p128)))",
            "(func (drop (f32.const 0x1.ffffffp127)))",
            "(func (drop (f64.const 1e309)))",
            "(func (drop (f64.const -0x1.fffffffffffff8p1023)))",
            "(func (drop (f32.const nan:0x0)))",
            "(func (drop (f32.const nan:0x80_0000)))",
            "(func (drop (f64.const nan:0x0)))",
            "(func (drop (f64.const -nan:0x10_0000_0000_0000)))",
            "(func (drop (v128.const i8x16 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 256)))",
            "(func (drop (v128.const i16x8 0 0 0 0 0 0 0 -32769)))",
            "(func (drop (v128.const f32x4 0 0 0 1e39)))",
            "(data (i8 256))",
            "(data (i16 -32769))",
            "(data (f32 1e39))",
            "(func call 4294967296)",
            "(memory i64 18446744073709551616)",
            "(func (drop (i8x16.extract_lane_s 256 (v128.const i32x4 0 0 0 0))))",
            "(memory 1) (func (drop (i32.load offset=18446744073709551616 (i32.const 0))))",
        ],
    );
    for (text, constant) in [
        ("i32.const 4294967295", "41 7f"),
        ("i32.const 0xffff_ffff", "41 7f"),
        ("i32.const -2147483648", "41 80 80 80 80 78"),
        ("i32.const +2147483648", "41 80 80 80 80 78"),
        ("i32.const -0", "41 00"),
        ("i64.const 18446744073709551615", "42 7f"),
        ("f32.const 340282356779733661637539395458142568447", "43 ff ff 7f 7f"),
        ("f32.const nan:0x7f_ffff", "43 ff ff ff 7f"),
        ("f32.const -nan:0x1", "43 01 00 80 ff"),
        ("f32.const 0x1p-149", "43 01 00 00 00"),
        ("f32.const 1.", "43 00 00 80 3f"),
        ("f32.const -inf", "43 00 00 80 ff"),
        ("f64.const 0x1.fffffffffffff7p1023", "44 ff ff ff ff ff ff ef 7f"),
    ] {
        let size = constant.split_whitespace().count() + 3;
        check(&format!("(func {text} drop)"), CODE, &format!("01 {size:02x} 00 {constant} 1a 0b"));
    }
}

#[test]
fn a_number_must_be_well_formed() {
    for number in [
        "0x", "1__0", "_1", "1_", "0x_1", "0x1_", "0b1", "0o7", "0X1", "1x", "+", "-", "--1", "+-1", "- 1",
        "1.0", "1e3", "nan", "inf", "0$x", "\"1\"", "1a",
    ] {
        let text = format!("(func (drop (i32.const {number})))");
        assert!(try_assemble(&text).is_err(), "{text}");
    }
    for number in [
        ".5",
        "1e",
        "1e+",
        "1._5",
        "1.5_",
        "1e_5",
        "0x1p",
        "0x.8p1",
        "0xp1",
        "1p5",
        "nan:",
        "nan:0x",
        "nan:1",
        "nan:0x_1",
        "nan:canonical",
        "nan:arithmetic",
        "NaN",
        "infinity",
        "Inf",
        "0x1.p",
        "1.2.3",
        "1f",
    ] {
        for sign in ["", "-"] {
            let text = format!("(func (drop (f64.const {sign}{number})))");
            assert!(try_assemble(&text).is_err(), "{text}");
        }
    }
    check_refused(Code::BadNumber, "(func (drop (i32.const 1__0)))");
    check_refused(Code::BadNumber, "(func (drop (i32.const 0x)))");
}

#[test]
fn the_number_of_lanes_matches_the_shape() {
    check_all_refused(
        Code::LaneCount,
        &[
            "(func (drop (v128.const i32x4 0 0 0)))",
            "(func (drop (v128.const i32x4 0 0 0 0 0)))",
            "(func (drop (v128.const i64x2 0)))",
            "(func i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14)",
            "(func i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16)",
            "(data (v128 f64x2 1 2 3))",
        ],
    );
}

#[test]
fn the_label_after_end_or_else_must_match_the_block() {
    check_all_refused(
        Code::MismatchedLabel,
        &[
            "(func block $a end $b)",
            "(func block end $a)",
            "(func loop $a block $b end $a end $b)",
            "(func i32.const 0 if $a else $b end $a)",
            "(func i32.const 0 if $a else end $b)",
            "(func block $a i32.const 0 if $b else $a end end)",
            "(func try_table $a end $b)",
        ],
    );
    check("(func block $a end $a)", CODE, "01 05 00 02 40 0b 0b");
    check("(func i32.const 0 if $a else $a end $a)", CODE, "01 08 00 41 00 04 40 05 0b 0b");
    check("(func block $a end $\"a\")", CODE, "01 05 00 02 40 0b 0b");
}

#[test]
fn a_name_must_be_utf_8() {
    check_all_refused(
        Code::BadUtf8,
        &[
            "(func (export \"\\ff\"))",
            "(func) (export \"\\80\" (func 0))",
            "(import \"\\c3\\28\" \"b\" (func))",
            "(import \"a\" \"\\ed\\a0\\80\" (func))",
            "(import \"a\" (item \"\\fe\" (func)))",
            "(func (import \"\\ff\" \"a\"))",
            "(@custom \"\\ff\")",
            "(func $\"\\ff\")",
            "(func (@name \"\\ff\"))",
            "(func (local $x (@name \"\\ff\") i32))",
            "(@\"\\ff\")",
        ],
    );
    // Data segments are not names.
    check("(data \"\\ff\\80\")", DATA, "01 01 02 ff 80");
    check("(@custom \"c\" \"\\ff\")", CUSTOM, "01 63 ff");
}

#[test]
fn the_name_of_a_module_must_be_utf_8() {
    check_refused(Code::BadUtf8, "(module (@name \"\\ff\"))");
    check_refused(Code::BadUtf8, "(module $m (@name \"\\ff\"))");
}

#[test]
fn an_alignment_is_a_power_of_two() {
    for align in ["0", "3", "5", "6", "0x30", "12"] {
        check_refused(
            Code::BadAlignment,
            &format!("(memory 1) (func (drop (i64.load align={align} (i32.const 0))))"),
        );
    }
    for align in ["", "-1", "0x", "1_", "one", "$x", "\"1\""] {
        let text = format!("(memory 1) (func (drop (i64.load align={align} (i32.const 0))))");
        assert!(try_assemble(&text).is_err(), "{text}");
    }
    check_refused(
        Code::UnexpectedToken,
        "(memory 1) (func (drop (i32.load align=1 offset=0 (i32.const 0))))",
    );
    check_refused(Code::BadAlignment, "(memory 1 (pagesize 3))");
}

#[test]
fn an_identifier_names_one_parameter() {
    check_all_refused(
        Code::UnexpectedToken,
        &[
            "(func (param $x $y i32))",
            "(func (param $x i32 i32))",
            "(func (param $x))",
            "(func (local $x i32 i64))",
            "(func (result $x i32) unreachable)",
            "(type (struct (field $x i32 i32)))",
            "(type (func (param $x i32 $y i32)))",
        ],
    );
}

#[test]
fn parameters_of_blocks_and_calls_have_no_names() {
    check_all_refused(
        Code::NameNotAllowed,
        &[
            "(func (i32.const 0) (block (param $x i32) drop))",
            "(func (i32.const 0) (loop (param i32) (param $x i32) drop drop))",
            "(func (i32.const 0) (if (param $x i32) (i32.const 1) (then drop) (else drop)))",
            "(func (i32.const 0) (try_table (param $x i32) drop))",
            "(table 1 funcref) (func (call_indirect (param $x i32) (i32.const 0) (i32.const 0)))",
            "(table 1 funcref) (func (return_call_indirect (param $x i32) (i32.const 0) (i32.const 0)))",
        ],
    );
}

#[test]
fn a_type_use_must_match_its_type() {
    check_all_refused(
        Code::TypeUseMismatch,
        &[
            "(type $t (func)) (func (type $t) (param i32))",
            "(type $t (func (param i32))) (func (type $t) (param i64))",
            "(type $t (func (param i32) (result i32))) (func (type $t) (param i32))",
            "(type $t (func)) (func (block (type $t) (result i32)))",
            "(type $t (func)) (table 1 funcref) (func (call_indirect (type $t) (result i32) (i32.const 0)))",
        ],
    );
    check_refused(Code::WrongKindOfType, "(type $t (struct)) (func (type $t) (param i32))");
    check_refused(Code::UnknownIndex, "(func (type 7) (param i32))");
    check(
        "(type $t (func (param i32) (result i64))) (func (type $t) (param $x i32) (result i64))",
        FUNC,
        "01 00",
    );
}

#[test]
fn blocks_and_parentheses_must_be_closed() {
    for (code, text) in [
        (Code::Unterminated, "(; never closed"),
        (Code::Unterminated, "(; (; ;)"),
        (Code::Unterminated, "(func) (;"),
        (Code::Unterminated, "(;)"),
        (Code::UnclosedParenthesis, "(module"),
        (Code::UnclosedParenthesis, "(module (func)"),
        (Code::UnclosedParenthesis, "(func (block)"),
        (Code::Unterminated, "(@x (y)"),
        (Code::UnclosedParenthesis, "(func ;; )"),
        (Code::UnclosedParenthesis, "(data \")\""),
        (Code::UnopenedParenthesis, "(module))"),
        (Code::UnopenedParenthesis, "(func))"),
        (Code::UnopenedParenthesis, ")"),
        (Code::BadToken, "(;a;)b;)"),
    ] {
        check_refused(code, text);
    }
    for text in [
        "(func \"",
        "(func \"abc",
        "(data \"a\\\")",
        "(func (; )",
        "(@x \")",
        "(@x (; )",
        "(",
        "\"",
        "((",
        "(@",
    ] {
        assert!(try_assemble(text).is_err(), "{text}");
    }
}

#[test]
fn an_identifier_must_not_be_empty() {
    check_all_refused(
        Code::BadToken,
        &["(func $)", "(func $ f)", "(func $\"\")", "(module $)", "(func call $)", "(func (local $ i32))"],
    );
}

#[test]
fn tokens_must_be_separated() {
    check_all_refused(
        Code::BadToken,
        &[
            "(data \"a\"\"b\")",
            "(data \"a\"b)",
            "(data a\"b\")",
            "(func $a\"b\")",
            "(func $\"a\"b)",
            "(func $\"a\"$\"b\")",
            "(func (export \"a\"\"b\"))",
            "(func \"a\"0)",
            "(func [)",
            "(func {})",
            "(func nop, nop)",
            "(func nop ; nop)",
            "(func ( ;x ;))",
        ],
    );
    for text in [
        "(func$f)",
        "(module$m)",
        "(import\"a\" \"b\" (func))",
        "(func i32.const 0drop)",
        "( @x)",
        "(func 0\"a\")",
    ] {
        assert!(try_assemble(text).is_err(), "{text}");
    }
    // Parentheses and comments separate tokens.
    for (text, plain) in [
        ("(func $f(param $x i32)(local.get $x)drop)", "(func $f (param $x i32) (local.get $x) drop)"),
        ("(func(;;)$f)", "(func $f)"),
        ("(func;;\n$f)", "(func $f)"),
        ("(func(drop(i32.const(;;)1(;;))))", "(func (drop (i32.const 1)))"),
        ("(func $f$g)", "(func $\"f$g\")"),
        ("(module(func))", "(module (func))"),
        ("(func ( drop ( i32.const 1 ) ) )", "(func (drop (i32.const 1)))"),
        ("( func )", "(func)"),
        ("( module ( func ( param i32 ) ) )", "(module (func (param i32)))"),
    ] {
        check_same(text, plain);
        assemble_alike(text);
    }
}

#[test]
fn an_annotation_name_directly_follows_the_at_sign() {
    check_all_refused(
        Code::BadToken,
        &["(@)", "(@ name)", "(@ \"x\")", "(@\"\")", "(@a\"b\" c)", "(func (@))", "(func (@ x))"],
    );
    for text in ["(@x \"\\q\")", "(@x \u{e9})", "(@\u{e9})", "(@x \"\n\")", "(@x (@y \"\\u{d800}\"))"] {
        assert!(try_assemble(text).is_err(), "{text}");
        assert!(reference(text).is_err(), "{text}");
    }
}

#[test]
fn known_annotations_must_be_well_formed() {
    for text in [
        "(@name \"x\")",
        "(module (func) (@name \"x\"))",
        "(module (@name))",
        "(module (@name x))",
        "(module (@name \"x\" \"y\"))",
        "(module (@name \"x\") (@name \"y\"))",
        "(module (@name \"x\") $m)",
        "(func (@name x))",
        "(func (@name \"x\") $f)",
        "(@custom)",
        "(@custom x)",
        "(@custom \"x\" 1)",
        "(@custom \"x\" \"y\" (after code))",
        "(@custom \"x\" (after))",
        "(@custom \"x\" (before nothing))",
        "(@custom \"x\" (beside code))",
        "(func (@custom \"x\"))",
    ] {
        assert!(try_assemble(text).is_err(), "{text}");
        assert!(reference(text).is_err(), "{text}");
    }
    check_refused(Code::BadAnnotation, "(@custom \"x\" (before nothing))");
}

#[test]
fn strings_support_the_escapes_of_the_specification() {
    for escape in [
        "\\q",
        "\\0",
        "\\0g",
        "\\x41",
        "\\u",
        "\\u41",
        "\\u{}",
        "\\u{_1}",
        "\\u{1_}",
        "\\u{d800}",
        "\\u{dfff}",
        "\\u{110000}",
        "\\u{41",
        "\\U{41}",
        "\\a",
        "\\ ",
    ] {
        let text = format!("(data \"{escape}\")");
        check_refused(Code::BadEscape, &text);
        assert!(reference(&text).is_err(), "{text}");
    }
    // wasm-tools accepts this one.
    check_refused(Code::BadEscape, "(data \"\\u{1__0}\")");
    for character in ['\n', '\t', '\r', '\0', '\u{1f}', '\u{7f}'] {
        let text = format!("(data \"{character}\")");
        check_refused(Code::UnexpectedCharacter, &text);
        assert!(reference(&text).is_err(), "{text:?}");
    }
    check(
        r#"(data "\t\n\r\"\'\\\00\fF\u{1_F600}\u{000041}é~")"#,
        DATA,
        "01 01 10 09 0a 0d 22 27 5c 00 ff f0 9f 98 80 41 c3 a9 7e",
    );
}

#[test]
fn non_ascii_characters_are_allowed_only_in_strings_and_comments() {
    for text in ["(func \u{e9})", "\u{e9}", "(func)\u{a0}(func)", "(func \u{201c}a\u{201d})"] {
        check_refused(Code::UnexpectedCharacter, text);
        assert!(reference(text).is_err(), "{text}");
    }
    assert!(try_assemble("(func $\u{e9})").is_err());
}

#[test]
fn a_byte_order_mark_is_rejected() {
    // As in wasm-tools: the format has none.
    for text in ["\u{feff}(module)", "\u{feff}", "(module)\u{feff}"] {
        check_refused(Code::UnexpectedCharacter, text);
        assert!(reference(text).is_err());
    }
}

#[test]
fn a_file_has_only_one_module() {
    for text in [
        "(module) (module)",
        "(module) (func)",
        "(func) (module)",
        "(module) x",
        "x (module)",
        "(module (module))",
        "module",
        "(module $a $b)",
        "(module \"x\")",
        "()",
        "(())",
        "x",
        "0",
        "\"\"",
        "(unknown)",
        "(module (unknown))",
        "(func) x (func)",
        "(module definition)",
        "(module instance)",
        "(start 0) (start 0) (func)",
        "(assert_return (invoke \"f\"))",
    ] {
        assert!(try_assemble(text).is_err(), "{text}");
    }
    check_refused(Code::Component, "(component)");
    check_refused(Code::MultipleStart, "(start 0) (start 0) (func)");
}

#[test]
fn the_parts_of_a_form_must_be_in_order() {
    for text in [
        "(func (local i32) (param i32))",
        "(func (result i32) (param i32) unreachable)",
        "(type (func (result i32) (param i32)))",
        "(type (func)) (func (param i32) (type 0))",
        "(func (export \"a\") $f)",
        "(func (import \"a\" \"b\") (export \"c\"))",
        "(func (import \"a\" \"b\") nop)",
        "(func (import \"a\" \"b\") (local i32))",
        "(func block (result i32) (param i32) end)",
        "(func nop (local i32))",
        "(elem (i32.const 0) declare func)",
        "(elem declare (i32.const 0) func)",
        "(data \"a\" (i32.const 0))",
        "(memory 1 (data \"a\"))",
        "(table 1 funcref (elem))",
        "(func (if (then) (i32.const 0)))",
        "(global (i32.const 0) i32)",
    ] {
        check_refused(Code::UnexpectedToken, text);
        assert!(reference(text).is_err(), "{text}");
    }
}

#[test]
fn annotations_after_the_module_are_read() {
    for text in [
        "(module) (@custom \"x\" \"y\")",
        "(module) (@name \"x\")",
        "(module) (@x \"\\q\")",
        "(module) (@)",
        "(module) (@ x)",
        "(module (func)) (@x \u{e9})",
    ] {
        assert!(try_assemble(text).is_err(), "{text}");
        assert!(reference(text).is_err(), "{text}");
    }
}

#[test]
fn an_empty_import_must_also_come_before_definitions() {
    check_refused(Code::ImportAfterDefinition, "(func) (import \"a\")");
    check_refused(Code::ImportAfterDefinition, "(memory 1) (import \"a\" (func))");
}
