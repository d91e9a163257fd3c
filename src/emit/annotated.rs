//! Splits a module into annotated byte ranges, for listings and annotated arrays.
//!
//! The groups of a module cover all of its bytes, in order and without overlap. Comments quote the text; bytes that
//! wasmparser cannot decode are groups without a comment.

use super::excerpt::{self, Line};
use super::operand_stack::{Stack, StackScratch};
use super::parts::{Body, Content, Module, Part};
use crate::disassemble::section_names;
use crate::escape;
use crate::lower::{Origins, Relocated};
use crate::resolve::IndexSpace;
use crate::span::Span;
use std::fmt::Write;
use std::ops::Range;
use wasmparser::{BinaryReader, ExternalKind, FromReader, Imports, Payload, SectionLimited};

/// A byte range with a comment.
pub(super) struct Group<'g> {
    pub(super) range: Range<usize>,
    /// The nesting depth. A section counts as a block.
    pub(super) indent: usize,
    /// The description of the group, on one line. Empty if it is unknown.
    pub(super) comment: &'g str,
    /// The offset of its source text.
    pub(super) place: Option<u32>,
    /// The types on the operand stack after the group, if it is an instruction and stacks are shown.
    pub(super) stack: Option<&'g Stack<'g>>,
    /// Whether the group is data, whose rows are shown as characters.
    pub(super) is_data: bool,
    /// Whether the group is in the code section.
    pub(super) in_code: bool,
}

/// Receives groups.
pub(super) trait Sink {
    /// Returns the maximum number of characters of a comment at an indentation. Comments of instructions are shorter.
    fn width(&self, indent: usize, is_instr: bool) -> usize;
    /// Receives the next group.
    fn group(&mut self, group: &Group<'_>);
}

impl<'a> Module<'a> {
    /// Passes the groups of a part to a sink.
    pub(super) fn groups(&self, part: &Part<'a>, scratch: &mut Scratch, sink: &mut dyn Sink) {
        let range = part.range.clone();
        let comment = std::mem::take(&mut scratch.comment);
        let in_code = matches!(part.content, Content::Code(..) | Content::Body(_));
        let mut walk = Walk { module: self, comment, done: range.start, in_code, sink };
        match &part.content {
            Content::Header => {
                walk.text("\"\\0asm\", the magic number");
                walk.take(range.start..range.start + 4, 0, None);
                walk.text("version 1");
                walk.take(range.start + 4..range.end, 0, None);
            }
            Content::Code(contents, count) => {
                let size = size_of_section(&self.bytes[range.start + 1..]);
                walk.section_head("code", range.start..*contents, size);
                walk.count(*contents..range.end, *count, "body", "bodies");
            }
            Content::Section(contents, payload) => {
                if walk.section(range.start, *contents..range.end, payload).is_err() {
                    walk.data(walk.done..range.end, 1);
                }
            }
            Content::DataHead(contents, count) => {
                let size = size_of_section(&self.bytes[range.start + 1..]);
                walk.section_head("data", range.start..*contents, size);
                walk.count(*contents..range.end, *count, "data segment", "data segments");
            }
            Content::DataItem(index) => {
                let place = walk.place(11, *index);
                walk.quote_item(range, place);
            }
            Content::CustomHead(contents, name) => {
                let size = size_of_section(&self.bytes[range.start + 1..]);
                walk.section_head("custom", range.start..*contents, size);
                walk.name(1, name);
                walk.take(*contents..range.end, 1, None);
            }
            Content::Data(indent) => walk.data(range, *indent),
            Content::Body(body) => walk.body(range.start, body, scratch),
            Content::Rest => {
                walk.text("bytes that cannot be decoded");
                walk.take(range, 0, None);
            }
        }
        scratch.comment = walk.comment;
    }
}

/// Memory that is reused for each part.
#[derive(Default)]
pub(super) struct Scratch {
    comment: String,
    pub(super) stack: StackScratch,
}

fn size_of_section(bytes: &[u8]) -> u32 {
    BinaryReader::new(bytes, 0).read_var_u32().unwrap_or(0)
}

const MARKED_BLOCKS: [u8; 5] = [0x02, 0x03, 0x04, 0x06, 0x1f];
const ELSE_LIKE: [u8; 3] = [0x05, 0x07, 0x19];
const END_LIKE: [u8; 2] = [0x0b, 0x18];

/// The minimum indentation of the instructions of a body.
const BODY_INDENT: usize = 2;

type Result<T> = std::result::Result<T, wasmparser::BinaryReaderError>;

/// Walks through one part.
struct Walk<'w, 'a> {
    module: &'w Module<'a>,
    /// The comment of the next group.
    comment: String,
    /// The end of the last group that was passed to the sink.
    done: usize,
    in_code: bool,
    sink: &'w mut dyn Sink,
}

impl<'a> Walk<'_, 'a> {
    fn text(&mut self, text: &str) {
        self.comment.clear();
        self.comment.push_str(text);
    }

