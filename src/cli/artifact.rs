//! Files to write, or to compare with what would be written.

use super::destination::{self, Destination};
use super::{Outcome, complain, diff, progress};
use crate::escape;
use std::io::{self, Write};
use std::path::Path;

/// A file, and what is to be in it.
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

    pub(super) fn write(&self) -> Outcome {
        let Output { destination, is_text, contents } = self;
        match destination::write(destination, *is_text, contents) {
            Ok(()) => Outcome::Fine,
            Err(error) => {
                complain(format_args!("cannot write {destination}: {error}"));
                Outcome::Wrong
            }
        }
    }

    /// Whether the file is what would be written; if not, says in what it differs. `name` is what the text
    /// is called.
    pub(super) fn check(&self, name: &str) -> Outcome {
        let Destination::File(path) = &self.destination else { return Outcome::Usage };
        let mut wanted = Vec::new();
        if let Err(error) = (self.contents)(&mut wanted) {
            complain(format_args!("cannot make {}: {error}", self.destination));
            return Outcome::Wrong;
        }
        let found = match std::fs::read(path) {
            Ok(found) => found,
            Err(error) => {
                complain(format_args!("cannot read {}: {error}", self.destination));
                return Outcome::Wrong;
            }
        };
        let Some(difference) = diff::difference(&found, &wanted, self.is_text) else {
            return Outcome::Fine;
        };
        let shown = path.display().to_string();
        let (from, to) = (escape::line(&shown), escape::line(name));
        let text = format!("--- {from}\n+++ from {to}\n{difference}");
        let _ = progress::aside(|| io::stdout().write_all(text.as_bytes()));
        complain(format_args!("{} is not what `{name}` gives; assemble it again", self.destination));
        Outcome::Wrong
    }
}
