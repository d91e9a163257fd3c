//! Generates the parser from the grammar, and passes facts about the build to the program.

mod commit;

use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=grammar/wat.lalrpop");
    lalrpop::Configuration::new()
        .set_in_dir("grammar")
        .emit_rerun_directives(false)
        .process()
        .expect("a grammar without conflicts");
    if let Some(commit) = commit::find() {
        println!("cargo::rustc-env=GCWAT_COMMIT={commit}");
    }
    if let Ok(target) = std::env::var("TARGET") {
        println!("cargo::rustc-env=GCWAT_TARGET={target}");
    }
    if let Some(version) = compiler() {
        println!("cargo::rustc-env=GCWAT_COMPILER={version}");
    }
}

/// Returns the name and version of the compiler.
fn compiler() -> Option<String> {
    let rustc = std::env::var_os("RUSTC")?;
    let output = Command::new(rustc).arg("--version").output().ok()?;
    String::from_utf8(output.stdout).ok().map(|version| version.trim().to_owned())
}
