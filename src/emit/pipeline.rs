//! Writes the parts of a module one after the other, made on several threads.

use super::groups::{Module, Part, Scratch};
use crate::assemble::on_threads;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// How many bytes of the module are handed out at once.
const UNIT: usize = 1 << 14;

/// What all threads share.
struct Merger<'w> {
    out: &'w mut (dyn Write + Send),
    /// What is made and waits for what is before it.
    done: Vec<Option<Vec<u8>>>,
    written: usize,
    pool: Vec<Vec<u8>>,
    error: Option<io::Error>,
}

/// Writes what `make` makes of each part, in their order. What comes out does not depend on the number of
/// threads; 0 is one per core.
pub(super) fn write(
    module: &Module<'_>,
    threads: usize,
    out: &mut (dyn Write + Send),
    make: impl Fn(&Part<'_>, &mut Scratch, &mut Vec<u8>) + Sync,
) -> io::Result<()> {
    let units = units(&module.parts);
    let threads = match threads {
        _ if units.len() < 4 => 1,
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        threads => threads,
    };
    let next = AtomicUsize::new(0);
    let failed = AtomicBool::new(false);
    let merger = Mutex::new(Merger {
        out,
        done: units.iter().map(|_| None).collect(),
        written: 0,
        pool: Vec::new(),
        error: None,
    });
    on_threads(threads, || {
        let mut scratch = Scratch::default();
        let mut text = Vec::new();
        while !failed.load(Ordering::Relaxed) {
            let unit = next.fetch_add(1, Ordering::Relaxed);
            let Some(parts) = units.get(unit) else { return };
            for part in *parts {
                make(part, &mut scratch, &mut text);
            }
            let mut merger = merger.lock().unwrap_or_else(PoisonError::into_inner);
            merger.done[unit] = Some(std::mem::take(&mut text));
            merger.write();
            text = merger.pool.pop().unwrap_or_default();
            if merger.error.is_some() {
                failed.store(true, Ordering::Relaxed);
            }
        }
    });
    match merger.into_inner().unwrap_or_else(PoisonError::into_inner).error {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

impl Merger<'_> {
    /// Writes all that waits for nothing.
    fn write(&mut self) {
        while let Some(mut text) = self.done.get_mut(self.written).and_then(Option::take) {
            self.written += 1;
            if self.error.is_none()
                && let Err(error) = self.out.write_all(&text)
            {
                self.error = Some(error);
            }
            text.clear();
            self.pool.push(text);
        }
    }
}

/// Cuts the parts into stretches of about so many bytes.
fn units<'p, 'a>(parts: &'p [Part<'a>]) -> Vec<&'p [Part<'a>]> {
    let mut units = Vec::new();
    let (mut start, mut filled) = (0, 0);
    for (at, part) in parts.iter().enumerate() {
        filled += part.range.len();
        if filled >= UNIT {
            units.push(&parts[start..=at]);
            (start, filled) = (at + 1, 0);
        }
    }
    units.push(&parts[start..]);
    units
}
