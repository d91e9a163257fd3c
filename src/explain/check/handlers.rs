//! The clauses of a `try_table` that name its own label: where the handler is meant to be.

use super::declared::Declared;
use super::locate;
use crate::diagnostic::{Diagnostic, Edit, edit};
use crate::lex::{Token, TokenKind};
use crate::resolve::IndexSpace;
use crate::span::Span;

/// Suggests the label that a clause of a `try_table` can branch to instead of that of the `try_table` itself: the one
/// of a new block around it, or that of an open block that takes the same values. `visible` has the labels of the open
/// blocks, the innermost first.
pub(crate) fn suggested(
    declared: &Declared<'_>,
    form: Span,
    visible: &[Span],
    diagnostic: Diagnostic,
) -> Diagnostic {
    if !declared.may_read(form) {
        return diagnostic;
    }
    let tokens: Vec<Token> = locate::tokens(declared.source, form).collect();
    let clauses = Clauses { declared, tokens: &tokens };
    match clauses.suggestion(diagnostic.span, visible) {
        Some((message, edits)) => {
            // A similar label may have been suggested.
            let diagnostic = Diagnostic { suggestions: Vec::new(), ..diagnostic };
            let own = "this is the label of the `try_table` itself";
            let is_labelled = !diagnostic.labels.is_empty();
            let label = clauses.own_label(diagnostic.span);
            let diagnostic = match label.filter(|_| !is_labelled) {
                Some(label) => diagnostic.with_label(label, own),
                None => diagnostic,
            };
            diagnostic.with_edits(message, edits, crate::diagnostic::Applicability::MaybeIncorrect)
        }
        None => diagnostic,
    }
}

struct Clauses<'a, 's> {
    declared: &'a Declared<'s>,
    tokens: &'a [Token],
}

impl Clauses<'_, '_> {
    fn text(&self, at: usize) -> &str {
        &self.declared.source[self.tokens[at].span().range()]
    }

    /// The clause with the label at a span, and the `try_table` that has the clause and the same label.
    fn find(&self, label: Span) -> Option<(usize, usize)> {
        let at = self.tokens.iter().position(|token| token.span() == label)?;
        let is_index = |token: &Token| matches!(token.kind, TokenKind::Id | TokenKind::Nat);
        let clause = self.tokens[..at].iter().rposition(|token| !is_index(token))?;
        if !self.tokens[clause].kind.begins_clause() {
            return None;
        }
        // Other clauses and the type may come between.
        let mut before = clause.checked_sub(1)?;
        loop {
            match self.tokens[before].kind {
                TokenKind::Close => {
                    let mut depth = 0;
                    let open = self.tokens[..=before].iter().rposition(|token| {
                        depth += i32::from(token.kind == TokenKind::Close) - i32::from(token.kind.is_open());
                        depth == 0
                    })?;
                    before = open.checked_sub(1)?;
                }
                TokenKind::Id => before = before.checked_sub(1)?,
                TokenKind::OpTryTable => break,
                _ => return None,
            }
        }
        let own = self.tokens.get(before + 1).filter(|own| own.kind == TokenKind::Id)?;
        (own.span() != label && self.text(before + 1) == self.text(at)).then_some((clause, before))
    }

    fn own_label(&self, label: Span) -> Option<Span> {
        let (_, table) = self.find(label)?;
        Some(self.tokens[table + 1].span())
    }

    fn suggestion(&self, label: Span, visible: &[Span]) -> Option<(String, Vec<Edit>)> {
        let (clause, table) = self.find(label)?;
        let carried = self.carried(clause)?;
        let own = self.results(table + 2);
        if own == carried {
            let name = self.text(table + 1);
            let edits = self.in_block(table, &own)?;
            return Some((format!("put the `try_table` into a block `{name}`"), edits));
        }
        let around = visible.iter().copied().find(|span| {
            let at = self.tokens.partition_point(|token| token.start < span.start);
            let is_block = at.checked_sub(1).is_some_and(|head| {
                let word = self.text(head);
                self.tokens[head].kind.is_op() && !word.starts_with("loop") && head != table
            });
            is_block && self.results(at + 1) == carried
        })?;
        let meant = &self.declared.source[around.range()];
        Some((format!("for the block that takes these values, write `{meant}`"), vec![edit(label, meant)]))
    }

