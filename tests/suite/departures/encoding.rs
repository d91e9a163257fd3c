//! Choices of an encoding that the specification leaves open, or that are not obvious from the text. All
//! are those of wasm-tools.

use super::*;

#[test]
fn sections_are_in_the_order_of_the_specification() {
    let text = r#"(module $m
      (@custom "last" "") (data $d "x") (func (data.drop $d)) (elem func) (export "f" (func 0)) (start 0)
      (global i32 (i32.const 0)) (tag) (memory 1) (table 1 funcref) (type (func)))"#;
    let bytes = assemble_alike(text);
    let ids: Vec<u8> = sections(&bytes).iter().map(|section| section.0).collect();
    assert_eq!(
        ids,
        [TYPE, FUNC, TABLE, MEMORY, TAG, GLOBAL, EXPORT, 8, ELEM, DATA_COUNT, CODE, DATA, CUSTOM, CUSTOM]
    );
}

#[test]
fn empty_sections_are_omitted() {
    assert_eq!(assemble_alike("(module)"), b"\0asm\x01\0\0\0");
    assert_eq!(sections(&assemble_alike("(memory 1)")).len(), 1);
}

#[test]
fn custom_sections_are_placed_where_requested() {
    let text = r#"
      (@custom "nowhere") (@custom "end" (after last)) (@custom "a" (before first))
      (@custom "b" (before type)) (@custom "c" (after type)) (@custom "d" (before code))
      (@custom "e" (after code)) (@custom "f" (before func))
      (func $f (@metadata.code.branch_hint "\01") (if (i32.const 0) (then)))"#;
    let bytes = assemble_alike(text);
    let places: Vec<String> = sections(&bytes)
        .iter()
        .map(|&(id, contents)| match id {
            CUSTOM => String::from_utf8_lossy(&contents[1..=usize::from(contents[0])]).into_owned(),
            id => id.to_string(),
        })
        .collect();
    assert_eq!(
        places,
        ["a", "b", "1", "c", "f", "3", "d", "metadata.code.branch_hint", "10", "e", "nowhere", "end", "name"]
    );
}

