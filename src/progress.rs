//! The progress of assembling: reports it to other threads or to a function, and stops the work on request.

use std::cell::Cell;
use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// The number of bytes assembled so far, and the request to stop.
///
/// An assembler counts the bytes ([`Assembler::progress`](crate::Assembler::progress)), and other threads can read the
/// number meanwhile, and stop the work:
///
/// ```
/// use gcwat::{Assembler, Progress};
/// use std::sync::Arc;
///
/// let progress = Arc::new(Progress::default());
/// let assembler = Assembler::new().progress(&progress);
/// let text = "(module (func))";
/// assembler.assemble(text).unwrap();
/// assert!(progress.done() > 0);
///
/// // Usually on another thread, such as the one of the user interface.
/// progress.stop();
/// assert!(assembler.assemble(text).unwrap_err().is_stopped());
/// ```
#[derive(Default)]
pub struct Progress {
    done: AtomicU64,
    is_stopped: AtomicBool,
    report: Option<Box<Report>>,
}

type Report = dyn Fn(u64) -> ControlFlow<()> + Send + Sync;

impl Progress {
    /// Creates a progress that calls `report` from time to time, with the number of bytes done. If it returns
    /// [`ControlFlow::Break`], the work stops. The threads of the assembler call it, several of them at the same time
    /// perhaps. While the errors of a text are looked for, the number does not grow.
    ///
    /// ```
    /// use gcwat::{Assembler, Progress};
    /// use std::ops::ControlFlow;
    /// use std::sync::Arc;
    /// use std::time::{Duration, Instant};
    ///
    /// let end = Instant::now() + Duration::from_secs(10);
    /// let progress = Progress::new(move |_| match Instant::now() < end {
    ///     true => ControlFlow::Continue(()),
    ///     false => ControlFlow::Break(()),
    /// });
    /// let assembler = Assembler::new().progress(&Arc::new(progress));
    /// match assembler.assemble("(module)") {
    ///     Ok(assembled) => assert_eq!(assembled.bytes().len(), 8),
    ///     Err(errors) if errors.is_stopped() => println!("this takes too long"),
    ///     Err(errors) => println!("{errors}"),
    /// }
    /// ```
    pub fn new(report: impl Fn(u64) -> ControlFlow<()> + Send + Sync + 'static) -> Progress {
        Progress { report: Some(Box::new(report)), ..Progress::default() }
    }

    /// Returns the number of bytes of all texts that were assembled so far.
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// Stops the work of all assemblers with this progress, soon. Their results, and those of later calls, are
    /// diagnostics for which [`Diagnostics::is_stopped`](crate::Diagnostics::is_stopped) holds.
    pub fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }

    /// Whether the work was stopped, by [`Progress::stop`] or by the function of [`Progress::new`].
    pub fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Progress { done, is_stopped, report: _ } = self;
        f.debug_struct("Progress").field("done", done).field("is_stopped", is_stopped).finish_non_exhaustive()
    }
}

/// The access of an assembler to a progress.
#[derive(Clone, Debug)]
pub(crate) struct Watch {
    pub(crate) progress: Arc<Progress>,
    /// Whether the bytes are counted. Those of a text that is assembled for a check of suggestions are not.
    pub(crate) counts: bool,
}

impl Watch {
    /// Counts bytes. Returns whether the work goes on.
    pub(crate) fn add(&self, bytes: usize) -> bool {
        if self.counts {
            self.progress.done.fetch_add(bytes as u64, Ordering::Relaxed);
        }
        self.goes_on()
    }

    /// Reports the progress. Returns whether the work goes on.
    pub(crate) fn goes_on(&self) -> bool {
        if self.progress.is_stopped() {
            return false;
        }
        if let Some(report) = &self.progress.report
            && report(self.progress.done()).is_break()
        {
            self.progress.stop();
        }
        !self.progress.is_stopped()
    }
}

/// The number of bytes that one thread reads before it reports.
const INTERVAL: usize = 1 << 16;

/// Reports the progress of one thread at intervals, without counting bytes.
pub(crate) struct Pace<'w> {
    watch: Option<&'w Watch>,
    /// The number of bytes since the last report.
    bytes: Cell<usize>,
}

impl Pace<'_> {
    pub(crate) fn new(watch: Option<&Watch>) -> Pace<'_> {
        Pace { watch, bytes: Cell::new(0) }
    }

    /// Whether the work goes on after `bytes` more.
    pub(crate) fn goes_on(&self, bytes: usize) -> bool {
        let Some(watch) = self.watch else { return true };
        let sum = self.bytes.get().saturating_add(bytes);
        if sum < INTERVAL {
            self.bytes.set(sum);
            return !watch.progress.is_stopped();
        }
        self.bytes.set(0);
        watch.goes_on()
    }

    /// Whether the work was stopped.
    pub(crate) fn is_stopped(&self) -> bool {
        self.watch.is_some_and(|watch| watch.progress.is_stopped())
    }
}
