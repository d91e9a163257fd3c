//! The way of a text through the stages.

mod fast;

pub(crate) use fast::on_threads;

use crate::ast::Ast;
use crate::diagnose::{Question, diagnose};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::features::Features;
use crate::lex::{Kind, Tokens};
use crate::lints::Lints;
use crate::lower::{Funcs, Lowered, ModuleBuilder, Places, Scope, lower_form};
use crate::parse::split::{self, Form, FormKind, ModuleText};
use crate::parse::{Parser, too_large};
use crate::progress::Progress;
use crate::script::{CommandKind, ModuleSource, Script};
use crate::span::{LineIndex, Span};
use crate::validate::{beyond_limits, validate};
use std::sync::Arc;

/// Assembles texts, with options.
///
/// ```
/// let mut assembler = gcwat::Assembler::new();
/// assembler.names(true).strict(true);
/// let assembled = assembler.assemble("(module (func $f))").unwrap();
/// assert!(assembled.warnings().is_empty());
/// assert!(assembled.bytes().windows(5).any(|bytes| bytes == b"\x04name"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Assembler {
    names: bool,
    skip_validation: bool,
    strict: bool,
    /// What was asked for.
    features: Option<Features>,
    threads: usize,
    lints: Lints,
    places: bool,
    progress: Option<Arc<Progress>>,
}

/// A module that was assembled.
#[derive(Clone, Debug)]
pub struct Assembled {
    bytes: Vec<u8>,
    #[cfg_attr(not(feature = "emit"), allow(dead_code, reason = "what reads it is left out"))]
    places: Option<Places>,
    warnings: Diagnostics,
}

impl Assembled {
    /// The module in the binary format.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The module in the binary format.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    #[cfg(feature = "emit")]
    /// Where the parts of the module come from; known only if it was asked for and the module is text.
    pub(crate) fn places(&self) -> Option<&Places> {
        self.places.as_ref()
    }

    /// What may not be as it was meant.
    pub fn warnings(&self) -> &Diagnostics {
        &self.warnings
    }
}

impl Assembler {
    /// An assembler as [`assemble`](crate::assemble) uses it: without names, with validation, with
    /// all features, not strict.
    pub fn new() -> Assembler {
        Assembler::default()
    }

    /// Whether the output shall have a name section; by default not.
    pub fn names(&mut self, names: bool) -> &mut Assembler {
        self.names = names;
        self
    }

    /// Whether the module must be valid; by default it must.
    pub fn validate(&mut self, validate: bool) -> &mut Assembler {
        self.skip_validation = !validate;
        self
    }

    /// Whether extensions of the text format are errors; by default they are warnings.
    pub fn strict(&mut self, strict: bool) -> &mut Assembler {
        self.strict = strict;
        self
    }

    /// What the module may use to be valid; by default everything there is, as [`Features`] says.
    pub fn features(&mut self, features: Features) -> &mut Assembler {
        self.features = Some(features);
        self
    }

    /// How many threads to use at most; by default, and for 0, one per core. What comes out is the same
    /// for every number, and a small text starts none.
    pub fn threads(&mut self, threads: usize) -> &mut Assembler {
        self.threads = threads;
        self
    }

    /// Whether to note where in the text each part of the module comes from, which annotated output and
    /// source maps are made from; by default not, since it takes memory.
    pub fn places(&mut self, places: bool) -> &mut Assembler {
        self.places = places;
        self
    }

    /// Who is told how far it is, for texts that take long.
    pub fn progress(&mut self, progress: &Arc<Progress>) -> &mut Assembler {
        self.progress = Some(progress.clone());
        self
    }

    /// Makes the warning of this code an error. What was last said of a code counts; to that of an error
    /// nothing can be said.
    pub fn deny(&mut self, warning: Code) -> &mut Assembler {
        self.lints.set(warning, true);
        self
    }

    /// Leaves the warning of this code out.
    pub fn allow(&mut self, warning: Code) -> &mut Assembler {
        self.lints.set(warning, false);
        self
    }

    /// Whether warnings of which nothing else is said are errors; by default not.
    pub fn deny_warnings(&mut self, deny: bool) -> &mut Assembler {
        self.lints.deny_warnings = deny;
        self
    }

