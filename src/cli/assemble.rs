//! `gcwat assemble`

use super::input::{self, TextArgs};
use super::output::{self, Destination};
use super::report::{ReportArgs, Stdout};
use super::rules::RuleArgs;
use super::{Outcome, complain};
use crate::Assembler;
use std::path::{Path, PathBuf};

/// Assemble text into the binary format
///
/// Each FILE is assembled beside itself, with the extension .wasm; standard input goes to standard
/// output. Binary is never written to a terminal. A file is replaced as a whole or not at all.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  gcwat assemble trampoline.wat
  gcwat assemble -g --no-validate draft.wat -o - | wasm-objdump -x -
  gcwat assemble -f wasm2 plugin.wat       only what version 2 of WebAssembly has")]
pub(super) struct Args {
    #[command(flatten)]
    texts: TextArgs,
    /// Where to write; `-` is standard output
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Write a name section
    #[arg(short = 'g', long = "names", visible_alias = "debug-names")]
    names: bool,
    /// Do not ask whether the module is valid
    #[arg(long)]
    no_validate: bool,
    /// How many threads to use at most; 0 for one per core
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    threads: usize,
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    report: ReportArgs,
}

pub(super) fn run(args: &Args) -> Outcome {
    let files = &args.texts.files;
    if args.output.is_some() && files.len() > 1 {
        complain(format_args!("`--output` takes only one FILE; without it each is assembled beside itself"));
        return Outcome::Usage;
    }
    let mut assembler = args.rules.assembler();
    assembler.names(args.names).validate(!args.no_validate).threads(args.threads);
    Outcome::of_all(files.iter().map(|file| assemble(&assembler, args, file)))
}

fn assemble(assembler: &Assembler, args: &Args, file: &Path) -> Outcome {
    let is_stdin = input::is_stdin(file);
    let destination = match &args.output {
        Some(output) if output == Path::new("-") => Destination::Stdout,
        Some(output) => Destination::File(output.clone()),
        None if is_stdin => Destination::Stdout,
        None => Destination::File(file.with_extension("wasm")),
    };
    let name = args.texts.name_of(file);
    let Some(text) = args.texts.read(file) else { return Outcome::Wrong };
    if !is_stdin && destination.is_same_file(file) {
        complain(format_args!("`{name}` is the input and cannot be the output too"));
        return Outcome::Wrong;
    }
    let stdout = match destination {
        Destination::Stdout => Stdout::Taken,
        Destination::File(_) => Stdout::Free,
    };
    match assembler.assemble_bytes(&text) {
        Ok(assembled) => {
            args.report.show(&name, &text, assembled.warnings(), stdout);
            match output::write(&destination, assembled.bytes()) {
                Ok(()) => Outcome::Fine,
                Err(error) => {
                    complain(format_args!("cannot write {destination}: {error}"));
                    Outcome::Wrong
                }
            }
        }
        Err(diagnostics) => {
            args.report.show(&name, &text, &diagnostics, stdout);
            Outcome::Wrong
        }
    }
}
