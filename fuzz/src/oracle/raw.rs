//! The properties of raw texts and scripts.

use super::{has_sound_places, is_verdict};
use crate::oracle::outputs::{is_safe, shown_safely};
use gcwat::script::{CommandKind, Script, Subject};
use gcwat::{Assembled, Assembler, Diagnostic, Diagnostics};

type Verdict = Result<Assembled, Diagnostics>;

/// White space to append.
const SPACES: &[&str] = &["\n", " ", "\r\n", "\t", "\n \n\t\r\n"];

/// Checks that there is a verdict, that trailing white space does not change it, and that strictness only rejects.
pub fn is_judged_alike(text: &[u8]) -> Result<(), String> {
    let assembler = Assembler::new().threads(1).to_owned();
    let usual = assembler.assemble_bytes(text);
    is_verdict(text, &usual)?;
    strictness_only_refuses(text, &assembler, &usual)?;
    space_changes_nothing(text, &assembler, &usual)
}

/// Checks that trailing white space changes neither the verdict nor the bytes nor the diagnostics.
fn space_changes_nothing(text: &[u8], assembler: &Assembler, usual: &Verdict) -> Result<(), String> {
    let space = SPACES[text.len() % SPACES.len()];
    let spaced = [text, space.as_bytes()].concat();
    match (usual, &assembler.assemble_bytes(&spaced)) {
        (Ok(before), Ok(after)) if before.bytes() != after.bytes() => {
            Err(format!("{space:?} at the end changes the bytes"))
        }
        (Ok(before), Ok(after)) => is_reported_alike(text, space, before.warnings(), after.warnings()),
        (Err(before), Err(after)) => is_reported_alike(text, space, before, after),
        (Ok(_), Err(errors)) => Err(format!("with {space:?} at the end it is rejected: {errors}")),
        (Err(errors), Ok(_)) => Err(format!("with {space:?} at the end it is accepted, without: {errors}")),
    }
}

fn is_reported_alike(
    text: &[u8],
    space: &str,
    before: &Diagnostics,
    after: &Diagnostics,
) -> Result<(), String> {
    if ends_in_string(text) {
        // The white space is part of the string.
        return Ok(());
    }
    let end = text.trim_ascii_end().len() as u32;
    let (before, after) = (up_to(before, end), up_to(after, end));
    if before == after {
        return Ok(());
    }
    let differ = before.iter().zip(&after).find(|(before, after)| before != after);
    Err(format!(
        "{space:?} at the end changes what is reported, {} to {}: {differ:#?}",
        before.len(),
        after.len()
    ))
}

/// Returns the diagnostics with all locations after `end` moved to `end`.
fn up_to(diagnostics: &Diagnostics, end: u32) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> = diagnostics.iter().cloned().collect();
    for diagnostic in &mut diagnostics {
        let labels = diagnostic.labels.iter_mut().map(|label| &mut label.span);
        let edits = diagnostic.suggestions.iter_mut().flat_map(|suggestion| &mut suggestion.edits);
        for span in labels.chain(edits.map(|edit| &mut edit.span)).chain([&mut diagnostic.span]) {
            span.start = span.start.min(end);
            span.end = span.end.min(end);
        }
    }
    diagnostics
}

/// Whether the text may end in an unclosed string. Comments are not taken into account, and an unclosed string may end
/// with its line or later.
fn ends_in_string(text: &[u8]) -> bool {
    let is_open_after = |text: &[u8]| {
        let (mut is_open, mut is_escaped) = (false, false);
        for &byte in text {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' if is_open => is_escaped = true,
                b'"' => is_open = !is_open,
                _ => {}
            }
        }
        is_open
    };
    let last_line = text.rsplit(|&byte| byte == b'\n').next().unwrap_or_default();
    is_open_after(text) || is_open_after(last_line)
}

/// Checks that a text accepted under `strict` has the same bytes and the same warnings without it.
fn strictness_only_refuses(text: &[u8], assembler: &Assembler, usual: &Verdict) -> Result<(), String> {
    match (assembler.clone().strict(true).assemble_bytes(text), usual) {
        (Ok(strict), Ok(usual)) if strict.bytes() != usual.bytes() => {
            Err("strictness changes the bytes".to_owned())
        }
        (Ok(strict), Ok(usual)) if strict.warnings() != usual.warnings() => {
            Err(format!("strictness changes the warnings: {}\n{}", strict.warnings(), usual.warnings()))
        }
        (Ok(_), Err(errors)) => Err(format!("rejected, and accepted if strict: {errors}")),
        (Err(errors), _) if !errors.has_errors() => Err("rejected without an error".to_owned()),
        (Err(errors), _) => has_sound_places(text, &errors),
        (Ok(_), Ok(_)) => Ok(()),
    }
}

/// Checks that a script is parsed or rejected, that each of its modules gets a verdict, that its JSON is well-formed and
/// that trailing white space changes nothing.
pub fn is_read_as_script(text: &str) -> Result<(), String> {
    let space = SPACES[text.len() % SPACES.len()];
    let spaced = format!("{text}{space}");
    let script = match (Script::parse(text), Script::parse(&spaced)) {
        (Ok(before), Ok(after)) if before == after => before,
        (Err(before), Err(after)) => {
            if !before.has_errors() {
                return Err("rejected without an error".to_owned());
            }
            has_sound_places(text.as_bytes(), &before)?;
            shown_safely("fuzz.wast", text, &before)?;
            return is_reported_alike(text.as_bytes(), space, &before, &after);
        }
        (Ok(_), Ok(_)) => return Err(format!("{space:?} at the end changes the commands")),
        (Ok(_), Err(errors)) => return Err(format!("with {space:?} at the end it is rejected: {errors}")),
        (Err(errors), Ok(_)) => return Err(format!("only with {space:?} at the end accepted: {errors}")),
    };
    let assembler = Assembler::new().threads(1).to_owned();
    for command in &script.commands {
        if text.get(command.span.range()).is_none() {
            return Err(format!("{:?} is not inside the text", command.span));
        }
        let module = match &command.kind {
            CommandKind::Module(module) => module,
            CommandKind::AssertFails { subject: Subject::Module(module), .. } => module,
            _ => continue,
        };
        if let Err(errors) = module.assemble(text, &assembler) {
            let source = match &module.source {
                gcwat::script::ModuleSource::Quote(bytes) => bytes,
                _ => text.as_bytes(),
            };
            has_sound_places(source, &errors)?;
        }
    }
    match script.to_json(text, "fuzz.wast", "fuzz", &assembler) {
        Ok(json) => {
            is_safe(&json.json, "the JSON of the script")?;
            let value: Result<serde_json::Value, _> = serde_json::from_str(&json.json);
            value.map(drop).map_err(|error| format!("{error}: {}", json.json))
        }
        Err(errors) => has_sound_places(text.as_bytes(), &errors),
    }
}
