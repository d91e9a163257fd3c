//! Calls, prose and functions of Lisp that are not WebAssembly text, each as one error.

use super::token::{BadToken, NEAR};
use crate::diagnostic::{Code, edit};
use crate::explain::repair::recoverable::Recoverable;
use crate::lex::{is_idchar, keyword, number};
use crate::span::{Span, ceil_boundary, floor_boundary};

/// The maximum length of a call and of a line of prose, in bytes. A list may have many commas.
const LONGEST: usize = 256;

/// The maximum number of arguments of a call.
const MOST_ARGUMENTS: usize = 64;

/// Forms that define a function in dialects of Lisp.
const LISP_HEADS: [&str; 4] = ["(defun ", "(defn ", "(define (", "(lambda "];

impl BadToken<'_> {
    /// `(defun add (a b) (+ a b))`, around the token.
    pub(super) fn lisp_function(&self) -> Option<Recoverable> {
        let end = self.span.start as usize;
        let from = ceil_boundary(self.source, end.saturating_sub(NEAR));
        let before = &self.source[from..end];
        let open = LISP_HEADS.iter().filter_map(|head| before.rfind(head)).max()?;
        let text = &self.source[from + open..];
        let text = &text[..floor_boundary(text, NEAR)];
        let mut depth = 0;
        let len = text.bytes().position(|byte| {
            match byte {
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            depth == 0
        })? + 1;
        let start = (from + open) as u32;
        let whole = Span::new(start, start + len as u32);
        if whole.end <= self.span.start {
            return None;
        }
        let word = text[1..].split(|c: char| !u8::try_from(c).is_ok_and(is_idchar)).next()?;
        let head = Span::new(start + 1, start + 1 + word.len() as u32);
        let message = format!("`{word}` is a function of Lisp, not WebAssembly text");
        let fault = self.error(Code::BadToken, head, message).read_as(whole, "");
        Some(fault.with_note("a function is written `(func $name (param ...) (result ...) ...)`"))
    }

    /// `$add(1, $x)`, before the comma.
    pub(super) fn foreign_call(&self) -> Option<Recoverable> {
        let end = self.span.start as usize;
        let before = &self.source[ceil_boundary(self.source, end.saturating_sub(LONGEST))..end];
        let open = before.rfind('(')?;
        let name = before[..open].rsplit(|c: char| !u8::try_from(c).is_ok_and(is_idchar)).next()?;
        if !name.starts_with('$') || name.len() < 2 {
            return None;
        }
        let rest = self.rest();
        let close = rest[..floor_boundary(rest, LONGEST)].find(')')?;
        let inner = &self.source[end - (before.len() - open) + 1..end + close];
        let arguments: Option<Vec<String>> = inner.split(',').take(MOST_ARGUMENTS).map(argument).collect();
        let mut start = end - (before.len() - open) - name.len();
        let called = self.source[..start].trim_end_matches(' ');
        let is_called = called.ends_with("call");
        let is_folded = called.ends_with("(call");
        let span = Span::new(start as u32, (start + name.len()) as u32);
        let message = format!("the operands of a call are instructions: `(call {name} ...)` has no commas");
        let fault = self.error(Code::BadToken, span, message);
        let Some(arguments) = arguments else {
            return Some(fault.read_as(Span::new(span.end, (end + close + 1) as u32), ""));
        };
        if is_called && !is_folded {
            start = called.len() - "call".len();
        }
        let whole = Span::new(start as u32, (end + close + 1) as u32);
        let operands = arguments.join(" ");
        let meant =
            if is_folded { format!("{name} {operands}") } else { format!("(call {name} {operands})") };
        Some(fault.with_guess(format!("write `{meant}`"), vec![edit(whole, meant)]))
    }

    /// A line of words at the level of the module: `TODO: write the rest`.
    pub(super) fn prose(&self) -> Option<Recoverable> {
        const LEAST: usize = 2;
        let near = self.span.start as usize;
        let near = &self.source[ceil_boundary(self.source, near.saturating_sub(LONGEST))..near];
        if !near.contains('\n') && near.len() + 1 >= LONGEST || near.ends_with([')', '(']) {
            return None;
        }
        let before = self.line_before();
        let start = self.span.start - before.trim_start().len() as u32;
        let line = &self.source[start as usize..self.line_end() as usize];
        let is_word = |word: &str| {
            word.trim_end_matches([':', '.', ',', '!', '?']).bytes().all(|byte| byte.is_ascii_alphabetic())
                && keyword::op(word).is_none()
        };
        let words: Vec<&str> = line.split_whitespace().collect();
        if words.len() < LEAST || !words.iter().all(|word| is_word(word)) {
            return None;
        }
        let span = Span::new(start, self.line_end());
        let fault = self.error(Code::BadToken, span, "unexpected text: a comment begins with `;;`");
        let mut fault = fault.with_guess("write `;;` before it", vec![edit(span.before(), ";; ")]);
        // The edited text is read again from here.
        fault.edits = vec![edit(span, "")];
        Some(fault)
    }

    /// Braces around the body of a function, or brackets instead of parentheses, with the closing one.
    pub(super) fn bracket_pair(&self, open: char, close: char) -> Option<Recoverable> {
        let rest = self.rest();
        let near = &rest[..floor_boundary(rest, NEAR)];
        let mut depth = 0;
        let len = near.bytes().position(|byte| {
            depth += i32::from(byte == open as u8) - i32::from(byte == close as u8);
            depth == 0
        })?;
        let inner = &near[1..len];
        let (first, last) = (self.first(1), Span::new(self.at(len), self.at(len + 1)));
        let count = |bracket: char| inner.matches(bracket).count();
        if inner.contains(['"', ';', '{', '[']) || count('(') != count(')') {
            return None;
        }
        let word = inner
            .trim_start()
            .split(|c: char| !u8::try_from(c).is_ok_and(is_idchar))
            .next()
            .unwrap_or_default();
        let shown = format!("`{open}`");
        let message = format!("{shown} is not a token: there are only round parentheses");
        let fault = self.error(Code::BadToken, first, message);
        let is_form = keyword::op(word).is_some()
            || matches!(
                word,
                "func" | "param" | "result" | "local" | "memory" | "table" | "global" | "then" | "else"
            );
        let edits = |[before, after]: [&str; 2]| vec![edit(first, before), edit(last, after)];
        let fault = fault.with_label(last, "it closes here");
        let mut fault = match (inner.trim_start().starts_with('('), is_form && open == '[') {
            (true, _) => fault.with_guess("remove both", edits(["", ""])),
            (_, true) => fault.with_guess("write `(` and `)`", edits(["(", ")"])),
            _ => return None,
        };
        // The tokens between them are read as well.
        fault.edits.truncate(1);
        Some(fault)
    }
}

/// An argument of a call as an instruction.
fn argument(text: &str) -> Option<String> {
    let text = text.trim();
    if text.starts_with('$') && text[1..].bytes().all(is_idchar) && text.len() > 1 {
        return Some(format!("(local.get {text})"));
    }
    if let Some((op, value)) = text.split_once(' ')
        && keyword::op(op).is_some()
        && value.trim().bytes().all(is_idchar)
    {
        return Some(format!("({op} {})", value.trim()));
    }
    let is_number = text.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    (is_number && number::magnitude(text).is_some()).then(|| format!("(i32.const {text})"))
}
