//! Texts that look odd but are well-formed.

use super::*;

#[test]
fn an_empty_text_is_a_module() {
    // The abbreviation of a module allows zero fields; wasm-tools requires one.
    for text in ["", " ", "\n", "(;;)", ";;", ";; nothing", "(; (; nested ;) ;)", "(@annotation)"] {
        assert_eq!(assemble(text), b"\0asm\x01\0\0\0", "{text}");
    }
}

#[test]
fn the_module_around_the_fields_can_be_omitted() {
    check_same("(func) (memory 1)", "(module (func) (memory 1))");
    check_same("(; before ;) (module (; within ;)) ;; after", "(module)");
    check_same("(@a) (module (@b) (func) (@c)) (@d)", "(module (func))");
    check_names("(module $id)", "00 03 02 69 64");
    check_names("(module (@x) $id (@y) (func))", "00 03 02 69 64");
}

#[test]
fn a_quoted_identifier_equals_the_unquoted_one() {
    for (text, plain) in [
        ("(func $\"f\" (call $f))", "(func $f (call $f))"),
        ("(func $f (call $\"f\"))", "(func $f (call $f))"),
        ("(func $\"\\66\" (call $\"\\u{66}\"))", "(func $f (call $f))"),
        ("(func (param $\"x\" i32) (drop (local.get $x)))", "(func (param $x i32) (drop (local.get $x)))"),
        ("(func (block $\"l\" (br $l)))", "(func (block $l (br $l)))"),
        (
            "(type $\"t\" (struct (field $\"f\" i32))) (func (drop (struct.get $t $f (ref.null $\"t\"))))",
            "(type $t (struct (field $f i32))) (func (drop (struct.get $t $f (ref.null $t))))",
        ),
        ("(module $\"m\")", "(module $m)"),
        (
            "(func $a-b.c/d!#%&'*+:<=>?@\\^_`|~ (call $\"a-b.c/d!#%&'*+:<=>?@\\\\^_`|~\"))",
            "(func $a-b.c/d!#%&'*+:<=>?@\\^_`|~ (call 0))",
        ),
    ] {
        check_same(text, plain);
        assemble_alike(text);
    }
    check_names("(func $\"a b (c)\")", "01 0a 01 00 07 61 20 62 20 28 63 29");
    check_names("(func $\"\u{e9}\")", "01 05 01 00 02 c3 a9");
    check_names("(func $\"\\\"\")", "01 04 01 00 01 22");
}

#[test]
fn comments_nest_and_end_with_any_line_end() {
    for text in [
        "(;a(;b;)c;)(func)(;;)",
        "(;;;)(func)",
        "(;(;;);)(func)",
        "(; ;; ;)(func)",
        "(; \" ;)(func)",
        "(; ( ) ;)(func)",
        ";; (;\n(func)",
        ";; \"\n(func)",
        ";; )\r(func)",
        ";;\r\n(func)\r\n",
        "\r\n(func)\n\r;; end",
        "(func);;",
        "(func) ;; no line end",
        "\t(\tfunc\t)\t",
        "(func (;)(;) ;) ;))",
    ] {
        check_same(text, "(func)");
        assemble_alike(text);
    }
    for text in [
        "(data \"(;\")",
        "(data \";;\")",
        "(data \";)\")",
        "(data \"(\")",
        "(data \"\\\"(\")",
        "(data \"\\\\\")",
    ] {
        let text = format!("{text} (func)");
        assert_eq!(section(&assemble_alike(&text), FUNC), "01 00");
    }
}

