//! Somebody's profile: under which names and roles they are found, what they do, how, when, and what is disputed.

use rusqlite::{Connection, Row};
use serde::Serialize;

use super::{Entity, EntityNote, Kept};
use crate::open::Sql;
use crate::{Ledger, LedgerError};

/// What the ledger has of somebody.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Profile {
    /// Who.
    pub entity: Entity,
    /// In how many statements that hold they speak.
    pub statements: u64,
    /// In how many articles.
    pub articles: u64,
    /// The first and the last day on which they speak.
    pub days: Option<(String, String)>,
    /// Under which names, the commonest first.
    pub spellings: Vec<Spelling>,
    /// With which descriptions, the commonest first.
    pub roles: Vec<Count>,
    /// What they do.
    pub acts: Vec<Count>,
    /// How.
    pub channels: Vec<Count>,
    /// To whom.
    pub addressees: Vec<Count>,
    /// Which outlets quote them.
    pub publishers: Vec<Count>,
    /// How often in each month, in the order of time.
    pub months: Vec<Count>,
    /// What they said that others dispute, the latest first; ten at most.
    pub disputed: Vec<Kept>,
    /// How many of their statements dispute another one.
    pub disputing: u64,
    /// Others who may have been meant, those who speak most first; ten at most.
    pub others: Vec<EntityNote>,
}

/// Something and how often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// What.
    pub what: String,
    /// How often.
    pub count: u64,
}

/// A name that somebody is found under.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Spelling {
    /// The name.
    pub name: String,
    /// In how many statements that hold they speak under it.
    pub statements: u64,
    /// Why it is held to be theirs.
    pub reason: String,
    /// The name that the reason speaks of.
    pub like: Option<String>,
}

/// The statements that hold in which an entity speaks, by which the parts of a profile are counted.
const SPOKEN: &str = "name n JOIN voice v ON v.name = n.id AND v.part = 0 \
                      JOIN statement s ON s.id = v.statement AND s.state = 0";

/// More of a kind than this nobody reads.
const MOST: usize = 12;

impl Ledger {
    /// The profile of whoever is called so. Of several the one whose whole name it is, else who speaks most; the
    /// others are named.
    ///
    /// # Errors
    ///
    /// Nobody is called so, or the ledger cannot be read.
    pub fn who(&self, name: &str) -> Result<Profile, LedgerError> {
        let mut notes = self.entities(name)?.into_iter();
        let Some(EntityNote { entity, statements }) = notes.next() else {
            return Err(LedgerError::NoEntity(name.to_owned()));
        };
        self.told(profile(&self.db, entity, statements, notes.take(10).collect()))
    }

    /// The profile of an entity by its number, wherever it was merged.
    ///
    /// # Errors
    ///
    /// There is none, or the ledger cannot be read.
    pub fn profile(&self, entity: u64) -> Result<Profile, LedgerError> {
        let query = "SELECT e.id, e.name, e.kind, e.known FROM entity old \
                     JOIN entity e ON e.id = coalesce(old.merged_into, old.id) WHERE old.id = ?1";
        let mut found = self.told((|| {
            let mut query = self.db.prepare_cached(query)?;
            query.query_map([entity.cast_signed()], super::people::entity)?.collect::<Sql<Vec<Entity>>>()
        })())?;
        let entity = found.pop().ok_or_else(|| LedgerError::NoEntity(entity.to_string()))?;
        self.told((|| {
            let query = format!("SELECT count(*) FROM {SPOKEN} WHERE n.entity = ?1");
            let count: i64 = self.db.query_row(&query, [entity.id.cast_signed()], |row| row.get(0))?;
            profile(&self.db, entity, count.cast_unsigned(), Vec::new())
        })())
    }
}

