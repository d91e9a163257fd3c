//! The properties of a text. Each check returns a description of the violation.

mod objects;
mod outputs;
mod raw;

pub use objects::is_an_object;
pub use outputs::{is_printed, is_written_safely};
pub use raw::{is_judged_alike, is_read_as_script};

use crate::departures;
use crate::fix_rule::{changed_token, new_error};
use gcwat::report::{MessageFormat, Report};
use gcwat::{Applicability, Assembled, Assembler, Diagnostics, Span};
use wasmparser::{Validator, WasmFeatures};

/// Checks that there is a verdict, and that all its locations are inside the text.
pub fn is_judged(text: &[u8]) -> Result<(), String> {
    is_verdict(text, &Assembler::new().threads(1).assemble_bytes(text))
}

fn is_verdict(text: &[u8], result: &Result<Assembled, Diagnostics>) -> Result<(), String> {
    let diagnostics = match result {
        Ok(assembled) => assembled.warnings(),
        Err(errors) if !errors.has_errors() => return Err("refused without an error".to_owned()),
        Err(errors) => errors,
    };
    if result.is_ok() && diagnostics.has_errors() {
        return Err("accepted with an error".to_owned());
    }
    has_sound_places(text, diagnostics)
}

fn has_sound_places(text: &[u8], diagnostics: &Diagnostics) -> Result<(), String> {
    let text = String::from_utf8_lossy(text);
    let is_sound = |span: Span| span.start <= span.end && text.get(span.range()).is_some();
    for diagnostic in diagnostics.iter() {
        let labels = diagnostic.labels.iter().map(|label| label.span);
        for span in labels.chain([diagnostic.span]) {
            if !is_sound(span) {
                return Err(format!("{span:?} is outside the text: {diagnostic:?}"));
            }
        }
        for suggestion in &diagnostic.suggestions {
            let mut done = 0;
            for edit in &suggestion.edits {
                if !is_sound(edit.span) || edit.span.start < done {
                    return Err(format!("{edit:?} cannot be applied: {diagnostic:?}"));
                }
                done = edit.span.end;
            }
        }
        if diagnostic.message.is_empty() || diagnostic.message.contains('\n') {
            return Err(format!("the message is not one line: {diagnostic:?}"));
        }
    }
    // The message formats use the same locations; a sample of the texts is enough.
    if !text.len().is_multiple_of(8) {
        return Ok(());
    }
    let report = Report::new("fuzz.wat", &text, diagnostics);
    for format in [MessageFormat::Human, MessageFormat::Short, MessageFormat::Json, MessageFormat::Github] {
        if report.to_string(format).is_empty() != diagnostics.is_empty() {
            return Err(format!("the message is different in {format:?}: {diagnostics}"));
        }
    }
    Ok(())
}

/// Returns the number of syntax errors.
fn syntax_errors(diagnostics: &Diagnostics) -> usize {
    let is_syntax = |code: &str| ["E00", "E01", "E02"].iter().any(|group| code.starts_with(group));
    diagnostics.iter().filter(|diagnostic| is_syntax(diagnostic.code.as_str())).count()
}

/// Checks that each machine-applicable fix keeps the tokens around it, removes its error and adds no other error, and
/// that all fixes together do not add syntax errors.
pub fn is_fixed_for_the_better(text: &str) -> Result<(), String> {
    let assembler = Assembler::new().threads(1).to_owned();
    let before = assembler.check(text);
    for diagnostic in before.iter() {
        for suggestion in &diagnostic.suggestions {
            let fixed = suggestion.apply(text);
            if suggestion.applicability != Applicability::MachineApplicable {
                continue;
            }
            if fixed == text {
                return Err(format!("the fix `{}` has no effect", suggestion.message));
            }
            let wrong = |what: String| format!("the fix `{}` {what}\n{fixed}", suggestion.message);
            if let Some(token) = changed_token(text, suggestion, &fixed) {
                return Err(wrong(format!("changes `{token}`")));
            }
            let after = assembler.check(&fixed);
            if let Some(left) = new_error(&before, diagnostic, &after) {
                return Err(wrong(format!("of {diagnostic:?} adds or leaves {left:?}")));
            }
        }
    }
    if before.iter().any(|diagnostic| !diagnostic.suggestions.is_empty()) {
        let fixed = assembler.fix(text);
        let after = assembler.check(&fixed.text);
        if after != fixed.remaining {
            let differ = after.iter().zip(fixed.remaining.iter()).find(|(after, reported)| after != reported);
            return Err(format!("the remaining errors are reported wrongly: {differ:?}\n{}", fixed.text));
        }
        if syntax_errors(&after) > syntax_errors(&before) {
            return Err(format!("the fix adds errors: {}\n{after}", fixed.text));
        }
    }
    Ok(())
}

