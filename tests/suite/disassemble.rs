//! Disassembled text, which must assemble to the same bytes.

use crate::binary::{leb, section};
use gcwat::{Assembler, Difference, disassemble};

/// Assembles disassembled text, with names if the disassembly requires them.
fn again(bytes: &[u8]) -> Vec<u8> {
    let disassembled = disassemble(bytes).unwrap();
    assert_eq!(disassembled.difference, None, "{}", disassembled.text);
    let assembler = Assembler::new().names(disassembled.names).validate(false);
    assembler.assemble(&disassembled.text).unwrap().into_bytes()
}

fn custom(name: &str, contents: &[u8]) -> Vec<u8> {
    section(0, &[&leb(name.len()), name.as_bytes(), contents].concat())
}

/// Returns a module with one function that is named `f` in the name section.
fn named_module(before: &[u8], after: &[u8]) -> Vec<u8> {
    let names = custom("name", b"\x01\x04\x01\x00\x01f");
    [
        b"\0asm\x01\0\0\0".as_slice(),
        &section(1, b"\x01\x60\0\0"),
        &section(3, b"\x01\0"),
        &section(10, b"\x01\x02\0\x0b"),
        before,
        &names,
        after,
    ]
    .concat()
}

#[test]
fn the_programs_of_the_corpus_survive_disassembly() {
    for (name, text) in crate::emit::programs() {
        for names in [false, true] {
            let bytes = Assembler::new().names(names).assemble(&text).unwrap().into_bytes();
            assert_eq!(again(&bytes), bytes, "{name}");
        }
    }
}

#[test]
fn names_survive_disassembly() {
    let bytes = named_module(&[], &[]);
    let disassembled = disassemble(&bytes).unwrap();
    assert!(disassembled.names && disassembled.text.contains("(func $f"), "{}", disassembled.text);
    assert_eq!(again(&bytes), bytes);
}

#[test]
fn a_name_section_at_another_position_survives_disassembly() {
    // Compilers put the section here.
    let bytes = named_module(&custom("before", b"1"), &custom("target_features", b"\x01+\x02gc"));
    let disassembled = disassemble(&bytes).unwrap();
    assert!(disassembled.text.contains("(func $f") && !disassembled.names, "{}", disassembled.text);
    assert_eq!(again(&bytes), bytes);
}

#[test]
fn names_with_another_encoding_survive_disassembly() {
    // A non-standard subsection, and a malformed one.
    for contents in [b"\x01\x04\x01\x00\x01f\x63\x01x".as_slice(), b"\x01\x04\x01\x00\x01"] {
        let bytes = [b"\0asm\x01\0\0\0".as_slice(), &custom("name", contents)].concat();
        assert_eq!(again(&bytes), bytes);
    }
}

#[test]
fn label_names_around_a_delegate_survive_disassembly() {
    let text = "(module (func $f
        try $a
          try $b nop delegate $a
          try $c catch_all try $d catch_all rethrow $d end rethrow $c end
        catch_all rethrow $a end))";
    let bytes = Assembler::new().names(true).assemble(text).unwrap().into_bytes();
    assert_eq!(again(&bytes), bytes);
}

#[test]
fn custom_sections_and_hints_survive_disassembly() {
    let text = r#"(module
        (@custom "a" (before first) "1") (@custom "b" (after type) "2\00") (@custom "c" (before func) "")
        (@custom "producers" "\01\08language\01\01C\0219")
        (func (param i32) (@metadata.code.branch_hint "\00") (if (local.get 0) (then)))
        (data "x")
        (@custom "d" (after data) "\ff"))"#;
    let bytes = gcwat::assemble(text).unwrap();
    assert_eq!(again(&bytes), bytes);
}

#[test]
fn names_of_undefined_items_survive_disassembling() {
    // The function has type 1, which does not exist, and no memory is defined.
    for (code, names) in [
        (b"\x01\x04\0\x20\0\x0b", custom("name", b"\x02\x06\x01\0\x01\0\x01x")),
        (b"\x01\x04\0\x3f\0\x0b", custom("name", b"\x06\x04\x01\0\x01m")),
    ] {
        let bytes = [
            b"\0asm\x01\0\0\0".as_slice(),
            &section(1, b"\x01\x60\0\0"),
            &section(3, b"\x01\x01"),
            &section(10, code),
            &names,
        ]
        .concat();
        assert_eq!(again(&bytes), bytes);
    }
}

