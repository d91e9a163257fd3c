//! Writes modules: as binary, as text, and as source code for other languages.
//!
//! ```
//! use gcwat::emit::{Emitter, Format};
//!
//! let text = "(module (func (export \"f\") (result i32) i32.const 42))";
//! let assembled = gcwat::Assembler::new().origins(true).assemble(text).unwrap();
//! let emitter = Emitter::new(text, &assembled).symbol("ANSWER").annotate(true);
//! let rust = emitter.to_vec(Format::Rust).unwrap();
//! let rust = String::from_utf8(rust).unwrap();
//! assert!(rust.contains("pub const ANSWER: [u8; 34] = ["));
//! assert!(rust.contains("0x41, 0x2a,             // i32.const 42\n"));
//! ```

mod annotated;
mod array;
mod bytes;
mod c;
mod debug_comments;
mod em_js;
mod emitter;
mod escape;
mod excerpt;
mod format;
mod js;
mod listing;
mod operand_stack;
mod parts;
mod python;
mod rust;
mod source_map;
mod symbol;
mod wat;
mod writer;

pub use emitter::Emitter;
pub use format::{Format, UnknownFormat};
pub use symbol::BadSymbol;

use std::io::{self, Write};

/// Writes the contents of a file.
type Writer = fn(&Emitter<'_>, &mut (dyn Write + Send)) -> io::Result<()>;

/// The function that writes a format.
fn writer_of(format: Format) -> Writer {
    match format {
        Format::Wasm => bytes::wasm,
        Format::Object => bytes::object,
        Format::Wat => wat::write,
        Format::C => c::write,
        Format::Js => js::write,
        Format::EmJs => em_js::write,
        Format::Rust => rust::write,
        Format::Python => python::write,
        Format::Hex => bytes::hex,
        Format::Base64 => bytes::base64,
        Format::Json => bytes::json,
        Format::Listing => listing::write,
    }
}

impl Emitter<'_> {
    /// Writes the module.
    ///
    /// # Errors
    ///
    /// Returns the errors of `out`, an error if the symbol is not an identifier of the language, and an error if the
    /// module is invalid and cannot be printed as text.
    pub fn write(&self, format: Format, out: &mut (dyn Write + Send)) -> io::Result<()> {
        writer_of(format)(&self.with(format)?, out)
    }

    /// Returns the module in a format.
    ///
    /// # Errors
    ///
    /// Those of [`Emitter::write`].
    pub fn to_vec(&self, format: Format) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        self.write(format, &mut out)?;
        Ok(out)
    }

    /// Writes a source map (version 3) of the binary. It maps the offset of each instruction to its location in the text,
    /// or to the location in a preceding comment `;;@ file:line:column`. Needs [`Assembler::origins`].
    ///
    /// `file` and `source` are the paths of the binary and of the text, relative to the map.
    ///
    /// [`Assembler::origins`]: crate::Assembler::origins
    ///
    /// # Errors
    ///
    /// Returns the errors of `out`.
    pub fn write_source_map(&self, file: &str, source: &str, out: &mut (dyn Write + Send)) -> io::Result<()> {
        source_map::write(self, file, source, out)
    }

    /// Writes the TypeScript declarations for [`Format::Js`].
    ///
    /// # Errors
    ///
    /// Those of [`Emitter::write`].
    pub fn write_declarations(&self, out: &mut (dyn Write + Send)) -> io::Result<()> {
        js::declarations(&self.with(Format::Js)?, out)
    }
}
