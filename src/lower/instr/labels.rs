//! Labels of open blocks.

use super::{Block, FuncLowerer, InstrLowerer, Label};
use crate::ast::{Idx, IdxKind, Instr, has};
use crate::lex::id_name;
use crate::lower::cache::{LABELS, NOT_YET};
use crate::lower::plain;
use crate::resolve::{Fault, IndexSpace};
use crate::span::Span;

/// The number of open blocks whose labels are compared with an unknown label.
const MOST_VISIBLE: usize = 64;

impl InstrLowerer<'_, '_> {
    /// Returns the innermost labels, on the explaining route. An unknown label may be a misspelling of one.
    #[cold]
    pub(super) fn visible_labels(&self) -> Vec<Span> {
        let blocks = self.state.blocks.iter().rev().take(MOST_VISIBLE);
        blocks.filter(|_| self.scope.is_faulty_somewhere()).map(|block| block.id).collect()
    }

    pub(super) fn label(&mut self, raw: u32) -> Option<u32> {
        self.own_index(raw, IndexSpace::Label, |this, text| {
            let number = *this.state.label_numbers.get(id_name(text).as_ref())?;
            let height = this.state.labels[number as usize].height?;
            Some(this.state.depth.now - 1 - height)
        })
    }

    /// Returns the number of the label with the name at `slot`.
    pub(super) fn label_number(&mut self, slot: u32) -> u32 {
        let FuncLowerer { labels, label_numbers, .. } = &mut *self.state;
        let name = id_name(&self.scope.source[self.ast.names[slot as usize].range()]);
        let next = labels.len() as u32;
        let number = *label_numbers.entry(name.clone()).or_insert(next);
        if number == next {
            let is_type = self.scope.names(IndexSpace::Type).has(&name);
            labels.push(Label { height: None, slot, is_type });
        }
        number
    }

    /// Sets the height of the block that a label refers to.
    pub(super) fn set_label(&mut self, number: u32, height: Option<u32>) {
        let label = &mut self.state.labels[number as usize];
        label.height = height;
        let (slot, found) = (label.slot, height.map_or(NOT_YET, plain::of_height));
        self.state.cache.set(slot, LABELS, found);
    }

    pub(super) fn write_label(&mut self, raw: u32) -> Option<()> {
        let label = self.label(raw)?;
        self.leb(label);
        Some(())
    }

    pub(super) fn open_block(&mut self, instr: Instr) {
        let (label, name, ty) = self.block_parts(instr);
        let slot = match label.get() {
            IdxKind::Name(slot) if !label.is_none() => Some(slot),
            _ => None,
        };
        let id = slot.map(|slot| self.ast.names[slot as usize]);
        if let Some(name) = name.or(id) {
            self.state.label_names.push((self.state.depth.opened, name));
        }
        let height = self.state.depth.now;
        self.state.depth.opened += 1;
        self.state.depth.now += 1;
        let (Some(slot), Some(id)) = (slot, id) else { return };
        let number = self.label_number(slot);
        let Label { height: shadowed, is_type, .. } = self.state.labels[number as usize];
        if is_type && ty.is_none() && instr.aux & has::RESULT == 0 {
            self.warn_of_type_name(instr, id);
        }
        self.set_label(number, Some(height));
        self.state.blocks.push(Block { label: number, id, height, shadowed });
        self.state.depth.least = height + 1;
    }

    #[cold]
    pub(super) fn warn_of_type_name(&mut self, instr: Instr, id: Span) {
        let name = &self.scope.source[id.range()];
        // All uses of a name share one span, so the label is searched after the keyword.
        let keyword_end = instr.start as usize + instr.op.mnemonic().len();
        let is_next =
            self.scope.source[keyword_end..].strip_prefix(' ').is_some_and(|rest| rest.starts_with(name));
        let start = if is_next { keyword_end as u32 + 1 } else { id.start };
        let at = Span::new(start, start + id.len());
        self.code.faults.push(Fault::LabelNamedLikeType { at });
    }

    pub(super) fn close_block(&mut self) {
        let depth = &mut self.state.depth;
        depth.now = depth.now.saturating_sub(1);
        let now = depth.now;
        let Some(Block { label, shadowed, .. }) = self.state.blocks.pop_if(|block| block.height == now)
        else {
            return;
        };
        self.state.depth.least = self.state.blocks.last().map_or(0, |block| block.height + 1);
        self.set_label(label, shadowed);
    }

    /// Checks that the label after `end` or `else` is that of the block.
    pub(super) fn check_label(&mut self, raw: u32, keyword: &'static str) {
        let idx = Idx::from_raw(raw);
        let IdxKind::Name(slot) = idx.get() else { return };
        if idx.is_none() {
            return;
        }
        let at = self.ast.names[slot as usize];
        let name_of = |span: Span| id_name(&self.scope.source[span.range()]);
        let found = name_of(at);
        let within = self.state.depth.now.checked_sub(1);
        let innermost = self.state.blocks.last().filter(|block| Some(block.height) == within);
        let label = innermost.map(|block| block.id);
        if label.is_some_and(|label| name_of(label) == found) {
            return;
        }
        let is_open = self.state.blocks.iter().any(|block| name_of(block.id) == found);
        self.code.faults.push(Fault::MismatchedLabel { at, keyword, label, is_open });
    }
}
