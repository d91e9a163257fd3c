//! The second pass: parentheses that are never closed, or that close nothing.
//!
//! A missing parenthesis is noticed only at the end of the text. Its location must be guessed from the
//! structure: a field begins in another one, a form contains what it cannot hold, or the indentation of a
//! line is less than expected. The text is cut at the lines at which fields begin, so that the guess is made
//! only within the field whose parentheses do not balance.

use super::keywords::FIELDS;
use super::recoverable::Recoverable;
use crate::diagnostic::{Code, Diagnostic, Edit, Label, edit};
use crate::instr::Op;
use crate::lex::{self, block_comment_len, is_idchar, rest_of_string};
use crate::span::Span;

/// Finds the parentheses that do not balance.
pub(super) fn check(source: &str, whole: Span) -> Vec<Recoverable> {
    let (events, last) = events(source, whole);
    let net: i64 = events.iter().map(|event| event.step()).sum();
    let mut low = 0;
    let mut depth = 0;
    for event in &events {
        depth += event.step();
        low = low.min(depth);
    }
    if net == 0 && low == 0 && !closes_early(source, &events) {
        return Vec::new();
    }
    let mut walk =
        Walk { source, open: Vec::new(), faults: Vec::new(), missing: 0, extra: 0, last: None, line: (0, 0) };
    let base = usize::from(events.first().is_some_and(|event| event.head(source) == "module"));
    let cuts = cuts(source, &events, base);
    for (index, &start) in cuts.iter().enumerate() {
        let end = cuts.get(index + 1).copied().unwrap_or(events.len());
        let is_last = end == events.len();
        let part = &events[start..end];
        let mut net: i64 = part.iter().map(|event| event.step()).sum();
        if index == 0 {
            net -= base as i64;
        }
        if is_last {
            net += base as i64;
        }
        walk.missing = net.max(0) as usize;
        walk.extra = (-net).max(0) as usize;
        for event in part {
            walk.step(event);
        }
        if !is_last {
            walk.reopen(base);
        }
        let place = events.get(end).map_or(last, |event| event.before);
        // A module that is left open is still open after its last field.
        walk.close_to(if is_last { 0 } else { base }, place);
    }
    walk.faults.iter_mut().for_each(count);
    walk.faults
}

/// The maximum number of labels for parentheses that are missing at one location.
const MOST_LABELS: usize = 20;

/// Puts the number of missing parentheses into the suggestion if it is more than one.
fn count(fault: &mut Recoverable) {
    if fault.diagnostic.code == Code::UnclosedParenthesis
        && let [change] = &fault.edits[..]
        && change.replacement.len() > 1
        && let Some(suggestion) = fault.diagnostic.suggestions.first_mut()
    {
        suggestion.message = format!("add the {} parentheses here", change.replacement.len());
        suggestion.edits = vec![change.clone()];
    }
}

/// Whether the module ends before a line that begins a field and is indented.
fn closes_early(source: &str, events: &[Event]) -> bool {
    let mut depth = 0;
    let mut ended = false;
    for event in events {
        if ended && event.kind == EventKind::Open {
            return event.indent.is_some_and(|indent| indent > 0) && event.is_field(source);
        }
        depth += event.step();
        ended |= depth == 0;
    }
    false
}

/// A parenthesis, or a word that helps to match parentheses.
#[derive(Clone, Copy, Debug)]
struct Event {
    at: u32,
    kind: EventKind,
    /// The indentation of its line, if it is the first on it.
    indent: Option<u32>,
    /// The end of the token before it.
    before: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum EventKind {
    Open,
    Close,
    /// Another token, if it is the first on its line or a keyword.
    Word,
}

impl Event {
    fn step(&self) -> i64 {
        match self.kind {
            EventKind::Open => 1,
            EventKind::Close => -1,
            EventKind::Word => 0,
        }
    }

    fn head_span(&self, source: &str) -> Span {
        // A token other than a parenthesis may begin with a longer character.
        let first = self.at + source[self.at as usize..].chars().next().map_or(1, |c| c.len_utf8() as u32);
        let rest = &source[first as usize..];
        let start = first + (rest.len() - rest.trim_start().len()) as u32;
        Span::new(start, start + word_at(source, start as usize).len() as u32)
    }

    /// The keyword after an opening parenthesis.
    fn head<'s>(&self, source: &'s str) -> &'s str {
        &source[self.head_span(source).range()]
    }

    /// Whether a field begins here. A use such as `(func $f)` or `(type 0)` is not a field.
    fn is_field(&self, source: &str) -> bool {
        let head = self.head_span(source);
        match &source[head.range()] {
            "elem" | "data" | "start" | "rec" | "import" => true,
            "func" | "type" | "table" | "memory" | "global" | "tag" | "export" => {
                let rest = source[head.end as usize..].trim_start();
                let name = word_at(rest, 0);
                let is_reference = name.starts_with(|c: char| c == '$' || c.is_ascii_digit())
                    && rest[name.len()..].trim_start().starts_with(')');
                !is_reference
            }
            _ => false,
        }
    }
}

