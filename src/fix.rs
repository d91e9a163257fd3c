//! Applying suggestions: those that are surely meant, as long as the text gets better by them.

use crate::assembler::Assembler;
use crate::diagnostic::{Applicability, Code, Diagnostics, Edit, Origin, Suggestion, apply};
use crate::span::{LineIndex, Position, Span};
use hashbrown::HashSet;
use std::collections::{BTreeSet, VecDeque};

/// A text after its fixes.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Fixed {
    /// The text; the same as before if there was nothing to apply.
    pub text: String,
    /// What was mended, each with its place in the text as it was before, and what was done.
    pub fixes: Vec<Fix>,
    /// What there is to say about the new text.
    pub remaining: Diagnostics,
}

/// A suggestion that was applied.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Fix {
    /// Where the diagnostic was, in the text as it was before all fixes.
    pub at: Position,
    /// The code of the diagnostic.
    pub code: Code,
    /// What the suggestion said.
    pub message: String,
}

/// How often a text is checked anew at most, as one fix may bring to light what another one can mend.
const MOST_ROUNDS: usize = 20;

/// The number of groups of fixes that are tried in all rounds; a group is halved if it makes nothing better.
const MOST_TRIED: usize = 60;

impl Suggestion {
    /// The text with the change made.
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
    /// Applies what is suggested for a text, as far as it is surely meant, and checks what it becomes.
    ///
    /// Suggestions whose edits overlap are applied one after the other, if they are still made then. No
    /// fix is kept that makes nothing better.
    ///
    /// ```
    /// let fixed = gcwat::Assembler::new().fix("(func (param i32) (drop (get_local 0)))");
    /// assert_eq!(fixed.text, "(func (param i32) (drop (local.get 0)))");
    /// assert_eq!((fixed.fixes.len(), fixed.remaining.len()), (1, 0));
    /// ```
    pub fn fix(&self, text: &str) -> Fixed {
        let lines = LineIndex::new(text);
        let mut fixed = Fixed { text: text.to_owned(), fixes: Vec::new(), remaining: self.check(text) };
        // The edits of each round, to find the way back to where a place was at first.
        let mut rounds: Vec<Vec<Edit>> = Vec::new();
        let mut tries = MOST_TRIED;
        for _ in 0..MOST_ROUNDS {
            let round = self.round(&fixed.text, &fixed.remaining, &mut tries);
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

    /// What can be applied at once, with the text it makes and what there is to say about that. None if
    /// there is nothing that makes the text better.
    fn round(
        &self,
        text: &str,
        found: &Diagnostics,
        tries: &mut usize,
    ) -> Option<(Vec<Candidate>, (String, Diagnostics))> {
        let badness = badness(found);
        // One of them may be wrong and spoil the others, so halves are tried after the whole.
        let mut groups = VecDeque::from([candidates(text, found)]);
        while *tries > 0 {
            *tries -= 1;
            let mut group = groups.pop_front()?;
            if group.is_empty() {
                continue;
            }
            let fixed = apply(text, &edits_of(&group));
            let left = self.check(&fixed);
            if self::badness(&left) < badness || is_next_part(found, &left, &group) {
                return Some((group, (fixed, left)));
            }
            if group.len() > 1 {
                let second = group.split_off(group.len() / 2);
                groups.extend([group, second]);
            }
        }
        None
    }
}

/// A suggestion that may be applied.
struct Candidate {
    at: u32,
    code: Code,
    suggestion: Suggestion,
}

/// The suggestions that are surely meant, the first of each diagnostic, without those that overlap an
/// earlier one or put in the same once more.
fn candidates(text: &str, found: &Diagnostics) -> Vec<Candidate> {
    // Lines end as the first one does.
    let crlf = text.split_once('\n').is_some_and(|(line, _)| line.ends_with('\r'));
    let mut candidates = Vec::new();
    let mut taken = BTreeSet::new();
    let mut put_in = HashSet::new();
    for diagnostic in found.iter() {
        let sure = |suggestion: &&Suggestion| suggestion.applicability == Applicability::MachineApplicable;
        let Some(suggestion) = diagnostic.suggestions.iter().find(sure) else { continue };
        let is_free = suggestion.edits.iter().all(|edit| {
            let Span { start, end } = edit.span;
            let last = taken.range(..(end.max(start), 0)).next_back();
            let overlaps = last.is_some_and(|&(from, to)| from < end && start < to);
            let is_there = edit.span.is_empty() && put_in.contains(&(start, edit.replacement.clone()));
            !overlaps && !is_there
        });
        if !is_free {
            continue;
        }
        let mut suggestion = suggestion.clone();
        for edit in &mut suggestion.edits {
            taken.insert((edit.span.start, edit.span.end));
            put_in.insert((edit.span.start, edit.replacement.clone()));
            if crlf {
                edit.replacement = edit.replacement.replace("\r\n", "\n").replace('\n', "\r\n");
            }
        }
        candidates.push(Candidate { at: diagnostic.span.start, code: diagnostic.code, suggestion });
    }
    candidates
}

/// Whether what is left is about what comes after the fixes: of many errors only the first ones are found,
/// and with these gone, the next ones.
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

/// How bad a text is: how much of it cannot be read, how many names are wrong, what else is, and how many
/// warnings there are, the former counting more. For a later stage sees only what an earlier one left:
/// with a form that can be read at last, there may be more to say than before.
fn badness(found: &Diagnostics) -> [usize; 4] {
    let mut counts = [0; 4];
    for diagnostic in found.iter() {
        let group = match diagnostic.code.as_str().as_bytes() {
            [b'E', b'0', b'0'..=b'2', ..] => 0,
            [b'E', b'0', b'3', ..] => 1,
            [b'E', ..] => 2,
            _ => 3,
        };
        // No fix may make another kind of input of a text.
        let weight = if diagnostic.code == Code::NotWat { usize::MAX } else { 1 };
        counts[group] = usize::saturating_add(counts[group], weight);
    }
    counts
}

/// The edits of suggestions that do not overlap, in the order of the text.
fn edits_of(candidates: &[Candidate]) -> Vec<Edit> {
    let mut edits: Vec<Edit> = candidates.iter().flat_map(|one| one.suggestion.edits.clone()).collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    edits
}
