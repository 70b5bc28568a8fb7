//! `onrecord report`: the record of one article, or what a ledger has on a question, as a page to send or print.

use std::ffi::OsString;
use std::io::{Write, stdout};
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use onrecord_ledger::{Ledger, Question};
use onrecord_read::{Articles, Input};

use super::args::published;
use super::engine::Engine;
use super::explain::article;
use super::ledger::{Conditions, asked};
use super::{Outcome, messages};
use crate::pages;

/// Write the record of one article, or the answer to a question, as a page to send or print.
///
/// One HTML file that needs nothing else: the text with sources, cues and contents marked, beside it who says so, how,
/// when and how sure that is, below it what is disputed and who speaks. With --ledger it holds what `find` finds there,
/// article by article, each statement with those who dispute, support or answer it. It loads nothing and runs no script.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ReportArgs {
    /// A report, a page, JSONL, or - for standard input, and the identifier of the article where that holds several.
    /// With --ledger: words of what was said, as for `find`
    #[arg(value_name = "FILE [ID] | WORDS")]
    of: Vec<OsString>,

    /// The ledger that is asked
    #[arg(long, value_name = "FILE", conflicts_with_all = ["published", "registry", "model"])]
    ledger: Option<PathBuf>,

    #[command(flatten)]
    conditions: Conditions,

    /// The file to write [default: standard output]
    #[arg(short, long, value_name = "HTML")]
    output: Option<PathBuf>,

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
  onrecord report news.jsonl article-17 -o article-17.html
  onrecord report --ledger news.db 'grain corridor' --since 2025-03 -o corridor.html";

/// Writes the report.
///
/// # Errors
///
/// The file, the ledger, the registry or the model cannot be read, there is no such article, the words cannot be searched
/// for, or the report cannot be written.
pub(crate) fn report(mut args: ReportArgs) -> anyhow::Result<Outcome> {
    let output = args.output.take();
    let page = match args.ledger.take() {
        Some(ledger) => of_ledger(&ledger, args)?,
        None => of_article(args)?,
    };
    match output {
        None => stdout().write_all(page.as_bytes())?,
        Some(path) => {
            std::fs::write(&path, page).with_context(|| path.display().to_string())?;
            messages::done(format_args!("wrote {}", path.display()));
        }
    }
    Ok(Outcome::Done)
}

fn of_article(mut args: ReportArgs) -> anyhow::Result<String> {
    let mut of = args.of.into_iter();
    let input = Input::from(of.next().context("name an article, or a ledger to ask with --ledger")?);
    let id = of.next().map(|id| id.to_string_lossy().into_owned());
    ensure!(of.next().is_none(), "a report is of one article: to ask a ledger, name it with --ledger");
    let min_confidence = args.conditions.min_confidence.take();
    ensure!(
        asked(&[], args.conditions) == Question::default(),
        "--speaker and the like ask a ledger: name it with --ledger"
    );
    let engine = Engine::load(args.model.as_deref(), args.registry.as_deref())?;
    let name = input.name();
    let articles = Articles::new(vec![input], args.published);
    let article = article(articles, id.as_deref()).with_context(|| name.clone())?;
    let record = engine.read(article, &mut engine.scratch());
    let least = min_confidence.unwrap_or(engine.least_confidence());
    Ok(pages::report(&record.select(|statement| statement.attribution.confidence >= least), &name)?)
}

fn of_ledger(ledger: &Path, args: ReportArgs) -> anyhow::Result<String> {
    let words: Vec<String> = args.of.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let question = Question { limit: Some(MOST), ..asked(&words, args.conditions) };
    pages::found(&Ledger::read(ledger)?, &question)
}

/// So many statements stand in a report at most: nobody reads more on one page.
const MOST: usize = 1000;
