//! What people know better: facts with author and time, which win over whatever a model reads, and can be taken back.
//!
//! A statement stands as its reading has it, but for what people said of it: [`settle`] puts the one over the other, after
//! a correction, after it was taken back, and after another reading ([`again`]).

mod add;
mod again;
mod facts;
mod fields;
mod role;
mod settle;

use onrecord::{Act, Relation};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::keep::link_again;
use crate::open::Sql;
use crate::{Kept, Ledger, LedgerError, ask};

pub(crate) use again::stand;
use facts::Fact;
pub use role::NewRole;
pub(crate) use settle::is_rejected;
use settle::{settle, settle_links};

/// What is right of a statement. What is left out was right, or was not looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Correction {
    /// The words that name who is speaking.
    pub source: Option<NewRole>,
    /// The words that attribute.
    pub cue: Option<NewRole>,
    /// What is attributed.
    pub content: Option<NewRole>,
    /// What the speaker does.
    pub act: Option<Act>,
    /// Who speaks; an empty list: nobody is named.
    pub speakers: Option<Vec<NewVoice>>,
    /// Whom it is told.
    pub addressees: Option<Vec<NewVoice>>,
    /// How it was said; within, nothing: the report does not tell.
    pub channel: Option<Option<NewChannel>>,
    /// When it was said, as EDTF; within, nothing: the report does not tell.
    pub when: Option<Option<String>>,
    /// The report says that it was *not* said, thought or done.
    pub negated: Option<bool>,
    /// How it relates to other statements.
    pub links: Vec<NewLink>,
    /// It is no statement at all, or (`false`) it is one after all.
    pub rejected: Option<bool>,
    /// Somebody looked at all of it, and it is right as it stands then.
    pub confirmed: bool,
}

/// How something was said, as a person tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewChannel {
    /// One of the record's kinds.
    pub kind: String,
    /// The name of the outlet or platform.
    #[serde(default)]
    pub name: Option<String>,
}

/// Somebody as a person names them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewVoice {
    /// The name.
    pub name: String,
    /// `person`, `group`, `organisation`, `place`, `document` or `unknown`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Their description.
    #[serde(default)]
    pub role: Option<String>,
    /// A particular person whose words are relayed, unnamed.
    #[serde(default)]
    pub anonymous: bool,
}

/// How a statement relates to another one, as a person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLink {
    /// What it does to the other one.
    pub relation: Relation,
    /// The identifier of the other one, or its first digits.
    pub other: String,
    /// It does, or (`false`) it does not.
    pub holds: bool,
}

/// Who says so, and when (RFC 3339).
#[derive(Clone, Copy)]
struct Said<'a> {
    author: &'a str,
    at: &'a str,
}

impl Ledger {
    /// Corrects the statement with this identifier, or the only one that begins with these digits, and gives it as it
    /// stands then. The correction is a fact: `author` said so `at` (RFC 3339). It holds for every later reading too,
    /// until it is taken back.
    ///
    /// # Errors
    ///
    /// There is no such statement, or several; nothing is corrected, or to what cannot stand there; or the ledger cannot
    /// be written.
    pub fn correct(
        &mut self,
        id: &str,
        correction: &Correction,
        author: &str,
        at: &str,
    ) -> Result<Kept, LedgerError> {
        let row = self.statement_row(id)?;
        let facts = self.facts(row, correction)?;
        if facts.is_empty() && !correction.confirmed {
            return Err(refused("nothing is corrected: say what is right"));
        }
        self.run(|db| {
            state(db, row, (&facts, correction.confirmed), Said { author, at })?;
            ask::load(db, row)
        })
    }

    /// Takes back what was last corrected of a statement or of a link to it, all that was made together. What stood there
    /// before stands there again: an older correction, or what was read.
    ///
    /// # Errors
    ///
    /// There is no such statement, or several; nothing of it was corrected; or the ledger cannot be written.
    pub fn take_back(&mut self, id: &str, author: &str, at: &str) -> Result<Kept, LedgerError> {
        let row = self.statement_row(id)?;
        let last = "WITH own AS (SELECT key FROM statement WHERE id = ?1) SELECT coalesce(c.first, c.id) FROM standing c \
                    WHERE c.statement = (SELECT key FROM own) OR c.other = (SELECT key FROM own) ORDER BY c.id DESC LIMIT 1";
        let first: Option<i64> = self.told(self.db.query_row(last, [row], |row| row.get(0)).optional())?;
        let first = first.ok_or_else(|| refused("there is nothing to take back"))?;
        self.run(|db| {
            let insert = "INSERT INTO taken_back (correction, author, at) \
                          SELECT id, ?2, ?3 FROM standing WHERE coalesce(first, id) = ?1";
            db.execute(insert, params![first, author, at])?;
            settle_all(db, row)?;
            // what was linked may stand there for that alone
            for end in ends(db, first)?.into_iter().filter(|end| *end != row) {
                settle_all(db, end)?;
            }
            ask::load(db, row)
        })
    }
}

/// Writes what is right of a statement, one fact after the other, and lets it stand so.
fn state(db: &Connection, row: i64, (facts, confirmed): (&[Fact], bool), said: Said<'_>) -> Sql<()> {
    let mut first = None;
    for fact in facts {
        first = first.or(Some(write(db, row, fact, first, said)?));
    }
    settle_all(db, row)?;
    if confirmed {
        write(db, row, &facts::confirmed(db, row)?, first, said)?;
        settle_all(db, row)?;
    }
    Ok(())
}

/// Writes one fact, and gives its number.
fn write(db: &Connection, row: i64, fact: &Fact, first: Option<i64>, said: Said<'_>) -> Sql<i64> {
    let insert = "INSERT INTO correction (statement, field, other, value, was, first, author, at) \
                  SELECT key, ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM statement WHERE id = ?1";
    let was = settle::stands(db, row, fact)?;
    db.execute(insert, params![row, fact.field, fact.other, fact.value, was, first, said.author, said.at])?;
    Ok(db.last_insert_rowid())
}

/// The statements that were corrected together, and those at the other ends of their links.
fn ends(db: &Connection, first: i64) -> Sql<Vec<i64>> {
    let query = "SELECT max(s.id) FROM correction c JOIN statement s ON s.key IN (c.statement, c.other) \
                 WHERE coalesce(c.first, c.id) = ?1 GROUP BY s.key ORDER BY 1";
    db.prepare(query)?.query_map([first], |row| row.get(0))?.collect()
}

/// Lets a statement and its links stand as people have said last.
fn settle_all(db: &Connection, row: i64) -> Sql<()> {
    let reworded = settle(db, row)?;
    let row = [row];
    relink(db, &row, if reworded { &row } else { &[] })
}

/// Lets the links of statements stand as people have said, after those were linked anew whose words were not linked
/// before.
fn relink(db: &Connection, rows: &[i64], unlinked: &[i64]) -> Sql<()> {
    link_again(db, unlinked)?;
    rows.iter().try_for_each(|&row| settle_links(db, row))
}

fn refused(why: impl Into<String>) -> LedgerError {
    LedgerError::Refused(why.into())
}
