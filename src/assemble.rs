//! The way of a text through the stages.

use crate::ast::{Ast, Field};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::features::Features;
use crate::lex::{Kind, Tokens};
use crate::lower::{Funcs, ImplicitTypes, Mark, ModuleBuilder, Scope, Space, lower_form};
use crate::parse::split::{self, Form, FormKind, ModuleText};
use crate::parse::{Parsed, Parser, too_large};
use crate::script::{CommandKind, ModuleSource, Script};
use crate::span::Span;
use crate::validate::{self, validate};
use hashbrown::HashMap;
use std::cell::OnceCell;

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
    features: Features,
}

/// A module that was assembled.
#[derive(Clone, Debug)]
pub struct Assembled {
    bytes: Vec<u8>,
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

    /// What the module may use to be valid; by default everything there is.
    pub fn features(&mut self, features: Features) -> &mut Assembler {
        self.features = features;
        self
    }

    /// Assembles a text.
    ///
    /// # Errors
    ///
    /// All that is wrong with the text, in its order, warnings among it.
    pub fn assemble(&self, text: &str) -> Result<Assembled, Diagnostics> {
        let whole = Span::new(0, text.len().min(u32::MAX as usize) as u32);
        self.assemble_in(text, whole, false)
    }

    /// Assembles a text that may be no UTF-8, which is an error at the place where it is not.
    ///
    /// # Errors
    ///
    /// As of [`Assembler::assemble`]. The lines of a text that is no UTF-8 are those up to the place.
    pub fn assemble_bytes(&self, text: &[u8]) -> Result<Assembled, Diagnostics> {
        match std::str::from_utf8(text) {
            Ok(text) => self.assemble(text),
            Err(error) => {
                let sound = &text[..error.valid_up_to()];
                let at = sound.len().min(u32::MAX as usize) as u32;
                let message = "the text is not UTF-8 from here on";
                let diagnostic = Diagnostic::error(Code::BadUtf8, Span::new(at, at), message);
                Err(Diagnostics::new(std::str::from_utf8(sound).unwrap_or(""), vec![diagnostic]))
            }
        }
    }

    /// Assembles the module that a part of a text is, perhaps of a script.
    pub(crate) fn assemble_in(
        &self,
        text: &str,
        span: Span,
        in_script: bool,
    ) -> Result<Assembled, Diagnostics> {
        if let Some(diagnostic) = too_large(text.len()) {
            return Err(Diagnostics::new("", vec![diagnostic]));
        }
        let (bytes, mut diagnostics) = self.run(text, span, in_script);
        if self.strict {
            diagnostics = diagnostics.into_iter().map(refuse_extension).collect();
        }
        match bytes {
            Some(bytes) if !diagnostics.iter().any(Diagnostic::is_error) => {
                Ok(Assembled { bytes, warnings: Diagnostics::new(text, diagnostics) })
            }
            _ => Err(Diagnostics::new(text, diagnostics)),
        }
    }