#[test]
fn a_non_canonical_binary_is_reported() {
    // The size of the function body, padded to two bytes.
    let bytes = [
        b"\0asm\x01\0\0\0".as_slice(),
        &section(1, b"\x01\x60\0\0"),
        &section(3, b"\x01\0"),
        &section(10, b"\x01\x82\0\0\x0b"),
    ]
    .concat();
    let disassembled = disassemble(&bytes).unwrap();
    let difference = disassembled.difference.unwrap();
    let Difference::NotCanonical { offset, section } = &difference else { panic!("{difference}") };
    assert_eq!((*offset, section.as_str()), (19, "code section"));
    assert!(gcwat::assemble(&disassembled.text).is_ok());
}

#[test]
fn a_file_that_is_not_a_module_is_rejected() {
    assert!(disassemble(b"").is_err());
    assert!(disassemble(b"(module)").is_err());
    assert!(disassemble(b"\0asm\x01\0\0").is_err());
    assert!(disassemble(b"\0asm\x0d\0\x01\0").unwrap_err().to_string().contains("component"));
    let bytes = gcwat::assemble("(func i32.const 1 drop)").unwrap();
    for len in 9..bytes.len() {
        // A prefix that ends between two sections is still a module.
        if let Ok(disassembled) = disassemble(&bytes[..len]) {
            assert!(disassembled.text.starts_with("(module"));
        }
    }
}

#[cfg(feature = "cli")]
mod command {
    use crate::cli::Folder;
    use std::fs;

    #[test]
    fn the_disassembly_goes_to_the_given_path() {
        let folder = Folder::new();
        let bytes = gcwat::assemble("(module (func nop))").unwrap();
        fs::write(folder.path("a.wasm"), &bytes).unwrap();
        let printed = folder.run(&["disassemble", "a.wasm"]).fine();
        assert!(printed.starts_with(b"(module") && printed.ends_with(b")\n"));
        assert_eq!(folder.run_with(&["disassemble"], &bytes).fine(), printed);
        folder.run(&["disassemble", "a.wasm", "-o", "a.wat"]).fine();
        assert_eq!(folder.read("a.wat").unwrap(), printed);
        folder.run(&["assemble", "a.wat", "-o", "b.wasm"]).fine();
        assert_eq!(folder.read("b.wasm").unwrap(), bytes);
        folder.run(&["disassemble", "a.wasm", "-o", "a.wasm"]).fails(1, &["a.wasm", "input"]);
        folder.run(&["disassemble", "a.wat"]).fails(1, &["cannot disassemble `a.wat`"]);
        folder.run(&["disassemble", "none.wasm"]).fails(1, &["none.wasm"]);
    }

    #[test]
    fn disassembling_a_non_canonical_binary_emits_a_warning() {
        let folder = Folder::new();
        fs::write(folder.path("a.wasm"), b"\0asm\x01\0\0\0\x01\x84\0\x01\x60\0\0").unwrap();
        let run = folder.run(&["disassemble", "a.wasm"]);
        assert_eq!(run.code, Some(0));
        assert!(run.stderr.starts_with("warning: `a.wasm`: the binary is not canonical"), "{}", run.stderr);
        assert!(run.stderr.contains("0x9, in the type section"), "{}", run.stderr);
    }
}

/// Sections that have an annotation of their own, which determines their place in a module of text: compilers write
/// `producers` before `target_features`, and some write the names before both.
#[test]
fn custom_sections_keep_their_order() {
    let (types, funcs) = (section(1, b"\x01\x60\0\0"), section(3, b"\x01\0"));
    let code = section(10, b"\x01\x02\0\x0b");
    let names = custom("name", b"\x01\x04\x01\0\x01f");
    let producers = custom("producers", b"\x01\x08language\x01\x01C\x0211");
    let features = custom("target_features", b"\x01+\x07simd128");
    let dylink = custom("dylink.0", b"\x01\x04\0\0\0\0");
    let other = custom("other", b"\x01");
    let custom = [&names, &producers, &features, &dylink, &other];
    let mut checked = 0;
    for places in 0..4_usize.pow(5) {
        // The section before which each custom section is.
        let place = |nth: u32| places / 4_usize.pow(nth) % 4;
        for orders in [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 0, 4, 1, 3]] {
            let mut bytes = b"\0asm\x01\0\0\0".to_vec();
            for (at, known) in [&types, &funcs, &code, &Vec::new()].into_iter().enumerate() {
                for nth in orders {
                    // The names of functions come after the functions, as the printer expects.
                    let is_here = if nth == 0 { at == 3 } else { place(nth) == at };
                    if is_here {
                        bytes.extend(custom[nth as usize]);
                    }
                }
                bytes.extend(known);
            }
            assert_eq!(again(&bytes), bytes);
            checked += 1;
        }
    }
    assert_eq!(checked, 3 * 1024);
}
