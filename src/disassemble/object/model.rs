//! Reads an object: its symbols, data segments and relocations.

use crate::object::symbols::FUNCTION_TABLE;
use std::ops::Range;
use wasmparser::{
    ComdatSymbolKind, DataKind, DefinedDataSymbol, ExternalKind, KnownCustom, Linking, LinkingSectionReader,
    Parser, Payload, RelocationEntry, RelocationType, SymbolFlags, SymbolInfo, TypeRef,
};

/// An object.
pub(super) struct Object<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) sections: Vec<Section<'a>>,
    /// The module and field of each import, by [`Kind::space`].
    pub(super) imports: [Vec<(&'a str, &'a str)>; SPACES],
    /// The kinds of all imports, in the order of the binary. Memories have no kind.
    pub(super) import_kinds: Vec<Option<Kind>>,
    /// The number of imported and defined items of each kind, by [`Kind::space`].
    pub(super) counts: [u32; SPACES],
    /// The locations of the function bodies, without their sizes.
    pub(super) bodies: Vec<Range<usize>>,
    pub(super) segments: Vec<Segment<'a>>,
    pub(super) symbols: Vec<Symbol<'a>>,
    /// The priority and the symbol of each initialization function.
    pub(super) inits: Vec<(u32, u32)>,
    pub(super) comdats: Vec<Comdat<'a>>,
    /// The exported functions, sorted by index, each with the name of its last export.
    pub(super) exports: Vec<(u32, &'a str)>,
    /// Relocations, sorted by their offset in the file.
    pub(super) code_relocs: Vec<Reloc>,
    pub(super) data_relocs: Vec<Reloc>,
    pub(super) is_64_bit: bool,
}

/// A section of an object.
pub(super) struct Section<'a> {
    pub(super) id: u8,
    /// The name of a custom section.
    pub(super) name: &'a str,
    /// The section with its id and size.
    pub(super) range: Range<usize>,
    /// Where the offsets of relocations begin.
    pub(super) contents: usize,
    pub(super) has_relocs: bool,
}

/// A data segment.
pub(super) struct Segment<'a> {
    /// The offset of the bytes in the file.
    pub(super) start: usize,
    pub(super) bytes: &'a [u8],
    pub(super) name: &'a str,
    /// The binary logarithm of the alignment.
    pub(super) align: u32,
    pub(super) flags: u32,
}

/// What a symbol names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Func,
    Global,
    Table,
    Tag,
    Data,
    Section,
}

/// The number of kinds that have an index space.
pub(super) const SPACES: usize = 4;

impl Kind {
    /// The position of the index space in tables, or `None` for data and sections.
    pub(super) fn space(self) -> Option<usize> {
        Some(self as usize).filter(|space| *space < SPACES)
    }
}

/// A symbol.
pub(super) struct Symbol<'a> {
    pub(super) kind: Kind,
    pub(super) flags: SymbolFlags,
    /// The index of the item; for data, the segment.
    pub(super) index: u32,
    /// The name of the symbol. Of an import it can be the name of the field.
    pub(super) name: &'a str,
    pub(super) data: Option<DefinedDataSymbol>,
}

/// A group of which the linker keeps one.
pub(super) struct Comdat<'a> {
    pub(super) name: &'a str,
    pub(super) funcs: Vec<u32>,
    pub(super) segments: Vec<u32>,
}

/// A relocation. Its offset is that in the file.
#[derive(Clone, Copy)]
pub(super) struct Reloc {
    pub(super) at: usize,
    pub(super) entry: RelocationEntry,
}

impl Reloc {
    pub(super) fn range(&self) -> Range<usize> {
        self.at..self.at + self.entry.ty.extent()
    }
}

