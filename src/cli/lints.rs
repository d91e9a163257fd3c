//! The options for warnings: `--warn`, `--allow` and `--deny`, in the order in which they are given.

use crate::assembler::Assembler;
use crate::diagnostic::{WarningGroup, Warnings};
use clap::{ArgMatches, Args, Command, Error, FromArgMatches};
use std::str::FromStr;

/// The options, as clap parses them.
#[derive(clap::Args)]
struct Options {
    /// Report a warning: a code such as W0012, or one of the groups `all`, `default`, `unused` and `suspicious`
    ///
    /// A code has precedence over a group, and a small group over a large one; otherwise the last option counts.
    #[arg(short = 'W', long, value_name = "CODE", value_delimiter = ',', help_heading = "Diagnostics")]
    warn: Vec<Choice>,
    /// Report a warning or group as an error; `warnings` means all warnings that are not allowed
    #[arg(short = 'D', long, value_name = "CODE", value_delimiter = ',', help_heading = "Diagnostics")]
    deny: Vec<Choice>,
    /// Suppress a warning or group
    #[arg(short = 'A', long, value_name = "CODE", value_delimiter = ',', help_heading = "Diagnostics")]
    allow: Vec<Choice>,
}

/// The argument of an option for warnings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    /// All warnings that are reported.
    Reported,
    Of(Warnings),
}

/// What an option does with warnings.
#[derive(Clone, Copy)]
enum Level {
    Warn,
    Deny,
    Allow,
}

/// The settings for warnings, in the order of the command line.
pub(super) struct LintArgs {
    settings: Vec<(Level, Choice)>,
}

impl LintArgs {
    pub(super) fn apply(&self, assembler: Assembler) -> Assembler {
        self.settings.iter().fold(assembler, |assembler, &(level, choice)| match (level, choice) {
            (Level::Warn, Choice::Of(warnings)) => assembler.warn(warnings),
            (Level::Deny, Choice::Of(warnings)) => assembler.deny(warnings),
            (Level::Allow, Choice::Of(warnings)) => assembler.allow(warnings),
            (Level::Warn, Choice::Reported) => assembler.warn(WarningGroup::Default),
            (Level::Deny, Choice::Reported) => assembler.deny_warnings(true),
            (Level::Allow, Choice::Reported) => assembler.allow(WarningGroup::All),
        })
    }
}

impl FromArgMatches for LintArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<LintArgs, Error> {
        let Options { warn, deny, allow } = Options::from_arg_matches(matches)?;
        let placed = |id: &str, level: Level, choices: Vec<Choice>| {
            let places: Vec<usize> = matches.indices_of(id).into_iter().flatten().collect();
            places.into_iter().zip(choices).map(move |(place, choice)| (place, level, choice))
        };
        let mut settings: Vec<(usize, Level, Choice)> = placed("warn", Level::Warn, warn)
            .chain(placed("deny", Level::Deny, deny))
            .chain(placed("allow", Level::Allow, allow))
            .collect();
        settings.sort_by_key(|(place, ..)| *place);
        Ok(LintArgs { settings: settings.into_iter().map(|(_, level, choice)| (level, choice)).collect() })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = LintArgs::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for LintArgs {
    fn augment_args(command: Command) -> Command {
        Options::augment_args(command)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Options::augment_args_for_update(command)
    }
}

impl FromStr for Choice {
    type Err = String;

    fn from_str(text: &str) -> Result<Choice, String> {
        if text == "warnings" {
            return Ok(Choice::Reported);
        }
        text.parse().map(Choice::Of).map_err(|error: crate::diagnostic::UnknownWarning| error.to_string())
    }
}
