//! The names of types in messages.
//!
//! wasmparser identifies equal types. A message uses the name that the declaration of the value or operand uses; if
//! that has none of the equal types, the name of the first.

use super::context::Context;
use super::declared::Declared;
use super::locate;
use super::skeleton::Checker;
use crate::lex::{TokenKind, number};
use crate::resolve::IndexSpace;
use crate::span::Span;
use wasmparser::{BlockType, Operator, ValType};

impl Declared<'_> {
    /// A type as the first of these spans that mentions it names it.
    pub(super) fn val_type_in(&self, checker: &Checker, t: ValType, parts: &[Span]) -> String {
        self.val_type_by(checker, t, &|equal| self.mentioned(equal, parts.iter().copied()))
    }

    /// The first of equal types that one of the spans mentions.
    fn mentioned(&self, equal: &[u32], parts: impl IntoIterator<Item = Span>) -> Option<u32> {
        let equal = &equal[..equal.len().min(MOST_EQUAL)];
        let is_it = |index: u32, text: &str| match text.starts_with('$') {
            true => self
                .definition(IndexSpace::Type, index)
                .and_then(|ty| ty.id)
                .is_some_and(|id| &self.source[id.range()] == text),
            false => number::magnitude(text) == Some((false, index.into())),
        };
        parts.into_iter().filter(|part| self.may_read(*part)).find_map(|part| {
            let names = locate::tokens(self.source, part)
                .filter(|token| matches!(token.kind, TokenKind::Id | TokenKind::Nat));
            let mut named = names.filter_map(|token| {
                let text = &self.source[token.span().range()];
                equal.iter().copied().find(|&index| is_it(index, text))
            });
            named.next()
        })
    }
}

/// The maximum number of equal types that are distinguished.
const MOST_EQUAL: usize = 64;

/// The opener of the block that an instruction branches to or ends.
pub(crate) fn target(operator: &Operator<'_>, blocks: &[u64]) -> Option<u64> {
    use Operator as O;
    let depth = match operator {
        O::End | O::Else => 0,
        O::Br { relative_depth }
        | O::BrIf { relative_depth }
        | O::BrOnNull { relative_depth }
        | O::BrOnNonNull { relative_depth }
        | O::BrOnCast { relative_depth, .. }
        | O::BrOnCastFail { relative_depth, .. } => *relative_depth,
        O::BrTable { targets } => targets.default(),
        _ => return None,
    };
    blocks.get(blocks.len().checked_sub(depth as usize + 1)?).copied()
}

