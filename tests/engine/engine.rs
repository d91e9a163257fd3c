//! The tests that run modules on an engine. They are in a package of their own, since the engine takes minutes to compile:
//! `cargo test` in the root runs without it, and `cargo test --workspace` runs everything.

mod corpus;
mod examples;
mod scripts;
