//! Writes outputs. A file is never partially written, and binary is never written to a terminal.

use super::place::{Identity, Place, Stream, follow};
use super::replace::{buffered, create, replace};
use super::status::Status;
use super::{failure, message, progress};
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

    /// Returns the path of the file.
    pub(super) fn path(&self) -> Option<&Path> {
        match self {
            Destination::Stdout => None,
            Destination::File(path) => Some(path),
        }
    }

    /// Returns the identity of the file, if writing can overwrite something.
    pub(super) fn identity(&self) -> Option<Identity> {
        match self {
            Destination::Stdout => Some(Identity::of_stream(Stream::Stdout).unwrap_or(Identity::Stdout)),
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

/// Returns the path of an output. If `output` ends with a separator, it is a directory, and the name of the file is that
/// of the input with another extension.
pub(super) fn path_of(output: &Path, input: Option<&Path>, extension: &str) -> Result<PathBuf, String> {
    match is_folder(output) {
        true => in_folder(output, input, extension),
        false => Ok(output.to_owned()),
    }
}

/// Returns the path of the output of an input in a directory.
pub(super) fn in_folder(folder: &Path, input: Option<&Path>, extension: &str) -> Result<PathBuf, String> {
    match input.and_then(Path::file_name) {
        Some(name) => Ok(folder.join(Path::new(name).with_extension(extension))),
        None => {
            let folder = folder.display();
            Err(format!(
                "the output in `{folder}` needs a name; use `--stdin-filename`, or `-o` with a file name"
            ))
        }
    }
}

/// Whether the user has written a path as that of a directory.
pub(super) fn is_folder(path: &Path) -> bool {
    path.as_os_str().to_string_lossy().ends_with(std::path::is_separator)
}

/// Creates a directory for outputs, and those around it.
pub(super) fn create_folder(path: &Path) -> Status {
    match fs::create_dir_all(path) {
        Ok(()) => Status::Success,
        Err(error) => {
            let reason = failure::reason(&error, Some(path));
            message::error(format_args!("cannot create directory `{}`: {reason}", path.display()));
            Status::Failure
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
                return Err(io::Error::other(NO_BINARY));
            }
            progress::suspend(|| buffered(&mut stdout, &write))
        }
        Destination::File(path) => write_file(path, write),
    }
}

/// The reason why a module is not written to a terminal.
pub(super) const NO_BINARY: &str = "binary is not written to a terminal; use `-o`";

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
        Ok(metadata) if metadata.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
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
        _ => duplicate(number).or_else(|error| if_unsupported(error, || append_to(path))),
    }
}

/// Duplicates an open stream of this process. Opening its path would be another stream, with a position of its own.
#[cfg(target_os = "linux")]
fn duplicate(number: u32) -> io::Result<File> {
    use rustix::process::{PidfdFlags, PidfdGetfdFlags, getpid, pidfd_getfd, pidfd_open};
    let number = i32::try_from(number).map_err(|_| io::ErrorKind::InvalidInput)?;
    let own = pidfd_open(getpid(), PidfdFlags::empty())?;
    Ok(File::from(pidfd_getfd(own, number, PidfdGetfdFlags::empty())?))
}

#[cfg(all(unix, not(target_os = "linux")))]
fn duplicate(_: u32) -> io::Result<File> {
    // On these systems, opening the path of a stream duplicates it.
    Err(io::ErrorKind::Unsupported.into())
}

/// Tries something else if the system does not support, or does not allow, the first way.
#[cfg(unix)]
fn if_unsupported(error: io::Error, other: impl FnOnce() -> io::Result<File>) -> io::Result<File> {
    match error.kind() {
        io::ErrorKind::Unsupported | io::ErrorKind::PermissionDenied => other(),
        _ => Err(error),
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
