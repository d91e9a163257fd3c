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
        _ if text.contains("@metadata.code.") => Some("code metadata that the crate passes over"),
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
        "inline function type doesn't match type reference" if has_empty_list(text) => {
            Some("an empty `(param)` or `(result)`, which is none")
        }
        "expected to continue a folded instruction" => Some("unfolded operands in a constant expression"),
        "unknown operator or unexpected token" if text.contains("(data (") => {
            Some("a segment that begins with a list of numbers")
        }
        "unknown operator or unexpected token" if text.contains("(elem") => Some("a block without its form"),
        _ => None,
    }
}

/// Whether there is a `(param)` or `(result)` without types.
fn has_empty_list(text: &str) -> bool {
    ["(param", "(result"].iter().any(|word| {
        text.match_indices(word).any(|(at, _)| text[at + word.len()..].trim_start().starts_with(')'))
    })
}

/// Why a text is a module for the `wast` crate alone.
fn refused(code: Code, message: &str) -> Option<&'static str> {
    const BLOCKS: &[&str] = &[
        "has no `end`",
        "ends nothing",
        "`else`",
        "`(else",
        "`(then",
        "`(catch",
        "`(delegate",
        "`(do`",
        "belongs to no block",
        "belongs to the legacy",
    ];
    match code {
        Code::Obsolete => Some("a bare number for a table or memory"),
        Code::ImportAfterDefinition => Some("an import behind a tag"),
        _ if message.contains("only one start") => Some("two start functions"),
        _ if message.contains("must stand before `(result") => Some("parameters behind an empty `(result)`"),
        _ if message.contains("unknown type") => Some("the number of a type that no `type` defines"),
        _ if message.contains("`+") => Some("a sign before a number that has none"),
        _ if BLOCKS.iter().any(|word| message.contains(word)) => {
            Some("what is opened is closed, nothing else is, and all in its order")
        }
        _ => None,
    }
}

/// Why a module has other bytes.
fn other_bytes(text: &str) -> Option<&'static str> {
    if text.contains("align=0x8000") {
        return Some("an alignment beyond all that there are");
    }
    let validity = gcwat::Assembler::new().threads(1).check(text);
    if validity.iter().any(|error| error.message.contains("constant")) {
        return Some("a block in place of an offset, whose instructions the crate mixes up");
    }
    // An implicit type is another one.
    ["(sub", "(rec", "shared", "(ref"].iter().any(|word| text.contains(word)).then_some("implicit types")
}
