//! Reads input files and standard input.

use super::buffer::Buffer;
use super::console::Console;
use super::message;
use super::place::folder_of;
#[cfg(unix)]
use crate::parallel;
use std::collections::HashSet;
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

/// The default name of standard input.
const STDIN_NAME: &str = "<stdin>";

/// The options for input texts.
#[derive(clap::Args)]
pub(super) struct TextArgs {
    /// Source files; `-` is standard input, at most one gibibyte of it
    #[arg(value_name = "FILE", default_value = "-", value_hint = clap::ValueHint::FilePath)]
    pub(super) files: Vec<PathBuf>,
    /// File name to report for standard input
    #[arg(long, value_name = "NAME", default_value = STDIN_NAME, hide_default_value = true)]
    stdin_filename: String,
}

impl TextArgs {
    /// Returns the name of a file in diagnostics.
    pub(super) fn name_of(&self, file: &Path) -> String {
        match is_stdin(file) {
            true => self.stdin_filename.clone(),
            false => file.display().to_string(),
        }
    }

    /// Whether the user may be typing a text.
    pub(super) fn is_typed(&self) -> bool {
        self.files.iter().any(|file| is_stdin(file)) && io::stdin().is_terminal()
    }

    /// Returns an error if the files cannot be read together.
    pub(super) fn check(&self) -> Result<(), String> {
        match self.files.iter().filter(|file| is_stdin(file)).count() {
            0 if self.stdin_filename != STDIN_NAME => {
                Err("`--stdin-filename` is a name for standard input, which is not read; add `-`".into())
            }
            0 | 1 => Ok(()),
            _ => Err("standard input is listed twice and can be read only once".into()),
        }
    }

    /// Returns an error if a file is listed twice.
    pub(super) fn check_distinct(&self) -> Result<(), String> {
        self.check()?;
        let mut seen = HashSet::new();
        for file in &self.files {
            // A link is another name with another output.
            let folder =
                std::fs::canonicalize(folder_of(file)).unwrap_or_else(|_| folder_of(file).to_owned());
            if !seen.insert(folder.join(file.file_name().unwrap_or_default())) {
                return Err(format!("`{}` is listed twice", file.display()));
            }
        }
        Ok(())
    }

    /// Returns the path of a file, or the path that the user has given for standard input.
    pub(super) fn path_of<'a>(&'a self, file: &'a Path) -> Option<&'a Path> {
        match is_stdin(file) {
            true => Some(Path::new(&self.stdin_filename)).filter(|path| *path != Path::new(STDIN_NAME)),
            false => Some(file),
        }
    }

    /// Reads a file on at most `threads` threads. Returns `None` after reporting an error.
    pub(super) fn read(&self, file: &Path, threads: usize, console: &Console) -> Option<Buffer> {
        let read = read(file, Contents::Text, threads, console);
        read.inspect_err(|error| message::cannot_read(&self.name_of(file), file, error)).ok()
    }
}

/// Whether a file is standard input.
pub(super) fn is_stdin(file: &Path) -> bool {
    file == Path::new("-")
}

/// The first bytes of every binary.
pub(super) const MAGIC: &[u8] = b"\0asm";

/// Whether a file begins like a binary.
pub(super) fn is_binary(path: &Path) -> bool {
    let mut start = Vec::new();
    let read = |file: File| file.take(MAGIC.len() as u64).read_to_end(&mut start);
    // Opening a pipe would wait for its writer.
    path.is_file() && File::open(path).and_then(read).is_ok() && start == MAGIC
}

/// The limit of the size of an input: locations have 32 bits.
const LARGEST: u64 = u32::MAX as u64;

/// The kind of an input.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Contents {
    Text,
    Binary,
}

/// Reads a file, or standard input for `-`, on at most `threads` threads; 0 is one per core.
///
/// Files are copied, not mapped: another program may change a file while it is assembled.
pub(super) fn read(path: &Path, contents: Contents, threads: usize, console: &Console) -> io::Result<Buffer> {
    if is_stdin(path) {
        if io::stdin().is_terminal() {
            let end = if cfg!(windows) { "Ctrl+Z and Enter" } else { "Ctrl+D" };
            console.note(format_args!("reading standard input; {end} ends it"));
        }
        return read_stream(io::stdin().lock(), contents).map(Buffer::Small);
    }
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    // Some files of the kernel have contents although their length is 0.
    match metadata.len() {
        1.. if metadata.is_file() => read_file(file, metadata.len(), threads),
        _ => read_stream(file, contents).map(Buffer::Small),
    }
}

