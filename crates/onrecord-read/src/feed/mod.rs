//! Feeds to articles: RSS, Atom and JSON Feed, whose items hold the whole text, or enough of it.
//!
//! In the order of the data: `xml` finds the elements, [`items`] what each item tells, [`Item::article`] makes the
//! article. Why no parser of feeds from elsewhere: the known one refuses a whole document for one stray `&` or a missing
//! end, and feeds in the wild have both.

pub(crate) mod json;
mod listing;
pub(crate) mod xml;

use onrecord::Article;

use crate::columns::day;
use crate::error::{Fault, Note};
use crate::html::{self, Skip};
use crate::origin::Origin;
use crate::text;
pub use listing::{Listed, listed};
use xml::{Element, next_tag};

/// With fewer words a summary is a teaser.
const FEWEST_WORDS: usize = 120;

/// What an item of a feed tells.
#[derive(Debug, Default)]
pub(crate) struct Item {
    pub(crate) title: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) language: Option<String>,
    /// As the feed has it.
    pub(crate) published: Option<String>,
    pub(crate) body: Option<Body>,
}

/// The text of an item.
#[derive(Debug)]
pub(crate) enum Body {
    /// HTML, said to be the whole.
    Html(String),
    /// Plain text, said to be the whole.
    Plain(String),
    /// HTML, perhaps only the first lines.
    Summary(String),
}

impl Item {
    /// The article.
    ///
    /// # Errors
    ///
    /// [`Fault::Skipped`] where the item has only a teaser, or what it has is no article.
    pub(crate) fn article(self, origin: &Origin, notes: &mut Vec<Note>) -> Result<Article, Fault> {
        let (text, is_whole) = match self.body {
            Some(Body::Plain(text)) => (text, true),
            Some(Body::Html(html)) => (html::fragment(&html)?, true),
            Some(Body::Summary(html)) => (html::fragment(&html).unwrap_or_default(), false),
            None => return Err(Fault::Skipped(Skip::Teaser)),
        };
        if !is_whole && text.split_ascii_whitespace().take(FEWEST_WORDS).count() < FEWEST_WORDS {
            return Err(Fault::Skipped(Skip::Teaser));
        }
        let whole = text::whole(text, origin);
        Ok(Article {
            title: self.title,
            url: self.url.or(whole.url),
            authors: html::people(self.authors.iter().map(String::as_str), self.publisher.as_deref()),
            publisher: self.publisher,
            language: self.language,
            published: self.published.and_then(|words| day(words, notes)).or(whole.published),
            ..whole
        })
    }
}

/// Whether an element of this name is the root of a feed.
pub(crate) fn is_root(name: &str) -> bool {
    matches!(name, "rss" | "feed" | "RDF")
}

/// The items of an RSS or Atom feed, in their order. `url` is the address of the feed.
pub(crate) fn items<'a>(xml: &'a str, url: Option<&str>) -> impl Iterator<Item = Item> + 'a {
    let first = next_tag(xml, 0, is_item).map_or(xml.len(), |tag| tag.begin);
    let feed = Feed::of(&xml[..first], url);
    let mut at = first;
    std::iter::from_fn(move || {
        let tag = next_tag(xml, at, is_item)?;
        // An item without an end goes as far as the next one.
        let next = next_tag(xml, tag.end, is_item).map_or(xml.len(), |tag| tag.begin);
        let item = xml::elements(&xml[tag.begin..next]).next();
        let inner = item.map_or("", |item| item.inner);
        let is_whole = xml[tag.begin..next].contains(&format!("</{}", tag.name));
        at = next;
        Some(feed.item(if is_whole { inner } else { &xml[tag.end..next] }))
    })
}

fn is_item(name: &str) -> bool {
    matches!(name, "item" | "entry")
}

/// What a feed tells of all its items.
struct Feed {
    publisher: Option<String>,
    language: Option<String>,
    /// Relative addresses start from here.
    base: Option<String>,
}

