//! Writes the parts of a module in order, each made on any of several threads.

use super::annotated::Scratch;
use super::parts::{Module, Part};
use crate::parallel;
use std::io::{self, Write};

/// The number of bytes of the module that one unit of work has at least.
const UNIT: usize = 1 << 14;

/// Writes what `make` appends for each part, in their order. The output does not depend on `threads`; 0 is one per
/// core.
///
/// # Errors
///
/// The first error of `out`; what was written before it stays written.
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
