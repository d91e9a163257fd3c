//! The outline of a module: the definitions of all forms, without a look into functions.
//!
//! A function may use what is defined after it, so all names must be declared before bodies are lowered. Of a
//! function only the identifier is read here. Every other form is parsed, and its fields stay in the outline. The
//! pipeline leaves data segments for later, too, since most of a large module can be data.

use crate::ast::{Ast, Field, Func, Import, Limits, Memory, MemoryInit, MemoryType, Naming, Run, TableInit};
use crate::diagnostic::Diagnostic;
use crate::lex::{Lexer, Mode, TokenBuffer, TokenKind};
use crate::parse::parse;
use crate::resolve::{Fault, IndexSpace, SymbolTable};
use crate::scan::{Form, FormKind};
use crate::span::Span;

/// The outline of a module.
pub(crate) struct Outline<'s> {
    source: &'s str,
    /// Whether errors are collected, so that the outline is complete in spite of them.
    is_tolerant: bool,
    pub(crate) symbols: SymbolTable<'s>,
    /// The fields of all parsed forms.
    pub(crate) fields: Ast,
    /// The code metadata in front of functions.
    pub(crate) metadata: Ast,
    /// The forms, in source order.
    pub(crate) items: Vec<Item>,
    /// The index spaces of the definitions in forms that cannot be parsed.
    pub(crate) broken: Vec<IndexSpace>,
    /// Where everything is defined; only for the explaining route.
    pub(crate) definitions: Definitions,
    /// The diagnostics of the parser.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Faults of the declarations.
    pub(crate) faults: Vec<Fault>,
}

/// A form of a module, as far as the outline has parsed it.
pub(crate) enum Item {
    /// A function, not parsed yet: its form and its index.
    Func(Span, u32),
    /// A data segment, not parsed yet.
    Data(Span),
    /// Fields of [`Outline::fields`].
    Fields(Run),
    /// Code metadata of the next function, from [`Outline::metadata`].
    Metadata(Run),
    /// A form that cannot be parsed. Its definitions are in [`Outline::broken`].
    Broken(Run),
}

impl Item {
    /// The number of bytes of source text that are not parsed yet.
    pub(crate) fn unparsed_len(&self) -> usize {
        match self {
            Item::Func(form, _) | Item::Data(form) => form.len() as usize,
            _ => 0,
        }
    }
}

/// The place of a definition or import.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Definition {
    pub(crate) id: Option<Span>,
    /// The form that defines it.
    pub(crate) form: Span,
    pub(crate) is_imported: bool,
}

/// The definitions of each index space of a module, in the order of their indices.
#[derive(Default)]
pub(crate) struct Definitions {
    spaces: [Vec<Definition>; 8],
}

impl Definitions {
    /// Returns the definition with the index, or `None` if the index is out of range.
    pub(crate) fn get(&self, space: IndexSpace, index: u32) -> Option<Definition> {
        self.of(space).get(index as usize).copied()
    }