    fn describe(&mut self, text: std::fmt::Arguments<'_>) {
        self.comment.clear();
        let _ = self.comment.write_fmt(text);
    }

    /// Sets the comment to an excerpt of the text.
    fn quote(&mut self, indent: usize, write: impl FnOnce(&'a str, &mut Line<'_>)) {
        self.comment.clear();
        let width = self.sink.width(indent, false);
        write(self.module.text, &mut Line::new(&mut self.comment, width));
    }

    fn name(&mut self, indent: usize, name: &str) {
        self.quote(indent, |_, line| excerpt::quoted(name, line));
    }

    /// Passes a group with the current comment to the sink.
    fn take(&mut self, range: Range<usize>, indent: usize, place: Option<u32>) {
        if !range.is_empty() {
            self.done = range.end;
            let comment = &self.comment;
            let group =
                Group { range, indent, comment, place, stack: None, is_data: false, in_code: self.in_code };
            self.sink.group(&group);
        }
    }

    /// Passes data to the sink. Bytes that a linker changes are a group of their own.
    fn data(&mut self, mut range: Range<usize>, indent: usize) {
        let relocations = self.module.places.map_or(&[][..], |places| relocations_in(places, &range));
        for Relocated { at, size, kind, symbol } in relocations {
            let at = *at as usize;
            self.plain_data(range.start..at, indent);
            let end = range.end.min(at + size);
            self.describe(format_args!("R_WASM_{kind} {symbol}"));
            self.take(at..end, indent, None);
            range.start = end;
        }
        self.plain_data(range, indent);
    }

    fn plain_data(&mut self, range: Range<usize>, indent: usize) {
        if !range.is_empty() {
            self.done = range.end;
            let group =
                Group { range, indent, comment: "", place: None, stack: None, is_data: true, in_code: false };
            self.sink.group(&group);
        }
    }

    // ---------------------------------------------------------------------------------- Sections

    fn section_head(&mut self, name: &str, range: Range<usize>, size: u32) {
        self.describe(format_args!("{name} section, {}", counted(size, "byte", "bytes")));
        self.take(range, 0, None);
    }

    fn count(&mut self, range: Range<usize>, count: u32, one: &str, many: &str) {
        self.describe(format_args!("{}", counted(count, one, many)));
        self.take(range, 1, None);
    }

    fn section(&mut self, start: usize, contents: Range<usize>, payload: &Payload<'a>) -> Result<()> {
        let (id, _) = payload.as_section().unwrap_or((0, 0..0));
        let names = section_names(id);
        self.section_head(names.0, start..contents.start, contents.len() as u32);
        match payload {
            Payload::TypeSection(types) => self.type_section(contents, types),
            Payload::ImportSection(imports) => self.import_section(contents, imports),
            Payload::ExportSection(exports) => {
                self.items(contents, exports, id, |walk, range, export, place| {
                    let mut reader = walk.reader(range.clone());
                    let name = reader.read_unlimited_string()?;
                    let at = reader.original_position() as usize;
                    walk.name(1, name);
                    walk.take(range.start..at, 1, place.map(|place| place.start));
                    match place {
                        Some(place) if excerpt::starts_with(walk.module.text, place, "(") => {
                            walk.quote(1, |text, line| excerpt::form(text, place, line));
                        }
                        _ => walk.exported(export),
                    }
                    walk.take(at..range.end, 1, None);
                    Ok(())
                })
            }
            Payload::FunctionSection(funcs) => self.items(contents, funcs, id, |walk, range, _, place| {
                match place {
                    Some(place) => walk.quote(1, |text, line| excerpt::func_head(text, place, line)),
                    None => walk.text("type of a function"),
                }
                walk.take(range, 1, place.map(|place| place.start));
                Ok(())
            }),
            Payload::TableSection(items) => self.items(contents, items, id, Self::item),
            Payload::MemorySection(items) => self.items(contents, items, id, Self::item),
            Payload::TagSection(items) => self.items(contents, items, id, Self::item),
            Payload::GlobalSection(items) => self.items(contents, items, id, Self::item),
            Payload::ElementSection(items) => self.items(contents, items, id, Self::item),
            Payload::DataSection(items) => self.items(contents, items, id, |walk, range, data, place| {
                let head = range.end - data.data.len();
                walk.quote_item(range.start..head, place);
                walk.data(head..range.end, 2);
                Ok(())
            }),
            Payload::StartSection { .. } => {
                let place = self.place(8, 0);
                self.item(contents, (), place)
            }
            Payload::DataCountSection { count, .. } => {
                self.count(contents, *count, "data segment", "data segments");
                Ok(())
            }
            Payload::CustomSection(custom) => {
                self.name(1, custom.name());
                let data = custom.data_offset() as usize;
                self.take(contents.start..data, 1, None);
                match custom.as_known() {
                    wasmparser::KnownCustom::Name(_) => self.name_section(data..contents.end),
                    _ => self.data(data..contents.end, 1),
                }
                Ok(())
            }
            _ => {
                self.data(contents, 1);
                Ok(())
            }
        }
    }

