//! Applying suggestions: those that are surely meant, as long as the text gets better by them.

use crate::assembler::Assembler;
use crate::diagnostic::{Applicability, Code, Diagnostics, Edit, Suggestion};
use crate::span::{LineIndex, Position, Span};
use hashbrown::HashSet;
use std::collections::BTreeSet;

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

/// How many fixes are tried one by one at most, if all at once make nothing better.
const MOST_TRIED: usize = 50;

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
        for _ in 0..MOST_ROUNDS {
            let Some((applied, better)) = self.round(&fixed.text, &fixed.remaining) else { break };
            for fix in &applied {
                let at = rounds.iter().rev().fold(fix.at, |at, edits| before(at, edits));
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
    fn round(&self, text: &str, found: &Diagnostics) -> Option<(Vec<Candidate>, (String, Diagnostics))> {
        let candidates = candidates(text, found);
        let badness = badness(found);
        let attempt = |candidates: &[Candidate]| {
            let text = apply(text, &edits_of(candidates));
            let found = self.check(&text);
            (self::badness(&found) < badness).then_some((text, found))
        };
        if candidates.is_empty() {
            return None;
        }
        if let Some(better) = attempt(&candidates) {
            return Some((candidates, better));
        }
        // One of them may be wrong and spoil the others.
        candidates.into_iter().take(MOST_TRIED).find_map(|one| {
            let one = vec![one];
            attempt(&one).map(|better| (one, better))
        })
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
        counts[group] += 1;
    }
    counts
}

/// The edits of suggestions that do not overlap, in the order of the text.
fn edits_of(candidates: &[Candidate]) -> Vec<Edit> {
    let mut edits: Vec<Edit> = candidates.iter().flat_map(|one| one.suggestion.edits.clone()).collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    edits
}

/// The text with edits made that are in order and do not overlap.
fn apply(text: &str, edits: &[Edit]) -> String {
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

/// Where a place was before edits were made.
fn before(at: u32, edits: &[Edit]) -> u32 {
    // What comes behind the edits so far has moved by this.
    let mut moved = 0;
    for edit in edits {
        let start = i64::from(edit.span.start) + moved;
        let end = start + edit.replacement.len() as i64;
        if i64::from(at) < start {
            break;
        }
        if i64::from(at) < end {
            return edit.span.start;
        }
        moved += edit.replacement.len() as i64 - i64::from(edit.span.len());
    }
    (i64::from(at) - moved) as u32
}
