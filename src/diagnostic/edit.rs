//! The rule for edits: what a change of the text may do to its tokens.
//!
//! A change that breaks the rule is not machine-applicable, whatever it is meant for:
//!
//! 1. Each token outside of the edits stays the token it was. None is joined with another one or with what
//!    is written next to it, and none becomes part of a comment or a string.
//! 2. No comment or string in the edits is lost or becomes something else, unless it is in a form that is
//!    replaced as a whole, as `(@char "A")` is.
//! 3. What becomes part of a new comment or string is prose: no parenthesis, string, identifier or
//!    instruction. Numbers and keywords alone are not prose, except in `/* 2 */`, whose marks say so.
//!
//! The rule looks at tokens only. Whether the change removes the error is checked by those who can
//! assemble the text.

use super::{Edit, Suggestion};
use crate::span::Span;

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
    /// A word made like an instruction: with a dot, an underscore or an equals sign in it.
    Code,
    /// A number, a keyword, or marks without a letter. Prose can contain them, but they are not prose alone.
    Term,
    /// Any other word.
    Word,
}

impl LexemeKind {
    /// Whether it can be in the words of a comment or string, written without its marks.
    fn is_prose(self) -> bool {
        matches!(self, LexemeKind::Word | LexemeKind::Term | LexemeKind::Code)
    }
}

/// The lexemes of a source text that lie near edits.
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

    /// The edits with spaces where a replacement would become one token with what it touches, and where a
    /// separator was removed.
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

    /// From the lexeme before an edit to the start of the one after it.
    fn window(&self, source: &str, span: Span) -> Span {
        let touched = self.lexemes.partition_point(|lexeme| lexeme.span.end <= span.start);
        let before = touched.checked_sub(1).map_or(span.start, |at| self.lexemes[at].span.start);
        let after = self.lexemes.partition_point(|lexeme| lexeme.span.start < span.end);
        let after = match self.lexemes.get(after) {
            Some(lexeme) => {
                let end = lexeme.span.end.min(lexeme.span.start + LOOKAHEAD as u32) as usize;
                source.ceil_char_boundary(end)
            }
            None => self.lexemes.last().map_or(span.end, |last| last.span.end.max(span.end)) as usize,
        };
        Span::new(before.min(span.start), after as u32)
    }

    /// Whether the lexemes of a window outside of the edits stay as they are. Adds the others to `change`.
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
        // The parts of the source that stay, each with its new start.
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
            // The last lexeme may go on after the window.
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
    /// Whether those in the edits are prose.
    is_prose: bool,
    /// Whether there is a word among them.
    has_word: bool,
    /// Whether there is a word made like an instruction among them.
    has_code: bool,
    /// Whether there is a number or keyword among them.
    has_term: bool,
    /// The comments, each with whether it must be kept: it is not in a form that is replaced as a whole.
    comments: Vec<(&'s str, bool)>,
    strings: u32,
    /// The number of strings that must be kept.
    kept_strings: u32,
    /// The number of forms replaced as a whole that the next lexeme is in.
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

    /// Whether the comments and strings are kept, and new ones are made of prose.
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

/// Applies edits that are in order and do not overlap.
pub(crate) fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut done = 0;
    for edit in edits {
        out.push_str(&text[done..edit.span.start as usize]);
        out.push_str(&edit.replacement);
        done = edit.span.end as usize;
    }
    out.push_str(&text[done..]);
    out
}

/// Maps offsets of a text with edits applied back to the text before. An offset in a replacement is mapped
/// to the start of what was replaced.
pub(crate) struct Origin<'e> {
    edits: &'e [Edit],
    /// The start of each replacement in the new text.
    starts: Vec<i64>,
}

impl<'e> Origin<'e> {
    pub(crate) fn new(edits: &'e [Edit]) -> Origin<'e> {
        let mut moved = 0;
        let start = |edit: &Edit| {
            let start = i64::from(edit.span.start) + moved;
            moved += edit.replacement.len() as i64 - i64::from(edit.span.len());
            start
        };
        Origin { edits, starts: edits.iter().map(start).collect() }
    }

    pub(crate) fn of(&self, at: u32) -> u32 {
        let at = i64::from(at);
        let Some(last) = self.starts.partition_point(|&start| start <= at).checked_sub(1) else {
            return at as u32;
        };
        let Edit { span, replacement } = &self.edits[last];
        let end = self.starts[last] + replacement.len() as i64;
        if at < end { span.start } else { (i64::from(span.end) + at - end) as u32 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Applicability;
    use crate::lex::lexemes;

    /// The text with an edit of `from` applied if it is allowed, perhaps with spaces around it.
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
    fn what_is_moved_keeps_its_comments() {
        let moved = [("(then", "(else ;; c\n) (then"), (" (else ;; c\n)", "")];
        let expected = "(else ;; c\n) (then) x";
        assert_eq!(applied("(then) (else ;; c\n) x", &moved).as_deref(), Some(expected));
        let lost = [("(then", "(else) (then"), ("(else) ;; c", "")];
        assert_eq!(applied("(then) (else) ;; c\nx", &lost), None);
    }

    #[test]
    fn offsets_are_mapped_back_over_edits() {
        let edit = |start, end, text: &str| Edit { span: Span::new(start, end), replacement: text.into() };
        let edits = [edit(2, 4, "long"), edit(6, 6, "x")];
        let origin = Origin::new(&edits);
        let all: Vec<u32> = (0..11).map(|at| origin.of(at)).collect();
        assert_eq!(all, [0, 1, 2, 2, 2, 2, 4, 5, 6, 6, 7]);
    }
}
