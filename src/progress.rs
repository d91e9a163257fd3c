//! How far a long work is, for whoever watches it.

use std::sync::atomic::{AtomicU64, Ordering};

/// How many bytes of text were assembled: counted by an [`Assembler`](crate::Assembler), to be read from
/// another thread meanwhile.
#[derive(Debug, Default)]
pub struct Progress(AtomicU64);

impl Progress {
    /// How many bytes are done, of all texts together.
    pub fn done(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    pub(crate) fn add(&self, bytes: usize) {
        self.0.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}
