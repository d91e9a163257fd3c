//! The assembler: its options, and the choice between the pipeline and the explaining route.

mod origins;

use crate::ast::script::{CommandKind, ModuleSource};
use crate::diagnostic::lints::{Lints, Setting};
use crate::diagnostic::{Applicability, Code, Diagnostic, Diagnostics, Warnings};
use crate::explain::applicability::{Findings, settle};
use crate::explain::check::limits;
use crate::explain::object::{ObjectWords, explain_missing_numbers};
use crate::explain::repair::is_well_formed;
use crate::explain::{Input, bidirectional, explain, lowering, not_wat, scan_fault, script};
use crate::features::Features;
use crate::lex::is_small;
use crate::lint;
use crate::lower::{self, LoweredModule};
use crate::object::{self, Annotations, Object};
use crate::observer::{Observer, Stage};
use crate::pipeline::{self, Module, Rejected};
use crate::progress::{Pace, Progress, Watch};
use crate::scan;
use crate::span::{LineIndex, Span};
use std::borrow::Cow;
use std::sync::Arc;

pub use origins::{Origin, Origins};

/// Assembles texts with options.
///
/// ```
/// let assembler = gcwat::Assembler::new().names(true).strict(true);
/// let assembled = assembler.assemble("(module (func $f))").unwrap();
/// assert!(assembled.warnings().is_empty());
/// assert!(assembled.bytes().windows(5).any(|bytes| bytes == b"\x04name"));
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "the methods that set an option return the assembler"]
pub struct Assembler {
    names: bool,
    skip_validation: bool,
    strict: bool,
    /// The requested features.
    features: Option<Features>,
    threads: usize,
    lints: Lints,
    origins: bool,
    object: bool,
    progress: Option<Watch>,
    observer: Option<Observer>,
}

/// An assembled module.
///
/// ```
/// let assembled = gcwat::Assembler::new().assemble(r#"(global i32 (i32.const (@char "a")))"#).unwrap();
/// assert_eq!(assembled.bytes().len(), 17);
/// assert_eq!(assembled.warnings().len(), 1);
/// ```
#[derive(Clone, Debug)]
pub struct Assembled {
    bytes: Vec<u8>,
    origins: Option<lower::Origins>,
    is_object: bool,
    warnings: Diagnostics,
}

impl Assembled {
    /// Whether this is an object ([`Assembler::object`]).
    pub fn is_object(&self) -> bool {
        self.is_object
    }

    /// Returns the module in the binary format.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Converts into the module in the binary format.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Returns the origins of the bytes in the text, computed from the recorded locations. Returns `None` if locations were
    /// not recorded ([`Assembler::origins`]) or the text contains the module in binary.
    pub fn origins(&self) -> Option<Origins> {
        self.origins.as_ref().map(|recorded| Origins::new(&self.bytes, recorded))
    }

    /// Returns the recorded locations.
    #[cfg(feature = "emit")]
    pub(crate) fn recorded_origins(&self) -> Option<&lower::Origins> {
        self.origins.as_ref()
    }

    /// Converts into the warnings.
    #[cfg(feature = "cli")]
    pub(crate) fn into_warnings(self) -> Diagnostics {
        self.warnings
    }

    /// Returns the warnings.
    pub fn warnings(&self) -> &Diagnostics {
        &self.warnings
    }
}

impl Assembler {
    /// Creates an assembler with the default options: validation and all features, no name section, extensions of the
    /// text format allowed.
    pub fn new() -> Assembler {
        Assembler::default()
    }

    /// Sets whether to write a name section. The default is `false`.
    pub fn names(mut self, names: bool) -> Assembler {
        self.names = names;
        self
    }

    /// Sets whether to validate the module. The default is `true`.
    pub fn validate(mut self, validate: bool) -> Assembler {
        self.skip_validation = !validate;
        self
    }

    /// Sets whether extensions of the text format are errors. By default they are warnings.
    pub fn strict(mut self, strict: bool) -> Assembler {
        self.strict = strict;
        self
    }

