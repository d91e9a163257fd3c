//! Finds the annotations of linking, and determines what each of them belongs to.

use super::annotations::{Annotations, CodeReloc, DataNotes, Part};
use super::fault::{Annotation, Fault, FaultKind};
use super::items::{Items, contents_of};
use super::reloc::Reloc;
use crate::instr::{Immediates, Op};
use crate::lex::{self, Atom, AtomKind, atoms};
use crate::lower::SiteKind;
use crate::scan::Form;
use crate::span::Span;
use memchr::memmem;

/// Reads the annotations of linking in the forms of a module.
pub(crate) fn annotations(source: &str, forms: &[Form]) -> Annotations {
    let mut reader =
        Reader { source, notes: Annotations::default(), forms: Vec::new(), contents: Vec::new() };
    let mut starts = memmem::find_iter(source.as_bytes(), b"(@").peekable();
    let mut rest = forms;
    while let Some(&at) = starts.peek() {
        // Forms without annotations are not read.
        let next = rest.partition_point(|form| form.span.end as usize <= at);
        rest = &rest[next..];
        let Some((form, after)) = rest.split_first() else { break };
        let mut last = at;
        while let Some(at) = starts.next_if(|at| *at < form.span.end as usize) {
            last = at;
        }
        if form.span.start as usize <= last {
            reader.form(form.span, last as u32);
        }
        rest = after;
    }
    let mut notes = reader.notes;
    notes.addresses.sort_unstable();
    notes.addresses.dedup();
    notes
}

/// The place of an annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Context {
    /// Between the fields of a module.
    Module,
    /// An import or an item of one.
    Import,
    /// A function.
    Func,
    /// A global, table or tag.
    Entity,
    Memory,
    /// An inline export or import.
    Inline,
    Data,
    /// Numbers in data, each with this number of bytes.
    Numbers(u64),
    /// Vectors in data. Each shape begins 16 bytes.
    Vectors,
    /// An instruction in parentheses.
    Code,
    /// A type, type use or clause within code, with its instruction.
    Clause(Option<u32>),
    /// The contents of a custom section.
    Custom,
    Other,
}

/// A form that is not closed yet.
struct Parent {
    context: Context,
    start: Span,
    /// The first word.
    head: Option<Span>,
    /// The last instruction, and the number of indices after it.
    op: Option<(Op, Span)>,
    indices: u32,
    /// The last of the indices.
    index: Span,
    /// The number of tags that the last instruction and its clauses so far have; in a clause, those before it.
    tags: u32,
    /// The last atom or form, unless it is an annotation.
    last: Last,
    /// Whether an alignment was written for the last instruction.
    is_aligned: bool,
    /// Whether the type or another part after the annotations has begun.
    has_type: bool,
    /// The number of bytes of data so far.
    bytes: u64,
    notes: DataNotes,
}

/// What comes before an annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Last {
    Head,
    Op,
    Index,
    Number,
    Offset,
    Form,
    Other,
}

impl Parent {
    fn new(context: Context, start: Span) -> Parent {
        Parent {
            context,
            start,
            head: None,
            op: None,
            indices: 0,
            index: start,
            tags: 0,
            last: Last::Head,
            is_aligned: false,
            has_type: false,
            bytes: 0,
            notes: DataNotes::default(),
        }
    }

    /// Begins an instruction.
    fn set_op(&mut self, op: Option<(Op, Span)>) {
        self.op = op;
        self.indices = 0;
        // The tag of the instruction itself comes before those of its clauses.
        self.tags = op.is_some_and(|(op, _)| op.immediates() == Immediates::ResumeThrow).into();
        self.is_aligned = false;
        self.last = Last::Op;
    }
}

struct Reader<'s> {
    source: &'s str,
    notes: Annotations,
    /// The open forms, from the outermost.
    forms: Vec<Parent>,
    /// The contents of the annotation that is read.
    contents: Vec<Atom>,
}

