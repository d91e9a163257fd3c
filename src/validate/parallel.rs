//! Validates a module on several threads, without messages.

use super::body::validate_body;
use super::limits;
use super::shared::Shared;
use crate::parallel;
use crate::progress::Watch;
use wasmparser::{
    FuncToValidate, FuncValidatorAllocations, FunctionBody, Parser, ValidPayload, Validator,
    ValidatorResources, WasmFeatures,
};

/// The size in bytes from which a second thread is worth starting.
const THREADS_FROM: usize = 1 << 15;
/// The size in bytes of the bodies in one unit of work.
const UNIT: usize = 1 << 14;

/// Whether the module is valid and exceeds no implementation limit. If the work is stopped, the result is `false`.
pub(crate) fn is_valid(
    bytes: &[u8],
    features: WasmFeatures,
    threads: usize,
    progress: Option<&Watch>,
) -> bool {
    let mut validator = Validator::new_with_features(features);
    let mut shared = Shared::default();
    let has_arrays = limits::may_have_arrays(bytes);
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(bytes) {
        let Ok(payload) = payload else { return false };
        match validator.payload(&payload) {
            Ok(ValidPayload::Func(to_validate, body)) => bodies.push((to_validate, body)),
            Ok(_)
                if shared.check(&payload).is_empty()
                    && !(has_arrays && limits::large_constant_array(&payload).is_some()) => {}
            _ => return false,
        }
    }
    let units = parallel::units(&bodies, UNIT, |(_, body)| body.as_bytes().len());
    let threads = if bytes.len() < THREADS_FROM { 1 } else { threads };
    let check = |allocations: &mut FuncValidatorAllocations, unit: usize, (): &mut ()| {
        let is_valid =
            |(to_validate, body): &(_, _)| is_body_valid(to_validate, body, bytes, has_arrays, allocations);
        if progress.is_some_and(|progress| !progress.goes_on()) {
            return Err(());
        }
        if bodies[units[unit].clone()].iter().all(is_valid) { Ok(()) } else { Err(()) }
    };
    parallel::ordered(units.len(), threads, FuncValidatorAllocations::default, check, |_, _| Ok(())).is_ok()
}

fn is_body_valid(
    to_validate: &FuncToValidate<ValidatorResources>,
    body: &FunctionBody<'_>,
    bytes: &[u8],
    has_arrays: bool,
    allocations: &mut FuncValidatorAllocations,
) -> bool {
    let again = || FuncToValidate {
        resources: to_validate.resources.clone(),
        index: to_validate.index,
        ty: to_validate.ty,
        features: to_validate.features,
    };
    if has_arrays && limits::may_have_arrays(body.as_bytes()) {
        return validate_body(again(), body, bytes, allocations).is_ok();
    }
    let mut validator = again().into_validator(std::mem::take(allocations));
    let valid = validator.validate(body).is_ok();
    *allocations = validator.into_allocations();
    // The body may have instructions that wasmparser does not know.
    valid || validate_body(again(), body, bytes, allocations).is_ok()
}
