//! Objects, read again with wasmparser: symbols, relocations and segments.

mod errors;
mod hostile;
mod read;

use gcwat::emit::{Emitter, Format};
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
fn a_text_without_a_memory_uses_that_of_the_program() {
    let text = r#"(module
      (func $f (param i32) (i32.store (local.get 0) (memory.size)))
      (data $d "abc")
      (data $e (i32.const 0) "def"))"#;
    assert!(gcwat::assemble(text).is_err());
    let object = object(text);
    assert_eq!(object.imports, ["env.__linear_memory"]);
    assert_eq!(object.symbols, ["func f", "data d @0+0 size 3", "data e @1+0 size 3"]);
    let other = "(module (func (i32.store (i32.const 0) (i32.const 0)) (drop (memory.size 1))))";
    let errors = Assembler::new().object(true).assemble(other).unwrap_err();
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    assert_eq!(messages, ["unknown memory 1: the module has 1 memory"]);
}

#[test]
fn a_reference_to_a_further_symbol_has_a_place_of_its_own() {
    let object = object(
        r#"(module
          (import "env" "f" (func $f (@sym $other (name "other"))))
          (elem declare func $f)
          (func (drop (ref.func $f (@reloc $other))) (drop (ref.func $f)) (drop (ref.func $f (@reloc $other)))))"#,
    );
    assert_eq!(object.code, ["FunctionIndexLeb other", "FunctionIndexLeb f", "FunctionIndexLeb other"]);
    assert_eq!(object.data, ["TableIndexI32 other", "TableIndexI32 f"]);
}

#[test]
fn offsets_can_be_relative_to_thread_local_data() {
    let object = object(
        r#"(module
          (import "env" "__tls_base" (global $base (mut i32)))
          (data $t (@sym.segment thread_local) "abcd")
          (@sym.import.data $x)
          (func (result i32) (i32.load (@reloc $t) (global.get $base)))
          (func (result i32) (i32.const 0 (@reloc data tls $x))))"#,
    );
    assert_eq!(object.code, ["GlobalIndexLeb __tls_base", "MemoryAddrLeb t", "MemoryAddrTlsSleb x"]);
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

#[test]
fn what_depends_on_the_linker_causes_a_warning() {
    for text in [
        "(module (memory 1) (export \"memory\" (memory 0)))",
        "(module (func (export \"memory\")))",
        "(module (data (@sym $s (offset 8) (size 4)) \"x\"))",
    ] {
        let diagnostics = Assembler::new().object(true).check(text);
        let codes: Vec<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        assert_eq!(codes, [Code::LeftToLinker], "{diagnostics}");
    }
}

#[test]
fn a_relocation_without_a_number_is_explained_without_object() {
    let text = "(module (@sym.import.data $x) (func (result i32) (i32.const (@reloc data $x))))";
    let errors = gcwat::assemble(text).unwrap_err();
    let [error] = &errors.iter().collect::<Vec<_>>()[..] else { panic!("{errors}") };
    assert!(error.notes.iter().any(|note| note.contains("--emit object")), "{error:?}");
    assert_eq!(
        error.suggestions.last().unwrap().apply(text),
        "(module (@sym.import.data $x) (func (result i32) (i32.const 0 (@reloc data $x))))"
    );
}

#[test]
fn a_listing_shows_relocations_next_to_their_bytes() {
    let text = r#"(module
      (memory 1)
      (@sym.import.data $message (name "message"))
      (func $f (result i32) (i32.const (@reloc data $message)))
      (func (result i32) (call $f) (i32.load (@reloc $message +4) (i32.const 0)) (i32.add))
      (data $pointers (i32.const 0) "head\00\00\00\00" (@reloc i32 data $message +1)
        "\00\00\00\00" (@reloc i32 functable $f) "tail"))"#;
    let object = Assembler::new().object(true).origins(true).assemble(text).unwrap();
    let listing = Emitter::new(text, &object).to_vec(Format::Listing).unwrap();
    let listing = String::from_utf8(listing).unwrap();
    for row in [
        "41 80 80 80 80 00              4      i32.const $message  ; R_WASM_MEMORY_ADDR_SLEB message",
        "10 80 80 80 80 00              5      call $f  ; R_WASM_FUNCTION_INDEX_LEB f",
        "28 02 84 80 80 80 00           5      i32.load  ; R_WASM_MEMORY_ADDR_LEB message +4",
        "68 65 61 64                           \"head\"\n",
        "01 00 00 00                           R_WASM_MEMORY_ADDR_I32 message +1\n",
        "01 00 00 00                           R_WASM_TABLE_INDEX_I32 f\n",
        "74 61 69 6c                           \"tail\"\n",
    ] {
        assert!(listing.contains(row), "{row}\n{listing}");
    }
}