impl Reader<'_> {
    /// Reads a form of the module up to its last annotation, which starts at `last`.
    fn form(&mut self, span: Span, last: u32) {
        self.forms.clear();
        self.forms.push(Parent::new(Context::Module, span));
        let mut atoms = atoms(self.source, span);
        while let Some(atom) = atoms.next() {
            match atom.kind {
                AtomKind::Annotation => {
                    self.annotation(atom, &mut atoms);
                    // The contents of a custom section follow.
                    let is_custom = self.forms.last().is_some_and(|form| form.context == Context::Custom);
                    if atom.span.start >= last && !is_custom {
                        break;
                    }
                }
                AtomKind::Open => self.open(atom.span),
                AtomKind::Close => self.close(),
                _ => self.atom(atom),
            }
        }
        while self.forms.len() > 1 {
            self.close();
        }
    }

    fn open(&mut self, at: Span) {
        self.forms.push(Parent::new(Context::Other, at));
    }

    fn close(&mut self) {
        // The outermost form is the text.
        if self.forms.len() < 2 {
            return;
        }
        let Some(form) = self.forms.pop() else { return };
        if form.context == Context::Data {
            let notes = form.notes;
            if notes.segment.is_some()
                || notes.comdat.is_some()
                || !notes.symbols.is_empty()
                || !notes.relocs.is_empty()
            {
                self.notes.datas.push(DataNotes { start: form.start.start, ..notes });
            }
        }
        let Some(parent) = self.forms.last_mut() else { return };
        parent.last = Last::Form;
        match form.context {
            Context::Numbers(_) | Context::Vectors => parent.bytes += form.bytes,
            // Inline exports and imports come before the type.
            Context::Inline => {}
            _ => parent.has_type = true,
        }
    }

    fn atom(&mut self, atom: Atom) {
        let Some((form, outer)) = self.forms.split_last_mut() else { return };
        let text = &self.source[atom.span.range()];
        if form.head.is_none() && !outer.is_empty() {
            form.head = Some(atom.span);
            form.last = Last::Head;
            let parent = outer.last().map_or(Context::Module, |parent| parent.context);
            let op = outer.last().and_then(|parent| parent.op);
            let func = outer.last().map_or(0, |parent| parent.start.start);
            form.context = context_of(parent, text, op, func);
            match form.context {
                Context::Code => {
                    form.set_op(lex::op(text).map(|op| (op, atom.span)));
                }
                Context::Clause(_) if TAGGED.contains(&text) => {
                    if let Some(instruction) = outer.last_mut() {
                        form.tags = instruction.tags;
                        instruction.tags += 1;
                    }
                }
                _ => {}
            }
            return;
        }
        match form.context {
            Context::Func | Context::Code if atom.kind == AtomKind::Word => {
                form.has_type = true;
                if let Some(op) = lex::op(text) {
                    form.set_op(Some((op, atom.span)));
                } else if text.starts_with("offset=") {
                    form.last = Last::Offset;
                } else {
                    form.is_aligned |= text.starts_with("align=");
                    form.last = Last::Other;
                }
            }
            Context::Data => match atom.kind {
                AtomKind::String => {
                    form.bytes += contents_of(text).map_or(0, |bytes| bytes.len() as u64);
                    form.last = Last::Other;
                    form.has_type = true;
                }
                AtomKind::Id => {}
                _ => form.last = Last::Other,
            },
            Context::Custom if form.last == Last::Head && atom.kind == AtomKind::String => {
                form.last = Last::Other;
                if let Some(name) = contents_of(text) {
                    self.notes.customs.push((String::from_utf8_lossy(&name).into_owned(), form.start));
                }
            }
            Context::Numbers(size) => form.bytes += size,
            Context::Vectors if SHAPES.contains(&text) => form.bytes += 16,
            Context::Vectors => {}
            _ => {
                match atom.kind {
                    AtomKind::Id | AtomKind::Number
                        if matches!(
                            form.last,
                            Last::Op | Last::Head | Last::Index | Last::Number | Last::Other
                        ) =>
                    {
                        form.last = if form.op.is_some_and(|(op, _)| is_number(op)) {
                            Last::Number
                        } else {
                            Last::Index
                        };
                        form.indices += 1;
                        form.index = atom.span;
                    }
                    AtomKind::Id => form.last = Last::Index,
                    _ => form.last = Last::Other,
                }
                // The identifier of a definition comes before its annotations.
                form.has_type |= atom.kind != AtomKind::Id;
            }
        }
    }

    // ------------------------------------------------------------------------------- Annotations

    fn annotation(&mut self, head: Atom, atoms: &mut impl Iterator<Item = Atom>) {
        let name = self.source[head.span.range()].trim_start_matches("(@").trim_matches('"');
        if name == "dylink.0" || name.starts_with("metadata.code.") {
            self.notes.customs.push((name.to_owned(), head.span));
        }
        if name == "custom" {
            return self
                .forms
                .push(Parent { head: Some(head.span), ..Parent::new(Context::Custom, head.span) });
        }
        let mut contents = std::mem::take(&mut self.contents);
        contents.clear();
        let mut depth = 1u32;
        let mut end = head.span;
        for atom in atoms {
            match atom.kind {
                AtomKind::Open | AtomKind::Annotation => depth += 1,
                AtomKind::Close => depth -= 1,
                _ => {}
            }
            end = atom.span;
            if depth == 0 {
                break;
            }
            contents.push(atom);
        }
        let at = head.span.to(end);
        match Annotation::ALL.into_iter().find(|annotation| annotation.name() == name) {
            Some(Annotation::Reloc) => self.reloc(at, &contents, end),
            Some(kind) => self.symbol(kind, at, &contents, end),
            None => {
                if let Some(found) = Annotation::similar(name) {
                    let kind = FaultKind::SimilarAnnotation(found.name());
                    self.notes.faults.push(Fault { at: head.span, kind });
                }
            }
        }
        self.contents = contents;
    }

    fn symbol(&mut self, kind: Annotation, at: Span, contents: &[Atom], end: Span) {
        let Some(form) = self.forms.last_mut() else { return };
        let source = self.source;
        let (context, has_type) = (form.context, form.has_type);
        match (context, kind) {
            (Context::Module, Annotation::DataImport) => self.notes.import_data(source, at, contents, end),
            (Context::Module, Annotation::Comdat) => self.notes.declare_comdat(source, contents, end),
            (Context::Func | Context::Entity, Annotation::Sym | Annotation::Comdat) => {
                if has_type {
                    self.notes.faults.push(Fault { at, kind: FaultKind::AfterType });
                } else {
                    let head = self.notes.head(source, kind, at, contents, end);
                    self.notes.heads.push(head);
                }
            }
            (Context::Data, Annotation::Segment | Annotation::Comdat) if !has_type => {
                let head = self.notes.head(source, kind, at, contents, end);
                if let Some(form) = self.forms.last_mut() {
                    let slot = if head.is_comdat { &mut form.notes.comdat } else { &mut form.notes.segment };
                    if let Some(first) = slot {
                        let second =
                            if head.is_comdat { FaultKind::SecondComdat } else { FaultKind::SecondSegment };
                        let kind = second(first.at);
                        self.notes.faults.push(Fault { at, kind });
                    } else {
                        *slot = Some(head);
                    }
                }
            }
            (Context::Data, Annotation::Sym) => {
                let head = self.notes.head(source, kind, at, contents, end);
                let is_segment = !has_type && head.id.is_none() && Annotations::are_of_segment(&head);
                if let Some(form) = self.forms.last_mut() {
                    if is_segment && form.notes.segment.is_none() {
                        form.notes.segment = Some(head);
                    } else {
                        form.notes.symbols.push((form.bytes, head));
                    }
                }
            }
            (Context::Data | Context::Func | Context::Code | Context::Custom, Annotation::Label) => {
                let mut items = Items::new(source, contents, end, &mut self.notes.faults);
                match items.next_if(AtomKind::Id) {
                    Some(_) => items.end(),
                    None => items.expected("an identifier"),
                }
            }
            _ => self.notes.misplaced(at, kind),
        }
    }

    fn reloc(&mut self, at: Span, contents: &[Atom], end: Span) {
        let mut items = Items::new(self.source, contents, end, &mut self.notes.faults);
        let Some(reloc) = Reloc::read(&mut items, at) else { return };
        let Some(form) = self.forms.last_mut() else { return };
        match form.context {
            Context::Data => form.notes.relocs.push((form.bytes, reloc)),
            Context::Func | Context::Code => match form.op {
                Some((op, keyword)) => self.code_reloc(op, keyword, reloc),
                None => self.notes.misplaced(at, Annotation::Reloc),
            },
            Context::Clause(start) if form.last == Last::Index => {
                let head = form.head.map_or("", |head| &self.source[head.range()]);
                let part = match head {
                    _ if TAGGED.contains(&head) && form.indices == 1 => Part::Index(SiteKind::Tag, form.tags),
                    "type" | "ref" => Part::Type(form.index),
                    _ => return self.notes.misplaced(at, Annotation::Reloc),
                };
                match start {
                    Some(start) => self.notes.add(CodeReloc { start, part, reloc }),
                    None => self.notes.misplaced(at, Annotation::Reloc),
                }
            }
            _ => self.notes.misplaced(at, Annotation::Reloc),
        }
    }

    /// Adds a relocation that follows an instruction.
    fn code_reloc(&mut self, op: Op, keyword: Span, reloc: Reloc) {
        let Some(form) = self.forms.last() else { return };
        let start = keyword.start;
        let part = match op.immediates() {
            Immediates::I32 | Immediates::I64 => match form.last {
                Last::Op => {
                    self.notes.missing.push(reloc.at);
                    Some(Part::Address)
                }
                Last::Number => Some(Part::Address),
                _ => None,
            },
            immediates if has_offset(immediates) => {
                let follows = matches!(form.last, Last::Op | Last::Index | Last::Offset);
                (follows && !form.is_aligned).then_some(Part::Address)
            }
            immediates => match form.last {
                Last::Index => index_kind(immediates, form.indices).map(|(kind, nth)| Part::Index(kind, nth)),
                _ => None,
            }
            .or_else(|| (reloc.is_empty() && has_index(immediates)).then_some(Part::Any)),
        };
        let Some(part) = part else { return self.notes.misplaced(reloc.at, Annotation::Reloc) };
        self.notes.add(CodeReloc { start, part, reloc });
    }
}

