//! The command line. No other module uses the file system or the terminal.

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
mod lints;
mod man;
mod message;
mod options;
mod place;
mod plan;
mod progress;
mod replace;
mod report;
mod script;
mod status;

use crate::escape;
use clap::{Parser, Subcommand};

/// A standalone WebAssembly assembler
///
/// Assembles the text format into exact bytes, with all of WebAssembly 3.0 and wasm-gc.
#[derive(Parser)]
#[command(name = "gcwat", version, max_term_width = 100, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  gcwat assemble trampoline.wat            write trampoline.wasm next to it
  gcwat assemble trampoline.wat -o out.wasm -g
  gcwat assemble a.wat b.wat c.wat         write a.wasm, b.wasm and c.wasm
  gcwat assemble - < in.wat > out.wasm     from standard input to standard output
  gcwat assemble trampoline.wat --emit c   write trampoline.h, to embed it in a program
  gcwat disassemble trampoline.wasm        print text that assembles to the same bytes
  gcwat check trampoline.wat               only report errors and warnings
  gcwat explain E0301                      explain an error, with examples

Exit status: 0 success, 1 an error in a source text or a file, 2 an error in the command line.";

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

/// Returns the definition of the command line, for generated files.
fn command() -> clap::Command {
    <Cli as clap::CommandFactory>::command()
}

/// Parses the command line of the process. On an error, prints a message and exits.
fn parse() -> Cli {
    Cli::try_parse().unwrap_or_else(|error| {
        // The message quotes arguments, so their unsafe characters are escaped.
        let args = std::env::args_os().map(|arg| escape::line(&arg.to_string_lossy()).into_owned());
        Cli::try_parse_from(args).err().unwrap_or(error).exit()
    })
}

/// Runs the command line of the process. Returns its exit status.
pub fn main() -> u8 {
    let status = match parse().command {
        Command::Assemble(args) => assemble::run(&args),
        Command::Disassemble(args) => disassemble::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Script(args) => script::run(&args),
        Command::Completions(args) => completions::run(&args, command()),
        Command::Man(args) => man::run(&args, command()),
    };
    status.code()
}
