//! How statements relate: who disputes whom, and which tellings of one utterance differ.

use onrecord::CodePoints;
use onrecord::link::across::Piece;
use rusqlite::{Connection, params};
use serde::Serialize;

use super::find::Question;
use super::kept::{Kept, load};
use crate::keep::diff;
use crate::open::Sql;
use crate::{Ledger, LedgerError, back, spans};

/// A statement that relates to another one, or that another one relates to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Linked {
    /// How: `disputes`, `supports`, `answers`, `repeats` or `drifts`.
    pub relation: String,
    /// Whether it is this statement that relates; else it is the one that was asked about.
    pub relates: bool,
    /// What shows it, as `[begin, end)` in code points of the text of the statement that relates; for `drifts` what was
    /// changed.
    pub evidence: Vec<[u32; 2]>,
    /// Its words.
    pub evidence_words: String,
    /// The words that show it in the other one, where that stands in another article.
    pub other_evidence_words: String,
    /// How sure, in `[0, 1]`.
    pub score: f64,
    /// The statement.
    pub statement: Kept,
}

/// What is disputed, and what is said of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dispute {
    /// What is disputed.
    pub statement: Kept,
    /// The statements that dispute, support or answer it.
    pub by: Vec<Linked>,
}

/// One utterance in two tellings whose words in quotation marks differ.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Drift {
    /// The earlier telling.
    pub first: Kept,
    /// The later one.
    pub second: Kept,
    /// How sure it is that they are of one utterance, in `[0, 1]`.
    pub score: f64,
    /// Both, word by word, in the order of the words.
    pub pieces: Vec<WordPiece>,
}

/// Words of a diff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum WordPiece {
    /// Both tellings have them.
    Both(String),
    /// The earlier one alone.
    First(String),
    /// The later one alone.
    Second(String),
}

/// The other end of a link, before its statement is loaded.
struct End {
    row: i64,
    relates: bool,
    relation: String,
    evidence: String,
    other_evidence: String,
    score: f64,
}

impl Ledger {
    /// All statements that hold and relate to one, or that it relates to.
    ///
    /// # Errors
    ///
    /// There is no such statement, or the ledger cannot be read.
    pub fn linked(&self, id: &str) -> Result<Vec<Linked>, LedgerError> {
        let row = self.statement_row(id)?;
        self.told(linked(&self.db, row))
    }

    /// What is disputed among the statements that fit, with those that dispute, support or answer it.
    ///
    /// # Errors
    ///
    /// As for [`find`](Ledger::find).
    pub fn disputes(&self, question: &Question) -> Result<Vec<Dispute>, LedgerError> {
        let rows = self.find_rows(&Question { disputed: true, ..question.clone() })?;
        let dispute = |row: i64| -> Sql<Dispute> {
            let related = linked(&self.db, row)?.into_iter();
            let by = related.filter(|link| link.relates && !matches!(&*link.relation, "repeats" | "drifts"));
            Ok(Dispute { statement: load(&self.db, row)?, by: by.collect() })
        };
        self.told(rows.into_iter().map(dispute).collect())
    }

    /// Tellings of one utterance whose words in quotation marks differ, where one of them fits: each pair once.
    ///
    /// # Errors
    ///
    /// As for [`find`](Ledger::find).
    pub fn drifts(&self, question: &Question) -> Result<Vec<Drift>, LedgerError> {
        let rows = self.find_rows(&Question { drifted: true, ..question.clone() })?;
        let mut pairs = Vec::new();
        for row in rows {
            for (earlier, later, score) in self.told(pairs_of(&self.db, row))? {
                if !pairs.iter().any(|&(a, b, _)| (a, b) == (earlier, later)) {
                    pairs.push((earlier, later, score));
                }
            }
        }
        self.told(pairs.into_iter().map(|pair| drift(&self.db, pair)).collect())
    }
}

