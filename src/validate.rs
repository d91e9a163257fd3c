//! Validation: wasmparser over the bytes, its errors carried back to the text.

mod beyond;
mod body;
mod fp16;

use crate::diagnostic::{Code, Diagnostic};
use crate::lower::{Mark, Places};
use crate::span::Span;
use hashbrown::HashMap;
use std::cell::OnceCell;
use wasmparser::types::CoreTypeId;
use wasmparser::{
    BinaryReaderError, FuncToValidate, FuncValidatorAllocations, FunctionBody, Parser, Payload, ValidPayload,
    Validator, ValidatorResources, WasmFeatures,
};

/// Where wasmparser departs from the proposal of custom descriptors.
const SUB_TYPE_WITH_DESCRIPTOR: &str = "sub type with descriptor must have super type with descriptor";

/// The first type that describes another and whose supertype describes none.
fn descriptor_without_super(types: &wasmparser::TypeSectionReader<'_>) -> Option<usize> {
    let groups = types.clone().into_iter().filter_map(Result::ok);
    let types: Vec<wasmparser::SubType> = groups.flat_map(|group| group.into_types()).collect();
    types.iter().position(|ty| {
        let describes = |ty: &wasmparser::SubType| ty.composite_type.describes_idx.is_some();
        let above = ty.supertype_idxs.first().and_then(|idx| idx.as_module_index());
        describes(ty) && above.and_then(|above| types.get(above as usize)).is_some_and(|ty| !describes(ty))
    })
}

/// What validation asks of the stages before it.
pub(crate) trait Source {
    /// Where the instructions of a body are, offsets being from its first byte. The function is
    /// given by its number among the defined ones.
    fn marks(&self, func: usize) -> Vec<Mark>;

    /// Whether there are errors in a function already, in the place of which anything may stand.
    fn is_broken(&self, func: usize) -> bool;

    /// What the text calls a type.
    fn type_name(&self, index: u32) -> String;
}

/// Finds what is invalid in a module: all independent faults of every function, and of the rest those
/// up to the first in each section.
pub(crate) fn validate(
    bytes: &[u8],
    features: WasmFeatures,
    places: &Places,
    source: &dyn Source,
) -> Vec<Diagnostic> {
    let mut validator = Validator::new_with_features(features);
    let mut diagnostics = Vec::new();
    let mut allocations = FuncValidatorAllocations::default();
    let type_indices = OnceCell::new();
    let mut shared = beyond::Shared::default();
    let mut func = 0;
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = match payload {
            Ok(payload) => payload,
            Err(error) => {
                diagnostics.push(module_error(&error, places, None));
                return diagnostics;
            }
        };
        match validator.payload(&payload) {
            Ok(ValidPayload::Func(to_validate, body)) => {
                let again = FuncToValidate {
                    resources: to_validate.resources.clone(),
                    index: to_validate.index,
                    ty: to_validate.ty,
                    features: to_validate.features,
                };
                if let Err(error) = validate_body(to_validate, &body, bytes, &mut allocations) {
                    let found = body_faults(again, &body, &error, &validator, &type_indices, source, func);
                    diagnostics.extend(found.into_iter().map(|fault| {
                        fault_at(fault, body.range().start, places.funcs[func], &source.marks(func))
                    }));
                }
                func += 1;
            }
            Ok(_) => diagnostics.extend(shared.check(&payload, places)),
            // The proposal's tests have such types and call them valid; wasmparser does not go on
            // behind them, so what follows is not validated.
            Err(error) if error.message() == SUB_TYPE_WITH_DESCRIPTOR => {
                if let Payload::TypeSection(types) = &payload
                    && let Some(at) = descriptor_without_super(types)
                {
                    let span = places.item(1, at).unwrap_or_default().before();
                    let message = "the supertype of a descriptor type must be a descriptor type too";
                    diagnostics.push(error_at(span, message));
                } else {
                    let span = item_at(&payload, error.offset(), places).unwrap_or_default().before();
                    let message = "the module is not validated: the supertype of this type has no descriptor";
                    diagnostics.push(Diagnostic::warning(Code::NotValidated, span, message));
                }
                return diagnostics;
            }
            Err(error) => {
                diagnostics.push(module_error(&error, places, Some(&payload)));
                return diagnostics;
            }
        }
    }
    diagnostics
}

