//! Escapes characters that end a line or are invisible. Names, strings and paths may contain any character, so all output
//! that quotes them is escaped here.
//!
//! [`line`], [`lines`] and [`same_length`] are for text that people read, [`json`] is for JSON; comments of programming
//! languages are in `emit/escape.rs`.

#[cfg(any(feature = "emit", feature = "report"))]
pub(crate) mod json;

use std::borrow::Cow;

/// Whether a character ends a line, controls a terminal, reorders the text around it, or is invisible.
pub(crate) fn is_unsafe(c: char) -> bool {
    match c {
        ' '..='~' => false,
        '\u{ad}'                            // soft hyphen
        | '\u{34f}'                         // combining grapheme joiner
        | '\u{61c}'                         // Arabic letter mark
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' // Hangul fillers
        | '\u{17b4}' | '\u{17b5}'           // Khmer inherent vowels
        | '\u{180b}'..='\u{180f}'           // Mongolian variation selectors and vowel separator
        | '\u{200b}'..='\u{200f}'           // zero-width characters, left-to-right and right-to-left marks
        | '\u{2028}' | '\u{2029}'           // line and paragraph separators
        | '\u{202a}'..='\u{202e}'           // bidirectional embeddings and overrides
        | '\u{2060}'..='\u{206f}'           // invisible operators, bidirectional isolates, deprecated controls
        | '\u{feff}'                        // byte order mark
        | '\u{fff9}'..='\u{fffb}'           // interlinear annotations
        | '\u{1bca0}'..='\u{1bca3}'         // shorthand format controls
        | '\u{1d173}'..='\u{1d17a}'         // musical controls
        | '\u{e0000}'..='\u{e0fff}' => true, // tags, variation selectors
        _ => c.is_control(),
    }
}

/// Whether every byte is a printable ASCII character, so that nothing needs to be escaped.
pub(crate) fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// Escapes a name or message for one line. Each unsafe character becomes `\u{...}`.
pub(crate) fn line(text: &str) -> Cow<'_, str> {
    escape(text, is_unsafe)
}

/// Escapes text of several lines. Line feeds are kept.
pub(crate) fn lines(text: &str) -> Cow<'_, str> {
    escape(text, |c| c != '\n' && is_unsafe(c))
}

fn escape(text: &str, is_escaped: impl Fn(char) -> bool) -> Cow<'_, str> {
    if is_plain(text) || !text.contains(&is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_escaped(c) { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    Cow::Owned(out)
}

/// Replaces each unsafe character of source text by another character of the same length, so that offsets stay valid. Tabs
/// and line ends are kept.
#[cfg_attr(not(feature = "report"), allow(dead_code, reason = "only reports show source text"))]
pub(crate) fn same_length(text: &str) -> Cow<'_, str> {
    let is_kept = |c: char, next: Option<&char>| match c {
        '\t' | '\n' => true,
        // A carriage return alone would move the cursor to the start of the line.
        '\r' => next == Some(&'\n'),
        _ => !is_unsafe(c),
    };
    let is_common = |&byte: &u8| matches!(byte, b' '..=b'~' | b'\t' | b'\n');
    // Without an early exit in a chunk, the check is vectorized.
    let are_common = |chunk: &[u8]| chunk.iter().fold(true, |all, byte| all & is_common(byte));
    if text.as_bytes().chunks(4096).all(are_common) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c.len_utf8() {
            _ if is_kept(c, chars.peek()) => out.push(c),
            1 => out.push('?'),
            2 => out.push('\u{b7}'),
            3 => out.push('\u{fffd}'),
            _ => out.push_str("\u{fffd}?"),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsafe_characters_are_written_as_escapes() {
        assert_eq!(line("plain \u{e9} \u{4e16}"), "plain \u{e9} \u{4e16}");
        let text = "a\nb\u{1b}[31m\u{85}\u{2028}\u{202e}\u{feff}\u{e0041}";
        assert_eq!(line(text), "a\\u{a}b\\u{1b}[31m\\u{85}\\u{2028}\\u{202e}\\u{feff}\\u{e0041}");
        assert_eq!(lines("a\nb\r"), "a\nb\\u{d}");
    }

    #[test]
    fn substitutes_have_the_length_of_the_characters() {
        let text = "a\u{1b}\t\u{85}\u{202e}\u{e0041}\r\n\rb\u{e9}";
        let shown = same_length(text);
        assert_eq!(shown, "a?\t\u{b7}\u{fffd}\u{fffd}?\r\n?b\u{e9}");
        assert_eq!(shown.len(), text.len());
    }
}
