//! What people corrected or confirmed, as gold for evaluation and training.

use rusqlite::{Connection, Row};
use serde::Serialize;

use crate::open::Sql;
use crate::{Kept, Ledger, LedgerError, ask, id};

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
    /// What people said of how its statements relate to others.
    pub links: Vec<GoldLink>,
}

/// That one statement relates to another, or does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GoldLink {
    /// The statement that relates.
    pub from: String,
    /// The other one.
    pub to: String,
    /// How.
    pub relation: String,
    /// It does, or (`false`) it does not.
    pub holds: bool,
}

impl Ledger {
    /// The articles in whose last version somebody corrected something, with those statements alone.
    ///
    /// # Errors
    ///
    /// The ledger cannot be read.
    pub fn gold(&self) -> Result<Vec<Gold>, LedgerError> {
        let query = "SELECT s.id, s.state, v.id, v.text, s.key FROM statement s JOIN version v ON v.id = s.version \
                     WHERE s.key IN (SELECT statement FROM standing) AND s.state <> 1 ORDER BY v.id, s.place";
        let rows: Vec<(i64, i64, i64, String, i64)> = self.told((|| {
            let mut query = self.db.prepare(query)?;
            query
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))?
                .collect()
        })())?;
        let mut gold: Vec<Gold> = Vec::new();
        let mut last = None;
        for (row, state, version, text, key) in rows {
            let kept: Kept = self.told(ask::load(&self.db, row))?;
            if last != Some(version) {
                let (id, published) = (kept.article.id.clone(), kept.article.published.clone());
                gold.push(Gold {
                    id,
                    published,
                    text,
                    statements: Vec::new(),
                    rejected: Vec::new(),
                    links: Vec::new(),
                });
                last = Some(version);
            }
            if let Some(article) = gold.last_mut() {
                article.links.extend(self.told(links(&self.db, key))?);
                if state == 0 { article.statements.push(kept) } else { article.rejected.push(kept) }
            }
        }
        Ok(gold)
    }
}

/// What people said last of the links from a statement.
fn links(db: &Connection, key: i64) -> Sql<Vec<GoldLink>> {
    let query = "SELECT c.other, c.field, c.value = 'true' FROM standing c WHERE c.statement = ?1 AND c.id = \
                 (SELECT max(d.id) FROM standing d WHERE d.statement = c.statement AND d.other = c.other AND d.field = c.field) \
                 ORDER BY c.id";
    let link = |row: &Row<'_>| {
        let to: i64 = row.get(0)?;
        Ok(GoldLink { from: id::shown(key), to: id::shown(to), relation: row.get(1)?, holds: row.get(2)? })
    };
    db.prepare_cached(query)?.query_map([key], link)?.collect()
}
