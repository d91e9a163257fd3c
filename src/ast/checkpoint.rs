//! Removes the nodes of a malformed form.

use super::arena::Ast;

/// The lengths of the arenas at one point of parsing.
pub(crate) struct Checkpoint {
    fields: usize,
    type_defs: usize,
    struct_fields: usize,
    params: usize,
    val_types: usize,
    instrs: usize,
    exprs: usize,
    strings: usize,
    data_items: usize,
    import_items: usize,
    annotation_items: usize,
    code_metadata: usize,
}

impl Checkpoint {
    pub(crate) fn of(ast: &Ast) -> Checkpoint {
        Checkpoint {
            fields: ast.fields.len(),
            type_defs: ast.type_defs.len(),
            struct_fields: ast.struct_fields.len(),
            params: ast.params.len(),
            val_types: ast.val_types.len(),
            instrs: ast.instrs.len(),
            exprs: ast.exprs.len(),
            strings: ast.strings.len(),
            data_items: ast.data_items.len(),
            import_items: ast.import_items.len(),
            annotation_items: ast.annotation_items.len(),
            code_metadata: ast.code_metadata.len(),
        }
    }

    /// Removes the nodes that were added after the checkpoint. Entries of `extra`, `type_uses` and other arenas that only
    /// they refer to stay.
    pub(crate) fn restore(&self, ast: &mut Ast) {
        ast.fields.truncate(self.fields);
        ast.type_defs.truncate(self.type_defs);
        ast.struct_fields.truncate(self.struct_fields);
        ast.params.truncate(self.params);
        ast.val_types.truncate(self.val_types);
        ast.instrs.truncate(self.instrs);
        ast.exprs.truncate(self.exprs);
        ast.strings.truncate(self.strings);
        ast.data_items.truncate(self.data_items);
        ast.import_items.truncate(self.import_items);
        ast.annotation_items.truncate(self.annotation_items);
        ast.code_metadata.truncate(self.code_metadata);
    }
}
