//! Objects, read again with wasmparser: symbols, relocations and segments.

mod errors;
mod read;

use gcwat::{Assembler, Code};
use read::{Object, object};

#[test]
fn a_text_without_annotations_becomes_an_object() {
    let object = object(
        r#"(module
          (import "env" "twice" (func $twice (param i32) (result i32)))
          (import "host" "log" (func $log (param i32)))
          (memory (export "memory") 1)
          (global $count (mut i32) (i32.const 0))
          (table $refs 4 externref)
          (tag $oops (param i32))
          (func $helper (param i32) (result i32)
            (global.set $count (i32.const 1))
            (drop (table.size $refs))
            (call $log (local.get 0))
            (block (param) (result) (throw $oops (local.get 0)))
            (call $twice (local.get 0)))
          (func (export "run") (export "again") (result i32) (call $helper (i32.const 2)))
          (start $init)
          (func $init))"#,
    );
    assert_eq!(
        object.symbols,
        [
            "func twice undefined",
            "func host.log = host.log undefined explicit_name",
            "func run exported no_strip",
            "func again exported no_strip",
            "func helper",
            "func init",
            "global count",
            "table refs",
            "tag oops",
        ]
    );
    assert_eq!(
        object.code,
        [
            "GlobalIndexLeb count",
            "TableNumberLeb refs",
            "FunctionIndexLeb host.log",
            "EventIndexLeb oops",
            "FunctionIndexLeb twice",
            "FunctionIndexLeb helper",
        ]
    );
    assert_eq!(object.imports, ["env.twice", "host.log", "env.__linear_memory"]);
    assert_eq!(object.inits, ["65535 init"]);
    assert!(object.exports.is_empty());
}

#[test]
fn without_object_the_annotations_have_no_meaning() {
    let plain = r#"(module
      (func $f (export "f") (result i32) (i32.const 0))
      (func (call $f) drop)
      (memory 1)
      (data $d (i32.const 0) "\00\00\00\00"))"#;
    let annotated = r#"(module
      (@sym.import.data $x (name "x")) (@comdat $g "group")
      (func $f (@sym (name "g") weak hidden) (@comdat "c") (export "f") (result i32) (i32.const 0 (@reloc data $x +4)))
      (func (@sym name="h i" binding=local) (call $f (@reloc)) drop)
      (memory 1)
      (data $d (@sym.segment align=4 name="x") (i32.const 0) (@sym $s size=4) "\00\00\00\00" (@reloc i32 functable $f)))"#;
    assert_eq!(gcwat::assemble(annotated).unwrap(), gcwat::assemble(plain).unwrap());
}

#[test]
fn addresses_are_relocated_with_their_addends() {
    let object = object(
        r#"(module
          (memory 1)
          (@sym.import.data $t (name "table_"))
          (func (result i32) (i32.const 0 (@reloc data $t)))
          (func (result i32) (i32.const 2 (@reloc $t +8)))
          (func (result i32) (i32.const (@reloc $d -1)))
          (func (result i32) (i32.load offset=4 (@reloc $t +4) align=1 (i32.const 0)))
          (func (param v128) (i32.store8 (@reloc $d) (i32.const 0) (i32.const 0)))
          (func (result i32) i32.const 0 (@reloc functable $f))
          (func $f)
          (data $d "\00\00\00\00" "\00\00\00\00" (@reloc i32 data $d +2) (i32 0) (@reloc i32 functable $f) (i64 0)))"#,
    );
    assert_eq!(
        object.code,
        [
            "MemoryAddrSleb table_",
            "MemoryAddrSleb table_ +10",
            "MemoryAddrSleb d -1",
            "MemoryAddrLeb table_ +8",
            "MemoryAddrLeb d",
            "TableIndexSleb f",
        ]
    );
    assert_eq!(object.data, ["MemoryAddrI32 d +2", "TableIndexI32 f"]);
    assert_eq!(object.segments, [".data.d align 1"]);
    assert!(object.symbols.contains(&"data d @0+0 size 20".to_owned()));
    assert!(object.symbols.contains(&"table __indirect_function_table undefined no_strip".to_owned()));
    assert_eq!(object.imports, ["env.__linear_memory", "env.__indirect_function_table"]);
}

#[test]
fn a_memory_with_large_addresses_has_large_relocations() {
    let object = object(
        r#"(module
          (memory i64 1)
          (func (result i64) (i64.const 0 (@reloc data $d)))
          (func (result i32) (i32.load (@reloc $d +4) (i64.const 0)))
          (func (result i64) (i64.const 0 (@reloc functable $f)))
          (func $f)
          (data $d (@sym.segment (align 8)) (i64.const 0) "\00\00\00\00\00\00\00\00" (@reloc i64 data $d)
            "\00\00\00\00\00\00\00\00" (@reloc i64 functable $f)))"#,
    );
    assert_eq!(object.code, ["MemoryAddrSleb64 d", "MemoryAddrLeb64 d +4", "TableIndexSleb64 f"]);
    assert_eq!(object.data, ["MemoryAddrI64 d", "TableIndexI64 f"]);
}

#[test]
fn types_are_relocated_wherever_code_names_one() {
    let object = object(
        r#"(module
          (type $unused (struct))
          (type $f (func (param i32) (result i32)))
          (import "env" "__indirect_function_table" (table 0 funcref))
          (elem declare func $g)
          (func $g (type $f) (local (ref null $f))
            (drop (ref.test (ref $f) (ref.func $g)))
            (drop (ref.cast (ref null $f) (ref.null $f)))
            (drop (block (result (ref null $f)) (ref.null $f)))
            (drop (select (result (ref null $f)) (ref.null $f) (ref.null $f) (i32.const 0)))
            (drop (call_indirect (type $f) (i32.const 0) (i32.const 0)))
            (drop (i32.const 1) (block (param i32) (result i32)))
            (drop (call_indirect (param i64) (result i64) (i64.const 0) (i32.const 0)))
            (return_call_ref $f (local.get 0) (ref.func $g))))"#,
    );
    let types = object.code.iter().filter(|entry| *entry == "TypeIndexLeb").count();
    assert_eq!(types, 13, "{:?}", object.code);
    // The struct type is left out, and the function gets a place in the table.
    assert_eq!(object.types, 2);
    assert_eq!(object.segments, [".rodata..reffunc align 4"]);
    assert!(
        object
            .symbols
            .iter()
            .any(|symbol| symbol.starts_with("data .Lreffunc.") && symbol.ends_with("hidden no_strip"))
    );
}

#[test]
fn initializers_of_integers_are_folded() {
    let bytes = |init: &str| {
        let text = format!("(module (global $g i32 {init}))");
        Object::bytes(&text)
    };
    assert_eq!(bytes("(i32.add (i32.const 3) (i32.const 4))"), bytes("(i32.const 7)").to_vec());
}

#[test]
fn a_segment_without_a_symbol_and_a_number_like_an_address_cause_warnings() {
    let text = r#"(module (memory 1) (data (i32.const 16) "x") (data $d (i32.const 0x400) "y")
      (func $f (result i32) (; i32.const 1024 ;) (i32.load offset=1024 (i32.const 1_024)))
      (func $g (result i32) (i32.const 1024 (@reloc $d))))"#;
    let diagnostics = Assembler::new().object(true).check(text);
    let codes: Vec<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(
        codes,
        [Code::UnnamedSegment, Code::UnrelocatedAddress, Code::UnrelocatedAddress],
        "{diagnostics}"
    );
}
