//! gcwat assembles WebAssembly text into the binary format: all of WebAssembly 3.0 with wasm-gc, and
//! the proposals on their way.
//!
//! ```
//! let bytes = gcwat::assemble("(module (func (export \"f\") (result i32) i32.const 42))").unwrap();
//! assert_eq!(&bytes[..4], b"\0asm");
//! ```
//!
//! What is wrong with a text comes back whole, each error at its place:
//!
//! ```
//! let text = "(module\n  (func\n    call $f\n    local.get $x))";
//! let errors = gcwat::assemble(text).unwrap_err();
//! assert_eq!(
//!     errors.to_string(),
//!     "3:10: error: unknown function `$f` [E0301]\n4:15: error: unknown local `$x` [E0301]",
//! );
//! ```
//!
//! [`assemble`] does the usual thing; [`Assembler`] has the options: a name section, validation,
//! strictness, features. [`script`] reads the `.wast` files of the specification's test suite.
//!
//! There is no global state; everything is `Send` and `Sync`; no text makes it panic.

mod assemble;
mod ast;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
mod diagnose;
mod diagnostic;
mod features;
pub mod instr;
mod lex;
mod lower;
mod parse;
pub mod script;
mod span;
mod suggest;
mod validate;

pub use assemble::{Assembled, Assembler};
pub use diagnostic::{Applicability, Code, Diagnostic, Diagnostics, Edit, Label, Level, Suggestion};
pub use features::{Features, UnknownFeature};
pub use span::{LineIndex, Position, Span};

/// Assembles a text: the module in the binary format, without a name section.
///
/// # Errors
///
/// All that is wrong with the text, in its order.
pub fn assemble(text: &str) -> Result<Vec<u8>, Diagnostics> {
    Assembler::new().assemble(text).map(Assembled::into_bytes)
}
