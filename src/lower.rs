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

mod cache;
mod custom;
mod expr;
mod func;
mod module;
mod names;
mod plain;
pub(crate) mod scope;
mod types;
mod uses;

pub(crate) use expr::{Code as ExprCode, ExprLowerer, Mark};
pub(crate) use func::{Funcs, Parts, lower_form};
pub(crate) use module::{Lowered, ModuleBuilder, Places, Taken};
pub(crate) use scope::{Scope, Space};
pub(crate) use types::{ImplicitTypes, known_type};
pub(crate) use uses::Uses;
