//! Reads a script.

use crate::ast::script::Script;
use crate::diagnostic::Diagnostics;
use crate::explain;

impl Script {
    /// Reads a script. The modules in it are not looked into; each is assembled when it is asked to
    /// be ([`Module::assemble`]).
    ///
    /// # Errors
    ///
    /// All that is not a command.
    pub fn parse(text: &str) -> Result<Script, Diagnostics> {
        explain::script::read(text)
    }
}
