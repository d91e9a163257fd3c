//! Where gcwat departs from the `wast` crate on purpose: what docs/conformance.md and docs/dialect.md
//! list, as far as one can tell from the outside which of it a text is about.

use gcwat::{Assembled, Code, Diagnostics};

/// Why a text may be something else for gcwat.
pub fn reason(
    _text: &str,
    ours: &Result<Assembled, Diagnostics>,
    _theirs: &Result<Vec<u8>, String>,
) -> Option<&'static str> {
    match ours {
        Ok(assembled) if !assembled.warnings().is_empty() => Some("an extension"),
        Err(errors) => match errors.iter().next()?.code {
            Code::Obsolete => Some("a bare number for a table or memory"),
            _ => None,
        },
        Ok(_) => None,
    }
}
