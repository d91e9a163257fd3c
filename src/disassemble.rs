//! Converts binaries to text that assembles to the same bytes.

mod error;
mod object;
mod print;
mod sections;

pub use error::DisassembleError;
pub(crate) use print::print;
pub(crate) use sections::section_names;

use crate::assembler::{Assembled, Assembler};
use crate::diagnostic::Diagnostics;
use crate::explain::not_wat;
use std::fmt;
use wasm_encoder::Encode;
use wasmparser::{BinaryReader, Encoding, Parser, Payload};

/// The result of [`disassemble`].
///
/// ```
/// let bytes = gcwat::assemble("(func (export \"f\"))").unwrap();
/// let made = gcwat::disassemble(&bytes).unwrap();
/// assert_eq!(gcwat::assemble(&made.text).unwrap(), bytes);
/// assert!(!made.names && made.difference.is_none());
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Disassembled {
    /// The text.
    pub text: String,
    /// Whether the text must be assembled with a name section ([`Assembler::names`]) to produce the same bytes.
    pub names: bool,
    /// Whether the binary is an object, whose text must be assembled to an object.
    pub is_object: bool,
    /// The parts of an object that have no text, in a sentence for each.
    pub notes: Vec<String>,
    /// The difference between the original binary and the reassembled text, if there is one.
    pub difference: Option<Difference>,
}

/// The difference between a binary and its reassembled text.
///
/// ```
/// use gcwat::Difference;
///
/// // The length of the type section takes two bytes where one is enough.
/// let made = gcwat::disassemble(b"\0asm\x01\0\0\0\x01\x84\0\x01\x60\0\0").unwrap();
/// assert!(matches!(made.difference, Some(Difference::NotCanonical { offset: 9, .. })));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Difference {
    /// The same module in other bytes. The binary is not canonical: it has numbers that are longer than necessary, or
    /// empty sections.
    NotCanonical {
        /// The offset of the first different byte.
        offset: usize,
        /// The part of the module that contains it, such as `code section`.
        section: String,
    },
    /// Another module. This is a bug in the disassembler or the assembler.
    NotTheSame {
        /// The offset of the first different byte.
        offset: usize,
    },
    /// Another object. This is a bug in the disassembler or the assembler. The string is the first line of the text that
    /// the reassembled object does not have.
    NotTheSameObject(String),
    /// The text cannot be assembled. The string is the error.
    NotAssembled(String),
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Difference::NotCanonical { offset, section } => write!(
                f,
                "the binary is not canonical: the reassembled text is the same module in other bytes, first at byte \
                 {offset:#x}, in the {section}"
            ),
            Difference::NotTheSame { offset } => {
                write!(f, "the reassembled text is another module, first at byte {offset:#x}")
            }
            Difference::NotTheSameObject(line) => {
                write!(f, "the reassembled text is another object, first at `{line}`")
            }
            Difference::NotAssembled(message) => write!(f, "the text cannot be reassembled: {message}"),
        }
    }
}

/// Converts a binary module to text. Names become identifiers; custom sections and hints become annotations.
///
/// The text is reassembled, and [`Disassembled::difference`] reports whether the bytes are the same.
///
/// ```
/// let bytes = gcwat::assemble("(func (export \"f\") (result i32) i32.const 42)").unwrap();
/// let disassembled = gcwat::disassemble(&bytes).unwrap();
/// assert!(disassembled.text.contains("i32.const 42"));
/// assert_eq!(disassembled.difference, None);
/// assert_eq!(gcwat::assemble(&disassembled.text).unwrap(), bytes);
/// ```
///
/// # Errors
///
/// Returns an error if the bytes are not a module or a part of it cannot be decoded.
pub fn disassemble(bytes: &[u8]) -> Result<Disassembled, DisassembleError> {
    if let Some(other) = not_wat::instead_of_binary(bytes) {
        return Err(DisassembleError::NotAModule(other));
    }
    let sections = Sections::of(bytes)?;
    let mut notes = Vec::new();
    match object::text(bytes) {
        Ok(Some(object)) => {
            let difference = object_difference(&object);
            let object::ObjectText { text, notes, names, .. } = object;
            return Ok(Disassembled { text, names, is_object: true, notes, difference });
        }
        Ok(None) => {}
        Err(reason) => notes.push(format!("the linking information is printed as bytes: {reason}")),
    }
    let text = print(bytes)?;
    let module = |text, names, difference| Disassembled { text, names, is_object: false, notes, difference };
    let names = sections.names.is_some();
    let first = match assemble(&text, names) {
        Ok(again) if again == bytes => return Ok(module(text, names, None)),
        other => other,
    };
    // The position or the encoding of the name section may be unusual. Then the text has identifiers, and the section in
    // bytes.
    if let Some(section) = &sections.names {
        // wasmprinter confuses labels after `delegate`, so labels are printed as numbers. In an invalid module, it uses
        // names that it has not defined.
        for without in [Without::Nothing, Without::Kind(LABEL_NAMES), Without::Names] {
            if let Some(text) = print_with_name_section(bytes, section, without)
                && assemble(&text, false).is_ok_and(|again| again == bytes)
            {
                return Ok(module(text, false, None));
            }
        }
    }
    let difference = match first {
        Ok(again) => {
            let offset = again.iter().zip(bytes).take_while(|(one, other)| one == other).count();
            match print(&again).is_ok_and(|again| again == text) {
                true => Difference::NotCanonical { offset, section: sections.at(offset) },
                false => Difference::NotTheSame { offset },
            }
        }
        Err(message) => Difference::NotAssembled(message),
    };
    Ok(module(text, names, Some(difference)))
}

