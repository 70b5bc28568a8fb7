//! The items of a feed: RSS, RDF or Atom.

use super::state::Item;
use crate::web::Url;

/// The items that a feed lists, in its order, or `None` where it is no feed. A feed that was cut off gives those that
/// are whole.
pub(super) fn items(bytes: &[u8], url: &Url) -> Option<Vec<Item>> {
    let text = String::from_utf8_lossy(bytes);
    let name = ["<rss", "<rdf:RDF", "<feed"].into_iter().find(|name| text.contains(name))?;
    let (begin, end) = if name == "<feed" { ("<entry", "</entry>") } else { ("<item", "</item>") };
    let pieces = text.split(begin).skip(1).filter(|piece| piece.starts_with(['>', ' ', '\n', '\r', '\t']));
    Some(pieces.filter_map(|piece| item(piece.split_once(end)?.0, url)).collect())
}

fn item(piece: &str, base: &Url) -> Option<Item> {
    let permanent = || words(piece, "guid").filter(|guid| crate::web::is_url(guid));
    let link =
        words(piece, "link").filter(|link| !link.is_empty()).or_else(|| linked(piece)).or_else(permanent)?;
    let url = base.join(&link).ok()?.to_string();
    let published =
        ["pubDate", "published", "dc:date", "updated"].into_iter().find_map(|name| words(piece, name));
    Some(Item { url, published: published.and_then(|words| onrecord_read::moment(&words)), tries: 0 })
}

/// What stands in an element without children.
fn words(piece: &str, name: &str) -> Option<String> {
    let (_, rest) = piece.split_once(&format!("<{name}"))?;
    let (attributes, rest) = rest.split_once('>')?;
    if attributes.ends_with('/')
        || !(attributes.is_empty() || attributes.starts_with([' ', '\n', '\r', '\t']))
    {
        return None;
    }
    let (inner, _) = rest.split_once(&format!("</{name}>"))?;
    let inner = inner.trim();
    match inner.strip_prefix("<![CDATA[").and_then(|inner| inner.strip_suffix("]]>")) {
        Some(inner) => Some(inner.trim().to_owned()),
        None => Some(inner.replace("&amp;", "&")),
    }
}

/// The address in Atom's link to the page itself.
fn linked(piece: &str) -> Option<String> {
    piece.split("<link").skip(1).find_map(|link| {
        let tag = link.split_once('>')?.0;
        let is_page = attribute(tag, "rel").is_none_or(|rel| rel == "alternate");
        attribute(tag, "href").filter(|_| is_page).map(|href| href.trim().replace("&amp;", "&"))
    })
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let rest = tag.split_once(&format!(" {name}="))?.1;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some(rest[1..].split_once(quote)?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(feed: &str, expected: &[(&str, Option<&str>)]) {
        let base = Url::parse("https://example.org/news/feed.xml").unwrap();
        let items = items(feed.as_bytes(), &base).unwrap();
        let found: Vec<_> = items.iter().map(|item| (item.url.as_str(), item.published.as_deref())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn rss_with_dates_relative_links_and_a_cut_end() {
        check(
            "<?xml version='1.0'?><rss version='2.0'><channel><title>The Lantern</title><link>https://example.org/</link>
            <item><title>Fog</title><link>/fog?a=1&amp;b=2</link><pubDate>Fri, 14 Mar 2025 09:00:00 GMT</pubDate></item>
            <item><guid isPermaLink='true'>https://example.org/ice</guid></item>
            <item><link><![CDATA[ https://example.org/rain ]]></link><pubDate>soon</pubDate></item>
            <item><title>no link</title></item>
            <item><link>https://example.org/cut</link><titl",
            &[
                ("https://example.org/fog?a=1&b=2", Some("2025-03-14T09:00:00Z")),
                ("https://example.org/ice", None),
                ("https://example.org/rain", None),
            ],
        );
    }

    #[test]
    fn atom_links_to_the_page_itself() {
        check(
            "<feed xmlns='http://www.w3.org/2005/Atom'><link rel='self' href='https://example.org/feed'/><entry>
            <link rel='replies' href='https://example.org/replies'/><link rel=\"alternate\" href=\"fog.html\"/>
            <published>2025-03-14T09:00:00Z</published></entry><entry><link href='ice.html'/></entry></feed>",
            &[
                ("https://example.org/news/fog.html", Some("2025-03-14T09:00:00Z")),
                ("https://example.org/news/ice.html", None),
            ],
        );
    }

    #[test]
    fn what_is_no_feed() {
        let base = Url::parse("https://example.org/").unwrap();
        assert_eq!(items(b"<html><p>Not here</html>", &base), None);
        assert_eq!(items(b"<rss><channel></channel></rss>", &base), Some(Vec::new()));
    }
}
