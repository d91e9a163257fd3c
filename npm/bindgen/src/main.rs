//! Writes the JavaScript glue for the WebAssembly module of the package. This is the part of `wasm-bindgen-cli` that the
//! build needs, with the version from the lock file.

use std::process::ExitCode;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [module, folder] = arguments.as_slice() else {
        eprintln!("usage: gcwat-bindgen MODULE FOLDER");
        return ExitCode::from(2);
    };
    let made = Bindgen::new().input_path(module).web(true).and_then(|bindgen| {
        // wasm-opt needs the names.
        bindgen.out_name("glue").typescript(false).remove_name_section(false).omit_default_module_path(true);
        bindgen.generate(folder)
    });
    match made {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:?}");
            ExitCode::FAILURE
        }
    }
}
