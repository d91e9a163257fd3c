//! Errors of lowering about type uses and labels of blocks, with the span of the cause.

use super::declared::Declared;
use super::locate;
use crate::ast::{Ast, TypeUseId};
use crate::diagnostic::{Code, Diagnostic, with_article};
use crate::lex::{Token, TokenKind};
use crate::resolve::{IndexSpace, SymbolTable};
use crate::span::{Span, floor_boundary};

/// Moves an error of lowering to the word that it is about, and adds a label at the cause.
pub(crate) fn placed(
    declared: &Declared<'_>,
    scope: &SymbolTable<'_>,
    form: Span,
    diagnostic: Diagnostic,
) -> Diagnostic {
    let is_placed_here = matches!(diagnostic.code, Code::TypeUseMismatch | Code::MismatchedLabel);
    if !is_placed_here || !declared.may_read(form) {
        return diagnostic;
    }
    match diagnostic.code {
        Code::TypeUseMismatch => type_use(declared, scope, form, diagnostic),
        Code::MismatchedLabel => match open_block(declared.source, form, diagnostic.span.start) {
            Some(span) => diagnostic.with_label(span, "the block begins here"),
            None => diagnostic,
        },
        _ => diagnostic,
    }
}

/// Explains parameters and results that are not those of the type before them.
fn type_use(
    declared: &Declared<'_>,
    scope: &SymbolTable<'_>,
    form: Span,
    diagnostic: Diagnostic,
) -> Diagnostic {
    let source = declared.source;
    let from = Span::new(diagnostic.span.start, form.end);
    let mut tokens = locate::tokens(source, from);
    let name = loop {
        match tokens.next() {
            Some(token) if token.kind == TokenKind::ParenType => break tokens.next(),
            Some(_) => {}
            None => return diagnostic,
        }
    };
    let Some(name) = name else { return diagnostic };
    let text = &source[name.span().range()];
    let index = match scope.names(IndexSpace::Type).get(text) {
        Some(index) => index,
        None => match crate::lex::number::magnitude(text) {
            Some((_, number)) => number.min(u32::MAX.into()) as u32,
            None => return diagnostic,
        },
    };
    tokens.next();
    // The parameters and results after the type.
    let mut written: Option<Span> = None;
    let mut types = Vec::new();
    while let Some(token) = tokens.next() {
        if !matches!(token.kind, TokenKind::ParenParam | TokenKind::ParenResult) {
            break;
        }
        let group = locate::closed(source, token.span());
        written = Some(written.map_or(group, |first| first.to(group)));
        types.extend(types_in(declared, group));
        for inner in tokens.by_ref() {
            if inner.span().end >= group.end {
                break;
            }
        }
    }
    let Some(definition) = declared.definition(IndexSpace::Type, index) else {
        // The implicit types follow the type that stands for unknown ones.
        if scope.signature(index.saturating_add(1)).is_some() {
            let message = format!("the parameters and results are not those of the implicit type {text}");
            return Diagnostic { message, span: name.span(), ..diagnostic };
        }
        return declared.unknown_number(IndexSpace::Type, name.span());
    };
    let text_of_type = one_line(&source[definition.form.range()]);
    if scope.signature(index).is_none() {
        let kind = composite_type(declared, definition.form);
        let message = format!("expected a function type, found {text}, which is {} type", with_article(kind));
        let diagnostic = Diagnostic::error(Code::WrongKindOfType, name.span(), message);
        return declared.with_declaration(diagnostic, IndexSpace::Type, index);
    }
    let written = written.map_or_else(String::new, |span| one_line(&source[span.range()]));
    let message = format!("the parameters and results are not those of the type {text}");
    let note = format!("the type is `{text_of_type}`, and `{written}` is written here");
    let diagnostic = Diagnostic { message, span: name.span(), ..diagnostic };
    let diagnostic = match only_difference(source, &types, &types_of(declared, definition.form)) {
        Some((own, expected)) => {
            let meant = &source[expected.range()];
            let found = &source[own.range()];
            diagnostic.with_label(own, format!("expected {meant}, found {found}")).with_guess(
                format!("write `{meant}`"),
                own,
                meant,
            )
        }
        None => diagnostic.with_note(note),
    };
    declared.with_declaration(diagnostic, IndexSpace::Type, index)
}

/// A type in parameters or results, and whether it is a result.
type Part = (Span, bool);

/// The types in `(param ...)` or `(result ...)`.
fn types_in(declared: &Declared<'_>, group: Span) -> Vec<Part> {
    let source = declared.source;
    let mut parts = Vec::new();
    let mut is_result = false;
    let mut end = group.start;
    for token in locate::tokens(source, Span::new(group.start, group.end - 1)) {
        match token.kind {
            TokenKind::ParenResult => is_result = true,
            _ if token.start < end => {}
            kind if kind.begins_val_type() => {
                let ty = declared.type_at(token.start);
                end = ty.end;
                parts.push((ty, is_result));
            }
            _ => {}
        }
    }
    parts
}

