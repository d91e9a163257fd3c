//! Splitting: the text into its top-level forms, by parentheses alone.
//!
//! This is the only stage that reads characters without the lexer, since it runs over the whole
//! text before anything else can begin; it knows as much of strings and comments as it must to tell
//! parentheses in them from others.

pub(crate) mod structural;

use crate::ast::Naming;
use crate::lex::{BLOCK, Kind, Token, Tokens, comment_len, is_escaped, line_comment_len, string};
use crate::parallel;
use crate::span::Span;
use memchr::memmem;
use structural::{BATCH_LEN, Batch, Marks, find_marks};

/// A top-level form: a field of a module, or a command of a script.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    pub(crate) span: Span,
    pub(crate) kind: FormKind,
}

/// What kind of form it is, as its first word tells.
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
    /// A form that is never closed.
    Broken,
    /// Anything else.
    Other,
}

impl FormKind {
    pub(crate) fn is_field(self) -> bool {
        matches!(self, FormKind::Func | FormKind::Data | FormKind::Field)
    }
}

/// The text of a module.
#[derive(Default)]
pub(crate) struct ModuleText {
    pub(crate) naming: Naming,
    pub(crate) forms: Vec<Form>,
    /// The whole form, if the module is given in binary or as strings.
    pub(crate) given: Option<Span>,
}

/// A fault of the brackets, or of the text between forms.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ScanFault {
    /// A token between forms.
    BetweenForms(Token),
    /// Text after the end of a module: its first token, and the parenthesis of the form.
    AfterModule(Token, Span),
    /// The parenthesis of a module among fields.
    ModuleAmongFields(Span),
    /// The string of an annotation `@name` of a module.
    NameNotUtf8(Span),
    /// A parenthesis that is never closed.
    NeverClosed(Span),
    /// The start of a comment or string that never ends, and which of them it is.
    NeverTerminated(Span, &'static str),
    /// A parenthesis that closes nothing.
    NeverOpened(Span),
}

