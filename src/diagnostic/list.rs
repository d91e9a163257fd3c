//! The diagnostics of one source text, sorted and with their positions.

use super::message::Diagnostic;
use crate::escape;
use crate::span::{LineIndex, Position, ceil_boundary, floor_boundary};
use std::borrow::Cow;
use std::{fmt, iter, slice, vec};

/// The errors and warnings of one text, in source order.
///
/// `{}` and `{:?}` print each of them on a line, `line:column: level: message [code]`, so that the errors are also
/// readable if `main` returns them. `{:#?}` prints all fields.
///
/// ```
/// let diagnostics = gcwat::check("(func call $f)\n(global i32 (i32.const (@char \"a\")))");
/// for diagnostic in &diagnostics {
///     println!("{diagnostic}");
/// }
/// assert_eq!((diagnostics.errors().count(), diagnostics.warnings().count()), (1, 1));
/// assert_eq!(diagnostics.to_string().lines().next(), Some("1:12: error: unknown function `$f` [E0301]"));
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
    /// The position of each diagnostic.
    positions: Vec<Position>,
    is_stopped: bool,
}

impl Diagnostics {
    /// Sorts the diagnostics of `text` and computes their positions.
    pub(crate) fn new(text: &str, items: Vec<Diagnostic>) -> Diagnostics {
        match items.is_empty() {
            true => Diagnostics::default(),
            false => Diagnostics::with_lines(text, &LineIndex::new(text), items),
        }
    }

    /// Sorts the diagnostics of `text` and computes their positions with an existing line index.
    pub(crate) fn with_lines(text: &str, lines: &LineIndex, mut items: Vec<Diagnostic>) -> Diagnostics {
        items.iter_mut().for_each(fit);
        items.sort_by_key(|d| (d.span.start, d.span.end));
        items.dedup();
        let positions = items.iter().map(|item| lines.position(text, item.span.start)).collect();
        Diagnostics { items, positions, is_stopped: false }
    }

    /// The result of work that was stopped. It has no diagnostics, since they would be incomplete.
    pub(crate) fn stopped() -> Diagnostics {
        Diagnostics { is_stopped: true, ..Diagnostics::default() }
    }

    /// Returns the diagnostics, in source order.
    pub fn iter(&self) -> slice::Iter<'_, Diagnostic> {
        self.items.iter()
    }

    /// Returns the diagnostics as a slice, in source order.
    pub fn as_slice(&self) -> &[Diagnostic] {
        &self.items
    }

    /// Returns the errors, in source order.
    pub fn errors(&self) -> impl DoubleEndedIterator<Item = &Diagnostic> {
        self.iter().filter(|diagnostic| diagnostic.is_error())
    }

    /// Returns the warnings, in source order.
    pub fn warnings(&self) -> impl DoubleEndedIterator<Item = &Diagnostic> {
        self.iter().filter(|diagnostic| !diagnostic.is_error())
    }

    /// Returns the diagnostics, each with the line and column of its start.
    pub fn with_positions(
        &self,
    ) -> impl ExactSizeIterator<Item = (&Diagnostic, Position)> + DoubleEndedIterator {
        iter::zip(&self.items, self.positions.iter().copied())
    }

    /// Returns the number of diagnostics.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are no diagnostics.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Whether the work was stopped before the text was checked ([`Progress`](crate::Progress)). Then there are no
    /// diagnostics, and the text may have errors or not.
    pub fn is_stopped(&self) -> bool {
        self.is_stopped
    }

    /// Whether any of the diagnostics is an error, or the work was stopped.
    pub fn has_errors(&self) -> bool {
        self.is_stopped || self.iter().any(Diagnostic::is_error)
    }
}

/// Limits each message of a diagnostic to one line of readable length. Messages quote source text, which may contain any
/// characters.
fn fit(diagnostic: &mut Diagnostic) {
    fit_line(&mut diagnostic.message);
    fit_line(&mut diagnostic.label);
    diagnostic.labels.iter_mut().for_each(|label| fit_line(&mut label.message));
    diagnostic.suggestions.iter_mut().for_each(|suggestion| fit_line(&mut suggestion.message));
    // Notes may be lists, with one item on each line.
    for note in &mut diagnostic.notes {
        replace_if_changed(note, escape::lines);
        fit_length(note);
    }
}

fn fit_line(line: &mut String) {
    if line.contains(char::is_control) {
        *line = line.split(char::is_control).map(str::trim).collect::<Vec<_>>().join(" ");
    }
    replace_if_changed(line, escape::line);
    fit_length(line);
}

fn replace_if_changed(text: &mut String, change: impl Fn(&str) -> Cow<'_, str>) {
    if let Cow::Owned(changed) = change(text) {
        *text = changed;
    }
}

fn fit_length(line: &mut String) {
    const LONGEST: usize = 2000;
    if line.len() > LONGEST {
        let rest = line.split_off(floor_boundary(line, LONGEST * 3 / 4));
        line.push_str(" ... ");
        line.push_str(&rest[ceil_boundary(&rest, rest.len() - LONGEST / 4)..]);
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_stopped {
            return f.write_str("the work was stopped");
        }
        for (i, (diagnostic, position)) in self.with_positions().enumerate() {
            let line_end = if i > 0 { "\n" } else { "" };
            write!(f, "{line_end}{position}: {diagnostic}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.alternate() {
            true if !self.is_stopped => f.debug_list().entries(self.with_positions()).finish(),
            _ => fmt::Display::fmt(self, f),
        }
    }
}

/// A sequence of diagnostics, each with the line and column of its start as the field `position`.
#[cfg(feature = "serde")]
impl serde::Serialize for Diagnostics {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct Located<'a> {
            #[serde(flatten)]
            diagnostic: &'a Diagnostic,
            position: Position,
        }
        serializer
            .collect_seq(self.with_positions().map(|(diagnostic, position)| Located { diagnostic, position }))
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> slice::Iter<'a, Diagnostic> {
        self.items.iter()
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> vec::IntoIter<Diagnostic> {
        self.items.into_iter()
    }
}

impl AsRef<[Diagnostic]> for Diagnostics {
    fn as_ref(&self) -> &[Diagnostic] {
        &self.items
    }
}

impl std::error::Error for Diagnostics {}
