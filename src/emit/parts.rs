//! Cuts a module into parts, which can be written separately: sections, bodies, and chunks of long data.

use super::operand_stack::TypeNames;
use crate::lower::Origins;
use std::ops::Range;
use wasmparser::{
    BinaryReader, FuncToValidate, FunctionBody, Parser, Payload, TypeRef, ValidPayload, Validator,
    ValidatorResources, WasmFeatures,
};

/// A module that is cut into parts.
pub(super) struct Module<'a> {
    pub(super) bytes: &'a [u8],
    /// The text that it was assembled from, and the locations of its parts.
    pub(super) text: &'a str,
    pub(super) places: Option<&'a Origins>,
    pub(super) types: TypeNames<'a>,
    pub(super) imported_funcs: u32,
    pub(super) parts: Vec<Part<'a>>,
}

/// A part of a module. It is cut into groups separately.
pub(super) struct Part<'a> {
    pub(super) range: Range<usize>,
    pub(super) content: Content<'a>,
}

pub(super) enum Content<'a> {
    /// The magic number and the version.
    Header,
    /// A section; the offset of its contents.
    Section(usize, Payload<'a>),
    /// A large data section up to the first segment; the offset of its contents, and the number of segments.
    DataHead(usize, u32),
    /// A segment of a large data section up to its data; the index of the segment.
    DataItem(usize),
    /// A large custom section up to its data; the offset of its contents, and its name.
    CustomHead(usize, &'a str),
    /// Data; its indentation.
    Data(usize),
    /// The code section up to the first body; the offset of its contents, and the number of bodies.
    Code(usize, u32),
    Body(Body<'a>),
    /// Bytes that cannot be decoded.
    Rest,
}

pub(super) struct Body<'a> {
    pub(super) body: FunctionBody<'a>,
    /// The index of the body in the code section.
    pub(super) number: usize,
    /// The range of its instructions in [`Origins::code`].
    pub(super) marks: Range<usize>,
    /// The validator of the body, if the stack is shown.
    pub(super) check: Option<FuncToValidate<ValidatorResources>>,
}

/// The text of a [`Module`] and the locations of its parts.
pub(super) struct Origin<'a> {
    pub(super) text: &'a str,
    pub(super) places: Option<&'a Origins>,
}

impl<'a> Module<'a> {
    /// Cuts a module into parts. With `stacks`, its bodies will be validated for the types on the stack.
    pub(super) fn new(bytes: &'a [u8], origin: Origin<'a>, stacks: bool) -> Module<'a> {
        let Origin { text, places } = origin;
        let mut validator = stacks.then(|| Validator::new_with_features(WasmFeatures::all()));
        let types = TypeNames::new(text, places);
        let mut module = Module { bytes, text, places, types, imported_funcs: 0, parts: Vec::new() };
        let mut at = 0;
        let marks = places.map_or(&[][..], |places| &places.code);
        let mut taken = 0;
        let mut number = 0;
        for payload in Parser::new(0).parse_all(bytes) {
            let Ok(payload) = payload else { break };
            let checked = validator.as_mut().map(|validator| validator.payload(&payload));
            let check = match checked {
                Some(Ok(ValidPayload::Func(check, _))) => Some(check),
                Some(Err(_)) => {
                    validator = None;
                    None
                }
                _ => None,
            };
            if let Payload::ImportSection(imports) = &payload {
                let imports = imports.clone().into_imports().filter_map(std::result::Result::ok);
                let is_func = |ty| matches!(ty, TypeRef::Func(_) | TypeRef::FuncExact(_));
                module.imported_funcs = imports.filter(|import| is_func(import.ty)).count() as u32;
            }
            let (end, content) = match payload {
                Payload::Version { range, .. } => (range.end as usize, Content::Header),
                Payload::CodeSectionStart { count, unchecked_range: range, .. } => {
                    if let Some(types) = validator.as_ref().and_then(|validator| validator.types(0)) {
                        module.types.read(types);
                    }
                    let contents = range.start as usize;
                    let mut reader = BinaryReader::new(&bytes[contents..], range.start);
                    if reader.read_var_u32().is_err() {
                        break;
                    }
                    (reader.original_position() as usize, Content::Code(contents, count))
                }
                Payload::CodeSectionEntry(body) => {
                    let end = body.range().end as usize;
                    let first = taken;
                    taken += marks[first..].iter().take_while(|mark| (mark.at as usize) < end).count();
                    number += 1;
                    let body = Body { body, number: number - 1, marks: first..taken, check };
                    (end, Content::Body(body))
                }
                Payload::End(_) => break,
                payload => match payload.as_section() {
                    Some((_, range)) if module.cut_large(at, &payload, range.end as usize).is_some() => {
                        at = range.end as usize;
                        continue;
                    }
                    Some((_, range)) => (range.end as usize, Content::Section(range.start as usize, payload)),
                    None => break,
                },
            };
            module.parts.push(Part { range: at..end, content });
            at = end;
        }
        if at < bytes.len() {
            module.parts.push(Part { range: at..bytes.len(), content: Content::Rest });
        }
        module
    }

    /// Cuts a large section with data into several parts. Returns `None` for all other sections.
    fn cut_large(&mut self, start: usize, payload: &Payload<'a>, end: usize) -> Option<()> {
        if end - start <= CHUNK {
            return None;
        }
        match payload {
            Payload::DataSection(segments) => {
                let contents = segments.range().start as usize;
                let items = segments.clone().into_iter_with_offsets().collect::<Result<Vec<_>, _>>().ok()?;
                let first = items.first()?.0 as usize;
                let head = Content::DataHead(contents, segments.count());
                self.parts.push(Part { range: start..first, content: head });
                for (nth, (offset, segment)) in items.iter().enumerate() {
                    let end = items.get(nth + 1).map_or(end, |(next, _)| *next as usize);
                    let data = end - segment.data.len();
                    self.parts.push(Part { range: *offset as usize..data, content: Content::DataItem(nth) });
                    self.cut_data(data..end, 2);
                }
            }
            Payload::CustomSection(custom) if custom.name() != "name" => {
                let data = custom.data_offset() as usize;
                let head = Content::CustomHead(custom.range().start as usize, custom.name());
                self.parts.push(Part { range: start..data, content: head });
                self.cut_data(data..end, 1);
            }
            _ => return None,
        }
        Some(())
    }

    fn cut_data(&mut self, range: Range<usize>, indent: usize) {
        for start in range.clone().step_by(CHUNK) {
            let range = start..range.end.min(start + CHUNK);
            self.parts.push(Part { range, content: Content::Data(indent) });
        }
    }
}

/// The maximum size of a data part. A multiple of every row length.
const CHUNK: usize = 24 << 10;
