//! Binaries to text that assembles to the same bytes again.

mod print;
mod sections;

pub(crate) use print::print;
pub(crate) use sections::section_names;

use crate::assembler::{Assembled, Assembler};
use crate::explain::not_wat;
use std::fmt;
use wasm_encoder::Encode;
use wasmparser::{BinaryReader, Encoding, Parser, Payload};

/// The text of a binary.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Disassembled {
    /// The text.
    pub text: String,
    /// Whether the text must be assembled with names ([`Assembler::names`]) to give the same bytes: those
    /// of the name section are in its identifiers.
    pub names: bool,
    /// What the text assembles to, if that is not the same bytes.
    pub difference: Option<Difference>,
}

/// In what the binary that a text assembles to is not the one it was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Difference {
    /// It is the same module in other bytes: the binary is not in the form that an assembler gives it, with
    /// numbers as short as can be and without what says nothing.
    NotCanonical {
        /// The first byte that differs.
        offset: usize,
        /// What that is in, such as `code section`.
        section: String,
    },
    /// It is another module; this would be a fault of the disassembler or the assembler.
    NotTheSame {
        /// The first byte that differs.
        offset: usize,
    },
    /// The text cannot be assembled; what is wrong with it.
    NotAssembled(String),
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Difference::NotCanonical { offset, section } => write!(
                f,
                "the binary is not canonical: assembled again, the text gives the same module in other bytes, \
                 first at byte {offset:#x}, in the {section}"
            ),
            Difference::NotTheSame { offset } => {
                write!(f, "assembled again, the text gives another module, first at byte {offset:#x}")
            }
            Difference::NotAssembled(message) => write!(f, "the text cannot be assembled again: {message}"),
        }
    }
}

/// Makes text of a binary module: names become identifiers, custom sections and hints annotations.
///
/// The text is assembled once more to see whether it gives the same bytes, and the result says so.
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
/// If the bytes are no module, or something in it cannot be read.
pub fn disassemble(bytes: &[u8]) -> Result<Disassembled, String> {
    if let Some(other) = not_wat::instead_of_binary(bytes) {
        return Err(other);
    }
    let sections = Sections::of(bytes)?;
    let text = print(bytes)?;
    let names = sections.names.is_some();
    let first = match assemble(&text, names) {
        Ok(again) if again == bytes => return Ok(Disassembled { text, names, difference: None }),
        other => other,
    };
    // Where the names stand, or how, may not be as they would be written: then the section is given in
    // bytes, beside the identifiers.
    if let Some(section) = &sections.names {
        // Behind `delegate` wasmprinter takes one label for another; numbers are right.
        for without in [None, Some(LABEL_NAMES)] {
            if let Some(text) = print_with_name_section(bytes, section, without)
                && assemble(&text, false).is_ok_and(|again| again == bytes)
            {
                return Ok(Disassembled { text, names: false, difference: None });
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
    Ok(Disassembled { text, names, difference: Some(difference) })
}

fn assemble(text: &str, names: bool) -> Result<Vec<u8>, String> {
    let assembled = Assembler::new().names(names).validate(false).assemble(text);
    assembled
        .map(Assembled::into_bytes)
        .map_err(|errors| errors.to_string().lines().next().unwrap_or_default().to_owned())
}

/// The sections of a module.
struct Sections {
    /// Where each begins, and what it is called.
    starts: Vec<(usize, &'static str)>,
    /// Where the name section is.
    names: Option<std::ops::Range<usize>>,
}

impl Sections {
    fn of(bytes: &[u8]) -> Result<Sections, String> {
        let mut sections = Sections { starts: vec![(0, "header")], names: None };
        let mut at = 0;
        for payload in Parser::new(0).parse_all(bytes) {
            let payload = payload.map_err(|error| error.to_string())?;
            if let Payload::Version { encoding: Encoding::Component, .. } = payload {
                return Err("it is a component; only modules can be disassembled".to_owned());
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

/// A name that no custom section has, to find it again in the text; as long as the one it stands for.
const STAND_IN: &[u8; 4] = b"\x01nm\x01";

/// The number of the names of labels among the parts of a name section.
const LABEL_NAMES: u8 = 3;

/// The text with the name section given in bytes too. Of the names one kind may be left out of the text.
fn print_with_name_section(
    bytes: &[u8],
    section: &std::ops::Range<usize>,
    without: Option<u8>,
) -> Option<String> {
    // A copy of the section under another name, which the printer takes for one it does not know.
    let names = bytes.get(section.clone())?;
    let name_at = memchr::memmem::find(names, b"\x04name")? + 1;
    let mut copy = names.to_vec();
    copy[name_at..name_at + STAND_IN.len()].copy_from_slice(STAND_IN);
    let read = match without {
        None => names.to_vec(),
        Some(kind) => without_kind(names, name_at + STAND_IN.len(), kind)?,
    };
    let with_copy = [&bytes[..section.start], &read, &copy, &bytes[section.end..]].concat();
    let text = print(&with_copy).ok()?;
    let (stand_in, name) = (r#"(@custom "\u{1}nm\u{1}""#, r#"(@custom "name""#);
    (text.matches(stand_in).count() == 1).then(|| text.replacen(stand_in, name, 1))
}

/// A name section whose parts begin at `start`, without those of one kind.
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
