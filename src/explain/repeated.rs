//! One report for each cause: uses of one name or index that does not exist.

use crate::diagnostic::{Applicability, Code, Diagnostic, Label, counted};
use hashbrown::HashMap;

/// The maximum number of further uses with a label.
const SHOWN: usize = 3;

/// Merges the errors about the same unknown name or index into the first of them. Each diagnostic comes with the
/// form that it is about: a local or a label of one function is unrelated to those of others.
pub(super) fn merge(mut diagnostics: Vec<(usize, Diagnostic)>) -> Vec<Diagnostic> {
    diagnostics.sort_by_key(|(_, diagnostic)| diagnostic.span.start);
    let mut merged: Vec<Diagnostic> = Vec::new();
    let mut uses: Vec<usize> = Vec::new();
    let mut first: HashMap<(Code, String, Option<usize>), usize> = HashMap::new();
    for (form, diagnostic) in diagnostics {
        if matches!(diagnostic.code, Code::UnknownName | Code::UnknownIndex) {
            let form = diagnostic.is_of_function.then_some(form);
            let key = (diagnostic.code, diagnostic.message.clone(), form);
            if let Some(&at) = first.get(&key) {
                uses[at] += 1;
                add(&mut merged[at], diagnostic, uses[at]);
                continue;
            }
            first.insert(key, merged.len());
        }
        merged.push(diagnostic);
        uses.push(0);
    }
    for (diagnostic, uses) in merged.iter_mut().zip(uses) {
        if let Some(more) = uses.checked_sub(SHOWN).filter(|more| *more > 0) {
            diagnostic.notes.insert(0, format!("and {}", counted(more as u64, "more use")));
        }
    }
    merged
}

/// Adds a further use to the first error.
fn add(first: &mut Diagnostic, other: Diagnostic, uses: usize) {
    if uses <= SHOWN {
        first.labels.push(Label { span: other.span, message: "also used here".to_owned() });
    }
    // A definition that is added once is enough.
    if let ([suggestion], [more]) = (&mut first.suggestions[..], &other.suggestions[..])
        && more.message == suggestion.message
        && more.edits.iter().all(|edit| !edit.span.is_empty())
    {
        suggestion.edits.extend(more.edits.iter().cloned());
        if more.applicability != Applicability::MachineApplicable {
            suggestion.applicability = more.applicability;
        }
    }
}