    /// Returns the definitions of an index space; locals, labels and fields have none.
    pub(crate) fn of(&self, space: IndexSpace) -> &[Definition] {
        self.spaces.get(space as usize).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn push(&mut self, space: IndexSpace, definition: Definition) {
        self.spaces[space as usize].push(definition);
    }
}

/// The form cannot be parsed.
pub(crate) struct Unparsable;

impl<'s> Outline<'s> {
    /// Returns an empty outline for the pipeline. It may be incomplete where there is an error.
    pub(crate) fn new(source: &'s str) -> Outline<'s> {
        Outline {
            source,
            is_tolerant: false,
            symbols: SymbolTable::new(source),
            fields: Ast::default(),
            metadata: Ast::default(),
            items: Vec::new(),
            broken: Vec::new(),
            definitions: Definitions::default(),
            diagnostics: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// Returns an empty outline for the explaining route: errors are collected, and data segments are parsed.
    pub(crate) fn tolerant(source: &'s str) -> Outline<'s> {
        Outline { is_tolerant: true, ..Outline::new(source) }
    }

    pub(crate) fn source(&self) -> &'s str {
        self.source
    }

    /// Adds the next form, and declares what it defines.
    ///
    /// # Errors
    ///
    /// [`Unparsable`] if the form is not well-formed. Nothing of it is declared then.
    pub(crate) fn add(&mut self, buffer: &mut TokenBuffer, form: Form) -> Result<(), Unparsable> {
        match form.kind {
            FormKind::Func => self.add_func(form.span),
            FormKind::Data if !self.is_tolerant => {
                let id = form_id(self.source, form.span);
                self.declare(IndexSpace::Data, Naming { id, name: None }, form.span, false);
                self.items.push(Item::Data(form.span));
            }
            FormKind::Annotation => return self.add_annotation(buffer, form.span),
            FormKind::Broken => return Err(Unparsable),
            _ => {
                let start = self.fields.fields.len();
                self.parse(buffer, form.span, false)?;
                self.declare_fields(start);
            }
        }
        Ok(())
    }

    /// Adds a function.
    pub(crate) fn add_func(&mut self, form: Span) {
        let index = self.symbols.names(IndexSpace::Func).len();
        let id = form_id(self.source, form);
        self.declare(IndexSpace::Func, Naming { id, name: None }, form, false);
        self.items.push(Item::Func(form, index));
    }

    /// Defines a memory if no form does: an object uses that of the program.
    pub(crate) fn imply_memory(&mut self) {
        if self.symbols.names(IndexSpace::Memory).len() > 0 {
            return;
        }
        let limits = Limits { is_64: false, min: 0, max: None };
        let start = self.fields.fields.len();
        self.fields.fields.push(Field::Memory(Memory {
            span: Span::default(),
            naming: Naming::default(),
            ty: MemoryType { limits, shared: false, page_size: None },
            init: MemoryInit::Default,
        }));
        self.declare_fields(start);
    }

    /// Completes the outline when all forms are added.
    pub(crate) fn finish(&mut self) {
        self.symbols.read_types(&self.fields);
    }

    /// Adds an annotation between fields. One without a meaning yields no token.
    fn add_annotation(&mut self, buffer: &mut TokenBuffer, form: Span) -> Result<(), Unparsable> {
        let Some(first) = Lexer::plain(self.source, form).next() else { return Ok(()) };
        if first.kind == TokenKind::CodeAnnotation {
            let start = self.metadata.code_metadata.len() as u32;
            self.parse(buffer, form, true)?;
            let end = self.metadata.code_metadata.len() as u32;
            self.items.push(Item::Metadata(Run { start, end }));
        } else {
            let start = self.fields.fields.len();
            self.parse(buffer, form, false)?;
            self.declare_fields(start);
        }
        Ok(())
    }

    fn parse(&mut self, buffer: &mut TokenBuffer, form: Span, is_metadata: bool) -> Result<(), Unparsable> {
        let ast = if is_metadata { &mut self.metadata } else { &mut self.fields };
        let parsed = parse(self.source, form, Mode::Field, !self.is_tolerant, buffer, ast);
        if !parsed.is_sound() {
            return Err(Unparsable);
        }
        self.diagnostics.extend(parsed.diagnostics);
        Ok(())
    }

    /// Declares the fields of the tree from `start` on, which are one item.
    pub(crate) fn declare_fields(&mut self, start: usize) {
        let end = self.fields.fields.len();
        for at in start..end {
            let field = self.fields.fields[at];
            self.declare_field(&field);
        }
        self.items.push(Item::Fields(Run { start: start as u32, end: end as u32 }));
    }

    fn declare_field(&mut self, field: &Field) {
        match field {
            Field::Rec(group) => {
                for at in group.types.range() {
                    let def = self.fields.type_defs[at];
                    self.declare(IndexSpace::Type, def.naming, def.span, false);
                    self.symbols.define_struct_fields(&self.fields, &def, &mut self.faults);
                }
            }
            Field::Import(Import::Single { desc, .. }) => {
                self.declare(IndexSpace::of(&desc.ty), desc.naming, desc.span, true);
            }
            Field::Import(Import::Items { items, .. }) => {
                for at in items.range() {
                    if let Some(desc) = self.fields.import_items[at].desc {
                        self.declare(IndexSpace::of(&desc.ty), desc.naming, desc.span, true);
                    }
                }
            }
            Field::Import(Import::Names { items, desc, .. }) => {
                for _ in items.range() {
                    self.declare(IndexSpace::of(&desc.ty), desc.naming, desc.span, true);
                }
            }
            Field::Func(Func { naming, span, .. }) => self.declare(IndexSpace::Func, *naming, *span, false),
            Field::Table(table) => {
                self.declare(IndexSpace::Table, table.naming, table.span, false);
                if let TableInit::Elems(_) = table.init {
                    self.declare(IndexSpace::Elem, Naming::default(), table.span, false);
                }
            }
            Field::Memory(memory) => {
                self.declare(IndexSpace::Memory, memory.naming, memory.span, false);
                if let MemoryInit::Data(_) = memory.init {
                    self.declare(IndexSpace::Data, Naming::default(), memory.span, false);
                }
            }
            Field::Global(global) => self.declare(IndexSpace::Global, global.naming, global.span, false),
            Field::Tag(tag) => self.declare(IndexSpace::Tag, tag.naming, tag.span, false),
            Field::Elem(elem) => self.declare(IndexSpace::Elem, elem.naming, elem.span, false),
            Field::Data(data) => self.declare(IndexSpace::Data, data.naming, data.span, false),
            Field::Export(_) | Field::Start(..) | Field::Annotation(_) => {}
        }
    }

    fn declare(&mut self, space: IndexSpace, naming: Naming, form: Span, is_imported: bool) {
        self.symbols.define(space, naming, &mut self.faults);
        if self.is_tolerant {
            self.definitions.push(space, Definition { id: naming.id, form, is_imported });
        }
    }
}

/// Returns the identifier of a form that is not parsed yet.
fn form_id(source: &str, form: Span) -> Option<Span> {
    let mut tokens = Lexer::plain(source, form);
    tokens.next()?;
    tokens.next().filter(|token| token.kind == TokenKind::Id).map(|token| token.span())
}
