//! The input and output files of a run. All are known before the first is written, so that no output overwrites another
//! file.

use super::destination::Destination;
use super::input;
use super::place::{Identity, Stream};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The files of a run.
#[derive(Default)]
pub(super) struct Plan {
    inputs: HashMap<Identity, PathBuf>,
    /// The role and the quoted name of the input of each output.
    outputs: HashMap<Identity, (&'static str, String)>,
}

/// An output of the run.
pub(super) struct Planned<'p> {
    /// Its role, such as `source map`.
    pub(super) role: &'static str,
    pub(super) destination: &'p Destination,
    pub(super) input: &'p Path,
}

impl Plan {
    /// Creates a plan with these inputs.
    pub(super) fn new<'p>(inputs: impl IntoIterator<Item = &'p PathBuf>) -> Plan {
        let mut plan = Plan::default();
        for input in inputs {
            if let Some(identity) = identity_of(input) {
                plan.inputs.entry(identity).or_insert_with(|| input.clone());
            }
        }
        plan
    }

    /// Adds an output.
    ///
    /// # Errors
    ///
    /// Returns a message if it would overwrite an input or another output.
    pub(super) fn add(&mut self, planned: &Planned<'_>) -> Result<(), String> {
        let Planned { role, destination, input } = *planned;
        // An input that does not exist has no output.
        if !input::is_stdin(input) && fs::metadata(input).is_err() {
            return Ok(());
        }
        let Some(identity) = destination.identity() else { return Ok(()) };
        let maker = identity_of(input);
        if let Some(read) = self.inputs.get(&identity) {
            return Err(match maker.as_ref() == Some(&identity) {
                true => format!("{destination} is the input and cannot also be the output; use `-o`"),
                false => format!(
                    "{destination} is the input {} and cannot also be the {role} of {}; use `-o`",
                    quote(read),
                    quote(input)
                ),
            });
        }
        let whose = quote(input);
        match self.outputs.get(&identity) {
            Some((other, of)) => {
                Err(format!("{destination} cannot be both the {other} of {of} and the {role} of {whose}"))
            }
            None => {
                self.outputs.insert(identity, (role, whose));
                Ok(())
            }
        }
    }
}

fn identity_of(input: &Path) -> Option<Identity> {
    match input::is_stdin(input) {
        true => Identity::of_stream(Stream::Stdin),
        false => fs::metadata(input).ok().and_then(|_| Identity::of(input)),
    }
}

fn quote(input: &Path) -> String {
    match input::is_stdin(input) {
        true => "standard input".to_owned(),
        false => format!("`{}`", input.display()),
    }
}
