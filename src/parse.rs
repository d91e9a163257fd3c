//! Parsing: forms to syntax trees.
//!
//! [`split`] cuts the text into its top-level forms; each is then parsed for itself by the one
//! grammar, so that a broken form does not spoil the others.

pub(crate) mod build;
mod error;
pub(crate) use error::{FIELDS, Names, explain, explain_words, field_meant, one_line};
pub(crate) mod split;

use crate::ast::{Ast, Checkpoint};
use crate::diagnostic::{Code, Diagnostic};
use crate::lex::{self, Chars, Mode, Options, Token, TokenBuffer};
use crate::script::Script;
use crate::span::Span;
use build::Builder;
use lalrpop_util::{ParseError, lalrpop_mod};

lalrpop_mod!(
    #[allow(
        clippy::all,
        clippy::pedantic,
        unused,
        elided_lifetimes_in_paths,
        reason = "the code is generated"
    )]
    wat
);

/// Parses the form in `span`. Its nodes are added to `ast` unless there is a syntax error.
///
/// With `runs`, plain instructions are read faster and the names of `ast` are shared by all uses; this is for the
/// pipeline, which reports nothing of malformed forms.
pub(crate) fn parse(
    source: &str,
    span: Span,
    mode: Mode,
    runs: bool,
    buffer: &mut TokenBuffer,
    ast: &mut Ast,
) -> Parsed {
    let before = Checkpoint::of(ast);
    let mut parse_with = |chars, ast: &mut Ast| {
        lex::tokenize(source, span, Options { mode, chars, runs }, &mut ast.names, buffer);
        let mut builder = Builder::new(source, buffer, runs, ast);
        let error = wat::FormParser::new().parse(&mut builder, buffer.tokens.iter().copied()).err();
        let (diagnostics, parts) = builder.finish();
        if error.is_some() {
            before.restore(ast);
        }
        (Parsed { diagnostics, parts, error }, buffer.saw_char)
    };
    let (mut parsed, saw_char) = parse_with(Chars::Annotation, ast);
    let Some(error) = &mut parsed.error else { return parsed };
    parsed.diagnostics.clear();
    if saw_char {
        // Dialect: what was an annotation without a meaning may be an integer.
        let (literal, _) = parse_with(Chars::Literal, ast);
        match literal.error {
            None => return literal,
            // Nothing but a character literal was meant.
            Some(other) if error::is_bad_char_literal(source, &other, error) => *error = other,
            Some(_) => {}
        }
    }
    parsed
}

/// The parser of the explaining route.
pub(crate) struct Parser;

impl Parser {
    pub(crate) fn new() -> Parser {
        Parser
    }

    /// Parses a form that is a field of a module.
    pub(crate) fn field(&self, source: &str, span: Span, ast: &mut Ast) -> Parsed {
        parse(source, span, Mode::Field, false, &mut TokenBuffer::default(), ast)
    }
}

/// A form that was parsed.
pub(crate) struct Parsed {
    /// Errors and warnings of a form that the grammar accepts.
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) parts: build::ScriptParts,
    /// Where the grammar stopped; nothing of the form is in the tree then.
    pub(crate) error: Option<SyntaxError>,
}

impl Parsed {
    /// Whether the nodes of the form are in the tree.
    pub(crate) fn is_sound(&self) -> bool {
        self.error.is_none()
    }

    /// The warnings; `None` if there is an error.
    pub(crate) fn warnings(self) -> Option<Vec<Diagnostic>> {
        let is_valid = self.error.is_none() && !self.diagnostics.iter().any(Diagnostic::is_error);
        is_valid.then_some(self.diagnostics)
    }

    /// All that is to be said of the form.
    pub(crate) fn said(self, source: &str, form: Span) -> Vec<Diagnostic> {
        let mut diagnostics = self.diagnostics;
        diagnostics
            .extend(self.error.map(|error| explain(source, form, &Names::new(source), &error).diagnostic));
        diagnostics
    }
}

/// An error of the generated parser.
pub(crate) type SyntaxError = ParseError<(), Token, &'static str>;

/// Reads a script; see [`Script::parse`].
pub(crate) fn script(source: &str) -> Result<Script, Vec<Diagnostic>> {
    let mut buffer = TokenBuffer::default();
    let mut diagnostics = Vec::new();
    let whole = Span::new(0, source.len() as u32);
    let forms = split::commands(source, whole, &mut diagnostics);
    let mut commands = Vec::new();
    let mut fields = Vec::new();
    for form in &forms {
        if form.kind.is_field() {
            // Abbreviation: fields without a module around them.
            fields.push(form.span);
            continue;
        }
        let mut ast = Ast::default();
        let mut parsed = parse(source, form.span, Mode::Command, false, &mut buffer, &mut ast);
        let found = std::mem::take(&mut parsed.parts.commands);
        diagnostics.extend(parsed.said(source, form.span));
        for mut command in found {
            if command.span.is_empty() {
                command.span = form.span;
            }
            commands.push(command);
        }
    }
    if let (Some(first), Some(last)) = (fields.first(), fields.last()) {
        if fields.len() == forms.len() {
            let span = first.to(*last);
            let module = crate::script::Module::of_fields(span);
            commands.push(crate::script::Command { span, kind: crate::script::CommandKind::Module(module) });
        } else {
            let message = "a module field cannot stand among the commands of a script";
            diagnostics.push(Diagnostic::error(Code::UnexpectedToken, *first, message));
        }
    }
    if diagnostics.iter().any(Diagnostic::is_error) {
        return Err(diagnostics);
    }
    Ok(Script { commands })
}

/// The complaint about a text whose places cannot be counted.
pub(crate) fn too_large(len: usize) -> Option<Diagnostic> {
    (len >= u32::MAX as usize).then(|| {
        let message = "the text is larger than four gibibytes";
        Diagnostic::error(Code::TooLarge, Span::default(), message)
    })
}
