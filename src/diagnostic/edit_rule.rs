//! The rule for machine-applicable edits: what they may do to the tokens of the source text.
//!
//! An edit that breaks the rule is not machine-applicable, whatever its purpose:
//!
//! 1. Each token outside the edits stays the same token. No token is joined with another token or with inserted
//!    text, and no token becomes part of a comment or a string.
//! 2. No comment or string in the edits is lost or becomes something else, unless it is in a form that is
//!    replaced as a whole, as `(@char "A")` is.
//! 3. Text that becomes part of a new comment or string is prose: it has no parenthesis, string, identifier or
//!    instruction. Numbers and keywords alone are not prose, except between `/*` and `*/`.
//!
//! The rule concerns tokens only. `explain/applicability.rs` checks whether an edit removes its error.

use super::edit::{Edit, Suggestion};
use crate::span::{Span, ceil_boundary};

/// A token or a comment of the source text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lexeme {
    pub(crate) kind: LexemeKind,
    pub(crate) span: Span,
    /// The number of strings in it.
    pub(crate) strings: u32,
}

/// The kind of a lexeme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LexemeKind {
    /// `(`, or `(@` with the name of an annotation.
    Open,
    Close,
    Comment,
    String,
    /// An identifier.
    Id,
    /// The name of an instruction.
    Instruction,
    /// A word with a dot, an underscore or an equals sign, like the name of an instruction.
    Code,
    /// A number, a keyword, or punctuation without a letter. Prose may contain it, but does not consist of it.
    Term,
    /// Any other word, or a character that begins no token.
    Word,
}

impl LexemeKind {
    /// Whether the lexeme can be a word of a comment or string whose delimiters are missing.
    fn is_prose(self) -> bool {
        matches!(self, LexemeKind::Word | LexemeKind::Term | LexemeKind::Code)
    }
}

/// The lexemes of a source text near edits.
pub(crate) struct Neighbours {
    /// In the order of the text.
    lexemes: Vec<Lexeme>,
}

/// The number of bytes of a lexeme after the edits that decide whether it still begins there.
const LOOKAHEAD: usize = 4;

