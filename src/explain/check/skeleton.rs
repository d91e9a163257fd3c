//! A module in which everything is declared and nothing is defined, so that each body, expression and
//! field can be checked for itself, whatever is wrong with the others.
//!
//! All functions, tables, memories, globals and tags of the module are imports in it, and so need
//! neither body nor initial value; element segments are empty. What may be wrong with it is a type.

use super::declared::DeclaredThings;
use crate::lower::module::types::unknown_type;
use crate::resolve::Space;
use crate::validate::descriptors::{self, Refusal};
use hashbrown::{HashMap, HashSet};
use std::cell::OnceCell;
use std::ops::Range;
use wasm_encoder as enc;
use wasm_encoder::Encode;
use wasmparser::types::CoreTypeId;
use wasmparser::{
    BinaryReader, CompositeInnerType, FuncToValidate, HeapType, Parser, Payload, RefType, StorageType,
    UnpackedIndex, ValType, ValidPayload, Validator, ValidatorResources, WasmFeatures, WasmModuleResources,
};

/// What is declared of a module.
#[derive(Default)]
pub(crate) struct Declarations {
    /// The type section, as it was lowered.
    pub(crate) types: Vec<u8>,
    /// The things of the index spaces that can be imported, in their order.
    pub(crate) things: Vec<enc::EntityType>,
    /// The types of the element segments.
    pub(crate) elems: Vec<enc::RefType>,
    /// How many data segments there are.
    pub(crate) datas: u32,
    /// The functions that `ref.func` may refer to.
    pub(crate) referable: Vec<u32>,
}

impl Declarations {
    /// The types of the functions.
    pub(crate) fn funcs(&self) -> impl Iterator<Item = u32> {
        self.things.iter().filter_map(|thing| match thing {
            enc::EntityType::Function(ty) => Some(*ty),
            _ => None,
        })
    }

    /// The types of the tags.
    pub(crate) fn tags(&self) -> impl Iterator<Item = u32> {
        self.things.iter().filter_map(|thing| match thing {
            enc::EntityType::Tag(tag) => Some(tag.func_type_idx),
            _ => None,
        })
    }

    /// Adds a thing of which only the space is known.
    pub(crate) fn push_any(&mut self, space: Space) {
        self.things.push(match space {
            Space::Func => enc::EntityType::Function(NO_TYPE),
            Space::Table => enc::EntityType::Table(enc::TableType {
                element_type: enc::RefType::FUNCREF,
                table64: false,
                minimum: 0,
                maximum: None,
                shared: false,
            }),
            Space::Memory => enc::EntityType::Memory(enc::MemoryType {
                minimum: 0,
                maximum: None,
                memory64: false,
                shared: false,
                page_size_log2: None,
            }),
            Space::Global => enc::EntityType::Global(enc::GlobalType {
                val_type: enc::ValType::I32,
                mutable: true,
                shared: false,
            }),
            Space::Tag => {
                enc::EntityType::Tag(enc::TagType { kind: enc::TagKind::Exception, func_type_idx: NO_TYPE })
            }
            Space::Elem => return self.elems.push(enc::RefType::FUNCREF),
            Space::Data => return self.datas += 1,
            _ => return,
        });
    }

    /// Whether the addresses of each table and of each memory have 64 bits.
    pub(crate) fn is_64(&self) -> (Vec<bool>, Vec<bool>) {
        let (mut tables, mut memories) = (Vec::new(), Vec::new());
        for thing in &self.things {
            match thing {
                enc::EntityType::Table(table) => tables.push(table.table64),
                enc::EntityType::Memory(memory) => memories.push(memory.memory64),
                _ => {}
            }
        }
        (tables, memories)
    }
}

/// The type of functions and tags whose type is not known: they take and give nothing.
pub(crate) const NO_TYPE: u32 = u32::MAX;

/// The bytes of the items of a module's type section.
pub(crate) fn type_section(module: &[u8]) -> Vec<u8> {
    for payload in Parser::new(0).parse_all(module) {
        match payload {
            Ok(Payload::TypeSection(reader)) => {
                let range = reader.range();
                return module[range.start as usize..range.end as usize].to_vec();
            }
            Ok(_) => {}
            Err(_) => break,
        }
    }
    vec![0]
}

/// A fault in the type section.
pub(crate) struct TypeFault {
    /// The first of the types of the group in which it is, and behind the last.
    pub(crate) types: Range<u32>,
    /// Which of them it is, where that is known.
    pub(crate) message: String,
}

/// How many fields of a type are looked at.
const MOST_FIELDS: usize = 10_000;

