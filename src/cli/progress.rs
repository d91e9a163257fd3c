//! The bar that shows how far a long work is: only on a terminal, and only from the second second on.

use crate::Progress;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Work that is done within this time is not shown.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the bar is drawn anew.
const INTERVAL: Duration = Duration::from_millis(100);

/// The bar, while there is one: it must not stand where something else is printed.
static BAR: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// Does what prints to the terminal, with the bar out of its way.
pub(super) fn aside<T>(print: impl FnOnce() -> T) -> T {
    match &*BAR.lock().unwrap_or_else(PoisonError::into_inner) {
        Some(bar) => bar.suspend(print),
        None => print(),
    }
}

/// Does the work on these files. If it takes long and somebody can see it, a bar is shown meanwhile.
pub(super) fn during<T>(files: &[PathBuf], work: impl FnOnce(&Arc<Progress>) -> T) -> T {
    let progress = Arc::new(Progress::default());
    if !io::stderr().is_terminal() {
        return work(&progress);
    }
    // A pipe has no length; then the bar only says that something is going on.
    let total = files.iter().filter_map(|file| file.metadata().ok()).map(|metadata| metadata.len()).sum();
    let (end, ended) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        let shown = progress.clone();
        let watch = move || {
            let goes_on = |time| ended.recv_timeout(time) == Err(RecvTimeoutError::Timeout);
            if !goes_on(PATIENCE) {
                return;
            }
            let bar = match total {
                0 => ProgressBar::new_spinner(),
                total => ProgressBar::new(total).with_style(style()),
            };
            *BAR.lock().unwrap_or_else(PoisonError::into_inner) = Some(bar.clone());
            bar.set_position(shown.done());
            bar.tick();
            while goes_on(INTERVAL) {
                bar.set_position(shown.done());
                bar.tick();
            }
            bar.finish_and_clear();
            *BAR.lock().unwrap_or_else(PoisonError::into_inner) = None;
        };
        // Without a thread for it there is no bar.
        let _ = std::thread::Builder::new().spawn_scoped(scope, watch);
        let result = work(&progress);
        drop(end);
        result
    })
}

fn style() -> ProgressStyle {
    let style = ProgressStyle::with_template("{bar:40} {percent:>3} %  {elapsed}");
    style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("##-")
}
