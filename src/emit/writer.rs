//! Formats the parts of a module on several threads and writes them in order.

use super::annotated::Scratch;
use super::parts::{Module, Part};
use crate::parallel;
use std::io::{self, Write};

/// The minimum number of bytes of the module in one unit of work.
const UNIT: usize = 1 << 14;

/// Writes the text that `make` appends for each part, in the order of the parts. `threads` is 0 for one per core.
///
/// # Errors
///
/// Returns the first error of `out`.
pub(super) fn write(
    module: &Module<'_>,
    threads: usize,
    out: &mut (dyn Write + Send),
    make: impl Fn(&Part<'_>, &mut Scratch, &mut Vec<u8>) + Sync,
) -> io::Result<()> {
    let units = parallel::units(&module.parts, UNIT, |part| part.range.len());
    let threads = if units.len() < 4 { 1 } else { parallel::thread_count(threads) };
    let make = |scratch: &mut Scratch, unit: usize, text: &mut Vec<u8>| {
        text.clear();
        for part in &module.parts[units[unit].clone()] {
            make(part, scratch, text);
        }
        Ok(())
    };
    parallel::ordered(units.len(), threads, Scratch::default, make, |_, text| out.write_all(text))
}
