//! The structural scan: splits the source text into top-level forms, by parentheses only.
//!
//! This is the only stage that reads characters without the lexer, because it must finish before any other stage can
//! start. It recognizes strings and comments only to ignore the parentheses in them.

pub(crate) mod structural;

use crate::ast::Naming;
use crate::lex::{BLOCK, Lexer, Token, TokenKind, comment_len, is_escaped, line_comment_len, string};
use crate::parallel;
use crate::span::{Span, floor_boundary};
use memchr::memmem;
use structural::{BATCH_LEN, Batch, Marks, find_marks};

/// A top-level form: a field of a module, or a command of a script.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    pub(crate) span: Span,
    pub(crate) kind: FormKind,
}

/// The kind of a form, by its first word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FormKind {
    /// A function.
    Func,
    /// A data segment.
    Data,
    /// Any other field of a module.
    Field,
    /// An annotation.
    Annotation,
    /// A module.
    Module,
    /// A form without a closing parenthesis.
    Broken,
    /// Any other form.
    Other,
}

impl FormKind {
    /// Whether the form is a field of a module.
    pub(crate) fn is_field(self) -> bool {
        matches!(self, FormKind::Func | FormKind::Data | FormKind::Field)
    }
}

/// The top-level forms of a module.
#[derive(Default)]
pub(crate) struct ModuleText {
    pub(crate) naming: Naming,
    pub(crate) forms: Vec<Form>,
    /// The whole form, if it is a binary or quoted module.
    pub(crate) given: Option<Span>,
}

/// A fault of the parentheses or of the text between forms.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ScanFault {
    /// A token between forms.
    BetweenForms(Token),
    /// Text after the end of a module: its first token, and the parenthesis of the form.
    AfterModule(Token, Span),
    /// The parenthesis of a module among fields.
    ModuleAmongFields(Span),
    /// The string of an annotation `@name` of a module, if it is not UTF-8.
    NameNotUtf8(Span),
    /// An opening parenthesis that is never closed.
    NeverClosed(Span),
    /// The start of an unterminated comment or string, and the word for it.
    NeverTerminated(Span, &'static str),
    /// A closing parenthesis without an opening one.
    NeverOpened(Span),
}

/// Splits the source text of a module, with or without `(module` around it.
///
/// In a script, `definition` may follow `module`.
pub(crate) fn module(
    source: &str,
    whole: Span,
    in_script: bool,
    threads: usize,
    faults: &mut Vec<ScanFault>,
) -> ModuleText {
    let mut text = ModuleText::default();
    let mut tokens = Lexer::plain(source, whole);
    let first = tokens.next();
    match first {
        Some(token) if token.kind == TokenKind::ParenModule => {
            let open = Span::new(token.start, token.start + 1);
            let mut end = token.span().end;
            let mut next = tokens.next();
            if let Some(definition) = next.filter(|token| in_script && token.kind == TokenKind::Definition) {
                end = definition.span().end;
                next = tokens.next();
            }
            if let Some(id) = next.filter(|token| token.kind == TokenKind::Id) {
                text.naming.id = Some(id.span());
                end = id.span().end;
                next = tokens.next();
            }
            match next.map(|token| token.kind) {
                Some(TokenKind::Binary | TokenKind::Quote) => {
                    let mut scan = Scan::new(source, whole);
                    let mut forms = scan.forms(faults, None);
                    if let Some(at) = forms.iter().position(|form| form.kind == FormKind::Module) {
                        text.given = Some(forms.remove(at).span);
                    }
                    refuse_rest(source, &forms, faults);
                    return text;
                }
                Some(TokenKind::AtName) => {
                    let (name, close) = (tokens.next(), tokens.next());
                    if let (Some(name), Some(close)) = (name, close)
                        && name.kind == TokenKind::String
                        && close.kind == TokenKind::Close
                    {
                        text.naming.name = Some(name.span());
                        let decoded = string::decode(&source[name.span().range()]);
                        if std::str::from_utf8(&decoded).is_err() {
                            faults.push(ScanFault::NameNotUtf8(name.span()));
                        }
                        end = close.span().end;
                    }
                }
                _ => {}
            }
            let inner = Span::new(end, whole.end);
            let mut scan = Scan::new(source, inner);
            match forms_on_threads(source, inner, true, threads) {
                Some((forms, end)) => {
                    text.forms = forms;
                    scan.go_to(end);
                }
                None => text.forms = scan.forms(faults, Some(open)),
            }
            let rest = Span::new(scan.at as u32, whole.end);
            let more = Scan::new(source, rest).forms(faults, None);
            refuse_rest(source, &more, faults);
        }
        _ => {
            text.forms = match forms_on_threads(source, whole, false, threads) {
                Some((forms, _)) => forms,
                None => Scan::new(source, whole).forms(faults, None),
            };
            if let Some(form) = text.forms.iter().find(|form| form.kind == FormKind::Module) {
                let open = Span::new(form.span.start, form.span.start + 1);
                faults.push(ScanFault::ModuleAmongFields(open));
                text.forms.retain(|form| form.kind != FormKind::Module);
            }
        }
    }
    text
}

