//! `gcwat disassemble`

use super::console::Console;
use super::destination::{self, Destination};
use super::input;
use super::message;
use super::plan::{Plan, Planned};
use super::status::Status;
use super::timing::Timing;
use crate::disassemble::{Difference, disassemble};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Convert a binary module to text
///
/// The text assembles to the same bytes; if the module has names, a note says to use `-g`. A warning is printed if the
/// bytes would differ because the binary is not canonical.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  gcwat disassemble plugin.wasm
  gcwat disassemble plugin.wasm -o plugin.wat
  curl -s https://example.org/plugin.wasm | gcwat disassemble | less")]
pub(super) struct Args {
    /// Binary file; `-` is standard input
    #[arg(value_name = "FILE", default_value = "-", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    /// Output file; `-` is standard output, and `DIR/` a directory
    #[arg(short, long, value_name = "OUT", default_value = "-", value_hint = clap::ValueHint::FilePath)]
    output: PathBuf,
}

pub(super) fn run(args: &Args, console: &Console) -> Status {
    let name = match input::is_stdin(&args.file) {
        true => "<stdin>".to_owned(),
        false => args.file.display().to_string(),
    };
    let input = (!input::is_stdin(&args.file)).then_some(&*args.file);
    let output = match destination::path_of(&args.output, input, "wat") {
        Ok(output) => output,
        Err(message) => {
            message::error(format_args!("{message}"));
            return Status::Usage;
        }
    };
    let timing = Timing::start(console, &name);
    let bytes = match input::read(&args.file, input::Contents::Binary, 0, console) {
        Ok(bytes) => bytes,
        Err(error) => {
            message::cannot_read(&name, &args.file, &error);
            return Status::Failure;
        }
    };
    timing.read(bytes.len());
    let destination = match output == Path::new("-") {
        true => Destination::Stdout,
        false => Destination::of_path(&output),
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
    if destination::is_folder(&args.output)
        && let Status::Failure = destination::create_folder(&args.output)
    {
        return Status::Failure;
    }
    let start = Instant::now();
    let written = destination::write(&destination, true, |out| out.write_all(disassembled.text.as_bytes()));
    if let Err(error) = written {
        message::cannot_write(&destination, destination.path(), &error);
        return Status::Failure;
    }
    timing.written(&destination, start);
    if disassembled.names {
        console.note(format_args!("`{name}` has names; `gcwat assemble -g` keeps them"));
    }
    if disassembled.is_object {
        console
            .note(format_args!("`{name}` is an object; `gcwat assemble --emit object` assembles its text"));
    }
    if !console.quiet {
        for note in &disassembled.notes {
            message::warning(format_args!("`{name}`: {note}"));
        }
    }
    timing.finish();
    match disassembled.difference {
        None => Status::Success,
        Some(difference @ Difference::NotCanonical { .. }) => {
            if !console.quiet {
                message::warning(format_args!("`{name}`: {difference}"));
            }
            Status::Success
        }
        Some(difference) => {
            message::error(format_args!("`{name}`: {difference}"));
            Status::Failure
        }
    }
}
