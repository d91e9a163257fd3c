//! Implementation limits. A module that exceeds one is valid, but wasmparser rejects it: that is a warning.

use super::descriptors::{self, Refusal};
use super::verdict::{Limit, Verdict};
use super::words;
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::Origins;
use crate::span::Span;
use crate::validate::body::validate_body;
use crate::validate::items::items;
use crate::validate::limits::{self, BODY_SIZE};
use crate::validate::shared::Shared;
use wasmparser::{
    BinaryReader, BinaryReaderError, DataSectionReader, ElementSectionReader, Encoding, ExportSectionReader,
    FuncValidatorAllocations, FunctionBody, FunctionSectionReader, GlobalSectionReader, ImportSectionReader,
    MemorySectionReader, Payload, TableSectionReader, TagSectionReader, TypeSectionReader, Validator,
    WasmFeatures,
};

/// The maximum size of a name in bytes.
const NAME_SIZE: u32 = 100_000;

/// Returns the first error of a module, and warnings. Errors in bodies have the span of the function.
pub(crate) fn check(bytes: &[u8], features: WasmFeatures, places: &Origins) -> Vec<Diagnostic> {
    let mut validation = Validation {
        validator: Validator::new_with_features(features),
        allocations: FuncValidatorAllocations::default(),
        shared: Shared::default(),
        has_arrays: limits::may_have_arrays(bytes),
        func: 0,
        bytes,
        places,
        diagnostics: Vec::new(),
    };
    let read = payloads(bytes, &mut |payload| validation.takes(&payload));
    if let Err(error) = read {
        validation.diagnostics.push(module_error(&error, places, None));
    }
    validation.diagnostics
}

struct Validation<'a> {
    validator: Validator,
    allocations: FuncValidatorAllocations,
    shared: Shared,
    /// Whether there may be an `array.new_fixed`.
    has_arrays: bool,
    /// The number of bodies that are validated.
    func: usize,
    bytes: &'a [u8],
    places: &'a Origins,
    diagnostics: Vec<Diagnostic>,
}

