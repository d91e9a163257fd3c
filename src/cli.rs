//! The command line. No other module uses the file system or the terminal.

mod artifact;
mod assemble;
mod buffer;
mod check;
mod code;
mod completions;
mod console;
mod depfile;
mod destination;
mod diff;
mod disassemble;
mod explain;
mod failure;
mod foreign;
mod input;
mod lints;
mod man;
mod message;
mod options;
mod page;
mod place;
mod plan;
mod progress;
mod replace;
mod report;
mod script;
mod status;
mod stdout;
mod timing;
mod version;

use crate::escape;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Parser, Subcommand};
use console::Console;
use status::Status;
use std::ffi::OsString;
use std::path::Path;

/// A standalone WebAssembly assembler
///
/// Assembles the text format into exact bytes, with all of WebAssembly 3.0 and wasm-gc. Without a COMMAND, FILEs are
/// assembled.
#[derive(Parser)]
#[command(name = "gcwat", disable_version_flag = true, max_term_width = 100, after_help = EXAMPLES)]
#[command(arg_required_else_help = true, override_usage = USAGE)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// Print the version; with `--verbose`, also the features, the target and the compiler
    #[arg(short = 'V', long)]
    version: bool,
    #[command(flatten)]
    console: Console,
}

const USAGE: &str = "\
gcwat [OPTIONS] <COMMAND>
       gcwat [OPTIONS] <FILE>...    the same as `gcwat assemble`";

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

/// Parses the command line of the process.
///
/// # Errors
///
/// Returns the exit status after printing a message or the requested help.
fn parse() -> Result<Cli, Status> {
    let args: Vec<OsString> = std::env::args_os().collect();
    let error = match Cli::try_parse_from(&args) {
        Ok(cli) => return Ok(cli),
        Err(error) => error,
    };
    let word = text_of(&error, ContextKind::InvalidSubcommand);
    if is_assemble(&args, &error, word.as_deref()) {
        let args = with_assemble(&args);
        return Cli::try_parse_from(&args).map_err(|error| explain_error(error, None, &args));
    }
    Err(explain_error(error, word, &args))
}

/// Prints the message about a command line, with advice if it is meant for another tool.
fn explain_error(error: clap::Error, word: Option<String>, args: &[OsString]) -> Status {
    let option =
        text_of(&error, ContextKind::InvalidArg).and_then(|option| foreign::advice_on_option(&option));
    let is_similar = error.get(ContextKind::SuggestedSubcommand).is_some();
    let advice = |word: &String| foreign::advice(word).or_else(|| no_file(word, is_similar));
    match word.as_ref().and_then(advice).or(option) {
        Some(advice) => show(command().error(error.kind(), escape::line(&advice)), &[]),
        None => show(error, args),
    }
}

/// Returns the message for a first argument that is neither a subcommand nor a file. Returns `None` if it is similar to a
/// subcommand only.
fn no_file(word: &str, is_similar: bool) -> Option<String> {
    let text = format!("{word}.wat");
    if Path::new(&text).is_file() {
        return Some(format!("unrecognized subcommand '{word}'; did you mean the file `{text}`?"));
    }
    (!is_similar).then(|| format!("unrecognized subcommand '{word}', and there is no file with this name"))
}

/// Returns the word of the command line that an error is about.
fn text_of(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind) {
        Some(ContextValue::String(word)) => Some(word.clone()),
        _ => None,
    }
}

/// Whether `assemble` was omitted: the first argument is a file, or an option of `assemble` before a file.
fn is_assemble(args: &[OsString], error: &clap::Error, word: Option<&str>) -> bool {
    match word {
        Some(word) => {
            word == "-" || word.contains(['.', '/', std::path::MAIN_SEPARATOR]) || Path::new(word).is_file()
        }
        None => {
            let definition = command();
            let is_subcommand = |arg: &OsString| definition.find_subcommand(arg).is_some();
            error.kind() == ErrorKind::UnknownArgument
                && !args.iter().skip(1).any(is_subcommand)
                && Cli::try_parse_from(with_assemble(args)).is_ok()
        }
    }
}

/// Adds the subcommand `assemble`. The options before a subcommand are also allowed after it.
fn with_assemble(args: &[OsString]) -> Vec<OsString> {
    let mut args = args.to_vec();
    args.insert(args.len().min(1), "assemble".into());
    args
}

/// Prints the message about a command line, or the requested help. Returns the exit status.
fn show(error: clap::Error, args: &[OsString]) -> Status {
    // The message quotes arguments, so their unsafe characters are escaped.
    let args = args.iter().map(|arg| escape::line(&arg.to_string_lossy()).into_owned());
    let error =
        Cli::try_parse_from(args).err().filter(|escaped| escaped.kind() == error.kind()).unwrap_or(error);
    let printed = error.print();
    match error.use_stderr() {
        true => Status::Usage,
        false => stdout::status_of(printed),
    }
}

/// Runs the command line of the process. Returns its exit status.
pub fn main() -> u8 {
    run().unwrap_or_else(|status| status).code()
}

fn run() -> Result<Status, Status> {
    let Cli { command: subcommand, version, console } = parse()?;
    if version {
        return Ok(version::print(&console));
    }
    Ok(match subcommand {
        Some(Command::Assemble(args)) => assemble::run(&args, &console),
        Some(Command::Disassemble(args)) => disassemble::run(&args, &console),
        Some(Command::Check(args)) => check::run(&args, &console),
        Some(Command::Explain(args)) => explain::run(&args, &console),
        Some(Command::Script(args)) => script::run(&args, &console),
        Some(Command::Completions(args)) => completions::run(&args, command()),
        Some(Command::Man(args)) => man::run(&args, command()),
        None => {
            let message = "a subcommand or a file is required";
            show(command().error(ErrorKind::MissingSubcommand, message), &[])
        }
    })
}
