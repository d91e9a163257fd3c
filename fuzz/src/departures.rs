//! Where gcwat departs from the `wast` crate on purpose: what docs/conformance.md and docs/dialect.md
//! list, as far as one can tell from the outside which of it a text is about.

use gcwat::{Assembled, Code, Diagnostics};

/// Why a text is something else for gcwat than for the `wast` crate, if that is meant.
pub fn reason(
    text: &str,
    ours: &Result<Assembled, Diagnostics>,
    theirs: &Result<Vec<u8>, String>,
) -> Option<&'static str> {
    match (ours, theirs) {
        (Ok(ours), Err(_)) if !ours.warnings().is_empty() => Some("an extension of the dialect"),
        (Ok(_), Err(error)) => accepted(text, error),
        (Err(errors), Ok(_)) => errors.iter().find_map(|error| refused(error.code, &error.message)),
        (Ok(_), Ok(_)) => other_bytes(text),
        (Err(_), Err(_)) => None,
    }
}

/// Why a text is a module for gcwat alone.
fn accepted(text: &str, error: &str) -> Option<&'static str> {
    match error {
        "expected at least one module field" => Some("a text without a field"),
        _ if text.contains("quote") => Some("a module in quotes"),
        _ if text.contains("(try (do") => Some("legacy exceptions, folded"),
        _ => None,
    }
}

/// Why a text is a module for the `wast` crate alone.
fn refused(code: Code, message: &str) -> Option<&'static str> {
    let says = |words: &[&str]| words.iter().any(|word| message.contains(word));
    match code {
        Code::Obsolete => Some("a bare number for a table or memory"),
        Code::ImportAfterDefinition => Some("an import behind a tag"),
        _ if says(&["only one start"]) => Some("two start functions"),
        _ if says(&[
            "has no `end`",
            "ends nothing",
            "can only stand in an `if`",
            "must stand behind `(then",
        ]) =>
        {
            Some("what is opened is closed, nothing else is")
        }
        _ => None,
    }
}

/// Why a module has other bytes.
fn other_bytes(text: &str) -> Option<&'static str> {
    // An implicit type is another one.
    ["(sub", "(rec", "shared", "(ref"].iter().any(|word| text.contains(word)).then_some("implicit types")
}
