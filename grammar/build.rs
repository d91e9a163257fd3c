//! Generates the parser from the grammar, and finds out whether the compiler has the functions for AVX-512.

use std::process::Command;

/// The first minor version of Rust 1 in which the functions for AVX-512 are stable.
const AVX512: u32 = 89;

fn main() {
    println!("cargo::rerun-if-changed=grammar/wat.lalrpop");
    println!("cargo::rustc-check-cfg=cfg(has_avx512)");
    if minor_version().is_some_and(|minor| minor >= AVX512) {
        println!("cargo::rustc-cfg=has_avx512");
    }
    lalrpop::Configuration::new()
        .set_in_dir("grammar")
        .emit_rerun_directives(false)
        .process()
        .expect("a grammar without conflicts");
}

/// Returns the minor version of the compiler: 95 for Rust 1.95.
fn minor_version() -> Option<u32> {
    let output = Command::new(std::env::var_os("RUSTC")?).arg("--version").output().ok()?;
    let version = String::from_utf8(output.stdout).ok()?;
    version.split('.').nth(1)?.parse().ok()
}