#[test]
fn the_contents_of_a_custom_section_are_its_strings() {
    check(r#"(@custom "n" "a\00" "b" "")"#, CUSTOM, "01 6e 61 00 62");
    check(r#"(@custom "")"#, CUSTOM, "00");
}

#[test]
fn integers_have_the_shortest_encoding() {
    check("(memory 128 16384)", MEMORY, "01 01 80 01 80 80 01");
    check(
        "(func i32.const 63 i32.const 64 i32.const -64 i32.const -65 i64.const -1 i64.const 0x7fffffffffffffff)",
        CODE,
        "01 19 00 41 3f 41 c0 00 41 40 41 bf 7f 42 7f 42 ff ff ff ff ff ff ff ff ff 00 0b",
    );
    let long = "x".repeat(200);
    assert!(
        section(&assemble_alike(&format!("(func (export \"{long}\"))")), EXPORT).starts_with("01 c8 01 78")
    );
}

#[test]
fn implicit_types_follow_the_explicit_ones_in_order_of_use() {
    // For each field, the signature first and then the types in the body; also for imports and tags.
    check(
        "(type (func (param i32)))
         (import \"m\" \"n\" (func (param i64)))
         (func (param f32) (drop (block (result i32 i32) i32.const 0 i32.const 0)) drop)
         (type (struct))
         (func (result f64) (f64.const 0))",
        TYPE,
        "06 60 01 7f 00 5f 00 60 01 7e 00 60 01 7d 00 60 00 02 7f 7f 60 00 01 7c",
    );
    check(
        "(tag (param f32)) (func (param i32) (call_indirect (param i64) (i64.const 0) (i32.const 0)))
         (func (param i64)) (table 1 funcref)",
        TYPE,
        "03 60 01 7d 00 60 01 7f 00 60 01 7e 00",
    );
}

#[test]
fn a_block_needs_a_type_only_with_parameters_or_several_results() {
    check("(func block end)", TYPE, "01 60 00 00");
    check("(func block (param) (result) end)", CODE, "01 05 00 02 40 0b 0b");
    check("(func block (result i32) i32.const 0 end drop)", CODE, "01 08 00 02 7f 41 00 0b 1a 0b");
    check("(func block (result i32 i64) unreachable end drop drop)", TYPE, "02 60 00 00 60 00 02 7f 7e");
    check("(func i32.const 0 loop (param i32) drop end)", TYPE, "02 60 00 00 60 01 7f 00");
    check("(func i32.const 0 loop (param i32) drop end)", CODE, "01 08 00 41 00 03 01 1a 0b 0b");
}

#[test]
fn a_block_with_a_type_use_is_encoded_with_the_index() {
    check("(type $t (func)) (func block (type $t) end)", CODE, "01 05 00 02 00 0b 0b");
    check(
        "(type $t (func (result i32))) (func (drop (block (type $t) (i32.const 0))))",
        CODE,
        "01 08 00 02 00 41 00 0b 1a 0b",
    );
    check(
        "(type $t (func (result i32))) (func (drop (block (type $t) (result i32) (i32.const 0))))",
        CODE,
        "01 08 00 02 00 41 00 0b 1a 0b",
    );
}

#[test]
fn a_type_use_keeps_its_explicit_index() {
    check("(type (func)) (type (func)) (func (type 1)) (func)", FUNC, "02 01 00");
}

#[test]
fn the_first_type_of_a_signature_is_found() {
    check("(type (func (param i32))) (type (func (param i32))) (func (param i32))", FUNC, "01 00");
    check("(type (func (param (ref null func)))) (func (param funcref))", FUNC, "01 00");
    check(
        "(func (param $x i32) (param i64)) (func (param i32 i64)) (func (param i32) (param $y i64))",
        FUNC,
        "03 00 00 00",
    );
    check("(type (func (param i32) (result i32))) (func (result i32) unreachable)", FUNC, "01 01");
}

#[test]
fn recursive_groups_are_kept() {
    check("(rec (type (func)))", TYPE, "01 4e 01 60 00 00");
    check("(rec)", TYPE, "01 4e 00");
    check("(rec (type (func)) (type (struct)))", TYPE, "01 4e 02 60 00 00 5f 00");
}

#[test]
fn subtypes_have_the_shortest_encoding() {
    check("(type (sub final (func)))", TYPE, "01 60 00 00");
    check("(type (sub (func)))", TYPE, "01 50 00 60 00 00");
    check(
        "(type $a (sub (func))) (type (sub $a (func))) (type (sub final $a (func)))",
        TYPE,
        "03 50 00 60 00 00 50 01 00 60 00 00 4f 01 00 60 00 00",
    );
}

#[test]
fn the_prefixes_of_a_type_must_be_in_order() {
    check("(type (shared (struct)))", TYPE, "01 65 5f 00");
    check("(type (sub (shared (array i8))))", TYPE, "01 50 00 65 5e 78 00");
    check(
        "(rec (type $a (descriptor $b) (struct)) (type $b (describes $a) (descriptor $c) (struct))
              (type $c (describes $b) (struct)))",
        TYPE,
        "01 4e 03 4d 01 5f 00 4c 00 4d 02 5f 00 4c 01 5f 00",
    );
    check(
        "(rec (type $a (shared (descriptor $b) (struct))) (type $b (shared (describes $a) (struct))))",
        TYPE,
        "01 4e 02 65 4d 01 5f 00 65 4c 00 5f 00",
    );
    check("(type $f (func)) (type (cont $f))", TYPE, "02 60 00 00 5d 00");
}

#[test]
fn reference_types_have_the_shortest_encoding() {
    check(
        "(type $t (struct)) (type (func (param (ref null any) anyref (ref any) (ref null $t) (ref $t))))",
        TYPE,
        "02 5f 00 60 05 6e 6e 64 6e 63 00 64 00 00",
    );
    check(
        "(type $t (struct)) (type (func (param (ref null (exact $t)) (ref (exact $t)))))",
        TYPE,
        "02 5f 00 60 02 63 62 00 64 62 00 00",
    );
    check(
        "(type (func (param (ref null (shared any)) (ref (shared eq)) (shared anyref) (ref null cont))))",
        TYPE,
        "01 60 04 65 6e 64 65 6d 65 6e 68 00",
    );
}

#[test]
fn element_segments_have_the_flags_of_the_written_form() {
    let with = |elem: &str| format!("(func $f) (table $s 1 funcref) (table $t 1 funcref) {elem}");
    for (elem, contents) in [
        ("(elem (i32.const 0) $f)", "00 41 00 0b 01 00"),
        ("(elem (i32.const 0))", "00 41 00 0b 00"),
        ("(elem (offset (i32.const 0)) func $f $f)", "00 41 00 0b 02 00 00"),
        ("(elem func $f)", "01 00 01 00"),
        ("(elem (table $s) (i32.const 0) func $f)", "02 00 41 00 0b 00 01 00"),
        ("(elem (table $t) (i32.const 0) func $f)", "02 01 41 00 0b 00 01 00"),
        ("(elem declare func $f)", "03 00 01 00"),
        ("(elem (i32.const 0) funcref (ref.func $f))", "04 41 00 0b 01 d2 00 0b"),
        ("(elem (i32.const 0) (ref null func) (item ref.func $f))", "04 41 00 0b 01 d2 00 0b"),
        ("(elem funcref (ref.func $f))", "05 70 01 d2 00 0b"),
        ("(elem externref)", "05 6f 00"),
        ("(elem (i32.const 0) (ref func) (ref.func $f))", "06 00 41 00 0b 64 70 01 d2 00 0b"),
        ("(elem (table $s) (i32.const 0) funcref (ref.func $f))", "06 00 41 00 0b 70 01 d2 00 0b"),
        ("(elem declare funcref (ref.func $f))", "07 70 01 d2 00 0b"),
    ] {
        check(&with(elem), ELEM, &format!("01 {contents}"));
    }
}

#[test]
fn inline_elements_are_a_segment_with_the_table_index() {
    check("(func $f) (table funcref (elem $f $f))", TABLE, "01 70 01 02 02");
    check("(func $f) (table funcref (elem $f $f))", ELEM, "01 02 00 41 00 0b 00 02 00 00");
    check("(func $f) (table funcref (elem (ref.func $f)))", ELEM, "01 06 00 41 00 0b 70 01 d2 00 0b");
    check("(func $f) (table (ref func) (elem $f))", ELEM, "01 06 00 41 00 0b 64 70 01 d2 00 0b");
    check("(func $f) (table i64 funcref (elem $f))", ELEM, "01 02 00 42 00 0b 00 01 00");
    check("(table funcref (elem))", ELEM, "01 02 00 41 00 0b 00 00");
}

#[test]
fn data_segments_omit_the_index_of_memory_zero() {
    let with = |data: &str| format!("(memory $m 1) (memory $n 1) {data}");
    for (data, contents) in [
        ("(data (i32.const 0) \"a\")", "00 41 00 0b 01 61"),
        ("(data (memory $m) (i32.const 0) \"a\")", "00 41 00 0b 01 61"),
        ("(data (memory 0) (offset (i32.const 0)) \"a\" \"b\")", "00 41 00 0b 02 61 62"),
        ("(data \"a\")", "01 01 61"),
        ("(data)", "01 00"),
        ("(data (memory $n) (i32.const 0) \"a\")", "02 01 41 00 0b 01 61"),
    ] {
        check(&with(data), DATA, &format!("01 {contents}"));
    }
    check("(memory (data \"abc\"))", MEMORY, "01 01 01 01");
    check("(memory (data \"abc\"))", DATA, "01 00 41 00 0b 03 61 62 63");
    check("(memory i64 (data \"abc\"))", DATA, "01 00 42 00 0b 03 61 62 63");
    check("(memory (data))", MEMORY, "01 01 00 00");
}

#[test]
fn numbers_in_data_segments_are_little_endian() {
    // The `wast` crate does not support them.
    for (items, contents) in [
        ("(i8 1 -1 0xff)", "01 ff ff"),
        ("(i16 1 -2)", "01 00 fe ff"),
        ("(i32 0x01020304)", "04 03 02 01"),
        ("(i64 -1)", "ff ff ff ff ff ff ff ff"),
        ("(f32 1 -0 nan)", "00 00 80 3f 00 00 00 80 00 00 c0 7f"),
        ("(f64 1.5)", "00 00 00 00 00 00 f8 3f"),
        (
            "(v128 i32x4 1 2 3 4 i16x8 0 0 0 0 0 0 0 5)",
            "01 00 00 00 02 00 00 00 03 00 00 00 04 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 05 00",
        ),
        ("(i8) (v128)", ""),
        ("\"a\" (i8 98) \"c\"", "61 62 63"),
    ] {
        let data = section(&assemble(&format!("(data {items})")), DATA);
        let count = contents.split_whitespace().count();
        assert_eq!(data, format!("01 01 {count:02x} {contents}").trim_end(), "{items}");
    }
}

#[test]
fn the_data_count_section_is_written_only_if_a_body_uses_a_segment() {
    let uses = [
        "(memory.init 0 (i32.const 0) (i32.const 0) (i32.const 0))",
        "(data.drop 0)",
        "(drop (array.new_data $a 0 (i32.const 0) (i32.const 0)))",
        "(array.init_data $a 0 (ref.null $a) (i32.const 0) (i32.const 0) (i32.const 0))",
    ];
    for body in uses {
        let text = |data: &str| format!("(type $a (array (mut i8))) (memory 1) (func {body}) {data}");
        check(&text("(data \"x\") (data \"y\")"), DATA_COUNT, "02");
        check(&text(""), DATA_COUNT, "00");
    }
    check("(data \"x\") (func)", DATA_COUNT, "none");
}

#[test]
fn exports_are_in_source_order() {
    check(
        "(export \"z\" (func $f)) (func $g (export \"a\") (export \"b\")) (export \"c\" (func $g))
         (func $f (export \"d\"))",
        EXPORT,
        "05 01 7a 00 01 01 61 00 00 01 62 00 00 01 63 00 00 01 64 00 01",
    );
    check(
        "(memory (export \"m\") 1) (table (export \"t\") 0 funcref) (global (export \"g\") i32 (i32.const 0))
         (tag (export \"e\")) (func (export \"f\"))",
        EXPORT,
        "05 01 6d 02 00 01 74 01 00 01 67 03 00 01 65 04 00 01 66 00 00",
    );
}

#[test]
fn neighbouring_locals_of_one_type_are_one_group() {
    check(
        "(func (local i32 i32) (local $x i32) (local i64) (local) (local i32))",
        CODE,
        "01 08 03 03 7f 01 7e 01 7f 0b",
    );
    check("(func (param i32) (local i32))", CODE, "01 04 01 01 7f 0b");
    check("(func (local funcref) (local (ref null func)))", CODE, "01 04 01 02 70 0b");
    check("(func)", CODE, "01 02 00 0b");
}

#[test]
fn select_keeps_its_written_types() {
    check("(func unreachable select)", CODE, "01 04 00 00 1b 0b");
    check("(func unreachable select (result i32))", CODE, "01 06 00 00 1c 01 7f 0b");
    check("(func unreachable select (result))", CODE, "01 05 00 00 1c 00 0b");
    check("(func unreachable select (result i32) (result i64))", CODE, "01 07 00 00 1c 02 7f 7e 0b");
}

#[test]
fn memory_arguments_have_a_flag_for_other_memories() {
    let with =
        |instr: &str| format!("(memory $m 1) (memory $n 1) (type $a (array i8)) (func unreachable {instr})");
    for (instr, contents) in [
        ("i32.load", "28 02 00"),
        ("i32.load $m", "28 02 00"),
        ("i32.load offset=128 align=1", "28 00 80 01"),
        ("i32.load $n", "28 42 01 00"),
        ("i64.load8_s 1 offset=5 align=1", "30 40 01 05"),
        ("i32.load (type $a)", "28 22 00 00"),
        ("i32.load (type $a) offset=4 align=1", "28 20 00 04"),
        ("i32.atomic.load", "fe 10 02 00"),
        ("i32.atomic.load seqcst", "fe 10 12 00 00"),
        ("i32.atomic.load acqrel", "fe 10 12 01 00"),
        ("i32.atomic.load $n acqrel", "fe 10 52 01 01 00"),
        ("i32.atomic.rmw.add offset=4 acqrel", "fe 1e 12 11 04"),
        ("v128.load8_lane $n offset=1 15", "fd 54 40 01 01 0f"),
        ("memory.size", "3f 00"),
        ("memory.copy $n $m", "fc 0a 01 00"),
    ] {
        let size = contents.split_whitespace().count() + 3;
        check(&with(instr), CODE, &format!("01 {size:02x} 00 00 {contents} 0b"));
    }
}

#[test]
fn a_page_size_is_kept_even_if_it_is_the_default() {
    check("(memory 1 (pagesize 65536))", MEMORY, "01 08 01 10");
    check("(memory 1 (pagesize 1))", MEMORY, "01 08 01 00");
    check("(memory i64 1 2 shared (pagesize 1))", MEMORY, "01 0f 01 02 00");
    check("(memory 1)", MEMORY, "01 00 01");
}

#[test]
fn imports_are_compact_only_if_written_so() {
    check(
        "(import \"a\" \"b\" (func)) (import \"a\" \"c\" (func))",
        IMPORT,
        "02 01 61 01 62 00 00 01 61 01 63 00 00",
    );
    check(
        "(import \"a\" (item \"b\" (func)) (item \"c\" (global i32)))",
        IMPORT,
        "01 01 61 00 7f 02 01 62 00 00 01 63 03 7f 00",
    );
    check("(import \"a\" (item \"b\") (item \"c\") (func))", IMPORT, "01 01 61 00 7e 00 00 02 01 62 01 63");
    check("(import \"a\")", IMPORT, "01 01 61 00 7f 00");
    check("(import \"a\" (func))", IMPORT, "01 01 61 00 7e 00 00 00");
    check("(type $f (func)) (import \"a\" \"b\" (func (exact (type $f))))", IMPORT, "01 01 61 01 62 20 00");
}

#[test]
fn atomic_instructions_encode_the_memory_order() {
    let with = |instr: &str| {
        format!(
            "(global $g (shared mut i32) (i32.const 0)) (type $s (shared (struct (field (mut i32)))))
             (func unreachable {instr})"
        )
    };
    for (instr, contents) in [
        ("global.atomic.get seqcst $g", "fe 4f 00 00"),
        ("global.atomic.get acqrel $g", "fe 4f 01 00"),
        ("global.atomic.set acqrel $g", "fe 50 01 00"),
        ("struct.atomic.get seqcst $s 0", "fe 5c 00 00 00"),
        ("struct.atomic.get acqrel $s 0", "fe 5c 01 00 00"),
        ("atomic.fence", "fe 03 00"),
        ("atomic.fence seqcst", "fe 03 00"),
        ("atomic.fence acqrel", "fe 03 01"),
    ] {
        let size = contents.split_whitespace().count() + 3;
        check(&with(instr), CODE, &format!("01 {size:02x} 00 00 {contents} 0b"));
    }
    check(&with(""), GLOBAL, "01 7f 03 41 00 0b");
}

#[test]
fn names_are_in_the_subsection_of_their_kind() {
    let text = "(module $m
      (func $f (param $p i32) (local $l i32) (block $b (block (loop $c))))
      (type $t (struct (field $x i32) (field i32) (field $y i32)))
      (table $ta 0 funcref) (memory $me 0) (global $g i32 (i32.const 0)) (elem $e func) (data $d)
      (tag $tg (param $q i32)) (type $u (func (param $r i32))))";
    check_names(
        text,
        "00 02 01 6d 01 04 01 00 01 66 02 09 01 00 02 00 01 70 01 01 6c 03 09 01 00 02 00 01 62 02 01 63 \
         04 07 02 00 01 74 01 01 75 05 05 01 00 02 74 61 06 05 01 00 02 6d 65 07 04 01 00 01 67 \
         08 04 01 00 01 65 09 04 01 00 01 64 0a 09 01 00 02 00 01 78 02 01 79 0b 05 01 00 02 74 67 \
         0c 06 01 01 01 00 01 72 0d 06 01 00 01 00 01 71",
    );
}

#[test]
fn a_module_without_names_has_no_name_section() {
    for text in ["(module)", "(func (param i32) (local i64) block end)", "(type (struct (field i32)))"] {
        check_names(text, "none");
    }
}

#[test]
fn a_name_annotation_overrides_the_identifier() {
    check_names("(module $m (@name \"n\"))", "00 02 01 6e");
    check_names("(module (@name \"n\"))", "00 02 01 6e");
    check_names("(module $m (@name \"\"))", "00 01 00");
    check_names("(func $f (@name \"g\"))", "01 04 01 00 01 67");
    check_names("(func (@name \"g\"))", "01 04 01 00 01 67");
    check_names(
        "(func (param $p (@name \"q\") i32) (local (@name \"l\") i32))",
        "02 09 01 00 02 00 01 71 01 01 6c",
    );
    check_names("(func (block $b (@name \"c\")) (block (@name \"d\")))", "03 09 01 00 02 00 01 63 01 01 64");
    check_names(
        "(type $t (@name \"u\") (struct (field $f (@name \"g\") i32)))",
        "04 04 01 00 01 75 0a 06 01 00 01 00 01 67",
    );
    check_names("(memory $m (@name \"a b\") 1)", "06 06 01 00 03 61 20 62");
}

#[test]
fn parameter_names_of_imported_functions_are_in_the_name_section() {
    check_names("(import \"a\" \"b\" (func $f (param $x i32)))", "01 04 01 00 01 66 02 06 01 00 01 00 01 78");
    check_names("(func (import \"a\" \"b\") (param i32) (param $x i32))", "02 06 01 00 01 01 01 78");
}

#[test]
fn labels_are_numbered_across_all_blocks_of_a_body() {
    check_names(
        "(func (block) (if $i (i32.const 0) (then (loop $l)) (else)) (try_table) (block $b))",
        "03 0c 01 00 03 01 01 69 02 01 6c 04 01 62",
    );
}

#[test]
fn locals_follow_the_parameters_of_a_type_given_by_name() {
    check_names("(type (func (param i32 i32))) (func (type 0) (local $l i32))", "02 06 01 00 01 02 01 6c");
    // A type that is not a function type has no parameters to count.
    check_names("(type (struct)) (func (type 0) (local $l i32))", "none");
}

#[test]
fn a_custom_name_section_replaces_the_generated_one() {
    let text = "(module $m (@custom \"name\" (after last) \"\\00\\02\\01n\") (func $f))";
    let bytes = assemble_alike(text);
    assert_eq!(names(&bytes), "00 02 01 6e");
    assert_eq!(sections(&bytes).iter().filter(|section| section.0 == CUSTOM).count(), 1);
}
