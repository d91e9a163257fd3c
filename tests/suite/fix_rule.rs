//! The rule of machine-applicable suggestions, checked without the code of the assembler that holds it. The fuzz targets
//! include this file.

use gcwat::{Diagnostic, Diagnostics, Suggestion};
use std::collections::{HashMap, HashSet};

/// Returns an error that the fix of `own` adds, or that it leaves.
pub(crate) fn new_error<'d>(
    before: &Diagnostics,
    own: &Diagnostic,
    after: &'d Diagnostics,
) -> Option<&'d Diagnostic> {
    let mut counts: HashMap<&str, i64> = HashMap::new();
    let errors = |diagnostics: &'d Diagnostics| diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    for error in before.iter().filter(|diagnostic| diagnostic.is_error()) {
        *counts.entry(error.code.as_str()).or_default() += 1;
    }
    if own.is_error() {
        *counts.entry(own.code.as_str()).or_default() -= 1;
    }
    errors(after).find(|error| {
        let count = counts.entry(error.code.as_str()).or_default();
        *count -= 1;
        *count < 0
    })
}

/// Returns a token outside the edits that the fix changes, by the lexer of the `wast` crate. Returns `None` also if that
/// lexer rejects one of the texts.
pub(crate) fn changed_token<'t>(text: &'t str, suggestion: &Suggestion, fixed: &str) -> Option<&'t str> {
    let (old, new) = (tokens(text)?, tokens(fixed)?);
    old.into_iter().find_map(|(start, len)| {
        let end = start + len;
        let (mut moved, mut touched) = (start as i64, false);
        for edit in &suggestion.edits {
            let range = edit.span.range();
            let overlaps = range.start < end && range.end > start;
            touched |= overlaps || (range.is_empty() && range.start > start && range.start < end);
            if range.end <= start {
                moved += edit.replacement.len() as i64 - range.len() as i64;
            }
        }
        (!touched && !new.contains(&(moved as usize, len))).then(|| &text[start..end])
    })
}

/// Returns the offsets and lengths of the tokens and comments.
fn tokens(text: &str) -> Option<HashSet<(usize, usize)>> {
    let mut lexer = wast::lexer::Lexer::new(text);
    lexer.allow_confusing_unicode(true);
    let mut tokens = HashSet::new();
    for token in lexer.iter(0) {
        let token = token.ok()?;
        if token.kind != wast::lexer::TokenKind::Whitespace {
            tokens.insert((token.offset, token.len as usize));
        }
    }
    Some(tokens)
}