/// How many faulty groups of types are looked behind.
const MOST_TYPE_FAULTS: usize = 200;

/// Checks bodies and expressions.
pub(crate) struct Checker {
    pub(crate) resources: ValidatorResources,
    pub(crate) features: WasmFeatures,
    /// The numbers of each type; equal types are one.
    indices: HashMap<CoreTypeId, Vec<u32>>,
    /// The numbers by how wasmparser writes a type in messages, made when one is needed.
    by_text: OnceCell<HashMap<String, u32>>,
    /// The functions without parameters that give one value, by its type.
    constants: HashMap<Vec<u8>, u32>,
    /// What stands for types that are unknown.
    unknown: Option<CoreTypeId>,
}

impl Checker {
    /// A checker for a module, and what is wrong with its types. `unknown` is the index of the type that
    /// stands for what is unknown; faulty types become equal to it. None if the module as a whole
    /// cannot be made sense of.
    pub(crate) fn new(
        declarations: &Declarations,
        constants: &[enc::ValType],
        unknown: u32,
        features: WasmFeatures,
    ) -> (Option<Checker>, Vec<TypeFault>) {
        let mut groups = groups(&declarations.types);
        let mut faults = Vec::new();
        loop {
            let (bytes, start, constants) = skeleton(declarations, &groups, &faults, constants);
            // Whether a tag may have results is a question for the field that defines it.
            match validated(&bytes, features | WasmFeatures::STACK_SWITCHING) {
                Ok((validator, to_validate)) => {
                    let mut indices: HashMap<CoreTypeId, Vec<u32>> = HashMap::new();
                    let types = validator.types(0);
                    let mut unknown_id = None;
                    if let Some(types) = types {
                        for index in 0..types.core_type_count_in_module() {
                            let id = types.core_type_at_in_module(index);
                            indices.entry(id).or_default().push(index);
                            if index == unknown {
                                unknown_id = Some(id);
                            }
                        }
                    }
                    let checker = Checker {
                        resources: to_validate.resources,
                        features,
                        indices,
                        by_text: OnceCell::new(),
                        constants,
                        unknown: unknown_id,
                    };
                    return (Some(checker), faults);
                }
                Err(Some((place, message))) if faults.len() < MOST_TYPE_FAULTS => {
                    let at = match place {
                        FaultPlace::Offset(offset) => group_at(&groups, start, offset),
                        FaultPlace::Type(index) => group_of(&groups, index),
                    };
                    let Some(at) = at else { return (None, faults) };
                    let first: u32 = groups[..at].iter().map(|group| group.count).sum();
                    let count = groups[at].count;
                    faults.push(TypeFault { types: first..first + count, message });
                    let mut bytes = vec![0x4e];
                    count.encode(&mut bytes);
                    if count == 1 {
                        bytes.clear();
                    }
                    for _ in 0..count {
                        unknown_type(&mut bytes);
                    }
                    if groups[at].bytes == bytes {
                        return (None, faults);
                    }
                    groups[at].bytes = bytes;
                }
                Err(_) => return (None, faults),
            }
        }
    }

    /// What is to be validated of a function of the type `ty`.
    pub(crate) fn func(&self, index: u32, ty: u32) -> FuncToValidate<ValidatorResources> {
        FuncToValidate { resources: self.resources.clone(), index, ty, features: self.features }
    }

    /// The type of functions that give one value of the type `t`, if it is one of those asked for.
    pub(crate) fn constant(&self, t: enc::ValType) -> Option<u32> {
        self.constants.get(&encoded(t)).copied()
    }

    /// The types of the module that are the one of an id.
    pub(crate) fn indices_of(&self, id: CoreTypeId) -> &[u32] {
        self.indices.get(&id).map_or(&[], |all| all)
    }

    /// The first type that wasmparser writes as `(id n)` or `(module n)`.
    pub(crate) fn index_by_text(&self, text: &str) -> Option<u32> {
        let by_text = self.by_text.get_or_init(|| {
            let name = |id: &CoreTypeId| UnpackedIndex::Id(*id).to_string();
            self.indices.iter().filter_map(|(id, all)| Some((name(id), *all.first()?))).collect()
        });
        let module = || text.strip_prefix("(module ")?.strip_suffix(')')?.parse().ok();
        by_text.get(text).copied().or_else(module)
    }