/// Reports text after a module, except annotations without a meaning.
fn refuse_rest(source: &str, forms: &[Form], faults: &mut Vec<ScanFault>) {
    let first = |form: &Form| Lexer::plain(source, form.span).next();
    if let Some((form, token)) = forms.iter().find_map(|form| Some((form, first(form)?))) {
        let open = Span::new(form.span.start, form.span.start + 1);
        faults.push(ScanFault::AfterModule(token, open));
    }
}

/// Splits the source text of a script into its commands and the annotations between them.
pub(crate) fn commands(source: &str, whole: Span, faults: &mut Vec<ScanFault>) -> Vec<Form> {
    Scan::new(source, whole).forms(faults, None)
}

/// Finds the forms on several threads. Returns them and their end, or `None` if there is a fault or the text cannot be
/// divided.
///
/// Each thread but the first starts at an apparent function. The result is valid only if the previous thread reaches
/// that position between two forms.
fn forms_on_threads(source: &str, span: Span, in_module: bool, threads: usize) -> Option<(Vec<Form>, usize)> {
    if threads < 2 {
        return None;
    }
    let bytes = &source.as_bytes()[span.range()];
    let mut starts = vec![span.start as usize];
    for part in 1..threads {
        let from = bytes.len() / threads * part;
        let near = &bytes[from..(from + bytes.len() / threads).min(bytes.len())];
        let begins_line = |&at: &usize| {
            let before = near[..at].iter().rev().find(|byte| !matches!(byte, b' ' | b'\t'));
            before == Some(&b'\n')
        };
        let start = memmem::find_iter(near, "(func").find(begins_line)?;
        starts.push(span.start as usize + from + start);
    }
    let mut forms = Vec::new();
    let mut at = span.start as usize;
    let find = |(): &mut (), part: usize, found: &mut (Vec<Form>, usize)| {
        let limit = starts.get(part + 1).copied().unwrap_or(usize::MAX);
        let mut scan = Scan::new(source, Span::new(starts[part] as u32, span.end));
        *found = scan.well_formed(in_module, limit).ok_or(())?;
        Ok(())
    };
    let append = |part: usize, (found, end): &mut (Vec<Form>, usize)| {
        if starts[part] != at {
            return Err(());
        }
        forms.append(found);
        at = *end;
        Ok(())
    };
    parallel::ordered(starts.len(), threads, || (), find, append).ok()?;
    Some((forms, at))
}

/// Finds parentheses outside of strings and comments.
struct Scan<'s> {
    source: &'s str,
    at: usize,
    end: usize,
    /// The structural bit masks of consecutive blocks, and the start of the first block.
    batch: Batch,
    batch_start: usize,
    /// The start of the current block, and its structural bit mask after `at`. A parenthesis that may open a comment
    /// is in `others`.
    block: usize,
    marks: Marks,
    /// Whether the current position is in a string.
    in_string: bool,
    /// The start of an unterminated comment or string, and the word for it.
    unterminated: Option<(usize, &'static str)>,
    /// After an unclosed form: the closed parentheses after its start, each with the end of its closing one, sorted.
    /// Without this list, the search for closing parentheses would take quadratic time.
    closed: Option<Vec<(u32, u32)>>,
}

/// The maximum number of faults. The explaining route repairs the text first.
const MAX_FAULTS: usize = 1000;

/// The maximum length of the start of a field, where forms are not closed.
const MAX_HEAD_LEN: usize = 256;

enum Event {
    Open(usize),
    Close(usize),
    End,
}

