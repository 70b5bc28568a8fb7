//! Names asked for: whose they are.

use rusqlite::{Connection, Row};
use serde::Serialize;

use super::words;
use crate::open::Sql;
use crate::{Ledger, LedgerError};

/// Somebody or some body across articles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entity {
    /// Its number in this ledger.
    pub id: u64,
    /// The name that it goes by.
    pub name: String,
    /// `person`, `organisation`, `place`, `group` or `document`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The identifier of the user's registry.
    pub known: Option<String>,
}

/// An entity and how often it speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EntityNote {
    /// Who.
    pub entity: Entity,
    /// How often it speaks, in statements that hold.
    pub statements: u64,
}

impl Ledger {
    /// The entities that are called so: one of whose spellings has these words in this order. Those that speak most come
    /// first, but one whose whole name it is before all.
    ///
    /// # Errors
    ///
    /// The ledger cannot be read.
    pub fn entities(&self, name: &str) -> Result<Vec<EntityNote>, LedgerError> {
        self.told(called(&self.db, name))
    }
}

fn called(db: &Connection, name: &str) -> Sql<Vec<EntityNote>> {
    let Some(phrase) = words::any_of([name]) else { return Ok(Vec::new()) };
    let query = "SELECT e.id, e.name, e.kind, e.known, \
                   (SELECT coalesce(sum(count), 0) FROM tally WHERE tally.entity = e.id AND what = 'act') AS statements, \
                   EXISTS (SELECT 1 FROM name n WHERE n.entity = e.id AND n.spelling = ?2 COLLATE NOCASE) AS whole \
                 FROM entity e WHERE e.id IN (SELECT n.entity FROM name_words w JOIN name n ON n.id = w.rowid \
                   WHERE name_words MATCH ?1) \
                 ORDER BY whole DESC, statements DESC, e.id";
    let note = |row: &Row<'_>| {
        Ok(EntityNote { entity: entity(row)?, statements: row.get::<_, i64>(4)?.cast_unsigned() })
    };
    db.prepare_cached(query)?.query_map([phrase.as_str(), name.trim()], note)?.collect()
}

/// The entity in the first four columns of a row.
pub(crate) fn entity(row: &Row<'_>) -> Sql<Entity> {
    Ok(Entity {
        id: row.get::<_, i64>(0)?.cast_unsigned(),
        name: row.get(1)?,
        kind: row.get(2)?,
        known: row.get(3)?,
    })
}

/// The rows of all names of those who are called so: the spellings that have these words, and whatever else their
/// entities are called.
pub(crate) fn names_of(db: &Connection, name: &str) -> Sql<Vec<i64>> {
    let Some(phrase) = words::any_of([name]) else { return Ok(Vec::new()) };
    let query = "WITH met AS (SELECT n.id, n.entity FROM name_words w JOIN name n ON n.id = w.rowid \
                   WHERE name_words MATCH ?1) \
                 SELECT id FROM met UNION SELECT id FROM name WHERE entity IN (SELECT entity FROM met) ORDER BY 1";
    db.prepare_cached(query)?.query_map([phrase], |row| row.get(0))?.collect()
}

/// Every spelling of those who are called so, themselves first.
pub(crate) fn spellings_of(db: &Connection, name: &str) -> Sql<Vec<String>> {
    let mut query = db.prepare_cached("SELECT spelling FROM name WHERE id = ?1")?;
    let mut spellings = vec![name.trim().to_owned()];
    for row in names_of(db, name)? {
        spellings.push(query.query_row([row], |row| row.get(0))?);
    }
    spellings.dedup();
    Ok(spellings)
}
