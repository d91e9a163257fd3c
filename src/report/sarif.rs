//! SARIF 2.1.0, which code scanning services and editors read: one JSON object for all texts of a run.

use super::Report;
use super::source::Source;
use crate::diagnostic::{Applicability, Code, Diagnostic, Suggestion};
use crate::escape;
use crate::span::Span;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{self, Write};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The maximum number of edits of a fix in the output.
const MOST_EDITS: usize = 1000;

/// The diagnostics of several texts.
#[derive(Default)]
pub(crate) struct Log {
    results: Vec<(Code, Value)>,
    /// Notes about all diagnostics of a text.
    notifications: Vec<Value>,
}

impl Log {
    /// Adds the diagnostics of a text.
    pub(crate) fn add(&mut self, report: &Report<'_>) {
        let (shown, hidden) = report.shown();
        self.results.extend(shown.map(|diagnostic| (diagnostic.code, result(&report.source, diagnostic))));
        self.notifications.extend(hidden.map(|hidden| {
            let location = json!({ "physicalLocation": { "artifactLocation": artifact(&report.source) } });
            json!({ "level": "note", "message": { "text": hidden }, "locations": [location] })
        }));
    }

    /// Writes the object.
    pub(crate) fn write(self, out: &mut dyn Write) -> io::Result<()> {
        let codes: BTreeSet<Code> = self.results.iter().map(|(code, _)| *code).collect();
        let codes: Vec<Code> = codes.into_iter().collect();
        let is_wrong = self.results.iter().any(|(_, result)| result["level"] == "error");
        let results = self.results.into_iter().map(|(code, mut result)| {
            result["ruleIndex"] = json!(codes.binary_search(&code).ok());
            result
        });
        let driver = json!({
            "name": env!("CARGO_PKG_NAME"),
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": codes.iter().map(|code| rule(*code)).collect::<Value>(),
        });
        let run = json!({
            "tool": { "driver": driver },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": !is_wrong,
                "toolExecutionNotifications": self.notifications,
            }],
            "results": results.collect::<Value>(),
        });
        escape::json::write(&json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] }), &mut *out)?;
        out.write_all(b"\n")
    }
}

/// Describes a code.
fn rule(code: Code) -> Value {
    json!({
        "id": code.as_str(),
        "name": format!("{code:?}"),
        "shortDescription": { "text": code.summary() },
        "help": { "text": code.explanation(), "markdown": code.explanation() },
        "defaultConfiguration": { "level": if code.is_warning() { "warning" } else { "error" } },
    })
}

fn result(source: &Source<'_>, diagnostic: &Diagnostic) -> Value {
    let mut text = diagnostic.message.clone();
    for note in &diagnostic.notes {
        text.push('\n');
        text.push_str(note);
    }
    let mut location = location(source, diagnostic.span);
    if !diagnostic.label.is_empty() {
        location["physicalLocation"]["region"]["message"] = json!({ "text": diagnostic.label });
    }
    let labels = diagnostic.labels.iter().enumerate().map(|(id, label)| {
        let mut related = self::location(source, label.span);
        related["id"] = json!(id);
        related["message"] = json!({ "text": label.message });
        related
    });
    let fixes = diagnostic.suggestions.iter().filter(|fix| (1..=MOST_EDITS).contains(&fix.edits.len()));
    json!({
        "ruleId": diagnostic.code.as_str(),
        "level": diagnostic.level.to_string(),
        "message": { "text": text },
        "locations": [location],
        "relatedLocations": labels.collect::<Value>(),
        "fixes": fixes.map(|suggestion| fix(source, suggestion)).collect::<Value>(),
    })
}

fn fix(source: &Source<'_>, suggestion: &Suggestion) -> Value {
    let replacements = suggestion.edits.iter().map(|edit| {
        json!({
            "deletedRegion": region(source, edit.span),
            "insertedContent": { "text": edit.replacement },
        })
    });
    let applicability = match suggestion.applicability {
        Applicability::MachineApplicable => "MachineApplicable",
        Applicability::MaybeIncorrect => "MaybeIncorrect",
        Applicability::HasPlaceholders => "HasPlaceholders",
    };
    json!({
        "description": { "text": suggestion.message },
        "artifactChanges": [{
            "artifactLocation": artifact(source),
            "replacements": replacements.collect::<Value>(),
        }],
        "properties": { "applicability": applicability },
    })
}

fn location(source: &Source<'_>, span: Span) -> Value {
    json!({ "physicalLocation": { "artifactLocation": artifact(source), "region": region(source, span) } })
}

/// The region of a span. The end is exclusive.
fn region(source: &Source<'_>, span: Span) -> Value {
    let start = source.lines.position(source.text, span.start);
    let end = source.lines.position(source.text, span.end);
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "byteOffset": span.start,
        "byteLength": span.end - span.start,
    })
}

fn artifact(source: &Source<'_>) -> Value {
    json!({ "uri": uri(source.name) })
}

/// Returns the URI of a file. That of a relative path is relative.
fn uri(name: &str) -> String {
    let name = if cfg!(windows) { name.replace('\\', "/") } else { name.to_owned() };
    let mut path = name.as_str();
    while let Some(rest) = path.strip_prefix("./") {
        path = rest.trim_start_matches('/');
    }
    let mut uri = String::new();
    if path.starts_with('/') {
        uri.push_str("file://");
    } else if cfg!(windows) && path.as_bytes().get(1) == Some(&b':') {
        uri.push_str("file:///");
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte as char)
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn names_become_uris() {
        for (name, expected) in [
            ("a.wat", "a.wat"),
            ("./sub/a.wat", "sub/a.wat"),
            ("../a b.wat", "../a%20b.wat"),
            ("a:b%.wat", "a%3Ab%25.wat"),
            ("/é.wat", "file:///%C3%A9.wat"),
            ("<stdin>", "%3Cstdin%3E"),
        ] {
            assert_eq!(uri(name), expected);
        }
    }
}
