//! The source text of an instruction: its keyword, and its first operand.

use super::finding::Site;
use crate::lex::{is_idchar, rest_of_string};
use crate::span::Span;

/// Returns the keyword of an instruction. The `end` of a folded block is a parenthesis.
pub(super) fn keyword(source: &str, site: Site) -> Span {
    let mnemonic = site.op.mnemonic();
    let rest = &source[site.start as usize..];
    Span::new(site.start, site.start + if rest.starts_with(mnemonic) { mnemonic.len() as u32 } else { 1 })
}

/// Returns the first operand after the keyword of an instruction, if it is a word on the same line.
pub(super) fn operand(source: &str, site: Site) -> Option<Span> {
    let end = keyword(source, site).end as usize;
    let rest = &source[end..];
    let space = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let len = match rest[space..].strip_prefix("$\"") {
        Some(string) => rest_of_string(string.as_bytes()) + 2,
        None => rest[space..].bytes().take_while(|byte| is_idchar(*byte) || !byte.is_ascii()).count(),
    };
    let start = (end + space) as u32;
    (len > 0 && space > 0).then_some(Span::new(start, start + len as u32))
}

/// Returns the label of a block, or its keyword if the label is elsewhere.
pub(super) fn label(source: &str, site: Site) -> Span {
    let label = operand(source, site).filter(|&operand| source[operand.range()].starts_with('$'));
    label.unwrap_or(keyword(source, site))
}

/// Returns the opening parenthesis of a form and what follows on its line, up to the next parenthesis.
pub(super) fn head(source: &str, form: Span) -> Span {
    let text = &source[form.range()];
    let end =
        text.bytes().skip(1).position(|byte| b"()\r\n;".contains(&byte)).map_or(text.len(), |at| at + 1);
    Span::new(form.start, form.start + text[..end].trim_end().len() as u32)
}
