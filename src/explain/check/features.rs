//! Uses of features that are not enabled.

use super::locate;
use crate::diagnostic::{Code, Diagnostic};
use crate::features::Features;
use crate::lower::Uses;
use crate::span::Span;

/// Reports each feature that is used and not enabled, at its first use.
pub(crate) fn disabled(source: &str, features: Features, uses: &Uses) -> Vec<Diagnostic> {
    let mut named: Vec<(&str, u32)> =
        uses.places.iter().map(|&(feature, at)| (features.name_of(feature), at)).collect();
    named.sort_unstable();
    named.dedup();
    named.chunk_by(|(one, _), (other, _)| one == other).map(|uses| report(source, uses)).collect()
}

/// The error for the uses of one feature, in source order.
fn report(source: &str, uses: &[(&str, u32)]) -> Diagnostic {
    let (name, at) = uses[0];
    let rest = Span::new(at, source.len() as u32);
    let span = locate::tokens(source, rest).next().map_or(Span::new(at, at), |token| token.span());
    let message = format!("this needs the feature `{name}`, which is not enabled");
    let diagnostic = Diagnostic::error(Code::FeatureDisabled, span, message);
    let diagnostic = match uses.len() - 1 {
        0 => diagnostic,
        1 => diagnostic.with_note(format!("`{name}` is used at 1 more place")),
        more => diagnostic.with_note(format!("`{name}` is used at {more} more places")),
    };
    diagnostic.with_note(format!("to enable it, add `{name}` to the list of `--features`"))
}
