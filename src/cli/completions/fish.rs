//! An addition to the completion script of clap_complete for fish, which completes neither the values of positional
//! arguments nor files in place of a subcommand, and only the first item of a list.

use super::list;
use clap::Command;
use std::fmt::Write;

/// Completes the last item of a list, after commas and a minus sign.
const LIST: &str = r#"function __gcwat_list
    set -l token (commandline -ct | string replace -r '^--[^=]*=' '')
    set -l start (string match -r '^(?:.*,)?-?' -- $token)
    test -n "$start"; and printf '%s\n' $start$argv
end
"#;

/// Returns the lines to add to the script.
pub(super) fn supplement(command: &Command) -> String {
    let mut lines = format!("complete -c gcwat -n \"__fish_gcwat_needs_command\" -F\n{LIST}");
    for subcommand in command.get_subcommands() {
        for (option, _) in list::of_command(subcommand) {
            let _ = write!(
                lines,
                "complete -c gcwat -n \"__fish_gcwat_using_subcommand {}\"",
                subcommand.get_name()
            );
            option.get_short().iter().for_each(|short| lines.push_str(&format!(" -s {short}")));
            option.get_long().iter().for_each(|long| lines.push_str(&format!(" -l {long}")));
            let values = option.get_possible_values();
            let names: Vec<&str> = values.iter().map(|value| value.get_name()).collect();
            let _ = writeln!(lines, " -r -f -a '(__gcwat_list {})'", names.join(" "));
        }
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
