//! Applies machine-applicable suggestions while they reduce the number of problems.

use crate::assembler::Assembler;
use crate::diagnostic::{Applicability, Code, Diagnostics, Edit, Origin, Suggestion, apply};
use crate::span::{LineIndex, Position, Span};
use hashbrown::HashSet;
use std::collections::{BTreeSet, VecDeque};

/// The result of [`Assembler::fix`].
///
/// ```
/// let fixed = gcwat::Assembler::new().fix("(func (param i32) (drop (get_local 0)))");
/// assert_eq!(fixed.text, "(func (param i32) (drop (local.get 0)))");
/// assert!(fixed.remaining.is_empty());
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Fixed {
    /// The fixed text. Unchanged if no suggestion was applied.
    pub text: String,
    /// The applied suggestions, with locations in the original text.
    pub fixes: Vec<Fix>,
    /// The errors and warnings of the fixed text.
    pub remaining: Diagnostics,
}

/// A suggestion that was applied.
///
/// ```
/// let fixed = gcwat::Assembler::new().fix("(func (param i32) (drop (get_local 0)))");
/// assert_eq!(fixed.fixes[0].at.to_string(), "1:26");
/// assert_eq!(fixed.fixes[0].code, gcwat::Code::Renamed);
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Fix {
    /// The location of the diagnostic in the original text.
    pub at: Position,
    /// The code of the diagnostic.
    pub code: Code,
    /// The message of the suggestion.
    pub message: String,
}

/// The maximum number of rounds. A fix can expose another fixable error.
const MOST_ROUNDS: usize = 20;

/// The maximum number of groups of suggestions that are tried in all rounds. A group that is not an improvement is halved.
const MOST_TRIED: usize = 60;

impl Suggestion {
    /// Applies the edits to a text. Returns the changed text.
    ///
    /// ```
    /// let text = "(func (param i32) (drop (get_local 0)))";
    /// let diagnostics = gcwat::check(text);
    /// let error = diagnostics.iter().next().unwrap();
    /// assert_eq!(error.suggestions[0].apply(text), "(func (param i32) (drop (local.get 0)))");
    /// ```
    pub fn apply(&self, text: &str) -> String {
        apply(text, &self.edits)
    }
}

impl Assembler {
    /// Applies the machine-applicable suggestions for a text and checks the result.
    ///
    /// If the edits of suggestions overlap, the first is applied and the text is checked again. A suggestion is kept only
    /// if it reduces the number of problems.
    ///
    /// ```
    /// let fixed = gcwat::Assembler::new().fix("(func (param i32) (drop (get_local 0)))");
    /// assert_eq!(fixed.text, "(func (param i32) (drop (local.get 0)))");
    /// assert_eq!((fixed.fixes.len(), fixed.remaining.len()), (1, 0));
    /// ```
    ///
    /// If the work is stopped ([`Assembler::progress`]), the text has the fixes of complete rounds.
    pub fn fix(&self, text: &str) -> Fixed {
        let fixed = fix(text, &|text| self.check(text));
        match self.is_stopped() {
            true => Fixed { remaining: Diagnostics::stopped(), ..fixed },
            false => fixed,
        }
    }
}

/// Applies the machine-applicable suggestions for a text that `check` checks.
pub(crate) fn fix(text: &str, check: &dyn Fn(&str) -> Diagnostics) -> Fixed {
    let lines = LineIndex::new(text);
    let mut fixed = Fixed { text: text.to_owned(), fixes: Vec::new(), remaining: check(text) };
    // The edits of each round, to map locations back to the original text.
    let mut rounds: Vec<Vec<Edit>> = Vec::new();
    let mut tries = MOST_TRIED;
    for _ in 0..MOST_ROUNDS {
        let round = round(&fixed.text, &fixed.remaining, check, &mut tries);
        let Some((applied, better)) = round else { break };
        for fix in &applied {
            let at = rounds.iter().rev().fold(fix.at, |at, edits| Origin::new(edits).of(at));
            let message = fix.suggestion.message.clone();
            fixed.fixes.push(Fix { at: lines.position(text, at), code: fix.code, message });
        }
        rounds.push(edits_of(&applied));
        (fixed.text, fixed.remaining) = better;
    }
    fixed.fixes.sort_by_key(|fix| fix.at);
    fixed
}

