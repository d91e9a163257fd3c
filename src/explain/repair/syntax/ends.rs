//! The `end` of flat blocks: which block lacks it, and which one is too many, as the indentation of lines shows.

use super::context::ErrorContext;
use crate::diagnostic::{Code, edit};
use crate::explain::repair::recoverable::Recoverable;
use crate::lex::TokenKind;
use crate::span::Span;

/// The flat blocks in the innermost parentheses, as far as the token.
pub(super) struct Blocks {
    /// The blocks that are open at the token, as indices of tokens.
    pub(super) open: Vec<usize>,
    /// The first block that an `end` or `else` of a block around it closes, by the columns of their lines.
    pub(super) unclosed: Option<usize>,
    /// The first `end` that is indented more than the block that it closes.
    pub(super) surplus: Option<usize>,
    /// The block that the last `end` closed.
    pub(super) last_closed: Option<usize>,
}

/// Reads the flat blocks in the innermost parentheses.
pub(super) fn blocks(cx: &ErrorContext<'_>) -> Option<Blocks> {
    let enclosing = cx.enclosing()?;
    let mut blocks = Blocks { open: Vec::new(), unclosed: None, surplus: None, last_closed: None };
    let mut columns: Vec<Option<usize>> = Vec::new();
    let mut index = enclosing + 1;
    while index < cx.at {
        let token = cx.tokens[index];
        match token.kind {
            kind if kind.is_open() => {
                index = cx.close_of(index) + 1;
                continue;
            }
            TokenKind::OpBlock | TokenKind::OpIf | TokenKind::OpTry | TokenKind::OpTryTable
                if index > enclosing + 1 || cx.tokens[enclosing].kind != TokenKind::Open =>
            {
                blocks.open.push(index);
                columns.push(column(cx, token.start));
            }
            TokenKind::OpElse => blocks.note_unclosed(&columns, column(cx, token.start)),
            TokenKind::OpEnd | TokenKind::OpDelegate => {
                let own = column(cx, token.start);
                blocks.note_unclosed(&columns, own);
                if let (Some(Some(block)), Some(own)) = (columns.last(), own)
                    && own > *block
                {
                    blocks.surplus.get_or_insert(index);
                }
                blocks.last_closed = blocks.open.pop();
                columns.pop();
            }
            _ => {}
        }
        index += 1;
    }
    // The token itself may belong to a block around the innermost one.
    if matches!(cx.kind(), TokenKind::OpElse) {
        blocks.note_unclosed(&columns, column(cx, cx.token().start));
    }
    Some(blocks)
}

impl Blocks {
    /// Takes note of the innermost block if a line belongs to a block around it.
    fn note_unclosed(&mut self, columns: &[Option<usize>], own: Option<usize>) {
        let (Some(own), [around @ .., Some(inner)]) = (own, columns) else { return };
        if own < *inner && around.contains(&Some(own)) && self.unclosed.is_none() {
            self.unclosed = self.open.last().copied();
        }
    }
}

/// The column of a token that is the first on its line.
fn column(cx: &ErrorContext<'_>, at: u32) -> Option<usize> {
    let line = cx.source[..at as usize].rsplit('\n').next().unwrap_or_default();
    line.trim().is_empty().then_some(line.len())
}

/// An `else` after the `end` of its `if`.
pub(super) fn end_before_else(cx: &ErrorContext<'_>, blocks: &Blocks) -> Option<Recoverable> {
    let is_end = cx.near_kind(-1) == Some(TokenKind::OpEnd);
    let block = blocks.last_closed.filter(|_| is_end && cx.kind() == TokenKind::OpElse)?;
    if cx.tokens[block].kind != TokenKind::OpIf {
        return None;
    }
    let end = cx.near(-1)?.span();
    let fault = cx.error(Code::UnexpectedToken, end, "this `end` closes the `if` before its `else`");
    let fault = fault.with_label(keyword(cx, block), "the `if` begins here");
    let fault = fault.with_label(cx.token().span(), "its `else`");
    Some(fault.with_fix("remove the `end`", vec![edit(cx.with_space(end), "")]))
}

/// The `end` of the block that an `else` without an `if` is in.
pub(super) fn end_after_else(cx: &ErrorContext<'_>) -> Option<Span> {
    let within = cx.enclosing()?;
    let mut open = 0;
    cx.parts(within, cx.close_of(within)).into_iter().filter(|part| *part > cx.at).find_map(|part| {
        match cx.tokens[part].kind {
            TokenKind::OpBlock | TokenKind::OpIf | TokenKind::OpTry | TokenKind::OpTryTable => open += 1,
            TokenKind::OpEnd if open == 0 => return Some(cx.tokens[part].span()),
            TokenKind::OpEnd => open -= 1,
            _ => {}
        }
        None
    })
}

/// An `end` that is indented more than the block that it closes, so that another `end` has no block.
pub(super) fn surplus_end(cx: &ErrorContext<'_>, blocks: &Blocks) -> Option<Recoverable> {
    let surplus = cx.tokens[blocks.surplus?].span();
    let fault = cx.error(Code::UnexpectedToken, surplus, "one `end` too many");
    let fault = fault.with_label(cx.token().span(), "no block is open here");
    Some(fault.with_guess("remove it", vec![edit(cx.with_space(surplus), "")]))
}

/// `(block if ... ) end`: a parenthesis before the `end` of a block in it.
pub(super) fn end_after_parenthesis(cx: &ErrorContext<'_>, block: usize) -> Option<Recoverable> {
    let end = cx.near(1).filter(|next| next.kind == TokenKind::OpEnd)?.span();
    let close = cx.token().span();
    let word = cx.tokens[block].op().mnemonic();
    let message = format!("this parenthesis closes before the `end` of the `{word}` in it");
    let fault = cx.error(Code::UnexpectedToken, close, message);
    let fault = fault.with_label(keyword(cx, block), format!("this `{word}` has no `end` yet"));
    let fault = fault.with_label(end, "this `end` is meant for it");
    Some(fault.with_guess("swap them", vec![edit(close, "end"), edit(end, ")")]))
}

/// The keyword of a block.
fn keyword(cx: &ErrorContext<'_>, block: usize) -> Span {
    let token = cx.tokens[block];
    Span::new(token.start, token.start + token.op().mnemonic().len() as u32)
}