/// Reads a file of about `expected` bytes: it may grow or shrink meanwhile.
fn read_file(file: File, expected: u64, threads: usize) -> io::Result<Buffer> {
    if expected >= LARGEST {
        return Err(too_large());
    }
    #[cfg(unix)]
    if expected >= LARGE_FROM
        && let Ok(bytes) = read_large(&file, expected as usize, threads)
    {
        return Ok(bytes);
    }
    #[cfg(not(unix))]
    let _ = threads;
    let mut bytes = Vec::new();
    // With capacity for another byte, the end is found without a larger buffer.
    bytes.try_reserve_exact(expected as usize + 1).map_err(|_| io::ErrorKind::OutOfMemory)?;
    file.take(LARGEST).read_to_end(&mut bytes)?;
    if bytes.len() as u64 >= LARGEST { Err(too_large()) } else { Ok(Buffer::Small(bytes)) }
}

/// The minimum size of files that are read on several threads, into memory of their own.
#[cfg(unix)]
const LARGE_FROM: u64 = 4 << 20;

/// The number of bytes that a thread reads at once: a huge page or several.
#[cfg(unix)]
const CHUNK: usize = 4 << 20;

/// Reads a file of `len` bytes on several threads.
///
/// # Errors
///
/// If the file cannot be read or its length has changed. The position in the file does not change.
#[cfg(unix)]
fn read_large(file: &File, len: usize, threads: usize) -> io::Result<Buffer> {
    use std::os::unix::fs::FileExt;
    let mut bytes = Buffer::large(len)?;
    parallel::for_each_chunk(&mut bytes, CHUNK, parallel::thread_count(threads), |start, chunk| {
        file.read_exact_at(chunk, start as u64)
    })?;
    let has_grown = file.read_at(&mut [0], len as u64)? > 0;
    if has_grown { Err(io::ErrorKind::InvalidData.into()) } else { Ok(bytes) }
}

/// The limit of the size of a stream, which may never end.
const LARGEST_STREAM: u64 = 1 << 30;

/// The number of bytes after which a stream that does not begin like a module is not read to its end.
const PATIENCE: usize = 1 << 24;

/// Reads a stream, which may never end. Reading a text stops after bytes that are not UTF-8 or not the text of a module,
/// since the rest does not change the error.
fn read_stream(mut stream: impl Read, contents: Contents) -> io::Result<Vec<u8>> {
    const CHUNK: u64 = 1 << 24;
    const ENOUGH: usize = 1 << 12;
    // Enough to decide whether the input can be text.
    let mut chunk = 1 << 16;
    let mut bytes = Vec::new();
    // The number of bytes that are known to be UTF-8.
    let mut checked = 0;
    loop {
        let before = bytes.len();
        bytes.try_reserve(chunk as usize).map_err(|_| io::ErrorKind::OutOfMemory)?;
        let read = stream.by_ref().take(chunk).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LARGEST_STREAM {
            let message = "it exceeds one gibibyte, the limit for a stream; use a file instead";
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
        }
        if (read as u64) < chunk {
            return Ok(bytes);
        }
        chunk = CHUNK;
        if contents == Contents::Binary {
            // Other inputs are rejected, whatever follows.
            if !bytes.starts_with(MAGIC) {
                bytes.truncate(before + ENOUGH);
                return Ok(bytes);
            }
            continue;
        }
        let is_other = before <= PATIENCE && bytes.len() > PATIENCE && !begins_like_a_module(&bytes);
        if is_other || cannot_be_text(&bytes[before..], before == 0) {
            // The first bytes are enough for the error.
            bytes.truncate(if is_other { ENOUGH } else { before + ENOUGH });
            return Ok(bytes);
        }
        match std::str::from_utf8(&bytes[checked..]) {
            Ok(_) => checked = bytes.len(),
            // The rest of the character may be in the next chunk.
            Err(error) if error.error_len().is_none() => checked += error.valid_up_to(),
            Err(_) => return Ok(bytes),
        }
    }
}

/// Whether a block of a stream, such as `/dev/zero`, is certainly not text: the stream begins with a NUL, or the block
/// consists of NULs.
fn cannot_be_text(block: &[u8], is_first: bool) -> bool {
    block.first() == Some(&0) && (is_first || block.iter().all(|&byte| byte == 0))
}

/// Whether the first character after spaces and comments can begin a module. Comments may be longer than the bytes.
fn begins_like_a_module(bytes: &[u8]) -> bool {
    let mut rest = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    loop {
        rest = rest.trim_ascii_start();
        match rest {
            [b';', b';', ..] => rest = memchr::memchr(b'\n', rest).map_or(&[][..], |end| &rest[end..]),
            [first, ..] => return matches!(first, b'(' | b';'),
            [] => return true,
        }
    }
}

fn too_large() -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, "it exceeds four gibibytes")
}
