//! The last pass: forms that the grammar rejects.

use super::patch::Patch;
use super::syntax::{Names, explain, explain_words};
use super::text::{PassResult, RepairedText};
use crate::ast::Ast;
use crate::diagnostic::{Diagnostic, Edit};
use crate::lex::{Lexer, Mode, TokenBuffer};
use crate::parse::{SyntaxError, parse};
use crate::progress::Pace;
use crate::scan::{self, Form, FormKind};
use crate::span::Span;
use lalrpop_util::ParseError;

/// The maximum number of bytes that are parsed again, to find further errors in forms with an error.
const MAX_BYTES: usize = 1 << 26;
/// The maximum number of errors in one form.
const MAX_ERRORS: usize = 60;

/// Returns the errors and warnings of a form that the grammar accepts. `None` if it is rejected.
pub(super) fn accept(
    source: &str,
    form: Form,
    buffer: &mut TokenBuffer,
    tree: &mut Ast,
) -> Option<Vec<Diagnostic>> {
    // An annotation without a meaning has no tokens, so there is nothing to parse.
    if form.kind == FormKind::Annotation && Lexer::plain(source, form.span).next().is_none() {
        return Some(Vec::new());
    }
    if form.kind == FormKind::Broken {
        return None;
    }
    // In a run, the escapes of strings are not checked.
    let runs = form.kind != FormKind::Data;
    let parsed = parse(source, form.span, Mode::Field, runs, buffer, tree);
    parsed.is_sound().then_some(parsed.diagnostics)
}

/// Finds the errors in forms that the grammar rejects.
///
/// A form without an error is parsed once, with runs of instructions as one token. The grammar accepts the same forms
/// with and without runs, but only without them does it know at which token it stopped.
pub(super) fn check(
    source: &str,
    whole: Span,
    in_script: bool,
    before: &RepairedText,
    pace: &Pace<'_>,
) -> PassResult {
    let PassResult { mut diagnostics, mut patch, mut unread } = PassResult::default();
    let text = scan::module(source, whole, in_script, 1, &mut Vec::new());
    let mut buffer = TokenBuffer::default();
    let mut tree = Ast::default();
    let mut bytes_left = MAX_BYTES;
    let names = Names::new(source);
    for &form in &text.forms {
        if !pace.goes_on(form.span.len() as usize) {
            break;
        }
        tree.clear();
        // A form that is never closed was reported before.
        if form.kind == FormKind::Broken || accept(source, form, &mut buffer, &mut tree).is_some() {
            continue;
        }
        let span = form.span;
        let mut form = FormRepair {
            source,
            names: &names,
            span,
            before,
            patch: Patch::default(),
            edits_after: Vec::new(),
            bytes_left,
            unread: None,
        };
        form.repair(&mut buffer, &mut tree, &mut diagnostics);
        bytes_left = form.bytes_left;
        unread.extend(form.unread);
        patch.append(form.patch);
        patch.add(&form.edits_after);
    }
    PassResult { diagnostics, patch, unread }
}

/// The repair of one form.
struct FormRepair<'a> {
    source: &'a str,
    names: &'a Names<'a>,
    span: Span,
    /// The result of the passes before.
    before: &'a RepairedText,
    patch: Patch,
    /// Edits after the end of the form.
    edits_after: Vec<Edit>,
    bytes_left: usize,
    /// The part in which the search for errors stopped.
    unread: Option<Span>,
}

impl FormRepair<'_> {
    /// Parses the form and repairs one error, until the grammar accepts it.
    fn repair(&mut self, buffer: &mut TokenBuffer, tree: &mut Ast, diagnostics: &mut Vec<Diagnostic>) {
        for count in 0.. {
            let patched = self.patch.apply(self.source, self.span);
            let whole = patched.whole();
            if patched.text.trim().is_empty() {
                return;
            }
            if self.bytes_left < patched.text.len() {
                self.unread = Some(self.span);
                return;
            }
            self.bytes_left -= patched.text.len();
            tree.clear();
            let parsed = parse(&patched.text, whole, Mode::Field, false, buffer, tree);
            let Some(error) = parsed.error else { return };
            let stopped = stopped_at(&error);
            let mut errors = vec![explain(&patched.text, whole, self.names, &error)];
            let reported = errors[0].diagnostic.span;
            let is_follow_up = stopped.is_some_and(|span| {
                // The error is before the token, so an edit directly before the token did not cause it.
                if reported.end <= span.start && !errors[0].edits.is_empty() {
                    return patched.is_touched(reported);
                }
                let original = patched.original(span).start;
                // After a deleted comma, a keyword can be an error of its own.
                let with_separators =
                    !patched.text[span.range()].starts_with(|c: char| c.is_ascii_lowercase());
                patched.is_touched(span)
                    || patched.follows_deletion(span.start, with_separators)
                    || self.before.follows_deletion(original, with_separators)
            });
            if count == MAX_ERRORS / 2 {
                // Unknown words are found without the grammar, all at once.
                let from = stopped.map_or(0, |span| span.end);
                errors.extend(explain_words(&patched.text, Span::new(from, whole.end)));
            }
            for (index, error) in errors.into_iter().enumerate() {
                let edits =
                    error.edits.into_iter().map(|edit| Edit { span: patched.original(edit.span), ..edit });
                let (after, edits): (Vec<Edit>, Vec<Edit>) =
                    edits.partition(|edit| edit.span.start >= self.span.end);
                if !(is_follow_up && index == 0) {
                    diagnostics.extend(patched.map_back(error.diagnostic));
                }
                if !edits.is_empty() {
                    self.edits_after.extend(after);
                }
                let is_changed = !edits.is_empty() && self.patch.add(&edits);
                if index == 0 && count == MAX_ERRORS {
                    // The text after the error is not searched.
                    let from = stopped.map_or(self.span.start, |span| patched.original(span).end);
                    self.unread = Some(Span::new(from, self.span.end));
                }
                if index == 0 && (!is_changed || count == MAX_ERRORS) {
                    return;
                }
            }
        }
    }
}

/// Returns the span of the token at which the grammar stopped. `None` at the end of the form.
fn stopped_at(error: &SyntaxError) -> Option<Span> {
    match error {
        ParseError::UnrecognizedToken { token: ((), token, ()), .. }
        | ParseError::ExtraToken { token: ((), token, ()) } => Some(token.span()),
        _ => None,
    }
}
