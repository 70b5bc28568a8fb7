//! A statement that a person found and the model missed: a row in the reading that misses it.

use onrecord::analyse::outline;
use onrecord::{Act, Attribution, Quote, Scores, Span, Statement};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::again::place;
use super::facts::{self, Fact};
use super::settle::mark_missed;
use super::{Correction, NewRole, Said, fields, refused, relink, role, state};
use crate::open::Sql;
use crate::{Kept, Ledger, LedgerError, ask, back, id, spans};

/// Where a statement is missed.
struct Gap {
    version: i64,
    reading: i64,
    /// Of the version's text.
    sha256: String,
    text: String,
}

impl Ledger {
    /// Adds a statement that was not found in the last version of an article. `correction` says where its content stands,
    /// and what else is known of it. Unless it says who speaks, that is whoever speaks in another statement whose source
    /// has the same words; else nobody is named.
    ///
    /// # Errors
    ///
    /// There is no such article; its content is not told, or a role does not stand in the text; it is there already; or
    /// the ledger cannot be written.
    pub fn add(
        &mut self,
        article: &str,
        correction: &Correction,
        author: &str,
        at: &str,
    ) -> Result<Kept, LedgerError> {
        let gap = self.gap(article)?;
        let missed = missed(&gap.text, correction)?;
        let key = id::statement_key(article, &gap.sha256, &missed, 0);
        if let Some(there) = self.told(there(&self.db, &gap, (key, &missed.attribution)))? {
            let there = id::shown(there);
            return Err(refused(format!("statement {there} has these words: correct that one")));
        }
        let mut facts = vec![Fact::new(fields::REJECTED, false)];
        facts.extend(facts::of_fields(&Correction { rejected: None, ..correction.clone() })?);
        facts.extend(self.of_links(&correction.links)?);
        if correction.speakers.is_none() {
            facts.extend(self.told(speakers(&self.db, &gap, &missed))?);
        }
        self.run(|db| {
            let row = insert(db, &gap, (key, &missed))?;
            state(db, row, (&facts, correction.confirmed), Said { author, at })?;
            relink(db, &[row], &[row])?;
            ask::load(db, row)
        })
    }

    fn gap(&self, article: &str) -> Result<Gap, LedgerError> {
        let query = "SELECT v.id, (SELECT max(r.id) FROM reading r WHERE r.version = v.id), v.sha256, v.text \
                     FROM version v JOIN article a ON a.id = v.article WHERE a.key = ?1 ORDER BY v.number DESC LIMIT 1";
        let gap = |row: &Row<'_>| {
            Ok(Gap { version: row.get(0)?, reading: row.get(1)?, sha256: row.get(2)?, text: row.get(3)? })
        };
        let gap = self.told(self.db.query_row(query, [article], gap).optional())?;
        gap.ok_or_else(|| refused(format!("no article “{article}” in this ledger")))
    }
}

/// The statement with its roles where their words stand: the content first in the text, the others nearest to it.
fn missed(text: &str, correction: &Correction) -> Result<Statement, LedgerError> {
    let find = |new: &Option<NewRole>, name, near| {
        new.as_ref().map_or(Ok(Vec::new()), |new| role::find(text, new, name, near))
    };
    let content = find(&correction.content, "content", 0)?;
    let near = content.first().map_or(0, |span| span.range().start);
    let source = find(&correction.source, "source", near)?;
    let cue = find(&correction.cue, "cue", near)?;
    role::check(&source, &cue, &content)?;
    let quote = Quote::of(text, &content, &outline(text).quotations());
    Ok(Statement {
        attribution: Attribution {
            source,
            cue,
            content,
            quote,
            within: None,
            confidence: 1.0,
            scores: Scores::MARKED,
        },
        act: Act::State,
        negated: false,
        speakers: Vec::new(),
        addressees: Vec::new(),
        channel: None,
        when: None,
        place: None,
    })
}

/// The key of a statement that stands there already: it has the same cue, or the same cue and content under another key.
fn there(db: &Connection, gap: &Gap, (key, roles): (i64, &Attribution)) -> Sql<Option<i64>> {
    let query = "SELECT key FROM statement WHERE version = ?1 AND reading = ?2 \
                 AND (key = ?3 OR (cue = ?4 AND content = ?5)) LIMIT 1";
    let (cue, content) = (spans::to_json(&roles.cue), spans::to_json(&roles.content));
    db.query_row(query, params![gap.version, gap.reading, key, cue, content], |row| row.get(0)).optional()
}

/// Whoever speaks in a statement whose source has the same words.
fn speakers(db: &Connection, gap: &Gap, missed: &Statement) -> Sql<Option<Fact>> {
    let words = |source: &[Span]| spans::words(source, &gap.text);
    let source = words(&missed.attribution.source);
    let query = "SELECT id FROM statement WHERE version = ?1 AND state = 0 ORDER BY place";
    let rows: Vec<i64> =
        db.prepare(query)?.query_map([gap.version], |row| row.get(0))?.collect::<Sql<_>>()?;
    for row in rows {
        let (statement, _) = back::statement(db, row, &gap.text)?;
        if !source.is_empty() && words(&statement.attribution.source) == source {
            return Ok(Some(Fact {
                field: "speakers".to_owned(),
                other: None,
                value: fields::current(db, row, "speakers")?,
            }));
        }
    }
    Ok(None)
}

/// The row of a statement that is none until a person says that it is one.
fn insert(db: &Connection, gap: &Gap, (key, missed): (i64, &Statement)) -> Sql<i64> {
    let roles = &missed.attribution;
    let begin = roles.content.first().map_or(0, |span| span.begin);
    let insert = "INSERT INTO statement (key, reading, version, place, state, source, cue, content, words, quote, act, \
                  negated, confidence) \
                  VALUES (?1, ?2, ?3, ?4, 2, ?5, ?6, ?7, ?8, ?9, ?10, 0, 1.0)";
    db.execute(
        insert,
        params![
            key,
            gap.reading,
            gap.version,
            place(db, gap.reading, begin)?,
            spans::to_json(&roles.source),
            spans::to_json(&roles.cue),
            spans::to_json(&roles.content),
            spans::words(&roles.content, &gap.text),
            back::word(roles.quote),
            missed.act.word(),
        ],
    )?;
    let row = db.last_insert_rowid();
    mark_missed(db, row)?;
    fields::set_day(db, row)?;
    Ok(row)
}
