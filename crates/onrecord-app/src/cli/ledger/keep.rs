//! `onrecord keep`: reports in, into the ledger.

use std::collections::BTreeMap;
use std::io::{self, Write, stdout};
use std::num::NonZeroUsize;
use std::path::Path;
use std::time::{Duration, Instant};
use std::{fs, mem, thread};

use anyhow::Context;
use onrecord::model::ENGLISH;
use onrecord_ledger::{Ledger, LedgerError, Outcome as Kind, Prepared, Reading, Receipt, model_name};
use onrecord_read::{Articles, Fault, Found, Languages, Meter, ReadError, Warning};

use super::args::{KeepArgs, Receipts};
use super::clock;
use crate::cli::engine::{Engine, Scratch};
use crate::cli::inputs::inputs;
use crate::cli::ordered::{Sink, ordered};
use crate::cli::read::{Beside, Progress, Skipped};
use crate::cli::show::Page;
use crate::cli::{Outcome, messages};

/// Keeps the records of all inputs.
///
/// # Errors
///
/// Wrong usage, no model, or a ledger that cannot be written. Inputs that fail are named, and the others are kept.
pub(crate) fn keep(args: KeepArgs) -> anyhow::Result<Outcome> {
    Page::of_terminal(args.color);
    let inputs = inputs(args.inputs, args.web)?;
    let engine = Engine::load(args.model.as_deref(), args.registry.as_deref())?;
    let reading = Reading {
        model: version(args.model.as_deref())?,
        least_confidence: args.min_confidence.unwrap_or(engine.least_confidence()),
        at: clock::now(),
    };
    let least = reading.least_confidence;
    let ledger = Ledger::open(&args.file.ledger)?;
    let progress = Progress::new(&inputs, Beside::Nothing);
    let languages = if args.force { Languages::Any } else { Languages::English };
    let articles = Articles::new(inputs, args.published).in_languages(languages);
    let mut keeper = Keeper::new(ledger, reading, progress, articles.meter(), args.format);
    let path = args.file.ledger;
    let worker = move || {
        let known = Ledger::read(&path);
        let mut worker = Worker { engine, scratch: engine.scratch(), known, least };
        move |found| worker.work(found)
    };
    let jobs = args.jobs.unwrap_or_else(|| thread::available_parallelism().unwrap_or(NonZeroUsize::MIN));
    ordered(|take| articles.each(take), jobs, worker, &mut keeper)?;
    Ok(keeper.finish()?)
}

/// The program and the model, as readings name them.
pub(crate) fn version(model: Option<&Path>) -> anyhow::Result<String> {
    let name = match model {
        None => model_name(ENGLISH),
        Some(path) => model_name(&fs::read(path).with_context(|| format!("{}", path.display()))?),
    };
    Ok(format!("onrecord {}, model {name}", env!("CARGO_PKG_VERSION")))
}

/// One thread's way to read, unless the ledger has the article already.
struct Worker {
    engine: Engine,
    scratch: Scratch,
    known: Result<Ledger, LedgerError>,
    /// The confidence from which on statements are kept.
    least: f32,
}

/// An article, read or recognised.
struct Done {
    what: What,
    warnings: Vec<Warning>,
    /// Stretches between white space.
    words: u64,
}

enum What {
    Read(Box<Prepared>),
    Known(Receipt),
}

impl Worker {
    fn work(&mut self, found: Result<Found, ReadError>) -> Result<Done, ReadError> {
        let Found { place, article, .. } = found?;
        let words = article.output.text.split_ascii_whitespace().count() as u64;
        // a ledger that cannot be asked here cannot be written either, and the writer says so
        let receipt =
            self.known.as_ref().ok().and_then(|ledger| ledger.receipt(&article.output).ok().flatten());
        let what = match receipt {
            Some(receipt) => What::Known(receipt),
            None => {
                let outlined = self.engine.read_outlined(article.output, &mut self.scratch);
                What::Read(Box::new(Prepared::new(outlined, place.to_string(), self.least)))
            }
        };
        Ok(Done { what, warnings: article.warnings, words })
    }
}

/// So many statements are written together: each commit waits for the disk.
const BATCH: usize = 16_384;

/// Longer than this nothing waits to be written while the reading goes on.
const REST: Duration = Duration::from_secs(15);

