//! A source text with the edits of all passes, and the mapping back to the original text.

use super::patch::{Patch, PatchedText};
use super::recoverable::Recoverable;
use crate::diagnostic::Diagnostic;
use crate::span::Span;

/// A source text, repaired so that it can be parsed.
#[derive(Default)]
pub(crate) struct RepairedText {
    /// The text after each pass that had to edit it.
    patched: Vec<PatchedText>,
    /// The errors that were repaired, in the original text.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The parts of the original text with too many errors, in which the search for errors stopped.
    pub(crate) unread: Vec<Span>,
}

/// The result of a pass, in the text that the pass was given.
#[derive(Default)]
pub(super) struct PassResult {
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) patch: Patch,
    pub(super) unread: Vec<Span>,
}

impl PassResult {
    /// Reports all errors, and applies the edits of those that do not overlap.
    pub(super) fn of(errors: Vec<Recoverable>) -> PassResult {
        let mut patch = Patch::default();
        let diagnostics = errors.into_iter().map(|error| {
            patch.add(&error.edits);
            error.diagnostic
        });
        PassResult { diagnostics: diagnostics.collect(), patch, unread: Vec::new() }
    }
}

impl RepairedText {
    /// Returns the repaired text and the span of the module in it.
    pub(crate) fn text<'t>(&'t self, source: &'t str, whole: Span) -> (&'t str, Span) {
        self.patched.last().map_or((source, whole), |patched| (&patched.text, patched.whole()))
    }

    /// Runs a pass on the text as the passes before it left it.
    pub(super) fn run_pass(
        &mut self,
        source: &str,
        whole: Span,
        pass: impl FnOnce(&str, Span, &RepairedText) -> PassResult,
    ) {
        let (text, span) = self.text(source, whole);
        let PassResult { diagnostics, patch, mut unread } = pass(text, span, self);
        for span in &mut unread {
            *span = self.patched.iter().rev().fold(*span, |span, patched| patched.original(span));
        }
        let patched = (!patch.is_empty()).then(|| patch.apply(text, span));
        let mapped: Vec<Diagnostic> =
            diagnostics.into_iter().filter_map(|diagnostic| self.map_back(diagnostic)).collect();
        self.diagnostics.extend(mapped);
        self.unread.extend(unread);
        self.patched.extend(patched);
    }

    /// Maps a diagnostic of the repaired text to the original text. Returns `None` if it concerns inserted text
    /// only.
    pub(crate) fn map_back(&self, diagnostic: Diagnostic) -> Option<Diagnostic> {
        self.patched.iter().rev().try_fold(diagnostic, |diagnostic, patched| patched.map_back(diagnostic))
    }

    /// Whether a pass edited the text within `span` of the repaired text.
    pub(crate) fn has_change_in(&self, span: Span) -> bool {
        let mut span = span;
        self.patched.iter().rev().any(|patched| {
            let is_changed = patched.has_change_in(span);
            span = patched.original(span);
            is_changed
        })
    }

    /// Whether a pass deleted text directly before `at`; an error there is a follow-up.
    pub(super) fn follows_deletion(&self, at: u32, with_separators: bool) -> bool {
        let mut at = at;
        self.patched.iter().rev().any(|patched| {
            let follows = patched.follows_deletion(at, with_separators);
            at = patched.original(Span::new(at, at)).start;
            follows
        })
    }
}
