//! The command line: clap, the file system and the terminal live here and nowhere else.

mod artifact;
mod assemble;
mod buffer;
mod check;
mod completions;
mod depfile;
mod destination;
mod diff;
mod disassemble;
mod explain;
mod input;
mod man;
mod options;
mod place;
mod plan;
mod progress;
mod replace;
mod report;
mod script;

use crate::escape;
use clap::{Parser, Subcommand};

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
    print_line("error", message);
}

/// Prints what may not be as it was meant. If nobody can read it, there is nothing to do about that.
fn remark(message: std::fmt::Arguments<'_>) {
    print_line("warning", message);
}

/// Prints one line, whatever is in the names and texts that it quotes.
fn print_line(level: &str, message: std::fmt::Arguments<'_>) {
    use std::io::Write;
    let message = message.to_string();
    let message = escape::line(&message);
    let _ = progress::aside(|| writeln!(std::io::stderr(), "{level}: {message}"));
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

    fn status(self) -> u8 {
        match self {
            Outcome::Fine => 0,
            Outcome::Wrong => 1,
            Outcome::Usage => 2,
        }
    }
}

/// Parses the command line of the process, or ends it with a message.
fn parse() -> Cli {
    Cli::try_parse().unwrap_or_else(|error| {
        // The message quotes arguments, so it is made of arguments without unsafe characters.
        let args = std::env::args_os().map(|arg| escape::line(&arg.to_string_lossy()).into_owned());
        Cli::try_parse_from(args).err().unwrap_or(error).exit()
    })
}

/// Runs the command line of the process, and says what its exit status is.
pub fn main() -> u8 {
    let outcome = match parse().command {
        Command::Assemble(args) => assemble::run(&args),
        Command::Disassemble(args) => disassemble::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Script(args) => script::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    };
    outcome.status()
}
