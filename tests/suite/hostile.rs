//! Hostile texts: whatever they are, there is a verdict, in time, and never a panic.
//!
//! [`inputs`] has texts of things nested, repeated and never closed. They are tried here with as little
//! stack as will do, so that whatever recursed with the depth of a text would be found by small texts.
//! `.ci/hostile` tries the same a million times larger, by the command, in a release build.

mod inputs;

use gcwat::report::{Format, Report};
use gcwat::{Assembler, Diagnostics, Span};
use inputs::{INPUTS, Input, Verdict};

/// How often the smallest thing is repeated where tests run.
const SMALL: usize = 500;

/// As much as a thread of a program that thinks of its memory may have.
const STACK: usize = 256 << 10;

/// Does something with little stack.
fn with_little_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work);
    thread.expect("a thread").join().expect("no panic");
}

/// Checks that all places in diagnostics are places of the text, and that they can be shown.
fn check_diagnostics(text: &[u8], diagnostics: &Diagnostics) {
    let text = String::from_utf8_lossy(text);
    let check = |span: Span| {
        assert!(
            span.start <= span.end && text.get(span.range()).is_some(),
            "{span:?} is no place: {diagnostics}"
        );
    };
    for diagnostic in diagnostics.iter() {
        check(diagnostic.span);
        diagnostic.labels.iter().for_each(|label| check(label.span));
        for suggestion in &diagnostic.suggestions {
            suggestion.edits.iter().for_each(|edit| check(edit.span));
        }
    }
    let mut report = Report::new("hostile.wat", &text, diagnostics);
    report.max_errors(20);
    for format in [Format::Human, Format::Short, Format::Json, Format::Github] {
        assert_eq!(report.to_string(format).is_empty(), diagnostics.is_empty());
    }
}

/// Checks that a text is judged as it should be.
fn check_input(input: &Input, size: usize) {
    let text = (input.text)(size);
    let result = Assembler::new().names(true).assemble_bytes(&text);
    match (input.verdict, &result) {
        (Verdict::Module, Ok(_)) | (Verdict::Errors, Err(_)) | (Verdict::Limited, _) => {}
        (Verdict::Module, Err(errors)) => panic!("{}: {errors}", input.name),
        (Verdict::Errors, Ok(_)) => panic!("{}: accepted", input.name),
    }
    match &result {
        Ok(assembled) => check_diagnostics(&text, assembled.warnings()),
        Err(errors) => {
            assert!(errors.has_errors(), "{}", input.name);
            check_diagnostics(&text, errors);
        }
    }
}

#[test]
fn every_input_gets_a_verdict_with_little_stack() {
    for input in INPUTS {
        with_little_stack(|| check_input(input, SMALL));
    }
}

#[test]
fn every_input_gets_the_verdict_of_its_size() {
    // Of none, one and two things the verdict may be another, and it is there all the same.
    for input in INPUTS {
        for size in [1, 2, 3, 7] {
            let text = (input.text)(size);
            let result = Assembler::new().assemble_bytes(&text);
            check_diagnostics(&text, result.as_ref().err().unwrap_or(&Diagnostics::default()));
        }
    }
}