    /// A function type as it would be written, if it is one.
    pub(crate) fn signature_of(&self, declared: &DeclaredThings<'_>, index: u32) -> Option<String> {
        let CompositeInnerType::Func(func) = &self.resources.sub_type_at(index)?.composite_type.inner else {
            return None;
        };
        let list = |word: &str, types: &[ValType]| {
            let types: Vec<String> = types.iter().map(|t| declared.inner_type(self, *t)).collect();
            if types.is_empty() { String::new() } else { format!(" ({word} {})", types.join(" ")) }
        };
        Some(format!("(func{}{})", list("param", func.params()), list("result", func.results())))
    }

    /// Whether a type is one that stands for something unknown.
    pub(crate) fn is_unknown(&self, t: ValType) -> bool {
        let ValType::Ref(t) = t else { return false };
        match t.heap_type() {
            HeapType::Concrete(index) | HeapType::Exact(index) => match index.as_core_type_id() {
                Some(id) => Some(id) == self.unknown,
                None => index.as_module_index().is_some_and(|index| self.is_unknown_index(index)),
            },
            HeapType::Abstract { .. } => false,
        }
    }

    /// The same of a type of the module.
    pub(crate) fn is_unknown_index(&self, index: u32) -> bool {
        let t = RefType::new(true, HeapType::Concrete(UnpackedIndex::Module(index)));
        let canonical = t.and_then(|mut t| self.resources.check_ref_type(&mut t, 0).ok().map(|()| t));
        canonical.is_some_and(|t| {
            matches!(t.heap_type(), HeapType::Concrete(_)) && self.is_unknown(ValType::Ref(t))
        })
    }

    /// The kind of a type of the module.
    pub(crate) fn kind_of(&self, ty: u32) -> Option<&'static str> {
        Some(match &self.resources.sub_type_at(ty)?.composite_type.inner {
            CompositeInnerType::Func(_) => "function",
            CompositeInnerType::Struct(_) => "struct",
            CompositeInnerType::Array(_) => "array",
            CompositeInnerType::Cont(_) => "continuation",
        })
    }

    /// Whether a type is a function type with results.
    pub(crate) fn has_results(&self, ty: u32) -> bool {
        self.resources.sub_type_at(ty).is_some_and(|ty| match &ty.composite_type.inner {
            CompositeInnerType::Func(func) => !func.results().is_empty(),
            _ => false,
        })
    }

    /// How many fields a struct type has.
    pub(crate) fn struct_len(&self, ty: u32) -> Option<usize> {
        match &self.resources.sub_type_at(ty)?.composite_type.inner {
            CompositeInnerType::Struct(ty) => Some(ty.fields.len()),
            _ => None,
        }
    }

    /// The type of a field of a struct type, or of the elements of an array type.
    pub(crate) fn storage(&self, ty: u32, field: u32) -> Option<StorageType> {
        match &self.resources.sub_type_at(ty)?.composite_type.inner {
            CompositeInnerType::Struct(ty) => Some(ty.fields.get(field as usize)?.element_type),
            CompositeInnerType::Array(ty) => Some(ty.0.element_type),
            _ => None,
        }
    }

    /// The first field or the element of a type that has no default value.
    pub(crate) fn not_defaultable(&self, ty: u32) -> Option<(u32, ValType)> {
        (0..)
            .map_while(|field| self.storage(ty, field).map(|storage| (field, storage)))
            .take(MOST_FIELDS)
            .find_map(|(field, storage)| match storage {
                StorageType::Val(t) if !t.is_defaultable() => Some((field, t)),
                _ => None,
            })
    }
}

/// A group of types: its bytes, and how many types are in it.
struct Group {
    bytes: Vec<u8>,
    count: u32,
}

/// The groups of a type section, also of types that are more than engines take.
fn groups(types: &[u8]) -> Vec<Group> {
    let mut reader = BinaryReader::new(types, 0);
    let items = reader.read_var_u32().unwrap_or(0);
    let mut groups: Vec<Group> = Vec::new();
    for _ in 0..items {
        let start = reader.original_position() as usize;
        let Ok(count) = pass_group(&mut reader, &mut Parts::default()) else { break };
        groups.push(Group { bytes: types[start..reader.original_position() as usize].to_vec(), count });
    }
    groups
}

/// Reads past a group of types. What comes back is how many are in it.
fn pass_group(reader: &mut BinaryReader<'_>, parts: &mut Parts) -> wasmparser::Result<u32> {
    const REC_GROUP: u8 = 0x4e;
    if reader.clone().read_u8()? != REC_GROUP {
        pass_type(reader, parts)?;
        return Ok(1);
    }
    reader.read_u8()?;
    let count = reader.read_var_u32()?;
    (0..count).try_for_each(|_| pass_type(reader, parts))?;
    Ok(count)
}

