//! `onrecord read`: reports in, who said what out.

mod options;
mod output;
mod place;
mod progress;

use std::num::NonZeroUsize;
use std::thread;

use onrecord_read::{Articles, Found, ReadError, Warning};

use super::Outcome;
use super::args::ReadArgs;
use super::engine::Scratch;
use super::inputs::inputs;
use super::ordered::ordered;
pub(crate) use options::Shown;
use output::Output;
pub(crate) use output::{Skipped, skip};
use place::Keeper;
pub(crate) use progress::{Beside, Progress};

/// Reads all inputs and prints their records.
///
/// # Errors
///
/// Wrong usage, no model, or output that cannot be written. Inputs that fail are no error here: they are named, and
/// the others are read.
pub(crate) fn read(args: ReadArgs) -> anyhow::Result<Outcome> {
    let inputs = inputs(args.inputs, args.web)?;
    let shown = Shown::load(args.shown)?;
    let jobs = args.jobs.unwrap_or_else(|| thread::available_parallelism().unwrap_or(NonZeroUsize::MIN));
    let progress = Progress::new(&inputs, Beside::Results);
    let keeper = args.resume.map(|path| Keeper::open(path, &inputs)).transpose()?;
    let articles = Articles::new(inputs, args.published)
        .in_languages(shown.languages)
        .with_columns(args.columns.into())
        .after(keeper.as_ref().map_or(0, Keeper::done));
    let mut output = Output::new(progress, articles.meter(), keeper);
    let reader = move || {
        let mut scratch = shown.engine.scratch();
        move |found| finish(found, shown, &mut scratch)
    };
    ordered(|take| articles.each(take), jobs, reader, &mut output)?;
    Ok(output.finish())
}

/// One article, read and printed.
pub(crate) struct Finished {
    pub(crate) printed: Vec<u8>,
    pub(crate) warnings: Vec<Warning>,
    /// Stretches between white space.
    words: u64,
}

/// Reads one article and prints its record.
///
/// # Errors
///
/// There was none.
pub(crate) fn finish(
    found: Result<Found, ReadError>,
    shown: Shown,
    scratch: &mut Scratch,
) -> anyhow::Result<Finished> {
    let Found { place, article, .. } = found?;
    let words = article.output.text.split_ascii_whitespace().count() as u64;
    let mut record = shown.engine.read(article.output, scratch);
    if shown.times {
        record.add_times();
    }
    let selection = record.select(|statement| shown.filter.lets_through(statement, shown.engine));
    let printed = shown.printer.print(&selection, &place.to_string())?;
    Ok(Finished { printed, warnings: article.warnings, words })
}
