//! `gcwat explain`

use super::message;
use super::status::Status;
use crate::diagnostic::Code;
use std::io::{self, Write};

/// Explain an error or a warning
///
/// Prints the documentation of the code, with a wrong and a correct example. Without a CODE, lists all codes.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  gcwat explain E0301
  gcwat explain                            list all codes")]
pub(super) struct Args {
    /// Code of a diagnostic
    #[arg(value_name = "CODE")]
    codes: Vec<Code>,
}

pub(super) fn run(args: &Args) -> Status {
    let text = match &args.codes[..] {
        [] => Code::ALL.iter().map(|code| format!("{code}  {}\n", code.summary())).collect(),
        codes => codes.iter().map(|code| code.explanation()).collect::<Vec<_>>().join("\n"),
    };
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Ok(()) => Status::Success,
        Err(error) => {
            message::error(format_args!("cannot write standard output: {error}"));
            Status::Failure
        }
    }
}