impl<'s> Scan<'s> {
    fn new(source: &'s str, span: Span) -> Scan<'s> {
        let (at, end) = (span.start as usize, span.end as usize);
        let marks = Marks::default();
        let mut batch = Batch::default();
        find_marks(&source.as_bytes()[at..end], false, &mut batch);
        let mut scan = Scan {
            source,
            at,
            end,
            batch,
            batch_start: at,
            block: at,
            marks,
            in_string: false,
            unterminated: None,
            closed: None,
        };
        scan.begin_block(at);
        scan
    }

    fn bytes(&self) -> &'s [u8] {
        &self.source.as_bytes()[..self.end]
    }

    /// Continues in the block of the byte at `at`, with that byte.
    fn begin_block(&mut self, at: usize) {
        if at.wrapping_sub(self.batch_start) >= BATCH_LEN {
            self.batch_start = at;
            let bytes = self.bytes().get(at..).unwrap_or_default();
            find_marks(bytes, self.in_string, &mut self.batch);
        }
        let within = at - self.batch_start;
        self.block = at - within % BLOCK;
        self.set_marks(self.batch[within / BLOCK].among(u64::MAX << (within % BLOCK)));
    }

    /// Continues with the next block whose bit mask is not empty. Returns whether there is one.
    #[inline]
    #[cfg_attr(for_size, optimize(speed))]
    fn next_block(&mut self) -> bool {
        loop {
            let next = (self.block - self.batch_start) / BLOCK + 1;
            let found = self.batch[next..].iter().position(|marks| marks.all() != 0);
            if let Some(found) = found {
                self.block += BLOCK * (1 + found);
                self.set_marks(self.batch[next + found]);
                return true;
            }
            let next = self.batch_start + BATCH_LEN;
            if next >= self.end {
                self.at = self.end;
                self.marks = Marks::default();
                return false;
            }
            self.begin_block(next);
            if self.marks.all() != 0 {
                return true;
            }
        }
    }

    #[inline]
    fn set_marks(&mut self, marks: Marks) {
        let comment_follows = self.bytes().get(self.block + BLOCK) == Some(&b';');
        let before_others = marks.others >> 1 | u64::from(comment_follows) << (BLOCK - 1);
        let doubtful = marks.opens & before_others;
        self.marks =
            Marks { opens: marks.opens ^ doubtful, closes: marks.closes, others: marks.others | doubtful };
    }

    /// Continues at `at`, which may be before the current position.
    fn go_to(&mut self, at: usize) {
        self.at = at;
        self.begin_block(at);
    }

    /// Skips the text before `at`.
    #[inline]
    fn skip_to(&mut self, at: usize) {
        self.at = at;
        match at - self.block {
            within @ 0..BLOCK => self.marks = self.marks.among(u64::MAX << within),
            _ => self.begin_block(at),
        }
    }

    /// Returns the next parenthesis. Skips strings and comments before it.
    #[inline]
    fn next(&mut self) -> Event {
        loop {
            if self.marks.all() == 0 && !self.next_block() {
                return Event::End;
            }
            let at = self.block + self.marks.all().trailing_zeros() as usize;
            let event = match self.bytes()[at] {
                b'(' => Event::Open(at),
                b')' => Event::Close(at),
                _ => Event::End,
            };
            if !self.skip_mark(at) {
                return event;
            }
        }
    }

    /// Skips the structural character at `at`, and the string or comment that starts there. Returns whether one does.
    #[inline]
    fn skip_mark(&mut self, at: usize) -> bool {
        let bytes = self.bytes();
        let next = at + 1;
        match (bytes[at], bytes.get(next)) {
            (b'(', Some(b';')) => {
                let rest = &bytes[next + 1..];
                let len = comment_len(rest);
                if len.is_none() {
                    self.unterminated = Some((at, "comment"));
                }
                self.skip_to(next + 1 + len.unwrap_or(rest.len()));
            }
            (b'"', _) => {
                self.in_string = true;
                let is_closed = self.skip_string(next);
                self.in_string = false;
                if !is_closed {
                    self.unterminated = Some((at, "string"));
                }
            }
            (b';', Some(b';')) => self.skip_to(next + line_comment_len(&bytes[next..])),
            (byte, _) => {
                self.skip_to(next);
                return byte == b';';
            }
        }
        true
    }

