//! Validation: wasmparser's verdict on the bytes, and what it means for the text.
//!
//! [`validate`] says whether a module is valid, fast. If it is not, [`Checker`] and what comes with it
//! find everything that is wrong: the types ([`explain_types`]), the fields ([`fields`]), each body and
//! constant expression ([`check_body`]).

mod advice;
mod beyond;
mod body;
mod checker;
mod continuations;
mod declared;
mod descriptors;
mod explain;
mod features;
mod fields;
mod fp16;
mod limits;
mod naming;
mod operands;
mod origin;
mod place;
mod quick;
mod types;
mod uses;
mod verdicts;

pub(crate) use body::{Body, check as check_body};
pub(crate) use checker::{Checker, Declarations, NO_TYPE, TypeFault, type_section, unknown_type};
pub(crate) use declared::DeclaredThings;
pub(crate) use features::disabled;
pub(crate) use fields::check as fields;
pub(crate) use limits::beyond as beyond_limits;
pub(crate) use quick::is_valid;
pub(crate) use types::{definitions, explain as explain_types};
pub(crate) use uses::placed;

use crate::diagnostic::{Code, Diagnostic, with_article};
use crate::lex::Kind;
use crate::lower::{Places, Space};
use crate::span::Span;
use wasmparser::{
    BinaryReader, BinaryReaderError, FuncToValidate, FuncValidator, FuncValidatorAllocations, FunctionBody,
    Payload, Validator, ValidatorResources, WasmFeatures,
};

/// The first thing that is invalid in a module; and warnings. Of a body only the function is known.
pub(crate) fn validate(bytes: &[u8], features: WasmFeatures, places: &Places) -> Vec<Diagnostic> {
    let mut validation = Validation {
        validator: Validator::new_with_features(features),
        allocations: FuncValidatorAllocations::default(),
        shared: beyond::Shared::default(),
        has_arrays: limits::may_have_arrays(bytes),
        func: 0,
        bytes,
        places,
        diagnostics: Vec::new(),
    };
    let read = limits::payloads(bytes, &mut |payload| validation.takes(&payload));
    if let Err(error) = read {
        validation.diagnostics.push(module_error(&error, places, None));
    }
    validation.diagnostics
}

struct Validation<'a> {
    validator: Validator,
    allocations: FuncValidatorAllocations,
    shared: beyond::Shared,
    /// Whether there may be an `array.new_fixed`.
    has_arrays: bool,
    /// How many bodies are behind.
    func: usize,
    bytes: &'a [u8],
    places: &'a Places,
    diagnostics: Vec<Diagnostic>,
}

impl Validation<'_> {
    /// Whether the next part of the module is valid, so that one can go on behind it.
    fn takes(&mut self, payload: &Payload<'_>) -> bool {
        let places = self.places;
        if let Payload::CodeSectionEntry(body) = payload {
            return self.takes_body(body);
        }
        if let Payload::UnknownSection { contents, .. } = payload {
            self.diagnostics.extend(limits::long_name(BinaryReader::new(contents, 0)));
            return true;
        }
        match self.validator.payload(payload) {
            Ok(_) => {
                self.diagnostics.extend(self.shared.check(payload, places));
                if let Some(at) = self.has_arrays.then(|| limits::large_constant_array(payload)).flatten() {
                    let span = item_at(payload, at, places).unwrap_or_default().before();
                    self.diagnostics.push(limits::large_array(span));
                }
            }
            Err(error) if descriptors::is_departure(&error) => {
                let Payload::TypeSection(types) = payload else { return false };
                let place = |index| places.item(1, index).unwrap_or_default().before();
                let refused = match descriptors::admit(&mut self.validator, self.bytes, types) {
                    Ok(()) => {
                        self.diagnostics.extend(self.shared.check(payload, places));
                        return true;
                    }
                    Err(descriptors::Refusal::Invalid { index, message }) => error_at(place(index), &message),
                    Err(descriptors::Refusal::NotAdmitted { index }) => {
                        let message =
                            "the module is not validated: the validator cannot go on after this type";
                        Diagnostic::warning(Code::NotValidated, place(index), message)
                    }
                };
                self.diagnostics.push(refused);
                return false;
            }
            Err(error) => {
                // Of too many things, the first that is too many if none are imported.
                let too_many = limits::most(error.message())
                    .zip(payload.as_section())
                    .and_then(|(most, (id, _))| places.item(id, most));
                let span = too_many.or_else(|| item_at(payload, error.offset(), places));
                let span = span.unwrap_or_default().before();
                self.diagnostics.push(match limits::beyond(error.message(), span) {
                    Some(warning) => warning.with_note(not_validated(payload)),
                    None => error_at(span, error.message()),
                });
                return false;
            }
        }
        true
    }

    fn takes_body(&mut self, body: &FunctionBody<'_>) -> bool {
        let span = self.places.funcs.get(self.func).copied().unwrap_or_default().head();
        self.func += 1;
        let is_large = body.as_bytes().len() > limits::BODY_SIZE;
        // What it is to be validated for does not depend on the bytes, if they are not too many.
        let start = body.range().start;
        let small = FunctionBody::new(BinaryReader::new(&[], start));
        let to_validate = self.validator.code_section_entry(if is_large { &small } else { body });
        let valid = to_validate
            .and_then(|to_validate| validate_body(to_validate, body, self.bytes, &mut self.allocations));
        if is_large {
            self.diagnostics.push(limits::large_body(span));
        }
        let Err(error) = valid else { return true };
        match limits::beyond(error.message(), span) {
            Some(warning) => {
                self.diagnostics.push(match limits::is_about_array(error.message()) {
                    // The whole function is validated when errors are looked for.
                    true => warning,
                    false => warning.with_note("the rest of this function is not validated"),
                });
                true
            }
            None => {
                self.diagnostics.push(error_at(span, error.message()));
                false
            }
        }
    }
}

