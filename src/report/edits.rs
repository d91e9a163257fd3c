//! Suggestions for people: the message and, if it is not sufficient, the changed lines.

use super::source::Source;
use crate::diagnostic::{Edit, Suggestion};
use crate::escape;

/// The maximum number of changed lines that are shown, and their maximum length.
const MOST_LINES: usize = 6;
const LONGEST_LINE: usize = 120;

/// The maximum number of bytes that are searched for changed lines, so that suggestions for a long line take constant time.
const MOST_BYTES: usize = 1 << 12;

/// Describes a suggestion in one line.
pub(super) fn in_words(source: &Source<'_>, suggestion: &Suggestion) -> String {
    let message = &suggestion.message;
    let [edit] = &suggestion.edits[..] else { return message.clone() };
    let replacement = edit.replacement.trim();
    let shown = escape::line(replacement);
    let is_long = replacement.len() > LONGEST_LINE || replacement.contains('\n');
    if replacement.is_empty() || is_long || message.contains(replacement) {
        return message.clone();
    }
    if edit.span.is_empty() {
        let at = source.lines.position(source.text, edit.span.start);
        return format!("{message}: insert `{shown}` at {}:{}", at.line, at.column);
    }
    format!("{message}: `{shown}`")
}

/// Describes a suggestion, with the changed lines. The lines are omitted if the suggestion only replaces one range or only
/// removes text that the message quotes.
pub(super) fn with_lines(source: &Source<'_>, suggestion: &Suggestion) -> String {
    // Edits that change nothing are not shown.
    let edits: Vec<&Edit> = suggestion
        .edits
        .iter()
        .filter(|edit| source.text.get(edit.span.range()) != Some(&edit.replacement))
        .collect();
    let is_clear = match &edits[..] {
        [] => true,
        [edit] if edit.replacement.trim().is_empty() => {
            suggestion.message.contains(&format!("`{}`", &source.text[edit.span.range()]))
        }
        [edit] => !edit.span.is_empty() && !edit.replacement.contains('\n'),
        _ => false,
    };
    let lines = || lines(source, suggestion);
    match (!is_clear).then(lines).flatten() {
        Some(lines) => format!("{}\n{}", suggestion.message, lines.join("\n")),
        _ => in_words(source, suggestion),
    }
}

/// Returns the lines of the changed text, each with its number and a sign: changed, added or removed. Returns `None` if
/// they are too many or too long.
fn lines(source: &Source<'_>, suggestion: &Suggestion) -> Option<Vec<String>> {
    let mut rows = Vec::new();
    // By how many lines the text has grown before the edit.
    let mut grown = 0;
    let mut edits = suggestion.edits.iter().peekable();
    while let Some(edit) = edits.next() {
        let start = source.lines.line_range(source.text, edit.span.start).start;
        if source.lines.line_range(source.text, edit.span.end).end - start > MOST_BYTES {
            return None;
        }
        let mut new = source.text[start..edit.span.start as usize].to_owned();
        let mut last = edit;
        new.push_str(&edit.replacement);
        let mut end = source.lines.line_range(source.text, last.span.end).end;
        while let Some(edit) = edits.next_if(|edit| edit.span.start as usize <= end) {
            new.push_str(&source.text[last.span.end as usize..edit.span.start as usize]);
            new.push_str(&edit.replacement);
            last = edit;
            end = source.lines.line_range(source.text, last.span.end).end;
        }
        new.push_str(&source.text[last.span.end as usize..end]);
        let old = &source.text[start..end];
        let first = source.lines.position(source.text, start as u32).line as i64 + grown;
        grown += changed(old, &new, first, &mut rows)?;
    }
    let width = rows.iter().map(|(number, ..)| number.to_string().len()).max()?;
    let indent = rows.iter().map(|(.., line)| line.len() - line.trim_start().len()).min()?;
    let row = |(number, sign, line): &(i64, char, String)| {
        format!("{number:>width$} {sign} {}", line.get(indent..).unwrap_or("").trim_end())
    };
    Some(rows.iter().map(row).collect())
}

/// Adds the rows for changed lines, the first of which has the number `first`. Returns the difference in the number of
/// lines.
fn changed(old: &str, new: &str, first: i64, rows: &mut Vec<(i64, char, String)>) -> Option<i64> {
    let old: Vec<&str> = old.split('\n').collect();
    let new: Vec<&str> = new.split('\n').collect();
    let before = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let most = old.len().min(new.len()) - before;
    let after = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(old, new)| old == new).count();
    let (removed, added) = (&old[before..old.len() - after], &new[before..new.len() - after]);
    let (sign, lines) = match (removed, added) {
        (removed, []) => ('-', removed),
        ([], added) => ('+', added),
        (_, added) => ('~', added),
    };
    for (number, line) in (first + before as i64..).zip(lines) {
        let line = escape::same_length(line.trim_end()).replace('\t', "    ");
        if rows.len() == MOST_LINES || line.len() > LONGEST_LINE {
            return None;
        }
        rows.push((number, sign, line));
    }
    Some(added.len() as i64 - removed.len() as i64)
}
