//! Types with custom descriptors, where wasmparser departs from the proposal.
//!
//! wasmparser rejects a type with a descriptor whose supertype has none, and a descriptor that is final while the type
//! it describes is not; the proposal allows both. It does not check the rest of such a group of types. So [`admit`]
//! checks these modules in two parts: the rules about descriptors here, all others by wasmparser without the
//! descriptors.

use super::type_section::without_descriptors;
use super::verdict::Verdict;
use crate::diagnostic::Code;
use hashbrown::HashMap;
use wasmparser::types::CoreTypeId;
use wasmparser::{
    BinaryReader, CompositeInnerType, Encoding, PackedIndex, SubType, TypeSectionReader, Validator,
    WasmFeatures,
};

/// The maximum number of rejected groups that are admitted: each takes a pass over all types.
const MOST_GROUPS: usize = 64;

/// Why types are not admitted.
pub(super) enum Refusal {
    /// A type is invalid.
    Invalid { index: usize, verdict: Verdict },
    /// The types are valid, but the validator cannot continue after this one.
    NotAdmitted { index: usize },
}

/// Validates a type section that the validator rejected with a departure, so that it can continue.
///
/// The validator does not check a group of types again that it has seen; so it starts again after a rejected group.
/// [`check`] checks the types that it did not reach.
pub(super) fn admit(
    validator: &mut Validator,
    module: &[u8],
    types: &TypeSectionReader<'_>,
) -> Result<(), Refusal> {
    let range = types.range();
    let section = &module[range.start as usize..range.end as usize];
    let checked = check(section, types, *validator.features())?;
    if let Some(index) = checked.extended_later() {
        return Err(Refusal::NotAdmitted { index });
    }
    for _ in 0..MOST_GROUPS {
        let restarted = validator.end(0).and_then(|_| {
            validator.reset();
            validator.version(1, Encoding::Module, &(0..0))?;
            validator.type_section(types)
        });
        match restarted {
            Err(error) if Verdict::of(&error).is_departure() => {}
            Err(error) => {
                let index = index_at(types, error.offset());
                return Err(Refusal::Invalid { index, verdict: Verdict::of(&error) });
            }
            Ok(()) => return Ok(()),
        }
    }
    let index = (0..checked.types.len()).find(|&index| checked.is_departure(index));
    Err(Refusal::NotAdmitted { index: index.unwrap_or(0) })
}

/// The index of the first type of the group at an offset.
fn index_at(types: &TypeSectionReader<'_>, offset: u64) -> usize {
    let groups = types.clone().into_iter_with_offsets().filter_map(Result::ok);
    let before = groups.take_while(|(at, _)| *at < offset).map(|(_, group)| group.types().len());
    let counts: Vec<usize> = before.collect();
    counts.split_last().map_or(0, |(_, before)| before.iter().sum())
}

/// Checks all rules about types.
fn check(section: &[u8], types: &TypeSectionReader<'_>, features: WasmFeatures) -> Result<Types, Refusal> {
    let section = without_descriptors(section);
    let mut plain = Validator::new_with_features(features);
    let reader = TypeSectionReader::new(BinaryReader::new(&section, 0));
    let read = reader.and_then(|reader| {
        plain.version(1, Encoding::Module, &(0..0))?;
        plain.type_section(&reader)
    });
    if let Err(error) = read {
        let index = TypeSectionReader::new(BinaryReader::new(&section, 0))
            .map_or(0, |reader| index_at(&reader, error.offset()));
        return Err(Refusal::Invalid { index, verdict: Verdict::of(&error) });
    }
    let mut all = Types { types: Vec::new(), groups: Vec::new(), ids: Vec::new() };
    let Some(plain) = plain.types(0) else { return Ok(all) };
    for (number, group) in types.clone().into_iter().filter_map(Result::ok).enumerate() {
        for ty in group.into_types() {
            all.ids.push(plain.core_type_at_in_module(all.types.len() as u32));
            all.types.push(ty);
            all.groups.push(number);
        }
    }
    for index in 0..all.types.len() {
        if let Some((code, message)) = all.fault(index) {
            return Err(Refusal::Invalid { index, verdict: Verdict::OwnRule(code, message) });
        }
    }
    Ok(all)
}