/// What is not validated if a part of the module is more than engines take.
fn not_validated(payload: &Payload<'_>) -> String {
    let what = match payload {
        Payload::TypeSection(_) => "types",
        Payload::ImportSection(_) => "imports",
        Payload::FunctionSection(_) => "functions",
        Payload::TableSection(_) => "tables",
        Payload::MemorySection(_) => "memories",
        Payload::GlobalSection(_) => "globals",
        Payload::ExportSection(_) => "exports",
        Payload::ElementSection(_) => "element segments",
        Payload::TagSection(_) => "tags",
        _ => "data segments",
    };
    format!("the {what}, what depends on them, and what is behind them in the binary may not be validated")
}

/// The complaint that the type of a function or tag is none of functions.
pub(crate) fn not_a_func_type(declared: &DeclaredThings<'_>, form: Span, index: u32) -> Diagnostic {
    let use_of = place::inner(declared.source, form, Kind::ParenType);
    let at = use_of.and_then(|use_of| {
        place::own(declared.source, use_of, |token| matches!(token.kind, Kind::Id | Kind::Nat))
    });
    let span = at.unwrap_or(form.head());
    if index as usize >= declared.count(Space::Type) {
        return declared.unknown_number(Space::Type, span);
    }
    let name = declared.type_name(index);
    let form = declared.thing(Space::Type, index).map(|thing| thing.form).unwrap_or_default();
    let kind = uses::composite_type(declared, form);
    let message = format!("expected a function type, found {name}, which is {} type", with_article(kind));
    let diagnostic = Diagnostic::error(Code::WrongKindOfType, span, message);
    declared.with_declaration(diagnostic, Space::Type, index)
}

fn error_at(span: Span, message: &str) -> Diagnostic {
    let error = || Diagnostic::error(Code::Invalid, span, verdicts::in_words(message));
    limits::beyond(message, span).unwrap_or_else(error)
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
        let at = reader.original_position() as usize;
        read_operator(&mut validator, &mut reader, &bytes[at..body.range().end as usize])?;
    }
    reader.finish_expression(&validator.visitor(reader.original_position()))?;
    *allocations = validator.into_allocations();
    Ok(())
}

/// Reads and validates the next instruction of a body; `rest` is what is left of that.
#[inline]
pub(crate) fn read_operator(
    validator: &mut FuncValidator<ValidatorResources>,
    reader: &mut BinaryReader<'_>,
    rest: &[u8],
) -> Result<(), BinaryReaderError> {
    let at = reader.original_position();
    if let Some(stand_in) = fp16::stand_in(rest) {
        let operator = stand_in?.read(reader)?;
        return validator.op(at, &operator);
    }
    reader.visit_operator(&mut validator.visitor(at))??;
    limits::check_array(rest, at)
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