    /// All that there is to say about a text, errors and warnings, in its order.
    pub fn check(&self, text: &str) -> Diagnostics {
        self.assemble(text).map_or_else(|errors| errors, |assembled| assembled.warnings)
    }

    /// The same for a text that may be no UTF-8.
    pub fn check_bytes(&self, text: &[u8]) -> Diagnostics {
        self.assemble_bytes(text).map_or_else(|errors| errors, |assembled| assembled.warnings)
    }

    /// Assembles a text.
    ///
    /// # Errors
    ///
    /// All that is wrong with the text, in its order, warnings among it.
    pub fn assemble(&self, text: &str) -> Result<Assembled, Diagnostics> {
        let whole = Span::new(0, text.len().min(u32::MAX as usize) as u32);
        self.assemble_in(text, whole, false, None)
    }

    /// Assembles a text that may be no UTF-8, which is an error at the place where it is not.
    ///
    /// # Errors
    ///
    /// As of [`Assembler::assemble`]. The lines of a text that is no UTF-8 are those up to the place.
    pub fn assemble_bytes(&self, text: &[u8]) -> Result<Assembled, Diagnostics> {
        self.assemble(self.text_of(text)?)
    }

    /// The text that bytes are.
    pub(crate) fn text_of<'t>(&self, bytes: &'t [u8]) -> Result<&'t str, Diagnostics> {
        fast::utf8(bytes, self.threads).map_err(|error| {
            let sound = &bytes[..error.valid_up_to()];
            let at = sound.len().min(u32::MAX as usize) as u32;
            let message = "the text is not UTF-8 from here on";
            let diagnostic = Diagnostic::error(Code::BadUtf8, Span::new(at, at), message);
            Diagnostics::new(std::str::from_utf8(sound).unwrap_or(""), vec![diagnostic])
        })
    }

    /// Assembles the module that a part of a text is, perhaps of a script. `lines` are those of the text, if
    /// they are known already.
    pub(crate) fn assemble_in(
        &self,
        text: &str,
        span: Span,
        in_script: bool,
        lines: Option<&LineIndex>,
    ) -> Result<Assembled, Diagnostics> {
        if let Some(diagnostic) = too_large(text.len()) {
            return Err(Diagnostics::new("", vec![diagnostic]));
        }
        let (made, mut diagnostics) = self.run(text, span, in_script);
        if self.strict {
            diagnostics = diagnostics.into_iter().map(refuse_extension).collect();
        }
        let diagnostics = self.lints.apply(diagnostics);
        let is_wrong = diagnostics.iter().any(Diagnostic::is_error);
        let diagnostics = match lines {
            Some(lines) => Diagnostics::with_lines(text, lines, diagnostics),
            None => Diagnostics::new(text, diagnostics),
        };
        match made {
            Some(Made { bytes, places }) if !is_wrong => {
                Ok(Assembled { bytes, places, warnings: diagnostics })
            }
            _ => Err(diagnostics),
        }
    }

    fn run(&self, source: &str, whole: Span, in_script: bool) -> (Option<Made>, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let threads = fast::threads_for(whole.len() as usize, self.threads);
        let text = split::module(source, whole, in_script, threads, &mut diagnostics);
        if let Some(span) = text.given {
            let (bytes, diagnostics) = self.given(source, span, diagnostics);
            return (bytes.map(|bytes| Made { bytes, places: None }), diagnostics);
        }
        let mut features = self.features.unwrap_or_else(Features::beyond_doubt);
        let options = |features| fast::Options {
            names: self.names,
            validate: !self.skip_validation,
            features,
            threads: self.threads,
            places: self.places,
            progress: self.progress.as_deref(),
        };
        if diagnostics.is_empty()
            && let Some((lowered, warnings)) = fast::assemble(source, &text, options(features))
        {
            return (Some(self.made(lowered)), warnings);
        }
        if self.features.is_none() {
            let used = Features::used_by(&source[whole.range()]);
            if used != features
                && diagnostics.is_empty()
                && let Some((lowered, warnings)) = fast::assemble(source, &text, options(used))
            {
                return (Some(self.made(lowered)), warnings);
            }
            features = used;
        }
        let mut stages = Stages {
            source,
            parser: Parser::new(),
            text,
            ast: Ast::default(),
            forms: Vec::new(),
            diagnostics,
        };
        let mut scope = stages.declare();
        let declared = stages.diagnostics.len();
        let mut lowered = stages.lower(&scope, self);
        if scope.learns(&lowered.implicit) {
            stages.diagnostics.truncate(declared);
            lowered = stages.lower(&scope, self);
        }
        let mut diagnostics = stages.diagnostics;
        let features = (!self.skip_validation).then_some(features.0);
        if let Some(features) = features
            && !diagnostics.iter().any(Diagnostic::is_error)
        {
            diagnostics.extend(validate(&lowered.bytes, features, &lowered.places));
        }
        let is_wrong = diagnostics.iter().any(Diagnostic::is_error);
        let is_beyond = diagnostics.iter().any(|warning| warning.code == Code::ImplementationLimit);
        if !is_wrong && !is_beyond {
            return (Some(self.made(lowered)), diagnostics);
        }
        // Something is wrong, or may be where the validator did not get: find out everything that is.
        let found = diagnose(&Question { source, whole, in_script, features });
        match found.iter().any(Diagnostic::is_error) {
            true => (None, found),
            false if is_wrong => (None, diagnostics),
            false => (Some(self.made(lowered)), diagnostics),
        }
    }

    fn made(&self, lowered: Lowered) -> Made {
        Made { bytes: lowered.bytes, places: self.places.then_some(lowered.places) }
    }

    /// A module whose text has it in binary, or as strings.
    fn given(
        &self,
        source: &str,
        span: Span,
        mut diagnostics: Vec<Diagnostic>,
    ) -> (Option<Vec<u8>>, Vec<Diagnostic>) {
        // The script's grammar knows these.
        let script = match Script::parse(&source[span.range()]) {
            Ok(script) => script,
            Err(errors) => {
                diagnostics.extend(errors.iter().map(|error| error.clone().shifted(span.start)));
                return (None, diagnostics);
            }
        };
        let module = script.commands.into_iter().find_map(|command| match command.kind {
            CommandKind::Module(module) => Some(module),
            _ => None,
        });
        match module.map(|module| module.source) {
            Some(ModuleSource::Binary(bytes)) => {
                if !self.skip_validation
                    && let Err(error) =
                        wasmparser::Validator::new_with_features(self.features.unwrap_or_default().0)
                            .validate_all(&bytes)
                {
                    let text = error.message().lines().next().unwrap_or("");
                    let message = format!("{text} (at byte {})", error.offset());
                    let error = || Diagnostic::error(Code::Invalid, span, message);
                    diagnostics.push(beyond_limits(text, span).unwrap_or_else(error));
                }
                (Some(bytes), diagnostics)
            }
            Some(ModuleSource::Quote(bytes)) => match self.assemble_bytes(&bytes) {
                Ok(assembled) => {
                    diagnostics.extend(assembled.warnings().iter().map(|inner| of_quote(inner, span)));
                    (Some(assembled.into_bytes()), diagnostics)
                }
                Err(errors) => {
                    diagnostics.extend(errors.iter().map(|inner| of_quote(inner, span)));
                    (None, diagnostics)
                }
            },
            _ => (None, diagnostics),
        }
    }
}

