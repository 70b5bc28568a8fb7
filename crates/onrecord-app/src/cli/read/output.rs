//! Where finished articles go: records to standard output, complaints to standard error, counts to the progress bar.

use std::io::{self, BufWriter, Write};

use anstream::AutoStream;
use onrecord_read::Meter;

use super::Finished;
use super::progress::Progress;
use crate::cli::ordered::Sink;
use crate::cli::{Outcome, messages};

/// The end of the line.
pub(super) struct Output {
    records: BufWriter<AutoStream<io::Stdout>>,
    progress: Progress,
    meter: Meter,
    outcome: Outcome,
}

impl Output {
    /// Nothing has been written yet.
    pub(super) fn new(progress: Progress, meter: Meter) -> Output {
        // The printers have written escape sequences only where they are wanted.
        let records = BufWriter::with_capacity(1 << 16, AutoStream::always(io::stdout()));
        Output { records, progress, meter, outcome: Outcome::Done }
    }

    /// Whether some inputs failed.
    pub(super) fn outcome(&self) -> Outcome {
        self.outcome
    }
}

impl Sink<anyhow::Result<Finished>> for Output {
    fn take(&mut self, result: anyhow::Result<Finished>) -> io::Result<()> {
        match result {
            Ok(finished) => {
                for warning in &finished.warnings {
                    self.progress.aside(|| messages::warning(warning));
                }
                self.records.write_all(&finished.printed)?;
                self.progress.advance(finished.words, self.meter.bytes());
            }
            Err(error) => {
                self.outcome = Outcome::SomeFailed;
                self.progress.aside(|| messages::error(format_args!("{error:#}")));
            }
        }
        Ok(())
    }

    fn idle(&mut self) -> io::Result<()> {
        self.records.flush()
    }
}
