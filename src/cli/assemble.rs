//! `gcwat assemble`

use super::output::{self, Destination};
use super::{Outcome, complain, input, report};
use crate::{Assembler, Features};
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
    /// The texts; `-` is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    files: Vec<PathBuf>,
    /// Where to write; `-` is standard output
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Write a name section
    #[arg(short = 'g', long = "names", visible_alias = "debug-names")]
    names: bool,
    /// Do not ask whether the module is valid
    #[arg(long)]
    no_validate: bool,
    /// Refuse what goes beyond the standard text format
    #[arg(long)]
    strict: bool,
    /// What the module may use: all by default; a list such as `wasm2`, `wasm3,threads` or `-gc`
    #[arg(short, long, value_name = "LIST", allow_hyphen_values = true)]
    features: Option<Features>,
    /// How many threads to use at most; 0 for one per core
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    threads: usize,
    /// What to call standard input in diagnostics
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<String>,
}

pub(super) fn run(args: &Args) -> Outcome {
    if args.output.is_some() && args.files.len() > 1 {
        complain(format_args!("`--output` takes only one FILE; without it each is assembled beside itself"));
        return Outcome::Usage;
    }
    let mut assembler = Assembler::new();
    assembler.names(args.names).validate(!args.no_validate).strict(args.strict).threads(args.threads);
    if let Some(features) = args.features {
        assembler.features(features);
    }
    let mut outcome = Outcome::Fine;
    for file in &args.files {
        if assemble(&assembler, args, file) != Outcome::Fine {
            outcome = Outcome::Wrong;
        }
    }
    outcome
}

fn assemble(assembler: &Assembler, args: &Args, file: &Path) -> Outcome {
    let is_stdin = file == Path::new("-");
    let destination = match &args.output {
        Some(output) if output == Path::new("-") => Destination::Stdout,
        Some(output) => Destination::File(output.clone()),
        None if is_stdin => Destination::Stdout,
        None => Destination::File(file.with_extension("wasm")),
    };
    let name = match (&args.stdin_filename, is_stdin) {
        (Some(name), true) => name.clone(),
        (None, true) => "<stdin>".to_owned(),
        _ => file.display().to_string(),
    };
    let text = match input::read(file) {
        Ok(text) => text,
        Err(error) => {
            complain(format_args!("cannot read `{name}`: {error}"));
            return Outcome::Wrong;
        }
    };
    if !is_stdin && destination.is_same_file(file) {
        complain(format_args!("`{name}` is the input and cannot be the output too"));
        return Outcome::Wrong;
    }
    match assembler.assemble_bytes(&text) {
        Ok(assembled) => {
            report::human(&name, &text, assembled.warnings());
            match output::write(&destination, assembled.bytes()) {
                Ok(()) => Outcome::Fine,
                Err(error) => {
                    complain(format_args!("cannot write {destination}: {error}"));
                    Outcome::Wrong
                }
            }
        }
        Err(diagnostics) => {
            report::human(&name, &text, &diagnostics);
            Outcome::Wrong
        }
    }
}
