//! `gcwat completions`

use super::message;
use super::status::Status;
use clap_complete::Shell;
use std::io::{self, Write};

/// Print a completion script for a shell
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  gcwat completions bash > ~/.local/share/bash-completion/completions/gcwat
  gcwat completions zsh > ~/.zfunc/_gcwat
  gcwat completions fish > ~/.config/fish/completions/gcwat.fish")]
pub(super) struct Args {
    /// Shell to generate the script for
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

pub(super) fn run(args: &Args, mut command: clap::Command) -> Status {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "gcwat", &mut script);
    let mut stdout = io::stdout().lock();
    match stdout.write_all(&script).and_then(|()| stdout.flush()) {
        Ok(()) => Status::Success,
        Err(error) => {
            message::error(format_args!("cannot write standard output: {error}"));
            Status::Failure
        }
    }
}
