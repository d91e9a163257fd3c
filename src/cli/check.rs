//! `gcwat check`

use super::Outcome;
use super::input::TextArgs;
use super::report::{ReportArgs, Stdout};
use super::rules::RuleArgs;
use crate::Assembler;
use std::path::Path;

/// Say what is wrong with a text, and write nothing
///
/// The diagnostics are those of `assemble`, all of them in one run.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  gcwat check trampoline.wat
  gcwat check --strict -D warnings *.wat
  gcwat check --message-format json --stdin-filename draft.wat < unsaved")]
pub(super) struct Args {
    #[command(flatten)]
    texts: TextArgs,
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    report: ReportArgs,
}

pub(super) fn run(args: &Args) -> Outcome {
    let assembler = args.rules.assembler();
    Outcome::of_all(args.texts.files.iter().map(|file| check(&assembler, args, file)))
}

fn check(assembler: &Assembler, args: &Args, file: &Path) -> Outcome {
    let Some(text) = args.texts.read(file) else { return Outcome::Wrong };
    let diagnostics = assembler.check_bytes(&text);
    args.report.show(&args.texts.name_of(file), &text, &diagnostics, Stdout::Free);
    if diagnostics.has_errors() { Outcome::Wrong } else { Outcome::Fine }
}