/// Writes records in batches, and counts.
struct Keeper {
    ledger: Ledger,
    reading: Reading,
    progress: Progress,
    meter: Meter,
    receipts: Receipts,
    /// In the order of the input.
    waiting: Vec<What>,
    statements_waiting: usize,
    written: Instant,
    summary: Summary,
}

/// What became of the inputs.
#[derive(Default)]
struct Summary {
    articles: BTreeMap<Kind, u64>,
    statements: usize,
    skipped: Skipped,
    failed: u64,
}

impl Keeper {
    fn new(ledger: Ledger, reading: Reading, progress: Progress, meter: Meter, receipts: Receipts) -> Keeper {
        Keeper {
            ledger,
            reading,
            progress,
            meter,
            receipts,
            waiting: Vec::new(),
            statements_waiting: 0,
            written: Instant::now(),
            summary: Summary::default(),
        }
    }

    /// Writes what waits; when it returns, that is safe on the disk.
    fn write(&mut self) -> io::Result<()> {
        self.written = Instant::now();
        self.statements_waiting = 0;
        let mut reads = Vec::new();
        let mut known: Vec<Option<Receipt>> = Vec::new();
        for what in mem::take(&mut self.waiting) {
            match what {
                What::Known(receipt) => known.push(Some(receipt)),
                What::Read(read) => {
                    reads.push(*read);
                    known.push(None);
                }
            }
        }
        let new = self.ledger.record_prepared(&reads, &self.reading).map_err(io::Error::other)?;
        let mut new = new.into_iter();
        let receipts: Vec<Receipt> =
            known.into_iter().filter_map(|known| known.or_else(|| new.next())).collect();
        self.acknowledge(&receipts)
    }

    fn acknowledge(&mut self, receipts: &[Receipt]) -> io::Result<()> {
        let mut lines = Vec::new();
        for receipt in receipts {
            *self.summary.articles.entry(receipt.outcome).or_default() += 1;
            self.summary.statements += receipt.statements;
            if self.receipts == Receipts::Jsonl {
                serde_json::to_writer(&mut lines, receipt)?;
                lines.push(b'\n');
            }
        }
        stdout().write_all(&lines)?;
        stdout().flush()
    }

    /// Writes the rest and tells what became of the inputs.
    fn finish(mut self) -> io::Result<Outcome> {
        self.write()?;
        let Keeper { ledger, progress, summary, receipts, .. } = self;
        drop(progress);
        summary.skipped.tell();
        ledger.settle().map_err(io::Error::other)?;
        let size = fs::metadata(ledger.path()).map_or(0, |about| about.len());
        let told = format!("{}: {} ({:.1} MB)", ledger.path().display(), summary.words(), size as f64 / 1e6);
        match receipts {
            Receipts::List => writeln!(stdout(), "{told}")?,
            Receipts::Jsonl => anstream::eprintln!("{told}"),
        }
        Ok(if summary.failed == 0 { Outcome::Done } else { Outcome::SomeFailed })
    }

    fn failed(&mut self, error: &ReadError) {
        match error.fault {
            Fault::Skipped(skip) => self.summary.skipped.count(skip),
            _ => {
                self.summary.failed += 1;
                messages::error(error);
            }
        }
    }
}

impl Summary {
    fn words(&self) -> String {
        let count = |kind| self.articles.get(&kind).copied().unwrap_or_default();
        let mut parts = vec![format!("{} new", count(Kind::New))];
        for (count, what) in
            [(count(Kind::Changed), "changed"), (count(Kind::Known), "known"), (self.failed, "failed")]
        {
            if count > 0 {
                parts.push(format!("{count} {what}"));
            }
        }
        format!("{}; {} statements kept", parts.join(", "), self.statements)
    }
}

impl Sink<Result<Done, ReadError>> for Keeper {
    fn take(&mut self, result: Result<Done, ReadError>) -> io::Result<()> {
        match result {
            Err(error) => self.failed(&error),
            Ok(done) => {
                for warning in &done.warnings {
                    messages::warning(warning);
                }
                if let What::Read(read) = &done.what {
                    self.statements_waiting += read.statements();
                }
                self.waiting.push(done.what);
                self.progress.advance(done.words, self.meter.bytes());
            }
        }
        let full = self.statements_waiting >= BATCH || self.waiting.len() >= BATCH;
        if full || self.written.elapsed() >= REST { self.write() } else { Ok(()) }
    }

    fn idle(&mut self) -> io::Result<()> {
        if self.written.elapsed() >= REST && !self.waiting.is_empty() { self.write() } else { Ok(()) }
    }
}
