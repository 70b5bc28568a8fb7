//! `onrecord explain`: why one statement was read as it was.

use std::io::{Write, stdout};

use anstream::AutoStream;
use anyhow::Context;
use onrecord::Article;
use onrecord_read::Articles;

use super::args::ExplainArgs;
use super::engine::Engine;
use super::inputs::input;
use super::show::{Explanation, Page};
use super::{Outcome, messages};

/// Prints the reasons of one statement.
///
/// # Errors
///
/// The file, the registry or the model cannot be read, or there is no such statement.
pub(crate) fn explain(args: ExplainArgs) -> anyhow::Result<Outcome> {
    let engine = Engine::load(args.model.as_deref(), args.registry.as_deref())?;
    let (id, number) = match args.statement.rsplit_once('#') {
        Some((id, number)) => (Some(id), number),
        None => (None, args.statement.as_str()),
    };
    let place: usize = number.parse().with_context(|| format!("{number:?} is no number of a statement"))?;
    let input = input(args.input, args.web);
    let name = input.name();
    let articles = Articles::new(vec![input], args.published).with_columns(args.columns.into());
    let article = article(articles, id).with_context(|| name.clone())?;
    let record = engine.read(article, &mut engine.scratch());
    let count = record.statements.len();
    anyhow::ensure!(place < count, "{name}: no statement {place}: there are {count}, counted from 0");
    let reasons = onrecord::explain(&record, engine.registry());
    let explanation =
        Explanation { record: &record, place, reasons: &reasons[place], registry: engine.registry() };
    let page = explanation.print(&name, Page::of_terminal(args.color));
    // The printer has written escape sequences only where they are wanted.
    AutoStream::always(stdout()).write_all(page.as_bytes())?;
    Ok(Outcome::Done)
}

/// The article with this identifier, or the only one.
pub(super) fn article(articles: Articles, id: Option<&str>) -> anyhow::Result<Article> {
    let mut only: Option<Article> = None;
    for found in articles {
        let found = found?;
        found.article.warnings.iter().for_each(messages::warning);
        let article = found.article.output;
        if id.is_none_or(|id| article.id == id) {
            anyhow::ensure!(only.is_none(), "several articles: name one by its identifier");
            only = Some(article);
        }
    }
    only.context("no such article")
}