    fn run(&self, source: &str, whole: Span, in_script: bool) -> (Option<Vec<u8>>, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let text = split::module(source, whole, in_script, &mut diagnostics);
        if let Some(span) = text.given {
            return self.given(source, span, diagnostics);
        }
        let mut stages = Stages {
            sound: !diagnostics.iter().any(Diagnostic::is_error),
            source,
            parser: Parser::new(),
            text,
            ast: Ast::default(),
            forms: Vec::new(),
            diagnostics,
        };
        let scope = stages.declare();
        let (lowered, func_forms) = stages.lower(&scope, self.names, !self.skip_validation);
        let mut diagnostics = std::mem::take(&mut stages.diagnostics);
        if !stages.sound {
            return (None, diagnostics);
        }
        if !self.skip_validation {
            let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
            let mut errors: Vec<u32> = errors.map(|error| error.span.start).collect();
            errors.sort_unstable();
            let text = Text {
                stages: &stages,
                scope: &scope,
                implicit: &lowered.implicit,
                forms: &func_forms,
                type_names: OnceCell::new(),
                errors,
            };
            diagnostics.extend(validate(&lowered.bytes, self.features.0, &lowered.places, &text));
        }
        (Some(lowered.bytes), diagnostics)
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
                        wasmparser::Validator::new_with_features(self.features.0).validate_all(&bytes)
                {
                    let text = error.message().lines().next().unwrap_or("");
                    let message = format!("{text} (at byte {})", error.offset());
                    diagnostics.push(Diagnostic::error(Code::Invalid, span, message));
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
    /// Whether everything but bodies is without errors, so that bodies can be validated.
    sound: bool,
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
                    let id = func_id(self.source, form.span);
                    scope.define_func(id, &mut self.diagnostics);
                    self.forms.push(Part::Func(form.span));
                }
                FormKind::Annotation => self.annotation(form),
                FormKind::Broken => self.define_broken(form.span, &mut scope),
                _ => {
                    let start = self.ast.fields.len();
                    let parsed = self.parser.field(self.source, form.span, &mut self.ast);
                    if !parsed.sound {
                        self.define_broken(form.span, &mut scope);
                    }
                    self.take(parsed);
                    for at in start..self.ast.fields.len() {
                        let field = self.ast.fields[at];
                        scope.define_field(&self.ast, &field, &mut self.diagnostics);
                    }
                    self.forms.push(Part::Fields(start, self.ast.fields.len()));
                }
            }
        }
        scope.read_types(&self.ast);
        self.sound &= !self.diagnostics.iter().any(Diagnostic::is_error);
        scope
    }

    /// Enters what a form that cannot be read is called, so that its name is not unknown too.
    fn define_broken(&mut self, form: Span, scope: &mut Scope<'s>) {
        let mut last = None;
        for token in Tokens::plain(self.source, form) {
            let space = match last {
                Some(Kind::ParenType) => Some(Space::Type),
                Some(Kind::ParenFunc) => Some(Space::Func),
                Some(Kind::ParenTable) => Some(Space::Table),
                Some(Kind::ParenMemory) => Some(Space::Memory),
                Some(Kind::ParenGlobal) => Some(Space::Global),
                Some(Kind::ParenTag) => Some(Space::Tag),
                Some(Kind::ParenElem) => Some(Space::Elem),
                Some(Kind::ParenData) => Some(Space::Data),
                _ => None,
            };
            if let (Some(space), Kind::Id) = (space, token.kind) {
                scope.define_name(space, token.span());
            }
            last = Some(token.kind);
        }
    }

    /// Takes what a form other than a function was found to be. Errors in it are errors of the module
    /// as a whole.
    fn take(&mut self, parsed: Parsed) {
        self.sound &= !parsed.diagnostics.iter().any(Diagnostic::is_error);
        self.diagnostics.extend(parsed.diagnostics);
    }

    fn annotation(&mut self, form: Form) {
        // Without a meaning there is no token of it.
        let Some(first) = Tokens::plain(self.source, form.span).next() else { return };
        if first.kind == Kind::AtMetadata {
            return self.forms.push(Part::Metadata(form.span));
        }
        let start = self.ast.fields.len();
        let parsed = self.parser.field(self.source, form.span, &mut self.ast);
        self.take(parsed);
        self.forms.push(Part::Fields(start, self.ast.fields.len()));
    }

    /// Lowers all forms in their order. What comes back besides is the form of each function that
    /// is defined.
    fn lower(
        &mut self,
        scope: &Scope<'s>,
        names: bool,
        validating: bool,
    ) -> (crate::lower::Lowered, Vec<Span>) {
        let mut builder = ModuleBuilder::new(scope, self.text.naming, names);
        let mut ast = Ast::default();
        let mut exprs = Default::default();
        let mut funcs = Funcs::default();
        funcs.code.validating = validating;
        let mut func_forms = Vec::new();
        for &part in &self.forms {
            match part {
                Part::Fields(start, end) => {
                    builder.add_fields(&self.ast, &self.ast.fields[start..end]);
                }
                Part::Func(span) => {
                    ast.clear();
                    funcs.clear();
                    let parsed = self.parser.field(self.source, span, &mut ast);
                    self.sound &= parsed.sound;
                    self.diagnostics.extend(parsed.diagnostics);
                    lower_form(scope, &ast, names, &mut exprs, &mut funcs);
                    let defined = ast.fields.iter().any(|field| matches!(field, Field::Func(_)));
                    func_forms.extend(defined.then_some(span));
                    builder.add_funcs(&mut funcs);
                    self.sound &= !funcs.unknown_types;
                    self.diagnostics.append(&mut funcs.diagnostics);
                    self.diagnostics.append(&mut funcs.code.diagnostics);
                }
                Part::Metadata(span) => {
                    ast.clear();
                    let parsed = self.parser.field(self.source, span, &mut ast);
                    self.diagnostics.extend(parsed.diagnostics);
                    builder.add_func_metadata(&ast);
                }
            }
        }
        let (lowered, diagnostics) = builder.finish();
        self.sound &= !diagnostics.iter().any(Diagnostic::is_error);
        self.diagnostics.extend(diagnostics);
        (lowered, func_forms)
    }

    /// Where the instructions of a function are in its body: it is lowered once more for that.
    fn marks(&self, scope: &Scope<'s>, implicit: &ImplicitTypes, form: Span) -> Vec<Mark> {
        let mut ast = Ast::default();
        self.parser.field(self.source, form, &mut ast);
        let mut funcs = Funcs::default();
        funcs.code.marks = Some(Vec::new());
        lower_form(scope, &ast, false, &mut Default::default(), &mut funcs);
        let mut marks = funcs.code.marks.unwrap_or_default();
        // The indices of implicit types are not in these bytes.
        let mut filled = 0;
        let mut fixups = funcs.code.fixups.iter().peekable();
        for mark in &mut marks {
            while let Some(fixup) = fixups.next_if(|fixup| fixup.at < mark.at) {
                let index = implicit.find(&funcs.code.signatures[fixup.signature.range()]);
                filled += fixup.index_len(index.unwrap_or(0));
            }
            mark.at += filled;
        }
        marks
    }
}

/// The text, as validation asks of it.
struct Text<'a, 's> {
    stages: &'a Stages<'s>,
    scope: &'a Scope<'s>,
    implicit: &'a ImplicitTypes,
    /// The form of each function that is defined.
    forms: &'a [Span],
    type_names: OnceCell<HashMap<u32, String>>,
    /// Where the errors found so far start, in order.
    errors: Vec<u32>,
}

impl validate::Source for Text<'_, '_> {
    fn marks(&self, func: usize) -> Vec<Mark> {
        self.stages.marks(self.scope, self.implicit, self.forms[func])
    }

    fn is_broken(&self, func: usize) -> bool {
        let form = self.forms[func];
        let first = self.errors.partition_point(|&start| start < form.start);
        self.errors.get(first).is_some_and(|&start| start < form.end)
    }

    fn type_name(&self, index: u32) -> String {
        let names = self.type_names.get_or_init(|| {
            self.scope.names(Space::Type).indexed().map(|(name, index)| (index, format!("${name}"))).collect()
        });
        names.get(&index).cloned().unwrap_or_else(|| index.to_string())
    }
}

/// The identifier of a function, which is not parsed yet.
fn func_id(source: &str, form: Span) -> Option<Span> {
    let mut tokens = Tokens::plain(source, form);
    tokens.next()?;
    tokens.next().filter(|token| token.kind == Kind::Id).map(|token| token.span())
}
