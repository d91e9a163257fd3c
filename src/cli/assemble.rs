//! `gcwat assemble`

use super::compare;
use super::input::{self, TextArgs};
use super::output::{self, Destination};
use super::report::{ReportArgs, Stdout};
use super::rules::RuleArgs;
use super::{Outcome, complain};
use crate::emit::{Emitter, Format};
use crate::{Assembled, Assembler};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Assemble text into the binary format
///
/// Each FILE is assembled beside itself, with the extension of the format (.wasm); standard input goes to
/// standard output. Binary is never written to a terminal. A file is replaced as a whole or not at all.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  gcwat assemble trampoline.wat
  gcwat assemble -g --no-validate draft.wat -o - | wasm-objdump -x -
  gcwat assemble -f wasm2 plugin.wat       only what version 2 of WebAssembly has
  gcwat assemble --emit c --annotate trampoline.wat
  gcwat assemble --emit c --annotate trampoline.wat --check
  gcwat assemble --emit listing trampoline.wat -o -")]
pub(super) struct Args {
    #[command(flatten)]
    texts: TextArgs,
    /// Where to write; `-` is standard output
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// What to write
    #[arg(long, value_name = "FORMAT", default_value = "wasm")]
    emit: Format,
    /// What the array is called; if not given, the name follows from that of the file
    #[arg(long, value_name = "SYMBOL")]
    name: Option<String>,
    /// Group the bytes of an array and say beside each group what it is
    #[arg(long)]
    annotate: bool,
    /// Write declarations for TypeScript beside a module for JavaScript
    #[arg(long)]
    dts: bool,
    /// Write nothing, and fail with a short diff where a file is not what would be written
    #[arg(long)]
    check: bool,
    /// Write a name section
    #[arg(short = 'g', long = "names", visible_alias = "debug-names")]
    names: bool,
    /// Do not ask whether the module is valid
    #[arg(long)]
    no_validate: bool,
    /// How many threads to use at most; 0 for one per core
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    threads: usize,
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    report: ReportArgs,
}

pub(super) fn run(args: &Args) -> Outcome {
    if let Err(message) = args.find_contradiction() {
        complain(format_args!("{message}"));
        return Outcome::Usage;
    }
    let mut assembler = args.rules.assembler();
    // The text format is for people: they want the names.
    let names = args.names || args.emit == Format::Wat;
    assembler.names(names).validate(!args.no_validate).threads(args.threads);
    assembler.places(args.annotate || args.emit.needs_places());
    Outcome::of_all(args.texts.files.iter().map(|file| assemble(&assembler, args, file)))
}

impl Args {
    /// What in the command line does not go together.
    fn find_contradiction(&self) -> Result<(), String> {
        let format = self.emit;
        if self.output.is_some() && self.texts.files.len() > 1 {
            return Err("`--output` takes only one FILE; without it each is assembled beside itself".into());
        }
        if self.annotate && !format.can_be_annotated() {
            let formats = Format::ALL.iter().filter(|format| format.can_be_annotated());
            let formats: Vec<_> = formats.map(|format| format.name()).collect();
            return Err(format!("`{format}` has no place for `--annotate`; {} have", formats.join(", ")));
        }
        if self.dts && format != Format::Js {
            return Err("`--dts` goes with `--emit js` only".into());
        }
        if let Some(name) = &self.name {
            format.check_symbol(name).map_err(|error| error.to_string())?;
        }
        for file in &self.texts.files {
            if let Destination::Stdout = self.destination(file) {
                if self.check {
                    return Err("`--check` needs a file to look at; name it by `--output`".into());
                }
                if self.dts {
                    return Err("`--dts` needs a file to write beside; name it by `--output`".into());
                }
            }
        }
        Ok(())
    }

    fn destination(&self, file: &Path) -> Destination {
        match &self.output {
            Some(output) if output == Path::new("-") => Destination::Stdout,
            Some(output) => Destination::File(output.clone()),
            None if input::is_stdin(file) => Destination::Stdout,
            None => Destination::File(file.with_extension(self.emit.extension())),
        }
    }
}

