//! The commit of the source, which is the same for each build of the same source. Git itself is not run: it may be
//! missing, or refuse a repository of another user.

use std::fs;
use std::path::{Path, PathBuf};

/// Returns the commit of a packaged crate or of a repository. Returns `None` for other copies of the source.
///
/// Only the folder of the package is searched, not its parents: the source may be part of another repository.
pub fn find() -> Option<String> {
    of_package(Path::new(".cargo_vcs_info.json")).or_else(|| of_repository(Path::new(".git")))
}

/// Reads the file that cargo adds to a package.
fn of_package(info: &Path) -> Option<String> {
    let text = read(info)?;
    let (_, rest) = text.split_once("\"sha1\"")?;
    rest.split('"').nth(1).filter(|word| is_commit(word)).map(str::to_owned)
}

/// Reads the commit that is checked out.
fn of_repository(git: &Path) -> Option<String> {
    let folder = git_folder(git)?;
    // A commit changes the log, and also the reference unless all references are packed.
    let _ = read(&folder.join("logs/HEAD"));
    let head = read(&folder.join("HEAD"))?;
    let Some(reference) = head.trim().strip_prefix("ref: ") else {
        return Some(head.trim().to_owned()).filter(|word| is_commit(word));
    };
    // A worktree has its own HEAD, and the references are in the folder of the repository.
    let common = match fs::read_to_string(folder.join("commondir")) {
        Ok(common) => folder.join(common.trim()),
        Err(_) => folder.clone(),
    };
    let commit = read(&common.join(reference)).map(|commit| commit.trim().to_owned());
    commit.or_else(|| packed(&read(&common.join("packed-refs"))?, reference)).filter(|word| is_commit(word))
}

/// Returns the folder of a repository. In a worktree, `.git` is a file with its path.
fn git_folder(git: &Path) -> Option<PathBuf> {
    if git.is_dir() {
        return Some(git.to_owned());
    }
    let text = fs::read_to_string(git).ok()?;
    Some(PathBuf::from(text.trim().strip_prefix("gitdir: ")?))
}

/// Finds a reference among the packed ones.
fn packed(references: &str, name: &str) -> Option<String> {
    let found = references.lines().find_map(|line| line.strip_suffix(name)?.strip_suffix(' '));
    found.map(str::to_owned)
}

/// Reads a file, and has the build script run again if it changes.
fn read(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    // Cargo runs a script always if it names a file that does not exist.
    println!("cargo::rerun-if-changed={}", path.display());
    Some(text)
}

fn is_commit(word: &str) -> bool {
    word.len() >= 40 && word.bytes().all(|byte| byte.is_ascii_hexdigit())
}
