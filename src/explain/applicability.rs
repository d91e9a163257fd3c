//! The check of all suggestions: only those that are safe to apply stay machine-applicable.
//!
//! A suggestion must keep the tokens around it (`diagnostic/edit.rs`). A suggestion for an error must also
//! remove that error and cause no new one, which a trial shows: the edited text is analyzed again. The number
//! of trials is limited; a suggestion that was not tried becomes a guess. The reasons are in
//! docs/decisions/safe-fixes.md.

use crate::diagnostic::{Applicability, Code, Diagnostic, Edit, Neighbours, Origin, Suggestion, apply};
use crate::lex::lexemes;
use crate::scan;
use crate::span::Span;
use hashbrown::{HashMap, HashSet};
use std::cell::Cell;

/// The result of an analysis.
#[derive(Default)]
pub(crate) struct Findings {
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The parts of the text in which the search for errors stopped.
    pub(crate) unread: Vec<Span>,
}

/// The maximum number of suggestions that are tried one by one ...
const FEW: usize = 64;
/// ... and the maximum number of bytes that these trials analyze.
const ONE_BY_ONE: usize = 1 << 18;
/// The maximum number of bytes around edits that are split into lexemes, per byte of the text and in addition. Edits in
/// one long string all have the whole string around them.
const MOST_LEXED: usize = 1 << 8;
const LEAST_LEXED: usize = 1 << 20;
/// The number of trials of groups of suggestions, and the number of bytes for further trials of short texts.
const LOOKS: usize = 5;
const MORE_BYTES: usize = 1 << 19;

/// Makes a guess of each suggestion that is not safe to apply. `look` analyzes an edited text, in which the
/// module is in the given span.
pub(crate) fn settle(
    source: &str,
    whole: Span,
    findings: &mut Findings,
    look: &dyn Fn(&str, Span) -> Findings,
) {
    keep_tokens(source, whole, &mut findings.diagnostics);
    findings.unread.sort_unstable();
    findings.unread.dedup_by(|next, last| {
        let is_within = next.start <= last.end;
        if is_within {
            last.end = last.end.max(next.end);
        }
        is_within
    });
    // The suggestion for a warning may uncover an error, but only in a text with errors.
    if !findings.diagnostics.iter().any(Diagnostic::is_error) {
        return;
    }
    let candidates: Vec<usize> =
        (0..findings.diagnostics.len()).filter(|&at| sure(&findings.diagnostics[at]).is_some()).collect();
    if candidates.is_empty() {
        return;
    }
    let mut trial = Trial { source, whole, findings, look, looks: 0, safe: Vec::new() };
    let len = whole.len() as usize;
    if candidates.len() <= FEW && candidates.len() * len <= ONE_BY_ONE {
        for &at in &candidates {
            if trial.blame(&[at]).is_none() {
                trial.safe.push(at);
            }
        }
    } else {
        trial.looks = LOOKS + MORE_BYTES / len.max(1);
        trial.group(&candidates);
    }
    let mut safe = trial.safe;
    safe.sort_unstable();
    for at in candidates {
        if safe.binary_search(&at).is_err() {
            findings.diagnostics[at].suggestions.iter_mut().for_each(guess);
        }
    }
}

/// Separates the suggestions that would join tokens, and makes guesses of those that change tokens around
/// them.
fn keep_tokens(source: &str, whole: Span, diagnostics: &mut [Diagnostic]) {
    if diagnostics.iter().all(|diagnostic| diagnostic.suggestions.is_empty()) {
        return;
    }
    let suggestions = || diagnostics.iter().flat_map(|diagnostic| &diagnostic.suggestions);
    let part = &source[..whole.end as usize];
    let all = lexemes(part, whole.start);
    let neighbours = Neighbours::new(all, suggestions());
    let most_lexed = LEAST_LEXED + MOST_LEXED * part.len();
    let lexed = Cell::new(0);
    let lex = |text: &str| {
        lexed.set(lexed.get() + text.len());
        lexemes(text, 0).collect()
    };
    for diagnostic in diagnostics {
        // One of several alternatives is a guess.
        let is_alone = diagnostic.suggestions.len() == 1;
        // Overlapping edits cannot be applied.
        diagnostic.suggestions.retain(|suggestion| is_in_order(part, &suggestion.edits));
        for suggestion in &mut diagnostic.suggestions {
            if lexed.get() > most_lexed {
                guess(suggestion);
                continue;
            }
            if !neighbours.allow(part, &suggestion.edits, &lex) {
                let apart = neighbours.kept_apart(&suggestion.edits);
                if neighbours.allow(part, &apart, &lex) {
                    suggestion.edits = apart;
                } else {
                    guess(suggestion);
                }
            }
            if !is_alone {
                guess(suggestion);
            }
        }
    }
}

/// Whether edits are in the text, in order, and do not overlap.
fn is_in_order(source: &str, edits: &[Edit]) -> bool {
    let mut done = 0;
    edits.iter().all(|edit| {
        let is_next = edit.span.start >= done && source.get(edit.span.range()).is_some();
        done = edit.span.end;
        is_next
    })
}

/// The machine-applicable suggestion of a diagnostic.
fn sure(diagnostic: &Diagnostic) -> Option<&Suggestion> {
    diagnostic
        .suggestions
        .iter()
        .find(|suggestion| suggestion.applicability == Applicability::MachineApplicable)
}

