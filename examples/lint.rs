//! A linter for texts: prints one JSON object for each file, with the diagnostics as gcwat serializes them. Needs the
//! feature `serde`.
//!
//! ```sh
//! cargo run --features serde --example lint -- corpus/*.wat
//! ```

use gcwat::{Assembler, Features, Lint, WarningGroup};
use serde_json::json;
use std::io::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        eprintln!("usage: lint FILE...");
        return ExitCode::from(2);
    }
    match run(&files, &mut io::stdout().lock()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// Checks the files, and writes the results to `out`. Returns whether all files comply with the rules.
pub fn run(files: &[String], out: &mut dyn Write) -> io::Result<bool> {
    // The rules of a project: the standard only, all warnings, and nothing unused but parameters.
    let rules = Assembler::new()
        .features(Features::WASM3)
        .strict(true)
        .warn(WarningGroup::All)
        .deny(WarningGroup::Unused)
        .allow(Lint::UnusedParameter);
    let mut complies = true;
    for file in files {
        let text =
            std::fs::read(file).map_err(|error| io::Error::new(error.kind(), format!("{file}: {error}")))?;
        // A text that is not UTF-8 gets a diagnostic, too.
        let diagnostics = rules.check_bytes(&text);
        complies &= !diagnostics.has_errors();
        writeln!(out, "{}", json!({ "file": file, "diagnostics": diagnostics }))?;
    }
    Ok(complies)
}
