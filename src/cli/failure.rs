//! The words for errors of files, which are the same for all subcommands and systems.

use super::place::folder_of;
use std::io::{self, ErrorKind};
use std::path::Path;

/// Describes why a file or a stream cannot be read or written. A missing directory is named.
pub(super) fn reason(error: &io::Error, path: Option<&Path>) -> String {
    // These errors have words of their own.
    if error.get_ref().is_some() {
        return error.to_string();
    }
    match error.kind() {
        ErrorKind::NotFound => match path.and_then(missing_folder) {
            Some(folder) => format!("directory `{}` not found", folder.display()),
            None => "No such file".to_owned(),
        },
        ErrorKind::NotADirectory => match path.and_then(file_as_folder) {
            Some(file) => format!("`{}` is not a directory", file.display()),
            None => "Not a directory".to_owned(),
        },
        ErrorKind::IsADirectory => "it is a directory".to_owned(),
        ErrorKind::PermissionDenied => "Permission denied".to_owned(),
        ErrorKind::StorageFull => "No space left on device".to_owned(),
        _ => without_number(&error.to_string()).to_owned(),
    }
}

/// Returns the first directory of a path that does not exist.
fn missing_folder(path: &Path) -> Option<&Path> {
    let is_missing = |folder: &&Path| !folder.as_os_str().is_empty() && !folder.exists();
    folder_of(path).ancestors().filter(is_missing).last()
}

/// Returns the part of a path that is used as a directory and is another kind of file.
fn file_as_folder(path: &Path) -> Option<&Path> {
    folder_of(path).ancestors().filter(|folder| folder.exists() && !folder.is_dir()).last()
}

/// Removes the number that the standard library adds to messages of the system.
fn without_number(message: &str) -> &str {
    message.rfind(" (os error ").map_or(message, |end| &message[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_directory_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("file"), "").unwrap();
        let of = |kind: ErrorKind, name: &str| reason(&kind.into(), Some(&path(name)));
        assert_eq!(of(ErrorKind::NotFound, "x"), "No such file");
        let missing = format!("directory `{}` not found", path("a").display());
        assert_eq!(of(ErrorKind::NotFound, "a/x"), missing);
        assert_eq!(of(ErrorKind::NotFound, "a/b/c/x"), missing);
        let file = format!("`{}` is not a directory", path("file").display());
        assert_eq!(of(ErrorKind::NotADirectory, "file/x"), file);
        assert_eq!(reason(&ErrorKind::IsADirectory.into(), None), "it is a directory");
        assert_eq!(reason(&io::Error::other("own words"), None), "own words");
    }

    #[cfg(unix)]
    #[test]
    fn messages_of_the_system_have_no_number() {
        assert_eq!(reason(&io::Error::from_raw_os_error(5), None), "Input/output error");
    }
}
