//! Looks at all that a ledger holds, and says what is off: nothing is taken on trust, not even SQLite's word.

use std::collections::BTreeMap;

use onrecord::{Act, blocks};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;

use crate::open::Sql;
use crate::{Ledger, LedgerError, back, correct, id, spans, tally};

/// What was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Check {
    /// The pages of the file, and that each index agrees with its table.
    File,
    /// That whatever a row speaks of is there.
    References,
    /// That the full-text indexes hold the words that are there, and no others.
    Index,
    /// That each text is the one whose hash was kept, and each article one without a gap in its versions.
    Texts,
    /// That each statement's spans lie in its text, and its words are those of its spans.
    Spans,
    /// That what is counted of those who speak is what they say.
    Counts,
    /// That each statement is past, held or rejected as its reading, version and corrections say.
    States,
}

/// Something that is off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Complaint {
    /// Which check found it.
    pub check: Check,
    /// Where, and what.
    pub what: String,
}

/// What was looked at, and what is off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// How many articles.
    pub articles: u64,
    /// How many versions of them.
    pub versions: u64,
    /// How many statements, past ones too.
    pub statements: u64,
    /// All that is off; nothing, if the ledger is sound.
    pub complaints: Vec<Complaint>,
}

/// The checks, each with what it does.
type Look = fn(&Connection, &mut Verified) -> Sql<()>;
const CHECKS: [(Check, Look); 7] = [
    (Check::File, file),
    (Check::References, references),
    (Check::Index, index),
    (Check::Texts, texts),
    (Check::Spans, statements),
    (Check::Counts, counts),
    (Check::States, states),
];

impl Verified {
    fn complain(&mut self, check: Check, what: impl Into<String>) {
        self.complaints.push(Complaint { check, what: what.into() });
    }
}

impl Ledger {
    /// Checks everything. A check that the state of the file does not let finish is a complaint itself.
    ///
    /// # Errors
    ///
    /// Another writer holds the ledger, or it is read-only: the full-text index can only be checked by a writer.
    pub fn verify(&mut self) -> Result<Verified, LedgerError> {
        let mut verified = Verified::default();
        for (check, look) in CHECKS {
            if let Err(error) = look(&self.db, &mut verified) {
                match LedgerError::of(&self.path, error) {
                    error @ (LedgerError::Busy(_) | LedgerError::ReadOnly(_)) => return Err(error),
                    error => verified.complain(check, error.to_string()),
                }
            }
        }
        Ok(verified)
    }

    /// Makes the full-text indexes and the counts anew from what is kept, at the end of the commit as always.
    ///
    /// # Errors
    ///
    /// The ledger cannot be written.
    pub fn mend(&mut self) -> Result<(), LedgerError> {
        self.run(|db| {
            db.execute_batch(
                "INSERT INTO said_words (said_words) VALUES ('delete-all'); \
                 INSERT INTO name_words (name_words) VALUES ('delete-all'); \
                 INSERT INTO title_words (title_words) VALUES ('delete-all'); \
                 UPDATE indexed SET statement = 0, name = 0, version = 0;",
            )?;
            tally::make_anew(db)
        })
    }
}

fn file(db: &Connection, verified: &mut Verified) -> Sql<()> {
    let mut query = db.prepare("PRAGMA integrity_check")?;
    for line in query.query_map([], |row| row.get::<_, String>(0))? {
        let line = line?;
        if line != "ok" {
            verified.complain(Check::File, line);
        }
    }
    Ok(())
}

fn references(db: &Connection, verified: &mut Verified) -> Sql<()> {
    let mut query = db.prepare("PRAGMA foreign_key_check")?;
    let complaint = |row: &Row<'_>| {
        let (table, id, parent): (String, Option<i64>, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let id = id.map_or_else(|| "a row".to_owned(), |id| format!("row {id}"));
        Ok(format!("{table}: {id} speaks of a row of {parent} that is not there"))
    };
    for complaint in query.query_map([], complaint)? {
        verified.complain(Check::References, complaint?);
    }
    for (table, parent) in [("utterance_key", "statement"), ("passage_key", "version")] {
        let query = format!("SELECT count(*) FROM {table} WHERE {parent} NOT IN (SELECT id FROM {parent})");
        let missing: i64 = db.query_row(&query, [], |row| row.get(0))?;
        if missing > 0 {
            let what = format!("{table}: {missing} rows speak of a row of {parent} that is not there");
            verified.complain(Check::References, what);
        }
    }
    Ok(())
}

fn index(db: &Connection, verified: &mut Verified) -> Sql<()> {
    for table in ["said_words", "name_words", "title_words"] {
        // with the rank 1 the index is compared with the words that it is of, not only with itself
        let check = format!("INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)");
        match db.execute_batch(&check) {
            Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseCorrupt) => {
                let what = format!(
                    "{table}: other words than those of the statements, names or articles (`onrecord verify --mend` makes it anew)"
                );
                verified.complain(Check::Index, what);
            }
            result => result?,
        }
    }
    Ok(())
}

