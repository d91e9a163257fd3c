//! What is wrong with a token that cannot be one, and how to go on behind it.

use crate::diagnostic::{Code, Diagnostic, Edit, Fault, edit};
use crate::explain::characters::{ascii, code_point, is_bidirectional, is_invisible, is_private};
use crate::lex::{Token, TokenKind, keyword, number, string};
use crate::lex::{is_idchar, rest_of_string};
use crate::span::Span;

/// What is wrong with `token` if it is of a kind that no rule of the grammar mentions; more than one
/// thing may be wrong in a string.
pub(crate) fn explain(source: &str, token: Token) -> Vec<Fault> {
    let text = Text { source, span: token.span() };
    let fault = match token.kind {
        TokenKind::BadCharacter => text.bad_character(),
        TokenKind::OpenComment => text.open_comment(),
        TokenKind::OpenString => text.open_string(),
        TokenKind::OpenAnnotation => {
            let error = text.error(Code::Unterminated, text.span, "this annotation is never closed");
            error.guessed("close it", vec![edit(Span::new(text.line_end(), text.line_end()), ")")])
        }
        TokenKind::BadString if text.runs_into_another() => text.open_string(),
        TokenKind::BadString => return text.bad_string(),
        TokenKind::BadUtf8Id => {
            let message = format!("the name {} is not UTF-8", text.shown());
            let plain: String = text.shown().chars().map(|c| if c == '\\' { '/' } else { c }).collect();
            text.error(Code::BadUtf8, text.span, message).read_as(text.span, plain)
        }
        TokenKind::EmptyId => text.empty_id(),
        TokenKind::EmptyAnnotation => text.empty_annotation(),
        TokenKind::BadCharLiteral => {
            let message = "a character literal has exactly one character";
            text.error(Code::BadToken, text.span, message).read_as(text.span, "0")
        }
        TokenKind::Reserved => text.reserved(),
        _ => return Vec::new(),
    };
    vec![fault]
}

/// How far it is looked around on a line, which may be all of the text.
const NEAR: usize = 4096;

/// A token that cannot be one, and what is around it.
struct Text<'s> {
    source: &'s str,
    span: Span,
}

impl<'s> Text<'s> {
    fn error(&self, code: Code, span: Span, message: impl Into<String>) -> Fault {
        Fault::new(Diagnostic::error(code, span, message))
    }

