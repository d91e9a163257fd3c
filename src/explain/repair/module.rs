//! The third pass: text between the fields, or outside of the module.

use super::keywords::FIELDS;
use super::quote::one_line;
use super::recoverable::Recoverable;
use crate::diagnostic::{Code, Diagnostic, edit};
use crate::lex::{self, Lexer, Token, TokenKind};
use crate::similar::nearest;
use crate::span::Span;

/// Finds tokens outside of fields, and forms outside of the module.
pub(super) fn check(source: &str, whole: Span, in_script: bool) -> Vec<Recoverable> {
    let mut level = ModuleLevel { source, whole, faults: Vec::new(), module: None, last: whole.start };
    let mut tokens = Lexer::plain(source, whole).peekable();
    let mut depth = 0u32;
    let mut inside = 0;
    let mut ended = None;
    let mut is_first = true;
    while let Some(token) = tokens.next() {
        if token.kind == TokenKind::Close {
            depth = depth.saturating_sub(1);
            if depth < inside {
                ended = Some(token);
                inside = 0;
            }
            level.last = token.span().end;
            continue;
        }
        if !token.kind.is_open() {
            if depth == inside {
                level.stray(token);
            }
            level.last = token.span().end;
            continue;
        }
        depth += 1;
        let is_module = token.kind == TokenKind::ParenModule;
        if std::mem::take(&mut is_first) {
            let misspelt =
                tokens.peek().filter(|word| token.kind == TokenKind::Open && is_like_module(source, **word));
            let misspelt = misspelt.copied();
            if let Some(word) = misspelt {
                level.misspelt(word);
                tokens.next();
            }
            let lacks_module = misspelt.is_none()
                && token.kind == TokenKind::Open
                && tokens.peek().is_some_and(|next| next.kind.is_open());
            if lacks_module {
                level.nameless(token);
            }
            if is_module || misspelt.is_some() || lacks_module {
                level.module = Some(token);
                inside = 1;
                // The identifier and the kind of the module.
                while let Some(next) = tokens.peek() {
                    match next.kind {
                        TokenKind::Definition if in_script => {}
                        TokenKind::Id => {}
                        TokenKind::Binary | TokenKind::Quote => return level.faults,
                        _ => break,
                    }
                    tokens.next();
                }
                continue;
            }
        } else if depth == 1 && (is_module || ended.is_some()) {
            let end = form_end(source, whole, token);
            if level.form_after(token, end, ended, is_module) {
                return level.faults;
            }
        }
    }
    level.faults
}

fn is_like_module(source: &str, word: Token) -> bool {
    let text = &source[word.span().range()];
    word.kind == TokenKind::Word
        && nearest(text, std::iter::once("module")).is_some()
        && nearest(text, FIELDS.iter().copied()).is_none()
}

/// Returns the end of the form that begins with a token.
fn form_end(source: &str, whole: Span, open: Token) -> u32 {
    let mut depth = 0;
    for token in Lexer::plain(source, Span::new(open.start, whole.end)) {
        match token.kind {
            TokenKind::Close => {
                depth -= 1;
                if depth == 0 {
                    return token.span().end;
                }
            }
            kind if kind.is_open() => depth += 1,
            _ => {}
        }
    }
    whole.end
}

struct ModuleLevel<'s> {
    source: &'s str,
    whole: Span,
    faults: Vec<Recoverable>,
    /// The opening parenthesis of the module.
    module: Option<Token>,
    /// The end of the last token.
    last: u32,
}

