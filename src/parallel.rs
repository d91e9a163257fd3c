//! Ordered work on several threads.
//!
//! This is the only file that knows of threads, atomics and mutexes. Results do not depend on the number of threads.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Returns the number of threads to use if `requested` are allowed; 0 means one per core.
pub(crate) fn thread_count(requested: usize) -> usize {
    match requested {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        threads => threads,
    }
}

/// Makes `units` results on at most `threads` threads, and merges them in order.
///
/// Each thread begins with `start`, which returns its own state. `make` makes the result of one unit. The result it
/// gets may be one that was merged before, so that its memory is used again; `make` must clear it. `merge` is called
/// for each result in the order of the units, by one thread at a time.
///
/// # Errors
///
/// The first error of `make` or `merge` ends the work. If several units fail, which of their errors is returned
/// depends on timing.
pub(crate) fn ordered<S, T, E>(
    units: usize,
    threads: usize,
    start: impl Fn() -> S + Sync,
    make: impl Fn(&mut S, usize, &mut T) -> Result<(), E> + Sync,
    merge: impl FnMut(usize, &mut T) -> Result<(), E> + Send,
) -> Result<(), E>
where
    T: Default + Send,
    E: Send,
{
    let next = AtomicUsize::new(0);
    let has_failed = AtomicBool::new(false);
    let queue = Mutex::new(Queue {
        merge,
        made: (0..units).map(|_| None).collect(),
        merged: 0,
        spare: Vec::new(),
        error: None,
    });
    on_threads(threads.min(units), || {
        let mut state = start();
        let mut spare = None;
        while !has_failed.load(Ordering::Relaxed) {
            let unit = next.fetch_add(1, Ordering::Relaxed);
            if unit >= units {
                return;
            }
            let mut result = spare.take().unwrap_or_default();
            let made = make(&mut state, unit, &mut result);
            let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
            if let Err(error) = made.and_then(|()| queue.add(unit, result)) {
                queue.error.get_or_insert(error);
                has_failed.store(true, Ordering::Relaxed);
                return;
            }
            spare = queue.spare.pop();
        }
    });
    queue.into_inner().unwrap_or_else(PoisonError::into_inner).error.map_or(Ok(()), Err)
}

/// The results that wait for the results of earlier units.
struct Queue<T, E, M> {
    merge: M,
    made: Vec<Option<T>>,
    /// The number of units that were merged.
    merged: usize,
    /// Merged results, whose memory is used again.
    spare: Vec<T>,
    error: Option<E>,
}

impl<T, E, M: FnMut(usize, &mut T) -> Result<(), E>> Queue<T, E, M> {
    /// Adds a result, and merges all results that no earlier unit delays.
    fn add(&mut self, unit: usize, result: T) -> Result<(), E> {
        self.made[unit] = Some(result);
        while let Some(mut result) = self.made.get_mut(self.merged).and_then(Option::take) {
            (self.merge)(self.merged, &mut result)?;
            self.merged += 1;
            self.spare.push(result);
        }
        Ok(())
    }
}

/// Runs `work` on `threads` threads, including the calling one. Where no more threads can be had, fewer run it.
fn on_threads(threads: usize, work: impl Fn() + Sync) {
    if threads <= 1 {
        return work();
    }
    std::thread::scope(|scope| {
        for _ in 1..threads {
            if std::thread::Builder::new().spawn_scoped(scope, &work).is_err() {
                break;
            }
        }
        work();
    });
}

/// Calls `work` for the consecutive chunks of `bytes` of `size` bytes, on `threads` threads, with the offset of each chunk.
///
/// # Errors
///
/// The error of the first chunk that has one.
#[cfg(all(feature = "cli", unix))]
pub(crate) fn for_each_chunk<E: Send>(
    bytes: &mut [u8],
    size: usize,
    threads: usize,
    work: impl Fn(usize, &mut [u8]) -> Result<(), E> + Sync,
) -> Result<(), E> {
    let chunks: Vec<Mutex<&mut [u8]>> = bytes.chunks_mut(size).map(Mutex::new).collect();
    let work = |(): &mut (), chunk: usize, (): &mut ()| {
        work(chunk * size, &mut chunks[chunk].lock().unwrap_or_else(PoisonError::into_inner))
    };
    ordered(chunks.len(), threads, || (), work, |_, ()| Ok(()))
}

/// Cuts `items` into consecutive ranges whose sizes add up to at least `unit` each, but for the last.
pub(crate) fn units<T>(items: &[T], unit: usize, size: impl Fn(&T) -> usize) -> Vec<std::ops::Range<usize>> {
    let mut units = Vec::new();
    let (mut start, mut filled) = (0, 0);
    for (at, item) in items.iter().enumerate() {
        filled += size(item);
        if filled >= unit {
            units.push(start..at + 1);
            (start, filled) = (at + 1, 0);
        }
    }
    if start < items.len() {
        units.push(start..items.len());
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_merged_in_order_for_any_number_of_threads() {
        for threads in [1, 2, 7, 1000] {
            let mut merged = Vec::new();
            let made = ordered(
                100,
                threads,
                || (),
                |(), unit, result: &mut Vec<usize>| {
                    result.clear();
                    result.push(unit);
                    Ok::<(), ()>(())
                },
                |unit, result| {
                    assert_eq!(*result, [unit]);
                    merged.push(unit);
                    Ok(())
                },
            );
            assert_eq!(made, Ok(()));
            assert!(merged.iter().copied().eq(0..100));
        }
    }

    #[test]
    fn an_error_of_either_function_ends_the_work() {
        for threads in [1, 3] {
            let make = |fails: usize| {
                move |(): &mut (), unit: usize, _: &mut ()| if unit == fails { Err(unit) } else { Ok(()) }
            };
            assert_eq!(ordered(50, threads, || (), make(20), |_, _| Ok(())), Err(20));
            let merge = |unit, _: &mut ()| if unit == 7 { Err(unit) } else { Ok(()) };
            assert_eq!(ordered(50, threads, || (), make(99), merge), Err(7));
        }
    }

    #[test]
    fn units_cover_all_items_once() {
        assert_eq!(units(&[1, 1, 5, 1, 1], 2, |&size| size), [0..2, 2..3, 3..5]);
        assert_eq!(units(&[0usize; 3], 1, |&size| size).first(), Some(&(0..3)));
        assert!(units(&[] as &[usize], 1, |&size| size).is_empty());
    }
}
