//! Validation: the verdict of wasmparser on the bytes, and the rules that it lacks.
//!
//! It says whether a module is valid, and nothing else. What is wrong is the business of the explaining route.

pub(crate) mod body;
pub(crate) mod fp16;
pub(crate) mod limits;
pub(crate) mod parallel;
pub(crate) mod shared;

pub(crate) use parallel::is_valid;
