//! The forms in which a module is given: the binary, text, and what other languages embed.
//!
//! ```
//! use gcwat::emit::{Emitter, Format};
//!
//! let text = "(module (func (export \"f\") (result i32) i32.const 42))";
//! let assembled = gcwat::Assembler::new().places(true).assemble(text).unwrap();
//! let mut emitter = Emitter::new(text, &assembled);
//! emitter.symbol("ANSWER").annotate(true);
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
    /// Those of `out`; and if the name of the array cannot be one, or the text format cannot be written
    /// because the module is not valid.
    pub fn write(&self, format: Format, out: &mut (dyn Write + Send)) -> io::Result<()> {
        writer_of(format)(&self.with(format)?, out)
    }

    /// The module in a format.
    ///
    /// # Errors
    ///
    /// As of [`Emitter::write`].
    pub fn to_vec(&self, format: Format) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        self.write(format, &mut out)?;
        Ok(out)
    }

    /// Writes a source map (version 3) of the binary: for the offset of each instruction its place in the
    /// text, or the one that a comment `;;@ file:line:column` before it gives. Needs
    /// [`Assembler::places`].
    ///
    /// `file` is what the binary is called, `source` what the text is called, seen from the map.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn write_source_map(&self, file: &str, source: &str, out: &mut (dyn Write + Send)) -> io::Result<()> {
        source_map::write(self, file, source, out)
    }

    /// Writes the declarations that TypeScript needs for [`Format::Js`].
    ///
    /// # Errors
    ///
    /// As of [`Emitter::write`].
    pub fn write_declarations(&self, out: &mut (dyn Write + Send)) -> io::Result<()> {
        js::declarations(&self.with(Format::Js)?, out)
    }
}