impl Validation<'_> {
    /// Validates the next part of the module. Returns `false` if the validator cannot continue.
    fn takes(&mut self, payload: &Payload<'_>) -> bool {
        let places = self.places;
        if let Payload::CodeSectionEntry(body) = payload {
            return self.takes_body(body);
        }
        if let Payload::UnknownSection { contents, .. } = payload {
            self.diagnostics.extend(long_name(BinaryReader::new(contents, 0)));
            return true;
        }
        match self.validator.payload(payload) {
            Ok(_) => {
                self.shared.check(payload).into_iter().for_each(|fault| {
                    let span = places.item(fault.section, fault.index).unwrap_or_default().before();
                    self.diagnostics.push(Diagnostic::error(Code::Invalid, span, fault.message));
                });
                if let Some(at) = self.has_arrays.then(|| limits::large_constant_array(payload)).flatten() {
                    let span = item_at(payload, at, places).unwrap_or_default().before();
                    self.diagnostics.push(warning(&Limit::ArrayOperands, span));
                }
            }
            Err(error) if Verdict::of(&error).is_departure() => {
                let Payload::TypeSection(types) = payload else { return false };
                let place = |index| places.item(1, index).unwrap_or_default().before();
                let refused = match descriptors::admit(&mut self.validator, self.bytes, types) {
                    Ok(()) => {
                        self.shared.check(payload).into_iter().for_each(|fault| {
                            let span = places.item(fault.section, fault.index).unwrap_or_default().before();
                            self.diagnostics.push(Diagnostic::error(Code::Invalid, span, fault.message));
                        });
                        return true;
                    }
                    Err(Refusal::Invalid { index, verdict }) => error_at(place(index), &verdict),
                    Err(Refusal::NotAdmitted { index }) => {
                        let message =
                            "the module is not validated: the validator cannot continue after this type";
                        Diagnostic::warning(Code::NotValidated, place(index), message)
                    }
                };
                self.diagnostics.push(refused);
                return false;
            }
            Err(error) => {
                // The first item beyond the limit if there are no imports.
                let verdict = Verdict::of(&error);
                let too_many = match (&verdict, payload.as_section()) {
                    (Verdict::ExceedsLimit(Limit::Count { most, .. }), Some((id, _))) => {
                        places.item(id, *most)
                    }
                    _ => None,
                };
                let span = too_many.or_else(|| item_at(payload, error.offset(), places));
                let span = span.unwrap_or_default().before();
                self.diagnostics.push(match verdict.limit() {
                    Some(limit) => warning(limit, span).with_note(not_validated(payload)),
                    None => error_at(span, &verdict),
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
        // The expected type does not depend on the bytes, and wasmparser rejects too many.
        let start = body.range().start;
        let small = FunctionBody::new(BinaryReader::new(&[], start));
        let to_validate = self.validator.code_section_entry(if is_large { &small } else { body });
        let valid = to_validate
            .and_then(|to_validate| validate_body(to_validate, body, self.bytes, &mut self.allocations));
        if is_large {
            self.diagnostics.push(large_body(span));
        }
        let Err(error) = valid else { return true };
        let verdict = Verdict::of(&error);
        match verdict.limit() {
            Some(limit) => {
                let warning = warning(limit, span);
                self.diagnostics.push(match limit {
                    // The explaining route validates the whole function.
                    Limit::ArrayOperands => warning,
                    _ => warning.with_note("the rest of this function is not validated"),
                });
                true
            }
            None => {
                self.diagnostics.push(error_at(span, &verdict));
                false
            }
        }
    }
}

/// The note about the parts that are not validated if a part exceeds a limit.
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
    format!(
        "the {what}, everything that depends on them, and everything after them in the binary may not be validated"
    )
}

/// The diagnostic for a verdict that no rule explains: a warning if a limit is exceeded.
pub(super) fn error_at(span: Span, verdict: &Verdict) -> Diagnostic {
    match verdict.limit() {
        Some(limit) => warning(limit, span),
        None => Diagnostic::error(Code::Invalid, span, words::full(verdict)),
    }
}

/// The diagnostic for an error in a module that the source has in binary.
pub(crate) fn error_of_binary(error: &BinaryReaderError, span: Span) -> Diagnostic {
    match Verdict::of(error).limit() {
        Some(limit) => warning(limit, span),
        None => {
            let text = error.message().lines().next().unwrap_or("");
            Diagnostic::error(Code::Invalid, span, format!("{text} (at byte {})", error.offset()))
        }
    }
}

/// The error outside of bodies, at the item of the section that has it.
fn module_error(error: &BinaryReaderError, places: &Origins, payload: Option<&Payload<'_>>) -> Diagnostic {
    let at = error.offset();
    let span = payload.and_then(|payload| item_at(payload, at, places)).unwrap_or_default();
    error_at(span.before(), &Verdict::of(error))
}

/// The span of the item of a section that has the byte at `at`.
fn item_at(payload: &Payload<'_>, at: u64, places: &Origins) -> Option<Span> {
    let (id, items) = items(payload)?;
    let item = items.iter().rfind(|item| item.bytes.start as u64 <= at).or(items.first())?;
    places.item(id, item.first)
}

/// The warning about the name of a custom section with these contents, if it is too long.
pub(super) fn long_name(mut contents: BinaryReader<'_>) -> Option<Diagnostic> {
    let is_long = contents.read_var_u32().is_ok_and(|len| len > NAME_SIZE);
    is_long.then(|| warning(&Limit::Name, Span::default()))
}

/// The warning about a body that is too large.
pub(super) fn large_body(span: Span) -> Diagnostic {
    warning_text(&format!("the body of a function has at most {BODY_SIZE} bytes"), span)
}

/// The warning about a limit that is exceeded.
pub(super) fn warning(limit: &Limit, span: Span) -> Diagnostic {
    warning_text(&words::of_limit(limit), span)
}

fn warning_text(limit: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(
        Code::ImplementationLimit,
        span,
        format!("an implementation limit is exceeded: {limit}"),
    )
}

/// Calls `each` with the parts of a module. Unlike wasmparser's parser, it allows bodies of any size and does not read
/// custom sections. Ends at an error, or if `each` returns `false`.
pub(super) fn payloads<'a>(
    bytes: &'a [u8],
    each: &mut dyn FnMut(Payload<'a>) -> bool,
) -> Result<(), BinaryReaderError> {
    const HEADER: usize = 8;
    let mut reader = BinaryReader::new(bytes, 0);
    reader.read_bytes(HEADER)?;
    if !each(Payload::Version { num: 1, encoding: Encoding::Module, range: 0..HEADER as u64 }) {
        return Ok(());
    }
    while !reader.eof() {
        let id = reader.read_u8()?;
        let size = reader.read_var_u32()?;
        let start = reader.original_position();
        let mut section = BinaryReader::new(reader.read_bytes(size as usize)?, start);
        let range = section.range();
        let payload = match id {
            1 => Payload::TypeSection(TypeSectionReader::new(section)?),
            2 => Payload::ImportSection(ImportSectionReader::new(section)?),
            3 => Payload::FunctionSection(FunctionSectionReader::new(section)?),
            4 => Payload::TableSection(TableSectionReader::new(section)?),
            5 => Payload::MemorySection(MemorySectionReader::new(section)?),
            6 => Payload::GlobalSection(GlobalSectionReader::new(section)?),
            7 => Payload::ExportSection(ExportSectionReader::new(section)?),
            8 => Payload::StartSection { func: section.read_var_u32()?, range },
            9 => Payload::ElementSection(ElementSectionReader::new(section)?),
            10 => {
                let count = section.read_var_u32()?;
                if !each(Payload::CodeSectionStart { count, unchecked_range: range, size }) {
                    return Ok(());
                }
                for _ in 0..count {
                    let size = section.read_var_u32()?;
                    let start = section.original_position();
                    let body = BinaryReader::new(section.read_bytes(size as usize)?, start);
                    if !each(Payload::CodeSectionEntry(FunctionBody::new(body))) {
                        return Ok(());
                    }
                }
                continue;
            }
            11 => Payload::DataSection(DataSectionReader::new(section)?),
            12 => Payload::DataCountSection { count: section.read_var_u32()?, range },
            13 => Payload::TagSection(TagSectionReader::new(section)?),
            id => Payload::UnknownSection { id, contents: section.read_bytes(size as usize)?, range },
        };
        if !each(payload) {
            return Ok(());
        }
    }
    each(Payload::End(bytes.len() as u64));
    Ok(())
}
