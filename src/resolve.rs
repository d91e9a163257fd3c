//! Name resolution: the symbol table of a module, and indices for its uses of names.

pub(crate) mod fault;
pub(crate) mod implicit;
pub(crate) mod names;
pub(crate) mod type_use;

pub(crate) use fault::Fault;
pub(crate) use implicit::{ImplicitTypes, TypeRef};
pub(crate) use names::{AMBIGUOUS, IndexSpace, Symbols};

use crate::ast::{
    Ast, CompType, Field, Idx, IdxKind, Naming, Run, TypeDef, TypeUse, TypeUseId, ValType, flags,
};
use crate::lex::number;
use crate::span::Span;
use hashbrown::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use wasm_encoder::{AbstractHeapType, Encode, HeapType, RefType};

/// The index that stands for a type number that no type has, on the explaining route. No module may define as many
/// types.
const NO_SUCH_TYPE: u32 = 1_048_000;

/// A type of the module.
#[derive(Clone, Copy)]
struct TypeInfo {
    /// For a function type: the range of its encoded signature, and the number of its parameters.
    signature: Option<(Run, u32)>,
}

/// The symbol table of a module.
pub(crate) struct SymbolTable<'s> {
    pub(crate) source: &'s str,
    spaces: [Symbols<'s>; 8],
    /// The named fields of each struct type.
    fields: HashMap<u32, Symbols<'s>>,
    infos: Vec<TypeInfo>,
    signatures: Vec<u8>,
    /// The type that a type use with the signature refers to, if the module defines one.
    plain: HashMap<Vec<u8>, u32>,
    /// Whether a type use has the number of a type that no field defines. It may be an implicit type.
    names_implicit: AtomicBool,
    /// The signatures of the implicit types, if they are known and the source uses the number of one.
    implicit: Vec<Vec<u8>>,
    /// Poisoned definitions; only on the explaining route.
    faulty: Option<Box<Faulty>>,
}

/// A snapshot of the poisoned definitions.
pub(crate) struct Poison(HashSet<(IndexSpace, u32)>);

/// Poisoned definitions. Errors in their uses are suppressed.
#[derive(Default)]
pub(crate) struct Faulty {
    things: HashSet<(IndexSpace, u32)>,
    /// The index of the type that stands for unknown types.
    unknown_type: Option<u32>,
    /// The number of implicit types, if it is known.
    implicit_types: Option<u32>,
    /// The largest type number in the source that no field defines, while the number of implicit types is unknown.
    largest_type: AtomicU32,
}