/// The word at an offset.
fn word_at(source: &str, at: usize) -> &str {
    let rest = &source[at..];
    let len = rest.bytes().position(|byte| !is_idchar(byte)).unwrap_or(rest.len());
    &rest[..len]
}

/// The number of bytes of the word at an offset, or of the character there if it cannot be part of a word.
fn word_len(source: &str, at: usize) -> usize {
    let first = source[at..].chars().next().map_or(1, char::len_utf8);
    word_at(source, at).len().max(first)
}

/// Returns the parentheses outside of strings and comments, the words that help to match them, and the end of
/// the last token.
fn events(source: &str, whole: Span) -> (Vec<Event>, u32) {
    let bytes = &source.as_bytes()[..whole.end as usize];
    let mut events = Vec::new();
    let mut at = whole.start as usize;
    let mut before = whole.start;
    let mut indent = Some(0);
    while at < bytes.len() {
        match bytes[at] {
            b'\n' => indent = Some(0),
            b' ' => indent = indent.map(|indent| indent + 1),
            b'\t' => indent = indent.map(|indent| indent + 8 - indent % 8),
            b'\r' => {}
            b';' if bytes.get(at + 1) == Some(&b';') => {
                at += bytes[at..].iter().position(|&byte| byte == b'\n').unwrap_or(bytes.len() - at);
                continue;
            }
            b'(' if bytes.get(at + 1) == Some(&b';') => {
                at += 2;
                at += block_comment_len(&bytes[at..]).unwrap_or(bytes.len() - at);
                continue;
            }
            byte => {
                let kind = match byte {
                    b'(' => EventKind::Open,
                    b')' => EventKind::Close,
                    _ => EventKind::Word,
                };
                let len = match byte {
                    b'"' => 1 + rest_of_string(&bytes[at + 1..]),
                    _ if kind == EventKind::Word => word_len(source, at),
                    _ => 1,
                };
                let follows_open = events
                    .last()
                    .is_some_and(|last: &Event| last.kind == EventKind::Open && before == last.at + 1);
                let is_keyword = byte.is_ascii_lowercase();
                if kind != EventKind::Word || ((indent.is_some() || is_keyword) && !follows_open) {
                    events.push(Event { at: at as u32, kind, indent, before });
                }
                indent = None;
                at += len;
                while !source.is_char_boundary(at) {
                    at += 1;
                }
                before = at as u32;
                continue;
            }
        }
        at += 1;
    }
    (events, before)
}

/// Returns the events at which fields begin, judged by the indentation. The first is the start of the text.
fn cuts(source: &str, events: &[Event], base: usize) -> Vec<usize> {
    let mut cuts = vec![0];
    let mut of_field: Option<u32> = None;
    for (index, event) in events.iter().enumerate().skip(base) {
        let Some(indent) = event.indent.filter(|_| event.kind == EventKind::Open) else { continue };
        // At the indentation of fields, `(func $f)` is a field, too.
        let is_field = match of_field {
            Some(of_field) if indent <= of_field => FIELDS.contains(&event.head(source)),
            _ => event.is_field(source),
        };
        if !is_field {
            continue;
        }
        if of_field.is_none_or(|of_field| indent <= of_field) {
            of_field = Some(indent);
            if index > base {
                cuts.push(index);
            }
        }
    }
    cuts
}

/// An open parenthesis.
#[derive(Clone, Copy)]
struct Entry<'s> {
    event: Event,
    head: &'s str,
    /// The indentation of its line.
    indent: u32,
    /// The start of its line.
    line: u32,
}

struct Walk<'s> {
    source: &'s str,
    open: Vec<Entry<'s>>,
    faults: Vec<Recoverable>,
    /// The number of closing parentheses that are missing in the field.
    missing: usize,
    /// The number of surplus closing parentheses in the field.
    extra: usize,
    /// The form that was closed last.
    last: Option<Closed<'s>>,
    /// The indentation of the current line, and its start.
    line: (u32, u32),
}

/// A closed form, its closing parenthesis, and the start of the line of that parenthesis.
#[derive(Clone, Copy)]
struct Closed<'s> {
    entry: Entry<'s>,
    close: Event,
    line: u32,
}

