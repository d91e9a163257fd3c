//! Parsing: forms to syntax trees.
//!
//! [`split`] cuts the text into its top-level forms; each is then parsed for itself by the one
//! grammar, so that a broken form does not spoil the others.

pub(crate) mod build;
mod error;
pub(crate) mod split;

use crate::ast::Ast;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::lex::{Chars, Mode, Runs, Token, Tokens};
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
}

impl Parser {
    pub(crate) fn new() -> Parser {
        Parser { parser: wat::FormParser::new() }
    }

    /// Parses a form that is a field of a module; its nodes are added to `ast`.
    pub(crate) fn field(&self, source: &str, span: Span, ast: &mut Ast) -> Vec<Diagnostic> {
        self.form(source, span, Mode::Field, ast).0
    }

    fn form(
        &self,
        source: &str,
        span: Span,
        mode: Mode,
        ast: &mut Ast,
    ) -> (Vec<Diagnostic>, build::ScriptParts) {
        let before = Lengths::of(ast);
        let runs = Runs::default();
        let mut tokens = Tokens::new(source, span, mode, Chars::Annotation, &runs);
        let mut builder = Builder::new(source, &runs, ast);
        let Err(error) = self.parser.parse(&mut builder, &mut tokens) else {
            return builder.finish();
        };
        let saw_char = tokens.saw_char;
        let (mut diagnostics, parts) = builder.finish();
        before.restore(ast);
        if saw_char {
            // Dialect: what was an annotation without a meaning may stand for an integer.
            runs.clear();
            let tokens = Tokens::new(source, span, mode, Chars::Literal, &runs);
            let mut builder = Builder::new(source, &runs, ast);
            if self.parser.parse(&mut builder, tokens).is_ok() {
                return builder.finish();
            }
            before.restore(ast);
        }
        diagnostics.retain(Diagnostic::is_error);
        diagnostics.push(error::explain(source, span, error));
        (diagnostics, parts)
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

type SyntaxError = ParseError<(), Token, &'static str>;

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
        let (errors, parts) = parser.form(source, form.span, Mode::Command, &mut ast);
        diagnostics.extend(errors);
        for mut command in parts.commands {
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
