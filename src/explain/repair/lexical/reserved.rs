//! Words, numbers and punctuation that are not tokens.

use super::token::BadToken;
use crate::diagnostic::{Code, edit};
use crate::explain::repair::recoverable::Recoverable;
use crate::lex::is_idchar;
use crate::lex::{keyword, number};
use crate::span::{Span, floor_boundary};

impl BadToken<'_> {
    pub(super) fn reserved(&self) -> Recoverable {
        let text = self.text();
        let foreign = self.foreign_function().or_else(|| self.foreign_form());
        let foreign = foreign.or_else(|| self.lisp_function());
        if let Some(fault) = foreign.or_else(|| self.prose()) {
            return fault;
        }
        match text.as_bytes() {
            [b'{', ..] => {
                let fault = self.braces_of_if().or_else(|| self.foreign_loop());
                let fault = fault.or_else(|| self.brace_after_block());
                return fault.or_else(|| self.bracket_pair('{', '}')).unwrap_or_else(|| self.bracket("("));
            }
            [b'[', ..] => {
                let fault = self.address().or_else(|| self.index());
                return fault.unwrap_or_else(|| self.bracket("("));
            }
            [b'}', ..] => return self.brace_of_block().unwrap_or_else(|| self.bracket(")")),
            [b']', ..] => return self.bracket(")"),
            [b',', ..] => return self.comma(),
            [b';', ..] => return self.semicolon(),
            [b'#', digits @ ..]
                if self.is_number_expected()
                    && is_hexadecimal(digits.strip_prefix(b"x").unwrap_or(digits)) =>
            {
                let error = self.error(Code::BadNumber, self.span, format!("`{text}` is not a number"));
                let meant = format!("0x{}", text[1..].trim_start_matches('x'));
                return error.with_guess(format!("write `{meant}`"), vec![edit(self.span, meant)]);
            }
            [b'+' | b'-'] if self.is_number_expected() => {
                let following = &self.rest()[1..];
                let space = following.len() - following.trim_start_matches([' ', '\t']).len();
                let digits = following[space..].bytes().take_while(|&byte| is_idchar(byte)).count();
                if space > 0 && following[space..].starts_with(|c: char| c.is_ascii_digit()) {
                    let meant = format!("{text}{}", &following[space..space + digits]);
                    let error = self.error(Code::BadNumber, self.span, format!("`{text}` is not a number"));
                    let whole = Span::new(self.span.start, self.span.end + (space + digits) as u32);
                    return error.with_fix("remove the space", vec![edit(whole, meant)]);
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
            return error.with_guess(format!("write `{number}`"), vec![edit(self.span, number)]);
        }
        let lower = text.to_ascii_lowercase();
        let is_known = keyword::op(&lower).is_some() || crate::lex::words().any(|word| word == lower);
        if lower != text && is_known {
            let message = format!("unknown word `{text}`: words are written in lower case, `{lower}`");
            let error = self.error(Code::BadToken, self.span, message);
            return error.with_fix(format!("write `{lower}`"), vec![edit(self.span, lower)]);
        }
        if let Some(fault) = self.spaced_memarg() {
            return fault;
        }
        if let Some(fault) = self.operator() {
            return fault;
        }
        // An operator between possible operands.
        let is_operator = text.bytes().all(|byte| b"+-*/%=<>&|!^~:".contains(&byte));
        let follows_operand = self.source[..self.span.start as usize].trim_end().ends_with([')', '(']);
        if is_operator && follows_operand && !text.contains([':', '=']) {
            let message = format!("`{text}` is not an instruction: there are no operators");
            let fault = self.error(Code::BadToken, self.span, message).read_as(self.span, "(unreachable)");
            let note = "an instruction comes before its operands, as in `(i32.add A B)`, or after them";
            return fault.with_note(note);
        }
        // Strings that follow each other are joined.
        let before = self.line_before().trim_end();
        if matches!(text, "+" | "." | "..")
            && before.ends_with('"')
            && self.rest()[text.len()..].trim_start().starts_with('"')
        {
            let error = self.error(
                Code::BadToken,
                self.span,
                format!("unexpected `{text}`: strings in a row are joined"),
            );
            return error.with_fix("remove it", vec![edit(self.span, "")]);
        }
        if text.bytes().all(|byte| byte == b'.') {
            let error = self.error(Code::BadToken, self.span, format!("`{text}` is not a token"));
            return error.with_guess("remove it", vec![edit(self.span, "")]);
        }
        if let Some(inner) = text.strip_prefix('`').and_then(|text| text.strip_suffix('`')) {
            let error = self.error(Code::BadToken, self.span, "a string is written in double quotes");
            return error.with_guess("write double quotes", vec![edit(self.span, format!("\"{inner}\""))]);
        }
        if matches!(text.as_bytes()[0], b'0'..=b'9' | b'+' | b'-' | b'.') {
            let error = self.error(Code::BadNumber, self.span, format!("`{text}` is not a number"));
            return match number::repaired(text) {
                Some(number) => error.with_guess(format!("write `{number}`"), vec![edit(self.span, number)]),
                None => error.read_as(self.span, "0"),
            };
        }
        let message = format!("`{}` is not a token", self.shown());
        let before = self.line_before().trim_end();
        let last_word = before.rsplit([' ', '\t', '(']).next().unwrap_or_default();
        let is_head = before.ends_with(&format!("({last_word}")) && NAMED.contains(&last_word)
            || before.ends_with("(ref null");
        if (keyword::op(last_word).is_some() || is_head) && text.bytes().all(is_idchar) {
            let error = self.error(
                Code::BadToken,
                self.span,
                format!("{message}: an identifier begins with a dollar sign"),
            );
            // Other languages mark names by other characters.
            let plain = text.trim_start_matches(['@', '%']);
            let is_plain = !plain.is_empty() && self.source.contains(&format!("${plain}"));
            let name = format!("${}", if is_plain { plain } else { text });
            return error.with_fix(format!("write `{name}`"), vec![edit(self.span, name)]);
        }
        self.error(Code::BadToken, self.span, message).read_as(self.span, "")
    }

    fn comma(&self) -> Recoverable {
        let special = self.name_in_angle_brackets().or_else(|| self.foreign_params());
        if let Some(fault) = special.or_else(|| self.foreign_call()) {
            return fault;
        }
        let comma = self.first(1);
        let error = self.error(Code::BadToken, comma, "unexpected `,`");
        let before = self.line_before();
        let form = &before[before.rfind('(').map_or(0, |at| at + 1)..];
        let word = form.split(' ').next().unwrap_or_default();
        if matches!(word, "param" | "local") && self.rest()[1..].trim_start().starts_with('$') {
            let meant = format!(") ({word} ");
            let space = self.rest()[1..].len() - self.rest()[1..].trim_start_matches([' ', '\t']).len();
            let comma = Span::new(comma.start, comma.end + space as u32);
            return error.with_fix(format!("write one `{word}` for each name"), vec![edit(comma, meant)]);
        }
        // A decimal comma, or one between thousands. A list of numbers may fill the line, so only nearby text is
        // considered.
        const LONGEST: usize = 64;
        let digits = |c: char| c.is_ascii_hexdigit() || matches!(c, 'x' | '_' | '.' | '+' | '-');
        let near = &before[floor_boundary(before, before.len().saturating_sub(LONGEST))..];
        let left = &near[near.trim_end_matches(digits).len()..];
        let right = &self.rest()[1..];
        let right = &right[..floor_boundary(right, LONGEST)];
        let right = right.split(|c| !digits(c) && c != ',').next().unwrap_or_default();
        let right = right.trim_end_matches(',');
        let instr = before[..before.len() - left.len()].trim_end();
        let instr = &instr[floor_boundary(instr, instr.len().saturating_sub(LONGEST))..];
        let instr = instr.rsplit([' ', '\t', '(', '\n']).next().unwrap_or_default();
        let is_number =
            left.ends_with(|c: char| c.is_ascii_digit()) && right.starts_with(|c: char| c.is_ascii_digit());
        if is_number && instr.ends_with(".const") && !instr.starts_with('v') {
            let is_decimal = instr.starts_with('f') && !right.contains(['.', ',']) && !left.contains('.');
            let separator = if is_decimal { "." } else { "" };
            let meant = format!("{left}{separator}{}", right.replace(',', ""));
            let whole = Span::new(comma.start - left.len() as u32, comma.end + right.len() as u32);
            return error.with_guess(format!("write `{meant}`"), vec![edit(whole, meant)]);
        }
        let is_thousands = is_number
            && right.len() == 3
            && left.len() <= 3
            && matches!(form.split([' ', '\t']).next(), Some("memory" | "table"));
        let edits = vec![edit(comma, "")];
        error.with_guess_if(is_thousands, "remove the comma: white space is enough", edits)
    }

    fn bracket(&self, parenthesis: &'static str) -> Recoverable {
        if let Some(span) = self.rest_of_name() {
            let name = &self.source[span.range()];
            let count = |bracket: char| name.matches(bracket).count();
            // In `[$f $g]` the bracket is not part of the name.
            if count('[') == count(']') && count('{') == count('}') {
                return self.unquoted_name(span);
            }
        }
        let bracket = self.first(1);
        if self.rest().starts_with('[')
            && let Some(fault) = self.bracket_pair('[', ']')
        {
            return fault;
        }
        // Lists of labels have no brackets at all.
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
            return error.with_fix("remove the brackets", vec![edit(bracket, ""), edit(end, "")]);
        }
        let shown = &self.source[bracket.range()];
        let message = format!("`{shown}` is not a token: there are only round parentheses");
        let error = self.error(Code::BadToken, bracket, message);
        error.with_guess(format!("write `{parenthesis}`"), vec![edit(bracket, parenthesis)])
    }

    /// Explains `offset = 4`.
    fn spaced_memarg(&self) -> Option<Recoverable> {
        let before = self.line_before().trim_end();
        let name = ["offset", "align"].into_iter().find(|name| before.ends_with(name))?;
        let following = self.rest().strip_prefix('=')?;
        let number = following.trim_start_matches(' ');
        let digits = number.bytes().take_while(|&byte| is_idchar(byte)).count();
        if digits == 0 || !number.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let end = self.span.start as usize + 1 + (following.len() - number.len()) + digits;
        let start = self.span.start as usize - (self.line_before().len() - before.len()) - name.len();
        let span = Span::new(start as u32, end as u32);
        let meant = format!("{name}={}", &number[..digits]);
        let word = Span::new(span.start, span.start + name.len() as u32);
        let message = format!("`{name}` is written with an equals sign and no spaces: `{meant}`");
        let error = self.error(Code::BadToken, word, message);
        Some(error.with_fix(format!("write `{meant}`"), vec![edit(span, meant)]))
    }
}

/// The keywords that a name can follow.
const NAMED: [&str; 12] =
    ["func", "type", "global", "memory", "table", "tag", "param", "local", "field", "ref", "start", "struct"];

/// Whether a word is a label or empty.
fn is_label(word: &str) -> bool {
    match word.strip_prefix('$') {
        Some(name) => name.bytes().all(is_idchar),
        None => word.bytes().all(|byte| byte.is_ascii_digit()),
    }
}

fn is_hexadecimal(digits: &[u8]) -> bool {
    !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit)
}
