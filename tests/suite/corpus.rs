//! The programs in corpus/: each must assemble and be valid. `tests/engine/corpus.rs` runs them.
//!
//! A file added to corpus/ is assembled, validated and looked up in corpus/README.md without a change here.

use std::path::{Path, PathBuf};

use wasmparser::{Validator, WasmFeatures};

/// CPython 3.14, Python/emscripten_trampoline.c: 116 bytes.
const TRAMPOLINE: &str = "\
    0061736d01000000011a056000017f60017f017f60027f7f017f60037f7f7f017f600000020901016501740170000003\
    020101070501016600000a380136010170200025002201fb1403040441030f0b2001fb1402040441020f0b2001fb1401\
    040441010f0b2001fb1400040441000f0b417f0b";

/// The first form of the same module, with blocks: 129 bytes.
const TRAMPOLINE_BLOCK: &str = "\
    0061736d01000000011b056000017f60017f017f60027f7f017f60037f7f7f017f60017f000209010165017401700000\
    03020101070501016600000a440142010170200025002201fb14030204450d0041030f0b2001fb14020204450d004102\
    0f0b2001fb14010204450d0041010f0b2001fb14000204450d0041000f0b417f0b";

/// The programs that need a proposal, each with the features to add to WebAssembly 3.0.
const PROPOSALS: [(&str, WasmFeatures); 1] = [("stack_switching.wat", WasmFeatures::STACK_SWITCHING)];

#[test]
fn every_program_assembles_and_is_valid() {
    for path in programs() {
        validate(&path, WasmFeatures::all());
    }
}

#[test]
fn programs_need_nothing_beyond_webassembly_3_unless_they_show_a_proposal() {
    for path in programs() {
        let proposals = PROPOSALS.iter().filter(|(file, _)| path.ends_with(file));
        let needed = proposals.fold(WasmFeatures::WASM3, |all, (_, proposal)| all | *proposal);
        validate(&path, needed);
    }
}

#[test]
fn every_program_starts_with_a_comment() {
    for path in programs() {
        let text = read(&path);
        assert!(text.starts_with(";; "), "{} starts without a comment", path.display());
    }
}

#[test]
fn the_readme_lists_all_programs() {
    let readme = read(&corpus().join("README.md"));
    let mut listed: Vec<&str> = readme
        .lines()
        .filter_map(|line| line.strip_prefix("| [")?.split_once(']'))
        .map(|(name, _)| name)
        .collect();
    listed.sort_unstable();
    let programs = programs();
    let present: Vec<_> = programs.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(listed, present);
}

#[test]
fn the_trampoline_is_cpythons_byte_for_byte() {
    assert_eq!(hex(&assemble_file("trampoline.wat")), TRAMPOLINE);
}

#[test]
fn the_first_form_of_the_trampoline_is_cpythons_byte_for_byte() {
    assert_eq!(hex(&assemble_file("trampoline_block.wat")), TRAMPOLINE_BLOCK);
}

#[test]
fn the_trampoline_spelled_as_in_cpythons_comment_differs_only_in_the_block_types() {
    // The comment next to CPython's bytes has a bare type after `ref.test`, which is not standard text,
    // and a name after `if` that is meant as a type. In that position it is a label, and the `if` has the
    // empty block type.
    let source = read(&corpus().join("trampoline.wat"));
    let mut spelled = source.replace("if (type $blocktype)", "if $blocktype");
    for ty in ["$type0", "$type1", "$type2", "$type3"] {
        spelled = spelled.replace(&format!("ref.test (ref {ty})"), &format!("ref.test {ty}"));
    }
    assert_eq!(spelled.matches("ref.test $type").count(), 4);
    assert_eq!(spelled.matches("if $blocktype").count(), 4);
    assert_eq!(hex(&assemble(&spelled)), TRAMPOLINE.replace("0404", "0440"));
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// Returns all `.wat` files in corpus/, sorted by name.
fn programs() -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(corpus())
        .expect("corpus/ can be read")
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "wat"))
        .collect();
    paths.sort_unstable();
    assert!(!paths.is_empty(), "corpus/ has programs");
    paths
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn assemble(text: &str) -> Vec<u8> {
    gcwat::assemble(text).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

fn assemble_file(name: &str) -> Vec<u8> {
    assemble_path(&corpus().join(name))
}

fn assemble_path(path: &Path) -> Vec<u8> {
    gcwat::assemble(&read(path)).unwrap_or_else(|diagnostics| panic!("{}:\n{diagnostics}", path.display()))
}

fn validate(path: &Path, features: WasmFeatures) {
    Validator::new_with_features(features)
        .validate_all(&assemble_path(path))
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
