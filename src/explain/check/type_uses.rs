//! Type uses that are not as their type, and labels that are not their block's: where that is written.

use super::declared::DeclaredThings;
use super::locate;
use crate::diagnostic::{Code, Diagnostic, with_article};
use crate::lex::{Token, TokenKind};
use crate::resolve::{Scope, Space};
use crate::span::Span;

/// Puts a complaint of lowering about a form at the place it is about, and adds where the cause is.
pub(crate) fn placed(
    declared: &DeclaredThings<'_>,
    scope: &Scope<'_>,
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
            Some(span) => diagnostic.with_place(span, "the block begins here"),
            None => diagnostic,
        },
        _ => diagnostic,
    }
}

/// The parameters and results written beside a type that has others.
fn type_use(
    declared: &DeclaredThings<'_>,
    scope: &Scope<'_>,
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
    let index = match scope.names(Space::Type).get(text) {
        Some(index) => index,
        None => match crate::lex::number::magnitude(text) {
            Some((_, number)) => number.min(u32::MAX.into()) as u32,
            None => return diagnostic,
        },
    };
    tokens.next();
    // What is written behind it.
    let mut written: Option<Span> = None;
    while let Some(token) = tokens.next() {
        if !matches!(token.kind, TokenKind::ParenParam | TokenKind::ParenResult) {
            break;
        }
        let group = locate::closed(source, token.span());
        written = Some(written.map_or(group, |first| first.to(group)));
        for inner in tokens.by_ref() {
            if inner.span().end >= group.end {
                break;
            }
        }
    }
    let Some(thing) = declared.thing(Space::Type, index) else {
        // Implicit types are behind the one that stands for unknown ones.
        if scope.signature(index.saturating_add(1)).is_some() {
            let message = format!("the parameters and results are not those of the implicit type {text}");
            return Diagnostic { message, span: name.span(), ..diagnostic };
        }
        return declared.unknown_number(Space::Type, name.span());
    };
    let definition = one_line(&source[thing.form.range()]);
    if scope.signature(index).is_none() {
        let kind = composite_type(declared, thing.form);
        let message = format!("the type {text} is not of functions: it is {} type", with_article(kind));
        let diagnostic = Diagnostic::error(Code::WrongKindOfType, name.span(), message);
        return declared.with_declaration(diagnostic, Space::Type, index);
    }
    let written = written.map_or_else(String::new, |span| one_line(&source[span.range()]));
    let message = format!("the parameters and results are not those of the type {text}");
    let note = format!("the type is `{definition}`, and `{written}` is written here");
    let diagnostic = Diagnostic { message, span: name.span(), ..diagnostic }.with_note(note);
    declared.with_declaration(diagnostic, Space::Type, index)
}

/// What kind of type the form of a definition defines.
pub(crate) fn composite_type(declared: &DeclaredThings<'_>, form: Span) -> &'static str {
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
    /// How much text is looked at: each of many errors may quote the same definition.
    const MOST_QUOTED: usize = 1 << 12;
    let start = &text[..text.floor_char_boundary(MOST_QUOTED)];
    let words: Vec<&str> = start.split_whitespace().collect();
    let mut line: String = words.join(" ").chars().take(100).collect();
    if line.len() == 100 {
        line.push_str(" ...");
    }
    line
}

/// The label, or else the keyword, of the block that the `end` or `else` before a place belongs to.
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

/// The complaint that the type of a function or tag is none of functions.
pub(crate) fn not_a_func_type(declared: &DeclaredThings<'_>, form: Span, index: u32) -> Diagnostic {
    let use_of = locate::inner(declared.source, form, TokenKind::ParenType);
    let at = use_of.and_then(|use_of| {
        locate::own(declared.source, use_of, |token| matches!(token.kind, TokenKind::Id | TokenKind::Nat))
    });
    let span = at.unwrap_or(form.head());
    if index as usize >= declared.count(Space::Type) {
        return declared.unknown_number(Space::Type, span);
    }
    let name = declared.type_name(index);
    let form = declared.thing(Space::Type, index).map(|thing| thing.form).unwrap_or_default();
    let kind = composite_type(declared, form);
    let message = format!("expected a function type, found {name}, which is {} type", with_article(kind));
    let diagnostic = Diagnostic::error(Code::WrongKindOfType, span, message);
    declared.with_declaration(diagnostic, Space::Type, index)
}
