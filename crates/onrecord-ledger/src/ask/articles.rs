//! The articles of a ledger, in a list.

use rusqlite::Row;
use serde::Serialize;

use super::kept::{self, ArticleNote};
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
    /// The articles kept last, so many at most, after passing over some.
    ///
    /// # Errors
    ///
    /// The ledger cannot be read.
    pub fn articles(&self, limit: usize, skip: usize) -> Result<Vec<ArticleLine>, LedgerError> {
        let query = "SELECT a.key AS article, v.number, v.url, v.title, v.publisher, v.published, v.place, \
                       (SELECT count(*) FROM statement s WHERE s.version = v.id AND s.state = 0) AS statements \
                     FROM version v JOIN article a ON a.id = v.article \
                     WHERE v.number = (SELECT max(w.number) FROM version w WHERE w.article = v.article) \
                     ORDER BY v.id DESC LIMIT ?1 OFFSET ?2";
        let line = |row: &Row<'_>| {
            let statements = row.get::<_, i64>("statements")?.cast_unsigned();
            Ok(ArticleLine { about: kept::article(row)?, statements })
        };
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        self.told((|| {
            self.db.prepare_cached(query)?.query_map([number(limit), number(skip)], line)?.collect()
        })())
    }
}