impl<'s> SymbolTable<'s> {
    pub(crate) fn new(source: &'s str) -> SymbolTable<'s> {
        SymbolTable {
            source,
            spaces: Default::default(),
            fields: HashMap::new(),
            infos: Vec::new(),
            signatures: Vec::new(),
            plain: HashMap::new(),
            names_implicit: AtomicBool::new(false),
            implicit: Vec::new(),
            faulty: None,
        }
    }

    /// Makes the symbol table tolerant: unknown types become a type that is defined after all others. Returns its index.
    pub(crate) fn look_for_errors(&mut self) -> u32 {
        let index = self.infos.len() as u32;
        self.infos.push(TypeInfo { signature: None });
        self.faulty.get_or_insert_default().unknown_type = Some(index);
        index
    }

    /// Takes note of the implicit types, on the explaining route. Returns whether lowering must run again because
    /// the source uses numbers of implicit types, or numbers that no type has.
    pub(crate) fn learns_implicit(&mut self, implicit: &ImplicitTypes) -> bool {
        let learns = self.learns(implicit);
        let faulty = self.faulty.get_or_insert_default();
        let count = implicit.signatures.len() as u32;
        let is_first = faulty.implicit_types.replace(count).is_none();
        let types = faulty.unknown_type.unwrap_or(0).saturating_add(count);
        learns || is_first && *faulty.largest_type.get_mut() >= types.max(1)
    }

    /// Whether a number in the source may be that of a type that does not exist.
    pub(crate) fn has_unknown_number(&self) -> bool {
        self.faulty.as_ref().is_some_and(|faulty| faulty.largest_type.load(Ordering::Relaxed) > 0)
    }

    /// Poisons a definition.
    pub(crate) fn set_faulty(&mut self, space: IndexSpace, index: u32) {
        self.faulty.get_or_insert_default().things.insert((space, index));
    }

    /// Whether a definition is poisoned.
    pub(crate) fn is_faulty(&self, space: IndexSpace, index: u32) -> bool {
        self.faulty.as_ref().is_some_and(|faulty| faulty.things.contains(&(space, index)))
    }

    /// The type that stands for unknown types, on the explaining route.
    pub(crate) fn unknown_type(&self) -> Option<u32> {
        self.faulty.as_ref().and_then(|faulty| faulty.unknown_type)
    }

    fn unknown_ref(&self) -> Option<RefType> {
        self.unknown_type().map(|index| RefType { nullable: true, heap_type: HeapType::Concrete(index) })
    }

    /// The index of a number in the source. On the explaining route, implicit types come after the type that stands for
    /// unknown types, so their indices are larger by one.
    #[inline]
    fn beside_unknown(&self, space: IndexSpace, number: u32) -> u32 {
        match &self.faulty {
            Some(faulty) if space == IndexSpace::Type => match faulty.unknown_type {
                Some(unknown) if number >= unknown => match faulty.implicit_types {
                    Some(implicit) if number - unknown >= implicit => NO_SUCH_TYPE,
                    Some(_) => number.saturating_add(1),
                    None => {
                        faulty.largest_type.fetch_max(number, Ordering::Relaxed);
                        number.saturating_add(1)
                    }
                },
                _ => number,
            },
            _ => number,
        }
    }

    /// Whether the symbol table is that of the explaining route.
    pub(crate) fn is_faulty_somewhere(&self) -> bool {
        self.faulty.is_some()
    }

    /// Returns `index`, or `None` if the definition is poisoned.
    #[inline]
    fn sound(&self, space: IndexSpace, index: u32) -> Option<u32> {
        match &self.faulty {
            None => Some(index),
            Some(_) => (!self.is_faulty(space, index)).then_some(index),
        }
    }

    pub(crate) fn names(&self, space: IndexSpace) -> &Symbols<'s> {
        &self.spaces[space as usize]
    }

