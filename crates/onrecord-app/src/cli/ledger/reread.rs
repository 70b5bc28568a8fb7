//! `onrecord reread`: the articles of a ledger, read anew.

use onrecord_ledger::{Ledger, LedgerError, Reading, Reread};

use super::args::{Answer, RereadArgs};
use super::clock;
use super::keep::version;
use super::print::{Print, csv};
use crate::cli::Outcome;
use crate::cli::engine::Engine;
use crate::cli::show::asked;

/// Reads whatever this model has not read, and prints what changed.
///
/// # Errors
///
/// No such ledger, no model, or a ledger that cannot be written.
pub(crate) fn reread(args: RereadArgs) -> anyhow::Result<Outcome> {
    if !args.file.ledger.is_file() {
        return Err(LedgerError::Missing(args.file.ledger).into());
    }
    let mut print = Print::new(&args.printed);
    let engine = Engine::load(args.model.as_deref(), args.registry.as_deref())?;
    let mut scratch = engine.scratch();
    let mut ledger = Ledger::open(&args.file.ledger)?;
    let reading = Reading {
        model: version(args.model.as_deref())?,
        least_confidence: engine.least_confidence(),
        at: clock::now(),
    };
    let (mut articles, mut changed) = (0, Vec::new());
    for unread in ledger.unread(&reading.model)? {
        let record = engine.read(ledger.article_of(unread)?, &mut scratch);
        let reread = ledger.reread(unread, &record, &reading)?;
        articles += 1;
        if !reread.changes.is_empty() {
            changed.push(reread);
        }
    }
    match print.answer {
        Answer::Jsonl => print.jsonl(&changed)?,
        Answer::Csv => print.text(&table(&changed))?,
        Answer::List => print.text(&asked::reread(articles, &changed, print.page))?,
    }
    Ok(Outcome::Done)
}

fn table(changed: &[Reread]) -> String {
    let rows = changed.iter().flat_map(|reread| {
        reread.changes.iter().map(|change| {
            let [before, after] =
                [&change.before, &change.after].map(|words| words.clone().unwrap_or_default());
            vec![reread.article.clone(), change.id.clone(), change.what.to_owned(), before, after]
        })
    });
    csv::table(&["article", "id", "what", "before", "after"], rows)
}
