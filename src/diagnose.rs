//! What is wrong with a text: the thorough way through the stages.
//!
//! The fast way ([`crate::assemble`]) only learns that something is wrong, and gives up. This one goes
//! over the text once more and finds everything: it goes on behind syntax errors, knows which things
//! are wrong themselves so that what depends on them is not complained of, and checks each body,
//! expression and field for itself. It takes a few times as long, and grows with the text as that does.

use crate::ast::{
    Ast, CompType, DataMode, ElemItems, ElemMode, Export, ExternDesc, ExternType, Field, Func, GlobalType,
    Idx, Import, MemoryInit, MemoryType, Naming, RecGroup, Run, TableInit, TableType, TypeDef, TypeUseId,
    ValType,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::lex::{Kind, Tokens};
use crate::lower::{
    self, ExprCode, ExprLowerer, Fixup, Funcs, ImplicitTypes, Lowered, Mark, ModuleBuilder, Scope, Space,
    lower_form,
};
use crate::mend::{Mending, mend};
use crate::parse::Parser;
use crate::parse::split::{self, Form, FormKind, ModuleText};
use crate::span::Span;
use crate::validate::{self, Body, Checker, Declarations, DeclaredThings, StructField, Thing};
use hashbrown::HashSet;
use wasm_encoder as enc;
use wasmparser::WasmFeatures;

/// What is to be found out.
pub(crate) struct Question<'s> {
    pub(crate) source: &'s str,
    /// Where the module is in it.
    pub(crate) whole: Span,
    pub(crate) in_script: bool,
    /// The features it may use to be valid; none if it need not be valid.
    pub(crate) features: Option<WasmFeatures>,
}

/// Everything that is wrong with a module, and the warnings.
pub(crate) fn diagnose(question: &Question<'_>) -> Vec<Diagnostic> {
    let mut mending = mend(question.source, question.whole, question.in_script);
    let mut diagnostics = std::mem::take(&mut mending.diagnostics);
    let (source, whole) = mending.text(question.source, question.whole);
    let mut found = Vec::new();
    let text = split::module(source, whole, question.in_script, 1, &mut found);
    let mut scope = Scope::new(source);
    let declared = DeclaredThings::new(&scope);
    let mut diagnosis = Diagnosis {
        source,
        whole,
        mending: &mending,
        parser: Parser::new(),
        ast: Ast::default(),
        items: Vec::new(),
        declared,
        diagnostics: found,
    };
    diagnosis.declare(&text, &mut scope);
    let (lowered, exports) = diagnosis.lower(&text, &mut scope);
    match question.features {
        Some(features) => diagnosis.validate(&mut scope, &lowered, &exports, features),
        None => diagnosis.bodies(&scope, &lowered.implicit, &[], None),
    }
    let found = diagnosis.diagnostics;
    diagnostics.extend(found.into_iter().filter_map(|diagnostic| mending.carried_back(diagnostic)));
    // What stood in the mended text may be what stands in the original.
    for diagnostic in &mut diagnostics {
        diagnostic.suggestions.retain(|suggestion| suggestion.changes(question.source));
    }
    first_of_each_feature(diagnostics)
}

/// Leaves of the complaints about a feature that is not allowed only that about the first use.
fn first_of_each_feature(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if diagnostics.iter().any(|diagnostic| diagnostic.code == Code::FeatureDisabled) {
        diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
        let mut seen = HashSet::new();
        diagnostics.retain(|diagnostic| {
            diagnostic.code != Code::FeatureDisabled || seen.insert(diagnostic.message.clone())
        });
    }
    diagnostics
}

/// A form of the module.
enum Item {
    Func(FuncItem),
    /// Fields of the tree: the first, and behind the last.
    Fields(usize, usize),
    /// Code metadata of the function behind, still text.
    Metadata(Span),
    /// Things of a form that cannot be read.
    Broken(Vec<Space>),
}

struct FuncItem {
    form: Span,
    index: u32,
    /// Whether it can be read.
    is_sound: bool,
    /// The errors found in it are in front of this one.
    is_broken: bool,
}

/// What comes of lowering all forms.
struct Found {
    lowered: Lowered,
    exports: Vec<(Export, Option<u32>)>,
    /// The functions that cannot be read.
    faulty: HashSet<u32>,
}

struct Diagnosis<'s> {
    source: &'s str,
    /// Where the module is in it.
    whole: Span,
    /// How the text came about.
    mending: &'s Mending,
    parser: Parser,
    /// All fields but functions.
    ast: Ast,
    items: Vec<Item>,
    declared: DeclaredThings<'s>,
    diagnostics: Vec<Diagnostic>,
}

