//! Pages that are no news texts, and why.

use super::blocks::Block;
use super::body::Body;
use super::linked_data::LinkedData;
use super::tag::Tag;
use super::tree::Tree;

/// Why an article was passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Skip {
    /// It says that the article is not there.
    #[error("an error page")]
    ErrorPage,
    /// It leads to articles.
    #[error("a section front: links to articles")]
    SectionFront,
    /// It shows a film.
    #[error("a video with few words")]
    Video,
    /// An answer without a page: a redirect, or an error of the server.
    #[error("an answer without a page")]
    NoPage,
    /// An image, a script, a film.
    #[error("no page of HTML")]
    NotHtml,
    /// A feed tells of the article, and has not its text.
    #[error("a teaser without its article")]
    Teaser,
    /// The model would read nonsense into it.
    #[error("not English")]
    NotEnglish,
    /// It has less than 20 words.
    #[error("no text of an article")]
    NoText,
}

/// A text of fewer words is none.
const FEWEST_WORDS: usize = 20;

/// Fewer words prove nothing against what else the page says it is.
const FEW_WORDS: usize = 120;

/// Why a page is no article, if it is none. `text` is what was taken for its main text.
pub(super) fn skip(
    tree: &Tree<'_>,
    data: &LinkedData,
    body: &Body,
    title: Option<&str>,
    text: &str,
) -> Option<Skip> {
    let words = text.split_ascii_whitespace().take(FEW_WORDS).count();
    let is_short = words < FEW_WORDS;
    match () {
        () if is_short && title.is_some_and(names_error) => Some(Skip::ErrorPage),
        () if !data.is_article() && leads_away(tree, body, text) => Some(Skip::SectionFront),
        () if words < FEW_WORDS / 2 && is_video(tree, data) => Some(Skip::Video),
        () if words < FEWEST_WORDS => Some(Skip::NoText),
        () => None,
    }
}

fn names_error(title: &str) -> bool {
    let title = title.to_lowercase();
    let errors = [
        "not found",
        "access denied",
        "forbidden",
        "page unavailable",
        "error 4",
        "error 5",
        "just a moment",
    ];
    errors.iter().any(|error| title.contains(error))
        || title.split(|c: char| !c.is_alphanumeric()).next() == Some("404")
}

/// Whether headlines that are links hold more letters than the text has without them.
fn leads_away(tree: &Tree<'_>, body: &Body, text: &str) -> bool {
    if property(tree, "og:type").is_some_and(|kind| kind.eq_ignore_ascii_case("article")) {
        return false;
    }
    let headline = |block: &Block| {
        let is_one = block.letters() >= 25 && block.linked() * 10 > block.letters() * 8;
        is_one.then(|| block.letters())
    };
    let (count, letters) =
        body.blocks.all.iter().filter_map(headline).fold((0, 0), |(count, sum), one| (count + 1, sum + one));
    // Cards have each headline above its teaser: both were taken for the text.
    let taken: usize = body.chosen.iter().filter_map(|&index| headline(&body.blocks.all[index])).sum();
    count >= 12 && letters * 2 + taken > text.len()
}

fn is_video(tree: &Tree<'_>, data: &LinkedData) -> bool {
    data.kind == "VideoObject" || property(tree, "og:type").is_some_and(|kind| kind.starts_with("video"))
}

/// What a `meta` element says.
fn property<'a>(tree: &Tree<'a>, name: &str) -> Option<&'a str> {
    let meta = tree.all(Tag::Meta).find(|&id| tree.attribute(id, "property").is_some_and(|p| p == name));
    meta.and_then(|id| tree.attribute(id, "content"))
}
