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

    fn status(self) -> u8 {
        match self {
            Outcome::Fine => 0,
            Outcome::Wrong => 1,
            Outcome::Usage => 2,
        }
    }
}

/// What was given, if that is to assemble a text in a usual way. To know all commands and options, and what to say of
/// mistakes, takes a fifth of the time of a small text.
fn usual_command() -> Option<Command> {
    let words: Vec<_> = std::env::args_os().skip(1).collect();
    let (command, words) = words.split_first()?;
    if command != "assemble" {
        return None;
    }
    assemble::Args::of_usual(words).map(Command::Assemble)
}

/// Runs the command line of the process, and says what its exit status is.
pub fn main() -> u8 {
    let outcome = match usual_command().unwrap_or_else(|| Cli::parse().command) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::OsString;

    /// The words of a line.
    fn words(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn usual_words_stand_for_what_they_do_otherwise() {
        let lines = [
            "a.wat",
            "a.wat -o b",
            "-o b a.wat",
            "é.wat -o é/b.c",
            "-g --no-validate --threads 3 a.wat -o b",
            "--threads 1 a.wat --no-validate -g",
            "a --threads +2",
        ];
        for line in lines {
            let all = Cli::parse_from(words("gcwat assemble").into_iter().chain(words(line)));
            let Command::Assemble(all) = all.command else { panic!("{line}") };
            assert!(assemble::Args::of_usual(&words(line)).is_some_and(|usual| usual == all), "{line}");
        }
    }

    #[test]
    fn words_that_are_more_or_wrong_are_not_usual() {
        let lines = [
            "",
            "-",
            "--help",
            "a --",
            "-o b",
            "-g",
            "a -o",
            "a -o -",
            "a -o --check",
            "a -o ",
            "a b",
            "a -o b c",
            "- -o a",
            "a -o b -o c",
            "a -g -g",
            "a --no-validate --no-validate",
            "a --threads",
            "a --threads x",
            "a --threads -1",
            "a --threads 0",
            "a --threads 1 --threads 2",
            "a --threads=2",
            "a -ob",
            "a --names",
            "a --output b",
        ];
        for line in lines {
            assert!(assemble::Args::of_usual(&words(line)).is_none(), "{line}");
        }
    }
}
