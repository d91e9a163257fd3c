//! `gcwat man`

use super::artifact::Output;
use super::message;
use super::status::Status;
use super::{stdout, version};
use clap::Command;
use clap_mangen::Man;
use std::io::{self, Write};
use std::path::PathBuf;

/// Print a manual page, or write the pages of all commands
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  gcwat man | man -l -
  gcwat man assemble | man -l -
  gcwat man --dir ~/.local/share/man/man1")]
pub(super) struct Args {
    /// Command whose page to print [default: that of gcwat]
    #[arg(value_name = "COMMAND", conflicts_with = "dir", value_parser = COMMANDS)]
    command: Option<String>,
    /// Existing directory for gcwat.1 and a page for each command
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    dir: Option<PathBuf>,
}

const COMMANDS: [&str; 7] = ["assemble", "disassemble", "check", "explain", "script", "completions", "man"];

pub(super) fn run(args: &Args, command: Command) -> Status {
    // There is no page for `help`, and the others must not refer to it.
    let mut command = command.disable_help_subcommand(true);
    // This generates the names and usage of the subcommands.
    command.build();
    let Some(dir) = &args.dir else {
        let page = args.command.as_deref().and_then(|name| command.find_subcommand(name)).unwrap_or(&command);
        let mut text = Vec::new();
        // Writing to memory does not fail.
        let _ = write_page(page, &mut text);
        return stdout::print(&text);
    };
    if !dir.is_dir() {
        let kind = if dir.exists() { io::ErrorKind::NotADirectory } else { io::ErrorKind::NotFound };
        let page = dir.join("gcwat.1");
        message::cannot_write(format_args!("`{}`", page.display()), Some(&page), &kind.into());
        return Status::Failure;
    }
    let commands = std::iter::once(&command).chain(command.get_subcommands());
    Status::of_all(commands.map(|command| {
        let path = dir.join(man_of(command).get_filename());
        Output::text(&path, move |mut out| write_page(command, &mut out)).write()
    }))
}

fn man_of(command: &Command) -> Man {
    let name = command.get_display_name().unwrap_or("gcwat").to_owned();
    Man::new(command.clone().display_name(name)).source(version::line()).manual("gcwat manual")
}

/// Writes a page. The sections after the options are those of the help.
fn write_page(command: &Command, mut out: &mut dyn Write) -> io::Result<()> {
    let man = man_of(command);
    man.render_title(&mut out)?;
    man.render_name_section(&mut out)?;
    man.render_synopsis_section(&mut out)?;
    man.render_description_section(&mut out)?;
    man.render_options_section(&mut out)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut out)?;
    }
    let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    for part in help.split("\n\n") {
        if let Some(examples) = part.strip_prefix("Examples:\n") {
            writeln!(out, ".SH EXAMPLES\n.nf")?;
            for line in examples.lines() {
                writeln!(out, "{}", escaped(line))?;
            }
            writeln!(out, ".fi")?;
        } else if let Some(status) = part.strip_prefix("Exit status: ") {
            writeln!(out, ".SH \"EXIT STATUS\"\n{}", escaped(status))?;
        }
    }
    if command.get_name() != "gcwat" {
        writeln!(out, ".SH \"SEE ALSO\"\n\\fBgcwat\\fR(1)")?;
    }
    Ok(())
}

/// Escapes a line for roff.
fn escaped(line: &str) -> String {
    let line = line.replace('\\', "\\e").replace('-', "\\-");
    if line.starts_with(['.', '\'']) { format!("\\&{line}") } else { line }
}
