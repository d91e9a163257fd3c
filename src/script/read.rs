//! Reads a script.

use crate::ast::script::Script;
use crate::diagnostic::Diagnostics;
use crate::explain;

impl Script {
    /// Parses a script. Its modules are not parsed until they are assembled ([`Module::assemble`]).
    ///
    /// [`Module::assemble`]: crate::script::Module::assemble
    ///
    /// # Errors
    ///
    /// Returns the syntax errors outside of modules.
    pub fn parse(text: &str) -> Result<Script, Diagnostics> {
        explain::script::read(text)
    }
}