impl Feed {
    /// Reads what stands before the first item.
    fn of(head: &str, url: Option<&str>) -> Feed {
        let mut feed = Feed { publisher: None, language: None, base: url.map(str::to_owned) };
        let Some(root) = next_tag(head, 0, |name| matches!(name, "channel" | "feed")) else { return feed };
        if let Some(root) = xml::elements(&head[root.begin..]).next() {
            feed.language = root.attribute("lang").map(Into::into);
            feed.base = root.attribute("base").map(|base| join(feed.base.as_deref(), &base)).or(feed.base);
        }
        for part in xml::elements(&head[root.end..]) {
            match part.name {
                "title" if feed.publisher.is_none() => feed.publisher = part.words(),
                "language" => feed.language = feed.language.or_else(|| part.words()),
                "link" if feed.base.is_none() => feed.base = address(&part),
                _ => {}
            }
        }
        feed
    }

    fn item(&self, inner: &str) -> Item {
        let mut item =
            Item { publisher: self.publisher.clone(), language: self.language.clone(), ..Item::default() };
        let mut updated = None;
        for part in xml::elements(inner) {
            match part.name {
                "title" if item.title.is_none() => item.title = part.words(),
                "link" if item.url.is_none() && is_page(&part) => item.url = address(&part),
                "pubDate" | "published" | "date" | "issued" => {
                    item.published = item.published.or_else(|| part.words())
                }
                "updated" | "modified" => updated = updated.or_else(|| part.words()),
                "creator" | "author" => item.authors.extend(author(&part)),
                "encoded" | "content" => item.body = html_of(&part).map(Body::Html).or(item.body),
                "description" | "summary" if item.body.is_none() => {
                    item.body = html_of(&part).map(Body::Summary)
                }
                _ => {}
            }
        }
        item.published = item.published.or(updated);
        item.url = item.url.map(|url| join(self.base.as_deref(), &url));
        item
    }
}

/// Whether a link leads to the article: not to its comments, its film or the feed.
fn is_page(link: &Element<'_>) -> bool {
    link.attribute("rel").is_none_or(|rel| rel == "alternate")
}

/// The address in a link: an attribute in Atom, the words in RSS.
fn address(link: &Element<'_>) -> Option<String> {
    link.attribute("href").map(Into::into).or_else(|| link.words())
}

/// The name of an author: in an element of its own, in brackets after an address, or alone.
fn author(part: &Element<'_>) -> Option<String> {
    if let Some(name) = part.child("name") {
        return name.words();
    }
    let words = part.words()?;
    let inside =
        words.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(name, _)| name.to_owned());
    inside.filter(|_| words.contains('@')).or(Some(words))
}

/// The HTML in an element, escaped or as elements of its own; `None` where it has nothing, or lies elsewhere.
fn html_of(part: &Element<'_>) -> Option<String> {
    // Media RSS uses the name for films.
    if part.attribute("src").or_else(|| part.attribute("url")).is_some() {
        return None;
    }
    let text = xml::text(part.inner);
    (!text.trim().is_empty()).then(|| text.into_owned())
}

/// An address against the one it stands in, as far as news need it.
pub(crate) fn join(base: Option<&str>, url: &str) -> String {
    let url = url.trim();
    let Some((scheme, rest)) = base.and_then(|base| base.split_once("://")) else { return url.to_owned() };
    let has_scheme = url.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'));
    if has_scheme || url.is_empty() {
        return url.to_owned();
    }
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let host = rest.split('/').next().unwrap_or_default();
    match url {
        _ if url.starts_with("//") => format!("{scheme}:{url}"),
        _ if url.starts_with('/') => format!("{scheme}://{host}{url}"),
        _ => {
            let folder = rest.rsplit_once('/').map_or(rest, |(folder, _)| folder);
            format!("{scheme}://{folder}/{url}")
        }
    }
}

#[cfg(test)]
mod tests;
