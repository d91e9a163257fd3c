//! Where input comes from.

use super::buffer::Buffer;
use super::complain;
use crate::parallel;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// What standard input is called if nobody says anything else.
const STDIN_NAME: &str = "<stdin>";

/// The texts to read.
#[derive(clap::Args)]
pub(super) struct TextArgs {
    /// The texts; `-` is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    pub(super) files: Vec<PathBuf>,
    /// What to call standard input in diagnostics
    #[arg(long, value_name = "NAME", default_value = STDIN_NAME, hide_default_value = true)]
    stdin_filename: String,
}

impl TextArgs {
    /// What a file is called in diagnostics.
    pub(super) fn name_of(&self, file: &Path) -> String {
        match is_stdin(file) {
            true => self.stdin_filename.clone(),
            false => file.display().to_string(),
        }
    }

    /// Reads a file on so many threads at most. An error is reported.
    pub(super) fn read(&self, file: &Path, threads: usize) -> Option<Buffer> {
        let read = read(file, Contents::Text, threads);
        read.inspect_err(|error| complain(format_args!("cannot read `{}`: {error}", self.name_of(file)))).ok()
    }
}

/// Whether a file is standard input.
pub(super) fn is_stdin(file: &Path) -> bool {
    file == Path::new("-")
}

/// How large a text can be: its places are numbers of 32 bits.
const LARGEST: u64 = u32::MAX as u64;

/// What is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Contents {
    Text,
    Binary,
}

/// Reads a file, or standard input for `-`, on so many threads at most; 0 is for one per core.
///
/// Files are copied, not mapped: another program may change a file while it is assembled.
pub(super) fn read(path: &Path, contents: Contents, threads: usize) -> io::Result<Buffer> {
    if is_stdin(path) {
        return read_stream(io::stdin().lock(), contents).map(Buffer::Small);
    }
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    // Some files of the kernel have the length 0, and contents.
    match metadata.len() {
        1.. if metadata.is_file() => read_file(file, metadata.len(), threads),
        _ => read_stream(file, contents).map(Buffer::Small),
    }
}

/// Reads a file of about `expected` bytes: it may grow or shrink meanwhile.
fn read_file(mut file: File, expected: u64, threads: usize) -> io::Result<Buffer> {
    if expected >= LARGEST {
        return Err(too_large());
    }
    #[cfg(unix)]
    if expected >= LARGE_FROM
        && let Ok(bytes) = read_large(&mut file, expected as usize, threads)
    {
        return Ok(bytes);
    }
    #[cfg(not(unix))]
    let _ = threads;
    let mut bytes = Vec::new();
    // With room for one more byte, the end is found without a larger buffer.
    bytes.try_reserve_exact(expected as usize + 1).map_err(|_| io::ErrorKind::OutOfMemory)?;
    file.take(LARGEST).read_to_end(&mut bytes)?;
    if bytes.len() as u64 >= LARGEST { Err(too_large()) } else { Ok(Buffer::Small(bytes)) }
}

/// The size in bytes from which a file is large.
#[cfg(unix)]
const LARGE_FROM: u64 = 4 << 20;

/// Reads a file of `len` bytes on several threads.
///
/// # Errors
///
/// If the file cannot be read, or its length has changed. The position in the file is where it was.
#[cfg(unix)]
fn read_large(file: &mut File, len: usize, threads: usize) -> io::Result<Buffer> {
    use std::os::unix::fs::FileExt;
    let mut bytes = Buffer::large(len)?;
    let reader = &*file;
    parallel::for_each_chunk(&mut bytes, parallel::thread_count(threads), |start, chunk| {
        reader.read_exact_at(chunk, start as u64)
    })?;
    let has_grown = file.read_at(&mut [0], len as u64)? > 0;
    if has_grown { Err(io::ErrorKind::InvalidData.into()) } else { Ok(bytes) }
}

/// Reads a stream, which may never end. Reading a text stops after bytes that are not UTF-8: what follows does not
/// change the verdict.
fn read_stream(mut stream: impl Read, contents: Contents) -> io::Result<Vec<u8>> {
    const CHUNK: u64 = 1 << 24;
    const ENOUGH: usize = 1 << 12;
    // Enough to see whether it can be a text at all.
    let mut chunk = 1 << 16;
    let mut bytes = Vec::new();
    // The bytes before are known to be UTF-8.
    let mut checked = 0;
    loop {
        let before = bytes.len();
        let read = stream.by_ref().take(chunk).read_to_end(&mut bytes)?;
        if bytes.len() as u64 >= LARGEST {
            return Err(too_large());
        }
        if (read as u64) < chunk {
            return Ok(bytes);
        }
        chunk = CHUNK;
        if contents == Contents::Binary {
            continue;
        }
        if cannot_be_text(&bytes[before..], before == 0) {
            // The first bytes are enough for the verdict.
            bytes.truncate(before + ENOUGH);
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

/// Whether what was read of a stream, such as `/dev/zero`, is no text for certain: it begins with a NUL, or
/// has nothing else.
fn cannot_be_text(block: &[u8], is_first: bool) -> bool {
    block.first() == Some(&0) && (is_first || block.iter().all(|&byte| byte == 0))
}

fn too_large() -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, "it has more than four gibibytes")
}
