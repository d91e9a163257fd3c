//! Prints diagnostics: the options, and the choice of the stream.

use super::progress;
use crate::diagnostic::Diagnostics;
use crate::report::{MessageFormat, Report};
use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;
use std::io::{self, Write};

/// The default maximum number of errors for people.
const MOST_ERRORS: usize = 50;
/// The default maximum number of errors for tools. Each takes some kilobytes as JSON.
const MOST_FOR_TOOLS: usize = 1000;

/// The options for diagnostics.
#[derive(clap::Args)]
#[command(next_help_heading = "Diagnostics")]
pub(super) struct ReportArgs {
    /// MessageFormat of the diagnostics
    ///
    /// Diagnostics for people are written to standard error. The other formats are written to standard output, or to
    /// standard error if the result is written to standard output.
    #[arg(long, value_name = "FORM", default_value = "human")]
    message_format: MessageFormat,
    /// Whether diagnostics for people have colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    color: Color,
    /// Maximum number of errors and of warnings for each file; 0 is no limit [default: 50 for people, 1000 for tools]
    #[arg(long, value_name = "N")]
    max_errors: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Color {
    /// On a terminal, unless the environment has NO_COLOR or CLICOLOR_FORCE
    Auto,
    Always,
    Never,
}

/// Whether standard output is free for diagnostics.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stdout {
    Free,
    Taken,
}

impl ReportArgs {
    /// Prints the diagnostics of one text. A failure to print is ignored.
    pub(super) fn show(&self, name: &str, text: &[u8], diagnostics: &Diagnostics, stdout: Stdout) {
        if diagnostics.is_empty() {
            return;
        }
        let text = String::from_utf8_lossy(text);
        let most = if self.message_format.is_for_tools() { MOST_FOR_TOOLS } else { MOST_ERRORS };
        let report = Report::new(name, &text, diagnostics).max_errors(self.max_errors.unwrap_or(most));
        let _ = progress::suspend(|| match (self.message_format.is_for_tools(), stdout) {
            (true, Stdout::Free) => self.write(&report, io::stdout().lock()),
            (true, Stdout::Taken) => self.write(&report, io::stderr().lock()),
            (false, _) => {
                let choice = match self.color {
                    Color::Auto => AutoStream::choice(&io::stderr()),
                    Color::Always => ColorChoice::Always,
                    Color::Never => ColorChoice::Never,
                };
                let report = report.color(choice != ColorChoice::Never);
                self.write(&report, AutoStream::new(io::stderr().lock(), choice))
            }
        });
    }

    fn write(&self, report: &Report<'_>, out: impl Write) -> io::Result<()> {
        let mut out = io::BufWriter::new(out);
        report.write(self.message_format, &mut out)?;
        out.flush()
    }
}
