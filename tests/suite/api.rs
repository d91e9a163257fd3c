//! The public interface is listed in `api.txt`, so that every change is visible in a diff.
//! `BLESS=1 cargo test --test suite the_public_interface` updates the list.
//!
//! The list is extracted from the source text, in which only public items are marked `pub`. Items for use
//! inside the crate are `pub(crate)` or `pub(super)`.

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn the_public_interface_is_unchanged() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut list = String::new();
    for (name, text) in public_sources(root) {
        let items = items(&text);
        if items.contains("pub ") {
            list.push_str(&format!("{name}\n{items}\n"));
        }
    }
    let path = root.join("tests/suite/api.txt");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &list).unwrap();
    }
    let before = fs::read_to_string(&path).unwrap();
    for (before, now) in before.lines().zip(list.lines()) {
        assert_eq!(before, now, "BLESS=1 updates the list");
    }
    assert_eq!(before.lines().count(), list.lines().count(), "BLESS=1 updates the list");
}

#[test]
fn every_public_type_has_an_example() {
    let mut types = 0;
    let mut missing = Vec::new();
    for (name, text) in public_sources(Path::new(env!("CARGO_MANIFEST_DIR"))) {
        let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
        for (at, line) in lines.iter().enumerate() {
            // Types of a macro are indented.
            let is_type = ["pub struct ", "pub enum ", "pub trait ", "pub union "];
            if !is_type.iter().any(|start| line.starts_with(start)) {
                continue;
            }
            types += 1;
            let documentation = lines[..at].iter().rev();
            let mut documentation =
                documentation.take_while(|line| line.starts_with("///") || line.starts_with("#["));
            if !documentation.any(|line| *line == "/// ```") {
                missing.push(format!("{name}:{}: {line}", at + 1));
            }
        }
    }
    assert!(types > 40, "the types are found");
    assert!(missing.is_empty(), "add an example to {missing:#?}");
}

/// Returns the files of the library with their contents. The command and the benchmarks' access to the stages are not
/// part of the public interface.
fn public_sources(root: &Path) -> impl Iterator<Item = (String, String)> {
    sources(&root.join("src")).into_iter().filter_map(move |file| {
        let name = file.strip_prefix(root).unwrap().display().to_string();
        let is_public = !(name.starts_with("src/cli") || name == "src/main.rs" || name == "src/stages.rs");
        is_public.then(|| (name, fs::read_to_string(&file).unwrap()))
    })
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Whether `head` is a constant, static or type alias whose value has started.
fn is_value(head: &str) -> bool {
    ["pub const ", "pub static ", "pub type "].iter().any(|word| head.starts_with(word)) && head.contains('=')
}

/// Returns the public items of a file, one on each line: their heads, public fields, and variants of enums.
/// Macros and tests have no public items.
fn items(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let mut list = String::new();
    let mut lines = text.lines();
    let mut within: Option<String> = None;
    while let Some(line) = lines.next() {
        let trimmed = line.trim_start();
        let indent = line.len() - trimmed.len();
        if within.as_deref() == Some(&format!("{}}}", " ".repeat(indent))) {
            within = None;
        }
        let is_variant = within.as_ref().is_some_and(|end| indent + 1 == end.len() + 4)
            && trimmed.starts_with(|c: char| c.is_ascii_uppercase());
        let is_attribute = trimmed.starts_with("#[non_exhaustive]");
        let is_impl = indent == 0 && trimmed.starts_with("impl ");
        if !(trimmed.starts_with("pub ") || is_variant || is_attribute || is_impl) {
            continue;
        }
        let mut head = trimmed.to_owned();
        while !(head.ends_with(['{', ';', ',', '}']) || is_value(&head) || is_attribute) {
            let Some(next) = lines.next() else { break };
            head.push(' ');
            head.push_str(next.trim());
        }
        if head.starts_with("pub enum") && head.ends_with('{') {
            within = Some(format!("{}}}", " ".repeat(indent)));
        }
        let head = if is_value(&head) { head.split(" = ").next().unwrap_or_default() } else { &head };
        let head = head.trim_end_matches([' ', '{', ';', ',']);
        list.push_str(&format!("{}{head}\n", " ".repeat(indent.min(4) + 4)));
    }
    // Omit an `impl` without public items, unless it implements a trait.
    let lines: Vec<&str> = list.lines().collect();
    let is_kept = |at: &usize| {
        let is_bare = lines[*at].trim_start().starts_with("impl ") && !lines[*at].contains(" for ");
        !is_bare || lines.get(at + 1).is_some_and(|next| next.starts_with("        "))
    };
    (0..lines.len()).filter(is_kept).map(|at| format!("{}\n", lines[at])).collect()
}
