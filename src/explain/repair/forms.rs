//! Forms that the grammar refuses.

use super::patch::Patch;
use super::syntax::{Names, explain, explain_words};
use super::{Mending, Stage};
use crate::ast::Ast;
use crate::diagnostic::{Diagnostic, Edit};
use crate::lex::Lexer;
use crate::parse::{Parser, SyntaxError};
use crate::scan::{self, Form, FormKind};
use crate::span::Span;
use lalrpop_util::ParseError;

/// How much text is read anew in all, to go on behind errors of the grammar.
const MOST_TEXT: usize = 1 << 26;
/// How many errors of one form are looked behind one by one.
const MOST_ERRORS: usize = 60;

/// Finds what the grammar does not accept.
pub(crate) fn check(source: &str, whole: Span, in_script: bool, before: &Mending) -> Stage {
    let Stage { mut diagnostics, mut patch, mut unread } = Stage::default();
    let text = scan::module(source, whole, in_script, 1, &mut Vec::new());
    let parser = Parser::new();
    let mut ast = Ast::default();
    let mut left = MOST_TEXT;
    let names = Names::new(source);
    for &Form { span, kind } in &text.forms {
        ast.clear();
        // An annotation without a meaning has no token, so there is nothing to read.
        let is_blank = kind == FormKind::Annotation && Lexer::plain(source, span).next().is_none();
        if kind == FormKind::Broken || is_blank || parser.field(source, span, &mut ast).is_sound() {
            continue;
        }
        let mut form = MendedForm {
            source,
            names: &names,
            span,
            before,
            patch: Patch::default(),
            behind: Vec::new(),
            left,
            unread: None,
        };
        form.mend(&parser, &mut ast, &mut diagnostics);
        left = form.left;
        unread.extend(form.unread);
        patch.append(form.patch);
        patch.add(&form.behind);
    }
    Stage { diagnostics, patch, unread }
}

/// A form that is being mended.
struct MendedForm<'a> {
    source: &'a str,
    names: &'a Names<'a>,
    span: Span,
    before: &'a Mending,
    patch: Patch,
    /// Changes behind the form.
    behind: Vec<Edit>,
    left: usize,
    /// The part in which not all errors were looked for.
    unread: Option<Span>,
}

impl MendedForm<'_> {
    fn mend(&mut self, parser: &Parser, ast: &mut Ast, diagnostics: &mut Vec<Diagnostic>) {
        for count in 0.. {
            let mended = self.patch.apply(self.source, self.span);
            let whole = mended.whole();
            if mended.text.trim().is_empty() {
                return;
            }
            if self.left < mended.text.len() {
                self.unread = Some(self.span);
                return;
            }
            self.left -= mended.text.len();
            ast.clear();
            let Some(error) = parser.field(&mended.text, whole, ast).error else { return };
            let stopped = stopped_at(&error);
            let is_follow_up = stopped.is_some_and(|span| {
                let place = mended.original(span).start;
                // A second fault behind a comma is one of its own if it is about a word alone.
                let with_separators =
                    !mended.text[span.range()].starts_with(|c: char| c.is_ascii_lowercase());
                mended.is_touched(span)
                    || mended.is_behind_gap(span.start, with_separators)
                    || self.before.is_behind_gap(place, with_separators)
            });
            let mut faults = vec![explain(&mended.text, whole, self.names, &error)];
            if count == MOST_ERRORS / 2 {
                // What can be told word by word need not be told one at a time.
                let from = stopped.map_or(0, |span| span.end);
                faults.extend(explain_words(&mended.text, Span::new(from, whole.end)));
            }
            for (index, fault) in faults.into_iter().enumerate() {
                let changes = fault
                    .changes
                    .into_iter()
                    .map(|change| Edit { span: mended.original(change.span), ..change });
                let (behind, changes): (Vec<Edit>, Vec<Edit>) =
                    changes.partition(|change| change.span.start >= self.span.end);
                if !(is_follow_up && index == 0) {
                    diagnostics.extend(mended.carried_back(fault.diagnostic));
                }
                if !changes.is_empty() {
                    self.behind.extend(behind);
                }
                let is_changed = !changes.is_empty() && self.patch.add(&changes);
                if index == 0 && count == MOST_ERRORS {
                    // What comes after the error was not read.
                    let from = stopped.map_or(self.span.start, |span| mended.original(span).end);
                    self.unread = Some(Span::new(from, self.span.end));
                }
                if index == 0 && (!is_changed || count == MOST_ERRORS) {
                    return;
                }
            }
        }
    }
}

fn stopped_at(error: &SyntaxError) -> Option<Span> {
    match error {
        ParseError::UnrecognizedToken { token: ((), token, ()), .. }
        | ParseError::ExtraToken { token: ((), token, ()) } => Some(token.span()),
        _ => None,
    }
}
