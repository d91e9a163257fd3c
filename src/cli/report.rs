//! Prints diagnostics: the options, and the choice of the stream.

use super::console::Console;
use super::progress;
use super::status::Status;
use super::stdout::status_of;
use crate::diagnostic::Diagnostics;
use crate::report::sarif::Log;
use crate::report::{MessageFormat, Report};
use anstream::{AutoStream, ColorChoice};
use std::io::{self, Write};

/// The default maximum number of errors for people.
const MOST_ERRORS: usize = 50;
/// The default maximum number of errors for tools. Each takes some kilobytes as JSON.
const MOST_FOR_TOOLS: usize = 1000;

/// The options for diagnostics.
#[derive(clap::Args)]
#[command(next_help_heading = "Diagnostics")]
pub(super) struct ReportArgs {
    /// Format of the diagnostics
    ///
    /// Diagnostics for people are written to standard error. The other formats are written to standard output, or to
    /// standard error if the result is written to standard output.
    #[arg(long, value_name = "FORM", default_value = "human")]
    message_format: MessageFormat,
    /// Maximum number of errors and of warnings for each file; 0 is no limit [default: 50 for people, 1000 for tools]
    #[arg(long, value_name = "N")]
    max_errors: Option<usize>,
}

/// Whether standard output is free for diagnostics.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stdout {
    Free,
    Taken,
}

/// Prints the diagnostics of a run.
pub(super) struct Reporter<'a> {
    args: &'a ReportArgs,
    console: &'a Console,
    stdout: Stdout,
    /// The diagnostics that are printed together at the end.
    log: Log,
}

impl ReportArgs {
    /// Creates a reporter for a run.
    pub(super) fn reporter<'a>(&'a self, console: &'a Console, stdout: Stdout) -> Reporter<'a> {
        Reporter { args: self, console, stdout, log: Log::default() }
    }
}

impl Reporter<'_> {
    /// Prints the diagnostics of one text. Fails if standard output cannot be written; a failure to write to standard
    /// error is ignored.
    pub(super) fn show(&mut self, name: &str, text: &[u8], diagnostics: &Diagnostics) -> Status {
        if diagnostics.is_empty() {
            return Status::Success;
        }
        let format = self.args.message_format;
        let text = String::from_utf8_lossy(text);
        let most = if format.is_for_tools() { MOST_FOR_TOOLS } else { MOST_ERRORS };
        let report = Report::new(name, &text, diagnostics)
            .max_errors(self.args.max_errors.unwrap_or(most))
            .errors_only(self.console.quiet);
        match format {
            MessageFormat::Human => {
                let choice = self.console.choice(&io::stderr());
                let report = report.color(choice != ColorChoice::Never);
                let stderr = AutoStream::new(io::stderr().lock(), choice);
                let _ = progress::suspend(|| write(stderr, |out| report.write(format, out)));
                Status::Success
            }
            MessageFormat::Sarif => {
                self.log.add(&report);
                Status::Success
            }
            _ => self.write(|out| report.write(format, out)),
        }
    }

    /// Prints what is printed once for all texts.
    pub(super) fn finish(mut self) -> Status {
        let log = std::mem::take(&mut self.log);
        match self.args.message_format {
            MessageFormat::Sarif => self.write(|out| log.write(out)),
            _ => Status::Success,
        }
    }

    /// Writes to the stream for tools.
    fn write(&self, contents: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Status {
        match self.stdout {
            Stdout::Free => status_of(progress::suspend(|| write(io::stdout().lock(), contents))),
            Stdout::Taken => {
                let _ = progress::suspend(|| write(io::stderr().lock(), contents));
                Status::Success
            }
        }
    }
}

fn write(out: impl Write, contents: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = io::BufWriter::new(out);
    contents(&mut out)?;
    out.flush()
}
