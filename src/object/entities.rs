//! The functions, globals, tables and tags of a module, with their places in the text.

use super::fault::{Space, Target};
use super::parts::{Parts, TypeKind};
use crate::lower::Origins;
use crate::resolve::IndexSpace;
use crate::span::Span;
use wasmparser::{ExternalKind, TypeRef};

/// The kind of a definition with a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Func,
    Global,
    Table,
    Tag,
}

impl Kind {
    pub(super) const ALL: [Kind; 4] = [Kind::Func, Kind::Global, Kind::Table, Kind::Tag];

    pub(super) fn space(self) -> Space {
        match self {
            Kind::Func => Space::Func,
            Kind::Global => Space::Global,
            Kind::Table => Space::Table,
            Kind::Tag => Space::Tag,
        }
    }

    pub(super) fn index_space(self) -> IndexSpace {
        match self {
            Kind::Func => IndexSpace::Func,
            Kind::Global => IndexSpace::Global,
            Kind::Table => IndexSpace::Table,
            Kind::Tag => IndexSpace::Tag,
        }
    }

    pub(super) fn of_export(kind: ExternalKind) -> Option<Kind> {
        Some(match kind {
            ExternalKind::Func | ExternalKind::FuncExact => Kind::Func,
            ExternalKind::Global => Kind::Global,
            ExternalKind::Table => Kind::Table,
            ExternalKind::Tag => Kind::Tag,
            ExternalKind::Memory => return None,
        })
    }

    pub(super) fn of_import(ty: &TypeRef) -> Option<Kind> {
        Some(match ty {
            TypeRef::Func(_) | TypeRef::FuncExact(_) => Kind::Func,
            TypeRef::Global(_) => Kind::Global,
            TypeRef::Table(_) => Kind::Table,
            TypeRef::Tag(_) => Kind::Tag,
            TypeRef::Memory(_) => return None,
        })
    }
}

/// A definition or import with a symbol.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entity<'m> {
    pub(super) kind: Kind,
    pub(super) index: u32,
    pub(super) span: Span,
    /// The names of an import.
    pub(super) import: Option<(&'m str, &'m str)>,
    pub(super) ty: Option<TypeRef>,
    /// Whether it is a function without parameters and results.
    pub(super) has_empty_signature: bool,
}

impl Entity<'_> {
    pub(super) fn target(&self) -> Target {
        match (self.kind, self.import) {
            (Kind::Func, None) => Target::Func,
            (Kind::Func, Some(_)) => Target::FuncImport,
            (kind, None) => Target::Other(kind.space()),
            (kind, Some(_)) => Target::OtherImport(kind.space()),
        }
    }
}

/// The definitions of a module.
pub(super) struct Entities<'a> {
    parts: &'a Parts<'a>,
    places: &'a Origins,
    list: Vec<Entity<'a>>,
    /// The positions of the definitions of each kind in the list.
    starts: [Vec<u32>; 4],
}

/// Section numbers.
pub(super) mod section {
    pub(crate) const TYPE: u8 = 1;
    pub(crate) const IMPORT: u8 = 2;
    pub(crate) const FUNCTION: u8 = 3;
    pub(crate) const TABLE: u8 = 4;
    pub(crate) const MEMORY: u8 = 5;
    pub(crate) const GLOBAL: u8 = 6;
    pub(crate) const EXPORT: u8 = 7;
    pub(crate) const ELEM: u8 = 9;
    pub(crate) const DATA: u8 = 11;
    pub(crate) const TAG: u8 = 13;
}

impl<'a> Entities<'a> {
    pub(super) fn new(parts: &'a Parts<'a>, places: &'a Origins) -> Entities<'a> {
        let mut entities = Entities { parts, places, list: Vec::new(), starts: Default::default() };
        for (nth, import) in parts.imports.iter().enumerate() {
            let Some(kind) = Kind::of_import(&import.ty) else { continue };
            let ty = match import.ty {
                TypeRef::Func(ty) | TypeRef::FuncExact(ty) => Some(ty),
                _ => None,
            };
            let span = places.item(section::IMPORT, nth).unwrap_or_default();
            entities.push(kind, span, Some((import.module, import.name)), Some(import.ty), ty);
        }
        for (nth, &ty) in parts.funcs.iter().enumerate() {
            let span = places.funcs.get(nth).copied().unwrap_or_default();
            entities.push(Kind::Func, span, None, None, Some(ty));
        }
        for (kind, id, count) in [
            (Kind::Global, section::GLOBAL, parts.globals.len()),
            (Kind::Table, section::TABLE, parts.tables.len()),
            (Kind::Tag, section::TAG, parts.tags.len()),
        ] {
            for nth in 0..count {
                entities.push(kind, places.item(id, nth).unwrap_or_default(), None, None, None);
            }
        }
        entities
    }

    fn push(
        &mut self,
        kind: Kind,
        span: Span,
        import: Option<(&'a str, &'a str)>,
        ty: Option<TypeRef>,
        func_type: Option<u32>,
    ) {
        let index = self.starts[kind as usize].len() as u32;
        self.starts[kind as usize].push(self.list.len() as u32);
        let signature = func_type.and_then(|ty| self.parts.types.get(ty as usize));
        let has_empty_signature = signature.is_some_and(|ty| ty.kind == TypeKind::Func && ty.is_empty);
        self.list.push(Entity { kind, index, span, import, ty, has_empty_signature });
    }

    /// All definitions: imports first, then each kind.
    pub(super) fn all(&self) -> impl Iterator<Item = Entity<'a>> {
        self.list.iter().copied()
    }

    pub(super) fn get(&self, kind: Kind, index: u32) -> Option<Entity<'a>> {
        let at = *self.starts[kind as usize].get(index as usize)?;
        self.list.get(at as usize).copied()
    }

    /// The place of an export.
    pub(super) fn export(&self, nth: usize) -> Span {
        self.places.item(section::EXPORT, nth).unwrap_or_default()
    }
}
