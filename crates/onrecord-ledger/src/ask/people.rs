//! Names asked for: whose they are.

use rusqlite::{Connection, Row, params};
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
    /// first, but one whose whole name it is before all; a last name alone is nobody's whole name.
    ///
    /// # Errors
    ///
    /// The ledger cannot be read.
    pub fn entities(&self, name: &str) -> Result<Vec<EntityNote>, LedgerError> {
        let Some(phrase) = words::any_of([name]) else { return Ok(Vec::new()) };
        self.told(called(&self.db, &phrase, name, ALL))
    }

    /// The entities whose names hold words that begin so, the last of them perhaps not typed to its end; those that
    /// speak most first, so many at most.
    ///
    /// # Errors
    ///
    /// The ledger cannot be read.
    pub fn names(&self, typed: &str, limit: usize) -> Result<Vec<EntityNote>, LedgerError> {
        let Some(phrase) = words::beginning(typed) else { return Ok(Vec::new()) };
        let mut notes = self.told(called(&self.db, &phrase, typed, MOST))?;
        notes.truncate(limit);
        Ok(notes)
    }
}

/// So many spellings are looked at, those met first: whoever types on is offered fewer.
const MOST: i64 = 1000;
/// As SQLite says it.
const ALL: i64 = -1;

/// The entities one of whose spellings fits an expression, or whom a user named so.
fn called(db: &Connection, phrase: &str, name: &str, most: i64) -> Sql<Vec<EntityNote>> {
    let query = format!(
        "SELECT e.id, e.name, e.kind, e.known, \
                   (SELECT coalesce(sum(count), 0) FROM tally WHERE tally.entity = e.id AND what = 'act') AS statements, \
                   e.name = ?2 COLLATE NOCASE OR EXISTS \
                     (SELECT 1 FROM name n WHERE n.entity = e.id AND n.spelling = ?2 COLLATE NOCASE) AS whole \
                 FROM entity e WHERE e.id IN (SELECT n.entity FROM name_words w JOIN name n ON n.id = w.rowid \
                   WHERE name_words MATCH ?1 LIMIT ?3) OR e.id IN ({RENAMED}) \
                 ORDER BY whole AND NOT (e.kind = 'person' AND instr(?2, ' ') = 0) DESC, statements DESC, e.id"
    );
    let note = |row: &Row<'_>| {
        Ok(EntityNote { entity: entity(row, 0)?, statements: row.get::<_, i64>(4)?.cast_unsigned() })
    };
    db.prepare_cached(&query)?.query_map(params![phrase, name.trim(), most], note)?.collect()
}

/// The entities that have these words (`?2`) in a name that a user gave them: no article need have it.
const RENAMED: &str = "SELECT r.id FROM decision d JOIN entity r ON r.id = d.entity \
    WHERE d.kind = 'rename' AND r.merged_into IS NULL AND instr(lower(r.name), lower(?2)) > 0";

/// The entity in four columns of a row.
pub(super) fn entity(row: &Row<'_>, first: usize) -> Sql<Entity> {
    Ok(Entity {
        id: row.get::<_, i64>(first)?.cast_unsigned(),
        name: row.get(first + 1)?,
        kind: row.get(first + 2)?,
        known: row.get(first + 3)?,
    })
}

/// The rows of all names of those who are called so: the spellings that have these words, and whatever else their
/// entities are called.
pub(crate) fn names_of(db: &Connection, name: &str) -> Sql<Vec<i64>> {
    let Some(phrase) = words::any_of([name]) else { return Ok(Vec::new()) };
    let query = format!(
        "WITH met AS (SELECT n.id, n.entity FROM name_words w JOIN name n ON n.id = w.rowid \
           WHERE name_words MATCH ?1) \
         SELECT id FROM met UNION SELECT id FROM name WHERE entity IN (SELECT entity FROM met) \
         UNION SELECT id FROM name WHERE entity IN ({RENAMED}) ORDER BY 1"
    );
    db.prepare_cached(&query)?.query_map([phrase.as_str(), name.trim()], |row| row.get(0))?.collect()
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
