//! `gcwat disassemble`

use super::destination::{self, Destination};
use super::input;
use super::message;
use super::plan::{Plan, Planned};
use super::status::Status;
use crate::disassemble::{Difference, disassemble};
use std::path::{Path, PathBuf};

/// Convert a binary module to text
///
/// The text assembles to the same bytes again, with `-g` if the module has names. If it does not, because the binary is
/// not canonical, a warning is printed.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  gcwat disassemble plugin.wasm
  gcwat disassemble plugin.wasm -o plugin.wat
  curl -s https://example.org/plugin.wasm | gcwat disassemble | less")]
pub(super) struct Args {
    /// Binary file; `-` is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    file: PathBuf,
    /// Output file; `-` is standard output
    #[arg(short, long, value_name = "OUT", default_value = "-")]
    output: PathBuf,
}

pub(super) fn run(args: &Args) -> Status {
    let name = match input::is_stdin(&args.file) {
        true => "<stdin>".to_owned(),
        false => args.file.display().to_string(),
    };
    let bytes = match input::read(&args.file, input::Contents::Binary, 0) {
        Ok(bytes) => bytes,
        Err(error) => {
            message::error(format_args!("cannot read `{name}`: {error}"));
            return Status::Failure;
        }
    };
    let destination = match args.output == Path::new("-") {
        true => Destination::Stdout,
        false => Destination::of_path(&args.output),
    };
    let planned = Planned { role: "output", destination: &destination, input: &args.file };
    if let Err(message) = Plan::new([&args.file]).add(&planned) {
        message::error(format_args!("{message}"));
        return Status::Failure;
    }
    let disassembled = match disassemble(&bytes) {
        Ok(disassembled) => disassembled,
        Err(message) => {
            message::error(format_args!("cannot disassemble `{name}`: {message}"));
            return Status::Failure;
        }
    };
    let written = destination::write(&destination, true, |out| out.write_all(disassembled.text.as_bytes()));
    if let Err(error) = written {
        message::error(format_args!("cannot write {destination}: {error}"));
        return Status::Failure;
    }
    for note in &disassembled.notes {
        message::warning(format_args!("`{name}`: {note}"));
    }
    match disassembled.difference {
        None => Status::Success,
        Some(difference @ Difference::NotCanonical { .. }) => {
            message::warning(format_args!("`{name}`: {difference}"));
            Status::Success
        }
        Some(difference) => {
            message::error(format_args!("`{name}`: {difference}"));
            Status::Failure
        }
    }
}
