//! Finds the annotations of linking, and determines what each of them belongs to.

use super::ahead::{Ahead, Ending, last_op};
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
    read(source, forms, 0)
}

/// Reads the annotations of linking. All text before `unclear` is read by the lexer.
fn read(source: &str, forms: &[Form], unclear: u32) -> Annotations {
    let mut reader = Reader {
        source,
        notes: Annotations::default(),
        data: DataNotes::default(),
        bytes: 0,
        forms: Vec::new(),
        contents: Vec::new(),
    };
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
            reader.form(form.span, last as u32, unclear);
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
        }
    }

    /// Whether annotations of instructions may follow, and only those.
    fn is_code(&self) -> bool {
        self.context == Context::Code || self.context == Context::Func && self.has_type
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
    /// The current data segment, and the number of bytes of its data so far.
    data: DataNotes,
    bytes: u64,
    /// The open forms, from the outermost.
    forms: Vec<Parent>,
    /// The contents of the annotation that is read.
    contents: Vec<Atom>,
}

impl Reader<'_> {
    /// Reads a form of the module up to its last annotation, which starts at `last`. Text before `unclear` is read by the
    /// lexer.
    fn form(&mut self, span: Span, last: u32, mut unclear: u32) {
        self.forms.clear();
        self.forms.push(Parent::new(Context::Module, span));
        let source = self.source;
        let mut ahead = Ahead::new(source, span.end as usize);
        let mut atoms = atoms(source, span);
        while let Some(atom) = atoms.next() {
            let mut end = atom.span.end;
            match atom.kind {
                AtomKind::Annotation => {
                    end = self.annotation(atom, &mut atoms);
                    // The contents of a custom section follow.
                    let is_custom = self.forms.last().is_some_and(|form| form.context == Context::Custom);
                    if atom.span.start >= last && !is_custom {
                        break;
                    }
                }
                _ => self.atom(atom),
            }
            if end >= unclear && self.forms.last().is_some_and(Parent::is_code) {
                let next = match ahead.look(end as usize) {
                    Ending::Annotation(at) => {
                        self.read_before(&ahead, at);
                        at as u32
                    }
                    Ending::Close(at) => at as u32,
                    Ending::Unclear(to) => {
                        unclear = unclear.max(to as u32);
                        continue;
                    }
                };
                atoms = lex::atoms(source, Span::new(next, span.end));
            }
        }
        while self.forms.len() > 1 {
            self.close();
        }
    }

    /// Reads what the annotation at `end` depends on, in the text before it.
    fn read_before(&mut self, ahead: &Ahead<'_>, end: usize) {
        for level in 0..ahead.depth() {
            let mut from = ahead.start(level);
            let to = if level + 1 < ahead.depth() { ahead.start(level + 1) } else { end };
            if level > 0 {
                self.open(Span::new(from as u32, from as u32 + 1));
                from += 1;
                let mut rest = atoms(self.source, Span::new(from as u32, to as u32));
                if let Some(head) = rest.next().filter(|head| !head.kind.is_paren()) {
                    self.atom(head);
                    from = head.span.end as usize;
                }
            }
            let mut pieces = ahead.pieces(level);
            let Some(form) = self.forms.last() else { return };
            let mut op = form.op.map(|(op, _)| op);
            if form.is_code()
                && let Some((nth, start, last)) = last_op(self.source, pieces, from)
            {
                (pieces, from, op) = (&pieces[nth..], start, Some(last));
            }
            if !form.is_code() || op.is_some_and(has_clauses) {
                self.read(from, to);
                continue;
            }
            for (nth, piece) in pieces.iter().enumerate() {
                if nth > 0 && piece.follows_form {
                    self.open(Span::default());
                    self.close();
                }
                self.read(piece.range.start.max(from), piece.range.end);
            }
        }
    }

    /// Reads text without annotations.
    fn read(&mut self, from: usize, to: usize) {
        if from >= to {
            return;
        }
        for atom in atoms(self.source, Span::new(from as u32, to as u32)) {
            self.atom(atom);
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
            self.end_data(form.start.start);
        }
        let Some(parent) = self.forms.last_mut() else { return };
        parent.last = Last::Form;
        match form.context {
            // Inline exports and imports come before the type.
            Context::Inline => {}
            _ => parent.has_type = true,
        }
    }

    /// Ends a data segment, which starts at `start`.
    fn end_data(&mut self, start: u32) {
        let data = std::mem::take(&mut self.data);
        self.bytes = 0;
        let is_empty = data.segment.is_none()
            && data.comdat.is_none()
            && data.symbols.is_empty()
            && data.relocs.is_empty();
        if !is_empty {
            self.notes.datas.push(DataNotes { start, ..data });
        }
    }

    /// Reads an atom that does not start an annotation.
    fn atom(&mut self, atom: Atom) {
        match atom.kind {
            AtomKind::Open => return self.open(atom.span),
            AtomKind::Close => return self.close(),
            _ => {}
        }
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
                    self.bytes += contents_of(text).map_or(0, |bytes| bytes.len() as u64);
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
            Context::Numbers(size) => self.bytes += size,
            Context::Vectors if SHAPES.contains(&text) => self.bytes += 16,
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

    /// Reads an annotation. Returns its end, or the end of its name if its contents are read like other text.
    fn annotation(&mut self, head: Atom, atoms: &mut impl Iterator<Item = Atom>) -> u32 {
        let name = self.source[head.span.range()].trim_start_matches("(@").trim_matches('"');
        if name == "dylink.0" || name.starts_with("metadata.code.") {
            self.notes.customs.push((name.to_owned(), head.span));
        }
        if name == "custom" {
            self.forms.push(Parent { head: Some(head.span), ..Parent::new(Context::Custom, head.span) });
            return head.span.end;
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
        end.end
    }

    fn symbol(&mut self, kind: Annotation, at: Span, contents: &[Atom], end: Span) {
        let Some(form) = self.forms.last() else { return };
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
                let slot = if head.is_comdat { &mut self.data.comdat } else { &mut self.data.segment };
                if let Some(first) = slot {
                    let second =
                        if head.is_comdat { FaultKind::SecondComdat } else { FaultKind::SecondSegment };
                    let kind = second(first.at);
                    self.notes.faults.push(Fault { at, kind });
                } else {
                    *slot = Some(head);
                }
            }
            (Context::Data, Annotation::Sym) => {
                let head = self.notes.head(source, kind, at, contents, end);
                let is_segment = !has_type && head.id.is_none() && Annotations::are_of_segment(&head);
                if is_segment && self.data.segment.is_none() {
                    self.data.segment = Some(head);
                } else {
                    self.data.symbols.push((self.bytes, head));
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
            Context::Data => self.data.relocs.push((self.bytes, reloc)),
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

/// Whether an instruction has clauses, which are forms, with indices that a linker changes.
fn has_clauses(op: Op) -> bool {
    matches!(op.immediates(), Immediates::TryTable | Immediates::Resume | Immediates::ResumeThrow)
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan;

    /// What the annotations of a text are, if the lexer reads all text before `unclear`.
    fn found(source: &str, unclear: u32) -> String {
        let whole = Span::new(0, source.len() as u32);
        let module = scan::module(source, whole, false, 1, &mut Vec::new());
        format!("{:?}", read(source, &module.forms, unclear))
    }

    #[test]
    fn looking_ahead_finds_what_the_lexer_finds() {
        const PARTS: [&str; 40] = [
            "i32.const 0 (@reloc $d)",
            "i32.const 0",
            "call $f (@reloc $g)",
            "(call $f (@reloc))",
            "(drop (i32.load offset=4 (@reloc) (i32.const 0 (@reloc $d))))",
            "(i32.add",
            "(i32.store offset=0 (local.get 0) (i32.const 0 (@reloc $d +8)))",
            "(local.get 0)",
            "i32.load align=4",
            "offset=0 (@reloc $d)",
            "(then",
            "(if (i32.const 1)",
            "(else nop",
            "block (result i32)",
            "call_indirect $t (@reloc) (type $f (@reloc))",
            "(call_indirect (type $f (@reloc)) (i32.const 0)",
            "(try_table (catch $e (@reloc) 0) (catch_ref $e (@reloc $e) 0)",
            "try_table (catch $e 0) (; (catch $e 0) ;) (catch $e 0) (nop) (catch $e (@reloc) 0)",
            "table.copy $a (@reloc) $b (@reloc)",
            "ref.test (ref $f (@reloc))",
            "(@reloc $d)",
            "(@sym.label $l)",
            "(@sym $x (name \"a b\"))",
            "(@name \"x\")",
            "end",
            "(",
            ")",
            "(;@1;)",
            "(; (@reloc) call $f ;)",
            ";; (call (@reloc) \"\n",
            ";; label = @1\n",
            "$\"a (@reloc)\"",
            "\"x",
            ";",
            "0",
            "$x",
            "+8",
            "\u{e9}",
            "\n",
            "\t",
        ];
        let mut seed = 1u64;
        let mut random = |count: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) as usize % count
        };
        let mut with_relocs = 0;
        for _ in 0..20_000 {
            let mut source = String::from("(func $f (@sym) (type $t)");
            let mut depth = 1;
            for _ in 0..random(40) {
                let part = PARTS[random(PARTS.len())];
                depth += part.matches('(').count() as i32 - part.matches(')').count() as i32;
                source += [" ", " ", "\n", ""][random(4)];
                source += part;
            }
            source += &")".repeat(depth.max(0) as usize);
            source += "(data (i32.const 0) (@sym $d) \"a\" (@reloc $f))";
            let expected = found(&source, u32::MAX);
            assert_eq!(found(&source, 0), expected, "{source}");
            with_relocs += usize::from(expected.contains("CodeReloc"));
        }
        assert!(with_relocs > 2_000, "{with_relocs}");
    }
}
