//! What is disputed most.

use rusqlite::Connection;

use super::kept::{Kept, load};
use crate::open::Sql;
use crate::{Ledger, LedgerError};

impl Ledger {
    /// The statements that most others dispute, of equally many the latest first; so many at most.
    ///
    /// # Errors
    ///
    /// The ledger cannot be read.
    pub fn most_disputed(&self, limit: usize) -> Result<Vec<Kept>, LedgerError> {
        self.told(most_disputed(&self.db, limit))
    }
}

fn most_disputed(db: &Connection, limit: usize) -> Sql<Vec<Kept>> {
    let query = "SELECT l.to_statement FROM link l \
                 JOIN statement f ON f.id = l.from_statement AND f.state = 0 \
                 JOIN statement t ON t.id = l.to_statement AND t.state = 0 \
                 WHERE l.relation = 'disputes' GROUP BY l.to_statement ORDER BY count(*) DESC, t.turn DESC LIMIT ?1";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows: Vec<i64> =
        db.prepare_cached(query)?.query_map([limit], |row| row.get(0))?.collect::<Sql<_>>()?;
    rows.into_iter().map(|row| load(db, row)).collect()
}