impl Neighbours {
    /// Collects the lexemes near the edits of `suggestions` out of `all`, the lexemes of the source text.
    pub(crate) fn new<'s>(
        all: impl Iterator<Item = Lexeme>,
        suggestions: impl Iterator<Item = &'s Suggestion>,
    ) -> Neighbours {
        let mut spans: Vec<Span> = suggestions.flat_map(|s| &s.edits).map(|edit| edit.span).collect();
        spans.sort_unstable();
        let mut spans = spans.into_iter().peekable();
        let mut lexemes: Vec<Lexeme> = Vec::new();
        let mut before: Option<Lexeme> = None;
        // The end of the edits whose neighbourhood is being collected.
        let mut wanted: Option<u32> = None;
        for lexeme in all {
            while let Some(span) = spans.next_if(|span| span.start < lexeme.span.end) {
                wanted = wanted.max(Some(span.end));
            }
            match wanted {
                Some(end) => {
                    lexemes.extend(before.take());
                    lexemes.push(lexeme);
                    if lexeme.span.start >= end {
                        wanted = None;
                    }
                }
                None => before = Some(lexeme),
            }
        }
        // Edits after the last lexeme.
        if spans.peek().is_some() {
            lexemes.extend(before);
        }
        Neighbours { lexemes }
    }

    /// Whether the edits, in order and without overlap, keep the rule. `lex` returns the lexemes of a text.
    pub(crate) fn allow(&self, source: &str, edits: &[Edit], lex: &dyn Fn(&str) -> Vec<Lexeme>) -> bool {
        let mut change = Change { is_prose: true, ..Change::default() };
        let mut rest = edits;
        while let Some(first) = rest.first() {
            // Edits with no untouched lexeme between them are looked at together.
            let mut count = 1;
            let mut window = self.window(source, first.span);
            while let Some(next) = rest.get(count).filter(|next| next.span.start <= window.end) {
                window = window.to(self.window(source, next.span));
                count += 1;
            }
            if !self.keeps_others(source, window, &rest[..count], lex, &mut change) {
                return false;
            }
            rest = &rest[count..];
        }
        change.keeps_and_adds_prose_only()
    }

    /// Returns the edits, with a space added where a replacement would join an adjacent token, and where a separator was
    /// removed.
    pub(crate) fn kept_apart(&self, edits: &[Edit]) -> Vec<Edit> {
        let touches_edit = |other: Option<&Edit>, place: u32| {
            other.is_some_and(|other| other.span.start == place || other.span.end == place)
        };
        let apart = |(at, edit): (usize, &Edit)| {
            let Span { start, end } = edit.span;
            let joins = |found: Result<usize, usize>| {
                found.is_ok_and(|at| !matches!(self.lexemes[at].kind, LexemeKind::Open | LexemeKind::Close))
            };
            let before = joins(self.lexemes.binary_search_by_key(&start, |lexeme| lexeme.span.end))
                && !touches_edit(at.checked_sub(1).map(|at| &edits[at]), start);
            let after = joins(self.lexemes.binary_search_by_key(&end, |lexeme| lexeme.span.start))
                && !touches_edit(edits.get(at + 1), end);
            let replacement = &edit.replacement;
            let replacement = match (before, after) {
                (true, true) if replacement.is_empty() => " ".to_owned(),
                _ if replacement.is_empty() => String::new(),
                _ => {
                    let space = |is_needed: bool| if is_needed { " " } else { "" };
                    format!("{}{replacement}{}", space(before), space(after))
                }
            };
            Edit { span: edit.span, replacement }
        };
        edits.iter().enumerate().map(apart).collect()
    }

    /// Returns the range from the lexeme before an edit to the start of the lexeme after it.
    fn window(&self, source: &str, span: Span) -> Span {
        let touched = self.lexemes.partition_point(|lexeme| lexeme.span.end <= span.start);
        let before = touched.checked_sub(1).map_or(span.start, |at| self.lexemes[at].span.start);
        let after = self.lexemes.partition_point(|lexeme| lexeme.span.start < span.end);
        let after = match self.lexemes.get(after) {
            Some(lexeme) => {
                let end = lexeme.span.end.min(lexeme.span.start + LOOKAHEAD as u32) as usize;
                ceil_boundary(source, end)
            }
            None => self.lexemes.last().map_or(span.end, |last| last.span.end.max(span.end)) as usize,
        };
        Span::new(before.min(span.start), after as u32)
    }

    /// Whether the lexemes of a window that are outside the edits stay the same. Adds the other lexemes to `change`.
    fn keeps_others<'s>(
        &self,
        source: &'s str,
        window: Span,
        edits: &[Edit],
        lex: &dyn Fn(&str) -> Vec<Lexeme>,
        change: &mut Change<'s>,
    ) -> bool {
        let first = self.lexemes.partition_point(|lexeme| lexeme.span.start < window.start);
        let end = self.lexemes.partition_point(|lexeme| lexeme.span.start < window.end);
        let mut text = String::new();
        // The unchanged parts of the source, each with its new start.
        let mut kept: Vec<(Span, u32)> = Vec::new();
        let mut done = window.start;
        for Edit { span, replacement } in edits {
            kept.push((Span::new(done, span.start), text.len() as u32));
            text.push_str(&source[done as usize..span.start as usize]);
            text.push_str(replacement);
            done = span.end;
        }
        kept.push((Span::new(done, window.end), text.len() as u32));
        text.push_str(&source[done as usize..window.end as usize]);
        let new = lex(&text);
        let mut is_outside = vec![false; new.len()];
        for lexeme in &self.lexemes[first..end] {
            let Span { start, end } = lexeme.span;
            // The last lexeme may continue after the window.
            let goes_on = end > window.end && start >= done;
            let part = kept.partition_point(|(part, _)| part.end < end.min(window.end));
            let part = kept.get(part).filter(|(part, _)| part.start <= start && start < part.end);
            let Some((part, moved_to)) = part else {
                change.touch(source, lexeme);
                continue;
            };
            change.depth = 0;
            let moved = start - part.start + moved_to;
            let found = new.binary_search_by_key(&moved, |lexeme| lexeme.span.start);
            let is_same = found.is_ok_and(|index| {
                is_outside[index] = true;
                goes_on || (new[index].span.len() == lexeme.span.len() && new[index].kind == lexeme.kind)
            });
            if !is_same {
                return false;
            }
        }
        let put_in = new.iter().zip(&is_outside).filter(|(_, outside)| !**outside);
        put_in.for_each(|(lexeme, _)| change.put_in(&text, lexeme));
        true
    }
}

/// The lexemes that edits change.
#[derive(Default)]
struct Change<'s> {
    /// Whether all lexemes in the edits are prose.
    is_prose: bool,
    /// Whether one of them is a word.
    has_word: bool,
    /// Whether one of them is a word like the name of an instruction.
    has_code: bool,
    /// Whether one of them is a number or a keyword.
    has_term: bool,
    /// The comments in the edits, each with whether it must be kept. A comment in a form that is replaced as a whole
    /// need not be kept.
    comments: Vec<(&'s str, bool)>,
    strings: u32,
    /// The number of strings that must be kept.
    kept_strings: u32,
    /// The nesting depth of the next lexeme in forms that are replaced as a whole.
    depth: u32,
    new_comments: Vec<String>,
    new_strings: u32,
}

impl<'s> Change<'s> {
    fn touch(&mut self, source: &'s str, lexeme: &Lexeme) {
        let is_kept = self.depth == 0;
        self.is_prose &= lexeme.kind.is_prose() && lexeme.strings == 0;
        self.has_word |= lexeme.kind == LexemeKind::Word;
        self.has_code |= lexeme.kind == LexemeKind::Code;
        let has_letter = |text: &str| text.contains(|c: char| c.is_alphanumeric());
        self.has_term |= lexeme.kind == LexemeKind::Term && has_letter(&source[lexeme.span.range()]);
        self.strings += lexeme.strings;
        self.kept_strings += if is_kept { lexeme.strings } else { 0 };
        match lexeme.kind {
            LexemeKind::Open => self.depth += 1,
            LexemeKind::Close => self.depth = self.depth.saturating_sub(1),
            LexemeKind::Comment => self.comments.push((&source[lexeme.span.range()], is_kept)),
            _ => {}
        }
    }

