//! An addition to the completion script of clap_complete for fish, which completes neither the values of positional
//! arguments nor files in place of a subcommand.

use clap::Command;
use std::fmt::Write;

/// Returns the lines to add to the script.
pub(super) fn supplement(command: &Command) -> String {
    let mut lines = String::from("complete -c gcwat -n \"__fish_gcwat_needs_command\" -F\n");
    for subcommand in command.get_subcommands() {
        let Some(positional) = subcommand.get_positionals().next() else { continue };
        for value in positional.get_possible_values() {
            let name = subcommand.get_name();
            let help = value.get_help().map(ToString::to_string).unwrap_or_default();
            let _ = writeln!(
                lines,
                "complete -c gcwat -n \"__fish_gcwat_using_subcommand {name}\" -f -a {} -d {}",
                quoted(value.get_name()),
                quoted(&help),
            );
        }
    }
    lines
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}
