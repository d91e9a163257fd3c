//! A search for super-linear time, with valid and wrong snippets, repeated and nested.
//!
//! Each finding becomes a separate test (`growth`, `hostile`). The search needs a release build:
//! `cargo test --release --test suite repeated -- --ignored --nocapture`.

mod snippets;

use crate::growth::time_of_thread;
use gcwat::report::{MessageFormat, Report};
use gcwat::script::{CommandKind, Script};
use gcwat::{Assembler, Diagnostics};
use snippets::{NESTS, Place, SEQUENCES};
use std::time::Duration;

/// The maximum growth of the time for a text four times as large.
const MOST_GROWTH: f64 = 6.0;

/// The minimum time of a finding. Clocks are too imprecise for shorter times.
const NOTICED: Duration = Duration::from_millis(24);

/// A text of variable size.
struct Text {
    name: String,
    place: Place,
    of_size: Box<dyn Fn(usize) -> String>,
}

fn repeated(snippet: &str, n: usize) -> String {
    let mut text = String::new();
    for number in 0..n {
        if snippet.contains('#') && !snippet.contains("#include") {
            text.push_str(&snippet.replace('#', &number.to_string()));
        } else {
            text.push_str(snippet);
        }
        text.push(' ');
    }
    text
}

/// Surrounds snippets with the module that their place requires.
fn around(place: Place, inner: &str) -> String {
    let fields = "(type $t (func)) (type $s (struct (field $f i32))) (type $a (array i32)) (tag $e)
        (func $callee (param i32)) (memory 1) (table 1 funcref) (global $g (mut i32) (i32.const 0))";
    match place {
        Place::Field => format!("(module {inner})"),
        Place::Instr => {
            format!("(module {fields} (func (param $x i32) (local $r (ref func)) {inner}))")
        }
        Place::Head => format!("(module (func {inner}))"),
        Place::Struct => format!("(module (type (struct {inner})))"),
        Place::Data => format!("(module (memory 1) (data (i32.const 0) {inner}))"),
        Place::Command => inner.to_owned(),
    }
}

/// Returns all texts of the search. With `is_thorough`, they include pairs of snippets.
fn texts(is_thorough: bool) -> Vec<Text> {
    let mut texts = Vec::new();
    let mut add = |name: String, place: Place, of_size: Box<dyn Fn(usize) -> String>| {
        texts.push(Text { name, place, of_size });
    };
    for &(place, snippets) in SEQUENCES {
        for &one in snippets {
            add(one.to_owned(), place, Box::new(move |n| around(place, &repeated(one, n))));
            let lines = one.replace(' ', "\n");
            add(
                format!("{one:?} on lines"),
                place,
                Box::new(move |n| around(place, &repeated(&lines, n).replace(' ', "\n"))),
            );
        }
        for (at, &one) in snippets.iter().enumerate().filter(|_| is_thorough) {
            for &other in &snippets[at + 1..] {
                let both = move |n| repeated(one, n) + &repeated(other, n);
                add(format!("{one} | {other}"), place, Box::new(move |n| around(place, &both(n))));
                let mixed = format!("{one} {other}");
                add(
                    format!("{one} & {other}"),
                    place,
                    Box::new(move |n| around(place, &repeated(&mixed, n))),
                );
            }
        }
    }
    let (_, instrs) = SEQUENCES.iter().find(|(place, _)| *place == Place::Instr).expect("instructions");
    for &(open, close) in NESTS {
        let closed = |middle: &'static str| {
            move |n| around(Place::Instr, &format!("{}{middle}{}", repeated(open, n), repeated(close, n)))
        };
        for middle in ["", "(i32.const 0)"] {
            add(format!("{open}..{middle}..{close}"), Place::Instr, Box::new(closed(middle)));
        }
        add(format!("{open}.."), Place::Instr, Box::new(move |n| around(Place::Instr, &repeated(open, n))));
        for &instr in instrs.iter().filter(|_| is_thorough) {
            let text = move |n| format!("{}{}{}", repeated(open, n), repeated(instr, n), repeated(close, n));
            add(
                format!("{open}..{instr}..{close}"),
                Place::Instr,
                Box::new(move |n| around(Place::Instr, &text(n))),
            );
            let text = move |n| repeated(&format!("{open} {instr} "), n) + &repeated(close, n);
            add(
                format!("{open} {instr} ..{close}"),
                Place::Instr,
                Box::new(move |n| around(Place::Instr, &text(n))),
            );
            let text = move |n| repeated(open, n) + &repeated(&format!("{instr} {close}"), n);
            add(
                format!("{open}..{instr} {close}"),
                Place::Instr,
                Box::new(move |n| around(Place::Instr, &text(n))),
            );
        }
    }
    texts
}

