//! The explaining route: finds everything that is wrong with a text that the pipeline rejected.
//!
//! A text with an error of syntax is repaired first, so that every form can be parsed. Then all its parts are checked
//! separately, and definitions with an error are poisoned: errors in their uses are suppressed. Each function is lowered
//! once, unless the source uses the number of an implicit type or of no type at all. The time grows linearly with the
//! text.

pub(crate) mod applicability;
pub(crate) mod bidirectional;
pub(crate) mod check;
pub(crate) mod explainer;
pub(crate) mod lowering;
pub(crate) mod nonstandard;
pub(crate) mod not_wat;
pub(crate) mod object;
mod payloads;
pub(crate) mod renamed;
pub(crate) mod repair;
mod repeated;
pub(crate) mod scan_fault;
pub(crate) mod script;
pub(crate) mod spelling;
pub(crate) mod vocabulary;

pub(crate) mod broken;

use crate::ast::{Ast, Export, Field, Idx, TypeDef};
use crate::characters::look_alike;
use crate::diagnostic::{Code, Diagnostic};
use crate::features::{FeatureSet, Features, features_of};
use crate::lex::{Lexer, Mode, TokenBuffer, TokenKind};
use crate::lower::{FuncLowerer, LoweredFuncs, ModuleBuilder, Parts, UnitCursor, lower_form};
use crate::outline::{Item, Outline};
use crate::parse::parse;
use crate::progress::Pace;
use crate::resolve::{Fault, ImplicitTypes, IndexSpace};
use crate::scan::{self, ModuleText};
use crate::span::Span;
use applicability::Findings;
use check::constants::Expression;
use check::declared::Declared;
use check::skeleton::{Checker, NO_TYPE, TypeFault};
use check::unused::Definitions;
use check::{candidates, closed_labels, handlers};
use check::{features, fields, type_uses, types};
use explainer::{Explainer, FuncItem, LoweredForms};
use hashbrown::HashSet;
use lowering::{FaultWords, MOST_COMPARISONS};
use repair::{RepairedText, repair_source};
use std::cell::{Cell, OnceCell};
use wasm_encoder as enc;

/// The input of the explaining route.
pub(crate) struct Input<'s> {
    /// The forms of the source text, if it has no error of syntax.
    pub(crate) well_formed: Option<&'s ModuleText>,
    pub(crate) source: &'s str,
    /// The span of the module.
    pub(crate) whole: Span,
    pub(crate) in_script: bool,
    /// The features that a valid module may use, or `None` if the module need not be valid.
    pub(crate) features: Option<Features>,
    /// Whether the text is to become an object.
    pub(crate) is_object: bool,
    pub(crate) pace: &'s Pace<'s>,
}

/// Returns everything that is wrong with a module, and the warnings. If the work is stopped, the result is incomplete.
pub(crate) fn explain(input: &Input<'_>) -> Findings {
    let mut repaired = match input.well_formed {
        Some(_) => {
            let finds_nothing = || {
                let pace = Pace::new(None);
                let repaired = repair_source(input.source, input.whole, input.in_script, &pace);
                repaired.diagnostics.is_empty() && repaired.unread.is_empty()
            };
            debug_assert!(finds_nothing(), "a well-formed text needs no repair");
            RepairedText::default()
        }
        None => repair_source(input.source, input.whole, input.in_script, input.pace),
    };
    let mut diagnostics = std::mem::take(&mut repaired.diagnostics);
    let unread = std::mem::take(&mut repaired.unread);
    if input.pace.is_stopped() {
        return Findings { diagnostics, unread };
    }
    let (source, whole) = repaired.text(input.source, input.whole);
    let mut faults = Vec::new();
    let scanned;
    let text = match input.well_formed {
        Some(text) => text,
        None => {
            scanned = scan::module(source, whole, input.in_script, 1, &mut faults);
            &scanned
        }
    };
    let mut found: Vec<Diagnostic> = faults.iter().map(|fault| scan_fault::explain(source, fault)).collect();
    let mut explainer = Explainer::new(source, whole, &repaired, text, input);
    explainer.disabled = input.features.map_or(FeatureSet::EMPTY, Features::disabled);
    explainer.check(input.features);
    found.append(&mut explainer.diagnostics);
    // A form is known by the number of forms that begin before it.
    let form_of = |at: u32| text.forms.partition_point(|form| form.span.start <= at);
    let mapped = found
        .into_iter()
        .filter_map(|diagnostic| Some((form_of(diagnostic.span.start), repaired.map_back(diagnostic)?)));
    diagnostics.extend(repeated::merge(mapped.collect()));
    let with_payload = |diagnostic| payloads::with_payload(input.source, diagnostic);
    let mut diagnostics: Vec<Diagnostic> = diagnostics.into_iter().map(with_payload).collect();
    payloads::without_repeated_lanes(input.source, &mut diagnostics);
    // A suggestion for the repaired text may be what the original text has already.
    for diagnostic in &mut diagnostics {
        diagnostic.suggestions.retain(|suggestion| suggestion.changes(input.source));
        if diagnostic.code == Code::UnknownName {
            let name = input.source.get(diagnostic.span.range()).unwrap_or_default();
            diagnostic.notes.extend(look_alike(name));
        }
    }
    Findings { diagnostics, unread }
}

