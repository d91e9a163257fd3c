//! Parsing: forms to syntax trees.
//!
//! [`split`] cuts the text into its top-level forms; each is then parsed for itself by the one
//! grammar, so that a broken form does not spoil the others.

pub(crate) mod build;
mod error;
pub(crate) use error::{FIELDS, explain, explain_words, field_meant, one_line};
pub(crate) mod split;

use crate::ast::Ast;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::lex::{Chars, Joined, Mode, Runs, Token, Tokens};
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

/// The parser, made once and used for every form.
pub(crate) struct Parser {
    parser: wat::FormParser,
    runs: Runs,
}

impl Parser {
    pub(crate) fn new() -> Parser {
        Parser { parser: wat::FormParser::new(), runs: Runs::default() }
    }

    /// Parses a form that is a field of a module; its nodes are added to `ast`.
    pub(crate) fn field(&self, source: &str, span: Span, ast: &mut Ast) -> Parsed {
        self.form(source, span, Mode::Field, ast)
    }

    /// Parses a form that is a field of a module, and gives the warnings; none if there is an error.
    pub(crate) fn field_if_sound(&self, source: &str, span: Span, ast: &mut Ast) -> Option<Vec<Diagnostic>> {
        let before = Lengths::of(ast);
        let runs = &self.runs;
        for chars in [Chars::Annotation, Chars::Literal] {
            runs.clear();
            let mut tokens = Joined::new(source, span, chars, runs);
            let mut builder = Builder::new(source, runs, ast);
            let result = self.parser.parse(&mut builder, &mut tokens);
            let (diagnostics, _) = builder.finish();
            if result.is_ok() {
                return (!diagnostics.iter().any(Diagnostic::is_error)).then_some(diagnostics);
            }
            if !tokens.saw_char() {
                break;
            }
            // Dialect: what was an annotation without a meaning may stand for an integer.
            before.restore(ast);
        }
        None
    }

    /// Parses a form; its nodes are added to `ast` if it is sound.
    fn form(&self, source: &str, span: Span, mode: Mode, ast: &mut Ast) -> Parsed {
        let before = Lengths::of(ast);
        let runs = &self.runs;
        let mut tokens = Tokens::new(source, span, mode, Chars::Annotation);
        let mut builder = Builder::new(source, runs, ast);
        let result = self.parser.parse(&mut builder, &mut tokens);
        let (diagnostics, parts) = builder.finish();
        let Err(mut error) = result else {
            return Parsed { diagnostics, parts, error: None };
        };
        before.restore(ast);
        if tokens.saw_char {
            // Dialect: what was an annotation without a meaning may stand for an integer.
            let tokens = Tokens::new(source, span, mode, Chars::Literal);
            let mut builder = Builder::new(source, runs, ast);
            let result = self.parser.parse(&mut builder, tokens);
            let literally = builder.finish();
            match result {
                Ok(()) => return Parsed { diagnostics: literally.0, parts: literally.1, error: None },
                // Nothing but a character literal was meant.
                Err(literal) if error::is_bad_char_literal(source, &literal, &error) => error = literal,
                Err(_) => {}
            }
            before.restore(ast);
        }
        Parsed { diagnostics: Vec::new(), parts, error: Some(error) }
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

    /// All that is to be said of the form.
    pub(crate) fn said(self, source: &str, form: Span) -> Vec<Diagnostic> {
        let mut diagnostics = self.diagnostics;
        diagnostics.extend(self.error.map(|error| explain(source, form, &error).diagnostic));
        diagnostics
    }
}

/// How full the arenas are, to take back what a broken form has put into them.
struct Lengths {
    fields: usize,
    type_defs: usize,
    struct_fields: usize,
    params: usize,
    val_types: usize,
    instrs: usize,
    exprs: usize,
    strings: usize,
    data_items: usize,
    import_items: usize,
    code_metadata: usize,
}

impl Lengths {
    fn of(ast: &Ast) -> Lengths {
        Lengths {
            fields: ast.fields.len(),
            type_defs: ast.type_defs.len(),
            struct_fields: ast.struct_fields.len(),
            params: ast.params.len(),
            val_types: ast.val_types.len(),
            instrs: ast.instrs.len(),
            exprs: ast.exprs.len(),
            strings: ast.strings.len(),
            data_items: ast.data_items.len(),
            import_items: ast.import_items.len(),
            code_metadata: ast.code_metadata.len(),
        }
    }

    fn restore(&self, ast: &mut Ast) {
        ast.fields.truncate(self.fields);
        ast.type_defs.truncate(self.type_defs);
        ast.struct_fields.truncate(self.struct_fields);
        ast.params.truncate(self.params);
        ast.val_types.truncate(self.val_types);
        ast.instrs.truncate(self.instrs);
        ast.exprs.truncate(self.exprs);
        ast.strings.truncate(self.strings);
        ast.data_items.truncate(self.data_items);
        ast.import_items.truncate(self.import_items);
        ast.code_metadata.truncate(self.code_metadata);
    }
}

/// An error of the generated parser.
pub(crate) type SyntaxError = ParseError<(), Token, &'static str>;

/// Reads a script; see [`Script::parse`].
pub(crate) fn script(source: &str) -> Result<Script, Diagnostics> {
    if let Some(diagnostic) = too_large(source.len()) {
        return Err(Diagnostics::new("", vec![diagnostic]));
    }
    let parser = Parser::new();
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
        let mut parsed = parser.form(source, form.span, Mode::Command, &mut ast);
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
        return Err(Diagnostics::new(source, diagnostics));
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
