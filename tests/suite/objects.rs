//! Objects as text. The objects in `objects/` are clang's; the first line of each source has the command.
//!
//! `BLESS=1 cargo test --test suite objects` writes the texts.

use crate::smith::Noise;
use arbitrary::Unstructured;
use gcwat::{Assembler, disassemble};
use std::path::{Path, PathBuf};

/// The objects in `objects/`, with their paths.
fn objects() -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/objects");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|extension| extension == "o")).collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths.into_iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

#[test]
fn objects_become_annotated_text() {
    for (path, bytes) in objects() {
        let disassembled = disassemble(&bytes).unwrap();
        assert!(disassembled.is_object, "{}", path.display());
        let snapshot = path.with_extension("wat");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&snapshot, &disassembled.text).unwrap();
        }
        let expected = std::fs::read_to_string(&snapshot).unwrap_or_default();
        assert_eq!(disassembled.text, expected, "{}", path.display());
        assert_eq!(disassembled.difference, None, "{}", path.display());
        Assembler::new().assemble(&disassembled.text).unwrap();
    }
}

#[test]
fn the_objects_of_annotated_texts_survive_disassembly() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/objects/texts");
    let texts = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let corpus = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")).unwrap();
    let corpus = corpus.map(|entry| entry.unwrap().path());
    let paths = texts.chain(corpus.filter(|path| path.to_string_lossy().ends_with("_object.wat")));
    let mut count = 0;
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let object = Assembler::new().object(true).assemble(&text).unwrap();
        let disassembled = disassemble(object.bytes()).unwrap();
        assert_eq!(disassembled.difference, None, "{}\n{}", path.display(), disassembled.text);
        assert!(disassembled.is_object && disassembled.notes.is_empty());
        count += 1;
    }
    assert!(count >= 5);
}

#[test]
fn malformed_objects_have_a_text_or_an_error() {
    for (_, bytes) in objects() {
        for at in (8..bytes.len()).step_by(3) {
            for change in [1, 0x80] {
                let mut changed = bytes.clone();
                changed[at] ^= change;
                _ = disassemble(&changed);
            }
            _ = disassemble(&bytes[..at]);
        }
    }
}

/// Returns the first object in which bytes that occur once are replaced.
fn changed(from: &[u8], to: &[u8]) -> Vec<u8> {
    let (_, bytes) = objects().swap_remove(0);
    assert_eq!(from.len(), to.len());
    let found: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(from)).collect();
    let [at] = found[..] else { panic!("found {} times", found.len()) };
    [&bytes[..at], to, &bytes[at + to.len()..]].concat()
}

#[test]
fn a_malformed_object_is_printed_as_a_module() {
    // The version of the linking information is not 2; the symbol of an import has no flag that says so.
    for bytes in
        [changed(b"\x07linking\x02", b"\x07linking\x03"), changed(b"\x00\x50\x01\x08", b"\x00\x40\x01\x08")]
    {
        let disassembled = disassemble(&bytes).unwrap();
        assert!(!disassembled.is_object && disassembled.text.contains("(@custom \"linking\""));
    }
}

#[test]
fn identifiers_have_valid_characters() {
    let bytes = changed(b"\x08host_log", b"\x08host(log");
    let text = disassemble(&bytes).unwrap().text;
    assert!(text.contains("(func $host_log (;1;) (@sym (name \"host(log\"))"), "{text}");
}

#[test]
fn debug_information_is_left_out() {
    let (_, mut bytes) = objects().swap_remove(0);
    bytes.extend(b"\0\x0d\x0b.debug_info\0");
    let disassembled = disassemble(&bytes).unwrap();
    assert_eq!(disassembled.notes, ["debug information is left out: .debug_info"]);
    assert!(disassembled.text.starts_with(";; debug information is left out: .debug_info\n(module"));
}

/// The number of random modules that are linked.
const RANDOM_MODULES: usize = 100;

/// Writes random modules and their objects to the folder `GCWAT_RANDOM_MODULES`, for `tests/objects/run`. The variable
/// `GCWAT_RANDOM_SEED` selects other modules.
#[test]
#[ignore = "tests/objects/run calls it"]
fn random_modules_are_written() {
    let folder = PathBuf::from(std::env::var_os("GCWAT_RANDOM_MODULES").expect("the name of the folder"));
    let seed = std::env::var("GCWAT_RANDOM_SEED").map_or(0, |seed| seed.parse().expect("a number"));
    let mut written = 0;
    for number in seed.. {
        let config = wasm_smith::Config {
            // Objects have no element segments, and addresses change when data is linked.
            gc_enabled: false,
            max_element_segments: 0,
            max_data_segments: 0,
            max_memories: 0,
            max_imports: 0,
            wide_arithmetic_enabled: false,
            relaxed_simd_enabled: false,
            simd_enabled: number % 2 == 0,
            allow_start_export: false,
            canonicalize_nans: true,
            min_funcs: 8,
            max_globals: 4,
            min_tables: 1,
            min_tags: 1,
            min_types: 5,
            max_table_elements: 100,
            table_max_size_required: true,
            max_instructions: 300,
            export_everything: true,
            ..wasm_smith::Config::default()
        };
        let mut noise = Noise::new(number);
        let mut module =
            || wasm_smith::Module::new(config.clone(), &mut Unstructured::new(&noise.bytes())).ok();
        let Some(mut module) = (0..10).find_map(|_| module()) else { continue };
        if module.ensure_termination(1000).is_err() {
            continue;
        }
        let bytes = module.to_bytes();
        let text = disassemble(&bytes).unwrap().text;
        // Most modules have a global or a signature of a type that linkers do not know.
        if let Ok(object) = Assembler::new().object(true).assemble(&text) {
            std::fs::write(folder.join(format!("{number}.wasm")), bytes).unwrap();
            std::fs::write(folder.join(format!("{number}.o")), object.bytes()).unwrap();
            written += 1;
            if written == RANDOM_MODULES {
                return;
            }
        }
        assert!(number - seed < 5000, "only {written} of {} modules are objects", number - seed);
    }
}