fn texts(db: &Connection, verified: &mut Verified) -> Sql<()> {
    let query = "SELECT a.key, v.number, v.text, v.sha256, a.id, v.blocks FROM version v JOIN article a ON a.id = v.article \
                 ORDER BY a.id, v.number";
    let mut query = db.prepare(query)?;
    let mut rows = query.query([])?;
    let mut last = (0, 0);
    while let Some(row) = rows.next()? {
        let (key, number, article): (String, u32, i64) = (row.get(0)?, row.get(1)?, row.get(4)?);
        let expected = if last.0 == article { last.1 + 1 } else { 1 };
        if number != expected {
            verified.complain(Check::Texts, format!("article {key}: version {expected} is missing"));
        }
        if id::sha256(row.get_ref(2)?.as_bytes()?) != row.get::<_, String>(3)? {
            verified.complain(
                Check::Texts,
                format!("article {key}, version {number}: the text has another hash"),
            );
        }
        if blocks::from_json(&back::blocks_of(row, 5)?, row.get_ref(2)?.as_str()?).is_none() {
            verified.complain(
                Check::Texts,
                format!("article {key}, version {number}: a block does not lie in the text"),
            );
        }
        verified.versions += 1;
        verified.articles += u64::from(last.0 != article);
        last = (article, number);
    }
    Ok(())
}

fn statements(db: &Connection, verified: &mut Verified) -> Sql<()> {
    let mut query = db.prepare(
        "SELECT s.key, s.source, s.cue, s.content, s.words, s.when_span, s.where_span, s.act, v.text, s.version \
         FROM statement s JOIN version v ON v.id = s.version ORDER BY s.version, s.id",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        verified.statements += 1;
        if let Some(what) = complaint(row)? {
            verified.complain(Check::Spans, format!("statement {}: {what}", id::shown(row.get(0)?)));
        }
    }
    links(db, verified)
}

/// What is wrong with a statement.
fn complaint(row: &Row<'_>) -> Sql<Option<String>> {
    let Ok(text) = row.get_ref(8)?.as_str() else {
        return Ok(Some("the article's text is no UTF-8".to_owned()));
    };
    for (column, role) in [(1, "source"), (2, "cue"), (3, "content"), (5, "when"), (6, "where")] {
        let json: Option<String> = row.get(column)?;
        let Some(spans) = json.map_or(Some(Vec::new()), |json| spans::from_json(&json, text)) else {
            return Ok(Some(format!("the {role} does not lie in the text")));
        };
        if role == "content" && row.get_ref(4)?.as_str()? != spans::words(&spans, text) {
            return Ok(Some("its words are not those of its content".to_owned()));
        }
    }
    let act = row.get_ref(7)?.as_str()?;
    Ok(Act::from_word(act).is_none().then(|| format!("{act:?} is no act")))
}

/// The evidence of each link lies in the text of the statement that it begins from.
fn links(db: &Connection, verified: &mut Verified) -> Sql<()> {
    let mut query = db.prepare(
        "SELECT s.key, link.evidence, v.text FROM link JOIN statement s ON s.id = link.from_statement \
         JOIN version v ON v.id = s.version",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        if spans::from_json(row.get_ref(1)?.as_str()?, row.get_ref(2)?.as_str()?).is_none() {
            let what = format!(
                "statement {}: the evidence of a link does not lie in the text",
                id::shown(row.get(0)?)
            );
            verified.complain(Check::Spans, what);
        }
    }
    Ok(())
}

fn counts(db: &Connection, verified: &mut Verified) -> Sql<()> {
    for entity in tally::wrong(db)? {
        let name = "SELECT name FROM entity WHERE id = ?1";
        let name: Option<String> = db.query_row(name, [entity], |row| row.get(0)).optional()?;
        let what = format!(
            "{}: counts that are not those of the statements (`onrecord verify --mend` makes them anew)",
            name.unwrap_or_else(|| "all together".to_owned())
        );
        verified.complain(Check::Counts, what);
    }
    Ok(())
}

fn states(db: &Connection, verified: &mut Verified) -> Sql<()> {
    let query = "SELECT s.key, s.state, \
          s.reading = (SELECT max(r.id) FROM reading r WHERE r.version = s.version) AND \
          s.version = (SELECT w.id FROM version w WHERE w.article = v.article ORDER BY w.number DESC LIMIT 1), \
          s.id, EXISTS (SELECT 1 FROM correction c WHERE c.statement = s.key) \
             OR EXISTS (SELECT 1 FROM overruled o WHERE o.statement = s.id) \
          FROM statement s JOIN version v ON v.id = s.version";
    let mut query = db.prepare(query)?;
    let mut rows = query.query([])?;
    let mut wrong: BTreeMap<String, usize> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (state, last, spoken_of): (i64, bool, bool) = (row.get(1)?, row.get(2)?, row.get(4)?);
        let rejected = spoken_of && correct::is_rejected(db, row.get(3)?, row.get(0)?)?;
        let expected = match (last, rejected) {
            (false, _) => 1,
            (true, true) => 2,
            (true, false) => 0,
        };
        if state != expected {
            let what = format!(
                "statement {} is marked {}, and should be {}",
                id::shown(row.get(0)?),
                name(state),
                name(expected)
            );
            *wrong.entry(what).or_default() += 1;
        }
    }
    for what in wrong.into_keys() {
        verified.complain(Check::States, what);
    }
    Ok(())
}

fn name(state: i64) -> &'static str {
    match state {
        0 => "held",
        1 => "past",
        2 => "rejected",
        _ => "nothing known",
    }
}
