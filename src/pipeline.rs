//! The pipeline: assembles a well-formed, valid module, or gives up at the first fault.
//!
//! It works on as many threads as asked for, and its output does not depend on their number. What is wrong with a
//! rejected module is the business of the explaining route.

use crate::ast::{Ast, DataItem, ExternDesc, ExternType, Field, Import, Run};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::lints::CodeSet;
use crate::features::Features;
use crate::lex::{Mode, TokenBuffer, string};
use crate::lint::{self, Finding, Linter};
use crate::lower::{FuncLowerer, LoweredFuncs, LoweredModule, ModuleBuilder, Parts, UnitCursor, lower_form};
use crate::observer::{Observer, Stage};
use crate::outline::{Item, Outline};
use crate::parallel;
use crate::parse::parse;
use crate::progress::{Pace, Watch};
use crate::resolve::{Fault, ImplicitTypes, SymbolTable};
use crate::scan::ModuleText;
use crate::span::Span;
use crate::validate;
use std::ops::Range;

#[cfg(test)]
mod tests;

/// Smaller texts, in bytes, are assembled before a second thread would have begun.
const THREADS_FROM: usize = 1 << 18;
/// The size of a unit of work in bytes of source text, at most and at least.
const UNIT: usize = 1 << 17;
const SMALLEST_UNIT: usize = UNIT / 16;
/// The number of names after which a worker forgets them.
const MOST_NAMES: usize = 1 << 16;

/// The options of a run.
#[derive(Clone, Copy)]
pub(crate) struct Options<'a> {
    pub(crate) names: bool,
    pub(crate) validate: bool,
    pub(crate) features: Features,
    /// The number of threads to use at most; 0 means one per core.
    pub(crate) threads: usize,
    /// Whether to record the origin of each instruction.
    pub(crate) places: bool,
    /// For an object: the starts of the instructions whose numbers are addresses, in order.
    pub(crate) object: Option<&'a [u32]>,
    /// Whether the lexer reads runs, which is faster.
    pub(crate) runs: bool,
    pub(crate) progress: Option<&'a Watch>,
    /// The warnings to look for.
    pub(crate) lints: CodeSet,
    pub(crate) observer: Option<&'a Observer>,
}

/// A module that no stage but perhaps the validator rejects.
pub(crate) struct Module<'s> {
    pub(crate) lowered: LoweredModule,
    pub(crate) symbols: SymbolTable<'s>,
    /// The warnings of the parser, and those of resolving and lowering.
    pub(crate) warnings: Vec<Diagnostic>,
    pub(crate) faults: Vec<Fault>,
    /// What is probably a mistake, in source order but for that of the outline, which is first.
    pub(crate) findings: Vec<Finding>,
}

/// The text was rejected.
pub(crate) struct Rejected<'s> {
    /// The module, if only the validator objects: the cause may be an implementation limit.
    pub(crate) module: Option<Box<Module<'s>>>,
}

/// A stage before validation found a fault, or the work was stopped. It carries no reason.
struct Abort;

/// Assembles a module.
///
/// # Errors
///
/// [`Rejected`] at the first fault.
pub(crate) fn run<'s>(
    source: &'s str,
    text: &ModuleText,
    options: Options<'_>,
) -> Result<Module<'s>, Rejected<'s>> {
    let module = assemble(source, text, options).map_err(|Abort| Rejected { module: None })?;
    let threads = thread_count(source.len(), options.threads);
    if options.validate {
        Observer::begin(options.observer, Stage::Validate);
        let used = module.lowered.uses.set;
        if !options.features.allow(used) {
            return Err(Rejected { module: None });
        }
        if !validate::is_valid(
            &module.lowered.bytes,
            options.features.to_validate(used),
            threads,
            options.progress,
        ) {
            return Err(Rejected { module: Some(Box::new(module)) });
        }
    }
    Ok(module)
}

/// Returns the number of threads to use for a text of `len` bytes, if `requested` are allowed.
pub(crate) fn thread_count(len: usize, requested: usize) -> usize {
    if len < THREADS_FROM { 1 } else { parallel::thread_count(requested) }
}

fn assemble<'s>(source: &'s str, text: &ModuleText, options: Options<'_>) -> Result<Module<'s>, Abort> {
    Observer::begin(options.observer, Stage::Outline);
    let mut outline = Outline::new(source);
    let mut buffer = TokenBuffer::default();
    let pace = Pace::new(options.progress);
    for &form in &text.forms {
        if !pace.goes_on(form.span.len() as usize) {
            return Err(Abort);
        }
        outline.add(&mut buffer, form).map_err(|_| Abort)?;
    }
    check(&outline.diagnostics, &outline.faults)?;
    if options.object.is_some() {
        outline.imply_memory();
    }
    outline.finish();
    Observer::begin(options.observer, Stage::Lower);
    let mut module = lower(source, text, &outline, options, Round::First);
    // The index of an implicit type is known only after everything before its first use is lowered.
    if outline.symbols.may_learn() {
        let Lowered { module: lowered, .. } = module?;
        outline.symbols.learns(&lowered.implicit);
        module = lower(source, text, &outline, options, Round::Second);
    }
    let Lowered { module: lowered, mut warnings, faults, mut findings } = module?;
    findings.truncate(lint::MOST);
    warnings.splice(..0, outline.diagnostics);
    Ok(Module { lowered, symbols: outline.symbols, warnings, faults, findings })
}

