//! `gcwat assemble`

use super::input::{self, TextArgs};
use super::output::Destination;
use super::outputs::Output;
use super::report::{ReportArgs, Stdout};
use super::rules::RuleArgs;
use super::{Outcome, complain};
use crate::emit::{Emitter, Format};
use crate::{Assembled, Assembler};
use std::ffi::OsString;
use std::num::NonZeroUsize;
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
#[cfg_attr(test, derive(PartialEq))]
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
    /// Write a source map, beside the output if no FILE is given
    #[arg(long, value_name = "FILE", require_equals = true)]
    source_map: Option<Option<PathBuf>>,
    /// Where the module says its source map is [default: the map, seen from the output]
    #[arg(long, value_name = "URL", requires = "source_map")]
    source_map_url: Option<String>,
    /// Write a rule for Make that says what the output depends on
    #[arg(long, value_name = "FILE")]
    depfile: Option<PathBuf>,
    /// Write nothing, and fail with a short diff where a file is not what would be written
    #[arg(long)]
    check: bool,
    /// Write a name section
    #[arg(short = 'g', long = "names", visible_alias = "debug-names")]
    names: bool,
    /// Do not ask whether the module is valid
    #[arg(long)]
    no_validate: bool,
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
    assembler.names(names).validate(!args.no_validate);
    assembler.places(args.annotate || args.emit.needs_places() || args.source_map.is_some());
    super::progress::during(&args.texts.files, |progress| {
        assembler.progress(progress);
        Outcome::of_all(args.texts.files.iter().map(|file| assemble(&assembler, args, file)))
    })
}

impl Args {
    /// What the words of a command line stand for, if they are a text and the options that are given most.
    pub(super) fn of_usual(words: &[OsString]) -> Option<Args> {
        let mut args = Args {
            texts: TextArgs::of_files(Vec::new()),
            output: None,
            emit: Format::default(),
            name: None,
            annotate: false,
            dts: false,
            source_map: None,
            source_map_url: None,
            depfile: None,
            check: false,
            names: false,
            no_validate: false,
            rules: RuleArgs::default(),
            report: ReportArgs::default(),
        };
        let mut words = words.iter().map(|word| word.to_str());
        while let Some(word) = words.next() {
            match word? {
                "-g" if !args.names => args.names = true,
                "--no-validate" if !args.no_validate => args.no_validate = true,
                "--threads" if args.rules.threads == 0 => {
                    args.rules.threads = words.next()??.parse::<NonZeroUsize>().ok()?.get();
                }
                "-o" if args.output.is_none() => args.output = Some(usual_path(words.next()??)?),
                file if args.texts.files.is_empty() => args.texts.files.push(usual_path(file)?),
                _ => return None,
            }
        }
        (!args.texts.files.is_empty()).then_some(args)
    }

