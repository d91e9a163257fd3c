//! Implicit types: function types that the source uses but does not define.

use crate::ast::Run;
use hashbrown::HashMap;

/// The type that a type use refers to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TypeRef {
    /// A type that the module defines.
    Index(u32),
    /// An implicit type: the range of its signature in a list of encoded signatures. Its index is known only after
    /// everything before it is lowered.
    Signature(Run),
}

/// The implicit types, in the order of their first use.
#[derive(Clone, Default)]
pub(crate) struct ImplicitTypes {
    map: HashMap<Vec<u8>, u32>,
    /// The encoded signatures, in the order of their indices.
    pub(crate) signatures: Vec<Vec<u8>>,
    /// The number of types that the module defines.
    defined: u32,
}

impl ImplicitTypes {
    /// Returns the implicit types of a module that defines `defined` types. `known` has the signatures that are known
    /// from an earlier round, usually none.
    pub(crate) fn new(defined: u32, known: &[Vec<u8>]) -> ImplicitTypes {
        let mut types = ImplicitTypes { defined, ..ImplicitTypes::default() };
        for signature in known {
            let run = Run { start: 0, end: signature.len() as u32 };
            types.index(TypeRef::Signature(run), signature);
        }
        types
    }

    /// Returns the index of the type with the signature, or `None` if there is no such implicit type.
    pub(crate) fn find(&self, signature: &[u8]) -> Option<u32> {
        self.map.get(signature).copied()
    }

    /// Returns the index of a type. An implicit type is added if it is new.
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
