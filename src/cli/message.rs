//! Messages about the command line and about files, on standard error.

use super::progress;
use crate::escape;
use std::io::Write;

/// Prints an error that is not about a source text. A failure to print is ignored.
pub(super) fn error(message: std::fmt::Arguments<'_>) {
    print_line("error", message);
}

/// Prints a warning that is not about a source text. A failure to print is ignored.
pub(super) fn warning(message: std::fmt::Arguments<'_>) {
    print_line("warning", message);
}

/// Prints one line. Unsafe characters in quoted names are escaped.
fn print_line(level: &str, message: std::fmt::Arguments<'_>) {
    let message = message.to_string();
    let message = escape::line(&message);
    let _ = progress::suspend(|| writeln!(std::io::stderr(), "{level}: {message}"));
}