#[test]
fn unknown_annotations_are_allowed_anywhere() {
    for text in [
        "(func (@x))",
        "(@x) (func) (@y)",
        "(module (@x) (func (@y)))",
        "(func (@x) (@y) (@z))",
        "(func (@\"x y\" \"z\"))",
        "(@x ()) (func)",
        "(@x (()(()))) (func)",
        "(@x (@y (@z) \"(((\") $$ 0x1__ ` @ ) (func)",
        "(@x [ ] { } , ; ) (func)",
        "(@x \")\") (func)",
        "(@x (; ) ;) ;; )\n) (func)",
        "(@x \"a\"\"b\" 0\"c\" $ $\"\") (func)",
        "(@x(@)) (func)",
        "(@x \"\u{e9}\" (;\u{e9};)) (func)",
        "(@names \"x\") (func)",
        "(@metadata \"x\") (func)",
        "(@custom.x) (func)",
    ] {
        check_same(text, "(func)");
        assemble_alike(text);
    }
    check_same(
        "(func (@a) $f (@b) (export (@c) \"e\" (@d)) (param (@e) $x (@f) i32 (@g)) (result (@h) i32)
           (local (@i) i32) (@j) (i32.add (@k) (local.get (@l) $x (@m)) (@n) (i32.const (@o) 1)))",
        "(func $f (export \"e\") (param $x i32) (result i32) (local i32)
           (i32.add (local.get $x) (i32.const 1)))",
    );
    check_same(
        "(type (@a) (@b) (struct (@c) (field (@d) (mut (@e) (ref (@f) null (@g) any (@h))))))
         (import (@i) \"m\" (@j) \"n\" (@k) (func)) (memory (@a) 1 (@b) 2 (@c)) (table (@d) 1 (@e) funcref)
         (data (@f) (i32.const 0) (@g) \"x\" (@h) \"y\") (elem (@i) (i32.const 0) (@j) func (@k))",
        "(type (struct (field (mut (ref null any)))))
         (import \"m\" \"n\" (func)) (memory 1 2) (table 1 funcref)
         (data (i32.const 0) \"x\" \"y\") (elem (i32.const 0) func)",
    );
}

#[test]
fn a_module_can_be_binary() {
    for text in [
        r#"(module binary "\00asm\01\00\00\00")"#,
        r#"(module binary "\00asm" "\01\00\00\00")"#,
        r#"(module $m binary "\00asm" (; ;) "\01\00" "\00\00")"#,
    ] {
        assert_eq!(assemble_alike(text), b"\0asm\x01\0\0\0");
        assert!(is_valid(text));
    }
    // The bytes must be those of a valid module.
    assert!(!is_valid(r#"(module binary "\00asm")"#));
    assert!(!is_valid("(module binary)"));
    assert_eq!(assemble(r#"(module binary "\00asm")"#), b"\0asm");
    for text in [
        "(module binary func)",
        r#"(module binary "\00asm\01\00\00\00" (func))"#,
        r#"(module binary "\00asm\01\00\00\00") (func)"#,
        r#"(module binary "\q")"#,
    ] {
        assert!(try_assemble(text).is_err(), "{text}");
    }
}

#[test]
fn a_module_can_be_quoted_text() {
    for (text, quoted) in [
        (r#"(module quote "(func)")"#, "(func)"),
        (r#"(module quote "(func)" "(func)")"#, "(func) (func)"),
        (r#"(module quote "(module" "(func))")"#, "(module (func))"),
        (r#"(module quote "\28func)")"#, "(func)"),
        (r#"(module quote "(data \"\\00\")")"#, r#"(data "\00")"#),
        (r#"(module quote)"#, ""),
        (r#"(module $m quote "(func $f)")"#, "(func $f)"),
    ] {
        check_same(text, quoted);
    }
    for text in [
        r#"(module quote "(func")"#,
        r#"(module quote "(fun" "c)")"#,
        r#"(module quote "(func i32.ad)")"#,
        r#"(module quote "\ff")"#,
        r#"(module quote (func))"#,
        r#"(module quote "(func)") (func)"#,
    ] {
        assert!(try_assemble(text).is_err(), "{text}");
    }
    assert!(!is_valid(r#"(module quote "(func (result i32))")"#));
}

#[test]
fn annotations_can_accompany_a_binary_module() {
    for text in [
        r#"(@x) (module binary "\00asm\01\00\00\00")"#,
        r#"(module binary "\00asm\01\00\00\00") (@x)"#,
        r#"(module (@x) binary (@y) "\00asm" (@z) "\01\00\00\00")"#,
    ] {
        assemble_alike(text);
    }
}
