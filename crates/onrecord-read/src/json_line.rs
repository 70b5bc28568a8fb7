//! One line of JSONL to an article.

use std::borrow::Cow;

use onrecord::Article;
use serde_json::{Map, Value};

use crate::columns::{Columns, Row};
use crate::error::{Fault, Note, ReadError, Warned};
use crate::origin::Origin;
use crate::surrogates;

/// The article that a line of JSONL holds: an object with `text`, and what else it tells.
///
/// `number` is the line's, counted from 1. Read are `id` (a number becomes its digits), `url`, `title`, `authors` or
/// `author` (a string or a list), `publisher`, `language`, `published` or `date`; anything else is passed over.
/// Invalid UTF-8 and lone surrogates are mended, with a warning.
///
/// # Errors
///
/// [`Fault::Json`] where the line is no object, [`Fault::NoText`] where it has no string `text`.
pub fn json_line(bytes: &[u8], number: u64, origin: &Origin) -> Result<Warned<Article>, ReadError> {
    line_by(&Columns::default(), bytes, number, origin)
}

/// The same with these names of fields.
pub(crate) fn line_by(
    columns: &Columns,
    bytes: &[u8],
    number: u64,
    origin: &Origin,
) -> Result<Warned<Article>, ReadError> {
    let (json, mut notes) = json_text(bytes);
    let read = parse(&json).and_then(|object| columns.article(&object, origin, &mut notes));
    origin.warned(origin.line(number), read, notes)
}

type Object = Map<String, Value>;

/// An array would be told as a missing map.
fn parse(json: &str) -> Result<Object, Fault> {
    if json.trim_start().starts_with('[') {
        return Err(Fault::Json(serde::de::Error::custom("an array, where an object should be")));
    }
    serde_json::from_str(json).map_err(Fault::Json)
}

/// Whether `line` holds an article: how JSONL is told from plain text.
pub(crate) fn is_article(line: &[u8], columns: &Columns) -> bool {
    line.trim_ascii_start().starts_with(b"{")
        && parse(&json_text(line).0).is_ok_and(|object| object.text(columns.text()).is_some())
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

/// A field of a type that tells nothing (`null`, an object) counts as absent.
impl Row for Object {
    fn text(&self, column: &str) -> Option<String> {
        self.get(column)?.as_str().map(str::to_owned)
    }

    fn words(&self, column: &str) -> Option<String> {
        as_words(self.get(column)?)
    }

    fn list(&self, column: &str) -> Vec<String> {
        match self.get(column) {
            Some(Value::Array(items)) => items.iter().filter_map(as_words).collect(),
            single => single.and_then(as_words).into_iter().collect(),
        }
    }
}

fn as_words(value: &Value) -> Option<String> {
    match value {
        Value::String(words) => Some(words.clone()).filter(|words| !words.is_empty()),
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
        check_error("{\"id\":1}", "news.jsonl:3: no text in \"text\"");
    }
}