#[test]
fn only_objects_are_written_as_objects() {
    let text = "(module (func $f))";
    let module = Assembler::new().assemble(text).unwrap();
    assert!(!module.is_object());
    assert!(Emitter::new(text, &module).to_vec(Format::Object).is_err());
    let object = Assembler::new().object(true).assemble(text).unwrap();
    assert_eq!(Emitter::new(text, &object).to_vec(Format::Object).unwrap(), object.bytes());
}

#[test]
fn names_and_custom_sections_are_kept() {
    let text = r#"(module
      (@custom "extra" "data") (@producers (language "wat" "1"))
      (type $gone (struct (field $x i32))) (type $f (func (param $a i32)))
      (table $own 1 externref)
      (elem $e declare func $g)
      (func $g (type $f) (local $l i32) (drop (table.size $own)) (drop (i32.const 0 (@reloc functable $g)))))"#;
    let object = Assembler::new().object(true).names(true).assemble(text).unwrap().into_bytes();
    let read = Object::read(&object);
    assert_eq!(read.customs, ["extra", "linking", "reloc.CODE", "name", "producers", "target_features"]);
    let mut names = Vec::new();
    for payload in wasmparser::Parser::new(0).parse_all(&object) {
        let wasmparser::Payload::CustomSection(custom) = payload.unwrap() else { continue };
        let wasmparser::KnownCustom::Name(reader) = custom.as_known() else { continue };
        for name in reader {
            let (what, map) = match name.unwrap() {
                wasmparser::Name::Function(map) => ("func", map),
                wasmparser::Name::Type(map) => ("type", map),
                wasmparser::Name::Table(map) => ("table", map),
                wasmparser::Name::Element(_) | wasmparser::Name::Field(_) => {
                    panic!("names of what is left out")
                }
                _ => continue,
            };
            for naming in map {
                let naming = naming.unwrap();
                names.push(format!("{what} {} {}", naming.index, naming.name));
            }
        }
    }
    // The table of the text comes after the table of function pointers, which it does not import.
    assert_eq!(names, ["func 0 g", "type 0 f", "table 1 own"]);
}

#[test]
fn several_symbols_and_exports_belong_to_one_definition() {
    let object = object(
        r#"(module
          (func $f (@sym (name "my_f")) (export "f"))
          (func $g (@sym $g2 (name "alias") weak) (call $g (@reloc $g2)) (call $g))
          (global $x (@sym (name "y")) (export "x") (mut i32) (i32.const 0)))"#,
    );
    assert_eq!(
        object.symbols,
        [
            "func my_f exported no_strip",
            "global y",
            "global x exported no_strip",
            "func g",
            "func alias weak"
        ]
    );
    assert_eq!(object.exports, ["f"]);
    assert_eq!(object.code, ["FunctionIndexLeb alias", "FunctionIndexLeb g"]);
}

#[test]
fn comdats_segments_and_thread_local_data_have_their_flags() {
    let object = object(
        r#"(module
          (import "env" "f" (func $w (@sym weak hidden)))
          (memory 1)
          (@comdat $c "group")
          (func $in (@sym (comdat $c) (init_prio 7)))
          (data (@sym.segment name=".tdata.t" thread_local align=8 retain) (@sym $t size=2 hidden) "abc")
          (data $s (@sym.segment strings comdat=$c) "x\00")
          (data (@sym $p (offset 4096) (size 8)) "p"))"#,
    );
    assert_eq!(
        object.symbols,
        [
            "func f weak hidden undefined",
            "func in",
            "data t @0+0 size 2 hidden tls",
            "data s @1+0 size 2",
            "data p @2+4096 size 8 absolute",
        ]
    );
    assert_eq!(
        object.segments,
        [".tdata.t align 8 tls retain", ".data.s align 1 strings", ".data.p align 1"]
    );
    assert_eq!(object.inits, ["7 in"]);
    assert_eq!(object.comdats, ["group: Func 1 Data 1"]);
}

