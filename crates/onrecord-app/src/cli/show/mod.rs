//! Printers: a record as a page for people, as its marked text, or as a line of JSON.

pub(crate) mod asked;
mod disputes;
mod explanation;
mod inert;
pub(crate) mod kept;
mod list;
mod paint;
pub(crate) mod profile;
mod relations;
#[cfg(test)]
mod tests;
mod text;
mod wrap;

use std::io::stdout;

use anstream::{AutoStream, ColorChoice};
use onrecord::{Selection, Span};
use terminal_size::{Width, terminal_size};

use super::args::Colour;
pub(crate) use explanation::Explanation;
pub(crate) use inert::inert;
pub(crate) use kept::moment;
pub(crate) use list::{channel, confidence, word};
pub(crate) use paint::Paint;
use paint::{Look, Run};

/// How records are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Printer {
    /// One JSON object a line.
    Jsonl,
    /// The statements, one below the other.
    Statements(Page),
    /// The disputed statements, each with those that dispute, support or answer it.
    Disputes(Page),
    /// The article's text with the roles marked.
    Text(Page),
}

/// What a page for people looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    /// In columns.
    pub(crate) width: usize,
    /// Coloured or plain.
    pub(crate) paint: Paint,
}

impl Page {
    /// The page that the terminal shows, or a usual one.
    pub(crate) fn of_terminal(colour: Colour) -> Page {
        Page { width: width(), paint: paint(colour) }
    }
}

/// The choice holds for messages on standard error as well.
fn paint(colour: Colour) -> Paint {
    let choice = match colour {
        Colour::Auto => ColorChoice::Auto,
        Colour::Always => ColorChoice::Always,
        Colour::Never => ColorChoice::Never,
    };
    choice.write_global();
    match AutoStream::choice(&stdout()) {
        ColorChoice::Never => Paint::Plain,
        _ => Paint::Colour,
    }
}

/// Longer lines are hard to read.
const WIDEST: usize = 100;

/// Where no terminal tells its width.
const USUAL: usize = 80;

fn width() -> usize {
    terminal_size().map_or(USUAL, |(Width(columns), _)| usize::from(columns).min(WIDEST))
}

impl Printer {
    /// The bytes of one record. `name` is what the article is called where it has no title.
    ///
    /// # Errors
    ///
    /// None in practice: the record's JSON has string keys and finite numbers only.
    pub(crate) fn print(self, selection: &Selection, name: &str) -> serde_json::Result<Vec<u8>> {
        match self {
            Printer::Jsonl => {
                let mut line = serde_json::to_vec(selection)?;
                line.push(b'\n');
                Ok(line)
            }
            Printer::Statements(page) => Ok(list::print(selection, name, page).into_bytes()),
            Printer::Disputes(page) => Ok(disputes::print(selection, name, page).into_bytes()),
            Printer::Text(page) => Ok(text::print(selection, name, page).into_bytes()),
        }
    }
}

/// The lines above an article: its title, then where it stood, its day, and how many statements were found.
fn header(selection: &Selection, name: &str) -> [Vec<Run>; 2] {
    heading(selection, name, counted(selection.statements().count(), "statement"))
}

/// So many of something: "no statements", "1 statement".
pub(crate) fn counted(count: usize, what: &str) -> String {
    match count {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

/// The lines above an article: its title, then where it stood, its day, and what was `found`.
fn heading(selection: &Selection, name: &str, found: String) -> [Vec<Run>; 2] {
    let article = &selection.record().article;
    let title = article.title.as_deref().map(inert).filter(|title| !title.trim().is_empty());
    let mut about = Vec::new();
    if title.is_some() {
        about.push(inert(name));
    }
    about.extend(article.published.as_deref().map(inert));
    about.push(found);
    let title = title.unwrap_or_else(|| inert(name));
    [vec![Run::new(Look::Title, title)], vec![Run::new(Look::Aside, about.join(" · "))]]
}

/// Appends the lines of some runs behind a margin of `indent` columns.
fn paragraph(runs: &[Run], indent: usize, page: Page, out: &mut String) {
    for line in wrap::wrap(runs, page.width.saturating_sub(indent)) {
        out.extend(std::iter::repeat_n(' ', indent));
        line.write(page.paint, out);
        out.push('\n');
    }
}

/// The words of a role; an ellipsis stands for what breaks it.
fn words(spans: &[Span], text: &str) -> String {
    spans.iter().map(|span| inert(span.of(text))).collect::<Vec<_>>().join(" … ")
}
