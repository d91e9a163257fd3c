//! The first pass: malformed tokens.

use super::lexical;
use super::recoverable::Recoverable;
use crate::diagnostic::{Applicability, Code, Suggestion};
use crate::lex::{Lexer, TokenKind};
use crate::span::Span;

/// The maximum number of bytes that are read to explain malformed tokens and to continue after them.
const MOST_TEXT: usize = 1 << 27;

/// The maximum number of errors among which the opening bracket of a closing one is searched.
const MOST_OPEN: usize = 16;

/// The minimum number of bytes counted for each token, since the text around it is read as well.
const LEAST_TEXT: usize = 1 << 12;

/// Finds the malformed tokens. Also returns the part of the text that was not searched, if any.
pub(super) fn check(source: &str, whole: Span) -> (Vec<Recoverable>, Option<Span>) {
    // In a script, other commands follow, which an edit must not reach.
    let source = &source[..whole.end as usize];
    let mut faults: Vec<Recoverable> = Vec::new();
    let mut at = whole.start;
    let mut left = MOST_TEXT;
    'restart: loop {
        for token in Lexer::plain(source, Span::new(at, whole.end)) {
            let found = lexical::explain(source, token);
            if found.is_empty() {
                continue;
            }
            // The end of an annotation that is never closed was searched in all the rest.
            let end = if token.kind == TokenKind::OpenAnnotation { whole.end } else { token.span().end };
            let Some(less) = left.checked_sub((end - token.start) as usize + LEAST_TEXT) else {
                return (faults, Some(Span::new(token.start, whole.end)));
            };
            left = less;
            // The text after the edits is read again.
            at = token.start + 1;
            let is_string = token.kind == TokenKind::BadString
                && found.iter().all(|fault| fault.diagnostic.code != Code::Unterminated);
            let mut has_edits = false;
            for fault in found {
                for change in &fault.edits {
                    at = at.max(change.span.end);
                    has_edits = true;
                }
                at = at.max(fault.diagnostic.span.end);
                add(source, &mut faults, fault);
            }
            if !has_edits || is_string {
                at = at.max(token.span().end);
            }
            while !source.is_char_boundary(at as usize) {
                at += 1;
            }
            continue 'restart;
        }
        return (faults, None);
    }
}

/// Adds an error. The same character twice on a line is one error.
fn add(source: &str, faults: &mut Vec<Recoverable>, fault: Recoverable) {
    // A closing bracket that the error about the opening one has with it.
    let closed = |other: &mut Recoverable| {
        let mut edits = other.diagnostic.suggestions.iter().flat_map(|suggestion| &suggestion.edits);
        let found = edits.find(|edit| edit.span == fault.diagnostic.span).cloned();
        found.is_some_and(|edit| {
            let is_new = !other.edits.contains(&edit);
            if is_new {
                other.edits.push(edit);
            }
            is_new
        })
    };
    if matches!(&source[fault.diagnostic.span.range()], "}" | "]")
        && faults.iter_mut().rev().take(MOST_OPEN).any(closed)
    {
        return;
    }
    if let Some(last) = faults.last_mut()
        && last.diagnostic.message == fault.diagnostic.message
        && matches!(last.diagnostic.code, Code::BadToken | Code::UnexpectedCharacter)
        && let ([old], [new]) = (&last.diagnostic.suggestions[..], &fault.diagnostic.suggestions[..])
        && old.message == new.message
        && source[fault.diagnostic.span.range()].chars().count() == 1
        && let Some(done) = last.edits.last().map(|change| change.span.end.min(fault.diagnostic.span.start))
        && is_repeated(&source[done as usize..fault.diagnostic.span.end as usize])
    {
        last.edits.extend(fault.edits.iter().cloned());
        let all = &mut last.diagnostic.suggestions[0];
        all.edits.extend(fault.edits);
        let is_sure = |suggestion: &Suggestion| suggestion.applicability == Applicability::MachineApplicable;
        if !fault.diagnostic.suggestions.iter().all(is_sure) {
            all.applicability = Applicability::MaybeIncorrect;
        }
        return;
    }
    faults.push(fault);
}

/// Whether the last character of a text is the habit that its beginning is: it is on the same line, or a semicolon ends
/// one of the next lines.
fn is_repeated(between: &str) -> bool {
    /// The maximum distance of two semicolons.
    const FARTHEST: usize = 256;
    !between.contains('\n') || between.ends_with(';') && between.len() <= FARTHEST
}
