//! `onrecord read`: reports in, who said what out.

mod options;
mod output;
mod progress;

use onrecord_read::{Articles, Found, ReadError, Warning};

use super::Outcome;
use super::args::ReadArgs;
use super::engine::{Engine, Scratch};
use super::ordered::ordered;
use super::show::Printer;
pub(super) use options::inputs;
use options::{Filter, Options};
use output::Output;
pub(super) use progress::{Beside, Progress};

/// Reads all inputs and prints their records.
///
/// # Errors
///
/// Wrong usage, no model, or output that cannot be written. Inputs that fail are no error here: they are named, and
/// the others are read.
pub(crate) fn read(args: ReadArgs) -> anyhow::Result<Outcome> {
    let options = Options::check(args)?;
    let engine = Engine::load(options.model.as_deref(), options.registry.as_deref())?;
    let progress = Progress::new(&options.inputs, Beside::Results);
    let articles = Articles::new(options.inputs, options.published).in_languages(options.languages);
    let mut output = Output::new(progress, articles.meter());
    let shape = Shape { filter: options.filter, times: options.times, printer: options.printer };
    let reader = move || {
        let mut scratch = engine.scratch();
        move |found| finish(found, engine, &mut scratch, shape)
    };
    ordered(articles, options.jobs, reader, &mut output)?;
    Ok(output.finish())
}

/// What is printed of a record, and how.
#[derive(Clone, Copy)]
struct Shape {
    filter: Filter,
    /// Whether the times of the text are added.
    times: bool,
    printer: Printer,
}

/// One article, read and printed.
struct Finished {
    printed: Vec<u8>,
    warnings: Vec<Warning>,
    /// Stretches between white space.
    words: u64,
}

fn finish(
    found: Result<Found, ReadError>,
    engine: Engine,
    scratch: &mut Scratch,
    shape: Shape,
) -> anyhow::Result<Finished> {
    let Found { place, article } = found?;
    let words = article.output.text.split_ascii_whitespace().count() as u64;
    let mut record = engine.read(article.output, scratch);
    if shape.times {
        record.add_times();
    }
    let selection = record.select(|statement| shape.filter.lets_through(statement, engine));
    let printed = shape.printer.print(&selection, &place.to_string())?;
    Ok(Finished { printed, warnings: article.warnings, words })
}
