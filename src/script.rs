//! Scripts: the commands of a `.wast` file, which the specification's test suite is written in.
//!
//! ```
//! use gcwat::script::{CommandKind, Script};
//!
//! let text = r#"
//!     (module (func (export "one") (result i32) (i32.const 1)))
//!     (assert_return (invoke "one") (i32.const 1))
//! "#;
//! let script = Script::parse(text).unwrap();
//! let CommandKind::Module(module) = &script.commands[0].kind else { panic!() };
//! let bytes = module.assemble(text, &gcwat::Assembler::new()).unwrap();
//! assert_eq!(&bytes[..4], b"\0asm");
//! ```

#[cfg(feature = "emit")]
mod json;

#[cfg(feature = "emit")]
pub use json::ScriptJson;

pub use crate::ast::script::{
    Action, Command, CommandKind, Failure, Float, Module, ModuleSource, Script, Subject, Value, Vector,
};

use crate::assembler::{Assembled, Assembler};
use crate::diagnostic::Diagnostics;
use crate::explain;
use crate::span::LineIndex;

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
