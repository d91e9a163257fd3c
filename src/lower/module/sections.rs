//! Writes the sections in their order.

use super::types::FUNC;
use super::{LoweredModule, ModuleBuilder};
use crate::ast::{CustomPlace, Run, Section};
use crate::lower::custom::CustomSection;
use crate::resolve::Fault;
use wasm_encoder as enc;
use wasm_encoder::{Encode, Section as _};

impl ModuleBuilder<'_> {
    /// Completes the module. Returns it with the faults that were found.
    pub(crate) fn finish(mut self) -> (LoweredModule, Vec<Fault>) {
        for (head, _) in std::mem::take(&mut self.open_metadata) {
            self.faults.push(Fault::MetadataWithoutTarget { head });
        }
        for signature in &self.implicit.signatures {
            self.types.push(FUNC);
            self.types.extend_from_slice(signature);
            self.type_items += 1;
        }
        let mut out = enc::Module::HEADER.to_vec();
        self.customs_at(&mut out, CustomPlace::Before(Section::First));
        let mut data = Vec::new();
        self.type_items.encode(&mut data);
        data.extend_from_slice(&self.types);
        let types = enc::RawSection { id: enc::SectionId::Type.into(), data: &data };
        self.section(&mut out, Section::Type, &types, self.type_items == 0);
        self.section(&mut out, Section::Import, &self.imports, self.imports.is_empty());
        self.section(&mut out, Section::Func, &self.funcs, self.funcs.is_empty());
        self.section(&mut out, Section::Table, &self.tables, self.tables.is_empty());
        self.section(&mut out, Section::Memory, &self.memories, self.memories.is_empty());
        self.section(&mut out, Section::Tag, &self.tags, self.tags.is_empty());
        self.section(&mut out, Section::Global, &self.globals, self.globals.is_empty());
        self.section(&mut out, Section::Export, &self.exports, self.exports.is_empty());
        let start = enc::StartSection { function_index: self.start.unwrap_or(0) };
        self.section(&mut out, Section::Start, &start, self.start.is_none());
        self.section(&mut out, Section::Elem, &self.elems, self.elems.is_empty());
        if self.needs_data_count {
            enc::DataCountSection { count: self.data_items }.append_to(&mut out);
        }
        self.customs_at(&mut out, CustomPlace::Before(Section::Code));
        for (name, data) in self.metadata.encoded() {
            enc::CustomSection { name: name.into(), data: data.into() }.append_to(&mut out);
        }
        if !self.funcs.is_empty() {
            let code = std::mem::take(&mut self.code);
            let len = code.len();
            out = with_large_section(out, enc::SectionId::Code, self.funcs.len(), code);
            let here = (out.len() - len) as u32;
            self.places.code.iter_mut().for_each(|mark| mark.at += here);
            self.sites.iter_mut().for_each(|site| site.at += here);
            for (body, _) in &mut self.places.bodies {
                *body = Run { start: body.start + here, end: body.end + here };
            }
        }
        self.customs_at(&mut out, CustomPlace::After(Section::Code));
        self.customs_at(&mut out, CustomPlace::Before(Section::Data));
        if self.data_items > 0 {
            let datas = std::mem::take(&mut self.datas);
            out = with_large_section(out, enc::SectionId::Data, self.data_items, datas);
        }
        self.customs_at(&mut out, CustomPlace::After(Section::Data));
        self.customs_at(&mut out, CustomPlace::After(Section::Last));
        if self.with_names && !self.customs.iter().any(|custom| custom.name == "name") {
            self.names.write(&mut out);
        }
        self.uses.append(&self.scratch.uses);
        self.uses.all_fields(&self.seen);
        let Self { implicit, places, uses, code_features, sites, .. } = self;
        let lowered = LoweredModule { bytes: out, implicit, places, uses, code_features, sites };
        (lowered, self.faults)
    }

    pub(super) fn customs_at(&self, out: &mut Vec<u8>, at: CustomPlace) {
        for CustomSection { name, data, .. } in self.customs.iter().filter(|custom| custom.place == at) {
            enc::CustomSection { name: name.into(), data: data.into() }.append_to(out);
        }
    }

    /// Appends a section, unless it is empty, with the custom sections before and after it.
    pub(super) fn section(
        &self,
        out: &mut Vec<u8>,
        name: Section,
        section: &impl enc::Section,
        is_empty: bool,
    ) {
        self.customs_at(out, CustomPlace::Before(name));
        if !is_empty {
            section.append_to(out);
        }
        self.customs_at(out, CustomPlace::After(name));
    }
}

/// Appends a large section. The larger of the binary and the section keeps its memory, so that only the smaller is in
/// memory twice.
fn with_large_section(mut out: Vec<u8>, id: enc::SectionId, items: u32, mut contents: Vec<u8>) -> Vec<u8> {
    let mut count = Vec::new();
    items.encode(&mut count);
    out.push(id.into());
    (count.len() + contents.len()).encode(&mut out);
    out.extend_from_slice(&count);
    if out.len() >= contents.len() {
        out.extend_from_slice(&contents);
        return out;
    }
    let len = contents.len();
    contents.resize(len + out.len(), 0);
    contents.copy_within(..len, out.len());
    contents[..out.len()].copy_from_slice(&out);
    contents
}
