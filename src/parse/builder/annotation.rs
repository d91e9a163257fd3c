//! The actions of annotations.

use super::{Builder, take};
use crate::ast::{ANNOTATIONS, Annotation, AnnotationItem, Field, ItemKind};
use crate::diagnostic::Code;
use crate::lex::{Token, TokenKind};

impl Builder<'_> {
    pub(crate) fn annotation_item(&mut self, t: Token) {
        let kind = match t.kind {
            TokenKind::Open => ItemKind::Open,
            TokenKind::Close => ItemKind::Close,
            TokenKind::String => ItemKind::String,
            TokenKind::Nat => ItemKind::Nat,
            TokenKind::Int | TokenKind::Float => ItemKind::Number,
            TokenKind::Id => ItemKind::Id,
            _ => ItemKind::Atom,
        };
        self.ast.annotation_items.push(AnnotationItem { kind, span: t.span() });
    }

    /// Makes an annotation of the pending items.
    fn annotation(&mut self, head: Token, end: Token) -> Annotation {
        let (.., family) = ANNOTATIONS[usize::from(head.code)];
        let items = take(&mut self.annotation_items_taken, self.ast.annotation_items.len());
        Annotation { family, head: head.span(), end: end.span(), items, target: None }
    }

    pub(crate) fn field_annotation(&mut self, h: Token, e: Token) {
        let annotation = self.annotation(h, e);
        self.ast.fields.push(Field::Annotation(annotation));
    }

    pub(crate) fn code_metadata(&mut self, h: Token, e: Token) {
        let annotation = self.annotation(h, e);
        let name = self.text(annotation.head);
        if self.pending_names.contains(name) {
            let message = format!("duplicate `{name}` for one instruction");
            return self.error(Code::BadAnnotation, annotation.head, message);
        }
        // A priority belongs to the function, not to the next instruction.
        if name != "(@metadata.code.compilation_priority" {
            self.pending_metadata.push(self.ast.code_metadata.len());
            self.pending_names.insert(name);
        }
        self.ast.code_metadata.push(annotation);
    }

    /// Attaches the pending metadata to the instruction at `start`.
    #[inline]
    pub(super) fn take_metadata(&mut self, start: u32) {
        if !self.pending_metadata.is_empty() {
            self.pending_names.clear();
            for at in self.pending_metadata.drain(..) {
                self.ast.code_metadata[at].target = Some(start);
            }
        }
    }

    /// Reports pending metadata, which no instruction follows.
    pub(super) fn refuse_metadata(&mut self) {
        self.pending_names.clear();
        for at in std::mem::take(&mut self.pending_metadata) {
            let head = self.ast.code_metadata[at].head;
            let message = "code metadata must come before an instruction";
            self.error(Code::BadAnnotation, head, message);
        }
    }
}
