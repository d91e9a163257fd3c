//! Lowering: the syntax tree to the binary format.
//!
//! Names become indices, abbreviations and implicit types go, and bytes come out:
//!
//! * [`scope`] knows what is called what;
//! * [`types`] turns types, and finds or makes the function types that type uses stand for;
//! * [`expr`] turns instructions;
//! * [`func`] turns functions, each for itself, so that they need not wait for each other;
//! * [`module`] puts everything into sections;
//! * [`names`] makes the name section;
//! * [`uses`] records the features that the module uses.

pub(crate) mod cache;
pub(crate) mod custom;
pub(crate) mod func;
pub(crate) mod instr;
pub(crate) mod module;
pub(crate) mod names;
pub(crate) mod plain;
pub(crate) mod uses;

pub(crate) use func::{Funcs, Parts, lower_form};
pub(crate) use instr::{Code as ExprCode, ExprLowerer, Mark};
pub(crate) use module::funcs::Taken;
pub(crate) use module::{Lowered, ModuleBuilder, Places};

pub(crate) use uses::Uses;
