//! The fields of a module in the order and form of the source text.

use super::annotation::Annotation;
use super::base::{Naming, Run};
use super::index::Idx;
use super::types::{GlobalType, MemoryType, RecGroup, TableType, TypeUseId, ValType};
use crate::span::Span;

/// A module field.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Field {
    Rec(RecGroup),
    Import(Import),
    Func(Func),
    Table(Table),
    Memory(Memory),
    Global(Global),
    Tag(Tag),
    Export(Export),
    Start(Span, Idx),
    Elem(Elem),
    Data(Data),
    Annotation(Annotation),
}

/// `externtype` of an import, with the identifier and name of the imported definition.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ExternDesc {
    pub(crate) span: Span,
    pub(crate) naming: Naming,
    pub(crate) ty: ExternType,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum ExternType {
    Func { type_use: TypeUseId, exact: bool },
    Table(TableType),
    Memory(MemoryType),
    Global(GlobalType),
    Tag(TypeUseId),
}

/// An import field. Each of `module` and `name` is a string token.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Import {
    Single {
        span: Span,
        module: Span,
        name: Span,
        desc: ExternDesc,
    },
    /// Compact imports, in [`crate::ast::Ast::import_items`], each with its own description.
    Items {
        span: Span,
        module: Span,
        items: Run,
    },
    /// Compact imports with one description.
    Names {
        span: Span,
        module: Span,
        items: Run,
        desc: ExternDesc,
    },
}

/// One of several imports from the same module.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ImportItem {
    pub(crate) name: Span,
    pub(crate) desc: Option<ExternDesc>,
}

/// A function definition. An inline import is an [`Import`]; inline exports of any field are
/// [`Export`]s before that field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Func {
    pub(crate) span: Span,
    pub(crate) naming: Naming,
    pub(crate) type_use: TypeUseId,
    /// In [`crate::ast::Ast::params`].
    pub(crate) locals: Run,
    /// In [`crate::ast::Ast::instrs`].
    pub(crate) body: Run,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Table {
    pub(crate) span: Span,
    pub(crate) naming: Naming,
    pub(crate) ty: TableType,
    pub(crate) init: TableInit,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum TableInit {
    /// Nulls.
    Default,
    /// The value of an expression.
    Expr(Run),
    /// Elements, which also determine the limits.
    Elems(ElemItems),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Memory {
    pub(crate) span: Span,
    pub(crate) naming: Naming,
    pub(crate) ty: MemoryType,
    pub(crate) init: MemoryInit,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum MemoryInit {
    /// Zeros.
    Default,
    /// Data, which also determine the limits; in [`crate::ast::Ast::data_items`].
    Data(Run),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Global {
    pub(crate) span: Span,
    pub(crate) naming: Naming,
    pub(crate) ty: GlobalType,
    pub(crate) init: Run,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Tag {
    pub(crate) span: Span,
    pub(crate) naming: Naming,
    pub(crate) type_use: TypeUseId,
}

/// An export. An inline export refers to the definition of the next field that is not an export.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Export {
    pub(crate) span: Span,
    /// A string token.
    pub(crate) name: Span,
    pub(crate) kind: wasm_encoder::ExportKind,
    /// [`Idx::NONE`] for an inline export.
    pub(crate) idx: Idx,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Elem {
    pub(crate) span: Span,
    pub(crate) naming: Naming,
    pub(crate) mode: ElemMode,
    pub(crate) items: ElemItems,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum ElemMode {
    Passive,
    Declare,
    /// The table is [`Idx::NONE`] if it is omitted.
    Active {
        table: Idx,
        offset: Run,
    },
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum ElemItems {
    /// Functions, as raw [`Idx`] in [`crate::ast::Ast::extra`].
    Funcs(Run),
    /// Expressions of a type, in [`crate::ast::Ast::exprs`].
    Exprs(ValType, Run),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Data {
    pub(crate) span: Span,
    pub(crate) naming: Naming,
    pub(crate) mode: DataMode,
    /// In [`crate::ast::Ast::data_items`].
    pub(crate) items: Run,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum DataMode {
    Passive,
    /// The memory is [`Idx::NONE`] if it is omitted.
    Active {
        memory: Idx,
        offset: Run,
    },
}

/// A part of a data segment.
#[derive(Clone, Copy, Debug)]
pub(crate) enum DataItem {
    /// A string token.
    String(Span),
    /// Numeric values, in [`crate::ast::Ast::bytes`].
    Bytes(Run),
    /// A decoded string, in [`crate::ast::Ast::bytes`].
    Decoded(Run),
}

/// The placement of a custom section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CustomPlace {
    Before(Section),
    After(Section),
}

/// A section, by its name in annotations, in the order of the binary format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Section {
    First,
    Type,
    Import,
    Func,
    Table,
    Memory,
    Tag,
    Global,
    Export,
    Start,
    Elem,
    Code,
    Data,
    Last,
}
