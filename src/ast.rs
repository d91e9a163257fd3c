//! The syntax tree. It is flat: nodes refer to each other by position in the arenas of [`Ast`]. So there is no
//! allocation per node, and walking or dropping a tree needs no recursion.
//!
//! The tree follows the source text: names are not resolved, and abbreviations are not expanded.

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
    ANNOTATIONS, Annotation, AnnotationItem, Family, ItemKind, LINKING, Place, annotation_named,
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
