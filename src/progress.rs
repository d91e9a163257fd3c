//! The progress of assembling, for other threads.

use std::sync::atomic::{AtomicU64, Ordering};

/// The number of bytes assembled so far.
///
/// An assembler counts them ([`Assembler::progress`](crate::Assembler::progress)), and other threads can read the number
/// meanwhile.
///
/// ```
/// use gcwat::{Assembler, Progress};
/// use std::sync::Arc;
///
/// let progress = Arc::new(Progress::default());
/// let text = "(module (func))";
/// Assembler::new().progress(&progress).assemble(text).unwrap();
/// assert!(progress.done() > 0);
/// ```
#[derive(Debug, Default)]
pub struct Progress(AtomicU64);

impl Progress {
    /// Returns the number of bytes of all texts that were assembled so far.
    pub fn done(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    pub(crate) fn add(&self, bytes: usize) {
        self.0.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}
