//! The errors of disassembling.

use std::fmt;
use wasmparser::BinaryReaderError;

/// The error for bytes that [`disassemble`](crate::disassemble) cannot convert to text.
///
/// ```
/// use gcwat::DisassembleError;
///
/// let error = gcwat::disassemble(b"(module)").unwrap_err();
/// assert_eq!(error.to_string(), "it is text, not a WebAssembly binary: use `gcwat assemble`");
/// assert!(matches!(error, DisassembleError::NotAModule(_)));
///
/// // A type section of seven bytes that has only one.
/// let error = gcwat::disassemble(b"\0asm\x01\0\0\0\x01\x07\x01").unwrap_err();
/// assert_eq!(error.offset(), Some(10));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DisassembleError {
    /// The bytes are not a binary module. The string describes what they are, as the end of a sentence that begins with
    /// "it".
    NotAModule(String),
    /// A part of the module cannot be decoded.
    Malformed {
        /// The offset of the error in the binary, if it is known.
        offset: Option<usize>,
        /// The description of the error, with its offset.
        message: String,
    },
    /// The text would be too long.
    TooLong {
        /// The maximum number of bytes.
        limit: usize,
    },
}

impl DisassembleError {
    /// Returns the offset of the error in the binary, if it is known.
    pub fn offset(&self) -> Option<usize> {
        match self {
            DisassembleError::Malformed { offset, .. } => *offset,
            _ => None,
        }
    }
}

impl fmt::Display for DisassembleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DisassembleError::NotAModule(message) | DisassembleError::Malformed { message, .. } => {
                f.write_str(message)
            }
            DisassembleError::TooLong { limit } => {
                write!(f, "the text would be too long: the limit for a binary of this size is {limit} bytes")
            }
        }
    }
}

impl std::error::Error for DisassembleError {}

impl From<BinaryReaderError> for DisassembleError {
    fn from(error: BinaryReaderError) -> DisassembleError {
        let offset = usize::try_from(error.offset()).ok();
        DisassembleError::Malformed { offset, message: error.to_string() }
    }
}
