//! The messages of `--verbose`: what is done, and how long each stage takes.

use super::console::Console;
use super::message;
use crate::assembler::Assembler;
use crate::observer::{Observer, Stage};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Measures the work on one text. Does nothing unless the user wants the messages.
pub(super) struct Timing {
    name: String,
    start: Instant,
    stages: Option<Arc<Mutex<Beginnings>>>,
}

/// The stages, each with the time at which it began.
type Beginnings = Vec<(Stage, Instant)>;

impl Timing {
    pub(super) fn start(console: &Console, name: &str) -> Timing {
        Timing { name: name.to_owned(), start: Instant::now(), stages: console.verbose.then(Arc::default) }
    }

    /// Reports that the text was read.
    pub(super) fn read(&self, bytes: usize) {
        self.report(format_args!("read {bytes} bytes in {}", shown(self.start.elapsed())));
    }

    /// Has the assembler record its stages.
    pub(super) fn observe(&self, assembler: Assembler) -> Assembler {
        let Some(stages) = self.stages.clone() else { return assembler };
        assembler.observer(Observer::new(move |stage| lock(&stages).push((stage, Instant::now()))))
    }

    /// Reports the stages that have ended.
    pub(super) fn assembled(&self) {
        let Some(stages) = &self.stages else { return };
        let stages = std::mem::take(&mut *lock(stages));
        let now = Instant::now();
        let ends = stages.iter().skip(1).map(|(_, start)| *start).chain([now]);
        // A script has many modules.
        let mut sums: Vec<(Stage, Duration)> = Vec::new();
        for ((stage, start), end) in stages.iter().zip(ends) {
            match sums.iter_mut().find(|(other, _)| other == stage) {
                Some((_, sum)) => *sum += end - *start,
                None => sums.push((*stage, end - *start)),
            }
        }
        for (stage, sum) in sums {
            self.report(format_args!("{} in {}", in_words(stage), shown(sum)));
        }
    }

    /// Reports an output, and how long it took to write it.
    pub(super) fn written(&self, what: impl std::fmt::Display, start: Instant) {
        self.report(format_args!("wrote {what} in {}", shown(start.elapsed())));
    }

    /// Reports the total.
    pub(super) fn finish(&self) {
        self.assembled();
        self.report(format_args!("finished in {}", shown(self.start.elapsed())));
    }

    fn report(&self, line: std::fmt::Arguments<'_>) {
        if self.stages.is_some() {
            message::verbose(format_args!("{}: {line}", self.name));
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The work of a stage, in the past tense.
fn in_words(stage: Stage) -> &'static str {
    match stage {
        Stage::Scan => "scanned the text",
        Stage::Outline => "read types, imports and other fields",
        Stage::Lower => "assembled functions and data",
        Stage::Validate => "validated the module",
        Stage::Explain => "searched for errors",
        Stage::Settle => "checked suggestions",
    }
}

fn shown(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}
