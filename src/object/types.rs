//! The types of an object: those that linkers know. Types that nothing uses are left out unless linkers know them.

use super::entities::section;
use super::fault::{Fault, FaultKind, Use};
use super::parts::{Parts, TypeKind, is_known, read_u32, referred};
use crate::lex::{self, AtomKind, atoms};
use crate::lower::{LoweredModule, SiteKind};
use crate::span::Span;
use wasmparser::{TypeRef, ValType};

/// The types of an object.
pub(super) struct Types {
    /// The new index of each type. `None` if it is left out.
    pub(super) map: Vec<Option<u32>>,
    /// Whether an index changes.
    pub(super) is_changed: bool,
}

impl Types {
    /// Determines the types of the object. Reports types in use that linkers do not know.
    pub(super) fn new(
        source: &str,
        parts: &Parts<'_>,
        module: &LoweredModule,
        faults: &mut Vec<Fault>,
    ) -> Types {
        let mut users = Users { uses: vec![None; parts.types.len()], parts };
        let places = &module.places;
        for (nth, import) in parts.imports.iter().enumerate() {
            let at = places.item(section::IMPORT, nth).unwrap_or_default();
            match import.ty {
                TypeRef::Func(ty) | TypeRef::FuncExact(ty) => users.add(ty, at),
                TypeRef::Tag(tag) => users.add(tag.func_type_idx, at),
                TypeRef::Table(table) => {
                    users.add_value(source, ValType::Ref(table.element_type), at, Use::Table, faults);
                }
                TypeRef::Global(global) => {
                    users.add_value(source, global.content_type, at, Use::Global, faults)
                }
                TypeRef::Memory(_) => {}
            }
        }
        for (nth, &ty) in parts.funcs.iter().enumerate() {
            users.add(ty, places.funcs.get(nth).copied().unwrap_or_default());
        }
        for (nth, (ty, _)) in parts.tables.iter().enumerate() {
            let at = places.item(section::TABLE, nth).unwrap_or_default();
            users.add_value(source, ValType::Ref(ty.element_type), at, Use::Table, faults);
        }
        for (nth, (ty, _)) in parts.globals.iter().enumerate() {
            let at = places.item(section::GLOBAL, nth).unwrap_or_default();
            users.add_value(source, ty.content_type, at, Use::Global, faults);
        }
        for (nth, &ty) in parts.tags.iter().enumerate() {
            users.add(ty, places.item(section::TAG, nth).unwrap_or_default());
        }
        for site in module.sites.iter().filter(|site| site.kind == SiteKind::Type) {
            let at = Span::new(site.start, source.len() as u32);
            users.add(read_u32(&module.bytes, site.at as usize), at);
        }
        let mut map = Vec::new();
        let mut next = 0;
        for (nth, ty) in parts.types.iter().enumerate() {
            let is_kept = match (users.uses[nth], ty.kind) {
                (_, TypeKind::Func) => true,
                (None, _) => false,
                (Some(user), kind) => {
                    report(source, kind, places.item(section::TYPE, nth), user, faults);
                    true
                }
            };
            map.push(is_kept.then_some(next));
            next += u32::from(is_kept);
        }
        Types { is_changed: next as usize != parts.types.len(), map }
    }

    pub(super) fn index(&self, ty: u32) -> u32 {
        self.map.get(ty as usize).copied().flatten().unwrap_or(0)
    }
}

/// The first use of each type.
struct Users<'a> {
    uses: Vec<Option<Span>>,
    parts: &'a Parts<'a>,
}

impl Users<'_> {
    fn add(&mut self, ty: u32, at: Span) {
        let mut open = vec![ty];
        while let Some(ty) = open.pop() {
            let (Some(user), Some(info)) =
                (self.uses.get_mut(ty as usize), self.parts.types.get(ty as usize))
            else {
                continue;
            };
            if user.is_none() {
                *user = Some(at);
                open.extend(&info.refers);
            }
        }
    }

    fn add_value(&mut self, source: &str, ty: ValType, at: Span, kind: Use, faults: &mut Vec<Fault>) {
        if !is_known(ty) {
            let at = foreign_type(source, at).unwrap_or(at);
            faults.push(Fault { at, kind: FaultKind::ValueType(kind) });
        }
        if let Some(ty) = referred(ty) {
            self.add(ty, at);
        }
    }
}

/// Reports a type in use that linkers do not know.
fn report(source: &str, kind: TypeKind, defined: Option<Span>, user: Span, faults: &mut Vec<Fault>) {
    let fault = match (kind, defined) {
        (TypeKind::ForeignFunc, _) => {
            let found =
                defined.and_then(|at| foreign_type(source, at)).or_else(|| foreign_type(source, user));
            let at = found.or(defined).unwrap_or(user);
            Fault { at, kind: FaultKind::ValueType(Use::Signature) }
        }
        (kind, Some(at)) => Fault { at, kind: FaultKind::Type(kind, Some(user)) },
        (kind, None) => Fault { at: user, kind: FaultKind::Type(kind, None) },
    };
    faults.push(fault);
}

/// Returns the first reference type in a definition or instruction that linkers do not know. The body of a function is
/// not searched.
fn foreign_type(source: &str, span: Span) -> Option<Span> {
    /// The abbreviations of reference types that linkers do not know.
    const FOREIGN: [&str; 11] = [
        "anyref",
        "eqref",
        "i31ref",
        "structref",
        "arrayref",
        "nullref",
        "nullfuncref",
        "nullexternref",
        "nullexnref",
        "contref",
        "nullcontref",
    ];
    /// The contents of the reference types that linkers know.
    const KNOWN: [[&str; 2]; 3] = [["null", "func"], ["null", "extern"], ["null", "exn"]];
    let text = |span: Span| &source[span.range()];
    let mut atoms = atoms(source, span).enumerate().peekable();
    while let Some((nth, atom)) = atoms.next() {
        match atom.kind {
            AtomKind::Word if FOREIGN.contains(&text(atom.span)) => return Some(atom.span),
            AtomKind::Word if text(atom.span) == "local" || nth > 1 && lex::op(text(atom.span)).is_some() => {
                return None;
            }
            AtomKind::Open if atoms.peek().is_some_and(|(_, next)| text(next.span) == "ref") => {
                let mut words = Vec::new();
                let mut depth = 1u32;
                let mut end = atom.span;
                for (_, inner) in atoms.by_ref() {
                    match inner.kind {
                        AtomKind::Open | AtomKind::Annotation => depth += 1,
                        AtomKind::Close => depth -= 1,
                        _ => words.push(text(inner.span)),
                    }
                    end = inner.span;
                    if depth == 0 {
                        break;
                    }
                }
                if !KNOWN.iter().any(|known| words.get(1..) == Some(known)) {
                    return Some(atom.span.to(end));
                }
            }
            _ => {}
        }
    }
    None
}
