//! Generates the parser from the grammar, finds out whether the compiler has the functions for AVX-512, and passes facts
//! about the build to the program.

mod commit;
mod lock;

use std::process::Command;

/// The first minor version of Rust 1 in which the functions for AVX-512 are stable.
const AVX512: u32 = 89;

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
    if let Some(versions) = lock::versions(&["wasmparser", "wasm-encoder", "wasmprinter"]) {
        println!("cargo::rustc-env=GCWAT_DEPENDENCIES={versions}");
    }
    println!("cargo::rustc-check-cfg=cfg(has_avx512)");
    if let Some(version) = compiler() {
        if minor_version(&version).is_some_and(|minor| minor >= AVX512) {
            println!("cargo::rustc-cfg=has_avx512");
        }
        println!("cargo::rustc-env=GCWAT_COMPILER={version}");
    }
}

/// Returns the name and version of the compiler.
fn compiler() -> Option<String> {
    let rustc = std::env::var_os("RUSTC")?;
    let output = Command::new(rustc).arg("--version").output().ok()?;
    String::from_utf8(output.stdout).ok().map(|version| version.trim().to_owned())
}

/// Returns the minor version of a compiler: 95 for `rustc 1.95.0`.
fn minor_version(version: &str) -> Option<u32> {
    version.split('.').nth(1)?.parse().ok()
}