impl<'s> Diagnosis<'s> {
    // ---------------------------------------------------------------------------------- Declaring

    /// Parses all forms but functions, and finds out what is called what.
    fn declare(&mut self, text: &ModuleText, scope: &mut Scope<'s>) {
        for form in &text.forms {
            match form.kind {
                FormKind::Func => self.declare_func(form.span, true, scope),
                FormKind::Broken => self.declare_broken(form.span, scope),
                FormKind::Annotation => self.annotation(*form),
                _ => {
                    let start = self.ast.fields.len();
                    let parsed = self.parser.field(self.source, form.span, &mut self.ast);
                    let is_sound = parsed.is_sound();
                    self.diagnostics.extend(parsed.diagnostics);
                    if !is_sound {
                        self.declare_broken(form.span, scope);
                        continue;
                    }
                    self.declare_fields(start, scope);
                }
            }
        }
        scope.read_types(&self.ast);
        self.declared.unknown = scope.look_for_errors();
        for (index, def) in (0..).zip(validate::definitions(&self.ast)) {
            // What it is a subtype of is not known.
            let mut supers = self.ast.extra[def.supers.range()].iter();
            let is_known = |raw: &u32| {
                scope.index(&self.ast, Idx::from_raw(*raw), Space::Type, &mut Vec::new()).is_some()
            };
            if !supers.all(is_known) {
                scope.set_faulty(Space::Type, index);
            }
        }
    }

    /// Enters the fields of the tree from `start` on.
    fn declare_fields(&mut self, start: usize, scope: &mut Scope<'s>) {
        for at in start..self.ast.fields.len() {
            let field = self.ast.fields[at];
            scope.define_field(&self.ast, &field, &mut self.diagnostics);
            self.declare_field(&field);
        }
        self.items.push(Item::Fields(start, self.ast.fields.len()));
    }

    fn declare_func(&mut self, form: Span, is_sound: bool, scope: &mut Scope<'s>) {
        let mut tokens = Tokens::plain(self.source, form);
        tokens.next();
        let id = tokens.next().filter(|token| token.kind == Kind::Id).map(|token| token.span());
        scope.define_func(id, &mut self.diagnostics);
        let index = scope.names(Space::Func).len() - 1;
        self.declared.push(Space::Func, Thing { id, form, is_defined: true });
        self.items.push(Item::Func(FuncItem { form, index, is_sound, is_broken: !is_sound }));
    }

    fn declare_field(&mut self, field: &Field) {
        let mut push = |space, naming: Naming, form, is_defined| {
            self.declared.push(space, Thing { id: naming.id, form, is_defined });
        };
        match field {
            Field::Rec(group) => {
                for def in &self.ast.type_defs[group.types.range()] {
                    push(Space::Type, def.naming, def.span, true);
                }
            }
            Field::Import(Import::Single { desc, .. }) => {
                push(space_of(desc), desc.naming, desc.span, false);
            }
            Field::Import(Import::Items { items, .. }) => {
                for item in &self.ast.import_items[items.range()] {
                    if let Some(desc) = &item.desc {
                        push(space_of(desc), desc.naming, desc.span, false);
                    }
                }
            }
            Field::Import(Import::Names { items, desc, .. }) => {
                for _ in items.range() {
                    push(space_of(desc), desc.naming, desc.span, false);
                }
            }
            Field::Func(Func { naming, span, .. }) => push(Space::Func, *naming, *span, true),
            Field::Table(table) => {
                push(Space::Table, table.naming, table.span, true);
                if let TableInit::Elems(_) = table.init {
                    push(Space::Elem, Naming::default(), table.span, true);
                }
            }
            Field::Memory(memory) => {
                push(Space::Memory, memory.naming, memory.span, true);
                if let MemoryInit::Data(_) = memory.init {
                    push(Space::Data, Naming::default(), memory.span, true);
                }
            }
            Field::Global(global) => push(Space::Global, global.naming, global.span, true),
            Field::Tag(tag) => push(Space::Tag, tag.naming, tag.span, true),
            Field::Elem(elem) => push(Space::Elem, elem.naming, elem.span, true),
            Field::Data(data) => push(Space::Data, data.naming, data.span, true),
            Field::Export(_) | Field::Start(..) | Field::Custom(_) => {}
        }
        if let Field::Rec(group) = field {
            let first = self.declared.count(Space::Type) - group.types.len() as usize;
            for (index, def) in (first as u32..).zip(&self.ast.type_defs[group.types.range()]) {
                let fields = match def.comp {
                    CompType::Struct(run) => self.ast.struct_fields[run.range()]
                        .iter()
                        .map(|field| StructField { id: field.naming.id, ty: field.ty.start })
                        .collect(),
                    CompType::Array(ty) => vec![StructField { id: None, ty: ty.start }],
                    CompType::Func(_) | CompType::Cont(_) => continue,
                };
                self.declared.set_fields(index, fields);
            }
        }
    }

