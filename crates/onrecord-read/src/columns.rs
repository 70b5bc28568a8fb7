//! Rows of a table, or objects of JSON, to articles: which column holds what.

use onrecord::Article;

use crate::date::is_published;
use crate::error::{Fault, Note};
use crate::moment::moment;
use crate::origin::Origin;
use crate::text::hash;

/// The columns of a table, or the fields of an object, that hold an article, where they have other names than usual.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// The text; usually `text`.
    pub text: Option<String>,
    /// The id; usually `id`.
    pub id: Option<String>,
    /// The headline; usually `title`.
    pub title: Option<String>,
    /// The day of publication; usually `published` or `date`.
    pub published: Option<String>,
    /// The address; usually `url`.
    pub url: Option<String>,
}

/// What stands in a row.
pub(crate) trait Row {
    /// The text in a column, even an empty one; `None` where the column is missing or holds no text.
    fn text(&self, column: &str) -> Option<String>;

    /// The words in a column; `None` where there are none.
    fn words(&self, column: &str) -> Option<String>;

    /// The entries of a column that holds several.
    fn list(&self, column: &str) -> Vec<String>;
}

impl Columns {
    /// The name of the column with the text.
    pub(crate) fn text(&self) -> &str {
        self.text.as_deref().unwrap_or("text")
    }

    /// The article that a row holds; a wrong date is left out, with a note.
    ///
    /// # Errors
    ///
    /// [`Fault::NoText`] where the column of the text holds none.
    pub(crate) fn article(
        &self,
        row: &impl Row,
        origin: &Origin,
        notes: &mut Vec<Note>,
    ) -> Result<Article, Fault> {
        let first = |own: &Option<String>, usual: &[&str]| match own {
            Some(column) => row.words(column),
            None => usual.iter().find_map(|column| row.words(column)),
        };
        let text = row.text(self.text()).ok_or_else(|| Fault::NoText { column: self.text().to_owned() })?;
        let told = first(&self.published, &["published", "date"]).and_then(|words| day(words, notes));
        let authors = ["authors", "author"].map(|column| row.list(column));
        Ok(Article {
            id: first(&self.id, &["id"]).unwrap_or_else(|| hash(&text)),
            url: first(&self.url, &["url"]).or_else(|| origin.url.clone()),
            title: first(&self.title, &["title"]),
            authors: authors.into_iter().find(|authors| !authors.is_empty()).unwrap_or_default(),
            publisher: row.words("publisher"),
            language: row.words("language"),
            published: told.or_else(|| origin.published.clone()),
            text,
            blocks: Vec::new(),
        })
    }
}

/// A day or moment as RFC 3339 has it, as it stands where it has that form; what is none is left out, with a note.
pub(crate) fn day(words: String, notes: &mut Vec<Note>) -> Option<String> {
    if is_published(&words) {
        return Some(words);
    }
    let read = moment(&words);
    if read.is_none() {
        notes.push(Note::NoDate { words });
    }
    read
}
