//! `gcwat check`

use super::input::{self, TextArgs};
use super::options::RuleArgs;
use super::report::{ReportArgs, Stdout};
use super::status::Status;
use super::{destination, message};
use crate::assembler::Assembler;
use crate::diagnostic::Diagnostics;
use crate::escape;
use crate::fix::{Fix, Fixed};
use std::io::{self, Write};
use std::path::Path;

/// Report all errors and warnings of a text, and write nothing
///
/// The diagnostics are the same as those of `assemble`.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  gcwat check trampoline.wat
  gcwat check --fix old.wat                apply the safe suggestions
  gcwat check --strict -D warnings *.wat
  gcwat check --message-format json --stdin-filename draft.wat < unsaved")]
pub(super) struct Args {
    #[command(flatten)]
    texts: TextArgs,
    /// Apply the machine-applicable suggestions, then report the remaining problems
    ///
    /// A file is replaced atomically, and only if it has fewer problems afterwards. The text of standard input is written
    /// to standard output.
    #[arg(long)]
    fix: bool,
    /// Check the text as an object for a linker, as `assemble --emit object` does
    #[arg(long)]
    object: bool,
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    report: ReportArgs,
}

pub(super) fn run(args: &Args) -> Status {
    let assembler = args.rules.assembler().object(args.object);
    Status::of_all(args.texts.files.iter().map(|file| {
        let Some(text) = args.texts.read(file, args.rules.threads) else { return Status::Failure };
        let name = args.texts.name_of(file);
        match args.fix {
            true => fix(&assembler, args, file, &name, &text),
            false => show(args, &name, &text, &assembler.check_bytes(&text), Stdout::Free),
        }
    }))
}

fn show(args: &Args, name: &str, text: &[u8], diagnostics: &Diagnostics, stdout: Stdout) -> Status {
    args.report.show(name, text, diagnostics, stdout);
    if diagnostics.has_errors() { Status::Failure } else { Status::Success }
}

fn fix(assembler: &Assembler, args: &Args, file: &Path, name: &str, text: &[u8]) -> Status {
    let fixed = match std::str::from_utf8(text) {
        Ok(text) => assembler.fix(text),
        Err(_) => Fixed { remaining: assembler.check_bytes(text), ..Fixed::default() },
    };
    let new = if fixed.fixes.is_empty() { text } else { fixed.text.as_bytes() };
    let is_stdin = input::is_stdin(file);
    let stdout = if is_stdin { Stdout::Taken } else { Stdout::Free };
    let written = if is_stdin {
        // A text in a pipe is written even if it is unchanged.
        let mut stdout = io::stdout().lock();
        stdout.write_all(new).and_then(|()| stdout.flush())
    } else if new != text {
        destination::write_whole(file, new)
    } else {
        Ok(())
    };
    if let Err(error) = written {
        let destination = if is_stdin { "standard output".to_owned() } else { format!("`{name}`") };
        message::error(format_args!("cannot write {destination}: {error}"));
        // The file still has the original text, so its diagnostics are shown.
        show(args, name, text, &assembler.check_bytes(text), stdout);
        return Status::Failure;
    }
    report_fixes(name, &fixed.fixes);
    show(args, name, new, &fixed.remaining, stdout)
}

/// Reports the fixes of a file. A failure to print is ignored.
fn report_fixes(name: &str, fixes: &[Fix]) {
    let name = escape::line(name);
    if fixes.is_empty() {
        return;
    }
    let mut lines =
        format!("fixed {name}: {} fix{}\n", fixes.len(), if fixes.len() == 1 { "" } else { "es" });
    for Fix { at, code, message } in fixes {
        lines.push_str(&format!("  {name}:{}:{}: {message} [{code}]\n", at.line, at.column));
    }
    let _ = io::stderr().write_all(lines.as_bytes());
}
