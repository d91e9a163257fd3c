//! The name section.

use wasm_encoder::{CustomSection, Encode, Section};

/// Names by index.
#[derive(Default)]
pub(super) struct NameMap {
    count: u32,
    bytes: Vec<u8>,
}

impl NameMap {
    pub(super) fn push(&mut self, index: u32, name: &[u8]) {
        self.count += 1;
        index.encode(&mut self.bytes);
        name.encode(&mut self.bytes);
    }

    /// Appends the map, unless it is empty.
    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        if self.count > 0 {
            self.count.encode(out);
            out.extend_from_slice(&self.bytes);
        }
    }
}

/// Names by index, and an index within it.
#[derive(Default)]
pub(super) struct IndirectNameMap {
    map: NameMap,
}

impl IndirectNameMap {
    /// Adds names that are encoded already, unless there are none.
    pub(super) fn push_encoded(&mut self, index: u32, names: &[u8]) {
        if !names.is_empty() {
            self.map.count += 1;
            index.encode(&mut self.map.bytes);
            self.map.bytes.extend_from_slice(names);
        }
    }

    pub(super) fn push(&mut self, index: u32, names: &NameMap) {
        let mut encoded = Vec::new();
        names.encode(&mut encoded);
        self.push_encoded(index, &encoded);
    }
}

/// The names of a module.
#[derive(Default)]
pub(super) struct ModuleNames {
    pub(super) module: Option<Vec<u8>>,
    pub(super) funcs: NameMap,
    pub(super) locals: IndirectNameMap,
    pub(super) labels: IndirectNameMap,
    pub(super) types: NameMap,
    pub(super) tables: NameMap,
    pub(super) memories: NameMap,
    pub(super) globals: NameMap,
    pub(super) elems: NameMap,
    pub(super) datas: NameMap,
    pub(super) fields: IndirectNameMap,
    pub(super) tags: NameMap,
    /// Parameters of types.
    pub(super) type_params: IndirectNameMap,
    /// Parameters of tags.
    pub(super) tag_params: IndirectNameMap,
}

impl ModuleNames {
    /// Appends the section, unless there are no names.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let mut data = Vec::new();
        let mut subsection = |id: u8, payload: &[u8]| {
            if !payload.is_empty() {
                data.push(id);
                payload.encode(&mut data);
            }
        };
        if let Some(name) = &self.module {
            let mut payload = Vec::new();
            name.as_slice().encode(&mut payload);
            subsection(0, &payload);
        }
        let maps = [
            (1, &self.funcs),
            (2, &self.locals.map),
            (3, &self.labels.map),
            (4, &self.types),
            (5, &self.tables),
            (6, &self.memories),
            (7, &self.globals),
            (8, &self.elems),
            (9, &self.datas),
            (10, &self.fields.map),
            (11, &self.tags),
            (12, &self.type_params.map),
            (13, &self.tag_params.map),
        ];
        for (id, map) in maps {
            let mut payload = Vec::new();
            map.encode(&mut payload);
            subsection(id, &payload);
        }
        if !data.is_empty() {
            CustomSection { name: "name".into(), data: data.into() }.append_to(out);
        }
    }
}
