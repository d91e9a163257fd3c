//! The options that the subcommands share: features, warnings and threads.

use super::lints::LintArgs;
use super::stdout;
use crate::assembler::Assembler;
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
    #[command(flatten)]
    lints: LintArgs,
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
        self.lints.apply(assembler)
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
