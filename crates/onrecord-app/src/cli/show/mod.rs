//! Printers: a record as a page for people, as its marked text, or as a line of JSON.

mod inert;
mod list;
mod paint;
mod relations;
#[cfg(test)]
mod tests;
mod text;
mod wrap;

use onrecord::{Selection, Span};

pub(crate) use inert::inert;
pub(crate) use paint::Paint;
use paint::{Look, Run};

/// How records are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Printer {
    /// One JSON object a line.
    Jsonl,
    /// The statements, one below the other.
    Statements(Page),
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
            Printer::Text(page) => Ok(text::print(selection, name, page).into_bytes()),
        }
    }
}

/// The lines above an article: its title, then where it stood, its day, and how much was found.
fn header(selection: &Selection, name: &str) -> [Vec<Run>; 2] {
    let article = &selection.record().article;
    let title = article.title.as_deref().map(inert).filter(|title| !title.trim().is_empty());
    let count = selection.statements().count();
    let mut about = Vec::new();
    if title.is_some() {
        about.push(inert(name));
    }
    about.extend(article.published.as_deref().map(inert));
    about.push(match count {
        0 => "no statements".to_owned(),
        1 => "1 statement".to_owned(),
        _ => format!("{count} statements"),
    });
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
