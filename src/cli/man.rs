//! `gcwat man`

use super::artifact::Output;
use super::message;
use super::status::Status;
use clap_mangen::Man;
use std::io::{self, Write};
use std::path::PathBuf;

/// Print the manual page, or write the pages of all commands
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  gcwat man | man -l -
  gcwat man --dir ~/.local/share/man/man1")]
pub(super) struct Args {
    /// Existing folder in which to write gcwat.1 and a page for each command
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

pub(super) fn run(args: &Args, mut command: clap::Command) -> Status {
    // This generates the names and usage of the subcommands.
    command.build();
    let Some(dir) = &args.dir else {
        let mut stdout = io::stdout().lock();
        return match Man::new(command).render(&mut stdout).and_then(|()| stdout.flush()) {
            Ok(()) => Status::Success,
            Err(error) => {
                message::error(format_args!("cannot write standard output: {error}"));
                Status::Failure
            }
        };
    };
    let commands = std::iter::once(&command).chain(command.get_subcommands());
    Status::of_all(commands.filter(|command| command.get_name() != "help").map(|command| {
        let man =
            Man::new(command.clone().display_name(command.get_display_name().unwrap_or("gcwat").to_owned()));
        let path = dir.join(man.get_filename());
        Output::text(&path, move |mut out| man.render(&mut out)).write()
    }))
}
