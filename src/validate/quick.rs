//! Whether a module is valid, and nothing else: bodies are checked on as many threads as asked for.

use super::beyond::Shared;
use super::limits;
use super::validate_body;
use crate::assemble::on_threads;
use crate::lower::Places;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use wasmparser::{
    FuncToValidate, FuncValidatorAllocations, FunctionBody, Parser, ValidPayload, Validator,
    ValidatorResources, WasmFeatures,
};

/// Modules below this size are valid before a second thread would have begun.
const THREADS_FROM: usize = 1 << 15;
/// How many bytes of bodies are handed out at once.
const UNIT: usize = 1 << 14;

/// Whether the module is valid; not even a warning is to be given then.
pub(crate) fn is_valid(bytes: &[u8], features: WasmFeatures, threads: usize) -> bool {
    let mut validator = Validator::new_with_features(features);
    let mut shared = Shared::default();
    let has_arrays = limits::may_have_arrays(bytes);
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(bytes) {
        let Ok(payload) = payload else { return false };
        match validator.payload(&payload) {
            Ok(ValidPayload::Func(to_validate, body)) => bodies.push((to_validate, body)),
            Ok(_)
                if shared.check(&payload, &Places::default()).is_empty()
                    && !(has_arrays && limits::large_constant_array(&payload).is_some()) => {}
            _ => return false,
        }
    }
    let next = AtomicUsize::new(0);
    let valid = AtomicBool::new(true);
    let mut ends = Vec::new();
    let mut filled = 0;
    for (at, (_, body)) in bodies.iter().enumerate() {
        filled += body.as_bytes().len();
        if filled >= UNIT {
            ends.push(at + 1);
            filled = 0;
        }
    }
    ends.push(bodies.len());
    let threads = if bytes.len() < THREADS_FROM { 1 } else { threads.min(ends.len()) };
    on_threads(threads, || {
        let mut allocations = FuncValidatorAllocations::default();
        while valid.load(Ordering::Relaxed) {
            let unit = next.fetch_add(1, Ordering::Relaxed);
            let Some(&end) = ends.get(unit) else { return };
            let start = unit.checked_sub(1).map_or(0, |before| ends[before]);
            for (to_validate, body) in &bodies[start..end] {
                if !is_body_valid(to_validate, body, bytes, has_arrays, &mut allocations) {
                    return valid.store(false, Ordering::Relaxed);
                }
            }
        }
    });
    valid.into_inner()
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
    // There may be instructions in it that wasmparser does not know.
    valid || validate_body(again(), body, bytes, allocations).is_ok()
}
