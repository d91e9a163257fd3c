//! The fast way: a module without errors, on as many threads as asked for.
//!
//! It stops at the first error of any kind and says no more about it than that; to say what is wrong
//! is another's work. Warnings come from here. What comes out does not depend on the number of threads.

use super::form_id;
use crate::ast::{Ast, DataItem, Run};
use crate::diagnostic::Diagnostic;
use crate::features::Features;
use crate::lex::{Kind, Tokens, bidirectional, is_small, string};
use crate::lower::{ExprLowerer, Funcs, Lowered, ModuleBuilder, Scope, Taken, lower_form};
use crate::parse::Parser;
use crate::parse::split::{FormKind, ModuleText};
use crate::progress::Progress;
use crate::span::Span;
use crate::validate;
use std::str::Utf8Error;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Texts below this size are assembled before a second thread would have begun.
const THREADS_FROM: usize = 1 << 18;
/// How much text is handed out at once, at most.
const UNIT: usize = 1 << 17;

/// What to do.
#[derive(Clone, Copy)]
pub(super) struct Options<'a> {
    pub(super) names: bool,
    pub(super) validate: bool,
    pub(super) features: Features,
    /// How many threads to use at most; 0 for one per core.
    pub(super) threads: usize,
    /// Whether to note where each instruction comes from.
    pub(super) places: bool,
    /// Who is told how far it is.
    pub(super) progress: Option<&'a Progress>,
}

/// A form, as far as it is parsed before functions are.
#[derive(Clone, Copy)]
enum Part {
    /// A function, still text.
    Func(Span),
    /// A data segment, still text.
    Data(Span),
    /// Fields of the tree: the first, and behind the last.
    Fields(u32, u32),
    /// Code metadata of the function behind, still text.
    Metadata(Span),
}

impl Part {
    /// How much of the text is still to be read.
    fn text_len(&self) -> usize {
        match self {
            Part::Func(span) | Part::Data(span) => span.len() as usize,
            _ => 0,
        }
    }
}

/// The module and the warnings; none if there is an error.
pub(super) fn assemble(
    source: &str,
    text: &ModuleText,
    options: Options<'_>,
) -> Option<(Lowered, Vec<Diagnostic>)> {
    let threads = threads_for(source.len(), options.threads);
    let mut diagnostics = Vec::new();
    let mut ast = Ast::default();
    let mut scope = Scope::new(source);
    let parts = declare(source, text, &mut scope, &mut ast, &mut diagnostics)?;
    let builder = ModuleBuilder::new(&scope, text.naming, options.names);
    let units = units(&parts, source.len() / threads.max(1) / 8);
    let work = Work {
        source,
        scope: &scope,
        ast: &ast,
        parts: &parts,
        units: &units,
        options,
        next: AtomicUsize::new(0),
        failed: AtomicBool::new(false),
        merger: Mutex::new(Merger {
            builder,
            done: units.iter().map(|_| None).collect(),
            merged: 0,
            pool: Vec::new(),
            diagnostics,
        }),
    };
    on_threads(threads.min(units.len()), || work.run());
    if work.failed.into_inner() {
        return None;
    }
    let Merger { builder, mut diagnostics, .. } =
        work.merger.into_inner().unwrap_or_else(PoisonError::into_inner);
    let (lowered, more) = builder.finish();
    diagnostics.extend(more);
    if diagnostics.iter().any(Diagnostic::is_error) || scope.may_learn() {
        return None;
    }
    if options.validate && !validate::is_valid(&lowered.bytes, options.features.0, threads) {
        return None;
    }
    Some((lowered, diagnostics))
}

/// How many threads are used for a text if so many are allowed.
pub(super) fn threads_for(len: usize, threads: usize) -> usize {
    match threads {
        _ if len < THREADS_FROM => 1,
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        threads => threads,
    }
}

