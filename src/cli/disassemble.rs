//! `gcwat disassemble`

use super::destination::{self, Destination};
use super::input;
use super::plan::{Plan, Planned};
use super::{Outcome, complain, remark};
use crate::disassemble::Difference;
use std::path::{Path, PathBuf};

/// Make text of a binary module
///
/// The text assembles to the same bytes again, with `-g` if the module has names. Where it does not, since
/// the binary is not in the form that an assembler gives it, a warning says so.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  gcwat disassemble plugin.wasm
  gcwat disassemble plugin.wasm -o plugin.wat
  curl -s https://example.org/plugin.wasm | gcwat disassemble | less")]
pub(super) struct Args {
    /// The binary; `-` is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    file: PathBuf,
    /// Where to write; `-` is standard output
    #[arg(short, long, value_name = "OUT", default_value = "-")]
    output: PathBuf,
}

pub(super) fn run(args: &Args) -> Outcome {
    let name = match input::is_stdin(&args.file) {
        true => "<stdin>".to_owned(),
        false => args.file.display().to_string(),
    };
    let bytes = match input::read(&args.file, input::Contents::Binary, 0) {
        Ok(bytes) => bytes,
        Err(error) => {
            complain(format_args!("cannot read `{name}`: {error}"));
            return Outcome::Wrong;
        }
    };
    let destination = match args.output == Path::new("-") {
        true => Destination::Stdout,
        false => Destination::of_path(&args.output),
    };
    let planned = Planned { role: "output", destination: &destination, input: &args.file };
    if let Err(message) = Plan::new([&args.file]).add(&planned) {
        complain(format_args!("{message}"));
        return Outcome::Wrong;
    }
    let disassembled = match crate::disassemble(&bytes) {
        Ok(disassembled) => disassembled,
        Err(message) => {
            complain(format_args!("cannot disassemble `{name}`: {message}"));
            return Outcome::Wrong;
        }
    };
    let written = destination::write(&destination, true, |out| out.write_all(disassembled.text.as_bytes()));
    if let Err(error) = written {
        complain(format_args!("cannot write {destination}: {error}"));
        return Outcome::Wrong;
    }
    match disassembled.difference {
        None => Outcome::Fine,
        Some(difference @ Difference::NotCanonical { .. }) => {
            remark(format_args!("`{name}`: {difference}"));
            Outcome::Fine
        }
        Some(difference) => {
            complain(format_args!("`{name}`: {difference}"));
            Outcome::Wrong
        }
    }
}
