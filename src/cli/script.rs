//! `gcwat script`

use super::artifact::Output;
use super::destination::Destination;
use super::input::{self, TextArgs};
use super::message;
use super::options::RuleArgs;
use super::plan::{Plan, Planned};
use super::report::{ReportArgs, Stdout};
use super::status::Status;
use crate::script::Script;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Convert a test script to JSON and module files
///
/// The format is that of wabt's wast2json, which the test runners of engines read: a JSON file with the commands, and
/// next to it a file for each module, with the name of the script and a number.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  gcwat script i32.wast                    write i32.json, i32.0.wasm, i32.1.wasm ...
  gcwat script i32.wast -o out/i32.json")]
pub(super) struct Args {
    #[command(flatten)]
    texts: TextArgs,
    /// JSON file; the modules are written next to it
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Write no name sections
    #[arg(long)]
    no_names: bool,
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    report: ReportArgs,
}

pub(super) fn run(args: &Args) -> Status {
    let files = &args.texts.files;
    if args.output.is_some() && files.len() > 1 {
        message::error(format_args!(
            "`--output` allows only one FILE; omit it to write the JSON next to each input"
        ));
        return Status::Usage;
    }
    let to_stdout = args.output.as_deref() == Some(Path::new("-"));
    if to_stdout || (args.output.is_none() && files.iter().any(|file| input::is_stdin(file))) {
        message::error(format_args!(
            "a script is converted to several files; name the JSON file with `--output`"
        ));
        return Status::Usage;
    }
    // The files of a script are known when it is assembled, and all must be known before the first is written.
    let scripts: Vec<_> = files.iter().map(|file| (file, assemble(args, file))).collect();
    let mut plan = Plan::new(files);
    for (file, outputs) in &scripts {
        for output in outputs.iter().flatten() {
            let Made { role, destination, .. } = output;
            if let Err(message) = plan.add(&Planned { role, destination, input: file }) {
                message::error(format_args!("{message}"));
                return Status::Failure;
            }
        }
    }
    Status::of_all(scripts.into_iter().map(|(_, outputs)| match outputs {
        Some(outputs) => Status::of_all(outputs.iter().map(Made::write)),
        None => Status::Failure,
    }))
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
fn assemble(args: &Args, file: &Path) -> Option<Vec<Made>> {
    let text = args.texts.read(file, args.rules.threads)?;
    let name = args.texts.name_of(file);
    let path = args.output.clone().unwrap_or_else(|| file.with_extension("json"));
    let stem = match input::is_stdin(file) {
        true => &path,
        false => file,
    };
    let stem = stem.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let assembler = args.rules.assembler().names(!args.no_names);
    let made = match std::str::from_utf8(&text) {
        Ok(text) => Script::parse(text).and_then(|script| script.to_json(text, &name, &stem, &assembler)),
        Err(_) => Err(assembler.check_bytes(&text)),
    };
    let made = made.map_err(|errors| args.report.show(&name, &text, &errors, Stdout::Free)).ok()?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let made_of = |role, path: &Path, bytes| Made { role, destination: Destination::of_path(path), bytes };
    let modules = made.files.into_iter().map(|(name, bytes)| made_of("module", &folder.join(name), bytes));
    Some(modules.chain([made_of("JSON", &path, made.json.into_bytes())]).collect())
}
