//! The options for warnings: `--warn`, `--allow` and `--deny`, in the order in which they are given.

use super::foreign;
use crate::assembler::Assembler;
use crate::diagnostic::{Lint, UnknownWarning, WarningGroup, Warnings};
use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, ArgMatches, Args, Command, Error, FromArgMatches};
use std::ffi::OsStr;
use std::str::FromStr;

/// The options, as clap parses them.
#[derive(clap::Args)]
struct Options {
    /// Report a warning: a code such as W0012, or one of the groups `all`, `default`, `unused` and `suspicious`
    ///
    /// A code has precedence over a group, and a small group over a large one; otherwise the last option counts.
    #[arg(short = 'W', long, value_name = "CODE", value_delimiter = ',', help_heading = "Diagnostics")]
    #[arg(value_parser = ChoiceParser, hide_possible_values = true)]
    warn: Vec<Choice>,
    /// Report a warning or group as an error; `warnings` means all warnings that are not allowed
    #[arg(short = 'D', long, value_name = "CODE", value_delimiter = ',', help_heading = "Diagnostics")]
    #[arg(value_parser = ChoiceParser, hide_possible_values = true)]
    deny: Vec<Choice>,
    /// Suppress a warning or group
    #[arg(short = 'A', long, value_name = "CODE", value_delimiter = ',', help_heading = "Diagnostics")]
    #[arg(value_parser = ChoiceParser, hide_possible_values = true)]
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

/// Parses the argument of an option for warnings.
#[derive(Clone)]
struct ChoiceParser;

impl TypedValueParser for ChoiceParser {
    type Value = Choice;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<Choice, Error> {
        Choice::from_str.parse_ref(command, arg, value)
    }

    /// The values, for completions.
    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let codes = Lint::ALL.iter().map(|lint| lint.code());
        let codes = codes.map(|code| PossibleValue::new(code.as_str()).help(code.summary()));
        let groups = WarningGroup::ALL.into_iter().map(|group| PossibleValue::new(group.as_str()));
        Some(Box::new(codes.chain(groups).chain([PossibleValue::new("warnings")])))
    }
}

impl FromStr for Choice {
    type Err = String;

    fn from_str(text: &str) -> Result<Choice, String> {
        if text == "warnings" {
            return Ok(Choice::Reported);
        }
        text.parse().map(Choice::Of).map_err(|error: UnknownWarning| match foreign::advice_on_warning(text) {
            Some(advice) => format!("{error}; {advice}"),
            None => error.to_string(),
        })
    }
}
