//! Strings: their ends, their escapes, and what touches them.

use super::token::BadToken;
use crate::diagnostic::{Code, Edit, edit};
use crate::explain::repair::quote::shown;
use crate::explain::repair::recoverable::Recoverable;
use crate::lex::string;
use crate::lex::{is_idchar, rest_of_string};
use crate::span::Span;

impl BadToken<'_> {
    pub(super) fn open_string(&self) -> Recoverable {
        let fault = self.error(Code::Unterminated, self.first(1), "this string is never closed");
        let end = self.at(1 + meant_len(&self.line()[1..]));
        fault.with_guess("add a quote", vec![edit(Span::new(end, end), "\"")])
    }

    /// Whether the quote that ends the string was probably meant to begin another one, on a later line.
    pub(super) fn runs_into_another(&self) -> bool {
        let following = self.source[self.span.end as usize..].chars().next();
        self.text().contains('\n')
            && (following.is_some_and(|next| is_idchar(next as u8) && next.is_ascii())
                || self.line()[1..].contains(['(', ')']))
    }

    pub(super) fn bad_string(&self) -> Vec<Recoverable> {
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
                        "the control character 0x{byte:02x} must be written as an escape in a string, `{escape}`"
                    );
                    let error = self.error(Code::UnexpectedCharacter, at, message);
                    error.with_guess("write it as an escape", vec![edit(at, escape)])
                }
                string::Fault::Escape if bad == "\\u" => {
                    let (fault, len) = self.bad_unicode_escape(range.start);
                    from = range.start + len;
                    fault
                }
                string::Fault::Escape if matches!(bad, "\\\r" | "\\\n") => {
                    // A line continuation, as in other languages.
                    from = range.end + usize::from(self.text()[range.end..].starts_with('\n'));
                    let message = "a string cannot continue on the next line".to_owned();
                    let whole = Span::new(at.start, self.at(from));
                    let note = "close the string: strings that follow each other are one";
                    let fault = self.error(Code::BadEscape, at.head(), message).read_as(whole, "");
                    fault.with_note(note)
                }
                string::Fault::Escape => self.bad_escape(at, bad, range.end),
            });
        }
        faults
    }

    fn bad_escape(&self, at: Span, bad: &str, end: usize) -> Recoverable {
        let digits: String = self.text()[end..].chars().take_while(char::is_ascii_hexdigit).take(2).collect();
        let message = format!("unknown escape `{}` in a string", shown(bad));
        let mut error = self.error(Code::BadEscape, at, message);
        error.diagnostic = error.diagnostic.with_note(
            "escapes are \\t \\n \\r \\\" \\' \\\\, two hexadecimal digits as in \\0a, and \\u{...} for a \
             Unicode scalar value",
        );
        let span = |len: u32| Span::new(at.start, at.end + len);
        match bad.as_bytes() {
            [b'\\', b'x'] if digits.len() == 2 => {
                // In C, a third digit belongs to the escape, too.
                let is_longer = self.text()[end + 2..].starts_with(|c: char| c.is_ascii_hexdigit());
                let edits = vec![edit(span(2), format!("\\{digits}"))];
                error.with_guess_if(is_longer, "remove the `x`", edits)
            }
            // The escape character begins the control sequences of terminals.
            [b'\\', b'e'] if self.text()[end..].starts_with('[') => {
                error.with_guess("write its code", vec![edit(at, "\\1b")])
            }
            [
                b'\\',
                b'/' | b'?' | b'%' | b'$' | b'&' | b'#' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'`',
            ] => error.with_guess("remove the backslash", vec![edit(at.head(), "")]),
            [b'\\', digit] if digit.is_ascii_hexdigit() => {
                let escape = format!("\\0{}", *digit as char);
                error.with_guess("write two digits", vec![edit(at, escape)])
            }
            [b'\\', b'a'] => error.with_guess("write its code", vec![edit(at, "\\07")]),
            [b'\\', b'v'] => error.with_guess("write its code", vec![edit(at, "\\0b")]),
            _ => error.with_guess("for a backslash, write two", vec![edit(at.head(), "\\\\")]),
        }
    }

    /// Explains the escape `\u` at offset `at` of the token. Also returns its length.
    fn bad_unicode_escape(&self, at: usize) -> (Recoverable, usize) {
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
                .with_guess("for a backslash, write two", vec![edit(span.head(), "\\\\")]),
            Ok(high @ 0xd800..=0xdbff) => return self.surrogates(at, whole, high),
            Ok(0xdc00..=0xdfff) => error(format!("`{escape}` is a surrogate, U+{number}, not a character"))
                .read_as(span, "\\u{fffd}"),
            Ok(0..=0x10_ffff) if braced == 0 => {
                let edits = vec![edit(span, format!("\\u{{{number}}}"))];
                error(format!("the digits of `{escape}` must be in braces")).with_guess_if(
                    len < 4,
                    "write them in braces",
                    edits,
                )
            }
            Ok(0..=0x10_ffff) => error(format!("the brace of `{escape}` is never closed"))
                .with_guess("add `}`", vec![edit(span.after(), "}")]),
            _ => {
                let message = format!("`{escape}` exceeds the last character, U+10FFFF");
                error(message).read_as(span, "\\u{fffd}")
            }
        };
        (fault, whole)
    }

    /// Explains an escape of a high surrogate, with or without the second half of the pair.
    fn surrogates(&self, at: usize, len: usize, high: u32) -> (Recoverable, usize) {
        let span = Span::new(self.at(at), self.at(at + len));
        let escape = &self.source[span.range()];
        let message = format!("`{escape}` is a surrogate, U+{high:X}, not a character");
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
                    error(span).with_guess("for the character of the pair, write", vec![edit(whole, meant)]);
                (fault, len + low_len)
            }
            _ => (error(span).read_as(span, "\\u{fffd}"), len),
        }
    }

    /// Explains `'a'` and `'text'`.
    pub(super) fn single_quotes(&self) -> Option<Recoverable> {
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
            // A digit may mean the number itself.
            let is_guess = character.is_ascii_digit();
            let message = format!("write its code, {code}");
            return Some(error.with_guess_if(is_guess, message, vec![edit(span, code)]));
        }
        let message = format!("{quoted} is not a token: strings are in double quotes");
        let error = self.error(Code::BadToken, span, message);
        let string = format!("\"{}\"", inner.replace('"', "\\\""));
        Some(error.with_fix("write double quotes", vec![edit(span, string)]))
    }

    /// Explains a string that touches another token, or a missing quote, after which the text between two
    /// strings is read as a string.
    pub(super) fn touching(&self) -> Recoverable {
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
                let string = &text[start..at];
                let is_closed = string.len() > 1 && string.ends_with('"');
                if broken.is_none() && (!is_closed || string.contains(['\n', '\r'])) {
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
        let missing: Vec<Edit> = edges[..edges.len() - 1]
            .iter()
            .map(|&edge| edit(Span::new(self.at(edge), self.at(edge)), " "))
            .collect();
        let message = format!("`{}` is not a token: tokens must be separated", self.shown());
        self.error(Code::BadToken, self.span, message).with_guess_if(ends_in_name, "add a space", missing)
    }

    /// Explains a missing quote, after which strings and the text between them are exchanged. The string that
    /// begins at `broken` is the first that contains a line break or is not closed.
    fn missing_quote(&self, edges: &[usize], broken: usize) -> Recoverable {
        let text = self.text();
        // `"env "log"`: the first string is not closed.
        if text.starts_with('"') && edges.len() > 1 {
            let inner = &text[1..edges[0] - 1];
            let end = self.at(1 + meant_len(inner));
            let error = self.error(Code::Unterminated, self.first(1), "this string is never closed");
            return error.with_guess("add a quote", vec![edit(Span::new(end, end), "\"")]);
        }
        // `run"`: the string is not opened.
        let word = &text[..broken];
        let message = format!("`{}\"` has no opening quote", shown(word));
        let error = self.error(Code::BadToken, self.first(broken), message);
        error.with_guess("add a quote", vec![edit(self.span.before(), "\"")])
    }
}

/// Returns the length of the part of a line that probably belongs to the string.
fn meant_len(line: &str) -> usize {
    let inner = match line.find('(') {
        // A form is not part of the string.
        Some(open) => &line[..open],
        None => line,
    };
    let inner = inner.trim_end();
    let without = inner.trim_end_matches(')').trim_end();
    if without.is_empty() { inner.len() } else { without.len() }
}
