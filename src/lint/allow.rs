//! The annotation `(@allow CODE ...)`, which suppresses warnings of the next field, or inside a field of the next form or
//! instruction.
//!
//! It is read from the source text, and only if there is one. For the lexer it has no meaning, as for other tools.

use crate::diagnostic::{Code, Diagnostic, LexemeKind, Lint, WarningGroup, Warnings};
use crate::instr::{Immediates, Op};
use crate::lex::{lexemes, op};
use crate::scan::{Form, FormKind};
use crate::similar::nearest;
use crate::span::Span;
use memchr::memmem;

/// The start of the annotation.
const HEAD: &str = "(@allow";

/// The warnings that are suppressed in a range, which begins with the annotation.
struct Allowed {
    span: Span,
    warnings: Vec<Warnings>,
    /// The position of the innermost range around it.
    outer: Option<usize>,
}

/// Removes the warnings that annotations suppress. Warns of unknown codes in annotations.
pub(crate) fn apply(source: &str, forms: &[Form], diagnostics: &mut Vec<Diagnostic>) {
    let (Some(first), Some(last)) = (forms.first(), forms.last()) else { return };
    let has_head = |span: Span| memmem::find(source[span.range()].as_bytes(), HEAD.as_bytes()).is_some();
    // One search through a text without the annotation is faster than one for each form.
    if !has_head(first.span.to(last.span)) {
        return;
    }
    let fields = of_fields(source, forms, diagnostics);
    let mut inner = Vec::new();
    for form in forms.iter().filter(|form| form.kind != FormKind::Annotation) {
        if has_head(form.span) {
            Inner { source, end: form.span.end, allowed: &mut inner }.read(form.span, diagnostics);
        }
    }
    if fields.is_empty() && inner.is_empty() {
        return;
    }
    diagnostics.retain(|diagnostic| {
        let Some(lint) = diagnostic.code.lint().filter(|_| !diagnostic.is_error()) else { return true };
        // Of an instruction, a warning may show an operand first.
        let labels = diagnostic.labels.iter().map(|label| label.span);
        let mut spans = labels.chain([diagnostic.span]);
        !is_allowed(&fields, lint, diagnostic.span) && !spans.any(|span| is_allowed(&inner, lint, span))
    });
}

/// Whether a warning at a location is suppressed by a range around it.
fn is_allowed(allowed: &[Allowed], lint: Lint, span: Span) -> bool {
    let mut next = allowed.partition_point(|allowed| allowed.span.start <= span.start).checked_sub(1);
    while let Some(Allowed { span: range, warnings, outer }) = next.map(|at| &allowed[at]) {
        if span.start < range.end && warnings.iter().any(|own| own.contains(lint)) {
            return true;
        }
        next = *outer;
    }
    false
}

/// Reads the annotations before fields.
fn of_fields(source: &str, forms: &[Form], diagnostics: &mut Vec<Diagnostic>) -> Vec<Allowed> {
    let mut allowed: Vec<Allowed> = Vec::new();
    let mut pending: Option<Allowed> = None;
    for form in forms {
        if form.kind != FormKind::Annotation {
            if let Some(own) = pending.take() {
                allowed.push(Allowed { span: own.span.to(form.span), ..own });
            }
        } else if is_allow(source, form.span) {
            let own = pending.get_or_insert(Allowed { span: form.span, warnings: Vec::new(), outer: None });
            read(source, form.span, &mut own.warnings, diagnostics);
        }
    }
    allowed
}

/// The annotations inside a field.
struct Inner<'a, 's> {
    source: &'s str,
    /// The end of the field.
    end: u32,
    allowed: &'a mut Vec<Allowed>,
}

/// What is open at a lexeme: a parenthesis, or a block that is not folded.
struct Open {
    is_block: bool,
    /// The range that ends with it.
    allowed: Option<usize>,
}

