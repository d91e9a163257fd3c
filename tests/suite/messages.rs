//! The English of messages, and what must never be in one: internal names, substitutes, empty places.
//!
//! It is checked on all that is said about the wrong modules of the specification's suites, of the bank and
//! of `messages/`.

mod fixes;
mod types;
mod words;

use crate::bank::cases;
use crate::spec::{module_text, suites};
use gcwat::script::{CommandKind, ModuleSource, Script, Subject};
use gcwat::{Assembler, Diagnostic, Diagnostics};

/// Everything that is said about a text.
fn said(text: &[u8]) -> Diagnostics {
    match Assembler::new().assemble_bytes(text) {
        Ok(assembled) => assembled.warnings().clone(),
        Err(diagnostics) => diagnostics,
    }
}

/// All lines of a diagnostic.
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

/// Parts that no line may have, whatever the text is: how wasmparser and Rust write things.
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

/// Parts that no line may have unless the text has them: they may be substitutes for what is wrong.
const SUBSTITUTES: &[&str] = &["unreachable", "$\"?\"", "(module ", "  "];

/// Parts of sentences with a gap in them.
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

/// What is wrong with a line that is said about a text.
fn fault(line: &str, source: &str) -> Option<String> {
    let find = |parts: &[&'static str]| parts.iter().copied().find(|part| line.contains(part));
    if let Some(part) = find(INTERNAL).filter(|part| !source.contains(part)) {
        return Some(format!("has `{part}`"));
    }
    if let Some(part) = find(SUBSTITUTES).filter(|part| !source.contains(part)) {
        return Some(format!("has `{part}`, and the text has not"));
    }
    if let Some(part) = find(GAPS).filter(|part| !source.contains(part)) {
        return Some(format!("has `{part}`"));
    }
    if line.trim() != line || line.ends_with([',', ':', '.']) {
        return Some("ends or begins badly".into());
    }
    grammar(line)
}

/// A wrong article, or a plural after 1; in what is not quoted.
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

/// Complains of lines about a text.
fn complaints(name: &str, text: &[u8]) -> Vec<String> {
    let source = String::from_utf8_lossy(text);
    let diagnostics = said(text);
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
fn nothing_internal_is_said_about_the_modules_of_the_suites() {
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
                found.extend(complaints(&name, module_text(text, module).as_bytes()));
            }
        }
    }
    println!("{count} modules");
    assert!(count > 4000);
    assert_none(&found);
}

#[test]
fn nothing_internal_is_said_about_the_bank() {
    let found: Vec<String> = cases().iter().flat_map(|case| complaints(&case.name, &case.text)).collect();
    assert_none(&found);
}

/// Wrong modules of the kinds that messages were once false about, one after the other.
#[test]
fn nothing_internal_is_said_about_modules_of_many_kinds() {
    let mut modules: Vec<String> = Vec::new();
    for line in include_str!("messages/modules.txt").lines() {
        // A line that begins with a parenthesis begins a module.
        match modules.last_mut() {
            Some(module) if !line.starts_with('(') => *module += &format!("\n{line}"),
            _ => modules.push(line.to_owned()),
        }
    }
    assert!(modules.len() > 250);
    let found: Vec<String> = modules.iter().flat_map(|module| complaints("", module.as_bytes())).collect();
    assert_none(&found);
}

#[test]
fn the_check_of_messages_finds_what_is_wrong() {
    for (line, source, is_wrong) in [
        ("expected i32, found (ref (id 1))", "", true),
        ("there are 1 label around `br`", "", true),
        ("1 labels", "", true),
        ("a elem cannot stand here", "", true),
        ("an operand of `unreachable` is an instruction", "(foo)", true),
        ("an operand of `unreachable` is an instruction", "(unreachable)", false),
        ("expected a continuation type, found , which is another type", "", true),
        ("unknown label 3: there is 1 label around `br`", "", false),
        ("an identifier and a use of a `nop`", "", false),
    ] {
        assert_eq!(fault(line, source).is_some(), is_wrong, "{line}");
    }
}
