//! Type uses: the types they stand for.

use super::scope::Scope;
use crate::ast::{Ast, Run, TypeUse, TypeUseId};
use crate::diagnostic::{Code, Diagnostic, counted};
use crate::lower::scope::Space;
use crate::span::Span;
use hashbrown::HashMap;

/// The type that a type use stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TypeRef {
    /// A type the module defines.
    Index(u32),
    /// The implicit type of a signature, encoded in a list of them. It gets its index when all
    /// before it have theirs.
    Signature(Run),
}

/// Finds the type that a type use stands for; a signature that no type of the module has goes to
/// `signatures`. `at` is where to complain that the use and the type do not agree.
pub(super) fn type_ref(
    scope: &Scope<'_>,
    ast: &Ast,
    id: TypeUseId,
    at: Span,
    signatures: &mut Vec<u8>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<TypeRef> {
    let TypeUse { idx, inline, .. } = ast.type_uses[id.0 as usize];
    let start = signatures.len();
    if idx.is_none() {
        if !scope.encode_signature(ast, id, signatures, diagnostics) {
            signatures.truncate(start);
            return None;
        }
        if let Some(index) = scope.plain_type(&signatures[start..]) {
            signatures.truncate(start);
            return Some(TypeRef::Index(index));
        }
        let run = Run { start: start as u32, end: signatures.len() as u32 };
        return Some(TypeRef::Signature(run));
    }
    let index = scope.index(ast, idx, Space::Type, diagnostics)?;
    scope.note_type(index);
    if inline {
        let said = diagnostics.len();
        let sound = scope.encode_signature(ast, id, signatures, diagnostics) && diagnostics.len() == said;
        let agrees = !sound || scope.signature(index) == Some(&signatures[start..]);
        signatures.truncate(start);
        if !agrees {
            let message = match scope.signature(index) {
                None if index >= scope.type_count() => {
                    format!(
                        "unknown type {index}: the module defines {}",
                        counted(scope.type_count().into(), "type")
                    )
                }
                None => format!("type {index} is not a function type"),
                Some(_) => "the parameters and results are not those of the type".to_owned(),
            };
            diagnostics.push(Diagnostic::error(Code::TypeUseMismatch, at, message));
            return None;
        }
    }
    Some(TypeRef::Index(index))
}

/// The index of the type that a type use stands for, once all implicit types are known.
pub(crate) fn known_type(
    scope: &Scope<'_>,
    ast: &Ast,
    id: TypeUseId,
    implicit: &ImplicitTypes,
) -> Option<u32> {
    let mut signatures = Vec::new();
    match type_ref(scope, ast, id, Span::default(), &mut signatures, &mut Vec::new())? {
        TypeRef::Index(index) => Some(index),
        TypeRef::Signature(run) => implicit.find(&signatures[run.range()]),
    }
}

/// The implicit types: those that are needed but not defined, in the order in which they are needed.
#[derive(Clone, Default)]
pub(crate) struct ImplicitTypes {
    map: HashMap<Vec<u8>, u32>,
    /// The signatures, in the order of their indices.
    pub(crate) signatures: Vec<Vec<u8>>,
    /// How many types the module defines.
    defined: u32,
}

impl ImplicitTypes {
    /// None yet, behind as many types as the module defines.
    pub(crate) fn new(defined: u32) -> ImplicitTypes {
        ImplicitTypes { defined, ..ImplicitTypes::default() }
    }

    /// Returns the implicit types that are known from an earlier round; usually none.
    pub(crate) fn known(scope: &Scope<'_>) -> ImplicitTypes {
        let mut types = ImplicitTypes::new(scope.type_count());
        for signature in scope.implicit_types() {
            let run = Run { start: 0, end: signature.len() as u32 };
            types.index(TypeRef::Signature(run), signature);
        }
        types
    }

    /// The index of a signature's type, if it was made.
    pub(crate) fn find(&self, signature: &[u8]) -> Option<u32> {
        self.map.get(signature).copied()
    }

    /// The index of the type, which is made if need be.
    pub(crate) fn index(&mut self, ty: TypeRef, signatures: &[u8]) -> u32 {
        let run = match ty {
            TypeRef::Index(index) => return index,
            TypeRef::Signature(run) => run,
        };
        let signature = &signatures[run.range()];
        if let Some(&index) = self.map.get(signature) {
            return index;
        }
        let index = self.defined + self.signatures.len() as u32;
        self.map.insert(signature.to_vec(), index);
        self.signatures.push(signature.to_vec());
        index
    }
}
