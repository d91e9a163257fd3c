//! Where output goes: never half a file, never binary to a terminal.

use std::fmt;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Where to write.
pub(super) enum Destination {
    Stdout,
    File(PathBuf),
}

impl Destination {
    /// Whether writing there would overwrite `file`.
    pub(super) fn is_same_file(&self, file: &Path) -> bool {
        let Destination::File(path) = self else { return false };
        match (fs::canonicalize(path), fs::canonicalize(file)) {
            (Ok(path), Ok(file)) => path == file,
            _ => path == file,
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

/// Writes binary.
pub(super) fn write(destination: &Destination, bytes: &[u8]) -> io::Result<()> {
    match destination {
        Destination::Stdout => {
            let mut stdout = io::stdout().lock();
            if stdout.is_terminal() {
                return Err(io::Error::other("it is a terminal, and this is binary; use `-o`"));
            }
            stdout.write_all(bytes)?;
            stdout.flush()
        }
        Destination::File(path) => write_whole(path, bytes),
    }
}

/// Writes a temporary file beside `path` and renames it, so that what was there stays whole until
/// what shall be there is. What is no regular file, such as a pipe or a device, is written to.
fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let existing = fs::metadata(path);
    if let Ok(metadata) = &existing
        && !metadata.is_file()
    {
        return fs::OpenOptions::new().write(true).open(path)?.write_all(bytes);
    }
    // Through a link, what it points to is replaced, not the link.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = tempfile::Builder::new().prefix(".gcwat-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.flush()?;
    match existing {
        Ok(metadata) => file.as_file().set_permissions(metadata.permissions())?,
        Err(_) => set_usual_permissions(file.as_file())?,
    }
    file.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

/// Gives a temporary file, which only its owner can read, the permissions of any other new file.
#[cfg(unix)]
fn set_usual_permissions(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    // There is no way to read the mask but to make a file with it.
    let probe = std::env::temp_dir().join(format!(".gcwat-mask-{}", std::process::id()));
    let mode = fs::File::create(&probe).and_then(|file| file.metadata()).map(|m| m.permissions().mode());
    let _ = fs::remove_file(&probe);
    file.set_permissions(fs::Permissions::from_mode(mode.unwrap_or(0o644)))
}

#[cfg(not(unix))]
fn set_usual_permissions(_file: &fs::File) -> io::Result<()> {
    Ok(())
}
