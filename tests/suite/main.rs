//! The integration tests: one crate, so that there is one thing to link.

mod bank;
mod check;
mod cli;
mod corpus;
mod departures;
mod dialect;
mod emit;
mod hostile;
mod instructions;
mod library;
mod pages;
mod smith;
mod spec;
