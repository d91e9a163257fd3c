//! The output formats and their properties.

use super::symbol::{BadSymbol, Language};
use std::fmt;
use std::str::FromStr;

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
        ) -> Row {
        Row { format, name, extension, language, annotated }
    }
    [
        //  format      name       extension  identifier            comments
        row(F::Wasm,    "wasm",    "wasm",    None,                 false),
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

impl Format {
    /// The language whose identifier names the array, if it has a name.
    pub(super) fn language(self) -> Option<Language> {
        self.row().language
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
