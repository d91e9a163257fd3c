//! Checks the types and bodies of functions.

use super::body;
use super::context::Body;
use super::skeleton::Checker;
use super::type_uses::not_a_func_type;
use super::types;
use crate::ast::{Ast, CompType, ExternType, Field, Func, Import, Naming, TypeDef, TypeUseId, ValType};
use crate::diagnostic::Diagnostic;
use crate::explain::explainer::{Explainer, LoweredForms};
use crate::lower::CodeOrigin;
use crate::resolve::{ImplicitTypes, IndexSpace};
use crate::span::Span;

impl Explainer<'_> {
    /// Returns the type of each function, or `None` if it is unknown, and errors for types that are not function types.
    pub(crate) fn func_types(&self, implicit: &ImplicitTypes) -> (Vec<Option<u32>>, Vec<Diagnostic>) {
        let scope = &self.outline.symbols;
        let mut wrong = Vec::new();
        let types = self.funcs.iter().map(|func| {
            let tree = func.tree.as_ref()?;
            let type_use = tree.fields.iter().find_map(|field| match field {
                Field::Func(func) => Some(func.type_use),
                Field::Import(Import::Single { desc, .. }) => match desc.ty {
                    ExternType::Func { type_use, .. } => Some(type_use),
                    _ => None,
                },
                _ => None,
            })?;
            let index = crate::resolve::type_use::known_type(scope, tree, type_use, implicit)?;
            if scope.is_func_type(index, implicit) {
                return Some(index);
            }
            wrong.extend(not_a_func_type(&self.declared, scope, tree, type_use, func.form, index));
            None
        });
        (types.collect(), wrong)
    }

    /// The encoded parameters and results of functions next to a type that does not fit them, with the index of the
    /// function among those with a form.
    pub(crate) fn written_signatures(&self) -> Vec<(usize, Vec<u8>)> {
        let written = self.funcs.iter().enumerate().filter_map(|(at, item)| {
            let tree = item.tree.as_ref()?;
            let func = defined(tree)?;
            Some((at, self.unfit_signature(tree, func.type_use)?))
        });
        written.collect()
    }

    /// The encoded parameters and results next to a type that does not fit them. `None` if it fits, or one of the two is
    /// not written.
    pub(super) fn unfit_signature(&self, tree: &Ast, id: TypeUseId) -> Option<Vec<u8>> {
        let scope = &self.outline.symbols;
        let type_use = tree.type_uses[id.0 as usize];
        let mut signature = Vec::new();
        let is_written = type_use.inline
            && !type_use.idx.is_none()
            && scope.encode_signature(tree, id, &mut signature, &mut Vec::new());
        if !is_written {
            return None;
        }
        let index = scope.index(tree, type_use.idx, IndexSpace::Type, &mut Vec::new());
        let fits = index.is_some_and(|index| scope.signature(index) == Some(&signature[..]));
        (!fits).then_some(signature)
    }

    /// Checks the bodies of all functions with a known type.
    pub(crate) fn check_bodies(
        &mut self,
        forms: &LoweredForms,
        func_types: &[Option<u32>],
        written: &[usize],
        checker: &Checker,
    ) {
        let defs = types::definitions(&self.outline.fields);
        let lowered = &forms.lowered;
        let mut bodies = lowered.places.bodies.iter();
        let mut found = Vec::new();
        let mut written = written.iter().zip(checker.written..).peekable();
        for (at, (item, ty)) in self.funcs.iter().zip(func_types).enumerate() {
            if !self.pace.goes_on(item.form.len() as usize) {
                return;
            }
            let Some(tree) = &item.tree else { continue };
            let Some(func) = defined(tree) else { continue };
            let Some((body, marks)) = bodies.next() else { continue };
            let written = written.next_if(|(func, _)| **func == at).map(|(_, ty)| ty);
            let Some(ty) = ty.or(written) else { continue };
            let marks = lowered.places.code[marks.range()].iter();
            let marks: Vec<CodeOrigin> =
                marks.map(|mark| CodeOrigin { at: mark.at - body.start, ..*mark }).collect();
            let locals = self.locals(tree, func, &defs, ty);
            let body = Body {
                func: item.index,
                ty,
                bytes: &lowered.bytes[body.range()],
                marks: &marks,
                form: item.form,
                is_broken: item.is_broken || forms.broken.contains(&item.index),
                locals: &locals,
                constant_of: None,
            };
            let errors = body::check(checker, &self.declared, &body);
            // If the parameters and results next to a type are wrong, the body may be meant for the type.
            let meant = written.filter(|_| !errors.is_empty()).and_then(|_| self.type_before(tree, func));
            let meant = meant.map(|ty| body::check(checker, &self.declared, &Body { ty, ..body }));
            found.extend(match meant {
                Some(fewer) if fewer.len() < errors.len() => fewer,
                _ => errors,
            });
        }
        self.diagnostics.extend(found);
    }

    /// The function type in a type use, if it has as many parameters as are next to it.
    fn type_before(&self, tree: &Ast, func: &Func) -> Option<u32> {
        let scope = &self.outline.symbols;
        let type_use = tree.type_uses[func.type_use.0 as usize];
        let index = scope.index(tree, type_use.idx, IndexSpace::Type, &mut Vec::new())?;
        (scope.param_count(index) == Some(type_use.params.len())).then_some(index)
    }

    /// The declarations of the parameters and locals of a function.
    fn locals(&self, ast: &Ast, func: &Func, defs: &[TypeDef], ty: u32) -> Vec<Span> {
        let place =
            |naming: Naming, ty: ValType| naming.id.unwrap_or_else(|| self.declared.type_at(ty.start));
        let type_use = ast.type_uses[func.type_use.0 as usize];
        let mut locals: Vec<Span> = Vec::new();
        if type_use.inline || type_use.idx.is_none() {
            locals.extend(
                ast.params[type_use.params.range()].iter().map(|param| place(param.naming, param.ty)),
            );
        } else if let Some(CompType::Func(id)) = defs.get(ty as usize).map(|def| def.comp) {
            let params = self.outline.fields.type_uses[id.0 as usize].params;
            locals.extend(
                self.outline.fields.params[params.range()].iter().map(|param| place(param.naming, param.ty)),
            );
        }
        locals.extend(ast.params[func.locals.range()].iter().map(|local| place(local.naming, local.ty)));
        locals
    }
}

/// The function that a form defines.
pub(super) fn defined(tree: &Ast) -> Option<&Func> {
    tree.fields.iter().find_map(|field| match field {
        Field::Func(func) => Some(func),
        _ => None,
    })
}