    fn annotation(&mut self, form: Form) {
        // Without a meaning there is no token of it.
        let Some(first) = Tokens::plain(self.source, form.span).next() else { return };
        if first.kind == Kind::AtMetadata {
            return self.items.push(Item::Metadata(form.span));
        }
        let start = self.ast.fields.len();
        let parsed = self.parser.field(self.source, form.span, &mut self.ast);
        self.diagnostics.extend(parsed.diagnostics);
        self.items.push(Item::Fields(start, self.ast.fields.len()));
    }

    /// Enters what a form that cannot be read defines, so that it is not unknown too.
    fn declare_broken(&mut self, form: Span, scope: &mut Scope<'s>) {
        let things = broken_things(self.source, form);
        let start = self.ast.fields.len();
        let mut spaces = Vec::new();
        for &(space, id) in &things {
            let naming = Naming { id, name: None };
            match space {
                Space::Func if things.len() == 1 && spaces.is_empty() => {
                    let first = Tokens::plain(self.source, form).next();
                    if first.is_some_and(|token| token.kind == Kind::ParenFunc) {
                        self.declare_func(form, false, scope);
                        scope.set_faulty(Space::Func, scope.names(Space::Func).len() - 1);
                        return;
                    }
                }
                Space::Type => {
                    let run = Run::default();
                    self.ast.type_defs.push(TypeDef {
                        span: form,
                        naming,
                        comp: CompType::Struct(run),
                        is_final: true,
                        shared: false,
                        supers: run,
                        describes: Idx::NONE,
                        descriptor: Idx::NONE,
                    });
                    let end = self.ast.type_defs.len() as u32;
                    let types = Run { start: end - 1, end };
                    self.ast.fields.push(Field::Rec(RecGroup { types, explicit: false }));
                    continue;
                }
                _ => {}
            }
            let index = scope.define_faulty(space, id);
            debug_assert_eq!(index as usize, self.declared.count(space));
            self.declared.push(space, Thing { id, form, is_defined: true });
            spaces.push(space);
        }
        if self.ast.fields.len() > start {
            let first = scope.names(Space::Type).len();
            self.declare_fields(start, scope);
            for index in first..scope.names(Space::Type).len() {
                scope.set_faulty(Space::Type, index);
            }
        }
        self.items.push(Item::Broken(spaces));
    }

    // ----------------------------------------------------------------------------------- Lowering

    /// Lowers all forms in their order, to learn the types of functions and what is wrong with names
    /// outside of bodies. What comes back besides is all exports.
    fn lower(&mut self, text: &ModuleText, scope: &mut Scope<'s>) -> (Lowered, Vec<(Export, Option<u32>)>) {
        let declared = self.diagnostics.len();
        let mut found = self.lower_once(text, scope);
        if scope.learns(&found.lowered.implicit) {
            self.diagnostics.truncate(declared);
            found = self.lower_once(text, scope);
        }
        let Found { lowered, mut exports, faulty } = found;
        let implicit = lowered.implicit.signatures.len() as u32;
        scope.set_implicit_types(implicit);
        self.declared.types = scope.names(Space::Type).len() + implicit;
        for item in &mut self.items {
            if let Item::Func(func) = item
                && faulty.contains(&func.index)
            {
                func.is_sound = false;
                scope.set_faulty(Space::Func, func.index);
            }
        }
        exports.sort_by_key(|(export, _)| export.name.start);
        (lowered, exports)
    }

    fn lower_once(&mut self, text: &ModuleText, scope: &Scope<'s>) -> Found {
        let mut builder = ModuleBuilder::new(scope, text.naming, false);
        let mut ast = Ast::default();
        let mut exprs = ExprLowerer::default();
        let mut funcs = Funcs::default();
        let mut exports = Vec::new();
        let mut faulty = HashSet::new();
        for item in &mut self.items {
            match item {
                Item::Fields(start, end) => {
                    builder.add_fields(&self.ast, &self.ast.fields[*start..*end]);
                    for field in &self.ast.fields[*start..*end] {
                        if let Field::Export(export) = field {
                            exports.push((*export, None));
                        }
                    }
                }
                Item::Func(func) if func.is_sound => {
                    ast.clear();
                    funcs.clear();
                    let parsed = self.parser.field(self.source, func.form, &mut ast);
                    let is_sound = parsed.is_sound();
                    func.is_broken = parsed.diagnostics.iter().any(Diagnostic::is_error)
                        || self.mending.has_change_in(func.form);
                    self.diagnostics.extend(parsed.diagnostics);
                    if !is_sound {
                        faulty.insert(func.index);
                        continue;
                    }
                    lower_form(scope, &ast, false, &mut exprs, &mut funcs);
                    exports.extend(funcs.exports.iter().map(|export| (*export, Some(func.index))));
                    builder.add_funcs(&mut funcs);
                    funcs.diagnostics.clear();
                    funcs.code.diagnostics.clear();
                }
                Item::Metadata(span) => {
                    ast.clear();
                    let parsed = self.parser.field(self.source, *span, &mut ast);
                    self.diagnostics.extend(parsed.diagnostics);
                    builder.add_func_metadata(&ast);
                }
                Item::Func(_) | Item::Broken(_) => {}
            }
        }
        builder.add_unknown_type();
        let (lowered, diagnostics) = builder.finish();
        self.diagnostics.extend(diagnostics);
        Found { lowered, exports, faulty }
    }