/// What is noted of types that are passed.
#[derive(Default)]
struct Parts {
    /// The clauses about descriptors.
    descriptors: Vec<Range<u64>>,
    /// Whether each type is shared.
    shared: Vec<bool>,
}

/// The contents of a type section without the clauses about descriptors.
pub(crate) fn without_descriptors(section: &[u8]) -> Vec<u8> {
    let mut reader = BinaryReader::new(section, 0);
    let mut parts = Parts::default();
    let _ = reader.read_var_u32();
    while !reader.eof() && pass_group(&mut reader, &mut parts).is_ok() {}
    let mut bytes = Vec::with_capacity(section.len());
    let mut at = 0;
    for clause in parts.descriptors {
        bytes.extend_from_slice(&section[at..clause.start as usize]);
        at = clause.end as usize;
    }
    bytes.extend_from_slice(&section[at..]);
    bytes
}

fn pass_type(reader: &mut BinaryReader<'_>, parts: &mut Parts) -> wasmparser::Result<()> {
    let mut is_shared = false;
    loop {
        let start = reader.original_position();
        let head = reader.read_u8()?;
        if matches!(head, 0x5d..=0x60) {
            parts.shared.push(is_shared);
        }
        match head {
            // Final or not, and the supertypes.
            0x4f | 0x50 => {
                for _ in 0..reader.read_var_u32()? {
                    reader.read_var_u32()?;
                }
            }
            // What describes it, and what it describes.
            0x4c | 0x4d => {
                reader.read_var_u32()?;
                parts.descriptors.push(start..reader.original_position());
            }
            0x60 => {
                for _ in 0..2 {
                    for _ in 0..reader.read_var_u32()? {
                        pass_value_type(reader)?;
                    }
                }
                return Ok(());
            }
            0x5f => {
                for _ in 0..reader.read_var_u32()? {
                    pass_value_type(reader)?;
                    reader.read_u8()?;
                }
                return Ok(());
            }
            0x5e => {
                pass_value_type(reader)?;
                reader.read_u8()?;
                return Ok(());
            }
            0x5d => return pass_heap_type(reader),
            _ => is_shared = true,
        }
    }
}

fn pass_value_type(reader: &mut BinaryReader<'_>) -> wasmparser::Result<()> {
    match reader.read_u8()? {
        0x63 | 0x64 => pass_heap_type(reader),
        // A shared type without parameters.
        0x65 => reader.read_u8().map(|_| ()),
        _ => Ok(()),
    }
}

fn pass_heap_type(reader: &mut BinaryReader<'_>) -> wasmparser::Result<()> {
    match reader.read_u8()? {
        // Exactly of an index, or a shared one.
        0x62 => reader.read_var_u32().map(|_| ()),
        0x65 => reader.read_u8().map(|_| ()),
        byte => {
            let mut byte = byte;
            while byte & 0x80 != 0 {
                byte = reader.read_u8()?;
            }
            Ok(())
        }
    }
}

/// The number of the group that has the byte at `offset` of a module whose first group begins at `start`.
fn group_at(groups: &[Group], start: u64, offset: u64) -> Option<usize> {
    let mut end = start;
    groups.iter().position(|group| {
        end += group.bytes.len() as u64;
        offset < end
    })
}

/// The number of the group that has a type.
fn group_of(groups: &[Group], index: usize) -> Option<usize> {
    let mut end = 0;
    groups.iter().position(|group| {
        end += group.count as usize;
        index < end
    })
}

fn encoded(t: enc::ValType) -> Vec<u8> {
    let mut bytes = Vec::new();
    t.encode(&mut bytes);
    bytes
}