    fn put_in(&mut self, text: &str, lexeme: &Lexeme) {
        self.new_strings += lexeme.strings;
        if lexeme.kind == LexemeKind::Comment {
            self.new_comments.push(text[lexeme.span.range()].to_owned());
        }
    }

    /// Whether comments and strings are kept, and new comments and strings consist of prose.
    fn keeps_and_adds_prose_only(mut self) -> bool {
        for (comment, is_kept) in self.comments {
            match self.new_comments.iter().position(|new| new == comment) {
                Some(at) => _ = self.new_comments.swap_remove(at),
                None if is_kept => return false,
                None => {}
            }
        }
        let has_new = !self.new_comments.is_empty() || self.new_strings > self.strings;
        let is_line = self.new_comments.iter().any(|comment| comment.starts_with(";;"));
        let can_be_line = !self.has_code && (self.has_word || !self.has_term);
        let is_prose = self.is_prose && (can_be_line || !is_line);
        self.new_strings >= self.kept_strings && (is_prose || !has_new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::edit::{Applicability, apply};
    use crate::lex::lexemes;

    /// Applies the edits if the rule allows them, perhaps with spaces around the replacements.
    fn applied(source: &str, changes: &[(&str, &str)]) -> Option<String> {
        let edits: Vec<Edit> = changes
            .iter()
            .map(|(from, to)| {
                let start = source.find(from).expect("the text to replace") as u32;
                Edit { span: Span::new(start, start + from.len() as u32), replacement: (*to).to_owned() }
            })
            .collect();
        let suggestion = Suggestion {
            message: String::new(),
            edits: edits.clone(),
            applicability: Applicability::MachineApplicable,
        };
        let neighbours = Neighbours::new(lexemes(source, 0), std::iter::once(&suggestion));
        let lex = |text: &str| lexemes(text, 0).collect::<Vec<_>>();
        [edits.clone(), neighbours.kept_apart(&edits)]
            .into_iter()
            .find(|edits| neighbours.allow(source, edits, &lex))
            .map(|edits| apply(source, &edits))
    }

    #[test]
    fn a_token_next_to_an_edit_is_not_joined() {
        for (source, from, to, expected) in [
            ("(memory 1,2)", ",", "", "(memory 1 2)"),
            ("(memory 1, 2)", ",", "", "(memory 1 2)"),
            ("a local.get($a)", "($a)", "$a", "a local.get $a"),
            ("(a(b)c)", "(b)", "d", "(a d c)"),
            ("\"a\",\"b\"", ",", "", "\"a\" \"b\""),
            ("a ; b", " b", ";b", "a ; ;b"),
            ("(get_local 0)", "get_local", "local.get", "(local.get 0)"),
        ] {
            assert_eq!(applied(source, &[(from, to)]).as_deref(), Some(expected), "{source}");
        }
    }

    #[test]
    fn no_token_becomes_part_of_a_comment_or_string() {
        for (source, from, to) in [
            ("nop; call $f\nnop", ";", ";;"),
            ("a # b (c)", "#", ";;"),
            ("a {b} (c)", "{", "(;"),
            ("a 'b c' d", "'b", "\"b"),
            ("a ;; b\nc", "\n", " "),
            ("a (; b ;) c", "(; b ;)", "d"),
            ("a \"b\" c", "\"b\"", "b"),
            ("a ( ; b", " ;", ";"),
            ("// call $f", "// call $f", ";; call $f"),
            ("1; 2\n", "; 2", ";; 2"),
            ("i32; i64\n", "; i64", ";; i64"),
            ("i32 # mut\n", "# mut", ";; mut"),
            ("a ; offset=4\n", "; offset=4", ";; offset=4"),
            ("a ; get_local 0\n", "; get_local 0", ";; get_local 0"),
            ("#unreachable\n", "#unreachable", ";;unreachable"),
            ("// nop\n", "// nop", ";; nop"),
            ("nop; Call it\n", "; Call it", ";; Call it"),
        ] {
            assert_eq!(applied(source, &[(from, to)]), None, "{source}");
        }
        assert!(applied("// adds a number\nnop", &[("// adds a number", ";; adds a number")]).is_some());
        assert!(applied("// push 1\nnop", &[("// push 1", ";; push 1")]).is_some());
        assert!(applied("a /* 2 */ b", &[("/* 2 */", "(; 2 ;)")]).is_some());
        assert!(applied("a 'b' c", &[("'b'", "\"b\"")]).is_some());
    }

    #[test]
    fn moved_text_keeps_its_comments() {
        let moved = [("(then", "(else ;; c\n) (then"), (" (else ;; c\n)", "")];
        let expected = "(else ;; c\n) (then) x";
        assert_eq!(applied("(then) (else ;; c\n) x", &moved).as_deref(), Some(expected));
        let lost = [("(then", "(else) (then"), ("(else) ;; c", "")];
        assert_eq!(applied("(then) (else) ;; c\nx", &lost), None);
    }
}