/// A lowered module, and its warnings.
struct Lowered {
    module: LoweredModule,
    warnings: Vec<Diagnostic>,
    faults: Vec<Fault>,
    findings: Vec<Finding>,
}

/// The rounds of lowering. There is a second one if the text uses the number of an implicit type.
#[derive(Clone, Copy, PartialEq)]
enum Round {
    /// What looks like a fault can be the number of an implicit type.
    First,
    Second,
}

fn check(diagnostics: &[Diagnostic], faults: &[Fault]) -> Result<(), Abort> {
    let is_wrong = diagnostics.iter().any(Diagnostic::is_error) || faults.iter().any(Fault::is_error);
    if is_wrong { Err(Abort) } else { Ok(()) }
}

/// The functions and data segments of a unit of work.
#[derive(Default)]
struct LoweredUnit {
    funcs: LoweredFuncs,
    data: Ast,
    warnings: Vec<Diagnostic>,
    faults: Vec<Fault>,
    findings: Vec<Finding>,
    uses: lint::Uses,
}

fn lower(
    source: &str,
    text: &ModuleText,
    outline: &Outline<'_>,
    options: Options<'_>,
    round: Round,
) -> Result<Lowered, Abort> {
    let threads = thread_count(source.len(), options.threads);
    let unit_len = (source.len() / threads.max(1) / 8).clamp(SMALLEST_UNIT, UNIT);
    // A field is parsed already, but lowering it takes time, too.
    let units = parallel::units(&outline.items, unit_len, |item| item.unparsed_len().max(16));
    let implicit = ImplicitTypes::new(outline.symbols.type_count(), &[]);
    let mut merger = Merger {
        builder: ModuleBuilder::new(&outline.symbols, text.naming, options.names, implicit),
        outline,
        warnings: Vec::new(),
        faults: Vec::new(),
        findings: Vec::new(),
        uses: lint::Uses::default(),
    };
    let context = lint::Context::new(outline, options.lints, options.object.is_some());
    lint::check_outline(&context, &mut merger.findings);
    let is_64 = options.object.is_some() && has_large_memory(&outline.fields);
    let start = || Worker {
        source,
        outline,
        options,
        round,
        buffer: TokenBuffer::default(),
        tree: Ast::default(),
        exprs: FuncLowerer::with_cache(is_64),
        context: &context,
        linter: Linter::default(),
    };
    parallel::ordered(
        units.len(),
        threads,
        start,
        |worker, unit, lowered| worker.lower(&outline.items[units[unit].clone()], lowered),
        |unit, lowered| {
            merger.add(units[unit].clone(), lowered);
            Ok(())
        },
    )?;
    let Merger { builder, warnings, mut faults, mut findings, uses, .. } = merger;
    lint::check_module(&context, outline, uses, &mut findings);
    let (module, more) = builder.finish();
    faults.extend(more);
    if round == Round::Second || !outline.symbols.may_learn() {
        check(&warnings, &faults)?;
    }
    Ok(Lowered { module, warnings, faults, findings })
}

/// Whether a memory has 64-bit addresses.
fn has_large_memory(fields: &Ast) -> bool {
    fields.fields.iter().any(|field| match field {
        Field::Memory(memory) => memory.ty.limits.is_64,
        Field::Import(Import::Single { desc, .. } | Import::Names { desc, .. }) => is_large_memory(desc),
        Field::Import(Import::Items { items, .. }) => fields.import_items[items.range()]
            .iter()
            .filter_map(|item| item.desc.as_ref())
            .any(is_large_memory),
        _ => false,
    })
}

fn is_large_memory(desc: &ExternDesc) -> bool {
    matches!(desc.ty, ExternType::Memory(ty) if ty.limits.is_64)
}

/// What one thread works with.
struct Worker<'a, 's> {
    source: &'s str,
    outline: &'a Outline<'s>,
    options: Options<'a>,
    round: Round,
    buffer: TokenBuffer,
    /// The tree of one function.
    tree: Ast,
    exprs: FuncLowerer<'s>,
    context: &'a lint::Context<'a, 's>,
    linter: Linter,
}

