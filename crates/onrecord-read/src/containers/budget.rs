//! How much may be unpacked from a file, so that no bomb fills the memory or the day.

use std::cell::Cell;
use std::io::{self, Read};

use crate::input::Meter;

/// Any file may hold so much, however small it is.
const ALWAYS: u64 = 64 << 20;

/// More often than this nothing is repeated that people wrote.
const MOST_TIMES: u64 = 200;

/// The bytes that may come out of one file, over all layers of packing: 200 times what was read of it, and 64 MiB.
pub(crate) struct Budget {
    meter: Meter,
    /// What the meter showed when the file was opened.
    begun: u64,
    unpacked: Cell<u64>,
}

/// More came out than the budget allows.
#[derive(Debug, thiserror::Error)]
#[error("unpacks to more than {MOST_TIMES} times its size")]
pub(crate) struct Overdrawn;

impl Budget {
    /// The budget of the file that `meter` is going to measure.
    pub(crate) fn new(meter: &Meter) -> Self {
        Budget { begun: meter.bytes(), meter: meter.clone(), unpacked: Cell::new(0) }
    }

    /// Whether nothing more may be unpacked.
    pub(crate) fn is_spent(&self) -> bool {
        self.unpacked.get() > ALWAYS + MOST_TIMES * (self.meter.bytes() - self.begun)
    }

    /// The same bytes, counted.
    pub(crate) fn counts<R: Read>(&self, source: R) -> Counted<'_, R> {
        Counted { source, budget: self }
    }
}

/// What comes out of a decompressor.
pub(crate) struct Counted<'b, R> {
    source: R,
    budget: &'b Budget,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.budget.unpacked.set(self.budget.unpacked.get() + count as u64);
        if self.budget.is_spent() { Err(io::Error::other(Overdrawn)) } else { Ok(count) }
    }
}
