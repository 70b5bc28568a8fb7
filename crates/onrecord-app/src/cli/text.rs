//! `onrecord text`: what was taken for the article, and what is known of it.

use std::io::{self, Write};
use std::ops::ControlFlow;

use anstream::AutoStream;
use onrecord::{Article, BlockKind};
use onrecord_read::{Articles, Fault, Found, Languages, ReadError};

use super::args::TextArgs;
use super::inputs::inputs;
use super::show::inert;
use super::{Outcome, messages};

/// Prints the articles of all inputs.
///
/// # Errors
///
/// Nothing to read, or output that cannot be written. Inputs that fail are named.
pub(crate) fn text(args: TextArgs) -> anyhow::Result<Outcome> {
    let mut out = AutoStream::auto(io::stdout());
    let (mut outcome, mut printed) = (Outcome::Done, Ok(()));
    let inputs = inputs(args.inputs, args.web)?;
    let articles = Articles::new(inputs, None).in_languages(Languages::Any).with_columns(args.columns.into());
    articles.each(|found| {
        match found {
            Ok(found) => printed = print(&mut out, &found, args.places),
            Err(ReadError { place, fault: fault @ Fault::Skipped(_) }) => {
                messages::warning(format_args!("{place}: {fault}"));
            }
            Err(error) => {
                outcome = Outcome::SomeFailed;
                messages::error(error);
            }
        }
        if printed.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    printed?;
    Ok(outcome)
}

/// Prints what was found, in one piece: standard output hands on each line that it gets.
fn print(out: &mut impl Write, found: &Found, places: bool) -> io::Result<()> {
    let mut piece = Vec::new();
    tell(&mut piece, found, places)?;
    out.write_all(&piece)
}

fn tell(out: &mut impl Write, found: &Found, places: bool) -> io::Result<()> {
    for warning in &found.article.warnings {
        messages::warning(warning);
    }
    let article = &found.article.output;
    let fetched = found.fetched.iter().map(|moment| ("fetched", Some(moment.clone())));
    writeln!(out, "{}", inert(&found.place.to_string()))?;
    for (name, value) in facts(article).into_iter().chain(fetched) {
        writeln!(out, "{name}: {}", inert(&value.unwrap_or_else(|| "not told".to_owned())))?;
    }
    if article.blocks.is_empty() {
        return writeln!(out, "\n{}\n", inert(article.text.trim_end()));
    }
    for block in &article.blocks {
        let place = block.path.as_deref().unwrap_or("nowhere for sure: the page is too broken");
        match places {
            true => writeln!(out, "\n[{}]", inert(place))?,
            false => writeln!(out)?,
        }
        writeln!(out, "{}{}", sign(block.kind), inert(block.span.of(&article.text)))?;
    }
    writeln!(out)
}

/// What tells the kinds of blocks apart, as in Markdown.
fn sign(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Heading => "## ",
        BlockKind::Quotation => "> ",
        BlockKind::Item => "- ",
        BlockKind::Paragraph => "",
    }
}

/// What is known of an article, by the names that a record has for it.
fn facts(article: &Article) -> [(&'static str, Option<String>); 6] {
    [
        ("title", article.title.clone()),
        ("authors", Some(article.authors.join(", ")).filter(|authors| !authors.is_empty())),
        ("publisher", article.publisher.clone()),
        ("published", article.published.clone()),
        ("url", article.url.clone()),
        ("language", article.language.clone()),
    ]
}
