//! The options that the subcommands share: features, warnings and threads.

use crate::assembler::Assembler;
use crate::diagnostic::{Lint, UnknownLint};
use crate::features::Features;
use clap::builder::TypedValueParser;
use std::ffi::OsStr;
use std::io::{self, Write};
use std::str::FromStr;

/// The options of the assembler.
#[derive(clap::Args)]
pub(super) struct RuleArgs {
    /// Report extensions of the standard text format as errors
    #[arg(long)]
    strict: bool,
    /// Features that the module may use: a list such as `wasm2`, `wasm3,threads` or `-gc`
    ///
    /// All features are enabled by default. A list that begins with a group such as `wasm2` enables only the listed
    /// features; any other list adds to the default or, with a minus sign, removes from it. A second list continues the
    /// first. `help` prints the names of all features and groups.
    #[arg(short, long, value_name = "LIST", allow_hyphen_values = true, value_parser = FeatureList)]
    features: Vec<String>,
    /// Maximum number of threads; 0 is one per core
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(super) threads: usize,
    /// Report a warning as an error; `warnings` means all warnings that are not allowed
    #[arg(short = 'D', long, value_name = "CODE", value_delimiter = ',', help_heading = "Diagnostics")]
    deny: Vec<Warning>,
    /// Suppress a warning
    #[arg(short = 'A', long, value_name = "CODE", value_delimiter = ',', help_heading = "Diagnostics")]
    allow: Vec<Warning>,
}

impl RuleArgs {
    /// Creates an assembler with these options.
    pub(super) fn assembler(&self) -> Assembler {
        let mut assembler = Assembler::new().strict(self.strict).threads(self.threads);
        if let Ok(features) = self.features.join(",").parse()
            && !self.features.is_empty()
        {
            assembler = assembler.features(features);
        }
        for warning in &self.deny {
            assembler = match warning {
                Warning::One(lint) => assembler.deny(*lint),
                Warning::All => assembler.deny_warnings(true),
            };
        }
        // A code has precedence over `warnings`.
        for warning in &self.allow {
            assembler = match warning {
                Warning::One(lint) => assembler.allow(*lint),
                Warning::All => {
                    let lints = Lint::ALL.iter().filter(|lint| !self.denies(**lint));
                    lints.fold(assembler, |assembler, lint| assembler.allow(*lint))
                }
            };
        }
        assembler
    }

    fn denies(&self, lint: Lint) -> bool {
        self.deny.contains(&Warning::One(lint))
    }
}

/// Parses a list of features. `help` prints all names.
#[derive(Clone)]
struct FeatureList;

impl TypedValueParser for FeatureList {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        if value == "help" {
            // Like `--help` of clap, this works without the required arguments.
            let _ = io::stdout().write_all(Features::help().as_bytes());
            std::process::exit(0);
        }
        let check = |list: &str| Features::from_str(list).map(|_| list.to_owned());
        check.parse_ref(command, arg, value)
    }
}

/// The argument of `--deny` and `--allow`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Warning {
    All,
    One(Lint),
}

impl FromStr for Warning {
    type Err = UnknownLint;

    fn from_str(text: &str) -> Result<Warning, UnknownLint> {
        if text == "warnings" {
            return Ok(Warning::All);
        }
        Lint::from_str(text).map(Warning::One)
    }
}
