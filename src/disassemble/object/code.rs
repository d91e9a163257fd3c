//! Annotates the lines of the printer: symbols after the identifiers of definitions, relocations after the operands of
//! instructions.

use super::data::addend;
use super::model::{Kind, Object, Reloc, SPACES};
use super::skeleton::is_got;
use super::symbols::Ids;
use crate::object::relocation::{Format, Method, RelocationKind};
use std::fmt::Write as _;

/// Annotates the lines in order.
pub(super) struct Annotator<'a, 'b> {
    object: &'a Object<'b>,
    ids: &'a Ids,
    /// The index of the next item of each kind.
    next: [u32; SPACES],
    imports: std::slice::Iter<'a, Option<Kind>>,
    /// The relocations of the lines that follow.
    relocs: &'a [Reloc],
    /// Undefined symbols that are exported.
    pub(super) not_exported: Vec<u32>,
    /// The functions that `ref.func` uses, in the order of their first use.
    pub(super) function_references: Vec<u32>,
    is_referenced: Vec<bool>,
}

impl<'a, 'b> Annotator<'a, 'b> {
    pub(super) fn new(object: &'a Object<'b>, ids: &'a Ids) -> Annotator<'a, 'b> {
        Annotator {
            object,
            ids,
            next: [0; SPACES],
            imports: object.import_kinds.iter(),
            relocs: &object.code_relocs,
            not_exported: Vec::new(),
            function_references: Vec::new(),
            is_referenced: vec![false; object.counts[Kind::Func as usize] as usize],
        }
    }

    /// Annotates the line of a field of the module. Returns `None` if the line has an unexpected form.
    pub(super) fn field(&mut self, line: &str) -> Option<String> {
        let is_import = line.starts_with("(import ");
        let kind = match is_import {
            true => *self.imports.next()?,
            false => Some(match line.get(1..)?.split(' ').next()? {
                "func" => Kind::Func,
                "global" => Kind::Global,
                "table" => Kind::Table,
                "tag" => Kind::Tag,
                _ => return Some(line.to_owned()),
            }),
        };
        let Some(kind) = kind else { return Some(line.to_owned()) };
        let next = self.next.get_mut(kind as usize)?;
        let index = *next;
        *next += 1;
        let marker = format!("(;{index};)");
        // The strings of an import precede the marker; the comments of an initializer follow it.
        let at = if is_import { line.rfind(&marker) } else { line.find(&marker) }? + marker.len();
        let annotations = self.ids.annotations(self.object, kind, index, &mut self.not_exported);
        Some(format!("{}{annotations}{}", &line[..at], &line[at..]))
    }

    /// Annotates the line of an instruction, with the relocations before `end`.
    pub(super) fn instruction(&mut self, line: &str, end: usize) -> String {
        let count = self.relocs.partition_point(|reloc| reloc.at < end);
        let (relocs, rest) = self.relocs.split_at(count);
        self.relocs = rest;
        let mut line = line.to_owned();
        for reloc in relocs {
            self.reloc(reloc, &mut line);
        }
        line
    }

    fn reloc(&mut self, reloc: &Reloc, line: &mut String) {
        let Some(kind) = RelocationKind::of_code(reloc.entry.ty as u8) else { return };
        match (kind.format(), kind.method()) {
            // The formats of data.
            (Format::I32 | Format::I64, _) => {}
            (Format::Leb | Format::Leb64, Method::Data) => {
                let address = format!(" offset=0 {}", self.written(reloc, ""));
                let indentation = line.len() - line.trim_start().len();
                let mnemonic = line[indentation..].find(' ').map_or(line.len(), |len| indentation + len);
                line.insert_str(mnemonic, &address);
            }
            (_, Method::Data | Method::FuncTable) => {
                _ = write!(line, " {}", self.written(reloc, &(kind.words() + " ")));
            }
            (_, Method::Func | Method::Global | Method::Table | Method::Tag) => self.index(reloc, line),
            _ => {}
        }
    }

    /// Annotates an index if it does not refer to the primary symbol of its item.
    fn index(&mut self, reloc: &Reloc, line: &mut String) {
        let number = reloc.entry.index;
        let symbol = &self.object.symbols[number as usize];
        if is_got(reloc.entry.ty, symbol.kind) {
            return;
        }
        if symbol.kind == Kind::Func
            && line.trim_start().starts_with("ref.func ")
            && let Some(seen) = self.is_referenced.get_mut(symbol.index as usize)
            && !std::mem::replace(seen, true)
        {
            self.function_references.push(symbol.index);
        }
        if self.ids.primary(symbol.kind, symbol.index) != Some(number) {
            _ = write!(line, " {}", self.written(reloc, ""));
        }
    }

    fn written(&self, reloc: &Reloc, method: &str) -> String {
        let symbol = self.ids.reference(self.object, reloc.entry.index);
        format!("(@reloc {method}{symbol}{})", addend(reloc))
    }
}
