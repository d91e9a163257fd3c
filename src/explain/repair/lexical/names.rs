//! Identifiers and annotations whose names are missing or must be quoted.

use super::characters::is_wordlike;
use super::token::BadToken;
use crate::diagnostic::{Code, edit};
use crate::explain::repair::recoverable::Recoverable;
use crate::lex::is_idchar;
use crate::span::Span;

impl BadToken<'_> {
    pub(super) fn empty_id(&self) -> Recoverable {
        let following = self.source[self.span.end as usize..].chars().next();
        if self.span.len() == 1 && following.is_some_and(|c| !c.is_ascii() && is_wordlike(c)) {
            return BadToken { span: self.span.after(), ..*self }.non_ascii_word();
        }
        let error = self.error(
            Code::BadToken,
            self.span,
            "an identifier cannot be empty: its name follows the dollar sign directly",
        );
        let rest = &self.source[self.span.end as usize..];
        let space = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let name = rest[space..].bytes().take_while(|&byte| is_idchar(byte)).count();
        if self.span.len() == 1 && space > 0 && name > 0 && rest.as_bytes()[space] != b'$' {
            let span = Span::new(self.span.start, self.span.end + (space + name) as u32);
            let joined = format!("${}", &rest[space..space + name]);
            return error.with_guess("remove the space", vec![edit(span, joined)]);
        }
        error.read_as(self.span, "")
    }

    pub(super) fn empty_annotation(&self) -> Recoverable {
        let message = "the name of an annotation must directly follow `(@`";
        let error = self.error(Code::BadToken, self.span, message);
        let rest = &self.source[self.span.end as usize..];
        let space = rest.len() - rest.trim_start().len();
        if rest[space..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            let name: String =
                rest[space..].chars().take_while(|&c| u8::try_from(c).is_ok_and(is_idchar)).collect();
            let span = Span::new(self.span.start, self.span.end + (space + name.len()) as u32);
            // An annotation that is not known would hide its contents.
            let is_known = matches!(&name[..], "custom" | "name" | "producers" | "dylink.0")
                || name.starts_with("metadata.code.");
            let edits = vec![edit(span, format!("(@{name}"))];
            return error.with_guess_if(!is_known, "remove the space", edits);
        }
        error.read_as(self.span, "(@nothing")
    }

    /// Explains an identifier of C++ or Rust with angle brackets that are closed on the same line: `$f<a,b>`.
    pub(super) fn name_in_angle_brackets(&self) -> Option<Recoverable> {
        let span = self.rest_of_name()?;
        let name = &self.source[span.range()];
        let count = |bracket| name.matches(bracket).count();
        (name.contains('<') && count('<') == count('>')).then(|| self.unquoted_name(span))
    }

    pub(super) fn unquoted_name(&self, span: Span) -> Recoverable {
        let name = &self.source[span.range()];
        let message = format!("the identifier `{name}` contains brackets or commas and must be quoted");
        let quoted = format!("$\"{}\"", name[1..].replace('\\', "\\\\"));
        self.error(Code::BadToken, span, message).with_fix("write it in quotes", vec![edit(span, quoted)])
    }

    /// Returns the identifier that the token continues and that must be quoted. `None` if the token does not
    /// follow an identifier. In C++ and Rust it ends with the last angle bracket and may contain spaces.
    pub(super) fn rest_of_name(&self) -> Option<Span> {
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
}
