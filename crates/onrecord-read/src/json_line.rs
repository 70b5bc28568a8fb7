//! One line of JSONL to an article.

use std::borrow::Cow;

use onrecord::Article;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::date::is_published;
use crate::error::{Fault, Note, ReadError, Warned, Warning};
use crate::origin::Origin;
use crate::surrogates;
use crate::text::hash;

/// The article that a line of JSONL holds: an object with `text`, and what else it tells.
///
/// `number` is the line's, counted from 1. Read are `id` (a number becomes its digits), `url`, `title`, `authors` or
/// `author` (a string or a list), `publisher`, `language`, `published` or `date`; anything else is passed over.
/// Invalid UTF-8 and lone surrogates are mended, with a warning.
///
/// # Errors
///
/// [`Fault::Json`] where the line is no object or has no string `text`.
pub fn json_line(bytes: &[u8], number: u64, origin: &Origin) -> Result<Warned<Article>, ReadError> {
    let place = origin.line(number);
    let (json, mut notes) = json_text(bytes);
    match parse(&json) {
        Ok(parsed) => {
            let output = parsed.into_article(origin, &mut notes);
            let warnings = notes.into_iter().map(|note| Warning { place: place.clone(), note }).collect();
            Ok(Warned { output, warnings })
        }
        Err(error) => Err(ReadError { place, fault: Fault::Json(error) }),
    }
}

/// Only an object is an article: serde would fill the fields from an array as well.
fn parse(json: &str) -> serde_json::Result<JsonArticle> {
    if json.trim_start().starts_with('[') {
        return Err(serde::de::Error::custom("an array, where an object should be"));
    }
    serde_json::from_str(json)
}

/// Whether `line` holds an article: how JSONL is told from plain text.
pub(crate) fn is_article(line: &[u8]) -> bool {
    line.trim_ascii_start().starts_with(b"{") && parse(&json_text(line).0).is_ok()
}

/// The bytes of some JSON as a string that serde_json reads: invalid UTF-8 and lone surrogates become U+FFFD.
pub fn json_text(bytes: &[u8]) -> (Cow<'_, str>, Vec<Note>) {
    let mut notes = Vec::new();
    let text = String::from_utf8_lossy(bytes);
    if matches!(text, Cow::Owned(_)) {
        notes.push(Note::Replaced { encoding: "UTF-8" });
    }
    let (text, count) = match text {
        Cow::Borrowed(text) => surrogates::mend(text),
        Cow::Owned(text) => {
            let (mended, count) = surrogates::mend(&text);
            (Cow::Owned(mended.into_owned()), count)
        }
    };
    if count > 0 {
        notes.push(Note::LoneSurrogates { count });
    }
    (text, notes)
}

/// The fields as they stand; a field of a type that tells nothing (`null`, an object) counts as absent.
#[derive(Deserialize)]
struct JsonArticle {
    text: String,
    #[serde(default, deserialize_with = "words")]
    id: Option<String>,
    #[serde(default, deserialize_with = "words")]
    url: Option<String>,
    #[serde(default, deserialize_with = "words")]
    title: Option<String>,
    #[serde(default, deserialize_with = "list")]
    authors: Vec<String>,
    #[serde(default, deserialize_with = "list")]
    author: Vec<String>,
    #[serde(default, deserialize_with = "words")]
    publisher: Option<String>,
    #[serde(default, deserialize_with = "words")]
    language: Option<String>,
    #[serde(default, deserialize_with = "words")]
    published: Option<String>,
    #[serde(default, deserialize_with = "words")]
    date: Option<String>,
}

impl JsonArticle {
    fn into_article(self, origin: &Origin, notes: &mut Vec<Note>) -> Article {
        let told = self.published.or(self.date).and_then(|words| {
            let good = is_published(&words);
            if !good {
                notes.push(Note::NoDate { words: words.clone() });
            }
            good.then_some(words)
        });
        Article {
            id: self.id.unwrap_or_else(|| hash(&self.text)),
            url: self.url,
            title: self.title,
            authors: if self.authors.is_empty() { self.author } else { self.authors },
            publisher: self.publisher,
            language: self.language,
            published: told.or_else(|| origin.published.clone()),
            text: self.text,
        }
    }
}

fn words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Value::deserialize(deserializer).map(as_words)
}

fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Array(items) => items.into_iter().filter_map(as_words).collect(),
        single => as_words(single).into_iter().collect(),
    })
}

fn as_words(value: Value) -> Option<String> {
    match value {
        Value::String(words) => Some(words).filter(|words| !words.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Warned<Article> {
        json_line(line.as_bytes(), 3, &Origin::new("news.jsonl")).unwrap()
    }

    #[test]
    fn all_fields() {
        let line = r#"{"id":7,"text":"T","title":"A","author":"Ann","publisher":"P","language":"en","url":"u","date":"2016-09-12"}"#;
        let found = read(line);
        let article = Article {
            id: "7".into(),
            url: Some("u".into()),
            title: Some("A".into()),
            authors: vec!["Ann".into()],
            publisher: Some("P".into()),
            language: Some("en".into()),
            published: Some("2016-09-12".into()),
            text: "T".into(),
        };
        assert_eq!(found, Warned { output: article, warnings: vec![] });
    }

    #[test]
    fn odd_fields_count_as_absent() {
        let article =
            read(r#"{"text":"","id":null,"title":{"a":1},"authors":["Ann",null,"Bo"],"extra":[1]}"#).output;
        assert_eq!((article.title, article.authors), (None, vec!["Ann".to_owned(), "Bo".to_owned()]));
        assert!(article.id.starts_with("sha256:e3b0c442"));
    }

    #[test]
    fn what_is_mended_is_told() {
        let found =
            json_line(b"{\"text\":\"a\\ud800\xff\",\"published\":\"Friday\"}", 3, &Origin::new("n")).unwrap();
        assert_eq!(found.output.text, "a\u{fffd}\u{fffd}");
        let told: Vec<_> = found.warnings.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "n:3: invalid UTF-8, the broken bytes are shown as U+FFFD",
                "n:3: lone surrogates (1), shown as U+FFFD",
                "n:3: published \"Friday\" is no RFC 3339 date, left out",
            ]
        );
    }

    #[track_caller]
    fn check_error(line: &str, message: &str) {
        let error = json_line(line.as_bytes(), 3, &Origin::new("news.jsonl")).unwrap_err();
        assert_eq!(error.to_string(), message);
    }

    #[test]
    fn errors_name_file_line_and_column() {
        check_error("[\"T\"]", "news.jsonl:3: not an article in JSON: an array, where an object should be");
        check_error(
            "{\"text\":",
            "news.jsonl:3: not an article in JSON: EOF while parsing a value (column 8)",
        );
        check_error("{\"id\":1}", "news.jsonl:3: not an article in JSON: missing field `text` (column 8)");
    }
}
