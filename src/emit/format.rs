//! The output formats and their properties.

use super::symbol::{BadSymbol, Language};
use std::fmt;
use std::str::FromStr;

/// An output format.
///
/// ```
/// use gcwat::emit::Format;
///
/// let format: Format = "c".parse().unwrap();
/// assert_eq!((format, format.extension()), (Format::C, "h"));
/// assert!(format.has_symbol());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[non_exhaustive]
pub enum Format {
    /// The binary format
    #[default]
    Wasm,
    /// An object file for linkers
    Object,
    /// The standard text format without abbreviations
    Wat,
    /// A header for C and C++ with an array
    C,
    /// An ES module whose default export is a Uint8Array
    Js,
    /// A C file for Emscripten with an EM_JS function that creates the module
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
    /// Offsets, bytes, source lines, and the types on the operand stack
    Listing,
}

/// The properties of a format.
struct Row {
    format: Format,
    name: &'static str,
    extension: &'static str,
    /// The language of the array's identifier, if the array has a name.
    language: Option<Language>,
    /// Whether the bytes can have comments.
    annotated: bool,
}

#[rustfmt::skip]
static FORMATS: [Row; 12] = {
    use Format as F;
    use Language as L;
    const fn row(
        format: Format,
        name: &'static str,
        extension: &'static str,
        language: Option<Language>,
        annotated: bool,
        ) -> Row {
        Row { format, name, extension, language, annotated }
    }
    [
        //  format      name       extension  identifier            comments
        row(F::Wasm,    "wasm",    "wasm",    None,                 false),
        row(F::Object,  "object",  "o",       None,                 false),
        row(F::Wat,     "wat",     "wat",     None,                 false),
        row(F::C,       "c",       "h",       Some(L::C),           true),
        row(F::Js,      "js",      "js",      Some(L::JavaScript),  true),
        row(F::EmJs,    "em-js",   "c",       Some(L::EmJs),        true),
        row(F::Rust,    "rust",    "rs",      Some(L::Rust),        true),
        row(F::Python,  "python",  "py",      Some(L::Python),      true),
        row(F::Hex,     "hex",     "hex",     None,                 false),
        row(F::Base64,  "base64",  "b64",     None,                 false),
        row(F::Json,    "json",    "json",    None,                 false),
        row(F::Listing, "listing", "lst",     None,                 false),
    ]
};

impl Format {
    /// All formats.
    pub const ALL: &'static [Format] = &[
        Format::Wasm,
        Format::Object,
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

    /// Returns the name of the format, such as `em-js`.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// Returns the extension of files, without the dot.
    pub fn extension(self) -> &'static str {
        self.row().extension
    }

    /// Whether the format is text.
    pub fn is_text(self) -> bool {
        !matches!(self, Format::Wasm | Format::Object)
    }

    /// Whether the output can have comments ([`Emitter::annotate`](super::Emitter::annotate)).
    pub fn can_be_annotated(self) -> bool {
        self.row().annotated
    }

    /// Whether the output has an array with a name ([`Emitter::symbol`](super::Emitter::symbol)).
    pub fn has_symbol(self) -> bool {
        self.row().language.is_some()
    }

    /// Whether the output needs the locations of the parts of the module
    /// ([`Assembler::origins`](crate::Assembler::origins)).
    pub fn needs_origins(self) -> bool {
        self == Format::Listing
    }

    /// Checks that `symbol` can be the name of the array.
    ///
    /// # Errors
    ///
    /// Returns an error if it is not an identifier of the language, or is a keyword.
    pub fn check_symbol(self, symbol: &str) -> Result<(), BadSymbol> {
        self.row().language.map_or(Ok(()), |language| language.check(symbol))
    }
}

impl Format {
    /// Returns the language of the array's identifier, if the array has a name.
    pub(super) fn language(self) -> Option<Language> {
        self.row().language
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The error for an unknown format.
///
/// ```
/// use gcwat::emit::Format;
///
/// let error = "cobol".parse::<Format>().unwrap_err();
/// assert!(error.to_string().starts_with("unknown format `cobol`: expected one of wasm, "));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFormat(String);

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = Format::ALL.iter().map(|format| format.name()).collect();
        write!(f, "unknown format `{}`: expected one of {}", self.0, names.join(", "))
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

#[cfg(test)]
mod tests {
    use super::{FORMATS, Format};

    #[test]
    fn each_format_has_its_row_and_is_parsed_from_its_name() {
        assert_eq!(Format::ALL.len(), FORMATS.len());
        for &format in Format::ALL {
            assert_eq!(format.row().format, format);
            assert_eq!(format.name().parse(), Ok(format));
        }
        let error = "d".parse::<Format>().unwrap_err().to_string();
        assert!(error.contains("`d`") && error.contains("em-js, rust"), "{error}");
    }
}