    /// What in the command line does not go together.
    fn find_contradiction(&self) -> Result<(), String> {
        let format = self.emit;
        if self.texts.files.len() > 1 {
            if self.output.is_some() {
                let message = "`--output` takes only one FILE; without it each is assembled beside itself";
                return Err(message.into());
            }
            if let Some(Some(_)) = self.source_map {
                return Err("`--source-map=FILE` takes only one text; without FILE each has its own".into());
            }
            if self.depfile.is_some() {
                return Err("`--depfile` takes only one text".into());
            }
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
                if let Some(None) = self.source_map {
                    return Err("a source map of standard output needs a name: `--source-map=FILE`".into());
                }
                if self.depfile.is_some() {
                    return Err("`--depfile` is about a file; name it by `--output`".into());
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

/// The path that a word is, if it can be nothing else.
fn usual_path(word: &str) -> Option<PathBuf> {
    (!word.is_empty() && !word.starts_with('-')).then(|| word.into())
}

fn assemble(assembler: &Assembler, args: &Args, file: &Path) -> Outcome {
    let destination = args.destination(file);
    let name = args.texts.name_of(file);
    let Some(bytes) = args.texts.read(file) else { return Outcome::Wrong };
    let stdout = match destination {
        Destination::Stdout => Stdout::Taken,
        Destination::File(_) => Stdout::Free,
    };
    let text = assembler.text_of(&bytes);
    match text.and_then(|text| Ok((text.text, assembler.assemble_text(text)?))) {
        Ok((text, assembled)) => {
            args.report.show(&name, &bytes, assembled.warnings(), stdout);
            let outputs = outputs(args, text, file, &assembled, destination);
            if !input::is_stdin(file)
                && let Some(output) = outputs.iter().find(|output| output.destination.is_same_file(file))
            {
                complain(format_args!(
                    "{} is the input and cannot be the output too; use `-o`",
                    output.destination
                ));
                return Outcome::Wrong;
            }
            Outcome::of_all(outputs.iter().map(|output| match args.check {
                true => output.check(&name),
                false => output.write(),
            }))
        }
        Err(diagnostics) => {
            args.report.show(&name, &bytes, &diagnostics, stdout);
            Outcome::Wrong
        }
    }
}

/// All that is to be written for one text.
fn outputs<'o>(
    args: &'o Args,
    text: &'o str,
    file: &'o Path,
    assembled: &'o Assembled,
    destination: Destination,
) -> Vec<Output<'o>> {
    let format = args.emit;
    let name = args.texts.name_of(file);
    let mut emitter = Emitter::new(text, assembled);
    emitter.file_name(&name).annotate(args.annotate).threads(args.rules.threads);
    if let Some(symbol) = &args.name {
        emitter.symbol(symbol);
    }
    let mut more = Vec::new();
    if let Some(map) = &args.source_map {
        let map = match (map, &destination) {
            (Some(map), _) => map.clone(),
            (None, Destination::File(path)) => with_suffix(path, ".map"),
            // This was refused before.
            (None, Destination::Stdout) => return Vec::new(),
        };
        let main = match &destination {
            Destination::File(path) => path.clone(),
            // What is piped is taken to lie beside the map.
            Destination::Stdout => map.with_extension(""),
        };
        emitter.source_map_url(&match &args.source_map_url {
            Some(url) => url.clone(),
            None => url_between(&main, &map),
        });
        let binary = main.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let source = match input::is_stdin(file) {
            true => name.clone(),
            false => url_between(&map, file),
        };
        let emitter = emitter.clone();
        more.push(Output::text(map, move |out| emitter.write_source_map(&binary, &source, out)));
    }
    if args.dts
        && let Destination::File(path) = &destination
    {
        let emitter = emitter.clone();
        more.push(Output::text(declarations_of(path), move |out| emitter.write_declarations(out)));
    }
    let main = Output {
        destination,
        is_text: format.is_text(),
        contents: Box::new(move |out| emitter.write(format, out)),
    };
    let mut outputs = vec![main];
    outputs.append(&mut more);
    // A rule is no result, so there is nothing to check about it.
    if let Some(depfile) = args.depfile.as_ref().filter(|_| !args.check) {
        let rule = make_rule(&outputs, (!input::is_stdin(file)).then_some(file));
        outputs.push(Output::text(depfile.clone(), move |out| out.write_all(rule.as_bytes())));
    }
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

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// The way from the folder of one file to another file, as a relative URL.
fn url_between(from: &Path, to: &Path) -> String {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or(path.to_owned());
    let (from, to) = (absolute(from), absolute(to));
    let from: Vec<_> = from.parent().unwrap_or(Path::new("")).components().collect();
    let to: Vec<_> = to.components().collect();
    let common = from.iter().zip(&to).take_while(|(from, to)| from == to).count();
    let up = from[common..].iter().map(|_| "..".into());
    let down = to[common..].iter().map(|part| part.as_os_str().to_string_lossy());
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// A rule for Make: the files that are written depend on the text.
fn make_rule(outputs: &[Output<'_>], input: Option<&Path>) -> String {
    let escaped = |path: &Path| {
        let mut out = String::new();
        for c in path.to_string_lossy().chars() {
            match c {
                '$' => out.push('$'),
                ' ' | '#' | '\t' | ':' if cfg!(unix) => out.push('\\'),
                ' ' | '#' => out.push('\\'),
                _ => {}
            }
            out.push(c);
        }
        out
    };
    let targets = outputs.iter().filter_map(|output| match &output.destination {
        Destination::File(path) => Some(escaped(path)),
        Destination::Stdout => None,
    });
    let mut rule = targets.collect::<Vec<_>>().join(" ") + ":";
    if let Some(input) = input {
        rule.push(' ');
        rule.push_str(&escaped(input));
    }
    rule + "\n"
}
