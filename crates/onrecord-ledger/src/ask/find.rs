//! Statements that fit a question.

use std::collections::BTreeSet;

use onrecord::Act;
use rusqlite::params_from_iter;

use super::Kept;
use crate::{Ledger, LedgerError, id};

/// What statements are asked for. What is left out does not matter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// Words of the content: all of them; `"a phrase"`; `truce*`; `OR` between two; `-word` not this one.
    pub words: Option<String>,
    /// Somebody who speaks: whoever has these words in a name, under all names.
    pub speaker: Option<String>,
    /// Somebody who speaks, by their number.
    pub entity: Option<u64>,
    /// Somebody whom the content names: under all names, and by the family name where the article has the full one.
    pub about: Option<String>,
    /// Any of these acts.
    pub acts: Vec<Act>,
    /// The kind of channel, as `social`.
    pub channel: Option<String>,
    /// From this day on: `2025-03-14`, `2025-03` or `2025`.
    pub since: Option<String>,
    /// Up to and with this day, month or year.
    pub until: Option<String>,
    /// Any of these outlets, whole names, in any case.
    pub publishers: Vec<String>,
    /// What the article is known by in the ledger.
    pub article: Option<String>,
    /// Only statements that another one disputes.
    pub disputed: bool,
    /// Only statements that another report tells in other words inside the quotation marks.
    pub drifted: bool,
    /// Only statements of a particular person who is unnamed.
    pub anonymous: bool,
    /// Only statements that nobody has corrected or confirmed.
    pub unchecked: bool,
    /// As sure as this at least.
    pub min_confidence: Option<f32>,
    /// Which comes first.
    pub order: Order,
    /// How many are wanted at most; all where none is told.
    pub limit: Option<usize>,
    /// How many of the first are passed over.
    pub skip: usize,
}

/// Which statements come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The latest day.
    #[default]
    Newest,
    /// The earliest day.
    Oldest,
    /// What fits the words best; without words, or where very many fit, the latest.
    Best,
    /// As they stand in the text, article by article.
    Text,
    /// Whatever is quickest.
    Any,
    /// What the model is least sure of.
    Unsure,
}

impl Ledger {
    /// The statements that fit.
    ///
    /// # Errors
    ///
    /// The words cannot be searched for, or the ledger cannot be read.
    pub fn find(&self, question: &Question) -> Result<Vec<Kept>, LedgerError> {
        let rows = self.find_rows(question)?;
        self.load_all(&rows)
    }

    /// How many statements fit, whatever the limit of the question.
    ///
    /// # Errors
    ///
    /// As for [`find`](Ledger::find).
    pub fn count(&self, question: &Question) -> Result<u64, LedgerError> {
        let wanted = self.wanted(question)?;
        let query = format!("SELECT count(*) FROM {} WHERE {}", wanted.from, wanted.conditions());
        self.told((|| {
            let mut query = self.db.prepare_cached(&query)?;
            query.query_row(params_from_iter(&wanted.values), |row| row.get::<_, i64>(0))
        })())
        .map(i64::cast_unsigned)
    }

    /// How many statements fit, whatever the limit of the question; `most` where there are more.
    ///
    /// # Errors
    ///
    /// As for [`find`](Ledger::find).
    pub fn count_to(&self, question: &Question, most: usize) -> Result<u64, LedgerError> {
        let rows =
            self.find_rows(&Question { order: Order::Any, limit: Some(most), skip: 0, ..question.clone() })?;
        Ok(rows.len() as u64)
    }

    /// The identifiers of the statements that fit, by their article, in the order of the ledger: little memory for many.
    ///
    /// # Errors
    ///
    /// As for [`find`](Ledger::find).
    pub fn find_ids(&self, question: &Question) -> Result<Vec<(String, BTreeSet<String>)>, LedgerError> {
        let rows = self.find_rows(&Question { order: Order::Text, ..question.clone() })?;
        let query = "SELECT a.key, s.key FROM statement s JOIN version v ON v.id = s.version \
                     JOIN article a ON a.id = v.article WHERE s.id = ?1";
        let mut found: Vec<(String, BTreeSet<String>)> = Vec::new();
        self.told((|| {
            let mut query = self.db.prepare_cached(query)?;
            for row in rows {
                let (article, key): (String, i64) =
                    query.query_row([row], |row| Ok((row.get(0)?, row.get(1)?)))?;
                match found.last_mut() {
                    Some((last, ids)) if *last == article => _ = ids.insert(id::shown(key)),
                    _ => found.push((article, BTreeSet::from([id::shown(key)]))),
                }
            }
            Ok(found)
        })())
    }
}
