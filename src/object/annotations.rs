//! The annotations of linking in a text, and what each belongs to.
//!
//! The pipeline skips these annotations, like all that have no meaning in a module. For an object they are read here,
//! before it runs: it must know which numbers are addresses. What they refer to is resolved afterwards.

use super::fault::{Annotation, Fault, FaultKind, Space, Target};
use super::items::Items;
use super::qualifiers::{Key, Qualifiers};
use super::reloc::Reloc;
use crate::lex::{Atom, AtomKind, atoms, id_name};
use crate::similar;
use crate::span::Span;
use std::borrow::Cow;

/// The annotations of linking of a text.
#[derive(Debug, Default)]
pub(crate) struct Annotations {
    /// The starts of the instructions whose numbers are addresses, in order.
    pub(crate) addresses: Vec<u32>,
    /// The annotations whose number is missing.
    pub(crate) missing: Vec<Span>,
    /// The relocations in code, in source order.
    pub(super) code: Vec<CodeReloc>,
    /// The symbols and comdats of functions, globals, tables and tags, in source order.
    pub(super) heads: Vec<Head>,
    /// The data segments with annotations, in source order.
    pub(super) datas: Vec<DataNotes>,
    pub(super) imports: Vec<Head>,
    pub(super) comdats: Vec<Comdat>,
    /// The annotations that become custom sections, with the names of the sections.
    pub(super) customs: Vec<(String, Span)>,
    pub(crate) faults: Vec<Fault>,
}

/// A relocation in code.
#[derive(Clone, Copy, Debug)]
pub(super) struct CodeReloc {
    /// The start of the keyword of the instruction.
    pub(super) start: u32,
    pub(super) part: Part,
    pub(super) reloc: Reloc,
}

/// The part of an instruction that a relocation follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The index with this number among all indices of the instruction of its kind.
    Index(crate::lower::SiteKind, u32),
    /// The type that is written before it in a type use, reference type or clause, with its place. Types that are not
    /// encoded where they are written have no number.
    Type(Span),
    /// Any index: the annotation follows the whole instruction.
    Any,
    Address,
}

/// An annotation of a definition, or of a data import.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub(super) at: Span,
    pub(super) id: Option<Span>,
    pub(super) qualifiers: Qualifiers,
    /// Whether it is `@comdat`.
    pub(super) is_comdat: bool,
}

/// The annotations of a data segment.
#[derive(Clone, Debug, Default)]
pub(super) struct DataNotes {
    /// The start of the form.
    pub(super) start: u32,
    pub(super) segment: Option<Head>,
    pub(super) comdat: Option<Head>,
    /// The symbols with their offsets in the segment.
    pub(super) symbols: Vec<(u64, Head)>,
    /// The relocations with the offset of the end of their bytes.
    pub(super) relocs: Vec<(u64, Reloc)>,
}

/// A comdat that is declared.
#[derive(Clone, Debug)]
pub(super) struct Comdat {
    pub(super) id: Option<Span>,
    pub(super) name: String,
}

impl Annotation {
    /// Returns the annotation that is probably meant by an unknown name: a linker would not see it.
    pub(super) fn similar(name: &str) -> Option<Annotation> {
        /// Names of other annotations that look like these.
        const KNOWN: [&str; 5] = ["name", "custom", "producers", "rwat", "char"];
        if KNOWN.contains(&name) {
            return None;
        }
        let names = Annotation::ALL.into_iter().map(Annotation::name);
        let near = similar::near(name, names).map(|near| near.name);
        let meant = near.or_else(|| {
            // `@symbol` and `@relocation`
            [Annotation::Sym, Annotation::Reloc]
                .map(Annotation::name)
                .into_iter()
                .find(|known| name.starts_with(known))
        })?;
        Annotation::ALL.into_iter().find(|annotation| annotation.name() == meant)
    }
}

