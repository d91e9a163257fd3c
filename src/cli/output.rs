//! Where output goes: never half a file, never binary to a terminal.

use std::fmt;
use std::fs;
use std::io::{self, BufRead, IsTerminal, Write};
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
        // What is not there yet is no other file.
        let (Ok(written), Ok(read)) = (fs::metadata(path), fs::metadata(file)) else { return path == file };
        // To compare lengths takes less time than to follow both paths.
        if written.len() != read.len() {
            return false;
        }
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

/// Writes what `write` does; binary not to a terminal.
pub(super) fn write(
    destination: &Destination,
    is_text: bool,
    write: impl Fn(&mut (dyn Write + Send)) -> io::Result<()>,
) -> io::Result<()> {
    match destination {
        Destination::Stdout => {
            let mut stdout = io::stdout();
            if !is_text && stdout.is_terminal() {
                return Err(io::Error::other("it is a terminal, and this is binary; use `-o`"));
            }
            super::progress::aside(|| {
                let mut out = io::BufWriter::with_capacity(BUFFER, &mut stdout);
                write(&mut out)?;
                out.flush()
            })
        }
        Destination::File(path) => write_whole_by(path, write),
    }
}

/// How much is gathered before it is written.
const BUFFER: usize = 1 << 14;

/// Puts these bytes into a file.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_whole_by(path, |out| out.write_all(bytes))
}

/// Writes a temporary file beside `path` and renames it, so that what was there stays whole until
/// what shall be there is. What is no regular file, such as a pipe or a device, is written to. A file that is what it
/// shall be stays: to replace one takes longer than to assemble a small text.
fn write_whole_by(path: &Path, write: impl Fn(&mut (dyn Write + Send)) -> io::Result<()>) -> io::Result<()> {
    let buffered = |file: &mut fs::File| {
        let mut out = io::BufWriter::with_capacity(BUFFER, file);
        write(&mut out)?;
        out.flush()
    };
    let existing = fs::metadata(path);
    if let Ok(metadata) = &existing
        && !metadata.is_file()
    {
        return buffered(&mut fs::OpenOptions::new().write(true).open(path)?);
    }
    if existing.is_ok() && matches!(renew(path, &write), Ok(true)) {
        return Ok(());
    }
    // Through a link, what it points to is replaced, not the link.
    let path = match fs::read_link(path) {
        Err(_) => path.to_owned(),
        Ok(target) => {
            fs::canonicalize(path).unwrap_or_else(|_| path.parent().unwrap_or(Path::new(".")).join(target))
        }
    };
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".gcwat-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Those of any other new file: the mask takes its part away.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    // The kind of the error says enough; its text would name the temporary file.
    let mut file = builder.tempfile_in(folder).map_err(|error| io::Error::from(error.kind()))?;
    buffered(file.as_file_mut())?;
    if let Ok(metadata) = existing {
        file.as_file().set_permissions(metadata.permissions())?;
    }
    file.persist(&path).map_err(|error| io::Error::from(error.error.kind()))?;
    Ok(())
}

/// Whether there is in a file what `write` writes. Then it is made as new as if it were written: Make asks for that.
fn renew(path: &Path, write: impl Fn(&mut (dyn Write + Send)) -> io::Result<()>) -> io::Result<bool> {
    let file = fs::File::open(path)?;
    let mut rest = Rest(io::BufReader::with_capacity(BUFFER, &file));
    write(&mut rest)?;
    let is_all = rest.0.fill_buf()?.is_empty();
    if is_all {
        touch(&file)?;
    }
    Ok(is_all)
}

/// Gives a file the time at which it would have been written now.
#[cfg(unix)]
fn touch(file: &fs::File) -> io::Result<()> {
    use rustix::fs::{Timespec, Timestamps, UTIME_NOW, futimens};
    // The clock of the file system: the one of the standard library is ahead of it by some milliseconds.
    let now = Timespec { tv_sec: 0, tv_nsec: UTIME_NOW };
    Ok(futimens(file, &Timestamps { last_access: now, last_modification: now })?)
}

/// Gives a file the time at which it would have been written now.
#[cfg(not(unix))]
fn touch(file: &fs::File) -> io::Result<()> {
    file.set_modified(std::time::SystemTime::now())
}

/// What is still to come of a file. Only what comes can be written.
struct Rest<'f>(io::BufReader<&'f fs::File>);

impl Write for Rest<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let found = self.0.fill_buf()?;
        let most = found.len().min(bytes.len());
        if found[..most] != bytes[..most] || most == 0 && !bytes.is_empty() {
            return Err(io::Error::other("the file is another one"));
        }
        self.0.consume(most);
        Ok(most)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
