//! Wrong modules and their expected diagnostics. [`case`] reads the cases, and [`score`] compares the
//! diagnostics with the expected ones. bank/README.md describes the files.
//!
//! `cargo test --test suite bank -- --nocapture` prints the scores by kind. `BANK=verbose` also prints each
//! aspect that fails, and `BANK=kind/name` those of one case with all its diagnostics. `BLESS=1` updates the
//! snapshots.

mod case;
mod score;

pub use case::all as cases;
use gcwat::{Applicability, Assembler, Code, Diagnostic, Diagnostics, Edit};
use score::{ASPECTS, Score};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The minimum score of the whole bank, in percent.
const TOTAL: f64 = 98.5;

/// The minimum score of each kind, in percent.
const KIND: f64 = 97.0;

#[test]
fn diagnostics_for_wrong_modules_match_the_expected_ones() {
    let shown = std::env::var("BANK").unwrap_or_default();
    let mut kinds: BTreeMap<String, Vec<Score>> = BTreeMap::new();
    for case in case::all() {
        let diagnostics = case.check();
        let score = Score::of(&case, &diagnostics);
        if (shown == "verbose" && !score.faults.is_empty()) || shown == case.name {
            println!("{}: {:.0}", case.name, score.percent());
            for fault in &score.faults {
                println!("    {fault}");
            }
            if shown == case.name {
                println!("{diagnostics:#?}");
            }
        }
        kinds.entry(case.kind.clone()).or_default().push(score);
    }
    println!("{}", table(&kinds));
    let short: Vec<String> =
        kinds.iter().filter(|(_, scores)| mean(scores) < KIND).map(|(kind, _)| kind.clone()).collect();
    assert!(short.is_empty(), "below {KIND}: {}", short.join(", "));
    let all = kinds.values().flatten();
    let total = all.clone().map(Score::percent).sum::<f64>() / all.count() as f64;
    assert!(total >= TOTAL, "{total:.2} is below {TOTAL}");
}

#[test]
fn every_corrected_module_is_accepted_without_diagnostics() {
    let refused: Vec<String> = case::all()
        .iter()
        .filter_map(|case| match Assembler::new().assemble_bytes(&case.twin) {
            // Those about the meaning of a valid text are tested in `lints`.
            Ok(assembled)
                if assembled.warnings().iter().all(|warning| warning.code >= Code::UnreachableCode) =>
            {
                None
            }
            Ok(assembled) => Some(format!("{}: {}", case.name, assembled.warnings())),
            Err(diagnostics) => Some(format!("{}: {diagnostics}", case.name)),
        })
        .collect();
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

#[test]
fn machine_applicable_suggestions_fix_their_errors() {
    let mut broken = Vec::new();
    for case in case::all() {
        let diagnostics = case.check();
        // A placeholder or an alternative suggestion means that the fix is not certain.
        let mut errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
        if !errors.all(|error| error.suggestions.iter().any(is_sure)) {
            continue;
        }
        let fixed = fix(&case.text, &diagnostics);
        if let Err(left) = Assembler::new().assemble_bytes(&fixed) {
            broken.push(format!("{}:\n{left}\n{}", case.name, String::from_utf8_lossy(&fixed)));
        }
    }
    assert!(broken.is_empty(), "{} cases:\n{}", broken.len(), broken.join("\n"));
}

#[test]
fn each_machine_applicable_suggestion_removes_its_error_and_adds_no_other() {
    let mut broken = Vec::new();
    for case in case::all() {
        let Ok(text) = std::str::from_utf8(&case.text) else { continue };
        let faults = crate::fixes::faults(text, &case.check());
        broken.extend(faults.into_iter().map(|fault| format!("{}: {fault}", case.name)));
    }
    assert!(broken.is_empty(), "{} suggestions:\n{}", broken.len(), broken.join("\n"));
}

/// Compares the printed diagnostics with the snapshot; `BLESS=1` creates the snapshot of a new case.
#[cfg(feature = "cli")]
#[test]
fn the_bank_snapshots_match() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut changed = Vec::new();
    for case in case::all() {
        let snapshot = case.path("txt");
        let before = std::fs::read(&snapshot).ok();
        if before.is_none() && !bless {
            continue;
        }
        let file = case.path("wat");
        let printed = std::process::Command::new(env!("CARGO_BIN_EXE_gcwat"))
            .current_dir(file.parent().unwrap())
            .args(["assemble".as_ref(), file.file_name().unwrap(), "-o".as_ref(), "-".as_ref()])
            .output()
            .unwrap()
            .stderr;
        if bless {
            std::fs::write(&snapshot, printed).unwrap();
        } else if before.as_ref() != Some(&printed) {
            changed.push(format!("{}:\n{}", case.name, String::from_utf8_lossy(&printed)));
        }
    }
    assert!(changed.is_empty(), "{} cases:\n{}", changed.len(), changed.join("\n"));
}

fn mean(scores: &[Score]) -> f64 {
    scores.iter().map(Score::percent).sum::<f64>() / scores.len().max(1) as f64
}

/// Returns a table of the scores by kind: in total, and for each aspect over the cases that have it.
fn table(kinds: &BTreeMap<String, Vec<Score>>) -> String {
    let mut out = format!("\n{:10}{:>6}{:>8}", "kind", "cases", "score");
    for aspect in ASPECTS {
        let _ = write!(out, "{aspect:>10}");
    }
    let all: Vec<Score> = kinds.values().flatten().cloned().collect();
    for (kind, scores) in kinds.iter().map(|(kind, scores)| (kind.as_str(), scores)).chain([("all", &all)]) {
        let _ = write!(out, "\n{kind:10}{:>6}{:>8.1}", scores.len(), mean(scores));
        for aspect in 0..ASPECTS.len() {
            let reached: Vec<f64> = scores.iter().filter_map(|score| score.aspects[aspect]).collect();
            match reached.len() {
                0 => out.push_str("         -"),
                count => {
                    let _ = write!(out, "{:>10.1}", 100.0 * reached.iter().sum::<f64>() / count as f64);
                }
            }
        }
    }
    out
}

fn is_sure(suggestion: &gcwat::Suggestion) -> bool {
    suggestion.applicability == Applicability::MachineApplicable
}

/// Selects the suggestion to apply: a machine-applicable one, or else the first.
fn chosen(diagnostic: &Diagnostic) -> Option<&gcwat::Suggestion> {
    diagnostic.suggestions.iter().find(|s| is_sure(s)).or_else(|| diagnostic.suggestions.first())
}

/// Applies one suggestion of each error to the text.
fn fix(text: &[u8], diagnostics: &Diagnostics) -> Vec<u8> {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    let mut edits: Vec<&Edit> = errors.filter_map(chosen).flat_map(|suggestion| &suggestion.edits).collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    edits.dedup();
    let mut fixed = Vec::new();
    let mut done = 0;
    for edit in edits {
        let range = edit.span.range();
        if range.start < done {
            continue;
        }
        fixed.extend_from_slice(&text[done..range.start]);
        fixed.extend_from_slice(edit.replacement.as_bytes());
        done = range.end;
    }
    fixed.extend_from_slice(&text[done..]);
    fixed
}
