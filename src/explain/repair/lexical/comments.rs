//! Comments that are never closed, and comments of other languages.

use super::token::BadToken;
use crate::diagnostic::{Code, Diagnostic, edit};
use crate::explain::repair::recoverable::Recoverable;
use crate::lex::keyword;
use crate::span::Span;

impl BadToken<'_> {
    pub(super) fn open_comment(&self) -> Recoverable {
        let error = self.error(Code::Unterminated, self.first(2), "this comment is never closed");
        if self.rest().starts_with("(;;") {
            let edits = vec![edit(self.first(3), ";;")];
            let mut fault = error.with_guess("to comment out the rest of the line, write `;;`", edits);
            let rest = Span::new(self.at(3), self.line_end());
            fault.edits.push(edit(rest, &self.source[rest.range()]));
            return fault;
        }
        // The index of a definition, as tools print it: `(;0;)`.
        let digits = self.rest()[2..].bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 && self.rest()[2 + digits..].starts_with(';') {
            let end = self.at(3 + digits);
            return error.with_guess("add `)`", vec![edit(Span::new(end, end), ")")]);
        }
        let end = Span::new(self.line_end(), self.line_end());
        error.with_guess("add `;)`", vec![edit(end, " ;)")])
    }

    /// Explains a comment of another language, whose mark has `len` bytes.
    pub(super) fn foreign_comment(&self, len: usize) -> Recoverable {
        let span = self.first(len);
        let mark = &self.source[span.range()];
        let message = format!("`{mark}` does not begin a comment; `;;` does");
        // The rest of the line becomes a comment, so it is part of the edit.
        let rest = Span::new(span.end, self.line_end());
        if let Some(end) = self.end_before_parentheses(rest) {
            let error = self.error(Code::BadToken, span, message);
            if self.source[span.end as usize..end as usize].trim().is_empty() {
                return error.with_guess("remove it", vec![edit(span, "")]);
            }
            let end = Span::new(end, end);
            let fault = error.with_guess("write `(;` and `;)`", vec![edit(span, "(;"), edit(end, " ;)")]);
            return Recoverable { edits: vec![edit(span.to(end), "")], ..fault };
        }
        let edits = vec![edit(span, ";;"), edit(rest, &self.source[rest.range()])];
        self.error(Code::BadToken, span, message).with_fix("write `;;`", edits)
    }

    /// Returns the end of a comment on the last line of the text, before the parentheses that close open forms.
    /// `None` if the line is not the last, or if it closes nothing.
    fn end_before_parentheses(&self, rest: Span) -> Option<u32> {
        let mut words = &self.source[rest.range()];
        let count = |parenthesis: u8| words.bytes().filter(|&byte| byte == parenthesis).count();
        let closing = count(b')').saturating_sub(count(b'('));
        if closing == 0 || !self.source[rest.end as usize..].trim_start().is_empty() {
            return None;
        }
        for _ in 0..closing {
            words = words.strip_suffix(')')?.trim_end();
        }
        Some(rest.start + words.len() as u32)
    }

    pub(super) fn semicolon(&self) -> Recoverable {
        let line = self.line();
        let last_word = self.line_before().rsplit([' ', '\t', '(']).next().unwrap_or_default();
        let ends_code = last_word.ends_with(')') || keyword::op(last_word).is_some();
        if line.starts_with(";)") && !ends_code {
            let span = self.first(2);
            let error = self.error(Code::BadToken, span, "unexpected `;)`: no comment is open");
            let before = self.line_before();
            let words = before[before.rfind(['(', ')', '"', ';']).map_or(0, |at| at + 1)..].trim_start();
            let first = words.split(' ').next().unwrap_or_default();
            return if words.is_empty() || keyword::op(first).is_some() {
                error.with_guess("remove it", vec![edit(span, "")])
            } else {
                let start = self.span.start - words.len() as u32;
                let mut fault = error.with_guess("add `(;`", vec![edit(Span::new(start, start), "(; ")]);
                fault.edits = vec![edit(Span::new(start, span.end), format!("(; {words};)"))];
                fault
            };
        }
        let rest = line[1..].trim_start();
        let code = rest.trim_start_matches([')', ' ', '\t']);
        let ends_line = code.is_empty() || code.starts_with(";;") || code.starts_with("(;");
        // As in C, if it touches the code before it and an instruction or a form follows.
        let first = rest.split([' ', '\t', '(', ')']).next().unwrap_or_default();
        let separates = self.line_before().ends_with(|c: char| !c.is_whitespace())
            && (rest.starts_with('(') || keyword::op(first).is_some());
        if ends_code && line.starts_with(";)") || ends_line || separates {
            let message = "unexpected `;`: instructions follow each other without it";
            let error = self.error(Code::BadToken, self.first(1), message);
            return error.with_guess_if(separates, "remove the semicolon", vec![edit(self.first(1), "")]);
        }
        let comment = self.foreign_comment(1);
        let message = "one `;` does not begin a comment; two do, `;;`".to_owned();
        Recoverable { diagnostic: Diagnostic { message, ..comment.diagnostic }, ..comment }
    }

    pub(super) fn starred_comment(&self) -> Recoverable {
        let span = self.first(2);
        let error = self.error(Code::BadToken, span, "`/*` does not begin a comment; `(;` does");
        // The `*` that begins it does not end it: `/*/`.
        match self.rest().get(2..).and_then(|inside| inside.find("*/")) {
            Some(len) => {
                let len = len + 2;
                let end = Span::new(self.at(len), self.at(len + 2));
                let inner = Span::new(span.end, end.start);
                let text = &self.source[inner.range()];
                let edits = vec![edit(span, "(;"), edit(inner, text), edit(end, ";)")];
                let mut fault = error.with_fix("write `(;` and `;)`", edits);
                // The whole comment is skipped.
                fault.edits = vec![edit(span.to(end), "(;;)")];
                fault
            }
            _ => error.read_as(Span::new(self.span.start, self.line_end()), ""),
        }
    }
}
