//! Diagnostics, instructions and other results as plain data. `npm/src/index.d.ts` has their types.

use crate::utf16::Locations;
use gcwat::instr::{Immediates, Op};
use gcwat::{Applicability, Code, Diagnostic, Diagnostics, Difference, Disassembled, Fix, Suggestion};
pub(crate) use serde_json::Value as Json;
use serde_json::json;

/// Returns the diagnostics of a text.
pub(crate) fn diagnostics(text: &[u8], list: &Diagnostics) -> Json {
    if list.is_empty() {
        return json!([]);
    }
    let locations = Locations::new(text);
    list.iter().map(|one| diagnostic(&locations, one)).collect()
}

fn diagnostic(locations: &Locations<'_>, one: &Diagnostic) -> Json {
    let labels = one.labels.iter();
    let labels: Json =
        labels.map(|label| json!({ "span": locations.span(label.span), "message": label.message })).collect();
    let suggestions: Json = one.suggestions.iter().map(|one| suggestion(locations, one)).collect();
    json!({
        "code": one.code.as_str(),
        "level": one.level.to_string(),
        "message": one.message,
        "span": locations.span(one.span),
        "label": one.label,
        "labels": labels,
        "notes": one.notes,
        "suggestions": suggestions,
    })
}

fn suggestion(locations: &Locations<'_>, one: &Suggestion) -> Json {
    let edits = one.edits.iter();
    let edits: Json = edits
        .map(|edit| json!({ "span": locations.span(edit.span), "replacement": edit.replacement }))
        .collect();
    let applicability = match one.applicability {
        Applicability::MachineApplicable => "MachineApplicable",
        Applicability::MaybeIncorrect => "MaybeIncorrect",
        Applicability::HasPlaceholders => "HasPlaceholders",
    };
    json!({ "message": one.message, "edits": edits, "applicability": applicability })
}

/// Returns a suggestion that was applied.
pub(crate) fn fix(one: &Fix) -> Json {
    let (line, column) = (one.at.line, one.at.column);
    json!({ "code": one.code.as_str(), "message": one.message, "line": line, "column": column })
}

/// Returns the text of a binary.
pub(crate) fn disassembled(made: Disassembled) -> Json {
    let difference = made.difference.map(|difference| {
        let message = difference.to_string();
        match difference {
            Difference::NotCanonical { offset, section } => {
                json!({ "kind": "not-canonical", "offset": offset, "section": section, "message": message })
            }
            Difference::NotTheSame { offset } => {
                json!({ "kind": "not-the-same", "offset": offset, "message": message })
            }
            Difference::NotTheSameObject(_) => json!({ "kind": "not-the-same", "message": message }),
            _ => json!({ "kind": "not-assembled", "message": message }),
        }
    });
    json!({
        "text": made.text,
        "names": made.names,
        "isObject": made.is_object,
        "notes": made.notes,
        "difference": difference,
    })
}

/// Returns a row of the instruction table.
pub(crate) fn instruction(op: Op) -> Json {
    let row = op.row();
    json!({
        "mnemonic": row.mnemonic,
        "signature": row.signature,
        "immediates": immediates(row.immediates),
        "proposal": format!("{:?}", row.proposal),
    })
}

/// Returns the index spaces of the immediates that are indices, in the order of the text.
fn immediates(immediates: Immediates) -> &'static [&'static str] {
    use Immediates as I;
    match immediates {
        I::Label | I::Labels | I::Delegate | I::BrOnCast => &["label"],
        I::Func => &["func"],
        I::Local => &["local"],
        I::Global | I::OrderedGlobal => &["global"],
        I::Tag | I::Catch => &["tag"],
        I::Data => &["data"],
        I::Elem => &["elem"],
        I::Table | I::OrderedTable | I::CallIndirect => &["table"],
        I::Memory | I::MemArg(_) | I::AtomicMemArg(_) | I::RmwMemArg(_) | I::MemArgLane(_) => &["memory"],
        I::MemoryInit => &["memory", "data"],
        I::MemoryCopy => &["memory", "memory"],
        I::TableInit => &["table", "elem"],
        I::TableCopy => &["table", "table"],
        I::Field | I::OrderedField => &["type", "field"],
        I::TypeData => &["type", "data"],
        I::TypeElem => &["type", "elem"],
        I::TypeType => &["type", "type"],
        I::TypeTag | I::ResumeThrow => &["type", "tag"],
        I::Type | I::TypeLen | I::OrderedType | I::HeapType | I::RefType | I::Resume => &["type"],
        _ => &[],
    }
}

/// Returns a code of diagnostics.
pub(crate) fn code(code: &Code) -> Json {
    json!({ "code": code.as_str(), "summary": code.summary() })
}
