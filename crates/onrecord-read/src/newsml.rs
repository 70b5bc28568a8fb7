//! NewsML-G2 to items: what agencies send, text as XHTML, NITF or plain.

use crate::feed::xml::{self, Element, next_tag};
use crate::feed::{Body, Item};

/// Whether an element of this name is the root of a NewsML-G2 document.
pub(crate) fn is_root(name: &str) -> bool {
    matches!(name, "newsItem" | "newsMessage")
}

/// The news items of a document, in their order.
pub(crate) fn items(document: &str) -> impl Iterator<Item = Item> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let tag = next_tag(document, at, |name| name == "newsItem")?;
        let item = xml::elements(&document[tag.begin..]).next()?;
        at = tag.end + item.inner.len();
        Some(read(&item))
    })
}

fn read(item: &Element<'_>) -> Item {
    let mut found = Item { language: item.attribute("lang").map(Into::into), ..Item::default() };
    let mut created = None;
    for part in item.children() {
        match part.name {
            "itemMeta" => {
                found.title = found.title.or_else(|| part.child("title")?.words());
                created = part.child("versionCreated").and_then(|moment| moment.words());
                found.publisher = part.child("provider").and_then(|provider| name(&provider));
            }
            "contentMeta" => about(&part, &mut found),
            "contentSet" => found.body = part.children().find_map(|part| body(&part)),
            _ => {}
        }
    }
    // When this version was made: "Friday" is read against it.
    found.published = created.or(found.published);
    found
}

fn about(meta: &Element<'_>, found: &mut Item) {
    for part in meta.children() {
        match part.name {
            "headline" => found.title = part.words().or(found.title.take()),
            "by" => found.authors.extend(part.words()),
            "creator" if found.authors.is_empty() => found.authors.extend(name(&part)),
            "infoSource" => found.publisher = name(&part).or(found.publisher.take()),
            "language" => found.language = part.attribute("tag").map(Into::into).or(found.language.take()),
            "contentCreated" => found.published = part.words(),
            _ => {}
        }
    }
}

/// The name of somebody, in an element of its own.
fn name(part: &Element<'_>) -> Option<String> {
    part.child("name")?.words()
}

fn body(part: &Element<'_>) -> Option<Body> {
    match part.name {
        "inlineXML" => {
            // NITF has the headline and bylines before its content.
            let content = next_tag(part.inner, 0, |name| name == "body.content");
            let content = content.and_then(|tag| xml::elements(&part.inner[tag.begin..]).next());
            Some(Body::Html(content.map_or(part.inner, |content| content.inner).to_owned()))
        }
        "inlineData" if part.attribute("contenttype").is_none_or(|kind| kind.starts_with("text/plain")) => {
            Some(Body::Plain(xml::text(part.inner).into_owned()))
        }
        "inlineData" => Some(Body::Html(xml::text(part.inner).into_owned())),
        _ => None,
    }
}
