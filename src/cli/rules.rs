//! What a text may use, and which warnings count: the options that `assemble` and `check` share.

use crate::{Assembler, Code, Features};
use std::str::FromStr;

/// What is accepted.
#[derive(clap::Args)]
pub(super) struct RuleArgs {
    /// Refuse what goes beyond the standard text format
    #[arg(long)]
    strict: bool,
    /// What the module may use: all by default; a list such as `wasm2`, `wasm3,threads` or `-gc`
    #[arg(short, long, value_name = "LIST", allow_hyphen_values = true)]
    features: Option<Features>,
    /// How many threads to use at most; 0 for one per core
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(super) threads: usize,
    /// Make a warning an error; `warnings` stands for all that are not allowed
    #[arg(short = 'D', long, value_name = "CODE", value_delimiter = ',', help_heading = "Diagnostics")]
    deny: Vec<Warning>,
    /// Leave a warning out
    #[arg(short = 'A', long, value_name = "CODE", value_delimiter = ',', help_heading = "Diagnostics")]
    allow: Vec<Warning>,
}

impl RuleArgs {
    /// An assembler with these rules.
    pub(super) fn assembler(&self) -> Assembler {
        let mut assembler = Assembler::new();
        assembler.strict(self.strict).threads(self.threads);
        if let Some(features) = self.features {
            assembler.features(features);
        }
        for warning in &self.deny {
            match warning {
                Warning::Code(code) => assembler.deny(*code),
                Warning::All => assembler.deny_warnings(true),
            };
        }
        // What is named by its code counts more than what is not.
        for warning in &self.allow {
            let codes = Code::ALL.iter().copied().filter(|code| code.is_warning());
            match warning {
                Warning::Code(code) => drop(assembler.allow(*code)),
                Warning::All => codes.filter(|code| !self.denies(*code)).for_each(|code| {
                    assembler.allow(code);
                }),
            }
        }
        assembler
    }

    fn denies(&self, code: Code) -> bool {
        self.deny.contains(&Warning::Code(code))
    }
}

/// A warning, as the command line names it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Warning {
    All,
    Code(Code),
}

impl FromStr for Warning {
    type Err = String;

    fn from_str(text: &str) -> Result<Warning, String> {
        if text == "warnings" {
            return Ok(Warning::All);
        }
        let code = Code::from_str(text).map_err(|error| error.to_string())?;
        match code.is_warning() {
            true => Ok(Warning::Code(code)),
            false => Err(format!("{code} is an error and stays one")),
        }
    }
}
