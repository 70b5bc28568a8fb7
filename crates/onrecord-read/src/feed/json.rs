//! JSON Feed, and the JSON of news agencies (ninjs): objects to items.

use serde_json::Value;

use super::{Body, Item};

/// Whether an object is a JSON Feed.
pub(crate) fn is_feed(value: &Value) -> bool {
    words(&value["version"]).is_some_and(|version| version.contains("jsonfeed.org"))
        && value["items"].is_array()
}

/// The items of a JSON Feed.
pub(crate) fn items(feed: &Value) -> impl Iterator<Item = Item> {
    feed["items"].as_array().into_iter().flatten().map(|item| Item {
        title: words(&item["title"]),
        url: words(&item["url"]).or_else(|| words(&item["external_url"])),
        authors: [&item["authors"], &item["author"], &feed["authors"], &feed["author"]]
            .into_iter()
            .map(names)
            .find(|names| !names.is_empty())
            .unwrap_or_default(),
        publisher: words(&feed["title"]),
        language: words(&item["language"]).or_else(|| words(&feed["language"])),
        published: words(&item["date_published"]).or_else(|| words(&item["date_modified"])),
        body: words(&item["content_html"])
            .map(Body::Html)
            .or_else(|| words(&item["content_text"]).map(Body::Plain))
            .or_else(|| words(&item["summary"]).map(Body::Summary)),
    })
}

/// Whether an object is an item of ninjs, whose names changed over its versions.
pub(crate) fn is_news_item(value: &Value) -> bool {
    value["uri"].is_string()
        && (value["bodies"].is_array() || BODIES.iter().any(|body| value[body].is_string()))
}

const BODIES: [&str; 3] = ["body_html", "body_xhtml", "body_text"];

/// An item of ninjs.
pub(crate) fn news_item(value: &Value) -> Item {
    let first = |names: &[&str]| names.iter().find_map(|name| words(&value[name]));
    let main = |list: &str| {
        let of = value[list].as_array()?;
        of.iter().find(|part| words(&part["role"]).is_none_or(|role| role == "main")).or_else(|| of.first())
    };
    let body = main("bodies").and_then(|body| {
        let is_html = words(&body["contentType"]).is_some_and(|kind| kind.contains("html"));
        words(&body["value"]).map(if is_html { Body::Html } else { Body::Plain })
    });
    Item {
        title: first(&["headline"]).or_else(|| words(&main("headlines")?["value"])),
        url: first(&["url"]).or_else(|| first(&["uri"]).filter(|uri| uri.starts_with("http"))),
        authors: first(&["byline", "by"]).into_iter().chain(names(&value["bylines"])).collect(),
        publisher: names(&value["infosource"])
            .into_iter()
            .chain(names(&value["infosources"]))
            .chain(first(&["copyrightholder", "copyrightHolder"]))
            .next(),
        language: first(&["language"]),
        published: first(&["versioncreated", "versionCreated", "firstcreated", "firstCreated"]),
        body: body
            .or_else(|| first(&BODIES[..2]).map(Body::Html))
            .or_else(|| first(&BODIES[2..]).map(Body::Plain)),
    }
}

fn words(value: &Value) -> Option<String> {
    value.as_str().filter(|words| !words.trim().is_empty()).map(str::to_owned)
}

/// Names, alone or in objects, one or many.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(names).collect(),
        Value::Object(fields) => {
            ["name", "byline"].iter().filter_map(|name| fields.get(*name)).flat_map(names).collect()
        }
        _ => words(value).into_iter().collect(),
    }
}