/// A file to write, and how.
struct Output<'o> {
    destination: Destination,
    is_text: bool,
    write: Box<Writing<'o>>,
}

/// Writes the contents of a file.
type Writing<'o> = dyn Fn(&mut (dyn Write + Send)) -> io::Result<()> + 'o;

fn assemble(assembler: &Assembler, args: &Args, file: &Path) -> Outcome {
    let destination = args.destination(file);
    let name = args.texts.name_of(file);
    let Some(text) = args.texts.read(file) else { return Outcome::Wrong };
    if !input::is_stdin(file) && destination.is_same_file(file) {
        complain(format_args!("`{name}` is the input and cannot be the output too; use `-o`"));
        return Outcome::Wrong;
    }
    let stdout = match destination {
        Destination::Stdout => Stdout::Taken,
        Destination::File(_) => Stdout::Free,
    };
    match assembler.assemble_bytes(&text) {
        Ok(assembled) => {
            args.report.show(&name, &text, assembled.warnings(), stdout);
            // What was assembled is UTF-8.
            let text = std::str::from_utf8(&text).unwrap_or("");
            let outputs = outputs(args, text, &name, &assembled, destination);
            Outcome::of_all(outputs.iter().map(|output| match args.check {
                true => check(output, &name),
                false => write(output),
            }))
        }
        Err(diagnostics) => {
            args.report.show(&name, &text, &diagnostics, stdout);
            Outcome::Wrong
        }
    }
}

/// All that is to be written for one text.
fn outputs<'o>(
    args: &'o Args,
    text: &'o str,
    name: &str,
    assembled: &'o Assembled,
    destination: Destination,
) -> Vec<Output<'o>> {
    let format = args.emit;
    let mut emitter = Emitter::new(text, assembled);
    emitter.file_name(name).annotate(args.annotate).threads(args.threads);
    if let Some(symbol) = &args.name {
        emitter.symbol(symbol);
    }
    let mut outputs = Vec::new();
    if args.dts
        && let Destination::File(path) = &destination
    {
        let emitter = emitter.clone();
        outputs.push(Output {
            destination: Destination::File(declarations_of(path)),
            is_text: true,
            write: Box::new(move |out| emitter.write_declarations(out)),
        });
    }
    let write = Box::new(move |out: &mut (dyn Write + Send)| emitter.write(format, out));
    outputs.insert(0, Output { destination, is_text: format.is_text(), write });
    outputs
}

/// Where the declarations of a module for JavaScript are looked for.
fn declarations_of(path: &Path) -> PathBuf {
    path.with_extension(match path.extension().and_then(|extension| extension.to_str()) {
        Some("mjs") => "d.mts",
        Some("cjs") => "d.cts",
        _ => "d.ts",
    })
}

fn write(output: &Output<'_>) -> Outcome {
    let Output { destination, is_text, write } = output;
    match output::write(destination, *is_text, write) {
        Ok(()) => Outcome::Fine,
        Err(error) => {
            complain(format_args!("cannot write {destination}: {error}"));
            Outcome::Wrong
        }
    }
}

/// Whether a file is what would be written; if not, says in what it differs.
fn check(output: &Output<'_>, name: &str) -> Outcome {
    let Destination::File(path) = &output.destination else { return Outcome::Usage };
    let mut wanted = Vec::new();
    if let Err(error) = (output.write)(&mut wanted) {
        complain(format_args!("cannot make {}: {error}", output.destination));
        return Outcome::Wrong;
    }
    let found = match std::fs::read(path) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            complain(format_args!("`{}` is not there; `{name}` was not assembled", path.display()));
            return Outcome::Wrong;
        }
        Err(error) => {
            complain(format_args!("cannot read `{}`: {error}", path.display()));
            return Outcome::Wrong;
        }
    };
    let Some(difference) = compare::difference(&found, &wanted, output.is_text) else {
        return Outcome::Fine;
    };
    let text = format!("--- {}\n+++ from {name}\n{difference}", path.display());
    let _ = io::stdout().write_all(text.as_bytes());
    complain(format_args!("`{}` is not what `{name}` gives; assemble it again", path.display()));
    Outcome::Wrong
}
