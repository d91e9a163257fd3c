//! One JSON object per line for each diagnostic, in the schema of rustc, which `rustfix` and editors can read.

use super::human;
use super::source::Source;
use crate::diagnostic::{Applicability, Diagnostic};
use crate::escape;
use crate::span::Span;
use serde_json::{Value, json};
use std::io::{self, Write};
use std::ops::Range;

/// The maximum number of bytes of a line that are quoted before and after the highlighted part.
const WINDOW: usize = 200;

/// The maximum number of edits of a suggestion in the output. Each takes half a kilobyte.
const MOST_EDITS: usize = 1000;

/// The maximum number of quoted lines of a span.
const MOST_LINES: usize = 20;

pub(super) fn write(source: &Source<'_>, diagnostic: &Diagnostic, out: &mut dyn Write) -> io::Result<()> {
    let mut rendered = Vec::new();
    human::write(source, diagnostic, false, &mut rendered)?;
    let mut spans = vec![span(source, diagnostic.span, true, &diagnostic.label)];
    spans.extend(diagnostic.labels.iter().map(|label| span(source, label.span, false, &label.message)));
    let notes = diagnostic.notes.iter().map(|note| child("note", note, Vec::new()));
    let helps = diagnostic.suggestions.iter().map(|suggestion| {
        let count = suggestion.edits.len();
        if count > MOST_EDITS {
            let message = format!("{}, in {count} places", suggestion.message);
            return child("help", &message, Vec::new());
        }
        let edits = suggestion.edits.iter().map(|edit| {
            let mut span = span(source, edit.span, true, "");
            span["suggested_replacement"] = json!(edit.replacement);
            span["suggestion_applicability"] = json!(applicability(suggestion.applicability));
            span
        });
        child("help", &suggestion.message, edits.collect())
    });
    let object = json!({
        "$message_type": "diagnostic",
        "message": diagnostic.message,
        "code": { "code": diagnostic.code.as_str(), "explanation": diagnostic.code.explanation() },
        "level": diagnostic.level.to_string(),
        "spans": spans,
        "children": notes.chain(helps).collect::<Vec<_>>(),
        "rendered": String::from_utf8_lossy(&rendered),
    });
    escape::json::write(&object, &mut *out)?;
    out.write_all(b"\n")
}

/// Writes a note about all diagnostics, such as rustc's count of errors.
pub(super) fn write_note(note: &str, out: &mut dyn Write) -> io::Result<()> {
    let object = json!({
        "$message_type": "diagnostic",
        "message": note,
        "code": null,
        "level": "failure-note",
        "spans": [],
        "children": [],
        "rendered": format!("{note}\n"),
    });
    escape::json::write(&object, &mut *out)?;
    out.write_all(b"\n")
}

fn child(level: &str, message: &str, spans: Vec<Value>) -> Value {
    json!({
        "message": message,
        "code": null,
        "level": level,
        "spans": spans,
        "children": [],
        "rendered": null,
    })
}

fn span(source: &Source<'_>, span: Span, is_primary: bool, label: &str) -> Value {
    let start = source.lines.position(source.text, span.start);
    let end = source.lines.position(source.text, span.end);
    json!({
        "file_name": source.name,
        "byte_start": span.start,
        "byte_end": span.end,
        "line_start": start.line,
        "line_end": end.line,
        "column_start": start.column,
        "column_end": end.column,
        "is_primary": is_primary,
        "text": quoted(source, span),
        "label": if label.is_empty() { Value::Null } else { json!(label) },
        "suggested_replacement": null,
        "suggestion_applicability": null,
        "expansion": null,
    })
}

/// Returns the lines of a span, each with the columns of the span in the quoted part. Long lines are truncated and the
/// number of lines is limited; otherwise the output could be quadratic in the length of the text.
fn quoted(source: &Source<'_>, span: Span) -> Vec<Value> {
    let mut lines = Vec::new();
    let mut start = span.start;
    while lines.len() < MOST_LINES {
        let line = source.lines.line_range(source.text, start);
        let next = line.end + 1;
        lines.push(quoted_line(source.text, line, span));
        if next >= span.end as usize {
            break;
        }
        start = next as u32;
    }
    lines
}

fn quoted_line(text: &str, line: Range<usize>, span: Span) -> Value {
    let Range { start: from, end: to } = span.range();
    let (from, to) = (from.clamp(line.start, line.end), to.clamp(line.start, line.end));
    let Range { mut start, mut end } = line;
    if end - start > 2 * WINDOW {
        (start, end) = (start.max(from.saturating_sub(WINDOW)), end.min(to.min(from + WINDOW) + WINDOW));
        while !text.is_char_boundary(start) {
            start += 1;
        }
        while !text.is_char_boundary(end) {
            end -= 1;
        }
    }
    let column = |at: usize| text[start..at.clamp(start, end)].chars().count() + 1;
    json!({
        "text": text[start..end].trim_end_matches('\r'),
        "highlight_start": column(from),
        "highlight_end": column(to),
    })
}

fn applicability(applicability: Applicability) -> &'static str {
    match applicability {
        Applicability::MachineApplicable => "MachineApplicable",
        Applicability::MaybeIncorrect => "MaybeIncorrect",
        Applicability::HasPlaceholders => "HasPlaceholders",
    }
}
