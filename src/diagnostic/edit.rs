//! Suggestions and their edits, and how edits are applied.

use crate::span::Span;

/// A change of the text that would mend what a diagnostic complains of.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Suggestion {
    /// What the change does, in the imperative.
    pub message: String,
    /// Stretches and what to put in their place; in order, not overlapping.
    pub edits: Vec<Edit>,
    /// How sure it is.
    pub applicability: Applicability,
}

/// One stretch of text to replace.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edit {
    /// What to replace; may be empty.
    pub span: Span,
    /// The text to put there.
    pub replacement: String,
}

/// How sure a suggestion is; the meaning is that of rustc's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applicability {
    /// It is what was meant; a tool may apply it. It keeps the tokens around it, and with it applied the error is
    /// gone and there is no new one.
    MachineApplicable,
    /// It may be what was meant.
    MaybeIncorrect,
    /// It has gaps for a person to fill.
    HasPlaceholders,
}

impl Suggestion {
    /// Whether it changes the text that it is about; of a large change that is taken for granted.
    pub(crate) fn changes(&self, source: &str) -> bool {
        const MOST: u32 = 4096;
        let (Some(first), Some(last)) = (self.edits.first(), self.edits.last()) else { return false };
        let stretch = first.span.to(last.span);
        if stretch.len() > MOST {
            return true;
        }
        let mut changed = String::new();
        let mut at = stretch.start;
        for edit in &self.edits {
            changed.push_str(source.get(at as usize..edit.span.start as usize).unwrap_or(""));
            changed.push_str(&edit.replacement);
            at = edit.span.end;
        }
        source.get(stretch.range()) != Some(changed.as_str())
    }
}

/// A change of one stretch.
pub(crate) fn edit(span: Span, replacement: impl Into<String>) -> Edit {
    Edit { span, replacement: replacement.into() }
}

/// Applies edits that are in order and do not overlap.
pub(crate) fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut done = 0;
    for edit in edits {
        out.push_str(&text[done..edit.span.start as usize]);
        out.push_str(&edit.replacement);
        done = edit.span.end as usize;
    }
    out.push_str(&text[done..]);
    out
}

/// Maps offsets of a text with edits applied back to the text before. An offset in a replacement is mapped
/// to the start of what was replaced.
pub(crate) struct Origin<'e> {
    edits: &'e [Edit],
    /// The start of each replacement in the new text.
    starts: Vec<i64>,
}

impl<'e> Origin<'e> {
    pub(crate) fn new(edits: &'e [Edit]) -> Origin<'e> {
        let mut moved = 0;
        let start = |edit: &Edit| {
            let start = i64::from(edit.span.start) + moved;
            moved += edit.replacement.len() as i64 - i64::from(edit.span.len());
            start
        };
        Origin { edits, starts: edits.iter().map(start).collect() }
    }

    pub(crate) fn of(&self, at: u32) -> u32 {
        let at = i64::from(at);
        let Some(last) = self.starts.partition_point(|&start| start <= at).checked_sub(1) else {
            return at as u32;
        };
        let Edit { span, replacement } = &self.edits[last];
        let end = self.starts[last] + replacement.len() as i64;
        if at < end { span.start } else { (i64::from(span.end) + at - end) as u32 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_mapped_back_over_edits() {
        let edit = |start, end, text: &str| Edit { span: Span::new(start, end), replacement: text.into() };
        let edits = [edit(2, 4, "long"), edit(6, 6, "x")];
        let origin = Origin::new(&edits);
        let all: Vec<u32> = (0..11).map(|at| origin.of(at)).collect();
        assert_eq!(all, [0, 1, 2, 2, 2, 2, 4, 5, 6, 6, 7]);
    }
}
