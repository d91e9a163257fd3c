//! `gcwat check`

use super::console::Console;
use super::input::{self, TextArgs};
use super::options::RuleArgs;
use super::report::{ReportArgs, Reporter, Stdout};
use super::status::Status;
use super::timing::Timing;
use super::{destination, message};
use crate::assembler::Assembler;
use crate::diagnostic::Diagnostics;
use crate::escape;
use crate::fix::{Fix, Fixed};
use crate::script;
use std::io::{self, Write};
use std::path::Path;

/// Report all errors and warnings of a text, and write nothing
///
/// The diagnostics are the same as those of `assemble`. In a test script (.wast), modules that the script expects to be
/// malformed or invalid are not checked. A binary is validated.
#[derive(clap::Args)]
#[command(
    visible_alias = "validate",
    after_help = "\
Examples:
  gcwat check trampoline.wat
  gcwat check --fix old.wat                apply the safe suggestions
  gcwat check --strict -D warnings *.wat
  gcwat check plugin.wasm                  validate a binary
  gcwat check --message-format json --stdin-filename draft.wat < unsaved"
)]
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

pub(super) fn run(args: &Args, console: &Console) -> Status {
    if let Err(message) = args.texts.check() {
        message::error(format_args!("{message}"));
        return Status::Usage;
    }
    let has_result = args.fix && args.texts.files.iter().any(|file| input::is_stdin(file));
    let stdout = if has_result { Stdout::Taken } else { Stdout::Free };
    let mut reporter = args.report.reporter(console, stdout);
    let status =
        Status::of_all(args.texts.files.iter().map(|file| check(args, console, file, &mut reporter)));
    Status::of_all([status, reporter.finish()])
}

fn check(args: &Args, console: &Console, file: &Path, reporter: &mut Reporter<'_>) -> Status {
    let name = args.texts.name_of(file);
    let timing = Timing::start(console, &name);
    let Some(text) = args.texts.read(file, args.rules.threads, console) else { return Status::Failure };
    timing.read(text.len());
    let assembler = timing.observe(args.rules.assembler().object(args.object));
    let kind = Kind::of(args.texts.path_of(file), &text);
    let input = Input { file, name: &name, text: &text, kind };
    let status = match args.fix {
        true => input.fix(&assembler, console, reporter),
        false => show(reporter, &name, &text, &input.check(&assembler)),
    };
    timing.finish();
    status
}

/// The text or the binary to check.
struct Input<'a> {
    file: &'a Path,
    name: &'a str,
    text: &'a [u8],
    kind: Kind,
}

impl Input<'_> {
    /// Returns the errors and warnings.
    fn check(&self, assembler: &Assembler) -> Diagnostics {
        match (self.kind, std::str::from_utf8(self.text)) {
            (Kind::Binary, _) => assembler.check_binary(self.text),
            (Kind::Script, Ok(text)) => script::check(text, assembler),
            _ => assembler.check_bytes(self.text),
        }
    }

    /// Applies the suggestions, then reports the remaining problems.
    fn fix(&self, assembler: &Assembler, console: &Console, reporter: &mut Reporter<'_>) -> Status {
        let Input { file, name, text, kind } = *self;
        let fixed = match (kind, std::str::from_utf8(text)) {
            (Kind::Module, Ok(text)) => assembler.fix(text),
            (Kind::Script, Ok(text)) => script::fix(text, assembler),
            _ => Fixed { remaining: self.check(assembler), ..Fixed::default() },
        };
        let new = if fixed.fixes.is_empty() { text } else { fixed.text.as_bytes() };
        let written = if input::is_stdin(file) {
            // A text in a pipe is written even if it is unchanged.
            let mut stdout = io::stdout().lock();
            stdout.write_all(new).and_then(|()| stdout.flush())
        } else if new != text {
            destination::write_whole(file, new)
        } else {
            Ok(())
        };
        if let Err(error) = written {
            match input::is_stdin(file) {
                true => message::cannot_write("standard output", None, &error),
                false => message::cannot_write(format_args!("`{name}`"), Some(file), &error),
            }
            // The file still has the original text, so its diagnostics are shown.
            show(reporter, name, text, &self.check(assembler));
            return Status::Failure;
        }
        if !console.quiet {
            report_fixes(name, &fixed.fixes);
        }
        show(reporter, name, new, &fixed.remaining)
    }
}

/// The kind of an input. A binary with the name of a text is a mistake.
#[derive(Clone, Copy)]
enum Kind {
    Module,
    Script,
    Binary,
}

impl Kind {
    fn of(path: Option<&Path>, bytes: &[u8]) -> Kind {
        let extension = path.and_then(Path::extension).and_then(|extension| extension.to_str());
        match extension {
            Some("wast") => Kind::Script,
            Some("wat") => Kind::Module,
            _ if bytes.starts_with(input::MAGIC) => Kind::Binary,
            _ => Kind::Module,
        }
    }
}

fn show(reporter: &mut Reporter<'_>, name: &str, text: &[u8], diagnostics: &Diagnostics) -> Status {
    let found = if diagnostics.has_errors() { Status::Failure } else { Status::Success };
    // A binary has no lines.
    let text = if text.starts_with(input::MAGIC) { b"" } else { text };
    Status::of_all([found, reporter.show(name, text, diagnostics)])
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
