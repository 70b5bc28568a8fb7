//! One line of JSONL to an article.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use onrecord::Article;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

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

/// The fields of an object, as far as they may tell of an article; memory holds nothing else of it.
#[derive(serde::Deserialize)]
#[serde(transparent)]
pub(crate) struct Object(BTreeMap<String, Field>);

/// A field: words, some of them, or what tells nothing (`null`, an object) and counts as absent. A number is its digits.
enum Field {
    Words(String),
    List(Vec<String>),
    Nothing,
}

/// Nobody has so many authors.
const LONGEST_LIST: usize = 1000;

impl Row for Object {
    fn text(&self, column: &str) -> Option<String> {
        match self.0.get(column)? {
            Field::Words(words) => Some(words.clone()),
            _ => None,
        }
    }

    fn words(&self, column: &str) -> Option<String> {
        self.text(column).filter(|words| !words.is_empty())
    }

    fn list(&self, column: &str) -> Vec<String> {
        match self.0.get(column) {
            Some(Field::List(items)) => items.clone(),
            _ => self.words(column).into_iter().collect(),
        }
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FieldVisitor)
    }
}

struct FieldVisitor;

impl<'de> Visitor<'de> for FieldVisitor {
    type Value = Field;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field")
    }

    fn visit_str<E>(self, words: &str) -> Result<Field, E> {
        Ok(Field::Words(words.to_owned()))
    }

    fn visit_string<E>(self, words: String) -> Result<Field, E> {
        Ok(Field::Words(words))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Field, E> {
        Ok(Field::Words(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Field, E> {
        Ok(Field::Words(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Field, E> {
        Ok(Field::Words(number.to_string()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Field, E> {
        Ok(Field::Nothing)
    }

    fn visit_unit<E>(self) -> Result<Field, E> {
        Ok(Field::Nothing)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Field, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Field::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Field, A::Error> {
        let mut words = Vec::new();
        while words.len() < LONGEST_LIST
            && let Some(item) = list.next_element()?
        {
            if let Field::Words(item) = item {
                words.push(item);
            }
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Field::List(words))
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
            blocks: vec![],
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
