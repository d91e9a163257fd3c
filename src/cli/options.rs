//! The options that the subcommands share: features, warnings and threads.

use super::stdout;
use crate::assembler::Assembler;
use crate::diagnostic::{Lint, UnknownLint};
use crate::features::Features;
use clap::builder::{PossibleValue, TypedValueParser};
use std::ffi::OsStr;
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
    #[arg(short, long, value_name = "LIST", allow_hyphen_values = true)]
    #[arg(value_parser = FeatureList, hide_possible_values = true)]
    features: Vec<String>,
    /// Maximum number of threads; 0 is one per core
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(super) threads: usize,
    /// Report a warning as an error; `warnings` means all warnings that are not allowed
    #[arg(short = 'D', long, value_name = "CODE", value_delimiter = ',', help_heading = "Diagnostics")]
    #[arg(value_parser = WarningParser, hide_possible_values = true)]
    deny: Vec<Warning>,
    /// Suppress a warning
    #[arg(short = 'A', long, value_name = "CODE", value_delimiter = ',', help_heading = "Diagnostics")]
    #[arg(value_parser = WarningParser, hide_possible_values = true)]
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
            std::process::exit(stdout::print(Features::help().as_bytes()).code().into());
        }
        let check = |list: &str| Features::from_str(list).map(|_| list.to_owned());
        check.parse_ref(command, arg, value)
    }

    /// The names in a list, for completions.
    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Features::names().map(|(name, summary)| PossibleValue::new(name).help(summary))))
    }
}

/// Parses a code of a warning, or `warnings`.
#[derive(Clone)]
struct WarningParser;

impl TypedValueParser for WarningParser {
    type Value = Warning;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<Warning, clap::Error> {
        Warning::from_str.parse_ref(command, arg, value)
    }

    /// The values, for completions.
    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let codes = Lint::ALL.iter().map(|lint| lint.code());
        let codes = codes.map(|code| PossibleValue::new(code.as_str()).help(code.summary()));
        Some(Box::new(codes.chain([PossibleValue::new("warnings").help("All warnings.")])))
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
