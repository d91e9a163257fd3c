//! Changes to a text, and the way from a place in the changed text back to the one in the text.

use crate::diagnostic::{Applicability, Diagnostic, Edit};
use crate::lex::raw::is_idchar;
use crate::span::Span;

/// Changes to a text that do not overlap, in the order of the text.
#[derive(Default)]
pub(crate) struct Patch {
    edits: Vec<Edit>,
}

impl Patch {
    /// Adds changes that belong together; false, and none of them, if one overlaps those there are.
    pub(crate) fn add(&mut self, edits: &[Edit]) -> bool {
        let free = |edit: &Edit| {
            let at = self.edits.partition_point(|other| other.span.end <= edit.span.start);
            let before = at.checked_sub(1).map(|at| &self.edits[at]);
            // Of two changes that put something in at one place the second is not one more.
            let is_there = before.is_some_and(|before| {
                before.span.is_empty() && edit.span.is_empty() && before.span == edit.span
            });
            !is_there && self.edits.get(at).is_none_or(|behind| behind.span.start >= edit.span.end)
        };
        if !edits.iter().all(free) {
            return false;
        }
        for edit in edits {
            let at = self.edits.partition_point(|other| other.span.end <= edit.span.start);
            self.edits.insert(at, edit.clone());
        }
        true
    }

    /// Adds the changes of another, which lie behind all of this one.
    pub(crate) fn append(&mut self, other: Patch) {
        self.edits.extend(other.edits);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// A stretch of the text with the changes in it.
    pub(crate) fn apply(&self, source: &str, stretch: Span) -> Mended {
        let mut text = String::with_capacity(stretch.len() as usize + 16 * self.edits.len());
        let mut places = Vec::with_capacity(self.edits.len());
        let mut gaps = Vec::with_capacity(self.edits.len());
        let mut done = stretch.start;
        for Edit { span, replacement } in &self.edits {
            text.push_str(&source[done as usize..span.start as usize]);
            let start = text.len() as u32;
            text.push_str(replacement);
            // What a separator kept apart does not become one token.
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
        text.push_str(&source[done as usize..stretch.end as usize]);
        Mended { text, start: stretch.start, places, gaps }
    }
}

/// What a change leaves behind.
#[derive(Clone, Copy)]
enum Gap {
    /// Something is in its place.
    None,
    /// Only a comma or a semicolon is gone.
    Separator,
    /// Something is gone, or was put in.
    Any,
}

/// A text with changes in it.
pub(crate) struct Mended {
    pub(crate) text: String,
    /// Where it starts in the text as it was.
    start: u32,
    /// Where each change was, and where it is now.
    places: Vec<(Span, Span)>,
    /// What each change leaves behind.
    gaps: Vec<Gap>,
}

impl Mended {
    /// Where it all is.
    pub(crate) fn whole(&self) -> Span {
        Span::new(0, self.text.len() as u32)
    }

    /// The place in the text as it was.
    pub(crate) fn original(&self, span: Span) -> Span {
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

    /// Whether a change has put something into the place.
    pub(crate) fn is_touched(&self, span: Span) -> bool {
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

    /// Whether something was taken out of the stretch, or put in.
    pub(crate) fn has_change_in(&self, stretch: Span) -> bool {
        let at = self.places.partition_point(|(_, now)| now.end < stretch.start);
        self.places.get(at).is_some_and(|(_, now)| now.start <= stretch.end)
    }

    /// Whether a change right before a place only took something away, or put something in; of
    /// separators only where `with_separators`.
    pub(crate) fn is_behind_gap(&self, at: u32, with_separators: bool) -> bool {
        let behind = self.places.partition_point(|(_, now)| now.end <= at);
        behind.checked_sub(1).is_some_and(|place| {
            let (_, now) = self.places[place];
            let is_gap = match self.gaps[place] {
                Gap::None => false,
                Gap::Separator => with_separators,
                Gap::Any => true,
            };
            is_gap && self.text[now.end as usize..at as usize].trim().is_empty()
        })
    }

    /// What is said about this text, said about the text as it was; nothing where only a change is
    /// complained of.
    pub(crate) fn carried_back(&self, mut diagnostic: Diagnostic) -> Option<Diagnostic> {
        if self.is_touched(diagnostic.span) {
            return None;
        }
        diagnostic
            .suggestions
            .retain(|suggestion| suggestion.edits.iter().all(|edit| !self.is_touched(edit.span)));
        // What was written in such a place was read off a text with the change in it.
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
        // At each place there is one label.
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
    fn places_are_carried_back_over_changes() {
        let mut patch = Patch::default();
        assert!(patch.add(&[edit(4, 7, "longer"), edit(8, 8, "+")]));
        assert!(!patch.add(&[edit(6, 9, "")]));
        assert!(patch.add(&[edit(0, 1, "")]));
        let mended = patch.apply("abc def ghi", Span::new(0, 11));
        assert_eq!(mended.text, "bc longer +ghi");
        let back = |start, end| mended.original(Span::new(start, end));
        assert_eq!(back(0, 2), Span::new(1, 3));
        assert_eq!(back(3, 9), Span::new(4, 7));
        assert_eq!(back(5, 6), Span::new(4, 7));
        assert_eq!(back(10, 11), Span::new(8, 8));
        assert_eq!(back(11, 14), Span::new(8, 11));
        assert!(mended.is_touched(Span::new(3, 5)) && !mended.is_touched(Span::new(11, 12)));
    }
}
