//! The versions of dependencies, from `Cargo.lock`. `cargo install` without `--locked` may choose compatible newer ones.

use std::fs;
use std::path::Path;

/// Returns the names and versions of dependencies of the package, as in `wasmparser 0.263.0, wasm-encoder 0.263.0`.
pub fn versions(names: &[&str]) -> Option<String> {
    // The file is next to the manifest of the package, both in a repository and in a published package.
    let path = Path::new("Cargo.lock");
    let text = fs::read_to_string(path).ok()?;
    println!("cargo::rerun-if-changed={}", path.display());
    let packages: Vec<&str> = text.split("[[package]]").collect();
    let own = packages.iter().find(|package| value(package, "name") == Some(env!("CARGO_PKG_NAME")))?;
    let versions: Option<Vec<String>> = names
        .iter()
        .map(|name| {
            // The list of dependencies has a version only if there are several.
            let entries = own.lines().filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix("\","));
            let entry =
                entries.map(|entry| entry.split(' ')).find(|entry| entry.clone().next() == Some(*name));
            let version = match entry?.nth(1) {
                Some(version) => version,
                None => {
                    value(packages.iter().find(|package| value(package, "name") == Some(name))?, "version")?
                }
            };
            Some(format!("{name} {version}"))
        })
        .collect();
    versions.map(|versions| versions.join(", "))
}

/// Returns the value of a key of a package.
fn value<'p>(package: &'p str, key: &str) -> Option<&'p str> {
    package.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"'))
}
