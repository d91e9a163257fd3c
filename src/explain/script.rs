//! Reads scripts.

use super::applicability::{Findings, settle};
use super::repair::syntax::{self, Names};
use super::{not_wat, scan_fault};
use crate::ast::Ast;
use crate::ast::script::{Command, CommandKind, Module, Script};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::lex::{Lexer, Mode, TokenBuffer, TokenKind};
use crate::parse::parse;
use crate::scan::{self, FormKind};
use crate::span::Span;
use hashbrown::HashSet;

/// Splits a script into its commands.
///
/// # Errors
///
/// Returns all errors of the script if it is not well-formed.
pub(crate) fn read(source: &str) -> Result<Script, Diagnostics> {
    if let Some(diagnostic) = too_large(source.len()) {
        return Err(Diagnostics::new("", vec![diagnostic]));
    }
    commands(source).map_err(|diagnostics| {
        if let Some(error) = not_wat::of_text(source, true) {
            return Diagnostics::new(source, vec![error]);
        }
        let mut found = Findings { diagnostics, unread: Vec::new() };
        let look = |text: &str, _| Findings {
            diagnostics: commands(text).err().unwrap_or_default(),
            unread: Vec::new(),
        };
        settle(source, Span::new(0, source.len() as u32), &mut found, &look);
        Diagnostics::new(source, found.diagnostics)
    })
}

fn commands(source: &str) -> Result<Script, Vec<Diagnostic>> {
    let mut buffer = TokenBuffer::default();
    let mut faults = Vec::new();
    let whole = Span::new(0, source.len() as u32);
    let mut forms = scan::commands(source, whole, &mut faults);
    let mut diagnostics: Vec<Diagnostic> =
        faults.iter().map(|fault| scan_fault::explain(source, fault)).collect();
    // An annotation has no meaning here, but its tokens must be well-formed.
    forms.retain(|form| {
        let is_annotation = form.kind == FormKind::Annotation;
        if is_annotation {
            // The scan reports an annotation that is never closed.
            let tokens =
                Lexer::plain(source, form.span).filter(|token| token.kind != TokenKind::OpenAnnotation);
            diagnostics.extend(tokens.filter_map(|token| scan_fault::malformed(source, token)));
        }
        !is_annotation
    });
    let mut commands = Vec::new();
    let mut fields = Vec::new();
    for form in &forms {
        if form.kind.is_field() {
            // Abbreviation: fields without a module around them.
            fields.push(form.span);
            continue;
        }
        let mut ast = Ast::default();
        let mut parsed = parse(source, form.span, Mode::Command, false, &mut buffer, &mut ast);
        let found = std::mem::take(&mut parsed.parts.commands);
        diagnostics.append(&mut parsed.diagnostics);
        if let Some(error) = &parsed.error {
            diagnostics.push(syntax::explain(source, form.span, &Names::new(source), error).diagnostic);
        }
        for mut command in found {
            if command.span.is_empty() {
                command.span = form.span;
            }
            commands.push(command);
        }
    }
    if let (Some(first), Some(last)) = (fields.first(), fields.last()) {
        if fields.len() == forms.len() {
            let span = first.to(*last);
            commands.push(Command { span, kind: CommandKind::Module(Module::of_fields(span)) });
        } else {
            let message = "a module field cannot be among the commands of a script";
            diagnostics.push(Diagnostic::error(Code::UnexpectedToken, *first, message));
        }
    }
    // What is never closed is found by the scan and by the parser, which knows whether it is an annotation.
    let is_unterminated = |diagnostic: &&Diagnostic| diagnostic.code == Code::Unterminated;
    let unterminated: HashSet<u32> =
        diagnostics.iter().filter(is_unterminated).map(|diagnostic| diagnostic.span.start).collect();
    let mut reported = HashSet::new();
    diagnostics.retain(|diagnostic| {
        let is_known =
            diagnostic.code == Code::UnclosedParenthesis && unterminated.contains(&diagnostic.span.start);
        !is_known && reported.insert((diagnostic.span, diagnostic.code))
    });
    if diagnostics.iter().any(Diagnostic::is_error) {
        return Err(diagnostics);
    }
    Ok(Script { commands })
}

/// Returns the error for a text whose offsets do not fit into 32 bits.
pub(crate) fn too_large(len: usize) -> Option<Diagnostic> {
    (len >= u32::MAX as usize).then(|| {
        let message = "the text is larger than four gibibytes";
        Diagnostic::error(Code::TooLarge, Span::default(), message)
    })
}
