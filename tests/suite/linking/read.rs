//! Reads an object with wasmparser.

use gcwat::Assembler;
use wasmparser::{
    BinaryReader, KnownCustom, Linking, Parser, Payload, RelocSectionReader, SymbolFlags, SymbolInfo, TypeRef,
};

/// The parts of an object, as text.
#[derive(Debug, Default)]
pub(super) struct Object {
    pub(super) types: u32,
    pub(super) imports: Vec<String>,
    pub(super) exports: Vec<String>,
    pub(super) symbols: Vec<String>,
    pub(super) segments: Vec<String>,
    pub(super) inits: Vec<String>,
    pub(super) comdats: Vec<String>,
    pub(super) code: Vec<String>,
    pub(super) data: Vec<String>,
    pub(super) features: Vec<String>,
    pub(super) customs: Vec<String>,
}

/// Assembles an object, and reads it.
pub(super) fn object(text: &str) -> Object {
    Object::read(&Object::bytes(text))
}

impl Object {
    pub(super) fn bytes(text: &str) -> Vec<u8> {
        match Assembler::new().object(true).assemble(text) {
            Ok(object) => object.into_bytes(),
            Err(errors) => panic!("{errors}\n{text}"),
        }
    }

    pub(super) fn read(bytes: &[u8]) -> Object {
        let mut object = Object::default();
        let mut names = Vec::new();
        let mut imports = Vec::new();
        let mut section_names: Vec<&str> = Vec::new();
        for payload in Parser::new(0).parse_all(bytes) {
            let payload = payload.expect("a well-formed object");
            match payload {
                Payload::TypeSection(types) => object.types = types.count(),
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        let import = import.unwrap();
                        object.imports.push(format!("{}.{}", import.module, import.name));
                        imports.push(import);
                    }
                }
                Payload::ExportSection(exports) => {
                    object.exports =
                        exports.into_iter().map(|export| export.unwrap().name.to_owned()).collect();
                }
                Payload::StartSection { .. } | Payload::ElementSection(_) | Payload::MemorySection(_) => {
                    panic!("a section that linkers drop")
                }
                Payload::CodeSectionStart { .. } => section_names.push("code"),
                Payload::DataSection(_) => section_names.push("data"),
                Payload::CustomSection(custom) => {
                    object.customs.push(custom.name().to_owned());
                    match custom.as_known() {
                        KnownCustom::Linking(linking) => object.linking(&linking, &imports, &mut names),
                        KnownCustom::Reloc(relocs) => {
                            let list = match custom.name() {
                                "reloc.CODE" => &mut object.code,
                                _ => &mut object.data,
                            };
                            read_relocations(&relocs, &names, list);
                        }
                        _ if custom.name() == "target_features" => {
                            let mut reader = BinaryReader::new(custom.data(), 0);
                            for _ in 0..reader.read_var_u32().unwrap() {
                                assert_eq!(reader.read_u8().unwrap(), b'+');
                                object.features.push(reader.read_string().unwrap().to_owned());
                            }
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        object
    }

    fn linking(
        &mut self,
        linking: &wasmparser::LinkingSectionReader<'_>,
        imports: &[wasmparser::Import<'_>],
        names: &mut Vec<String>,
    ) {
        let imported = |index: u32, is_kind: fn(&TypeRef) -> bool| {
            let import = imports.iter().filter(|import| is_kind(&import.ty)).nth(index as usize);
            import.map(|import| (import.module.to_owned(), import.name.to_owned()))
        };
        for subsection in linking.subsections() {
            match subsection.unwrap() {
                Linking::SymbolTable(symbols) => {
                    for symbol in symbols {
                        let (kind, flags, name, import, place) = match symbol.unwrap() {
                            SymbolInfo::Func { flags, index, name } => (
                                "func",
                                flags,
                                name,
                                imported(index, |ty| matches!(ty, TypeRef::Func(_))),
                                None,
                            ),
                            SymbolInfo::Global { flags, index, name } => (
                                "global",
                                flags,
                                name,
                                imported(index, |ty| matches!(ty, TypeRef::Global(_))),
                                None,
                            ),
                            SymbolInfo::Table { flags, index, name } => (
                                "table",
                                flags,
                                name,
                                imported(index, |ty| matches!(ty, TypeRef::Table(_))),
                                None,
                            ),
                            SymbolInfo::Event { flags, index, name } => (
                                "tag",
                                flags,
                                name,
                                imported(index, |ty| matches!(ty, TypeRef::Tag(_))),
                                None,
                            ),
                            SymbolInfo::Data { flags, name, symbol } => {
                                ("data", flags, Some(name), None, symbol)
                            }
                            SymbolInfo::Section { .. } => panic!("a symbol of a section"),
                        };
                        let is_undefined = flags.contains(SymbolFlags::UNDEFINED);
                        let name = match (name, &import) {
                            (Some(name), _) => name.to_owned(),
                            (None, Some((_, name))) if is_undefined => name.clone(),
                            _ => String::new(),
                        };
                        let mut line = format!("{kind} {name}");
                        if let (true, Some((module, field))) =
                            (flags.contains(SymbolFlags::EXPLICIT_NAME), import)
                        {
                            line.push_str(&format!(" = {module}.{field}"));
                        }
                        if let Some(place) = place {
                            line.push_str(&format!(" @{}+{} size {}", place.index, place.offset, place.size));
                        }
                        for (flag, word) in [
                            (SymbolFlags::BINDING_WEAK, " weak"),
                            (SymbolFlags::BINDING_LOCAL, " local"),
                            (SymbolFlags::VISIBILITY_HIDDEN, " hidden"),
                            (SymbolFlags::UNDEFINED, " undefined"),
                            (SymbolFlags::EXPORTED, " exported"),
                            (SymbolFlags::EXPLICIT_NAME, " explicit_name"),
                            (SymbolFlags::NO_STRIP, " no_strip"),
                            (SymbolFlags::TLS, " tls"),
                            (SymbolFlags::ABSOLUTE, " absolute"),
                        ] {
                            if flags.contains(flag) {
                                line.push_str(word);
                            }
                        }
                        names.push(name);
                        self.symbols.push(line);
                    }
                }
                Linking::SegmentInfo(segments) => {
                    for segment in segments {
                        let segment = segment.unwrap();
                        let mut line = format!("{} align {}", segment.name, 1 << segment.alignment);
                        let flags = segment.flags.bits();
                        for (bit, word) in [(1, " strings"), (2, " tls"), (4, " retain")] {
                            if flags & bit != 0 {
                                line.push_str(word);
                            }
                        }
                        self.segments.push(line);
                    }
                }
                Linking::InitFuncs(inits) => {
                    for init in inits {
                        let init = init.unwrap();
                        self.inits.push(format!("{} {}", init.priority, names[init.symbol_index as usize]));
                    }
                }
                Linking::ComdatInfo(comdats) => {
                    for comdat in comdats {
                        let comdat = comdat.unwrap();
                        let members = comdat.symbols.into_iter().map(|member| {
                            let member = member.unwrap();
                            format!(" {:?} {}", member.kind, member.index)
                        });
                        self.comdats.push(format!("{}:{}", comdat.name, members.collect::<String>()));
                    }
                }
                _ => panic!("an unknown subsection"),
            }
        }
    }
}

fn read_relocations(relocs: &RelocSectionReader<'_>, names: &[String], list: &mut Vec<String>) {
    let mut last = 0;
    for entry in relocs.entries() {
        let entry = entry.unwrap();
        assert!(entry.offset >= last, "relocations in order");
        last = entry.offset;
        let mut line = format!("{:?}", entry.ty);
        if line != "TypeIndexLeb" {
            line.push(' ');
            line.push_str(&names[entry.index as usize]);
        }
        if entry.addend != 0 {
            line.push_str(&format!(" {:+}", entry.addend));
        }
        list.push(line);
    }
}
