//! The rows of the statements that fit a question, in their order, by the shortest way: only as many are looked at as are
//! wanted, wherever an index has them in that order.

use std::collections::BTreeSet;

use rusqlite::{Connection, params, params_from_iter};

use super::find::{Order, Question};
use super::wanted::{Wanted, speak_at_most};
use super::words;
use crate::open::Sql;
use crate::{Ledger, LedgerError};

/// The row of the statement in a row of the index of words.
const ROW: &str = "0xfffffffff - (said_words.rowid & 0xfffffffff)";

/// So many statements can be sorted in little time.
const COMMON: usize = 6_000;

/// So many statements can be looked at one by one, whether they have a word, in little time.
const SELDOM: usize = 500;

impl Ledger {
    /// The rows of the statements that fit.
    pub(crate) fn find_rows(&self, question: &Question) -> Result<Vec<i64>, LedgerError> {
        let names = self.told(super::wanted::names(&self.db, question))?;
        let common = question.limit.is_some() && self.is_common(question)?;
        if let (Some(names), Some(limit)) = (names, question.limit)
            && self.told(are_walked(&self.db, question, &names, common))?
        {
            let mut wanted = self.probed(&Question { speaker: None, entity: None, ..question.clone() })?;
            wanted.days("voice.day", question);
            return self.told(spoken(
                &self.db,
                &wanted,
                (&names, question),
                question.skip.saturating_add(limit),
            ));
        }
        let wanted = match question.order {
            // to sort all that have a common word would take longer than to go through the days
            Order::Oldest if common => self.probed(question)?,
            _ => self.wanted(question)?,
        };
        let order = match question.order {
            Order::Best if question.words.is_some() && !common => "ORDER BY rank, s.id",
            Order::Newest | Order::Best => wanted.newest,
            Order::Oldest => "ORDER BY s.day, s.id",
            Order::Text => "ORDER BY s.version, s.place",
            Order::Unsure => "ORDER BY s.confidence, s.id",
            Order::Any => "",
        };
        let limit = question.limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
        let (from, conditions) = (wanted.from, wanted.conditions());
        let query = match question.order {
            // the index has what holds alone: to rank by it, no statement need be loaded
            Order::Best if !common && wanted.is_of_words_alone() => {
                format!("SELECT {ROW} AS id FROM said_words WHERE said_words MATCH ? ORDER BY rank, id")
            }
            _ => format!("SELECT s.id FROM {from} WHERE {conditions} {order}"),
        };
        let query = format!("{query} LIMIT {limit} OFFSET {}", question.skip);
        self.told((|| {
            let mut query = self.db.prepare_cached(&query)?;
            query.query_map(params_from_iter(&wanted.values), |row| row.get(0))?.collect()
        })())
    }

    /// Whether very many statements have these words.
    fn is_common(&self, question: &Question) -> Result<bool, LedgerError> {
        let Some(typed) = &question.words else { return Ok(false) };
        let Ok(expression) = words::expression(typed) else { return Ok(false) };
        let query = "SELECT count(*) FROM (SELECT 1 FROM said_words WHERE said_words MATCH ?1 LIMIT ?2)";
        let count = self.told((|| {
            let mut query = self.db.prepare_cached(query)?;
            query.query_row(params![expression, COMMON as i64], |row| row.get::<_, i64>(0))
        })())?;
        Ok(count >= COMMON as i64)
    }

    /// The question without a walk over the index of words: in what is found otherwise, they are only looked for.
    fn probed(&self, question: &Question) -> Result<Wanted, LedgerError> {
        let mut wanted = self.wanted(&Question { words: None, ..question.clone() })?;
        if let Some(expression) = question.words.as_deref().and_then(|typed| words::expression(typed).ok()) {
            wanted.push(
                "EXISTS (SELECT 1 FROM said_words WHERE said_words MATCH ? AND said_words.rowid = s.turn)",
                [expression.into()],
            );
        }
        Ok(wanted)
    }
}

/// Whether statements are best found by the days on which these names speak.
fn are_walked(db: &Connection, question: &Question, names: &[i64], common: bool) -> Sql<bool> {
    if question.disputed
        || question.article.is_some()
        || matches!(question.order, Order::Text | Order::Unsure)
    {
        return Ok(false);
    }
    match question.words {
        None => Ok(true),
        Some(_) => Ok(common && speak_at_most(db, names, SELDOM)?),
    }
}

/// What each of some names says, as far as it can be among the first `most`, put together.
fn spoken(
    db: &Connection,
    wanted: &Wanted,
    (names, question): (&[i64], &Question),
    most: usize,
) -> Sql<Vec<i64>> {
    let order = match question.order {
        Order::Any => "",
        Order::Oldest => "ORDER BY voice.day, voice.statement",
        _ => "ORDER BY voice.day DESC, voice.statement",
    };
    let query = format!(
        "SELECT DISTINCT voice.day, s.id FROM voice CROSS JOIN statement s ON s.id = voice.statement \
         WHERE {} AND voice.part = 0 AND voice.name = ? {order} LIMIT {}",
        wanted.conditions(),
        i64::try_from(most).unwrap_or(i64::MAX)
    );
    let mut query = db.prepare_cached(&query)?;
    let mut found: BTreeSet<(Option<String>, i64)> = BTreeSet::new();
    for name in names {
        let values = wanted.values.iter().cloned().chain([(*name).into()]);
        let rows = query.query_map(params_from_iter(values), |row| Ok((row.get(0)?, row.get(1)?)))?;
        for row in rows {
            found.insert(row?);
        }
    }
    let mut found: Vec<_> = found.into_iter().collect();
    if question.order != Order::Oldest {
        // the latest day first, and of one day the first row
        found.sort_by(|(day, row), (other_day, other)| other_day.cmp(day).then(row.cmp(other)));
    }
    Ok(found.into_iter().map(|(_, row)| row).skip(question.skip).take(most - question.skip).collect())
}