/// Returns the context within a form with this head in a form with this context. `op` is the last instruction of the
/// form around it, and `start` its start.
fn context_of(parent: Context, head: &str, op: Option<(Op, Span)>, start: u32) -> Context {
    let is_clause =
        op.is_some_and(|(op, _)| op.immediates() == Immediates::TryTable) && head.starts_with("catch");
    let op = op.map(|(_, at)| at.start);
    match (parent, head) {
        (Context::Module, "module") => Context::Module,
        (Context::Module, "import") | (Context::Import, "item") => Context::Import,
        (Context::Module | Context::Import, "func") => Context::Func,
        (Context::Module | Context::Import, "global" | "table" | "tag") => Context::Entity,
        (Context::Module | Context::Import, "memory") => Context::Memory,
        (Context::Module | Context::Memory, "data") => Context::Data,
        (Context::Func | Context::Entity | Context::Memory, "export" | "import") => Context::Inline,
        (Context::Data, "i8") => Context::Numbers(1),
        (Context::Data, "i16" | "f16") => Context::Numbers(2),
        (Context::Data, "i32" | "f32") => Context::Numbers(4),
        (Context::Data, "i64" | "f64") => Context::Numbers(8),
        (Context::Data, "v128") => Context::Vectors,
        (Context::Func, "local") => Context::Clause(Some(start)),
        (Context::Func | Context::Code, _) => match lex::op(head) {
            Some(_) if !is_clause => Context::Code,
            Some(_) => Context::Clause(op),
            None if matches!(head, "then" | "else" | "do") => Context::Code,
            None => Context::Clause(op),
        },
        (Context::Clause(start), _) => Context::Clause(start.or(op)),
        _ => Context::Other,
    }
}

