//! Operators of other languages: infix operators, assignments, arrows and ellipses.

use super::token::{BadToken, NEAR};
use crate::diagnostic::{Code, edit};
use crate::explain::repair::recoverable::Recoverable;
use crate::explain::vocabulary::OPERATORS;
use crate::lex::{is_idchar, keyword, number};
use crate::span::{Span, ceil_boundary, floor_boundary};

/// The maximum length of the parameters before or after a comma, in bytes.
const LONGEST_PARAMS: usize = 256;

const NOTE: &str = "an instruction comes before its operands, as in `(i32.add A B)`, or after them";

impl BadToken<'_> {
    pub(super) fn operator(&self) -> Option<Recoverable> {
        let text = self.text();
        match text {
            "->" | "=>" => self.arrow(),
            ":" if self.line_before().trim_end().ends_with(')') && self.enclosing_word() == Some("func") => {
                self.arrow()
            }
            "..." => Some(self.ellipsis()),
            "=" | ":=" => self.initial_value().or_else(|| self.assignment()),
            _ => {
                let (_, operation, has_sign) = OPERATORS.iter().find(|(operator, ..)| *operator == text)?;
                self.infix(operation, *has_sign)
            }
        }
    }

    fn no_operators(&self) -> Recoverable {
        let message = format!("`{}` is not an instruction: there are no operators", self.text());
        self.error(Code::BadToken, self.span, message).with_note(NOTE)
    }

    /// `(+ A B)`
    fn prefix(&self, operation: &str, has_sign: bool) -> Option<Recoverable> {
        let left = self.operand_after()?;
        let right = BadToken { span: left, ..*self }.operand_after()?;
        if !self.source[..self.span.start as usize].ends_with('(')
            || ![left, right].into_iter().all(|operand| self.is_operand(operand))
        {
            return None;
        }
        let ty = self.type_of(left).or_else(|| self.type_of(right))?;
        let sign = if has_sign && ty.starts_with('i') { "_s" } else { "" };
        let instr = keyword::op(&format!("{ty}.{operation}{sign}"))?.mnemonic();
        let message = format!("`{}` is not an instruction: there are no operators", self.text());
        let fault = self.error(Code::BadToken, self.span, message);
        Some(fault.with_guess_if(!sign.is_empty(), format!("write `{instr}`"), vec![edit(self.span, instr)]))
    }

    /// `(A == B)`, or the same without parentheses.
    fn infix(&self, operation: &str, has_sign: bool) -> Option<Recoverable> {
        if let Some(fault) =
            self.prefix(operation, has_sign).or_else(|| self.infix_of_flat(operation, has_sign))
        {
            return Some(fault);
        }
        let (left, right) = (self.operand_before()?, self.operand_after()?);
        if !self.is_operand(right) {
            return None;
        }
        let whole = self.in_parentheses(left.to(right));
        let fault = self.no_operators();
        if let Some(instr) = self.instruction_around(left, right) {
            let is_same = instr
                .split_once('.')
                .is_some_and(|(_, of)| of.trim_end_matches("_s").trim_end_matches("_u") == operation);
            let message = format!("unexpected `{}` between the operands of `{instr}`", self.text());
            let fault = self.error(Code::BadToken, self.span, message);
            let removed = Span::new(self.span.start, right.start);
            return Some(fault.with_guess_if(!is_same, "remove it", vec![edit(removed, "")]));
        }
        let Some(ty) = self.type_of(left).or_else(|| self.type_of(right)) else {
            return Some(fault.read_as(whole, "(unreachable)"));
        };
        let sign = if has_sign && ty.starts_with('i') { "_s" } else { "" };
        let instr = format!("{ty}.{operation}{sign}");
        if keyword::op(&instr).is_none() {
            return Some(fault.read_as(whole, "(unreachable)"));
        }
        let meant = format!("({instr} {} {})", self.folded(left, ty), self.folded(right, ty));
        Some(fault.with_guess(format!("write `{instr}` before its operands"), vec![edit(whole, meant)]))
    }

    /// The instruction with two operands that are these two: `(i32.and A && B)`.
    fn instruction_around(&self, left: Span, right: Span) -> Option<&str> {
        let before = self.source[..left.start as usize].trim_end();
        let before = &before[ceil_boundary(before, before.len().saturating_sub(NEAR))..];
        let word = before.rsplit(|c: char| !u8::try_from(c).is_ok_and(is_idchar)).next()?;
        let op = keyword::op(word)?;
        let operands = op.row().signature.split("->").next()?.split_whitespace().count();
        let is_head = before[..before.len() - word.len()].ends_with('(');
        let closes = self.source[right.end as usize..].trim_start().starts_with(')');
        (is_head && closes && operands == 2).then_some(word)
    }

    /// `(global $g i32 = A)`, `(local.set $x = A)`: an operator that is not needed.
    fn initial_value(&self) -> Option<Recoverable> {
        let before = self.near_before();
        let head = before[before.rfind('(')?..].trim_end();
        let mut words = head[1..].split_whitespace();
        let is_set = matches!(words.next()?, "local.set" | "local.tee" | "global.set")
            && words.next()?.starts_with('$')
            && words.next().is_none();
        let is_global = self.enclosing_word() == Some("global")
            && self.rest()[self.text().len()..].trim_start().starts_with('(');
        if !is_set && !is_global {
            return None;
        }
        let message = format!("unexpected `{}`: the value follows directly", self.text());
        let space = self.rest()[self.text().len()..].bytes().take_while(|byte| *byte == b' ').count();
        let span = Span::new(self.span.start, self.at(self.text().len() + space));
        let fault = self.error(Code::BadToken, self.span, message);
        Some(fault.with_fix("remove it", vec![edit(span, "")]))
    }

    /// `(local.get $x == i32.const 0)`
    fn infix_of_flat(&self, operation: &str, has_sign: bool) -> Option<Recoverable> {
        let before = self.near_before();
        let open = before.rfind('(')?;
        let left = before[open + 1..].trim();
        let rest = &self.rest()[self.text().len()..];
        let close = rest[..floor_boundary(rest, NEAR)].find([')', '('])?;
        let right = rest[..close].trim();
        let start = self.span.start - (before.len() - open) as u32;
        let whole = Span::new(start, self.at(self.text().len() + close + 1));
        if !self.source[whole.range()].ends_with(')') {
            return None;
        }
        let types = [self.type_of_flat(left, start), self.type_of_flat(right, start)];
        let ty = types.into_iter().flatten().next()?;
        let folded = |text: &str| match text.split_once(' ') {
            Some((op, value)) if keyword::op(op).is_some() && !value.trim().contains(' ') => {
                Some(format!("({text})"))
            }
            Some(_) => None,
            None if text.starts_with('$') => Some(format!("(local.get {text})")),
            None => is_number(text).then(|| format!("({ty}.const {text})")),
        };
        let (left, right) = (folded(left)?, folded(right)?);
        let sign = if has_sign && ty.starts_with('i') { "_s" } else { "" };
        let instr = keyword::op(&format!("{ty}.{operation}{sign}"))?.mnemonic();
        let message = format!("`{}` is not an instruction: there are no operators", self.text());
        let fault = self.error(Code::BadToken, self.span, message);
        let meant = format!("({instr} {left} {right})");
        Some(fault.with_guess(format!("write `{instr}` before its operands"), vec![edit(whole, meant)]))
    }

    /// The type of an instruction without parentheses, or of a name. Its function begins before `at`.
    fn type_of_flat(&self, text: &str, at: u32) -> Option<&'static str> {
        let number = |text: &str| ["i32", "i64", "f32", "f64"].into_iter().find(|ty| text.starts_with(ty));
        if let Some(ty) = number(text).filter(|ty| text[ty.len()..].starts_with('.')) {
            return Some(ty);
        }
        let name = text.strip_prefix("local.get").unwrap_or(text).trim();
        let before = &self.source[..at as usize];
        let before = &before[ceil_boundary(before, before.len().saturating_sub(NEAR))..];
        ["param ", "local "].into_iter().filter(|_| name.starts_with('$')).find_map(|head| {
            let found = before.rfind(&format!("({head}{name} "))?;
            number(before[found + 1 + head.len() + name.len()..].trim_start())
        })
    }

    /// `$x = A`
    fn assignment(&self) -> Option<Recoverable> {
        let target = self.operand_before()?;
        let name = &self.source[target.range()];
        let value = self.operand_after()?;
        if !name.starts_with('$') || !self.is_operand(value) {
            return None;
        }
        let is_name = self.source[value.range()].starts_with('$');
        let before = self.source[..target.start as usize].trim_end_matches([' ', '\t']);
        if let Some(word) = ["let", "var", "const"].into_iter().find(|word| before.ends_with(word)) {
            let declared = Span::new((before.len() - word.len()) as u32, value.end);
            let message =
                format!("`{word}` is not an instruction: a local is declared by `(local {name} ...)`");
            let fault = self.error(Code::BadToken, Span::new(declared.start, before.len() as u32), message);
            let fault = fault.read_as(self.in_parentheses(declared), "(unreachable)");
            return Some(fault.with_note(format!("it is set by `(local.set {name} ...)`")));
        }
        let ty = self.type_of(target);
        let is_global = ty.is_none() && self.near_before().contains(&format!("(global {name} "));
        let set = if is_global { "global.set" } else { "local.set" };
        let whole = self.in_parentheses(target.to(value));
        let value = self.folded(value, ty.unwrap_or("i32"));
        let message = format!("`{}` is not an instruction: a variable is set by `{set}`", self.text());
        let fault = self.error(Code::BadToken, self.span, message);
        let edits = vec![edit(whole, format!("({set} {name} {value})"))];
        let is_guess = ty.is_none() || is_name;
        Some(fault.with_guess_if(is_guess, format!("write `{set} {name}`"), edits))
    }

    /// `-> i32` in the head of a function.
    fn arrow(&self) -> Option<Recoverable> {
        let after = self.operand_after()?;
        let found = &self.source[after.range()];
        let message = format!("`{}` is not a token: results are written `(result ...)`", self.text());
        let fault = self.error(Code::BadToken, self.span, message);
        let space = Span::new(self.span.start, after.start);
        if found.starts_with("(result") {
            return Some(fault.with_fix("remove it", vec![edit(space, "")]));
        }
        let is_type = matches!(found, "i32" | "i64" | "f32" | "f64" | "v128")
            || found.ends_with("ref")
                && found.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            || found.starts_with("(ref ");
        let types = found.strip_prefix('(').and_then(|found| found.strip_suffix(')'));
        let are_types = types.is_some_and(|types| {
            types.split_whitespace().all(|ty| matches!(ty, "i32" | "i64" | "f32" | "f64" | "v128"))
        });
        let result = match (is_type, are_types) {
            (true, _) => format!("(result {found})"),
            (_, true) => format!("(result {})", types.unwrap_or_default().trim()),
            _ => return None,
        };
        let whole = self.span.to(after);
        Some(fault.with_fix(format!("write `{result}`"), vec![edit(whole, result)]))
    }

    /// `(a: i32, b: i32)`, around the token.
    pub(super) fn foreign_params(&self) -> Option<Recoverable> {
        let before = self.near_before();
        let before = &before[ceil_boundary(before, before.len().saturating_sub(LONGEST_PARAMS))..];
        let open = before.rfind('(')?;
        let rest = self.rest();
        let close = rest[..floor_boundary(rest, LONGEST_PARAMS)].find([')', '('])?;
        let start = self.span.start - (before.len() - open) as u32;
        let whole = Span::new(start, self.at(close + 1));
        let inner = self.source[whole.range()].strip_prefix('(')?.strip_suffix(')')?;
        if !before[..open].trim_end().rsplit('(').next()?.starts_with("func") {
            return None;
        }
        let types: Vec<&str> = inner.split(',').map(str::trim).collect();
        if types.iter().all(|ty| is_value_type(ty)) {
            let meant = format!("(param {})", types.join(" "));
            let fault = self.error(Code::BadToken, whole, "parameters are written `(param type ...)`");
            return Some(fault.with_guess(format!("write `{meant}`"), vec![edit(whole, meant)]));
        }
        let inner = inner.strip_prefix("param ").unwrap_or(inner);
        let params = inner.split(',').map(foreign_param).collect::<Option<Vec<String>>>()?;
        let meant = params.join(" ");
        let message = "a parameter is written `(param $name type)`";
        let fault = self.error(Code::BadToken, whole, message);
        Some(fault.with_fix(format!("write `{meant}`"), vec![edit(whole, meant)]))
    }

    /// `...`, for something that was left out.
    fn ellipsis(&self) -> Recoverable {
        let message = "`...` is not a token: something was left out here";
        let fault = self.error(Code::BadToken, self.span, message);
        let is_instr = |word: &str| keyword::op(word).is_some() || matches!(word, "then" | "else" | "func");
        let following = self.rest()[self.text().len()..].trim_start();
        let is_head = ["(param", "(result", "(local ", "(export", "(import", "(type"]
            .iter()
            .any(|head| following.starts_with(head));
        match self.enclosing_word().is_some_and(is_instr) && !is_head {
            true => fault.read_as(self.span, "(unreachable)"),
            false => fault.read_as(self.span, ""),
        }
    }

    /// The keyword of the nearest parenthesis that is open before the token.
    pub(super) fn enclosing_word(&self) -> Option<&str> {
        let before = self.near_before();
        let mut depth = 0;
        let open = before.bytes().rposition(|byte| {
            match byte {
                b')' => depth += 1,
                b'(' => depth -= 1,
                _ => {}
            }
            depth < 0
        })?;
        before[open + 1..].split(|c: char| !u8::try_from(c).is_ok_and(is_idchar)).next()
    }

    /// The text before the token, `NEAR` bytes at most.
    fn near_before(&self) -> &str {
        let end = self.span.start as usize;
        &self.source[ceil_boundary(self.source, end.saturating_sub(NEAR))..end]
    }

    /// The group or word that ends before the token.
    fn operand_before(&self) -> Option<Span> {
        let before = self.near_before();
        let text = before.trim_end();
        let end = self.span.start as usize - (before.len() - text.len());
        let start = if text.ends_with(')') {
            let mut depth = 0;
            text.bytes().rposition(|byte| {
                match byte {
                    b')' => depth += 1,
                    b'(' => depth -= 1,
                    _ => {}
                }
                depth == 0
            })?
        } else {
            text.trim_end_matches(|c: char| u8::try_from(c).is_ok_and(is_idchar)).len()
        };
        let span = Span::new((end - (text.len() - start)) as u32, end as u32);
        let found = &self.source[span.range()];
        (self.is_operand(span) && !found.contains([';', '"'])).then_some(span)
    }

    /// Whether a group or word is an operand: an instruction, a name or a number.
    fn is_operand(&self, span: Span) -> bool {
        let found = &self.source[span.range()];
        found.starts_with(['(', '$']) || is_number(found)
    }

    /// The group or word that follows the token.
    fn operand_after(&self) -> Option<Span> {
        let rest = &self.rest()[self.text().len()..];
        let rest = &rest[..floor_boundary(rest, NEAR)];
        let text = rest.trim_start();
        let len = if text.starts_with('(') {
            let mut depth = 0;
            1 + text.bytes().position(|byte| {
                match byte {
                    b'(' => depth += 1,
                    b')' => depth -= 1,
                    _ => {}
                }
                depth == 0
            })?
        } else {
            text.len() - text.trim_start_matches(|c: char| u8::try_from(c).is_ok_and(is_idchar)).len()
        };
        let start = self.at(self.text().len() + (rest.len() - text.len()));
        let found = &text[..len];
        (len > 0 && !found.contains([';', '"'])).then(|| Span::new(start, start + len as u32))
    }

    /// A span with the parentheses directly around it, if there are any.
    fn in_parentheses(&self, span: Span) -> Span {
        let before = self.source[..span.start as usize].trim_end_matches([' ', '\t']);
        let rest = &self.source[span.end as usize..];
        let after = rest.trim_start_matches([' ', '\t']);
        match before.ends_with('(') && after.starts_with(')') {
            true => {
                let end = span.end + (rest.len() - after.len()) as u32 + 1;
                Span::new(before.len() as u32 - 1, end)
            }
            false => span,
        }
    }

    /// The type of an operand: that in the name of its instruction, or that of its local.
    fn type_of(&self, operand: Span) -> Option<&'static str> {
        let text = self.source[operand.range()].trim_start_matches('(');
        let number = |text: &str| ["i32", "i64", "f32", "f64"].into_iter().find(|ty| text.starts_with(ty));
        if let Some(ty) = number(text).filter(|ty| text[ty.len()..].starts_with('.')) {
            return Some(ty);
        }
        let name = text.strip_prefix("local.get").unwrap_or(text).trim().trim_end_matches(')').trim_end();
        if !name.starts_with('$') {
            return None;
        }
        let before = self.near_before();
        ["param ", "local "].into_iter().find_map(|head| {
            let at = before.rfind(&format!("({head}{name} "))?;
            number(before[at + 1 + head.len() + name.len()..].trim_start())
        })
    }

    /// An operand as a folded instruction.
    fn folded(&self, operand: Span, ty: &str) -> String {
        let text = &self.source[operand.range()];
        match text.as_bytes().first() {
            Some(b'$') => format!("(local.get {text})"),
            Some(b'(') => text.to_owned(),
            _ => format!("({ty}.const {text})"),
        }
    }
}

fn is_value_type(word: &str) -> bool {
    matches!(word, "i32" | "i64" | "f32" | "f64" | "v128" | "funcref" | "externref" | "anyref")
}

/// `a: i32` as a parameter.
fn foreign_param(text: &str) -> Option<String> {
    let (name, ty) = text.split_once(':')?;
    let (name, ty) = (name.trim().trim_start_matches('$'), ty.trim());
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (is_name && is_value_type(ty)).then(|| format!("(param ${name} {ty})"))
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || "+-".contains(c)) && number::magnitude(text).is_some()
}
