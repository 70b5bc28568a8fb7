//! The articles of a ledger, in a list.

use rusqlite::{Row, params};
use serde::Serialize;

use super::kept::{self, ArticleNote};
use super::words;
use crate::{Ledger, LedgerError};

/// An article in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArticleLine {
    /// Which: its last version.
    #[serde(flatten)]
    pub about: ArticleNote,
    /// How many of its statements hold.
    pub statements: u64,
}

impl Ledger {
    /// The articles with these words in their title, outlet or file, or all of them; those kept last first, so many at
    /// most, after passing over some.
    ///
    /// # Errors
    ///
    /// The words cannot be searched for, or the ledger cannot be read.
    pub fn articles(
        &self,
        words: Option<&str>,
        limit: usize,
        skip: usize,
    ) -> Result<Vec<ArticleLine>, LedgerError> {
        let refused = |words: &str, reason| LedgerError::Words { words: words.to_owned(), reason };
        let expression = words
            .map(|words| words::expression(words).map_err(|reason| refused(words, reason)))
            .transpose()?;
        let (from, fits) = match expression {
            Some(_) => {
                ("title_words CROSS JOIN version v ON v.id = title_words.rowid", "title_words MATCH ?3")
            }
            None => ("version v", "?3 IS NULL"),
        };
        let query = format!(
            "SELECT a.key AS article, v.number, v.url, v.title, v.publisher, v.published, v.place, \
               (SELECT count(*) FROM statement s WHERE s.version = v.id AND s.state = 0) AS statements \
             FROM {from} JOIN article a ON a.id = v.article \
             WHERE {fits} AND v.number = (SELECT max(w.number) FROM version w WHERE w.article = v.article) \
             ORDER BY v.id DESC LIMIT ?1 OFFSET ?2"
        );
        let line = |row: &Row<'_>| {
            let statements = row.get::<_, i64>("statements")?.cast_unsigned();
            Ok(ArticleLine { about: kept::article(row)?, statements })
        };
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        self.told((|| {
            let mut query = self.db.prepare_cached(&query)?;
            query.query_map(params![number(limit), number(skip), expression], line)?.collect()
        })())
    }
}
