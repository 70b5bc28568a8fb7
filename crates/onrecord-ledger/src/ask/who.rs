//! Somebody's profile: under which names and roles they are found, what they do, how, when, and what is disputed.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use super::decided::decisions;
use super::wanted::ROW_OF_TURN;
use super::{DecisionNote, Entity, EntityNote, Kept, Question, Topic};
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
    /// What they speak of, what stands out most first; ten at most.
    pub topics: Vec<Topic>,
    /// How often in each month, in the order of time.
    pub months: Vec<Count>,
    /// What they said that others dispute, the latest first; ten at most.
    pub disputed: Vec<Kept>,
    /// How many of their statements dispute another one.
    pub disputing: u64,
    /// Others who may have been meant, those who speak most first; ten at most.
    pub others: Vec<EntityNote>,
    /// What users decided on who they are, the first decision first.
    pub decisions: Vec<DecisionNote>,
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

/// More of a kind than this nobody reads.
const MOST: usize = 12;

/// So many topics are told.
const TOPICS: usize = 10;

impl Ledger {
    /// The profile of whoever is called so. Of several the one whose whole name it is, else who speaks most; the
    /// others are named.
    ///
    /// # Errors
    ///
    /// Nobody is called so, or the ledger cannot be read.
    pub fn who(&self, name: &str) -> Result<Profile, LedgerError> {
        let mut notes = self.entities(name)?.into_iter();
        let Some(note) = notes.next() else { return Err(LedgerError::NoEntity(name.to_owned())) };
        self.profile_of(note.entity, notes.take(10).collect())
    }

    /// The profile of an entity by its number, wherever it was merged.
    ///
    /// # Errors
    ///
    /// There is none, or the ledger cannot be read.
    pub fn profile(&self, entity: u64) -> Result<Profile, LedgerError> {
        let entity = self.entity(entity)?;
        self.profile_of(entity, Vec::new())
    }

    fn profile_of(&self, entity: Entity, others: Vec<EntityNote>) -> Result<Profile, LedgerError> {
        let speaks = Question { entity: Some(entity.id), ..Question::default() };
        let topics = self.topics(&speaks, TOPICS)?;
        self.told(profile(&self.db, entity, topics, others))
    }

    /// The entity with this number, or the one that it was merged into.
    ///
    /// # Errors
    ///
    /// There is none, or the ledger cannot be read.
    pub fn entity(&self, number: u64) -> Result<Entity, LedgerError> {
        let query = "SELECT e.id, e.name, e.kind, e.known FROM entity old \
                     JOIN entity e ON e.id = coalesce(old.merged_into, old.id) WHERE old.id = ?1";
        let found = self.told((|| {
            let mut query = self.db.prepare_cached(query)?;
            query.query_row([number.cast_signed()], |row| super::people::entity(row, 0)).optional()
        })())?;
        found.ok_or_else(|| LedgerError::NoEntity(format!("@{number}")))
    }
}

fn profile(db: &Connection, entity: Entity, topics: Vec<Topic>, others: Vec<EntityNote>) -> Sql<Profile> {
    let id = entity.id.cast_signed();
    Ok(Profile {
        statements: sum(db, id, "act")?,
        articles: sum(db, id, "article")?,
        days: day(db, id, "min", "")?.zip(day(db, id, "max", "DESC")?),
        spellings: spellings(db, id)?,
        roles: commonest(db, id, "role")?,
        acts: commonest(db, id, "act")?,
        channels: commonest(db, id, "channel")?,
        addressees: addressees(db, id)?,
        publishers: commonest(db, id, "publisher")?,
        topics,
        months: months(db, id)?,
        disputed: disputed(db, id)?,
        disputing: disputing(db, id)?,
        decisions: decisions(db, id)?,
        entity,
        others,
    })
}

/// How often all of one kind was counted.
fn sum(db: &Connection, entity: i64, what: &str) -> Sql<u64> {
    let query = "SELECT coalesce(sum(count), 0) FROM tally WHERE entity = ?1 AND what = ?2";
    db.prepare_cached(query)?
        .query_row(params![entity, what], |row| row.get::<_, i64>(0))
        .map(i64::cast_unsigned)
}

/// The commonest first, and of those the first by the alphabet.
fn commonest(db: &Connection, entity: i64, what: &str) -> Sql<Vec<Count>> {
    let query = format!(
        "SELECT value, count FROM tally WHERE entity = ?1 AND what = ?2 ORDER BY count DESC, value LIMIT {MOST}"
    );
    db.prepare_cached(&query)?.query_map(params![entity, what], count)?.collect()
}

fn months(db: &Connection, entity: i64) -> Sql<Vec<Count>> {
    let query = "SELECT value, count FROM tally WHERE entity = ?1 AND what = 'month' ORDER BY value";
    db.prepare_cached(query)?.query_map([entity], count)?.collect()
}

/// The first or the last day on which somebody speaks: under each name the index has it at its end.
fn day(db: &Connection, entity: i64, end: &str, order: &str) -> Sql<Option<String>> {
    let query = format!(
        "SELECT {end}((SELECT v.day FROM voice v CROSS JOIN statement s ON s.id = v.statement \
           WHERE v.name = n.id AND v.part = 0 AND v.day IS NOT NULL AND s.state = 0 ORDER BY v.day {order} LIMIT 1)) \
         FROM name n WHERE n.entity = ?1"
    );
    db.prepare_cached(&query)?.query_row([entity], |row| row.get(0))
}

fn disputed(db: &Connection, entity: i64) -> Sql<Vec<Kept>> {
    let query = format!(
        "SELECT {ROW_OF_TURN} FROM tally WHERE entity = ?1 AND what = 'disputed' ORDER BY value DESC LIMIT 10"
    );
    let rows: Vec<i64> =
        db.prepare_cached(&query)?.query_map([entity], |row| row.get(0))?.collect::<Sql<_>>()?;
    rows.into_iter().map(|row| super::load(db, row)).collect()
}

fn disputing(db: &Connection, entity: i64) -> Sql<u64> {
    let query = "SELECT count(*) FROM tally WHERE entity = ?1 AND what = 'disputing'";
    db.prepare_cached(query)?.query_row([entity], |row| row.get::<_, i64>(0)).map(i64::cast_unsigned)
}

/// The count in the first two columns of a row.
pub(super) fn count(row: &Row<'_>) -> Sql<Count> {
    Ok(Count { what: row.get(0)?, count: row.get::<_, i64>(1)?.cast_unsigned() })
}

fn addressees(db: &Connection, entity: i64) -> Sql<Vec<Count>> {
    let query = format!(
        "SELECT coalesce(other.name, met.spelling), sum(count) FROM tally JOIN name met ON met.id = tally.value \
         LEFT JOIN entity other ON other.id = met.entity \
         WHERE tally.entity = ?1 AND what = 'addressee' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST}"
    );
    db.prepare_cached(&query)?.query_map([entity], count)?.collect()
}

fn spellings(db: &Connection, entity: i64) -> Sql<Vec<Spelling>> {
    let query = "SELECT n.spelling, coalesce(t.count, 0), n.reason, other.spelling FROM name n \
                 LEFT JOIN tally t ON t.entity = n.entity AND t.what = 'name' AND t.value = +n.id \
                 LEFT JOIN name other ON other.id = n.like_name WHERE n.entity = ?1 ORDER BY 2 DESC, n.id";
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
