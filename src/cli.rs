//! The command line: clap, the file system and the terminal live here and nowhere else.

mod assemble;
mod check;
mod compare;
mod completions;
mod disassemble;
mod explain;
mod input;
mod man;
mod output;
mod outputs;
mod progress;
mod report;
mod rules;
mod script;

use clap::{Args, FromArgMatches, Parser, Subcommand};
use std::process::ExitCode;

/// A standalone WebAssembly assembler: text in, exact bytes out, with all of wasm-gc.
#[derive(Parser)]
#[command(name = "gcwat", version, max_term_width = 100, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  gcwat assemble trampoline.wat            write trampoline.wasm beside it
  gcwat assemble trampoline.wat -o out.wasm -g
  gcwat assemble a.wat b.wat c.wat         write a.wasm, b.wasm and c.wasm
  gcwat assemble - < in.wat > out.wasm     from standard input to standard output
  gcwat assemble trampoline.wat --emit c   write trampoline.h, to embed it in a program
  gcwat disassemble trampoline.wasm        print text that assembles to the same bytes
  gcwat check trampoline.wat               only say what is wrong
  gcwat explain E0301                      more about an error, with examples

Exit status: 0 fine, 1 something is wrong with the text or a file, 2 the command line is wrong.";

#[derive(Subcommand)]
enum Command {
    Assemble(assemble::Args),
    Disassemble(disassemble::Args),
    Check(check::Args),
    Explain(explain::Args),
    Script(script::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// The command line, for what is generated from it.
fn command() -> clap::Command {
    <Cli as clap::CommandFactory>::command()
}

/// Prints a message about something that is not in a text. If nobody can read it, there is nothing to
/// do about that.
fn complain(message: std::fmt::Arguments<'_>) {
    use std::io::Write;
    let _ = progress::aside(|| writeln!(std::io::stderr(), "error: {message}"));
}

/// Prints what may not be as it was meant. If nobody can read it, there is nothing to do about that.
fn remark(message: std::fmt::Arguments<'_>) {
    use std::io::Write;
    let _ = progress::aside(|| writeln!(std::io::stderr(), "warning: {message}"));
}

/// How a command ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Fine,
    Wrong,
    Usage,
}

impl Outcome {
    /// What the outcomes of several files are together: fine, if all are. Every file gets its turn.
    fn of_all(outcomes: impl Iterator<Item = Outcome>) -> Outcome {
        outcomes.fold(Outcome::Fine, |all, one| if all == Outcome::Fine { one } else { all })
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(match outcome {
            Outcome::Fine => 0,
            Outcome::Wrong => 1,
            Outcome::Usage => 2,
        })
    }
}

/// What was given, if that is `assemble` with arguments that are right. To know all commands, and what to say of
/// mistakes, takes a tenth of the time of a small text.
fn usual_command() -> Option<Command> {
    let mut words = std::env::args_os().skip(1);
    if words.next()? != "assemble" {
        return None;
    }
    let command = clap::Command::new("assemble").no_binary_name(true).disable_help_flag(true);
    let matches = assemble::Args::augment_args(command).try_get_matches_from(words).ok()?;
    assemble::Args::from_arg_matches(&matches).ok().map(Command::Assemble)
}

/// Runs the command line of the process.
pub fn main() -> ExitCode {
    let outcome = match usual_command().unwrap_or_else(|| Cli::parse().command) {
        Command::Assemble(args) => assemble::run(&args),
        Command::Disassemble(args) => disassemble::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Script(args) => script::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    };
    outcome.into()
}
