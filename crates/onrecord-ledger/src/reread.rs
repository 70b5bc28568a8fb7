//! Articles read anew, by another model: what it finds holds from then on, what people corrected stays corrected, and
//! what changed is told.

use std::collections::BTreeMap;

use onrecord::{Article, Record};
use rusqlite::{Connection, params};
use serde::Serialize;

use crate::keep::{Prepared, Read, Reading, read_again};
use crate::open::Sql;
use crate::{Ledger, LedgerError, back, id};

/// What another reading of one article changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reread {
    /// What the article is known by.
    pub article: String,
    /// The statements that were changed, came or went.
    pub changes: Vec<Change>,
    /// How many are as they were.
    pub same: usize,
}

/// What became of one statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Its identifier.
    pub id: String,
    /// What became of it: `new`, `gone` or `changed`.
    pub what: &'static str,
    /// What stood there: its act, its speakers, its words.
    pub before: Option<String>,
    /// What stands there now.
    pub after: Option<String>,
}

impl Ledger {
    /// The articles whose last version this model has not read, with the row of that version: what is to be read anew.
    ///
    /// # Errors
    ///
    /// The ledger cannot be read.
    pub fn unread(&self, model: &str) -> Result<Vec<Unread>, LedgerError> {
        let query = "SELECT v.id FROM version v WHERE v.number = (SELECT max(w.number) FROM version w WHERE w.article = v.article) \
                     AND (SELECT r.model FROM reading r WHERE r.version = v.id ORDER BY r.id DESC LIMIT 1) IS NOT ?1 ORDER BY v.id";
        self.told((|| {
            let mut query = self.db.prepare(query)?;
            query.query_map([model], |row| Ok(Unread { version: row.get(0)? }))?.collect()
        })())
    }

    /// The article that is to be read anew.
    ///
    /// # Errors
    ///
    /// The ledger cannot be read.
    pub fn article_of(&self, unread: Unread) -> Result<Article, LedgerError> {
        self.told(back::article(&self.db, unread.version))
    }

    /// Puts another reading in the place of the last one, and tells what changed. What people corrected stays so.
    ///
    /// # Errors
    ///
    /// The ledger cannot be written; then the last reading holds.
    pub fn reread(
        &mut self,
        unread: Unread,
        record: &Record,
        reading: &Reading,
    ) -> Result<Reread, LedgerError> {
        let read = Read { record: record.clone(), place: String::new() };
        let prepared = Prepared::outlined(read, reading.least_confidence);
        self.run(|db| {
            let before = told(db, unread.version)?;
            db.execute(
                "UPDATE statement SET state = 1 WHERE state <> 1 AND reading IN (SELECT id FROM reading WHERE version = ?1)",
                params![unread.version],
            )?;
            read_again(db, unread.version, &prepared, reading)?;
            Ok(changes(record.article.id.clone(), before, told(db, unread.version)?))
        })
    }
}

/// An article that is to be read anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unread {
    version: i64,
}

/// The statements of a version that hold or are rejected, in short, by their keys.
fn told(db: &Connection, version: i64) -> Sql<BTreeMap<i64, String>> {
    let query = "SELECT s.key, CASE s.state WHEN 2 THEN 'rejected: ' ELSE '' END || s.act || \
                 CASE s.negated WHEN 1 THEN ' (not)' ELSE '' END || ', ' || \
                 coalesce((SELECT group_concat(n.spelling, ' and ') FROM voice v JOIN name n ON n.id = v.name \
                   WHERE v.statement = s.id AND v.part = 0), 'nobody named') || ': ' || s.words \
                 FROM statement s WHERE s.state <> 1 AND s.reading IN (SELECT id FROM reading WHERE version = ?1)";
    db.prepare_cached(query)?.query_map([version], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

fn changes(article: String, before: BTreeMap<i64, String>, mut after: BTreeMap<i64, String>) -> Reread {
    let mut reread = Reread { article, ..Reread::default() };
    for (key, was) in before {
        let is = after.remove(&key);
        if is.as_ref() == Some(&was) {
            reread.same += 1;
        } else {
            let what = if is.is_some() { "changed" } else { "gone" };
            reread.changes.push(Change { id: id::shown(key), what, before: Some(was), after: is });
        }
    }
    let new = |(key, is)| Change { id: id::shown(key), what: "new", before: None, after: Some(is) };
    reread.changes.extend(after.into_iter().map(new));
    reread
}
