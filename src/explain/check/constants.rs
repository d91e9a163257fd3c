//! The constant expressions of a module.

use super::body;
use super::context::Body;
use super::skeleton::{Checker, Declarations};
use crate::ast::{DataMode, ElemItems, ElemMode, Field, Idx, Run, TableInit, ValType};
use crate::explain::explainer::Explainer;
use crate::lower::{CodeBuffer, FuncLowerer};
use crate::resolve::{Fault, IndexSpace};
use crate::span::Span;
use wasm_encoder as enc;

impl Explainer<'_> {
    /// Returns the constant expressions of all fields.
    pub(crate) fn expressions(&self, declarations: &Declarations) -> Vec<Expression> {
        let scope = &self.outline.symbols;
        let ast = &self.outline.fields;
        let mut found = Vec::new();
        let val_type = |ty: ValType| scope.val_type(ast, ty, &mut Vec::new()).unwrap_or(enc::ValType::I32);
        let (tables, memories) = declarations.is_64();
        let addr = |idx: Idx, space: IndexSpace| {
            let index = if idx.is_none() { Some(0) } else { scope.index(ast, idx, space, &mut Vec::new()) };
            let all = if space == IndexSpace::Table { &tables } else { &memories };
            match index.and_then(|index| all.get(index as usize)) {
                Some(true) => enc::ValType::I64,
                _ => enc::ValType::I32,
            }
        };
        let mut push = |body: Run, ty, form, what| found.push(Expression { body, ty, form, what });
        let elems =
            |items: &ElemItems, form: Span, push: &mut dyn FnMut(Run, enc::ValType, Span, &'static str)| {
                if let ElemItems::Exprs(ty, run) = items {
                    for &expr in &ast.exprs[run.range()] {
                        push(expr, val_type(*ty), form, "element expression");
                    }
                }
            };
        for field in &ast.fields {
            match field {
                Field::Global(global) => {
                    push(global.init, val_type(global.ty.ty), global.span, "initial value of the global");
                }
                Field::Table(table) => match &table.init {
                    TableInit::Expr(body) => {
                        push(*body, val_type(table.ty.elem), table.span, "initial value of the table");
                    }
                    TableInit::Elems(items) => elems(items, table.span, &mut push),
                    TableInit::Default => {}
                },
                Field::Elem(elem) => {
                    if let ElemMode::Active { table, offset } = elem.mode {
                        push(offset, addr(table, IndexSpace::Table), elem.span, "offset of the segment");
                    }
                    elems(&elem.items, elem.span, &mut push);
                }
                Field::Data(data) => {
                    if let DataMode::Active { memory, offset } = data.mode {
                        push(offset, addr(memory, IndexSpace::Memory), data.span, "offset of the segment");
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// Checks the constant expressions.
    pub(crate) fn check_constants(&mut self, checker: &Checker, expressions: &[Expression]) {
        let scope = &self.outline.symbols;
        let mut exprs = FuncLowerer::default();
        for expression in expressions {
            let mut code = CodeBuffer { marks: Some(Vec::new()), bytes: vec![0], ..CodeBuffer::default() };
            exprs.clear();
            let end = expression.form.end.saturating_sub(1);
            exprs.expr(scope, &self.outline.fields, expression.body, end, &mut code);
            let Some(ty) = checker.constant(expression.ty) else { continue };
            let body = Body {
                func: u32::MAX,
                ty,
                bytes: &code.bytes,
                marks: code.marks.as_deref().unwrap_or_default(),
                form: expression.form,
                is_broken: code.faults.iter().any(Fault::is_error),
                locals: &[],
                constant_of: Some(expression.what),
            };
            if code.fixups.is_empty() {
                self.diagnostics.extend(body::check(checker, &self.declared, &body));
            }
        }
    }
}

/// A constant expression.
pub(crate) struct Expression {
    body: Run,
    pub(crate) ty: enc::ValType,
    form: Span,
    what: &'static str,
}
