//! A module in which everything is declared and nothing is defined, so that each body, expression and field can be
//! checked separately.
//!
//! All functions, tables, memories, globals and tags of the module are imports in it, and so need neither body nor
//! initial value; element segments are empty. Only its types can have errors.

use super::descriptors::{self, Refusal};
use super::type_section::{Group, group_at, group_of, groups, shared_types};
use super::verdict::{self, Verdict};
use crate::lower::module::types::unknown_type;
use crate::resolve::IndexSpace;
use hashbrown::{HashMap, HashSet};
use std::cell::OnceCell;
use std::ops::Range;
use wasm_encoder as enc;
use wasm_encoder::Encode;
use wasmparser::types::CoreTypeId;
use wasmparser::{
    CompositeInnerType, FuncToValidate, HeapType, Parser, Payload, RefType, StorageType, UnpackedIndex,
    ValType, ValidPayload, Validator, ValidatorResources, WasmFeatures, WasmModuleResources,
};

/// The declarations of a module.
#[derive(Default)]
pub(crate) struct Declarations {
    /// The contents of the type section.
    pub(crate) types: Vec<u8>,
    /// The functions, tables, memories, globals and tags, in source order.
    pub(crate) entities: Vec<enc::EntityType>,
    /// The types of the element segments.
    pub(crate) elems: Vec<enc::RefType>,
    /// The number of data segments.
    pub(crate) datas: u32,
    /// The functions that `ref.func` may refer to.
    pub(crate) referable: Vec<u32>,
    /// The encoded parameters and results that functions have next to a type that does not fit.
    pub(crate) written: Vec<Vec<u8>>,
}

impl Declarations {
    /// The types of the functions.
    pub(crate) fn funcs(&self) -> impl Iterator<Item = u32> {
        self.entities.iter().filter_map(|entity| match entity {
            enc::EntityType::Function(ty) => Some(*ty),
            _ => None,
        })
    }

    /// The types of the tags.
    pub(crate) fn tags(&self) -> impl Iterator<Item = u32> {
        self.entities.iter().filter_map(|entity| match entity {
            enc::EntityType::Tag(tag) => Some(tag.func_type_idx),
            _ => None,
        })
    }

    /// Adds a declaration of which only the index space is known.
    pub(super) fn push_any(&mut self, space: IndexSpace) {
        self.entities.push(match space {
            IndexSpace::Func => enc::EntityType::Function(NO_TYPE),
            IndexSpace::Table => enc::EntityType::Table(enc::TableType {
                element_type: enc::RefType::FUNCREF,
                table64: false,
                minimum: 0,
                maximum: None,
                shared: false,
            }),
            IndexSpace::Memory => enc::EntityType::Memory(enc::MemoryType {
                minimum: 0,
                maximum: None,
                memory64: false,
                shared: false,
                page_size_log2: None,
            }),
            IndexSpace::Global => enc::EntityType::Global(enc::GlobalType {
                val_type: enc::ValType::I32,
                mutable: true,
                shared: false,
            }),
            IndexSpace::Tag => {
                enc::EntityType::Tag(enc::TagType { kind: enc::TagKind::Exception, func_type_idx: NO_TYPE })
            }
            IndexSpace::Elem => return self.elems.push(enc::RefType::FUNCREF),
            IndexSpace::Data => return self.datas += 1,
            _ => return,
        });
    }

    /// Whether the addresses of each table and of each memory have 64 bits.
    pub(crate) fn is_64(&self) -> (Vec<bool>, Vec<bool>) {
        let (mut tables, mut memories) = (Vec::new(), Vec::new());
        for entity in &self.entities {
            match entity {
                enc::EntityType::Table(table) => tables.push(table.table64),
                enc::EntityType::Memory(memory) => memories.push(memory.memory64),
                _ => {}
            }
        }
        (tables, memories)
    }
}

/// The type of functions and tags of an unknown type. They have no parameters and no results.
pub(crate) const NO_TYPE: u32 = u32::MAX;

/// An error in the type section.
pub(crate) struct TypeFault {
    /// The types of the group with the error.
    pub(crate) types: Range<u32>,
    pub(super) verdict: Verdict,
}