/// Returns the suggestions that can be applied together, the changed text and its diagnostics. Returns `None` if no
/// suggestion is an improvement. Each group that is tried reduces `tries`.
fn round(
    text: &str,
    found: &Diagnostics,
    check: &dyn Fn(&str) -> Diagnostics,
    tries: &mut usize,
) -> Option<(Vec<Candidate>, (String, Diagnostics))> {
    let problem_counts = problem_counts(found);
    // A wrong suggestion can spoil the others, so the halves are tried after the whole.
    let mut groups = VecDeque::from([candidates(text, found)]);
    while *tries > 0 {
        *tries -= 1;
        let mut group = groups.pop_front()?;
        if group.is_empty() {
            continue;
        }
        let fixed = apply(text, &edits_of(&group));
        let left = check(&fixed);
        if left.is_stopped() {
            return None;
        }
        if self::problem_counts(&left) < problem_counts || is_next_part(found, &left, &group) {
            return Some((group, (fixed, left)));
        }
        if group.len() > 1 {
            let second = group.split_off(group.len() / 2);
            groups.extend([group, second]);
        }
    }
    None
}

/// A suggestion that may be applied.
struct Candidate {
    at: u32,
    code: Code,
    suggestion: Suggestion,
}

/// Returns the first machine-applicable suggestion of each diagnostic. Suggestions that overlap an earlier one or repeat
/// its insertion are omitted.
fn candidates(text: &str, found: &Diagnostics) -> Vec<Candidate> {
    // New lines get the line end of the first line.
    let crlf = text.split_once('\n').is_some_and(|(line, _)| line.ends_with('\r'));
    let mut candidates = Vec::new();
    let mut taken = BTreeSet::new();
    let mut inserted = HashSet::new();
    for diagnostic in found.iter() {
        let sure = |suggestion: &&Suggestion| suggestion.applicability == Applicability::MachineApplicable;
        let Some(suggestion) = diagnostic.suggestions.iter().find(sure) else { continue };
        let is_free = suggestion.edits.iter().all(|edit| {
            let Span { start, end } = edit.span;
            let last = taken.range(..(end.max(start), 0)).next_back();
            let overlaps = last.is_some_and(|&(from, to)| from < end && start < to);
            let is_there = edit.span.is_empty() && inserted.contains(&(start, edit.replacement.clone()));
            !overlaps && !is_there
        });
        if !is_free {
            continue;
        }
        let mut suggestion = suggestion.clone();
        for edit in &mut suggestion.edits {
            taken.insert((edit.span.start, edit.span.end));
            inserted.insert((edit.span.start, edit.replacement.clone()));
            if crlf {
                edit.replacement = edit.replacement.replace("\r\n", "\n").replace('\n', "\r\n");
            }
        }
        candidates.push(Candidate { at: diagnostic.span.start, code: diagnostic.code, suggestion });
    }
    candidates
}

/// Whether all remaining errors are new and after the fixes. Only the first of many errors are found; when they are
/// fixed, the next ones are.
fn is_next_part(found: &Diagnostics, left: &Diagnostics, applied: &[Candidate]) -> bool {
    let edits = edits_of(applied);
    let origin = Origin::new(&edits);
    let errors = |diagnostics: &Diagnostics| -> Vec<(u32, Code)> {
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
        errors.map(|error| (error.span.start, error.code)).collect()
    };
    let mut before: HashSet<(u32, Code)> = errors(found).into_iter().collect();
    for fix in applied {
        before.remove(&(fix.at, fix.code));
    }
    let Some(last) = applied.iter().map(|fix| fix.at).max() else { return false };
    errors(left).into_iter().all(|(at, code)| {
        let at = origin.of(at);
        at > last || before.contains(&(at, code))
    })
}

/// Counts the problems of a text by importance: syntax errors, errors of names, other errors, and warnings. A fixed syntax
/// error is an improvement even if it exposes other errors.
fn problem_counts(found: &Diagnostics) -> [usize; 4] {
    let mut counts = [0; 4];
    for diagnostic in found.iter() {
        let group = match diagnostic.code.as_str().as_bytes() {
            [b'E', b'0', b'0'..=b'2', ..] => 0,
            [b'E', b'0', b'3', ..] => 1,
            [b'E', ..] => 2,
            _ => 3,
        };
        // A fix must not turn the text into another language.
        let weight = if diagnostic.code == Code::NotWat { usize::MAX } else { 1 };
        counts[group] = usize::saturating_add(counts[group], weight);
    }
    counts
}

/// Returns the edits of suggestions that do not overlap, in source order.
fn edits_of(candidates: &[Candidate]) -> Vec<Edit> {
    let mut edits: Vec<Edit> = candidates.iter().flat_map(|one| one.suggestion.edits.clone()).collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    edits
}