fn assemble(text: &str, names: bool) -> Result<Vec<u8>, String> {
    let assembled = Assembler::new().names(names).validate(false).assemble(text);
    assembled.map(Assembled::into_bytes).map_err(|errors| first_line(&errors))
}

fn first_line(errors: &Diagnostics) -> String {
    errors.to_string().lines().next().unwrap_or_default().to_owned()
}

/// Returns the difference between an object and its reassembled text. Both are compared as text, which expresses
/// everything but the parts in the notes.
fn object_difference(object: &object::ObjectText) -> Option<Difference> {
    let assembled = Assembler::new().object(true).names(object.names).validate(false).assemble(&object.text);
    let bytes = match assembled {
        Ok(assembled) => assembled.into_bytes(),
        Err(errors) => return Some(Difference::NotAssembled(first_line(&errors))),
    };
    match object::text(&bytes) {
        Ok(Some(again)) => object.first_difference(&again).map(Difference::NotTheSameObject),
        Ok(None) => Some(Difference::NotTheSameObject(String::new())),
        Err(message) => Some(Difference::NotAssembled(message)),
    }
}

/// The locations of the sections of a module.
struct Sections {
    /// The offset and the name of each section.
    starts: Vec<(usize, &'static str)>,
    /// The range of the name section.
    names: Option<std::ops::Range<usize>>,
}

impl Sections {
    fn of(bytes: &[u8]) -> Result<Sections, DisassembleError> {
        let mut sections = Sections { starts: vec![(0, "header")], names: None };
        let mut at = 0;
        for payload in Parser::new(0).parse_all(bytes) {
            let payload = payload?;
            if let Payload::Version { encoding: Encoding::Component, .. } = payload {
                let message = "it is a component; only modules can be disassembled";
                return Err(DisassembleError::NotAModule(message.to_owned()));
            }
            if let Payload::Version { range, .. } = &payload {
                at = range.end as usize;
            }
            let Some((id, range)) = payload.as_section() else { continue };
            let end = range.end as usize;
            if let Payload::CustomSection(custom) = &payload
                && custom.name() == "name"
                && sections.names.is_none()
            {
                sections.names = Some(at..end);
            }
            sections.starts.push((at, section_names(id).0));
            at = end;
        }
        Ok(sections)
    }

    fn at(&self, offset: usize) -> String {
        match self.starts.iter().rfind(|(start, _)| *start <= offset) {
            Some((_, "header")) | None => "header".to_owned(),
            Some((_, name)) => format!("{name} section"),
        }
    }
}

/// A substitute for the name `name` with the same length. No custom section has this name.
const SUBSTITUTE: &[u8; 4] = b"\x01nm\x01";

/// The id of the subsection with the names of labels.
const LABEL_NAMES: u8 = 3;

/// The names that the text does not use. The name section in bytes contains them.
#[derive(Clone, Copy)]
enum Without {
    Nothing,
    Kind(u8),
    Names,
}

/// Prints a binary with the name section as bytes, too. The text can omit names.
fn print_with_name_section(
    bytes: &[u8],
    section: &std::ops::Range<usize>,
    without: Without,
) -> Option<String> {
    // The printer does not know the copy of the section, which has another name.
    let names = bytes.get(section.clone())?;
    let name_at = memchr::memmem::find(names, b"\x04name")? + 1;
    let mut copy = names.to_vec();
    copy[name_at..name_at + SUBSTITUTE.len()].copy_from_slice(SUBSTITUTE);
    let read = match without {
        Without::Nothing => names.to_vec(),
        Without::Names => Vec::new(),
        Without::Kind(kind) => without_kind(names, name_at + SUBSTITUTE.len(), kind)?,
    };
    let with_copy = [&bytes[..section.start], &read, &copy, &bytes[section.end..]].concat();
    let text = print(&with_copy).ok()?;
    let (substitute, name) = (r#"(@custom "\u{1}nm\u{1}""#, r#"(@custom "name""#);
    (text.matches(substitute).count() == 1).then(|| text.replacen(substitute, name, 1))
}

/// Returns a name section without the subsections of one kind. The subsections begin at `start`.
fn without_kind(section: &[u8], start: usize, kind: u8) -> Option<Vec<u8>> {
    let mut contents = b"\x04name".to_vec();
    let mut reader = BinaryReader::new(&section[start..], 0);
    while !reader.eof() {
        let from = start + reader.original_position() as usize;
        let id = reader.read_u8().ok()?;
        reader.read_reader().ok()?;
        if id != kind {
            contents.extend_from_slice(&section[from..start + reader.original_position() as usize]);
        }
    }
    let mut out = vec![0];
    contents.encode(&mut out);
    Some(out)
}
