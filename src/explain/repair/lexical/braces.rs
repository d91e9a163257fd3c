//! Braces around blocks, and addresses in brackets, as in other languages.

use super::token::{BadToken, NEAR};
use crate::diagnostic::{Code, edit};
use crate::explain::repair::recoverable::Recoverable;
use crate::lex::{is_idchar, keyword, number};
use crate::span::{Span, ceil_boundary, floor_boundary};

/// The maximum length of an address in brackets, in bytes.
const LONGEST: usize = 128;

impl BadToken<'_> {
    /// `}` instead of the `end` of a flat block.
    pub(super) fn brace_of_block(&self) -> Option<Recoverable> {
        let end = self.span.start as usize;
        let before = &self.source[ceil_boundary(self.source, end.saturating_sub(NEAR))..end];
        // The flat blocks that are open in each of the open parentheses.
        let mut open: Vec<usize> = vec![0];
        let mut rest = before;
        while let Some(at) = rest.find(|c: char| matches!(c, '(' | ')' | ';' | '"') || c.is_ascii_lowercase())
        {
            let from = &rest[at..];
            let len = match from.as_bytes()[0] {
                b'(' => {
                    open.push(0);
                    let word = from[1..].bytes().take_while(|byte| is_idchar(*byte)).count();
                    1 + word
                }
                b')' => {
                    open.pop();
                    if open.is_empty() {
                        open.push(0);
                    }
                    1
                }
                b';' => from.find('\n').unwrap_or(from.len()),
                b'"' => from[1..].find(['"', '\n']).map_or(from.len(), |len| len + 2),
                _ => {
                    let len = from.bytes().take_while(|byte| is_idchar(*byte)).count().max(1);
                    let is_word = !rest[..at].bytes().next_back().is_some_and(is_idchar);
                    let last = open.len() - 1;
                    match &from[..len] {
                        "block" | "loop" | "if" | "try" | "try_table" if is_word => open[last] += 1,
                        "end" if is_word => open[last] = open[last].saturating_sub(1),
                        _ => {}
                    }
                    len
                }
            };
            rest = &from[len..];
        }
        if open.last().is_none_or(|blocks| *blocks == 0) || self.is_before_else(self.first(1)) {
            return None;
        }
        let brace = self.first(1);
        let message = "`}` is not a token: a block without parentheses ends with `end`";
        Some(self.error(Code::BadToken, brace, message).with_guess("write `end`", vec![edit(brace, "end")]))
    }

    /// `block $b {`: the brace after the head of a flat block.
    pub(super) fn brace_after_block(&self) -> Option<Recoverable> {
        let before = self.line_before().trim_end();
        let head =
            before.rfind('(').map_or(before, |at| if before.ends_with(')') { &before[..at] } else { before });
        let mut words = head.split_whitespace().rev();
        let last = words.next()?;
        let word = if last.starts_with('$') { words.next()? } else { last };
        let is_folded = word.starts_with('(');
        if !matches!(word.trim_start_matches('('), "block" | "loop" | "if" | "else" | "try_table") {
            return None;
        }
        let brace = self.first(1);
        let message = "`{` is not a token: the instructions of a block follow directly";
        let fault = self.error(Code::BadToken, brace, message);
        let space = before.len() as u32 + self.span.start - self.line_before().len() as u32;
        let whole = Span::new(space, brace.end);
        let Some(close) = self.closing_brace() else {
            return Some(fault.with_guess("remove it", vec![edit(whole, "")]));
        };
        let is_end = !is_folded && !self.is_before_else(close);
        let edits = vec![edit(whole, ""), edit(close, if is_end { "end" } else { "" })];
        let fault = fault.with_label(close, "the block ends here");
        let help = if is_end { "write `end` after the block instead of braces" } else { "remove both" };
        let mut fault = fault.with_guess(help, edits);
        // The tokens between them are read as well.
        fault.edits.truncate(1);
        Some(fault)
    }

    /// Whether an `else` follows.
    fn is_before_else(&self, at: Span) -> bool {
        self.source[at.end as usize..].trim_start().starts_with("else")
    }

    /// The brace that closes the one at the start of the token.
    fn closing_brace(&self) -> Option<Span> {
        let rest = self.rest();
        let mut depth = 0;
        let at = rest[..floor_boundary(rest, NEAR)].bytes().position(|byte| {
            depth += i32::from(byte == b'{') - i32::from(byte == b'}');
            depth == 0
        })?;
        Some(Span::new(self.at(at), self.at(at + 1)))
    }

    /// `(if (c) { A } else { B })`
    pub(super) fn braces_of_if(&self) -> Option<Recoverable> {
        if self.enclosing_word() != Some("if") {
            return None;
        }
        let first = self.closing_brace()?;
        let mut edits = vec![edit(self.first(1), "(then"), edit(first, ")")];
        let rest = &self.source[first.end as usize..];
        let other = rest.trim_start();
        if let Some(after) = other.strip_prefix("else")
            && after.trim_start().starts_with('{')
        {
            let at = |part: &str| first.end + (rest.len() - part.len()) as u32;
            let brace = at(after.trim_start());
            let inner = BadToken { span: Span::new(brace, brace + 1), ..*self };
            edits.push(edit(Span::new(at(other), brace + 1), "(else"));
            edits.push(edit(inner.closing_brace()?, ")"));
        }
        let message = "`{` is not a token: the arms of an `if` are `(then ...)` and `(else ...)`";
        let fault = self.error(Code::BadToken, self.first(1), message);
        let arms = if edits.len() > 2 { "`(then ...)` and `(else ...)`" } else { "`(then ...)`" };
        Some(fault.with_guess(format!("write {arms}"), edits))
    }

    /// `while (c) { A }`, without parentheses around it.
    pub(super) fn foreign_loop(&self) -> Option<Recoverable> {
        let line = self.line_before();
        let head = line.trim_start();
        let word = head.split(|c: char| !c.is_ascii_alphabetic()).next()?;
        let condition = head[word.len()..].trim();
        let is_condition = condition.starts_with('(') && condition.ends_with(')');
        if !matches!(word, "while" | "for" | "until") || !is_condition {
            return None;
        }
        let close = self.closing_brace()?;
        let start = self.span.start - head.len() as u32;
        let word_span = Span::new(start, start + word.len() as u32);
        let message = format!("unknown instruction `{word}`: a loop is a `loop` that a branch repeats");
        let fault = self.error(Code::UnknownInstruction, word_span, message);
        let fault = fault.with_note("a `loop` repeats only at a `br` to its label");
        // The condition and the body are read as they are.
        let fault = fault.read_as(word_span, "").read_as(self.first(1), "drop");
        Some(fault.read_as(close, ""))
    }

    /// `[0]` as an operand, in parentheses.
    pub(super) fn index(&self) -> Option<Recoverable> {
        let rest = self.rest();
        let len = rest[..floor_boundary(rest, LONGEST)].find([']', '\n', '\r', ';', '"'])?;
        let is_folded = self.line_before().trim_end().ends_with(')');
        let inner = rest[1..len].trim();
        if !rest[len..].starts_with(']') || !is_folded || inner.contains('+') {
            return None;
        }
        let meant = address(inner)?;
        let whole = Span::new(self.span.start, self.at(len + 1));
        let message = "`[` is not a token: an index is an operand";
        let fault = self.error(Code::BadToken, self.first(1), message);
        Some(fault.with_guess(format!("write `{meant}`"), vec![edit(whole, meant)]))
    }

    /// `[$p + 8]`, the address of a load or store.
    pub(super) fn address(&self) -> Option<Recoverable> {
        let line = self.line_before();
        let before = line.trim_end();
        let start = before.len() - before.bytes().rev().take_while(|byte| is_idchar(*byte)).count();
        let name = &before[start..];
        let op = keyword::op(name)?;
        op.immediates().natural_alignment()?;
        let rest = self.rest();
        let len = rest[..floor_boundary(rest, LONGEST)].find([']', '\n', '\r', ';', '"'])?;
        let inner = rest[1..len].trim();
        if !rest[len..].starts_with(']') || inner.is_empty() {
            return None;
        }
        let whole = Span::new(self.span.start, self.at(len + 1));
        let message = "`[` is not a token: an address is an operand, and its offset an immediate";
        let fault = self.error(Code::BadToken, self.first(1), message);
        let is_folded = before[..start].ends_with('(');
        let instr = Span::new(self.span.start - (line.len() - start) as u32, whole.end);
        let operands = op.row().signature.split("->").next().unwrap_or_default().split_whitespace().count();
        Some(match address(inner).filter(|_| is_folded || operands == 1) {
            Some(meant) if is_folded => {
                fault.with_guess(format!("write `{meant}`"), vec![edit(whole, meant)])
            }
            Some(meant) => {
                let meant = format!("({name} {meant})");
                fault.with_guess(format!("write `{meant}`"), vec![edit(instr, meant)])
            }
            None if is_folded => fault.read_as(whole, "(unreachable)"),
            None => fault.read_as(instr, "unreachable"),
        })
    }
}

/// `$p + 8` as an offset and an instruction.
fn address(text: &str) -> Option<String> {
    let (base, offset) = match text.split_once('+') {
        Some((base, offset)) => (base.trim(), Some(offset.trim())),
        None => (text, None),
    };
    let is_number =
        |text: &str| text.starts_with(|c: char| c.is_ascii_digit()) && number::magnitude(text).is_some();
    let base = match base.strip_prefix('$') {
        Some(name) if !name.is_empty() && name.bytes().all(is_idchar) => format!("(local.get {base})"),
        _ if is_number(base) => format!("(i32.const {base})"),
        _ if base.strip_prefix("local.get $").is_some_and(|name| name.bytes().all(is_idchar)) => {
            format!("({base})")
        }
        _ => return None,
    };
    match offset {
        Some(offset) if is_number(offset) => Some(format!("offset={offset} {base}")),
        Some(_) => None,
        None => Some(base),
    }
}
