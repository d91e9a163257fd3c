//! Mending: a text that cannot be parsed, changed so that it can.
//!
//! Whoever looks for all that is wrong must get past what cannot be read. So each error of a token, of
//! the parentheses or of the grammar comes with a change to the text ([`Fault`]), and the stages go on
//! with the text changed: the tree, the names and the types of it are looked at as those of any other.
//! What is said about it is carried back to the text as it was, and what is said about a change alone is
//! left out.

pub(crate) mod lexical;
pub(crate) mod syntax;

pub(crate) mod brackets;
pub(crate) mod forms;
pub(crate) mod module;
pub(crate) mod patch;

use crate::diagnostic::{Applicability, Code, Diagnostic, Fault, Suggestion};
use crate::lex::{Lexer, TokenKind};
use crate::span::Span;
use patch::{Mended, Patch};

/// A text and what was changed in it.
pub(crate) struct Mending {
    /// The text after each stage that had to change something.
    layers: Vec<Mended>,
    /// What is wrong with the text as it was.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The parts of the text as it was in which not all errors were looked for, as there are too many.
    pub(crate) unread: Vec<Span>,
}

/// The findings of a stage in the text that it was given.
#[derive(Default)]
pub(crate) struct Stage {
    diagnostics: Vec<Diagnostic>,
    patch: Patch,
    unread: Vec<Span>,
}

/// Mends a part of a text; in a script, `definition` may stand behind `module`.
pub(crate) fn mend(source: &str, whole: Span, in_script: bool) -> Mending {
    let mut mending = Mending { layers: Vec::new(), diagnostics: Vec::new(), unread: Vec::new() };
    mending.stage(source, whole, |source, whole, _| {
        let (faults, unread) = tokens(source, whole);
        Stage { unread: unread.into_iter().collect(), ..patched(faults) }
    });
    mending.stage(source, whole, |source, whole, _| patched(brackets::check(source, whole)));
    mending.stage(source, whole, |source, whole, _| patched(module::check(source, whole, in_script)));
    mending.stage(source, whole, |source, whole, before| forms::check(source, whole, in_script, before));
    mending
}

impl Mending {
    /// The text in which all is changed, and what of it is meant.
    pub(crate) fn text<'t>(&'t self, source: &'t str, whole: Span) -> (&'t str, Span) {
        self.layers.last().map_or((source, whole), |layer| (&layer.text, layer.whole()))
    }

    fn stage(&mut self, source: &str, whole: Span, check: impl FnOnce(&str, Span, &Mending) -> Stage) {
        let (text, span) = self.text(source, whole);
        let Stage { diagnostics, patch, mut unread } = check(text, span, self);
        for span in &mut unread {
            *span = self.layers.iter().rev().fold(*span, |span, layer| layer.original(span));
        }
        let layer = (!patch.is_empty()).then(|| patch.apply(text, span));
        let said: Vec<Diagnostic> =
            diagnostics.into_iter().filter_map(|diagnostic| self.carried_back(diagnostic)).collect();
        self.diagnostics.extend(said);
        self.unread.extend(unread);
        self.layers.extend(layer);
    }

    /// What is said about the mended text, said about the text as it was; nothing where only a change
    /// is complained of.
    pub(crate) fn carried_back(&self, diagnostic: Diagnostic) -> Option<Diagnostic> {
        self.layers.iter().rev().try_fold(diagnostic, |diagnostic, layer| layer.carried_back(diagnostic))
    }

    /// Whether something was changed in a stretch of the mended text.
    pub(crate) fn has_change_in(&self, stretch: Span) -> bool {
        let mut stretch = stretch;
        self.layers.iter().rev().any(|layer| {
            let is_changed = layer.has_change_in(stretch);
            stretch = layer.original(stretch);
            is_changed
        })
    }

    /// Whether something was taken away right before a place, so that what is missing there is no news.
    fn is_behind_gap(&self, at: u32, with_separators: bool) -> bool {
        let mut at = at;
        self.layers.iter().rev().any(|layer| {
            let is_behind = layer.is_behind_gap(at, with_separators);
            at = layer.original(Span::new(at, at)).start;
            is_behind
        })
    }
}

/// The changes of faults that do not stand in each other's way, and what is said of all.
fn patched(faults: Vec<Fault>) -> Stage {
    let mut patch = Patch::default();
    let said = faults.into_iter().map(|fault| {
        patch.add(&fault.changes);
        fault.diagnostic
    });
    Stage { diagnostics: said.collect(), patch, unread: Vec::new() }
}

/// How much text is looked at in all to find out what is wrong with tokens, and to go on behind.
const MOST_TEXT: usize = 1 << 27;

/// How much of it is counted for each token, as what is around it is looked at.
const LEAST_TEXT: usize = 1 << 12;

/// Finds the tokens that cannot be any, and the part of the text that was not looked at, if any.
fn tokens(source: &str, whole: Span) -> (Vec<Fault>, Option<Span>) {
    // In a script, other commands follow: a change must not reach into them.
    let source = &source[..whole.end as usize];
    let mut faults: Vec<Fault> = Vec::new();
    let mut at = whole.start;
    let mut left = MOST_TEXT;
    'restart: loop {
        for token in Lexer::plain(source, Span::new(at, whole.end)) {
            let found = crate::explain::repair::lexical::explain(source, token);
            if found.is_empty() {
                continue;
            }
            // One that is never closed was looked for to the end.
            let end = if token.kind == TokenKind::OpenAnnotation { whole.end } else { token.span().end };
            let Some(less) = left.checked_sub((end - token.start) as usize + LEAST_TEXT) else {
                return (faults, Some(Span::new(token.start, whole.end)));
            };
            left = less;
            // What is behind the changes can be read again.
            at = token.start + 1;
            let is_string = token.kind == TokenKind::BadString
                && found.iter().all(|fault| fault.diagnostic.code != Code::Unterminated);
            let mut is_moved = false;
            for fault in found {
                for change in &fault.changes {
                    at = at.max(change.span.end);
                    is_moved = true;
                }
                at = at.max(fault.diagnostic.span.end);
                add(source, &mut faults, fault);
            }
            if !is_moved || is_string {
                at = at.max(token.span().end);
            }
            while !source.is_char_boundary(at as usize) {
                at += 1;
            }
            continue 'restart;
        }
        return (faults, None);
    }
}

/// Adds a fault; the same character twice on a line is one fault.
fn add(source: &str, faults: &mut Vec<Fault>, fault: Fault) {
    if let Some(last) = faults.last_mut()
        && last.diagnostic.message == fault.diagnostic.message
        && matches!(last.diagnostic.code, Code::BadToken | Code::UnexpectedCharacter)
        && let ([old], [new]) = (&last.diagnostic.suggestions[..], &fault.diagnostic.suggestions[..])
        && old.message == new.message
        && source[fault.diagnostic.span.range()].chars().count() == 1
        && let Some(done) = last.changes.last().map(|change| change.span.end.min(fault.diagnostic.span.start))
        && !source[done as usize..fault.diagnostic.span.start as usize].contains('\n')
    {
        last.changes.extend(fault.changes.iter().cloned());
        let all = &mut last.diagnostic.suggestions[0];
        all.edits.extend(fault.changes);
        let is_sure = |suggestion: &Suggestion| suggestion.applicability == Applicability::MachineApplicable;
        if !fault.diagnostic.suggestions.iter().all(is_sure) {
            all.applicability = Applicability::MaybeIncorrect;
        }
        return;
    }
    faults.push(fault);
}