fn profile(db: &Connection, entity: Entity, statements: u64, others: Vec<EntityNote>) -> Sql<Profile> {
    let id = entity.id.cast_signed();
    let counts = |what: &str, more: &str, order: &str| counts(db, id, what, more, order);
    let common = format!("2 DESC, 1 LIMIT {MOST}");
    let (articles, first, last) = extent(db, id)?;
    Ok(Profile {
        statements,
        articles,
        days: first.zip(last),
        spellings: spellings(db, id)?,
        roles: counts("v.role", "", &common)?,
        acts: counts("s.act", "", &common)?,
        channels: counts("s.channel", "", &common)?,
        addressees: counts(
            "coalesce(other.name, met.spelling)",
            "JOIN voice told ON told.statement = s.id AND told.part = 1 JOIN name met ON met.id = told.name \
             LEFT JOIN entity other ON other.id = met.entity",
            &common,
        )?,
        publishers: counts("version.publisher", "JOIN version ON version.id = s.version", &common)?,
        months: counts("substr(s.day, 1, 7)", "", "1")?,
        disputed: disputed(db, id)?,
        disputing: disputing(db, id)?,
        entity,
        others,
    })
}

/// How often each value stands in the statements of an entity.
fn counts(db: &Connection, entity: i64, what: &str, more: &str, order: &str) -> Sql<Vec<Count>> {
    let query = format!(
        "SELECT {what}, count(*) FROM {SPOKEN} {more} WHERE n.entity = ?1 AND {what} IS NOT NULL \
         GROUP BY 1 ORDER BY {order}"
    );
    db.prepare_cached(&query)?.query_map([entity], count)?.collect()
}

/// The count in the first two columns of a row.
pub(super) fn count(row: &Row<'_>) -> Sql<Count> {
    Ok(Count { what: row.get(0)?, count: row.get::<_, i64>(1)?.cast_unsigned() })
}

fn extent(db: &Connection, entity: i64) -> Sql<(u64, Option<String>, Option<String>)> {
    let query =
        format!("SELECT count(DISTINCT s.version), min(s.day), max(s.day) FROM {SPOKEN} WHERE n.entity = ?1");
    let values = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get(1)?, row.get(2)?));
    db.prepare_cached(&query)?.query_row([entity], values)
}

fn spellings(db: &Connection, entity: i64) -> Sql<Vec<Spelling>> {
    let query = "SELECT n.spelling, (SELECT count(*) FROM voice v JOIN statement s ON s.id = v.statement \
                   WHERE v.name = n.id AND v.part = 0 AND s.state = 0) AS statements, n.reason, other.spelling \
                 FROM name n LEFT JOIN name other ON other.id = n.like_name \
                 WHERE n.entity = ?1 ORDER BY statements DESC, n.id";
    let spelling = |row: &Row<'_>| {
        Ok(Spelling {
            name: row.get(0)?,
            statements: row.get::<_, i64>(1)?.cast_unsigned(),
            reason: row.get(2)?,
            like: row.get(3)?,
        })
    };
    db.prepare_cached(query)?.query_map([entity], spelling)?.collect()
}

const DISPUTE: &str = "link.relation = 'disputes' AND other.state = 0";

fn disputed(db: &Connection, entity: i64) -> Sql<Vec<Kept>> {
    let query = format!(
        "SELECT DISTINCT s.id, s.day FROM {SPOKEN} JOIN link ON link.to_statement = s.id \
         JOIN statement other ON other.id = link.from_statement \
         WHERE n.entity = ?1 AND {DISPUTE} ORDER BY s.day DESC, s.id LIMIT 10"
    );
    let rows: Vec<i64> =
        db.prepare_cached(&query)?.query_map([entity], |row| row.get(0))?.collect::<Sql<_>>()?;
    rows.into_iter().map(|row| super::load(db, row)).collect()
}

fn disputing(db: &Connection, entity: i64) -> Sql<u64> {
    let query = format!(
        "SELECT count(DISTINCT s.id) FROM {SPOKEN} JOIN link ON link.from_statement = s.id \
         JOIN statement other ON other.id = link.to_statement WHERE n.entity = ?1 AND {DISPUTE}"
    );
    db.prepare_cached(&query)?.query_row([entity], |row| row.get::<_, i64>(0)).map(i64::cast_unsigned)
}
