//! What people corrected or confirmed, as gold for evaluation and training.

use serde::Serialize;

use crate::{Kept, Ledger, LedgerError, ask};

/// One article and what people said of its statements.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Gold {
    /// What the article is known by.
    pub id: String,
    /// RFC 3339.
    pub published: Option<String>,
    /// Its text; every offset points into it.
    pub text: String,
    /// The statements that somebody corrected or confirmed, as they are right.
    pub statements: Vec<Kept>,
    /// Those that are none.
    pub rejected: Vec<Kept>,
}

impl Ledger {
    /// The articles in whose last version somebody corrected something, with those statements alone.
    ///
    /// # Errors
    ///
    /// The ledger cannot be read.
    pub fn gold(&self) -> Result<Vec<Gold>, LedgerError> {
        let query = "SELECT s.id, s.state, v.id, v.text FROM statement s JOIN version v ON v.id = s.version \
                     WHERE s.key IN (SELECT statement FROM correction) AND s.state <> 1 ORDER BY v.id, s.place";
        let rows: Vec<(i64, i64, i64, String)> = self.told((|| {
            let mut query = self.db.prepare(query)?;
            query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?.collect()
        })())?;
        let mut gold: Vec<Gold> = Vec::new();
        let mut last = None;
        for (row, state, version, text) in rows {
            let kept: Kept = self.told(ask::load(&self.db, row))?;
            if last != Some(version) {
                let (id, published) = (kept.article.id.clone(), kept.article.published.clone());
                gold.push(Gold { id, published, text, statements: Vec::new(), rejected: Vec::new() });
                last = Some(version);
            }
            if let Some(article) = gold.last_mut() {
                if state == 0 { article.statements.push(kept) } else { article.rejected.push(kept) }
            }
        }
        Ok(gold)
    }
}
