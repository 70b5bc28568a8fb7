//! `onrecord export`: a ledger in the forms that others read.

mod brat;
mod parquet;

use std::collections::BTreeSet;
use std::io::{IsTerminal, stdout};

use onrecord_ledger::{KeptArticle, Ledger, LedgerError, Order, Question, export};

use self::parquet::Table;
use super::args::{ExportArgs, Form};
use super::find::question;
use super::print::{Print, csv};
use crate::cli::{Outcome, UsageError};

/// Writes what fits, article by article.
///
/// # Errors
///
/// No such ledger, or output that cannot be written.
pub(crate) fn export(args: ExportArgs) -> anyhow::Result<Outcome> {
    if args.format == Form::Parquet && stdout().is_terminal() {
        return Err(UsageError::Binary.into());
    }
    let ledger = Ledger::read(&args.file.ledger)?;
    let question = Question { order: Order::Text, ..question(args.wanted) };
    let mut articles = Articles::new(&ledger, &question)?;
    let mut print = Print::lines();
    match args.format {
        Form::Csv => {
            print.text(&csv::header())?;
            articles.each(|article| Ok(print.text(&csv::rows(&article.statements))?))?;
        }
        Form::Parquet => {
            let mut table = Table::new(stdout())?;
            articles.each(|article| table.add(article.statements))?;
            table.end()?;
        }
        Form::Ftm => {
            let mut cast = export::Cast::default();
            articles.each(|article| Ok(print.jsonl(&export::ftm(&ledger, &article, &mut cast)?)?))?;
            print.jsonl(&cast.entities(&ledger)?)?;
        }
        Form::Jsonl => {
            articles.each(|article| Ok(print.jsonl(&[export::record(&ledger, &article)?])?))?;
        }
        Form::WebAnnotation => {
            articles.each(|article| Ok(print.jsonl(&export::web_annotations(&article))?))?
        }
        Form::SchemaOrg => articles.each(|article| Ok(print.jsonl(&export::schema_org(&article))?))?,
        Form::Gqg => articles.each(|article| Ok(print.jsonl(&[export::gqg(&article)])?))?,
        Form::Brat => {
            let folder = args.to.unwrap_or_default();
            articles.each(|article| brat::write(&ledger, &article, &folder))?;
        }
    }
    Ok(Outcome::Done)
}

/// The articles that are wanted, and which of their statements: all, where the whole ledger is.
struct Articles<'l> {
    ledger: &'l Ledger,
    wanted: Vec<(String, Option<BTreeSet<String>>)>,
}

impl<'l> Articles<'l> {
    fn new(ledger: &'l Ledger, question: &Question) -> Result<Self, LedgerError> {
        let whole = *question == Question { order: Order::Text, ..Question::default() };
        let wanted = match whole {
            true => ledger.article_ids()?.into_iter().map(|id| (id, None)).collect(),
            false => ledger.find_ids(question)?.into_iter().map(|(id, ids)| (id, Some(ids))).collect(),
        };
        Ok(Articles { ledger, wanted })
    }

    /// One after the other, so that memory holds one.
    fn each(&mut self, mut write: impl FnMut(KeptArticle) -> anyhow::Result<()>) -> anyhow::Result<()> {
        for (id, ids) in self.wanted.drain(..) {
            let Some(mut article) = self.ledger.article(&id)? else { continue };
            if let Some(ids) = ids {
                article.statements.retain(|kept| ids.contains(&kept.id));
            }
            write(article)?;
        }
        Ok(())
    }
}
