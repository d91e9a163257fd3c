//! The actions of types, and of the types of memories, tables and globals.

use super::{Builder, named, take};
use crate::ast::{
    CompType, Field, GlobalType, Idx, Limits, MemoryType, Naming, Param, RecGroup, Run, StructField,
    TableType, TypeDef, TypeUse, TypeUseId, ValType, flags,
};
use crate::diagnostic::Code;
use crate::lex::Token;

impl Builder<'_> {
    pub(crate) fn num_type(&mut self, t: Token) -> ValType {
        ValType { start: t.start, idx: Idx::NONE, code: t.code as u8, flags: 0 }
    }

    pub(crate) fn abs_heap_type(&mut self, t: Token) -> ValType {
        ValType { start: t.start, idx: Idx::NONE, code: t.code as u8, flags: flags::REF }
    }

    pub(crate) fn concrete_heap_type(&mut self, x: Idx) -> ValType {
        ValType { start: 0, idx: x, code: 0, flags: flags::REF | flags::CONCRETE }
    }

    pub(crate) fn exact_heap_type(&mut self, x: Idx) -> ValType {
        ValType { start: 0, idx: x, code: 0, flags: flags::REF | flags::CONCRETE | flags::EXACT }
    }

    pub(crate) fn shared_heap_type(&mut self, t: Token) -> ValType {
        ValType { start: t.start, idx: Idx::NONE, code: t.code as u8, flags: flags::REF | flags::SHARED }
    }

    pub(crate) fn ref_type_abbreviation(&mut self, t: Token) -> ValType {
        ValType { flags: flags::REF | flags::NULL, ..self.abs_heap_type(t) }
    }

    pub(crate) fn ref_type(&mut self, t: Token, h: ValType) -> ValType {
        ValType { start: t.start, ..h }
    }

    pub(crate) fn ref_null_type(&mut self, t: Token, h: ValType) -> ValType {
        ValType { start: t.start, flags: h.flags | flags::NULL, ..h }
    }

    pub(crate) fn shared_ref_type(&mut self, t: Token, r: Token) -> ValType {
        ValType { start: t.start, flags: flags::REF | flags::NULL | flags::SHARED, ..self.abs_heap_type(r) }
    }

    pub(crate) fn mutable(&mut self, t: ValType) -> ValType {
        ValType { flags: t.flags | flags::MUT, ..t }
    }

    pub(crate) fn param(&mut self, ty: ValType) {
        self.ast.params.push(Param { naming: Naming::default(), ty });
    }

    pub(crate) fn named_param(&mut self, x: Option<Token>, n: Option<Token>, ty: ValType) {
        self.ast.params.push(Param { naming: named(x, n), ty });
    }

    pub(crate) fn local(&mut self, x: Option<Token>, n: Option<Token>, ty: ValType) {
        self.ast.params.push(Param { naming: named(x, n), ty });
    }

    pub(crate) fn result(&mut self, t: ValType) {
        self.ast.val_types.push(t);
    }

    /// Makes a `typeuse` of the pending parameters and results.
    pub(crate) fn type_use(&mut self, idx: Idx) -> TypeUseId {
        let params = take(&mut self.params_taken, self.ast.params.len());
        let results = take(&mut self.results_taken, self.ast.val_types.len());
        let inline = !params.is_empty() || !results.is_empty();
        self.ast.type_uses.push(TypeUse { idx, params, results, inline });
        TypeUseId(self.ast.type_uses.len() as u32 - 1)
    }

    pub(crate) fn field(&mut self, x: Option<Token>, n: Option<Token>, ty: ValType) {
        self.ast.struct_fields.push(StructField { naming: named(x, n), ty });
    }

    pub(crate) fn func_comp_type(&mut self) {
        self.comp = CompType::Func(self.type_use(Idx::NONE));
    }

    pub(crate) fn struct_comp_type(&mut self) {
        self.comp = CompType::Struct(take(&mut self.fields_taken, self.ast.struct_fields.len()));
    }

    pub(crate) fn array_comp_type(&mut self, t: ValType) {
        self.comp = CompType::Array(t);
    }

    pub(crate) fn cont_comp_type(&mut self, x: Idx) {
        self.comp = CompType::Cont(x);
    }

    pub(crate) fn shared_comp_type(&mut self) {
        self.comp_shared = true;
    }

    pub(crate) fn describe(&mut self, describes: Idx, descriptor: Idx) {
        self.describes = describes;
        self.descriptor = descriptor;
    }

    pub(crate) fn sub_type(&mut self, is_final: bool) {
        self.is_final = is_final;
        self.supers = self.take_list();
    }

    pub(crate) fn type_def(&mut self, s: Token, e: Token) {
        self.ast.type_defs.push(TypeDef {
            span: s.span().to(e.span()),
            naming: std::mem::take(&mut self.naming),
            comp: self.comp,
            is_final: self.is_final,
            shared: self.comp_shared,
            supers: self.supers,
            describes: self.describes,
            descriptor: self.descriptor,
        });
        self.is_final = true;
        self.comp_shared = false;
        self.supers = Run::default();
        self.describes = Idx::NONE;
        self.descriptor = Idx::NONE;
    }

    pub(crate) fn type_field(&mut self) {
        self.rec_group(false);
    }

    pub(crate) fn rec_field(&mut self) {
        self.rec_group(true);
    }

    fn rec_group(&mut self, explicit: bool) {
        let types = take(&mut self.types_taken, self.ast.type_defs.len());
        self.ast.fields.push(Field::Rec(RecGroup { types, explicit }));
    }

    pub(crate) fn addr_type(&mut self, is_64: bool) {
        self.limits = Limits { is_64, min: 0, max: None };
        self.shared = false;
        self.page_size = None;
    }

    pub(crate) fn limits(&mut self, min: Token, max: Option<Token>) {
        self.limits.min = self.unsigned(min, 64);
        self.limits.max = max.map(|t| self.unsigned(t, 64));
    }

    pub(crate) fn page_size(&mut self, n: Token) {
        let before = self.diagnostics.len();
        let size = self.unsigned(n, 32);
        if self.diagnostics.len() > before {
            return;
        }
        if size.is_power_of_two() {
            self.page_size = Some(size.trailing_zeros());
        } else {
            let message = format!("a page size must be a power of two, found `{}`", self.text(n.span()));
            self.error(Code::BadAlignment, n.span(), message);
        }
    }

    pub(crate) fn memory_type(&mut self, shared: bool) {
        self.shared = shared;
    }

    pub(crate) fn table_type(&mut self, shared: bool, t: ValType) {
        self.shared = shared;
        self.elem_type = t;
    }

    pub(crate) fn global_type(&mut self, ty: ValType, mutable: bool, shared: bool) {
        self.global_type = GlobalType { ty, mutable, shared };
    }

    pub(super) fn take_memory_type(&mut self) -> MemoryType {
        MemoryType { limits: self.limits, shared: self.shared, page_size: self.page_size }
    }

    pub(super) fn take_table_type(&mut self) -> TableType {
        TableType { limits: self.limits, shared: self.shared, elem: self.elem_type }
    }
}
