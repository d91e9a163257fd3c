//! The checks of the explaining route: types, fields, constant expressions and bodies, each separately.
//!
//! wasmparser validates a skeleton of the module, in which everything is declared and nothing is defined; then each
//! part is checked against it. [`verdict`] reads wasmparser's messages, and one file for each kind of rule explains
//! them.

pub(crate) mod body;
pub(crate) mod candidates;
pub(crate) mod closed_labels;
pub(crate) mod constants;
pub(crate) mod constness;
pub(crate) mod context;
pub(crate) mod continuations;
pub(crate) mod conversions;
pub(crate) mod declarations;
pub(crate) mod declared;
pub(crate) mod describe;
pub(crate) mod descriptors;
pub(crate) mod fault;
pub(crate) mod features;
pub(crate) mod fields;
pub(crate) mod folded;
pub(crate) mod folds;
pub(crate) mod functions;
pub(crate) mod handlers;
pub(crate) mod indices;
pub(crate) mod infix;
pub(crate) mod instruction_specific;
pub(crate) mod lacking;
pub(crate) mod limits;
pub(crate) mod local_types;
pub(crate) mod locate;
pub(crate) mod naming;
pub(crate) mod operands;
pub(crate) mod order;
pub(crate) mod origin;
pub(crate) mod recovery;
pub(crate) mod references;
pub(crate) mod related;
pub(crate) mod results;
pub(crate) mod rules;
pub(crate) mod shape;
pub(crate) mod shifted;
pub(crate) mod skeleton;
pub(crate) mod stack;
pub(crate) mod type_section;
pub(crate) mod type_uses;
pub(crate) mod types;
pub(crate) mod unused;
pub(crate) mod verdict;
pub(crate) mod words;
