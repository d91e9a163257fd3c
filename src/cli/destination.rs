//! Writes outputs. A file is never partially written, and binary is never written to a terminal.

use super::place::{Identity, Place, follow};
use super::progress;
use super::replace::{buffered, create, replace};
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// The destination of an output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Destination {
    Stdout,
    File(PathBuf),
}

impl Destination {
    /// Returns the destination at a path. Paths such as `/dev/stdout` are standard output.
    pub(super) fn of_path(path: &Path) -> Destination {
        match follow(path) {
            Ok(Place::Stream(1)) => Destination::Stdout,
            _ => Destination::File(path.to_owned()),
        }
    }

    /// Returns the identity of the file, if writing can overwrite something.
    pub(super) fn identity(&self) -> Option<Identity> {
        match self {
            Destination::Stdout => Some(Identity::of_stdout().unwrap_or(Identity::Stdout)),
            Destination::File(path) => Identity::of(path),
        }
    }
}

impl fmt::Display for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Destination::Stdout => f.write_str("standard output"),
            Destination::File(path) => write!(f, "`{}`", path.display()),
        }
    }
}

/// Writes an output with `write`. Binary to a terminal is an error.
pub(super) fn write(
    destination: &Destination,
    is_text: bool,
    write: impl Fn(&mut (dyn Write + Send)) -> io::Result<()>,
) -> io::Result<()> {
    match destination {
        Destination::Stdout => {
            let mut stdout = io::stdout();
            if !is_text && stdout.is_terminal() {
                return Err(io::Error::other("binary is not written to a terminal; use `-o`"));
            }
            progress::suspend(|| buffered(&mut stdout, &write))
        }
        Destination::File(path) => write_file(path, write),
    }
}

/// Writes bytes to a file.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_file(path, |out| out.write_all(bytes))
}

/// Writes to a path. Symbolic links are followed. A regular file is replaced; pipes, devices and open streams are written
/// directly.
fn write_file(path: &Path, write: impl Fn(&mut (dyn Write + Send)) -> io::Result<()>) -> io::Result<()> {
    let path = match follow(path)? {
        Place::Path(path) => path,
        Place::Stream(number) => return buffered(&mut open_stream(number, path)?, &write),
        Place::OtherStream => return buffered(&mut append_to(path)?, &write),
    };
    match fs::metadata(&path) {
        Ok(metadata) if metadata.is_file() => replace(&path, &metadata, &write),
        Ok(_) => buffered(&mut OpenOptions::new().write(true).open(&path)?, &write),
        Err(error) if error.kind() == io::ErrorKind::NotFound => create(&path, &write),
        Err(error) => Err(error),
    }
}

/// Opens a stream of this process by its number.
#[cfg(unix)]
fn open_stream(number: u32, path: &Path) -> io::Result<File> {
    use std::os::fd::AsFd;
    match number {
        1 => Ok(io::stdout().as_fd().try_clone_to_owned()?.into()),
        2 => Ok(io::stderr().as_fd().try_clone_to_owned()?.into()),
        _ => append_to(path),
    }
}

#[cfg(not(unix))]
fn open_stream(_: u32, path: &Path) -> io::Result<File> {
    append_to(path)
}

/// Opens a stream by its path. Without appending, the position would be the start of the file.
fn append_to(path: &Path) -> io::Result<File> {
    OpenOptions::new().append(true).open(path)
}