/// Asserts that the text of an object becomes an object with the same text, and that nothing is left out. Returns it.
fn disassembled(text: &str) -> String {
    let disassembled = gcwat::disassemble(&Object::bytes(text)).unwrap();
    assert!(disassembled.is_object && disassembled.notes.is_empty(), "{:?}", disassembled.notes);
    assert_eq!(disassembled.difference, None, "{}", disassembled.text);
    disassembled.text
}

#[test]
fn initializing_functions_of_one_priority_run_in_the_order_of_their_definitions() {
    let text = r#"(module
      (func $a (@sym (init_prio 1)))
      (func $b (@sym (init_prio 1)) (export "b"))
      (start $d)
      (func $c (@sym (init_prio 65535)))
      (func $d (export "d"))
      (func $e (@sym (init_prio 65535)) (export "e")))"#;
    assert_eq!(object(text).inits, ["1 a", "1 b", "65535 c", "65535 d", "65535 e"]);
    disassembled(text);
}

#[test]
fn a_start_function_with_a_priority_runs_once() {
    let text = r#"(module (start $i) (func $f (@sym (init_prio 9))) (func $i (@sym (init_prio 7))))"#;
    assert_eq!(object(text).inits, ["9 f", "7 i"]);
    assert_eq!(object(r#"(module (start $i) (func $i (@sym $j (init_prio 8))))"#).inits, ["8 j"]);
    disassembled(text);
}

#[test]
fn an_imported_function_can_be_the_start_function() {
    let text = r#"(module (import "host" "go" (func $go)) (func $f (@sym (init_prio 65535))) (start $go))"#;
    assert_eq!(object(text).inits, ["65535 host.go", "65535 f"]);
    assert!(disassembled(text).contains("(start $host.go)"));
}

#[test]
fn each_clause_has_a_relocation_of_its_own() {
    let object = object(
        r#"(module
          (type $f (func)) (type $c (func (result i32)))
          (tag $e) (tag $g (@sym $g2 (name "other")))
          (func (type $f) (local (ref null $f (@reloc)) (ref null $f (@reloc $f)) (ref null $c (@reloc type 1)))
            (try_table (type $f (@reloc $f)) (catch $e 0) (catch_all 0) (catch $g (@reloc $g2) 0) (catch $g 0)
              (try_table (catch $g (@reloc $g2) 0)))
            try_table (catch $g (@reloc $g2) 0) (catch $e (@reloc $e) 0) end))"#,
    );
    let tags: Vec<&String> = object.code.iter().filter(|entry| entry.starts_with("EventIndexLeb")).collect();
    let expected = ["e", "other", "g", "other", "other", "e"].map(|name| format!("EventIndexLeb {name}"));
    assert_eq!(tags, expected.iter().collect::<Vec<_>>());
}

#[test]
fn a_segment_with_a_thread_local_symbol_is_thread_local() {
    let object = object(
        r#"(module (memory 1)
          (data $d (i32.const 0) (@sym $a thread_local) "abcd" (@sym $b) "e")
          (data $e (i32.const 8) (@sym $c) "f")
          (data $z (@sym.segment (name ".tbss.z")) "\00")
          (data $n (@sym.segment (name ".bss.n")) "\00"))"#,
    );
    assert_eq!(
        object.segments,
        [".tdata.a align 1 tls", ".data.c align 1", ".tbss.z align 1 tls", ".bss.n align 1"]
    );
    assert_eq!(
        object.symbols,
        [
            "data a @0+0 size 4 tls",
            "data b @0+4 size 1 tls",
            "data c @1+0 size 1",
            "data z @2+0 size 1 tls",
            "data n @3+0 size 1",
        ]
    );
}

#[test]
fn features_are_those_of_the_code() {
    let features = |text: &str| object(text).features;
    assert!(
        features("(module (memory 1) (data $d \"passive\") (func $f) (elem declare func $f))").is_empty()
    );
    assert!(features("(module (global i32 (i32.add (i32.const 1) (i32.const 2))))").is_empty());
    // wasm-ld 19 does not look whether an exported global is mutable.
    assert_eq!(features("(module (global (export \"g\") i32 (i32.const 1)))"), ["mutable-globals"]);
    assert_eq!(
        features("(module (memory 1) (func (memory.fill (i32.const 0) (i32.const 0) (i32.const 0))))"),
        ["bulk-memory", "bulk-memory-opt"]
    );
    assert_eq!(
        features(
            "(module (type $f (func)) (elem declare func $g) (func $g (return_call_ref $f (ref.func $g))))"
        ),
        ["gc", "reference-types", "tail-call"]
    );
}
