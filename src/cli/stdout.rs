//! Text for standard output: pages, lists and generated files.

use super::message;
use super::progress;
use super::status::Status;
use std::io::{self, ErrorKind, Write};

/// Writes text to standard output. A failure is reported, unless the reader has closed the pipe on purpose.
pub(super) fn print(text: &[u8]) -> Status {
    // A failure is reported afterwards, since the message suspends the progress bar, too.
    status_of(progress::suspend(|| {
        let mut stdout = io::stdout().lock();
        stdout.write_all(text).and_then(|()| stdout.flush())
    }))
}

/// Reports a failure to write to standard output. A reader that closes a pipe has read enough.
pub(super) fn status_of(written: io::Result<()>) -> Status {
    match written {
        Ok(()) => Status::Success,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Status::Success,
        Err(error) => {
            message::cannot_write("standard output", None, &error);
            Status::Failure
        }
    }
}
