//! gcwat assembles WebAssembly text into the binary format: all of WebAssembly 3.0 with wasm-gc, and
//! the proposals on their way.
//!
//! ```
//! let bytes = gcwat::assemble("(module (func (export \"f\") (result i32) i32.const 42))").unwrap();
//! assert_eq!(&bytes[..4], b"\0asm");
//! ```
//!
//! All errors of a text are returned together, each with its location:
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
//! [`assemble`] and [`check`] use the default options; [`Assembler`] has all options, such as a name section,
//! validation, features and warnings. [`script`] reads the `.wast` files of the specification's test suite.
//!
//! Features of the crate: `emit` writes modules in other formats and disassembles binaries, `report` prints diagnostics,
//! `serde` serializes them, and `cli`, the default, is the command. The library alone needs
//! `default-features = false`.
//!
//! The library has no global state. Its types are `Send` and `Sync`. No input makes it panic.

#![cfg_attr(docsrs, feature(doc_cfg))]
// Builds for size optimize hot functions for speed (npm/build).
#![cfg_attr(for_size, feature(optimize_attribute))]

mod resolve;
mod scan;

mod assembler;
mod ast;
mod characters;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
mod diagnostic;
#[cfg(feature = "emit")]
mod disassemble;
#[cfg(feature = "emit")]
#[cfg_attr(docsrs, doc(cfg(feature = "emit")))]
pub mod emit;
mod escape;
mod explain;
mod features;
mod fix;
pub mod instr;
mod lex;
mod lint;
mod lower;
mod object;
mod observer;
mod outline;
mod parallel;
mod parse;
mod pipeline;
mod progress;
#[cfg(feature = "report")]
#[cfg_attr(docsrs, doc(cfg(feature = "report")))]
pub mod report;
pub mod script;
mod similar;
mod span;
#[cfg(feature = "bench")]
#[doc(hidden)]
pub mod stages;
mod validate;

pub use crate::assembler::{Assembled, Assembler, Origin, Origins};
pub use crate::diagnostic::{
    Applicability, Code, Diagnostic, Diagnostics, Edit, Label, Level, Lint, Suggestion, UnknownCode,
    UnknownLint, UnknownWarning, WarningGroup, Warnings,
};
#[cfg(feature = "emit")]
#[cfg_attr(docsrs, doc(cfg(feature = "emit")))]
pub use crate::disassemble::{Difference, DisassembleError, Disassembled, disassemble};
pub use crate::features::{Features, UnknownFeature};
pub use crate::fix::{Fix, Fixed};
pub use crate::progress::Progress;
pub use crate::span::{LineIndex, Position, Span};

/// Assembles a text. Returns the module in the binary format, without a name section.
///
/// ```
/// let bytes = gcwat::assemble("(module (func))").unwrap();
/// assert_eq!(bytes[..8], *b"\0asm\x01\0\0\0");
/// ```
///
/// # Errors
///
/// Returns all errors and warnings of the text, in source order, if there is an error.
pub fn assemble(text: &str) -> Result<Vec<u8>, Diagnostics> {
    Assembler::new().assemble(text).map(Assembled::into_bytes)
}

/// Checks a text. Returns all errors and warnings, in source order.
///
/// ```
/// let diagnostics = gcwat::check("(func (result i32) get_local 0)");
/// for (diagnostic, at) in diagnostics.with_positions() {
///     println!("{}:{}: {}", at.line, at.column, diagnostic.message);
///     for suggestion in &diagnostic.suggestions {
///         println!("help: {}", suggestion.message);
///     }
/// }
/// assert!(diagnostics.has_errors());
/// assert!(gcwat::check("(func (result i32) i32.const 0)").is_empty());
/// ```
pub fn check(text: &str) -> Diagnostics {
    Assembler::new().check(text)
}

/// The pages with Rust code. Their examples are run as those of the documentation.
#[cfg(doctest)]
mod pages {
    #[doc = include_str!("../docs/library.md")]
    mod library {}

    #[doc = include_str!("../README.md")]
    mod readme {}
}