    /// Skips the string whose first character is at `start`. Returns false if it is not terminated.
    #[inline]
    fn skip_string(&mut self, start: usize) -> bool {
        self.skip_to(start);
        loop {
            while self.marks.others == 0 {
                if !self.next_block() {
                    return false;
                }
            }
            let at = self.block + self.marks.others.trailing_zeros() as usize;
            self.skip_to(at + 1);
            if self.bytes()[at] == b'"' && !is_escaped(&self.bytes()[start..at]) {
                return true;
            }
        }
    }

    /// Returns the forms up to the end of the text, or to the parenthesis that closes `module`.
    fn forms(&mut self, faults: &mut Vec<ScanFault>, module: Option<Span>) -> Vec<Form> {
        let mut forms = Vec::new();
        let mut unopened = false;
        let mut broken = false;
        loop {
            let gap = self.at;
            match self.next() {
                Event::End => {
                    if self.unterminated.is_none() {
                        self.check_gap(gap, self.end, faults);
                    }
                    if (module.is_some() && !broken) || self.unterminated.is_some() {
                        faults.push(self.never_closed(module.unwrap_or_default()));
                    }
                    return forms;
                }
                Event::Close(at) => {
                    self.check_gap(gap, at, faults);
                    if module.is_some() {
                        return forms;
                    }
                    // Later ones are follow-up faults.
                    if !std::mem::replace(&mut unopened, true) {
                        let span = Span::new(at as u32, at as u32 + 1);
                        faults.push(ScanFault::NeverOpened(span));
                    }
                }
                Event::Open(start) => {
                    self.check_gap(gap, start, faults);
                    let closed = self.close(start);
                    let span = Span::new(start as u32, self.at as u32);
                    if !closed {
                        let next = if self.unterminated.is_none() { self.next_field(start) } else { None };
                        let (open, next) = next.unwrap_or((start, self.end));
                        let open = Span::new(open as u32, open as u32 + 1);
                        faults.push(self.never_closed(open));
                        // The form is kept: its identifier is known.
                        let span = Span::new(start as u32, next as u32);
                        forms.push(Form { span, kind: FormKind::Broken });
                        if next == self.end {
                            return forms;
                        }
                        broken = true;
                        self.go_to(next);
                        continue;
                    }
                    forms.push(Form { span, kind: self.kind(span) });
                }
            }
        }
    }

    /// The fault of an unclosed parenthesis, or of the unterminated comment or string that may contain its closing one.
    fn never_closed(&self, open: Span) -> ScanFault {
        match self.unterminated {
            Some((at, what)) => {
                let len = if what == "comment" { 2 } else { 1 };
                ScanFault::NeverTerminated(Span::new(at as u32, at as u32 + len), what)
            }
            None => ScanFault::NeverClosed(open),
        }
    }

    /// Finds the next field after an unclosed form: a word that can only start a field, at the start of a line. Returns
    /// the innermost open parenthesis and the start of the field, or `None` if there is no such field.
    #[cold]
    fn next_field(&mut self, start: usize) -> Option<(usize, usize)> {
        self.go_to(start + 1);
        let mut open = vec![start as u32];
        loop {
            match self.next() {
                Event::Open(at) => {
                    let mut before = self.bytes()[..at].iter().rev();
                    let last = before.find(|byte| !matches!(byte, b' ' | b'\t'));
                    let starts_line = last.is_none_or(|&byte| byte == b'\n');
                    // The length is limited because an annotation may extend to the end of the text.
                    let end = floor_boundary(self.source, at + MAX_HEAD_LEN).min(self.end);
                    let span = Span::new(at as u32, end as u32);
                    if starts_line && self.kind(span).is_field() && self.starts_field(span) {
                        return open.last().map(|&open| (open as usize, at));
                    }
                    open.push(at as u32);
                }
                Event::Close(_) => _ = open.pop(),
                Event::End => return None,
            }
            if open.is_empty() {
                return None;
            }
        }
    }

    /// Whether a form that starts like a field cannot be a part of another field.
    fn starts_field(&self, form: Span) -> bool {
        let mut tokens = Lexer::plain(self.source, form);
        match tokens.next().map(|token| token.kind) {
            // Parts of fields have the form `(func $f)`, `(type 0)`, `(table 0)`.
            Some(
                TokenKind::ParenFunc
                | TokenKind::ParenType
                | TokenKind::ParenTable
                | TokenKind::ParenMemory
                | TokenKind::ParenGlobal,
            ) => {
                let next = tokens.next().map(|token| token.kind);
                let last = tokens.next().map(|token| token.kind);
                !(matches!(next, Some(TokenKind::Nat | TokenKind::Id)) && last == Some(TokenKind::Close))
            }
            Some(
                TokenKind::ParenElem | TokenKind::ParenData | TokenKind::ParenStart | TokenKind::ParenRec,
            ) => true,
            _ => false,
        }
    }

