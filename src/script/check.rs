//! Checks the modules of a script.

use crate::assembler::{Assembled, Assembler};
use crate::ast::script::{CommandKind, Failure, Module, Script, Subject};
use crate::diagnostic::Diagnostics;
use crate::fix::{self, Fixed};
use crate::span::LineIndex;

/// Checks a script: its commands, and each module that it does not expect to be malformed or invalid. Returns all errors
/// and warnings, in source order.
pub(crate) fn check(text: &str, assembler: &Assembler) -> Diagnostics {
    let script = match Script::parse(text) {
        Ok(script) => script,
        Err(errors) => return errors,
    };
    let lines = LineIndex::new(text);
    let mut found = Vec::new();
    for module in script.commands.iter().filter_map(|command| expected_to_work(&command.kind)) {
        let assembled = assembler.assemble_in(text, module.span, true, Some(&lines));
        let diagnostics = assembled.map_or_else(|errors| errors, Assembled::into_warnings);
        found.extend(diagnostics.iter().cloned());
    }
    Diagnostics::with_lines(text, &lines, found)
}

/// Applies the machine-applicable suggestions for the modules of a script.
pub(crate) fn fix(text: &str, assembler: &Assembler) -> Fixed {
    fix::fix(text, &|text| check(text, assembler))
}

/// Returns the module of a command, unless it is expected to be malformed or invalid.
fn expected_to_work(command: &CommandKind) -> Option<&Module> {
    match command {
        CommandKind::Module(module) => Some(module),
        CommandKind::AssertFails { failure, subject: Subject::Module(module), .. } => match failure {
            Failure::Malformed | Failure::MalformedCustom | Failure::Invalid | Failure::InvalidCustom => None,
            _ => Some(module),
        },
        _ => None,
    }
}