impl<'s> Walk<'s> {
    fn step(&mut self, event: &Event) {
        if let Some(indent) = event.indent {
            self.at_line(event, indent);
            self.line = (indent, event.at);
        }
        self.at_module(event);
        match event.kind {
            EventKind::Word => {
                // A type does not have the name of an instruction, and no keyword follows a number or an
                // index.
                let word = word_at(self.source, event.at as usize);
                let is_out_of_place = self.open.last().is_some_and(|top| match top.head {
                    "param" | "result" | "local" => lex::op(word).is_some(),
                    head => {
                        lex::op(head).is_some_and(has_no_operands)
                            && !word.starts_with("nan")
                            && !word.starts_with("inf")
                            && head != "v128.const"
                    }
                });
                if self.missing > 0 && is_out_of_place {
                    self.close_top(event.before);
                }
                if self.extra > 0 && self.lacks_opening(word) {
                    self.open_before(event, word);
                }
            }
            EventKind::Open => {
                let head = event.head(self.source);
                while self.missing > 0 && self.open.last().is_some_and(|_| !self.can_hold(head)) {
                    self.close_top(event.before);
                }
                let (indent, line) = self.line;
                self.open.push(Entry { event: *event, head, indent, line });
            }
            EventKind::Close => match self.open.pop() {
                Some(entry) => self.last = Some(Closed { entry, close: *event, line: self.line.1 }),
                None => self.never_opened(event),
            },
        }
    }

    /// Text other than a field follows a field: that field was closed too early.
    fn at_module(&mut self, event: &Event) {
        if self.extra == 0 || self.open.last().is_some_and(|top| top.head != "module") {
            return;
        }
        let word = match event.kind {
            EventKind::Close => return,
            EventKind::Open => event.head(self.source),
            EventKind::Word => word_at(self.source, event.at as usize),
        };
        let is_field = word == "module" || word.starts_with('@') || FIELDS.contains(&word);
        if !is_field && let Some(Closed { entry, close, .. }) = self.last {
            self.remove_close(&close, Some(entry));
            self.open.push(entry);
            self.last = None;
        }
    }

    /// Whether a word in the innermost form can only be the keyword of a form of its own.
    fn lacks_opening(&self, word: &str) -> bool {
        let Some(top) = self.open.last() else { return FIELDS.contains(&word) };
        // These keywords always follow a parenthesis.
        if matches!(
            word,
            "param" | "result" | "local" | "export" | "import" | "field" | "mut" | "ref" | "type" | "then"
        ) {
            return true;
        }
        match top.head {
            "module" => FIELDS.contains(&word),
            "func" | "block" | "loop" | "try_table" => false,
            "if" => word == "else",
            "import" | "export" => matches!(word, "func" | "table" | "memory" | "global" | "tag"),
            "type" => matches!(word, "func" | "struct" | "array" | "sub"),
            head => lex::op(head).is_some() && !is_block(head) && lex::op(word).is_some(),
        }
    }

    /// Opens a form before a word, which is a guess.
    fn open_before(&mut self, event: &Event, word: &'s str) {
        self.extra -= 1;
        let place = Span::new(event.at, event.at);
        let span = Span::new(event.at, event.at + word.len() as u32);
        let message = format!("expected `(` before `{word}`");
        let fault = Recoverable::new(Diagnostic::error(Code::UnopenedParenthesis, span, message));
        self.faults.push(fault.with_guess(format!("write `({word}`"), vec![edit(place, "(")]));
        let (indent, line) = self.line;
        self.open.push(Entry { event: *event, head: word, indent, line });
    }

    /// Closes or reopens forms by the indentation of a line.
    fn at_line(&mut self, event: &Event, indent: u32) {
        if event.kind == EventKind::Close {
            // A parenthesis alone on its line closes the form with the same indentation.
            while self.missing > 0
                && let [.., below, top] = self.open[..]
                && top.indent > indent
                && below.indent == indent
                && top.line != below.line
            {
                self.close_top(event.before);
            }
            return;
        }
        while self.missing > 0
            && let Some(top) = self.open.last()
            && top.indent >= indent
            && self.open.len() > 1
        {
            self.close_top(event.before);
        }
        while self.extra > 0
            && let Some(Closed { entry, close, line }) = self.last
            && entry.indent < indent
            && (entry.line != line
                || (entry.event.at == line
                    && (lex::op(entry.head).is_none() || is_block(entry.head))
                    && self.open.last().is_none_or(|top| top.line != line)))
        {
            self.remove_close(&close, Some(entry));
            self.open.push(entry);
            self.last = None;
        }
    }

