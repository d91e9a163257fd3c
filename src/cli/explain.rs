//! `gcwat explain`

use super::message;
use super::status::Status;
use crate::diagnostic::Code;
use std::io::{self, Write};

/// Explain an error or a warning
///
/// Says what is wrong, with a wrong example, why, and the right text. Without a CODE it lists all there are.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  gcwat explain E0301
  gcwat explain                            all codes, a line each")]
pub(super) struct Args {
    /// The code, as diagnostics have it
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
