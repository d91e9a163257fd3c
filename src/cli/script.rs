//! `gcwat script`

use super::artifact::Output;
use super::console::Console;
use super::destination::{self, Destination};
use super::input::{self, TextArgs};
use super::message;
use super::options::RuleArgs;
use super::place::folder_of;
use super::plan::{Plan, Planned};
use super::report::{ReportArgs, Reporter, Stdout};
use super::status::Status;
use super::timing::Timing;
use crate::script::Script;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Convert a test script to JSON and module files
///
/// The format is that of wabt's wast2json, which the test runners of engines read: a JSON file with the commands, and
/// next to it a file for each module, with the name of the JSON file and a number. The directory is created if necessary.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  gcwat script i32.wast                    write i32.json, i32.0.wasm, i32.1.wasm ...
  gcwat script i32.wast -o out/i32.json    write out/i32.json, out/i32.0.wasm ...
  gcwat script *.wast -o out/")]
pub(super) struct Args {
    #[command(flatten)]
    texts: TextArgs,
    /// JSON file, or a directory `DIR/` for it; the modules are written next to it
    #[arg(short, long, value_name = "OUT", value_hint = clap::ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// Write no name sections
    #[arg(long)]
    no_names: bool,
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    report: ReportArgs,
}

pub(super) fn run(args: &Args, console: &Console) -> Status {
    let files = &args.texts.files;
    let paths = args.texts.check_distinct().and_then(|()| args.check()).and_then(|()| args.paths());
    let paths = match paths {
        Ok(paths) => paths,
        Err(message) => {
            message::error(format_args!("{message}"));
            return Status::Usage;
        }
    };
    let mut reporter = args.report.reporter(console, Stdout::Free);
    // The files of a script are known when it is assembled, and all must be known before the first is written.
    let scripts: Vec<_> = files
        .iter()
        .zip(&paths)
        .map(|(file, path)| (file, path, assemble(args, console, file, path, &mut reporter)))
        .collect();
    let reported = reporter.finish();
    let mut plan = Plan::new(files);
    for (file, _, outputs) in &scripts {
        for output in outputs.iter().flatten() {
            let Made { role, destination, .. } = output;
            if let Err(message) = plan.add(&Planned { role, destination, input: file }) {
                message::error(format_args!("{message}"));
                return Status::Failure;
            }
        }
    }
    let written = scripts.into_iter().map(|(_, path, outputs)| match outputs {
        Some(outputs) => match destination::create_folder(folder_of(path)) {
            Status::Success => Status::of_all(outputs.iter().map(Made::write)),
            failure => failure,
        },
        None => Status::Failure,
    });
    Status::of_all(written.chain([reported]))
}

impl Args {
    /// Returns an error if the options contradict each other.
    fn check(&self) -> Result<(), String> {
        let is_folder = self.output.as_deref().is_some_and(destination::is_folder);
        if self.output.is_some() && self.texts.files.len() > 1 && !is_folder {
            return Err(
                "`--output` allows only one FILE; omit it to write the JSON next to each input".into()
            );
        }
        let to_stdout = self.output.as_deref() == Some(Path::new("-"));
        if to_stdout || (self.output.is_none() && self.texts.files.iter().any(|file| input::is_stdin(file))) {
            return Err("a script is converted to several files; name the JSON file with `--output`".into());
        }
        Ok(())
    }

    /// Returns the path of the JSON of each input.
    fn paths(&self) -> Result<Vec<PathBuf>, String> {
        let path_of = |file: &PathBuf| match &self.output {
            Some(output) => destination::path_of(output, self.texts.path_of(file), "json"),
            None => Ok(file.with_extension("json")),
        };
        self.texts.files.iter().map(path_of).collect()
    }
}

/// A file that is made from a script.
struct Made {
    role: &'static str,
    destination: Destination,
    bytes: Vec<u8>,
}

impl Made {
    fn write(&self) -> Status {
        let contents = |out: &mut (dyn Write + Send)| out.write_all(&self.bytes);
        let destination = self.destination.clone();
        Output { destination, is_text: true, contents: Box::new(contents) }.write()
    }
}

/// Returns the files that are made from a script. Returns `None` after reporting an error.
fn assemble(
    args: &Args,
    console: &Console,
    file: &Path,
    path: &Path,
    reporter: &mut Reporter<'_>,
) -> Option<Vec<Made>> {
    let name = args.texts.name_of(file);
    let timing = Timing::start(console, &name);
    let text = args.texts.read(file, args.rules.threads, console)?;
    timing.read(text.len());
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let assembler = timing.observe(args.rules.assembler().names(!args.no_names));
    let made = match std::str::from_utf8(&text) {
        Ok(text) => Script::parse(text).and_then(|script| script.to_json(text, &name, &stem, &assembler)),
        Err(_) => Err(assembler.check_bytes(&text)),
    };
    timing.finish();
    let made = made.map_err(|errors| reporter.show(&name, &text, &errors)).ok()?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let made_of = |role, path: &Path, bytes| Made { role, destination: Destination::of_path(path), bytes };
    let modules = made.files.into_iter().map(|(name, bytes)| made_of("module", &folder.join(name), bytes));
    Some(modules.chain([made_of("JSON", path, made.json.into_bytes())]).collect())
}
