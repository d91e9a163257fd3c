//! `gcwat assemble`

use super::artifact::Output;
use super::depfile;
use super::destination::Destination;
use super::input::{self, TextArgs};
use super::options::RuleArgs;
use super::plan::{Plan, Planned};
use super::report::{ReportArgs, Stdout};
use super::{Outcome, complain};
use crate::emit::{Emitter, Format};
use crate::{Assembled, Assembler};
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
    let files = match plan(args) {
        Ok(files) => files,
        Err(message) => {
            complain(format_args!("{message}"));
            return Outcome::Wrong;
        }
    };
    crate::cli::progress::during(&args.texts.files, |progress| {
        assembler.progress(progress);
        Outcome::of_all(files.into_iter().map(|files| assemble(&assembler, args, files)))
    })
}

impl Args {
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
        let is_stream = |path: &Path| path == Path::new("-");
        if self.source_map.as_ref().and_then(Option::as_deref).is_some_and(is_stream) {
            return Err("a source map needs a name: `--source-map=FILE`".into());
        }
        if self.depfile.as_deref().is_some_and(is_stream) {
            return Err("`--depfile` needs the name of a file".into());
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
            Some(output) => Destination::of_path(output),
            None if input::is_stdin(file) => Destination::Stdout,
            None => Destination::of_path(&file.with_extension(self.emit.extension())),
        }
    }
}

/// The files that are read and written for one text.
struct Files<'a> {
    text: &'a Path,
    main: Destination,
    source_map: Option<PathBuf>,
    declarations: Option<PathBuf>,
    /// Where to write a rule for Make, and the rule.
    rule: Option<(PathBuf, Vec<u8>)>,
}

/// The files of the whole run, none of which overwrites another.
fn plan(args: &Args) -> Result<Vec<Files<'_>>, String> {
    let mut plan = Plan::new(&args.texts.files);
    let mut all = Vec::new();
    for text in &args.texts.files {
        let files = Files::new(args, text)?;
        let mut add = |role, destination: &Destination| plan.add(&Planned { role, destination, input: text });
        add("output", &files.main)?;
        for (role, path) in [("source map", &files.source_map), ("declarations", &files.declarations)] {
            if let Some(path) = path {
                add(role, &Destination::of_path(path))?;
            }
        }
        if let Some((path, _)) = &files.rule {
            add("depfile", &Destination::of_path(path))?;
        }
        all.push(files);
    }
    Ok(all)
}

impl<'a> Files<'a> {
    fn new(args: &'a Args, text: &'a Path) -> Result<Files<'a>, String> {
        let main = args.destination(text);
        let main_path = match &main {
            Destination::File(path) => Some(path.as_path()),
            Destination::Stdout => None,
        };
        let source_map = match &args.source_map {
            Some(Some(map)) => Some(map.clone()),
            Some(None) => main_path.map(|path| with_suffix(path, ".map")),
            None => None,
        };
        let declarations = main_path.filter(|_| args.dts).map(declarations_of);
        // A rule is no result, so there is nothing to check about it.
        let rule = match args.depfile.as_ref().filter(|_| !args.check) {
            None => None,
            Some(depfile) => {
                let targets = [main_path, source_map.as_deref(), declarations.as_deref()];
                let targets: Vec<&Path> = targets.into_iter().flatten().collect();
                let input = (!input::is_stdin(text)).then_some(text);
                Some((depfile.clone(), depfile::make_rule(&targets, input)?))
            }
        };
        Ok(Files { text, main, source_map, declarations, rule })
    }

    /// Whether standard output is free for diagnostics.
    fn stdout(&self) -> Stdout {
        match self.main {
            Destination::Stdout => Stdout::Taken,
            Destination::File(_) => Stdout::Free,
        }
    }
}

fn assemble(assembler: &Assembler, args: &Args, files: Files<'_>) -> Outcome {
    let name = args.texts.name_of(files.text);
    let Some(bytes) = args.texts.read(files.text, args.rules.threads) else { return Outcome::Wrong };
    let stdout = files.stdout();
    let text = assembler.text_of(&bytes);
    match text.and_then(|text| Ok((text.text, assembler.assemble_text(text)?))) {
        Ok((text, assembled)) => {
            args.report.show(&name, &bytes, assembled.warnings(), stdout);
            let outputs = outputs(args, text, &assembled, files);
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
fn outputs<'o>(args: &'o Args, text: &'o str, assembled: &'o Assembled, files: Files<'o>) -> Vec<Output<'o>> {
    let format = args.emit;
    let name = args.texts.name_of(files.text);
    let mut emitter = Emitter::new(text, assembled);
    emitter.file_name(&name).annotate(args.annotate).threads(args.rules.threads);
    if let Some(symbol) = &args.name {
        emitter.symbol(symbol);
    }
    let mut more = Vec::new();
    if let Some(map) = files.source_map {
        let main = match &files.main {
            Destination::File(path) => path.clone(),
            // What is piped is taken to lie beside the map.
            Destination::Stdout => map.with_extension(""),
        };
        emitter.source_map_url(&match &args.source_map_url {
            Some(url) => url.clone(),
            None => url_between(&main, &map),
        });
        let binary = main.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let source = match input::is_stdin(files.text) {
            true => name.clone(),
            false => url_between(&map, files.text),
        };
        let emitter = emitter.clone();
        more.push(Output::text(&map, move |out| emitter.write_source_map(&binary, &source, out)));
    }
    if let Some(path) = &files.declarations {
        let emitter = emitter.clone();
        more.push(Output::text(path, move |out| emitter.write_declarations(out)));
    }
    let main = Output {
        destination: files.main,
        is_text: format.is_text(),
        contents: Box::new(move |out| emitter.write(format, out)),
    };
    let mut outputs = vec![main];
    outputs.append(&mut more);
    if let Some((depfile, rule)) = files.rule {
        outputs.push(Output::text(&depfile, move |out| out.write_all(&rule)));
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