    fn text(&self) -> &'s str {
        &self.source[self.span.range()]
    }

    /// The token as it can be shown within a line.
    fn shown(&self) -> String {
        shown(self.text())
    }

    /// What is behind the start of the token.
    fn rest(&self) -> &'s str {
        &self.source[self.span.start as usize..]
    }

    fn at(&self, offset: usize) -> u32 {
        self.span.start + offset as u32
    }

    /// The first `len` bytes of the token.
    fn first(&self, len: usize) -> Span {
        Span::new(self.span.start, self.at(len))
    }

    /// What is before the token on its line, as far as it is near.
    fn line_before(&self) -> &'s str {
        let mut from = (self.span.start as usize).saturating_sub(NEAR);
        while !self.source.is_char_boundary(from) {
            from += 1;
        }
        let before = &self.source[from..self.span.start as usize];
        before.rfind('\n').map_or(before, |at| &before[at + 1..])
    }

    /// The rest of the line from the start of the token, as far as it is near, white space at its end
    /// left out.
    fn line(&self) -> &'s str {
        let rest = self.rest();
        let mut near = rest.len().min(NEAR);
        while !rest.is_char_boundary(near) {
            near -= 1;
        }
        rest[..near].split(['\n', '\r']).next().unwrap_or_default().trim_end()
    }

    fn line_end(&self) -> u32 {
        self.at(self.line().len())
    }

    /// Whether the token stands behind an instruction that needs a number.
    fn is_number_expected(&self) -> bool {
        let before = self.line_before().trim_end();
        before.ends_with(".const") || before.ends_with("offset=") || before.ends_with("align=")
    }

    // -------------------------------------------------------------------------------- Characters

    fn bad_character(&self) -> Fault {
        let Some(character) = self.rest().chars().next() else {
            return self.error(Code::UnexpectedCharacter, self.span, "unexpected end");
        };
        if character.is_ascii() {
            let span = self.first(1);
            let Some(plain) = ascii(character) else {
                let code = character as u32;
                let message = format!("unexpected character 0x{code:02x}, a control character");
                let error = self.error(Code::UnexpectedCharacter, span, message);
                return error.guessed("remove it", vec![edit(span, "")]);
            };
            return self.unexpected(span, "").mended(format!("write `{plain}`"), vec![edit(span, plain)]);
        }
        self.typographic_quotes(character).unwrap_or_else(|| match is_wordlike(character) {
            true => self.beyond_ascii(),
            false => self.punctuation(),
        })
    }

    /// The error for characters that cannot occur in the source text.
    fn unexpected(&self, span: Span, remark: &str) -> Fault {
        let mut characters = self.source[span.range()].chars();
        let first = characters.next().unwrap_or_default();
        let shown = match characters.as_str() {
            "" if is_visible(first) => format!("`{first}`, {}", code_point(first)),
            "" => code_point(first),
            rest if rest.chars().all(|other| other == first) => {
                format!("{} ({} times)", code_point(first), 1 + rest.chars().count())
            }
            rest => format!("{} and {} more", code_point(first), rest.chars().count()),
        };
        self.error(Code::UnexpectedCharacter, span, format!("unexpected character {shown}{remark}"))
    }

    /// A string in quotes of a word processor.
    fn typographic_quotes(&self, character: char) -> Option<Fault> {
        let ends: &[char] = match character {
            '\u{201c}'..='\u{201f}' => &['\u{201c}', '\u{201d}', '"'],
            '\u{2018}'..='\u{201b}' => &['\u{2018}', '\u{2019}'],
            '\u{300c}' => &['\u{300d}'],
            '\u{ff02}' => &['\u{ff02}', '"'],
            _ => return None,
        };
        let span = self.first(character.len_utf8());
        let behind = &self.rest()[character.len_utf8()..];
        let behind = &behind[..behind.floor_char_boundary(NEAR)];
        let len = behind.find(|c| ends.contains(&c) || matches!(c, '\n' | '\r'))?;
        if behind[len..].starts_with(['\n', '\r']) {
            return None;
        }
        let closing = behind[len..].chars().next().map_or(0, char::len_utf8);
        let whole = Span::new(span.start, span.end + (len + closing) as u32);
        let edits = vec![edit(whole, format!("\"{}\"", &behind[..len]))];
        // A plain quote may begin the next string instead.
        let ends_plainly = behind[len..].starts_with('"')
            && (behind[..len].contains(char::is_whitespace)
                || !behind[len + 1..].starts_with(|c: char| c.is_whitespace() || c == ')'));
        let is_guess =
            ascii(character) != Some("\"") || behind[..len].contains(['"', '(', ')']) || ends_plainly;
        Some(self.unexpected(span, "").guessed_if(is_guess, "write plain quotes", edits))
    }

    /// Spaces and punctuation beyond ASCII.
    fn punctuation(&self) -> Fault {
        let rest = self.rest();
        let len = rest.find(|c: char| c.is_ascii() || is_wordlike(c)).unwrap_or(rest.len());
        let plain: Option<String> = rest[..len].chars().map(ascii).collect();
        let span = self.first(len);
        let error = self.unexpected(span, "");
        match plain {
            Some(plain) => {
                let is_guess = plain.contains(['\'', '"', ',', ';']);
                let help = match plain.contains('\n') {
                    true => "write a line break".to_owned(),
                    false => format!("write `{}`", shown(&plain)),
                };
                error.guessed_if(is_guess, help, vec![edit(span, plain)])
            }
            None => error.guessed("remove it", vec![edit(span, "")]),
        }
    }

    /// The word that the token is part of, characters beyond ASCII included.
    fn word(&self) -> Span {
        let bytes = self.source.as_bytes();
        let mut start = self.span.start as usize;
        while start > 0 && is_idchar(bytes[start - 1]) {
            start -= 1;
        }
        let rest = self.rest();
        let is_part = |c: char| if c.is_ascii() { is_idchar(c as u8) } else { is_wordlike(c) };
        let len = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        Span::new(start as u32, self.at(len))
    }

    /// A word with characters beyond ASCII in it: an identifier that must be quoted, a word in which letters
    /// look like those of ASCII, or something else.
    fn beyond_ascii(&self) -> Fault {
        let span = self.word();
        let word = &self.source[span.range()];
        let first = word.find(|c: char| !c.is_ascii()).unwrap_or(0);
        let len = word[first..].find(|c: char| c.is_ascii()).unwrap_or(word.len() - first);
        let run = Span::new(span.start + first as u32, span.start + (first + len) as u32);
        let character = word[first..].chars().next().unwrap_or_default();
        let plain: Option<String> = word
            .chars()
            .map(|c| if c.is_ascii() { Some(c.to_string()) } else { ascii(c).map(Into::into) })
            .collect();
        if word.chars().any(is_invisible) {
            return self.invisible(span, run);
        }
        let has_ascii = word.contains(|c: char| c.is_ascii_alphanumeric());
        let is_name = word.starts_with('$');
        // Letters of the Greek alphabet are used as they are meant in names.
        let is_greek = |c: char| matches!(c, '\u{370}'..='\u{3ff}');
        match plain.filter(|_| !is_name || (has_ascii && !word.contains(is_greek))) {
            Some(plain) => {
                let remark = format!(", which looks like `{}`", ascii(character).unwrap_or_default());
                let error = self.unexpected(run, &remark);
                let is_guess = !is_known(&plain);
                error.guessed_if(is_guess, format!("write `{}`", shown(&plain)), vec![edit(span, plain)])
            }
            None if is_name => {
                let contents = match word.chars().find(|&c| !c.is_ascii() && !c.is_alphanumeric()) {
                    Some(other) => format!("contains {}", code_point(other)),
                    None => "has letters beyond ASCII".to_owned(),
                };
                let message = format!("the identifier `{}` {contents} and must be quoted", shown(word));
                let quoted = format!("$\"{}\"", word[1..].replace('\\', "\\\\"));
                let error = self.error(Code::UnexpectedCharacter, span, message);
                error.mended("put it in quotes", vec![edit(span, quoted)])
            }
            None => self.unexpected(run, "").guessed("remove it", vec![edit(run, "")]),
        }
    }

    /// A word with invisible characters in it.
    fn invisible(&self, word: Span, run: Span) -> Fault {
        let text = &self.source[word.range()];
        let plain: String = text.chars().filter(|&c| !is_invisible(c)).collect();
        let characters = &self.source[run.range()];
        let seen = characters.find(|c| !is_invisible(c)).unwrap_or(characters.len());
        let start = run.start + if seen == 0 { characters.find(is_invisible).unwrap_or(0) as u32 } else { 0 };
        let after = &self.source[start as usize..];
        let len = after.find(|c| !is_invisible(c)).unwrap_or(after.len());
        let span = Span::new(start, start + len as u32);
        let error = self.unexpected(span, ", which is invisible");
        let (before, after) = (&self.source[word.start as usize..start as usize], &after[len..]);
        let after = &after[..(word.end - span.end) as usize];
        if plain.is_ascii()
            && !before.is_empty()
            && !after.is_empty()
            && is_known(before)
            && !is_known(&plain)
        {
            return error.guessed("write a space", vec![edit(span, " ")]);
        }
        let bytes = self.source.as_bytes();
        let previous = word.start.checked_sub(1).map_or(b' ', |at| bytes[at as usize]);
        let next = bytes.get(word.end as usize).copied().unwrap_or(b' ');
        let is_inside = !before.is_empty() && !after.is_empty();
        let joins = match plain.as_str() {
            "" => matches!((previous, next), (b'(' | b';', b';' | b'@') | (b';', b')') | (b'"', b'"')),
            _ => previous == b'"' || next == b'"',
        };
        let is_guess = !plain.is_ascii() || joins || (is_inside && !is_known(&plain));
        error.guessed_if(is_guess, "remove it", vec![edit(word, plain)])
    }

    // ----------------------------------------------------------------------------------- Comments

    fn open_comment(&self) -> Fault {
        let error = self.error(Code::Unterminated, self.first(2), "this comment is never closed");
        if self.rest().starts_with("(;;") {
            let edits = vec![edit(self.first(3), ";;")];
            let mut fault = error.guessed("to comment out the rest of the line, write `;;`", edits);
            let rest = Span::new(self.at(3), self.line_end());
            fault.changes.push(edit(rest, &self.source[rest.range()]));
            return fault;
        }
        // The number of a thing, as tools print it: `(;0;)`.
        let digits = self.rest()[2..].bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 && self.rest()[2 + digits..].starts_with(';') {
            let end = self.at(3 + digits);
            return error.guessed("close it", vec![edit(Span::new(end, end), ")")]);
        }
        let end = Span::new(self.line_end(), self.line_end());
        error.guessed("close it with `;)`", vec![edit(end, " ;)")])
    }

    /// What is a comment in other languages: `len` bytes that mean `;;`.
    fn foreign_comment(&self, len: usize) -> Fault {
        let span = self.first(len);
        let mark = &self.source[span.range()];
        let message = format!("`{mark}` does not begin a comment; `;;` does");
        // The rest of the line becomes a comment: that is an edit too.
        let rest = Span::new(span.end, self.line_end());
        let edits = vec![edit(span, ";;"), edit(rest, &self.source[rest.range()])];
        self.error(Code::BadToken, span, message).mended("write `;;`", edits)
    }

    // ------------------------------------------------------------------------------------ Strings

    fn open_string(&self) -> Fault {
        let fault = self.error(Code::Unterminated, self.first(1), "this string is never closed");
        let end = self.at(1 + meant_len(&self.line()[1..]));
        fault.guessed("close it with a quote", vec![edit(Span::new(end, end), "\"")])
    }

    /// Whether the quote that ends the string was rather meant to begin one, on a later line.
    fn runs_into_another(&self) -> bool {
        let behind = self.source[self.span.end as usize..].chars().next();
        self.text().contains('\n')
            && (behind.is_some_and(|next| is_idchar(next as u8) && next.is_ascii())
                || self.line()[1..].contains(['(', ')']))
    }

    fn bad_string(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut from = 1;
        while let Some((range, what)) = string::find_fault(self.text(), from) {
            let at = Span::new(self.at(range.start), self.at(range.end));
            let bad = &self.text()[range.clone()];
            from = range.end;
            faults.push(match what {
                string::Fault::Control(byte) => {
                    let escape = match byte {
                        b'\n' => "\\n".to_owned(),
                        b'\r' => "\\r".to_owned(),
                        b'\t' => "\\t".to_owned(),
                        byte => format!("\\{byte:02x}"),
                    };
                    let message = format!(
                        "the control character 0x{byte:02x} cannot stand in a string; write `{escape}`"
                    );
                    let error = self.error(Code::UnexpectedCharacter, at, message);
                    error.guessed("write it as an escape", vec![edit(at, escape)])
                }
                string::Fault::Escape if bad == "\\u" => {
                    let (fault, len) = self.bad_unicode_escape(range.start);
                    from = range.start + len;
                    fault
                }
                string::Fault::Escape if matches!(bad, "\\\r" | "\\\n") => {
                    // A line that goes on, as in other languages.
                    from = range.end + usize::from(self.text()[range.end..].starts_with('\n'));
                    let message = "a string does not go on behind the end of the line".to_owned();
                    let whole = Span::new(at.start, self.at(from));
                    let note = "close it; strings that follow each other are one";
                    let fault = self.error(Code::BadEscape, at.head(), message).read_as(whole, "");
                    Fault { diagnostic: fault.diagnostic.with_note(note), ..fault }
                }
                string::Fault::Escape => self.bad_escape(at, bad, range.end),
            });
        }
        faults
    }

    fn bad_escape(&self, at: Span, bad: &str, end: usize) -> Fault {
        let digits: String = self.text()[end..].chars().take_while(char::is_ascii_hexdigit).take(2).collect();
        let message = format!("`{}` is no escape of a string", shown(bad));
        let mut error = self.error(Code::BadEscape, at, message);
        error.diagnostic = error.diagnostic.with_note(
            "escapes are \\t \\n \\r \\\" \\' \\\\, two hexadecimal digits as in \\0a, and \\u{...} for a \
             Unicode scalar value",
        );
        let span = |len: u32| Span::new(at.start, at.end + len);
        match bad.as_bytes() {
            [b'\\', b'x'] if digits.len() == 2 => {
                // Of C, a third digit belongs to the escape too.
                let is_longer = self.text()[end + 2..].starts_with(|c: char| c.is_ascii_hexdigit());
                let edits = vec![edit(span(2), format!("\\{digits}"))];
                error.guessed_if(is_longer, "the digits follow the backslash at once", edits)
            }
            [b'\\', digit] if digit.is_ascii_hexdigit() => {
                let escape = format!("\\0{}", *digit as char);
                error.guessed("an escape has two digits", vec![edit(at, escape)])
            }
            [b'\\', b'a'] => error.guessed("write its code", vec![edit(at, "\\07")]),
            [b'\\', b'v'] => error.guessed("write its code", vec![edit(at, "\\0b")]),
            _ => error.guessed("for a backslash, write two", vec![edit(at.head(), "\\\\")]),
        }
    }

    /// What is wrong with an escape `\u` at `at` of the token, and how long it is.
    fn bad_unicode_escape(&self, at: usize) -> (Fault, usize) {
        let rest = &self.text()[at + 2..];
        let digits = |text: &str| text.bytes().take_while(|&b| b.is_ascii_hexdigit() || b == b'_').count();
        let (braced, len) = match rest.strip_prefix('{') {
            Some(rest) => (1, digits(rest)),
            None => (0, digits(rest).min(4)),
        };
        let number = &rest[braced..braced + len];
        let is_closed = braced == 1 && rest[braced + len..].starts_with('}');
        let whole = 2 + braced + len + usize::from(is_closed);
        let span = Span::new(self.at(at), self.at(at + whole));
        let escape = &self.source[span.range()];
        let error = |message: String| self.error(Code::BadEscape, span, message);
        let value = u32::from_str_radix(&number.replace('_', ""), 16);
        let fault = match value {
            _ if number.is_empty() => error(format!("the escape `{escape}` has no digits"))
                .guessed("for a backslash, write two", vec![edit(span.head(), "\\\\")]),
            Ok(high @ 0xd800..=0xdbff) => return self.surrogates(at, whole, high),
            Ok(0xdc00..=0xdfff) => error(format!("`{escape}` is a surrogate, U+{number}, and no character"))
                .read_as(span, "\\u{fffd}"),
            Ok(0..=0x10_ffff) if braced == 0 => {
                let edits = vec![edit(span, format!("\\u{{{number}}}"))];
                error(format!("the digits of `{escape}` must stand in braces")).guessed_if(
                    len < 4,
                    "put them in braces",
                    edits,
                )
            }
            Ok(0..=0x10_ffff) => error(format!("the brace of `{escape}` is never closed"))
                .guessed("close it", vec![edit(span.behind(), "}")]),
            _ => {
                let message = format!("`{escape}` is beyond the last character, U+10FFFF");
                error(message).read_as(span, "\\u{fffd}")
            }
        };
        (fault, whole)
    }

    /// A surrogate, with the second half of the pair behind it or not.
    fn surrogates(&self, at: usize, len: usize, high: u32) -> (Fault, usize) {
        let span = Span::new(self.at(at), self.at(at + len));
        let escape = &self.source[span.range()];
        let message = format!("`{escape}` is a surrogate, U+{high:X}, and no character");
        let error = |span| self.error(Code::BadEscape, span, message.clone());
        let second = self.text()[at + len..].strip_prefix("\\u").map(|rest| rest.trim_start_matches('{'));
        let low = second.and_then(|rest| u32::from_str_radix(rest.get(..4)?, 16).ok());
        match low {
            Some(low @ 0xdc00..=0xdfff) => {
                let value = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                let rest = &self.text()[at + len..];
                let low_len =
                    if rest.starts_with("\\u{") { rest.find('}').map_or(6, |at| at + 1) } else { 6 };
                let whole = Span::new(span.start, span.end + low_len as u32);
                let meant = format!("\\u{{{value:X}}}");
                let fault =
                    error(span).guessed("for the character of the pair, write", vec![edit(whole, meant)]);
                (fault, len + low_len)
            }
            _ => (error(span).read_as(span, "\\u{fffd}"), len),
        }
    }

    // -------------------------------------------------------------------------------- Identifiers

    fn empty_id(&self) -> Fault {
        let behind = self.source[self.span.end as usize..].chars().next();
        if self.span.len() == 1 && behind.is_some_and(|c| !c.is_ascii() && is_wordlike(c)) {
            return Text { span: self.span.behind(), ..*self }.beyond_ascii();
        }
        let error = self.error(
            Code::BadToken,
            self.span,
            "an identifier cannot be empty: its name follows the dollar sign at once",
        );
        let rest = &self.source[self.span.end as usize..];
        let space = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let name = rest[space..].bytes().take_while(|&byte| is_idchar(byte)).count();
        if self.span.len() == 1 && space > 0 && name > 0 && rest.as_bytes()[space] != b'$' {
            let span = Span::new(self.span.start, self.span.end + (space + name) as u32);
            let joined = format!("${}", &rest[space..space + name]);
            return error.guessed("the name follows the dollar sign at once", vec![edit(span, joined)]);
        }
        error.read_as(self.span, "")
    }

    fn empty_annotation(&self) -> Fault {
        let message = "the name of an annotation must follow `(@` at once";
        let error = self.error(Code::BadToken, self.span, message);
        let rest = &self.source[self.span.end as usize..];
        let space = rest.len() - rest.trim_start().len();
        if rest[space..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            let name: String = rest[space..].chars().take_while(|&c| is_idchar(c as u8)).collect();
            let span = Span::new(self.span.start, self.span.end + (space + name.len()) as u32);
            // Without a meaning, all that is in the annotation would be passed over.
            let is_known = matches!(&name[..], "custom" | "name" | "producers" | "dylink.0")
                || name.starts_with("metadata.code.");
            let edits = vec![edit(span, format!("(@{name}"))];
            return error.guessed_if(!is_known, "take the space away", edits);
        }
        error.read_as(self.span, "(@nothing")
    }

    // ----------------------------------------------------------------------------------- The rest

    fn reserved(&self) -> Fault {
        let text = self.text();
        match text.as_bytes() {
            [b'{' | b'[', ..] => return self.bracket("("),
            [b'}' | b']', ..] => return self.bracket(")"),
            [b',', ..] => return self.comma(),
            [b';', ..] => return self.semicolon(),
            [b'#', digits @ ..]
                if self.is_number_expected()
                    && let digits = digits.strip_prefix(b"x").unwrap_or(digits)
                    && !digits.is_empty()
                    && digits.iter().all(u8::is_ascii_hexdigit) =>
            {
                let error = self.error(Code::BadNumber, self.span, format!("`{text}` is not a number"));
                let meant = format!("0x{}", text[1..].trim_start_matches('x'));
                return error.guessed(format!("write `{meant}`"), vec![edit(self.span, meant)]);
            }
            [b'+' | b'-'] if self.is_number_expected() => {
                let behind = &self.rest()[1..];
                let space = behind.len() - behind.trim_start_matches([' ', '\t']).len();
                let digits = behind[space..].bytes().take_while(|&byte| is_idchar(byte)).count();
                if space > 0 && behind[space..].starts_with(|c: char| c.is_ascii_digit()) {
                    let meant = format!("{text}{}", &behind[space..space + digits]);
                    let error = self.error(Code::BadNumber, self.span, format!("`{text}` is not a number"));
                    let whole = Span::new(self.span.start, self.span.end + (space + digits) as u32);
                    return error.mended("the sign touches the digits", vec![edit(whole, meant)]);
                }
            }
            [b'/', b'/', ..] | [b'-', b'-', ..] => return self.foreign_comment(2),
            [b'/', b'*', ..] => return self.starred_comment(),
            [b'#', ..] => return self.foreign_comment(1),
            [b'\'', ..] => {
                if let Some(fault) = self.single_quotes() {
                    return fault;
                }
            }
            _ => {}
        }
        if text.contains('"') {
            return self.touching();
        }
        if self.is_number_expected()
            && let Some(number) = number::repaired(text)
        {
            let error = self.error(Code::BadNumber, self.span, format!("`{text}` is not a number"));
            return error.guessed(format!("write `{number}`"), vec![edit(self.span, number)]);
        }
        let lower = text.to_ascii_lowercase();
        let is_known = keyword::op(&lower).is_some() || crate::lex::words().any(|word| word == lower);
        if lower != text && is_known {
            let message = format!("unknown word `{text}`: words are written in lower case, `{lower}`");
            let error = self.error(Code::BadToken, self.span, message);
            return error.mended(format!("write `{lower}`"), vec![edit(self.span, lower)]);
        }
        if let Some(fault) = self.spaced_memarg() {
            return fault;
        }
        // An operator between what may be operands.
        let is_operator = text.bytes().all(|byte| b"+-*/%=<>&|!^~:".contains(&byte));
        let is_behind_operand = self.source[..self.span.start as usize].trim_end().ends_with([')', '(']);
        if is_operator && is_behind_operand && !text.contains([':', '=']) {
            let message = format!("`{text}` is no instruction: there are no operators, only instructions");
            let fault = self.error(Code::BadToken, self.span, message).read_as(self.span, "(unreachable)");
            let note = "an instruction stands before its operands, as in `(i32.add A B)`, or behind them";
            return Fault { diagnostic: fault.diagnostic.with_note(note), ..fault };
        }
        if matches!(text.as_bytes()[0], b'0'..=b'9' | b'+' | b'-' | b'.') {
            let error = self.error(Code::BadNumber, self.span, format!("`{text}` is not a number"));
            return match number::repaired(text) {
                Some(number) => error.guessed(format!("write `{number}`"), vec![edit(self.span, number)]),
                None => error.read_as(self.span, "0"),
            };
        }
        let message = format!("`{}` is not a token", self.shown());
        let last_word = self.line_before().trim_end().rsplit([' ', '\t', '(']).next().unwrap_or_default();
        if keyword::op(last_word).is_some() && text.bytes().all(is_idchar) {
            let error = self.error(Code::BadToken, self.span, format!("{message}: a name has a dollar sign"));
            let name = format!("${text}");
            return error.guessed(format!("write `{name}`"), vec![edit(self.span, name)]);
        }
        self.error(Code::BadToken, self.span, message).read_as(self.span, "")
    }

    fn comma(&self) -> Fault {
        if let Some(fault) = self.name_in_angle_brackets() {
            return fault;
        }
        let comma = self.first(1);
        let error = self.error(Code::BadToken, comma, "`,` separates nothing here");
        let before = self.line_before();
        let form = &before[before.rfind('(').map_or(0, |at| at + 1)..];
        let word = form.split(' ').next().unwrap_or_default();
        if matches!(word, "param" | "local") && self.rest()[1..].trim_start().starts_with('$') {
            let meant = format!(") ({word} ");
            let space = self.rest()[1..].len() - self.rest()[1..].trim_start_matches([' ', '\t']).len();
            let comma = Span::new(comma.start, comma.end + space as u32);
            return error.mended("each with a name stands for itself", vec![edit(comma, meant)]);
        }
        // A decimal comma, or one between thousands.
        let digits = |c: char| c.is_ascii_hexdigit() || matches!(c, 'x' | '_' | '.' | '+' | '-');
        let left = &before[before.trim_end_matches(digits).len()..];
        let right = self.rest()[1..].split(|c| !digits(c) && c != ',').next().unwrap_or_default();
        let right = right.trim_end_matches(',');
        let instr = before[..before.len() - left.len()].trim_end();
        let instr = instr.rsplit([' ', '\t', '(', '\n']).next().unwrap_or_default();
        let is_number =
            left.ends_with(|c: char| c.is_ascii_digit()) && right.starts_with(|c: char| c.is_ascii_digit());
        if is_number && instr.ends_with(".const") && !instr.starts_with('v') {
            let is_decimal = instr.starts_with('f') && !right.contains(['.', ',']) && !left.contains('.');
            let separator = if is_decimal { "." } else { "" };
            let meant = format!("{left}{separator}{}", right.replace(',', ""));
            let whole = Span::new(comma.start - left.len() as u32, comma.end + right.len() as u32);
            return error.guessed(format!("write `{meant}`"), vec![edit(whole, meant)]);
        }
        let is_thousands = is_number
            && right.len() == 3
            && left.len() <= 3
            && matches!(form.split([' ', '\t']).next(), Some("memory" | "table"));
        let edits = vec![edit(comma, "")];
        error.guessed_if(is_thousands, "take it away: white space is enough", edits)
    }

    /// A name of C++ or Rust, whose angle brackets are closed later on the line: `$f<a,b>`.
    fn name_in_angle_brackets(&self) -> Option<Fault> {
        let span = self.rest_of_name()?;
        let name = &self.source[span.range()];
        let count = |bracket| name.matches(bracket).count();
        (name.contains('<') && count('<') == count('>')).then(|| self.unquoted_name(span))
    }

    fn unquoted_name(&self, span: Span) -> Fault {
        let name = &self.source[span.range()];
        let message = format!("the identifier `{name}` has brackets or commas in it and must be quoted");
        let quoted = format!("$\"{}\"", name[1..].replace('\\', "\\\\"));
        self.error(Code::BadToken, span, message).mended("put it in quotes", vec![edit(span, quoted)])
    }

    /// A name that goes on with what must be quoted; none if no name is before the token. One of C++ or
    /// Rust goes on to its last angle bracket, over spaces.
    fn rest_of_name(&self) -> Option<Span> {
        let before = self.line_before();
        let name = &before[before.rfind('$')?..];
        let depth = |text: &str| text.matches('<').count() as i32 - text.matches('>').count() as i32;
        let touches = name.bytes().all(is_idchar);
        if name.contains(['(', ')', '"', ';']) || !(touches || depth(name) > 0) {
            return None;
        }
        let mut open = depth(name);
        let mut len = 0;
        for c in self.line().chars() {
            let ends = if open > 0 { "()\";" } else { "()\"; \t" };
            if ends.contains(c) {
                break;
            }
            open += i32::from(c == '<') - i32::from(c == '>');
            len += c.len_utf8();
        }
        Some(Span::new(self.span.start - name.len() as u32, self.at(len)))
    }

    fn bracket(&self, parenthesis: &'static str) -> Fault {
        if let Some(span) = self.rest_of_name() {
            return self.unquoted_name(span);
        }
        let bracket = self.first(1);
        // Around labels and the like there is nothing at all.
        let last_word = self.line_before().trim_end().rsplit([' ', '\t', '(']).next().unwrap_or_default();
        if parenthesis == "("
            && keyword::op(last_word).is_some_and(|op| !op.mnemonic().contains('.'))
            && let Some(end) = self.line().find(if self.rest().starts_with('[') { ']' } else { '}' })
            && self.line()[1..end].split([' ', '\t', ',']).all(is_label)
        {
            let end = Span::new(self.at(end), self.at(end + 1));
            let message =
                format!("`{}` is not a token: there are no brackets", &self.source[bracket.range()]);
            let error = self.error(Code::BadToken, bracket, message);
            return error.mended("take them away", vec![edit(bracket, ""), edit(end, "")]);
        }
        let shown = &self.source[bracket.range()];
        let message = format!("`{shown}` is not a token: there are only round parentheses");
        let error = self.error(Code::BadToken, bracket, message);
        error.guessed(format!("write `{parenthesis}`"), vec![edit(bracket, parenthesis)])
    }

    fn semicolon(&self) -> Fault {
        let line = self.line();
        let last_word = self.line_before().rsplit([' ', '\t', '(']).next().unwrap_or_default();
        let ends_code = last_word.ends_with(')') || keyword::op(last_word).is_some();
        if line.starts_with(";)") && !ends_code {
            let span = self.first(2);
            let error = self.error(Code::BadToken, span, "there is no comment open that `;)` could close");
            let before = self.line_before();
            let words = before[before.rfind(['(', ')', '"', ';']).map_or(0, |at| at + 1)..].trim_start();
            let first = words.split(' ').next().unwrap_or_default();
            return if words.is_empty() || keyword::op(first).is_some() {
                error.guessed("take it away", vec![edit(span, "")])
            } else {
                let start = self.span.start - words.len() as u32;
                let mut fault =
                    error.guessed("open it with `(;`", vec![edit(Span::new(start, start), "(; ")]);
                fault.changes = vec![edit(Span::new(start, span.end), format!("(; {words};)"))];
                fault
            };
        }
        let rest = line[1..].trim_start();
        let code = rest.trim_start_matches([')', ' ', '\t']);
        let ends_line = code.is_empty() || code.starts_with(";;") || code.starts_with("(;");
        // As in C, where it touches what it ends and an instruction or a form follows.
        let first = rest.split([' ', '\t', '(', ')']).next().unwrap_or_default();
        let separates = self.line_before().ends_with(|c: char| !c.is_whitespace())
            && (rest.starts_with('(') || keyword::op(first).is_some());
        if ends_code && line.starts_with(";)") || ends_line || separates {
            let message = "`;` separates nothing: instructions follow each other without it";
            let error = self.error(Code::BadToken, self.first(1), message);
            return error.guessed_if(separates, "take it away", vec![edit(self.first(1), "")]);
        }
        let comment = self.foreign_comment(1);
        let message = "one `;` does not begin a comment; two do, `;;`".to_owned();
        Fault { diagnostic: Diagnostic { message, ..comment.diagnostic }, ..comment }
    }

    fn starred_comment(&self) -> Fault {
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
                let mut fault = error.mended("write `(;` and `;)`", edits);
                // All of it is passed over.
                fault.changes = vec![edit(span.to(end), "(;;)")];
                fault
            }
            _ => error.read_as(Span::new(self.span.start, self.line_end()), ""),
        }
    }

    /// `offset = 4`
    fn spaced_memarg(&self) -> Option<Fault> {
        let before = self.line_before().trim_end();
        let name = ["offset", "align"].into_iter().find(|name| before.ends_with(name))?;
        let behind = self.rest().strip_prefix('=')?;
        let number = behind.trim_start_matches(' ');
        let digits = number.bytes().take_while(|&byte| is_idchar(byte)).count();
        if digits == 0 || !number.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let end = self.span.start as usize + 1 + (behind.len() - number.len()) + digits;
        let start = self.span.start as usize - (self.line_before().len() - before.len()) - name.len();
        let span = Span::new(start as u32, end as u32);
        let meant = format!("{name}={}", &number[..digits]);
        let word = Span::new(span.start, span.start + name.len() as u32);
        let message = format!("`{name}` is written with an equals sign and no spaces: `{meant}`");
        let error = self.error(Code::BadToken, word, message);
        Some(error.mended(format!("write `{meant}`"), vec![edit(span, meant)]))
    }

    /// `'a'` and `'text'`.
    fn single_quotes(&self) -> Option<Fault> {
        let inner = &self.line()[1..];
        let inner = &inner[..inner.find('\'')?];
        let span = self.first(inner.len() + 2);
        let quoted = &self.source[span.range()];
        let before = self.line_before().trim_end();
        let mut characters = inner.chars();
        if let (Some(character), None) = (characters.next(), characters.next())
            && before.ends_with(".const")
        {
            let message = format!("{quoted} is not a token: there are no character literals");
            let error = self.error(Code::BadToken, span, message);
            let code = (character as u32).to_string();
            return Some(error.mended(format!("write its code, {code}"), vec![edit(span, code)]));
        }
        let message = format!("{quoted} is not a token: strings stand in double quotes");
        let error = self.error(Code::BadToken, span, message);
        let string = format!("\"{}\"", inner.replace('"', "\\\""));
        Some(error.mended("write double quotes", vec![edit(span, string)]))
    }

    /// A string that touches another token; or a quote is missing, and what stands between two strings
    /// is taken for one.
    fn touching(&self) -> Fault {
        let text = self.text();
        let bytes = text.as_bytes();
        let mut at = 0;
        let mut edges = Vec::new();
        let mut broken = None;
        while at < bytes.len() {
            let start = at;
            if bytes[at] == b'"' {
                at += 1;
                at += rest_of_string(&bytes[at..]);
                if broken.is_none() && text[start..at].contains(['\n', '\r']) {
                    broken = Some(start);
                }
            } else {
                while at < bytes.len() && bytes[at] != b'"' {
                    at += 1;
                }
            }
            edges.push(at);
        }
        if let Some(broken) = broken {
            return self.missing_quote(&edges, broken);
        }
        let ends_in_name = text[edges.iter().rev().nth(1).copied().unwrap_or(0)..].starts_with('$');
        // A string that is never closed may be the end of one that was never opened.
        let last = &text[edges.iter().rev().nth(1).copied().unwrap_or(0)..];
        let is_open = last.starts_with('"') && (last.len() == 1 || !last.ends_with('"'));
        let missing: Vec<Edit> = edges[..edges.len() - 1]
            .iter()
            .map(|&edge| edit(Span::new(self.at(edge), self.at(edge)), " "))
            .collect();
        let message = format!("`{}` is not a token: tokens must be separated", self.shown());
        self.error(Code::BadToken, self.span, message).guessed_if(
            ends_in_name || is_open,
            "put a space between",
            missing,
        )
    }

    /// Strings have changed their places with what is between them: the quote before the one at
    /// `broken`, which runs over the end of its line, is one too few.
    fn missing_quote(&self, edges: &[usize], broken: usize) -> Fault {
        let text = self.text();
        // `"env "log"`: the first is not closed.
        if text.starts_with('"') && edges.len() > 1 {
            let inner = &text[1..edges[0] - 1];
            let end = self.at(1 + meant_len(inner));
            let error = self.error(Code::Unterminated, self.first(1), "this string is never closed");
            return error.guessed("close it with a quote", vec![edit(Span::new(end, end), "\"")]);
        }
        // `run"`: it is not opened.
        let word = &text[..broken];
        let message = format!("`{}\"` has no quote before it", shown(word));
        let error = self.error(Code::BadToken, self.first(broken), message);
        error.guessed("open it with a quote", vec![edit(self.span.before(), "\"")])
    }
}

