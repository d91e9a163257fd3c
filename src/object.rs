//! Objects: modules that a linker joins with those of C, C++ and Rust.
//!
//! An object is made of a lowered module, in which the places that a linker changes are padded and recorded
//! ([`crate::lower::Site`]), and of the annotations of linking in the text:
//!
//! * [`reader`] finds the annotations and what each belongs to, [`items`], [`qualifiers`] and [`reloc`] read their
//!   contents, [`annotations`] has the result;
//! * [`parts`] reads the lowered module, [`entities`] has its definitions with their places;
//! * [`types`] and [`checks`] reject what a linker cannot take, [`unrelocated`] warns of numbers that look like addresses;
//! * [`symbols`], [`data`], [`code`] and [`resolve`] determine symbols, segments and relocations;
//! * [`build`] puts the parts together, [`entry`] has what they share;
//! * [`write`], [`linking`], [`names`] and [`features`] write the object.
//!
//! Faults are data ([`fault`]). The explaining route words them.

mod ahead;
pub(crate) mod annotations;
pub(crate) mod build;
mod checks;
mod code;
pub(crate) mod data;
mod entities;
mod entry;
pub(crate) mod fault;
mod features;
mod items;
pub(crate) mod linking;
mod names;
mod parts;
pub(crate) mod qualifiers;
mod reader;
pub(crate) mod reloc;
pub(crate) mod relocation;
mod resolve;
pub(crate) mod symbols;
mod types;
mod unrelocated;
mod write;

pub(crate) use annotations::Annotations;
pub(crate) use build::build;
pub(crate) use entry::{Input, Object};
pub(crate) use fault::{Fault, FaultKind};
pub(crate) use parts::TypeKind;
pub(crate) use reader::annotations;
