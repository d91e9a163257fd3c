//! Excerpts of the source text on one line: without comments, with white space reduced to single spaces, and truncated.

use crate::escape::{is_plain, is_unsafe};
use crate::span::Span;

/// Collects one line.
pub(super) struct Line<'o> {
    out: &'o mut String,
    /// The number of characters that still fit.
    rest: usize,
    /// Whether the next word needs a space before it.
    spaced: bool,
    /// Whether the excerpt was truncated.
    full: bool,
}

const ELLIPSIS: &str = " ...";

impl<'o> Line<'o> {
    /// Creates a line of at most `width` characters. The characters in `out` count.
    pub(super) fn new(out: &'o mut String, width: usize) -> Line<'o> {
        let used = if out.is_empty() { 0 } else { out.chars().count() };
        Line { out, rest: width.saturating_sub(used), spaced: false, full: false }
    }

    /// Adds a piece, truncated if it does not fit.
    fn push(&mut self, piece: &str) {
        if self.full {
            return;
        }
        if piece.len() <= self.rest && is_plain(piece) {
            self.rest -= piece.len();
            return self.out.push_str(piece);
        }
        for c in piece.chars() {
            let (len, is_escaped) = match is_unsafe(c) {
                true => (c.escape_unicode().len(), true),
                false => (1, false),
            };
            if len > self.rest {
                return self.end();
            }
            self.rest -= len;
            if is_escaped { self.out.extend(c.escape_unicode()) } else { self.out.push(c) }
        }
    }

    /// Ends the line with an ellipsis.
    fn end(&mut self) {
        self.full = true;
        for _ in self.rest..ELLIPSIS.len() {
            self.out.pop();
        }
        self.out.truncate(self.out.trim_end().len());
        self.out.push_str(ELLIPSIS);
    }

    fn piece(&mut self, piece: Piece, text: &str) {
        if self.spaced && piece != Piece::Close {
            self.push(" ");
        }
        match piece {
            Piece::Open => self.push("("),
            Piece::Close => self.push(")"),
            Piece::Word(span) => self.push(&text[span.range()]),
        }
        self.spaced = piece != Piece::Open;
    }

    /// Adds a form, from its opening to its closing parenthesis.
    fn form(&mut self, scanner: &mut Scanner<'_>) {
        let mut depth = 0;
        while let Some(piece) = scanner.next() {
            self.piece(piece, scanner.text);
            match piece {
                Piece::Open => depth += 1,
                Piece::Close => depth -= 1,
                Piece::Word(_) => {}
            }
            if depth <= 0 || self.full {
                return;
            }
        }
    }
}

/// A parenthesis or a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    Open,
    Close,
    Word(Span),
}

