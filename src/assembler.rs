//! The assembler: its options, and the choice between the pipeline and the explaining route.

use crate::ast::script::{CommandKind, ModuleSource};
use crate::diagnostic::lints::Lints;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::explain::applicability::{Findings, settle};
use crate::explain::check::limits;
use crate::explain::{Input, bidirectional, explain, lowering, not_wat, scan_fault, script};
use crate::features::Features;
use crate::lex::is_small;
use crate::lower::{Lowered, Places};
use crate::pipeline::{self, Module, Rejected};
use crate::progress::Progress;
use crate::scan;
use crate::span::{LineIndex, Span};
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
        self.assemble_text(Text { text, may_be_bidirectional: bidirectional::may_occur(text.as_bytes()) })
    }

    /// Assembles a text of which something is known.
    pub(crate) fn assemble_text(&self, text: Text<'_>) -> Result<Assembled, Diagnostics> {
        let whole = Span::new(0, text.text.len().min(u32::MAX as usize) as u32);
        self.assemble_part(text, whole, false, None)
    }

    /// Assembles a text that may be no UTF-8, which is an error at the place where it is not.
    ///
    /// # Errors
    ///
    /// As of [`Assembler::assemble`]. The lines of a text that is no UTF-8 are those up to the place.
    pub fn assemble_bytes(&self, text: &[u8]) -> Result<Assembled, Diagnostics> {
        self.assemble_text(self.text_of(text)?)
    }

    /// The text that bytes are.
    pub(crate) fn text_of<'t>(&self, bytes: &'t [u8]) -> Result<Text<'t>, Diagnostics> {
        let text = if is_small(bytes) { None } else { simdutf8::basic::from_utf8(bytes).ok() };
        let text = text.map_or_else(|| std::str::from_utf8(bytes), Ok);
        let may_be_bidirectional = bidirectional::may_occur(bytes);
        text.map(|text| Text { text, may_be_bidirectional }).map_err(|error| {
            if let Some(diagnostic) = not_wat::of_bytes(bytes) {
                return Diagnostics::new("", vec![diagnostic]);
            }
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
        let part = text.as_bytes().get(span.range()).unwrap_or_default();
        self.assemble_part(
            Text { text, may_be_bidirectional: bidirectional::may_occur(part) },
            span,
            in_script,
            lines,
        )
    }

    fn assemble_part(
        &self,
        Text { text, may_be_bidirectional }: Text<'_>,
        span: Span,
        in_script: bool,
        lines: Option<&LineIndex>,
    ) -> Result<Assembled, Diagnostics> {
        if let Some(diagnostic) = script::too_large(text.len()) {
            return Err(Diagnostics::new("", vec![diagnostic]));
        }
        let (made, mut findings) = self.run(text, span, in_script);
        if !findings.diagnostics.is_empty() {
            let quiet = Assembler { progress: None, ..self.clone() };
            settle(text, span, &mut findings, &|text, span| quiet.run(text, span, in_script).1);
        }
        let mut diagnostics = findings.diagnostics;
        if may_be_bidirectional && diagnostics.iter().all(|diagnostic| diagnostic.code != Code::NotWat) {
            diagnostics.extend(bidirectional::warnings(text, span));
        }
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

    fn run(&self, source: &str, whole: Span, in_script: bool) -> (Option<Made>, Findings) {
        let read = |diagnostics| Findings { diagnostics, unread: Vec::new() };
        let mut diagnostics = Vec::new();
        let threads = pipeline::thread_count(whole.len() as usize, self.threads);
        let text = scan::module(source, whole, in_script, threads, &mut diagnostics);
        if let Some(span) = text.given {
            let (bytes, diagnostics) = self.given(
                source,
                span,
                diagnostics.iter().map(|fault| scan_fault::explain(source, fault)).collect(),
            );
            if !in_script
                && diagnostics.iter().any(Diagnostic::is_error)
                && let Some(diagnostic) = not_wat::of_text(source, false)
            {
                return (None, read(vec![diagnostic]));
            }
            return (bytes.map(|bytes| Made { bytes, places: None }), read(diagnostics));
        }
        let features = self.features.unwrap_or_default();
        let options = pipeline::Options {
            names: self.names,
            validate: !self.skip_validation,
            features,
            threads: self.threads,
            places: self.places,
            runs: true,
            progress: self.progress.as_deref(),
        };
        let mut rejected = Rejected { module: None };
        if diagnostics.is_empty() {
            match pipeline::run(source, &text, options) {
                Ok(module) => {
                    let (made, warnings) = self.accept(source, module);
                    return (made, read(warnings));
                }
                Err(reason) => rejected = reason,
            }
        }
        if rejected.module.is_none()
            && !in_script
            && let Some(diagnostic) = not_wat::of_text(source, false)
        {
            return (None, read(vec![diagnostic]));
        }
        let features = (!self.skip_validation).then_some(features);
        let found = explain(&Input { source, whole, in_script, features });
        if found.diagnostics.iter().any(Diagnostic::is_error) {
            return (None, found);
        }
        match (rejected.module, features) {
            (Some(module), Some(features)) => {
                let (made, diagnostics) = self.accept_beyond_limits(source, *module, features);
                (made, read(diagnostics))
            }
            _ => {
                let message = "this module is rejected for an unknown reason, which is a bug in gcwat";
                (None, read(vec![Diagnostic::error(Code::Invalid, whole.before(), message)]))
            }
        }
    }

    fn accept(&self, source: &str, module: Module) -> (Option<Made>, Vec<Diagnostic>) {
        let Module { lowered: Lowered { bytes, places, .. }, mut warnings, faults } = module;
        warnings.extend(faults.iter().filter_map(|fault| lowering::warning(source, fault)));
        (Some(Made { bytes, places: self.places.then_some(places) }), warnings)
    }

    /// Accepts a module in which only the validator finds something, if that is an implementation limit.
    fn accept_beyond_limits(
        &self,
        source: &str,
        module: Module,
        features: Features,
    ) -> (Option<Made>, Vec<Diagnostic>) {
        let features = features.to_validate(module.lowered.uses.set);
        let verdict = limits::check(&module.lowered.bytes, features, &module.lowered.places);
        let (made, mut diagnostics) = self.accept(source, module);
        diagnostics.extend(verdict);
        let made = made.filter(|_| !diagnostics.iter().any(Diagnostic::is_error));
        (made, diagnostics)
    }

    /// A module whose text has it in binary, or as strings.
    fn given(
        &self,
        source: &str,
        span: Span,
        mut diagnostics: Vec<Diagnostic>,
    ) -> (Option<Vec<u8>>, Vec<Diagnostic>) {
        // The script's grammar knows these.
        let script = match script::read(&source[span.range()]) {
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
                    && let Err(error) = wasmparser::Validator::new_with_features(
                        self.features.unwrap_or_default().of_binary(),
                    )
                    .validate_all(&bytes)
                {
                    let text = error.message().lines().next().unwrap_or("");
                    let message = format!("{text} (at byte {})", error.offset());
                    let error = || Diagnostic::error(Code::Invalid, span, message);
                    diagnostics.push(limits::beyond(text, span).unwrap_or_else(error));
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

/// A source text.
#[derive(Clone, Copy)]
pub(crate) struct Text<'t> {
    pub(crate) text: &'t str,
    /// Whether bidirectional characters may occur in it, so that they must be looked for.
    may_be_bidirectional: bool,
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
