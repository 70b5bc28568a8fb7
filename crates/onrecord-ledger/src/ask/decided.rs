//! Who decided what on an entity, and when.

use rusqlite::{Connection, Row};
use serde::Serialize;

use super::people::{self, Entity};
use crate::open::Sql;

/// One decision as it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecisionNote {
    /// `merge`, `split` or `rename`.
    pub kind: String,
    /// On whom: into whom another was merged, out of whom another came, who was renamed.
    pub entity: Entity,
    /// Who was merged into it, or came out of it.
    pub other: Option<Entity>,
    /// The new name.
    pub name: Option<String>,
    /// Who decided.
    pub author: String,
    /// When, RFC 3339.
    pub at: String,
}

const QUERY: &str = "SELECT e.id, e.name, e.kind, e.known, o.id, o.name, o.kind, o.known, d.kind, \
    CASE d.kind WHEN 'rename' THEN d.words END, d.author, d.at \
    FROM decision d JOIN entity e ON e.id = d.entity LEFT JOIN entity o ON o.id = d.other \
    WHERE ?1 IN (e.id, e.merged_into, o.id, o.merged_into) ORDER BY d.id";

/// The decisions on an entity and on those merged into it, the first one first.
pub(super) fn decisions(db: &Connection, entity: i64) -> Sql<Vec<DecisionNote>> {
    let note = |row: &Row<'_>| {
        let has_other = row.get::<_, Option<i64>>(4)?.is_some();
        Ok(DecisionNote {
            entity: people::entity(row, 0)?,
            other: has_other.then(|| people::entity(row, 4)).transpose()?,
            kind: row.get(8)?,
            name: row.get(9)?,
            author: row.get(10)?,
            at: row.get(11)?,
        })
    };
    db.prepare_cached(QUERY)?.query_map([entity], note)?.collect()
}
