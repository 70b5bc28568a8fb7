//! Who stands against whom.

use rusqlite::{Connection, Row, params};
use serde::Serialize;

use super::wanted::ROW_OF_TURN;
use crate::open::Sql;
use crate::{Ledger, LedgerError};

/// How often somebody disputes somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Opponents {
    /// The number and name of who disputes.
    pub by: (u64, String),
    /// The number and name of whose statements are disputed.
    pub of: (u64, String),
    /// In how many statements.
    pub count: u64,
}

impl Ledger {
    /// Whom an entity disputes and who disputes it, the most frequent first; so many pairs at most.
    ///
    /// # Errors
    ///
    /// The ledger cannot be read.
    pub fn opponents(&self, entity: u64, limit: usize) -> Result<Vec<Opponents>, LedgerError> {
        self.told(opponents(&self.db, entity.cast_signed(), limit))
    }
}

fn opponents(db: &Connection, entity: i64, limit: usize) -> Sql<Vec<Opponents>> {
    let query = format!(
        "WITH mine AS (SELECT what, {ROW_OF_TURN} AS statement FROM tally \
           WHERE entity = ?1 AND what IN ('disputed', 'disputing')), \
         pair AS (SELECT l.from_statement AS f, l.to_statement AS t FROM mine CROSS JOIN link l \
           ON l.from_statement = mine.statement AND l.relation = 'disputes' WHERE what = 'disputing' \
           UNION SELECT l.from_statement, l.to_statement FROM mine CROSS JOIN link l \
           ON l.to_statement = mine.statement AND l.relation = 'disputes' WHERE what = 'disputed') \
         SELECT one.id, one.name, two.id, two.name, count(DISTINCT f.id) FROM pair \
         JOIN statement f ON f.id = pair.f AND f.state = 0 JOIN statement t ON t.id = pair.t AND t.state = 0 \
         JOIN voice vf ON vf.statement = f.id AND vf.part = 0 JOIN name nf ON nf.id = vf.name \
         JOIN entity one ON one.id = nf.entity \
         JOIN voice vt ON vt.statement = t.id AND vt.part = 0 JOIN name nt ON nt.id = vt.name \
         JOIN entity two ON two.id = nt.entity \
         WHERE one.id = ?1 OR two.id = ?1 GROUP BY one.id, two.id ORDER BY 5 DESC, one.id, two.id LIMIT ?2"
    );
    let pair = |row: &Row<'_>| {
        let number = |at: usize| row.get::<_, i64>(at).map(i64::cast_unsigned);
        Ok(Opponents { by: (number(0)?, row.get(1)?), of: (number(2)?, row.get(3)?), count: number(4)? })
    };
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    db.prepare_cached(&query)?.query_map(params![entity, limit], pair)?.collect()
}