    /// The types of the values of a clause.
    fn carried(&self, clause: usize) -> Option<Vec<String>> {
        let mut types = Vec::new();
        let kind = self.tokens[clause].kind;
        if matches!(kind, TokenKind::ParenCatch | TokenKind::ParenCatchRef) {
            let tag = self.declared.index_of(IndexSpace::Tag, self.text(clause + 1))?;
            let form = self.declared.definition(IndexSpace::Tag, tag)?.form;
            if !self.declared.parts_of_head(form, TokenKind::ParenType).is_empty() {
                return None;
            }
            for param in self.declared.parts_of_head(form, TokenKind::ParenParam) {
                types.extend(self.types_in(param));
            }
        }
        if matches!(kind, TokenKind::ParenCatchRef | TokenKind::ParenCatchAllRef) {
            types.push("exnref".to_owned());
        }
        Some(types)
    }

    /// The types in `(param ...)` or `(result ...)`.
    fn types_in(&self, part: Span) -> Vec<String> {
        let mut types: Vec<String> = Vec::new();
        let mut end = 0;
        let inner = Span::new(part.start + 1, part.end - 1);
        for token in locate::tokens(self.declared.source, inner).skip(1) {
            if token.start < end || token.kind == TokenKind::Id {
                continue;
            }
            let span = match token.kind.is_open() {
                true => locate::closed(self.declared.source, token.span()),
                false => token.span(),
            };
            end = span.end;
            let text = &self.declared.source[span.range()];
            types.push(if text == "(ref exn)" { "exnref".to_owned() } else { text.to_owned() });
        }
        types
    }

    /// The results of a block whose type begins at a token.
    fn results(&self, mut at: usize) -> Vec<String> {
        let mut types = Vec::new();
        while let Some(token) = self.tokens.get(at).filter(|token| token.kind == TokenKind::ParenResult) {
            let part = locate::closed(self.declared.source, token.span());
            types.extend(self.types_in(part));
            at = self.tokens.partition_point(|token| token.start < part.end);
        }
        types
    }

    /// The edits that put a `try_table` into a block with its label.
    fn in_block(&self, table: usize, results: &[String]) -> Option<Vec<Edit>> {
        let (head, label) = (self.tokens[table].span(), self.tokens[table + 1].span());
        let word = Span::new(head.start, head.start + "try_table".len() as u32);
        let without_label = edit(Span::new(word.end, label.end), "");
        let mut block = format!("block {}", self.text(table + 1));
        if !results.is_empty() {
            block += &format!(" (result {})", results.join(" "));
        }
        let is_folded = table > 0 && self.tokens[table - 1].kind == TokenKind::Open;
        if is_folded {
            let open = self.tokens[table - 1].span();
            let whole = locate::closed(self.declared.source, open);
            return Some(vec![
                edit(whole.before(), format!("({block} ")),
                without_label,
                edit(whole.after(), ")"),
            ]);
        }
        let end = self.end_of(table)?;
        let indent = self.declared.indentation(head.start);
        let is_own_line = !indent.is_empty();
        let apart = if is_own_line { format!("\n{indent}") } else { " ".to_owned() };
        Some(vec![
            edit(head.before(), format!("{block}{apart}")),
            without_label,
            edit(end.after(), format!("{apart}end")),
        ])
    }

    /// The `end` of a flat block, with the label after it.
    fn end_of(&self, block: usize) -> Option<Span> {
        let (mut parentheses, mut blocks) = (0, 0);
        for (at, token) in self.tokens.iter().enumerate().skip(block) {
            let is_folded = at > 0 && self.tokens[at - 1].kind == TokenKind::Open;
            match token.kind {
                kind if kind.is_open() => parentheses += 1,
                TokenKind::Close => parentheses -= 1,
                TokenKind::OpBlock | TokenKind::OpIf | TokenKind::OpTry | TokenKind::OpTryTable
                    if parentheses == 0 && !is_folded =>
                {
                    blocks += 1;
                }
                TokenKind::OpEnd if parentheses == 0 => {
                    blocks -= 1;
                    if blocks == 0 {
                        let label = self.tokens.get(at + 1).filter(|next| next.kind == TokenKind::Id);
                        return Some(label.unwrap_or(token).span());
                    }
                }
                _ => {}
            }
        }
        None
    }
}
