//! The arenas that hold all nodes of a tree.

use super::annotation::{Annotation, AnnotationItem};
use super::base::Run;
use super::instr::Instr;
use super::interner::Interner;
use super::module::{DataItem, Field, ImportItem};
use super::types::{Param, StructField, TypeDef, TypeUse, ValType};
use crate::span::Span;

/// A syntax tree: the arenas of its nodes.
#[derive(Default, Debug)]
pub(crate) struct Ast {
    /// Instructions of bodies and constant expressions, in the order of execution.
    pub(crate) instrs: Vec<Instr>,
    /// Immediates that do not fit into an [`Instr`].
    pub(crate) extra: Vec<u32>,
    /// Identifiers, and numbers too large for an [`Idx`](crate::ast::Idx).
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
    /// Bytes of numeric values and of decoded strings.
    pub(crate) bytes: Vec<u8>,
    pub(crate) data_items: Vec<DataItem>,
    /// Expressions of element segments, as ranges of `instrs`.
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

    /// Adds the type of an immediate and returns its position.
    pub(crate) fn add_immediate_type(&mut self, ty: ValType) -> u32 {
        self.immediate_types.push(ty);
        self.immediate_types.len() as u32 - 1
    }

    /// Removes all nodes and names and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.names.clear();
        self.clear_nodes();
    }

    /// Removes all nodes. The names keep their numbers, for other forms of the same source text.
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
