//! `gcwat completions`

mod bash;
mod fish;
mod list;
mod zsh;

use super::status::Status;
use super::stdout;
use clap_complete::Shell;

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
    match args.shell {
        Shell::Bash => script = bash::script(command).into_bytes(),
        Shell::Fish => {
            clap_complete::generate(Shell::Fish, &mut command, "gcwat", &mut script);
            script.extend(fish::supplement(&command).into_bytes());
        }
        Shell::Zsh => {
            clap_complete::generate(Shell::Zsh, &mut command, "gcwat", &mut script);
            script = zsh::with_lists(String::from_utf8_lossy(&script).into_owned(), &command).into_bytes();
        }
        shell => clap_complete::generate(shell, &mut command, "gcwat", &mut script),
    }
    stdout::print(&script)
}