impl ModuleLevel<'_> {
    /// Reports a parenthesis without a keyword around all fields.
    fn nameless(&mut self, open: Token) {
        let message = "expected `module` after the first `(`, found `(`";
        let fault = Recoverable::new(Diagnostic::error(Code::UnknownField, open.span(), message));
        self.faults.push(fault.with_guess("write `(module`", vec![edit(open.span().after(), "module ")]));
    }

    fn misspelt(&mut self, word: Token) {
        let text = &self.source[word.span().range()];
        let message = format!("unknown word `{text}`; did you mean `module`?");
        let fault = Recoverable::new(Diagnostic::error(Code::UnknownField, word.span(), message));
        self.faults.push(fault.with_guess("write `module`", vec![edit(word.span(), "module")]));
    }

    /// Reports a token outside of all fields.
    fn stray(&mut self, token: Token) {
        let span = token.span();
        // Tokens that follow it on its line belong to the same error.
        if let Some(last) = self.faults.last_mut()
            && let Some(change) = last.edits.last_mut()
            && change.span.end >= self.last
            && !self.source[change.span.end.min(span.start) as usize..span.start as usize].contains('\n')
        {
            if change.span.end < span.end {
                change.span.end = span.end;
                if let Some(suggestion) = last.diagnostic.suggestions.last_mut() {
                    suggestion.edits = vec![change.clone()];
                }
            }
            return;
        }
        let text = one_line(&self.source[span.range()]);
        let error =
            |message: String| Recoverable::new(Diagnostic::error(Code::UnexpectedToken, span, message));
        if FIELDS.contains(&text.as_str()) {
            let line =
                self.source[span.start as usize..self.whole.end as usize].lines().next().unwrap_or_default();
            let code = line.split(";;").next().unwrap_or_default().trim_end();
            // Without the parentheses that close the forms around it.
            let mut depth = 0i32;
            let len = code.bytes().position(|byte| {
                depth += i32::from(byte == b'(') - i32::from(byte == b')');
                depth < 0
            });
            let field = code[..len.unwrap_or(code.len())].trim_end();
            let place = Span::new(span.start, span.start + field.len() as u32);
            let meant = format!("({field})");
            let fault = error(format!("the field `{text}` needs parentheses around it"));
            self.faults
                .push(fault.with_guess(format!("write `{}`", one_line(&meant)), vec![edit(place, meant)]));
            return;
        }
        let fault = match lex::op(&text) {
            Some(_) => error(format!("the instruction `{text}` must be inside a function")),
            None if self.module.is_none() => error(format!("expected `(module`, found `{text}`")),
            None => error(format!("expected `(`, found `{text}`: a field begins with a parenthesis")),
        };
        self.faults.push(fault.with_guess("remove it", vec![edit(span, "")]));
    }

    /// Reports a form outside of the module. Returns whether the search must stop.
    fn form_after(&mut self, open: Token, end: u32, ended: Option<Token>, is_module: bool) -> bool {
        let head = Span::new(open.start, open.start + 1);
        let rest = Span::new(open.start, self.whole.end);
        let Some(close) = ended else {
            let message = "a module cannot be among the fields of another module";
            let fault = Recoverable::new(Diagnostic::error(Code::UnexpectedToken, head, message));
            self.faults.push(fault.read_as(Span::new(open.start, end), ""));
            return false;
        };
        if is_module {
            let message = "expected one module, found a second one";
            let mut diagnostic = Diagnostic::error(Code::UnexpectedToken, head, message);
            if let Some(module) = self.module {
                diagnostic = diagnostic.with_label(module.span().head(), "the first module is here");
            }
            self.faults.push(Recoverable::new(diagnostic).read_as(rest, ""));
            return true;
        }
        let rest_text = &self.source[open.start as usize..];
        let command =
            rest_text[1..].trim_start().split(|c: char| c.is_whitespace() || "()".contains(c)).next();
        let command = command
            .filter(|word| word.starts_with("assert_") || matches!(*word, "invoke" | "register" | "get"));
        if let Some(command) = command {
            let message = format!("`{command}` is a command of scripts (`.wast`), not a part of a module");
            let fault = Recoverable::new(Diagnostic::error(Code::UnexpectedToken, head, message));
            self.faults.push(fault.read_as(rest, ""));
            return true;
        }
        let message = "unexpected text after the end of the module";
        let diagnostic = Diagnostic::error(Code::UnexpectedToken, head, message)
            .with_label(close.span(), "the module ends here");
        let is_field = open.kind != TokenKind::Open;
        let fault = Recoverable::new(diagnostic);
        if !is_field {
            self.faults.push(fault.read_as(rest, ""));
            return true;
        }
        // After the last token; a comment may follow.
        let last = Lexer::plain(self.source, rest).last().map_or(end, |token| token.span().end);
        let edits = vec![edit(close.span(), ""), edit(Span::new(last, last), ")")];
        self.faults.push(fault.with_guess("move the end of the module after it", edits));
        true
    }
}
