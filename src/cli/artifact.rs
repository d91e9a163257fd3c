//! Output files, which are written or compared with existing files.

use super::destination::{self, Destination};
use super::status::Status;
use super::{diff, message, stdout};
use crate::escape;
use std::io::{self, Write};
use std::path::Path;

/// An output file and its contents.
pub(super) struct Output<'o> {
    pub(super) destination: Destination,
    pub(super) is_text: bool,
    pub(super) contents: Box<Contents<'o>>,
}

/// Writes the contents of a file.
pub(super) type Contents<'o> = dyn Fn(&mut (dyn Write + Send)) -> io::Result<()> + 'o;

impl<'o> Output<'o> {
    pub(super) fn text(
        path: &Path,
        contents: impl Fn(&mut (dyn Write + Send)) -> io::Result<()> + 'o,
    ) -> Output<'o> {
        Output { destination: Destination::of_path(path), is_text: true, contents: Box::new(contents) }
    }

    pub(super) fn write(&self) -> Status {
        let Output { destination, is_text, contents } = self;
        match destination::write(destination, *is_text, contents) {
            Ok(()) => Status::Success,
            Err(error) => {
                message::cannot_write(destination, destination.path(), &error);
                Status::Failure
            }
        }
    }

    /// Checks that the file has the contents that would be written, and reports a difference. `name` is the file name of
    /// the source text.
    pub(super) fn check(&self, name: &str) -> Status {
        let Destination::File(path) = &self.destination else { return Status::Usage };
        let mut expected = Vec::new();
        if let Err(error) = (self.contents)(&mut expected) {
            message::cannot_write(&self.destination, Some(path), &error);
            return Status::Failure;
        }
        let found = match std::fs::read(path) {
            Ok(found) => found,
            Err(error) => {
                message::cannot_read(&path.display().to_string(), path, &error);
                return Status::Failure;
            }
        };
        let Some(difference) = diff::difference(&found, &expected, self.is_text) else {
            return Status::Success;
        };
        let shown = path.display().to_string();
        let (from, to) = (escape::line(&shown), escape::line(name));
        let text = format!("--- {from}\n+++ from {to}\n{difference}");
        stdout::print(text.as_bytes());
        message::error(format_args!(
            "{} is not up to date with `{name}`; assemble it again",
            self.destination
        ));
        Status::Failure
    }
}