    /// Sets the features that the module may use. By default, all are allowed; see [`Features`].
    pub fn features(mut self, features: Features) -> Assembler {
        self.features = Some(features);
        self
    }

    /// Sets the maximum number of threads. The default, 0, is one per core. The output does not depend on the number.
    /// Small texts are assembled on the calling thread.
    pub fn threads(mut self, threads: usize) -> Assembler {
        self.threads = threads;
        self
    }

    /// Sets whether to record the location of each part of the module in the text, for [`Assembled::origins`], annotated
    /// output and source maps. The default is `false`, since the locations take memory.
    pub fn origins(mut self, origins: bool) -> Assembler {
        self.origins = origins;
        self
    }

    /// Sets whether to assemble an object, which a linker such as `wasm-ld` joins with those of C, C++ and Rust. The
    /// default is `false`. The annotations `@reloc`, `@sym` and their relatives have a meaning in objects only.
    ///
    /// ```
    /// let text = "(module (import \"env\" \"log\" (func $log)) (func (export \"run\") (call $log)))";
    /// let object = gcwat::Assembler::new().object(true).assemble(text).unwrap();
    /// assert!(object.is_object());
    /// assert!(object.bytes().windows(8).any(|bytes| bytes == b"\x07linking"));
    /// ```
    pub fn object(mut self, object: bool) -> Assembler {
        self.object = object;
        self
    }

    /// Reports progress to `progress`, which can also stop the work. Useful for large inputs.
    pub fn progress(mut self, progress: &Arc<Progress>) -> Assembler {
        self.progress = Some(Watch { progress: progress.clone(), counts: true });
        self
    }

    /// Reports each stage to `observer` as it begins.
    #[cfg(feature = "cli")]
    pub(crate) fn observer(mut self, observer: Observer) -> Assembler {
        self.observer = Some(observer);
        self
    }

    /// Reports a warning, or a group of warnings. Those of [`WarningGroup::Default`](crate::WarningGroup::Default) are
    /// reported without a setting.
    ///
    /// A setting of a code has precedence over one of a group, and one of a smaller group over one of a larger group.
    /// Otherwise the last setting counts.
    ///
    /// ```
    /// use gcwat::{Assembler, Lint, WarningGroup};
    ///
    /// let text = "(func (param $p i32) (local $l i32))";
    /// assert!(gcwat::check(text).is_empty());
    /// let assembler = Assembler::new().warn(WarningGroup::Unused).allow(Lint::UnusedFunction);
    /// assert_eq!(assembler.check(text).len(), 2);
    /// ```
    pub fn warn(mut self, warnings: impl Into<Warnings>) -> Assembler {
        self.lints.set(warnings.into(), Setting::Warn);
        self
    }

    /// Makes a warning, or a group of warnings, an error.
    ///
    /// ```
    /// use gcwat::{Assembler, Lint, Warnings};
    ///
    /// let text = r#"(global i32 (i32.const (@char "a")))"#;
    /// assert!(Assembler::new().assemble(text).is_ok());
    /// assert!(Assembler::new().deny(Lint::CharLiteral).assemble(text).is_err());
    /// assert!(Assembler::new().deny("W0002".parse::<Warnings>().unwrap()).assemble(text).is_err());
    /// ```
    pub fn deny(mut self, warnings: impl Into<Warnings>) -> Assembler {
        self.lints.set(warnings.into(), Setting::Deny);
        self
    }

    /// Suppresses a warning, or a group of warnings.
    pub fn allow(mut self, warnings: impl Into<Warnings>) -> Assembler {
        self.lints.set(warnings.into(), Setting::Allow);
        self
    }

    /// Sets whether warnings that are not suppressed are errors. The default is `false`.
    pub fn deny_warnings(mut self, deny: bool) -> Assembler {
        self.lints.deny_warnings = deny;
        self
    }

    /// Checks a text. Returns all errors and warnings, in source order.
    pub fn check(&self, text: &str) -> Diagnostics {
        self.assemble(text).map_or_else(|errors| errors, |assembled| assembled.warnings)
    }

