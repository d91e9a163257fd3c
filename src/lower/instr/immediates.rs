//! Immediates that a linker changes in objects: indices, types, and the offsets and numbers that are addresses.

use super::{CodeBuffer, Fixup, InstrLowerer, leb_signed};
use crate::ast::{Idx, TypeUseId, memarg};
use crate::features::Feature;
use crate::lower::site::SiteKind;
use crate::resolve::type_use::type_ref;
use crate::resolve::{Fault, IndexSpace, TypeRef};
use crate::span::Span;
use wasm_encoder::{Encode, HeapType, ValType};

/// Bits of the first byte of a memarg.
const MEMARG_ORDER: u32 = 1 << 4;
const MEMARG_ARRAY: u32 = 1 << 5;
const MEMARG_MEMORY: u32 = 1 << 6;

impl InstrLowerer<'_, '_> {
    /// Writes an index of an index space. In an object it is padded, and its place is recorded.
    #[inline]
    pub(super) fn space_leb(&mut self, index: u32, space: IndexSpace) {
        match &mut self.code.sites {
            None => self.leb(index),
            Some(sites) => match SiteKind::of(space) {
                Some(kind) => {
                    sites.index(kind, self.start, index, &mut self.code.bytes);
                }
                None => self.leb(index),
            },
        }
    }

    pub(super) fn heap_type(&mut self, heap_type: HeapType) {
        let CodeBuffer { sites, bytes, .. } = &mut *self.code;
        match sites {
            None => heap_type.encode(bytes),
            Some(sites) => sites.heap_type(heap_type, self.start, bytes),
        }
    }

    pub(super) fn val_type(&mut self, t: ValType) {
        let CodeBuffer { sites, bytes, .. } = &mut *self.code;
        match sites {
            None => t.encode(bytes),
            Some(sites) => sites.val_type(t, self.start, bytes),
        }
    }

    /// Whether the number or offset of the instruction is an address in an object.
    #[inline]
    pub(super) fn is_address(&self) -> bool {
        !self.state.addresses.is_empty() && self.state.addresses.binary_search(&self.start).is_ok()
    }

    /// Writes a number that is an address, padded, and records its place.
    #[cold]
    pub(super) fn address(&mut self, kind: SiteKind, value: i64) {
        if let Some(sites) = &mut self.code.sites {
            sites.address(kind, self.start, value, &mut self.code.bytes);
        }
    }

    #[inline]
    pub(super) fn memarg(
        &mut self,
        start: u32,
        imm: u32,
        aux: u16,
        natural: u8,
        order: Option<u8>,
    ) -> Option<()> {
        let align = match aux & memarg::ALIGN {
            memarg::NATURAL => u32::from(natural),
            align => u32::from(align),
        };
        let is_address = self.is_address();
        if aux & memarg::EXTRA == 0 && order.is_none() && align < 16 && !is_address {
            self.code.bytes.push(align as u8);
            self.leb(imm);
            return Some(());
        }
        let (offset, target) = if aux & memarg::EXTRA == 0 {
            (u64::from(imm), Idx::NONE.raw())
        } else {
            (self.wide(imm), self.extra(imm + 2))
        };
        if align >= 16 && self.code.validating {
            // It would overlap the flags in the same byte.
            let span = Span::new(start, start);
            self.code.faults.push(Fault::Alignment { at: span, log2: align });
            return None;
        }
        let is_array = aux & memarg::ARRAY != 0;
        let target =
            self.optional_index(target, if is_array { IndexSpace::Type } else { IndexSpace::Memory })?;
        let mut first = align;
        if is_array {
            self.code.uses.note(Feature::MultibyteArrayAccess, start);
            first |= MEMARG_ARRAY;
        } else if target != 0 {
            first |= MEMARG_MEMORY;
        }
        if order.is_some() {
            self.code.uses.note(Feature::AcquireReleaseAtomics, start);
            first |= MEMARG_ORDER;
        }
        self.leb(first);
        if is_array || target != 0 {
            self.space_leb(target, if is_array { IndexSpace::Type } else { IndexSpace::Memory });
        }
        self.code.bytes.extend(order);
        match is_address {
            true if self.state.is_64 => self.address(SiteKind::Offset64, offset as i64),
            true => self.address(SiteKind::Offset32, offset as i64),
            false => offset.encode(&mut self.code.bytes),
        }
        Some(())
    }

    pub(super) fn type_ref(&mut self, id: TypeUseId, start: u32) -> Option<TypeRef> {
        self.code.uses.signature(self.ast, id);
        let CodeBuffer { signatures, faults, .. } = &mut *self.code;
        type_ref(self.scope, self.ast, id, Span::new(start, start), signatures, faults)
    }

    pub(super) fn write_type(&mut self, ty: TypeRef, signed: bool) {
        match ty {
            TypeRef::Index(index) if self.code.sites.is_some() => self.space_leb(index, IndexSpace::Type),
            TypeRef::Index(index) if signed => leb_signed(index.into(), &mut self.code.bytes),
            TypeRef::Index(index) => self.leb(index),
            TypeRef::Signature(signature) => {
                let at = self.code.bytes.len() as u32;
                let padded = self.code.sites.is_some();
                self.code.fixups.push(Fixup { at, signature, signed, padded });
                if padded {
                    self.space_leb(0, IndexSpace::Type);
                }
            }
        }
    }
}
