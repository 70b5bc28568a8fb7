//! `onrecord export`: a ledger in the forms that others read.

use std::collections::BTreeSet;
use std::fs;

use anyhow::Context;
use onrecord_ledger::{KeptArticle, Ledger, Order, Question, export};

use super::args::{ExportArgs, Form};
use super::find::question;
use super::print::{Print, csv};
use crate::cli::Outcome;

/// Writes what fits.
///
/// # Errors
///
/// No such ledger, or output that cannot be written.
pub(crate) fn export(args: ExportArgs) -> anyhow::Result<Outcome> {
    let mut print = Print::lines();
    let ledger = Ledger::read(&args.file.ledger)?;
    let question = Question { order: Order::Text, ..question(args.wanted) };
    if args.format == Form::Csv {
        print.text(&csv::statements(&ledger.find(&question)?))?;
        return Ok(Outcome::Done);
    }
    let whole = question == Question { order: Order::Text, ..Question::default() };
    let wanted: BTreeSet<String> = match whole {
        true => BTreeSet::new(),
        false => ledger.find(&question)?.into_iter().map(|kept| kept.id).collect(),
    };
    for id in ledger.article_ids()? {
        let Some(mut article) = ledger.article(&id)? else { continue };
        if !whole {
            article.statements.retain(|kept| wanted.contains(&kept.id));
            if article.statements.is_empty() {
                continue;
            }
        }
        match args.format {
            Form::Jsonl => print.jsonl(&[export::record(&ledger, &article)?])?,
            Form::WebAnnotation => print.jsonl(&export::web_annotations(&article))?,
            Form::SchemaOrg => print.jsonl(&export::schema_org(&article))?,
            Form::Gqg => print.jsonl(&[export::gqg(&article)])?,
            Form::Brat => brat(&article, &args.to.clone().unwrap_or_default())?,
            Form::Csv => {}
        }
    }
    Ok(Outcome::Done)
}

/// A text and its annotations, under a name that every file system takes.
fn brat(article: &KeptArticle, folder: &std::path::Path) -> anyhow::Result<()> {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '_' };
    let name: String = article.about.id.chars().map(plain).collect();
    let write = |ending: &str, text: &str| {
        let path = folder.join(format!("{name}.{ending}"));
        fs::write(&path, text).with_context(|| format!("{}", path.display()))
    };
    fs::create_dir_all(folder).with_context(|| format!("{}", folder.display()))?;
    write("txt", &article.text)?;
    write("ann", &export::brat(article))
}