    /// Continues after the parenthesis that closes the one at `start`. Returns whether there is one.
    fn close(&mut self, start: usize) -> bool {
        if let Some(closed) = &self.closed {
            let start = start as u32;
            let found = closed.binary_search_by_key(&start, |&(open, _)| open);
            if let Ok(found) = found {
                self.go_to(closed[found].1 as usize);
            }
            return found.is_ok();
        }
        let closed = self.find_close();
        if !closed {
            self.closed = Some(self.pairs(start));
        }
        closed
    }

    /// Continues after the parenthesis that closes the current one, without the list of closed parentheses. Returns
    /// whether there is one.
    #[cfg_attr(for_size, optimize(speed))]
    fn find_close(&mut self) -> bool {
        let mut depth = 1u32;
        loop {
            // If the closing one cannot be among these parentheses, counting them is enough.
            let next = self.marks.others.trailing_zeros();
            let before = self.marks.among(1u64.checked_shl(next).unwrap_or(0).wrapping_sub(1));
            if before.closes.count_ones() < depth {
                depth += before.opens.count_ones();
                depth -= before.closes.count_ones();
                if next < BLOCK as u32 {
                    depth += u32::from(!self.skip_mark(self.block + next as usize));
                } else if !self.next_block() {
                    return false;
                }
                continue;
            }
            let at = self.block + self.marks.all().trailing_zeros() as usize;
            let opens = self.bytes()[at] == b'(';
            self.skip_mark(at);
            if opens {
                depth += 1;
            } else {
                depth -= 1;
                if depth == 0 {
                    return true;
                }
            }
        }
    }

    /// Returns the forms that start before `limit`, and the end of the text that was read. Returns `None` if there is a
    /// fault.
    fn well_formed(&mut self, in_module: bool, limit: usize) -> Option<(Vec<Form>, usize)> {
        let mut forms = Vec::new();
        loop {
            let gap = self.at;
            let event = self.next();
            let (Event::Open(at) | Event::Close(at)) = event else {
                let is_well_formed =
                    !in_module && self.unterminated.is_none() && self.is_empty(gap, self.end);
                return is_well_formed.then_some((forms, self.end));
            };
            if !self.is_empty(gap, at) {
                return None;
            }
            match event {
                Event::Open(start) if start >= limit => return Some((forms, start)),
                Event::Open(start) => {
                    if !self.find_close() {
                        return None;
                    }
                    let span = Span::new(start as u32, self.at as u32);
                    forms.push(Form { span, kind: self.kind(span) });
                }
                _ => return in_module.then_some((forms, self.at)),
            }
        }
    }

    /// Returns the closed parentheses from `start` on, each with the end of its closing one.
    #[cold]
    fn pairs(&self, start: usize) -> Vec<(u32, u32)> {
        let mut scan = Scan::new(self.source, Span::new(start as u32, self.end as u32));
        let mut pairs = Vec::new();
        let mut open: Vec<u32> = Vec::new();
        loop {
            match scan.next() {
                Event::Open(at) => open.push(at as u32),
                Event::Close(at) => pairs.extend(open.pop().map(|open| (open, at as u32 + 1))),
                Event::End => break,
            }
        }
        pairs.sort_unstable();
        pairs
    }

    fn kind(&self, form: Span) -> FormKind {
        let text = &self.source.as_bytes()[form.range()];
        // The common cases need no lexer.
        if text.get(5).is_some_and(|byte| b" \n()\r\t".contains(byte)) {
            match &text[..5] {
                b"(func" => return FormKind::Func,
                b"(data" => return FormKind::Data,
                _ => {}
            }
        }
        if text.starts_with(b"(@") {
            return FormKind::Annotation;
        }
        let first = Lexer::plain(self.source, form).next().map(|token| token.kind);
        match first {
            Some(TokenKind::ParenFunc) => FormKind::Func,
            Some(TokenKind::ParenData) => FormKind::Data,
            Some(TokenKind::ParenModule) => FormKind::Module,
            Some(
                TokenKind::ParenType
                | TokenKind::ParenRec
                | TokenKind::ParenImport
                | TokenKind::ParenTable
                | TokenKind::ParenMemory
                | TokenKind::ParenGlobal
                | TokenKind::ParenTag
                | TokenKind::ParenExport
                | TokenKind::ParenStart
                | TokenKind::ParenElem,
            ) => FormKind::Field,
            _ => FormKind::Other,
        }
    }

