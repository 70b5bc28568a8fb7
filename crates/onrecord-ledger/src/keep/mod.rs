//! Records into the ledger: articles, their versions and readings, and the statements of each reading.

mod across;
mod mention;
mod names;
mod offices;
mod prepared;
mod statements;

use onrecord::{Article, Record};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

use across::Coming;

pub(crate) use across::diff;
pub(crate) use mention::Mention;
pub use prepared::Prepared;
pub(crate) use statements::{Voiced, day_of, replace_voices};

use crate::id::{article_key, digest};
use crate::open::Sql;
use crate::{Ledger, LedgerError, back, correct, tally};

/// By what and when records were read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The program and the model: another one may read another record out of the same text.
    pub model: String,
    /// Statements less sure than this are not kept, in `[0, 1]`.
    pub least_confidence: f32,
    /// The time of reading, RFC 3339.
    pub at: String,
}

/// A record, and where its article was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// What was read.
    pub record: Record,
    /// The input's name, and the line of JSONL: provenance, by which no article is told from another.
    pub place: String,
}

/// What became of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// What the article is known by in the ledger.
    pub article: String,
    /// Its version, counted from 1.
    pub version: u32,
    /// Whether it was new.
    pub outcome: Outcome,
    /// How many statements were kept now.
    pub statements: usize,
}

/// Whether an article was new to the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It was not there.
    New,
    /// It was there with another text, title, day or the like: this is a new version, and the older ones stay.
    Changed,
    /// It was there: nothing was written.
    Known,
}

impl Ledger {
    /// Keeps a record. The same article again, in any of its versions, changes nothing.
    ///
    /// # Errors
    ///
    /// The ledger cannot be written; then nothing of the record is in it.
    pub fn record(&mut self, read: &Read, reading: &Reading) -> Result<Receipt, LedgerError> {
        let prepared = Prepared::outlined(read.clone(), reading.least_confidence);
        let mut receipts = self.record_prepared(&[prepared], reading)?;
        // one for each
        Ok(receipts.remove(0))
    }

    /// Keeps records together: all, or none where one fails. Many at a time are written far faster.
    ///
    /// # Errors
    ///
    /// The ledger cannot be written; then nothing of the records is in it.
    pub fn record_all(&mut self, reads: &[Read], reading: &Reading) -> Result<Vec<Receipt>, LedgerError> {
        let prepare = |read: &Read| Prepared::outlined(read.clone(), reading.least_confidence);
        self.record_prepared(&reads.iter().map(prepare).collect::<Vec<_>>(), reading)
    }

    /// Keeps records as [`record_all`](Ledger::record_all) does that were made ready before, with the same least
    /// confidence.
    ///
    /// # Errors
    ///
    /// The ledger cannot be written; then nothing of the records is in it.
    pub fn record_prepared(
        &mut self,
        prepared: &[Prepared],
        reading: &Reading,
    ) -> Result<Vec<Receipt>, LedgerError> {
        self.run(|db| keep(db, prepared, reading))
    }

    /// The receipt of an article that is in the ledger as it stands: [`record`](Ledger::record) would change nothing,
    /// and it need not be read.
    ///
    /// # Errors
    ///
    /// The ledger cannot be read.
    pub fn receipt(&self, article: &Article) -> Result<Option<Receipt>, LedgerError> {
        let version = self.told(known(&self.db, article, &digest(article)))?;
        Ok(version.map(|version| Receipt::known(article, version)))
    }
}

impl Receipt {
    fn known(article: &Article, version: u32) -> Receipt {
        Receipt { article: article_key(article).to_owned(), version, outcome: Outcome::Known, statements: 0 }
    }
}

/// The number of the version that this article is, if the ledger has it.
fn known(db: &Connection, article: &Article, digest: &str) -> Sql<Option<u32>> {
    let query = "SELECT number FROM version JOIN article ON article.id = version.article \
                 WHERE article.key = ?1 AND digest = ?2";
    let mut query = db.prepare_cached(query)?;
    query.query_row([article_key(article), digest], |row| row.get(0)).optional()
}

fn keep(db: &Connection, prepared: &[Prepared], reading: &Reading) -> Sql<Vec<Receipt>> {
    let (mut receipts, mut coming) = (Vec::new(), Vec::new());
    for one in prepared {
        let article = &one.read.record.article;
        if let Some(version) = known(db, article, &one.digest)? {
            receipts.push(Receipt::known(article, version));
            continue;
        }
        let key = article_key(article).to_owned();
        let id = article_row(db, &key)?;
        let number = next_number(db, id)?;
        if number > 1 {
            // what came before is linked with what holds now, as if it had come alone
            finish(db, &std::mem::take(&mut coming))?;
            retire(db, id)?;
        }
        let version = insert_version(db, (id, number), one, &reading.at)?;
        let (of, rows) = read_version(db, (id, version), one, reading)?;
        let outcome = if number == 1 { Outcome::New } else { Outcome::Changed };
        receipts.push(Receipt { article: key, version: number, outcome, statements: rows.len() });
        coming.push(Coming::new(one, of, rows));
    }
    finish(db, &coming)?;
    Ok(receipts)
}