/// Checks that the bytes are those of the `wast` crate, or that the difference is a known deviation.
pub fn is_as_the_reference_has_it(text: &str) -> Result<(), String> {
    let ours = Assembler::new().names(true).validate(false).threads(1).assemble(text);
    let theirs = reference(text);
    let difference = match (&ours, &theirs) {
        (Ok(ours), Ok(theirs)) if ours.bytes() == theirs => return Ok(()),
        (Err(_), Err(_)) => return Ok(()),
        (Ok(ours), Ok(theirs)) => {
            let same = ours.bytes().iter().zip(theirs).take_while(|(ours, theirs)| ours == theirs).count();
            format!(
                "different bytes from {same:#x}: {:02x?}, {:02x?}",
                &ours.bytes()[same..],
                &theirs[same..]
            )
        }
        (Err(errors), Ok(_)) => format!("rejected: {errors}"),
        (Ok(_), Err(error)) => format!("accepted, but the reference reports: {error}"),
    };
    match departures::reason(text, &ours, &theirs) {
        Some(_) => Ok(()),
        None => Err(difference),
    }
}

fn reference(text: &str) -> Result<Vec<u8>, String> {
    let mut lexer = wast::lexer::Lexer::new(text);
    lexer.allow_confusing_unicode(true);
    let buffer = wast::parser::ParseBuffer::new_with_lexer(lexer).map_err(|e| e.message())?;
    let mut wat = wast::parser::parse::<wast::Wat<'_>>(&buffer).map_err(|e| e.message())?;
    wat.encode().map_err(|e| e.message())
}

/// Checks that a module of wasm-smith assembles to the bytes of the `wast` crate, and that it is valid if wasmparser
/// accepts it.
pub fn is_a_module(text: &str) -> Result<(), String> {
    let ours = match Assembler::new().names(true).validate(false).threads(1).assemble(text) {
        Ok(assembled) => assembled.into_bytes(),
        Err(errors) => return Err(format!("rejected: {errors}")),
    };
    let theirs = reference(text).map_err(|error| format!("the reference fails: {error}"))?;
    if ours != theirs {
        return Err("other bytes".to_owned());
    }
    let is_valid = Validator::new_with_features(WasmFeatures::all()).validate_all(&theirs);
    match (Assembler::new().threads(1).assemble(text), is_valid) {
        (Ok(_), Ok(_)) | (Err(_), Err(_)) => Ok(()),
        (Ok(_), Err(error)) => Err(format!("valid, but {error}")),
        // wasm-smith and wasmparser allow a shared global to be initialized from an unshared one.
        (Err(errors), Ok(_)) if errors.errors().all(|error| error.message.contains("shared")) => Ok(()),
        (Err(errors), Ok(_)) => Err(format!("invalid: {errors}")),
    }
}

/// Checks that a module that is disassembled and assembled again has the same bytes.
pub fn comes_back(text: &str) -> Result<(), String> {
    let assembler = Assembler::new().names(true).validate(false).threads(1).to_owned();
    let Ok(module) = assembler.assemble(text) else { return Err("refused".to_owned()) };
    let module = module.into_bytes();
    for fold in [false, true] {
        let mut config = wasmprinter::Config::new();
        config.fold_instructions(fold);
        let mut again = wasmprinter::PrintFmtWrite(String::new());
        config.print(&module, &mut again).map_err(|error| format!("it cannot be printed: {error}"))?;
        match assembler.assemble(&again.0) {
            Ok(back) if back.bytes() == module => {}
            Ok(_) => return Err(format!("different bytes after assembling again:\n{}", again.0)),
            Err(errors) => return Err(format!("{errors} after assembling again:\n{}", again.0)),
        }
    }
    Ok(())
}
