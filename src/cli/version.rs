//! `gcwat --version`

use super::console::Console;
use super::status::Status;
use super::stdout;
use crate::features::Features;
use std::fmt::Write;

/// The number of digits of a commit that are enough to find it.
const DIGITS: usize = 10;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The commit of the source, if it is known.
const COMMIT: Option<&str> = option_env!("GCWAT_COMMIT");

/// Returns the line of `--version`.
pub(super) fn line() -> String {
    match COMMIT {
        Some(commit) => format!("gcwat {VERSION} ({})", commit.get(..DIGITS).unwrap_or(commit)),
        None => format!("gcwat {VERSION}"),
    }
}

/// Prints the version; with `--verbose`, also the build.
pub(super) fn print(console: &Console) -> Status {
    let mut text = format!("{}\n", line());
    if console.verbose {
        let known = |fact: Option<&'static str>| fact.unwrap_or("unknown");
        let facts = [
            ("commit", known(COMMIT)),
            ("target", known(option_env!("GCWAT_TARGET"))),
            ("compiler", known(option_env!("GCWAT_COMPILER"))),
            ("dependencies", known(option_env!("GCWAT_DEPENDENCIES"))),
            ("profile", if cfg!(debug_assertions) { "debug" } else { "release" }),
        ];
        for (name, fact) in facts {
            let _ = writeln!(text, "{name}: {fact}");
        }
        let features: Vec<&str> = Features::default().allowed_names().collect();
        let _ = writeln!(text, "features: {}", features.join(", "));
    }
    stdout::print(text.as_bytes())
}
