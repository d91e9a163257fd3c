//! Suggestions and their edits, and how edits are applied.

use crate::span::Span;

/// A change of the text that would fix the problem of a diagnostic.
///
/// ```
/// let text = "(func (param i32) (drop (get_local 0)))";
/// let diagnostics = gcwat::check(text);
/// let suggestion = &diagnostics.as_slice()[0].suggestions[0];
/// assert_eq!(suggestion.apply(text), "(func (param i32) (drop (local.get 0)))");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Suggestion {
    /// The effect of the change, in the imperative.
    pub message: String,
    /// The edits, in source order and without overlap.
    pub edits: Vec<Edit>,
    /// How reliable the suggestion is.
    pub applicability: Applicability,
}

/// The replacement of one range of text.
///
/// ```
/// let text = "(func (param i32) (drop (get_local 0)))";
/// let diagnostics = gcwat::check(text);
/// let edit = &diagnostics.as_slice()[0].suggestions[0].edits[0];
/// assert_eq!((&text[edit.span.range()], edit.replacement.as_str()), ("get_local", "local.get"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Edit {
    /// The range to replace. May be empty.
    pub span: Span,
    /// The new text.
    pub replacement: String,
}

/// How reliable a suggestion is. The names are those of rustc.
///
/// ```
/// use gcwat::Applicability;
///
/// let diagnostics = gcwat::check("(func (param i32) (drop (get_local 0)))");
/// let suggestion = &diagnostics.as_slice()[0].suggestions[0];
/// assert_eq!(suggestion.applicability, Applicability::MachineApplicable);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Applicability {
    /// The suggestion is what the author intended; a tool may apply it. It changes no token outside the edits, removes
    /// the error, and causes no new one.
    MachineApplicable,
    /// The suggestion may not be what the author intended.
    MaybeIncorrect,
    /// The suggestion has placeholders that a person must fill in.
    HasPlaceholders,
}

impl Suggestion {
    /// Whether the edits change the source text. Large suggestions are not compared and count as changes.
    pub(crate) fn changes(&self, source: &str) -> bool {
        const MOST: u32 = 4096;
        let (Some(first), Some(last)) = (self.edits.first(), self.edits.last()) else { return false };
        let span = first.span.to(last.span);
        if span.len() > MOST {
            return true;
        }
        let mut changed = String::new();
        let mut at = span.start;
        for edit in &self.edits {
            changed.push_str(source.get(at as usize..edit.span.start as usize).unwrap_or(""));
            changed.push_str(&edit.replacement);
            at = edit.span.end;
        }
        source.get(span.range()) != Some(changed.as_str())
    }
}

/// Creates an edit.
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
/// to the start of the replaced range.
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
