//! Validation: wasmparser on the bytes, and the rules that it lacks. It only finds out whether a module is valid; the
//! explaining route explains why it is not.

pub(crate) mod body;
pub(crate) mod fp16;
pub(crate) mod items;
pub(crate) mod limits;
pub(crate) mod parallel;
pub(crate) mod shared;

pub(crate) use parallel::is_valid;