/// The module, where its first group of types begins, and which of its types are those of functions that
/// give one value.
fn skeleton(
    declarations: &Declarations,
    groups: &[Group],
    faults: &[TypeFault],
    constants: &[enc::ValType],
) -> (Vec<u8>, u64, HashMap<Vec<u8>, u32>) {
    let mut module = enc::Module::new();
    let mut index: u32 = groups.iter().map(|group| group.count).sum();
    let mut items = groups.len() as u32;
    let mut types = Vec::new();
    for group in groups {
        types.extend_from_slice(&group.bytes);
    }
    let mut constant_types = HashMap::new();
    for &t in constants {
        let bytes = encoded(t);
        if constant_types.contains_key(&bytes) {
            continue;
        }
        types.extend_from_slice(&[0x60, 0, 1]);
        types.extend_from_slice(&bytes);
        constant_types.insert(bytes, index);
        index += 1;
        items += 1;
    }
    // Of the one function that is defined.
    types.extend_from_slice(&[0x60, 0, 0]);
    let mut data = Vec::new();
    (items + 1).encode(&mut data);
    data.extend_from_slice(&types);
    module.section(&enc::RawSection { id: enc::SectionId::Type.into(), data: &data });
    let start = (module.len() - types.len()) as u64;

    let shared = shared_types(groups);
    let mut imports = enc::ImportSection::new();
    let mut funcs = 0;
    for thing in &declarations.things {
        let mut thing = *thing;
        let is_none = |ty: u32| ty == NO_TYPE || faults.iter().any(|fault| fault.types.contains(&ty));
        match &mut thing {
            enc::EntityType::Function(ty) if is_none(*ty) => *ty = index,
            enc::EntityType::Tag(tag) if is_none(tag.func_type_idx) => tag.func_type_idx = index,
            // What cannot be shared is an error of the field.
            enc::EntityType::Table(table) => {
                table.shared &= is_shared(enc::ValType::Ref(table.element_type), &shared);
            }
            enc::EntityType::Global(global) => global.shared &= is_shared(global.val_type, &shared),
            _ => {}
        }
        imports.import("", "", thing);
        funcs += u32::from(matches!(thing, enc::EntityType::Function(_) | enc::EntityType::FunctionExact(_)));
    }
    module.section(&imports);
    module.section(enc::FunctionSection::new().function(index));
    let mut exports = enc::ExportSection::new();
    let mut seen = HashSet::new();
    for &func in declarations.referable.iter().filter(|&&func| func < funcs) {
        if seen.insert(func) {
            exports.export(&func.to_string(), enc::ExportKind::Func, func);
        }
    }
    module.section(&exports);
    let mut elems = enc::ElementSection::new();
    for &elem in &declarations.elems {
        elems.passive(enc::Elements::Expressions(elem, (&[]).into()));
    }
    module.section(&elems);
    module.section(&enc::DataCountSection { count: declarations.datas });
    let mut code = enc::CodeSection::new();
    code.function(enc::Function::new([]).instruction(&enc::Instruction::End));
    module.section(&code);
    let mut datas = enc::DataSection::new();
    for _ in 0..declarations.datas {
        datas.passive([]);
    }
    module.section(&datas);
    (module.finish(), start, constant_types)
}

/// Whether each type of the groups is shared.
fn shared_types(groups: &[Group]) -> Vec<bool> {
    let mut parts = Parts::default();
    for group in groups {
        let _ = pass_group(&mut BinaryReader::new(&group.bytes, 0), &mut parts);
    }
    parts.shared
}

fn is_shared(t: enc::ValType, shared_types: &[bool]) -> bool {
    let enc::ValType::Ref(t) = t else { return true };
    match t.heap_type {
        enc::HeapType::Abstract { shared, .. } => shared,
        enc::HeapType::Concrete(index) | enc::HeapType::Exact(index) => {
            shared_types.get(index as usize).copied().unwrap_or(false)
        }
    }
}

type Fault = Option<(FaultPlace, String)>;

/// Where in the type section something is wrong.
enum FaultPlace {
    /// The offset of a byte.
    Offset(u64),
    /// The index of a type.
    Type(usize),
}

/// Validates the skeleton; what is wrong in its type section, else nothing can be said.
fn validated(
    module: &[u8],
    features: WasmFeatures,
) -> Result<(Validator, FuncToValidate<ValidatorResources>), Fault> {
    let mut validator = Validator::new_with_features(features);
    let mut func = None;
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload.map_err(|_| None)?;
        match validator.payload(&payload) {
            Ok(ValidPayload::Func(to_validate, _)) => func = Some(to_validate),
            Ok(ValidPayload::End(_)) => break,
            Ok(_) => {}
            Err(error) => {
                let Payload::TypeSection(types) = &payload else { return Err(None) };
                if !descriptors::is_departure(&error) {
                    return Err(Some((FaultPlace::Offset(error.offset()), error.message().to_owned())));
                }
                match descriptors::admit(&mut validator, module, types) {
                    Ok(()) => {}
                    Err(Refusal::Invalid { index, message }) => {
                        return Err(Some((FaultPlace::Type(index), message)));
                    }
                    Err(Refusal::NotAdmitted { .. }) => return Err(None),
                }
            }
        }
        if matches!(payload, Payload::CodeSectionEntry(_)) {
            break;
        }
    }
    func.map(|func| (validator, func)).ok_or(None)
}
