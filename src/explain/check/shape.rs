//! The folded instructions of a form as the source writes them: a tree of parentheses, and the number of operands in
//! each.
//!
//! A folded instruction may take operands from the stack, so the tree is only read once an error is known.

use super::locate::{InstrSpans, tokens};
use crate::lex::TokenKind;
use crate::span::Span;
use hashbrown::HashMap;
use std::cell::RefCell;

/// The kind of a pair of parentheses.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum GroupKind {
    /// An instruction that is not a block.
    Plain,
    /// `(if ...)`
    If,
    /// Any other block.
    Block,
    /// An arm of a block, such as `(then ...)`.
    Arm,
    /// The form, a type, or anything else that is not an instruction.
    Other,
}

/// A pair of parentheses.
pub(super) struct Group {
    /// From the opening parenthesis to the closing one.
    pub(super) span: Span,
    /// The start of the keyword.
    pub(super) word: u32,
    pub(super) kind: GroupKind,
    pub(super) items: Vec<Item>,
}

/// An instruction in a pair of parentheses, or a nested pair.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    Group(usize),
    /// An instruction without parentheses, by the start of its keyword.
    Flat(u32),
}

/// Where an instruction is in the tree.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// The group of the instruction, or `None` if it has no parentheses.
    pub(super) group: Option<usize>,
    /// The group around it.
    pub(super) parent: usize,
    /// The number of the item in that group.
    pub(super) nth: usize,
}

/// The tree of the parentheses of a form.
pub(super) struct Shape {
    pub(super) groups: Vec<Group>,
    /// The place of each instruction, by the start of its keyword.
    places: HashMap<u32, Place>,
    /// The code offset of each instruction, by the start of its keyword.
    pub(super) code: HashMap<u32, u64>,
    /// The number of values that the items of each group leave, if it is known.
    pub(super) own: RefCell<HashMap<usize, Option<usize>>>,
    /// The number of operands that the items of each group lack in their parentheses.
    pub(super) lacks: RefCell<HashMap<usize, usize>>,
}

impl Shape {
    pub(super) fn of(spans: InstrSpans<'_>) -> Shape {
        let mut groups: Vec<Group> = Vec::new();
        let mut places = HashMap::new();
        let mut open: Vec<usize> = Vec::new();
        let mut opened = None;
        for token in tokens(spans.source, spans.form) {
            if token.kind.is_open() {
                let id = groups.len();
                if let Some(&parent) = open.last() {
                    groups[parent].items.push(Item::Group(id));
                }
                open.push(id);
                let kind = match token.kind {
                    TokenKind::ParenThen | TokenKind::ParenElse | TokenKind::ParenDo => GroupKind::Arm,
                    TokenKind::ParenCatch | TokenKind::ParenCatchAll => GroupKind::Arm,
                    _ => GroupKind::Other,
                };
                groups.push(Group { span: token.span(), word: token.start, kind, items: Vec::new() });
                opened = (token.kind == TokenKind::Open).then_some(id);
                continue;
            }
            let is_head = opened.take();
            if token.kind == TokenKind::Close {
                if let Some(id) = open.pop() {
                    groups[id].span.end = token.span().end;
                }
            } else if token.kind.is_op()
                && let Some(&parent) = open.last()
            {
                match is_head {
                    Some(id) => {
                        groups[id].word = token.start;
                        groups[id].kind = match token.kind {
                            TokenKind::OpIf => GroupKind::If,
                            TokenKind::OpBlock | TokenKind::OpTry | TokenKind::OpTryTable => GroupKind::Block,
                            _ => GroupKind::Plain,
                        };
                        let parent = open.iter().rev().nth(1).copied().unwrap_or(id);
                        let nth = groups[parent].items.len().saturating_sub(1);
                        places.insert(token.start, Place { group: Some(id), parent, nth });
                    }
                    None => {
                        let nth = groups[parent].items.len();
                        groups[parent].items.push(Item::Flat(token.start));
                        places.insert(token.start, Place { group: None, parent, nth });
                    }
                }
            }
        }
        let code = spans.marks.iter().map(|mark| (mark.start, u64::from(mark.at))).rev().collect();
        Shape { groups, places, code, own: RefCell::default(), lacks: RefCell::default() }
    }

    pub(super) fn place(&self, word: u32) -> Option<Place> {
        self.places.get(&word).copied()
    }

    pub(super) fn group(&self, item: Item) -> Option<&Group> {
        match item {
            Item::Group(id) => self.groups.get(id),
            Item::Flat(_) => None,
        }
    }

    /// The item after another one in a group.
    pub(super) fn after(&self, place: Place) -> Option<Item> {
        self.groups[place.parent].items.get(place.nth + 1).copied()
    }
}
