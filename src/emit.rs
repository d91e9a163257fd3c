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
mod escape;
mod excerpt;
mod js;
mod listing;
mod operand_stack;
mod python;
mod rust;
mod source_map;
mod symbol;
mod wat;
mod writer;

pub(crate) use annotated::section_name;
pub use symbol::BadSymbol;
pub(crate) use wat::print;

use crate::lower::Places;
use crate::{Assembled, Assembler};
use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;
use symbol::Language;
use wasm_encoder::{CustomSection, Encode, Section};

/// A form in which a module is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[non_exhaustive]
pub enum Format {
    /// The binary format
    #[default]
    Wasm,
    /// The standard text format, abbreviations written out
    Wat,
    /// A header for C and C++ with an array
    C,
    /// An ES module whose default export is a Uint8Array
    Js,
    /// A C file for Emscripten: an EM_JS function that makes the module
    EmJs,
    /// A constant array for Rust
    Rust,
    /// A constant of bytes for Python
    Python,
    /// Hexadecimal digits on one line
    Hex,
    /// Base 64 on one line
    Base64,
    /// A JSON array of numbers on one line
    Json,
    /// Offsets, bytes, lines of the text, and the types on the operand stack
    Listing,
}

/// What there is to know of a format.
struct Row {
    format: Format,
    name: &'static str,
    extension: &'static str,
    /// Whose identifier the array has, if it has a name.
    language: Option<Language>,
    /// Whether comments can stand beside the bytes.
    annotated: bool,
    write: fn(&Emitter<'_>, &mut (dyn Write + Send)) -> io::Result<()>,
}

#[rustfmt::skip]
static FORMATS: [Row; 11] = {
    use Format as F;
    use Language as L;
    const fn row(
        format: Format,
        name: &'static str,
        extension: &'static str,
        language: Option<Language>,
        annotated: bool,
        write: fn(&Emitter<'_>, &mut (dyn Write + Send)) -> io::Result<()>,
    ) -> Row {
        Row { format, name, extension, language, annotated, write }
    }
    [
        //  format      name       extension  identifier            comments
        row(F::Wasm,    "wasm",    "wasm",    None,                 false, bytes::wasm),
        row(F::Wat,     "wat",     "wat",     None,                 false, wat::write),
        row(F::C,       "c",       "h",       Some(L::C),           true,  c::write),
        row(F::Js,      "js",      "js",      Some(L::JavaScript),  true,  js::write),
        row(F::EmJs,    "em-js",   "c",       Some(L::EmJs),        true,  em_js::write),
        row(F::Rust,    "rust",    "rs",      Some(L::Rust),        true,  rust::write),
        row(F::Python,  "python",  "py",      Some(L::Python),      true,  python::write),
        row(F::Hex,     "hex",     "hex",     None,                 false, bytes::hex),
        row(F::Base64,  "base64",  "b64",     None,                 false, bytes::base64),
        row(F::Json,    "json",    "json",    None,                 false, bytes::json),
        row(F::Listing, "listing", "lst",     None,                 false, listing::write),
    ]
};

impl Format {
    /// All formats.
    pub const ALL: &'static [Format] = &[
        Format::Wasm,
        Format::Wat,
        Format::C,
        Format::Js,
        Format::EmJs,
        Format::Rust,
        Format::Python,
        Format::Hex,
        Format::Base64,
        Format::Json,
        Format::Listing,
    ];

    fn row(self) -> &'static Row {
        &FORMATS[self as usize]
    }

    /// What it is called, such as `em-js`.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The extension of its files, without the dot.
    pub fn extension(self) -> &'static str {
        self.row().extension
    }

    /// Whether it is text.
    pub fn is_text(self) -> bool {
        self != Format::Wasm
    }

    /// Whether what it writes can be annotated.
    pub fn can_be_annotated(self) -> bool {
        self.row().annotated
    }

    /// Whether what it writes has a name in a program.
    pub fn has_symbol(self) -> bool {
        self.row().language.is_some()
    }

    /// Whether it is made from where the parts of the module are in the text, so that
    /// [`Assembler::places`] should be on.
    pub fn needs_places(self) -> bool {
        self == Format::Listing
    }

    /// Whether `symbol` can be the name of the array.
    ///
    /// # Errors
    ///
    /// If it is no identifier of the language, or a keyword.
    pub fn check_symbol(self, symbol: &str) -> Result<(), BadSymbol> {
        self.row().language.map_or(Ok(()), |language| language.check(symbol))
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A format that there is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFormat(String);

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = Format::ALL.iter().map(|format| format.name()).collect();
        write!(f, "there is no format `{}`: the formats are {}", self.0, names.join(", "))
    }
}

