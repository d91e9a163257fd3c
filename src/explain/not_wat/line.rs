//! A line of input in an unknown format.

use crate::span::floor_boundary;
use std::ops::Range;

/// The range that was recognized.
pub(super) type Found = Option<Range<usize>>;

/// A line of the input.
pub(super) struct Line<'s> {
    /// The line with the contents of strings and comments replaced.
    pub(super) code: &'s str,
    /// The line without trailing white space, as long as `code`.
    pub(super) raw: &'s str,
    /// `code` without white space at the start.
    text: &'s str,
    /// Whether some line of the input is `#endif`.
    pub(super) has_endif: bool,
}

impl<'s> Line<'s> {
    pub(super) fn new(code: &'s str, raw: &'s str, has_endif: bool) -> Line<'s> {
        let code = code.trim_end();
        // Most white space is ASCII, which is found faster.
        let text = code.trim_start_matches('\u{feff}').trim_ascii_start().trim_start();
        Line { code, raw: raw.trim_end(), text, has_endif }
    }

    /// Whether the line is neither empty nor a comment, including comments of other languages.
    pub(super) fn is_significant(&self) -> bool {
        let text = self.raw.trim_start_matches(['\u{feff}', ' ', '\t']);
        let is_comment = ["//", "/*", "* ", "*/"].iter().any(|mark| text.starts_with(mark)) || text == "*";
        !is_comment && !self.code.trim_start_matches('\u{feff}').trim().is_empty()
    }

    pub(super) fn text(&self) -> &'s str {
        self.text
    }

    pub(super) fn raw_text(&self) -> &'s str {
        self.raw.trim_start_matches('\u{feff}').trim_start()
    }

    pub(super) fn indent(&self) -> usize {
        self.code.len() - self.text().len()
    }

    /// Returns the whole line if `condition` holds.
    pub(super) fn found_if(&self, condition: bool) -> Found {
        condition.then(|| self.indent()..self.raw.len().max(self.indent()))
    }

    /// Returns the offset of a text that contains quotes, unless it begins in a string or a comment.
    pub(super) fn find_raw(&self, text: &str) -> Option<usize> {
        self.raw.find(text).filter(|&at| self.code.as_bytes().get(at) == self.raw.as_bytes().get(at))
    }

    /// Whether the line contains one of the texts, not at the end of a longer word.
    pub(super) fn contains_word(&self, parts: &[&str]) -> bool {
        parts.iter().any(|part| {
            let is_part = |c: char| c.is_ascii_alphanumeric() || "$_./-:".contains(c);
            self.text().find(part).is_some_and(|at| !self.text()[..at].ends_with(is_part))
        })
    }

    /// The words of the line, separated by white space.
    pub(super) fn words(&self) -> impl Iterator<Item = &'s str> {
        self.text().split_ascii_whitespace()
    }

    pub(super) fn first_word(&self) -> &'s str {
        self.words().next().unwrap_or_default()
    }

    /// Whether the first character is one of these ASCII characters.
    pub(super) fn starts_with_one_of(&self, starts: &str) -> bool {
        self.text.bytes().next().is_some_and(|first| starts.as_bytes().contains(&first))
    }

    pub(super) fn starts_with_any(&self, starts: &[&str]) -> bool {
        starts.iter().any(|start| self.text().starts_with(start))
    }

    pub(super) fn contains_any(&self, parts: &[&str]) -> bool {
        parts.iter().any(|part| self.text().contains(part))
    }

    /// Whether the line ends like a statement or the head of a block.
    pub(super) fn ends_statement(&self) -> bool {
        let text = strip_comment(self.text());
        text.ends_with([';', '{', '}', ','])
    }
}

/// The maximum length of a placeholder or a tag.
pub(super) const NEAR: usize = 256;

/// Returns the start of a text, up to the end of its line.
pub(super) fn near(text: &str) -> &str {
    let near = &text[..floor_boundary(text, NEAR)];
    near.split('\n').next().unwrap_or_default()
}

/// Returns the text without a trailing comment of C.
pub(super) fn strip_comment(text: &str) -> &str {
    text.split("//").next().unwrap_or_default().trim_end()
}

/// Returns the identifier at the start of a text, or an empty text.
pub(super) fn identifier(text: &str) -> &str {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let len = text.find(|c| !is_part(c)).unwrap_or(text.len());
    if text.starts_with(|c: char| c.is_ascii_digit()) { "" } else { &text[..len] }
}

/// Whether a text is an identifier directly followed by parentheses, after one of the words.
pub(super) fn is_call_after(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| {
            let name = identifier(rest.trim_start_matches(' '));
            let rest = rest.trim_start_matches(' ');
            !name.is_empty() && !name.starts_with('$') && rest[name.len()..].starts_with(['(', '<', '['])
        })
    })
}

/// Whether a text begins with one of the words and a name, and ends with a brace.
pub(super) fn is_block_after(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| {
            let rest = rest.trim_start_matches(' ');
            let name = identifier(rest);
            !name.is_empty() && !name.starts_with('$') && rest.ends_with('{')
        })
    })
}

/// Returns the range of a part of a text.
pub(super) fn range_in(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr() as usize - text.as_ptr() as usize;
    start..start + part.len()
}