impl<'a> Object<'a> {
    /// Reads an object. Returns `None` if the module is not an object.
    ///
    /// # Errors
    ///
    /// Returns a message if the linking information is malformed or inconsistent.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Option<Object<'a>>> {
        if memchr::memmem::find(bytes, b"\x07linking").is_none() {
            return Ok(None);
        }
        let mut object = Object::empty(bytes);
        let mut linking = None;
        let mut relocs = Vec::new();
        let mut end = 0;
        for payload in Parser::new(0).parse_all(bytes) {
            let payload = payload?;
            if let Payload::Version { range, .. } = &payload {
                end = range.end as usize;
            }
            if let Some((id, range)) = payload.as_section() {
                let whole = end..range.end as usize;
                end = whole.end;
                object.sections.push(Section {
                    id,
                    name: "",
                    range: whole,
                    contents: range.start as usize,
                    has_relocs: false,
                });
            }
            match &payload {
                Payload::CustomSection(custom) => {
                    if let Some(section) = object.sections.last_mut() {
                        section.name = custom.name();
                        section.contents = custom.data_offset() as usize;
                    }
                    match custom.as_known() {
                        KnownCustom::Linking(reader) if linking.is_none() => linking = Some(reader),
                        KnownCustom::Reloc(reader) => relocs.push(reader),
                        _ => {}
                    }
                }
                _ => object.read_section(&payload)?,
            }
        }
        let Some(linking) = linking else { return Ok(None) };
        object.read_linking(linking)?;
        object.add_function_table();
        for reader in relocs {
            let index = reader.section_index() as usize;
            let section = object.sections.get_mut(index).ok_or("relocations of an unknown section")?;
            section.has_relocs = true;
            let (id, contents, end) = (section.id, section.contents, section.range.end);
            let list = match id {
                CODE => &mut object.code_relocs,
                DATA => &mut object.data_relocs,
                _ => continue,
            };
            for entry in reader.entries() {
                let entry = entry?;
                let reloc = Reloc { at: contents + entry.offset as usize, entry };
                if reloc.range().end > end {
                    return Err("a relocation is outside its section".into());
                }
                list.push(reloc);
            }
        }
        object.code_relocs.sort_by_key(|reloc| reloc.at);
        object.data_relocs.sort_by_key(|reloc| reloc.at);
        object.check()?;
        Ok(Some(object))
    }

    fn empty(bytes: &'a [u8]) -> Object<'a> {
        Object {
            bytes,
            sections: Vec::new(),
            imports: Default::default(),
            import_kinds: Vec::new(),
            counts: [0; SPACES],
            bodies: Vec::new(),
            segments: Vec::new(),
            symbols: Vec::new(),
            inits: Vec::new(),
            comdats: Vec::new(),
            exports: Vec::new(),
            code_relocs: Vec::new(),
            data_relocs: Vec::new(),
            is_64_bit: false,
        }
    }

    fn read_section(&mut self, payload: &Payload<'a>) -> Result<()> {
        match payload {
            Payload::ImportSection(reader) => {
                for import in reader.clone().into_imports() {
                    let import = import?;
                    let kind = match import.ty {
                        TypeRef::Func(_) | TypeRef::FuncExact(_) => Some(Kind::Func),
                        TypeRef::Table(_) => Some(Kind::Table),
                        TypeRef::Global(_) => Some(Kind::Global),
                        TypeRef::Tag(_) => Some(Kind::Tag),
                        TypeRef::Memory(memory) => {
                            self.is_64_bit |= memory.memory64;
                            None
                        }
                    };
                    if let Some(space) = kind.and_then(Kind::space) {
                        self.counts[space] += 1;
                        self.imports[space].push((import.module, import.name));
                    }
                    self.import_kinds.push(kind);
                }
            }
            Payload::FunctionSection(reader) => self.counts[Kind::Func as usize] += reader.count(),
            Payload::TableSection(reader) => self.counts[Kind::Table as usize] += reader.count(),
            Payload::GlobalSection(reader) => self.counts[Kind::Global as usize] += reader.count(),
            Payload::TagSection(reader) => self.counts[Kind::Tag as usize] += reader.count(),
            Payload::MemorySection(reader) => {
                for memory in reader.clone() {
                    self.is_64_bit |= memory?.memory64;
                }
            }
            Payload::ExportSection(reader) => {
                for export in reader.clone() {
                    let export = export?;
                    if matches!(export.kind, ExternalKind::Func) {
                        self.exports.push((export.index, export.name));
                    }
                }
                // The linker takes the last name of a function.
                self.exports.reverse();
                self.exports.sort_by_key(|(index, _)| *index);
                self.exports.dedup_by_key(|(index, _)| *index);
            }
            Payload::CodeSectionEntry(body) => {
                let range = body.range();
                self.bodies.push(range.start as usize..range.end as usize);
            }
            Payload::DataSection(reader) => {
                for data in reader.clone() {
                    let data = data?;
                    if let DataKind::Active { memory_index, .. } = data.kind
                        && memory_index != 0
                    {
                        return Err("a data segment of a second memory".into());
                    }
                    let start = data.range.end as usize - data.data.len();
                    self.segments.push(Segment { start, bytes: data.data, name: "", align: 0, flags: 0 });
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn read_linking(&mut self, reader: LinkingSectionReader<'a>) -> Result<()> {
        let field = |kind: Kind, index: u32| {
            let import = kind.space().and_then(|space| self.imports[space].get(index as usize));
            import.map(|(_, field)| *field).ok_or("an undefined symbol is not an import")
        };
        for subsection in reader {
            match subsection? {
                Linking::SymbolTable(symbols) => {
                    for symbol in symbols {
                        let (kind, flags, index, name, data) = match symbol? {
                            SymbolInfo::Func { flags, index, name } => (Kind::Func, flags, index, name, None),
                            SymbolInfo::Global { flags, index, name } => {
                                (Kind::Global, flags, index, name, None)
                            }
                            SymbolInfo::Table { flags, index, name } => {
                                (Kind::Table, flags, index, name, None)
                            }
                            SymbolInfo::Event { flags, index, name } => (Kind::Tag, flags, index, name, None),
                            SymbolInfo::Data { flags, name, symbol } => {
                                let segment = symbol.map_or(0, |symbol| symbol.index);
                                (Kind::Data, flags, segment, Some(name), symbol)
                            }
                            SymbolInfo::Section { flags, section } => {
                                (Kind::Section, flags, section, Some(""), None)
                            }
                        };
                        let name = name.map_or_else(|| field(kind, index), Ok)?;
                        self.symbols.push(Symbol { kind, flags, index, name, data });
                    }
                }
                Linking::SegmentInfo(segments) => {
                    for (index, info) in segments.into_iter().enumerate() {
                        let info = info?;
                        let segment =
                            self.segments.get_mut(index).ok_or("a description of an unknown segment")?;
                        (segment.name, segment.align, segment.flags) =
                            (info.name, info.alignment, info.flags.bits());
                    }
                }
                Linking::InitFuncs(functions) => {
                    for function in functions {
                        let function = function?;
                        self.inits.push((function.priority, function.symbol_index));
                    }
                }
                Linking::ComdatInfo(comdats) => {
                    for comdat in comdats {
                        let comdat = comdat?;
                        let mut read = Comdat { name: comdat.name, funcs: Vec::new(), segments: Vec::new() };
                        for symbol in comdat.symbols {
                            let symbol = symbol?;
                            match symbol.kind {
                                ComdatSymbolKind::Func => read.funcs.push(symbol.index),
                                ComdatSymbolKind::Data => read.segments.push(symbol.index),
                                // The linker rejects other items; sections have debug information.
                                _ => {}
                            }
                        }
                        self.comdats.push(read);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Adds the symbol of the function table, which objects for the first version of WebAssembly do not have.
    fn add_function_table(&mut self) {
        let tables = &self.imports[Kind::Table as usize];
        let Some(index) = tables.iter().position(|import| *import == ("env", FUNCTION_TABLE)) else { return };
        let index = index as u32;
        if !self.symbols.iter().any(|symbol| symbol.kind == Kind::Table && symbol.index == index) {
            let flags = SymbolFlags::UNDEFINED | SymbolFlags::NO_STRIP;
            self.symbols.push(Symbol { kind: Kind::Table, flags, index, name: FUNCTION_TABLE, data: None });
        }
    }

    /// Checks that every number refers to something.
    fn check(&self) -> Result<()> {
        for symbol in &self.symbols {
            let is_known = match (symbol.kind.space(), symbol.data) {
                (Some(space), _) => symbol.index < self.counts[space],
                (None, Some(data)) if !symbol.is_absolute() => {
                    let segment = self.segments.get(data.index as usize);
                    segment.is_some_and(|segment| {
                        u64::from(data.offset) + u64::from(data.size) <= segment.bytes.len() as u64
                    })
                }
                (None, _) => true,
            };
            if !is_known {
                return Err("a symbol of an unknown item".into());
            }
            if symbol.kind != Kind::Data && symbol.is_undefined() != self.is_import(symbol.kind, symbol.index)
            {
                return Err("an import with a defined symbol, or the reverse".into());
            }
        }
        let func = |index: &u32| *index < self.counts[Kind::Func as usize];
        let is_init = |(_, symbol): &(u32, u32)| {
            self.symbols.get(*symbol as usize).is_some_and(|symbol| symbol.kind == Kind::Func)
        };
        let is_comdat = |comdat: &Comdat<'_>| {
            comdat.funcs.iter().all(func)
                && comdat.segments.iter().all(|index| (*index as usize) < self.segments.len())
        };
        if !self.inits.iter().all(is_init) || !self.comdats.iter().all(is_comdat) {
            return Err("an initialization function or a group of an unknown item".into());
        }
        for (relocs, is_code) in [(&self.code_relocs, true), (&self.data_relocs, false)] {
            let mut end = 0;
            for reloc in relocs {
                let is_known = match reloc.entry.ty {
                    RelocationType::TypeIndexLeb => is_code,
                    _ => (reloc.entry.index as usize) < self.symbols.len(),
                };
                if !is_known || reloc.at < end {
                    return Err("a relocation with an unknown symbol, or two at one place".into());
                }
                end = reloc.range().end;
            }
        }
        Ok(())
    }

    /// The name of the export of an item, if it can differ from the name of its symbol.
    pub(super) fn export_name(&self, kind: Kind, index: u32) -> Option<&'a str> {
        let found = self.exports.binary_search_by_key(&index, |(index, _)| *index);
        found.ok().filter(|_| kind == Kind::Func).map(|at| self.exports[at].1)
    }

    /// Whether an offset in the file is in the body of a function.
    pub(super) fn is_code(&self, at: usize) -> bool {
        let next = self.bodies.partition_point(|body| body.end <= at);
        self.bodies.get(next).is_some_and(|body| body.start <= at)
    }

    pub(super) fn is_import(&self, kind: Kind, index: u32) -> bool {
        kind.space().is_some_and(|space| (index as usize) < self.imports[space].len())
    }
}

impl Symbol<'_> {
    pub(super) fn has(&self, flag: SymbolFlags) -> bool {
        self.flags.contains(flag)
    }

    pub(super) fn is_undefined(&self) -> bool {
        self.has(SymbolFlags::UNDEFINED)
    }

    pub(super) fn is_absolute(&self) -> bool {
        self.has(SymbolFlags::ABSOLUTE)
    }
}

/// The reason why the linking information of an object cannot be read.
pub(super) struct Unreadable(pub(super) String);

pub(super) type Result<T> = std::result::Result<T, Unreadable>;

impl From<&str> for Unreadable {
    fn from(message: &str) -> Unreadable {
        Unreadable(message.to_owned())
    }
}

impl From<wasmparser::Error> for Unreadable {
    fn from(error: wasmparser::Error) -> Unreadable {
        Unreadable(error.to_string())
    }
}

const CODE: u8 = 10;
const DATA: u8 = 11;
