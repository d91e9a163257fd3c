//! Type indices of functions or instructions that are all too high or too low by the same number.

use super::types;
use crate::ast::{Ast, CompType, Idx, IdxKind, TypeUseId};
use crate::diagnostic::{Applicability, Code, Diagnostic, edit};
use crate::explain::explainer::Explainer;
use crate::lex::number;
use crate::span::Span;
use hashbrown::HashMap;

/// The maximum number of further indices with a label.
const SHOWN: usize = 3;

/// The number of wrong indices from which they have one cause.
const FEWEST: usize = 3;

/// The maximum distance of a type index from the one that was meant.
const FARTHEST: u32 = 3;

/// Whether a type is of the kind that an instruction takes.
type IsKind = fn(CompType) -> bool;

impl Explainer<'_> {
    /// Reports type indices once if the parameters and results next to each of them are those of the type at the same
    /// distance.
    pub(crate) fn merge_shifted_types(&self, errors: &mut Vec<Diagnostic>) {
        let scope = &self.outline.symbols;
        let mut of_forms: HashMap<usize, Vec<usize>> = HashMap::new();
        for (index, error) in errors.iter().enumerate() {
            if matches!(error.code, Code::TypeUseMismatch | Code::UnknownIndex) {
                let form = self.funcs.partition_point(|item| item.form.start <= error.span.start);
                of_forms.entry(form).or_default().push(index);
            }
        }
        let mut offset = None;
        let mut merged = Vec::new();
        for (func, item) in self.funcs.iter().enumerate() {
            let Some(tree) = item.tree.as_ref().filter(|tree| super::functions::defined(tree).is_some())
            else {
                continue;
            };
            let mut of_form = of_forms.get(&(func + 1)).into_iter().flatten();
            for (type_use, id) in tree.type_uses.iter().zip(0..) {
                let Some(signature) = self.unfit_signature(tree, TypeUseId(id)) else { continue };
                let Some(number) = self.type_number(tree, type_use.idx) else { return };
                let is_its = |error: &&usize| number_at(self.source, errors[**error].span) == Some(number);
                let Some(&error) = of_form.by_ref().find(is_its) else { return };
                let fits = |other: &u32| {
                    *other < scope.type_count() && scope.signature(*other) == Some(&signature[..])
                };
                let found = match offset {
                    None => (1..=FARTHEST)
                        .flat_map(|by| [number.checked_sub(by), number.checked_add(by)])
                        .flatten()
                        .find(fits),
                    Some(offset) => number.checked_add_signed(offset).filter(fits),
                };
                let Some(meant) = found else { return };
                offset = Some(meant as i32 - number as i32);
                merged.push((error, meant));
            }
        }
        let Some(offset) = offset.filter(|_| merged.len() >= FEWEST) else { return };
        *errors = merge(std::mem::take(errors), &merged, offset);
    }

    /// Reports the type indices of instructions once if all of them are of another kind of type than the instruction takes,
    /// and the types at the same distance from each of them are of the right kind.
    pub(crate) fn merge_shifted_kinds(&mut self) {
        let defs = types::definitions(&self.outline.fields);
        let source = self.source;
        let mut found: Vec<(usize, u32, IsKind)> = Vec::new();
        for (index, error) in self.diagnostics.iter().enumerate() {
            if error.code != Code::WrongKindOfType {
                continue;
            }
            let number = number_at(source, error.span);
            let Some((number, kind)) = number.zip(kind_before(source, error.span)) else { return };
            found.push((index, number, kind));
        }
        if found.len() < FEWEST {
            return;
        }
        let offsets = (1..=FARTHEST as i32).flat_map(|by| [by, -by]);
        let meant = |offset: i32, number: u32| number.checked_add_signed(offset);
        let fits = |offset: &i32| {
            found.iter().all(|&(_, number, kind)| {
                meant(*offset, number)
                    .and_then(|index| defs.get(index as usize))
                    .is_some_and(|def| kind(def.comp))
            })
        };
        let Some(offset) = offsets.into_iter().find(fits) else { return };
        let merged: Vec<(usize, u32)> =
            found.iter().filter_map(|&(index, number, _)| Some((index, meant(offset, number)?))).collect();
        self.diagnostics = merge(std::mem::take(&mut self.diagnostics), &merged, offset);
    }

    /// The number of a type index, or `None` if it is a name.
    fn type_number(&self, tree: &Ast, idx: Idx) -> Option<u32> {
        match idx.get() {
            IdxKind::Number(number) => Some(number),
            IdxKind::Name(slot) => number_at(self.source, tree.names[slot as usize]),
        }
    }
}

/// The number at a place of the source.
fn number_at(source: &str, at: Span) -> Option<u32> {
    let text = source.get(at.range())?;
    (!text.starts_with('$')).then(|| number::magnitude(text)).flatten()?.1.try_into().ok()
}

/// Merges errors about type indices into the first of them. `merged` has the index of each error and the type index that
/// is meant.
fn merge(mut errors: Vec<Diagnostic>, merged: &[(usize, u32)], offset: i32) -> Vec<Diagnostic> {
    let direction = if offset < 0 { "high" } else { "low" };
    let message = format!(
        "{} type indices are all {} too {direction}: the first type has the index 0",
        merged.len(),
        offset.unsigned_abs()
    );
    let (first, _) = merged[0];
    let mut diagnostic = Diagnostic::error(errors[first].code, errors[first].span, message);
    let mut edits = Vec::new();
    for (nth, &(error, meant)) in merged.iter().enumerate() {
        let span = errors[error].span;
        if (1..=SHOWN).contains(&nth) {
            diagnostic = diagnostic.with_label(span, format!("`{meant}` is meant"));
        }
        edits.push(edit(span, meant.to_string()));
    }
    diagnostic.label = format!("`{}` is meant", merged[0].1);
    let message = "change all of them".to_owned();
    errors[first] = diagnostic.with_edits(message, edits, Applicability::MaybeIncorrect);
    let mut others: Vec<usize> = merged[1..].iter().map(|(error, _)| *error).collect();
    others.sort_unstable();
    let mut index = 0;
    errors.retain(|_| {
        index += 1;
        others.binary_search(&(index - 1)).is_err()
    });
    errors
}

/// Whether a type is of the kind that the instruction before the index takes. `None` if the instruction is not known.
fn kind_before(source: &str, at: Span) -> Option<IsKind> {
    let before = source[..at.start as usize].trim_end();
    let is_part = |c: char| c.is_ascii_alphanumeric() || "._".contains(c);
    let word = before.rsplit(|c| !is_part(c)).next()?;
    match word.split_once('.').map_or(word, |(space, _)| space) {
        "struct" => Some(|comp| matches!(comp, CompType::Struct(_))),
        "array" => Some(|comp| matches!(comp, CompType::Array(_))),
        "call_ref" | "return_call_ref" => Some(|comp| matches!(comp, CompType::Func(_))),
        _ => None,
    }
}
