//! Warnings about valid modules that probably do not mean what they say.
//!
//! `lints/CODE/` has modules with a warning of that code, each with a snapshot of the output for people with `-W all`.
//! The modules in `lints/silent/` are near misses: they must get no warning at all. `BLESS=1` updates the snapshots.

mod review;

use gcwat::{Assembler, Code, Diagnostics, WarningGroup};
use std::fs;
use std::path::{Path, PathBuf};

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn modules() -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/lints");
    let mut modules = Vec::new();
    for folder in entries(&root).into_iter().filter(|path| path.is_dir()) {
        let kind = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let texts =
            entries(&folder).into_iter().filter(|path| path.extension().is_some_and(|end| end == "wat"));
        modules.extend(texts.map(|path| (kind.clone(), path)));
    }
    modules
}

fn check(text: &str) -> Diagnostics {
    let assembler = Assembler::new().warn(WarningGroup::All);
    // With several threads, too, the warnings must be the same.
    let found = assembler.clone().threads(1).check(text);
    assert_eq!(assembler.threads(3).check(text), found);
    found
}

#[test]
fn every_lint_has_two_modules_that_get_its_warning() {
    let modules = modules();
    for &code in Code::ALL.iter().filter(|code| **code >= Code::UnreachableCode) {
        let own: Vec<&PathBuf> =
            modules.iter().filter(|(kind, _)| kind == code.as_str()).map(|(_, path)| path).collect();
        assert!(own.len() >= 2, "{code} has {} modules", own.len());
        for path in own {
            let found = check(&fs::read_to_string(path).unwrap());
            assert!(found.iter().any(|warning| warning.code == code), "{}: {found}", path.display());
        }
    }
}

#[test]
fn a_large_text_is_not_checked_by_default() {
    let func = "(func $f (return) (call $f))";
    let large = format!("{func}{}", " ".repeat(300 << 10));
    assert_eq!(Assembler::new().check(func).len(), 1);
    assert!(Assembler::new().check(&large).is_empty());
    assert_eq!(Assembler::new().warn(WarningGroup::Default).check(&large).len(), 1);
}

#[test]
fn near_misses_get_no_warning() {
    for (_, path) in modules().into_iter().filter(|(kind, _)| kind == "silent") {
        let found = check(&fs::read_to_string(&path).unwrap());
        assert!(found.is_empty(), "{}:\n{found}", path.display());
    }
}

#[cfg(feature = "cli")]
#[test]
fn the_snapshots_of_warnings_match() {
    let mut changed = Vec::new();
    for (_, path) in modules().into_iter().filter(|(kind, _)| kind != "silent") {
        let printed = std::process::Command::new(env!("CARGO_BIN_EXE_gcwat"))
            .current_dir(path.parent().unwrap())
            .args(["check".as_ref(), "-W".as_ref(), "all".as_ref(), path.file_name().unwrap()])
            .output()
            .unwrap()
            .stderr;
        let snapshot = path.with_extension("txt");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&snapshot, printed).unwrap();
        } else if fs::read(&snapshot).ok().as_ref() != Some(&printed) {
            changed.push(format!("{}:\n{}", path.display(), String::from_utf8_lossy(&printed)));
        }
    }
    assert!(changed.is_empty(), "{} modules:\n{}", changed.len(), changed.join("\n"));
}
