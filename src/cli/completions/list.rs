//! The options that take a list with commas, such as `-f wasm2,gc`.

use clap::{Arg, Command};

/// Returns the options of all subcommands that take a list, each with its name.
pub(super) fn options(command: &Command) -> impl Iterator<Item = (&Arg, &str)> {
    command.get_subcommands().flat_map(of_command)
}

/// Returns the options of one command that take a list, each with its name.
pub(super) fn of_command(command: &Command) -> impl Iterator<Item = (&Arg, &str)> {
    command
        .get_opts()
        .filter(|option| {
            // The names of features are separated later, since a list may begin with a minus sign.
            let is_list = option.get_value_delimiter().is_some() || option.get_id() == "features";
            is_list && !option.get_possible_values().is_empty()
        })
        .map(|option| (option, option.get_id().as_str()))
}
