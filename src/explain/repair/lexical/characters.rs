//! Characters that cannot occur outside of strings and comments.

use super::token::{BadToken, NEAR, is_known};
use crate::characters::{ascii, code_point, is_bidirectional, is_invisible, is_private};
use crate::diagnostic::{Code, edit};
use crate::explain::repair::quote::shown;
use crate::explain::repair::recoverable::Recoverable;
use crate::explain::spelling::near_instruction;
use crate::lex::is_idchar;
use crate::span::{Span, floor_boundary};

/// The maximum length of a word for which similar words are searched.
const NEAR_WORD: usize = 32;

impl BadToken<'_> {
    pub(super) fn bad_character(&self) -> Recoverable {
        let Some(character) = self.rest().chars().next() else {
            return self.error(Code::UnexpectedCharacter, self.span, "unexpected end");
        };
        if character.is_ascii() {
            let span = self.first(1);
            let Some(plain) = ascii(character) else {
                let code = character as u32;
                let message = format!("unexpected character 0x{code:02x}, a control character");
                let error = self.error(Code::UnexpectedCharacter, span, message);
                return error.with_guess("remove it", vec![edit(span, "")]);
            };
            return self.unexpected(span, "").with_fix(format!("write `{plain}`"), vec![edit(span, plain)]);
        }
        self.typographic_quotes(character).unwrap_or_else(|| match is_wordlike(character) {
            true => self.non_ascii_word(),
            false => self.punctuation(),
        })
    }

    /// Creates the error for characters that cannot occur in the source text.
    fn unexpected(&self, span: Span, remark: &str) -> Recoverable {
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

    /// Explains a string in typographic quotes.
    fn typographic_quotes(&self, character: char) -> Option<Recoverable> {
        let ends: &[char] = match character {
            '\u{201c}'..='\u{201f}' => &['\u{201c}', '\u{201d}', '"'],
            '\u{2018}'..='\u{201b}' => &['\u{2018}', '\u{2019}'],
            '\u{300c}' => &['\u{300d}'],
            '\u{ff02}' => &['\u{ff02}', '"'],
            _ => return None,
        };
        let span = self.first(character.len_utf8());
        let following = &self.rest()[character.len_utf8()..];
        let following = &following[..floor_boundary(following, NEAR)];
        let len = following.find(|c| ends.contains(&c) || matches!(c, '\n' | '\r'))?;
        if following[len..].starts_with(['\n', '\r']) {
            return None;
        }
        let closing = following[len..].chars().next().map_or(0, char::len_utf8);
        let whole = Span::new(span.start, span.end + (len + closing) as u32);
        let edits = vec![edit(whole, format!("\"{}\"", &following[..len]))];
        // A plain quote may begin the next string instead.
        let ends_plainly = following[len..].starts_with('"')
            && (following[..len].contains(char::is_whitespace)
                || !following[len + 1..].starts_with(|c: char| c.is_whitespace() || c == ')'));
        let is_guess =
            ascii(character) != Some("\"") || following[..len].contains(['"', '(', ')']) || ends_plainly;
        Some(self.unexpected(span, "").with_guess_if(is_guess, "write plain quotes", edits))
    }

    /// Explains white space and punctuation outside ASCII.
    fn punctuation(&self) -> Recoverable {
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
                error.with_guess_if(is_guess, help, vec![edit(span, plain)])
            }
            None => error.with_guess("remove it", vec![edit(span, "")]),
        }
    }

    /// The word that the token is part of, including characters outside ASCII.
    fn word(&self) -> Span {
        let bytes = self.source.as_bytes();
        let mut start = self.span.start as usize;
        while start > 0 && is_idchar(bytes[start - 1]) {
            start -= 1;
        }
        let rest = self.rest();
        let is_part =
            |c: char| if c.is_ascii() { u8::try_from(c).is_ok_and(is_idchar) } else { is_wordlike(c) };
        let len = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        Span::new(start as u32, self.at(len))
    }

    /// Explains a word with characters outside ASCII: an identifier that must be quoted, or a word with
    /// letters that look like those of ASCII.
    pub(super) fn non_ascii_word(&self) -> Recoverable {
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
        // Greek letters in identifiers are probably meant.
        let is_greek = |c: char| matches!(c, '\u{370}'..='\u{3ff}');
        let looks_alike = plain.is_some() && !word.contains(is_greek);
        match plain.filter(|_| !is_name || (has_ascii && !word.contains(is_greek))) {
            Some(plain) => {
                let remark = format!(", which looks like `{}`", ascii(character).unwrap_or_default());
                let error = self.unexpected(run, &remark);
                let is_guess = !is_known(&plain);
                error.with_guess_if(is_guess, format!("write `{}`", shown(&plain)), vec![edit(span, plain)])
            }
            None if is_name => {
                let contents = match word.chars().find(|&c| !c.is_ascii() && !c.is_alphanumeric()) {
                    Some(other) => format!("contains {}", code_point(other)),
                    None if looks_alike => {
                        let text = ascii(character).unwrap_or_default();
                        format!(
                            "contains `{character}`, {}, which looks like `{text}`,",
                            code_point(character)
                        )
                    }
                    None => "has letters outside ASCII".to_owned(),
                };
                let message = format!("the identifier `{}` {contents} and must be quoted", shown(word));
                let quoted = format!("$\"{}\"", word[1..].replace('\\', "\\\\"));
                let error = self.error(Code::UnexpectedCharacter, span, message);
                error.with_fix("write it in quotes", vec![edit(span, quoted)])
            }
            None => {
                let error = self.unexpected(run, "");
                // The rest of the word may be similar to an instruction. It is not reported, as it is not in the source.
                let rest: String = word.chars().filter(char::is_ascii).collect();
                let near = match rest.is_empty() || rest.len() > NEAR_WORD {
                    true => None,
                    false => near_instruction(&rest).map(|near| near.name).filter(|_| !is_known(&rest)),
                };
                match near {
                    Some(near) => error.with_guess(format!("write `{near}`"), vec![edit(span, near)]),
                    None => {
                        let fault = error.with_guess("remove it", vec![edit(run, "")]);
                        Recoverable { edits: vec![edit(span, rest)], ..fault }
                    }
                }
            }
        }
    }

    /// Explains a word with invisible characters in it.
    fn invisible(&self, word: Span, run: Span) -> Recoverable {
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
            return error.with_guess("write a space", vec![edit(span, " ")]);
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
        error.with_guess_if(is_guess, "remove it", vec![edit(word, plain)])
    }
}

/// Whether a character outside ASCII is part of the word that it touches.
pub(super) fn is_wordlike(character: char) -> bool {
    match ascii(character) {
        Some(text) => text.bytes().all(is_idchar),
        None => !character.is_whitespace() && !character.is_control(),
    }
}

/// Whether a reader recognizes the character as shown.
fn is_visible(character: char) -> bool {
    ascii(character).is_none_or(|text| text.bytes().any(is_idchar))
        && !is_private(character)
        && !is_bidirectional(character)
        && !character.is_control()
        && !character.is_whitespace()
}
