//! Changes the completion script of clap_complete for zsh, which completes only the first item of a list of values.

use super::list;
use clap::{Arg, Command};
use std::fmt::Write;

/// Returns the script of clap_complete with a function for each option that takes a list.
pub(super) fn with_lists(mut script: String, command: &Command) -> String {
    let mut functions = String::new();
    for (option, id) in list::options(command) {
        let name = format!("_gcwat_list_{id}");
        if !functions.contains(&format!("{name}()")) {
            write_function(&mut functions, &name, option);
        }
        let long = option.get_long().map(|long| format!("--{long}=["));
        let short = option.get_short().map(|short| format!("-{short}+["));
        for start in [long, short].into_iter().flatten() {
            script = with_action(&script, &start, &name);
        }
    }
    // The script begins with `_gcwat()`, which is called at its end.
    match script.find("_gcwat() {") {
        Some(at) => script.insert_str(at, &functions),
        None => script.push_str(&functions),
    }
    script
}

/// Writes the function that completes the last item of a list, after commas and a minus sign.
fn write_function(out: &mut String, name: &str, option: &Arg) {
    let _ = writeln!(out, "{name}() {{\n    local -a items=(");
    for value in option.get_possible_values() {
        let help = value.get_help().map(ToString::to_string).unwrap_or_default();
        let item = if help.is_empty() {
            value.get_name().to_owned()
        } else {
            format!("{}:{help}", value.get_name())
        };
        let _ = writeln!(out, "        '{}'", item.replace('\'', r"'\''"));
    }
    out.push_str("    )\n    compset -P '*,'\n    compset -P '-'\n    _describe -t values 'item of the list' items\n}\n\n");
}

/// Replaces the values of the options that are written as `start` by a call of the function `name`.
fn with_action(script: &str, start: &str, name: &str) -> String {
    let mut parts = script.split(start);
    let mut made = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        made.push_str(start);
        // The values end the argument: `help]:LIST:((wasm1\:"help" wasm2))' \`, or `help]:CODE:(W0001 W0002)' \`.
        let end = part.find("' \\\n").unwrap_or(part.len());
        match part[..end].find(":(") {
            Some(at) => made.extend([&part[..=at], name, &part[end..]]),
            None => made.push_str(part),
        }
    }
    made
}
