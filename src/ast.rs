//! The syntax tree: flat. Everything is a number into one of the arenas of [`Ast`], so that there is
//! no allocation per node, and nothing recursive to walk or to drop.
//!
//! The tree says what the text says: names are not resolved, abbreviations not expanded.

mod annotation;
mod arena;
mod base;
mod checkpoint;
mod index;
mod instr;
mod interner;
mod memo;
mod module;
pub(crate) mod script;
mod types;

pub(crate) use annotation::{
    ANNOTATIONS, Annotation, AnnotationItem, Family, ItemKind, Place, annotation_named,
};
pub(crate) use arena::Ast;
pub(crate) use base::{Naming, Run};
pub(crate) use checkpoint::Checkpoint;
pub(crate) use index::{Idx, IdxKind};
pub(crate) use instr::{Instr, MemArg, has, memarg, words_of};
pub(crate) use interner::Interner;
pub(crate) use memo::Key as MemoKey;
pub(crate) use module::{
    CustomPlace, Data, DataItem, DataMode, Elem, ElemItems, ElemMode, Export, ExternDesc, ExternType, Field,
    Func, Global, Import, ImportItem, Memory, MemoryInit, Section, Table, TableInit, Tag,
};
pub(crate) use types::{
    CompType, GlobalType, Limits, MemoryType, Param, RecGroup, StructField, TableType, TypeDef, TypeUse,
    TypeUseId, ValType, flags,
};
