//! What a page says of its article for machines, as JSON-LD in the words of schema.org.

use serde_json::Value;

use super::entities;
use super::tag::Tag;
use super::tree::Tree;
use crate::surrogates;

/// The object that describes the article, as far as it helps.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct LinkedData {
    /// Its type, as `NewsArticle`; empty where nothing describes an article or a video.
    pub(super) kind: String,
    pub(super) headline: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) publisher: Option<String>,
    /// Of the article, else of the page.
    pub(super) published: Option<String>,
    /// When a video was uploaded that the page tells of instead of an article; it may be older than the page.
    pub(super) uploaded: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) language: Option<String>,
    /// The article's text, as HTML or plain; few pages tell it, and some of them nowhere else.
    pub(super) text: Option<String>,
}

impl LinkedData {
    /// Whether the page calls itself an article.
    pub(super) fn is_article(&self) -> bool {
        is_article(&self.kind)
    }

    /// The first article of the page's JSON-LD, else the first video.
    pub(super) fn of(tree: &Tree<'_>) -> LinkedData {
        let scripts = tree.all(Tag::Script).filter(|&id| {
            tree.attribute(id, "type")
                .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"))
        });
        let values: Vec<Value> = scripts
            .filter_map(|id| tree.children(id).next())
            .filter_map(|text| parse(tree.raw(text)))
            .collect();
        let find = |wanted: fn(&str) -> bool| values.iter().find_map(|value| find(value, wanted));
        let found =
            find(is_article).or_else(|| find(|kind| kind == "VideoObject")).map(read).unwrap_or_default();
        let of_page = || find(|kind| kind == "WebPage").and_then(|page| words(&page["datePublished"]));
        LinkedData { published: found.published.or_else(of_page), ..found }
    }
}

fn is_article(kind: &str) -> bool {
    kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind == "Report"
}

/// Parses what people write by hand as well: in comment marks, with line ends inside strings.
fn parse(text: &str) -> Option<Value> {
    let (begin, end) = (text.find(['{', '['])?, text.rfind(['}', ']'])?);
    let json = text.get(begin..=end)?;
    let (json, _) = surrogates::mend(json);
    serde_json::from_str(&json).ok().or_else(|| {
        let folded = json.replace(|c: char| c.is_control(), " ");
        serde_json::from_str(&folded).ok()
    })
}

/// The first object of a wanted type, in lists and graphs and among the parts of a page.
fn find(value: &Value, wanted: fn(&str) -> bool) -> Option<&Value> {
    match value {
        Value::Array(items) => items.iter().find_map(|item| find(item, wanted)),
        Value::Object(fields) if kind(value).is_some_and(wanted) => {
            Some(value).filter(|_| !fields.is_empty())
        }
        Value::Object(fields) => ["@graph", "mainEntity", "mainEntityOfPage"]
            .iter()
            .find_map(|part| find(fields.get(*part)?, wanted)),
        _ => None,
    }
}

fn kind(value: &Value) -> Option<&str> {
    match &value["@type"] {
        Value::String(kind) => Some(kind),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).find(|kind| is_article(kind)),
        _ => None,
    }
}

fn read(value: &Value) -> LinkedData {
    LinkedData {
        kind: kind(value).unwrap_or_default().to_owned(),
        headline: words(&value["headline"]).or_else(|| words(&value["name"])),
        authors: names(&value["author"]),
        publisher: names(&value["publisher"]).into_iter().next(),
        published: words(&value["datePublished"]),
        uploaded: words(&value["uploadDate"]),
        modified: words(&value["dateModified"]),
        language: words(&value["inLanguage"]),
        text: value["articleBody"].as_str().map(str::to_owned),
    }
}

fn words(value: &Value) -> Option<String> {
    let words = entities::decode(value.as_str()?);
    let folded: Vec<&str> = words.split_whitespace().collect();
    (!folded.is_empty()).then(|| folded.join(" "))
}

/// The names of people or organisations, however they are wrapped.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(names).collect(),
        Value::Object(fields) => fields.get("name").map(names).unwrap_or_default(),
        _ => words(value).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(json: &str) -> LinkedData {
        LinkedData::of(&Tree::new(&format!("<script type=application/ld+json>{json}</script>")).unwrap())
    }

    #[test]
    fn articles_in_graphs_and_lists() {
        let found = of(
            r#"[{"@type":"WebSite","name":"W"},{"@graph":[{"@type":["NewsArticle"],"headline":"A &amp; B",
            "author":[{"@type":"Person","name":"Ann Lee"},"Bo"],"publisher":{"name":"The Lantern"},
            "datePublished":"2025-03-14"}]}]"#,
        );
        let expected = LinkedData {
            kind: "NewsArticle".into(),
            headline: Some("A & B".into()),
            authors: vec!["Ann Lee".into(), "Bo".into()],
            publisher: Some("The Lantern".into()),
            published: Some("2025-03-14".into()),
            ..LinkedData::default()
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn the_day_of_the_page_where_no_article_is_told_of() {
        let page = r#"{"@graph":[{"@type":"WebSite"},{"@type":"WebPage","datePublished":"2025-03-14"}]}"#;
        let script = "</script><script type=application/ld+json>";
        let broken = r#"{"@type":"Article",,"datePublished":"2025-03-13"}"#;
        let found = of(&format!("{page}{script}{broken}"));
        assert_eq!((found.published.as_deref(), found.is_article()), (Some("2025-03-14"), false));
        let video = r#"{"@type":"VideoObject","name":"V","uploadDate":"2024-10-11"}"#;
        let found = of(video);
        assert_eq!((found.published, found.uploaded.as_deref()), (None, Some("2024-10-11")));
    }

    #[test]
    fn broken_json_is_mended_or_left() {
        assert_eq!(
            of("<!-- {\"@type\":\"Article\",\"headline\":\"A\nB\"} -->").headline.as_deref(),
            Some("A B")
        );
        for broken in ["", "{", "]{", "null", "{\"@type\":\"Article\"", &"[".repeat(100_000)] {
            assert_eq!(of(broken), LinkedData::default());
        }
    }
}
