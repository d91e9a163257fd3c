//! Where input comes from.

use super::complain;
use std::fs::File;
use std::io::{self, Read};
use std::ops::Deref;
use std::path::{Path, PathBuf};

/// What standard input is called if nobody says anything else.
const STDIN_NAME: &str = "<stdin>";

/// The texts to read.
#[derive(clap::Args)]
#[cfg_attr(test, derive(PartialEq))]
pub(super) struct TextArgs {
    /// The texts; `-` is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    pub(super) files: Vec<PathBuf>,
    /// What to call standard input in diagnostics
    #[arg(long, value_name = "NAME", default_value = STDIN_NAME, hide_default_value = true)]
    stdin_filename: String,
}

impl TextArgs {
    /// These files, and nothing else said.
    pub(super) fn of_files(files: Vec<PathBuf>) -> TextArgs {
        TextArgs { files, stdin_filename: STDIN_NAME.into() }
    }

    /// What a file is called in diagnostics.
    pub(super) fn name_of(&self, file: &Path) -> String {
        match is_stdin(file) {
            true => self.stdin_filename.clone(),
            false => file.display().to_string(),
        }
    }

    /// Reads a file; if that cannot be, says so.
    pub(super) fn read(&self, file: &Path) -> Option<Input> {
        let read = read(file, Contents::Text);
        read.inspect_err(|error| complain(format_args!("cannot read `{}`: {error}", self.name_of(file)))).ok()
    }
}

/// Whether a file is standard input.
pub(super) fn is_stdin(file: &Path) -> bool {
    file == Path::new("-")
}

/// The bytes of an input.
pub(super) enum Input {
    Owned(Vec<u8>),
    Mapped(memmap2::Mmap),
}

/// From this size on a file is mapped instead of read; below, reading is faster.
const MAP_FROM: u64 = 1 << 20;

/// How large a text can be: its places are numbers of 32 bits.
const LARGEST: u64 = u32::MAX as u64;

/// What is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Contents {
    Text,
    Binary,
}

/// Reads a file, or standard input for `-`.
pub(super) fn read(path: &Path, contents: Contents) -> io::Result<Input> {
    if is_stdin(path) {
        return read_stream(io::stdin().lock(), contents, 0).map(Input::Owned);
    }
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    if metadata.is_file() && metadata.len() >= LARGEST {
        return Err(too_large());
    }
    if metadata.is_file() && metadata.len() >= MAP_FROM {
        return map(&file).map(Input::Mapped);
    }
    read_stream(file, contents, metadata.len() as usize).map(Input::Owned)
}

/// Reads what may never end; a text only as far as it can be one, as what stands behind bytes that are no
/// UTF-8 has no part in the verdict. About so many bytes may come.
fn read_stream(mut stream: impl Read, contents: Contents, expected: usize) -> io::Result<Vec<u8>> {
    const CHUNK: u64 = 1 << 24;
    // Enough to see whether it can be a text at all.
    let mut chunk = 1 << 16;
    // With room for one more, the end is seen at once.
    let mut bytes = Vec::with_capacity(expected.min(MAP_FROM as usize) + 1);
    // How much is known to be UTF-8.
    let mut sound = 0;
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
            // The first of the bytes is enough for the verdict.
            bytes.truncate(before + 1);
            return Ok(bytes);
        }
        match std::str::from_utf8(&bytes[sound..]) {
            Ok(_) => sound = bytes.len(),
            // A character may go on in what is read next.
            Err(error) if error.error_len().is_none() => sound += error.valid_up_to(),
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

#[allow(unsafe_code, reason = "a copy of the text would double the memory and cost a sixth of the time")]
fn map(file: &File) -> io::Result<memmap2::Mmap> {
    // SAFETY: the mapping is private and read-only, and lives as long as the text is used. Nothing
    // in this process writes to the file: the output is another file, put in place by renaming.
    // Another process that cuts the file while it is assembled ends this one by a signal, as it
    // would end any other compiler that maps its input; the output is then left as it was.
    unsafe { memmap2::MmapOptions::new().populate().map(file) }
}

impl Deref for Input {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Input::Owned(bytes) => bytes,
            Input::Mapped(map) => map,
        }
    }
}