fn show(text: &str, diagnostics: &Diagnostics) {
    let report = Report::new("x.wat", text, diagnostics).max_errors(50);
    for format in [MessageFormat::Human, MessageFormat::Json] {
        report.to_string(format);
    }
}

fn judge(place: Place, text: &str) {
    let assembler = Assembler::new().threads(1).names(true);
    if place != Place::Command {
        match assembler.assemble(text) {
            Ok(assembled) => show(text, assembled.warnings()),
            Err(errors) => show(text, &errors),
        }
        return;
    }
    match Script::parse(text) {
        Ok(script) => {
            for command in script.commands {
                if let CommandKind::Module(module) = command.kind {
                    _ = module.assemble(text, &assembler);
                }
            }
        }
        Err(errors) => show(text, &errors),
    }
}

fn time(place: Place, text: &str, runs: usize) -> Duration {
    let runs = (0..runs).map(|_| {
        let start = time_of_thread();
        judge(place, text);
        time_of_thread() - start
    });
    runs.min().expect("a run")
}

/// Measures a text at `size` and at four times `size`. Returns both times if the second one is too long.
fn slow_at(text: &Text, size: usize, runs: usize) -> Option<(Duration, Duration)> {
    let short = time(text.place, &(text.of_size)(size), runs);
    let long = time(text.place, &(text.of_size)(4 * size), runs);
    let limit = short.max(NOTICED / 6).mul_f64(MOST_GROWTH);
    (long > limit.max(NOTICED)).then_some((short, long))
}

/// Returns a description of each text that takes too long.
fn slow(texts: &[Text], size: usize) -> Vec<String> {
    let mut slow = Vec::new();
    for text in texts {
        // Other load can disturb a measurement, and some work grows only up to a limit.
        let is_slow = slow_at(text, size, 1).is_some() && slow_at(text, size, 2).is_some();
        if let Some((short, long)) = is_slow.then(|| slow_at(text, 4 * size, 2)).flatten() {
            println!("{short:.1?} -> {long:.1?}  {:?}: {:?}", text.place, text.name);
            slow.push(format!("{:?}: {short:.1?}, then {long:.1?}", text.name));
        }
    }
    slow
}

/// Runs the search. `SNIPPET_SIZE` sets the number of repetitions, and `SNIPPET_PAIRS` includes pairs of snippets.
#[test]
#[ignore = "takes minutes and needs a release build"]
fn no_repeated_snippet_takes_more_than_linear_time() {
    let size = std::env::var("SNIPPET_SIZE").map_or(2000, |size| size.parse().expect("a number"));
    let texts = texts(std::env::var_os("SNIPPET_PAIRS").is_some());
    println!("{} texts", texts.len());
    let slow = slow(&texts, size);
    assert!(slow.is_empty(), "{} of {}:\n  {}", slow.len(), texts.len(), slow.join("\n  "));
}

#[test]
fn every_snippet_gets_a_verdict() {
    for text in texts(false) {
        for size in [1, 3, 20] {
            judge(text.place, &(text.of_size)(size));
        }
    }
}