/// Reads the pieces of a well-formed text.
#[derive(Clone, Copy)]
struct Scanner<'a> {
    text: &'a str,
    at: usize,
    end: usize,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str, start: usize, end: usize) -> Scanner<'a> {
        Scanner { text, at: start, end: end.min(text.len()) }
    }

    fn rest(&self) -> &'a [u8] {
        &self.text.as_bytes()[self.at.min(self.end)..self.end]
    }

    /// Skips white space and comments.
    fn skip(&mut self) {
        const SPACES: &[u8; 8] = b"        ";
        loop {
            match self.rest() {
                [b' ' | b'\t' | b'\n' | b'\r', rest @ ..] => {
                    self.at += 1 + SPACES.len()
                        * rest.as_chunks().0.iter().take_while(|&eight| eight == SPACES).count();
                }
                [b';', b';', rest @ ..] => {
                    self.at += 2 + memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
                }
                [b'(', b';', ..] => self.skip_block_comment(),
                _ => return,
            }
        }
    }

    fn skip_block_comment(&mut self) {
        let mut depth = 0;
        loop {
            match self.rest() {
                [b'(', b';', ..] => {
                    depth += 1;
                    self.at += 2;
                }
                [b';', b')', ..] => {
                    depth -= 1;
                    self.at += 2;
                    if depth == 0 {
                        return;
                    }
                }
                [] => return,
                _ => self.at += 1,
            }
        }
    }

    fn next(&mut self) -> Option<Piece> {
        self.skip();
        let start = self.at;
        match self.rest() {
            [] => return None,
            [b'(', ..] => {
                self.at += 1;
                return Some(Piece::Open);
            }
            [b')', ..] => {
                self.at += 1;
                return Some(Piece::Close);
            }
            _ => {}
        }
        // An identifier can contain a string: `$"..."`.
        while let Some(&byte) = self.rest().first() {
            match byte {
                b'"' => self.skip_string(),
                b' ' | b'\t' | b'\n' | b'\r' | b'(' | b')' | b';' => break,
                _ => self.at += 1,
            }
        }
        // Always advance, so that no character causes an endless loop.
        self.at = self.at.max(start + 1);
        Some(Piece::Word(Span::new(start as u32, self.at as u32)))
    }

    fn skip_string(&mut self) {
        self.at += 1;
        while let Some(&byte) = self.rest().first() {
            self.at += match byte {
                b'\\' => 2,
                _ => 1,
            };
            if byte == b'"' {
                return;
            }
        }
    }

    /// Returns the word after the next parenthesis, if an opening parenthesis and a word are next.
    fn form_ahead(&self) -> Option<&'a str> {
        let mut ahead = *self;
        match (ahead.next(), ahead.next()) {
            (Some(Piece::Open), Some(Piece::Word(word))) => Some(&self.text[word.range()]),
            _ => None,
        }
    }

    /// Skips a form.
    fn skip_form(&mut self) {
        let mut depth = 0;
        while let Some(piece) = self.next() {
            match piece {
                Piece::Open => depth += 1,
                Piece::Close => depth -= 1,
                Piece::Word(_) => {}
            }
            if depth <= 0 {
                return;
            }
        }
    }
}

/// Adds a form or a word.
pub(super) fn form(text: &str, span: Span, line: &mut Line<'_>) {
    line.form(&mut Scanner::new(text, span.start as usize, span.end as usize));
}

/// Adds a function without its locals and instructions.
pub(super) fn func_head(text: &str, span: Span, line: &mut Line<'_>) {
    let mut scanner = Scanner::new(text, span.start as usize, span.end as usize);
    for _ in 0..2 {
        if let Some(piece) = scanner.next() {
            line.piece(piece, text);
        }
    }
    while let Some(part) = next_of_head(&mut scanner) {
        form(text, part, line);
    }
    line.push(")");
}

/// Returns the next part between `(func` and the locals.
fn next_of_head(scanner: &mut Scanner<'_>) -> Option<Span> {
    loop {
        scanner.skip();
        let start = scanner.at as u32;
        match scanner.form_ahead() {
            Some("export" | "import" | "type" | "param" | "result") => scanner.skip_form(),
            Some(word) if word.starts_with('@') => {
                scanner.skip_form();
                continue;
            }
            Some(_) => return None,
            None if scanner.rest().first() == Some(&b'$') => _ = scanner.next(),
            None => return None,
        }
        return Some(Span::new(start, scanner.at as u32));
    }
}

/// Adds the locals of a function.
pub(super) fn locals(text: &str, span: Span, line: &mut Line<'_>) {
    let mut scanner = Scanner::new(text, span.start as usize, span.end as usize);
    scanner.next();
    scanner.next();
    while next_of_head(&mut scanner).is_some() {}
    loop {
        match scanner.form_ahead() {
            Some("local") => line.form(&mut scanner),
            Some(word) if word.starts_with('@') => scanner.skip_form(),
            _ => return,
        }
    }
}

/// Returns the identifier of the form at `span`, such as `$t` of `(type $t ...)`.
pub(super) fn id(text: &str, span: Span) -> Option<&str> {
    let mut scanner = Scanner::new(text, span.start as usize, span.end as usize);
    scanner.next();
    scanner.next();
    match scanner.next() {
        Some(Piece::Word(word)) => Some(&text[word.range()]).filter(|word| word.starts_with('$')),
        _ => None,
    }
}

/// Returns an instruction as in [`instr`], if the text already has that form and fits.
#[inline]
pub(super) fn plain_instr(text: &str, keyword: Span, next: u32, width: usize) -> Option<&str> {
    let end = end_of_plain(text.as_bytes(), keyword.end as usize, next as usize)?;
    // A parenthesis in place of a keyword is not shown.
    Some(&text[keyword.start as usize..end]).filter(|plain| keyword.len() > 1 && plain.len() <= width)
}

