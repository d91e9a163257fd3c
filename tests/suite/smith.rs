//! Modules from wasm-smith, printed by wasmprinter: gcwat makes the bytes of the `wast` crate from
//! their texts.
//!
//! A module that fails is known by its number alone:
//! `SMITH=1234 cargo test --test suite one_generated_module -- --ignored` prints its text.

use crate::spec::reference;
use arbitrary::Unstructured;
use gcwat::Assembler;
use wasmparser::{Parser, Payload, Validator, WasmFeatures};

#[test]
fn generated_modules_have_the_bytes_of_the_reference() {
    check(0..300);
}

#[test]
fn comments_between_the_lines_change_no_byte() {
    for number in 0..100 {
        let text = text(number);
        let plain = Assembler::new().names(true).validate(false).assemble(&text).unwrap();
        let mut noise = Noise::new(number);
        // Comments nearly everywhere, and hardly any.
        for rarity in [1, 2, 30] {
            let text = with_comments(&text, rarity, &mut noise);
            match Assembler::new().names(true).validate(false).assemble(&text) {
                Ok(assembled) => assert!(assembled.bytes() == plain.bytes(), "module {number}: other bytes"),
                Err(errors) => panic!("module {number}: {errors}\n{text}"),
            }
        }
    }
}

/// The text with comments at the ends and starts of about one in so many lines.
fn with_comments(text: &str, rarity: u64, noise: &mut Noise) -> String {
    let words = ["so", "(so)", "\"so\"", "it's", "a;", "(", ")", "\"", "local.get 0", "\u{e9}", "(@x)", "\\"];
    let prose = |noise: &mut Noise| -> String {
        let words = (0..noise.word() % 12).map(|_| words[(noise.word() % 12) as usize]);
        words.flat_map(|word| [word, " "]).collect()
    };
    let mut out = String::new();
    for line in text.lines() {
        let [end, space] =
            [["\n", "\r", "\r\n"], ["", " ", "\n      "]].map(|of| of[(noise.word() % 3) as usize]);
        match noise.word() % (4 * rarity) {
            0 => out += &format!("{line}{space};;{}{end}", prose(noise)),
            1 => out += &format!("{line}{space}(;{} ;)\n", prose(noise)),
            2 => out += &format!("(; {};){space}{line}\n", prose(noise)),
            3 => out += &format!("{line} (; (;{} ;){};)(;;);;\n;;;\n", prose(noise), prose(noise)),
            _ => out += &format!("{line}\n"),
        }
    }
    out
}

#[test]
#[ignore = "takes two minutes in a release build, and many in a debug one"]
fn ten_thousand_generated_modules_have_the_bytes_of_the_reference() {
    check(0..10_000);
}

#[test]
#[ignore = "for looking into a failure"]
fn one_generated_module_has_the_bytes_of_the_reference() {
    let number = std::env::var("SMITH").expect("SMITH is the number of a module");
    let number = number.parse().expect("SMITH is the number of a module");
    println!("{}", text(number));
    check(number..number + 1);
}

fn check(numbers: std::ops::Range<u64>) {
    for number in numbers {
        let text = text(number);
        let named = match Assembler::new().names(true).validate(false).assemble(&text) {
            Ok(assembled) => assembled.into_bytes(),
            Err(errors) => panic!("module {number}: {errors}"),
        };
        let expected = reference::bytes(&text).expect("the reference assembles it");
        assert!(named == expected, "module {number}: other bytes");

        // Where wasm-smith says that a type is exact, it does not always see to it.
        let validity = Validator::new_with_features(WasmFeatures::all()).validate_all(&expected);
        match (Assembler::new().assemble(&text), validity) {
            (Ok(plain), Ok(_)) => {
                let names_taken_away = without_names(&named);
                assert!(
                    plain.bytes() == names_taken_away,
                    "module {number}: names are in other sections too"
                );
            }
            (Err(_), Err(_)) => {}
            (Ok(_), Err(error)) => panic!("module {number}: valid, but {error}"),
            // wasm-smith and wasmparser let a shared global be initialized from one that is not.
            (Err(errors), Ok(_)) if errors.iter().all(|error| error.message.contains("shared")) => {}
            (Err(errors), Ok(_)) => panic!("module {number}: {errors}"),
        }
    }
}

/// The text of a module. Every second has names, every second two of four folded instructions.
pub fn text(number: u64) -> String {
    let has_names = number & 1 != 0;
    let is_folded = number & 2 != 0;
    let module = module(number, has_names);
    let mut config = wasmprinter::Config::new();
    config.name_unnamed(has_names).fold_instructions(is_folded);
    let mut text = wasmprinter::PrintFmtWrite(String::new());
    config.print(&module, &mut text).expect("what wasm-smith makes can be printed");
    text.0
}

fn module(number: u64, has_names: bool) -> Vec<u8> {
    let config = wasm_smith::Config {
        acquire_release_atomics_enabled: true,
        // In imports with one type for several, wasmprinter has no place for the names it makes up.
        compact_imports_enabled: !has_names,
        custom_descriptors_enabled: true,
        custom_page_sizes_enabled: true,
        max_instructions: 200,
        max_memories: 5,
        max_tables: 5,
        // Without these, half of the modules would have hardly any code.
        min_data_segments: 1,
        min_element_segments: 1,
        min_funcs: 5,
        min_globals: 2,
        min_memories: 1,
        min_tables: 1,
        min_tags: 1,
        min_types: 10,
        multibyte_array_access_enabled: true,
        shared_everything_threads_enabled: true,
        // All else is on by default.
        ..wasm_smith::Config::default()
    };
    let mut noise = Noise::new(number);
    let mut module = || wasm_smith::Module::new(config.clone(), &mut Unstructured::new(&noise.bytes()));
    // Of some bytes wasm-smith makes no module that is as large as it must be.
    let module = (0..10).find_map(|_| module().ok()).expect("of other bytes it does");
    module.to_bytes()
}

/// Bytes without a pattern, and always the same ones, by xorshift.
struct Noise(u64);

impl Noise {
    fn new(seed: u64) -> Noise {
        Noise((seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn word(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn bytes(&mut self) -> Vec<u8> {
        let len = self.word() % 2048;
        (0..len).flat_map(|_| self.word().to_le_bytes()).collect()
    }
}

/// The module without its custom section `name`.
fn without_names(module: &[u8]) -> Vec<u8> {
    let header = 8;
    let mut kept = module[..header].to_vec();
    let mut start = header;
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload.expect("a module");
        let Some((_, range)) = payload.as_section() else { continue };
        let end = range.end as usize;
        if !matches!(&payload, Payload::CustomSection(section) if section.name() == "name") {
            kept.extend(&module[start..end]);
        }
        start = end;
    }
    kept
}
