//! The module to write, and the options of the output.

use super::format::Format;
use super::{escape, parts};
use crate::assembler::{Assembled, Assembler};
use crate::disassemble::print;
use crate::lower::Origins;
use std::borrow::Cow;
use std::io;
use wasm_encoder::{CustomSection, Encode, Section};

/// Writes an assembled module in any [`Format`].
///
/// ```
/// use gcwat::emit::{Emitter, Format};
///
/// let text = "(module)";
/// let assembled = gcwat::Assembler::new().assemble(text).unwrap();
/// let hex = Emitter::new(text, &assembled).to_vec(Format::Hex).unwrap();
/// assert_eq!(hex, b"0061736d01000000\n");
/// ```
///
/// An object ([`Format::Object`]) must be assembled with [`Assembler::object`].
#[derive(Clone, Debug)]
#[must_use = "the methods that set an option return the emitter"]
pub struct Emitter<'a> {
    text: &'a str,
    assembled: &'a Assembled,
    bytes: Cow<'a, [u8]>,
    symbol: Option<String>,
    file_name: String,
    pub(super) annotate: bool,
    pub(super) threads: usize,
    format: Format,
}

impl<'a> Emitter<'a> {
    /// Creates an emitter for a module. `text` is the text that it was assembled from.
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

    /// Sets the file name of the text. Only the last component of a path is used.
    pub fn file_name(mut self, name: &str) -> Emitter<'a> {
        name.rsplit(['/', '\\']).next().unwrap_or(name).clone_into(&mut self.file_name);
        self
    }

    /// Sets the name of the array. The default is derived from the file name.
    pub fn symbol(mut self, symbol: &str) -> Emitter<'a> {
        self.symbol = Some(symbol.to_owned());
        self
    }

    /// Sets whether to group the bytes of arrays, with a comment for each group. The default is `false`. Comments quote the
    /// text if it was assembled with [`Assembler::origins`].
    pub fn annotate(mut self, annotate: bool) -> Emitter<'a> {
        self.annotate = annotate;
        self
    }

    /// Sets the maximum number of threads. The default, 0, is one per core.
    pub fn threads(mut self, threads: usize) -> Emitter<'a> {
        self.threads = threads;
        self
    }

    /// Adds the custom section `sourceMappingURL` to the module, which debuggers read.
    pub fn source_map_url(mut self, url: &str) -> Emitter<'a> {
        let mut bytes = self.assembled.bytes().to_vec();
        let mut data = Vec::new();
        url.encode(&mut data);
        CustomSection { name: "sourceMappingURL".into(), data: data.into() }.append_to(&mut bytes);
        self.bytes = Cow::Owned(bytes);
        self
    }

    pub(super) fn with(&self, format: Format) -> io::Result<Emitter<'a>> {
        if let Some(symbol) = &self.symbol {
            format
                .check_symbol(symbol)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        }
        Ok(Emitter { format, ..self.clone() })
    }

    pub(super) fn is_object(&self) -> bool {
        self.assembled.is_object()
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) fn symbol_in_use(&self) -> String {
        match (&self.symbol, self.format.language()) {
            (Some(symbol), _) => symbol.clone(),
            (None, Some(language)) => language.symbol_of(&self.file_name),
            (None, None) => String::new(),
        }
    }

    /// Returns the file name of the text, for a comment.
    pub(super) fn shown_file_name(&self) -> String {
        escape::file_name(&self.file_name)
    }

    /// Returns the text that names and locations are taken from. If the text contains the module in binary or as a string,
    /// this is the printed binary, provided that it assembles to exactly these bytes.
    pub(super) fn origin(&self) -> Origin<'a> {
        if let Some(places) = self.assembled.recorded_origins() {
            return Origin { text: Cow::Borrowed(self.text), places: Some(Cow::Borrowed(places)) };
        }
        let printed = print(self.assembled.bytes()).ok().and_then(|text| {
            [false, true].into_iter().find_map(|names| {
                let assembler = Assembler::new().origins(true).names(names).validate(false);
                let assembled = assembler.assemble(&text).ok()?;
                let places =
                    assembled.recorded_origins().filter(|_| assembled.bytes() == self.assembled.bytes());
                Some(Origin { text: Cow::Owned(text.clone()), places: Some(Cow::Owned(places?.clone())) })
            })
        });
        printed.unwrap_or(Origin { text: Cow::Borrowed(""), places: None })
    }
}

/// The text that the names and locations of a module are taken from.
pub(super) struct Origin<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) places: Option<Cow<'a, Origins>>,
}

impl Origin<'_> {
    pub(super) fn borrow(&self) -> parts::Origin<'_> {
        parts::Origin { text: &self.text, places: self.places.as_deref() }
    }
}