/// The result of the check of types: what the checks of bodies and fields need.
struct Checked {
    checker: Option<Checker>,
    expressions: Vec<Expression>,
    /// The type of each function, or `None` if it is unknown.
    func_types: Vec<Option<u32>>,
    /// The functions with a type that does not fit the parameters and results next to it.
    written: Vec<usize>,
}

impl<'s> Explainer<'s> {
    /// Declares all definitions and parses the functions.
    fn new(
        source: &'s str,
        whole: Span,
        repaired: &'s RepairedText,
        text: &ModuleText,
        input: &Input<'s>,
    ) -> Explainer<'s> {
        let pace = input.pace;
        let mut outline = Outline::tolerant(source);
        let mut buffer = TokenBuffer::default();
        for &form in &text.forms {
            if !pace.goes_on(form.span.len() as usize) {
                break;
            }
            if outline.add(&mut buffer, form).is_err() {
                broken::declare(&mut outline, form.span);
            }
        }
        if input.is_object {
            outline.imply_memory();
        }
        outline.finish();
        let mut declared = Declared::new(source, std::mem::take(&mut outline.definitions));
        declared.unknown = outline.symbols.look_for_errors();
        for (index, def) in (0..).zip(types::definitions(&outline.fields)) {
            declared.set_fields_of(&outline.fields, index, &def);
            let mut supers = outline.fields.extra[def.supers.range()].iter();
            let is_known = |raw: &u32| {
                let idx = Idx::from_raw(*raw);
                outline.symbols.index(&outline.fields, idx, IndexSpace::Type, &mut Vec::new()).is_some()
            };
            if !supers.all(is_known) {
                outline.symbols.set_faulty(IndexSpace::Type, index);
            }
        }
        let comparisons = Cell::new(MOST_COMPARISONS);
        let mut diagnostics = std::mem::take(&mut outline.diagnostics);
        let words = FaultWords { symbols: &outline.symbols, comparisons: &comparisons };
        diagnostics.extend(outline.faults.iter().map(|fault| words.explain(fault, None)));
        let (naming, funcs) = (text.naming, Vec::new());
        let mut explainer = Explainer {
            source,
            whole,
            repaired,
            pace,
            disabled: FeatureSet::EMPTY,
            instr_features: FeatureSet::EMPTY,
            naming,
            comparisons,
            outline,
            funcs,
            declared,
            diagnostics,
        };
        explainer.parse_functions(&mut buffer);
        explainer
    }

    fn parse_functions(&mut self, buffer: &mut TokenBuffer) {
        for item in &self.outline.items {
            let Item::Func(form, index) = *item else { continue };
            if !self.pace.goes_on(form.len() as usize) {
                return;
            }
            let mut tree = Ast::default();
            let features = &mut self.instr_features;
            let parsed = parse(self.source, form, Mode::Field, false, buffer, &mut tree);
            let is_broken =
                parsed.diagnostics.iter().any(Diagnostic::is_error) || self.repaired.has_change_in(form);
            *features =
                tree.instrs.iter().map(|instr| features_of(instr.op)).fold(*features, FeatureSet::with);
            let tree = parsed.is_sound().then_some(tree);
            if tree.is_none() {
                self.outline.symbols.set_faulty(IndexSpace::Func, index);
            }
            self.diagnostics.extend(parsed.diagnostics);
            self.funcs.push(FuncItem { form, index, tree, is_broken });
        }
    }

    /// Finds the errors of names, types, fields and bodies.
    fn check(&mut self, features: Option<Features>) {
        let poison = self.outline.symbols.poison();
        let parsed = self.diagnostics.len();
        let mut forms = self.lower_and_poison(features);
        if self.outline.symbols.learns_implicit(&forms.lowered.implicit) {
            self.diagnostics.truncate(parsed);
            self.outline.symbols.restore(poison);
            forms = self.lower_and_poison(features);
            self.outline.symbols.learns_implicit(&forms.lowered.implicit);
        }
        let implicit = forms.lowered.implicit.signatures.len() as u32;
        if self.pace.is_stopped() {
            return;
        }
        self.declared.types = self.outline.symbols.names(IndexSpace::Type).len() + implicit;
        let Some(features) = features else { return self.diagnostics.append(&mut forms.func_errors) };
        self.diagnostics.extend(features::disabled(self.source, features, &forms.lowered.uses));
        if self.outline.symbols.has_unknown_number() {
            self.unknown_references();
        }
        let Checked { checker, expressions, func_types, written } = self.check_types(&forms, features, true);
        let Some(checker) = checker else { return };
        let names: Vec<Export> = forms.exports.iter().map(|(export, _)| *export).collect();
        let scope = &self.outline.symbols;
        let found = fields::check(&self.outline.fields, scope, &self.declared, &checker, &names);
        self.diagnostics.extend(found);
        self.check_constants(&checker, &expressions);
        self.merge_shifted_types(&mut forms.func_errors);
        self.diagnostics.append(&mut forms.func_errors);
        self.check_bodies(&forms, &func_types, &written, &checker);
        self.merge_shifted_kinds();
    }

    /// Lowers the module after poisoning all definitions with an error in their own declaration.
    fn lower_and_poison(&mut self, features: Option<Features>) -> LoweredForms {
        let mut heads = self.lower(Parts::Heads);
        if self.pace.is_stopped() {
            return heads;
        }
        self.diagnostics.append(&mut heads.field_errors);
        if let Some(features) = features {
            self.check_types(&heads, features, false);
        }
        LoweredForms { exports: heads.exports, ..self.lower(Parts::All) }
    }

    /// Lowers all forms in their order.
    fn lower(&self, parts: Parts) -> LoweredForms {
        let scope = &self.outline.symbols;
        let words = FaultWords { symbols: scope, comparisons: &self.comparisons };
        let mut builder = ModuleBuilder::new(
            scope,
            self.naming,
            false,
            ImplicitTypes::new(scope.type_count(), scope.implicit_types()),
        );
        let mut exprs = FuncLowerer::default();
        let mut lowered = LoweredFuncs::default();
        let mut exports = Vec::new();
        let mut func_errors = Vec::new();
        let mut broken = HashSet::new();
        let mut funcs = self.funcs.iter();
        let definitions =
            Definitions { declared: &self.declared, scope, whole: self.whole, uses: OnceCell::new() };
        lowered.code.validating = true;
        builder.locate_uses(self.disabled);
        lowered.code.uses.located = self.disabled;
        if parts == Parts::All {
            lowered.code.marks = Some(Vec::new());
        }
        for item in &self.outline.items {
            match item {
                Item::Fields(run) => {
                    let fields = &self.outline.fields.fields[run.range()];
                    builder.add_fields(&self.outline.fields, fields);
                    exports.extend(fields.iter().filter_map(|field| match field {
                        Field::Export(export) => Some((*export, None)),
                        _ => None,
                    }));
                }
                Item::Func(form, index) => {
                    if !self.pace.goes_on(form.len() as usize) {
                        break;
                    }
                    let Some(tree) = funcs.next().and_then(|func| func.tree.as_ref()) else { continue };
                    lowered.clear();
                    lower_form(scope, tree, parts, false, &mut exprs, &mut lowered);
                    exports.extend(lowered.exports.iter().map(|export| (*export, Some(*index))));
                    builder.add_func(&lowered, &mut UnitCursor::default());
                    builder.add_needs(&lowered);
                    if lowered.code.faults.iter().any(Fault::is_error) {
                        broken.insert(*index);
                    }
                    let faults = lowered.faults.drain(..).chain(lowered.code.faults.drain(..));
                    let errors = faults.enumerate().map(|(nth, fault)| {
                        let error = words.explain(&fault, Some(&exprs.locals));
                        // All of these read the function.
                        if nth >= closed_labels::MOST {
                            return error;
                        }
                        let error = match (&fault, fault.unknown_in()) {
                            (Fault::UnknownLabel { visible, .. }, _) => {
                                let error = closed_labels::explained(&self.declared, *form, error);
                                handlers::suggested(&self.declared, *form, visible, error)
                            }
                            (_, Some(space)) => definitions.suggested(*form, &exprs.locals, space, error),
                            _ => error,
                        };
                        candidates::labelled(&self.declared, scope, Some(*form), &fault, error)
                    });
                    func_errors
                        .extend(errors.map(|error| type_uses::placed(&self.declared, scope, *form, error)));
                }
                Item::Metadata(run) => builder.add_func_metadata(&self.outline.metadata, *run),
                Item::Data(_) | Item::Broken(_) => {}
            }
        }
        builder.add_unknown_type();
        let (lowered, faults) = builder.finish();
        let field_errors = faults.iter().enumerate().map(|(nth, fault)| {
            let error = words.explain(fault, None);
            match nth {
                ..candidates::MOST => candidates::labelled(&self.declared, scope, None, fault, error),
                _ => error,
            }
        });
        let field_errors = field_errors.collect();
        exports.sort_by_key(|(export, _)| export.name.start);
        LoweredForms { lowered, exports, field_errors, func_errors, broken }
    }

    /// Checks the types, and poisons those with an error and the definitions of such a type. Errors of implicit types
    /// are reported in the final round, when all of them are known.
    fn check_types(&mut self, forms: &LoweredForms, features: Features, is_final: bool) -> Checked {
        let implicit = &forms.lowered.implicit;
        let (mut func_types, mut wrong) = self.func_types(implicit);
        let mut declarations = self.declarations(forms, &func_types, &mut wrong);
        let written;
        (written, declarations.written) = self.written_signatures().into_iter().unzip();
        if is_final {
            self.diagnostics.append(&mut wrong);
        }
        self.poison_functions(declarations.funcs(), |ty| ty == NO_TYPE);
        let expressions = self.expressions(&declarations);
        let mut constants = vec![enc::ValType::I32, enc::ValType::I64];
        constants.extend(expressions.iter().map(|expression| expression.ty));
        let features = features.to_validate(forms.lowered.uses.set.with(self.instr_features));
        let (checker, faults) = Checker::new(&declarations, &constants, self.declared.unknown, features);
        let mut poisoned = HashSet::new();
        for fault in &faults {
            if is_final || fault.types.start < self.declared.unknown {
                self.report_type_fault(fault);
            }
            poisoned.extend(fault.types.clone());
        }
        if !faults.is_empty() {
            let scope = &self.outline.symbols;
            let is_faulty = |ty: u32| poisoned.contains(&ty) || scope.is_faulty(IndexSpace::Type, ty);
            for ty in &mut func_types {
                *ty = ty.filter(|&ty| !is_faulty(ty));
            }
            let poisoned: HashSet<u32> =
                declarations.funcs().chain(declarations.tags()).filter(|&ty| is_faulty(ty)).collect();
            self.poison_functions(declarations.funcs(), |ty| poisoned.contains(&ty));
            for (index, tag) in (0..).zip(declarations.tags()) {
                if poisoned.contains(&tag) {
                    self.outline.symbols.set_faulty(IndexSpace::Tag, index);
                }
            }
        }
        if let Some(checker) = checker.as_ref().filter(|_| !features.stack_switching()) {
            // `fields::check` reports a tag with results.
            for (index, tag) in (0..).zip(declarations.tags()) {
                if checker.has_results(tag) {
                    self.outline.symbols.set_faulty(IndexSpace::Tag, index);
                }
            }
        }
        Checked { checker, expressions, func_types, written }
    }

    /// Poisons the functions with a type for which `is_bad` holds.
    fn poison_functions(&mut self, types: impl Iterator<Item = u32>, is_bad: impl Fn(u32) -> bool) {
        for (index, ty) in (0..).zip(types) {
            if is_bad(ty) {
                self.outline.symbols.set_faulty(IndexSpace::Func, index);
            }
        }
    }

    fn report_type_fault(&mut self, fault: &TypeFault) {
        let scope = &self.outline.symbols;
        let is_known = fault.types.clone().any(|index| scope.is_faulty(IndexSpace::Type, index));
        let defs = types::definitions(&self.outline.fields);
        let defs: Vec<Option<TypeDef>> = defs.into_iter().map(Some).collect();
        let diagnostic = types::explain(&self.outline.fields, scope, &self.declared, &defs, fault);
        if let Some(diagnostic) = diagnostic
            && !is_known
            && !self.has_error_in(diagnostic.span)
        {
            self.diagnostics.push(diagnostic);
        }
        for index in fault.types.clone() {
            self.outline.symbols.set_faulty(IndexSpace::Type, index);
        }
    }

    /// Reports the type indices in reference types that are out of range: `(ref 9)`.
    fn unknown_references(&mut self) {
        let mut is_after_ref = false;
        for token in Lexer::plain(self.source, self.whole) {
            if token.kind == TokenKind::Nat && is_after_ref {
                let span = token.span();
                let number = crate::lex::number::magnitude(&self.source[span.range()]);
                if let Some((_, number)) = number.filter(|(_, number)| *number >= self.declared.types.into())
                {
                    let diagnostic = self.declared.unknown_index(IndexSpace::Type, number, span);
                    self.diagnostics.push(diagnostic);
                }
            }
            is_after_ref =
                token.kind == TokenKind::ParenRef || (token.kind == TokenKind::Null && is_after_ref);
        }
    }

    /// Whether an error with this span is reported already.
    fn has_error_in(&self, span: Span) -> bool {
        self.diagnostics.iter().any(|other| other.is_error() && other.span == span)
    }
}