fn linked(db: &Connection, row: i64) -> Sql<Vec<Linked>> {
    let query = "SELECT from_statement, 1, relation, evidence, other_evidence, score FROM link WHERE to_statement = ?1 \
                 UNION ALL SELECT to_statement, 0, relation, evidence, other_evidence, score FROM link WHERE from_statement = ?1 \
                 ORDER BY 3, 2 DESC, 6 DESC, 1";
    let mut query = db.prepare_cached(query)?;
    let ends = query.query_map([row], |found| {
        Ok(End {
            row: found.get(0)?,
            relates: found.get(1)?,
            relation: found.get(2)?,
            evidence: found.get(3)?,
            other_evidence: found.get(4)?,
            score: found.get(5)?,
        })
    })?;
    let mut linked = Vec::new();
    for end in ends.collect::<Sql<Vec<End>>>()? {
        let statement = load(db, end.row)?;
        if statement.holds {
            let (from, to) = if end.relates { (end.row, row) } else { (row, end.row) };
            let (evidence, evidence_words) = shown(db, from, &end.evidence)?;
            linked.push(Linked {
                evidence,
                evidence_words,
                other_evidence_words: shown(db, to, &end.other_evidence)?.1,
                score: (end.score * 1000.0).round() / 1000.0,
                relation: end.relation,
                relates: end.relates,
                statement,
            });
        }
    }
    Ok(linked)
}

/// Some spans in the text of a statement, in code points, and their words.
fn shown(db: &Connection, row: i64, json: &str) -> Sql<(Vec<[u32; 2]>, String)> {
    let query = "SELECT v.text FROM statement s JOIN version v ON v.id = s.version WHERE s.id = ?1";
    db.prepare_cached(query)?.query_row([row], |found| {
        let text = found.get_ref(0)?.as_str()?;
        let (spans, points) = (spans::from_json(json, text).unwrap_or_default(), CodePoints::new(text));
        Ok((spans.iter().map(|&span| points.span(span)).collect(), spans::words(&spans, text)))
    })
}

/// The pairs of tellings that a statement is one of, the earlier one first, and how sure each is.
fn pairs_of(db: &Connection, row: i64) -> Sql<Vec<(i64, i64, f64)>> {
    let query = "SELECT l.from_statement, l.to_statement, l.score, coalesce(a.day, '') < coalesce(b.day, '') \
                 FROM link l JOIN statement a ON a.id = l.from_statement JOIN statement b ON b.id = l.to_statement \
                 WHERE l.relation = 'drifts' AND a.state = 0 AND b.state = 0 AND (a.id = ?1 OR b.id = ?1) ORDER BY 1, 2";
    let mut query = db.prepare_cached(query)?;
    let pairs = query.query_map(params![row], |found| {
        let (from, to, score): (i64, i64, f64) = (found.get(0)?, found.get(1)?, found.get(2)?);
        Ok(if found.get(3)? { (from, to, score) } else { (to, from, score) })
    })?;
    pairs.collect()
}

fn drift(db: &Connection, (earlier, later, score): (i64, i64, f64)) -> Sql<Drift> {
    let told = |row: i64| -> Sql<_> {
        let version: i64 =
            db.query_row("SELECT version FROM statement WHERE id = ?1", [row], |found| found.get(0))?;
        let article = back::article(db, version)?;
        Ok((back::statement(db, row, &article.text)?.0, article))
    };
    let (first, second) = (told(earlier)?, told(later)?);
    let found = diff((&first.0, &first.1), (&second.0, &second.1));
    let piece = |piece: &Piece| match piece {
        Piece::Both { theirs, .. } => WordPiece::Both(theirs.of(&second.1.text).to_owned()),
        Piece::Ours(span) => WordPiece::First(span.of(&first.1.text).to_owned()),
        Piece::Theirs(span) => WordPiece::Second(span.of(&second.1.text).to_owned()),
    };
    Ok(Drift {
        first: load(db, earlier)?,
        second: load(db, later)?,
        score: (score * 1000.0).round() / 1000.0,
        pieces: found.pieces.iter().map(piece).collect(),
    })
}
