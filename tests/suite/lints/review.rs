//! The warnings with `-W all` on texts that others wrote: the corpus, the examples in the documentation, and the valid
//! modules of the specification's test suites.
//!
//! `reviewed.txt` has each warning of the corpus and the documentation, and the number of warnings of each code in each
//! suite. Those of W0013 to W0017 and W0021 to W0024 were reviewed one by one, the others in samples. A change must be
//! reviewed before `BLESS=1` updates the file; `REVIEW=1` prints every warning with its line.

use crate::spec::{module_text, suites};
use gcwat::script::{CommandKind, ModuleSource, Script};
use gcwat::{Assembler, WarningGroup};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The warnings of a text: the code of each, and a line for people.
fn warnings(name: &str, text: &str) -> Vec<(&'static str, String)> {
    let assembler = Assembler::new().warn(WarningGroup::All);
    let Ok(assembled) = assembler.assemble(text) else { return Vec::new() };
    let found = assembled.warnings().with_positions().filter(|(found, _)| found.code.as_str() >= "W0012");
    let line = |found: &gcwat::Diagnostic, at: gcwat::Position| {
        let line = text.lines().nth(at.line as usize - 1).unwrap_or("").trim();
        format!("{name}: {}: {} | {line}", found.code, found.message)
    };
    found.map(|(found, at)| (found.code.as_str(), line(found, at))).collect()
}

fn files(folder: &Path, extension: &str, files: &mut Vec<PathBuf>) {
    let mut paths: Vec<PathBuf> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            self::files(&path, extension, files);
        } else if path.extension().is_some_and(|own| own == extension) {
            files.push(path);
        }
    }
}

/// The corpus, and the examples of the documentation except those of warnings.
fn own_texts() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let name = |path: &Path| path.strip_prefix(root).unwrap().display().to_string().replace('\\', "/");
    let mut texts = Vec::new();
    let mut paths = Vec::new();
    files(&root.join("corpus"), "wat", &mut paths);
    texts.extend(paths.iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())));
    let mut pages = Vec::new();
    files(&root.join("docs"), "md", &mut pages);
    for page in pages {
        let text = std::fs::read_to_string(&page).unwrap();
        let blocks = text.split("```wat").skip(1).filter_map(|block| block.split_once('\n'));
        for (kind, block) in blocks {
            let is_of_warning = name(&page).contains("diagnostics/W") && kind.trim() == "wrong";
            if !is_of_warning {
                texts.push((name(&page), block.split("```").next().unwrap().to_owned()));
            }
        }
    }
    texts
}

#[test]
fn the_warnings_about_the_texts_of_others_are_reviewed() {
    let mut reviewed = "# Own texts\n".to_owned();
    for (name, text) in own_texts() {
        for (_, line) in warnings(&name, &text) {
            writeln!(reviewed, "{line}").unwrap();
        }
    }
    reviewed.push_str("\n# Test suites\n");
    let mut seen = BTreeSet::new();
    for (suite, files) in suites() {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for file in files {
            let text = file.raw();
            let Ok(script) = Script::parse(text) else { continue };
            for command in &script.commands {
                let CommandKind::Module(module) = &command.kind else { continue };
                if matches!(module.source, ModuleSource::Binary(_)) {
                    continue;
                }
                for (code, line) in warnings(file.name(), &module_text(text, module)) {
                    *counts.entry(code).or_default() += 1;
                    seen.insert(format!("{code} {line}"));
                }
            }
        }
        let counts: Vec<String> = counts.iter().map(|(code, count)| format!("{code} {count}")).collect();
        writeln!(reviewed, "{suite}: {}", counts.join(", ")).unwrap();
    }
    if std::env::var_os("REVIEW").is_some() {
        seen.iter().for_each(|line| println!("{line}"));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/lints/reviewed.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &reviewed).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), reviewed);
}
