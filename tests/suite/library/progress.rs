//! Progress, and work that is stopped: by another thread, and by the function of the progress.

use gcwat::{Assembled, Assembler, Diagnostics, Progress};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

/// A module with `count` functions of about 200 bytes.
fn module(count: usize, body: &str) -> String {
    let func =
        |n| format!("(func $f{n} (param $x i32) (result i32)\n  {body}\n  (i32.add (local.get $x)))\n");
    (0..count).map(func).collect()
}

const BODY: &str = "(i32.const 1) (i32.mul (local.get $x)) (i32.const 3) (i32.xor) (i32.const 7) (i32.or)
  (i32.const 1) (i32.mul (local.get $x)) (i32.const 3) (i32.xor) (i32.const 7) (i32.or) (i32.add)";

/// A valid module, and modules with an error of names, of types, or of syntax with a fix in their last function.
fn texts() -> Vec<String> {
    let wrong = ["call $none", "(i64.const 1)", "(get_local $x)"];
    let valid = module(1300, BODY);
    let faulty = wrong.iter().map(|wrong| format!("{valid}(func $x (param $x i32) {wrong})"));
    [valid.clone()].into_iter().chain(faulty).collect()
}

/// Assembles with a function that stops the work when it is called for the `last` time. Returns the number of calls, too.
fn assemble(text: &str, threads: usize, last: usize) -> (Result<Assembled, Diagnostics>, usize) {
    let calls = Arc::new(AtomicUsize::new(0));
    let count = calls.clone();
    let report = move |_| match count.fetch_add(1, SeqCst) + 1 >= last {
        true => ControlFlow::Break(()),
        false => ControlFlow::Continue(()),
    };
    let progress = Arc::new(Progress::new(report));
    let result = Assembler::new().threads(threads).progress(&progress).assemble(text);
    (result, calls.load(SeqCst))
}

#[test]
fn work_can_be_stopped_at_any_report() {
    for text in texts() {
        let expected = Assembler::new().assemble(&text).map(Assembled::into_bytes);
        for threads in [1, 2] {
            let (result, calls) = assemble(&text, threads, usize::MAX);
            assert_eq!(result.map(Assembled::into_bytes), expected);
            assert!(text.len() > 1 << 18 && calls > 10, "{calls} reports");
            // The first and last ones, and some in between.
            for last in (1..calls).step_by(calls / 2).chain([calls - 1]) {
                let (result, calls) = assemble(&text, threads, last);
                let stopped = result.unwrap_err();
                assert!(stopped.is_stopped() && stopped.is_empty() && stopped.has_errors());
                // Another thread may be about to report.
                assert!((last..last + threads).contains(&calls), "{last}: {calls}");
            }
        }
    }
}

#[test]
fn the_number_of_bytes_grows_up_to_the_size_of_the_text() {
    let text = module(3000, BODY);
    for threads in [1, 2] {
        let progress = Arc::new(Progress::default());
        Assembler::new().threads(threads).progress(&progress).assemble(&text).unwrap();
        let done = progress.done();
        assert!(done > text.len() as u64 * 9 / 10 && done <= text.len() as u64, "{done} of {}", text.len());
        assert!(!progress.is_stopped());
    }
}

#[test]
fn another_thread_stops_the_work() {
    let text = module(20_000, BODY);
    for text in [text.clone(), text + "(func call $none)"] {
        let progress = Arc::new(Progress::default());
        let watched = progress.clone();
        let stopper = std::thread::spawn(move || {
            while watched.done() == 0 {
                std::thread::yield_now();
            }
            watched.stop();
        });
        let result = Assembler::new().progress(&progress).assemble(&text);
        stopper.join().unwrap();
        assert!(result.is_err_and(|stopped| stopped.is_stopped()));
        assert!(progress.done() < text.len() as u64 && progress.is_stopped());
    }
}

#[test]
fn stopped_work_is_not_a_verdict() {
    let progress = Arc::new(Progress::default());
    progress.stop();
    let assembler = Assembler::new().progress(&progress);
    for text in ["", "(module", "(module quote \"(func\")", "(module binary \"\")", "(func get_local 0)"] {
        let stopped = assembler.check(text);
        assert!(stopped.is_stopped() && stopped.has_errors(), "{text}");
        assert_ne!(stopped, Diagnostics::default());
        assert_eq!((stopped.to_string(), format!("{stopped:?}")), {
            let words = "the work was stopped".to_owned();
            (words.clone(), words)
        });
        let fixed = assembler.fix(text);
        assert_eq!((fixed.text.as_str(), fixed.fixes.len()), (text, 0));
        assert!(fixed.remaining.is_stopped());
    }
    assert!(!gcwat::check("(module").is_stopped() && !Diagnostics::default().is_stopped());
}
