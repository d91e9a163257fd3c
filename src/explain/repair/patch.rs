//! A set of edits, and the mapping from offsets in the edited text to the original.

use crate::diagnostic::{Applicability, Diagnostic, Edit};
use crate::lex::is_idchar;
use crate::span::Span;

/// Edits that do not overlap, in the order of the text.
#[derive(Default)]
pub(super) struct Patch {
    edits: Vec<Edit>,
}

impl Patch {
    /// Adds edits that belong together. Returns false, and adds none of them, if one overlaps
    /// another edit or another of them.
    pub(super) fn add(&mut self, edits: &[Edit]) -> bool {
        let free = |edit: &Edit| {
            let at = self.edits.partition_point(|other| other.span.end <= edit.span.start);
            let before = at.checked_sub(1).map(|at| &self.edits[at]);
            // Two insertions at the same offset count as one.
            let is_there = before.is_some_and(|before| {
                before.span.is_empty() && edit.span.is_empty() && before.span == edit.span
            });
            !is_there && self.edits.get(at).is_none_or(|after| after.span.start >= edit.span.end)
        };
        let mut spans: Vec<Span> = edits.iter().map(|edit| edit.span).collect();
        spans.sort_unstable_by_key(|span| (span.start, span.end));
        let are_apart = spans.windows(2).all(|pair| pair[0].end <= pair[1].start);
        if !are_apart || !edits.iter().all(free) {
            return false;
        }
        for edit in edits {
            let at = self.edits.partition_point(|other| other.span.end <= edit.span.start);
            self.edits.insert(at, edit.clone());
        }
        true
    }

    /// Adds the edits of another patch, all of which come after those of this one.
    pub(super) fn append(&mut self, other: Patch) {
        self.edits.extend(other.edits);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// Returns the text in `span` with the edits applied.
    pub(super) fn apply(&self, source: &str, span: Span) -> PatchedText {
        let mut text = String::with_capacity(span.len() as usize + 16 * self.edits.len());
        let mut places = Vec::with_capacity(self.edits.len());
        let mut gaps = Vec::with_capacity(self.edits.len());
        let mut done = span.start;
        for Edit { span, replacement } in &self.edits {
            text.push_str(&source[done as usize..span.start as usize]);
            let start = text.len() as u32;
            text.push_str(replacement);
            // The tokens around a removed separator are not joined.
            let is_separator = source[span.range()].bytes().all(|byte| matches!(byte, b',' | b';'));
            let joins = |byte: &u8| is_idchar(*byte) || *byte == b'"';
            if replacement.is_empty()
                && is_separator
                && text.as_bytes().last().is_some_and(joins)
                && source.as_bytes().get(span.end as usize).is_some_and(joins)
            {
                text.push(' ');
            }
            places.push((*span, Span::new(start, text.len() as u32)));
            gaps.push(match &source[span.range()] {
                "," | ";" if replacement.is_empty() => Gap::Separator,
                taken if taken.is_empty() || replacement.is_empty() => Gap::Any,
                _ => Gap::None,
            });
            done = span.end;
        }
        text.push_str(&source[done as usize..span.end as usize]);
        PatchedText { text, start: span.start, places, gaps }
    }
}

/// What an edit leaves in place of the text.
#[derive(Clone, Copy)]
enum Gap {
    /// Other text.
    None,
    /// Nothing; the text was a comma or a semicolon.
    Separator,
    /// Nothing, or only inserted text.
    Any,
}

/// A text with edits applied.
pub(super) struct PatchedText {
    pub(super) text: String,
    /// The offset of its start in the original text.
    start: u32,
    /// The span of each edit in the original text, and that of its replacement in this one.
    places: Vec<(Span, Span)>,
    /// The effect of each edit.
    gaps: Vec<Gap>,
}

impl PatchedText {
    /// The span of the whole text.
    pub(super) fn whole(&self) -> Span {
        Span::new(0, self.text.len() as u32)
    }

    /// Returns the span in the original text. Positions within a replacement map to the whole edit.
    pub(super) fn original(&self, span: Span) -> Span {
        let start = match self.places.partition_point(|(_, now)| now.start <= span.start).checked_sub(1) {
            None => self.start + span.start,
            Some(at) => match self.places[at] {
                (was, now) if span.start < now.end => was.start,
                (was, now) => was.end + (span.start - now.end),
            },
        };
        let end = match self.places.partition_point(|(_, now)| now.start < span.end).checked_sub(1) {
            None => self.start + span.end,
            Some(at) => match self.places[at] {
                (was, now) if span.end <= now.end => was.end,
                (was, now) => was.end + (span.end - now.end),
            },
        };
        Span::new(start, end.max(start))
    }

