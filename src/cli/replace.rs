//! Writes files atomically: a reader sees the old or the new contents, never a part.
//!
//! A file is replaced only if the user may write to it. It keeps its owner, group and permissions.

use super::place::folder_of;
#[cfg(unix)]
use std::fs;
use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, BufRead, BufWriter, Seek, Write};
use std::path::Path;
use tempfile::NamedTempFile;

/// Writes contents.
type Contents<'c> = dyn Fn(&mut (dyn Write + Send)) -> io::Result<()> + 'c;

/// The size of the write buffer.
const BUFFER: usize = 1 << 14;

/// Writes contents to a stream through a buffer.
pub(super) fn buffered(out: &mut (impl Write + Send), write: &Contents<'_>) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    write(&mut out)?;
    out.flush()
}

/// Creates a file.
pub(super) fn create(path: &Path, write: &Contents<'_>) -> io::Result<()> {
    let mut draft = Draft::new(folder_of(path), 0o666)?;
    buffered(draft.file(), write)?;
    draft.persist(path, false)
}

/// Writes a temporary file and renames it, so that no reader sees a partial file. A file that already has these contents is
/// left in place and only its modification time is updated, since replacing takes longer than assembling a small text.
pub(super) fn replace(path: &Path, metadata: &Metadata, write: &Contents<'_>) -> io::Result<()> {
    require_writable(path, metadata)?;
    if matches!(renew(path, write), Ok(true)) {
        return Ok(());
    }
    match Draft::new(folder_of(path), 0o600) {
        Ok(mut draft) => {
            buffered(draft.file(), write)?;
            match adopt(draft.file(), metadata) {
                Ok(()) => draft.persist(path, true),
                // A new file would have another owner or group.
                Err(_) => {
                    let mut contents = draft.reread()?;
                    overwrite(path, |out| io::copy(&mut contents, out).map(drop))
                }
            }
        }
        // The file is writable, but the folder is not.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            let mut contents = Vec::new();
            write(&mut contents)?;
            overwrite(path, |out| out.write_all(&contents))
        }
        Err(error) => Err(error),
    }
}

/// Returns an error if the user may not write to the file. The superuser may write to all files, so the read-only
/// permission is checked, too.
fn require_writable(path: &Path, metadata: &Metadata) -> io::Result<()> {
    if metadata.permissions().readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
    }
    #[cfg(unix)]
    {
        use rustix::fs::{Access, AtFlags, CWD, accessat};
        accessat(CWD, path, Access::WRITE_OK, AtFlags::EACCESS)?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Copies the owner, the group and the permissions of an old file to a new one, without the set-user-ID and set-group-ID
/// bits.
#[cfg(unix)]
fn adopt(file: &File, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let new = file.metadata()?;
    if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
        let other = |new: u32, old: u32| (new != old).then_some(old);
        fchown(file, other(new.uid(), old.uid()), other(new.gid(), old.gid()))?;
    }
    file.set_permissions(fs::Permissions::from_mode(old.mode() & WITHOUT_SET_ID))
}

/// All permission bits except set-user-ID and set-group-ID.
#[cfg(unix)]
const WITHOUT_SET_ID: u32 = 0o1777;

#[cfg(not(unix))]
fn adopt(file: &File, old: &Metadata) -> io::Result<()> {
    file.set_permissions(old.permissions())
}

/// Writes over a file that cannot be replaced.
fn overwrite(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    write(&mut file)?;
    let end = file.stream_position()?;
    file.set_len(end)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};
        // The kernel removes these bits only from files of other users.
        let mode = file.metadata()?.mode();
        if mode & !WITHOUT_SET_ID & 0o7777 != 0 {
            file.set_permissions(fs::Permissions::from_mode(mode & WITHOUT_SET_ID))?;
        }
    }
    Ok(())
}

/// A temporary file that will be renamed.
enum Draft {
    /// A file without a name. If the process is killed, nothing remains.
    #[cfg(target_os = "linux")]
    Unnamed(File),
    /// A file with a name, on file systems without unnamed files.
    Named(NamedTempFile),
}

/// The prefix of the names of temporary files.
const PREFIX: &str = ".gcwat-";

impl Draft {
    /// Creates an empty file in a folder. The permissions are restricted by the process's mask.
    fn new(folder: &Path, mode: u32) -> io::Result<Draft> {
        #[cfg(target_os = "linux")]
        {
            use rustix::fs::{Mode, OFlags, open};
            let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
            if let Ok(file) = open(folder, flags, Mode::from_raw_mode(mode)) {
                return Ok(Draft::Unnamed(file.into()));
            }
        }
        Draft::named(folder, mode).map(Draft::Named)
    }

