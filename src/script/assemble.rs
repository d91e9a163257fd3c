//! Assembles the modules of a script.

use crate::assembler::{Assembled, Assembler};
use crate::ast::script::{Module, ModuleSource};
use crate::diagnostic::Diagnostics;
use crate::span::LineIndex;

impl Module {
    /// The bytes of the module; those of a binary just as they are.
    ///
    /// # Errors
    ///
    /// All that is wrong with the text. The places are those in `text`, the text of the script,
    /// for a module that is text in it, and those within the strings for a quoted one.
    pub fn assemble(&self, text: &str, assembler: &Assembler) -> Result<Vec<u8>, Diagnostics> {
        self.assemble_in(text, None, assembler)
    }

    /// The same where the lines of the text may be known already.
    pub(crate) fn assemble_in(
        &self,
        text: &str,
        lines: Option<&LineIndex>,
        assembler: &Assembler,
    ) -> Result<Vec<u8>, Diagnostics> {
        let assembled = match &self.source {
            ModuleSource::Text => assembler.assemble_in(text, self.span, true, lines),
            ModuleSource::Binary(bytes) => return Ok(bytes.clone()),
            ModuleSource::Quote(bytes) => assembler.assemble_bytes(bytes),
        };
        assembled.map(Assembled::into_bytes)
    }
}