    /// Describes the definition that an export refers to.
    fn exported(&mut self, export: wasmparser::Export<'_>) {
        let module = self.module;
        let (space, index) = match export.kind {
            ExternalKind::Func | ExternalKind::FuncExact => (IndexSpace::Func, export.index),
            ExternalKind::Table => (IndexSpace::Table, export.index),
            ExternalKind::Memory => (IndexSpace::Memory, export.index),
            ExternalKind::Global => (IndexSpace::Global, export.index),
            ExternalKind::Tag => (IndexSpace::Tag, export.index),
        };
        let place = module.places.filter(|_| space == IndexSpace::Func).and_then(|places| {
            let number = index.checked_sub(module.imported_funcs)?;
            excerpt::id(module.text, *places.funcs.get(number as usize)?)
        });
        match place {
            Some(id) => {
                let id = escape::line(id);
                self.describe(format_args!("{} {id}", space.describe()));
            }
            None => self.describe(format_args!("{} {index}", space.describe())),
        }
    }

    /// Returns the source text of the item `index` of the section `id`.
    fn place(&self, id: u8, index: usize) -> Option<Span> {
        self.module.places.and_then(|places| places.item(id, index))
    }

    fn reader(&self, range: Range<usize>) -> BinaryReader<'a> {
        BinaryReader::new(&self.module.bytes[range.clone()], range.start as u64)
    }

    /// Passes an item with its source text to the sink.
    fn item<T>(&mut self, range: Range<usize>, _: T, place: Option<Span>) -> Result<()> {
        self.quote_item(range, place);
        Ok(())
    }

    fn quote_item(&mut self, range: Range<usize>, place: Option<Span>) {
        match place {
            Some(place) => self.quote(1, |text, line| excerpt::form(text, place, line)),
            None => self.comment.clear(),
        }
        self.take(range, 1, place.map(|place| place.start));
    }

    /// Passes the count of a section to the sink, and calls `each` with each item and its location in the text.
    fn items<T: FromReader<'a>>(
        &mut self,
        contents: Range<usize>,
        reader: &SectionLimited<'a, T>,
        id: u8,
        mut each: impl FnMut(&mut Self, Range<usize>, T, Option<Span>) -> Result<()>,
    ) -> Result<()> {
        let (_, one, many) = section_names(id);
        let mut items = reader.clone().into_iter_with_offsets().peekable();
        let first = match items.peek() {
            Some(Ok((offset, _))) => *offset as usize,
            _ => contents.end,
        };
        self.count(contents.start..first, reader.count(), one, many);
        let mut index = 0;
        while let Some(item) = items.next() {
            let (start, item) = item?;
            let end = match items.peek() {
                Some(Ok((offset, _))) => *offset as usize,
                _ => contents.end,
            };
            each(self, start as usize..end, item, self.place(id, index))?;
            index += 1;
        }
        Ok(())
    }

    fn type_section(
        &mut self,
        contents: Range<usize>,
        types: &SectionLimited<'a, wasmparser::RecGroup>,
    ) -> Result<()> {
        let mut index = 0;
        self.items(contents, types, 1, |walk, range, group, _| {
            let is_explicit = group.is_explicit_rec_group();
            let types: Vec<_> = group.into_types_and_offsets().collect();
            let first = types.first().map_or(range.end, |(offset, _)| *offset as usize);
            let indent = if is_explicit { 2 } else { 1 };
            if is_explicit {
                walk.describe(format_args!("rec group of {}", counted(types.len() as u32, "type", "types")));
                walk.take(range.start..first, 1, None);
            }
            for (nth, (offset, ty)) in types.iter().enumerate() {
                let start = if is_explicit { *offset as usize } else { range.start };
                let end = types.get(nth + 1).map_or(range.end, |(next, _)| *next as usize);
                let place = walk.place(1, index);
                match place {
                    Some(place) => walk.quote(indent, |text, line| excerpt::form(text, place, line)),
                    None => {
                        let ty = walk.module.types.definition(ty);
                        let span = Span::new(0, ty.len() as u32);
                        walk.quote(indent, |_, line| excerpt::form(&ty, span, line));
                    }
                }
                index += 1;
                walk.take(start..end, indent, place.map(|place| place.start));
            }
            Ok(())
        })
    }

    fn import_section(
        &mut self,
        contents: Range<usize>,
        imports: &SectionLimited<'a, Imports<'a>>,
    ) -> Result<()> {
        let mut index = 0;
        self.items(contents, imports, 2, |walk, range, imports, _| {
            let place = walk.place(2, index);
            index += match &imports {
                Imports::Single(..) => 1,
                Imports::Compact1 { items, .. } => items.count() as usize,
                Imports::Compact2 { names, .. } => names.count() as usize,
            };
            let start = place.map(|place| place.start);
            if let Imports::Single(..) = imports {
                let mut reader = walk.reader(range.clone());
                let mut from = range.start;
                for nth in 0..2 {
                    let name = reader.read_unlimited_string()?;
                    let to = reader.original_position() as usize;
                    walk.name(1, name);
                    walk.take(from..to, 1, start.filter(|_| nth == 0));
                    from = to;
                }
                match place {
                    Some(place) => walk.quote(1, |text, line| excerpt::form(text, place, line)),
                    None => walk.text("imported definition"),
                }
                walk.take(from..range.end, 1, None);
                return Ok(());
            }
            walk.item(range, (), place)
        })
    }

    // ------------------------------------------------------------------------------ Name section

    /// Passes the names to the sink. Names that cannot be decoded are data.
    fn name_section(&mut self, contents: Range<usize>) {
        let mut at = contents.start;
        while at < contents.end {
            let mut reader = self.reader(at..contents.end);
            let (Ok(id), Ok(size)) = (reader.read_u8(), reader.read_var_u32()) else { break };
            let inner = reader.original_position() as usize;
            let end = inner + size as usize;
            if end > contents.end {
                break;
            }
            let kind = NAME_KINDS.get(usize::from(id)).copied().unwrap_or("unknown");
            self.describe(format_args!("{kind} names, {}", counted(size, "byte", "bytes")));
            self.take(at..inner, 1, None);
            at = inner;
            let is_nested = matches!(id, 2 | 3 | 10 | 12 | 13);
            let cut = |walk: &mut Self, at: &mut usize| -> Result<()> {
                if id == 0 {
                    return walk.naming(at, end, false, 2);
                }
                let count = walk.number(at, end, 2, |count| counted(count, "entry", "entries"))?;
                for _ in 0..count {
                    if is_nested {
                        let from = *at;
                        let mut reader = walk.reader(from..end);
                        let (index, count) = (reader.read_var_u32()?, reader.read_var_u32()?);
                        *at = reader.original_position() as usize;
                        walk.describe(format_args!("index {index}: {}", counted(count, "name", "names")));
                        walk.take(from..*at, 2, None);
                        for _ in 0..count {
                            walk.naming(at, end, true, 3)?;
                        }
                    } else {
                        walk.naming(at, end, true, 2)?;
                    }
                }
                Ok(())
            };
            let _ = cut(self, &mut at);
            self.data(at..end, 2);
            at = end;
        }
        self.data(at..contents.end, 1);
    }

    fn number(
        &mut self,
        at: &mut usize,
        end: usize,
        indent: usize,
        describe: impl FnOnce(u32) -> String,
    ) -> Result<u32> {
        let mut reader = self.reader(*at..end);
        let number = reader.read_var_u32()?;
        self.comment = describe(number);
        let from = std::mem::replace(at, reader.original_position() as usize);
        self.take(from..*at, indent, None);
        Ok(number)
    }

    /// Passes a name to the sink, with the index before it if `is_indexed`.
    fn naming(&mut self, at: &mut usize, end: usize, is_indexed: bool, indent: usize) -> Result<()> {
        let mut reader = self.reader(*at..end);
        let index = if is_indexed { Some(reader.read_var_u32()?) } else { None };
        let name = reader.read_unlimited_string()?;
        self.quote(indent, |_, line| {
            if let Some(index) = index {
                excerpt::word(&index.to_string(), line);
            }
            excerpt::quoted(name, line);
        });
        let from = std::mem::replace(at, reader.original_position() as usize);
        self.take(from..*at, indent, None);
        Ok(())
    }

    // ------------------------------------------------------------------------------------ Bodies

    fn body(&mut self, start: usize, body: &Body<'a>, scratch: &mut Scratch) {
        let Range { start: locals, end } = body.body.range();
        let (locals, end) = (locals as usize, end as usize);
        let module = self.module;
        let marks = module.places.map_or(&[][..], |places| &places.code[body.marks.clone()]);
        let place = module.places.and_then(|places| places.funcs.get(body.number)).copied();
        match place {
            Some(place) => self.quote(1, |text, line| excerpt::func_head(text, place, line)),
            None => {
                self.describe(format_args!("a body of {}", counted((end - locals) as u32, "byte", "bytes")))
            }
        }
        self.take(start..locals, 1, place.map(|place| place.start));
        let first = match marks.first() {
            Some(first) => first.at as usize,
            None => match body.body.get_operators_reader() {
                Ok(reader) => reader.original_position() as usize,
                Err(_) => end,
            },
        };
        if module.bytes[locals..first] == [0] {
            self.text("no locals");
        } else if let Some(place) = place {
            self.quote(BODY_INDENT, |text, line| excerpt::locals(text, place, line));
        } else {
            self.text("locals");
        }
        self.take(locals..first, BODY_INDENT, None);
        if marks.is_empty() {
            self.text("instructions");
            return self.take(first..end, BODY_INDENT, None);
        }
        let mut stack = Stack::new(&module.types, &body.body, body.check.as_ref(), &mut scratch.stack);
        let mut indent = BODY_INDENT;
        for (nth, mark) in marks.iter().enumerate() {
            let range = mark.at as usize..marks.get(nth + 1).map_or(end, |next| next.at as usize);
            let opcode = module.bytes[range.start];
            let mut own = indent;
            if opcode <= 0x1f {
                if MARKED_BLOCKS.contains(&opcode) {
                    indent += 1;
                } else if ELSE_LIKE.contains(&opcode) {
                    own = own.saturating_sub(1).max(BODY_INDENT);
                } else if END_LIKE.contains(&opcode) {
                    indent = indent.saturating_sub(1).max(BODY_INDENT);
                    own = indent;
                }
            }
            let width = self.sink.width(own, true);
            let keyword = Span::new(mark.start, mark.end);
            let next = marks.get(nth + 1).map_or(0, |next| next.start);
            let comment = match excerpt::plain_instr(module.text, keyword, next, width) {
                Some(plain) => plain,
                None => {
                    self.comment.clear();
                    excerpt::instr(module.text, keyword, next, &mut Line::new(&mut self.comment, width));
                    &self.comment
                }
            };
            stack.advance(module.bytes, range.end);
            let relocated = module.places.and_then(|places| relocated(places, &range, comment));
            let group = Group {
                range,
                indent: own,
                comment: relocated.as_deref().unwrap_or(comment),
                place: Some(mark.start),
                stack: stack.is_known().then_some(&stack).filter(|_| relocated.is_none()),
                is_data: false,
                in_code: true,
            };
            self.sink.group(&group);
        }
        stack.finish(&mut scratch.stack);
    }
}