    /// Whether an edit inserted text within the span.
    pub(super) fn is_touched(&self, span: Span) -> bool {
        let at = self.places.partition_point(|(_, now)| now.end < span.start);
        self.places[at..]
            .iter()
            .take_while(|(_, now)| now.start < span.end || (now.start == span.start && span.is_empty()))
            .any(|(_, now)| {
                !now.is_empty() && now.end > span.start && (now.start < span.end || span.is_empty())
            })
    }

    /// Whether text was removed within the span, not at its ends.
    fn lacks_text_in(&self, span: Span) -> bool {
        let at = self.places.partition_point(|(_, now)| now.end <= span.start);
        self.places.get(at).is_some_and(|(_, now)| now.start < span.end)
    }

    /// Whether an edit removed or inserted text within the span or at its ends.
    pub(super) fn has_change_in(&self, span: Span) -> bool {
        let at = self.places.partition_point(|(_, now)| now.end < span.start);
        self.places.get(at).is_some_and(|(_, now)| now.start <= span.end)
    }

    /// Whether the edit directly before `at` only removed or only inserted text. Removed separators count if
    /// `with_separators`.
    pub(super) fn follows_deletion(&self, at: u32, with_separators: bool) -> bool {
        let after = self.places.partition_point(|(_, now)| now.end <= at);
        after.checked_sub(1).is_some_and(|place| {
            let (_, now) = self.places[place];
            let is_gap = match self.gaps[place] {
                Gap::None => false,
                Gap::Separator => with_separators,
                Gap::Any => true,
            };
            is_gap && self.text[now.end as usize..at as usize].trim().is_empty()
        })
    }

    /// Maps a diagnostic back to the original text. Returns `None` if it concerns inserted text only.
    pub(super) fn map_back(&self, mut diagnostic: Diagnostic) -> Option<Diagnostic> {
        if self.is_touched(diagnostic.span) {
            return None;
        }
        diagnostic
            .suggestions
            .retain(|suggestion| suggestion.edits.iter().all(|edit| !self.is_touched(edit.span)));
        // The replacement may be derived from the edited text, which is not in the original.
        for suggestion in &mut diagnostic.suggestions {
            if suggestion.applicability == Applicability::MachineApplicable
                && suggestion.edits.iter().any(|edit| self.lacks_text_in(edit.span))
            {
                suggestion.applicability = Applicability::MaybeIncorrect;
            }
        }
        diagnostic.span = self.original(diagnostic.span);
        for label in &mut diagnostic.labels {
            label.span = self.original(label.span);
        }
        for edit in diagnostic.suggestions.iter_mut().flat_map(|suggestion| &mut suggestion.edits) {
            edit.span = self.original(edit.span);
        }
        // Each location has one label.
        let mut seen = Vec::new();
        diagnostic.labels.retain(|label| {
            let is_new = !seen.contains(&label.span);
            seen.push(label.span);
            is_new
        });
        Some(diagnostic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(start: u32, end: u32, text: &str) -> Edit {
        Edit { span: Span::new(start, end), replacement: text.into() }
    }

    #[test]
    fn spans_are_mapped_back_over_edits() {
        let mut patch = Patch::default();
        assert!(patch.add(&[edit(4, 7, "longer"), edit(8, 8, "+")]));
        assert!(!patch.add(&[edit(6, 9, "")]));
        assert!(patch.add(&[edit(0, 1, "")]));
        let patched = patch.apply("abc def ghi", Span::new(0, 11));
        assert_eq!(patched.text, "bc longer +ghi");
        let back = |start, end| patched.original(Span::new(start, end));
        assert_eq!(back(0, 2), Span::new(1, 3));
        assert_eq!(back(3, 9), Span::new(4, 7));
        assert_eq!(back(5, 6), Span::new(4, 7));
        assert_eq!(back(10, 11), Span::new(8, 8));
        assert_eq!(back(11, 14), Span::new(8, 11));
        assert!(patched.is_touched(Span::new(3, 5)) && !patched.is_touched(Span::new(11, 12)));
    }
}