/// A module, and where it comes from if that was asked for.
struct Made {
    bytes: Vec<u8>,
    places: Option<Places>,
}

/// What is to be said of a quoted text, at the module that quotes it.
fn of_quote(inner: &Diagnostic, quote: Span) -> Diagnostic {
    let message = format!("in the quoted text: {}", inner.message);
    Diagnostic { level: inner.level, ..Diagnostic::error(inner.code, quote, message) }
}

/// Under strict rules, extensions of the text format are errors.
fn refuse_extension(diagnostic: Diagnostic) -> Diagnostic {
    match diagnostic.code {
        Code::BareTypeIndex | Code::CharLiteral | Code::OldMemoryOrder => {
            let code = Code::NotStandard;
            Diagnostic { code, level: crate::diagnostic::Level::Error, ..diagnostic }
        }
        _ => diagnostic,
    }
}

/// What the stages work on.
struct Stages<'s> {
    source: &'s str,
    parser: Parser,
    text: ModuleText,
    /// All fields but functions.
    ast: Ast,
    /// The forms, in their order.
    forms: Vec<Part>,
    diagnostics: Vec<Diagnostic>,
}

/// A form, as far as it is parsed before functions are.
#[derive(Clone, Copy)]
enum Part {
    /// A function, still text.
    Func(Span),
    /// Fields of the tree: the first, and behind the last.
    Fields(usize, usize),
    /// Code metadata of the function behind, still text.
    Metadata(Span),
}

