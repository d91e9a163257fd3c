//! Validates one body, with the instructions that wasmparser does not know.

use super::{fp16, limits};
use wasmparser::{
    BinaryReader, BinaryReaderError, FuncToValidate, FuncValidator, FuncValidatorAllocations, FunctionBody,
    ValidatorResources,
};

/// Validates a body. `bytes` is the module.
pub(crate) fn validate_body(
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

/// Reads and validates the next instruction of a body. `rest` is the rest of the body.
#[inline]
pub(crate) fn read_operator(
    validator: &mut FuncValidator<ValidatorResources>,
    reader: &mut BinaryReader<'_>,
    rest: &[u8],
) -> Result<(), BinaryReaderError> {
    let at = reader.original_position();
    if let Some(substitute) = fp16::substitute(rest) {
        let operator = substitute?.read(reader)?;
        return validator.op(at, &operator);
    }
    reader.visit_operator(&mut validator.visitor(at))??;
    limits::check_array(rest, at)
}