impl Worker<'_, '_> {
    /// Parses and lowers the functions and data segments of a unit.
    fn lower(&mut self, items: &[Item], unit: &mut LoweredUnit) -> Result<(), Abort> {
        unit.clear();
        if self.options.places {
            unit.funcs.code.marks.get_or_insert_default();
        }
        if self.options.object.is_some() {
            unit.funcs.code.sites.get_or_insert_default();
        }
        let mut len = 0;
        for item in items {
            len += item.unparsed_len();
            match *item {
                Item::Data(form) => {
                    let LoweredUnit { data, warnings, .. } = unit;
                    warnings.extend(parse_field(
                        self.source,
                        form,
                        self.options.runs,
                        &mut self.buffer,
                        data,
                    )?);
                }
                Item::Func(form, index) => {
                    self.clear_tree();
                    let LoweredUnit { funcs, warnings, findings, uses, .. } = unit;
                    warnings.extend(parse_field(
                        self.source,
                        form,
                        self.options.runs,
                        &mut self.buffer,
                        &mut self.tree,
                    )?);
                    let names = self.options.names;
                    if let Some(addresses) = self.options.object {
                        let start = addresses.partition_point(|&at| at < form.start);
                        let end = addresses.partition_point(|&at| at < form.end);
                        self.exprs.addresses.clear();
                        self.exprs.addresses.extend_from_slice(&addresses[start..end]);
                    }
                    lower_form(&self.outline.symbols, &self.tree, Parts::All, names, &mut self.exprs, funcs);
                    let (tree, lowerer) = (&self.tree, &self.exprs);
                    self.linter.check_func(self.context, tree, index, lowerer, findings, uses);
                    uses.add_func(self.context, &self.tree, index);
                }
                _ => {}
            }
        }
        decode_strings(self.source, &mut unit.data)?;
        for field in &unit.data.fields {
            if let Field::Data(data) = field {
                lint::check_data(self.context, &unit.data, data, &mut unit.findings);
                unit.uses.add_data(self.context, &unit.data, data);
            }
        }
        let LoweredFuncs { code, faults, .. } = &mut unit.funcs;
        unit.faults.append(faults);
        unit.faults.append(&mut code.faults);
        if let Some(progress) = self.options.progress
            && !progress.add(if self.round == Round::First { len } else { 0 })
        {
            return Err(Abort);
        }
        if self.round == Round::First && self.outline.symbols.may_learn() {
            return Ok(());
        }
        check(&unit.warnings, &unit.faults)
    }
}

impl Worker<'_, '_> {
    /// Removes the tree of the last function. Names are kept for the next one, unless they are too many.
    fn clear_tree(&mut self) {
        self.tree.clear_nodes();
        if self.tree.names.len() > MOST_NAMES {
            self.tree.names.clear();
            self.exprs.forget_names();
            self.linter.forget_names();
        }
    }
}

/// Parses a form that is a field, and returns the warnings.
fn parse_field(
    source: &str,
    form: Span,
    runs: bool,
    buffer: &mut TokenBuffer,
    ast: &mut Ast,
) -> Result<Vec<Diagnostic>, Abort> {
    parse(source, form, Mode::Field, runs, buffer, ast).warnings().ok_or(Abort)
}

impl LoweredUnit {
    /// Removes everything, and keeps the memory.
    fn clear(&mut self) {
        self.funcs.clear();
        self.data.clear();
        self.warnings.clear();
        self.faults.clear();
        self.findings.clear();
        self.uses.clear();
    }
}

/// Decodes the strings of data segments.
fn decode_strings(source: &str, data: &mut Ast) -> Result<(), Abort> {
    for item in &mut data.data_items {
        if let DataItem::String(token) = *item {
            let start = data.bytes.len() as u32;
            string::decode_checked(&source[token.range()], &mut data.bytes).ok_or(Abort)?;
            *item = DataItem::Decoded(Run { start, end: data.bytes.len() as u32 });
        }
    }
    Ok(())
}

/// Adds lowered units to the module, in source order.
struct Merger<'a, 's> {
    builder: ModuleBuilder<'a>,
    outline: &'a Outline<'s>,
    warnings: Vec<Diagnostic>,
    faults: Vec<Fault>,
    findings: Vec<Finding>,
    uses: lint::Uses,
}

impl Merger<'_, '_> {
    fn add(&mut self, items: Range<usize>, unit: &mut LoweredUnit) {
        let Merger { builder, outline, warnings, faults, findings, uses } = self;
        uses.append(&mut unit.uses);
        findings.append(&mut unit.findings);
        warnings.append(&mut unit.warnings);
        faults.append(&mut unit.faults);
        let mut taken = UnitCursor::default();
        let mut data = unit.data.fields.chunks(1);
        for item in &outline.items[items] {
            match item {
                Item::Func(..) => builder.add_func(&unit.funcs, &mut taken),
                Item::Data(_) => builder.add_fields(&unit.data, data.next().unwrap_or_default()),
                Item::Fields(fields) => {
                    builder.add_fields(&outline.fields, &outline.fields.fields[fields.range()]);
                }
                Item::Metadata(run) => builder.add_func_metadata(&outline.metadata, *run),
                Item::Broken(_) => {}
            }
        }
        builder.add_needs(&unit.funcs);
    }
}
