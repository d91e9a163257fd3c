//! Lowering: the syntax tree to the binary format.
//!
//! Names become indices, abbreviations are expanded, and bytes are written:
//!
//! * [`instr`] and [`plain`] encode instructions;
//! * [`func`] lowers functions, each separately, so that threads can work on different ones;
//! * [`module`] puts everything into sections, and adds the indices of implicit types;
//! * [`custom`] encodes annotations;
//! * [`names`] writes the name section;
//! * [`site`] records the places that a linker changes, for objects;
//! * [`uses`] records the features that the module uses.

pub(crate) mod cache;
pub(crate) mod custom;
pub(crate) mod func;
pub(crate) mod instr;
pub(crate) mod module;
pub(crate) mod names;
pub(crate) mod plain;
pub(crate) mod site;
pub(crate) mod uses;

pub(crate) use func::{LoweredFuncs, Parts, lower_form};
pub(crate) use instr::{CodeBuffer, CodeOrigin, FuncLowerer};
pub(crate) use module::funcs::UnitCursor;
pub(crate) use module::{LoweredModule, ModuleBuilder, Origins, Relocated, export_space};
pub(crate) use site::{Site, SiteKind};

pub(crate) use uses::Uses;
