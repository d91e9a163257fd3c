//! The integration tests: one crate, so that there is one thing to link.

//mod corpus;
mod spec;