    /// Checks a text that may not be valid UTF-8. Returns all errors and warnings, in source order.
    pub fn check_bytes(&self, text: &[u8]) -> Diagnostics {
        self.assemble_bytes(text).map_or_else(|errors| errors, |assembled| assembled.warnings)
    }

    /// Assembles a text.
    ///
    /// ```
    /// let assembler = gcwat::Assembler::new().features("wasm2".parse().unwrap());
    /// assert!(assembler.assemble("(module (memory 1))").is_ok());
    /// assert!(assembler.assemble("(module (memory i64 1))").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// Returns all errors and warnings of the text, in source order, if there is an error.
    pub fn assemble(&self, text: &str) -> Result<Assembled, Diagnostics> {
        self.assemble_text(Text { text, may_be_bidirectional: bidirectional::may_occur(text.as_bytes()) })
    }

    /// Assembles a text that was checked for UTF-8.
    pub(crate) fn assemble_text(&self, text: Text<'_>) -> Result<Assembled, Diagnostics> {
        let whole = Span::new(0, text.text.len().min(u32::MAX as usize) as u32);
        self.assemble_part(text, whole, false, None)
    }

    /// Assembles a text that may not be valid UTF-8. Invalid UTF-8 is an error at its first byte.
    ///
    /// # Errors
    ///
    /// Those of [`Assembler::assemble`]. If the text is not valid UTF-8, positions are counted up to the first invalid byte.
    pub fn assemble_bytes(&self, text: &[u8]) -> Result<Assembled, Diagnostics> {
        self.assemble_text(self.text_of(text)?)
    }