/// Adds an instruction: its keyword and immediates without its folded operands.
///
/// `keyword` is the keyword, or the parenthesis in its place. `next` is the start of the next instruction; in text that is
/// not folded, the immediates end there.
pub(super) fn instr(text: &str, keyword: Span, next: u32, line: &mut Line<'_>) {
    match &text.as_bytes()[keyword.range()] {
        b")" => return line.push("end"),
        b"(" => return line.push("else"),
        _ => {}
    }
    line.push(&text[keyword.range()]);
    line.spaced = true;
    let mut scanner = Scanner::new(text, keyword.end as usize, text.len());
    while !line.full {
        scanner.skip();
        if scanner.at == next as usize {
            return;
        }
        match scanner.rest() {
            [] | [b')', ..] => return,
            [b'(', ..] => match scanner.form_ahead() {
                Some(word) if word.starts_with('@') => scanner.skip_form(),
                Some(word) if is_immediate_form(word) => line.form(&mut scanner),
                _ => return,
            },
            _ => {
                let mut ahead = scanner;
                match ahead.next() {
                    Some(piece @ Piece::Word(word)) if is_immediate(&text[word.range()]) => {
                        line.piece(piece, text);
                        scanner = ahead;
                    }
                    _ => return,
                }
            }
        }
    }
}

/// Returns the end of an instruction in the common case: single spaces between immediates, which are numbers or
/// identifiers, and then the next instruction or a parenthesis. This is an optimization.
fn end_of_plain(text: &[u8], from: usize, next: usize) -> Option<usize> {
    let mut end = from;
    loop {
        match text.get(end)? {
            b')' => return Some(end),
            b'\n' => {
                let space = text.get(end..next)?;
                let (eights, rest) = space.as_chunks::<8>();
                let first = eights.first().is_none_or(|eight| eight[1..] == *b"       ");
                let others = eights.iter().skip(1).all(|eight| eight == b"        ");
                let rest = rest.iter().all(|byte| matches!(byte, b' ' | b'\n'));
                return (first && others && rest).then_some(end);
            }
            b' ' if end + 1 == next => return Some(end),
            b' ' => match text.get(end + 1)? {
                b'$' | b'0'..=b'9' | b'-' | b'+' => end += 2,
                b'o' if text[end..].starts_with(b" offset=") => end += b" offset=".len(),
                b'a' if text[end..].starts_with(b" align=") => end += b" align=".len(),
                _ => return None,
            },
            b'0'..=b'9'
            | b'A'..=b'Z'
            | b'a'..=b'z'
            | b'_'
            | b'.'
            | b'$'
            | b'-'
            | b'+'
            | b':'
            | b'='
            | b'/' => {
                end += 1;
            }
            _ => return None,
        }
    }
}

fn is_immediate_form(word: &str) -> bool {
    matches!(
        word,
        "type"
            | "param"
            | "result"
            | "ref"
            | "exact"
            | "shared"
            | "on"
            | "catch"
            | "catch_ref"
            | "catch_all"
            | "catch_all_ref"
    )
}

fn is_immediate(word: &str) -> bool {
    match word.as_bytes() {
        [b'$' | b'0'..=b'9' | b'+' | b'-' | b'"' | b'\'', ..] => true,
        _ => {
            word.starts_with("offset=")
                || word.starts_with("align=")
                || word.starts_with("nan:")
                || (word.ends_with("ref") && !word.contains(['.', '_']))
                || matches!(
                    word,
                    "nan"
                        | "inf"
                        | "i8x16"
                        | "i16x8"
                        | "i32x4"
                        | "i64x2"
                        | "f16x8"
                        | "f32x4"
                        | "f64x2"
                        | "func"
                        | "extern"
                        | "any"
                        | "eq"
                        | "i31"
                        | "struct"
                        | "array"
                        | "exn"
                        | "cont"
                        | "none"
                        | "nofunc"
                        | "noextern"
                        | "noexn"
                        | "nocont"
                        | "seqcst"
                        | "seq_cst"
                        | "acqrel"
                        | "acq_rel"
                        | "relaxed"
                )
        }
    }
}