/// Splits the text of a module, `(module` around it or not.
///
/// In a script, `definition` may stand behind `module`.
pub(crate) fn module(
    source: &str,
    whole: Span,
    in_script: bool,
    threads: usize,
    faults: &mut Vec<ScanFault>,
) -> ModuleText {
    let mut text = ModuleText::default();
    let mut tokens = Tokens::plain(source, whole);
    let first = tokens.next();
    match first {
        Some(token) if token.kind == Kind::ParenModule => {
            let open = Span::new(token.start, token.start + 1);
            let mut end = token.span().end;
            let mut next = tokens.next();
            if let Some(definition) = next.filter(|token| in_script && token.kind == Kind::Definition) {
                end = definition.span().end;
                next = tokens.next();
            }
            if let Some(id) = next.filter(|token| token.kind == Kind::Id) {
                text.naming.id = Some(id.span());
                end = id.span().end;
                next = tokens.next();
            }
            match next.map(|token| token.kind) {
                Some(Kind::Binary | Kind::Quote) => {
                    let mut scan = Scan::new(source, whole);
                    let mut forms = scan.forms(faults, None);
                    if let Some(at) = forms.iter().position(|form| form.kind == FormKind::Module) {
                        text.given = Some(forms.remove(at).span);
                    }
                    refuse_rest(source, &forms, faults);
                    return text;
                }
                Some(Kind::AtName) => {
                    let (name, close) = (tokens.next(), tokens.next());
                    if let (Some(name), Some(close)) = (name, close)
                        && name.kind == Kind::String
                        && close.kind == Kind::Close
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
                Some((forms, behind)) => {
                    text.forms = forms;
                    scan.go_to(behind);
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

/// Adds a fault for text after a module: anything but annotations without a meaning.
fn refuse_rest(source: &str, forms: &[Form], faults: &mut Vec<ScanFault>) {
    let first = |form: &Form| Tokens::plain(source, form.span).next();
    if let Some((form, token)) = forms.iter().find_map(|form| Some((form, first(form)?))) {
        let open = Span::new(form.span.start, form.span.start + 1);
        faults.push(ScanFault::AfterModule(token, open));
    }
}

/// Splits the text of a script.
pub(crate) fn commands(source: &str, whole: Span, faults: &mut Vec<ScanFault>) -> Vec<Form> {
    let mut forms = Scan::new(source, whole).forms(faults, None);
    forms.retain(|form| form.kind != FormKind::Annotation);
    forms
}

/// The same forms as one scan would find, found on several threads, and the place behind them; none if
/// anything is wrong with them, or if it cannot be done so.
///
/// Each thread but the first begins where a function seems to begin. That is right if the one before it
/// comes to that place between two forms.
fn forms_on_threads(source: &str, span: Span, around: bool, threads: usize) -> Option<(Vec<Form>, usize)> {
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
        *found = scan.sound_forms(around, limit).ok_or(())?;
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
    /// Some blocks, and where they begin.
    batch: Batch,
    batch_start: usize,
    /// Where the current one of them begins, and the bytes of it that are still to be looked at. A
    /// parenthesis that may begin a comment is among the others.
    block: usize,
    marks: Marks,
    /// Whether what is looked at is in a string.
    in_string: bool,
    /// Where a comment or string begins that never ends, and what it is.
    unterminated: Option<(usize, &'static str)>,
    /// Once a form was never closed: the parentheses behind its start that are closed, each with the
    /// place behind the one that closes it, in the order of the text. Looking for each anew would take a
    /// time that grows with the square of the text.
    closed: Option<Vec<(u32, u32)>>,
}

/// The maximum number of faults. The explaining route repairs the text first.
const MOST_FAULTS: usize = 1000;

/// How far the words that begin a field are looked for, where forms are not closed.
const LONGEST_HEAD: usize = 256;

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

    /// Begins with the block that has the byte at `at`, and what is behind that.
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

    /// Begins with the next block that has marks; false if there is none.
    #[inline]
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
        let is_comment_behind = self.bytes().get(self.block + BLOCK) == Some(&b';');
        let others_behind = marks.others >> 1 | u64::from(is_comment_behind) << (BLOCK - 1);
        let doubtful = marks.opens & others_behind;
        self.marks =
            Marks { opens: marks.opens ^ doubtful, closes: marks.closes, others: marks.others | doubtful };
    }

    /// Goes on at `at`.
    fn go_to(&mut self, at: usize) {
        self.at = at;
        self.begin_block(at);
    }

    /// Passes over all before `at`.
    #[inline]
    fn pass(&mut self, at: usize) {
        self.at = at;
        match at - self.block {
            within @ 0..BLOCK => self.marks = self.marks.among(u64::MAX << within),
            _ => self.begin_block(at),
        }
    }

    /// The next parenthesis; what stands between is passed over.
    #[inline]
    fn next(&mut self) -> Event {
        loop {
            if self.marks.all() == 0 && !self.next_block() {
                return Event::End;
            }
            let place = self.block + self.marks.all().trailing_zeros() as usize;
            let event = match self.bytes()[place] {
                b'(' => Event::Open(place),
                b')' => Event::Close(place),
                _ => Event::End,
            };
            if !self.pass_mark(place) {
                return event;
            }
        }
    }

    /// Goes behind the mark at `place`, and the string or comment that begins there; whether one does.
    #[inline]
    fn pass_mark(&mut self, place: usize) -> bool {
        let bytes = self.bytes();
        let behind = place + 1;
        match (bytes[place], bytes.get(behind)) {
            (b'(', Some(b';')) => {
                let rest = &bytes[behind + 1..];
                let len = comment_len(rest);
                if len.is_none() {
                    self.unterminated = Some((place, "comment"));
                }
                self.pass(behind + 1 + len.unwrap_or(rest.len()));
            }
            (b'"', _) => {
                self.in_string = true;
                let is_closed = self.pass_string(behind);
                self.in_string = false;
                if !is_closed {
                    self.unterminated = Some((place, "string"));
                }
            }
            (b';', Some(b';')) => self.pass(behind + line_comment_len(&bytes[behind..])),
            (byte, _) => {
                self.pass(behind);
                return byte == b';';
            }
        }
        true
    }

    /// Goes behind the string whose first character is at `start`; false if it is never closed.
    #[inline]
    fn pass_string(&mut self, start: usize) -> bool {
        self.pass(start);
        loop {
            while self.marks.others == 0 {
                if !self.next_block() {
                    return false;
                }
            }
            let place = self.block + self.marks.others.trailing_zeros() as usize;
            self.pass(place + 1);
            if self.bytes()[place] == b'"' && !is_escaped(&self.bytes()[start..place]) {
                return true;
            }
        }
    }

    /// The forms up to the end of the text, or to the parenthesis that closes `around`.
    fn forms(&mut self, faults: &mut Vec<ScanFault>, around: Option<Span>) -> Vec<Form> {
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
                    if (around.is_some() && !broken) || self.unterminated.is_some() {
                        faults.push(self.never_closed(around.unwrap_or_default()));
                    }
                    return forms;
                }
                Event::Close(place) => {
                    self.check_gap(gap, place, faults);
                    if around.is_some() {
                        return forms;
                    }
                    // Those behind the first follow from it.
                    if !std::mem::replace(&mut unopened, true) {
                        let span = Span::new(place as u32, place as u32 + 1);
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
                        // What it is called is known all the same.
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

    /// The fault of a parenthesis, or of the comment or string in which it might be closed.
    fn never_closed(&self, open: Span) -> ScanFault {
        match self.unterminated {
            Some((at, what)) => {
                let len = if what == "comment" { 2 } else { 1 };
                ScanFault::NeverTerminated(Span::new(at as u32, at as u32 + len), what)
            }
            None => ScanFault::NeverClosed(open),
        }
    }

    /// Where, behind a form that is never closed, the next field begins: with a word that can only
    /// begin one, at the start of a line. With it comes the innermost parenthesis left open.
    #[cold]
    fn next_field(&mut self, start: usize) -> Option<(usize, usize)> {
        self.go_to(start + 1);
        let mut open = vec![start as u32];
        loop {
            match self.next() {
                Event::Open(place) => {
                    let mut before = self.bytes()[..place].iter().rev();
                    let last = before.find(|byte| !matches!(byte, b' ' | b'\t'));
                    let starts_line = last.is_none_or(|&byte| byte == b'\n');
                    // Not more is looked at than it may take: an annotation may go on to the end.
                    let end = self.source.floor_char_boundary(place + LONGEST_HEAD).min(self.end);
                    let span = Span::new(place as u32, end as u32);
                    if starts_line && self.kind(span).is_field() && self.begins_field(span) {
                        return open.last().map(|&open| (open as usize, place));
                    }
                    open.push(place as u32);
                }
                Event::Close(_) => _ = open.pop(),
                Event::End => return None,
            }
            if open.is_empty() {
                return None;
            }
        }
    }

    /// Whether a form that begins like a field cannot be a part of one.
    fn begins_field(&self, form: Span) -> bool {
        let mut tokens = Tokens::plain(self.source, form);
        match tokens.next().map(|token| token.kind) {
            // Within a field these are short: `(func $f)`, `(type 0)`, `(table 0)` ...
            Some(
                Kind::ParenFunc | Kind::ParenType | Kind::ParenTable | Kind::ParenMemory | Kind::ParenGlobal,
            ) => {
                let next = tokens.next().map(|token| token.kind);
                let behind = tokens.next().map(|token| token.kind);
                !(matches!(next, Some(Kind::Nat | Kind::Id)) && behind == Some(Kind::Close))
            }
            Some(Kind::ParenElem | Kind::ParenData | Kind::ParenStart | Kind::ParenRec) => true,
            _ => false,
        }
    }

    /// Goes behind the parenthesis that closes the one just passed, at `start`; false if there is none.
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

    /// The same, without regard to what is known already.
    fn find_close(&mut self) -> bool {
        let mut depth = 1u32;
        loop {
            // Parentheses need not be looked at one by one where the last one cannot be among them.
            let next = self.marks.others.trailing_zeros();
            let before = self.marks.among(1u64.checked_shl(next).unwrap_or(0).wrapping_sub(1));
            if before.closes.count_ones() < depth {
                depth += before.opens.count_ones();
                depth -= before.closes.count_ones();
                if next < BLOCK as u32 {
                    depth += u32::from(!self.pass_mark(self.block + next as usize));
                } else if !self.next_block() {
                    return false;
                }
                continue;
            }
            let place = self.block + self.marks.all().trailing_zeros() as usize;
            let opens = self.bytes()[place] == b'(';
            self.pass_mark(place);
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

    /// The forms up to the end or to one that begins at `limit` or behind it, and where that is; none if
    /// anything is wrong with them.
    fn sound_forms(&mut self, around: bool, limit: usize) -> Option<(Vec<Form>, usize)> {
        let mut forms = Vec::new();
        loop {
            let gap = self.at;
            let event = self.next();
            let (Event::Open(place) | Event::Close(place)) = event else {
                let sound = !around && self.unterminated.is_none() && self.is_empty(gap, self.end);
                return sound.then_some((forms, self.end));
            };
            if !self.is_empty(gap, place) {
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
                _ => return around.then_some((forms, self.at)),
            }
        }
    }

    /// The parentheses from `start` on that are closed.
    #[cold]
    fn pairs(&self, start: usize) -> Vec<(u32, u32)> {
        let mut scan = Scan::new(self.source, Span::new(start as u32, self.end as u32));
        let mut pairs = Vec::new();
        let mut open: Vec<u32> = Vec::new();
        loop {
            match scan.next() {
                Event::Open(place) => open.push(place as u32),
                Event::Close(place) => pairs.extend(open.pop().map(|open| (open, place as u32 + 1))),
                Event::End => break,
            }
        }
        pairs.sort_unstable();
        pairs
    }

    fn kind(&self, form: Span) -> FormKind {
        let text = &self.source.as_bytes()[form.range()];
        // The usual cases need no lexer.
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
        let first = Tokens::plain(self.source, form).next().map(|token| token.kind);
        match first {
            Some(Kind::ParenFunc) => FormKind::Func,
            Some(Kind::ParenData) => FormKind::Data,
            Some(Kind::ParenModule) => FormKind::Module,
            Some(
                Kind::ParenType
                | Kind::ParenRec
                | Kind::ParenImport
                | Kind::ParenTable
                | Kind::ParenMemory
                | Kind::ParenGlobal
                | Kind::ParenTag
                | Kind::ParenExport
                | Kind::ParenStart
                | Kind::ParenElem,
            ) => FormKind::Field,
            _ => FormKind::Other,
        }
    }

    /// Whether there is only white space.
    fn is_empty(&self, from: usize, to: usize) -> bool {
        let gap = &self.source.as_bytes()[from..to];
        gap.iter().all(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t'))
    }

    /// Adds a fault for the first token between two forms.
    fn check_gap(&self, from: usize, to: usize, faults: &mut Vec<ScanFault>) {
        if faults.len() >= MOST_FAULTS || self.is_empty(from, to) {
            return;
        }
        let span = Span::new(from as u32, to as u32);
        faults.extend(Tokens::plain(self.source, span).next().map(ScanFault::BetweenForms));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lex::{block_comment_len, rest_of_string};

    /// The parentheses of a text, found byte by byte.
    fn slowly(text: &[u8]) -> Vec<usize> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            at += match rest {
                [b'(', b';', behind @ ..] => 2 + block_comment_len(behind).unwrap_or(behind.len()),
                [b';', b';', ..] => {
                    let ends = |byte: &u8| matches!(byte, b'\n' | b'\r');
                    rest.iter().position(ends).unwrap_or(rest.len())
                }
                [b'"', behind @ ..] => 1 + rest_of_string(behind),
                [b'(' | b')', ..] => {
                    found.push(at);
                    1
                }
                _ => 1,
            };
        }
        found
    }

    /// Texts of parts in an order without a pattern, and always the same ones.
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

    /// Short ones in which anything can be beside anything, and long ones of what is usual and some that is not.
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
    fn parentheses_are_found_wherever_blocks_begin() {
        for text in all_texts() {
            let mut scan = Scan::new(&text, Span::new(0, text.len() as u32));
            let mut found = Vec::new();
            while let Event::Open(place) | Event::Close(place) = scan.next() {
                assert_eq!(scan.at, place + 1);
                found.push(place);
            }
            assert_eq!(found, slowly(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn what_closes_a_parenthesis_is_found_without_a_look_at_each_between() {
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
