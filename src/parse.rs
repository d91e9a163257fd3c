//! The parser: one form to nodes of a syntax tree.
//!
//! [`crate::scan`] splits the source text into top-level forms. Each form is parsed separately, so that a malformed form
//! does not affect the others.

pub(crate) mod builder;

use crate::ast::{Ast, Checkpoint};
use crate::diagnostic::Diagnostic;
use crate::lex::{self, Chars, Mode, Options, Token, TokenBuffer, TokenKind};
use crate::span::Span;
use builder::Builder;
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
/// With `runs`, plain instructions are read faster and equal identifiers are one name. This is for the pipeline, which
/// reports no syntax errors.
pub(crate) fn parse(
    source: &str,
    span: Span,
    mode: Mode,
    runs: bool,
    buffer: &mut TokenBuffer,
    ast: &mut Ast,
) -> Parsed {
    let options = Options { mode, chars: Chars::Annotation, runs };
    let mut parsed = parse_with(source, span, options, buffer, ast);
    let Some(error) = &mut parsed.error else { return parsed };
    parsed.diagnostics.clear();
    if buffer.saw_char {
        // Dialect: `(@char ...)` may be an integer instead of an annotation without a meaning.
        let literal = parse_with(source, span, Options { chars: Chars::Literal, ..options }, buffer, ast);
        match literal.error {
            None => return literal,
            // Only a character literal makes sense there.
            Some(other) if is_bad_char_literal(source, &other, error) => *error = other,
            Some(_) => {}
        }
    }
    parsed
}

/// Parses the form in `span` with these options.
#[cfg_attr(for_size, optimize(speed))]
fn parse_with(source: &str, span: Span, options: Options, buffer: &mut TokenBuffer, ast: &mut Ast) -> Parsed {
    let before = Checkpoint::of(ast);
    lex::tokenize(source, span, options, &mut ast.names, buffer);
    let mut builder = Builder::new(source, buffer, options.runs, ast);
    let error = wat::FormParser::new().parse(&mut builder, buffer.tokens.iter().copied()).err();
    let (diagnostics, parts) = builder.finish();
    if error.is_some() {
        before.restore(ast);
    }
    Parsed { diagnostics, parts, error }
}

/// A form that was parsed.
pub(crate) struct Parsed {
    /// Errors and warnings of a form that the grammar accepts.
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) parts: builder::ScriptParts,
    /// The syntax error, if there is one. Then no nodes of the form are in the tree.
    pub(crate) error: Option<SyntaxError>,
}

impl Parsed {
    /// Whether the nodes of the form are in the tree.
    pub(crate) fn is_sound(&self) -> bool {
        self.error.is_none()
    }

    /// Returns the warnings, or `None` if there is an error.
    pub(crate) fn warnings(self) -> Option<Vec<Diagnostic>> {
        let is_valid = self.error.is_none() && !self.diagnostics.iter().any(Diagnostic::is_error);
        is_valid.then_some(self.diagnostics)
    }
}

/// An error of the generated parser.
pub(crate) type SyntaxError = ParseError<(), Token, &'static str>;

/// Whether `literal` is an error at a malformed character literal, and `other`, the error without character literals,
/// is a missing number at the same location.
fn is_bad_char_literal(source: &str, literal: &SyntaxError, other: &SyntaxError) -> bool {
    match (literal, other) {
        (
            ParseError::UnrecognizedToken { token: ((), literal, ()), .. },
            ParseError::UnrecognizedToken { token: ((), other, ()), expected },
        ) => {
            literal.kind == TokenKind::BadCharLiteral
                && source
                    .get(literal.span().end as usize..other.start as usize)
                    .is_some_and(|between| between.trim().is_empty())
                && expected.iter().any(|terminal| terminal == "nat" || terminal == "int")
        }
        _ => false,
    }
}
