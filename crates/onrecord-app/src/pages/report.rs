//! The report: the record of one article as a page that needs nothing else, to be sent or printed.

use askama::Template;
use onrecord::{Selection, check};

use super::article::{ArticleView, Kind};
use super::marks::{Piece, Role};
use super::told::{self, Verdict};

#[derive(Template)]
#[template(path = "report.html")]
struct Report {
    view: ArticleView,
    version: &'static str,
}

/// The report as HTML. `name` is what the article is called where it has no title.
///
/// # Errors
///
/// None in practice: a string can always be written.
pub(crate) fn report(selection: &Selection, name: &str) -> askama::Result<String> {
    let article = &selection.record().article;
    let view = ArticleView::new(article, told::of_selection(selection), check(&article.text), name);
    Report { view, version: env!("CARGO_PKG_VERSION") }.render()
}
