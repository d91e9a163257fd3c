//! A source text with the edits of all passes, and the way back to the original text.

use super::patch::{Patch, PatchedText};
use crate::diagnostic::Diagnostic;
use crate::explain::repair::recoverable::Recoverable;
use crate::span::Span;

/// A text and what was changed in it.
#[derive(Default)]
pub(crate) struct RepairedText {
    /// The text after each stage that had to change something.
    layers: Vec<PatchedText>,
    /// What is wrong with the text as it was.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The parts of the text as it was in which not all errors were looked for, as there are too many.
    pub(crate) unread: Vec<Span>,
}

/// The findings of a stage in the text that it was given.
#[derive(Default)]
pub(super) struct PassResult {
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) patch: Patch,
    pub(super) unread: Vec<Span>,
}

impl RepairedText {
    /// The text in which all is changed, and what of it is meant.
    pub(crate) fn text<'t>(&'t self, source: &'t str, whole: Span) -> (&'t str, Span) {
        self.layers.last().map_or((source, whole), |layer| (&layer.text, layer.whole()))
    }

    pub(super) fn stage(
        &mut self,
        source: &str,
        whole: Span,
        check: impl FnOnce(&str, Span, &RepairedText) -> PassResult,
    ) {
        let (text, span) = self.text(source, whole);
        let PassResult { diagnostics, patch, mut unread } = check(text, span, self);
        for span in &mut unread {
            *span = self.layers.iter().rev().fold(*span, |span, layer| layer.original(span));
        }
        let layer = (!patch.is_empty()).then(|| patch.apply(text, span));
        let said: Vec<Diagnostic> =
            diagnostics.into_iter().filter_map(|diagnostic| self.map_back(diagnostic)).collect();
        self.diagnostics.extend(said);
        self.unread.extend(unread);
        self.layers.extend(layer);
    }

    /// What is said about the mended text, said about the text as it was; nothing where only a change
    /// is complained of.
    pub(crate) fn map_back(&self, diagnostic: Diagnostic) -> Option<Diagnostic> {
        self.layers.iter().rev().try_fold(diagnostic, |diagnostic, layer| layer.map_back(diagnostic))
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
    pub(super) fn follows_deletion(&self, at: u32, with_separators: bool) -> bool {
        let mut at = at;
        self.layers.iter().rev().any(|layer| {
            let is_behind = layer.follows_deletion(at, with_separators);
            at = layer.original(Span::new(at, at)).start;
            is_behind
        })
    }
}

/// The changes of faults that do not stand in each other's way, and what is said of all.
pub(super) fn patched(faults: Vec<Recoverable>) -> PassResult {
    let mut patch = Patch::default();
    let said = faults.into_iter().map(|fault| {
        patch.add(&fault.changes);
        fault.diagnostic
    });
    PassResult { diagnostics: said.collect(), patch, unread: Vec::new() }
}