    /// Whether the range contains only white space.
    fn is_empty(&self, from: usize, to: usize) -> bool {
        let gap = &self.source.as_bytes()[from..to];
        gap.iter().all(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t'))
    }

    /// Reports the first token between two forms.
    fn check_gap(&self, from: usize, to: usize, faults: &mut Vec<ScanFault>) {
        if faults.len() >= MAX_FAULTS || self.is_empty(from, to) {
            return;
        }
        let span = Span::new(from as u32, to as u32);
        faults.extend(Lexer::plain(self.source, span).next().map(ScanFault::BetweenForms));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lex::{block_comment_len, rest_of_string};

    /// Finds the parentheses byte by byte.
    fn slowly(text: &[u8]) -> Vec<usize> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            at += match rest {
                [b'(', b';', rest @ ..] => 2 + block_comment_len(rest).unwrap_or(rest.len()),
                [b';', b';', ..] => {
                    let ends = |byte: &u8| matches!(byte, b'\n' | b'\r');
                    rest.iter().position(ends).unwrap_or(rest.len())
                }
                [b'"', rest @ ..] => 1 + rest_of_string(rest),
                [b'(' | b')', ..] => {
                    found.push(at);
                    1
                }
                _ => 1,
            };
        }
        found
    }

    /// Generates texts of these parts in a pseudorandom order.
    fn texts(count: usize, len: usize, parts: &[&str]) -> impl Iterator<Item = String> {
        let mut seed = 1u64;
        let mut text = move || {
            let mut text = String::from("(");
            while text.len() < len {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text += parts[(seed >> 33) as usize % parts.len()];
            }
            text
        };
        (0..count).map(move |_| text())
    }

    /// Short texts of arbitrary parts, and long texts of mostly common parts.
    fn all_texts() -> impl Iterator<Item = String> {
        let wild = ["(", ")", ";", "\"", "\\", "\n", "\r", "(;", ";)", ";;", "@4", "          ", "\u{e9}"];
        let (line, block) =
            (&*";; it's (so) long; ".repeat(9), &*format!("(;{};)", " (is) \"this\"".repeat(9)));
        let calm = [
            "(",
            ")",
            "(a (b))",
            "(;@4 ;)",
            "(;;)",
            ";; is \"that\" (so)\r",
            ";;\n",
            "\n    ",
            "local.get 0\n",
            line,
            block,
            "\n",
            "i32.add ;; (\n",
            "(;1;)",
        ];
        let rare = [calm; 5].concat();
        let rare = [&rare[..], &["\"(;\"", "(; (;;) ;)", "(;", ";;", ";", "\"", ";)"]].concat();
        let wild = texts(20_000, 150, &wild).chain(texts(
            2_000,
            250,
            &["(", ")", "(a)", "\"x\"", "(;1;)", ";;", "\n"],
        ));
        wild.chain(texts(1_000, 3_000, &calm))
            .chain(texts(2_000, 3_000, &rare))
            .collect::<Vec<_>>()
            .into_iter()
    }

    #[test]
    fn parentheses_are_found_independently_of_block_boundaries() {
        for text in all_texts() {
            let mut scan = Scan::new(&text, Span::new(0, text.len() as u32));
            let mut found = Vec::new();
            while let Event::Open(at) | Event::Close(at) = scan.next() {
                assert_eq!(scan.at, at + 1);
                found.push(at);
            }
            assert_eq!(found, slowly(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn the_closing_parenthesis_is_found_by_counting() {
        for text in all_texts() {
            let mut depth = 0;
            let close = slowly(text.as_bytes()).into_iter().find(|&at| {
                depth += if text.as_bytes()[at] == b'(' { 1 } else { -1 };
                depth == 0
            });
            let whole = Span::new(0, text.len() as u32);
            let mut scan = Scan::new(&text, whole);
            let Event::Open(0) = scan.next() else { continue };
            assert_eq!(scan.find_close(), close.is_some(), "{text}");
            assert_eq!(scan.at, close.map_or(text.len(), |close| close + 1), "{text}");
        }
    }
}
