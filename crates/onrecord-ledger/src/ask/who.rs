//! Somebody's profile: under which names and roles they are found, what they do, how, when, and what is disputed.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;

use super::decided::decisions;
use super::{DecisionNote, Entity, EntityNote, Kept};
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
        self.told(profile(&self.db, note.entity, notes.take(10).collect()))
    }

    /// The profile of an entity by its number, wherever it was merged.
    ///
    /// # Errors
    ///
    /// There is none, or the ledger cannot be read.
    pub fn profile(&self, entity: u64) -> Result<Profile, LedgerError> {
        let entity = self.entity(entity)?;
        self.told(profile(&self.db, entity, Vec::new()))
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

/// What is counted in one pass over the statements of an entity: those who speak most have hundreds of thousands.
#[derive(Default)]
struct Tally {
    statements: u64,
    disputing: u64,
    disputed: BTreeSet<(Option<String>, i64)>,
    versions: BTreeMap<i64, u64>,
    names: BTreeMap<i64, u64>,
    roles: BTreeMap<String, u64>,
    acts: BTreeMap<String, u64>,
    channels: BTreeMap<String, u64>,
    days: BTreeMap<String, u64>,
}

/// The statements that hold in which an entity speaks.
const SPOKEN: &str = "SELECT n.id, s.id, s.version, v.role, s.act, s.channel, s.day, \
    EXISTS (SELECT 1 FROM link l JOIN statement o ON o.id = l.from_statement AND o.state = 0 \
            WHERE l.to_statement = s.id AND l.relation = 'disputes'), \
    EXISTS (SELECT 1 FROM link l JOIN statement o ON o.id = l.to_statement AND o.state = 0 \
            WHERE l.from_statement = s.id AND l.relation = 'disputes') \
    FROM name n JOIN voice v ON v.name = n.id AND v.part = 0 JOIN statement s ON s.id = v.statement AND s.state = 0 \
    WHERE n.entity = ?1";

impl Tally {
    fn of(db: &Connection, entity: i64) -> Sql<Tally> {
        let mut query = db.prepare_cached(SPOKEN)?;
        let mut rows = query.query([entity])?;
        let mut tally = Tally::default();
        while let Some(row) = rows.next()? {
            tally.add(row)?;
        }
        Ok(tally)
    }

    fn add(&mut self, row: &Row<'_>) -> Sql<()> {
        self.statements += 1;
        *self.names.entry(row.get(0)?).or_default() += 1;
        *self.versions.entry(row.get(2)?).or_default() += 1;
        for (column, counts) in
            [(3, &mut self.roles), (4, &mut self.acts), (5, &mut self.channels), (6, &mut self.days)]
        {
            if let Some(value) = row.get_ref(column)?.as_str_or_null()? {
                match counts.get_mut(value) {
                    Some(count) => *count += 1,
                    None => _ = counts.insert(value.to_owned(), 1),
                }
            }
        }
        if row.get(7)? {
            self.disputed.insert((row.get(6)?, row.get(1)?));
        }
        self.disputing += u64::from(row.get::<_, bool>(8)?);
        Ok(())
    }

    fn months(&self) -> Vec<Count> {
        let mut months: BTreeMap<&str, u64> = BTreeMap::new();
        for (day, count) in &self.days {
            *months.entry(day.get(..7).unwrap_or(day)).or_default() += count;
        }
        months.into_iter().map(|(month, count)| Count { what: month.to_owned(), count }).collect()
    }

    fn publishers(&self, db: &Connection) -> Sql<Vec<Count>> {
        let mut query = db.prepare_cached("SELECT publisher FROM version WHERE id = ?1")?;
        let mut publishers: BTreeMap<String, u64> = BTreeMap::new();
        for (version, count) in &self.versions {
            if let Some(publisher) = query.query_row([version], |row| row.get(0))? {
                *publishers.entry(publisher).or_default() += count;
            }
        }
        Ok(commonest(publishers))
    }
}

/// The commonest first, and of those the first by the alphabet.
fn commonest(counts: BTreeMap<String, u64>) -> Vec<Count> {
    let mut counts: Vec<Count> = counts.into_iter().map(|(what, count)| Count { what, count }).collect();
    counts.sort_by_key(|count| Reverse(count.count));
    counts.truncate(MOST);
    counts
}

fn profile(db: &Connection, entity: Entity, others: Vec<EntityNote>) -> Sql<Profile> {
    let id = entity.id.cast_signed();
    let tally = Tally::of(db, id)?;
    let ends = tally.days.first_key_value().zip(tally.days.last_key_value());
    let disputed = tally.disputed.iter().rev().take(10).map(|(_, row)| super::load(db, *row));
    Ok(Profile {
        statements: tally.statements,
        articles: tally.versions.len() as u64,
        days: ends.map(|(first, last)| (first.0.clone(), last.0.clone())),
        spellings: spellings(db, id, &tally.names)?,
        addressees: addressees(db, id)?,
        publishers: tally.publishers(db)?,
        months: tally.months(),
        disputed: disputed.collect::<Sql<_>>()?,
        disputing: tally.disputing,
        roles: commonest(tally.roles),
        acts: commonest(tally.acts),
        channels: commonest(tally.channels),
        decisions: decisions(db, id)?,
        entity,
        others,
    })
}

/// The count in the first two columns of a row.
pub(super) fn count(row: &Row<'_>) -> Sql<Count> {
    Ok(Count { what: row.get(0)?, count: row.get::<_, i64>(1)?.cast_unsigned() })
}

fn addressees(db: &Connection, entity: i64) -> Sql<Vec<Count>> {
    let query = format!(
        "SELECT coalesce(other.name, met.spelling), count(*) FROM name n JOIN voice v ON v.name = n.id AND v.part = 0 \
         JOIN voice told ON told.statement = v.statement AND told.part = 1 \
         JOIN statement s ON s.id = v.statement AND s.state = 0 JOIN name met ON met.id = told.name \
         LEFT JOIN entity other ON other.id = met.entity WHERE n.entity = ?1 GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST}"
    );
    db.prepare_cached(&query)?.query_map([entity], count)?.collect()
}

fn spellings(db: &Connection, entity: i64, counts: &BTreeMap<i64, u64>) -> Sql<Vec<Spelling>> {
    let query = "SELECT n.spelling, n.id, n.reason, other.spelling FROM name n \
                 LEFT JOIN name other ON other.id = n.like_name WHERE n.entity = ?1 ORDER BY n.id";
    let spelling = |row: &Row<'_>| {
        Ok(Spelling {
            name: row.get(0)?,
            statements: counts.get(&row.get(1)?).copied().unwrap_or_default(),
            reason: row.get(2)?,
            like: row.get(3)?,
        })
    };
    let mut spellings: Vec<Spelling> =
        db.prepare_cached(query)?.query_map([entity], spelling)?.collect::<Sql<_>>()?;
    spellings.sort_by_key(|spelling| Reverse(spelling.statements));
    Ok(spellings)
}