/// The clauses that begin with a tag.
const TAGGED: [&str; 3] = ["catch", "catch_ref", "on"];

const SHAPES: [&str; 7] = ["i8x16", "i16x8", "i32x4", "i64x2", "f16x8", "f32x4", "f64x2"];

fn is_number(op: Op) -> bool {
    matches!(op.immediates(), Immediates::I32 | Immediates::I64)
}

fn has_offset(immediates: Immediates) -> bool {
    matches!(
        immediates,
        Immediates::MemArg(_)
            | Immediates::AtomicMemArg(_)
            | Immediates::RmwMemArg(_)
            | Immediates::MemArgLane(_)
    )
}

/// Returns the kind of the last of `count` indices of an instruction, and its number among the indices of this kind.
fn index_kind(immediates: Immediates, count: u32) -> Option<(SiteKind, u32)> {
    use Immediates as I;
    let first = count == 1;
    let kind = match immediates {
        I::Func => SiteKind::Func,
        I::Global | I::OrderedGlobal => SiteKind::Global,
        I::Table | I::OrderedTable | I::CallIndirect => SiteKind::Table,
        I::TableCopy if count < 3 => return Some((SiteKind::Table, count - 1)),
        I::Tag | I::Catch => SiteKind::Tag,
        I::Type | I::OrderedType | I::HeapType | I::RefType => SiteKind::Type,
        I::Field | I::OrderedField | I::TypeLen | I::TypeData | I::TypeElem if first => SiteKind::Type,
        I::Resume | I::ResumeThrow | I::TypeTag if first => SiteKind::Type,
        I::TypeTag | I::ResumeThrow if count == 2 => return Some((SiteKind::Tag, 0)),
        I::TypeType if count < 3 => return Some((SiteKind::Type, count - 1)),
        _ => return None,
    };
    first.then_some((kind, 0))
}

/// Whether an instruction has an index that a linker changes.
fn has_index(immediates: Immediates) -> bool {
    matches!(immediates, Immediates::TableCopy | Immediates::Block | Immediates::If | Immediates::TryTable)
        || index_kind(immediates, 1).is_some()
}