/// The maximum number of fields of a type that are searched.
const MOST_FIELDS: usize = 10_000;

/// The maximum number of groups of types with an error that are reported.
const MOST_TYPE_FAULTS: usize = 200;

/// Checks bodies and expressions.
pub(crate) struct Checker {
    pub(crate) resources: ValidatorResources,
    pub(crate) features: WasmFeatures,
    /// The indices of each type; equal types have one id.
    indices: HashMap<CoreTypeId, Vec<u32>>,
    /// The index of each type as wasmparser prints it, made when it is needed.
    by_text: OnceCell<HashMap<String, u32>>,
    /// The types of functions without parameters and with one result, by the encoded result.
    constants: HashMap<Vec<u8>, u32>,
    /// The index of the first type of [`Declarations::written`].
    pub(super) written: u32,
    /// The type that stands for unknown ones.
    unknown: Option<CoreTypeId>,
}

impl Checker {
    /// Creates the checker of a module, and returns the errors of its types. `unknown` is the index of the type that
    /// stands for unknown ones; types with an error become equal to it. The checker is `None` if the skeleton has
    /// another error.
    pub(crate) fn new(
        declarations: &Declarations,
        constants: &[enc::ValType],
        unknown: u32,
        features: WasmFeatures,
    ) -> (Option<Checker>, Vec<TypeFault>) {
        let mut groups = groups(&declarations.types);
        let mut faults = Vec::new();
        loop {
            let (bytes, start, constants, written) = skeleton(declarations, &groups, &faults, constants);
            // The check of fields reports a tag with results.
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
                        written,
                        unknown: unknown_id,
                    };
                    return (Some(checker), faults);
                }
                Err(Some((place, verdict))) if faults.len() < MOST_TYPE_FAULTS => {
                    let at = match place {
                        FaultPlace::Offset(offset) => group_at(&groups, start, offset),
                        FaultPlace::Type(index) => group_of(&groups, index),
                    };
                    let Some(at) = at else { return (None, faults) };
                    let first: u32 = groups[..at].iter().map(|group| group.count).sum();
                    let count = groups[at].count;
                    faults.push(TypeFault { types: first..first + count, verdict });
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

    /// The input of the validation of a function of type `ty`.
    pub(crate) fn func(&self, index: u32, ty: u32) -> FuncToValidate<ValidatorResources> {
        FuncToValidate { resources: self.resources.clone(), index, ty, features: self.features }
    }

    /// The type of functions with one result of type `t`, if it is one of `constants`.
    pub(crate) fn constant(&self, t: enc::ValType) -> Option<u32> {
        self.constants.get(&encoded(t)).copied()
    }

    /// The indices of the types with an id.
    pub(super) fn indices_of(&self, id: CoreTypeId) -> &[u32] {
        self.indices.get(&id).map_or(&[], |all| all)
    }

    /// The index of the first type that wasmparser prints as `text`: `(id n)` or `(module n)`.
    pub(super) fn index_by_text(&self, text: &str) -> Option<u32> {
        let by_text = self.by_text.get_or_init(|| {
            let name = |id: &CoreTypeId| UnpackedIndex::Id(*id).to_string();
            self.indices.iter().filter_map(|(id, all)| Some((name(id), *all.first()?))).collect()
        });
        by_text.get(text).copied().or_else(|| verdict::module_index(text))
    }

    /// Whether a type is a reference to the type that stands for unknown ones.
    pub(super) fn is_unknown(&self, t: ValType) -> bool {
        let ValType::Ref(t) = t else { return false };
        match t.heap_type() {
            HeapType::Concrete(index) | HeapType::Exact(index) => match index.as_core_type_id() {
                Some(id) => Some(id) == self.unknown,
                None => index.as_module_index().is_some_and(|index| self.is_unknown_index(index)),
            },
            HeapType::Abstract { .. } => false,
        }
    }

    /// Whether the type with an index is the type that stands for unknown ones.
    pub(super) fn is_unknown_index(&self, index: u32) -> bool {
        let t = RefType::new(true, HeapType::Concrete(UnpackedIndex::Module(index)));
        let canonical = t.and_then(|mut t| self.resources.check_ref_type(&mut t, 0).ok().map(|()| t));
        canonical.is_some_and(|t| {
            matches!(t.heap_type(), HeapType::Concrete(_)) && self.is_unknown(ValType::Ref(t))
        })
    }

    /// The kind of the type with an index.
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

    /// The number of fields of a struct type.
    pub(super) fn struct_len(&self, ty: u32) -> Option<usize> {
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

    /// The first field, or the element, that has no default value.
    pub(super) fn not_defaultable(&self, ty: u32) -> Option<(u32, ValType)> {
        (0..)
            .map_while(|field| self.storage(ty, field).map(|storage| (field, storage)))
            .take(MOST_FIELDS)
            .find_map(|(field, storage)| match storage {
                StorageType::Val(t) if !t.is_defaultable() => Some((field, t)),
                _ => None,
            })
    }
}

fn encoded(t: enc::ValType) -> Vec<u8> {
    let mut bytes = Vec::new();
    t.encode(&mut bytes);
    bytes
}

/// The module, the offset of its first group of types, the types of functions with one result, and the first of the
/// types that functions have next to one that does not fit.
fn skeleton(
    declarations: &Declarations,
    groups: &[Group],
    faults: &[TypeFault],
    constants: &[enc::ValType],
) -> (Vec<u8>, u64, HashMap<Vec<u8>, u32>, u32) {
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
    let written = index;
    for signature in &declarations.written {
        types.push(0x60);
        types.extend_from_slice(signature);
        index += 1;
        items += 1;
    }
    // The type of the only function that is defined.
    types.extend_from_slice(&[0x60, 0, 0]);
    let mut data = Vec::new();
    (items + 1).encode(&mut data);
    data.extend_from_slice(&types);
    module.section(&enc::RawSection { id: enc::SectionId::Type.into(), data: &data });
    let start = (module.len() - types.len()) as u64;

    let shared = shared_types(groups);
    let mut imports = enc::ImportSection::new();
    let mut funcs = 0;
    for entity in &declarations.entities {
        let mut entity = *entity;
        let is_none = |ty: u32| ty == NO_TYPE || faults.iter().any(|fault| fault.types.contains(&ty));
        match &mut entity {
            enc::EntityType::Function(ty) if is_none(*ty) => *ty = index,
            enc::EntityType::Tag(tag) if is_none(tag.func_type_idx) => tag.func_type_idx = index,
            // The check of fields reports an element or value that cannot be shared.
            enc::EntityType::Table(table) => {
                table.shared &= is_shared(enc::ValType::Ref(table.element_type), &shared);
            }
            enc::EntityType::Global(global) => global.shared &= is_shared(global.val_type, &shared),
            _ => {}
        }
        imports.import("", "", entity);
        funcs +=
            u32::from(matches!(entity, enc::EntityType::Function(_) | enc::EntityType::FunctionExact(_)));
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
    // `enc::Instruction` would bring the code for every instruction.
    let mut empty = enc::Function::new([]);
    empty.instructions().end();
    code.function(&empty);
    module.section(&code);
    let mut datas = enc::DataSection::new();
    for _ in 0..declarations.datas {
        datas.passive([]);
    }
    module.section(&datas);
    (module.finish(), start, constant_types, written)
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

type Fault = Option<(FaultPlace, Verdict)>;

/// The location of an error in the type section.
enum FaultPlace {
    /// The offset of a byte.
    Offset(u64),
    /// The index of a type.
    Type(usize),
}

/// Validates the skeleton. Fails with the error in the type section, or with `None` if the error is elsewhere.
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
                let verdict = Verdict::of(&error);
                if !verdict.is_departure() {
                    return Err(Some((FaultPlace::Offset(error.offset()), verdict)));
                }
                match descriptors::admit(&mut validator, module, types) {
                    Ok(()) => {}
                    Err(Refusal::Invalid { index, verdict }) => {
                        return Err(Some((FaultPlace::Type(index), verdict)));
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
