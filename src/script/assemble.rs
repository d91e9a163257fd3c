//! Assembles the modules of a script.

use crate::assembler::{Assembled, Assembler};
use crate::ast::script::{Module, ModuleSource};
use crate::diagnostic::Diagnostics;
use crate::span::LineIndex;

impl Module {
    /// Assembles the module. `text` is the text of the script. Returns the bytes of a binary module unchanged.
    ///
    /// # Errors
    ///
    /// Returns the errors and warnings of the module. For a quoted module, locations are offsets in the contents of its
    /// strings; otherwise in `text`.
    pub fn assemble(&self, text: &str, assembler: &Assembler) -> Result<Vec<u8>, Diagnostics> {
        self.assemble_in(text, None, assembler)
    }

    /// Assembles the module, with an existing line index of the text if there is one.
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
