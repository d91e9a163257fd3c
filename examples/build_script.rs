//! A build script: assembles each text in the folder `wasm`, so that the program can include the modules. Errors and
//! warnings appear in the output of Cargo, with their location.
//!
//! `build-script` is a crate with this build script: `cargo run -p build-script`. In a crate of your own, the file is
//! `build.rs`, which Cargo finds without a setting.

use gcwat::{Assembler, Diagnostic, Level};
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

fn main() -> ExitCode {
    let (Some(folder), Some(out)) = (env::var_os("CARGO_MANIFEST_DIR"), env::var_os("OUT_DIR")) else {
        eprintln!("error: Cargo runs this program, as the build script of the crate `build-script`");
        return ExitCode::from(2);
    };
    match build(folder.as_ref(), out.as_ref(), &mut io::stdout().lock()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            println!("cargo::error=wasm: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Assembles the texts of a crate into the directory `out`. Reports to Cargo, which reads `cargo`. Returns whether there
/// was no error.
pub fn build(folder: &Path, out: &Path, cargo: &mut dyn Write) -> io::Result<bool> {
    writeln!(cargo, "cargo::rerun-if-changed=wasm")?;
    let mut names: Vec<_> =
        fs::read_dir(folder.join("wasm"))?.map(|entry| Ok(entry?.file_name())).collect::<io::Result<_>>()?;
    // The order of the messages should not depend on the file system.
    names.sort();
    let assembler = Assembler::new();
    let mut succeeds = true;
    for name in names {
        let file = Path::new("wasm").join(name);
        if file.extension().is_none_or(|extension| extension != "wat") {
            continue;
        }
        let text = fs::read(folder.join(&file))?;
        let diagnostics = match assembler.assemble_bytes(&text) {
            Ok(assembled) => {
                let target = out.join(file.with_extension("wasm").file_name().unwrap_or_default());
                fs::write(target, assembled.bytes())?;
                assembled.warnings().clone()
            }
            Err(diagnostics) => diagnostics,
        };
        succeeds &= !diagnostics.has_errors();
        for (diagnostic, at) in diagnostics.with_positions() {
            let kind = match diagnostic.level {
                Level::Error => "error",
                Level::Warning => "warning",
            };
            writeln!(cargo, "cargo::{kind}={}:{at}: {}", file.display(), line(diagnostic))?;
        }
    }
    Ok(succeeds)
}

/// Returns a diagnostic in one line, since a message to Cargo ends with the line.
fn line(diagnostic: &Diagnostic) -> String {
    let mut line = format!("{} [{}]", diagnostic.message, diagnostic.code);
    for suggestion in &diagnostic.suggestions {
        line.push_str(&format!("; help: {}", suggestion.message));
    }
    line.replace('\n', " ")
}
