//! Type uses, and the types that they refer to.

use super::SymbolTable;
use super::fault::{Fault, TypeUseFault};
use super::implicit::{ImplicitTypes, TypeRef};
use super::names::IndexSpace;
use crate::ast::{Ast, Run, TypeUse, TypeUseId};
use crate::span::Span;

/// Returns the type that a type use refers to, or `None` if there is a fault. The signature of an implicit type is
/// appended to `signatures`. `at` is the place of a fault about the signature.
pub(crate) fn type_ref(
    scope: &SymbolTable<'_>,
    ast: &Ast,
    id: TypeUseId,
    at: Span,
    signatures: &mut Vec<u8>,
    faults: &mut Vec<Fault>,
) -> Option<TypeRef> {
    let TypeUse { idx, inline, .. } = ast.type_uses[id.0 as usize];
    let start = signatures.len();
    if idx.is_none() {
        if !scope.encode_signature(ast, id, signatures, faults) {
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
    let index = scope.index(ast, idx, IndexSpace::Type, faults)?;
    scope.note_type(index);
    if inline {
        let before = faults.len();
        let sound = scope.encode_signature(ast, id, signatures, faults) && faults.len() == before;
        let agrees = !sound || scope.signature(index) == Some(&signatures[start..]);
        signatures.truncate(start);
        if !agrees {
            let kind = match scope.signature(index) {
                None if index >= scope.type_count() => TypeUseFault::UnknownType,
                None => TypeUseFault::NotAFunctionType,
                Some(_) => TypeUseFault::OtherSignature,
            };
            faults.push(Fault::TypeUse { at, index, kind });
            return None;
        }
    }
    Some(TypeRef::Index(index))
}

/// The index of the type that a type use stands for, once all implicit types are known.
pub(crate) fn known_type(
    scope: &SymbolTable<'_>,
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