    fn named(folder: &Path, mode: u32) -> io::Result<NamedTempFile> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(mode));
        #[cfg(not(unix))]
        let _ = mode;
        // The text of the error would name the temporary file.
        builder.tempfile_in(folder).map_err(|error| error.kind().into())
    }

    fn file(&mut self) -> &mut File {
        match self {
            #[cfg(target_os = "linux")]
            Draft::Unnamed(file) => file,
            Draft::Named(file) => file.as_file_mut(),
        }
    }

    /// Returns the file, positioned at its start.
    fn reread(&mut self) -> io::Result<&mut File> {
        self.file().rewind()?;
        Ok(self.file())
    }

    /// Gives the file its final name. `replaces` is whether another file may have the name.
    fn persist(self, path: &Path, replaces: bool) -> io::Result<()> {
        #[cfg(not(target_os = "linux"))]
        let _ = replaces;
        let named = match self {
            #[cfg(target_os = "linux")]
            Draft::Unnamed(file) => match give_name(&file, path, replaces) {
                Ok(()) => return Ok(()),
                Err(error) if is_final(&error) => return Err(error.kind().into()),
                Err(_) => name_by_copy(file, folder_of(path))?,
            },
            Draft::Named(file) => file,
        };
        named.persist(path).map_err(|error| io::Error::from(error.error.kind()))?;
        Ok(())
    }
}

/// Whether linking a named file would fail for the same reason.
#[cfg(target_os = "linux")]
fn is_final(error: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    matches!(error.kind(), Kind::InvalidFilename | Kind::IsADirectory | Kind::StorageFull)
}

/// Gives a name to an unnamed file.
#[cfg(target_os = "linux")]
fn give_name(file: &File, path: &Path, replaces: bool) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, linkat};
    use rustix::io::Errno;
    use std::os::fd::AsRawFd;
    let source = format!("/proc/self/fd/{}", file.as_raw_fd());
    let link = |path: &Path| linkat(CWD, &source, CWD, path, AtFlags::SYMLINK_FOLLOW);
    if !replaces {
        match link(path) {
            Err(Errno::EXIST) => {}
            linked => return Ok(linked?),
        }
    }
    // Linking cannot replace a file, but renaming can.
    for number in 0..1000 {
        let temporary = folder_of(path).join(format!("{PREFIX}{}-{number}", std::process::id()));
        match link(&temporary) {
            Err(Errno::EXIST) => continue,
            linked => linked?,
        }
        return fs::rename(&temporary, path).inspect_err(|_| _ = fs::remove_file(&temporary));
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Copies an unnamed file to a file with a name.
#[cfg(target_os = "linux")]
fn name_by_copy(mut file: File, folder: &Path) -> io::Result<NamedTempFile> {
    let mut named = Draft::named(folder, 0o600)?;
    file.rewind()?;
    io::copy(&mut file, named.as_file_mut())?;
    adopt(named.as_file(), &file.metadata()?)?;
    Ok(named)
}

/// Whether a file already has the contents. If so, updates its modification time, which Make needs.
fn renew(path: &Path, write: &Contents<'_>) -> io::Result<bool> {
    let file = File::open(path)?;
    let mut rest = Rest(io::BufReader::with_capacity(BUFFER, &file));
    write(&mut rest)?;
    let is_all = rest.0.fill_buf()?.is_empty();
    if is_all {
        touch(&file)?;
    }
    Ok(is_all)
}

/// Sets the modification time of a file to the current time.
#[cfg(unix)]
fn touch(file: &File) -> io::Result<()> {
    use rustix::fs::{Timespec, Timestamps, UTIME_NOW, futimens};
    // This uses the clock of the file system. The clock of the standard library is some milliseconds ahead.
    let now = Timespec { tv_sec: 0, tv_nsec: UTIME_NOW };
    Ok(futimens(file, &Timestamps { last_access: now, last_modification: now })?)
}

/// Sets the modification time of a file to the current time.
#[cfg(not(unix))]
fn touch(file: &File) -> io::Result<()> {
    file.set_modified(std::time::SystemTime::now())
}

/// The rest of a file, to compare with. Writing fails unless the bytes are the next bytes of the file.
struct Rest<'f>(io::BufReader<&'f File>);

impl Write for Rest<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let found = self.0.fill_buf()?;
        let len = found.len().min(bytes.len());
        if found[..len] != bytes[..len] || len == 0 && !bytes.is_empty() {
            return Err(io::Error::other("the file has other contents"));
        }
        self.0.consume(len);
        Ok(len)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