    /// Whether the innermost form can contain one with this keyword.
    fn can_hold(&self, head: &str) -> bool {
        let [.., top] = &self.open[..] else { return true };
        let is_use = self.open.len() > 2
            && self.open[self.open.len() - 2].head != "module"
            && matches!(top.head, "type" | "table" | "memory" | "global" | "elem" | "data");
        match top.head {
            "param" | "result" | "local" => matches!(head, "ref" | "shared"),
            "mut" => matches!(head, "ref" | "shared"),
            "field" => matches!(head, "ref" | "mut" | "shared"),
            "ref" => matches!(head, "exact" | "shared"),
            "export" => {
                let inline = self.open.len() > 1 && self.open[self.open.len() - 2].head != "module";
                !inline && matches!(head, "func" | "table" | "memory" | "global" | "tag")
            }
            "then" => !matches!(head, "then" | "else"),
            _ if head.starts_with('@') || top.head.starts_with('@') => true,
            _ if is_use && self.open[self.open.len() - 2].head != "rec" => {
                !matches!(head, "param" | "result" | "local" | "then")
            }
            word => match lex::op(word) {
                Some(op) => {
                    // The arms of an `if` that is open.
                    let is_arm = matches!(head, "then" | "else")
                        && word != "if"
                        && self.open.iter().any(|entry| entry.head == "if");
                    !has_no_operands(op)
                        && !is_arm
                        && (is_block(word) || !matches!(head, "local" | "func" | "data"))
                }
                None => true,
            },
        }
    }

    /// Closes the innermost form at an offset, which is a guess.
    fn close_top(&mut self, place: u32) {
        let Some(entry) = self.open.pop() else { return };
        self.missing = self.missing.saturating_sub(1);
        self.never_closed(entry, place);
    }

    /// Closes all forms but the outer `depth`, after a field.
    fn close_to(&mut self, depth: usize, place: u32) {
        while self.open.len() > depth {
            self.close_top(place);
        }
    }

    /// Reopens the forms outside of the field that a parenthesis in it has closed.
    fn reopen(&mut self, depth: usize) {
        while self.extra > 0
            && self.open.len() < depth
            && let Some(Closed { entry, close, .. }) = self.last.take()
        {
            self.remove_close(&close, Some(entry));
            self.open.push(entry);
        }
    }

    fn never_closed(&mut self, entry: Entry<'s>, place: u32) {
        let open = Span::new(entry.event.at, entry.event.at + 1);
        let place = Span::new(place, place);
        let change = edit(place, ")");
        // Several parentheses that are missing at one location are one error.
        if let Some(last) = self.faults.last_mut()
            && last.diagnostic.code == Code::UnclosedParenthesis
            && last.edits.last().is_some_and(|edit| edit.span == place)
        {
            last.edits[0].replacement.push(')');
            let labels = &mut last.diagnostic.labels;
            if labels.len() < MOST_LABELS && labels.iter().all(|label| label.span != open) {
                labels.push(Label { span: open, message: "this one is not closed, either".into() });
            }
            return;
        }
        let message = match entry.head {
            "" => "this parenthesis is never closed".to_owned(),
            head => format!("this parenthesis of `({head}` is never closed"),
        };
        let fault = Recoverable::new(Diagnostic::error(Code::UnclosedParenthesis, open, message));
        self.faults.push(fault.with_guess("add `)` here", vec![change]));
    }

    fn never_opened(&mut self, event: &Event) {
        self.extra = self.extra.saturating_sub(1);
        self.remove_close(event, None);
    }

    /// Reports a surplus closing parenthesis and removes it. `closes` is the form that it closed, if any.
    fn remove_close(&mut self, close: &Event, closes: Option<Entry<'s>>) {
        self.extra = self.extra.saturating_sub(usize::from(closes.is_some()));
        let span = Span::new(close.at, close.at + 1);
        // Further ones are follow-up errors.
        if closes.is_none()
            && let Some(last) = self.faults.last_mut()
            && last.diagnostic.code == Code::UnopenedParenthesis
        {
            let change: Edit = edit(span, "");
            last.edits.push(change.clone());
            if let Some(suggestion) = last.diagnostic.suggestions.first_mut() {
                suggestion.message = "remove the parentheses".into();
                suggestion.edits.push(change);
            }
            return;
        }
        let message = match closes {
            Some(_) => "unexpected closing parenthesis: it closes too much",
            None => "unexpected closing parenthesis: no parenthesis is open",
        };
        let mut diagnostic = Diagnostic::error(Code::UnopenedParenthesis, span, message);
        if let Some(entry) = closes {
            let open = Span::new(entry.event.at, entry.event.at + 1);
            let message = format!(
                "it closes this parenthesis of `({}`, before lines that are indented as a part of it",
                entry.head
            );
            diagnostic = diagnostic.with_label(open, message);
        }
        self.faults
            .push(Recoverable::new(diagnostic).with_guess("remove the parenthesis", vec![edit(span, "")]));
    }
}

/// Whether an instruction takes no operands, so that nothing is folded into it.
fn has_no_operands(op: Op) -> bool {
    let word = op.mnemonic();
    word.ends_with(".const")
        || matches!(word, "local.get" | "global.get" | "ref.func" | "nop" | "memory.size")
}

fn is_block(word: &str) -> bool {
    matches!(
        word,
        "block" | "loop" | "if" | "try" | "try_table" | "call_indirect" | "return_call_indirect" | "select"
    )
}
