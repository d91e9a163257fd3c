//! Adds lowered functions to the module, and places their bodies.

use super::ModuleBuilder;
use crate::ast::{Ast, Run};
use crate::lower::custom;
use crate::lower::func::{LoweredFunc, LoweredFuncs};
use crate::lower::instr::CodeOrigin;
use crate::lower::site::Site;
use crate::resolve::{IndexSpace, TypeRef};
use crate::span::Span;
use wasm_encoder as enc;
use wasm_encoder::Encode;

/// The positions in the lists of lowered functions up to which they are added.
#[derive(Clone, Copy, Default)]
pub(crate) struct UnitCursor {
    funcs: usize,
    fixups: usize,
    exports: usize,
    metadata: usize,
    marks: usize,
    sites: usize,
    local_names: usize,
    label_names: usize,
}

impl UnitCursor {
    /// The positions after a function.
    fn after(before: usize, func: &LoweredFunc) -> UnitCursor {
        UnitCursor {
            funcs: before + 1,
            fixups: func.fixups_end as usize,
            exports: func.exports_end as usize,
            metadata: func.metadata_end as usize,
            marks: func.marks_end as usize,
            sites: func.sites_end as usize,
            local_names: func.local_names_end as usize,
            label_names: func.label_names_end as usize,
        }
    }
}

impl<'s> ModuleBuilder<'s> {
    /// Takes note of sections that added functions need.
    pub(crate) fn add_needs(&mut self, funcs: &LoweredFuncs) {
        self.needs_data_count |= funcs.code.needs_data_count;
        self.uses.append(&funcs.code.uses);
        self.code_features = self.code_features.with(funcs.code.uses.set);
    }

    /// Adds the next lowered function.
    pub(crate) fn add_func(&mut self, funcs: &LoweredFuncs, taken: &mut UnitCursor) {
        let Some(func) = funcs.funcs.get(taken.funcs) else { return };
        let before = std::mem::replace(taken, UnitCursor::after(taken.funcs, func));
        self.open_exports.extend(&funcs.exports[before.exports..taken.exports]);
        let index = self.next(IndexSpace::Func, func.span, func.import.is_some());
        self.name(IndexSpace::Func, index, func.naming);
        let ty = self.implicit.index(func.ty, &funcs.code.signatures);
        if self.with_names {
            self.names.locals.push_encoded(index, &funcs.local_names[before.local_names..taken.local_names]);
            self.names.labels.push_encoded(index, &funcs.label_names[before.label_names..taken.label_names]);
        }
        if let Some((module, name, exact)) = func.import {
            let ty = match exact {
                true => enc::EntityType::FunctionExact(ty),
                false => enc::EntityType::Function(ty),
            };
            self.imports.import(&self.decoded(module), &self.decoded(name), ty);
            self.places.push(enc::SectionId::Import, func.span);
            return;
        }
        self.funcs.function(ty);
        self.places.push(enc::SectionId::Function, func.span);
        self.places.funcs.push(func.span);

        // The indices of implicit types are known now. They are inserted, or overwrite padded indices.
        let mut gaps: Vec<(u32, Vec<u8>)> = Vec::new();
        let mut overwritten: Vec<(u32, Vec<u8>)> = Vec::new();
        for fixup in &funcs.code.fixups[before.fixups..taken.fixups] {
            let index = self.implicit.index(TypeRef::Signature(fixup.signature), &funcs.code.signatures);
            let mut bytes = Vec::new();
            fixup.encode(index, &mut bytes);
            if fixup.padded { &mut overwritten } else { &mut gaps }.push((fixup.at, bytes));
        }
        let Run { start, end } = func.body;
        let filled: usize = gaps.iter().map(|(_, bytes)| bytes.len()).sum();
        (func.body.len() as usize + filled).encode(&mut self.code);
        if let Some(marks) = &funcs.code.marks {
            let here = self.code.len() as u32;
            let first = self.places.code.len() as u32;
            let body = Run { start: here, end: here + func.body.len() + filled as u32 };
            let mut gaps = gaps.iter().peekable();
            let mut filled = 0;
            for mark in &marks[before.marks..taken.marks] {
                while let Some((_, bytes)) = gaps.next_if(|(at, _)| *at <= mark.at) {
                    filled += bytes.len() as u32;
                }
                self.places.code.push(CodeOrigin { at: mark.at - start + here + filled, ..*mark });
            }
            self.places.bodies.push((body, Run { start: first, end: self.places.code.len() as u32 }));
        }
        let mut from = start;
        for (at, bytes) in &gaps {
            self.code.extend_from_slice(&funcs.code.bytes[from as usize..*at as usize]);
            self.code.extend_from_slice(bytes);
            from = *at;
        }
        self.code.extend_from_slice(&funcs.code.bytes[from as usize..end as usize]);
        if let Some(sites) = &funcs.code.sites {
            // Nothing was inserted, so the end of the code is that of the body.
            let here = self.code.len() as u32 - func.body.len();
            for (at, bytes) in &overwritten {
                let at = (at - start + here) as usize;
                self.code[at..at + bytes.len()].copy_from_slice(bytes);
            }
            let sites = &sites.list[before.sites..taken.sites];
            self.sites.extend(sites.iter().map(|site| Site { at: site.at - start + here, ..*site }));
        }

        for (head, value) in std::mem::take(&mut self.open_metadata) {
            self.metadata.add(self.annotation_name(head), 0, &value);
        }
        // Metadata and insertions are both in the order of the body.
        let mut gaps = gaps.iter().peekable();
        let mut filled = 0;
        for metadata in &funcs.metadata[before.metadata..taken.metadata] {
            while let Some((_, bytes)) = gaps.next_if(|(at, _)| *at <= metadata.at) {
                filled += bytes.len() as u32;
            }
            let value = &funcs.metadata_bytes[metadata.bytes.range()];
            let offset = metadata.at - start + filled;
            self.metadata.add(self.annotation_name(metadata.head), offset, value);
        }
        self.metadata.end_func(index);
    }

    /// Returns the name in the head of an annotation.
    pub(super) fn annotation_name(&self, head: Span) -> &'s str {
        self.text(head).trim_start_matches("(@").trim_matches('"')
    }

    /// Adds metadata of the next function.
    pub(crate) fn add_func_metadata(&mut self, ast: &Ast, metadata: Run) {
        for metadata in &ast.code_metadata[metadata.range()] {
            let mut value = Vec::new();
            custom::metadata(self.scope, ast, metadata, &mut value, &mut self.faults);
            self.open_metadata.push((metadata.head, value));
        }
    }
}
