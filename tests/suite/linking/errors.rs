//! Texts that cannot become objects: each has an error at the line with `;; HERE`, and no other one.
//!
//! `BLESS=1 cargo test --test suite refused` writes the messages.

use gcwat::Assembler;
use std::fmt::Write;
use std::path::Path;

/// The cases with a second error, at a use of the refused type.
const WITH_MORE: [&str; 2] = ["struct in sig", "array.new_data"];

/// The names and texts of the cases.
fn cases() -> Vec<(&'static str, &'static str)> {
    let cases = include_str!("refused.txt").split("==== ").skip(1);
    cases.filter_map(|case| case.split_once('\n')).collect()
}

#[test]
fn refused_texts_have_an_error_at_its_line() {
    for (name, text) in cases() {
        let expected = text.lines().position(|line| line.contains(";; HERE")).unwrap() + 1;
        let errors = Assembler::new().object(true).assemble(text).unwrap_err();
        let lines: Vec<usize> = errors
            .with_positions()
            .filter(|(diagnostic, _)| diagnostic.is_error())
            .map(|(_, at)| at.line as usize)
            .collect();
        assert_eq!(lines.first(), Some(&expected), "{name}: {errors}");
        assert_eq!(lines.len(), 1 + usize::from(WITH_MORE.contains(&name)), "{name}: {errors}");
    }
}

#[test]
fn messages_of_refused_texts_are_helpful() {
    let mut found = String::new();
    for (name, text) in cases() {
        writeln!(found, "==== {name}").unwrap();
        let errors = Assembler::new().object(true).assemble(text).unwrap_err();
        for (diagnostic, at) in errors.with_positions() {
            let quoted = &text[diagnostic.span.range()];
            writeln!(
                found,
                "{}:{} `{quoted}`: {} [{}]",
                at.line, at.column, diagnostic.message, diagnostic.code
            )
            .unwrap();
            for label in &diagnostic.labels {
                writeln!(found, "  `{}`: {}", &text[label.span.range()], label.message).unwrap();
            }
            for note in &diagnostic.notes {
                writeln!(found, "  = {note}").unwrap();
            }
            for suggestion in &diagnostic.suggestions {
                let edits: Vec<&str> =
                    suggestion.edits.iter().map(|edit| edit.replacement.as_str()).collect();
                writeln!(found, "  help: {}: {}", suggestion.message, edits.join(" ")).unwrap();
            }
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/linking/refused.out");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&file, &found).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap_or_default(), found);
}