/// Returns the comment of an instruction with the relocations of its bytes, if there are any. An address is shown as the
/// name of its symbol.
fn relocated(places: &Origins, range: &Range<usize>, comment: &str) -> Option<String> {
    let relocations = Some(relocations_in(places, range)).filter(|list| !list.is_empty())?;
    let mut text = comment.to_owned();
    let keyword = comment.split(' ').next().unwrap_or("");
    if let [only] = relocations
        && keyword.ends_with(".const")
    {
        text = format!("{keyword} ${}", only.symbol);
    }
    for Relocated { kind, symbol, .. } in relocations {
        text.push_str("  ; R_WASM_");
        text.push_str(kind);
        if !symbol.is_empty() {
            text.push(' ');
            text.push_str(symbol);
        }
    }
    Some(text)
}

/// Returns the relocations of bytes in a range.
fn relocations_in<'a>(places: &'a Origins, range: &Range<usize>) -> &'a [Relocated] {
    let of = |at: usize| places.relocations.partition_point(|relocation| (relocation.at as usize) < at);
    places.relocations.get(of(range.start)..of(range.end)).unwrap_or_default()
}

fn counted(count: u32, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The kinds of names in the subsections of a name section.
const NAME_KINDS: [&str; 14] = [
    "module",
    "function",
    "local",
    "label",
    "type",
    "table",
    "memory",
    "global",
    "element segment",
    "data segment",
    "field",
    "tag",
    "type parameter",
    "tag parameter",
];