impl Inner<'_, '_> {
    fn read(&mut self, field: Span, diagnostics: &mut Vec<Diagnostic>) {
        let mut open: Vec<Open> = Vec::new();
        // The range of the next form or instruction, and that of the last instruction without parentheses.
        let mut pending: Option<usize> = None;
        let mut plain: Option<usize> = None;
        let mut lexemes = lexemes(&self.source[..self.end as usize], field.start);
        while let Some(lexeme) = lexemes.next() {
            let word = &self.source[lexeme.span.range()];
            let is_boundary =
                matches!(lexeme.kind, LexemeKind::Open | LexemeKind::Close | LexemeKind::Instruction);
            if lexeme.kind == LexemeKind::Comment {
                continue;
            }
            if is_boundary && !word.starts_with("(@") {
                self.end_at(plain.take(), lexeme.span.start);
            }
            if word == HEAD {
                let mut depth = 1u32;
                let end = lexemes.by_ref().find(|inner| {
                    match inner.kind {
                        LexemeKind::Open => depth += 1,
                        LexemeKind::Close => depth -= 1,
                        _ => {}
                    }
                    depth == 0
                });
                let span = lexeme.span.to(end.map_or(lexeme.span, |end| end.span));
                let at = *pending.get_or_insert_with(|| {
                    let outer = plain.or(open.iter().rev().find_map(|open| open.allowed));
                    let whole = Span::new(span.start, self.end);
                    self.allowed.push(Allowed { span: whole, warnings: Vec::new(), outer });
                    self.allowed.len() - 1
                });
                read(self.source, span, &mut self.allowed[at].warnings, diagnostics);
                continue;
            }
            match lexeme.kind {
                LexemeKind::Open if word.starts_with("(@") => {
                    open.push(Open { is_block: false, allowed: None })
                }
                LexemeKind::Open => open.push(Open { is_block: false, allowed: pending.take() }),
                LexemeKind::Close => {
                    self.end_at(pending.take(), lexeme.span.start);
                    while let Some(Open { is_block, allowed }) = open.pop() {
                        self.end_at(allowed, lexeme.span.end);
                        if !is_block {
                            break;
                        }
                    }
                }
                LexemeKind::Instruction => {
                    let is_folded = self.source[..lexeme.span.start as usize].trim_end().ends_with('(');
                    let op = op(word).map(Op::immediates);
                    match op {
                        Some(Immediates::Block | Immediates::If | Immediates::Try | Immediates::TryTable)
                            if !is_folded =>
                        {
                            open.push(Open { is_block: true, allowed: pending.take() })
                        }
                        Some(Immediates::End | Immediates::Delegate) => {
                            let block = open.pop_if(|open| open.is_block);
                            self.end_at(block.and_then(|block| block.allowed), lexeme.span.end);
                        }
                        _ => plain = pending.take(),
                    }
                }
                _ => {}
            }
        }
    }

    /// Sets the end of a range.
    fn end_at(&mut self, range: Option<usize>, end: u32) {
        if let Some(allowed) = range.and_then(|at| self.allowed.get_mut(at)) {
            allowed.span.end = end;
        }
    }
}

fn is_allow(source: &str, form: Span) -> bool {
    let rest = source[form.range()].strip_prefix(HEAD);
    rest.is_some_and(|rest| rest.starts_with([' ', '\t', '\n', '\r', ')', '(', ';']))
}

/// Reads the codes and groups in an annotation.
fn read(source: &str, form: Span, warnings: &mut Vec<Warnings>, diagnostics: &mut Vec<Diagnostic>) {
    let part = &source[..form.end as usize];
    let head = form.start + HEAD.len() as u32;
    for lexeme in lexemes(part, head).filter(|lexeme| lexeme.kind != LexemeKind::Comment) {
        if lexeme.kind == LexemeKind::Close && lexeme.span.end == form.end {
            return;
        }
        let word = &source[lexeme.span.range()];
        match word.parse() {
            Ok(own) => warnings.push(own),
            Err(_) => diagnostics.push(unknown(word, lexeme.span)),
        }
    }
}

fn unknown(word: &str, at: Span) -> Diagnostic {
    let codes = Lint::ALL.iter().map(|lint| lint.code().as_str());
    let groups = WarningGroup::ALL.iter().map(|group| group.as_str());
    let is_error = word.parse::<Code>().is_ok();
    let message = match is_error {
        true => format!("`{word}` is the code of an error, which cannot be allowed"),
        false => format!("unknown warning `{word}`"),
    };
    let warning = Diagnostic::warning(Code::UnknownAllowed, at, message);
    let near = nearest(&word.to_ascii_uppercase(), codes).or_else(|| nearest(word, groups));
    match near.filter(|_| !is_error) {
        Some(near) => warning.with_guess(format!("did you mean `{near}`?"), at, near),
        None => warning,
    }
}
