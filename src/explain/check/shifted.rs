//! Type indices of functions that are all too high or too low by the same number.

use crate::ast::{Idx, IdxKind};
use crate::diagnostic::{Applicability, Code, Diagnostic, edit};
use crate::explain::explainer::Explainer;
use crate::lex::number;
use hashbrown::HashMap;

/// The maximum number of further indices with a label.
const SHOWN: usize = 3;

/// The number of wrong indices from which they have one cause.
const FEWEST: usize = 3;

/// The maximum distance of a type index from the one that was meant.
const FARTHEST: u32 = 3;

impl Explainer<'_> {
    /// Reports type indices once if the parameters and results next to each of them are those of the type at the same
    /// distance.
    pub(crate) fn merge_shifted_types(&self, errors: &mut Vec<Diagnostic>) {
        let scope = &self.outline.symbols;
        let mut at = HashMap::new();
        for (index, error) in errors.iter().enumerate() {
            if matches!(error.code, Code::TypeUseMismatch | Code::UnknownIndex) {
                let form = self.funcs.partition_point(|item| item.form.start <= error.span.start);
                at.entry(form).or_insert(index);
            }
        }
        let mut offset = None;
        let mut merged = Vec::new();
        for (func, signature) in self.written_signatures() {
            let Some(number) = self.type_number(func) else { return };
            let Some(&error) = at.get(&(func + 1)) else { return };
            let fits = |other: &u32| scope.signature(*other) == Some(&signature[..]);
            let candidates = (1..=FARTHEST).flat_map(|by| [number.checked_sub(by), number.checked_add(by)]);
            let found = match offset {
                None => candidates.flatten().filter(|other| *other < scope.type_count()).find(fits),
                Some(offset) => number.checked_add_signed(offset).filter(|other| *other < scope.type_count()),
            };
            let Some(meant) = found.filter(fits) else { return };
            offset = Some(meant as i32 - number as i32);
            merged.push((error, meant));
        }
        let Some(offset) = offset.filter(|_| merged.len() >= FEWEST) else { return };
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
    }

    /// The number in the type use of a function, or `None` if it is a name.
    fn type_number(&self, func: usize) -> Option<u32> {
        let item = &self.funcs[func];
        let tree = item.tree.as_ref()?;
        let defined = super::functions::defined(tree)?;
        let idx: Idx = tree.type_uses[defined.type_use.0 as usize].idx;
        match idx.get() {
            IdxKind::Number(number) => Some(number),
            IdxKind::Name(slot) => {
                let text = &self.source[tree.names[slot as usize].range()];
                (!text.starts_with('$')).then(|| number::magnitude(text)).flatten()?.1.try_into().ok()
            }
        }
    }
}
