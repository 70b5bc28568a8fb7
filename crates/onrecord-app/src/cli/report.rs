//! `onrecord report`: the record of one article as a page to send or print.

use std::ffi::OsString;
use std::io::{Write, stdout};
use std::path::PathBuf;

use anyhow::Context;
use onrecord_read::{Articles, Input};

use super::args::{published, share};
use super::engine::Engine;
use super::explain::article;
use super::{Outcome, messages};
use crate::pages;

/// Write the record of one article as a page to send or print.
///
/// One HTML file that needs nothing else: the text with sources, cues and contents marked, beside it who says so, how,
/// when and how sure that is, below it what is disputed and who speaks. It loads nothing and runs no script.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ReportArgs {
    /// A report, a page, JSONL, or - for standard input
    #[arg(value_name = "FILE")]
    input: OsString,

    /// The identifier of the article, where FILE holds several
    #[arg(value_name = "ID")]
    id: Option<String>,

    /// The file to write [default: standard output]
    #[arg(short, long, value_name = "HTML")]
    output: Option<PathBuf>,

    /// Leave out statements less sure than this, 0 to 1 [default: the model's own threshold]
    #[arg(long, value_name = "P", value_parser = share)]
    min_confidence: Option<f32>,

    /// Day of publication of an article that tells none, as 2025-03-14
    #[arg(long, value_name = "DATE", value_parser = published)]
    published: Option<String>,

    /// People and bodies you know, as for `read`
    #[arg(long, value_name = "FILE")]
    registry: Option<PathBuf>,

    /// Another model than the built-in one
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  onrecord report samples/01-siege-of-tarnovka.txt -o siege.html
  onrecord report page.html --published 2025-03-14 -o page-record.html
  onrecord report news.jsonl article-17 -o article-17.html";

/// Writes the report.
///
/// # Errors
///
/// The file, the registry or the model cannot be read, there is no such article, or the report cannot be written.
pub(crate) fn report(args: ReportArgs) -> anyhow::Result<Outcome> {
    let engine = Engine::load(args.model.as_deref(), args.registry.as_deref())?;
    let input = Input::from(args.input);
    let name = input.name();
    let articles = Articles::new(vec![input], args.published);
    let article = article(articles, args.id.as_deref()).with_context(|| name.clone())?;
    let record = engine.read(article, &mut engine.scratch());
    let least = args.min_confidence.unwrap_or(engine.least_confidence());
    let page = pages::report(&record.select(|statement| statement.attribution.confidence >= least), &name)?;
    match args.output {
        None => stdout().write_all(page.as_bytes())?,
        Some(path) => {
            std::fs::write(&path, page).with_context(|| path.display().to_string())?;
            messages::done(format_args!("wrote {}", path.display()));
        }
    }
    Ok(Outcome::Done)
}
