//! The integration tests, in one crate, so that only one binary is linked.

mod api;
mod architecture;
mod bank;
mod binary;
mod branch_hints;
mod characters;
mod check;
mod cli;
mod completions;
mod corpus;
mod departures;
mod dialect;
mod disassemble;
mod editors;
mod emit;
#[cfg(feature = "cli")]
mod examples;
mod features;
mod fix_rule;
mod fixes;
mod growth;
mod hostile;
mod instructions;
mod library;
mod linking;
mod lints;
mod messages;
mod not_wat;
mod objects;
mod outputs;
mod pages;
#[cfg(feature = "cli")]
mod picture;
mod repeated;
mod sarif;
mod script_json;
mod shell;
mod smith;
mod source_map;
mod spec;
mod terminal;
