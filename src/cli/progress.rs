//! The bar that shows how far a long work is: only on a terminal, and only from the second second on.
//!
//! It is drawn here and not by a crate: that was all that needed the library of mathematics, which is loaded each
//! time the program starts.

use crate::progress::Progress;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Work that is done within this time is not shown.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the bar is drawn anew.
const INTERVAL: Duration = Duration::from_millis(100);

/// Whether the bar is on the terminal: it must not stand where something else is printed.
static IS_SHOWN: Mutex<bool> = Mutex::new(false);

/// Does what prints to the terminal, with the bar out of its way.
pub(super) fn suspend<T>(print: impl FnOnce() -> T) -> T {
    let mut is_shown = IS_SHOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if std::mem::take(&mut *is_shown) {
        draw("");
    }
    print()
}

/// Puts a line in the place of the last one, while nothing else is printed.
fn draw(line: &str) {
    // The cursor goes to the start of the line, and what was behind the new one is erased. If nobody can see it,
    // there is nothing to do about that.
    let _ = write!(io::stderr(), "\r{line}\x1b[K");
}

fn show(line: &str) {
    let mut is_shown = IS_SHOWN.lock().unwrap_or_else(PoisonError::into_inner);
    draw(line);
    *is_shown = true;
}

/// Does the work on these files. If it takes long and somebody can see it, a bar is shown meanwhile.
pub(super) fn with_progress<T>(files: &[PathBuf], work: impl FnOnce(&Arc<Progress>) -> T) -> T {
    let progress = Arc::new(Progress::default());
    if !io::stderr().is_terminal() {
        return work(&progress);
    }
    // A pipe has no length; then the bar only says that something is going on.
    let total = files.iter().filter_map(|file| file.metadata().ok()).map(|metadata| metadata.len()).sum();
    let (end, ended) = mpsc::channel::<()>();
    let start = Instant::now();
    std::thread::scope(|scope| {
        let shown = progress.clone();
        let watch = move || {
            let goes_on = |time| ended.recv_timeout(time) == Err(RecvTimeoutError::Timeout);
            if !goes_on(PATIENCE) {
                return;
            }
            loop {
                show(&line(shown.done(), total, start.elapsed()));
                if !goes_on(INTERVAL) {
                    return suspend(|| ());
                }
            }
        };
        // Without a thread for it there is no bar.
        let _ = std::thread::Builder::new().spawn_scoped(scope, watch);
        let result = work(&progress);
        drop(end);
        result
    })
}

/// What the bar looks like.
fn line(done: u64, total: u64, elapsed: Duration) -> String {
    const WIDTH: u64 = 40;
    let seconds = elapsed.as_secs();
    let time = format!("{}:{:02}", seconds / 60, seconds % 60);
    let part = |of: u64| (done.min(total) * of).checked_div(total);
    match (part(WIDTH), part(100)) {
        (Some(bars), Some(percent)) => {
            let (bars, rest) = ("#".repeat(bars as usize), "-".repeat((WIDTH - bars) as usize));
            format!("{bars}{rest} {percent:>3} %  {time}")
        }
        _ => format!("{} MB  {time}", done / 1_000_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_says_how_far_it_is_if_that_can_be_known() {
        let time = Duration::from_secs(65);
        assert_eq!(line(25, 100, time), "##########------------------------------  25 %  1:05");
        assert_eq!(line(120, 100, time), format!("{} 100 %  1:05", "#".repeat(40)));
        assert_eq!(line(7_500_000, 0, time), "7 MB  1:05");
    }
}
