//! Writes the JavaScript glue for the WebAssembly module of the package. This is the part of `wasm-bindgen-cli` that the
//! build needs, with the version from the lock file.

mod order;

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [module, folder] = arguments.as_slice() else {
        eprintln!("usage: gcwat-bindgen MODULE FOLDER");
        return ExitCode::from(2);
    };
    match write(module, Path::new(folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:?}");
            ExitCode::FAILURE
        }
    }
}

/// Writes `glue.js` and the module for it, `glue_bg.wasm`.
fn write(module: &str, folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(module).web(true)?;
    bindgen.out_name("glue").typescript(false).omit_default_module_path(true);
    bindgen.generate(folder)?;
    let path = folder.join("glue_bg.wasm");
    fs::write(&path, order::name_by_similarity(&fs::read(&path)?)?)?;
    Ok(())
}
