//! Scripts: the commands of `.wast` files, the format of the specification's test suite.
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

mod assemble;
#[cfg(feature = "cli")]
mod check;
#[cfg(feature = "emit")]
mod json;
mod read;

#[cfg(feature = "cli")]
pub(crate) use check::{check, fix};
#[cfg(feature = "emit")]
pub use json::ScriptJson;

pub use crate::ast::script::{
    Action, Command, CommandKind, Failure, Float, Module, ModuleSource, Script, Subject, Value, Vector,
};