/// All independent faults of a body, the first error of which is known.
fn body_faults(
    to_validate: FuncToValidate<ValidatorResources>,
    body: &FunctionBody<'_>,
    error: &BinaryReaderError,
    validator: &Validator,
    type_indices: &OnceCell<HashMap<CoreTypeId, u32>>,
    source: &dyn Source,
    func: usize,
) -> Vec<body::Fault> {
    let index_of = |id| {
        let indices = type_indices.get_or_init(|| {
            let types = validator.types(0);
            let all = types.iter().flat_map(|types| {
                (0..types.core_type_count_in_module())
                    .map(|index| (types.core_type_at_in_module(index), index))
            });
            // Of equal types the first.
            all.rev().collect()
        });
        indices.get(&id).copied()
    };
    let name_of = |index| source.type_name(index);
    let printer = body::TypePrinter { index_of: &index_of, name_of: &name_of };
    let faults = body::faults(to_validate, body, source.is_broken(func), &printer);
    if faults.is_empty() && !source.is_broken(func) {
        return vec![body::Fault::plain(error)];
    }
    faults
}

fn fault_at(fault: body::Fault, start: u64, func: Span, marks: &[Mark]) -> Diagnostic {
    let span_of = |at: u64| {
        let at = at.saturating_sub(start) as u32;
        match marks.partition_point(|mark| mark.at <= at).checked_sub(1) {
            Some(place) => Span::new(marks[place].start, marks[place].end),
            None => func.before(),
        }
    };
    let mut diagnostic = error_at(span_of(fault.at), &fault.message);
    if let Some((at, message)) = fault.pushed {
        diagnostic = diagnostic.with_place(span_of(at), message);
    }
    if let Some((at, message)) = fault.block {
        diagnostic = diagnostic.with_place(span_of(at), message);
    }
    if let Some(stack) = fault.stack {
        diagnostic = diagnostic.with_note(format!("the operand stack here: {stack}"));
    }
    diagnostic
}

fn error_at(span: Span, message: &str) -> Diagnostic {
    Diagnostic::error(Code::Invalid, span, message)
}

fn validate_body(
    to_validate: FuncToValidate<ValidatorResources>,
    body: &FunctionBody<'_>,
    bytes: &[u8],
    allocations: &mut FuncValidatorAllocations,
) -> Result<(), BinaryReaderError> {
    let features = to_validate.features;
    let mut validator = to_validate.into_validator(std::mem::take(allocations));
    let mut reader = body.get_binary_reader();
    validator.read_locals(&mut reader)?;
    reader.set_features(features);
    while !reader.eof() {
        let at = reader.original_position();
        if let Some(stand_in) = fp16::stand_in(&bytes[at as usize..body.range().end as usize]) {
            let operator = stand_in?.read(&mut reader)?;
            validator.op(at, &operator)?;
            continue;
        }
        reader.visit_operator(&mut validator.visitor(at))??;
    }
    reader.finish_expression(&validator.visitor(reader.original_position()))?;
    *allocations = validator.into_allocations();
    Ok(())
}

/// An error outside of the bodies: at the field behind the item of the section it is in.
fn module_error(error: &BinaryReaderError, places: &Places, payload: Option<&Payload<'_>>) -> Diagnostic {
    let at = error.offset();
    let span = payload.and_then(|payload| item_at(payload, at, places)).unwrap_or_default();
    error_at(span.before(), error.message())
}

/// The text of the item of a section that has the byte at `at`.
fn item_at(payload: &Payload<'_>, at: u64, places: &Places) -> Option<Span> {
    // How many things the items before it define, some items defining several.
    macro_rules! item {
        ($id:expr, $reader:expr, $things:expr) => {{
            let mut index = 0;
            let mut found = 0;
            for item in $reader.clone().into_iter_with_offsets() {
                let Ok((offset, item)) = item else { break };
                if offset > at {
                    break;
                }
                found = index;
                let things: fn(_) -> usize = $things;
                index += things(item);
            }
            places.item($id, found)
        }};
    }
    match payload {
        Payload::TypeSection(reader) => {
            item!(1, reader, |group: wasmparser::RecGroup| group.types().len())
        }
        Payload::ImportSection(reader) => {
            item!(2, reader, |imports: wasmparser::Imports<'_>| match imports {
                wasmparser::Imports::Single(..) => 1,
                wasmparser::Imports::Compact1 { items, .. } => items.count() as usize,
                wasmparser::Imports::Compact2 { names, .. } => names.count() as usize,
            })
        }
        Payload::FunctionSection(reader) => item!(3, reader, |_| 1),
        Payload::TableSection(reader) => item!(4, reader, |_| 1),
        Payload::MemorySection(reader) => item!(5, reader, |_| 1),
        Payload::GlobalSection(reader) => item!(6, reader, |_| 1),
        Payload::ExportSection(reader) => item!(7, reader, |_| 1),
        Payload::StartSection { .. } => places.item(8, 0),
        Payload::ElementSection(reader) => item!(9, reader, |_| 1),
        Payload::DataSection(reader) => item!(11, reader, |_| 1),
        Payload::TagSection(reader) => item!(13, reader, |_| 1),
        _ => None,
    }
}