/// Whether the form at `span` starts with a string.
pub(super) fn starts_with(text: &str, span: Span, start: &str) -> bool {
    text.get(span.range()).is_some_and(|text| text.starts_with(start))
}

/// Adds bytes as characters if they are printable ASCII, otherwise as dots.
pub(super) fn ascii(bytes: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    out.extend(bytes.iter().map(|&byte| if (b' '..=b'~').contains(&byte) { byte } else { b'.' }));
    out.push(b'"');
}

/// Returns the line comments, each with its offset and without the semicolons.
pub(super) fn comments(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let mut scanner = Scanner::new(text, 0, text.len());
    std::iter::from_fn(move || {
        loop {
            match scanner.rest() {
                [] => return None,
                [b';', b';', rest @ ..] => {
                    let start = scanner.at;
                    let len = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
                    scanner.at += 2 + len;
                    return Some((start as u32, &text[start + 2..scanner.at]));
                }
                [b'(', b';', ..] => scanner.skip_block_comment(),
                [b'"', ..] => scanner.skip_string(),
                _ => scanner.at += 1,
            }
        }
    })
}

/// Adds a word and a space.
pub(super) fn word(word: &str, line: &mut Line<'_>) {
    line.push(word);
    line.push(" ");
}

/// Adds a name in quotes.
pub(super) fn quoted(name: &str, line: &mut Line<'_>) {
    line.push("\"");
    line.push(name);
    line.push("\"");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> Span {
        Span::new(0, text.len() as u32)
    }

    fn line(width: usize, write: impl FnOnce(&mut Line<'_>)) -> String {
        let mut out = String::new();
        write(&mut Line::new(&mut out, width));
        out
    }

    #[test]
    fn a_form_is_quoted_without_comments_and_white_space() {
        let text = "( type  $t ;; a\n (; b (; c ;) ;) (func (param\ti32)))";
        assert_eq!(line(80, |line| form(text, whole(text), line)), "(type $t (func (param i32)))");
    }

    #[test]
    fn an_instruction_has_its_immediates_and_not_its_operands() {
        for (text, expected) in [
            ("i32.const 1 drop", "i32.const 1"),
            ("i32.add (i32.const 1)", "i32.add"),
            ("ref.test (ref null $t) drop", "ref.test (ref null $t)"),
            ("if $l (result i32) (i32.const 1) (then", "if $l (result i32)"),
            ("v128.const i32x4 1 2 3 4 drop", "v128.const i32x4 1 2 3 4"),
            ("i32.load $m offset=4 align=1 (i32.const 0)", "i32.load $m offset=4 align=1"),
            ("ref.null func drop", "ref.null func"),
            ("br_on_cast 0 anyref (ref i31) ref.func 0", "br_on_cast 0 anyref (ref i31)"),
            ("call $\"a b\" (; c ;) drop", "call $\"a b\""),
            ("f32.const nan:0x1 return", "f32.const nan:0x1"),
            ("select (result i32)(i32.const 1)", "select (result i32)"),
        ] {
            let keyword = text.find(' ').unwrap() as u32;
            assert_eq!(line(80, |line| instr(text, Span::new(0, keyword), 0, line)), expected);
        }
    }

    #[test]
    fn a_line_is_cut_at_its_width() {
        let text = "(data \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\")";
        let cut = line(20, |line| form(text, whole(text), line));
        assert_eq!(cut, "(data \"aaaaaaaaa ...");
        assert_eq!(cut.len(), 20);
    }

    #[test]
    fn characters_that_end_or_reorder_a_line_are_escaped() {
        let text = "(export \"a\u{2028}\u{202e}\u{7f}\")";
        assert_eq!(line(80, |line| form(text, whole(text), line)), "(export \"a\\u{2028}\\u{202e}\\u{7f}\")");
    }

    #[test]
    fn a_function_has_a_head_and_locals() {
        let text = "(func $f (export \"f\") (@x) (param i32) (result i32) (local $x i32) (local i64) nop)";
        assert_eq!(
            line(80, |line| func_head(text, whole(text), line)),
            "(func $f (export \"f\") (param i32) (result i32))"
        );
        assert_eq!(line(80, |line| locals(text, whole(text), line)), "(local $x i32) (local i64)");
        assert_eq!(id(text, whole(text)), Some("$f"));
    }
}