/// The parameters and results of a function type.
fn types_of(declared: &Declared<'_>, form: Span) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut end = form.start;
    for token in locate::tokens(declared.source, form) {
        if token.start >= end && matches!(token.kind, TokenKind::ParenParam | TokenKind::ParenResult) {
            let group = locate::closed(declared.source, token.span());
            end = group.end;
            parts.extend(types_in(declared, group));
        }
    }
    parts
}

/// The type that differs and the expected one, if all others are the same.
fn only_difference(source: &str, found: &[Part], expected: &[Part]) -> Option<(Span, Span)> {
    let text = |span: &Span| &source[span.range()];
    let mut pairs = found.iter().zip(expected).filter(|(own, of_type)| text(&own.0) != text(&of_type.0));
    let is_same_shape = found.len() == expected.len() && found.iter().zip(expected).all(|(a, b)| a.1 == b.1);
    match (pairs.next(), pairs.next()) {
        (Some((own, of_type)), None) if is_same_shape => Some((own.0, of_type.0)),
        _ => None,
    }
}

/// The kind of type that the form of a definition defines.
pub(crate) fn composite_type(declared: &Declared<'_>, form: Span) -> &'static str {
    locate::tokens(declared.source, form).find_map(|token| composite(token.kind)).unwrap_or("different")
}

fn composite(kind: TokenKind) -> Option<&'static str> {
    Some(match kind {
        TokenKind::ParenFunc => "function",
        TokenKind::ParenStruct => "struct",
        TokenKind::ParenArray => "array",
        TokenKind::ParenCont => "continuation",
        _ => return None,
    })
}

fn one_line(text: &str) -> String {
    /// The maximum length of a quote in bytes: each of many errors may quote the same definition.
    const MOST_QUOTED: usize = 1 << 12;
    let start = &text[..floor_boundary(text, MOST_QUOTED)];
    let words: Vec<&str> = start.split_whitespace().collect();
    let mut line: String = words.join(" ").chars().take(100).collect();
    if line.len() == 100 {
        line.push_str(" ...");
    }
    line
}

/// The label of the block that the `end` or `else` before an offset belongs to; its keyword if it has none.
fn open_block(source: &str, form: Span, at: u32) -> Option<Span> {
    let tokens: Vec<Token> = locate::tokens(source, Span::new(form.start, at)).collect();
    // The `end` itself, or the `else`, is the last.
    let mut open: Vec<Vec<usize>> = vec![Vec::new()];
    for (index, token) in tokens[..tokens.len().checked_sub(1)?].iter().enumerate() {
        let is_folded = index > 0 && tokens[index - 1].kind == TokenKind::Open;
        match token.kind {
            kind if kind.is_open() => open.push(Vec::new()),
            TokenKind::Close => _ = open.pop(),
            TokenKind::OpBlock | TokenKind::OpIf | TokenKind::OpTry | TokenKind::OpTryTable if !is_folded => {
                open.last_mut()?.push(index);
            }
            TokenKind::OpEnd | TokenKind::OpDelegate => _ = open.last_mut()?.pop(),
            _ => {}
        }
    }
    let block = *open.last()?.last()?;
    let label = tokens.get(block + 1).filter(|token| token.kind == TokenKind::Id);
    Some(label.unwrap_or(&tokens[block]).span())
}

/// The error for a function or tag whose type is not a function type. Returns `None` if it is reported already.
pub(super) fn not_a_func_type(
    declared: &Declared<'_>,
    scope: &SymbolTable<'_>,
    ast: &Ast,
    type_use: TypeUseId,
    form: Span,
    index: u32,
) -> Option<Diagnostic> {
    // Lowering reports parameters and results that do not fit the type.
    let is_reported = scope.is_faulty(IndexSpace::Type, index) || ast.type_uses[type_use.0 as usize].inline;
    (!is_reported).then(|| wrong_kind(declared, form, index))
}

fn wrong_kind(declared: &Declared<'_>, form: Span, index: u32) -> Diagnostic {
    let use_of = locate::inner(declared.source, form, TokenKind::ParenType);
    let at = use_of.and_then(|use_of| {
        locate::own(declared.source, use_of, |token| matches!(token.kind, TokenKind::Id | TokenKind::Nat))
    });
    let span = at.unwrap_or(form.head());
    if index as usize >= declared.count(IndexSpace::Type) {
        return declared.unknown_number(IndexSpace::Type, span);
    }
    let name = declared.type_name(index);
    let form =
        declared.definition(IndexSpace::Type, index).map(|definition| definition.form).unwrap_or_default();
    let kind = composite_type(declared, form);
    let message = format!("expected a function type, found {name}, which is {} type", with_article(kind));
    let diagnostic = Diagnostic::error(Code::WrongKindOfType, span, message);
    declared.with_declaration(diagnostic, IndexSpace::Type, index)
}
