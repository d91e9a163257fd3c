//! Labels that are unknown because their block is closed before the use, or begins with the use.

use super::declared::Declared;
use super::locate;
use crate::diagnostic::{Applicability, Diagnostic, edit};
use crate::lex::{Token, TokenKind, id_name};
use crate::span::Span;

/// The maximum number of errors of a function that are explained.
pub(crate) const MOST: usize = 16;

/// Adds to the error for an unknown label where the block with that label is.
pub(crate) fn explained(declared: &Declared<'_>, form: Span, diagnostic: Diagnostic) -> Diagnostic {
    if !declared.may_read(form) {
        return diagnostic;
    }
    let tokens: Vec<Token> = locate::tokens(declared.source, form).collect();
    let Some(block) = find(declared.source, &tokens, diagnostic.span) else { return diagnostic };
    let name = &declared.source[diagnostic.span.range()];
    let mut diagnostic = diagnostic;
    let open = std::mem::take(&mut diagnostic.suggestions);
    let head = tokens[block.head].span();
    let head = Span::new(head.start, head.start + tokens[block.head].op().mnemonic().len() as u32);
    let Some(end) = block.end else {
        diagnostic.message =
            format!("unknown label `{name}`: a `try_table` cannot be named in its own clauses");
        let label = "a clause branches to a block around this";
        return diagnostic.with_label(tokens[block.head + 1].span(), label);
    };
    diagnostic.message = format!("unknown label `{name}`: its block ends before this");
    let end_span = tokens[end].span();
    let diagnostic =
        diagnostic.with_label(head, "the block begins here").with_label(end_span, "and ends here");
    // The instruction with the use follows in the parentheses around the block.
    let Some(after) = block.after else {
        // The block around the use may be meant.
        return Diagnostic { suggestions: open, ..diagnostic };
    };
    let text = &declared.source[end_span.range()];
    let moved = if text == ")" { ")".to_owned() } else { format!(" {text}") };
    let removed = locate::with_space_before(declared.source, end_span);
    let edits = vec![edit(removed, ""), edit(after.after(), moved)];
    diagnostic.with_edits("close the block after it", edits, Applicability::MaybeIncorrect)
}

/// A block with a label.
struct Labelled {
    /// The keyword of the block, as the index of its token.
    head: usize,
    /// The `end` or parenthesis that closes it, or `None` if the use is in its own clauses.
    end: Option<usize>,
    /// The instruction with the use, if it is next to the block.
    after: Option<Span>,
}

/// Finds the last block that has the label at `at` and that does not contain it.
fn find(source: &str, tokens: &[Token], at: Span) -> Option<Labelled> {
    let name = id_name(&source[at.range()]);
    let mut parents: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut found: Option<(usize, usize, usize)> = None;
    let has_label = |head: usize| {
        tokens.get(head + 1).is_some_and(|id| {
            id.kind == TokenKind::Id && id.start != at.start && id_name(&source[id.span().range()]) == name
        })
    };
    let mut last = 0;
    for (index, token) in tokens.iter().enumerate() {
        if token.span().end > at.start {
            break;
        }
        last = index;
        let is_head = index > 0 && tokens[index - 1].kind == TokenKind::Open;
        match token.kind {
            kind if kind.is_open() => parents.push((index, Vec::new())),
            TokenKind::Close => {
                let (open, _) = parents.pop()?;
                let is_block = |head: &usize| is_block(tokens[*head].kind) && has_label(*head);
                if let Some(head) = Some(open + 1).filter(is_block) {
                    found = Some((head, index, parents.len()));
                }
            }
            kind if is_block(kind) && !is_head => parents.last_mut()?.1.push(index),
            TokenKind::OpEnd => {
                let depth = parents.len();
                if let Some(head) = parents.last_mut()?.1.pop().filter(|&head| has_label(head)) {
                    found = Some((head, index, depth));
                }
            }
            _ => {}
        }
    }
    // In the clauses of a `try_table` that is open.
    if let [.., (table, _), (clause, _)] = &parents[..]
        && tokens[*clause].kind.begins_clause()
        && tokens.get(table + 1).is_some_and(|head| head.kind == TokenKind::OpTryTable)
        && has_label(table + 1)
    {
        return Some(Labelled { head: table + 1, end: None, after: None });
    }
    let (head, end, depth) = found?;
    let after = match parents.len().checked_sub(depth)? {
        // A flat instruction.
        0 => Some(tokens[last].span().to(at)),
        1 => Some(locate::closed(source, tokens[parents.last()?.0].span())),
        _ => None,
    };
    let is_flat = tokens[end].kind == TokenKind::OpEnd;
    let after = after.filter(|_| !is_flat || parents.len() == depth || parents.len() == depth + 1);
    Some(Labelled { head, end: Some(end), after })
}

fn is_block(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::OpBlock | TokenKind::OpIf | TokenKind::OpTry | TokenKind::OpTryTable)
}