/// The types of a module.
struct Types {
    types: Vec<SubType>,
    /// The group of each type.
    groups: Vec<usize>,
    /// The canonical id of each type; equal types have the same.
    ids: Vec<CoreTypeId>,
}

impl Types {
    fn get(&self, index: Option<PackedIndex>) -> Option<usize> {
        index?.as_module_index().map(|index| index as usize).filter(|&index| index < self.types.len())
    }

    fn descriptor(&self, index: usize) -> Option<usize> {
        self.get(self.types[index].composite_type.descriptor_idx)
    }

    fn described(&self, index: usize) -> Option<usize> {
        self.get(self.types[index].composite_type.describes_idx)
    }

    fn super_of(&self, index: usize) -> Option<usize> {
        self.get(self.types[index].supertype_idxs.first().copied())
    }

    /// Whether `index` has the declared supertype `above`.
    fn is_below(&self, index: usize, above: usize) -> bool {
        self.super_of(index).is_some_and(|found| self.ids[found] == self.ids[above])
    }

    /// Whether wasmparser rejects a type that the proposal allows.
    fn is_departure(&self, index: usize) -> bool {
        self.descriptor(index).is_some_and(|descriptor| {
            self.super_of(index).is_some_and(|above| self.descriptor(above).is_none())
                || self.types[index].is_final != self.types[descriptor].is_final
        })
    }

    /// The first type that wasmparser does not reach in its group and that has a subtype in another group. wasmparser
    /// counts the supertypes of each type, and so must not see the subtype.
    fn extended_later(&self) -> Option<usize> {
        let mut refused = None;
        let passed = (0..self.types.len()).filter(|&index| {
            if self.is_departure(index) {
                refused = Some(self.groups[index]);
            }
            refused == Some(self.groups[index])
        });
        let passed: HashMap<CoreTypeId, usize> = passed.map(|index| (self.ids[index], index)).collect();
        (0..self.types.len()).find_map(|index| {
            let &above = passed.get(&self.ids[self.super_of(index)?])?;
            (self.groups[above] != self.groups[index]).then_some(above)
        })
    }

    /// The rule that the descriptor or the described type of a type violates, or `None`.
    fn fault(&self, index: usize) -> Option<(Code, &'static str)> {
        let composite = &self.types[index].composite_type;
        let (descriptor, described) = (self.descriptor(index), self.described(index));
        let is_struct = matches!(composite.inner, CompositeInnerType::Struct(_));
        let same_group = |other: &usize| self.groups[*other] == self.groups[index];
        if composite.descriptor_idx.is_some() {
            if !is_struct {
                return Some((Code::Invalid, "only a struct type can have a descriptor"));
            }
            if descriptor.filter(same_group).is_none_or(|other| self.described(other) != Some(index)) {
                return Some((
                    Code::Invalid,
                    "the descriptor of a type must describe it, in the same `rec` group",
                ));
            }
        }
        if composite.describes_idx.is_some() {
            if !is_struct {
                return Some((Code::Invalid, "only a struct type can describe another type"));
            }
            if described.filter(same_group).is_none_or(|other| self.descriptor(other) != Some(index)) {
                return Some((
                    Code::Invalid,
                    "a described type must have the describing type as its descriptor, in the same `rec` group",
                ));
            }
            if described.is_some_and(|other| other >= index) {
                return Some((Code::Invalid, "a described type must be defined before its descriptor"));
            }
        }
        let above = self.super_of(index)?;
        match (descriptor, self.descriptor(above)) {
            (None, Some(_)) => {
                return Some((Code::Invalid, "a subtype of a type with a descriptor must have a descriptor"));
            }
            (Some(own), Some(above)) if !self.is_below(own, above) => {
                return Some((
                    Code::InvalidSubtype,
                    "the descriptor of a subtype must be a subtype of the descriptor of its supertype",
                ));
            }
            _ => {}
        }
        match (described, self.described(above)) {
            (None, Some(_)) => {
                Some((Code::Invalid, "a subtype of a descriptor type must be a descriptor type"))
            }
            (Some(_), None) => {
                Some((Code::InvalidSubtype, "the supertype of a descriptor type must be a descriptor type"))
            }
            (Some(own), Some(above)) if !self.is_below(own, above) => Some((
                Code::InvalidSubtype,
                "the type that a subtype describes must be a subtype of the one its supertype describes",
            )),
            _ => None,
        }
    }
}
