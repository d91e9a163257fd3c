//! Objects, with the readers of wasmparser as the oracle.

use super::is_verdict;
use gcwat::Assembler;
use wasmparser::{
    KnownCustom, Linking, Parser, Payload, RelocationType, SymbolInfo, Validator, WasmFeatures,
};

/// Checks that a text becomes a well-formed object, or that there are errors with valid locations.
pub fn is_an_object(text: &str) -> Result<(), String> {
    let result = Assembler::new().object(true).threads(1).assemble(text);
    is_verdict(text.as_bytes(), &result)?;
    let Ok(object) = result else { return Ok(()) };
    let bytes = object.bytes();
    // An object has no declarations of functions: the linker adds them.
    if let Err(error) = Validator::new_with_features(WasmFeatures::all()).validate_all(bytes)
        && !error.message().contains("undeclared")
    {
        return Err(format!("the object is invalid: {error}"));
    }
    match is_linkable(bytes) {
        // wasmparser reads the offsets and sizes of symbols in 64-bit memories as 32-bit numbers.
        Err(error) if text.contains("i64") && error.contains("invalid var_u32: integer too large") => {
            return Ok(());
        }
        verdict => verdict.map_err(|error| format!("the object cannot be read: {error}"))?,
    }
    let named = Assembler::new().object(true).names(true).origins(true).threads(1).assemble(text);
    let Ok(named) = named else { return Err("refused with names".to_owned()) };
    is_linkable(named.bytes()).map_err(|error| format!("the object with names cannot be read: {error}"))
}

/// Checks the sections for linkers.
fn is_linkable(bytes: &[u8]) -> Result<(), String> {
    let mut symbols = 0;
    let mut types = 0;
    let mut segments = 0;
    // The range of each section.
    let mut sections = Vec::new();
    let mut has_linking = false;
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload.map_err(|error| error.to_string())?;
        if let Some((_, range)) = payload.as_section() {
            sections.push(range.start as usize..range.end as usize);
        }
        match payload {
            Payload::TypeSection(section) => types = section.count(),
            Payload::DataSection(section) => segments = section.count(),
            Payload::StartSection { .. } | Payload::ElementSection(_) | Payload::MemorySection(_) => {
                return Err("a section that linkers drop".to_owned());
            }
            Payload::CustomSection(custom) => match custom.as_known() {
                KnownCustom::Linking(linking) => {
                    has_linking = true;
                    for subsection in linking.subsections() {
                        symbols +=
                            subsection_symbols(&subsection.map_err(|error| error.to_string())?, segments)?;
                    }
                }
                KnownCustom::Reloc(relocs) => {
                    let section =
                        sections.get(relocs.section_index() as usize).ok_or("no such section")?.clone();
                    let mut last = 0;
                    for entry in relocs.entries() {
                        let entry = entry.map_err(|error| error.to_string())?;
                        let range = entry.relocation_range().map_err(|error| error.to_string())?;
                        if range.start < last || section.start + range.end > section.end {
                            return Err(format!("{entry:?} is out of order or place"));
                        }
                        last = range.end;
                        let count = if entry.ty == RelocationType::TypeIndexLeb { types } else { symbols };
                        if entry.index >= count {
                            return Err(format!("{entry:?} has no symbol"));
                        }
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
    if has_linking { Ok(()) } else { Err("no linking section".to_owned()) }
}

/// Reads a subsection. Returns the number of its symbols.
fn subsection_symbols(subsection: &Linking<'_>, segments: u32) -> Result<u32, String> {
    let text = |error: wasmparser::BinaryReaderError| error.to_string();
    let mut count = 0;
    match subsection {
        Linking::SymbolTable(symbols) => {
            for symbol in symbols.clone() {
                if let SymbolInfo::Data { symbol: Some(place), .. } = symbol.map_err(text)?
                    && place.index >= segments
                {
                    return Err(format!("{place:?} is in no segment"));
                }
                count += 1;
            }
        }
        Linking::SegmentInfo(infos) => {
            for info in infos.clone() {
                info.map_err(text)?;
            }
            if infos.count() != segments {
                return Err("not every segment has its information".to_owned());
            }
        }
        Linking::InitFuncs(inits) => {
            for init in inits.clone() {
                init.map_err(text)?;
            }
        }
        Linking::ComdatInfo(comdats) => {
            for comdat in comdats.clone() {
                for member in comdat.map_err(text)?.symbols {
                    member.map_err(text)?;
                }
            }
        }
        _ => return Err("an unknown subsection".to_owned()),
    }
    Ok(count)
}