    // --------------------------------------------------------------------------------- Validating

    fn validate(
        &mut self,
        scope: &mut Scope<'s>,
        lowered: &Lowered,
        exports: &[(Export, Option<u32>)],
        features: WasmFeatures,
    ) {
        self.unknown_references();
        let mut func_types = self.func_types(scope, &lowered.implicit);
        let declarations = self.declarations(scope, lowered, exports, &func_types);
        for (index, func) in (0..).zip(declarations.funcs()) {
            // Of what type it is is not known.
            if func == validate::NO_TYPE {
                scope.set_faulty(Space::Func, index);
            }
        }
        let expressions = self.expressions(scope, &declarations);
        let mut constants = vec![enc::ValType::I32, enc::ValType::I64];
        constants.extend(expressions.iter().map(|expression| expression.ty));
        let (checker, faults) = Checker::new(&declarations, &constants, self.declared.unknown, features);
        let defs = validate::definitions(&self.ast);
        let defs: Vec<Option<TypeDef>> = defs.into_iter().map(Some).collect();
        for fault in &faults {
            let already = fault.types.clone().any(|index| scope.is_faulty(Space::Type, index));
            let diagnostic = validate::explain_types(&self.ast, scope, &self.declared, &defs, fault);
            if let Some(diagnostic) = diagnostic
                && !already
                && !self.has_error_in(diagnostic.span)
            {
                self.diagnostics.push(diagnostic);
            }
            for index in fault.types.clone() {
                scope.set_faulty(Space::Type, index);
            }
        }
        if !faults.is_empty() {
            // What a function or tag of a faulty type takes is not known.
            for (index, func) in (0..).zip(declarations.funcs()) {
                if scope.is_faulty(Space::Type, func) {
                    scope.set_faulty(Space::Func, index);
                }
            }
            for (index, tag) in (0..).zip(declarations.tags()) {
                if scope.is_faulty(Space::Type, tag) {
                    scope.set_faulty(Space::Tag, index);
                }
            }
            for ty in &mut func_types {
                *ty = ty.filter(|&ty| !scope.is_faulty(Space::Type, ty));
            }
        }
        let Some(checker) = checker else { return };
        let names: Vec<Export> = exports.iter().map(|(export, _)| *export).collect();
        let found = validate::fields(&self.ast, scope, &self.declared, &checker, &names);
        self.diagnostics.extend(found);
        self.constants(scope, &checker, &expressions);
        self.bodies(scope, &lowered.implicit, &func_types, Some(&checker));
    }

    /// Complains of the numbers in reference types that are too large: `(ref 9)`.
    fn unknown_references(&mut self) {
        let mut is_behind_ref = false;
        for token in Tokens::plain(self.source, self.whole) {
            if token.kind == Kind::Nat && is_behind_ref {
                let span = token.span();
                let number = crate::lex::number::magnitude(&self.source[span.range()]);
                if let Some((_, number)) = number.filter(|(_, number)| *number >= self.declared.types.into())
                {
                    let diagnostic = self.declared.unknown_index(Space::Type, number, span);
                    self.diagnostics.push(diagnostic);
                }
            }
            is_behind_ref = token.kind == Kind::ParenRef || (token.kind == Kind::Null && is_behind_ref);
        }
    }

    /// Whether there is an error at a place already.
    fn has_error_in(&self, span: Span) -> bool {
        self.diagnostics.iter().any(|other| other.is_error() && other.span == span)
    }

