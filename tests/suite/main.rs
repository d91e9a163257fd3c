//! The integration tests, in one crate, so that only one binary is linked.

mod api;
mod bank;
mod check;
mod cli;
mod corpus;
mod departures;
mod dialect;
mod disassemble;
mod emit;
mod engine;
mod growth;
mod hostile;
mod instructions;
mod library;
mod pages;
#[cfg(feature = "cli")]
mod picture;
mod script_json;
mod smith;
mod source_map;
mod spec;
