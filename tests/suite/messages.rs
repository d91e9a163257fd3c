//! The English of messages. They must not contain internal names, substitutes or gaps.
//!
//! The tests check the messages about the wrong modules of the specification's suites, of the bank and of
//! `messages/`.

mod fixes;
mod separators;
mod types;
mod words;

use crate::bank::cases;
use crate::spec::{module_text, suites};
use gcwat::script::{CommandKind, ModuleSource, Script, Subject};
use gcwat::{Assembler, Diagnostic, Diagnostics};

/// Returns all errors and warnings about a text.
fn all_diagnostics(text: &[u8]) -> Diagnostics {
    match Assembler::new().assemble_bytes(text) {
        Ok(assembled) => assembled.warnings().clone(),
        Err(diagnostics) => diagnostics,
    }
}

/// Returns all lines of a diagnostic.
fn lines(diagnostic: &Diagnostic) -> impl Iterator<Item = &str> {
    let labels = diagnostic.labels.iter().map(|label| &label.message);
    let helps = diagnostic.suggestions.iter().map(|suggestion| &suggestion.message);
    [&diagnostic.message, &diagnostic.label]
        .into_iter()
        .chain(labels)
        .chain(&diagnostic.notes)
        .chain(helps)
        .map(String::as_str)
}

/// Parts of the notation of wasmparser and Rust. A line may contain one only if the source contains it.
const INTERNAL: &[&str] = &[
    "(id ",
    "(recgroup ",
    "UnpackedIndex",
    "CoreTypeId",
    "PackedIndex",
    "Some(",
    "None",
    "Ok(",
    "Err(",
    "Span",
    "out of bounds",
    "type index o",
    "type index t",
    "at offset",
    "(at 0x",
    "::",
    "sub_ty",
    "Legacy",
];

/// Possible substitutes for wrong parts of a text. A line may contain one only if the source contains it.
const SUBSTITUTES: &[&str] = &["unreachable", "$\"?\"", "(module ", "  "];

/// Parts of sentences with a missing or repeated word.
const GAPS: &[&str] = &[
    ", ,",
    " ,",
    "found ,",
    "expected ,",
    "is ,",
    "``",
    "()",
    "a a ",
    "a the ",
    "the the ",
    "an an ",
    "there are 1 ",
    "there is no 1",
    " write` ",
    " type type",
    "found nothing,",
];

/// Returns a description of the fault in a line of a message. Returns `None` if the line is right.
fn fault(line: &str, source: &str) -> Option<String> {
    let find = |parts: &[&'static str]| parts.iter().copied().find(|part| line.contains(part));
    if let Some(part) = find(INTERNAL).filter(|part| !source.contains(part)) {
        return Some(format!("has `{part}`"));
    }
    if let Some(part) = find(SUBSTITUTES).filter(|part| !source.contains(part)) {
        return Some(format!("has `{part}`, which is not in the source"));
    }
    if let Some(part) = find(GAPS).filter(|part| !source.contains(part)) {
        return Some(format!("has `{part}`"));
    }
    if line.trim() != line || line.ends_with([',', ':', '.']) {
        return Some("starts with a space, or ends with a space or punctuation".into());
    }
    grammar(line)
}

/// Finds a wrong article, or a plural after 1, outside quotation marks.
fn grammar(line: &str) -> Option<String> {
    let words: Vec<&str> = line.split([' ', '(', ')', '[', ']']).filter(|word| !word.is_empty()).collect();
    let mut is_quoted = false;
    for pair in words.windows(2) {
        let &[word, next] = pair else { continue };
        let was_quoted = is_quoted;
        if word.matches(['`', '"']).count() % 2 == 1 {
            is_quoted = !is_quoted;
        }
        if was_quoted || is_quoted {
            continue;
        }
        let first = next.trim_start_matches('`').chars().next().unwrap_or(' ').to_ascii_lowercase();
        let sounds_like_you =
            ["use", "unit", "uni"].iter().any(|start| next.trim_start_matches('`').starts_with(start));
        let is_vowel = "aeiou".contains(first) && (!sounds_like_you || next.contains("unknown"));
        match word {
            "a" if is_vowel => return Some(format!("has `a {next}`")),
            "an" if !is_vowel && first.is_ascii_alphabetic() => return Some(format!("has `an {next}`")),
            "1" if next.ends_with('s')
                && next.bytes().all(|byte| byte.is_ascii_lowercase())
                && !matches!(next, "is" | "has" | "takes" | "as") =>
            {
                return Some(format!("has `1 {next}`"));
            }
            _ => {}
        }
    }
    None
}

/// Returns the faults in the messages about a text.
fn faults(name: &str, text: &[u8]) -> Vec<String> {
    let source = String::from_utf8_lossy(text);
    let diagnostics = all_diagnostics(text);
    let mut found = Vec::new();
    for diagnostic in diagnostics.iter() {
        for line in lines(diagnostic) {
            if let Some(fault) = fault(line, &source) {
                found.push(format!(
                    "{name} {fault}: {line}\n    {}",
                    source.chars().take(300).collect::<String>()
                ));
            }
        }
    }
    found
}

fn assert_none(found: &[String]) {
    assert!(found.is_empty(), "{} lines:\n{}", found.len(), found.join("\n"));
}

#[test]
fn messages_about_the_suites_have_no_faults() {
    let mut found = Vec::new();
    let mut count = 0;
    for (suite, files) in suites() {
        for file in files {
            let text = file.raw();
            let Ok(script) = Script::parse(text) else { continue };
            for command in &script.commands {
                let CommandKind::AssertFails { subject: Subject::Module(module), .. } = &command.kind else {
                    continue;
                };
                if matches!(module.source, ModuleSource::Binary(_)) {
                    continue;
                }
                count += 1;
                let name = format!("{suite}/{}", file.name());
                found.extend(faults(&name, module_text(text, module).as_bytes()));
            }
        }
    }
    println!("{count} modules");
    assert!(count > 4000);
    assert_none(&found);
}

#[test]
fn messages_about_the_bank_have_no_faults() {
    let found: Vec<String> = cases().iter().flat_map(|case| faults(&case.name, &case.text)).collect();
    assert_none(&found);
}

/// Checks the wrong modules of `modules.txt`, which are of the kinds that once had false messages.
#[test]
fn messages_about_many_kinds_of_modules_have_no_faults() {
    let mut modules: Vec<String> = Vec::new();
    for line in include_str!("messages/modules.txt").lines() {
        // A module starts at each line that starts with a parenthesis.
        match modules.last_mut() {
            Some(module) if !line.starts_with('(') => *module += &format!("\n{line}"),
            _ => modules.push(line.to_owned()),
        }
    }
    assert!(modules.len() > 250);
    let found: Vec<String> = modules.iter().flat_map(|module| faults("", module.as_bytes())).collect();
    assert_none(&found);
}

#[test]
fn the_check_of_messages_finds_faults() {
    for (line, source, is_wrong) in [
        ("expected i32, found (ref (id 1))", "", true),
        ("there are 1 label around `br`", "", true),
        ("1 labels", "", true),
        ("a elem is not allowed here", "", true),
        ("an operand of `unreachable` is an instruction", "(foo)", true),
        ("an operand of `unreachable` is an instruction", "(unreachable)", false),
        ("expected a continuation type, found , which is another type", "", true),
        ("unknown label 3: there is 1 label around `br`", "", false),
        ("an identifier and a use of a `nop`", "", false),
    ] {
        assert_eq!(fault(line, source).is_some(), is_wrong, "{line}");
    }
}
