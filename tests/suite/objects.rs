//! Objects as text. The objects in `objects/` are clang's; the first line of each source has the command.
//!
//! `BLESS=1 cargo test --test suite objects` writes the texts.

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
        Assembler::new().assemble(&disassembled.text).unwrap();
    }
}

#[test]
fn malformed_objects_have_a_text_or_an_error() {
    for (_, bytes) in objects() {
        for at in 8..bytes.len() {
            for change in [1, 0x7f, 0x80] {
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
