//! The syntax tree: flat. Everything is a number into one of the arenas of [`Ast`], so that there is
//! no allocation per node, and nothing recursive to walk or to drop.
//!
//! The tree says what the text says: names are not resolved, abbreviations not expanded.

mod annotation;
mod checkpoint;
mod instr;
mod interner;
mod memo;
mod module;
pub(crate) mod script;
mod types;

pub(crate) use annotation::{
    ANNOTATIONS, Annotation, AnnotationItem, Family, ItemKind, Place, annotation_named,
};
pub(crate) use checkpoint::Checkpoint;
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

use crate::span::Span;

/// A reference to something by number or by name: `idx` of the text format.
///
/// Numbers from 2^31 on are kept among the names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Idx(u32);

impl Idx {
    /// No reference, where there may be none.
    pub(crate) const NONE: Idx = Idx(u32::MAX);
    const NAME: u32 = 1 << 31;

    /// The thing of that number, which is below 2^31.
    pub(crate) const fn number(number: u32) -> Idx {
        Idx(number)
    }

    /// What is written at `slot` of [`Ast::names`].
    pub(crate) const fn name(slot: u32) -> Idx {
        Idx(slot | Idx::NAME)
    }

    pub(crate) fn is_none(self) -> bool {
        self == Idx::NONE
    }

    pub(crate) fn get(self) -> IdxKind {
        if self.0 & Idx::NAME == 0 { IdxKind::Number(self.0) } else { IdxKind::Written(self.0 & !Idx::NAME) }
    }

    /// As it is kept in an instruction.
    pub(crate) const fn raw(self) -> u32 {
        self.0
    }

    pub(crate) const fn from_raw(raw: u32) -> Idx {
        Idx(raw)
    }
}

/// What an [`Idx`] is.
pub(crate) enum IdxKind {
    /// A number below 2^31.
    Number(u32),
    /// A slot of [`Ast::names`].
    Written(u32),
}

/// A stretch of one of the arenas.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Run {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Run {
    pub(crate) fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    pub(crate) fn len(self) -> u32 {
        self.end - self.start
    }

    pub(crate) fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// What a thing is called: its identifier, and the name it shall have in the name section.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Naming {
    /// The identifier, dollar sign included.
    pub(crate) id: Option<Span>,
    /// The string of an annotation `@name`.
    pub(crate) name: Option<Span>,
}

/// The arenas.
#[derive(Default, Debug)]
pub(crate) struct Ast {
    /// Instructions of bodies and constant expressions, in the order of execution.
    pub(crate) instrs: Vec<Instr>,
    /// Immediates that do not fit into an instruction.
    pub(crate) extra: Vec<u32>,
    /// Identifiers, and numbers too large for an [`Idx`].
    pub(crate) names: Interner,
    /// Types that are immediates of instructions.
    pub(crate) immediate_types: Vec<ValType>,
    pub(crate) val_types: Vec<ValType>,
    /// Parameters of type uses and function types, and locals.
    pub(crate) params: Vec<Param>,
    pub(crate) type_uses: Vec<TypeUse>,
    pub(crate) struct_fields: Vec<StructField>,
    pub(crate) type_defs: Vec<TypeDef>,
    /// String tokens.
    pub(crate) strings: Vec<Span>,
    /// Bytes of numeric values.
    pub(crate) bytes: Vec<u8>,
    pub(crate) data_items: Vec<DataItem>,
    /// Lists of expressions: each the end of one in `instrs`, which begins where the last ends.
    pub(crate) exprs: Vec<Run>,
    pub(crate) import_items: Vec<ImportItem>,
    pub(crate) annotation_items: Vec<AnnotationItem>,
    pub(crate) code_metadata: Vec<Annotation>,
    pub(crate) fields: Vec<Field>,
}

impl Ast {
    /// Appends words to `extra` and returns the position of the first.
    pub(crate) fn add_extra(&mut self, words: &[u32]) -> u32 {
        let at = self.extra.len() as u32;
        self.extra.extend_from_slice(words);
        at
    }

    /// Adds a type that is an immediate and returns its position.
    pub(crate) fn add_immediate_type(&mut self, ty: ValType) -> u32 {
        self.immediate_types.push(ty);
        self.immediate_types.len() as u32 - 1
    }

    /// Removes all nodes and names and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.names.clear();
        self.clear_nodes();
    }

    /// Removes all nodes. The names keep their numbers for other forms of the same text.
    pub(crate) fn clear_nodes(&mut self) {
        let Ast {
            instrs,
            extra,
            names: _,
            immediate_types,
            val_types,
            params,
            type_uses,
            struct_fields,
            type_defs,
            strings,
            bytes,
            data_items,
            exprs,
            import_items,
            annotation_items,
            code_metadata,
            fields,
        } = self;
        instrs.clear();
        extra.clear();
        immediate_types.clear();
        val_types.clear();
        params.clear();
        type_uses.clear();
        struct_fields.clear();
        type_defs.clear();
        strings.clear();
        bytes.clear();
        data_items.clear();
        exprs.clear();
        import_items.clear();
        annotation_items.clear();
        code_metadata.clear();
        fields.clear();
    }
}