impl std::error::Error for UnknownFormat {}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Format, UnknownFormat> {
        let row = FORMATS.iter().find(|row| row.name == name);
        row.map(|row| row.format).ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

/// Writes an assembled module in any [`Format`].
#[derive(Clone, Debug)]
pub struct Emitter<'a> {
    text: &'a str,
    assembled: &'a Assembled,
    bytes: Cow<'a, [u8]>,
    symbol: Option<String>,
    file_name: String,
    annotate: bool,
    threads: usize,
    format: Format,
}

impl<'a> Emitter<'a> {
    /// For the module that `text` was assembled to.
    pub fn new(text: &'a str, assembled: &'a Assembled) -> Emitter<'a> {
        Emitter {
            text,
            assembled,
            bytes: Cow::Borrowed(assembled.bytes()),
            symbol: None,
            file_name: "module.wat".to_owned(),
            annotate: false,
            threads: 0,
            format: Format::Wasm,
        }
    }

    /// What the text is called; only the last part of a path is used.
    pub fn file_name(&mut self, name: &str) -> &mut Emitter<'a> {
        name.rsplit(['/', '\\']).next().unwrap_or(name).clone_into(&mut self.file_name);
        self
    }

    /// What the array is called; if this is not said, the name follows from that of the file.
    pub fn symbol(&mut self, symbol: &str) -> &mut Emitter<'a> {
        self.symbol = Some(symbol.to_owned());
        self
    }

    /// Whether the bytes of arrays stand in groups that belong together, each with a comment; by default
    /// not. What the comments say is better if the text was assembled with [`Assembler::places`].
    pub fn annotate(&mut self, annotate: bool) -> &mut Emitter<'a> {
        self.annotate = annotate;
        self
    }

    /// How many threads to use at most; by default, and for 0, one per core.
    pub fn threads(&mut self, threads: usize) -> &mut Emitter<'a> {
        self.threads = threads;
        self
    }

    /// Writes the module.
    ///
    /// # Errors
    ///
    /// Those of `out`; and if the name of the array cannot be one, or the text format cannot be written
    /// because the module is not valid.
    pub fn write(&self, format: Format, out: &mut (dyn Write + Send)) -> io::Result<()> {
        (format.row().write)(&self.with(format)?, out)
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

    /// Adds to the module where its source map is, for debuggers: the custom section `sourceMappingURL`.
    pub fn source_map_url(&mut self, url: &str) -> &mut Emitter<'a> {
        let mut bytes = self.assembled.bytes().to_vec();
        let mut data = Vec::new();
        url.encode(&mut data);
        CustomSection { name: "sourceMappingURL".into(), data: data.into() }.append_to(&mut bytes);
        self.bytes = Cow::Owned(bytes);
        self
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

    fn with(&self, format: Format) -> io::Result<Emitter<'a>> {
        if let Some(symbol) = &self.symbol {
            format
                .check_symbol(symbol)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        }
        Ok(Emitter { format, ..self.clone() })
    }

    fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn symbol_in_use(&self) -> String {
        match (&self.symbol, self.format.row().language) {
            (Some(symbol), _) => symbol.clone(),
            (None, Some(language)) => language.symbol_of(&self.file_name),
            (None, None) => String::new(),
        }
    }

    /// The name of the text, for a comment.
    fn shown_file_name(&self) -> String {
        escape::file_name(&self.file_name)
    }

    /// What to take names and places from: the text; or if that has the module in binary or as a string,
    /// the text of the binary, if that is a text of exactly these bytes.
    fn origin(&self) -> Origin<'a> {
        if let Some(places) = self.assembled.places() {
            return Origin { text: Cow::Borrowed(self.text), places: Some(Cow::Borrowed(places)) };
        }
        let printed = wat::print(self.assembled.bytes()).ok().and_then(|text| {
            [false, true].into_iter().find_map(|names| {
                let mut assembler = Assembler::new();
                let assembled = assembler.places(true).names(names).validate(false).assemble(&text).ok()?;
                let places = assembled.places().filter(|_| assembled.bytes() == self.assembled.bytes());
                Some(Origin { text: Cow::Owned(text.clone()), places: Some(Cow::Owned(places?.clone())) })
            })
        });
        printed.unwrap_or(Origin { text: Cow::Borrowed(""), places: None })
    }
}

/// What the names and places of a module are taken from.
struct Origin<'a> {
    text: Cow<'a, str>,
    places: Option<Cow<'a, Places>>,
}

impl Origin<'_> {
    fn borrow(&self) -> annotated::Origin<'_> {
        annotated::Origin { text: &self.text, places: self.places.as_deref() }
    }
}

#[cfg(test)]
mod tests {
    use super::{FORMATS, Format};

    #[test]
    fn each_format_stands_in_its_row_and_is_known_by_its_name() {
        assert_eq!(Format::ALL.len(), FORMATS.len());
        for &format in Format::ALL {
            assert_eq!(format.row().format, format);
            assert_eq!(format.name().parse(), Ok(format));
        }
        let error = "d".parse::<Format>().unwrap_err().to_string();
        assert!(error.contains("`d`") && error.contains("em-js, rust"), "{error}");
    }
}