    /// The names of the fields of a struct type.
    pub(crate) fn field_names(&self, ty: u32) -> Option<&Symbols<'s>> {
        self.fields.get(&ty)
    }

    /// Declares the next definition of an index space.
    pub(crate) fn define(&mut self, space: IndexSpace, naming: Naming, faults: &mut Vec<Fault>) {
        if let Err(first) = self.spaces[space as usize].define(self.source, naming.id)
            && let Some(id) = naming.id
        {
            faults.push(Fault::DuplicateName { space, id, first });
            // Uses of the name are ambiguous.
            if let Some(first) = self.names(space).get(&self.source[id.range()]) {
                self.set_faulty(space, first);
            }
        }
    }

    /// Declares and poisons a definition of which only the index space and perhaps the name is known. A name may occur
    /// twice.
    pub(crate) fn define_faulty(&mut self, space: IndexSpace, id: Option<Span>) -> u32 {
        let index = self.names(space).len();
        let _ = self.spaces[space as usize].define(self.source, id);
        self.set_faulty(space, index);
        index
    }

    /// Whether a type is a function type.
    pub(crate) fn is_func_type(&self, ty: u32, implicit: &ImplicitTypes) -> bool {
        match self.infos.get(ty as usize) {
            Some(info) => info.signature.is_some(),
            None => ((ty as usize) - self.infos.len()) < implicit.signatures.len().max(self.implicit.len()),
        }
    }

    /// Declares the named fields of the type that was declared last, if it is a struct type.
    pub(crate) fn define_struct_fields(&mut self, ast: &Ast, def: &TypeDef, faults: &mut Vec<Fault>) {
        let CompType::Struct(run) = def.comp else { return };
        let fields = &ast.struct_fields[run.range()];
        if fields.iter().all(|field| field.naming.id.is_none()) {
            return;
        }
        let names = self.fields.entry(self.names(IndexSpace::Type).len() - 1).or_default();
        for field in fields {
            if let Err(first) = names.define(self.source, field.naming.id)
                && let Some(id) = field.naming.id
            {
                faults.push(Fault::DuplicateName { space: IndexSpace::Field, id, first });
            }
        }
    }

    /// Encodes the signatures of the function types, when all names are declared. Unknown names are reported when the
    /// types are lowered.
    pub(crate) fn read_types(&mut self, ast: &Ast) {
        let groups = ast.fields.iter().filter_map(|field| match field {
            Field::Rec(group) => Some(*group),
            _ => None,
        });
        for group in groups {
            for def in &ast.type_defs[group.types.range()] {
                let index = self.infos.len() as u32;
                let mut signature = None;
                if let CompType::Func(id) = def.comp {
                    let mut bytes = Vec::new();
                    let sound = self.encode_signature(ast, id, &mut bytes, &mut Vec::new());
                    let start = self.signatures.len() as u32;
                    self.signatures.extend_from_slice(&bytes);
                    let run = Run { start, end: self.signatures.len() as u32 };
                    signature = Some((run, ast.type_uses[id.0 as usize].params.len()));
                    let plain = group.types.len() == 1
                        && def.is_final
                        && !def.shared
                        && def.supers.is_empty()
                        && def.describes.is_none()
                        && def.descriptor.is_none();
                    if plain && sound {
                        self.plain.entry(bytes).or_insert(index);
                    }
                }
                self.infos.push(TypeInfo { signature });
            }
        }
    }

    /// Returns the type that type uses with this signature refer to, if the module defines one.
    pub(crate) fn plain_type(&self, signature: &[u8]) -> Option<u32> {
        self.plain.get(signature).copied()
    }

    /// Returns the number of parameters of a type, or `None` if it is not a function type.
    pub(crate) fn param_count(&self, ty: u32) -> Option<u32> {
        match self.infos.get(ty as usize) {
            Some(info) => info.signature.map(|(_, params)| params),
            None => {
                let signature = self.signature(ty)?;
                let last = signature.iter().position(|byte| byte & 0x80 == 0)?;
                Some(
                    signature[..=last]
                        .iter()
                        .rev()
                        .fold(0, |count, byte| count << 7 | u32::from(byte & 0x7f)),
                )
            }
        }
    }

    /// Returns the encoded signature of a type, or `None` if it is not a function type.
    pub(crate) fn signature(&self, ty: u32) -> Option<&[u8]> {
        match self.infos.get(ty as usize) {
            Some(info) => info.signature.map(|(run, _)| &self.signatures[run.range()]),
            None => self.implicit.get(ty as usize - self.infos.len()).map(Vec::as_slice),
        }
    }

    /// The signatures of the implicit types, if they are known from an earlier round.
    pub(crate) fn implicit_types(&self) -> &[Vec<u8>] {
        &self.implicit
    }

    /// Takes note of the index in a type use. It may be that of an implicit type.
    pub(super) fn note_type(&self, index: u32) {
        if index >= self.type_count() {
            self.names_implicit.store(true, Ordering::Relaxed);
        }
    }

    /// Takes note of the implicit types. Returns whether lowering must run again because the source uses the number of
    /// an implicit type.
    pub(crate) fn learns(&mut self, implicit: &ImplicitTypes) -> bool {
        let learns = self.implicit.is_empty()
            && !implicit.signatures.is_empty()
            && std::mem::take(self.names_implicit.get_mut());
        if learns {
            self.implicit.clone_from(&implicit.signatures);
        }
        learns
    }

    /// Restores a snapshot of the poisoned definitions.
    pub(crate) fn restore(&mut self, poison: Poison) {
        if let Some(faulty) = &mut self.faulty {
            faulty.things = poison.0;
        }
    }

    /// Returns a snapshot of the poisoned definitions.
    pub(crate) fn poison(&self) -> Poison {
        Poison(self.faulty.as_ref().map(|faulty| faulty.things.clone()).unwrap_or_default())
    }

    /// Whether the source may use the number of an implicit type.
    pub(crate) fn may_learn(&self) -> bool {
        self.names_implicit.load(Ordering::Relaxed)
    }

    pub(crate) fn type_count(&self) -> u32 {
        self.infos.len() as u32
    }

    // -------------------------------------------------------------------------------- Resolving

    /// Returns the index of the definition that `idx` refers to, or `None` if there is a fault or it is poisoned.
    #[inline]
    pub(crate) fn index(
        &self,
        ast: &Ast,
        idx: Idx,
        space: IndexSpace,
        faults: &mut Vec<Fault>,
    ) -> Option<u32> {
        match idx.get() {
            IdxKind::Number(number) => self.sound(space, self.beside_unknown(space, number)),
            IdxKind::Name(slot) => self.index_written(ast.names[slot as usize], space, faults),
        }
    }

    /// Returns the index of the definition that an identifier or number in the source refers to.
    pub(crate) fn index_written(&self, at: Span, space: IndexSpace, faults: &mut Vec<Fault>) -> Option<u32> {
        let text = &self.source[at.range()];
        if let Some(number) = written_number(text) {
            return self.sound(space, self.beside_unknown(space, number));
        }
        if let Some(index) = self.names(space).get(text) {
            return self.sound(space, index);
        }
        faults.push(Fault::UnknownName { space, at });
        None
    }

    /// Converts a value type to that of the encoder.
    pub(crate) fn val_type(
        &self,
        ast: &Ast,
        t: ValType,
        faults: &mut Vec<Fault>,
    ) -> Option<wasm_encoder::ValType> {
        use wasm_encoder::ValType as V;
        if t.has(flags::REF) {
            let known = self.ref_type(ast, t, faults);
            let known = known.filter(|t| t.heap_type != HeapType::Concrete(NO_SUCH_TYPE));
            return known.or_else(|| self.unknown_ref()).map(V::Ref);
        }
        Some(match t.code {
            0x7f => V::I32,
            0x7e => V::I64,
            0x7d => V::F32,
            0x7c => V::F64,
            _ => V::V128,
        })
    }

    pub(crate) fn ref_type(&self, ast: &Ast, t: ValType, faults: &mut Vec<Fault>) -> Option<RefType> {
        let heap_type = self.heap_type(ast, t, faults)?;
        Some(RefType { nullable: t.has(flags::NULL), heap_type })
    }

    pub(crate) fn heap_type(&self, ast: &Ast, t: ValType, faults: &mut Vec<Fault>) -> Option<HeapType> {
        if t.has(flags::CONCRETE) {
            let index = self.index(ast, t.idx, IndexSpace::Type, faults)?;
            return Some(if t.has(flags::EXACT) {
                HeapType::Exact(index)
            } else {
                HeapType::Concrete(index)
            });
        }
        Some(HeapType::Abstract { shared: t.has(flags::SHARED), ty: abstract_heap_type(t.code) })
    }

    /// Appends the encoded parameters and results of a type use. Returns whether all their types are known.
    pub(crate) fn encode_signature(
        &self,
        ast: &Ast,
        id: TypeUseId,
        out: &mut Vec<u8>,
        faults: &mut Vec<Fault>,
    ) -> bool {
        let TypeUse { params, results, .. } = ast.type_uses[id.0 as usize];
        let mut sound = true;
        let mut encode = |t: ValType, out: &mut Vec<u8>| match self.val_type(ast, t, faults) {
            Some(t) => t.encode(out),
            None => sound = false,
        };
        params.len().encode(out);
        for param in &ast.params[params.range()] {
            encode(param.ty, out);
        }
        results.len().encode(out);
        for &result in &ast.val_types[results.range()] {
            encode(result, out);
        }
        sound
    }
}

/// Returns the abstract heap type with this byte in the binary format.
fn abstract_heap_type(code: u8) -> AbstractHeapType {
    use AbstractHeapType::*;
    match code {
        0x75 => NoCont,
        0x74 => NoExn,
        0x73 => NoFunc,
        0x72 => NoExtern,
        0x71 => None,
        0x70 => Func,
        0x6f => Extern,
        0x6e => Any,
        0x6d => Eq,
        0x6c => I31,
        0x6b => Struct,
        0x6a => Array,
        0x69 => Exn,
        _ => Cont,
    }
}

/// Returns the value of a number that is too large for an [`Idx`].
pub(crate) fn written_number(text: &str) -> Option<u32> {
    if text.starts_with('$') {
        return None;
    }
    number::magnitude(text).map(|(_, value)| value as u32)
}
