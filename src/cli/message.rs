//! Messages about the command line and about files, on standard error.

use super::failure;
use super::progress;
use crate::escape;
use std::fmt::{Arguments, Display};
use std::io::{self, Write};
use std::path::Path;

/// Prints an error that is not about a source text. A failure to print is ignored.
pub(super) fn error(message: Arguments<'_>) {
    print_line("error", message);
}

/// Prints a warning that is not about a source text. A failure to print is ignored.
pub(super) fn warning(message: Arguments<'_>) {
    print_line("warning", message);
}

/// Prints a note. A failure to print is ignored.
pub(super) fn note(message: Arguments<'_>) {
    print_line("note", message);
}

/// Prints a line of `--verbose`. A failure to print is ignored.
pub(super) fn verbose(message: Arguments<'_>) {
    print_line("verbose", message);
}

/// Prints the error that a file cannot be read.
pub(super) fn cannot_read(name: &str, path: &Path, cause: &io::Error) {
    error(format_args!("cannot read `{name}`: {}", failure::reason(cause, Some(path))));
}

/// Prints the error that a file or a stream cannot be written.
pub(super) fn cannot_write(destination: impl Display, path: Option<&Path>, cause: &io::Error) {
    error(format_args!("cannot write {destination}: {}", failure::reason(cause, path)));
}

/// Prints one line. Unsafe characters in quoted names are escaped.
fn print_line(level: &str, message: Arguments<'_>) {
    let message = message.to_string();
    // One write, so that nothing else gets between the words.
    let line = format!("{level}: {}\n", escape::line(&message));
    let _ = progress::suspend(|| io::stderr().write_all(line.as_bytes()));
}