/// Links what came, and lets it stand as people have said.
fn finish(db: &Connection, coming: &[Coming<'_>]) -> Sql<()> {
    across::link(db, coming)?;
    coming.iter().try_for_each(|coming| correct::stand(db, coming.of, &coming.rows))
}

/// What the statements of one reading are of: rows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Of {
    pub(crate) article: i64,
    pub(crate) version: i64,
    pub(crate) reading: i64,
}

/// Adds a reading of a version of an article, and gives the rows of its statements.
fn read_version(
    db: &Connection,
    (article, version): (i64, i64),
    prepared: &Prepared,
    reading: &Reading,
) -> Sql<(Of, Vec<i64>)> {
    tally::leave(db, version)?;
    let insert = "INSERT INTO reading (version, model, least_confidence, at) VALUES (?1, ?2, ?3, ?4)";
    let values = params![version, reading.model, reading.least_confidence, reading.at];
    db.prepare_cached(insert)?.execute(values)?;
    let of = Of { article, version, reading: db.last_insert_rowid() };
    Ok((of, statements::insert(db, prepared, of)?))
}

/// Adds another reading of a version that was kept before, and links its statements.
pub(crate) fn read_again(db: &Connection, version: i64, prepared: &Prepared, reading: &Reading) -> Sql<()> {
    let query = "SELECT article FROM version WHERE id = ?1";
    let article = db.query_row(query, [version], |row| row.get(0))?;
    let (of, rows) = read_version(db, (article, version), prepared, reading)?;
    finish(db, &[Coming::new(prepared, of, rows)])
}

/// Links statements of one version anew with those of other articles, as their words are others now.
pub(crate) fn link_again(db: &Connection, rows: &[i64]) -> Sql<()> {
    let Some(first) = rows.first() else { return Ok(()) };
    let query = "SELECT v.article, v.id, s.reading FROM statement s JOIN version v ON v.id = s.version WHERE s.id = ?1";
    let of = db.query_row(query, [first], |row| {
        Ok(Of { article: row.get(0)?, version: row.get(1)?, reading: row.get(2)? })
    })?;
    let mut delete = db.prepare(
        "DELETE FROM link WHERE relation IN ('repeats', 'drifts') AND (from_statement = ?1 OR to_statement = ?1)",
    )?;
    rows.iter().try_for_each(|row| delete.execute([row]).map(|_| ()))?;
    let article = back::article(db, of.version)?;
    let statements =
        rows.iter().map(|&row| Ok(back::statement(db, row, &article.text)?.0)).collect::<Sql<_>>()?;
    let record = Record { article, statements, links: Vec::new(), times: None };
    let prepared = Prepared::of_statements(Read { record, place: String::new() });
    across::link(db, &[Coming::new(&prepared, of, rows.to_vec())])
}

/// The row of an article, made where there is none.
fn article_row(db: &Connection, key: &str) -> Sql<i64> {
    let mut query = db.prepare_cached("SELECT id FROM article WHERE key = ?1")?;
    if let Some(id) = query.query_row([key], |row| row.get(0)).optional()? {
        return Ok(id);
    }
    db.prepare_cached("INSERT INTO article (key) VALUES (?1)")?.execute([key])?;
    Ok(db.last_insert_rowid())
}

fn next_number(db: &Connection, article: i64) -> Sql<u32> {
    let query = "SELECT coalesce(max(number), 0) + 1 FROM version WHERE article = ?1";
    db.prepare_cached(query)?.query_row([article], |row| row.get(0))
}

/// The statements of an article's last version are past from now on.
fn retire(db: &Connection, article: i64) -> Sql<usize> {
    // by the readings, which have an index: else every article would cost a walk over all statements
    let update = "UPDATE statement SET state = 1 WHERE state <> 1 AND reading IN \
                  (SELECT r.id FROM version v JOIN reading r ON r.version = v.id WHERE v.article = ?1)";
    db.prepare_cached(update)?.execute([article])
}

fn insert_version(db: &Connection, number: (i64, u32), prepared: &Prepared, at: &str) -> Sql<i64> {
    let Prepared { read, digest, sha256, .. } = prepared;
    let of = &read.record.article;
    let insert = "INSERT INTO version (article, number, digest, text, sha256, url, title, authors, publisher, \
                  language, published, place, kept, blocks) \
                  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
    let authors = serde_json::Value::from(of.authors.clone()).to_string();
    db.prepare_cached(insert)?.execute(params![
        number.0,
        number.1,
        digest,
        of.text,
        sha256,
        of.url,
        of.title,
        authors,
        of.publisher,
        of.language,
        of.published,
        read.place,
        at,
        back::blocks_column(of)
    ])?;
    Ok(db.last_insert_rowid())
}
