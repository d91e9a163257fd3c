//! Recognizes the known deviations from the `wast` crate that docs/conformance.md and docs/dialect.md list, by
//! the text and the two results.

use gcwat::{Assembled, Code, Diagnostics};
use wasmparser::{Parser, Payload};

/// Returns the reason if gcwat and the `wast` crate differ on purpose.
pub fn reason(
    text: &str,
    ours: &Result<Assembled, Diagnostics>,
    theirs: &Result<Vec<u8>, String>,
) -> Option<&'static str> {
    if let Some(text) = without_other_metadata(text) {
        let ours = gcwat::Assembler::new().names(true).validate(false).threads(1).assemble(&text);
        return match (&ours, theirs) {
            (Ok(ours), Ok(theirs)) if ours.bytes() == theirs => {
                Some("code metadata, which the crate ignores")
            }
            _ => reason(&text, &ours, theirs),
        };
    }
    match (ours, theirs) {
        (Ok(ours), Err(_)) if ours.warnings().iter().any(|warning| is_extension(warning.code)) => {
            Some("an extension of the dialect")
        }
        (Ok(_), Err(error)) => accepted(text, error),
        (Err(errors), Ok(_)) => errors.iter().find_map(|error| refused(text, error.code, &error.message)),
        (Ok(ours), Ok(theirs)) => other_bytes(text, ours.bytes(), theirs),
        (Err(_), Err(_)) => None,
    }
}

fn is_extension(code: Code) -> bool {
    matches!(code, Code::BareTypeIndex | Code::CharLiteral | Code::OldMemoryOrder)
}

/// Returns the reason why only gcwat accepts a text.
fn accepted(text: &str, error: &str) -> Option<&'static str> {
    match error {
        "expected at least one module field" => Some("a text without fields"),
        _ if text.contains("quote") => Some("a quoted module"),
        _ if text.contains("(try (do") => Some("legacy exceptions, folded"),
        "inline function type doesn't match type reference" | "unknown type: type index out of bounds"
            if has_empty_list(text) =>
        {
            Some("an empty `(param)` or `(result)`")
        }
        "unknown operator or unexpected token" if has_numbers_in_data(text) => {
            Some("a data segment that starts with a list of numbers")
        }
        "unknown operator or unexpected token" | "expected to continue a folded instruction"
            if has_block_in_segment(text) =>
        {
            Some("a block in place of an offset or an element")
        }
        _ => None,
    }
}

/// Whether the text has a `(param)` or `(result)` without types.
fn has_empty_list(text: &str) -> bool {
    ["(param", "(result"].iter().any(|word| {
        text.match_indices(word).any(|(at, _)| {
            let mut rest = text[at + word.len()..].trim_start();
            // Skip annotations and comments in it.
            for (open, close) in [("(@", ")"), (";;", "\n"), ("(;", ";)")].repeat(3) {
                if let Some((_, after)) = rest.strip_prefix(open).and_then(|inner| inner.split_once(close)) {
                    rest = after.trim_start();
                }
            }
            rest.starts_with(')')
        })
    })
}

/// Whether the text has a list of numbers, as in data segments.
fn has_numbers_in_data(text: &str) -> bool {
    let types = ["(i8", "(i16", "(i32", "(i64", "(f32", "(f64", "(v128"];
    let is_list = |ty: &str| {
        text.match_indices(ty).any(|(at, _)| text[at + ty.len()..].starts_with([' ', '\n', '(', ')']))
    };
    text.contains("(data") && types.into_iter().any(is_list)
}

/// Removes the code metadata that the crate ignores: all except branch hints.
fn without_other_metadata(text: &str) -> Option<String> {
    let word = "(@metadata.code.";
    let starts = text.match_indices(word).map(|(at, _)| at);
    let first = starts.into_iter().find(|at| !text[at + word.len()..].starts_with("branch_hint"))?;
    let end = first + form_len(&text[first..])?;
    let rest = format!("{} {}", &text[..first], &text[end..]);
    Some(without_other_metadata(&rest).unwrap_or(rest))
}

/// Returns the length of the form at the start of a text. `None` if it is not closed.
fn form_len(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    let close = text.find(|c| {
        depth = match c {
            '(' => depth + 1,
            ')' => depth - 1,
            _ => depth,
        };
        depth == 0
    });
    close.map(|close| close + 1)
}

/// Whether a segment contains a block, which is never valid.
fn has_block_in_segment(text: &str) -> bool {
    let blocks = ["(block", "(loop", "(if", "(try_table"];
    let has_block = |word: &str| {
        text.match_indices(word).any(|(at, _)| {
            let form = &text[at..at + form_len(&text[at..]).unwrap_or(text.len() - at)];
            blocks.iter().any(|block| form.contains(block))
        })
    };
    has_block("(elem") || has_block("(data")
}