/// Whether a word is a label, or nothing.
fn is_label(word: &str) -> bool {
    match word.strip_prefix('$') {
        Some(name) => name.bytes().all(is_idchar),
        None => word.bytes().all(|byte| byte.is_ascii_digit()),
    }
}

/// How much of what is left of a line behind a quote may be meant to be in the string.
fn meant_len(line: &str) -> usize {
    let inner = match line.find('(') {
        // What is behind is no text.
        Some(open) => &line[..open],
        None => line,
    };
    let inner = inner.trim_end();
    let without = inner.trim_end_matches(')').trim_end();
    if without.is_empty() { inner.len() } else { without.len() }
}

/// A text as it can be shown within a line.
fn shown(text: &str) -> String {
    let escape = |c: char| match c {
        c if c.is_control() => c.escape_debug().collect::<Vec<char>>(),
        c => vec![c],
    };
    text.chars().take(40).flat_map(escape).collect()
}

/// The remark on a name with a character in it that is invisible or looks like one of ASCII.
pub(crate) fn look_alike(name: &str) -> Option<String> {
    let is_deceptive =
        |c: &char| !c.is_ascii() && (ascii(*c).is_some() || is_bidirectional(*c) || is_private(*c));
    let character = name.chars().find(is_deceptive)?;
    let what = match ascii(character) {
        Some(text) if !is_invisible(character) && !text.trim().is_empty() => {
            format!(", which looks like `{text}`")
        }
        _ => String::new(),
    };
    Some(format!("the name contains {}{what}", code_point(character)))
}

/// Whether a character beyond ASCII is part of the word that it touches.
fn is_wordlike(character: char) -> bool {
    match ascii(character) {
        Some(text) => text.bytes().all(is_idchar),
        None => !character.is_whitespace() && !character.is_control(),
    }
}

/// Whether a character is shown as something that a reader recognizes.
fn is_visible(character: char) -> bool {
    ascii(character).is_none_or(|text| text.bytes().any(is_idchar))
        && !is_private(character)
        && !is_bidirectional(character)
        && !character.is_control()
        && !character.is_whitespace()
}

/// Whether a text is a keyword or a number.
fn is_known(text: &str) -> bool {
    let is_number = |text: &str| {
        let kind = text.starts_with(|c: char| c.is_ascii_digit() || "+-".contains(c));
        kind && number::classify(text.as_bytes()) != TokenKind::Reserved
    };
    keyword::op(text).is_some() || crate::lex::words().any(|word| word == text) || is_number(text)
}
