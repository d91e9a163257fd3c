//! The progress bar of long runs. It is shown on a terminal only, after one second.
//!
//! A crate for it would link the mathematical library, which makes the program start slower.

use crate::progress::Progress;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Runs that end within this time show no bar.
const PATIENCE: Duration = Duration::from_secs(1);
/// The interval at which the bar is drawn.
const INTERVAL: Duration = Duration::from_millis(100);

/// Whether the bar is on the terminal. It is removed before anything else is printed.
static IS_SHOWN: Mutex<bool> = Mutex::new(false);

/// Runs `print`, which prints to the terminal, with the bar removed.
pub(super) fn suspend<T>(print: impl FnOnce() -> T) -> T {
    let mut is_shown = IS_SHOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if std::mem::take(&mut *is_shown) {
        draw("");
    }
    print()
}

/// Replaces the current line of the terminal.
fn draw(line: &str) {
    // The cursor moves to the start of the line, and the rest of the old line is erased. A failure to print is ignored.
    let _ = write!(io::stderr(), "\r{line}\x1b[K");
}

fn show(line: &str) {
    let mut is_shown = IS_SHOWN.lock().unwrap_or_else(PoisonError::into_inner);
    draw(line);
    *is_shown = true;
}

/// Runs `work`, which processes these files. If it takes long and `is_shown`, a bar is shown.
pub(super) fn with_progress<T>(
    files: &[PathBuf],
    is_shown: bool,
    work: impl FnOnce(&Arc<Progress>) -> T,
) -> T {
    let progress = Arc::new(Progress::default());
    if !is_shown {
        return work(&progress);
    }
    // A pipe has no length. Then the bar shows the number of bytes only.
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
        // If no thread can be started, there is no bar.
        let _ = std::thread::Builder::new().spawn_scoped(scope, watch);
        let result = work(&progress);
        drop(end);
        result
    })
}

/// Formats the bar.
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
    fn the_bar_shows_a_percentage_if_the_size_is_known() {
        let time = Duration::from_secs(65);
        assert_eq!(line(25, 100, time), "##########------------------------------  25 %  1:05");
        assert_eq!(line(120, 100, time), format!("{} 100 %  1:05", "#".repeat(40)));
        assert_eq!(line(7_500_000, 0, time), "7 MB  1:05");
    }
}
