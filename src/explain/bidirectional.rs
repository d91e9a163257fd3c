//! Warnings about characters that change the order in which text is shown. In a comment or a string they can
//! make the source look like another program. Outside of both they are errors of the lexer.

use crate::characters::{code_point, is_bidirectional};
use crate::diagnostic::{Applicability, Code, Diagnostic, Edit, edit};
use crate::lex::bytes::is_small;
use crate::lex::{block_comment_len, is_escaped, line_comment_len, rest_of_string};
use crate::span::Span;

/// Returns the warnings for a part of a source text: one for each string and each line of a comment.
pub(crate) fn warnings(source: &str, whole: Span) -> Vec<Diagnostic> {
    let bytes = &source.as_bytes()[..whole.end as usize];
    let Some(first) = find(&bytes[whole.start as usize..]) else { return Vec::new() };
    let first = whole.start as usize + first;
    let mut warnings = Vec::new();
    let mut at = whole.start as usize;
    while let Some(skipped) = memchr::memchr2(b'"', b';', &bytes[at..]) {
        let start = at + skipped;
        at = start + 1;
        let rest = &bytes[at..];
        let place = match bytes[start] {
            b'"' => {
                at += rest_of_string(rest);
                Place::String
            }
            _ if rest.first() == Some(&b';') => {
                at += line_comment_len(rest);
                Place::Comment
            }
            _ if start > whole.start as usize && bytes[start - 1] == b'(' => {
                at += block_comment_len(rest).unwrap_or(rest.len());
                Place::Comment
            }
            _ => continue,
        };
        if at > first {
            warn(source, start, at, place, &mut warnings);
        }
    }
    warnings
}

/// The kinds of tokens in which these characters are allowed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    String,
    Comment,
}

/// Whether the bytes contain the lead byte of these characters.
pub(crate) fn may_occur(bytes: &[u8]) -> bool {
    match is_small(bytes) {
        true => bytes.contains(&LEAD),
        false => memchr::memchr(LEAD, bytes).is_some(),
    }
}

/// The lead byte of these characters, and of most punctuation outside ASCII.
const LEAD: u8 = 0xe2;

/// Returns the offset of the first of these characters.
fn find(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(LEAD, bytes)
        .find(|&at| matches!(bytes[at + 1..], [0x80, 0xaa..=0xae, ..] | [0x81, 0xa6..=0xa9, ..]))
}

/// Adds the warnings for a string or a comment.
fn warn(source: &str, start: usize, end: usize, place: Place, warnings: &mut Vec<Diagnostic>) {
    let mut from = start;
    for line in source[start..end].split_inclusive(['\n', '\r']) {
        if find(line.as_bytes()).is_some() {
            warnings.extend(warning(source, from, line, place));
        }
        from += line.len();
    }
}

/// Returns the warning for the part of a string or comment that is on one line.
fn warning(source: &str, start: usize, line: &str, place: Place) -> Option<Diagnostic> {
    let mut found = line.char_indices().filter(|(_, character)| is_bidirectional(*character));
    let span = |at: usize, character: char| {
        let at = (start + at) as u32;
        Span::new(at, at + character.len_utf8() as u32)
    };
    let (first, character) = found.clone().next()?;
    let others = found.clone().count() - 1;
    let more = if others == 0 { String::new() } else { format!(" and {others} more of its kind") };
    let (what, help, applicability) = match place {
        Place::String => ("string", "write an escape", Applicability::MachineApplicable),
        Place::Comment => ("comment", "remove it", Applicability::MaybeIncorrect),
    };
    let name = code_point(character);
    let message =
        format!("this {what} contains {name}{more}, so it may be shown in another order than it is read");
    let edits: Vec<Edit> = found
        .by_ref()
        .filter(|(at, _)| place == Place::Comment || !is_escaped(&source.as_bytes()[..start + at]))
        .map(|(at, character)| match place {
            Place::String => edit(span(at, character), format!("\\u{{{:x}}}", character as u32)),
            Place::Comment => edit(span(at, character), ""),
        })
        .collect();
    let warning = Diagnostic::warning(Code::BidirectionalText, span(first, character), message);
    Some(match edits.is_empty() {
        true => warning,
        false => warning.with_edits(help, edits, applicability),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str) -> Vec<(u32, usize)> {
        let found = warnings(text, Span::new(0, text.len() as u32));
        found.iter().map(|warning| (warning.span.start, warning.suggestions[0].edits.len())).collect()
    }

    #[test]
    fn each_string_and_each_line_of_a_comment_has_a_warning() {
        let text = ";; a \u{202e}\n(; \u{2066}\u{2069} \n (; \u{202a} ;) \n ;) (@a \"\\\"\u{202d}\") $\"\u{202c}\" \u{2068}";
        assert_eq!(places(text), [(5, 1), (12, 2), (24, 1), (43, 1), (51, 1)]);
    }

    #[test]
    fn other_characters_of_the_same_first_bytes_have_no_warning() {
        assert_eq!(places(";; \u{2019} \u{2026} \u{202f} \u{2065} \u{206a} \u{200f}"), []);
        assert_eq!(places(";; a\u{e2}"), []);
    }
}