/// The text that bytes are, and whether bidirectional characters may occur in it. Both are found out together,
/// while a chunk is in the cache.
pub(super) fn utf8(bytes: &[u8], threads: usize) -> Result<(&str, bool), Utf8Error> {
    if is_small(bytes) {
        return Ok((std::str::from_utf8(bytes)?, bidirectional::may_occur(bytes)));
    }
    let next = AtomicUsize::new(0);
    let is_sound = AtomicBool::new(true);
    let has_lead = AtomicBool::new(false);
    let chunks = bytes.len().div_ceil(CHUNK);
    on_threads(threads_for(bytes.len(), threads).min(chunks), || {
        loop {
            let chunk = next.fetch_add(1, Ordering::Relaxed);
            if chunk >= chunks {
                return;
            }
            let chunk = &bytes[chunk_start(bytes, chunk)..chunk_start(bytes, chunk + 1)];
            // Nearly all are ASCII, and this takes less time than the check that it replaces.
            if chunk.is_ascii() {
                continue;
            }
            if simdutf8::basic::from_utf8(chunk).is_err() {
                return is_sound.store(false, Ordering::Relaxed);
            }
            if !has_lead.load(Ordering::Relaxed) && bidirectional::may_occur(chunk) {
                has_lead.store(true, Ordering::Relaxed);
            }
        }
    });
    if !is_sound.into_inner() {
        return std::str::from_utf8(bytes).map(|text| (text, true));
    }
    #[allow(unsafe_code, reason = "the safe function takes a twentieth of the time of all, on one thread")]
    // SAFETY: the chunks are all of the text, one behind the other, and each was found to be ASCII or UTF-8: a
    // thread that sees another one says so, and no thread takes a chunk and ends without a look at it.
    Ok((unsafe { std::str::from_utf8_unchecked(bytes) }, has_lead.into_inner()))
}

/// How much of a text is looked at together, to find out whether it is one.
const CHUNK: usize = 1 << 17;

/// Where a chunk begins: not within a character of the one before it.
fn chunk_start(bytes: &[u8], chunk: usize) -> usize {
    if chunk == 0 {
        return 0;
    }
    let start = (chunk * CHUNK).min(bytes.len());
    start + bytes[start..].iter().take(3).take_while(|&&byte| byte & 0xc0 == 0x80).count()
}

/// Does the work on so many threads, this one among them.
pub(crate) fn on_threads(threads: usize, work: impl Fn() + Sync) {
    if threads <= 1 {
        return work();
    }
    std::thread::scope(|scope| {
        for _ in 1..threads {
            // Where there can be no more threads, fewer do the same.
            if std::thread::Builder::new().spawn_scoped(scope, &work).is_err() {
                break;
            }
        }
        work();
    });
}

/// Parses all forms but functions, and finds out what is called what.
fn declare<'s>(
    source: &'s str,
    text: &ModuleText,
    scope: &mut Scope<'s>,
    ast: &mut Ast,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<Part>> {
    let parser = Parser::new();
    let mut parts = Vec::with_capacity(text.forms.len());
    for form in &text.forms {
        match form.kind {
            FormKind::Func => {
                scope.define_func(form_id(source, form.span), diagnostics);
                parts.push(Part::Func(form.span));
                continue;
            }
            FormKind::Data => {
                scope.define_data(form_id(source, form.span), diagnostics);
                parts.push(Part::Data(form.span));
                continue;
            }
            FormKind::Annotation => match Tokens::plain(source, form.span).next() {
                // Without a meaning there is no token of it.
                None => continue,
                Some(token) if token.kind == Kind::AtMetadata => {
                    parts.push(Part::Metadata(form.span));
                    continue;
                }
                Some(_) => {}
            },
            FormKind::Broken => return None,
            _ => {}
        }
        let start = ast.fields.len();
        let warnings = parser.field_if_sound(source, form.span, ast)?;
        diagnostics.extend(warnings);
        for at in start..ast.fields.len() {
            let field = ast.fields[at];
            scope.define_field(ast, &field, diagnostics);
        }
        parts.push(Part::Fields(start as u32, ast.fields.len() as u32));
    }
    if diagnostics.iter().any(Diagnostic::is_error) {
        return None;
    }
    scope.read_types(ast);
    Some(parts)
}

/// Cuts the forms into stretches of about so much text.
fn units(parts: &[Part], size: usize) -> Vec<(usize, usize)> {
    let size = size.clamp(UNIT / 16, UNIT);
    let mut units = Vec::new();
    let (mut start, mut filled) = (0, 0);
    for (at, part) in parts.iter().enumerate() {
        // A field takes its time when the stretches are put together.
        filled += part.text_len().max(16);
        if filled >= size {
            units.push((start, at + 1));
            (start, filled) = (at + 1, 0);
        }
    }
    units.push((start, parts.len()));
    units
}

/// Reads the strings of data segments; none if one is not sound.
fn decode(source: &str, data: &mut Ast) -> Option<()> {
    for item in &mut data.data_items {
        if let DataItem::String(token) = *item {
            let start = data.bytes.len() as u32;
            string::decode_if_sound(&source[token.range()], &mut data.bytes)?;
            *item = DataItem::Bytes(Run { start, end: data.bytes.len() as u32 });
        }
    }
    Some(())
}

