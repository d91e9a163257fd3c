//! Resolves paths: symbolic links, the identity of files, and open streams of the process.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

/// The maximum number of symbolic links that are followed. The limit of the kernel.
const MOST_LINKS: usize = 40;

/// The target of a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A path that is not a symbolic link.
    Path(PathBuf),
    /// An open stream of this process, such as `/dev/stdout`, by its number.
    Stream(u32),
    /// An open stream of another process.
    OtherStream,
}

/// Follows symbolic links. The target of the last one need not exist.
pub(super) fn follow(path: &Path) -> io::Result<Place> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        let is_link = fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_symlink());
        if !is_link && folder_of(&path) != Path::new("/dev/fd") {
            return Ok(Place::Path(path));
        }
        let folder = fs::canonicalize(folder_of(&path))?;
        if let Some(stream) = find_stream(&folder, &path) {
            return Ok(stream);
        }
        if !is_link {
            return Ok(Place::Path(path));
        }
        path = folder.join(fs::read_link(&path)?);
    }
    Err(io::Error::other("too many levels of symbolic links"))
}

/// Returns the stream of a path in a folder in which the system lists open streams.
fn find_stream(folder: &Path, path: &Path) -> Option<Place> {
    let is_own = folder == Path::new("/dev/fd");
    let is_process = folder.starts_with("/proc") && folder.ends_with("fd");
    if !is_own && !is_process {
        return None;
    }
    let number = path.file_name()?.to_str()?.parse().ok()?;
    let own = Path::new("/proc").join(std::process::id().to_string());
    Some(if is_own || folder.starts_with(own) { Place::Stream(number) } else { Place::OtherStream })
}

/// Returns the folder of a file.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// The identity of a file: two paths lead to one file if their identities are equal. Only regular files and standard
/// output have an identity, not other pipes, devices and terminals.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Identity {
    /// The device and the number of a file.
    #[cfg(unix)]
    Inode(u64, u64),
    /// Standard output if it is not a regular file, such as a pipe. Two outputs must not be mixed in it.
    Stdout,
    /// The canonical path, for files that do not exist yet and on systems without inode numbers.
    Path(PathBuf),
}

/// A standard stream of this process.
#[derive(Clone, Copy)]
pub(super) enum Stream {
    Stdin,
    Stdout,
    Stderr,
}

impl Identity {
    /// Returns the identity of a file that exists or will be created.
    pub(super) fn of(path: &Path) -> Option<Identity> {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_file() => {
                inode(&metadata).or_else(|| fs::canonicalize(path).ok().map(Identity::Path))
            }
            Ok(_) => None,
            Err(_) => Identity::of_new(path),
        }
    }

    /// Returns the identity of the file of a standard stream.
    pub(super) fn of_stream(stream: Stream) -> Option<Identity> {
        metadata_of(stream).filter(Metadata::is_file).and_then(|metadata| inode(&metadata))
    }

    fn of_new(path: &Path) -> Option<Identity> {
        let Ok(Place::Path(path)) = follow(path) else { return None };
        let folder = folder_of(&path);
        let folder = fs::canonicalize(folder).or_else(|_| std::path::absolute(folder)).ok()?;
        let mut name = path.file_name()?.to_owned();
        // The file systems of these systems are usually case-insensitive.
        if cfg!(any(windows, target_vendor = "apple")) {
            name = name.to_string_lossy().to_lowercase().into();
        }
        Some(Identity::Path(folder.join(name)))
    }
}

/// Returns the identity of a regular file by its number. Returns `None` if the system has no inode numbers.
fn inode(metadata: &Metadata) -> Option<Identity> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Some(Identity::Inode(metadata.dev(), metadata.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = metadata;
        None
    }
}

/// Returns the metadata of a standard stream. Returns `None` if the system does not have them.
fn metadata_of(stream: Stream) -> Option<Metadata> {
    #[cfg(unix)]
    {
        use std::os::fd::AsFd;
        let owned = match stream {
            Stream::Stdin => io::stdin().as_fd().try_clone_to_owned(),
            Stream::Stdout => io::stdout().as_fd().try_clone_to_owned(),
            Stream::Stderr => io::stderr().as_fd().try_clone_to_owned(),
        };
        fs::File::from(owned.ok()?).metadata().ok()
    }
    #[cfg(not(unix))]
    {
        let _ = stream;
        None
    }
}

/// Whether a standard stream is a pipe.
pub(super) fn is_pipe(stream: Stream) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        metadata_of(stream).is_some_and(|metadata| metadata.file_type().is_fifo())
    }
    #[cfg(not(unix))]
    {
        let _ = stream;
        false
    }
}

/// Whether a standard stream is an empty file.
pub(super) fn is_empty_file(stream: Stream) -> bool {
    metadata_of(stream).is_some_and(|metadata| metadata.is_file() && metadata.len() == 0)
}

#[cfg(target_os = "linux")]
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_followed_to_files_and_streams() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for (target, name) in [
            ("two", "one"),
            ("file", "two"),
            ("/dev/stdout", "out"),
            ("loop", "loop"),
            ("/proc/1/fd/1", "other"),
        ] {
            std::os::unix::fs::symlink(target, path(name)).unwrap();
        }
        let whole = fs::canonicalize(folder.path()).unwrap();
        assert_eq!(follow(&path("one")).unwrap(), Place::Path(whole.join("file")));
        assert_eq!(follow(&path("new")).unwrap(), Place::Path(path("new")));
        assert_eq!(follow(&path("out")).unwrap(), Place::Stream(1));
        assert_eq!(follow(Path::new("/dev/fd/2")).unwrap(), Place::Stream(2));
        assert_eq!(follow(Path::new("/proc/self/fd/1")).unwrap(), Place::Stream(1));
        assert!(follow(&path("loop")).is_err());
    }

    #[test]
    fn one_file_has_one_identity_under_all_its_names() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("a"), "").unwrap();
        fs::hard_link(path("a"), path("hard")).unwrap();
        std::os::unix::fs::symlink("a", path("soft")).unwrap();
        std::os::unix::fs::symlink("new", path("ahead")).unwrap();
        let identity = |name: &str| Identity::of(&path(name)).unwrap();
        assert_eq!(identity("a"), identity("hard"));
        assert_eq!(identity("a"), identity("soft"));
        assert_eq!(identity("new"), identity("ahead"));
        assert_eq!(identity("new"), identity("./new"));
        assert_ne!(identity("a"), identity("new"));
        assert_eq!(Identity::of(Path::new("/dev/null")), None);
    }
}
