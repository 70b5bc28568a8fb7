//! Where finished articles go: records to standard output, complaints to standard error, counts to the progress bar.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

use anstream::AutoStream;
use onrecord_read::{Fault, Meter, ReadError, Skip};

use super::Finished;
use super::place::Keeper;
use super::progress::Progress;
use crate::cli::ordered::Sink;
use crate::cli::{Outcome, messages};

/// The end of the line.
pub(super) struct Output {
    records: BufWriter<AutoStream<io::Stdout>>,
    progress: Progress,
    meter: Meter,
    outcome: Outcome,
    skipped: Skipped,
    keeper: Option<Keeper>,
}

impl Output {
    /// Nothing has been written yet.
    pub(super) fn new(progress: Progress, meter: Meter, keeper: Option<Keeper>) -> Output {
        // The printers have written escape sequences only where they are wanted.
        let records = BufWriter::with_capacity(1 << 16, AutoStream::always(io::stdout()));
        Output { records, progress, meter, outcome: Outcome::Done, skipped: Skipped::default(), keeper }
    }

    /// Says what was passed over, and whether some inputs failed.
    pub(super) fn finish(self) -> Outcome {
        self.skipped.tell();
        self.outcome
    }
}

/// How many inputs were no news texts, by the reason.
#[derive(Default)]
pub(crate) struct Skipped(BTreeMap<Skip, u64>);

impl Skipped {
    /// One more.
    pub(crate) fn count(&mut self, skip: Skip) {
        *self.0.entry(skip).or_default() += 1;
    }

    /// Says how many there were, if any.
    pub(crate) fn tell(&self) {
        let reasons: Vec<_> = self.0.iter().map(|(skip, count)| format!("{skip} ({count})")).collect();
        if !reasons.is_empty() {
            let count: u64 = self.0.values().sum();
            messages::warning(format_args!("skipped {count}: {}", reasons.join(", ")));
        }
    }
}

/// Why an article was passed over, if it was.
pub(crate) fn skip(error: &anyhow::Error) -> Option<Skip> {
    match error.downcast_ref::<ReadError>()?.fault {
        Fault::Skipped(skip) => Some(skip),
        _ => None,
    }
}

impl Sink<anyhow::Result<Finished>> for Output {
    fn take(&mut self, result: anyhow::Result<Finished>) -> io::Result<()> {
        match result {
            Ok(finished) => {
                for warning in &finished.warnings {
                    messages::warning(warning);
                }
                messages::aside(|| self.records.write_all(&finished.printed))?;
                self.progress.advance(finished.words, self.meter.bytes());
            }
            Err(error) => match skip(&error) {
                Some(skip) => self.skipped.count(skip),
                None => {
                    self.outcome = Outcome::SomeFailed;
                    messages::error(format_args!("{error:#}"));
                }
            },
        }
        match self.keeper.as_mut().map(Keeper::advance) {
            Some(true) => self.idle(),
            _ => Ok(()),
        }
    }

    fn idle(&mut self) -> io::Result<()> {
        messages::aside(|| self.records.flush())?;
        self.keeper.as_mut().map_or(Ok(()), Keeper::keep)
    }
}