impl Context<'_> {
    /// A type as the instructions of the message, or the head of the function, name it.
    pub(crate) fn val_type(&self, t: ValType) -> String {
        self.declared.val_type_by(self.checker, t, &|equal| self.named_near(equal))
    }

    /// The type of a value as its producer names it.
    pub(super) fn actual_type(&self, t: ValType, producer: Option<u64>) -> String {
        let Some(producer) = producer else { return self.val_type(t) };
        self.near.borrow_mut().insert(0, producer);
        let name = self.val_type(t);
        self.near.borrow_mut().remove(0);
        name
    }

    /// The expected type of an operand as its declaration names it.
    pub(super) fn expected_type(&self, t: ValType, declared: Option<Span>) -> String {
        let own = declared.map(|span| self.rest_of_form(span));
        let is_mentioned = |equal: &[u32]| self.declared.mentioned(equal, own);
        self.declared
            .val_type_by(self.checker, t, &|equal| is_mentioned(equal).or_else(|| self.named_near(equal)))
    }

    /// The first of equal types that the instructions of the message or the head of the function mention.
    fn named_near(&self, equal: &[u32]) -> Option<u32> {
        let near = self.near.borrow();
        let own = near.iter().flat_map(|&at| self.spans_of(at));
        self.declared.mentioned(equal, own.chain(self.head_of_function()))
    }

    /// The spans that mention the types of the operands and results of an instruction.
    fn spans_of(&self, at: u64) -> Vec<Span> {
        use Operator as O;
        let mut spans = self.spans.types(at);
        let Some(operator) = self.operator_at(at) else { return spans };
        // The numeric immediates of other instructions are not types.
        let types = match operator {
            O::ArrayCopy { .. } | O::ContBind { .. } => 2,
            O::StructGet { .. }
            | O::StructSet { .. }
            | O::StructNew { .. }
            | O::ArrayGet { .. }
            | O::ArraySet { .. }
            | O::ArrayNew { .. }
            | O::ArrayFill { .. }
            | O::ArrayNewFixed { .. }
            | O::StructNewDefault { .. }
            | O::StructNewDesc { .. }
            | O::StructNewDefaultDesc { .. }
            | O::StructGetS { .. }
            | O::StructGetU { .. }
            | O::ArrayNewDefault { .. }
            | O::ArrayNewData { .. }
            | O::ArrayNewElem { .. }
            | O::ArrayGetS { .. }
            | O::ArrayGetU { .. }
            | O::ArrayInitData { .. }
            | O::ArrayInitElem { .. }
            | O::RefGetDesc { .. }
            | O::RefNull { .. }
            | O::CallRef { .. }
            | O::ReturnCallRef { .. }
            | O::ContNew { .. }
            | O::Resume { .. }
            | O::ResumeThrow { .. }
            | O::Switch { .. } => 1,
            _ => 0,
        };
        spans.extend((0..types).filter_map(|n| self.spans.immediate(at, n)));
        if self.opens_block(&operator) {
            // Without the keyword, which may be one token with an index.
            let ty = self.spans.block_type(at);
            spans.push(Span::new(self.spans.label(at).end.min(ty.end), ty.end));
        }
        let mut add = |space, index| spans.extend(self.declarations_of(space, index));
        match operator {
            O::Call { function_index } | O::ReturnCall { function_index } | O::RefFunc { function_index } => {
                add(IndexSpace::Func, function_index);
            }
            O::CallIndirect { type_index, .. }
            | O::ReturnCallIndirect { type_index, .. }
            | O::CallRef { type_index }
            | O::ReturnCallRef { type_index } => add(IndexSpace::Type, type_index),
            O::GlobalGet { global_index } | O::GlobalSet { global_index } => {
                add(IndexSpace::Global, global_index)
            }
            O::TableGet { table }
            | O::TableSet { table }
            | O::TableGrow { table }
            | O::TableFill { table } => {
                add(IndexSpace::Table, table);
            }
            O::Throw { tag_index } => add(IndexSpace::Tag, tag_index),
            O::StructGet { struct_type_index, .. }
            | O::StructSet { struct_type_index, .. }
            | O::StructNew { struct_type_index } => add(IndexSpace::Type, struct_type_index),
            O::ArrayGet { array_type_index }
            | O::ArraySet { array_type_index }
            | O::ArrayNew { array_type_index }
            | O::ArrayFill { array_type_index }
            | O::ArrayNewFixed { array_type_index, .. } => add(IndexSpace::Type, array_type_index),
            O::Block { blockty: BlockType::FuncType(ty) }
            | O::Loop { blockty: BlockType::FuncType(ty) }
            | O::If { blockty: BlockType::FuncType(ty) } => add(IndexSpace::Type, ty),
            O::LocalGet { local_index } | O::LocalSet { local_index } | O::LocalTee { local_index } => {
                spans.extend(
                    self.body.locals.get(local_index as usize).map(|&local| self.rest_of_form(local)),
                );
            }
            _ => {}
        }
        spans
    }

    fn opens_block(&self, operator: &Operator<'_>) -> bool {
        use Operator as O;
        matches!(
            operator,
            O::Block { .. } | O::Loop { .. } | O::If { .. } | O::Try { .. } | O::TryTable { .. }
        )
    }

    /// The span from `from` to the end of the innermost form around it.
    fn rest_of_form(&self, from: Span) -> Span {
        let source = self.declared.source;
        let mut depth = 0;
        let rest = Span::new(from.start, source.len() as u32);
        let end = locate::tokens(source, rest).find_map(|token| {
            match token.kind {
                TokenKind::Close => depth -= 1,
                kind => depth += i32::from(kind.is_open()),
            }
            (depth < 0).then_some(token.start)
        });
        Span::new(from.start, end.unwrap_or(from.end))
    }

    /// The spans in a definition that determine its type.
    fn declarations_of(&self, space: IndexSpace, index: u32) -> Vec<Span> {
        let Some(definition) = self.declared.definition(space, index) else { return Vec::new() };
        match space {
            IndexSpace::Func | IndexSpace::Tag => self.signature_of(definition.form),
            // Without its own name.
            IndexSpace::Type => {
                vec![Span::new(definition.id.map_or(definition.form.start, |id| id.end), definition.form.end)]
            }
            _ => self.declared.type_in_head(definition.form).into_iter().collect(),
        }
    }

    fn signature_of(&self, form: Span) -> Vec<Span> {
        let parts = |kind| self.declared.parts_of_head(form, kind);
        let mut spans = [parts(TokenKind::ParenParam), parts(TokenKind::ParenResult)].concat();
        for used in parts(TokenKind::ParenType) {
            let name = locate::tokens(self.declared.source, used).nth(1).map(|name| name.span());
            let index = name.and_then(|name| {
                self.declared.index_of(IndexSpace::Type, &self.declared.source[name.range()])
            });
            spans.extend(index.into_iter().flat_map(|index| self.declarations_of(IndexSpace::Type, index)));
        }
        spans
    }

    /// The types in the head of the function, or of the field that has the expression.
    fn head_of_function(&self) -> Vec<Span> {
        let form = self.body.form;
        let mut spans = self.signature_of(form);
        spans.extend(self.declared.parts_of_head(form, TokenKind::ParenLocal));
        spans.extend(self.declared.type_in_head(form));
        spans
    }
}