impl<'s> Stages<'s> {
    /// Parses all forms but functions, and finds out what is called what.
    fn declare(&mut self) -> Scope<'s> {
        let mut scope = Scope::new(self.source);
        for form in std::mem::take(&mut self.text.forms) {
            match form.kind {
                FormKind::Func => {
                    let id = form_id(self.source, form.span);
                    scope.define_func(id, &mut self.diagnostics);
                    self.forms.push(Part::Func(form.span));
                }
                FormKind::Annotation => self.annotation(form),
                FormKind::Broken => {}
                _ => {
                    let start = self.ast.fields.len();
                    let parsed = self.parser.field(self.source, form.span, &mut self.ast);
                    self.diagnostics.extend(parsed.said(self.source, form.span));
                    for at in start..self.ast.fields.len() {
                        let field = self.ast.fields[at];
                        scope.define_field(&self.ast, &field, &mut self.diagnostics);
                    }
                    self.forms.push(Part::Fields(start, self.ast.fields.len()));
                }
            }
        }
        scope.read_types(&self.ast);
        scope
    }

    fn annotation(&mut self, form: Form) {
        // Without a meaning there is no token of it.
        let Some(first) = Tokens::plain(self.source, form.span).next() else { return };
        if first.kind == Kind::AtMetadata {
            return self.forms.push(Part::Metadata(form.span));
        }
        let start = self.ast.fields.len();
        let parsed = self.parser.field(self.source, form.span, &mut self.ast);
        self.diagnostics.extend(parsed.said(self.source, form.span));
        self.forms.push(Part::Fields(start, self.ast.fields.len()));
    }

    /// Lowers all forms in their order.
    fn lower(&mut self, scope: &Scope<'s>, options: &Assembler) -> Lowered {
        let names = options.names;
        let mut builder = ModuleBuilder::new(scope, self.text.naming, names);
        let mut ast = Ast::default();
        let mut exprs = Default::default();
        let mut funcs = Funcs::default();
        funcs.code.validating = !options.skip_validation;
        funcs.code.marks = options.places.then(Vec::new);
        for &part in &self.forms {
            match part {
                Part::Fields(start, end) => {
                    builder.add_fields(&self.ast, &self.ast.fields[start..end]);
                }
                Part::Func(span) => {
                    ast.clear();
                    funcs.clear();
                    let parsed = self.parser.field(self.source, span, &mut ast);
                    self.diagnostics.extend(parsed.said(self.source, span));
                    lower_form(scope, &ast, names, &mut exprs, &mut funcs);
                    builder.add_funcs(&mut funcs);
                    self.diagnostics.append(&mut funcs.diagnostics);
                    self.diagnostics.append(&mut funcs.code.diagnostics);
                }
                Part::Metadata(span) => {
                    ast.clear();
                    let parsed = self.parser.field(self.source, span, &mut ast);
                    self.diagnostics.extend(parsed.said(self.source, span));
                    builder.add_func_metadata(&ast);
                }
            }
        }
        let (lowered, diagnostics) = builder.finish();
        self.diagnostics.extend(diagnostics);
        lowered
    }
}

/// The identifier of a form that is not parsed yet.
fn form_id(source: &str, form: Span) -> Option<Span> {
    let mut tokens = Tokens::plain(source, form);
    tokens.next()?;
    tokens.next().filter(|token| token.kind == Kind::Id).map(|token| token.span())
}
