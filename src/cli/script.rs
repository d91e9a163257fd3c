//! `gcwat script`

use super::input::{self, TextArgs};
use super::outputs::Output;
use super::report::{ReportArgs, Stdout};
use super::rules::RuleArgs;
use super::{Outcome, complain};
use crate::script::Script;

use std::path::{Path, PathBuf};

/// Make JSON and module files of a test script
///
/// The form is that of wabt's wast2json, which test drivers of engines read: a JSON file with the commands,
/// and beside it a file for each module, with the name of the script and a number.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  gcwat script i32.wast                    write i32.json, i32.0.wasm, i32.1.wasm ...
  gcwat script i32.wast -o out/i32.json")]
pub(super) struct Args {
    #[command(flatten)]
    texts: TextArgs,
    /// Where to write the JSON; the modules go beside it
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Leave the names out of the modules
    #[arg(long)]
    no_names: bool,
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    report: ReportArgs,
}

pub(super) fn run(args: &Args) -> Outcome {
    let files = &args.texts.files;
    if args.output.is_some() && files.len() > 1 {
        complain(format_args!("`--output` takes only one FILE; without it the JSON goes beside each"));
        return Outcome::Usage;
    }
    let to_stdout = args.output.as_deref() == Some(Path::new("-"));
    if to_stdout || (args.output.is_none() && files.iter().any(|file| input::is_stdin(file))) {
        complain(format_args!("a script becomes several files; say by `--output` where the JSON is to go"));
        return Outcome::Usage;
    }
    Outcome::of_all(files.iter().map(|file| script(args, file)))
}

fn script(args: &Args, file: &Path) -> Outcome {
    let Some(text) = args.texts.read(file) else { return Outcome::Wrong };
    let name = args.texts.name_of(file);
    let path = args.output.clone().unwrap_or_else(|| file.with_extension("json"));
    let stem = match input::is_stdin(file) {
        true => &path,
        false => file,
    };
    let stem = stem.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut assembler = args.rules.assembler();
    assembler.names(!args.no_names);
    let made = match std::str::from_utf8(&text) {
        Ok(text) => Script::parse(text).and_then(|script| script.to_json(text, &name, &stem, &assembler)),
        Err(_) => Err(assembler.check_bytes(&text)),
    };
    let made = match made {
        Ok(made) => made,
        Err(errors) => {
            args.report.show(&name, &text, &errors, Stdout::Free);
            return Outcome::Wrong;
        }
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let outputs = made.files.into_iter().map(|(name, bytes)| (folder.join(name), bytes));
    let outputs = outputs.chain([(path.clone(), made.json.into_bytes())]);
    let outputs: Vec<_> =
        outputs.map(|(path, bytes)| Output::text(path, move |out| out.write_all(&bytes))).collect();
    if let Some(output) = outputs.iter().find(|output| output.destination.is_same_file(file)) {
        complain(format_args!("{} is the input and cannot be the output too", output.destination));
        return Outcome::Wrong;
    }
    Outcome::of_all(outputs.iter().map(Output::write))
}