    /// Returns the bytes as text.
    ///
    /// # Errors
    ///
    /// Returns the error for bytes that are not valid UTF-8.
    pub(crate) fn text_of<'t>(&self, bytes: &'t [u8]) -> Result<Text<'t>, Diagnostics> {
        let text = if is_small(bytes) { None } else { simdutf8::basic::from_utf8(bytes).ok() };
        let text = text.map_or_else(|| std::str::from_utf8(bytes), Ok);
        let may_be_bidirectional = bidirectional::may_occur(bytes);
        text.map(|text| Text { text, may_be_bidirectional }).map_err(|error| {
            if let Some(diagnostic) = not_wat::of_bytes(bytes) {
                return Diagnostics::new("", vec![diagnostic]);
            }
            let valid = &bytes[..error.valid_up_to()];
            let at = valid.len().min(u32::MAX as usize) as u32;
            let message = "invalid UTF-8 in the source text";
            let diagnostic = Diagnostic::error(Code::BadUtf8, Span::new(at, at), message);
            Diagnostics::new(std::str::from_utf8(valid).unwrap_or(""), vec![diagnostic])
        })
    }

    /// Assembles a module that is a part of a text, such as of a script. `lines` is the line index of the text, if there
    /// is one already.
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
        if self.is_stopped() {
            return Err(Diagnostics::stopped());
        }
        if may_be_bidirectional
            && findings.diagnostics.iter().all(|diagnostic| diagnostic.code != Code::NotWat)
        {
            findings.diagnostics.extend(bidirectional::warnings(text, span));
        }
        // A guess is applied by people only, so a text without errors need not be analyzed for it.
        let needs_check = |diagnostic: &Diagnostic| {
            diagnostic.is_error()
                || diagnostic
                    .suggestions
                    .iter()
                    .any(|own| own.applicability == Applicability::MachineApplicable)
        };
        if findings.diagnostics.iter().any(needs_check) {
            Observer::begin(self.observer.as_ref(), Stage::Settle);
            let progress = self.progress.clone().map(|watch| Watch { counts: false, ..watch });
            let quiet = Assembler { progress, observer: None, ..self.clone() };
            settle(text, span, &mut findings, &|text, span| quiet.run(text, span, in_script).1);
            if self.is_stopped() {
                return Err(Diagnostics::stopped());
            }
        }
        let mut diagnostics = findings.diagnostics;
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
            Some(Made { bytes, origins }) if !is_wrong => {
                Ok(Assembled { bytes, origins, is_object: self.object, warnings: diagnostics })
            }
            _ => Err(diagnostics),
        }
    }

    fn run(&self, source: &str, whole: Span, in_script: bool) -> (Option<Made>, Findings) {
        let read = |diagnostics| Findings { diagnostics, unread: Vec::new() };
        let mut diagnostics = Vec::new();
        if self.progress.as_ref().is_some_and(|watch| !watch.goes_on()) {
            return (None, read(Vec::new()));
        }
        let threads = pipeline::thread_count(whole.len() as usize, self.threads);
        Observer::begin(self.observer.as_ref(), Stage::Scan);
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
            return (bytes.map(|bytes| Made { bytes, origins: None }), read(diagnostics));
        }
        let features = self.features.unwrap_or_default();
        let notes = self.object.then(|| object::annotations(source, &text.forms));
        let written = source;
        let filled = notes.as_ref().map_or(Cow::Borrowed(source), |notes| notes.with_numbers(source));
        let source = filled.as_ref();
        let options = pipeline::Options {
            names: self.names,
            validate: !self.skip_validation,
            features,
            threads: self.threads,
            places: self.origins,
            object: notes.as_ref().map(|notes| notes.addresses.as_slice()),
            runs: true,
            progress: self.progress.as_ref(),
            lints: self.lints.enabled(whole.len() as usize),
            observer: self.observer.as_ref(),
        };
        let mut rejected = Rejected { module: None };
        if diagnostics.is_empty() {
            match pipeline::run(source, &text, options) {
                Ok(module) => {
                    let (made, mut warnings) = self.accept(written, module, notes.as_ref());
                    lint::allow::apply(source, &text.forms, &mut warnings);
                    return (made, read(warnings));
                }
                Err(reason) => rejected = reason,
            }
        }
        if self.is_stopped() {
            return (None, read(Vec::new()));
        }
        let pace = Pace::new(self.progress.as_ref());
        // Input in another format has an error of syntax.
        let well_formed = (diagnostics.is_empty() && is_well_formed(source, &text, &pace)).then_some(&text);
        if self.is_stopped() {
            return (None, read(Vec::new()));
        }
        if well_formed.is_none()
            && !in_script
            && let Some(diagnostic) = not_wat::of_text(source, false)
        {
            return (None, read(vec![diagnostic]));
        }
        let features = (!self.skip_validation).then_some(features);
        Observer::begin(self.observer.as_ref(), Stage::Explain);
        let is_object = self.object;
        let mut found =
            explain(&Input { source, whole, in_script, well_formed, features, is_object, pace: &pace });
        if self.is_stopped() {
            return (None, found);
        }
        lint::allow::apply(source, &text.forms, &mut found.diagnostics);
        if let Some(notes) = &notes {
            let words = ObjectWords { source: written, table: None, notes };
            found.diagnostics.extend(notes.faults.iter().map(|fault| words.explain(fault)));
        } else {
            explain_missing_numbers(source, &mut found.diagnostics);
        }
        if found.diagnostics.iter().any(Diagnostic::is_error) {
            return (None, found);
        }
        match (rejected.module, features) {
            (Some(module), Some(features)) => {
                let (made, diagnostics) =
                    self.accept_beyond_limits(written, *module, features, notes.as_ref());
                (made, read(diagnostics))
            }
            _ => {
                let message = "this module is rejected for an unknown reason, which is a bug in gcwat";
                (None, read(vec![Diagnostic::error(Code::Invalid, whole.before(), message)]))
            }
        }
    }

    /// Whether the work was stopped. Then all results are incomplete.
    pub(crate) fn is_stopped(&self) -> bool {
        self.progress.as_ref().is_some_and(|watch| watch.progress.is_stopped())
    }

    /// Validates a module in the binary format. Returns its error, or the limit that it exceeds, at `span`.
    fn validate_binary(&self, bytes: &[u8], span: Span) -> Option<Diagnostic> {
        let features = self.features.unwrap_or_default().of_binary();
        let verdict = wasmparser::Validator::new_with_features(features).validate_all(bytes);
        verdict.err().map(|error| limits::error_of_binary(&error, span))
    }

    /// Checks a module in the binary format. The location of an error is a byte, which its message names.
    #[cfg(feature = "cli")]
    pub(crate) fn check_binary(&self, bytes: &[u8]) -> Diagnostics {
        let found = not_wat::of_component(bytes).or_else(|| self.validate_binary(bytes, Span::new(0, 0)));
        Diagnostics::new("", self.lints.apply(found.into_iter().collect()))
    }

    /// Accepts a module, and makes an object of it if there are annotations for one.
    fn accept<'s>(
        &self,
        source: &'s str,
        module: Module<'s>,
        notes: Option<&Annotations>,
    ) -> (Option<Made>, Vec<Diagnostic>) {
        let Module { lowered, symbols, mut warnings, faults, findings } = module;
        warnings.extend(faults.iter().filter_map(|fault| lowering::warning(source, fault)));
        warnings.extend(findings.iter().map(|finding| lint::words::explain(source, finding)));
        let Some(notes) = notes else {
            let LoweredModule { bytes, places, .. } = lowered;
            return (Some(Made { bytes, origins: self.origins.then_some(places) }), warnings);
        };
        let input = object::Input {
            source,
            module: &lowered,
            table: &symbols,
            notes,
            shows_relocations: self.origins,
        };
        let (object, faults) = object::build(&input);
        let words = ObjectWords { source, table: Some(&symbols), notes };
        warnings.extend(faults.iter().map(|fault| words.explain(fault)));
        let made =
            object.map(|Object { bytes, places }| Made { bytes, origins: self.origins.then_some(places) });
        (made, warnings)
    }

    /// Accepts a module that only the validator rejects, if the reason is an implementation limit.
    fn accept_beyond_limits<'s>(
        &self,
        source: &'s str,
        module: Module<'s>,
        features: Features,
        notes: Option<&Annotations>,
    ) -> (Option<Made>, Vec<Diagnostic>) {
        let features = features.to_validate(module.lowered.uses.set);
        let verdict = limits::check(&module.lowered.bytes, features, &module.lowered.places);
        let (made, mut diagnostics) = self.accept(source, module, notes);
        diagnostics.extend(verdict);
        let made = made.filter(|_| !diagnostics.iter().any(Diagnostic::is_error));
        (made, diagnostics)
    }

    /// Assembles a module that is given in binary or as quoted text.
    fn given(
        &self,
        source: &str,
        span: Span,
        mut diagnostics: Vec<Diagnostic>,
    ) -> (Option<Vec<u8>>, Vec<Diagnostic>) {
        // These forms are part of the grammar of scripts.
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
            Some(ModuleSource::Binary(_)) if self.object => {
                let message = "a module in binary format cannot become an object";
                diagnostics.push(Diagnostic::error(Code::Unlinkable, span, message));
                (None, diagnostics)
            }
            Some(ModuleSource::Binary(bytes)) => {
                if !self.skip_validation {
                    diagnostics.extend(self.validate_binary(&bytes, span));
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
    /// Whether the text may contain bidirectional characters.
    may_be_bidirectional: bool,
}

/// The bytes of a module, and the locations of its parts if they were requested.
struct Made {
    bytes: Vec<u8>,
    origins: Option<lower::Origins>,
}

/// Moves a diagnostic of a quoted text to the module that quotes it.
fn of_quote(inner: &Diagnostic, quote: Span) -> Diagnostic {
    let message = format!("in the quoted text: {}", inner.message);
    Diagnostic { level: inner.level, ..Diagnostic::error(inner.code, quote, message) }
}

/// Makes the warning for an extension of the text format an error, for [`Assembler::strict`].
fn refuse_extension(diagnostic: Diagnostic) -> Diagnostic {
    match diagnostic.code {
        Code::BareTypeIndex | Code::CharLiteral | Code::OldMemoryOrder => {
            let code = Code::NotStandard;
            Diagnostic { code, level: crate::diagnostic::Level::Error, ..diagnostic }
        }
        _ => diagnostic,
    }
}