    /// The type of each function of a form, and complaints about those that are of no function type.
    fn func_types(&mut self, scope: &Scope<'s>, implicit: &ImplicitTypes) -> Vec<Option<u32>> {
        let mut types = Vec::new();
        let mut ast = Ast::default();
        for item in &self.items {
            let Item::Func(func) = item else { continue };
            let mut ty = None;
            if func.is_sound {
                ast.clear();
                self.parser.field(self.source, func.form, &mut ast);
                for field in &ast.fields {
                    let type_use = match field {
                        Field::Func(func) => func.type_use,
                        Field::Import(Import::Single { desc, .. }) => match desc.ty {
                            ExternType::Func { type_use, .. } => type_use,
                            _ => continue,
                        },
                        _ => continue,
                    };
                    ty = lower::known_type(scope, &ast, type_use, implicit);
                    if let Some(index) = ty
                        && !scope.is_func_type(index, implicit)
                    {
                        ty = None;
                        self.diagnostics.extend(not_a_func_type(
                            &self.declared,
                            scope,
                            &ast,
                            type_use,
                            func.form,
                            index,
                        ));
                    }
                }
            }
            types.push(ty);
        }
        types
    }

    fn declarations(
        &mut self,
        scope: &Scope<'s>,
        lowered: &Lowered,
        exports: &[(Export, Option<u32>)],
        func_types: &[Option<u32>],
    ) -> Declarations {
        let mut declarations =
            Declarations { types: validate::type_section(&lowered.bytes), ..Declarations::default() };
        let mut func_types = func_types.iter();
        let mut wrong = Vec::new();
        let mut type_of = |ast: &Ast, id: TypeUseId, form: Span, declared: &DeclaredThings<'_>| {
            let index = lower::known_type(scope, ast, id, &lowered.implicit)?;
            if scope.is_func_type(index, &lowered.implicit) {
                return Some(index);
            }
            wrong.extend(not_a_func_type(declared, scope, ast, id, form, index));
            None
        };
        for item in &self.items {
            match item {
                Item::Func(_) => {
                    let ty = func_types.next().copied().flatten();
                    declarations.things.push(enc::EntityType::Function(ty.unwrap_or(validate::NO_TYPE)));
                }
                Item::Broken(spaces) => {
                    for space in spaces {
                        declarations.push_any(*space);
                    }
                }
                Item::Metadata(_) => {}
                Item::Fields(start, end) => {
                    for field in &self.ast.fields[*start..*end] {
                        let ast = &self.ast;
                        let mut desc_type = |desc: &ExternDesc| match &desc.ty {
                            ExternType::Func { type_use, .. } => {
                                let ty = type_of(ast, *type_use, desc.span, &self.declared);
                                enc::EntityType::Function(ty.unwrap_or(validate::NO_TYPE))
                            }
                            ExternType::Table(ty) => table_type(scope, ast, ty),
                            ExternType::Memory(ty) => memory_type(ty),
                            ExternType::Global(ty) => global_type(scope, ast, ty),
                            ExternType::Tag(type_use) => {
                                tag_type(type_of(ast, *type_use, desc.span, &self.declared))
                            }
                        };
                        match field {
                            Field::Import(Import::Single { desc, .. }) => {
                                let ty = desc_type(desc);
                                declarations.things.push(ty);
                            }
                            Field::Import(Import::Items { items, .. }) => {
                                for item in &ast.import_items[items.range()] {
                                    declarations.things.extend(item.desc.as_ref().map(&mut desc_type));
                                }
                            }
                            Field::Import(Import::Names { items, desc, .. }) => {
                                let ty = desc_type(desc);
                                declarations.things.extend(items.range().map(|_| ty));
                            }
                            Field::Table(table) => {
                                declarations.things.push(table_type(scope, ast, &table.ty));
                                if let TableInit::Elems(_) = table.init {
                                    declarations.elems.push(element_type(scope, ast, table.ty.elem));
                                }
                            }
                            Field::Memory(memory) => {
                                declarations.things.push(memory_type(&memory.ty));
                                declarations.datas += u32::from(matches!(memory.init, MemoryInit::Data(_)));
                            }
                            Field::Global(global) => {
                                declarations.things.push(global_type(scope, ast, &global.ty));
                            }
                            Field::Tag(tag) => {
                                let ty = type_of(ast, tag.type_use, tag.span, &self.declared);
                                declarations.things.push(tag_type(ty));
                            }
                            Field::Elem(elem) => declarations.elems.push(match &elem.items {
                                ElemItems::Exprs(ty, _) => element_type(scope, ast, *ty),
                                // `(ref func)`
                                ElemItems::Funcs(_) => {
                                    enc::RefType { nullable: false, ..enc::RefType::FUNCREF }
                                }
                            }),
                            Field::Data(_) => declarations.datas += 1,
                            _ => {}
                        }
                    }
                }
            }
        }
        self.diagnostics.extend(wrong);
        declarations.referable = self.referable(scope, exports);
        declarations
    }

    /// The functions that are exported, or mentioned outside of bodies.
    fn referable(&self, scope: &Scope<'s>, exports: &[(Export, Option<u32>)]) -> Vec<u32> {
        let mut is_unsure = false;
        let mut index = |idx: Idx| {
            let index = scope.index(&self.ast, idx, Space::Func, &mut Vec::new());
            is_unsure |= index.is_none();
            index
        };
        let mut funcs = Vec::new();
        for (export, own) in exports {
            match own {
                Some(own) => funcs.push(*own),
                None if export.kind == enc::ExportKind::Func => funcs.extend(index(export.idx)),
                None => {}
            }
        }
        for field in &self.ast.fields {
            let items = match field {
                Field::Elem(elem) => &elem.items,
                Field::Table(table) => match &table.init {
                    TableInit::Elems(items) => items,
                    _ => continue,
                },
                _ => continue,
            };
            if let ElemItems::Funcs(run) = items {
                let raw = self.ast.extra[run.range()].iter();
                funcs.extend(raw.filter_map(|&raw| index(Idx::from_raw(raw))));
            }
        }
        let ref_func = crate::instr::Op::named("ref.func");
        let instrs = self.ast.instrs.iter().filter(|instr| Some(instr.op) == ref_func);
        funcs.extend(instrs.filter_map(|instr| index(Idx::from_raw(instr.imm))));
        if is_unsure {
            // Any of them may be meant.
            return (0..scope.names(Space::Func).len()).collect();
        }
        funcs
    }

    /// The constant expressions of all fields.
    fn expressions(&self, scope: &Scope<'s>, declarations: &Declarations) -> Vec<Expression> {
        let ast = &self.ast;
        let mut found = Vec::new();
        let val_type = |ty: ValType| scope.val_type(ast, ty, &mut Vec::new()).unwrap_or(enc::ValType::I32);
        let (tables, memories) = declarations.is_64();
        let addr = |idx: Idx, space: Space| {
            let index = if idx.is_none() { Some(0) } else { scope.index(ast, idx, space, &mut Vec::new()) };
            let all = if space == Space::Table { &tables } else { &memories };
            match index.and_then(|index| all.get(index as usize)) {
                Some(true) => enc::ValType::I64,
                _ => enc::ValType::I32,
            }
        };
        let mut push = |body: Run, ty, form, what| found.push(Expression { body, ty, form, what });
        let elems =
            |items: &ElemItems, form: Span, push: &mut dyn FnMut(Run, enc::ValType, Span, &'static str)| {
                if let ElemItems::Exprs(ty, run) = items {
                    for &expr in &ast.exprs[run.range()] {
                        push(expr, val_type(*ty), form, "element expression");
                    }
                }
            };
        for field in &ast.fields {
            match field {
                Field::Global(global) => {
                    push(global.init, val_type(global.ty.ty), global.span, "initial value of the global");
                }
                Field::Table(table) => match &table.init {
                    TableInit::Expr(body) => {
                        push(*body, val_type(table.ty.elem), table.span, "initial value of the table");
                    }
                    TableInit::Elems(items) => elems(items, table.span, &mut push),
                    TableInit::Default => {}
                },
                Field::Elem(elem) => {
                    if let ElemMode::Active { table, offset } = elem.mode {
                        push(offset, addr(table, Space::Table), elem.span, "offset of the segment");
                    }
                    elems(&elem.items, elem.span, &mut push);
                }
                Field::Data(data) => {
                    if let DataMode::Active { memory, offset } = data.mode {
                        push(offset, addr(memory, Space::Memory), data.span, "offset of the segment");
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// Checks the constant expressions.
    fn constants(&mut self, scope: &Scope<'s>, checker: &Checker, expressions: &[Expression]) {
        let mut exprs = ExprLowerer::default();
        for expression in expressions {
            let mut code = ExprCode { marks: Some(Vec::new()), bytes: vec![0], ..ExprCode::default() };
            exprs.clear();
            let end = expression.form.end.saturating_sub(1);
            exprs.expr(scope, &self.ast, expression.body, end, &mut code);
            let Some(ty) = checker.constant(expression.ty) else { continue };
            let body = Body {
                func: u32::MAX,
                ty,
                bytes: &code.bytes,
                marks: code.marks.as_deref().unwrap_or_default(),
                form: expression.form,
                is_broken: code.diagnostics.iter().any(Diagnostic::is_error),
                locals: &[],
                constant_of: Some(expression.what),
            };
            if code.fixups.is_empty() {
                self.diagnostics.extend(validate::check_body(checker, &self.declared, &body));
            }
        }
    }

    /// Looks for unknown names in all functions and checks their bodies.
    fn bodies(
        &mut self,
        scope: &Scope<'s>,
        implicit: &ImplicitTypes,
        func_types: &[Option<u32>],
        checker: Option<&Checker>,
    ) {
        let mut ast = Ast::default();
        let mut exprs = ExprLowerer::default();
        let mut funcs = Funcs::default();
        let defs = validate::definitions(&self.ast);
        let mut func_types = func_types.iter();
        let mut found = Vec::new();
        for item in &self.items {
            let Item::Func(item) = item else { continue };
            let ty = func_types.next().copied().flatten();
            if !item.is_sound {
                continue;
            }
            ast.clear();
            funcs.clear();
            self.parser.field(self.source, item.form, &mut ast);
            funcs.code.marks = Some(Vec::new());
            funcs.code.validating = true;
            lower_form(scope, &ast, false, &mut exprs, &mut funcs);
            let placed = |diagnostic| validate::placed(&self.declared, scope, item.form, diagnostic);
            found.extend(funcs.diagnostics.drain(..).map(placed));
            let is_broken = item.is_broken || funcs.code.diagnostics.iter().any(Diagnostic::is_error);
            found.extend(funcs.code.diagnostics.drain(..).map(placed));
            let (Some(checker), Some(ty)) = (checker, ty) else { continue };
            let func = ast.fields.iter().find_map(|field| match field {
                Field::Func(func) => Some(func),
                _ => None,
            });
            let (Some(func), Some(lowered)) = (func, funcs.funcs.last()) else { continue };
            let marks = funcs.code.marks.take().unwrap_or_default();
            let (bytes, marks) = filled(&funcs.code, lowered.body, marks, implicit);
            let locals = self.locals(&ast, func, &defs, ty);
            let body = Body {
                func: item.index,
                ty,
                bytes: &bytes,
                marks: &marks,
                form: item.form,
                is_broken,
                locals: &locals,
                constant_of: None,
            };
            found.extend(validate::check_body(checker, &self.declared, &body));
        }
        self.diagnostics.extend(found);
    }

    /// Where the parameters and locals of a function are declared.
    fn locals(&self, ast: &Ast, func: &Func, defs: &[TypeDef], ty: u32) -> Vec<Span> {
        let place =
            |naming: Naming, ty: ValType| naming.id.unwrap_or_else(|| self.declared.type_at(ty.start));
        let type_use = ast.type_uses[func.type_use.0 as usize];
        let mut locals: Vec<Span> = Vec::new();
        if type_use.inline || type_use.idx.is_none() {
            locals.extend(
                ast.params[type_use.params.range()].iter().map(|param| place(param.naming, param.ty)),
            );
        } else if let Some(CompType::Func(id)) = defs.get(ty as usize).map(|def| def.comp) {
            let params = self.ast.type_uses[id.0 as usize].params;
            locals.extend(self.ast.params[params.range()].iter().map(|param| place(param.naming, param.ty)));
        }
        locals.extend(ast.params[func.locals.range()].iter().map(|local| place(local.naming, local.ty)));
        locals
    }
}

/// A constant expression.
struct Expression {
    body: Run,
    ty: enc::ValType,
    form: Span,
    what: &'static str,
}

/// A body with the indices of implicit types in it, and its instructions' places from its first byte.
fn filled(code: &ExprCode, body: Run, marks: Vec<Mark>, implicit: &ImplicitTypes) -> (Vec<u8>, Vec<Mark>) {
    let mut bytes = Vec::with_capacity(body.len() as usize);
    let mut from = body.start;
    let mut fixups =
        code.fixups.iter().filter(|fixup| body.range().contains(&(fixup.at as usize))).peekable();
    let mut fill = |fixup: &Fixup, bytes: &mut Vec<u8>| {
        bytes.extend_from_slice(&code.bytes[from as usize..fixup.at as usize]);
        from = fixup.at;
        let index = implicit.find(&code.signatures[fixup.signature.range()]).unwrap_or(0);
        fixup.encode(index, bytes);
    };
    let mut placed = Vec::with_capacity(marks.len());
    let mut grown = 0;
    for mark in marks {
        while let Some(fixup) = fixups.next_if(|fixup| fixup.at <= mark.at) {
            fill(fixup, &mut bytes);
            let index = implicit.find(&code.signatures[fixup.signature.range()]).unwrap_or(0);
            grown += fixup.index_len(index);
        }
        placed.push(Mark { at: mark.at - body.start + grown, ..mark });
    }
    for fixup in fixups {
        fill(fixup, &mut bytes);
    }
    bytes.extend_from_slice(&code.bytes[from as usize..body.end as usize]);
    (bytes, placed)
}

fn space_of(desc: &ExternDesc) -> Space {
    match desc.ty {
        ExternType::Func { .. } => Space::Func,
        ExternType::Table(_) => Space::Table,
        ExternType::Memory(_) => Space::Memory,
        ExternType::Global(_) => Space::Global,
        ExternType::Tag(_) => Space::Tag,
    }
}

fn element_type(scope: &Scope<'_>, ast: &Ast, ty: ValType) -> enc::RefType {
    match scope.val_type(ast, ty, &mut Vec::new()) {
        Some(enc::ValType::Ref(ty)) => ty,
        _ => enc::RefType::FUNCREF,
    }
}

// Types for what is only declared: limits, which may be wrong, have no part in it.

fn table_type(scope: &Scope<'_>, ast: &Ast, ty: &TableType) -> enc::EntityType {
    enc::EntityType::Table(enc::TableType {
        element_type: element_type(scope, ast, ty.elem),
        table64: ty.limits.is_64,
        minimum: 0,
        maximum: None,
        shared: ty.shared,
    })
}

fn memory_type(ty: &MemoryType) -> enc::EntityType {
    enc::EntityType::Memory(enc::MemoryType {
        minimum: 0,
        maximum: ty.shared.then_some(0),
        memory64: ty.limits.is_64,
        shared: ty.shared,
        page_size_log2: None,
    })
}

fn global_type(scope: &Scope<'_>, ast: &Ast, ty: &GlobalType) -> enc::EntityType {
    let val_type = scope.val_type(ast, ty.ty, &mut Vec::new()).unwrap_or(enc::ValType::I32);
    enc::EntityType::Global(enc::GlobalType { val_type, mutable: ty.mutable, shared: ty.shared })
}

fn tag_type(ty: Option<u32>) -> enc::EntityType {
    enc::EntityType::Tag(enc::TagType {
        kind: enc::TagKind::Exception,
        func_type_idx: ty.unwrap_or(validate::NO_TYPE),
    })
}

/// The complaint that the type of a function or tag is none of functions.
fn not_a_func_type(
    declared: &DeclaredThings<'_>,
    scope: &Scope<'_>,
    ast: &Ast,
    type_use: TypeUseId,
    form: Span,
    index: u32,
) -> Option<Diagnostic> {
    if scope.is_faulty(Space::Type, index) {
        return None;
    }
    let type_use = ast.type_uses[type_use.0 as usize];
    if type_use.inline {
        // That they do not agree has been said.
        return None;
    }
    Some(validate::not_a_func_type(declared, form, index))
}

/// What a form that cannot be read would define, as far as its words tell.
fn broken_things(source: &str, form: Span) -> Vec<(Space, Option<Span>)> {
    let mut tokens = Tokens::plain(source, form).peekable();
    let mut things = Vec::new();
    let Some(first) = tokens.next() else { return things };
    let space = |kind: Kind| match kind {
        Kind::ParenType => Some(Space::Type),
        Kind::ParenFunc => Some(Space::Func),
        Kind::ParenTable => Some(Space::Table),
        Kind::ParenMemory => Some(Space::Memory),
        Kind::ParenGlobal => Some(Space::Global),
        Kind::ParenTag => Some(Space::Tag),
        Kind::ParenElem => Some(Space::Elem),
        Kind::ParenData => Some(Space::Data),
        _ => None,
    };
    match first.kind {
        Kind::ParenRec | Kind::ParenImport => {
            let mut last = first.kind;
            for token in tokens {
                let of = space(last).filter(|of| (first.kind == Kind::ParenRec) == (*of == Space::Type));
                if let Some(of) = of {
                    let id = (token.kind == Kind::Id).then(|| token.span());
                    things.push((of, id));
                    if first.kind == Kind::ParenImport {
                        break;
                    }
                }
                last = token.kind;
            }
        }
        // A misspelt word.
        Kind::Open => {
            if let Some(word) = tokens.next()
                && let Some(near) = crate::parse::field_meant(&source[word.span().range()])
                && let Some(of) = match near {
                    "type" => Some(Space::Type),
                    "func" => Some(Space::Func),
                    "table" => Some(Space::Table),
                    "memory" => Some(Space::Memory),
                    "global" => Some(Space::Global),
                    "tag" => Some(Space::Tag),
                    "elem" => Some(Space::Elem),
                    "data" => Some(Space::Data),
                    _ => None,
                }
            {
                let id = tokens.peek().filter(|token| token.kind == Kind::Id).map(|token| token.span());
                things.push((of, id));
            }
        }
        kind => {
            if let Some(of) = space(kind) {
                let id = tokens.peek().filter(|token| token.kind == Kind::Id).map(|token| token.span());
                things.push((of, id));
            }
        }
    }
    things
}