/// Returns the reason why only the `wast` crate accepts a text.
fn refused(text: &str, code: Code, message: &str) -> Option<&'static str> {
    const BLOCKS: &[&str] = &[
        "has no `end`",
        "closes before the `end`",
        "unexpected `end`",
        "`else`",
        "`(else",
        "`(then",
        "`(catch",
        "`(delegate",
        "`(do`",
        "no block is open",
        "is for the legacy `try`",
        "the clauses of a `try_table`",
    ];
    match code {
        Code::Obsolete => Some("a bare table or memory index"),
        Code::ImportAfterDefinition => Some("an import after a tag"),
        _ if message.contains("only one start") => Some("two start functions"),
        _ if has_empty_list(text)
            && (message.contains("before `(result") || message.contains("found `(param`")) =>
        {
            Some("parameters after an empty `(result)`")
        }
        _ if message.contains("`+") => Some("a sign before an unsigned number"),
        Code::BadAnnotation if message == "code metadata must come before an instruction" => {
            Some("code metadata before an `end`")
        }
        Code::UnexpectedToken if message.contains("found `(@metadata.code.") => {
            Some("code metadata outside of a function")
        }
        Code::BadAnnotation if message.starts_with("a branch hint must be on a conditional branch") => {
            Some("a branch hint on another instruction")
        }
        _ if BLOCKS.iter().any(|word| message.replace("( ", "(").contains(word)) => {
            Some("blocks that are not closed or not in order")
        }
        _ => None,
    }
}

/// Returns the reason why a module has different bytes.
fn other_bytes(text: &str, ours: &[u8], theirs: &[u8]) -> Option<&'static str> {
    if text.contains("align=0x8000") {
        return Some("an alignment that is too large");
    }
    if is_rounded_otherwise(text, ours, theirs) {
        return Some("a hexadecimal float with many digits, which the crate rounds twice");
    }
    let is_named = |keyword: &str| text.contains(&format!("({keyword} (@name")) && text.contains("(import");
    if ["tag", "memory", "table", "global"].into_iter().any(is_named) {
        return Some("the name of an import in an annotation");
    }
    if has_block_in_segment(text) {
        return Some("a block in place of an offset, whose instructions the crate reorders");
    }
    let has_such_types = ["(sub", "(rec", "shared", "(ref", "(descriptor", "(describes"]
        .iter()
        .any(|word| text.contains(word));
    if has_such_types && is_same_but_for_types(ours, theirs) == Some(true) {
        return Some("a different implicit type");
    }
    None
}

/// Whether two modules differ only in the last digit of floats, and the text has floats with more digits than
/// an `f32`.
fn is_rounded_otherwise(text: &str, ours: &[u8], theirs: &[u8]) -> bool {
    let has_many_digits = text.match_indices("0x").any(|(at, _)| {
        let digits = text[at + 2..].chars().take_while(|&c| c.is_ascii_hexdigit() || "._".contains(c));
        digits.filter(char::is_ascii_hexdigit).count() > 7
    });
    let mut differ = ours.iter().zip(theirs).filter(|(ours, theirs)| ours != theirs);
    has_many_digits
        && ours.len() == theirs.len()
        && differ.all(|(ours, theirs)| ours.abs_diff(*theirs) == 1 || ours.abs_diff(*theirs) == 255)
}

/// Whether two modules are the same except for the types of their functions, blocks and calls.
fn is_same_but_for_types(ours: &[u8], theirs: &[u8]) -> Option<bool> {
    let parts = |bytes: &[u8]| -> Option<Vec<String>> {
        let mut parts = Vec::new();
        for payload in Parser::new(0).parse_all(bytes) {
            parts.push(match payload.ok()? {
                Payload::TypeSection(_) => "types".to_owned(),
                Payload::FunctionSection(funcs) => format!("{} functions", funcs.count()),
                Payload::TagSection(tags) => format!("{} tags", tags.count()),
                Payload::ImportSection(imports) => format!("{} imports", imports.count()),
                Payload::CodeSectionStart { count, .. } => format!("{count} bodies"),
                Payload::CodeSectionEntry(body) => {
                    let mut words = Vec::new();
                    for operator in body.get_operators_reader().ok()? {
                        let operator = format!("{:?}", operator.ok()?);
                        words.push(operator.split([' ', '{']).next()?.to_owned());
                    }
                    words.join(" ")
                }
                other => match other.as_section() {
                    Some((id, range)) => {
                        format!("{id}: {:02x?}", bytes.get(range.start as usize..range.end as usize)?)
                    }
                    None => continue,
                },
            });
        }
        parts.retain(|part| part != "types");
        Some(parts)
    };
    Some(parts(ours)? == parts(theirs)?)
}
