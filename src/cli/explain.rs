//! `gcwat explain`

use super::code::{CodeParser, Codes};
use super::console::Console;
use super::page;
use super::status::Status;
use super::stdout;
use crate::diagnostic::Code;
use anstream::ColorChoice;
use std::io::{self, IsTerminal};

/// Explain an error or a warning
///
/// Prints the documentation of the code, with a wrong and a correct example. Without a CODE, lists all codes. On a
/// terminal, the page is formatted; otherwise it is Markdown.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  gcwat explain E0301
  gcwat explain 301
  gcwat explain                            list all codes")]
pub(super) struct Args {
    /// Code of a diagnostic, or its number
    #[arg(value_name = "CODE", value_parser = CodeParser, hide_possible_values = true)]
    codes: Vec<Codes>,
}

pub(super) fn run(args: &Args, console: &Console) -> Status {
    let text = match &args.codes[..] {
        [] => Code::ALL.iter().map(|code| format!("{code}  {}\n", code.summary())).collect(),
        codes => {
            let pages = codes.iter().flat_map(|codes| &codes.0).map(|code| code.explanation());
            let pages = pages.collect::<Vec<_>>().join("\n");
            let stdout = io::stdout();
            let choice = console.choice(&stdout);
            match stdout.is_terminal() || choice != ColorChoice::Never {
                true => page::format(&pages, choice != ColorChoice::Never),
                false => pages,
            }
        }
    };
    stdout::print(text.as_bytes())
}