impl Annotations {
    /// Returns the annotations of the definitions in `span`.
    pub(super) fn heads_in(&self, span: Span) -> &[Head] {
        let start = self.heads.partition_point(|head| head.at.start < span.start);
        let end = self.heads.partition_point(|head| head.at.start < span.end);
        self.heads.get(start..end).unwrap_or_default()
    }

    /// Returns the annotations of the data segment in `span`.
    pub(super) fn data_in(&self, span: Span) -> Option<&DataNotes> {
        let at = self.datas.partition_point(|data| data.start < span.start);
        self.datas.get(at).filter(|data| data.start < span.end)
    }

    /// Returns the identifier of the symbol at the start of the data segment in `span`.
    pub(crate) fn symbol_of<'s>(&self, source: &'s str, span: Span) -> Option<&'s str> {
        let symbols = self.data_in(span).map_or(&[][..], |data| &data.symbols);
        let id = match symbols.first() {
            Some((offset, head)) => head.id.filter(|_| *offset == 0)?,
            None => {
                let mut atoms = atoms(source, span).skip_while(|atom| atom.kind != AtomKind::Word);
                atoms.nth(1).filter(|atom| atom.kind == AtomKind::Id)?.span
            }
        };
        source.get(id.range())
    }

    /// Returns the annotation that becomes the custom section with this name.
    pub(super) fn custom(&self, name: &str) -> Span {
        self.customs.iter().find(|(other, _)| other == name).map(|(_, at)| *at).unwrap_or_default()
    }

    /// Returns the position of the comdat that qualifiers refer to. `None` if it is unknown.
    pub(super) fn comdat(&self, source: &str, qualifiers: &Qualifiers) -> Option<usize> {
        if let Some((name, _)) = qualifiers.string(Key::Comdat) {
            return self.comdats.iter().position(|comdat| comdat.name == name);
        }
        let id = id_name(&source[qualifiers.comdat_id()?.range()]);
        self.comdats.iter().position(|comdat| comdat.id.is_some_and(|of| id_name(&source[of.range()]) == id))
    }

    /// The identifiers of comdats.
    pub(crate) fn comdat_ids(&self, source: &str) -> Vec<String> {
        let ids = self.comdats.iter().filter_map(|comdat| comdat.id);
        ids.map(|id| id_name(&source[id.range()]).into_owned()).collect()
    }

    /// The identifiers of symbols that annotations declare.
    pub(crate) fn ids(&self, source: &str, space: Space) -> impl Iterator<Item = String> {
        let is_data = space == Space::Data;
        let data = self.datas.iter().flat_map(|data| data.symbols.iter().map(|(_, head)| head));
        let data = data.chain(&self.imports).filter(move |_| is_data);
        let heads = data.chain(self.heads.iter().filter(move |_| !is_data));
        heads.filter_map(|head| head.id).map(move |id| id_name(&source[id.range()]).into_owned())
    }

    /// Returns the source with the numbers that annotations stand for. All other offsets remain.
    pub(crate) fn with_numbers<'s>(&self, source: &'s str) -> Cow<'s, str> {
        if self.missing.is_empty() {
            return source.into();
        }
        let mut filled = String::with_capacity(source.len());
        let mut at = 0;
        for span in &self.missing {
            filled.push_str(&source[at..span.start as usize]);
            // A space separates the number from the instruction.
            filled.push_str(" 0");
            let rest = &source.as_bytes()[span.start as usize + 2..span.end as usize];
            filled.extend(rest.iter().map(|&byte| if byte == b'\n' { '\n' } else { ' ' }));
            at = span.end as usize;
        }
        filled.push_str(&source[at..]);
        filled.into()
    }

    /// Reads an annotation of a definition or segment.
    pub(super) fn head(
        &mut self,
        source: &str,
        kind: Annotation,
        at: Span,
        contents: &[Atom],
        end: Span,
    ) -> Head {
        if kind == Annotation::Comdat {
            return self.comdat_head(source, at, contents, end);
        }
        let mut items = Items::new(source, contents, end, &mut self.faults);
        let id = items.next_if(AtomKind::Id);
        let qualifiers = Qualifiers::read(&mut items);
        Head { at, id, qualifiers, is_comdat: false }
    }

    /// Reads `(@comdat "name")` of a definition. It declares the comdat.
    fn comdat_head(&mut self, source: &str, at: Span, contents: &[Atom], end: Span) -> Head {
        let mut items = Items::new(source, contents, end, &mut self.faults);
        let mut qualifiers = Qualifiers::default();
        match items.next_if(AtomKind::String) {
            None => items.expected("a string"),
            Some(string) => {
                let name = items.decoded(string);
                items.end();
                if let Some(name) = name {
                    if name.is_empty() {
                        self.faults.push(Fault { at: string, kind: FaultKind::EmptyName });
                    } else if self.comdats.iter().all(|comdat| comdat.name != name) {
                        self.comdats.push(Comdat { id: None, name: name.clone() });
                    }
                    qualifiers = Qualifiers::of_comdat(name, at);
                }
            }
        }
        Head { at, id: None, qualifiers, is_comdat: true }
    }

    /// Reads `(@comdat $id "name")` between fields.
    pub(super) fn declare_comdat(&mut self, source: &str, contents: &[Atom], end: Span) {
        let mut items = Items::new(source, contents, end, &mut self.faults);
        let Some(id) = items.next_if(AtomKind::Id) else { return items.expected("an identifier") };
        let Some(string) = items.next_if(AtomKind::String) else { return items.expected("a string") };
        let Some(name) = items.decoded(string) else { return };
        items.end();
        let name_of = |id: Span| id_name(&source[id.range()]);
        if name.is_empty() {
            return self.faults.push(Fault { at: string, kind: FaultKind::EmptyName });
        }
        for comdat in &mut self.comdats {
            if let Some(other) = comdat.id.filter(|other| name_of(*other) == name_of(id)) {
                return self.faults.push(Fault { at: id, kind: FaultKind::DuplicateId { first: other } });
            }
            if comdat.name == name {
                // A definition may have declared it by name.
                match comdat.id {
                    Some(first) => {
                        self.faults.push(Fault { at: string, kind: FaultKind::DuplicateComdat(first) });
                    }
                    None => comdat.id = Some(id),
                }
                return;
            }
        }
        self.comdats.push(Comdat { id: Some(id), name });
    }

    /// Reads `(@sym.import.data $id ...)`.
    pub(super) fn import_data(&mut self, source: &str, at: Span, contents: &[Atom], end: Span) {
        let mut items = Items::new(source, contents, end, &mut self.faults);
        let id = items.next_if(AtomKind::Id);
        if id.is_none() {
            items.expected("an identifier");
        }
        let qualifiers = Qualifiers::read(&mut items);
        self.imports.push(Head { at, id, qualifiers, is_comdat: false });
    }

    /// Adds a relocation in code. Reports a second one of the same part.
    pub(super) fn add(&mut self, note: CodeReloc) {
        let CodeReloc { start, part, reloc } = note;
        // The annotations of an instruction follow each other, but for those of operands within it.
        let mut same = self.code.iter().rev().take_while(|last| last.start >= start);
        if let Some(first) = same.find(|last| last.start == start && last.part == part) {
            let kind = FaultKind::Overlap(first.reloc.at);
            return self.faults.push(Fault { at: reloc.at, kind });
        }
        if part == Part::Address {
            self.addresses.push(start);
        }
        self.code.push(note);
    }

    /// Reports an annotation whose place is wrong.
    pub(super) fn misplaced(&mut self, at: Span, kind: Annotation) {
        self.faults.push(Fault { at, kind: FaultKind::Place(kind) });
    }

    /// Whether `@sym` qualifiers of a segment that is not placed are those of the segment.
    pub(super) fn are_of_segment(head: &Head) -> bool {
        let mut unwanted = Vec::new();
        head.qualifiers.check(Target::Segment, &mut unwanted);
        unwanted.is_empty()
    }
}