/// What all threads work on.
struct Work<'a, 's> {
    source: &'s str,
    scope: &'a Scope<'s>,
    ast: &'a Ast,
    parts: &'a [Part],
    units: &'a [(usize, usize)],
    options: Options<'a>,
    /// The first unit that nobody has begun with.
    next: AtomicUsize,
    /// Whether there is an error somewhere.
    failed: AtomicBool,
    merger: Mutex<Merger<'a>>,
}

/// Puts together what the threads make, in the order of the text.
struct Merger<'a> {
    builder: ModuleBuilder<'a>,
    /// Units that were lowered and wait for those before them.
    done: Vec<Option<Done>>,
    merged: usize,
    /// Memory to be used again.
    pool: Vec<Done>,
    diagnostics: Vec<Diagnostic>,
}

/// The functions and data segments of a unit.
#[derive(Default)]
struct Done {
    funcs: Funcs,
    /// Its data segments.
    data: Ast,
    warnings: Vec<Diagnostic>,
}

impl<'a, 's> Work<'a, 's> {
    /// What each thread does.
    fn run(&self) {
        let parser = Parser::new();
        let mut tree = Ast::default();
        let mut exprs = ExprLowerer::default();
        let mut spare = None;
        while !self.failed.load(Ordering::Relaxed) {
            let unit = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(&(start, end)) = self.units.get(unit) else { return };
            let mut done: Done = spare.take().unwrap_or_default();
            if self.lower(&parser, &self.parts[start..end], &mut tree, &mut exprs, &mut done).is_none() {
                return self.failed.store(true, Ordering::Relaxed);
            }
            if let Some(progress) = self.options.progress {
                progress.add(self.parts[start..end].iter().map(Part::text_len).sum());
            }
            let mut merger = self.merger.lock().unwrap_or_else(PoisonError::into_inner);
            merger.done[unit] = Some(done);
            if self.merge(&parser, &mut merger, &mut tree).is_none() {
                return self.failed.store(true, Ordering::Relaxed);
            }
            spare = merger.pool.pop();
        }
    }

    /// Lowers the functions among the parts.
    fn lower(
        &self,
        parser: &Parser,
        parts: &[Part],
        tree: &mut Ast,
        exprs: &mut ExprLowerer<'s>,
        done: &mut Done,
    ) -> Option<()> {
        if self.options.places {
            done.funcs.code.marks.get_or_insert_default();
        }
        for &part in parts {
            if let Part::Data(span) = part {
                done.warnings.extend(parser.field_if_sound(self.source, span, &mut done.data)?);
                continue;
            }
            let Part::Func(span) = part else { continue };
            tree.clear_but_names();
            done.warnings.extend(parser.field_if_sound(self.source, span, tree)?);
            lower_form(self.scope, tree, self.options.names, exprs, &mut done.funcs);
        }
        decode(self.source, &mut done.data)?;
        let Funcs { code, diagnostics, .. } = &mut done.funcs;
        done.warnings.append(diagnostics);
        done.warnings.append(&mut code.diagnostics);
        (!done.warnings.iter().any(Diagnostic::is_error)).then_some(())
    }

    /// Puts together all units that wait for none before them.
    fn merge(&self, parser: &Parser, merger: &mut Merger<'a>, tree: &mut Ast) -> Option<()> {
        while let Some(mut done) = merger.done.get_mut(merger.merged).and_then(Option::take) {
            let (start, end) = self.units[merger.merged];
            merger.merged += 1;
            merger.diagnostics.append(&mut done.warnings);
            let builder = &mut merger.builder;
            let mut taken = Taken::default();
            let mut data = 0;
            for &part in &self.parts[start..end] {
                match part {
                    Part::Func(_) => builder.add_func(&done.funcs, &mut taken),
                    Part::Data(_) => {
                        builder.add_fields(&done.data, &done.data.fields[data..data + 1]);
                        data += 1;
                    }
                    Part::Fields(first, behind) => {
                        builder.add_fields(self.ast, &self.ast.fields[first as usize..behind as usize]);
                    }
                    Part::Metadata(span) => {
                        tree.clear_but_names();
                        let warnings = parser.field_if_sound(self.source, span, tree)?;
                        merger.diagnostics.extend(warnings);
                        builder.add_func_metadata(tree);
                    }
                }
            }
            builder.add_needs(&done.funcs);
            done.funcs.clear();
            done.data.clear();
            merger.pool.push(done);
        }
        Some(())
    }
}
