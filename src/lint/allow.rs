//! The annotation `(@allow CODE ...)`, which suppresses warnings of the next field.
//!
//! It is read from the source text, and only if there is one. For the lexer it has no meaning, as for other tools.

use crate::diagnostic::{Code, Diagnostic, LexemeKind, Lint, WarningGroup, Warnings};
use crate::lex::lexemes;
use crate::scan::{Form, FormKind};
use crate::similar::nearest;
use crate::span::Span;

/// The start of the annotation.
const HEAD: &str = "(@allow";

/// The warnings that are suppressed in a field, and in the annotations before it.
struct Allowed {
    span: Span,
    warnings: Vec<Warnings>,
}

/// Removes the warnings that annotations suppress. Warns of unknown codes in annotations.
pub(crate) fn apply(source: &str, forms: &[Form], diagnostics: &mut Vec<Diagnostic>) {
    let is_annotation = |form: &Form| form.kind == FormKind::Annotation && is_allow(source, form.span);
    if !forms.iter().any(is_annotation) {
        return;
    }
    let mut allowed: Vec<Allowed> = Vec::new();
    let mut pending: Option<Allowed> = None;
    for form in forms {
        if is_annotation(form) {
            let own = pending.get_or_insert(Allowed { span: form.span, warnings: Vec::new() });
            read(source, form.span, &mut own.warnings, diagnostics);
        } else if form.kind != FormKind::Annotation
            && let Some(Allowed { span, warnings }) = pending.take()
        {
            allowed.push(Allowed { span: span.to(form.span), warnings });
        }
    }
    diagnostics.retain(|diagnostic| {
        let at = allowed.partition_point(|allowed| allowed.span.end <= diagnostic.span.start);
        let is_within = allowed.get(at).filter(|allowed| allowed.span.start <= diagnostic.span.start);
        let Some(lint) = diagnostic.code.lint().filter(|_| !diagnostic.is_error()) else { return true };
        !is_within.is_some_and(|allowed| allowed.warnings.iter().any(|own| own.contains(lint)))
    });
}

fn is_allow(source: &str, form: Span) -> bool {
    let rest = source[form.range()].strip_prefix(HEAD);
    rest.is_some_and(|rest| rest.starts_with([' ', '\t', '\n', '\r', ')', '(', ';']))
}

/// Reads the codes and groups in an annotation.
fn read(source: &str, form: Span, warnings: &mut Vec<Warnings>, diagnostics: &mut Vec<Diagnostic>) {
    let part = &source[..form.end as usize];
    let head = form.start + HEAD.len() as u32;
    for lexeme in lexemes(part, head).filter(|lexeme| lexeme.kind != LexemeKind::Comment) {
        if lexeme.kind == LexemeKind::Close && lexeme.span.end == form.end {
            return;
        }
        let word = &source[lexeme.span.range()];
        match word.parse() {
            Ok(own) => warnings.push(own),
            Err(_) => diagnostics.push(unknown(word, lexeme.span)),
        }
    }
}

fn unknown(word: &str, at: Span) -> Diagnostic {
    let codes = Lint::ALL.iter().map(|lint| lint.code().as_str());
    let groups = WarningGroup::ALL.iter().map(|group| group.as_str());
    let is_error = word.parse::<Code>().is_ok();
    let message = match is_error {
        true => format!("`{word}` is the code of an error, which cannot be allowed"),
        false => format!("unknown warning `{word}`"),
    };
    let warning = Diagnostic::warning(Code::UnknownAllowed, at, message);
    let near = nearest(&word.to_ascii_uppercase(), codes).or_else(|| nearest(word, groups));
    match near.filter(|_| !is_error) {
        Some(near) => warning.with_guess(format!("did you mean `{near}`?"), at, near),
        None => warning,
    }
}