fn guess(suggestion: &mut Suggestion) {
    if suggestion.applicability == Applicability::MachineApplicable {
        suggestion.applicability = Applicability::MaybeIncorrect;
    }
}

struct Trial<'t> {
    source: &'t str,
    whole: Span,
    findings: &'t Findings,
    look: &'t dyn Fn(&str, Span) -> Findings,
    /// The number of trials that are left.
    looks: usize,
    /// The diagnostics with a safe suggestion, as indices.
    safe: Vec<usize>,
}

impl Trial<'_> {
    /// Finds the safe suggestions in a group, as long as trials are left.
    fn group(&mut self, candidates: &[usize]) {
        if candidates.is_empty() || self.looks == 0 {
            return;
        }
        self.looks -= 1;
        let Some(blame) = self.blame(candidates) else {
            return self.safe.extend(candidates);
        };
        if candidates.len() == 1 {
            return;
        }
        let (others, blamed): (Vec<usize>, Vec<usize>) =
            candidates.iter().partition(|&&at| !blame.blames(at, &self.findings.diagnostics[at]));
        if blamed.is_empty() {
            self.halves(candidates);
        } else {
            self.group(&others);
            self.group_blamed(&blamed, &blame);
        }
    }

    fn halves(&mut self, candidates: &[usize]) {
        let (first, second) = candidates.split_at(candidates.len() / 2);
        self.group(first);
        self.group(second);
    }

    /// Finds the safe suggestions among those that are blamed, unless each of them has caused an error.
    fn group_blamed(&mut self, blamed: &[usize], blame: &Blame) {
        if blame.count < blamed.len() {
            self.halves(blamed);
        }
    }

    /// Whether the search for errors stopped at an offset.
    fn is_unread(&self, at: u32) -> bool {
        let unread = &self.findings.unread;
        let part = unread.partition_point(|span| span.end <= at);
        unread.get(part).is_some_and(|span| span.start <= at)
    }

    /// Analyzes the text with the suggestions of some diagnostics applied. Returns `None` if their errors are
    /// gone and there are no new ones.
    fn blame(&self, candidates: &[usize]) -> Option<Blame> {
        let diagnostics = &self.findings.diagnostics;
        let mut edits: Vec<Edit> = Vec::new();
        let mut applied = Vec::new();
        let mut left_out = Vec::new();
        let mut in_order = candidates.to_vec();
        let start = |at: &usize| sure(&diagnostics[*at]).map_or(0, |s| s.edits[0].span.start);
        in_order.sort_by_key(start);
        let mut end = 0;
        for at in in_order {
            let Some(suggestion) = sure(&diagnostics[at]) else { continue };
            let (Some(first), Some(last)) = (suggestion.edits.first(), suggestion.edits.last()) else {
                continue;
            };
            if first.span.start < end || (first.span.start == end && first.span.is_empty() && end > 0) {
                left_out.push(at);
                continue;
            }
            end = last.span.end;
            edits.extend(suggestion.edits.iter().cloned());
            applied.push(at);
        }
        let text = apply(self.source, &edits);
        let grown = text.len() as i64 - self.source.len() as i64;
        let end = (i64::from(self.whole.end) + grown) as u32;
        let found = (self.look)(&text, Span::new(self.whole.start, end));

        let origin = Origin::new(&edits);
        // Within an edit, offsets cannot be compared: the edit may have moved its text.
        let place = |at: u32| {
            let near = edits.partition_point(|edit| edit.span.end <= at);
            let is_edited = edits.get(near).is_some_and(|edit| edit.span.start <= at);
            (!is_edited).then_some(at)
        };
        let mut left: HashMap<(Code, Option<u32>), i64> = HashMap::new();
        for error in diagnostics.iter().filter(|diagnostic| diagnostic.is_error()) {
            *left.entry((error.code, place(error.span.start))).or_default() += 1;
        }
        let mut own = HashSet::new();
        for &at in &applied {
            let error = &diagnostics[at];
            own.insert((error.code, error.span.start));
            *left.entry((error.code, place(error.span.start))).or_default() -= 1;
        }
        let mut new = Vec::new();
        for error in found.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()) {
            let at = origin.of(error.span.start);
            let count = left.entry((error.code, place(at))).or_default();
            *count -= 1;
            if *count < 0 && (!self.is_unread(at) || own.contains(&(error.code, at))) {
                new.push(at);
            }
        }
        if new.is_empty() && left_out.is_empty() {
            return None;
        }
        new.sort_unstable();
        let count = new.len();
        let forms = scan::module(self.source, self.whole, false, 1, &mut Vec::new()).forms;
        let forms = forms
            .iter()
            .map(|form| form.span)
            .filter(|form| {
                new[new.partition_point(|&at| at < form.start)..].first().is_some_and(|&at| at < form.end)
            })
            .collect();
        Some(Blame { count, forms, left_out })
    }
}

/// The reasons to reject a group of suggestions.
struct Blame {
    /// The number of new errors.
    count: usize,
    /// The forms with new errors.
    forms: Vec<Span>,
    /// The diagnostics whose suggestions overlap others, as indices.
    left_out: Vec<usize>,
}

impl Blame {
    fn blames(&self, at: usize, diagnostic: &Diagnostic) -> bool {
        let place = diagnostic.span.start;
        let form = self.forms.partition_point(|form| form.end <= place);
        self.left_out.contains(&at) || self.forms.get(form).is_some_and(|form| form.start <= place)
    }
}
