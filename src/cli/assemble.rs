//! `gcwat assemble`

use super::artifact::Output;
use super::console::Console;
use super::depfile;
use super::destination::{self, Destination};
use super::input::{self, TextArgs};
use super::options::RuleArgs;
use super::place::{Identity, Stream};
use super::plan::{Plan, Planned};
use super::progress;
use super::report::{ReportArgs, Reporter, Stdout};
use super::status::Status;
use super::timing::Timing;
use super::{message, place};
use crate::assembler::{Assembled, Assembler};
use crate::emit::{Emitter, Format};
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Assemble text into the binary format
///
/// The output of each FILE is written next to it, with the extension of the format (.wasm). The output of standard input
/// is written to standard output. Binary is never written to a terminal. Output files are replaced atomically, and only if
/// there is no error.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  gcwat assemble trampoline.wat
  gcwat assemble src/*.wat --out-dir out
  gcwat assemble -g --no-validate draft.wat -o - | wasm-objdump -x -
  gcwat assemble -f wasm2 plugin.wat       allow only the features of WebAssembly 2.0
  gcwat assemble --emit c --annotate trampoline.wat
  gcwat assemble --emit c --annotate trampoline.wat --check
  gcwat assemble --emit listing trampoline.wat -o -
  gcwat assemble --emit object part.wat    writes part.o, for wasm-ld")]
pub(super) struct Args {
    #[command(flatten)]
    texts: TextArgs,
    /// Output file; `-` is standard output, `DIR/` is the same as `--out-dir DIR`
    #[arg(short, long, value_name = "OUT", value_hint = clap::ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// Directory for the outputs, which is created if necessary
    #[arg(long, value_name = "DIR", conflicts_with = "output", value_hint = clap::ValueHint::DirPath)]
    out_dir: Option<PathBuf>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "wasm")]
    emit: Format,
    /// Assemble an object for a linker; implied by `--emit object`
    #[arg(long)]
    object: bool,
    /// Name of the array [default: derived from the file name]
    #[arg(long, value_name = "SYMBOL")]
    name: Option<String>,
    /// Group the bytes of an array, with a comment for each group
    #[arg(long)]
    annotate: bool,
    /// Write TypeScript declarations next to the JavaScript module
    #[arg(long)]
    dts: bool,
    /// Write a source map [default FILE: next to the output]
    #[arg(long, value_name = "FILE", require_equals = true, value_hint = clap::ValueHint::FilePath)]
    source_map: Option<Option<PathBuf>>,
    /// URL of the source map in the module [default: the path relative to the output]
    #[arg(long, value_name = "URL", requires = "source_map")]
    source_map_url: Option<String>,
    /// Write a rule for Make with the dependencies of the output
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    depfile: Option<PathBuf>,
    /// Write nothing; fail with a short diff if an output file does not have the expected contents
    #[arg(long)]
    check: bool,
    /// Write a name section
    #[arg(short = 'g', long = "names", visible_alias = "debug-names")]
    names: bool,
    /// Skip validation
    #[arg(long)]
    no_validate: bool,
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    report: ReportArgs,
}

pub(super) fn run(args: &Args, console: &Console) -> Status {
    if let Err(message) = args.texts.check_distinct().and_then(|()| args.check_combination()) {
        message::error(format_args!("{message}"));
        return Status::Usage;
    }
    // The text format is for people, so it has names.
    let names = args.names || args.emit == Format::Wat;
    let origins = args.annotate || args.emit.needs_origins() || args.source_map.is_some();
    let assembler = args.rules.assembler().names(names).validate(!args.no_validate).origins(origins);
    let assembler = assembler.object(args.object || args.emit == Format::Object);
    let files = match plan(args) {
        Ok(files) => files,
        Err(message) => {
            let binary = args.texts.files.iter().find(|file| input::is_binary(file));
            let message = binary.map_or(message, |file| {
                let file = file.display();
                format!(
                    "`{file}` is a WebAssembly binary, not text: use `gcwat disassemble` or `gcwat check`"
                )
            });
            message::error(format_args!("{message}"));
            return Status::Failure;
        }
    };
    let stdout = match files.iter().any(|files| files.main == Destination::Stdout) {
        true => Stdout::Taken,
        false => Stdout::Free,
    };
    if stdout == Stdout::Taken && !args.emit.is_text() && io::stdout().is_terminal() {
        // Before the user types a text.
        let whose = if args.output.is_some() { "the output" } else { "the output of standard input" };
        message::error(format_args!("{whose} would go to the terminal, and {}", destination::NO_BINARY));
        return Status::Failure;
    }
    if let [files, ..] = &files[..]
        && args.output.is_none()
        && args.out_dir.is_none()
        && !args.check
        && let Destination::File(path) = &files.main
        && awaits_output()
    {
        let path = path.display();
        console.note(format_args!("the output is in `{path}`; `-o -` writes it to standard output"));
    }
    let mut reporter = args.report.reporter(console, stdout);
    let is_shown = console.shows_progress() && !args.texts.is_typed();
    let status = progress::with_progress(&args.texts.files, is_shown, |progress| {
        let assembler = assembler.clone().progress(progress);
        let run = Run { args, console, assembler };
        Status::of_all(files.into_iter().map(|files| run.assemble(files, &mut reporter)))
    });
    Status::of_all([status, reporter.finish()])
}

/// Whether standard output seems to have been redirected for the module: to an empty file, or to a pipe that is not that
/// of a program which collects all outputs.
fn awaits_output() -> bool {
    match Identity::of_stream(Stream::Stdout) {
        Some(file) => {
            Identity::of_stream(Stream::Stderr) != Some(file) && place::is_empty_file(Stream::Stdout)
        }
        None => place::is_pipe(Stream::Stdout) && !place::is_pipe(Stream::Stderr),
    }
}

impl Args {
    /// Returns an error if the options contradict each other.
    fn check_combination(&self) -> Result<(), String> {
        let format = self.emit;
        if self.texts.files.len() > 1 {
            if self.output.is_some() && self.folder().is_none() {
                let message =
                    "`--output` allows only one FILE; omit it to write each output next to its input";
                return Err(message.into());
            }
            if let Some(Some(_)) = self.source_map {
                return Err(
                    "`--source-map=FILE` allows only one input; omit FILE to write a map for each input"
                        .into(),
                );
            }
            if self.depfile.is_some() {
                return Err("`--depfile` allows only one input".into());
            }
        }
        if self.annotate && !format.can_be_annotated() {
            return Err(format!(
                "`--annotate` cannot be used with `--emit {format}`; it needs one of {}",
                names(|format| format.can_be_annotated())
            ));
        }
        if self.object && format == Format::Wat {
            return Err("`--object` cannot be used with `--emit wat`".into());
        }
        if self.source_map.is_some() && (self.object || format == Format::Object) {
            return Err(
                "`--source-map` cannot be used with objects, since linkers do not adapt source maps".into()
            );
        }
        if self.dts && format != Format::Js {
            return Err("`--dts` needs `--emit js`".into());
        }
        if let Some(name) = &self.name {
            if !format.has_symbol() {
                return Err(format!(
                    "`--name` cannot be used with `--emit {format}`; it needs one of {}",
                    names(|format| format.has_symbol())
                ));
            }
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
            if let Destination::Stdout = self.destination(file)? {
                if self.check {
                    return Err("`--check` needs an output file; add `--output`".into());
                }
                if self.dts {
                    return Err("`--dts` needs an output file; add `--output`".into());
                }
                if let Some(None) = self.source_map {
                    return Err(
                        "the source map of standard output needs a file name; write `--source-map=FILE`"
                            .into(),
                    );
                }
                if self.depfile.is_some() {
                    return Err("`--depfile` needs an output file; add `--output`".into());
                }
            }
        }
        Ok(())
    }

    /// Returns the directory for the outputs, if the user has given one.
    fn folder(&self) -> Option<&Path> {
        let written = self.output.as_deref().filter(|output| destination::is_folder(output));
        self.out_dir.as_deref().or(written)
    }

    fn destination(&self, file: &Path) -> Result<Destination, String> {
        let extension = self.emit.extension();
        if let Some(folder) = self.folder() {
            let path = destination::in_folder(folder, self.texts.path_of(file), extension)?;
            return Ok(Destination::of_path(&path));
        }
        Ok(match &self.output {
            Some(output) if output == Path::new("-") => Destination::Stdout,
            Some(output) => Destination::of_path(output),
            None if input::is_stdin(file) => Destination::Stdout,
            None => Destination::of_path(&file.with_extension(extension)),
        })
    }
}

/// Lists the formats with a property.
fn names(has: impl Fn(&Format) -> bool) -> String {
    let names: Vec<_> = Format::ALL.iter().filter(|format| has(format)).map(|format| format.name()).collect();
    names.join(", ")
}

/// The input and output files of one text.
struct Files<'a> {
    text: &'a Path,
    main: Destination,
    source_map: Option<PathBuf>,
    declarations: Option<PathBuf>,
    /// The path of the depfile, and its rule for Make.
    rule: Option<(PathBuf, Vec<u8>)>,
}

/// Returns the files of the run. It is an error if an output overwrites another file.
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
        let main = args.destination(text)?;
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
        // The depfile is not an output that `--check` compares.
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
}

struct Run<'a> {
    args: &'a Args,
    console: &'a Console,
    assembler: Assembler,
}

impl Run<'_> {
    fn assemble(&self, files: Files<'_>, reporter: &mut Reporter<'_>) -> Status {
        let Run { args, console, assembler } = self;
        let name = args.texts.name_of(files.text);
        let timing = Timing::start(console, &name);
        let Some(bytes) = args.texts.read(files.text, args.rules.threads, console) else {
            return Status::Failure;
        };
        timing.read(bytes.len());
        let assembler = timing.observe(assembler.clone());
        let text = assembler.text_of(&bytes);
        let assembled = text.and_then(|text| Ok((text.text, assembler.assemble_text(text)?)));
        timing.assembled();
        let status = match assembled {
            Ok((text, assembled)) => {
                let shown = reporter.show(&name, &bytes, assembled.warnings());
                let outputs = outputs(args, text, &assembled, files);
                Status::of_all([shown, write(args, &name, &outputs, &timing)])
            }
            Err(diagnostics) => {
                reporter.show(&name, &bytes, &diagnostics);
                Status::Failure
            }
        };
        timing.finish();
        status
    }
}

/// Writes the outputs of one text, or compares them with the files.
fn write(args: &Args, name: &str, outputs: &[Output<'_>], timing: &Timing) -> Status {
    if args.check {
        return Status::of_all(outputs.iter().map(|output| output.check(name)));
    }
    if let Some(folder) = args.folder()
        && let Status::Failure = destination::create_folder(folder)
    {
        return Status::Failure;
    }
    Status::of_all(outputs.iter().map(|output| {
        let start = Instant::now();
        let status = output.write();
        if status == Status::Success {
            timing.written(&output.destination, start);
        }
        status
    }))
}

/// Returns the outputs of one text.
fn outputs<'o>(args: &'o Args, text: &'o str, assembled: &'o Assembled, files: Files<'o>) -> Vec<Output<'o>> {
    let format = args.emit;
    let name = args.texts.name_of(files.text);
    let mut emitter =
        Emitter::new(text, assembled).file_name(&name).annotate(args.annotate).threads(args.rules.threads);
    if let Some(symbol) = &args.name {
        emitter = emitter.symbol(symbol);
    }
    let mut more = Vec::new();
    if let Some(map) = files.source_map {
        let main = match &files.main {
            Destination::File(path) => path.clone(),
            // Standard output is assumed to go to a file next to the map.
            Destination::Stdout => map.with_extension(""),
        };
        emitter = emitter.source_map_url(&match &args.source_map_url {
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

/// Returns the path where TypeScript looks for the declarations of a JavaScript module.
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

/// Returns the relative URL from one file to another.
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
